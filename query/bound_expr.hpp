// Expressions after binding: every variable is a slot, every function is found,
// every aggregate stands apart. The form that the planner moves around and the
// evaluator runs.
//
// Expressions live in an ExprPool and are named by ExprId; they are immutable
// once made, so that several plans may share one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "functions.hpp"
#include "islet/ast.hpp"
#include "islet/value.hpp"

namespace islet::query {

/// A variable's column. Unique within one statement, subqueries included.
enum class SlotId : std::uint32_t { none = UINT32_MAX };
enum class ExprId : std::uint32_t { none = UINT32_MAX };
enum class BlockId : std::uint32_t { none = UINT32_MAX };  ///< a subquery: bound, later planned

struct Constant {
    Value value;
};
struct ParameterRef {
    std::string name;
};
struct SlotRef {
    SlotId slot;
};
struct PropertyOf {
    ExprId subject;
    std::string key;
};
struct FunctionOf {
    const Function* function;
    std::vector<ExprId> arguments;
};
/// n-ary AND/OR/XOR, evaluated left to right; AND and OR stop where the result is known.
struct Logical {
    enum class Op : std::uint8_t { conjunction, disjunction, exclusive } op;
    std::vector<ExprId> operands;
};
struct Not {
    ExprId operand;
};
struct NullTest {
    ExprId operand;
    bool negated;
};
struct Compare {
    ast::Comparison::Op op;
    ExprId left;
    ExprId right;
};
/// An operator of two values: arithmetic, string predicates, IN, =~, ||.
struct Operation {
    ast::Binary::Op op;
    ExprId left;
    ExprId right;
};
/// Operators that bind alike, from left to right: a very long `a + b - c …`.
struct OperationRun {
    ExprId first;
    std::vector<std::pair<ast::Binary::Op, ExprId>> rest;
};
struct Negate {
    ExprId operand;
};
struct SubscriptOf {
    ExprId subject;
    ExprId index;
};
struct SliceOf {
    ExprId subject;
    ExprId from;  ///< may be none
    ExprId to;    ///< may be none
};
struct MakeList {
    std::vector<ExprId> items;
};
struct MakeMap {
    std::vector<std::pair<std::string, ExprId>> entries;
};
struct LabelTest {
    ExprId subject;
    ast::LabelExpr labels;
};
struct TypeTestOf {
    ExprId subject;
    std::vector<ast::ValueType> types;  ///< any of them
    bool negated;
};
struct Comprehension {
    SlotId variable;
    ExprId list;
    ExprId where;  ///< may be none
    ExprId value;  ///< may be none: the element
};
struct QuantifierOf {
    ast::Quantifier::Kind kind;
    SlotId variable;
    ExprId list;
    ExprId where;  ///< may be none
};
struct ReduceOf {
    SlotId accumulator;
    ExprId initial;
    SlotId variable;
    ExprId list;
    ExprId value;
};
struct CaseOf {
    ExprId subject;  ///< may be none
    std::vector<std::pair<ExprId, ExprId>> alternatives;
    ExprId otherwise;  ///< may be none
};
/// The first operand that is not null; the later ones are not evaluated.
struct Coalesce {
    std::vector<ExprId> operands;
};
/// A path from its parts: node, relationship or list of relationships, node, ….
struct MakePath {
    std::vector<SlotId> parts;
};
struct MapProjectionOf {
    ExprId subject;
    bool all_properties = false;
    std::vector<std::pair<std::string, ExprId>> entries;
};
/// A subquery's answer for each row: does it have rows, how many, the list of their first column.
struct SubqueryOf {
    ast::Subquery::Kind kind;
    BlockId block;
};

using ExprNode = std::variant<Constant, ParameterRef, SlotRef, PropertyOf, FunctionOf, Logical, Not, NullTest,
                              Compare, Operation, OperationRun, Negate, SubscriptOf, SliceOf, MakeList,
                              MakeMap, LabelTest, TypeTestOf, Comprehension, QuantifierOf, ReduceOf, CaseOf,
                              Coalesce, MakePath, MapProjectionOf, SubqueryOf>;

/// What is known of a value before it is computed.
struct StaticType {
    TypeSet set = any_type;
    TypeSet element = any_type;  ///< of a list's elements
};

struct Expr {
    ExprNode node;
    StaticType type;
    ast::Span span;
};

struct ExprPool {
    std::vector<Expr> expressions;

    ExprId add(ExprNode node, StaticType type, ast::Span span = {}) {
        expressions.push_back({std::move(node), type, span});
        return ExprId{static_cast<std::uint32_t>(expressions.size() - 1)};
    }
    const Expr& operator[](ExprId id) const { return expressions[static_cast<std::size_t>(id)]; }
};

/// Calls `visit(ExprId)` for each direct operand of an expression.
template <class Visit>
void for_each_operand(const Expr& expr, Visit&& visit);

template <class... Cases>
struct overload : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
overload(Cases...) -> overload<Cases...>;

template <class Visit>
void for_each_operand(const Expr& expr, Visit&& visit) {
    const auto each = [&](const std::vector<ExprId>& ids) {
        for (const ExprId id : ids) visit(id);
    };
    const auto maybe = [&](ExprId id) {
        if (id != ExprId::none) visit(id);
    };
    const auto entries = [&](const std::vector<std::pair<std::string, ExprId>>& pairs) {
        for (const auto& [key, id] : pairs) visit(id);
    };
    std::visit(overload{
                   [](const Constant&) {},
                   [](const ParameterRef&) {},
                   [](const SlotRef&) {},
                   [](const MakePath&) {},
                   [](const SubqueryOf&) {},
                   [&](const PropertyOf& e) { visit(e.subject); },
                   [&](const FunctionOf& e) { each(e.arguments); },
                   [&](const Logical& e) { each(e.operands); },
                   [&](const Not& e) { visit(e.operand); },
                   [&](const NullTest& e) { visit(e.operand); },
                   [&](const Compare& e) { visit(e.left), visit(e.right); },
                   [&](const Operation& e) { visit(e.left), visit(e.right); },
                   [&](const OperationRun& e) {
                       visit(e.first);
                       for (const auto& [op, operand] : e.rest) visit(operand);
                   },
                   [&](const Negate& e) { visit(e.operand); },
                   [&](const SubscriptOf& e) { visit(e.subject), visit(e.index); },
                   [&](const SliceOf& e) { visit(e.subject), maybe(e.from), maybe(e.to); },
                   [&](const MakeList& e) { each(e.items); },
                   [&](const MakeMap& e) { entries(e.entries); },
                   [&](const LabelTest& e) { visit(e.subject); },
                   [&](const TypeTestOf& e) { visit(e.subject); },
                   [&](const Comprehension& e) { visit(e.list), maybe(e.where), maybe(e.value); },
                   [&](const QuantifierOf& e) { visit(e.list), maybe(e.where); },
                   [&](const ReduceOf& e) { visit(e.initial), visit(e.list), visit(e.value); },
                   [&](const CaseOf& e) {
                       maybe(e.subject);
                       for (const auto& [when, then] : e.alternatives) visit(when), visit(then);
                       maybe(e.otherwise);
                   },
                   [&](const Coalesce& e) { each(e.operands); },
                   [&](const MapProjectionOf& e) { visit(e.subject), entries(e.entries); },
               },
               expr.node);
}

}  // namespace islet::query
