#include "breadth_first.hpp"

#include <algorithm>

#include "steps.hpp"

namespace islet::query {
namespace {

constexpr std::size_t least_table = 64;
/// From here on an array by node id is no larger than it is worth.
constexpr std::size_t many_met = 2048;
constexpr std::uint32_t small_graph = 4096;

}  // namespace

void MetNodes::clear(std::uint32_t bound) {
    if (dense_) {
        for (const NodeId node : nodes_) by_id_[static_cast<std::uint32_t>(node)] = 0;
        if (bound > bound_) by_id_.resize(bound);
    } else if (table_.size() > 8 * nodes_.size()) {
        for (const NodeId node : nodes_) {
            // Entries behind an emptied one would not be found, but these are emptied too.
            std::size_t at = static_cast<std::uint32_t>(node) * 0x9E3779B1U & (table_.size() - 1);
            while (table_[at] != 0) table_[at] = 0, at = (at + 1) & (table_.size() - 1);
        }
    } else {
        std::fill(table_.begin(), table_.end(), 0);
    }
    nodes_.clear();
    bound_ = std::max(bound, bound_);
    if (!dense_ && bound_ <= small_graph) {
        dense_ = true;
        by_id_.resize(bound_);
    }
    if (!dense_ && table_.empty()) table_.resize(least_table);
}

std::size_t MetNodes::place(NodeId node) const {
    const std::size_t mask = table_.size() - 1;
    std::size_t at = static_cast<std::uint32_t>(node) * 0x9E3779B1U & mask;
    while (table_[at] != 0 && nodes_[table_[at] - 1] != node) at = (at + 1) & mask;
    return at;
}

std::uint32_t MetNodes::find(NodeId node) const {
    // The number before 0 is none.
    return (dense_ ? by_id_[static_cast<std::uint32_t>(node)] : table_[place(node)]) - 1;
}

std::pair<std::uint32_t, bool> MetNodes::add(NodeId node) {
    if (!dense_ && 2 * (nodes_.size() + 1) > table_.size()) grow();
    std::uint32_t& entry = dense_ ? by_id_[static_cast<std::uint32_t>(node)] : table_[place(node)];
    if (entry != 0) return {entry - 1, false};
    nodes_.push_back(node);
    entry = size();
    return {entry - 1, true};
}

void MetNodes::grow() {
    if (nodes_.size() >= many_met) {
        dense_ = true;
        table_ = {};
        by_id_.resize(bound_);
        for (std::uint32_t i = 0; i < nodes_.size(); ++i)
            by_id_[static_cast<std::uint32_t>(nodes_[i])] = i + 1;
        return;
    }
    table_.assign(4 * table_.size(), 0);
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) table_[place(nodes_[i])] = i + 1;
}

void BreadthFirst::begin(RunContext& context, NodeId start) {
    met_.clear(context.snapshot->node_bound());
    levels_.assign(1, 0);
    first_.assign(1, none);
    links_.clear();
    meeting_.clear();
    met_.add(start);
    work_ = 0;
}

std::uint64_t BreadthFirst::distance(std::uint32_t number) const {
    return static_cast<std::uint64_t>(std::upper_bound(levels_.begin(), levels_.end(), number) -
                                      levels_.begin()) -
           1;
}

bool BreadthFirst::grow(RunContext& context, const Rules& rules, const BreadthFirst* meet) {
    const std::uint32_t begin = levels_.back();
    const std::uint32_t end = met_.size();
    if (begin == end) return false;
    levels_.push_back(end);
    meeting_.clear();
    const Snapshot& snapshot = *context.snapshot;
    std::uint64_t next_check = work_ + 65536;
    bool more = true;
    rows_.clear();
    for (const TypeId type : rules.types) {
        for (const Direction way : rules.ways) rows_.push_back(snapshot.neighbour_rows(type, way));
    }
    for (std::uint32_t number = begin; more && number < end; ++number) {
        const NodeId node = met_[number];
        for (const NeighbourRows& rows : rows_) {
            const Adjacent near = rows(node);
            work_ += near.size();
            for (std::size_t i = 0; more && i < near.size(); ++i) {
                if (rules.filter == nullptr) {
                    more = reach(number, near, i, rules, meet);
                    continue;
                }
                const std::uint32_t known = met_.find(near.nodes[i]);
                if (known < end || (known != none && !rules.all)) continue;
                candidates_.push_back({number, near.rel(i), near.nodes[i]});
                if (candidates_.size() == batch_rows) more = settle(rules, meet);
            }
        }
        if (work_ < next_check) continue;
        context.check();
        next_check = work_ + 65536;
    }
    if (more && rules.filter != nullptr) settle(rules, meet);
    candidates_.clear();
    const std::uint64_t bytes =
        met_.size() * (sizeof(NodeId) + 3 * sizeof(std::uint32_t)) + links_.size() * sizeof(Link);
    if (bytes > held_) context.hold(bytes - std::exchange(held_, bytes));
    return met_.size() > end;
}

/// Takes the candidates that are allowed; false when the level is over.
bool BreadthFirst::settle(const Rules& rules, const BreadthFirst* meet) {
    if (candidates_.empty()) return true;
    (*rules.filter)(candidates_);
    bool more = true;
    for (std::size_t i = 0; more && i < candidates_.size(); ++i) {
        const Candidate& one = candidates_[i];
        const Adjacent only{{&one.node, 1}, {&one.rel, 1}, {}};
        more = reach(one.before, only, 0, rules, meet);
    }
    candidates_.clear();
    return more;
}

bool BreadthFirst::reach(std::uint32_t before, const Adjacent& near, std::size_t i, const Rules& rules,
                         const BreadthFirst* meet) {
    const NodeId node = near.nodes[i];
    const auto [number, fresh] = met_.add(node);
    if (fresh) {
        first_.push_back(static_cast<std::uint32_t>(links_.size()));
        links_.push_back({near.rel(i), before, none});
        if (meet == nullptr || meet->met_.find(node) == none) return true;
        meeting_.push_back(number);
        return rules.all;
    }
    if (rules.all && number >= levels_.back()) {
        const auto id = static_cast<std::uint32_t>(links_.size());
        links_.push_back({near.rel(i), before, std::exchange(first_[number], id)});
    }
    return true;
}

void ShortestWays::begin(const BreadthFirst& search, std::uint32_t number) {
    search_ = &search;
    links_.clear();
    descend(number);
    fresh_ = true;
}

void ShortestWays::descend(std::uint32_t number) {
    for (std::uint32_t link = search_->first_link(number); link != BreadthFirst::none;
         link = search_->first_link(search_->link(link).before)) {
        links_.push_back(link);
    }
}

bool ShortestWays::next() {
    if (std::exchange(fresh_, false)) return true;
    while (!links_.empty()) {
        const std::uint32_t beside = search_->link(links_.back()).next;
        links_.pop_back();
        if (beside == BreadthFirst::none) continue;
        links_.push_back(beside);
        descend(search_->link(beside).before);
        return true;
    }
    return false;
}

void ShortestWays::rels(std::vector<RelId>& out) const {
    for (const std::uint32_t link : links_) out.push_back(search_->link(link).rel);
}

}  // namespace islet::query
