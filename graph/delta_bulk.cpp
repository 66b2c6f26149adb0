// Writing many nodes or relationships at once: each word, chunk of values and chunk of lists is taken up
// once.
#include <algorithm>
#include <bit>
#include <numeric>

#include "delta.hpp"

namespace islet {

namespace {

template <class T>
T& grown_to(std::vector<T>& vector, std::size_t i) {
    if (i >= vector.size()) vector.resize(i + 1);
    return vector[i];
}

/// Calls visit(type, ends, rels) for the relationships of each type, in their order.
template <class Visit>
void for_each_type(std::span<const Ends> ends, std::span<const RelId> rels, Visit visit) {
    if (ends.empty()) return;
    const auto same = [&](const Ends& one) { return one.type == ends.front().type; };
    if (std::all_of(ends.begin(), ends.end(), same)) return visit(ends.front().type, ends, rels);
    std::vector<TypeId> types;
    for (const Ends& one : ends) types.push_back(one.type);
    std::sort(types.begin(), types.end());
    types.erase(std::unique(types.begin(), types.end()), types.end());
    std::vector<std::pair<std::vector<Ends>, std::vector<RelId>>> parts(types.size());
    for (std::size_t i = 0; i < ends.size(); ++i) {
        const auto type = std::lower_bound(types.begin(), types.end(), ends[i].type) - types.begin();
        auto& [of_type, ids] = parts[static_cast<std::size_t>(type)];
        of_type.push_back(ends[i]);
        ids.push_back(rels[i]);
    }
    for (std::size_t i = 0; i < types.size(); ++i)
        visit(types[i], std::span<const Ends>(parts[i].first), std::span<const RelId>(parts[i].second));
}

/// Calls visit(word, bits) for the ids of each word. REQUIRES: they ascend
template <class Id, class Visit>
void for_each_word(std::span<const Id> ids, Visit visit) {
    for (std::size_t i = 0; i < ids.size();) {
        const std::uint32_t word = static_cast<std::uint32_t>(ids[i]) / 64;
        std::uint64_t bits = 0;
        for (; i < ids.size() && static_cast<std::uint32_t>(ids[i]) / 64 == word; ++i)
            bits |= 1ULL << (static_cast<std::uint32_t>(ids[i]) % 64);
        visit(word, bits);
    }
}

/// Calls visit(word, bits) for the ids first, first + stride, … of which there are `count`.
template <class Visit>
void for_each_word(std::uint32_t first, std::uint32_t stride, std::uint32_t count, Visit visit) {
    std::uint64_t id = first;
    for (std::uint32_t i = 0; i < count;) {
        const std::uint64_t word = id / 64;
        std::uint64_t bits = 0;
        for (; i < count && id / 64 == word; ++i, id += stride) bits |= 1ULL << (id % 64);
        visit(static_cast<std::uint32_t>(word), bits);
    }
}

}  // namespace

void Delta::put_word(Trie<ChangedWord>& words, std::uint32_t at, std::uint64_t bits, std::uint64_t in_base) {
    if (bits == in_base) {
        words.erase(at, epoch);
    } else {
        words.edit(at, epoch).bits = bits;
    }
}

void Delta::set_bits(const Base& base, LabelId label, std::uint32_t at, std::uint64_t bits) {
    const std::uint64_t before = word(base, label, at);
    grown_to(label_nodes, index(label)).edit(at, epoch).bits = before | bits;
    const int more = std::popcount(bits & ~before);
    grown_to(label_counts, index(label)) += more;
    writes += static_cast<std::uint64_t>(more);
}

NodeId Delta::create_nodes(const Base& base, std::uint32_t rows, std::span<const std::vector<LabelId>> kinds,
                           std::span<const CreatedProperty> properties) {
    const std::uint32_t first = node_bound;
    const auto parts = static_cast<std::uint32_t>(kinds.size());
    const std::uint32_t count = rows * parts;
    node_bound += count;
    for_each_word(first, 1, count,
                  [&](std::uint32_t at, std::uint64_t bits) { edit_alive(base, at) |= bits; });
    for (std::uint32_t part = 0; part < parts; ++part) {
        for (const LabelId label : kinds[part]) {
            for_each_word(first + part, parts, rows,
                          [&](std::uint32_t at, std::uint64_t bits) { set_bits(base, label, at, bits); });
        }
    }
    for (const CreatedProperty& property : properties)
        writes += node_properties.set_rows({{}, first + property.part, parts}, rows, property.key,
                                           property.values, epoch);
    node_count += count;
    writes += count;
    return NodeId{first};
}

void Delta::edit_lists(const Base& base, std::span<const Ends> ends, std::span<const RelId> rels,
                       ListEdit edit) {
    const std::int64_t sign = edit == ListEdit::add ? 1 : -1;
    for_each_type(ends, rels, [&](TypeId type, std::span<const Ends> some, std::span<const RelId> ids) {
        ChangedType& changed = lists.edit(static_cast<std::uint32_t>(type), epoch);
        for (const Direction direction : {Direction::out, Direction::in})
            changed.edit_all(base, type, direction, list_entries(some, ids, direction), edit);
        const bool nothing = changed.sides[0].empty() && changed.sides[1].empty();
        if (nothing) lists.erase(static_cast<std::uint32_t>(type), epoch);
        grown_to(type_counts, index(type)) += sign * static_cast<std::int64_t>(some.size());
    });
    rel_count += static_cast<std::uint64_t>(sign * static_cast<std::int64_t>(ends.size()));
    writes += ends.size();
}

RelId Delta::create_relationships(const Base& base, std::span<const Ends> all, std::uint32_t parts,
                                  std::span<const CreatedProperty> properties) {
    const std::uint32_t first = rel_bound;
    const auto count = static_cast<std::uint32_t>(all.size());
    rel_bound += count;
    for (std::uint32_t i = 0; i < count;) {
        const std::uint32_t id = first + i;
        const std::uint32_t some = std::min(count - i, 64 - id % 64);
        std::vector<Ends>& ends = new_ends.edit(id / 64, epoch).ends;
        ends.resize(id % 64);
        ends.insert(ends.end(), all.begin() + i, all.begin() + i + some);
        i += some;
    }
    std::vector<RelId> ids(count);
    for (std::uint32_t i = 0; i < count; ++i) ids[i] = RelId{first + i};
    edit_lists(base, all, ids, ListEdit::add);
    for (const CreatedProperty& property : properties)
        writes += rel_properties.set_rows({{}, first + property.part, parts}, count / parts, property.key,
                                          property.values, epoch);
    return RelId{first};
}

void Delta::set_properties(Owner owner, std::span<const std::uint32_t> ids, KeyId key,
                           const ValueRows& values) {
    ChangedProperties& properties = owner == Owner::node ? node_properties : rel_properties;
    writes += properties.set_rows({ids}, ids.size(), key, values, epoch);
}

void Delta::remove_nodes(const Base& base, std::span<const NodeId> all) {
    const auto label_bound =
        static_cast<std::uint32_t>(std::max(base.label_nodes.size(), label_nodes.size()));
    for_each_word(all, [&](std::uint32_t at, std::uint64_t bits) {
        for (std::uint32_t label = 0; label < label_bound; ++label) {
            const std::uint64_t before = word(base, LabelId{label}, at);
            if ((before & bits) == 0) continue;
            put_word(grown_to(label_nodes, label), at, before & ~bits,
                     base.nodes_of(LabelId{label}).word(at));
            const int less = std::popcount(before & bits);
            grown_to(label_counts, label) -= less;
            writes += static_cast<std::uint64_t>(less);
        }
        const std::uint64_t left = living(base, at) & ~bits;
        put_word(alive, at, left, base.alive.word(at));
        if (left == 0) node_properties.drop_chunk(at, epoch);
    });
    removed_nodes += all.size();
    node_count -= all.size();
    writes += all.size();
}

void Delta::remove_relationships(const Base& base, std::span<const RelId> all) {
    std::vector<Ends> gone;
    gone.reserve(all.size());
    for (const RelId rel : all) gone.push_back(ends(base, rel));
    edit_lists(base, gone, all, ListEdit::remove);
    for_each_word(all, [&](std::uint32_t at, std::uint64_t bits) {
        ChangedWord& removed = removed_rels.edit(at, epoch);
        removed.bits |= bits;
        if (removed.bits == ~0ULL) rel_properties.drop_chunk(at, epoch);
    });
}

}  // namespace islet
