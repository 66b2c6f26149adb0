#include "index_sorted.hpp"

#include <algorithm>
#include <cmath>

#include "base.hpp"
#include "index_text.hpp"

namespace islet {
namespace {

/// Calls visit(id, position) for those of a column's ids that are of the label or type.
template <class Visit>
void for_each_of(const Base& base, const Column& column, Owner owner, std::uint32_t label, Visit visit) {
    if (owner == Owner::node) {
        const Bitmap& bitmap = base.nodes_of(LabelId{label});
        column.for_each([&](std::uint32_t id, std::uint32_t position) {
            if (((bitmap.word(id / 64) >> (id % 64)) & 1U) != 0) visit(id, position);
        });
        return;
    }
    if (label >= base.adjacency.size()) return;
    const auto first = base.adjacency[label].first_rel;
    const std::uint64_t count = base.adjacency[label].count;
    column.for_each([&](std::uint32_t id, std::uint32_t position) {
        if (id >= first && id - first < count) visit(id, position);
    });
}

/// Sorts by value and id, and parts them.
template <class T, class Less>
void part(std::vector<std::pair<T, std::uint32_t>> entries, Less less, std::vector<T>& values,
          std::vector<std::uint32_t>& ids) {
    std::sort(entries.begin(), entries.end(), [&](const auto& a, const auto& b) {
        if (less(a.first, b.first)) return true;
        if (less(b.first, a.first)) return false;
        return a.second < b.second;
    });
    values.reserve(entries.size());
    ids.reserve(entries.size());
    for (auto& [value, id] : entries) {
        values.push_back(std::move(value));
        ids.push_back(id);
    }
}

/// NaN behind all numbers, as in the total order of values.
bool float_less(double a, double b) {
    if (std::isnan(a) || std::isnan(b)) return !std::isnan(a) && std::isnan(b);
    return a < b;
}

}  // namespace

SortedIndex sorted_index(const Base& base, Owner owner, std::uint32_t label, KeyId key) {
    SortedIndex made;
    const std::vector<Column>& columns = owner == Owner::node ? base.node_columns : base.rel_columns;
    if (index(key) >= columns.size()) return made;
    const Column& column = columns[index(key)];
    const bool sound =
        base.sound_column(owner == Owner::node, key) && (column.kind != Kind::string || base.sound_texts());
    if (!sound) return made;
    const auto collect = [&]<class T>(std::vector<T>& values, auto value_at, auto less) {
        std::vector<std::pair<T, std::uint32_t>> entries;
        for_each_of(base, column, owner, label, [&](std::uint32_t id, std::uint32_t position) {
            entries.emplace_back(value_at(position), id);
        });
        part(std::move(entries), less, values, made.ids);
    };
    made.kind = column.kind;
    switch (column.kind) {
        case Kind::integer:
            collect(
                made.integers, [&](std::uint32_t at) { return column.integers[at]; }, std::less<>());
            break;
        case Kind::floating:
            collect(
                made.floats, [&](std::uint32_t at) { return column.floats[at]; }, float_less);
            break;
        case Kind::string:
            collect(
                made.strings, [&](std::uint32_t at) { return base.texts[column.strings[at]]; },
                std::less<>());
            break;
        default:
            made.kind = Kind::null;
            collect(
                made.generic, [&](std::uint32_t at) { return column.at(at, base.texts); },
                [](const Value& a, const Value& b) { return order(a, b) < 0; });
    }
    return made;
}

std::shared_ptr<IndexCache> make_index_cache() {
    return std::make_shared<IndexCache>();
}

int SortedIndex::against(std::size_t i, const Value& value) const {
    switch (kind) {
        case Kind::integer:
            return order(Value(integers[i]), value);
        case Kind::floating:
            return order(Value(floats[i]), value);
        case Kind::string: {
            if (value.kind() == Kind::string) return strings[i].compare(value.as_string());
            static const Value any_string("");
            return order(any_string, value);
        }
        default:
            return order(generic[i], value);
    }
}

bool SortedIndex::comparable(std::size_t i, const Value& value) const {
    switch (kind) {
        case Kind::integer:
        case Kind::floating:
            return value.is_number();
        case Kind::string:
            return value.kind() == Kind::string;
        default:
            return generic[i].kind() == value.kind() || (generic[i].is_number() && value.is_number());
    }
}

/// The first position for which `holds`, true up to some position and false behind it, is false.
template <class Holds>
std::size_t SortedIndex::first_not(std::size_t from, std::size_t to, Holds holds) const {
    while (from < to) {
        const std::size_t middle = from + (to - from) / 2;
        if (holds(middle)) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

SortedIndex::Positions SortedIndex::equal(const Value& value) const {
    const auto among = [](const auto& values, const auto& wanted) {
        const auto [first, last] = std::equal_range(values.begin(), values.end(), wanted);
        return Positions(first - values.begin(), last - values.begin());
    };
    if (kind == Kind::integer && value.kind() == Kind::integer) return among(integers, value.as_int());
    if (kind == Kind::string && value.kind() == Kind::string) return among(strings, value.as_string());
    const std::size_t begin = first_not(0, ids.size(), [&](std::size_t i) { return against(i, value) < 0; });
    // Mostly there are few: gallop from the first.
    std::size_t step = 1;
    while (begin + step < ids.size() && against(begin + step, value) == 0) step *= 2;
    const std::size_t end = first_not(begin + step / 2, std::min(begin + step, ids.size()),
                                      [&](std::size_t i) { return against(i, value) == 0; });
    return {begin, std::max(begin, end)};
}

SortedIndex::Positions SortedIndex::between(const Value* least, const Value* most) const {
    std::size_t begin = 0;
    std::size_t end = ids.size();
    if (least != nullptr) {
        begin = first_not(0, end, [&](std::size_t i) { return against(i, *least) < 0; });
        end = first_not(begin, end, [&](std::size_t i) { return comparable(i, *least); });
    }
    if (most != nullptr) {
        end = std::min(end, first_not(0, ids.size(), [&](std::size_t i) { return against(i, *most) <= 0; }));
        if (least == nullptr) {
            begin = first_not(0, end, [&](std::size_t i) { return !comparable(i, *most); });
        }
    }
    return {begin, std::max(begin, end)};
}

SortedIndex::Positions SortedIndex::prefix(std::string_view text) const {
    const Value least{text};
    const std::size_t begin = first_not(0, ids.size(), [&](std::size_t i) { return against(i, least) < 0; });
    const std::size_t end = first_not(begin, ids.size(), [&](std::size_t i) {
        if (kind == Kind::string) return strings[i].starts_with(text);
        return kind == Kind::null && generic[i].kind() == Kind::string &&
               generic[i].as_string().starts_with(text);
    });
    return {begin, end};
}

const SortedIndex& IndexCache::sorted(const Base& base, Owner owner, std::uint32_t label, KeyId key) {
    std::shared_ptr<Entry<SortedIndex>> entry;
    {
        const std::lock_guard lock(mutex_);
        auto& held = sorted_[{owner, label, static_cast<std::uint32_t>(key)}];
        if (!held) held = std::make_shared<Entry<SortedIndex>>();
        if (held->made) return held->index;
        entry = held;
    }
    std::call_once(entry->once, [&] { entry->index = sorted_index(base, owner, label, key); });
    const std::lock_guard lock(mutex_);
    entry->made = true;
    return entry->index;
}

const SortedIndex* IndexCache::sorted_if_worth_it(const Base& base, LabelId label, KeyId key) {
    constexpr unsigned patience = 3;
    {
        const std::lock_guard lock(mutex_);
        auto& held =
            sorted_[{Owner::node, static_cast<std::uint32_t>(label), static_cast<std::uint32_t>(key)}];
        if (!held) held = std::make_shared<Entry<SortedIndex>>();
        if (held->made) return &held->index;
        if (++held->asked < patience) return nullptr;
    }
    return &sorted(base, Owner::node, static_cast<std::uint32_t>(label), key);
}

const TextIndex& IndexCache::text(const Base& base, LabelId label, KeyId key) {
    std::shared_ptr<Entry<std::shared_ptr<const TextIndex>>> entry;
    {
        const std::lock_guard lock(mutex_);
        auto& held =
            texts_[{Owner::node, static_cast<std::uint32_t>(label), static_cast<std::uint32_t>(key)}];
        if (!held) held = std::make_shared<Entry<std::shared_ptr<const TextIndex>>>();
        if (held->made) return *held->index;
        entry = held;
    }
    const SortedIndex& values = sorted(base, Owner::node, static_cast<std::uint32_t>(label), key);
    std::call_once(entry->once,
                   [&] { entry->index = std::make_shared<const TextIndex>(text_index(values)); });
    const std::lock_guard lock(mutex_);
    entry->made = true;
    return *entry->index;
}

}  // namespace islet
