// The selected paths of each pair of ends: the shortest, the k shortest, all of the k shortest lengths.
//
// Two searches take turns. The first goes forward, nearest first, over states: a node, and how far the
// pattern has come there. It visits each state once and keeps by which rounds it was reached; what it knows
// of a state is the least number of relationships that lead there. The second goes back from each far end
// over these rounds, trail by trail, always where the whole path may be shortest (what it has walked, and the
// least that is missing). So it meets paths in the order of their lengths, and looks at few that no answer
// needs.

#include <algorithm>
#include <map>
#include <queue>
#include <unordered_map>

#include "path_search.hpp"

namespace islet::query {
namespace {

using Selector = ast::PathPattern::Selector;

constexpr std::uint32_t nothing = UINT32_MAX;

class SelectedPaths final : public PathSearchOperator {
 public:
    SelectedPaths(RunContext& context, const PlanNode& node, Input input)
        : PathSearchOperator(context, node, std::move(input)) {
        const auto& segments = op_.segments;
        if (segments.size() != 1) return;
        // The number of rounds is the length: no need to tell states by it.
        const PathSearchOp::Segment& only = segments.front();
        if (!only.plain && !one_each(only)) return;
        by_length_ = true;
        const std::uint64_t width = std::max<std::uint64_t>(1, only.rels.size());
        limit_ = only.rounds.max > UINT64_MAX / width ? UINT64_MAX : only.rounds.max * width;
        // The way that reaches a state first takes no relationship twice: one is enough.
        one_way_ = op_.count == 1 && op_.count_value == ExprId::none &&
                   (op_.selector == Selector::any || op_.selector == Selector::shortest) &&
                   op_.accept.empty() && only.plain && only.rounds.min <= 1 &&
                   only.pointing != PatternRel::Pointing::either;
    }

 protected:
    [[nodiscard]] bool searching() const override { return searching_; }

    void search(NodeId from) override {
        stop();
        searching_ = true;
        if (!count_) count_ = op_.count_value == ExprId::none ? op_.count : asked_for();
        state(State{0, 0, from}, 0);
    }

    void advance() override {
        if (next_target_ < targets_.size() && exhausted_) {
            if (run(next_target_, UINT64_MAX)) {
                ++next_target_;
                forget_partials();
            }
            return;
        }
        if (exhausted_) {
            stop();
            return;
        }
        exhausted_ = !grow();
        if (!has_target() || targets_.empty()) return;
        // With one far end, what is found so far may be all that is asked for.
        if (run(0, exhausted_ ? UINT64_MAX : settled_)) stop();
    }

    void stop() override {
        searching_ = exhausted_ = false;
        states_.clear();
        index_.clear();
        waiting_.clear();
        targets_.clear();
        forget_partials();
        next_target_ = 0;
        settled_ = 0;
    }

 private:
    struct State {
        std::uint32_t segment;  ///< as many as there are: the path is whole
        std::uint64_t count;    ///< rounds of the segment, no more than matter
        NodeId node;
        friend bool operator==(const State&, const State&) = default;
    };
    struct Hash {
        std::size_t operator()(const State& s) const {
            const std::uint64_t mixed =
                (std::uint64_t{s.segment} << 56) ^ (s.count << 32) ^ static_cast<std::uint32_t>(s.node);
            return std::hash<std::uint64_t>()(mixed * 0x9E3779B97F4A7C15U);
        }
    };
    /// How a state was reached.
    struct Reached {
        std::uint32_t from;
        std::uint32_t round;  ///< nothing: by ending a segment
    };
    struct Known {
        State state;
        std::uint64_t distance;
        bool settled = false;
        std::vector<Reached> by;
        std::vector<std::uint32_t> partials;  ///< that stand here, for ways that are found later
    };
    /// The end of a path: from a state by a round to where another one begins.
    struct Partial {
        std::uint32_t state;
        std::uint32_t round;  ///< nothing: none
        std::uint32_t rest;   ///< the next partial; nothing: the far end
        std::uint64_t length;
    };
    struct Open {
        std::uint64_t whole;  ///< the least length of a path with this end
        std::uint64_t length;
        std::uint32_t partial;
        // Of equals, the one that has come furthest.
        bool operator<(const Open& other) const {
            return whole != other.whole ? whole > other.whole : length < other.length;
        }
    };
    struct Target {
        std::uint32_t state;
        std::uint64_t found = 0;  ///< paths, or lengths of shortest_groups
        std::uint64_t length = 0;
        bool begun = false;
    };

    [[nodiscard]] std::size_t width(std::uint32_t segment, std::uint32_t round) const {
        return rounds_.rels(segment, round).size();
    }
    /// Whether each round has as many relationships.
    [[nodiscard]] bool one_each(const PathSearchOp::Segment& segment) const {
        return std::all_of(segment.rels.begin(), segment.rels.end(), [&](SlotId slot) {
            const auto& types = context_.plan.statement.slot_types;
            return types[static_cast<std::size_t>(slot)].set == relationship_type;
        });
    }
    /// The number of paths that a parameter says.
    [[nodiscard]] std::uint64_t asked_for() const {
        const std::uint64_t count = row_count(context_, op_.count_value, "SHORTEST");
        if (count == 0) {
            throw Exception({.code = "22N02",
                             .kind = "ArgumentError",
                             .phase = "runtime",
                             .detail = "NegativeIntegerArgument",
                             .message = "the number of paths to find is at least 1",
                             .span = {},
                             .hint = {},
                             .place = {}});
        }
        return count;
    }

    /// How many rounds of a segment to tell apart.
    [[nodiscard]] std::uint64_t count_up_to(std::uint32_t segment) const {
        const PatternRel::Length& rounds = op_.segments[segment].rounds;
        return by_length_ || rounds.max == UINT64_MAX ? rounds.min : rounds.max;
    }

    std::uint32_t state(const State& at, std::uint64_t distance) {
        const auto [it, fresh] = index_.try_emplace(at, static_cast<std::uint32_t>(states_.size()));
        if (fresh) {
            states_.push_back({at, distance, false, {}, {}});
            waiting_[distance].push_back(it->second);
            if (states_.size() % 1024 == 0) context_.hold(1024 * (sizeof(Known) + 64));
        } else if (Known& known = states_[it->second]; !known.settled && distance < known.distance) {
            known.distance = distance;
            waiting_[distance].push_back(it->second);
        }
        return it->second;
    }

    void reach(std::uint32_t from, std::uint32_t round, const State& to, std::uint64_t distance) {
        const std::uint32_t id = state(to, distance);
        Known& known = states_[id];
        if (one_way_ && !known.by.empty()) return;
        known.by.push_back({from, round});
        for (std::size_t i = 0; i < states_[id].partials.size(); ++i)
            extend(states_[id].partials[i], {from, round});
    }

    /// Settles the states at the next distance; false when there are none.
    bool grow() {
        context_.check();
        if (waiting_.empty()) return false;
        const std::uint64_t distance = waiting_.begin()->first;
        if (distance > limit_) return false;
        prepare(waiting_.begin()->second);
        // Ending a segment adds states at the same distance.
        for (std::size_t i = 0; i < waiting_.begin()->second.size(); ++i) {
            const std::uint32_t id = waiting_.begin()->second[i];
            if (states_[id].settled) continue;
            states_[id].settled = true;
            settle(id, distance);
        }
        waiting_.erase(waiting_.begin());
        settled_ = distance;
        return !waiting_.empty();
    }

    void prepare(const std::vector<std::uint32_t>& ids) {
        for (std::uint32_t segment = 0; segment < op_.segments.size(); ++segment) {
            std::vector<NodeId> nodes;
            for (const std::uint32_t id : ids) {
                if (states_[id].state.segment == segment) nodes.push_back(states_[id].state.node);
            }
            if (!nodes.empty()) rounds_.prepare(segment, nodes);
        }
    }

    void settle(std::uint32_t id, std::uint64_t distance) {
        const State at = states_[id].state;
        if (at.segment == op_.segments.size()) {
            if (ends_at(at.node)) targets_.push_back({id});
            return;
        }
        const PatternRel::Length& rounds = op_.segments[at.segment].rounds;
        if (at.count >= rounds.min) reach(id, nothing, {at.segment + 1, 0, at.node}, distance);
        const std::uint64_t most = count_up_to(at.segment);
        if (by_length_ ? distance + op_.segments[at.segment].rels.size() > limit_ : at.count >= rounds.max)
            return;
        const auto found = rounds_.of(at.segment, at.node);
        const std::vector<Round> copy(found.begin(), found.end());
        for (const Round& round : copy) {
            const std::uint64_t next = distance + width(at.segment, round.index);
            if (next <= limit_)
                reach(id, round.index, {at.segment, std::min(at.count + 1, most), round.end}, next);
        }
    }

    /// Goes back from a far end as long as no path could be longer than `bound`; whether all is found.
    bool run(std::size_t target, std::uint64_t bound) {
        Target& t = targets_[target];
        if (!t.begun) {
            t.begun = true;
            push({t.state, nothing, nothing, 0});
        }
        while (!open_.empty() && open_.top().whole <= bound) {
            if (++work_ % 1024 == 0) context_.check();
            const Open best = open_.top();
            if (enough(t, best.whole)) return true;
            open_.pop();
            const Partial partial = partials_[best.partial];
            if (!exhausted_) states_[partial.state].partials.push_back(best.partial);
            if (partial.state == 0 && give(t, best.partial, best.length)) return true;
            for (std::size_t i = 0; i < states_[partial.state].by.size(); ++i)
                extend(best.partial, states_[partial.state].by[i]);
        }
        return exhausted_ && open_.empty();
    }

    [[nodiscard]] bool enough(const Target& t, std::uint64_t length) const {
        switch (op_.selector) {
            case Selector::all_shortest:
            case Selector::shortest_all:
                return t.found > 0 && length > t.length;
            case Selector::shortest_groups:
                return t.found == *count_ && length > t.length;
            default:
                return t.found == *count_;
        }
    }

    /// Gives the path of a partial that has come back to the start; whether it was the last one asked for.
    bool give(Target& t, std::uint32_t partial, std::uint64_t length) {
        std::vector<Taken> way;
        for (std::uint32_t at = partial; at != nothing; at = partials_[at].rest) {
            if (partials_[at].round != nothing)
                way.push_back({states_[partials_[at].state].state.segment, partials_[at].round});
        }
        if (!emit(way, states_[t.state].state.node)) return false;
        if (op_.selector == Selector::shortest_groups) {
            if (t.found == 0 || length != t.length) ++t.found;
        } else {
            ++t.found;
        }
        t.length = length;
        const bool counted = op_.selector == Selector::any || op_.selector == Selector::shortest;
        return counted && t.found == *count_;
    }

    void extend(std::uint32_t partial, const Reached& by) {
        const std::uint32_t segment = states_[by.from].state.segment;
        std::uint64_t length = partials_[partial].length;
        if (by.round != nothing) {
            length += width(segment, by.round);
            if (!op_.repeatable && taken(partial, rounds_.rels(segment, by.round))) return;
        }
        push({by.from, by.round, partial, length});
    }

    [[nodiscard]] bool taken(std::uint32_t partial, std::span<const RelId> rels) const {
        for (std::uint32_t at = partial; at != nothing; at = partials_[at].rest) {
            if (partials_[at].round == nothing) continue;
            const std::uint32_t segment = states_[partials_[at].state].state.segment;
            for (const RelId rel : rounds_.rels(segment, partials_[at].round)) {
                if (std::find(rels.begin(), rels.end(), rel) != rels.end()) return true;
            }
        }
        return false;
    }

    void push(const Partial& partial) {
        const std::uint64_t whole = partial.length + states_[partial.state].distance;
        if (whole > limit_) return;
        const auto id = static_cast<std::uint32_t>(partials_.size());
        partials_.push_back(partial);
        open_.push({whole, partial.length, id});
        if (partials_.size() % 1024 == 0) context_.hold(1024 * (sizeof(Partial) + sizeof(Open)));
    }

    void forget_partials() {
        partials_.clear();
        open_ = {};
    }

    bool by_length_ =
        false;  ///< one segment, all of whose rounds are of one length: that says how many they are
    std::optional<std::uint64_t> count_;  ///< of paths for each pair of ends
    std::uint64_t limit_ = UINT64_MAX;
    bool one_way_ = false;
    bool searching_ = false;
    bool exhausted_ = false;  ///< the search forward has seen all
    std::vector<Known> states_;
    std::unordered_map<State, std::uint32_t, Hash> index_;
    std::map<std::uint64_t, std::vector<std::uint32_t>> waiting_;  ///< by distance, not settled
    std::uint64_t settled_ = 0;
    std::vector<Target> targets_;
    std::size_t next_target_ = 0;
    std::vector<Partial> partials_;
    std::priority_queue<Open> open_;
    std::uint64_t work_ = 0;
};

}  // namespace

Input make_selected_paths(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<SelectedPaths>(context, node, std::move(input));
}

}  // namespace islet::query
