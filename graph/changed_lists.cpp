#include "changed_lists.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

namespace islet {

namespace {

/// Longer lists are not copied when others beside them change.
constexpr std::size_t long_list = 256;

/// Entries of fewer nodes than one in this many of a chunk's are put into lists of their own.
constexpr int few_of = 8;

std::uint32_t number_of(NodeId node) {
    return static_cast<std::uint32_t>(node);
}

/// Puts entries into a list, behind those of the same neighbour: their ids are greater than all in it.
void add_to(MergedList& list, std::span<const ListEntry> entries) {
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

/// A chunk's lists, made anew side by side.
class Rewriter {
 public:
    explicit Rewriter(std::size_t size) {
        made_->nodes.reserve(size);
        made_->rels.reserve(size);
        lists_.reserve(64);
    }

    void keep(ChangedLists::List list) { lists_.push_back(std::move(list)); }
    void copy(const Adjacent& old) {
        const std::uint32_t begin = size();
        for (std::size_t i = 0; i < old.size(); ++i) put(old.nodes[i], old.rel(i));
        lists_.push_back({nullptr, begin, size()});
    }
    void add(const Adjacent& old, std::span<const ListEntry> entries) {
        const std::uint32_t begin = size();
        std::size_t i = 0;
        for (const ListEntry& entry : entries) {
            for (; i < old.size() && old.nodes[i] <= entry.neighbour; ++i) put(old.nodes[i], old.rel(i));
            put(entry.neighbour, entry.rel);
        }
        for (; i < old.size(); ++i) put(old.nodes[i], old.rel(i));
        lists_.push_back({nullptr, begin, size()});
    }
    void remove(const Adjacent& old, std::span<const ListEntry> entries) {
        const std::uint32_t begin = size();
        std::size_t next = 0;
        for (std::size_t i = 0; i < old.size(); ++i) {
            if (next < entries.size() && old.rel(i) == entries[next].rel) {
                ++next;
            } else {
                put(old.nodes[i], old.rel(i));
            }
        }
        lists_.push_back({nullptr, begin, size()});
    }
    void finish(ChangedLists& chunk) {
        chunk.lists = std::move(lists_);
        chunk.together = std::move(made_);
    }

 private:
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(made_->nodes.size()); }
    void put(NodeId node, RelId rel) {
        made_->nodes.push_back(node);
        made_->rels.push_back(rel);
    }

    std::shared_ptr<ChangedLists::Together> made_ = std::make_shared<ChangedLists::Together>();
    std::vector<ChangedLists::List> lists_;
};

/// Sorts by one field of 32 bits; what is equal in it stays in its order.
template <class Field>
void sort_by(std::vector<ListEntry>& entries, std::vector<ListEntry>& space, Field field) {
    constexpr unsigned digit_bits = 11;
    constexpr std::size_t digits = std::size_t{1} << digit_bits;
    std::uint32_t least = UINT32_MAX;
    std::uint32_t most = 0;
    bool sorted = true;
    std::uint32_t before = 0;
    for (const ListEntry& entry : entries) {
        const std::uint32_t value = number_of(field(entry));
        sorted &= before <= value;
        before = value;
        least = std::min(least, value);
        most = std::max(most, value);
    }
    if (sorted) return;
    std::vector<std::uint32_t> places(digits);
    for (unsigned shift = 0; shift < 32 && ((most - least) >> shift) != 0; shift += digit_bits) {
        const auto digit = [&](const ListEntry& entry) {
            return ((number_of(field(entry)) - least) >> shift) & (digits - 1);
        };
        std::fill(places.begin(), places.end(), 0);
        for (const ListEntry& entry : entries) ++places[digit(entry)];
        std::uint32_t place = 0;
        for (std::uint32_t& count : places) place += std::exchange(count, place);
        space.resize(entries.size());
        for (const ListEntry& entry : entries) space[places[digit(entry)]++] = entry;
        entries.swap(space);
    }
}

}  // namespace

std::vector<ListEntry> list_entries(std::span<const Ends> ends, std::span<const RelId> rels,
                                    Direction direction) {
    std::vector<ListEntry> entries(ends.size());
    for (std::size_t i = 0; i < ends.size(); ++i) {
        const bool out = direction == Direction::out;
        entries[i] = {out ? ends[i].source : ends[i].target, out ? ends[i].target : ends[i].source, rels[i]};
    }
    constexpr std::size_t few = 512;
    if (entries.size() < few) {
        std::sort(entries.begin(), entries.end(), [](const ListEntry& a, const ListEntry& b) {
            return std::tie(a.node, a.neighbour, a.rel) < std::tie(b.node, b.neighbour, b.rel);
        });
        return entries;
    }
    // By the field that counts least first; relationships ascend already.
    std::vector<ListEntry> space;
    sort_by(entries, space, [](const ListEntry& entry) { return entry.neighbour; });
    sort_by(entries, space, [](const ListEntry& entry) { return entry.node; });
    return entries;
}

MergedList& ChangedLists::edit(std::uint32_t i, const Adjacent& before) {
    const std::uint32_t place = bits_below(touched, i);
    const bool known = has(i);
    if (!known) {
        lists.insert(lists.begin() + place, List());
        touched |= std::uint64_t{1} << i;
    }
    List& list = lists[place];
    if (list.own != nullptr && list.own->epoch == epoch) return *list.own;
    auto made = std::make_shared<MergedList>();
    const Adjacent old = known ? of(list) : before;
    made->nodes.assign(old.nodes.begin(), old.nodes.end());
    made->rels.reserve(old.size());
    for (std::size_t k = 0; k < old.size(); ++k) made->rels.push_back(old.rel(k));
    made->epoch = epoch;
    list = {std::move(made), 0, 0};
    return *list.own;
}

void ChangedType::edit_all(const Base& base, TypeId type, Direction direction,
                           std::span<const ListEntry> entries, ListEdit edit) {
    const auto in_base = [&](std::uint32_t node) { return base.neighbours(NodeId{node}, type, direction); };
    for (std::size_t begin = 0; begin < entries.size();) {
        const std::uint32_t first = number_of(entries[begin].node) / 64 * 64;
        std::size_t end = begin;
        std::uint64_t of = 0;  // the nodes that entries are of
        for (; end < entries.size() && number_of(entries[end].node) - first < 64; ++end)
            of |= std::uint64_t{1} << (number_of(entries[end].node) - first);
        ChangedLists& chunk = side(direction).edit(first / 64, epoch);
        std::span<const ListEntry> rest = entries.subspan(begin, end - begin);
        const auto take = [&](std::uint32_t i) {
            std::size_t count = 0;
            while (count < rest.size() && number_of(rest[count].node) == first + i) ++count;
            const auto some = rest.first(count);
            rest = rest.subspan(count);
            return some;
        };
        const auto change_own = [&](std::uint32_t i, std::span<const ListEntry> some) {
            MergedList& list = chunk.edit(i, chunk.has(i) ? Adjacent{} : in_base(first + i));
            edit == ListEdit::add ? add_to(list, some) : take_out(list, some);
        };
        begin = end;
        const std::uint64_t all = chunk.touched | of;
        if (std::popcount(of) * few_of <= std::popcount(all)) {
            while (!rest.empty()) {
                const std::uint32_t i = number_of(rest.front().node) - first;
                change_own(i, take(i));
            }
            continue;
        }
        std::size_t size = rest.size();
        if (chunk.together != nullptr) size += chunk.together->nodes.size();
        Rewriter lists(size);
        for (std::uint64_t bits = all; bits != 0; bits &= bits - 1) {
            const auto i = static_cast<std::uint32_t>(std::countr_zero(bits));
            const bool known = chunk.has(i);
            const std::span<const ListEntry> some = take(i);
            if (some.empty()) {  // only touched ones come without
                const ChangedLists::List& list = chunk.lists[bits_below(chunk.touched, i)];
                list.own != nullptr ? lists.keep(list) : lists.copy(chunk.of(list));
                continue;
            }
            const Adjacent old = known ? chunk.at(i) : in_base(first + i);
            if (old.size() > long_list) {
                change_own(i, some);
                lists.keep(chunk.lists[bits_below(chunk.touched, i)]);
            } else if (edit == ListEdit::add) {
                lists.add(old, some);
            } else {
                lists.remove(old, some);
            }
        }
        lists.finish(chunk);
        chunk.touched = all;
        // Of new nodes there is nothing but what is here.
        if (first >= base.node_bound && chunk.holds_nothing()) side(direction).erase(first / 64, epoch);
    }
}

}  // namespace islet
