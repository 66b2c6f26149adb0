// Column kernels: comparisons and property reads, typed where the layouts allow.

#include "evaluate_kernels.hpp"

#include "functions.hpp"
#include "operator.hpp"

namespace islet::query {
namespace {

using CompareOp = ast::Comparison::Op;

template <class T>
bool holds(CompareOp op, const T& a, const T& b) {
    switch (op) {
        case CompareOp::equal:
            return a == b;
        case CompareOp::not_equal:
            return a != b;
        case CompareOp::less:
            return a < b;
        case CompareOp::less_equal:
            return a <= b;
        case CompareOp::greater:
            return a > b;
        case CompareOp::greater_equal:
            return a >= b;
    }
    return false;
}

std::uint8_t compare_values(CompareOp op, const Value& a, const Value& b) {
    if (op == CompareOp::equal || op == CompareOp::not_equal) {
        const std::optional<bool> same = equals(a, b);
        if (!same) return Column::null_bool;
        return *same == (op == CompareOp::equal) ? 1 : 0;
    }
    // NaN compares to numbers, but is neither less nor greater.
    if (a.is_number() && b.is_number()) {
        const std::optional<int> sign = compare(a, b);
        return sign && holds(op, *sign, 0) ? 1 : 0;
    }
    const std::optional<int> sign = compare(a, b);
    if (!sign) return Column::null_bool;
    return holds(op, *sign, 0) ? 1 : 0;
}

/// A typed comparison, row by row; `get` gives a column's entry, `null` tells whether it is null.
template <class Get>
std::vector<std::uint8_t> compare_typed(CompareOp op, const Column& a, const Column& b, std::size_t rows,
                                        Get&& get) {
    std::vector<std::uint8_t> out(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        out[row] = a.is_null(row) || b.is_null(row)      ? Column::null_bool
                   : holds(op, get(a, row), get(b, row)) ? 1
                                                         : 0;
    }
    return out;
}

}  // namespace

Column compare_columns(CompareOp op, const Column& a, const Column& b, std::size_t rows) {
    using Layout = Column::Layout;
    const auto at = [](const Column& column, std::size_t row) { return column.constant ? 0 : row; };
    const bool equality = op == CompareOp::equal || op == CompareOp::not_equal;
    if (a.layout == Layout::ints && b.layout == Layout::ints) {
        return Column::booleans(compare_typed(
            op, a, b, rows, [&](const Column& c, std::size_t row) { return c.ints[at(c, row)]; }));
    }
    if (a.layout == Layout::floats && b.layout == Layout::floats) {
        return Column::booleans(compare_typed(
            op, a, b, rows, [&](const Column& c, std::size_t row) { return c.floats[at(c, row)]; }));
    }
    const auto text = [](const Column& c) {
        return c.layout == Layout::strings ||
               (c.constant && c.layout == Layout::values && c.values.front().kind() == Kind::string);
    };
    if (text(a) && text(b)) {
        return Column::booleans(compare_typed(op, a, b, rows, [&](const Column& c, std::size_t row) {
            return c.layout == Layout::strings ? c.strings[at(c, row)] : c.values.front().as_string();
        }));
    }
    if (equality && a.layout == b.layout && (a.layout == Layout::nodes || a.layout == Layout::rels)) {
        return Column::booleans(compare_typed(
            op, a, b, rows, [&](const Column& c, std::size_t row) { return c.ids[at(c, row)]; }));
    }
    std::vector<std::uint8_t> out(rows);
    for (std::size_t row = 0; row < rows; ++row) out[row] = compare_values(op, a.at(row), b.at(row));
    return Column::booleans(std::move(out));
}

namespace {

/// A property of nodes or relationships, straight from the base's column.
Column read_column(const Snapshot& snapshot, const PropertyColumn& source, const Column& subject,
                   std::size_t rows) {
    Column out;
    const std::size_t entries = subject.constant ? 1 : rows;
    out.constant = subject.constant;
    switch (source.kind) {
        case Kind::integer:
            out.layout = Column::Layout::ints;
            out.ints.resize(entries);
            out.valid.resize(entries);
            for (std::size_t row = 0; row < entries; ++row) {
                const std::uint32_t id = subject.ids[row];
                if (id == Column::null_id || !source.has(id)) continue;
                out.ints[row] = source.integers[id - source.first];
                out.valid[row] = 1;
            }
            return out;
        case Kind::floating:
            out.layout = Column::Layout::floats;
            out.floats.resize(entries);
            out.valid.resize(entries);
            for (std::size_t row = 0; row < entries; ++row) {
                const std::uint32_t id = subject.ids[row];
                if (id == Column::null_id || !source.has(id)) continue;
                out.floats[row] = source.floats[id - source.first];
                out.valid[row] = 1;
            }
            return out;
        case Kind::string:
            out.layout = Column::Layout::strings;
            out.strings.resize(entries);
            for (std::size_t row = 0; row < entries; ++row) {
                const std::uint32_t id = subject.ids[row];
                if (id == Column::null_id || !source.has(id)) continue;
                std::string_view text = snapshot.string(source.strings[id - source.first]);
                out.strings[row] = text.data() == nullptr ? std::string_view("") : text;
            }
            return out;
        default:
            break;
    }
    out.layout = Column::Layout::values;
    out.values.resize(entries);
    for (std::size_t row = 0; row < entries; ++row) {
        const std::uint32_t id = subject.ids[row];
        if (id == Column::null_id || !source.has(id)) continue;
        if (source.kind == Kind::boolean) {
            const std::uint32_t bit = id - source.first;
            out.values[row] = ((source.booleans[bit / 64] >> (bit % 64)) & 1U) != 0;
        } else {
            out.values[row] = source.generic[id - source.first];
        }
    }
    return out;
}

}  // namespace

Column read_property(const RunContext& context, const Column& subject, const std::string& key,
                     std::size_t rows) {
    const Snapshot& snapshot = *context.snapshot;
    const bool nodes = subject.layout == Column::Layout::nodes;
    if ((nodes || subject.layout == Column::Layout::rels) && snapshot.pristine()) {
        const std::optional<KeyId> id = snapshot.find_key(key);
        if (!id) {
            Column none = Column::of_constant(Value());
            return none;
        }
        const PropertyColumn* source = nodes ? snapshot.node_column(*id) : snapshot.rel_column(*id);
        if (source != nullptr) return read_column(snapshot, *source, subject, rows);
    }
    std::vector<Value> out;
    out.reserve(rows);
    for (std::size_t row = 0; row < rows; ++row) out.push_back(property_of(snapshot, subject.at(row), key));
    return Column::of_values(std::move(out));
}

}  // namespace islet::query
