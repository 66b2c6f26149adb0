#include "batch.hpp"

#include <algorithm>
#include <utility>

namespace islet::query {
namespace {

template <class T>
std::vector<T> pick(const std::vector<T>& from, std::span<const std::uint32_t> rows) {
    std::vector<T> out;
    out.reserve(rows.size());
    for (const std::uint32_t row : rows) out.push_back(from[row]);
    return out;
}

/// Of a column of such values alone.
Column::Layout layout_of(Kind kind) {
    switch (kind) {
        case Kind::node:
            return Column::Layout::nodes;
        case Kind::relationship:
            return Column::Layout::rels;
        case Kind::integer:
            return Column::Layout::ints;
        case Kind::floating:
            return Column::Layout::floats;
        case Kind::boolean:
            return Column::Layout::bools;
        default:
            return Column::Layout::values;  // a string here is not the dictionary's
    }
}

}  // namespace

Column Column::of_ids(Layout layout, std::vector<std::uint32_t> ids) {
    Column column;
    column.layout = layout;
    column.ids = std::move(ids);
    return column;
}

Column Column::booleans(std::vector<std::uint8_t> bools) {
    Column column;
    column.layout = Layout::bools;
    column.bools = std::move(bools);
    return column;
}

Column Column::integers(std::vector<std::int64_t> ints) {
    Column column;
    column.layout = Layout::ints;
    column.ints = std::move(ints);
    return column;
}

Column Column::of_values(std::vector<Value> values) {
    Column column;
    column.layout = Layout::values;
    column.values = std::move(values);
    return column;
}

Column Column::packed(std::vector<Value> values) {
    const auto first =
        std::find_if(values.begin(), values.end(), [](const Value& value) { return !value.is_null(); });
    const Kind kind = first == values.end() ? Kind::null : first->kind();
    const bool is_one =
        layout_of(kind) != Layout::values && std::all_of(first, values.end(), [kind](const Value& value) {
            return value.kind() == kind || value.is_null();
        });
    if (!is_one) return of_values(std::move(values));
    Column column;
    column.layout = layout_of(kind);
    for (const Value& value : values) column.append(value);
    return column;
}

Column Column::of_constant(const Value& value) {
    Column column;
    column.append(value);
    column.constant = true;
    return column;
}

std::size_t Column::entries() const noexcept {
    switch (layout) {
        case Layout::absent:
            return 0;
        case Layout::nodes:
        case Layout::rels:
            return ids.size();
        case Layout::ints:
            return ints.size();
        case Layout::floats:
            return floats.size();
        case Layout::bools:
            return bools.size();
        case Layout::strings:
            return strings.size();
        case Layout::values:
            return values.size();
    }
    return 0;
}

Value Column::at(std::size_t row) const {
    if (constant) row = 0;
    switch (layout) {
        case Layout::absent:
            return {};
        case Layout::nodes:
            return ids[row] == null_id ? Value() : Value(NodeId{ids[row]});
        case Layout::rels:
            return ids[row] == null_id ? Value() : Value(RelId{ids[row]});
        case Layout::ints:
            return valid.empty() || valid[row] != 0 ? Value(ints[row]) : Value();
        case Layout::floats:
            return valid.empty() || valid[row] != 0 ? Value(floats[row]) : Value();
        case Layout::bools:
            return bools[row] == null_bool ? Value() : Value(bools[row] == 1);
        case Layout::strings:
            return strings[row].data() == nullptr ? Value() : Value(strings[row]);
        case Layout::values:
            return values[row];
    }
    return {};
}

bool Column::is_null(std::size_t row) const {
    if (constant) row = 0;
    switch (layout) {
        case Layout::absent:
            return true;
        case Layout::nodes:
        case Layout::rels:
            return ids[row] == null_id;
        case Layout::ints:
        case Layout::floats:
            return !valid.empty() && valid[row] == 0;
        case Layout::bools:
            return bools[row] == null_bool;
        case Layout::strings:
            return strings[row].data() == nullptr;
        case Layout::values:
            return values[row].is_null();
    }
    return true;
}

bool Column::is_true(std::size_t row) const {
    if (constant) row = 0;
    if (layout == Layout::bools) return bools[row] == 1;
    if (layout == Layout::values) return values[row].kind() == Kind::boolean && values[row].as_bool();
    return false;
}

Column Column::gather(std::span<const std::uint32_t> rows) const {
    if (constant) return *this;
    Column out;
    out.layout = layout;
    out.ids =
        layout == Layout::nodes || layout == Layout::rels ? pick(ids, rows) : std::vector<std::uint32_t>();
    if (layout == Layout::ints) out.ints = pick(ints, rows);
    if (layout == Layout::floats) out.floats = pick(floats, rows);
    if (layout == Layout::bools) out.bools = pick(bools, rows);
    if (layout == Layout::strings) out.strings = pick(strings, rows);
    if (layout == Layout::values) out.values = pick(values, rows);
    if (!valid.empty()) out.valid = pick(valid, rows);
    return out;
}

void Column::widen() {
    if (layout == Layout::values) return;
    std::vector<Value> wide;
    const std::size_t count = entries();
    wide.reserve(count + 1);
    for (std::size_t row = 0; row < count; ++row) wide.push_back(at(row));
    *this = of_values(std::move(wide));
}

void Column::append(const Value& value) {
    if (layout == Layout::absent) layout = layout_of(value.kind());
    const Kind kind = value.kind();
    if (layout == Layout::nodes && kind == Kind::node) {
        ids.push_back(static_cast<std::uint32_t>(value.as_node()));
    } else if (layout == Layout::rels && kind == Kind::relationship) {
        ids.push_back(static_cast<std::uint32_t>(value.as_relationship()));
    } else if (layout == Layout::ints && kind == Kind::integer) {
        ints.push_back(value.as_int());
        if (!valid.empty()) valid.push_back(1);
    } else if (layout == Layout::floats && kind == Kind::floating) {
        floats.push_back(value.as_double());
        if (!valid.empty()) valid.push_back(1);
    } else if (layout == Layout::bools && kind == Kind::boolean) {
        bools.push_back(value.as_bool() ? 1 : 0);
    } else if (layout != Layout::values && kind == Kind::null) {
        append_null();
    } else {
        widen();
        values.push_back(value);
    }
}

void Column::append_null() {
    switch (layout) {
        case Layout::absent:
            layout = Layout::values;
            values.emplace_back();
            break;
        case Layout::nodes:
        case Layout::rels:
            ids.push_back(null_id);
            break;
        case Layout::ints:
        case Layout::floats:
            if (valid.empty()) valid.assign(entries(), 1);
            valid.push_back(0);
            layout == Layout::ints ? ints.push_back(0) : floats.push_back(0);
            break;
        case Layout::bools:
            bools.push_back(null_bool);
            break;
        case Layout::strings:
            strings.emplace_back();
            break;
        case Layout::values:
            values.emplace_back();
            break;
    }
}

void Column::append(const Column& other, std::size_t row) {
    if (other.constant) row = 0;
    if (layout == Layout::absent) layout = other.layout == Layout::absent ? Layout::values : other.layout;
    if (layout != other.layout || layout == Layout::values) {
        append(other.at(row));
        return;
    }
    switch (layout) {
        case Layout::nodes:
        case Layout::rels:
            ids.push_back(other.ids[row]);
            break;
        case Layout::bools:
            bools.push_back(other.bools[row]);
            break;
        case Layout::strings:
            strings.push_back(other.strings[row]);
            break;
        case Layout::ints:
        case Layout::floats:
            if (other.is_null(row)) {
                append_null();
                break;
            }
            if (!valid.empty()) valid.push_back(1);
            layout == Layout::ints ? ints.push_back(other.ints[row]) : floats.push_back(other.floats[row]);
            break;
        case Layout::absent:
        case Layout::values:
            break;  // done above
    }
}

void Column::append_repeated(const Column& other, std::size_t row, std::size_t count) {
    const bool ids_of_both = (other.layout == Layout::nodes || other.layout == Layout::rels) &&
                             (layout == other.layout || layout == Layout::absent);
    if (ids_of_both) {
        layout = other.layout;
        ids.insert(ids.end(), count, other.ids[other.constant ? 0 : row]);
        return;
    }
    for (; count > 0; --count) append(other, row);
}

namespace {

/// Adds the first `count` entries, if there are any: of a column's vectors, one is filled.
template <class T>
void add_first(std::vector<T>& to, const std::vector<T>& from, std::size_t count) {
    if (!from.empty()) to.insert(to.end(), from.begin(), from.begin() + static_cast<std::ptrdiff_t>(count));
}

}  // namespace

void Column::append_all(const Column& other, std::size_t count) {
    if (layout == Layout::absent && !other.constant && other.layout != Layout::absent) {
        *this = other;
        return;
    }
    if (layout == other.layout && !constant && !other.constant) {
        if (!valid.empty() || !other.valid.empty()) {
            valid.resize(entries(), 1);
            if (other.valid.empty()) {
                valid.resize(valid.size() + count, 1);
            } else {
                add_first(valid, other.valid, count);
            }
        }
        add_first(ids, other.ids, count);
        add_first(ints, other.ints, count);
        add_first(floats, other.floats, count);
        add_first(bools, other.bools, count);
        add_first(strings, other.strings, count);
        add_first(values, other.values, count);
        return;
    }
    for (std::size_t row = 0; row < count; ++row) append(other, row);
}

Batch Batch::gather(std::span<const std::uint32_t> picked, std::span<const SlotId> slots) const {
    Batch out;
    out.rows = picked.size();
    out.columns.resize(columns.size());
    for (const SlotId slot : slots) out[slot] = (*this)[slot].gather(picked);
    if (!origin.empty()) out.origin = pick(origin, picked);
    if (!weights.empty()) out.weights = pick(weights, picked);
    return out;
}

}  // namespace islet::query
