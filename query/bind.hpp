// The binder's insides: one class, its work spread over the bind_*.cpp files by
// what is bound (expressions, patterns, projections, clauses, updates).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bound.hpp"

namespace islet::query {

/// The variables visible at a point, in order of their introduction.
class Scope {
 public:
    [[nodiscard]] std::optional<SlotId> find(std::string_view name) const;
    void add(std::string name, SlotId slot) { names_.emplace_back(std::move(name), slot); }
    [[nodiscard]] const std::vector<std::pair<std::string, SlotId>>& names() const noexcept { return names_; }

 private:
    std::vector<std::pair<std::string, SlotId>> names_;
};

/// Where an expression stands decides what it may hold.
struct ExprContext {
    /// The state of a projection with aggregates: calls found so far, and the grouping keys by their
    /// canonical text.
    struct Grouping {
        std::vector<AggregateCall> calls;
        std::map<std::string, SlotId, std::less<>> keys;
        std::map<std::string, SlotId, std::less<>> calls_by_text;
        bool final = false;  ///< in ORDER BY: only aggregates of the projection may be named
    };

    const Scope* scope = nullptr;
    Grouping* grouping = nullptr;  ///< nullptr: no aggregates here
    bool keys_only = false;        ///< outside of an aggregate, beside one: only grouping keys
    bool inside_aggregate = false;
    bool predicate = false;           ///< a boolean is expected: patterns may stand here
    bool constant = false;            ///< SKIP and LIMIT: no variables
    const Scope* around = nullptr;    ///< in a repeated part of a path: what is visible only outside of it
    const Scope* incoming = nullptr;  ///< in ORDER BY of a grouped projection: what was visible before
    const Scope* columns = nullptr;   ///< there, inside of an aggregate: only the columns are visible
    /// After DISTINCT or grouping: an expression that equals a column's, by its canonical text, is that
    /// column.
    const std::map<std::string, SlotId, std::less<>>* columns_by_text = nullptr;
};

class Binder {
 public:
    Binder(const ast::Ast& ast, std::string_view text, const Snapshot& names,
           const ProcedureRegistry& procedures)
        : ast_(ast), text_(text), names_(names), procedures_(procedures) {}

    BoundStatement run();

 private:
    // Errors (bind_error.cpp).
    struct Complaint {
        std::string_view code;
        std::string_view detail;
        std::string message;
        ast::Span span;
        std::string hint;
        std::string_view kind = "SyntaxError";
    };
    [[noreturn]] void fail(Complaint complaint) const;
    void warn(std::string_view code, std::string message, ast::Span span, std::string hint);
    [[noreturn]] void undefined_variable(const ast::Name& name, const Scope& scope) const;
    void check_label(const ast::Name& name);
    void check_type(const ast::Name& name);
    void check_key(const ast::Name& name);

    // Slots.
    SlotId new_slot(std::string name, StaticType type);
    [[nodiscard]] StaticType slot_type(SlotId slot) const {
        return out_.slot_types[static_cast<std::size_t>(slot)];
    }
    ExprId slot_ref(SlotId slot, ast::Span span);
    ExprId constant(Value value, ast::Span span);

    // Expressions (bind_expression.cpp, bind_function.cpp).
    ExprId expression(ast::ExprId id, const ExprContext& context);
    ExprId predicate(ast::ExprId id, ExprContext context);
    void conjuncts(ast::ExprId id, const ExprContext& context, std::vector<ExprId>& out);
    ExprId variable(const ast::Variable& v, ast::Span span, const ExprContext& context);
    ExprId property(ast::ExprId id, const ast::PropertyAccess& access, const ExprContext& context);
    ExprId unary(const ast::Unary& unary, ast::Span span, const ExprContext& context);
    ExprId binary(const ast::Binary& binary, ast::Span span, const ExprContext& context);
    ExprId operation_run(const ast::LongOperation& run, ast::Span span, const ExprContext& context);
    /// What an operator gives, of operands that it takes.
    StaticType operation_type(ast::Binary::Op op, StaticType left, ast::Span left_span, ExprId right);
    ExprId comparison(const ast::Comparison& comparison, ast::Span span, const ExprContext& context);
    ExprId function_call(ast::ExprId id, const ast::FunctionCall& call, const ExprContext& context);
    ExprId aggregate(ast::ExprId id, const AggregateFunction* function, bool distinct,
                     const std::vector<ast::ExprId>& arguments, const ExprContext& context);
    ExprId comprehension(const ast::ListComprehension& c, ast::Span span, const ExprContext& context);
    ExprId quantifier(const ast::Quantifier& q, ast::Span span, const ExprContext& context);
    ExprId reduce(const ast::Reduce& r, ast::Span span, const ExprContext& context);
    ExprId pattern_predicate(const ast::PatternPredicate& p, ast::Span span, const ExprContext& context);
    ExprId shortest_path(const ast::PatternPredicate& p, ast::Span span, const ExprContext& context);
    ExprId pattern_comprehension(const ast::PatternComprehension& p, ast::Span span,
                                 const ExprContext& context);
    ExprId subquery(const ast::Subquery& s, ast::Span span, const ExprContext& context);
    ExprId map_projection(const ast::MapProjection& m, ast::Span span, const ExprContext& context);
    ExprId type_test(const ast::TypeTest& t, ast::Span span, const ExprContext& context);
    ExprId case_of(const ast::Case& c, ast::Span span, const ExprContext& context);
    void check_element(ExprId list, std::string_view what);
    void expect(ExprId operand, TypeSet accepted, std::string_view what);
    void expect(StaticType type, ast::Span span, TypeSet accepted, std::string_view what);
    [[nodiscard]] bool has_aggregate(ast::ExprId id) const;
    [[nodiscard]] bool calls_impure(ExprId id) const;
    [[nodiscard]] std::string describe(StaticType type) const;

    // Patterns (bind_pattern.cpp).
    struct PatternUse {
        bool must_be_bound = false;  ///< a predicate: no new variables
        bool merge = false;
        bool repeatable = false;  ///< relationships may be taken twice
    };
    /// What was written inside of brackets, bound once all variables are known.
    struct Inside {
        ast::ExprId properties;
        ast::ExprId where;
        SlotId entity;
        std::uint32_t rel = UINT32_MAX;                      ///< of variable length: position in the graph
        const std::optional<ast::Name>* variable = nullptr;  ///< there
        ast::LabelExpr types{};                              ///< that no list of types says
    };
    PatternGraph pattern(const ast::Pattern& pattern, Scope& scope, PatternUse use);
    /// Returns the slots of the path's ends.
    std::pair<SlotId, SlotId> path_pattern(const ast::PathPattern& path, Scope& scope, PatternUse use,
                                           PatternGraph& graph, std::vector<Inside>& inside);
    void conditions(const std::vector<Inside>& inside, const ExprContext& context, PatternGraph& graph);
    // Repeated parts and selected paths (bind_path.cpp).
    /// Whether a path is found by a search of its own, from end to end.
    [[nodiscard]] bool is_search(const ast::PathPattern& path) const;
    void search_pattern(const ast::PathPattern& path, Scope& scope, PatternUse use, std::uint32_t from,
                        std::uint32_t to, PatternGraph& graph);
    void group_pattern(const ast::RelPattern& rel, Scope& scope, PatternUse use, std::uint32_t from,
                       std::uint32_t to, PatternGraph& graph);
    PathSegment group_segment(const ast::RelPattern& rel, Scope& scope, PatternUse use);
    PathSegment repeated_segment(const ast::RelPattern& rel, Scope& scope, PatternUse use);
    void check_progress(const ast::RelPattern& group) const;
    void refuse_endless(PatternRel::Length length, ast::Span span, PatternUse use) const;
    void add_search(SearchId id, PathSearch search, std::uint32_t from, std::uint32_t to,
                    PatternGraph& graph);
    [[nodiscard]] bool reads_slot(ExprId expr, SlotId slot) const;
    void warn_never_true(ast::Comparison::Op op, ExprId left, ExprId right, ast::Span span);
    void warn_unconnected(const PatternGraph& graph, const ast::Match& match);
    void warn_unbounded(PatternRel::Length length, ast::Span span);
    void bind_searches(const Scope& scope, PatternGraph& graph);
    void select_by_conditions(PatternGraph& graph);
    void refuse_search(const ast::PathPattern& path, std::string_view clause) const;
    std::uint32_t pattern_node(const ast::NodePattern& node, Scope& scope, PatternUse use,
                               PatternGraph& graph);
    void pattern_rel(const ast::RelPattern& rel, std::uint32_t from, std::uint32_t to,
                     ast::PathPattern::Selector selector, Scope& scope, PatternUse use, PatternGraph& graph,
                     std::vector<Inside>& inside);
    void inline_properties(ast::ExprId properties, SlotId entity, const ExprContext& context,
                           std::vector<ExprId>& out);
    /// Of a label expression, what can be said before the query runs: all of it, or the top terms of its
    /// conjunction in which nothing is computed.
    [[nodiscard]] static ast::LabelExpr plain_labels(const ast::LabelExpr& labels);
    /// The label expression if something in it is computed, or nothing.
    [[nodiscard]] static ast::LabelExpr computed_labels(const ast::LabelExpr& labels);
    /// Whether the entity has these labels (or is of this type), as a condition.
    ExprId label_condition(const ast::LabelExpr& labels, ExprId entity, const ExprContext& context);
    ExprId label_condition(const ast::LabelExpr& labels, std::uint32_t at, ExprId entity,
                           const ExprContext& context);
    /// What gives labels or a type: a text or a list of texts.
    ExprId label_value(ast::ExprId id, const ExprContext& context);
    /// Splits what is to be set, removed or made into names and expressions.
    void label_items(const std::vector<ast::Label>& items, const ExprContext& context,
                     std::vector<std::string>& names, std::vector<ExprId>& computed);
    /// The types of a list of them; false: a label expression that no list says.
    bool relationship_types(const ast::LabelExpr& types, std::vector<std::string>& names);
    BlockId pattern_block(const ast::PathPattern& path, ast::ExprId where, ast::ExprId value,
                          const ExprContext& context, bool must_be_bound);

    // Projections (bind_projection.cpp).
    BoundProjection projection(const ast::Projection& body, ast::ExprId where, bool final, Scope& scope);
    void group_items(const ast::Projection& body, const Scope& scope, BoundProjection& out,
                     ExprContext::Grouping& grouping, std::vector<std::pair<std::string, SlotId>>& columns);
    ExprId row_count(ast::ExprId id, std::string_view what);
    ExprId sort_expression(ast::ExprId id, const ExprContext& context,
                           const std::map<std::string, SlotId, std::less<>>& items);

    // Clauses (bind_query.cpp, bind_update.cpp).
    enum class BlockUse : std::uint8_t { statement, expression, call, foreach };
    BlockId block(const ast::Query& query, const Scope& outer, BlockUse use, ast::Span span);
    BoundPart part(const ast::SingleQuery& query, Scope scope, BlockUse use,
                   std::vector<std::string>& column_names, ast::QueryId before);
    BoundUnwind unwind(const ast::Unwind& u, Scope& scope);
    [[nodiscard]] bool needs_no_other(const Creation& creation) const;
    void check_order(const ast::SingleQuery& query, BlockUse use) const;
    BoundMatch match(const ast::Match& m, Scope& scope);
    BoundCall call(const ast::Call& c, Scope& scope, bool standalone, BoundPart& out,
                   std::vector<std::string>& names);
    BoundCallSubquery call_subquery(const ast::CallSubquery& c, Scope& scope);
    BoundCallSubquery::Transactions transactions(const ast::CallSubquery::Transactions& t, Scope& scope,
                                                 bool returns);
    BoundLoadCsv load_csv(const ast::LoadCsv& c, Scope& scope);
    BoundForeach foreach (const ast::Foreach& f, const Scope& scope);
    Creation creation(const ast::Pattern& pattern, Scope& scope, bool merge);
    BoundMerge merge(const ast::Merge& m, Scope& scope);
    std::vector<Assignment> assignments(const std::vector<ast::SetItem>& items, const Scope& scope);
    void assigned_property(ast::ExprId target, const ExprContext& context, Assignment& out);
    BoundSet removals(const ast::Remove& r, const Scope& scope);
    BoundDelete deletion(const ast::Delete& d, const Scope& scope);

    const ast::Ast& ast_;
    std::string_view text_;
    const Snapshot& names_;
    const ProcedureRegistry& procedures_;
    /// What was visible before the MATCH at hand.
    const Scope* before_match_ = nullptr;
    /// Fixed segments of selected paths whose conditions are still to be bound, with these.
    struct OpenSegment {
        SearchId search;
        std::size_t segment;  ///< SIZE_MAX: the path's own WHERE
        std::vector<Inside> inside;
        ast::ExprId where = ast::ExprId::none;
    };
    std::vector<OpenSegment> open_segments_;
    BoundStatement out_;
    bool writes_ = false;  ///< in the block at hand
    bool wrote_ = false;   ///< in blocks around it, so far
};

}  // namespace islet::query
