// Column kernels: comparisons and property reads, typed where the layouts allow.

#include "evaluate_kernels.hpp"

#include <algorithm>

#include "functions.hpp"
#include "islet/property_rows.hpp"
#include "operator.hpp"

namespace islet::query {
namespace {

using CompareOp = ast::Comparison::Op;

/// Whether the sign of a comparison is what the operator asks for.
bool holds(CompareOp op, int sign) {
    bool answer = false;
    with_operator(op, [&](auto&& compared) { answer = compared(sign, 0); });
    return answer;
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
        return sign && holds(op, *sign) ? 1 : 0;
    }
    const std::optional<int> sign = compare(a, b);
    if (!sign) return Column::null_bool;
    return holds(op, *sign) ? 1 : 0;
}

/// A typed comparison of two arrays; a constant is an array of one. No null is looked for.
template <class T>
std::vector<std::uint8_t> compare_arrays(CompareOp op, const std::vector<T>& a, bool a_constant,
                                         const std::vector<T>& b, bool b_constant, std::size_t rows) {
    std::vector<std::uint8_t> out(rows);
    const auto all = [&](auto&& holds_for) {
        if (b_constant && !a_constant) {
            const T right = b.front();
            for (std::size_t row = 0; row < rows; ++row) out[row] = holds_for(a[row], right) ? 1 : 0;
            return;
        }
        for (std::size_t row = 0; row < rows; ++row)
            out[row] = holds_for(a[a_constant ? 0 : row], b[b_constant ? 0 : row]) ? 1 : 0;
    };
    with_operator(op, all);
    return out;
}

/// Makes the answers null where the column is.
void mark_nulls(const Column& column, std::vector<std::uint8_t>& answers) {
    const std::size_t rows = answers.size();
    if (column.constant) {
        if (rows > 0 && column.is_null(0)) std::fill(answers.begin(), answers.end(), Column::null_bool);
        return;
    }
    switch (column.layout) {
        case Column::Layout::ints:
        case Column::Layout::floats:
            if (column.valid.empty()) return;
            for (std::size_t row = 0; row < rows; ++row) {
                if (column.valid[row] == 0) answers[row] = Column::null_bool;
            }
            return;
        case Column::Layout::nodes:
        case Column::Layout::rels:
            for (std::size_t row = 0; row < rows; ++row) {
                if (column.ids[row] == Column::null_id) answers[row] = Column::null_bool;
            }
            return;
        default:
            for (std::size_t row = 0; row < rows; ++row) {
                if (column.is_null(row)) answers[row] = Column::null_bool;
            }
    }
}

template <class T>
Column compare_typed(CompareOp op, const Column& a, const std::vector<T>& a_entries, const Column& b,
                     const std::vector<T>& b_entries, std::size_t rows) {
    std::vector<std::uint8_t> out = compare_arrays(op, a_entries, a.constant, b_entries, b.constant, rows);
    mark_nulls(a, out);
    mark_nulls(b, out);
    return Column::booleans(std::move(out));
}

}  // namespace

Column compare_columns(CompareOp op, const Column& a, const Column& b, std::size_t rows) {
    using Layout = Column::Layout;
    const bool equality = op == CompareOp::equal || op == CompareOp::not_equal;
    if (rows == 0) return Column::booleans({});
    if (a.layout == Layout::ints && b.layout == Layout::ints)
        return compare_typed(op, a, a.ints, b, b.ints, rows);
    if (a.layout == Layout::floats && b.layout == Layout::floats)
        return compare_typed(op, a, a.floats, b, b.floats, rows);
    const auto text = [](const Column& c) {
        return c.layout == Layout::strings ||
               (c.constant && c.layout == Layout::values && c.values.front().kind() == Kind::string);
    };
    if (text(a) && text(b)) {
        // A text of the query is a single entry, whatever it lies in.
        const auto one = [](const Column& c) {
            return c.layout == Layout::strings ? std::vector<std::string_view>()
                                               : std::vector<std::string_view>{c.values.front().as_string()};
        };
        const std::vector<std::string_view> left = one(a);
        const std::vector<std::string_view> right = one(b);
        return compare_typed(op, a, left.empty() ? a.strings : left, b, right.empty() ? b.strings : right,
                             rows);
    }
    if (equality && a.layout == b.layout && (a.layout == Layout::nodes || a.layout == Layout::rels))
        return compare_typed(op, a, a.ids, b, b.ids, rows);
    std::vector<std::uint8_t> out(rows);
    for (std::size_t row = 0; row < rows; ++row) out[row] = compare_values(op, a.at(row), b.at(row));
    return Column::booleans(std::move(out));
}

namespace {

/// The ids' positions in a store's array, where every id has a value there; and whether they follow each
/// other.
struct Places {
    bool all = false;
    bool consecutive = false;
};

Places places_of(std::span<const std::uint32_t> ids, const PropertyColumn& source) {
    Places places;
    if (!source.complete || ids.empty()) return places;
    const std::uint32_t front = ids.front();
    if (ids.back() - front == ids.size() - 1) {
        std::uint32_t differs = 0;
        for (std::size_t i = 0; i < ids.size(); ++i)
            differs |= ids[i] ^ (front + static_cast<std::uint32_t>(i));
        places.consecutive = differs == 0;
    }
    if (places.consecutive) {
        places.all = front >= source.first && ids.back() - source.first < source.size;
        return places;
    }
    std::uint32_t outside = 0;  // a null is no id
    for (const std::uint32_t id : ids) outside |= id - source.first < source.size ? 0U : 1U;
    places.all = outside == 0;
    return places;
}

/// Numbers from an array of the store.
template <class T>
void read_numbers(std::span<const T> from, const PropertyColumn& source, std::span<const std::uint32_t> ids,
                  std::vector<T>& numbers, std::vector<std::uint8_t>& valid) {
    const Places places = places_of(ids, source);
    if (places.all && places.consecutive) {
        const T* begin = from.data() + (ids.front() - source.first);
        numbers.assign(begin, begin + ids.size());
        return;
    }
    numbers.resize(ids.size());
    if (places.all) {
        for (std::size_t row = 0; row < ids.size(); ++row) numbers[row] = from[ids[row] - source.first];
        return;
    }
    valid.resize(ids.size());
    for (std::size_t row = 0; row < ids.size(); ++row) {
        if (ids[row] == Column::null_id || !source.has(ids[row])) continue;
        numbers[row] = from[ids[row] - source.first];
        valid[row] = 1;
    }
}

/// A property of nodes or relationships, straight from the base's column.
Column read_column(const Snapshot& snapshot, const PropertyColumn& source, const Column& subject,
                   std::size_t rows) {
    Column out;
    const std::span<const std::uint32_t> ids = std::span(subject.ids).first(subject.constant ? 1 : rows);
    out.constant = subject.constant;
    switch (source.kind) {
        case Kind::integer:
            out.layout = Column::Layout::ints;
            read_numbers(source.integers, source, ids, out.ints, out.valid);
            return out;
        case Kind::floating:
            out.layout = Column::Layout::floats;
            read_numbers(source.floats, source, ids, out.floats, out.valid);
            return out;
        case Kind::string:
            out.layout = Column::Layout::strings;
            out.strings.resize(ids.size());
            for (std::size_t row = 0; row < ids.size(); ++row) {
                if (ids[row] == Column::null_id || !source.has(ids[row])) continue;
                const std::string_view text = snapshot.string(source.strings[ids[row] - source.first]);
                // An empty text begins where the next one does; to be told apart by where it begins, it has a
                // place of its own.
                out.strings[row] = text.empty() ? std::string_view("") : text;
            }
            return out;
        default:
            break;
    }
    out.layout = Column::Layout::values;
    out.values.resize(ids.size());
    for (std::size_t row = 0; row < ids.size(); ++row) {
        const std::uint32_t id = ids[row];
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

/// The same where something was written since the base; nothing where something that is asked was removed.
std::optional<Column> read_changed(const RunContext& context, const Column& subject, KeyId key,
                                   std::size_t rows) {
    const Owner owner = subject.layout == Column::Layout::nodes ? Owner::node : Owner::relationship;
    ReadValues read = read_property(*context.snapshot, owner,
                                    std::span(subject.ids).first(subject.constant ? 1 : rows), key);
    if (read.removed) return std::nullopt;
    Column out;
    out.constant = subject.constant;
    out.valid = std::move(read.valid);
    switch (read.kind) {
        case Kind::integer:
            out.layout = Column::Layout::ints;
            out.ints = std::move(read.integers);
            return out;
        case Kind::floating:
            out.layout = Column::Layout::floats;
            out.floats = std::move(read.floats);
            return out;
        default:
            out.layout = Column::Layout::values;
            out.values = std::move(read.values);
            return out;
    }
}

/// The entries of maps; nothing where there are other things among them.
std::optional<Column> read_entries(const Column& subject, const std::string& key, std::size_t rows) {
    if (subject.layout != Column::Layout::values || subject.constant) return std::nullopt;
    std::vector<Value> out(rows);
    std::size_t usual = 0;  // where it was last: maps of one list mostly have the same keys
    for (std::size_t row = 0; row < rows; ++row) {
        const Value& value = subject.values[row];
        if (value.is_null()) continue;
        if (value.kind() != Kind::map) return std::nullopt;
        const auto& entries = value.as_map().entries();
        if (usual >= entries.size() || entries[usual].first != key) {
            const Value* found = value.as_map().find(key);
            if (found == nullptr) continue;
            usual = 0;
            while (&entries[usual].second != found) ++usual;
        }
        out[row] = entries[usual].second;
    }
    return Column::packed(std::move(out));
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
    if (nodes || subject.layout == Column::Layout::rels) {
        const std::optional<KeyId> id = snapshot.find_key(key);
        if (id) {
            if (auto column = read_changed(context, subject, *id, rows)) return *std::move(column);
        }
    }
    if (auto entries = read_entries(subject, key, rows)) return *std::move(entries);
    std::vector<Value> out;
    out.reserve(rows);
    for (std::size_t row = 0; row < rows; ++row) out.push_back(property_of(snapshot, subject.at(row), key));
    return Column::packed(std::move(out));
}

}  // namespace islet::query
