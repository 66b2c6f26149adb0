// The shortest relationships of variable length between two nodes: breadth first from both ends where both
// are known, and from one where many pairs share it.

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "breadth_first.hpp"
#include "expand_parts.hpp"
#include "operator.hpp"
#include "steps.hpp"

namespace islet::query {
namespace {

class ShortestTrailOperator final : public Operator {
 public:
    ShortestTrailOperator(RunContext& context, const PlanNode& node, Input input)
        : Operator(context, node, std::move(input)),
          op_(std::get<VarExpandOp>(node.op)),
          ways_(directions(op_.pointing)),
          ways_back_(ways_),
          all_(op_.search == PatternRel::Search::shortest_all) {
        for (Direction& way : ways_back_) way = opposite(way);
        for (const SlotId slot : node.live) {
            keep_rels_ = keep_rels_ || slot == op_.rels;
            keep_hops_ = keep_hops_ || slot == op_.hops;
        }
        // Whether a step may be taken depends on the step alone.
        std::vector<bool> used(context.plan.statement.slot_names.size());
        for (const ExprId predicate : op_.step_predicates) used_slots(context.plan, predicate, used);
        if (op_.step != SlotId::none) used[static_cast<std::size_t>(op_.step)] = false;
        steps_alike_ = std::find(used.begin(), used.end(), true) == used.end();
        filter_ = [this](std::vector<BreadthFirst::Candidate>& candidates) { allow(candidates); };
    }

    bool next(Batch& out) override {
        while (true) {
            parents_.clear(), nodes_.clear(), hops_.clear(), lists_.clear();
            while (parents_.size() < batch_rows && (giving_ != Giving::nothing || row_ < in_.rows)) {
                switch (giving_) {
                    case Giving::nothing:
                        begin_row();
                        break;
                    case Giving::pair:
                        give_pair();
                        break;
                    case Giving::reached:
                        give_reached();
                        break;
                    case Giving::cycles:
                        give_cycle();
                        break;
                }
            }
            if (parents_.empty()) {
                if (!pull(in_)) return false;
                begin_batch();
                continue;
            }
            out = in_.gather(parents_, carried_);
            if (keep_rels_) out[op_.rels] = Column::of_values(std::move(lists_));
            if (keep_hops_) out[op_.hops] = Column::integers(std::move(hops_));
            if (!op_.into) out[op_.to] = Column::nodes(std::move(nodes_));
            return true;
        }
    }

    void reset() override {
        Operator::reset();
        in_ = {};
        row_ = 0;
        giving_ = Giving::nothing;
        // What is written meanwhile changes what can be reached.
        if (context_.transaction != nullptr) tree_start_.reset();
    }

 private:
    enum class Giving : std::uint8_t { nothing, pair, reached, cycles };

    void begin_batch() {
        row_ = same_until_ = 0;
        types_ = resolve_types(*context_.snapshot, op_.types);
        carried_ = carried(in_);
        all_rels_ = 0;
        for (const TypeId type : types_) all_rels_ += context_.snapshot->count(type) * ways_.size();
        if (context_.transaction != nullptr) tree_start_.reset();
    }

    void begin_row() {
        current_ = row_++;
        const NodeId from = node_at(in_[op_.from], current_);
        if (from == NodeId::none) return;
        NodeId to = NodeId::none;
        if (op_.into) {
            to = node_at(in_[op_.to], current_);
            if (to == NodeId::none) return;
        }
        excluded_ = all_taken(in_, op_.different_from, current_);
        cycles_.clear();
        next_cycle_ = 0;
        if (!op_.into) {
            find_cycles(from);
            begin_tree(from, false);
            while (tree_.distance() < op_.length.max && tree_.grow(context_, rules(false))) {
            }
            number_ = 0;
            giving_ = Giving::reached;
            next_reached();
            return;
        }
        if (from == to) {
            // Going away and coming back is longer than not going.
            if (op_.length.min == 0) emit({}, to);
            find_cycles(from);
            return;
        }
        left_ = right_ = nullptr;
        const bool alike = excluded_.empty() && steps_alike_;
        if (!alike || !search_tree(from, to)) {
            search_from_both(from, to, op_.length.max);
            ++pairs_done_;
        }
        if (pairs_.empty()) return;
        giving_ = Giving::pair;
        next_pair_ = 0;
        begin_pair();
    }

    [[nodiscard]] BreadthFirst::Rules rules(bool back) const {
        const bool free = excluded_.empty() && op_.step_predicates.empty();
        return {types_, back ? ways_back_ : ways_, all_, free ? nullptr : &filter_};
    }

    void begin_tree(NodeId start, bool back) {
        tree_.begin(context_, start);
        tree_start_ = excluded_.empty() && steps_alike_ ? std::optional(start) : std::nullopt;
        tree_back_ = back;
        tree_done_ = false;
    }

    /// Searches from one end, where other rows have it too. False: that is not worth while.
    bool search_tree(NodeId from, NodeId to) {
        const bool known = tree_start_ && *tree_start_ == (tree_back_ ? to : from);
        if (!known) {
            const bool back = look_ahead(from, to);
            // What the rows so far took to search from both ends, the others will take.
            const double each =
                static_cast<double>(work_) / static_cast<double>(std::max<std::size_t>(1, pairs_done_));
            const auto others = static_cast<double>(same_until_ - current_);
            if (pairs_done_ == 0 || others * each < static_cast<double>(all_rels_)) return false;
            begin_tree(back ? to : from, back);
        }
        const NodeId wanted = tree_back_ ? from : to;
        pairs_.clear();
        while (true) {
            const std::uint32_t number = tree_.met().find(wanted);
            if (number != BreadthFirst::none) {
                if (tree_.distance(number) > op_.length.max) return true;
                (tree_back_ ? right_ : left_) = &tree_;
                pairs_.push_back({number, number});
                return true;
            }
            if (tree_done_ || tree_.distance() >= op_.length.max) return true;
            tree_done_ = !tree_.grow(context_, rules(tree_back_));
        }
    }

    /// Finds how many rows that follow share an end; true: it is the far one.
    bool look_ahead(NodeId from, NodeId to) {
        if (current_ < same_until_) return same_far_;
        const auto run = [&](SlotId slot, NodeId node) {
            std::size_t row = current_;
            while (row < in_.rows && node_at(in_[slot], row) == node) ++row;
            return row;
        };
        const std::size_t same_from = run(op_.from, from);
        const std::size_t same_to = run(op_.to, to);
        same_far_ = same_to > same_from;
        same_until_ = std::max(same_from, same_to);
        work_ = pairs_done_ = 0;
        return same_far_;
    }

    /// Grows the smaller front by one step, until the two meet: then their distances add up to the least
    /// length, and each shortest trail has exactly one node where the fronts are.
    void search_from_both(NodeId from, NodeId to, std::uint64_t most) {
        pairs_.clear();
        std::array<BreadthFirst, 2>& sides = sides_;
        sides[0].begin(context_, from);
        sides[1].begin(context_, to);
        while (sides[0].distance() + sides[1].distance() < most) {
            const std::size_t way = smaller_front();
            const bool more = sides[way].grow(context_, rules(way == 1), &sides[1 - way]);
            for (const std::uint32_t number : sides[way].meeting()) {
                const std::uint32_t other = sides[1 - way].met().find(sides[way].met()[number]);
                pairs_.push_back(way == 0 ? Pair{number, other} : Pair{other, number});
            }
            if (!more || !pairs_.empty()) break;
        }
        left_ = &sides[0];
        right_ = &sides[1];
        work_ += sides[0].work() + sides[1].work();
    }

    /// The shortest ways from a node back to itself, where these are asked for.
    void find_cycles(NodeId from) {
        if (!op_.cycles || op_.length.min == 0 || op_.length.max == 0) return;
        if (ways_.size() == 1) {
            find_directed_cycles(from);
        } else {
            find_undirected_cycles(from);
        }
        if (!cycles_.empty()) giving_ = Giving::cycles;
    }

    /// Along arrows: to a node that leads back, and back.
    void find_directed_cycles(NodeId from) {
        BreadthFirst& search = sides_[0];
        search.begin(context_, from);
        do {
            const std::uint32_t first = search.met().size() - search.front();
            for (std::uint32_t number = first; number < search.met().size(); ++number) {
                closing_.clear();
                for_each_between(*context_.snapshot, search.met()[number], from, types_, ways_,
                                 [&](RelId rel) {
                                     closing_.push_back({number, rel, from});
                                 });
                allow(closing_);
                for (const BreadthFirst::Candidate& last : closing_) {
                    left_ways_.begin(search, number);
                    while (left_ways_.next()) {
                        std::vector<RelId> cycle;
                        left_ways_.rels(cycle);
                        std::reverse(cycle.begin(), cycle.end());
                        cycle.push_back(last.rel);
                        cycles_.push_back(std::move(cycle));
                        if (!all_) return;
                    }
                }
            }
        } while (cycles_.empty() && search.distance() + 1 < op_.length.max &&
                 search.grow(context_, rules(false)));
    }

    /// Without regard to arrows: away by each relationship, and back without it.
    void find_undirected_cycles(NodeId from) {
        std::vector<BreadthFirst::Candidate> away;
        for_each_step(*context_.snapshot, from, types_, ways_, [&](RelId rel, NodeId far) {
            away.push_back({0, rel, far});
        });
        allow(away);
        std::uint64_t most = op_.length.max;
        const auto add = [&](std::vector<RelId> cycle) {
            if (!cycles_.empty() && cycle.size() < cycles_.front().size()) cycles_.clear();
            most = cycle.size();
            cycles_.push_back(std::move(cycle));
        };
        for (const BreadthFirst::Candidate& first : away) {
            if (!all_ && !cycles_.empty() && most == 1) break;
            if (first.node == from) {
                if (cycles_.empty() || all_ || most > 1) add({first.rel});
                continue;
            }
            excluded_.push_back(first.rel);
            search_from_both(first.node, from, all_ || cycles_.empty() ? most - 1 : most - 2);
            excluded_.pop_back();
            for (const Pair& pair : pairs_) {
                left_ways_.begin(sides_[0], pair.left);
                while (left_ways_.next()) {
                    right_ways_.begin(sides_[1], pair.right);
                    while (right_ways_.next()) {
                        std::vector<RelId> cycle;
                        left_ways_.rels(cycle);
                        cycle.push_back(first.rel);
                        std::reverse(cycle.begin(), cycle.end());
                        right_ways_.rels(cycle);
                        add(std::move(cycle));
                        if (!all_) break;
                    }
                    if (!all_) break;
                }
                if (!all_) break;
            }
        }
    }

    void give_cycle() {
        if (next_cycle_ == cycles_.size()) {
            giving_ = Giving::nothing;
            return;
        }
        emit(cycles_[next_cycle_++], node_at(in_[op_.from], current_));
    }

    /// Which front is likely to be grown with less work.
    [[nodiscard]] std::size_t smaller_front() const {
        constexpr std::uint32_t few = 16;
        const std::uint32_t left = sides_[0].front();
        const std::uint32_t right = sides_[1].front();
        if (left > few || right > few) return right < left ? 1 : 0;
        const auto degrees = [&](const BreadthFirst& side, const std::vector<Direction>& ways) {
            std::size_t sum = 0;
            for (std::uint32_t i = 0; i < side.front(); ++i) {
                for (const TypeId type : types_) {
                    for (const Direction way : ways)
                        sum += context_.snapshot->degree(side.front_node(i), type, way);
                }
            }
            return sum;
        };
        return degrees(sides_[1], ways_back_) < degrees(sides_[0], ways_) ? 1 : 0;
    }

    void begin_pair() {
        if (left_ != nullptr) left_ways_.begin(*left_, pairs_[next_pair_].left), left_ways_.next();
        if (right_ != nullptr) right_ways_.begin(*right_, pairs_[next_pair_].right);
        right_done_ = false;
    }

    /// Gives one trail: back from where the searches met to the start, then on to the end.
    void give_pair() {
        if (++given_ % 1024 == 0) context_.check();
        const bool right = right_ != nullptr ? right_ways_.next() : !std::exchange(right_done_, true);
        if (!right) {
            if (left_ != nullptr && left_ways_.next()) {
                if (right_ != nullptr) right_ways_.begin(*right_, pairs_[next_pair_].right);
                right_done_ = false;
                return;
            }
            if (++next_pair_ == pairs_.size()) {
                giving_ = Giving::nothing;
                return;
            }
            return begin_pair();
        }
        const std::size_t length =
            (left_ != nullptr ? left_ways_.length() : 0) + (right_ != nullptr ? right_ways_.length() : 0);
        if (length < op_.length.min) {
            giving_ = Giving::nothing;
            return;
        }
        trail_.clear();
        if (keep_rels_) {
            if (left_ != nullptr) left_ways_.rels(trail_);
            std::reverse(trail_.begin(), trail_.end());
            if (right_ != nullptr) right_ways_.rels(trail_);
        }
        emit_row(length, NodeId::none);
        if (!all_) giving_ = Giving::nothing;
    }

    /// Goes to the next node that is far enough.
    void next_reached() {
        if (number_ >= tree_.met().size()) {
            giving_ = cycles_.empty() ? Giving::nothing : Giving::cycles;
            return;
        }
        if (tree_.distance(number_) < op_.length.min) {
            while (number_ < tree_.met().size() && tree_.distance(number_) < op_.length.min) ++number_;
            return next_reached();
        }
        left_ways_.begin(tree_, number_);
    }

    void give_reached() {
        if (!left_ways_.next()) {
            ++number_;
            return next_reached();
        }
        trail_.clear();
        if (keep_rels_) {
            left_ways_.rels(trail_);
            std::reverse(trail_.begin(), trail_.end());
        }
        emit_row(left_ways_.length(), tree_.met()[number_]);
        if (!all_) {
            ++number_;
            next_reached();
        }
    }

    void emit(std::span<const RelId> rels, NodeId end) {
        trail_.assign(rels.begin(), rels.end());
        emit_row(rels.size(), end);
    }

    void emit_row(std::size_t length, NodeId end) {
        parents_.push_back(static_cast<std::uint32_t>(current_));
        if (!op_.into) nodes_.push_back(static_cast<std::uint32_t>(end));
        if (keep_hops_) hops_.push_back(static_cast<std::int64_t>(length));
        if (!keep_rels_) return;
        List list;
        list.reserve(trail_.size());
        if (op_.reversed) std::reverse(trail_.begin(), trail_.end());
        for (const RelId rel : trail_) list.emplace_back(rel);
        lists_.emplace_back(std::move(list));
    }

    /// Keeps the candidates that other patterns have not taken and that the pattern's own conditions allow.
    void allow(std::vector<BreadthFirst::Candidate>& candidates) {
        std::erase_if(candidates, [&](const BreadthFirst::Candidate& one) {
            return std::find(excluded_.begin(), excluded_.end(), one.rel) != excluded_.end();
        });
        if (op_.step_predicates.empty() || candidates.empty()) return;
        const std::vector<std::uint32_t> same(candidates.size(), static_cast<std::uint32_t>(current_));
        std::vector<SlotId> there;
        for (std::uint32_t slot = 0; !steps_alike_ && slot < in_.columns.size(); ++slot) {
            if (in_.columns[slot].layout != Column::Layout::absent) there.push_back(SlotId{slot});
        }
        Batch batch = in_.gather(same, there);
        batch.origin.clear();
        std::vector<std::uint32_t> rels;
        rels.reserve(candidates.size());
        for (const BreadthFirst::Candidate& one : candidates)
            rels.push_back(static_cast<std::uint32_t>(one.rel));
        batch[op_.step] = Column::rels(std::move(rels));
        std::size_t kept = 0;
        for (const std::uint32_t i : select(context_, op_.step_predicates, batch))
            candidates[kept++] = candidates[i];
        candidates.resize(kept);
    }

    /// Numbers of one node in the searches from both ends.
    struct Pair {
        std::uint32_t left;
        std::uint32_t right;
    };

    const VarExpandOp& op_;
    std::vector<Direction> ways_;
    std::vector<Direction> ways_back_;
    bool all_;
    bool keep_rels_ = false;
    bool keep_hops_ = false;
    bool steps_alike_ = false;
    BreadthFirst::Filter filter_;
    std::vector<TypeId> types_;
    std::uint64_t all_rels_ = 0;  ///< what a whole search would look at, at most

    Batch in_;
    std::vector<SlotId> carried_;
    std::size_t row_ = 0;      ///< the next input row
    std::size_t current_ = 0;  ///< the one that is searched
    std::vector<RelId> excluded_;

    BreadthFirst tree_;                 ///< from one end, for all rows that have it
    std::optional<NodeId> tree_start_;  ///< none: of no use to other rows
    bool tree_back_ = false;            ///< from the far end
    bool tree_done_ = false;
    std::size_t same_until_ = 0;  ///< rows before this one share an end with the present one
    bool same_far_ = false;       ///< the far one
    std::uint64_t work_ = 0;      ///< of searches from both ends in these rows
    std::size_t pairs_done_ = 0;
    std::array<BreadthFirst, 2> sides_;

    Giving giving_ = Giving::nothing;
    // Of pairs: where the searches met; left or right is none where one search has gone all the way.
    const BreadthFirst* left_ = nullptr;
    const BreadthFirst* right_ = nullptr;
    std::vector<Pair> pairs_;
    std::size_t next_pair_ = 0;
    ShortestWays left_ways_, right_ways_;
    bool right_done_ = false;
    std::uint64_t given_ = 0;
    // Of all nodes that were reached.
    std::uint32_t number_ = 0;
    // Back to the start.
    std::vector<std::vector<RelId>> cycles_;
    std::size_t next_cycle_ = 0;
    std::vector<BreadthFirst::Candidate> closing_;

    std::vector<RelId> trail_;
    std::vector<std::uint32_t> parents_, nodes_;
    std::vector<std::int64_t> hops_;
    std::vector<Value> lists_;
};

}  // namespace

Input make_shortest(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<ShortestTrailOperator>(context, node, std::move(input));
}

}  // namespace islet::query
