// The planner's insides: bound clauses to operators (plan.cpp), patterns to an
// order of scans and expansions (plan_pattern.cpp).
#pragma once

#include <optional>
#include <vector>

#include "cardinality.hpp"
#include "plan.hpp"

namespace islet::query {

class Planner {
 public:
    Planner(BoundStatement statement, const Snapshot& snapshot, const Switches& switches)
        : cardinality_(snapshot), switches_(switches) {
        plan_.statement = std::move(statement);
    }

    Plan run();

 private:
    /// A chain under construction: its last operator and the slots that it has.
    struct Chain {
        PlanId last = PlanId::none;
        std::vector<bool> have;  ///< by SlotId

        [[nodiscard]] bool has(SlotId slot) const {
            return static_cast<std::size_t>(slot) < have.size() && have[static_cast<std::size_t>(slot)];
        }
        void give(SlotId slot) {
            if (have.size() <= static_cast<std::size_t>(slot))
                have.resize(static_cast<std::size_t>(slot) + 1);
            have[static_cast<std::size_t>(slot)] = true;
        }
    };

    /// What comes after a MATCH, as far as it bears on the order of its pattern.
    struct Later {
        bool counted = false;     ///< rows that nobody tells apart may be one (see optimize_combine.cpp)
        std::vector<bool> reads;  ///< slots read by later clauses; filled if `counted`
        /// The one variable by which rows are grouped next, so that each group's values are told apart: a
        /// walk that begins there brings each group in a piece.
        SlotId grouped_by = SlotId::none;

        [[nodiscard]] bool needs(SlotId slot) const {
            return static_cast<std::size_t>(slot) < reads.size() && reads[static_cast<std::size_t>(slot)];
        }
    };

    void plan_block(BlockId id, const std::vector<bool>& outer);
    PlanId plan_union(const BoundBlock& block, const std::vector<bool>& outer);
    Chain plan_part(const BoundPart& part, const std::vector<bool>& outer);
    /// The clauses in a form that is easier to plan, with the same rows (plan_rewrite.cpp).
    [[nodiscard]] std::vector<BoundClause> rewritten(const std::vector<BoundClause>& clauses);
    /// Asks at each step what is asked of all relationships of a path (plan_step_conditions.cpp).
    void conditions_on_steps(PatternGraph& graph);
    /// Counts what is collected only for its number, collects no more than is read (plan_collected.cpp).
    void shorten_collected(std::vector<BoundClause>& clauses);
    void plan_subqueries(ExprId expr, const std::vector<bool>& have);

    Chain start(const std::vector<bool>& outer);
    void append(Chain& chain, PlanOp op, double factor = 1);
    void match(Chain& chain, const BoundMatch& m, const Later& later);
    void projection(Chain& chain, const BoundProjection& p);
    void merge(Chain& chain, const BoundMerge& m);

    // plan_pattern.cpp
    /// One order in which a pattern can be walked, and what it costs.
    struct Step {
        /// `seek`: a relationship is found by an index, and its ends follow
        enum class Kind : std::uint8_t { scan, expand, ends, seek } kind;
        std::uint32_t item;     ///< node of a scan, relationship otherwise
        bool from_far = false;  ///< the relationship is walked from its `to`
    };
    struct Walk {
        std::vector<Step> steps;
        double cost = 0;
    };
    class Orders;  // plan_order.cpp
    [[nodiscard]] Walk order(const PatternGraph& graph, const Chain& chain, const Later& later) const;
    void pattern(Chain& chain, const PatternGraph& graph, const Later& later);
    // plan_index.cpp
    struct IndexChoice {
        NodeIndexSeekOp op;
        std::vector<ExprId> answered;
        double rows = 0;  ///< expected for one incoming row
    };
    [[nodiscard]] std::optional<IndexChoice> index_choice(const PatternNode& node, const Chain& chain,
                                                          const std::vector<ExprId>& predicates) const;
    /// The same of a relationship by a declared index.
    [[nodiscard]] std::optional<IndexChoice> index_choice(const PatternRel& rel, const Chain& chain,
                                                          const std::vector<ExprId>& predicates) const;
    /// Of a label or type, and `count` that have it. `chosen` is replaced where this is better.
    struct Owned {
        Owner owner;
        SlotId slot;
        const std::string& label;
        double count;
    };
    void several_keys(const Owned& owned, const Chain& chain, const std::vector<ExprId>& predicates,
                      std::optional<IndexChoice>& best) const;
    void one_key(const Owned& owned, const Chain& chain, const std::vector<ExprId>& predicates,
                 std::optional<IndexChoice>& best) const;
    struct IndexCondition;
    [[nodiscard]] std::optional<IndexCondition> index_condition(ExprId predicate, SlotId node) const;
    void index_seek(Chain& chain, const IndexChoice& choice, std::vector<ExprId>& pending);

    // plan_pattern.cpp
    void scan(Chain& chain, const PatternGraph& graph, std::uint32_t node, std::vector<ExprId>& pending);
    void expand(Chain& chain, const PatternGraph& graph, const Step& step, std::vector<SlotId>& walked);
    // plan_path.cpp
    void expand_path(Chain& chain, const PatternGraph& graph, const Step& step,
                     const std::vector<SlotId>& different);
    bool as_var_expand(Chain& chain, const PathSearch& search, VarExpandOp op);
    [[nodiscard]] bool named(SlotId slot) const;
    [[nodiscard]] bool in_pattern(SlotId slot) const;
    void apply_ready(Chain& chain, std::vector<ExprId>& pending, bool all);
    void paths_ready(Chain& chain, const PatternGraph& graph, std::vector<bool>& done);
    [[nodiscard]] bool ready(const Chain& chain, ExprId expr) const;

    [[nodiscard]] const PlannedBlock& planned(BlockId id) const {
        return plan_.blocks[static_cast<std::size_t>(id)];
    }

    Plan plan_;
    Cardinality cardinality_;
    const Switches& switches_;
};

/// Whether two relationships of a pattern could be the same one and must not be.
bool may_share(const PatternRel& a, const PatternRel& b);

}  // namespace islet::query
