// Calls: scalar functions and aggregates, checked against their signatures.

#include <algorithm>

#include "bind.hpp"

namespace islet::query {
namespace {

std::string full_name(const ast::FunctionCall& call) {
    std::string name;
    for (const ast::Name& part : call.qualifier) name += part.text + ".";
    return name + call.name.text;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

}  // namespace

ExprId Binder::function_call(ast::ExprId id, const ast::FunctionCall& call, const ExprContext& context) {
    const ast::Span span = ast_[id].span;
    const std::string name = full_name(call);
    if (call.qualifier.empty()) {
        if (const AggregateFunction* function = find_aggregate(name)) {
            return aggregate(id, function, call.distinct, call.arguments, context);
        }
    }
    const std::string folded = lower(name);
    ExprContext inner = context;
    inner.predicate = folded == "exists";  // exists(pattern)
    if (folded == "exists" && call.arguments.size() == 1) {
        const ExprId operand = expression(call.arguments.front(), inner);
        if (std::holds_alternative<SubqueryOf>(out_.pool[operand].node)) return operand;
        return out_.pool.add(NullTest{operand, true}, {boolean_type, any_type}, span);
    }
    std::vector<ExprId> arguments;
    arguments.reserve(call.arguments.size());
    for (const ast::ExprId argument : call.arguments) {
        const auto* word = std::get_if<ast::Variable>(&ast_[argument].node);
        // `normalize(text, NFD)`: a keyword, unless there is a variable of that name.
        const bool form = folded == "normalize" && arguments.size() == 1 && word != nullptr &&
                          !context.scope->find(word->name.text);
        arguments.push_back(form ? constant(Value(word->name.text), word->name.span)
                                 : expression(argument, inner));
    }
    if (folded == "coalesce" && !arguments.empty()) {
        TypeSet set = 0;
        for (const ExprId argument : arguments) set |= out_.pool[argument].type.set;
        return out_.pool.add(Coalesce{std::move(arguments)}, {set, any_type}, span);
    }

    const Function* function = find_function(name);
    const ast::Span name_span{
        call.qualifier.empty() ? call.name.span.begin : call.qualifier.front().span.begin,
        call.name.span.end};
    if (function == nullptr) {
        std::optional<std::string> near = nearest(name, function_names());
        if (!near) near = nearest(name, aggregate_names());
        fail({.code = "42N48",
              .detail = "UnknownFunction",
              .message = "there is no function `" + name + "`",
              .span = name_span,
              .hint = near ? "did you mean `" + *near + "`?" : std::string()});
    }
    const bool too_many = !function->variadic && arguments.size() > function->parameters.size();
    if (arguments.size() < function->required || too_many) {
        fail({.code = "42I13",
              .detail = "InvalidNumberOfArguments",
              .message = "`" + std::string(function->name) + "` is called with " +
                         std::to_string(arguments.size()) + " argument" + (arguments.size() == 1 ? "" : "s"),
              .span = span,
              .hint = "it is " + std::string(function->signature)});
    }
    for (std::size_t i = 0; i < arguments.size() && !function->parameters.empty(); ++i) {
        const TypeSet accepted = function->parameters[std::min(i, function->parameters.size() - 1)];
        expect(arguments[i], accepted, "`" + std::string(function->name) + "`");
    }
    if (call.distinct) {
        fail({.code = "42001",
              .detail = "UnexpectedSyntax",
              .message = "DISTINCT belongs to aggregates, and `" + name + "` is none",
              .span = span,
              .hint = {}});
    }
    return out_.pool.add(FunctionOf{function, std::move(arguments)}, {function->result, any_type}, span);
}

ExprId Binder::aggregate(ast::ExprId id, const AggregateFunction* function, bool distinct,
                         const std::vector<ast::ExprId>& arguments, const ExprContext& context) {
    const ast::Span span = ast_[id].span;
    if (context.inside_aggregate) {
        fail({.code = "42N43",
              .detail = "NestedAggregation",
              .message = "an aggregate stands inside another",
              .span = span,
              .hint = "compute the inner one in a WITH before this clause"});
    }
    if (context.grouping == nullptr) {
        fail({.code = "42903",
              .detail = "InvalidAggregation",
              .message = "an aggregate may stand only in WITH and RETURN",
              .span = span,
              .hint = "compute it in a WITH before this clause, and name it"});
    }
    const std::string text = ast::to_text(ast_, id);
    const TypeSet result = function == nullptr ? integer_type : function->result;
    const auto known = context.grouping->calls_by_text.find(text);
    if (known != context.grouping->calls_by_text.end()) return slot_ref(known->second, span);

    AggregateCall call{function, distinct, {}, SlotId::none};
    ExprContext inner = context;
    inner.inside_aggregate = true;
    inner.keys_only = false;
    if (context.grouping->final && context.columns != nullptr) inner.scope = context.columns;
    for (const ast::ExprId argument : arguments) {
        call.arguments.push_back(expression(argument, inner));
        if (calls_impure(call.arguments.back())) {
            fail({.code = "42N31",
                  .detail = "NonConstantExpression",
                  .message = "a random value cannot be aggregated",
                  .span = ast_[argument].span,
                  .hint = "compute it in a WITH before this clause"});
        }
    }
    if (context.grouping->final) {
        fail({.code = "42903",
              .detail = "InvalidAggregation",
              .message = "ORDER BY may use only the aggregates of its own WITH or RETURN",
              .span = span,
              .hint = "give it a name among the columns, and order by the name"});
    }
    if (function != nullptr) {
        if (arguments.size() != function->parameters.size()) {
            fail({.code = "42I13",
                  .detail = "InvalidNumberOfArguments",
                  .message = "`" + std::string(function->name) + "` is called with " +
                             std::to_string(arguments.size()) + " arguments",
                  .span = span,
                  .hint = "it is " + std::string(function->signature)});
        }
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            expect(call.arguments[i], function->parameters[i], "`" + std::string(function->name) + "`");
        }
    }
    call.slot = new_slot("", {result, any_type});
    context.grouping->calls_by_text.emplace(text, call.slot);
    context.grouping->calls.push_back(call);
    return slot_ref(call.slot, span);
}

bool Binder::calls_impure(ExprId id) const {
    const Expr& expr = out_.pool[id];
    const auto* call = std::get_if<FunctionOf>(&expr.node);
    bool impure = call != nullptr && !call->function->pure;
    for_each_operand(expr, [&](ExprId operand) { impure = impure || calls_impure(operand); });
    return impure;
}

/// Whether an expression of the syntax tree aggregates (subqueries keep theirs to themselves).
bool Binder::has_aggregate(ast::ExprId id) const {
    if (id == ast::ExprId::none) return false;
    const auto any = [&](const std::vector<ast::ExprId>& ids) {
        return std::any_of(ids.begin(), ids.end(), [&](ast::ExprId e) { return has_aggregate(e); });
    };
    return std::visit(
        overload{
            [](const ast::Literal&) { return false; },
            [](const ast::Parameter&) { return false; },
            [](const ast::Variable&) { return false; },
            [](const ast::CountStar&) { return true; },
            [](const ast::PatternPredicate&) { return false; },
            [](const ast::PatternComprehension&) { return false; },
            [](const ast::Subquery&) { return false; },
            [&](const ast::PropertyAccess& e) { return has_aggregate(e.subject); },
            [&](const ast::Subscript& e) { return has_aggregate(e.subject) || has_aggregate(e.index); },
            [&](const ast::Slice& e) {
                return has_aggregate(e.subject) || has_aggregate(e.from) || has_aggregate(e.to);
            },
            [&](const ast::Unary& e) { return has_aggregate(e.operand); },
            [&](const ast::Binary& e) { return has_aggregate(e.left) || has_aggregate(e.right); },
            [&](const ast::Comparison& e) {
                return has_aggregate(e.first) ||
                       std::any_of(e.rest.begin(), e.rest.end(),
                                   [&](const auto& link) { return has_aggregate(link.second); });
            },
            [&](const ast::LongOperation& e) {
                return has_aggregate(e.first) ||
                       std::any_of(e.rest.begin(), e.rest.end(),
                                   [&](const auto& step) { return has_aggregate(step.second); });
            },
            [&](const ast::HasLabels& e) {
                return has_aggregate(e.subject) ||
                       std::any_of(e.labels.begin(), e.labels.end(),
                                   [&](const ast::LabelTerm& term) { return has_aggregate(term.value); });
            },
            [&](const ast::TypeTest& e) { return has_aggregate(e.subject); },
            [&](const ast::FunctionCall& e) {
                return (e.qualifier.empty() && find_aggregate(e.name.text) != nullptr) || any(e.arguments);
            },
            [&](const ast::ListLiteral& e) { return any(e.items); },
            [&](const ast::MapLiteral& e) {
                return std::any_of(e.entries.begin(), e.entries.end(),
                                   [&](const auto& entry) { return has_aggregate(entry.second); });
            },
            [&](const ast::ListComprehension& e) {
                return has_aggregate(e.list) || has_aggregate(e.where) || has_aggregate(e.value);
            },
            [&](const ast::Quantifier& e) { return has_aggregate(e.list) || has_aggregate(e.where); },
            [&](const ast::Reduce& e) {
                return has_aggregate(e.initial) || has_aggregate(e.list) || has_aggregate(e.value);
            },
            [&](const ast::Case& e) {
                return has_aggregate(e.subject) || has_aggregate(e.otherwise) ||
                       std::any_of(e.alternatives.begin(), e.alternatives.end(), [&](const auto& branch) {
                           return has_aggregate(branch.first) || has_aggregate(branch.second);
                       });
            },
            [&](const ast::MapProjection& e) {
                return std::any_of(e.items.begin(), e.items.end(),
                                   [&](const auto& item) { return has_aggregate(item.value); });
            },
        },
        ast_[id].node);
}

}  // namespace islet::query
