// Writing many nodes or relationships at once: each branch, word and neighbour list is taken up once.
#include <algorithm>
#include <bit>
#include <iterator>
#include <tuple>

#include "delta.hpp"

namespace islet {

namespace {

template <class T>
T& grown_to(std::vector<T>& vector, std::size_t i) {
    if (i >= vector.size()) vector.resize(i + 1);
    return vector[i];
}

/// A relationship in the neighbour list of one of its ends.
struct ListEntry {
    NodeId node;  ///< whose list it is
    NodeId neighbour;
    RelId rel;
};

/// By list, and within it as lists are ordered. Relationships of `all` from `first` on, that lie in one type.
std::vector<ListEntry> list_entries(std::span<const Ends> ends, std::span<const std::uint32_t> which,
                                    std::uint32_t first, Direction direction) {
    std::vector<ListEntry> entries;
    entries.reserve(which.size());
    for (const std::uint32_t i : which) {
        const bool out = direction == Direction::out;
        entries.push_back(
            {out ? ends[i].source : ends[i].target, out ? ends[i].target : ends[i].source, RelId{first + i}});
    }
    std::sort(entries.begin(), entries.end(), [](const ListEntry& a, const ListEntry& b) {
        return std::tie(a.node, a.neighbour, a.rel) < std::tie(b.node, b.neighbour, b.rel);
    });
    return entries;
}

/// Puts entries into a list, behind those of the same neighbour: their ids are greater than all in it.
void merge_into(MergedList& list, std::span<const ListEntry> entries) {
    std::size_t old = list.nodes.size();
    std::size_t to = old + entries.size();
    list.nodes.resize(to);
    list.rels.resize(to);
    for (std::size_t fresh = entries.size(); fresh > 0;) {
        --to;
        if (old > 0 && list.nodes[old - 1] > entries[fresh - 1].neighbour) {
            --old;
            list.nodes[to] = list.nodes[old];
            list.rels[to] = list.rels[old];
        } else {
            --fresh;
            list.nodes[to] = entries[fresh].neighbour;
            list.rels[to] = entries[fresh].rel;
        }
    }
}

void take_out(MergedList& list, std::span<const ListEntry> entries) {
    std::size_t kept = 0;
    std::size_t next = 0;
    for (std::size_t i = 0; i < list.nodes.size(); ++i) {
        if (next < entries.size() && list.rels[i] == entries[next].rel) {
            ++next;
            continue;
        }
        list.nodes[kept] = list.nodes[i];
        list.rels[kept] = list.rels[i];
        ++kept;
    }
    list.nodes.resize(kept);
    list.rels.resize(kept);
}

/// Calls visit(node, entries) for each list.
template <class Visit>
void for_each_list(std::span<const ListEntry> entries, Visit visit) {
    for (std::size_t begin = 0; begin < entries.size();) {
        std::size_t end = begin + 1;
        while (end < entries.size() && entries[end].node == entries[begin].node) ++end;
        visit(entries[begin].node, entries.subspan(begin, end - begin));
        begin = end;
    }
}

/// The positions of the relationships of each type.
std::vector<std::pair<TypeId, std::vector<std::uint32_t>>> by_type(std::span<const Ends> ends) {
    std::vector<std::pair<TypeId, std::vector<std::uint32_t>>> parts;
    for (std::uint32_t i = 0; i < ends.size(); ++i) {
        auto part = std::find_if(parts.begin(), parts.end(),
                                 [&](const auto& one) { return one.first == ends[i].type; });
        if (part == parts.end()) part = parts.insert(part, {ends[i].type, {}});
        part->second.push_back(i);
    }
    return parts;
}

}  // namespace

void Delta::set_bits(const Base& base, LabelId label, std::uint32_t at, std::uint64_t bits) {
    const std::uint64_t before = word(base, label, at);
    grown_to(label_nodes, index(label)).edit(at, epoch).bits = before | bits;
    const int more = std::popcount(bits & ~before);
    grown_to(label_counts, index(label)) += more;
    writes += static_cast<std::uint64_t>(more);
}

NodeId Delta::create_nodes(const Base& base, std::uint32_t count, std::span<const std::vector<LabelId>> kinds,
                           const Transaction::FillProperties& properties) {
    const std::uint32_t first = node_bound;
    node_bound += count;
    for (std::uint32_t id = first; id < first + count;) {
        const std::uint32_t at = id / 64;
        const std::uint32_t to = std::min(first + count, 64 * (at + 1));
        const bool first_touch = alive.find(at) == nullptr;
        ChangedWord& changed = alive.edit(at, epoch);
        if (first_touch) changed.bits = base.alive.word(at);
        for (; id < to; ++id) changed.bits |= 1ULL << (id % 64);
    }
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
        for (const LabelId label : kinds[kind]) {
            std::uint64_t bits = 0;
            std::uint32_t at = 0;
            for (std::size_t i = kind; i < count; i += kinds.size()) {
                const std::uint32_t id = first + static_cast<std::uint32_t>(i);
                if (id / 64 != at && bits != 0) set_bits(base, label, at, bits), bits = 0;
                at = id / 64;
                bits |= 1ULL << (id % 64);
            }
            if (bits != 0) set_bits(base, label, at, bits);
        }
    }
    Transaction::Properties some;
    nodes.make(first, count, epoch, [&](std::uint32_t i, NodeChange& change) {
        some.clear();
        properties(i, some);
        change.properties.assign(std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
        writes += change.properties.size();
        return !change.properties.empty();
    });
    node_count += count;
    writes += count;
    return NodeId{first};
}

RelId Delta::create_relationships(const Base& base, std::span<const Ends> all,
                                  const Transaction::FillProperties& properties) {
    const std::uint32_t first = rel_bound;
    const auto count = static_cast<std::uint32_t>(all.size());
    rel_bound += count;
    Transaction::Properties some;
    rels.make(first, count, epoch, [&](std::uint32_t i, RelChange& change) {
        change.ends = all[i];
        some.clear();
        properties(i, some);
        change.properties.assign(std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
        writes += change.properties.size();
        return true;
    });
    for (const auto& [type, which] : by_type(all)) {
        for (const Direction direction : {Direction::out, Direction::in}) {
            for_each_list(list_entries(all, which, first, direction),
                          [&, type = type](NodeId node, std::span<const ListEntry> entries) {
                              merge_into(edit_list(base, node, type, direction), entries);
                          });
        }
        grown_to(type_counts, index(type)) += static_cast<std::int64_t>(which.size());
    }
    rel_count += count;
    writes += count;
    return RelId{first};
}

void Delta::remove_relationships(const Base& base, std::span<const RelId> all) {
    std::vector<Ends> gone;
    gone.reserve(all.size());
    for (const RelId rel : all) gone.push_back(ends(base, rel));
    for (const auto& [type, which] : by_type(gone)) {
        for (const Direction direction : {Direction::out, Direction::in}) {
            std::vector<ListEntry> entries = list_entries(gone, which, 0, direction);
            // `all` ascends, so that its order is that of the positions, which stand for the relationships
            // here.
            for (ListEntry& entry : entries) entry.rel = all[index(entry.rel)];
            for_each_list(entries, [&, type = type](NodeId node, std::span<const ListEntry> some) {
                take_out(edit_list(base, node, type, direction), some);
            });
        }
        grown_to(type_counts, index(type)) -= static_cast<std::int64_t>(which.size());
    }
    for (const RelId rel : all) {
        RelChange& change = rels.edit(static_cast<std::uint32_t>(rel), epoch);
        change.removed = true;
        change.properties.clear();
    }
    rel_count -= all.size();
    writes += all.size();
}

}  // namespace islet
