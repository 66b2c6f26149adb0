// Expressions: names to slots, operators checked against what is known of their
// operands.

#include <cmath>
#include <limits>

#include "bind.hpp"

namespace islet::query {
namespace {

constexpr TypeSet property_holders = map_type | node_type | relationship_type | temporal_type;

bool known(StaticType type) {
    return type.set != any_type;
}

Value literal_value(const ast::Literal& literal) {
    return std::visit(overload{[](ast::Null) { return Value(); }, [](const auto& v) { return Value(v); }},
                      literal.value);
}

/// Of - * /: what is known of numbers, or of these and the temporal results where an operand may be temporal.
TypeSet arithmetic_result(StaticType a, StaticType b, TypeSet temporal) {
    if (a.set == integer_type && b.set == integer_type) return integer_type;
    return ((a.set | b.set) & temporal_type) == 0 ? number_type
                                                  : static_cast<TypeSet>(number_type | temporal);
}

StaticType type_of(const Value& value) {
    if (value.is_null()) return {0, any_type};
    return {type_bit(value.kind()), any_type};
}

/// `INF`, `INFINITY` and `NaN` are numbers where no variable has the name.
std::optional<double> named_number(std::string_view name) {
    std::string upper(name);
    for (char& c : upper) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    if (upper == "INF" || upper == "INFINITY") return std::numeric_limits<double>::infinity();
    if (upper == "NAN") return std::numeric_limits<double>::quiet_NaN();
    return std::nullopt;
}

}  // namespace

std::optional<SlotId> Scope::find(std::string_view name) const {
    for (auto it = names_.rbegin(); it != names_.rend(); ++it) {
        if (it->first == name) return it->second;
    }
    return std::nullopt;
}

SlotId Binder::new_slot(std::string name, StaticType type) {
    out_.slot_names.push_back(std::move(name));
    out_.slot_types.push_back(type);
    return SlotId{static_cast<std::uint32_t>(out_.slot_names.size() - 1)};
}

ExprId Binder::slot_ref(SlotId slot, ast::Span span) {
    return out_.pool.add(SlotRef{slot}, slot_type(slot), span);
}

ExprId Binder::constant(Value value, ast::Span span) {
    const StaticType type = type_of(value);
    return out_.pool.add(Constant{std::move(value)}, type, span);
}

ExprId Binder::expression(ast::ExprId id, const ExprContext& outer) {
    const ast::Expr& expr = ast_[id];
    const ast::Span span = expr.span;
    // Only the top of a condition and the operands of AND, OR, XOR and NOT may be patterns.
    ExprContext context = outer;
    context.predicate = false;

    // A variable in scope is that one, also where a column holds what had its name before.
    const auto* name = std::get_if<ast::Variable>(&expr.node);
    const bool by_name = name != nullptr && context.scope->find(name->name.text).has_value();
    if (context.columns_by_text != nullptr && !by_name && !std::holds_alternative<ast::Literal>(expr.node)) {
        const auto column = context.columns_by_text->find(ast::to_text(ast_, id));
        if (column != context.columns_by_text->end()) return slot_ref(column->second, span);
    }
    if (context.keys_only) {
        // Beside an aggregate, a variable or a property of one stands for a grouping key or is ambiguous.
        const bool simple = std::holds_alternative<ast::Variable>(expr.node) ||
                            std::holds_alternative<ast::PropertyAccess>(expr.node);
        if (simple) {
            const auto key = context.grouping->keys.find(ast::to_text(ast_, id));
            if (key != context.grouping->keys.end()) return slot_ref(key->second, span);
        }
    }

    return std::visit(
        overload{
            [&](const ast::Literal& e) { return constant(literal_value(e), span); },
            [&](const ast::Parameter& e) { return out_.pool.add(ParameterRef{e.name.text}, {}, span); },
            [&](const ast::Variable& e) { return variable(e, span, context); },
            [&](const ast::PropertyAccess& e) { return property(id, e, context); },
            [&](const ast::Subscript& e) {
                const ExprId subject = expression(e.subject, context);
                const ExprId index = expression(e.index, context);
                const StaticType type = out_.pool[subject].type;
                return out_.pool.add(SubscriptOf{subject, index},
                                     {type.set == list_type ? type.element : any_type, any_type}, span);
            },
            [&](const ast::Slice& e) {
                const ExprId subject = expression(e.subject, context);
                expect(subject, list_type, "a slice");
                const ExprId from = e.from == ast::ExprId::none ? ExprId::none : expression(e.from, context);
                const ExprId to = e.to == ast::ExprId::none ? ExprId::none : expression(e.to, context);
                return out_.pool.add(SliceOf{subject, from, to}, {list_type, out_.pool[subject].type.element},
                                     span);
            },
            [&](const ast::Unary& e) { return unary(e, span, outer); },
            [&](const ast::Binary& e) { return binary(e, span, outer); },
            [&](const ast::LongOperation& e) { return operation_run(e, span, context); },
            [&](const ast::Comparison& e) { return comparison(e, span, context); },
            [&](const ast::HasLabels& e) {
                const ExprId subject = expression(e.subject, context);
                expect(subject, node_type | relationship_type, "a label test");
                for (const ast::LabelTerm& term : e.labels) {
                    if (term.op == ast::LabelTerm::Op::name) {
                        if (out_.pool[subject].type.set == relationship_type) {
                            check_type(term.name);
                        } else {
                            check_label(term.name);
                        }
                    }
                }
                const ExprId test = label_condition(e.labels, subject, context);
                out_.pool.expressions[static_cast<std::size_t>(test)].span = span;
                return test;
            },
            [&](const ast::TypeTest& e) { return type_test(e, span, context); },
            [&](const ast::FunctionCall& e) { return function_call(id, e, context); },
            [&](const ast::CountStar&) { return aggregate(id, nullptr, false, {}, context); },
            [&](const ast::ListLiteral& e) {
                MakeList list;
                TypeSet element = 0;
                for (const ast::ExprId item : e.items) {
                    list.items.push_back(expression(item, context));
                    element |= out_.pool[list.items.back()].type.set;
                }
                return out_.pool.add(std::move(list), {list_type, e.items.empty() ? any_type : element},
                                     span);
            },
            [&](const ast::MapLiteral& e) {
                MakeMap map;
                for (const auto& [key, value] : e.entries)
                    map.entries.emplace_back(key.text, expression(value, context));
                return out_.pool.add(std::move(map), {map_type, any_type}, span);
            },
            [&](const ast::ListComprehension& e) { return comprehension(e, span, context); },
            [&](const ast::Quantifier& e) { return quantifier(e, span, context); },
            [&](const ast::Reduce& e) { return reduce(e, span, context); },
            [&](const ast::PatternComprehension& e) { return pattern_comprehension(e, span, context); },
            [&](const ast::PatternPredicate& e) {
                if (!outer.predicate && e.pattern.selector != ast::PathPattern::Selector::all)
                    return shortest_path(e, span, context);
                if (!outer.predicate) {
                    fail({.code = "42001",
                          .detail = "UnexpectedSyntax",
                          .message = "a pattern stands where a value is expected",
                          .span = span,
                          .hint =
                              "ask `EXISTS { … }` or `COUNT { … }` of it, or use a pattern comprehension"});
                }
                return pattern_predicate(e, span, context);
            },
            [&](const ast::Case& e) { return case_of(e, span, context); },
            [&](const ast::Subquery& e) { return subquery(e, span, context); },
            [&](const ast::MapProjection& e) { return map_projection(e, span, context); },
        },
        expr.node);
}

/// A condition: a boolean, or a pattern that may match.
ExprId Binder::predicate(ast::ExprId id, ExprContext context) {
    context.predicate = true;
    const ExprId bound = expression(id, context);
    expect(bound, boolean_type, "a condition");
    return bound;
}

/// A condition cut at its top ANDs, so that each part can be tested as early as it is known.
void Binder::conjuncts(ast::ExprId id, const ExprContext& context, std::vector<ExprId>& out) {
    const auto* binary = std::get_if<ast::Binary>(&ast_[id].node);
    if (binary != nullptr && binary->op == ast::Binary::Op::logical_and) {
        conjuncts(binary->left, context, out);
        conjuncts(binary->right, context, out);
        return;
    }
    out.push_back(predicate(id, context));
}

ExprId Binder::variable(const ast::Variable& v, ast::Span span, const ExprContext& context) {
    if (context.constant) {
        fail({.code = "42N31",
              .detail = "NonConstantExpression",
              .message = "`" + v.name.text +
                         "` differs from row to row, but this must be one number for all of them",
              .span = span,
              .hint = {}});
    }
    const std::optional<SlotId> slot = context.scope->find(v.name.text);
    if (!slot && context.around != nullptr && context.around->find(v.name.text)) {
        fail({.code = "42N62",
              .detail = "UndefinedVariable",
              .message = "variable `" + v.name.text + "` is not visible inside of a repeated part of a path",
              .span = v.name.span,
              .hint =
                  "inside, only its own variables and those of earlier clauses are: compare in the WHERE of "
                  "the clause, or bind it in a MATCH before"});
    }
    if (!slot) {
        if (const std::optional<double> number = named_number(v.name.text))
            return constant(Value(*number), span);
        if (context.incoming != nullptr && context.incoming->find(v.name.text)) {
            fail(
                {.code = "42N62",
                 .detail = "UndefinedVariable",
                 .message =
                     "variable `" + v.name.text +
                     "` is not visible here: after DISTINCT or an aggregate, ORDER BY sees the columns alone",
                 .span = v.name.span,
                 .hint = "order by a column, or make it one"});
        }
        undefined_variable(v.name, *context.scope);
    }
    if (context.keys_only) {
        fail({.code = "42N44",
              .detail = "AmbiguousAggregationExpression",
              .message = "`" + v.name.text + "` stands beside an aggregate without being a grouping key",
              .span = span,
              .hint = "make it a column of its own, in a WITH before this clause"});
    }
    return slot_ref(*slot, span);
}

ExprId Binder::type_test(const ast::TypeTest& t, ast::Span span, const ExprContext& context) {
    const ExprId subject = expression(t.subject, context);
    return out_.pool.add(TypeTestOf{subject, t.types, t.negated}, {boolean_type, any_type}, span);
}

ExprId Binder::property(ast::ExprId id, const ast::PropertyAccess& access, const ExprContext& context) {
    const ExprId subject = expression(access.subject, context);
    const StaticType type = out_.pool[subject].type;
    const ast::Span span = ast_[id].span;
    if (known(type) && type.set != 0 && (type.set & property_holders) == 0) {
        fail({.code = "22G03",
              .detail = "InvalidArgumentType",
              .message =
                  "a property is read of a node, a relationship, a map or a temporal value, but this is " +
                  describe(type),
              .span = out_.pool[subject].span,
              .hint = {},
              .kind = type.set == path_type ? "SyntaxError" : "TypeError"});
    }
    if (type.set == node_type || type.set == relationship_type) check_key(access.key);
    return out_.pool.add(PropertyOf{subject, access.key.text}, {}, span);
}

ExprId Binder::unary(const ast::Unary& unary, ast::Span span, const ExprContext& outer) {
    ExprContext context = outer;
    context.predicate = unary.op == ast::Unary::Op::logical_not;
    const ExprId operand = expression(unary.operand, context);
    switch (unary.op) {
        case ast::Unary::Op::logical_not:
            expect(operand, boolean_type, "NOT");
            return out_.pool.add(Not{operand}, {boolean_type, any_type}, span);
        case ast::Unary::Op::is_null:
        case ast::Unary::Op::is_not_null:
            return out_.pool.add(NullTest{operand, unary.op == ast::Unary::Op::is_not_null},
                                 {boolean_type, any_type}, span);
        case ast::Unary::Op::plus:
            expect(operand, number_type, "a sign");
            return operand;
        case ast::Unary::Op::negate:
            break;
    }
    expect(operand, number_type, "a sign");
    if (const auto* literal = std::get_if<Constant>(&out_.pool[operand].node))
        return constant(negate(literal->value), span);
    return out_.pool.add(Negate{operand}, out_.pool[operand].type, span);
}

ExprId Binder::binary(const ast::Binary& binary, ast::Span span, const ExprContext& outer) {
    using Op = ast::Binary::Op;
    const bool logical =
        binary.op == Op::logical_or || binary.op == Op::logical_xor || binary.op == Op::logical_and;
    ExprContext context = outer;
    context.predicate = logical;
    const ExprId left = expression(binary.left, context);
    const ExprId right = expression(binary.right, context);
    if (logical) {
        const std::string_view what = binary.op == Op::logical_or    ? "OR"
                                      : binary.op == Op::logical_xor ? "XOR"
                                                                     : "AND";
        expect(left, boolean_type, what);
        expect(right, boolean_type, what);
        const auto op = binary.op == Op::logical_or    ? Logical::Op::disjunction
                        : binary.op == Op::logical_xor ? Logical::Op::exclusive
                                                       : Logical::Op::conjunction;
        return out_.pool.add(Logical{op, {left, right}}, {boolean_type, any_type}, span);
    }
    const Expr& first = out_.pool[left];
    const StaticType result = operation_type(binary.op, first.type, first.span, right);
    return out_.pool.add(Operation{binary.op, left, right}, result, span);
}

ExprId Binder::operation_run(const ast::LongOperation& run, ast::Span span, const ExprContext& context) {
    OperationRun out{expression(run.first, context), {}};
    StaticType type = out_.pool[out.first].type;
    for (const auto& [op, operand] : run.rest) {
        const ast::Span so_far{span.begin, ast_[operand].span.begin};
        const ExprId right = expression(operand, context);
        type = operation_type(op, type, so_far, right);
        out.rest.emplace_back(op, right);
    }
    return out_.pool.add(std::move(out), type, span);
}

StaticType Binder::operation_type(ast::Binary::Op op, StaticType a, ast::Span left_span, ExprId right) {
    using Op = ast::Binary::Op;
    const StaticType b = out_.pool[right].type;
    const auto expect_left = [&](TypeSet accepted) { expect(a, left_span, accepted, "arithmetic"); };
    StaticType result{any_type, any_type};
    switch (op) {
        case Op::add:
            if (a.set == list_type && b.set == list_type) {
                result = {list_type, static_cast<TypeSet>(a.element | b.element)};
            } else if (a.set == integer_type && b.set == integer_type) {
                result.set = integer_type;
            } else if (known(a) && known(b) && ((a.set | b.set) & ~number_type) == 0 && a.set != 0 &&
                       b.set != 0) {
                result.set = number_type;
            }
            break;
        case Op::subtract:
            expect_left(number_type | temporal_type);
            expect(right, number_type | duration_type, "arithmetic");
            result.set = arithmetic_result(a, b, temporal_type);
            break;
        case Op::multiply:
        case Op::divide:
            expect_left(number_type | duration_type);
            expect(right, op == Op::divide ? number_type : TypeSet{number_type | duration_type},
                   "arithmetic");
            result.set = arithmetic_result(a, b, duration_type);
            break;
        case Op::modulo:
        case Op::power:
            expect_left(number_type);
            expect(right, number_type, "arithmetic");
            result.set = op == Op::power                                  ? float_type
                         : a.set == integer_type && b.set == integer_type ? integer_type
                                                                          : number_type;
            break;
        case Op::in:
            expect(right, list_type, "IN");
            result.set = boolean_type;
            break;
        case Op::starts_with:
        case Op::ends_with:
        case Op::contains:
        case Op::regex_match:
            result.set = boolean_type;
            break;
        case Op::concatenate:
            break;
        case Op::logical_or:
        case Op::logical_xor:
        case Op::logical_and:
            break;  // are Logical
    }
    return result;
}

ExprId Binder::comparison(const ast::Comparison& comparison, ast::Span span, const ExprContext& context) {
    Logical all{Logical::Op::conjunction, {}};
    ExprId left = expression(comparison.first, context);
    for (const auto& [op, operand] : comparison.rest) {
        const ExprId right = expression(operand, context);
        const ast::Span link{out_.pool[left].span.begin, out_.pool[right].span.end};
        warn_never_true(op, left, right, link);
        all.operands.push_back(out_.pool.add(Compare{op, left, right}, {boolean_type, any_type}, link));
        left = right;
    }
    if (all.operands.size() == 1) return all.operands.front();
    return out_.pool.add(std::move(all), {boolean_type, any_type}, span);
}

ExprId Binder::case_of(const ast::Case& c, ast::Span span, const ExprContext& context) {
    CaseOf out{ExprId::none, {}, ExprId::none};
    if (c.subject != ast::ExprId::none) out.subject = expression(c.subject, context);
    TypeSet result = 0;
    ExprContext condition = context;
    condition.predicate = c.subject == ast::ExprId::none;
    for (const auto& [when, then] : c.alternatives) {
        const ExprId test = expression(when, condition);
        const ExprId value = expression(then, context);
        result |= out_.pool[value].type.set;
        out.alternatives.emplace_back(test, value);
    }
    if (c.otherwise != ast::ExprId::none) {
        out.otherwise = expression(c.otherwise, context);
        result |= out_.pool[out.otherwise].type.set;
    }
    return out_.pool.add(std::move(out), {result, any_type}, span);
}

ExprId Binder::comprehension(const ast::ListComprehension& c, ast::Span span, const ExprContext& context) {
    const ExprId list = expression(c.list, context);
    expect(list, list_type, "a list comprehension");
    Scope inner = *context.scope;
    const SlotId slot = new_slot(c.variable.text, {out_.pool[list].type.element, any_type});
    inner.add(c.variable.text, slot);
    ExprContext local = context;
    local.scope = &inner;
    if (context.keys_only) context.grouping->keys[c.variable.text] = slot;
    const ExprId where = c.where == ast::ExprId::none ? ExprId::none : predicate(c.where, local);
    const ExprId value = c.value == ast::ExprId::none ? ExprId::none : expression(c.value, local);
    if (context.keys_only) context.grouping->keys.erase(c.variable.text);
    const TypeSet element = value == ExprId::none ? out_.pool[list].type.element : out_.pool[value].type.set;
    return out_.pool.add(Comprehension{slot, list, where, value}, {list_type, element}, span);
}

ExprId Binder::quantifier(const ast::Quantifier& q, ast::Span span, const ExprContext& context) {
    const ExprId list = expression(q.list, context);
    expect(list, list_type, "a quantifier");
    Scope inner = *context.scope;
    const SlotId slot = new_slot(q.variable.text, {out_.pool[list].type.element, any_type});
    inner.add(q.variable.text, slot);
    ExprContext local = context;
    local.scope = &inner;
    if (context.keys_only) context.grouping->keys[q.variable.text] = slot;
    const ExprId where = q.where == ast::ExprId::none ? ExprId::none : predicate(q.where, local);
    if (context.keys_only) context.grouping->keys.erase(q.variable.text);
    return out_.pool.add(QuantifierOf{q.kind, slot, list, where}, {boolean_type, any_type}, span);
}

ExprId Binder::reduce(const ast::Reduce& r, ast::Span span, const ExprContext& context) {
    const ExprId initial = expression(r.initial, context);
    const ExprId list = expression(r.list, context);
    expect(list, list_type, "reduce()");
    Scope inner = *context.scope;
    const SlotId accumulator = new_slot(r.accumulator.text, {});
    const SlotId slot = new_slot(r.variable.text, {out_.pool[list].type.element, any_type});
    inner.add(r.accumulator.text, accumulator);
    inner.add(r.variable.text, slot);
    ExprContext local = context;
    local.scope = &inner;
    if (context.keys_only) {
        context.grouping->keys[r.accumulator.text] = accumulator;
        context.grouping->keys[r.variable.text] = slot;
    }
    const ExprId value = expression(r.value, local);
    if (context.keys_only) {
        context.grouping->keys.erase(r.accumulator.text);
        context.grouping->keys.erase(r.variable.text);
    }
    return out_.pool.add(ReduceOf{accumulator, initial, slot, list, value}, {}, span);
}

ExprId Binder::map_projection(const ast::MapProjection& m, ast::Span span, const ExprContext& context) {
    MapProjectionOf out{variable({m.subject}, m.subject.span, context), false, {}};
    expect(out.subject, property_holders, "a map projection");
    const TypeSet of = out_.pool[out.subject].type.set;
    using Item = ast::MapProjection::Item;
    for (const Item& item : m.items) {
        switch (item.kind) {
            case Item::Kind::all_properties:
                out.all_properties = true;
                break;
            case Item::Kind::property:
                if (of == node_type || of == relationship_type) check_key(item.name);
                out.entries.emplace_back(
                    item.name.text,
                    out_.pool.add(PropertyOf{out.subject, item.name.text}, {}, item.name.span));
                break;
            case Item::Kind::variable:
                out.entries.emplace_back(item.name.text, variable({item.name}, item.name.span, context));
                break;
            case Item::Kind::entry:
                out.entries.emplace_back(item.name.text, expression(item.value, context));
                break;
        }
    }
    return out_.pool.add(std::move(out), {map_type, any_type}, span);
}

}  // namespace islet::query
