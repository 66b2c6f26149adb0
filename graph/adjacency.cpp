#include "adjacency.hpp"

#include <memory>
#include <mutex>
#include <numeric>

#include "parallel.hpp"

namespace islet {

namespace {

constexpr std::uint64_t sparse_below = 8;  ///< sparse if fewer than one node in so many has a neighbour

/// The relationships of each type together, in order of adding: those of type t are [starts[t], starts[t+1]).
/// When a type is done, its part of `sources` holds the neighbours of the way back, and its part of `targets`
/// those of the way out: memory that was touched already is the cheapest.
struct Grouped {
    std::shared_ptr<LargeVector<NodeId>> sources;
    std::shared_ptr<LargeVector<NodeId>> targets;
    LargeVector<std::uint32_t> added;  ///< the place in the order of adding; empty where it is the place here
    std::vector<std::uint32_t> starts;
};

Grouped group(PendingRelationships pending, std::uint32_t type_count) {
    Grouped made;
    made.starts.resize(std::size_t{type_count} + 1);
    bool ascend = true;
    std::size_t last = 0;
    pending.types.for_each_run([&](TypeId type, std::uint32_t begin, std::uint32_t end) {
        made.starts[index(type) + 1] += end - begin;
        ascend = ascend && last <= index(type);
        last = index(type);
    });
    std::partial_sum(made.starts.begin(), made.starts.end(), made.starts.begin());
    if (ascend) {
        constexpr std::size_t small = 100'000;  // of a large one the rest was never touched
        if (pending.size() < small) {
            pending.sources.shrink_to_fit();
            pending.targets.shrink_to_fit();
        }
        made.sources = std::make_shared<LargeVector<NodeId>>(std::move(pending.sources));
        made.targets = std::make_shared<LargeVector<NodeId>>(std::move(pending.targets));
        return made;
    }
    std::vector<std::uint32_t> next(made.starts.begin(), made.starts.end());
    made.added.resize(pending.size());
    pending.types.for_each_run([&](TypeId type, std::uint32_t begin, std::uint32_t end) {
        for (std::uint32_t i = begin; i < end; ++i) made.added[next[index(type)]++] = i;
    });
    pending.types = {};
    const auto gather = [&made](LargeVector<NodeId>& from) {
        auto nodes = std::make_shared<LargeVector<NodeId>>(from.size());
        for (std::size_t i = 0; i < from.size(); ++i) (*nodes)[i] = from[made.added[i]];
        from = {};
        return nodes;
    };
    made.sources = gather(pending.sources);
    made.targets = gather(pending.targets);
    return made;
}

/// One end of the relationships of a type, by keys that one can count by: the distances from the least node
/// where the nodes lie close enough, else their numbers in ascending order.
class KeyedEnds {
 public:
    explicit KeyedEnds(std::span<const NodeId> ends) : ends_(ends) {
        const auto [least, greatest] = std::minmax_element(ends.begin(), ends.end());
        first_ = static_cast<std::uint32_t>(*least);
        const std::uint64_t range = std::uint64_t{static_cast<std::uint32_t>(*greatest)} - first_ + 1;
        if (range > ends.size() * sparse_below + 1024) {
            number();
        } else {
            range_ = static_cast<std::uint32_t>(range);
        }
        starts_.assign(std::size_t{range_} + 1, 0);
        for (std::uint32_t i = 0; i < ends_.size(); ++i) ++starts_[key(i) + 1];
        distinct_ = static_cast<std::uint32_t>(
            std::count_if(starts_.begin(), starts_.end(), [](std::uint32_t count) { return count != 0; }));
        std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
    }

    [[nodiscard]] std::uint32_t key(std::uint32_t i) const noexcept {
        return static_cast<std::uint32_t>(ends_[i]) - first_;
    }
    [[nodiscard]] std::uint32_t range() const noexcept { return range_; }
    [[nodiscard]] NodeId node(std::uint32_t key) const noexcept {
        return nodes_.empty() ? NodeId{first_ + key} : nodes_[key];
    }
    /// By key: how many entries have a lesser one; one more at the end.
    [[nodiscard]] const std::vector<std::uint32_t>& starts() const noexcept { return starts_; }

    /// The rows, but for what they hold. Leaves nothing behind.
    Rows rows() && {
        Rows rows;
        rows.distinct = distinct_;
        if (!nodes_.empty()) {
            rows.slots = distinct_;
            rows.nodes = Array(std::move(nodes_));
        } else if (std::uint64_t{distinct_} * sparse_below < range_) {
            std::vector<NodeId> nodes;
            std::vector<std::uint32_t> starts;
            nodes.reserve(distinct_);
            starts.reserve(std::size_t{distinct_} + 1);
            for (std::uint32_t key = 0; key < range_; ++key) {
                if (starts_[key] == starts_[key + 1]) continue;
                nodes.push_back(node(key));
                starts.push_back(starts_[key]);
            }
            starts.push_back(starts_.back());
            rows.slots = distinct_;
            rows.nodes = Array(std::move(nodes));
            starts_ = std::move(starts);
        } else {
            rows.first = first_;
            rows.slots = range_;
        }
        rows.offsets = Array(std::move(starts_));
        return rows;
    }

 private:
    void number() {
        std::vector<std::uint64_t> by_node(ends_.size());
        for (std::uint32_t i = 0; i < ends_.size(); ++i)
            by_node[i] = std::uint64_t{static_cast<std::uint32_t>(ends_[i])} << 32U | i;
        std::sort(by_node.begin(), by_node.end());
        numbers_.resize(ends_.size());
        for (const std::uint64_t entry : by_node) {
            const NodeId node{static_cast<std::uint32_t>(entry >> 32U)};
            if (nodes_.empty() || nodes_.back() != node) nodes_.push_back(node);
            numbers_[static_cast<std::uint32_t>(entry)] =
                NodeId{static_cast<std::uint32_t>(nodes_.size() - 1)};
        }
        ends_ = numbers_;
        first_ = 0;
        range_ = static_cast<std::uint32_t>(nodes_.size());
    }

    std::span<const NodeId> ends_;
    std::vector<NodeId> numbers_;  ///< where numbered: the number of each end, which `ends_` shows then
    std::vector<NodeId> nodes_;    ///< where numbered: by number
    std::uint32_t first_ = 0;
    std::uint32_t range_ = 0;
    std::uint32_t distinct_ = 0;
    std::vector<std::uint32_t> starts_;
};

struct Entry {
    std::uint32_t source;  ///< key
    std::uint32_t place;   ///< in the order of adding
};

/// Memory for entries that goes from type to type, since the largest come first.
class Scratch {
 public:
    LargeVector<Entry> take(std::size_t count) {
        LargeVector<Entry> taken;
        {
            const std::lock_guard lock(mutex_);
            if (!free_.empty()) {
                taken = std::move(free_.back());
                free_.pop_back();
            }
        }
        if (taken.capacity() < count) taken = {};  // nothing in it is worth a copy
        taken.resize(count);
        return taken;
    }
    void give(LargeVector<Entry> entries) {
        const std::lock_guard lock(mutex_);
        free_.push_back(std::move(entries));
    }

 private:
    std::mutex mutex_;
    std::vector<LargeVector<Entry>> free_;
};

/// Entries go to their key's place by counting, three times: by target; then, in that order, by source, which
/// is the order of relationships; then, in this order, by target again for the way back.
TypeAdjacency adjacency_of(const Grouped& grouped, std::uint32_t type, std::uint32_t* rename,
                           Scratch& scratch) {
    const std::uint32_t begin = grouped.starts[type];
    const std::uint32_t count = grouped.starts[type + 1] - begin;
    TypeAdjacency made;
    made.first_rel = begin;
    made.count = count;
    if (count == 0) return made;
    // Ends at first; when all is in order of targets, free for what they become.
    const std::span<NodeId> backward = std::span(*grouped.sources).subspan(begin, count);
    const std::span<NodeId> forward = std::span(*grouped.targets).subspan(begin, count);
    KeyedEnds sources(backward);
    KeyedEnds targets(forward);

    std::vector<std::uint32_t> next(targets.starts());
    {
        LargeVector<Entry> by_target = scratch.take(count);
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint32_t place = grouped.added.empty() ? begin + i : grouped.added[begin + i];
            by_target[next[targets.key(i)]++] = {sources.key(i), place};
        }
        next.assign(sources.starts().begin(), sources.starts().end());
        for (std::uint32_t target = 0; target < targets.range(); ++target) {
            for (std::uint32_t i = targets.starts()[target]; i < targets.starts()[target + 1]; ++i) {
                const std::uint32_t place = next[by_target[i].source]++;
                forward[place] = NodeId{target};
                if (rename != nullptr) rename[by_target[i].place] = begin + place;
            }
        }
        scratch.give(std::move(by_target));
    }
    next.assign(targets.starts().begin(), targets.starts().end());
    LargeVector<RelId> rels(count);
    for (std::uint32_t source = 0; source < sources.range(); ++source) {
        for (std::uint32_t i = sources.starts()[source]; i < sources.starts()[source + 1]; ++i) {
            const auto target = static_cast<std::uint32_t>(forward[i]);  // still a key
            const std::uint32_t place = next[target]++;
            backward[place] = sources.node(source);
            rels[place] = RelId{begin + i};
            forward[i] = targets.node(target);
        }
    }
    made.out = std::move(sources).rows();
    made.in = std::move(targets).rows();
    made.out.neighbours = Array<NodeId>(forward, grouped.targets);
    made.in.neighbours = Array<NodeId>(backward, grouped.sources);
    made.in.rels = array_of(std::move(rels));
    return made;
}

}  // namespace

std::vector<TypeAdjacency> build_adjacency(PendingRelationships pending, std::uint32_t type_count,
                                           LargeVector<std::uint32_t>* rename, unsigned threads) {
    if (rename != nullptr) rename->resize(pending.size());
    const Grouped grouped = group(std::move(pending), type_count);
    const auto size = [&](std::uint32_t type) { return grouped.starts[type + 1] - grouped.starts[type]; };
    std::vector<std::uint32_t> largest_first(type_count);
    std::iota(largest_first.begin(), largest_first.end(), 0U);
    std::sort(largest_first.begin(), largest_first.end(),
              [&](std::uint32_t a, std::uint32_t b) { return size(a) > size(b); });
    Scratch scratch;
    std::vector<TypeAdjacency> made(type_count);
    for_each_in_parallel(threads, type_count, [&](std::size_t i) {
        const std::uint32_t type = largest_first[i];
        made[type] = adjacency_of(grouped, type, rename == nullptr ? nullptr : rename->data(), scratch);
    });
    return made;
}

}  // namespace islet
