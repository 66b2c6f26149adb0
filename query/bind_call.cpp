// CALL of procedures and of subqueries, and LOAD CSV.

#include <algorithm>
#include <utility>

#include "bind.hpp"

namespace islet::query {
namespace {

StaticType type_of_field(FieldType type) {
    switch (type) {
        case FieldType::any:
            return {};
        case FieldType::boolean:
            return {boolean_type, any_type};
        case FieldType::integer:
            return {integer_type, any_type};
        case FieldType::floating:
            return {float_type, any_type};
        case FieldType::number:
            return {number_type, any_type};
        case FieldType::string:
            return {string_type, any_type};
        case FieldType::list:
            return {list_type, any_type};
        case FieldType::map:
            return {map_type, any_type};
        case FieldType::node:
            return {node_type, any_type};
        case FieldType::relationship:
            return {relationship_type, any_type};
        case FieldType::path:
            return {path_type, any_type};
    }
    return {};
}

}  // namespace

BoundCall Binder::call(const ast::Call& c, Scope& scope, bool standalone, BoundPart& part,
                       std::vector<std::string>& names) {
    BoundCall out;
    out.span = c.span;
    std::string name;
    for (const ast::Name& qualifier : c.qualifier) name += qualifier.text + ".";
    name += c.name.text;
    out.procedure = procedures_.find(name);
    const ast::Span name_span{c.qualifier.empty() ? c.name.span.begin : c.qualifier.front().span.begin,
                              c.name.span.end};
    if (out.procedure == nullptr) {
        std::vector<std::string_view> known;
        for (const auto& [text, procedure] : procedures_.all()) known.push_back(text);
        const std::optional<std::string> near = nearest(name, known);
        fail({.code = "42N08",
              .detail = "ProcedureNotFound",
              .message = "there is no procedure `" + name + "`",
              .span = name_span,
              .hint = near ? "did you mean `" + *near + "`?" : std::string(),
              .kind = "ProcedureError"});
    }
    if (out.procedure->writes) writes_ = true;
    const std::vector<Field>& inputs = out.procedure->inputs;
    if (!c.arguments) {
        if (!standalone) {
            fail({.code = "42I54",
                  .detail = "InvalidArgumentPassingMode",
                  .message = "`" + name + "` is called without arguments inside of a query",
                  .span = name_span,
                  .hint = "write them in parentheses"});
        }
        for (const Field& field : inputs) {
            out.arguments.push_back(field.preset ? out_.pool.add(Constant{*field.preset}, {}, name_span)
                                                 : out_.pool.add(ParameterRef{field.name}, {}, name_span));
        }
    } else {
        ExprContext context;
        context.scope = &scope;
        const auto required = static_cast<std::size_t>(
            std::count_if(inputs.begin(), inputs.end(), [](const Field& field) { return !field.preset; }));
        const std::size_t given = c.arguments->size();
        if (given < required || given > inputs.size()) {
            const std::string range = required == inputs.size()
                                          ? std::to_string(required)
                                          : std::to_string(required) + " to " + std::to_string(inputs.size());
            fail(
                {.code = "42I13",
                 .detail = "InvalidNumberOfArguments",
                 .message = "`" + name + "` takes " + range + " arguments, but gets " + std::to_string(given),
                 .span = c.span,
                 .hint = {}});
        }
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            if (i >= given) {
                out.arguments.push_back(out_.pool.add(Constant{*inputs[i].preset}, {}, c.span));
                continue;
            }
            out.arguments.push_back(expression((*c.arguments)[i], context));
            TypeSet accepted = type_of_field(inputs[i].type).set;
            if ((accepted & float_type) != 0) accepted |= integer_type;
            expect(out.arguments.back(), accepted, "`" + name + "`");
        }
    }
    const std::vector<Field>& outputs = out.procedure->outputs;
    const auto yield = [&](std::size_t position, const ast::Name& as) {
        if (scope.find(as.text)) {
            fail({.code = "42N59",
                  .detail = "VariableAlreadyBound",
                  .message = "variable `" + as.text + "` is defined already",
                  .span = as.span,
                  .hint = "give the field another name with AS"});
        }
        const SlotId slot = new_slot(as.text, type_of_field(outputs[position].type));
        scope.add(as.text, slot);
        out.outputs.emplace_back(position, slot);
    };
    if (c.yield_star && !standalone) {
        fail({.code = "42001",
              .detail = "UnexpectedSyntax",
              .message = "YIELD * stands only in a CALL by itself",
              .span = c.span,
              .hint = "name the fields"});
    }
    if (!c.has_yield || c.yield_star) {
        if (standalone) {
            for (std::size_t i = 0; i < outputs.size(); ++i) yield(i, {outputs[i].name, name_span});
        }
    } else {
        for (const ast::YieldItem& item : c.yield) {
            const auto it = std::find_if(outputs.begin(), outputs.end(),
                                         [&](const Field& field) { return field.name == item.field.text; });
            if (it == outputs.end()) {
                std::vector<std::string_view> known;
                for (const Field& field : outputs) known.push_back(field.name);
                const std::optional<std::string> near = nearest(item.field.text, known);
                fail({.code = "42N62",
                      .detail = "UndefinedVariable",
                      .message = "`" + name + "` yields no `" + item.field.text + "`",
                      .span = item.field.span,
                      .hint = near ? "did you mean `" + *near + "`?" : std::string()});
            }
            yield(static_cast<std::size_t>(it - outputs.begin()), item.alias ? *item.alias : item.field);
        }
    }
    if (c.where != ast::ExprId::none) {
        ExprContext context;
        context.scope = &scope;
        conjuncts(c.where, context, out.where);
    }
    if (standalone) {
        for (const auto& [position, slot] : out.outputs) {
            names.push_back(out_.slot_names[static_cast<std::size_t>(slot)]);
            part.columns.push_back(slot);
        }
    }
    return out;
}

BoundCallSubquery Binder::call_subquery(const ast::CallSubquery& c, Scope& scope) {
    Scope inner;
    if (c.import_all) inner = scope;
    if (c.imports) {
        for (const ast::Name& name : *c.imports) {
            const std::optional<SlotId> slot = scope.find(name.text);
            if (!slot) undefined_variable(name, scope);
            inner.add(name.text, *slot);
        }
    } else if (!c.import_all) {
        // The older form: a leading WITH of plain variables imports them.
        const ast::Query& query = ast_[c.query];
        if (!query.parts.empty() && !query.parts.front().clauses.empty() &&
            std::holds_alternative<ast::With>(query.parts.front().clauses.front())) {
            inner = scope;
        }
    }
    BoundCallSubquery out{block(ast_[c.query], inner, BlockUse::call, c.span), true, c.optional, {}};
    const BoundBlock& bound = out_[out.block];
    out.returns = !bound.columns.empty();
    for (const SlotId slot : bound.columns) {
        const std::string name = out_.slot_names[static_cast<std::size_t>(slot)];
        if (scope.find(name)) {
            fail({.code = "42N59",
                  .detail = "VariableAlreadyBound",
                  .message = "the subquery returns `" + name + "`, which is defined already",
                  .span = c.span,
                  .hint = "give it another name with AS"});
        }
        scope.add(name, slot);
    }
    if (c.transactions) out.transactions = transactions(*c.transactions, scope, out.returns);
    return out;
}

BoundCallSubquery::Transactions Binder::transactions(const ast::CallSubquery::Transactions& t, Scope& scope,
                                                     bool returns) {
    using OnError = ast::CallSubquery::Transactions::OnError;
    BoundCallSubquery::Transactions out;
    out.rows = row_count(t.rows, "IN TRANSACTIONS OF");
    out.on_error = t.on_error;
    out_.own_transactions = true;
    writes_ = true;  // even where the subquery only reads, there are transactions to begin
    if (const auto* literal =
            out.rows == ExprId::none ? nullptr : std::get_if<Constant>(&out_.pool[out.rows].node);
        literal != nullptr && literal->value.kind() == Kind::integer && literal->value.as_int() == 0) {
        fail({.code = "42N31",
              .detail = "NegativeIntegerArgument",
              .message = "a transaction takes at least one row",
              .span = out_.pool[out.rows].span,
              .hint = {}});
    }
    if (t.on_error != OnError::fail && returns) {
        fail({.code = "42N01",
              .detail = "UnsupportedFeature",
              .message = "a subquery that returns rows cannot go on after an error",
              .span = t.span,
              .hint = "leave its RETURN out, or ON ERROR"});
    }
    if (t.status) {
        if (scope.find(t.status->text)) {
            fail({.code = "42N59",
                  .detail = "VariableAlreadyBound",
                  .message = "variable `" + t.status->text + "` is defined already",
                  .span = t.status->span,
                  .hint = {}});
        }
        if (t.on_error == OnError::fail) {
            fail({.code = "42N01",
                  .detail = "UnsupportedFeature",
                  .message =
                      "REPORT STATUS needs ON ERROR CONTINUE or ON ERROR BREAK: without, an error ends all",
                  .span = t.status->span,
                  .hint = {}});
        }
        out.status = new_slot(t.status->text, {map_type, any_type});
        scope.add(t.status->text, out.status);
    }
    return out;
}

BoundLoadCsv Binder::load_csv(const ast::LoadCsv& c, Scope& scope) {
    BoundLoadCsv out;
    ExprContext context;
    context.scope = &scope;
    out.with_headers = c.with_headers;
    out.source = expression(c.source, context);
    expect(out.source, string_type, "LOAD CSV FROM");
    if (c.field_terminator != ast::ExprId::none) {
        out.field_terminator = expression(c.field_terminator, context);
        expect(out.field_terminator, string_type, "FIELDTERMINATOR");
    }
    out.span = c.span;
    if (scope.find(c.variable.text)) {
        fail({.code = "42N59",
              .detail = "VariableAlreadyBound",
              .message = "variable `" + c.variable.text + "` is defined already",
              .span = c.variable.span,
              .hint = {}});
    }
    out.row = new_slot(c.variable.text,
                       c.with_headers ? StaticType{map_type, any_type} : StaticType{list_type, string_type});
    scope.add(c.variable.text, out.row);
    return out;
}

}  // namespace islet::query
