// The plan: operators in a vector, each naming its input. One form from the
// planner's first draft to what the builder makes operators of; access path and
// join kind are fields of it, and optimiser passes change it in place.
//
// Invariants: an operator's input stands before it in the vector; the leaf of
// every chain is Argument, which gives the rows of the surrounding query (one
// empty row for the statement itself); every slot that an operator reads is made
// below it or comes in by Argument.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bound.hpp"
#include "switches.hpp"

namespace islet::query {

enum class PlanId : std::uint32_t { none = UINT32_MAX };

/// The incoming row(s).
struct ArgumentOp {};
/// For each incoming row, every node with the label (empty: any node).
struct NodeScanOp {
    SlotId node;
    std::string label;
};
/// For each incoming row, the node whose id an expression gives.
struct NodeByIdOp {
    SlotId node;
    ExprId id;
};
/// What an expansion gives when the rows above it are counted or made distinct, so that equal rows may be
/// one (see optimize_combine.cpp).
enum class Gives : std::uint8_t {
    rows,      ///< a row for each match
    combined,  ///< rows that differ only in the node they came from are one
    counted,   ///< neither the relationship nor the far end: each incoming row once
};

/// For each incoming row, the nodes with the label (empty: any) whose property an index finds, and perhaps
/// more: the condition itself is tested behind it. Where the index has no answer, all nodes of the label.
struct NodeIndexSeekOp {
    enum class Kind : std::uint8_t { equal, in, range, prefix, contains };
    SlotId node = SlotId::none;
    bool relationship =
        false;  ///< in the place of nodes with a label relationships of a type, by a declared index
    std::string label;
    std::string key;
    Kind kind = Kind::equal;
    ExprId value = ExprId::none;  ///< of all but range
    /// Of equal: what must be the value, computed from the node alone. Where no index answers, a table of it
    /// is made for many values; `key` is empty where it is more than a property.
    ExprId subject = ExprId::none;
    ExprId least = ExprId::none;  ///< of range; one of both may be none
    ExprId most = ExprId::none;
    std::string index;  ///< the name of a declared one; empty: one that is made once it is worth it
    /// Of equal: further properties of a declared index, and what they must be as well.
    std::vector<std::pair<std::string, ExprId>> also;
};
/// A relationship that may not be taken again, known by the nodes between which it was taken instead of by
/// its id, where nobody reads it (see optimize_trail.cpp). It and the expansion that may not take it are of
/// the same types; which of the two is taken of parallel ones is all the same.
struct TakenBetween {
    SlotId rel;  ///< which it is; not read
    SlotId from;
    SlotId to;
    bool along = false;    ///< the expansion meets it where it leads from `from` to `to`
    bool against = false;  ///< or the other way round
};
/// One relationship away. `into`: the far end is known and must be met, by search in the sorted
/// neighbours of the end with fewer of them.
struct ExpandOp {
    SlotId from;
    SlotId rel;
    SlotId to;
    std::vector<std::string> types;
    PatternRel::Pointing pointing = PatternRel::Pointing::forward;  ///< seen from `from`
    bool into = false;
    std::vector<SlotId>
        different_from;  ///< relationships of this MATCH, or lists of them, not to be taken again
    std::vector<TakenBetween> not_between{};
    std::vector<SlotId> not_nodes{};  ///< nodes that the far end is not
    std::string to_label;             ///< checked while expanding; empty: none
    Gives gives = Gives::rows;
    bool weighted = true;  ///< combined and counted rows say how many they stand for
    /// From all nodes of a label, none of which is read above: relationships may be read one after another.
    bool whole = false;

    /// Whether something beside types, direction and label keeps it from taking a neighbour.
    [[nodiscard]] bool restricted() const noexcept {
        return !different_from.empty() || !not_between.empty() || !not_nodes.empty();
    }
};
/// The nodes that are one relationship away from each of several known nodes, found by walking their sorted
/// neighbours together. The relationships are read by nobody.
struct IntersectOp {
    struct Arm {
        SlotId from;
        std::vector<std::string> types;
        PatternRel::Pointing pointing = PatternRel::Pointing::forward;  ///< seen from `from`
        std::vector<SlotId> different_from;  ///< relationships taken before, not to be taken again
        std::vector<TakenBetween> not_between{};
        std::vector<std::size_t> differs_from{};  ///< earlier arms that are of the same MATCH
    };
    std::vector<Arm> arms;  ///< two or more
    SlotId to;
    std::vector<SlotId> not_nodes{};
    std::string to_label;  ///< empty: none
    Gives gives = Gives::rows;
    bool weighted = true;
};
/// Any number of relationships within bounds, each at most once (a trail).
struct VarExpandOp {
    SlotId from;
    SlotId rels;
    SlotId to;
    std::vector<std::string> types;
    PatternRel::Pointing pointing = PatternRel::Pointing::forward;
    PatternRel::Length length;
    bool into = false;
    bool reversed = false;  ///< walked from its far end: the list of relationships is turned round
    std::vector<SlotId> different_from;
    SlotId step = SlotId::none;
    std::vector<ExprId> step_predicates;
    PatternRel::Search search = PatternRel::Search::all;
    bool reach = false;      ///< only which nodes can be reached is asked for, not along how many trails
    bool counted = false;    ///< only how many trails there are: each incoming row once, with a weight
    std::string to_label{};  ///< of counted ones: that their far ends have; empty: any
    /// How many relationships, for who asks for no more (see optimize_path_length.cpp); none: nobody.
    SlotId hops = SlotId::none;
    bool cycles = false;  ///< of shortest ones: also those that lead back to where they began
};
/// Paths of several parts, each walked in rounds (PathSearch): all trails, or the selected ones of each pair
/// of ends.
struct PathSearchOp {
    SlotId from;
    SlotId rels;  ///< all relationships on the way, a list
    SlotId to;
    bool into = false;
    bool reversed = false;    ///< walked from the far end: segments and rounds as walked, lists turned round
    bool repeatable = false;  ///< a relationship may be taken twice
    struct Segment {
        PlanId inner;  ///< one round, from `enter`
        SlotId enter;
        SlotId leave;
        PatternRel::Length rounds;
        std::vector<SlotId> rels;  ///< in the order walked
        std::vector<PathSegment::Variable> variables;
        /// A round is one relationship without conditions: its neighbours are read straight from the store.
        bool plain = false;
        std::vector<std::string> types;
        PatternRel::Pointing pointing = PatternRel::Pointing::forward;
    };
    std::vector<Segment> segments;
    ast::PathPattern::Selector selector = ast::PathPattern::Selector::all;
    std::uint64_t count = 1;
    ExprId count_value = ExprId::none;  ///< present: a parameter that says it
    ast::LabelExpr to_labels;           ///< of the far end; empty: any
    std::vector<SlotId> different_from;
    std::vector<std::pair<SlotId, ExprId>> paths;  ///< made before `accept` is tested
    std::vector<ExprId> accept;
};
/// The ends of a relationship that is known already.
struct RelEndsOp {
    SlotId rel;
    SlotId from;
    SlotId to;
    bool from_known = false;
    bool to_known = false;
    std::vector<std::string> types;
    PatternRel::Pointing pointing = PatternRel::Pointing::forward;
    std::vector<SlotId> different_from;
};
struct FilterOp {
    std::vector<ExprId> predicates;
    /// `combined`: rows in sequence that differ in nothing that is read above are one (see
    /// optimize_combine.cpp).
    Gives gives = Gives::rows;
    bool weighted = false;  ///< the one stands for so many, else for any of them
};
/// Adds computed columns.
struct ExtendOp {
    std::vector<std::pair<ExprId, SlotId>> items;
};
struct UnwindOp {
    ExprId list;
    SlotId slot;
    SlotId position = SlotId::none;  ///< where in the list; none: nobody asks
    std::int64_t first = 0;          ///< what the first position counts as
};
struct AggregateOp {
    std::vector<std::pair<ExprId, SlotId>> keys;
    std::vector<AggregateCall> calls;
    /// The node whose keys all of them are: each node's group is found once. None: the keys are computed for
    /// each row.
    SlotId by_id = SlotId::none;
    bool each_row = false;  ///< no two rows are of one group
    /// What the rows below are, where all that is asked is their number and the store may know it.
    struct Known {
        std::string label;               ///< of the nodes, or of where the relationships begin; empty: any
        bool step = false;               ///< relationships
        std::vector<std::string> types;  ///< of these; empty: any
        std::string far_label;           ///< of where they end; empty: any
    };
    std::optional<Known> known{};
    /// The scan that the rows below come from, where its nodes may be shared out among threads (see
    /// optimize_morsels.cpp); none: one thread does it all.
    PlanId shared_scan = PlanId::none;
    double work = 0;  ///< about how many nanoseconds of one thread can be shared
};
struct DistinctOp {
    std::vector<SlotId> slots;
};
struct SortOp {
    std::vector<SortKey> keys;
    ExprId skip = ExprId::none;
    ExprId limit = ExprId::none;  ///< present: only the first skip + limit rows are kept while sorting
};
struct SkipOp {
    ExprId count;
};
struct LimitOp {
    ExprId count;
};
/// Runs `inner` for each incoming row. optional: a row without match is kept, with nulls.
struct ApplyOp {
    PlanId inner;
    bool optional = false;
    std::vector<SlotId> introduced;  ///< slots that inner makes
    bool effect_only = false;        ///< inner's rows are dropped, each incoming row goes on once
    /// Present: incoming rows run in batches, each in a transaction of its own.
    std::optional<BoundCallSubquery::Transactions> transactions{};
};
/// For each incoming row, the rows of a file.
struct LoadCsvOp {
    BoundLoadCsv load;
};
/// The rows of all branches; column i of the union is column i of each branch.
struct UnionOp {
    std::vector<PlanId> branches;
    std::vector<std::vector<SlotId>> branch_columns;
    std::vector<SlotId> columns;
};
struct CreateOp {
    Creation creation;
};
struct SetOp {
    std::vector<Assignment> items;
};
struct DeleteOp {
    bool detach = false;
    std::vector<ExprId> targets;
};
struct MergeOp {
    PlanId inner;  ///< the match
    Creation creation;
    std::vector<Assignment> on_create;
    std::vector<Assignment> on_match;
    std::vector<SlotId> introduced;
};
struct CallOp {
    const Procedure* procedure;
    std::vector<ExprId> arguments;
    std::vector<std::pair<std::size_t, SlotId>> outputs;
    ast::Span span;
};
struct ForeachOp {
    SlotId variable;
    ExprId list;
    PlanId inner;
};

using PlanOp = std::variant<ArgumentOp, NodeScanOp, NodeByIdOp, NodeIndexSeekOp, ExpandOp, IntersectOp,
                            VarExpandOp, PathSearchOp, RelEndsOp, FilterOp, ExtendOp, UnwindOp, AggregateOp,
                            DistinctOp, SortOp, SkipOp, LimitOp, ApplyOp, UnionOp, CreateOp, SetOp, DeleteOp,
                            MergeOp, CallOp, ForeachOp, LoadCsvOp>;

struct PlanNode {
    PlanOp op;
    PlanId input = PlanId::none;  ///< none: a leaf (Argument, Union)
    double rows = 1;              ///< estimated
    std::vector<SlotId> live;     ///< slots that someone above still reads; set by the liveness pass
};

/// A subquery of an expression, planned.
struct PlannedBlock {
    PlanId root = PlanId::none;
    std::vector<SlotId> columns;
    std::vector<SlotId> arguments;  ///< outer slots it reads; set by the liveness pass
    bool per_row = false;           ///< must run for one outer row at a time (aggregates, sorts, limits, …)
};

struct Plan {
    BoundStatement statement;  ///< expressions and slots
    std::vector<PlanNode> nodes;
    std::vector<PlannedBlock> blocks;  ///< by BlockId
    PlanId root = PlanId::none;
    std::vector<SlotId> columns;
    /// By ExprId: the node that an expression worth remembering is a function of, else none. May be empty.
    std::vector<SlotId> once_per_node;

    [[nodiscard]] SlotId node_of(ExprId id) const {
        return static_cast<std::size_t>(id) < once_per_node.size()
                   ? once_per_node[static_cast<std::size_t>(id)]
                   : SlotId::none;
    }
    const PlanNode& operator[](PlanId id) const { return nodes[static_cast<std::size_t>(id)]; }
    PlanNode& operator[](PlanId id) { return nodes[static_cast<std::size_t>(id)]; }
    const Expr& operator[](ExprId id) const { return statement.pool[id]; }

    PlanId add(PlanOp op, PlanId input, double rows) {
        nodes.push_back({std::move(op), input, rows, {}});
        return PlanId{static_cast<std::uint32_t>(nodes.size() - 1)};
    }
};

/// The plan of a bound statement, patterns ordered by the graph's statistics.
Plan plan(BoundStatement statement, const Snapshot& snapshot, const Switches& switches);

/// All optimiser passes (see optimize.cpp for the list).
Plan optimize(Plan plan, const Switches& switches);

/// Whether an expansion that must not take a relationship again counts as a reader of its slot.
enum class Trails : std::uint8_t { read, unread };
/// Tells each operator which slots are read above it.
void find_liveness(Plan& plan, Trails trails = Trails::read);
/// Leaves out paths and copies of slots that nobody reads. REQUIRES: liveness is known; it must be found anew
/// afterwards.
void drop_unread(Plan& plan);
/// Lets expansions know relationships that may not be taken again by their ends, where nobody reads them.
/// REQUIRES: the liveness of all but trails is known; it must be found anew afterwards.
void trails_by_ends(Plan& plan);
/// Makes one operator of an expansion and those that close cycles on its far end. REQUIRES: liveness is
/// known; it must be found anew afterwards, if anything was done.
bool intersect(Plan& plan);
/// Lets searches say how long a path is where nobody asks for more. Before liveness is known.
void path_length(Plan& plan);
/// Finds expressions that call functions and depend on nothing but one matched node.
void once_per_node(Plan& plan);
/// Finds counts that the store may know.
void known_counts(Plan& plan);
/// Finds aggregations whose rows several threads can give. REQUIRES: all other passes are done.
void morsels(Plan& plan);
/// Finds expansions that take all relationships of a type. REQUIRES: liveness is known.
void relationship_scans(Plan& plan);
/// Lets expansions below a count or DISTINCT give rows that stand for many. REQUIRES: liveness is known.
void combine(Plan& plan, const Switches& switches);
/// Leaves an empty filter in place of each DISTINCT over rows that differ anyway, and lets aggregations of
/// such rows know. REQUIRES: combine() is done.
void drop_distinct(Plan& plan);
/// The node of which all keys of an aggregation are, so that it can be grouped by first; else none.
SlotId group_id(const Plan& plan, const PlanNode& aggregation);

/// Parts that a shared scan is cut into, however many threads there are: sums are made of the same parts.
inline constexpr std::size_t shared_parts = 32;
/// Whether so many threads share the work of the chain below an aggregation, which must be worth so much
/// (zero: whatever it is).
bool is_shared(const AggregateOp& op, unsigned threads, std::chrono::nanoseconds worth_it);

/// One operator a line, the last one first, its input indented below: for EXPLAIN and tests.
std::string to_text(const Plan& plan);
std::string to_text(const Plan& plan, ExprId expr);

enum class Matched : std::uint8_t { no, node, relationship };
/// What a slot is that a MATCH in the operators from `id` down gives, and so is never null there.
Matched matched_below(const Plan& plan, PlanId id, SlotId slot);

/// Whether an expression gives the same value whenever its variables have the same values, without asking for
/// more than the graph knows of these.
bool depends_on_slots_only(const Plan& plan, ExprId expr);

/// Whether an aggregate is the same over one row with a weight as over that many equal rows.
bool takes_weights(const AggregateCall& call);

/// The slots that an expression reads, without those that it makes itself.
void used_slots(const Plan& plan, ExprId expr, std::vector<bool>& used);

}  // namespace islet::query
