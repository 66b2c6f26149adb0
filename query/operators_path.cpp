// Paths of several parts, each walked in rounds: all trails, depth first.

#include "path_search.hpp"

#include <algorithm>

#include "expand_parts.hpp"

namespace islet::query {
namespace {

/// Outer slots that are read above the operator, or by what it tests itself.
std::vector<bool> wanted_slots(const RunContext& context, const PlanNode& node) {
    std::vector<bool> wanted(context.plan.statement.slot_names.size());
    for (const SlotId slot : node.live) wanted[static_cast<std::size_t>(slot)] = true;
    const auto& op = std::get<PathSearchOp>(node.op);
    for (const ExprId predicate : op.accept) used_slots(context.plan, predicate, wanted);
    for (const auto& [slot, expr] : op.paths) used_slots(context.plan, expr, wanted);
    return wanted;
}

}  // namespace

PathSearchOperator::PathSearchOperator(RunContext& context, const PlanNode& node, Input input)
    : Operator(context, node, std::move(input)),
      op_(std::get<PathSearchOp>(node.op)),
      rounds_(context, op_, wanted_slots(context, node)) {
    keep_rels_ = wanted_slots(context, node)[static_cast<std::size_t>(op_.rels)];
    for (std::uint32_t segment = 0; segment < op_.segments.size(); ++segment) {
        const auto& wanted = rounds_.wanted(segment);
        for (std::uint32_t i = 0; i < wanted.size(); ++i)
            outer_.push_back({wanted[i].variable.outer, segment, i, wanted[i].variable.list});
    }
    found_.variables.resize(outer_.size());
}

void PathSearchOperator::reset() {
    Operator::reset();
    in_ = {};
    row_ = 0;
    stop();
}

bool PathSearchOperator::next(Batch& out) {
    while (true) {
        found_ = {};
        found_.variables.resize(outer_.size());
        while (found_.rows() < batch_rows && (row_ < in_.rows || searching())) {
            if (searching()) {
                advance();
            } else {
                begin_row();
            }
        }
        if (found_.rows() > 0) {
            out = batch(std::move(found_));
            return true;
        }
        if (!pull(in_)) return false;
        row_ = 0;
        carried_ = carried(in_);
    }
}

void PathSearchOperator::begin_row() {
    current_ = row_++;
    const Value from = in_[op_.from].at(current_);
    if (from.kind() != Kind::node) return;
    target_.reset();
    if (op_.into) {
        const Value to = in_[op_.to].at(current_);
        if (to.kind() != Kind::node) return;
        target_ = to.as_node();
    }
    excluded_ = all_taken(in_, op_.different_from, current_);
    // What other patterns have taken does not change which paths are selected, only which stay.
    const bool all = op_.selector == ast::PathPattern::Selector::all;
    rounds_.start(in_, current_, all ? std::span<const RelId>(excluded_) : std::span<const RelId>());
    search(from.as_node());
}

bool PathSearchOperator::ends_at(NodeId node) const {
    if (op_.into && node != *target_) return false;
    return op_.to_labels.empty() || has_labels(*context_.snapshot, op_.to_labels, node);
}

Value PathSearchOperator::list_of_rels(std::span<const Taken> way) const {
    List list;
    for (const Taken& taken : way) {
        for (const RelId rel : rounds_.rels(taken.segment, taken.round)) list.emplace_back(rel);
    }
    if (op_.reversed) std::reverse(list.begin(), list.end());
    return Value(std::move(list));
}

void PathSearchOperator::add(Found& found, std::span<const Taken> way, NodeId end) const {
    found.parents.push_back(static_cast<std::uint32_t>(current_));
    found.nodes.push_back(static_cast<std::uint32_t>(end));
    if (keep_rels_) found.rels.push_back(list_of_rels(way));
    for (std::size_t i = 0; i < outer_.size(); ++i) {
        const Outer& outer = outer_[i];
        List list;
        for (const Taken& taken : way) {
            if (taken.segment == outer.segment)
                list.push_back(rounds_.value(taken.segment, taken.round, outer.variable));
        }
        if (!outer.list) {
            found.variables[i].push_back(std::move(list.front()));
            continue;
        }
        if (op_.reversed) std::reverse(list.begin(), list.end());
        found.variables[i].emplace_back(std::move(list));
    }
}

Batch PathSearchOperator::batch(Found found) const {
    Batch out = in_.gather(found.parents, carried_);
    const auto put = [&](SlotId slot, Column column) {
        if (out.columns.size() <= static_cast<std::size_t>(slot))
            out.columns.resize(static_cast<std::size_t>(slot) + 1);
        out[slot] = std::move(column);
    };
    if (keep_rels_) put(op_.rels, Column::of_values(std::move(found.rels)));
    for (std::size_t i = 0; i < outer_.size(); ++i)
        put(outer_[i].slot, Column::of_values(std::move(found.variables[i])));
    if (!op_.into) put(op_.to, Column::nodes(std::move(found.nodes)));
    return out;
}

bool PathSearchOperator::takes_excluded(std::span<const Taken> way) const {
    if (excluded_.empty()) return false;
    return std::any_of(way.begin(), way.end(), [&](const Taken& taken) {
        const auto rels = rounds_.rels(taken.segment, taken.round);
        return std::any_of(rels.begin(), rels.end(), [&](RelId rel) {
            return std::find(excluded_.begin(), excluded_.end(), rel) != excluded_.end();
        });
    });
}

bool PathSearchOperator::accepted(std::span<const Taken> way, NodeId end) {
    if (op_.accept.empty()) return true;
    Found one;
    one.variables.resize(outer_.size());
    add(one, way, end);
    // All of the incoming row may be asked about, not only what goes on.
    std::vector<SlotId> there;
    for (std::uint32_t slot = 0; slot < in_.columns.size(); ++slot) {
        if (in_.columns[slot].layout != Column::Layout::absent) there.push_back(SlotId{slot});
    }
    const Batch row = in_.gather(one.parents, there);
    Batch whole = batch(std::move(one));
    for (const SlotId slot : there) {
        if (whole[slot].layout == Column::Layout::absent) whole[slot] = row[slot];
    }
    whole.origin.clear();
    for (const auto& [slot, expr] : op_.paths) whole[slot] = evaluate(context_, expr, whole).take(1);
    return !select(context_, op_.accept, whole).empty();
}

bool PathSearchOperator::emit(std::span<const Taken> way, NodeId end) {
    if (!accepted(way, end)) return false;
    const bool all = op_.selector == ast::PathPattern::Selector::all;
    if (all || !takes_excluded(way)) add(found_, way, end);
    return true;
}

namespace {

/// All trails, depth first.
class AllPaths final : public PathSearchOperator {
 public:
    using PathSearchOperator::PathSearchOperator;

 protected:
    [[nodiscard]] bool searching() const override { return !stack_.empty(); }

    void search(NodeId from) override {
        way_.clear();
        trail_.clear();
        stack_.push_back({0, 0, from, false});
    }

    void advance() override {
        if (++work_ % 4096 == 0) context_.check();
        const std::size_t top = stack_.size() - 1;
        const Level level = stack_[top];
        const PathSearchOp::Segment& segment = op_.segments[level.segment];
        if (!stack_[top].left) {
            // The segment may end here.
            stack_[top].left = true;
            if (level.count < segment.rounds.min) return;
            if (level.segment + 1 < op_.segments.size()) {
                stack_.push_back({level.segment + 1, 0, level.node, false});
            } else if (ends_at(level.node)) {
                emit(way_, level.node);
            }
            return;
        }
        if (level.count < segment.rounds.max) {
            if (!rounds_.knows(level.segment, level.node)) look_ahead(top);
            const auto rounds = rounds_.of(level.segment, level.node);
            while (stack_[top].next < rounds.size()) {
                const Round round = rounds[stack_[top].next++];
                if (!take(level.segment, round)) continue;
                stack_.push_back({level.segment, level.count + 1, round.end, true});
                return;
            }
        }
        if (level.by_round) untake();
        stack_.pop_back();
    }

    void stop() override { stack_.clear(); }

 private:
    /// A node that is stood on, after `count` rounds of a segment.
    struct Level {
        std::uint32_t segment;
        std::uint64_t count;
        NodeId node;
        bool by_round;  ///< came here by a round
        bool left = false;
        std::size_t next = 0;
    };

    bool take(std::uint32_t segment, const Round& round) {
        if (!op_.repeatable) {
            for (const RelId rel : rounds_.rels(segment, round.index)) {
                if (std::find(trail_.begin(), trail_.end(), rel) != trail_.end()) return false;
            }
        }
        for (const RelId rel : rounds_.rels(segment, round.index)) trail_.push_back(rel);
        way_.push_back({segment, round.index});
        return true;
    }
    void untake() {
        trail_.resize(trail_.size() - rounds_.rels(way_.back().segment, way_.back().round).size());
        way_.pop_back();
    }

    /// Finds the rounds of a node together with those that come next beside it.
    void look_ahead(std::size_t top) {
        std::vector<NodeId> nodes{stack_[top].node};
        if (stack_[top].by_round && top > 0) {
            const Level& above = stack_[top - 1];
            const auto rounds = rounds_.of(above.segment, above.node);
            for (std::size_t i = above.next; i < rounds.size() && nodes.size() < batch_rows; ++i)
                nodes.push_back(rounds[i].end);
        }
        rounds_.prepare(stack_[top].segment, nodes);
    }

    std::vector<Level> stack_;
    std::vector<Taken> way_;
    std::vector<RelId> trail_;
    std::uint64_t work_ = 0;
};

}  // namespace

Input make_path_search(RunContext& context, const PlanNode& node, Input input) {
    if (std::get<PathSearchOp>(node.op).selector != ast::PathPattern::Selector::all)
        return make_selected_paths(context, node, std::move(input));
    return std::make_unique<AllPaths>(context, node, std::move(input));
}

}  // namespace islet::query
