// A statement after binding: names are slots, patterns are small graphs, every
// semantic error has been found. Still in the order in which it was written.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bound_expr.hpp"
#include "islet/database.hpp"
#include "islet/procedure.hpp"

namespace islet::query {

/// A node of a pattern. Occurrences of one variable are one node.
struct PatternNode {
    SlotId slot;
    bool bound = false;     ///< known before the MATCH
    ast::LabelExpr labels;  ///< conjunction of all occurrences
};

enum class SearchId : std::uint32_t { none = UINT32_MAX };

/// A relationship of a pattern, from `from` to `to` as written; `direction` says how it must point.
struct PatternRel {
    enum class Pointing : std::uint8_t { forward, backward, either };
    std::string variable{};  ///< as written; empty: nameless. Two names may hold one slot (`WITH r, r AS q`).
    SlotId slot;             ///< of the relationship, or of the list when of variable length
    bool bound = false;
    std::uint32_t from;  ///< positions in PatternGraph::nodes
    std::uint32_t to;
    Pointing pointing = Pointing::either;
    std::vector<std::string> types;  ///< any of them; empty: every type
    struct Length {
        std::uint64_t min = 1;
        std::uint64_t max = UINT64_MAX;
    };
    std::optional<Length> length;
    /// Conditions on one step of a variable-length relationship: `step` is its slot there.
    SlotId step = SlotId::none;
    std::vector<ExprId> step_predicates;
    enum class Search : std::uint8_t { all, shortest_one, shortest_all } search = Search::all;
    /// Present: more than one relationship of variable length stands between the nodes (see PathSearch);
    /// the slot is of all relationships on the way, as a list.
    SearchId path = SearchId::none;
    /// Of patterns that are planned as one (plan_rewrite.cpp): which MATCH it is of. Only relationships of
    /// one MATCH must differ.
    std::uint32_t match = 0;
};

/// What one MATCH looks for. Within it, no relationship is matched twice (trail semantics).
struct PatternGraph {
    std::vector<PatternNode> nodes;
    std::vector<PatternRel> rels;
    std::vector<ExprId> predicates;  ///< conjuncts: inline properties, inline and clause WHERE
    bool repeatable = false;         ///< a relationship may be matched twice after all (REPEATABLE ELEMENTS)
    /// Path variables, computed from the slots once all is matched.
    std::vector<std::pair<SlotId, ExprId>> paths;
};

/// A part of a path that is walked in rounds: what stands in the parentheses of `((a)-[r]->(b)){1,3}`. A
/// part that is not repeated has one round.
struct PathSegment {
    PatternGraph pattern;  ///< of one round; within it, no relationship is taken twice
    SlotId first;          ///< its nodes at the ends
    SlotId last;
    PatternRel::Length rounds{1, 1};
    /// Of a round, in the order of the path; a list of relationships where a part within is repeated.
    std::vector<SlotId> rels;
    struct Variable {
        SlotId inner;  ///< in a round
        SlotId outer;  ///< outside: the list of it over the rounds; the same slot where there is one round
        bool list = true;
    };
    std::vector<Variable> variables;
};

/// A path between two nodes that is found by one search: segments end to end, the last node of one being
/// the first of the next. No relationship is taken twice.
struct PathSearch {
    std::vector<PathSegment> segments;
    ast::PathPattern::Selector selector = ast::PathPattern::Selector::all;
    std::uint64_t count = 1;            ///< of paths (or lengths, of shortest_groups) for each pair of ends
    ExprId count_value = ExprId::none;  ///< present: a parameter that says it
    bool repeatable = false;            ///< a relationship may be taken twice
    /// What a path must fulfil before it is selected; the paths that these name are made for them.
    std::vector<ExprId> accept;
    std::vector<std::pair<SlotId, ExprId>> paths;
};

struct BoundMatch {
    bool optional = false;
    PatternGraph pattern;
};
struct BoundUnwind {
    ExprId list;
    SlotId slot;
    SlotId position = SlotId::none;  ///< where in the list, if that is asked for
    std::int64_t first = 0;          ///< what the first position counts as
};
struct AggregateCall {
    const AggregateFunction* function = nullptr;  ///< nullptr: count(*)
    bool distinct = false;
    std::vector<ExprId> arguments;
    SlotId slot;
    std::uint64_t most = UINT64_MAX;  ///< of collect(): elements that are asked for
};
struct SortKey {
    ExprId expr;
    bool descending = false;
};
/// WITH and RETURN. First `keys` (and `aggregates` over their groups), then `items` from these, then the
/// rest. Without aggregates `keys` is empty and items read the incoming slots.
struct BoundProjection {
    bool grouped = false;
    std::vector<std::pair<ExprId, SlotId>> keys;
    std::vector<AggregateCall> aggregates;
    std::vector<std::pair<ExprId, SlotId>> items;  ///< the columns, in order
    bool distinct = false;
    std::vector<SortKey> order_by;
    ExprId skip = ExprId::none;
    ExprId limit = ExprId::none;
    std::vector<ExprId> where;  ///< conjuncts, after everything else
    bool final = false;         ///< RETURN
};

// Writing.
struct CreatedNode {
    SlotId slot;
    std::vector<std::string> labels;
    ExprId properties = ExprId::none;
    std::vector<ExprId> computed_labels{};  ///< texts or lists of texts: labels too
};
struct CreatedRel {
    SlotId slot;
    SlotId source;
    SlotId target;
    std::string type;
    ExprId properties = ExprId::none;
    ExprId computed_type = ExprId::none;  ///< present: gives the type
};
struct Creation {
    std::vector<CreatedNode> nodes;
    std::vector<CreatedRel> rels;
    std::vector<std::pair<SlotId, ExprId>> paths;
};
struct BoundCreate {
    Creation creation;
};
struct Assignment {
    enum class Kind : std::uint8_t { property, replace, merge, add_labels, remove_labels } kind;
    ExprId target;  ///< the entity
    std::string key;
    ExprId value = ExprId::none;
    std::vector<std::string> labels;
    ast::Span span;
    ExprId computed_key = ExprId::none;     ///< present: gives the key
    std::vector<ExprId> computed_labels{};  ///< texts or lists of texts: labels too
};

/// Calls `visit(ExprId)` for each expression of what is made or assigned; some may be none.
template <class Visit>
void for_each_expression(const CreatedNode& node, Visit&& visit) {
    visit(node.properties);
    for (const ExprId label : node.computed_labels) visit(label);
}
template <class Visit>
void for_each_expression(const CreatedRel& rel, Visit&& visit) {
    visit(rel.properties);
    visit(rel.computed_type);
}
template <class Visit>
void for_each_expression(const Assignment& item, Visit&& visit) {
    visit(item.target);
    visit(item.value);
    visit(item.computed_key);
    for (const ExprId label : item.computed_labels) visit(label);
}
struct BoundSet {
    std::vector<Assignment> items;
};
struct BoundDelete {
    bool detach = false;
    std::vector<ExprId> targets;
};
struct BoundMerge {
    PatternGraph pattern;
    Creation creation;
    std::vector<Assignment> on_create;
    std::vector<Assignment> on_match;
};
struct BoundCall {
    const Procedure* procedure = nullptr;
    std::vector<ExprId> arguments;
    std::vector<std::pair<std::size_t, SlotId>> outputs;  ///< position in the procedure's outputs, slot
    std::vector<ExprId> where;
    ast::Span span;
};
struct BoundCallSubquery {
    BlockId block;
    bool returns = true;  ///< false: for effect, keeps the row
    bool optional = false;
    /// Present: the rows run in batches, each in a transaction of its own.
    struct Transactions {
        ExprId rows = ExprId::none;
        ast::CallSubquery::Transactions::OnError on_error = ast::CallSubquery::Transactions::OnError::fail;
        SlotId status = SlotId::none;
    };
    std::optional<Transactions> transactions{};
};
struct BoundLoadCsv {
    bool with_headers = false;
    ExprId source;
    ExprId field_terminator = ExprId::none;
    SlotId row;
    ast::Span span;
};
struct BoundForeach {
    SlotId variable;
    ExprId list;
    BlockId block;
};

using BoundClause = std::variant<BoundMatch, BoundUnwind, BoundProjection, BoundCreate, BoundSet, BoundDelete,
                                 BoundMerge, BoundCall, BoundCallSubquery, BoundForeach, BoundLoadCsv>;

struct BoundPart {
    std::vector<BoundClause> clauses;
    std::vector<SlotId> columns;  ///< what RETURN (or a standalone CALL) gives, in order
};

/// A query or subquery: parts joined by UNION.
struct BoundBlock {
    std::vector<BoundPart> parts;
    bool union_all = false;
    std::vector<SlotId> columns;  ///< of the whole: those of the only part, or slots of the union's own
    bool writes = false;
};

struct BoundStatement {
    ExprPool pool;
    std::vector<BoundBlock> blocks;       ///< by BlockId; the first is the statement itself
    std::vector<PathSearch> searches;     ///< by SearchId
    std::vector<std::string> slot_names;  ///< by SlotId: the variable's name, or "" of a nameless one
    std::vector<StaticType> slot_types;   ///< by SlotId
    std::vector<std::string> columns;     ///< names of the result's columns
    bool ordered = false;
    bool writes = false;
    bool own_transactions = false;  ///< CALL { } IN TRANSACTIONS: commits on the way
    std::vector<Warning> warnings;

    const BoundBlock& operator[](BlockId id) const { return blocks[static_cast<std::size_t>(id)]; }
    const PathSearch& operator[](SearchId id) const { return searches[static_cast<std::size_t>(id)]; }
};

/// Names to slots and functions. Throws Exception for every semantic error, with its span in `text`.
BoundStatement bind(const ast::Ast& ast, std::string_view text, const Snapshot& names,
                    const ProcedureRegistry& procedures);

}  // namespace islet::query
