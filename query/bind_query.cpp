// Clauses in order, each changing what the next one sees; blocks joined by UNION.

#include <algorithm>

#include "bind.hpp"

namespace islet::query {
namespace {

enum class ClauseClass : std::uint8_t { reading, writing, with, returning, finish, call };

ClauseClass class_of(const ast::Clause& clause) {
    return std::visit(overload{
                          [](const ast::Match&) { return ClauseClass::reading; },
                          [](const ast::Unwind&) { return ClauseClass::reading; },
                          [](const ast::LoadCsv&) { return ClauseClass::reading; },
                          [](const ast::With&) { return ClauseClass::with; },
                          [](const ast::Return&) { return ClauseClass::returning; },
                          [](const ast::Call&) { return ClauseClass::call; },
                          [](const ast::CallSubquery&) { return ClauseClass::call; },
                          [](const ast::Create&) { return ClauseClass::writing; },
                          [](const ast::Set&) { return ClauseClass::writing; },
                          [](const ast::Remove&) { return ClauseClass::writing; },
                          [](const ast::Delete&) { return ClauseClass::writing; },
                          [](const ast::Merge&) { return ClauseClass::writing; },
                          [](const ast::Foreach&) { return ClauseClass::writing; },
                          [](const ast::Finish&) { return ClauseClass::finish; },
                      },
                      clause);
}

ast::Span span_of(const ast::Clause& clause) {
    return std::visit(overload{
                          [](const ast::With& c) { return c.projection.span; },
                          [](const ast::Return& c) { return c.projection.span; },
                          [](const auto& c) { return c.span; },
                      },
                      clause);
}

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

BoundStatement Binder::run() {
    out_.blocks.emplace_back();  // the statement's own place
    const Scope nothing;
    const BlockId id = block(ast_.root, nothing, BlockUse::statement, {});
    out_.blocks.front() = std::move(out_.blocks[static_cast<std::size_t>(id)]);
    out_.writes = writes_;
    const BoundBlock& root = out_.blocks.front();
    if (root.parts.size() == 1 && !root.parts.front().clauses.empty()) {
        const auto* last = std::get_if<BoundProjection>(&root.parts.front().clauses.back());
        out_.ordered = last != nullptr && !last->order_by.empty();
    }
    return std::move(out_);
}

BoundStatement bind(const ast::Ast& ast, std::string_view text, const Snapshot& names,
                    const ProcedureRegistry& procedures) {
    return Binder(ast, text, names, procedures).run();
}

BlockId Binder::block(const ast::Query& query, const Scope& outer, BlockUse use, ast::Span span) {
    BoundBlock out;
    const bool wrote_before = writes_;
    writes_ = false;
    std::vector<std::string> first_names;
    for (std::size_t i = 0; i + 1 < query.union_all.size(); ++i) {
        if (query.union_all[i] == query.union_all[i + 1]) continue;
        fail({.code = "42N3A",
              .detail = "InvalidClauseComposition",
              .message = "UNION and UNION ALL cannot be mixed",
              .span = query.union_spans[i + 1],
              .hint = "use one of them throughout"});
    }
    for (std::size_t i = 0; i < query.parts.size(); ++i) {
        std::vector<std::string> names;
        BoundPart bound = part(query.parts[i], outer, use, names);
        if (i == 0) {
            first_names = names;
        } else {
            // Columns are joined by name.
            std::vector<SlotId> ordered;
            for (const std::string& name : first_names) {
                const auto it = std::find(names.begin(), names.end(), name);
                if (it != names.end())
                    ordered.push_back(bound.columns[static_cast<std::size_t>(it - names.begin())]);
            }
            if (names.size() != first_names.size() || ordered.size() != names.size()) {
                fail({.code = "42N39",
                      .detail = "DifferentColumnsInUnion",
                      .message = "the parts of a UNION return different columns",
                      .span = query.union_spans[i - 1],
                      .hint = "give them the same names with AS"});
            }
            bound.columns = std::move(ordered);
        }
        out.parts.push_back(std::move(bound));
    }
    out.union_all = query.union_all.empty() || query.union_all.front();
    if (out.parts.size() == 1) {
        out.columns = out.parts.front().columns;
    } else {
        for (std::size_t i = 0; i < first_names.size(); ++i) {
            StaticType type{0, any_type};
            for (const BoundPart& p : out.parts) type.set |= slot_type(p.columns[i]).set;
            out.columns.push_back(new_slot(first_names[i], type));
        }
    }
    out.writes = writes_;
    if (use == BlockUse::expression && writes_) {
        fail({.code = "42N57",
              .detail = "InvalidClauseComposition",
              .message = "a subquery in an expression cannot write",
              .span = span,
              .hint = {}});
    }
    writes_ = writes_ || wrote_before;
    if (use == BlockUse::statement) out_.columns = first_names;
    if (use == BlockUse::call) {
        for (std::size_t i = 0; i < first_names.size(); ++i) {
            out_.slot_names[static_cast<std::size_t>(out.columns[i])] = first_names[i];
        }
    }
    out_.blocks.push_back(std::move(out));
    return BlockId{static_cast<std::uint32_t>(out_.blocks.size() - 1)};
}

/// What may follow what, and what must come last.
void Binder::check_order(const ast::SingleQuery& query, BlockUse use) const {
    bool wrote = false;
    for (std::size_t i = 0; i < query.clauses.size(); ++i) {
        const ast::Clause& clause = query.clauses[i];
        const ClauseClass kind = class_of(clause);
        const bool last = i + 1 == query.clauses.size();
        const auto complain = [&](std::string message, std::string hint) {
            fail({.code = "42N22",
                  .detail = "InvalidClauseComposition",
                  .message = std::move(message),
                  .span = span_of(clause),
                  .hint = std::move(hint)});
        };
        if (kind == ClauseClass::returning && !last)
            complain("nothing can follow RETURN", "use WITH to go on");
        if (kind == ClauseClass::finish) {
            if (!last) complain("nothing can follow FINISH", "");
            if (use == BlockUse::expression)
                complain("a subquery in an expression gives rows, so it cannot end with FINISH",
                         "use RETURN");
        }
        if (kind == ClauseClass::with) wrote = false;
        if (kind == ClauseClass::writing) wrote = true;
        const bool reads = kind == ClauseClass::reading;
        if (reads && wrote)
            complain("a clause that reads cannot directly follow one that writes", "put a WITH between them");
        if (use == BlockUse::foreach && kind != ClauseClass::writing) {
            complain("FOREACH holds only clauses that write", "");
        }
        if (!last || kind == ClauseClass::returning || kind == ClauseClass::finish ||
            kind == ClauseClass::writing || kind == ClauseClass::call)
            continue;
        const bool pattern_only =
            use == BlockUse::expression && query.clauses.size() >= 1 && kind == ClauseClass::reading;
        if (!pattern_only)
            complain("a query must end with RETURN or with a clause that writes", "add RETURN");
    }
}

BoundPart Binder::part(const ast::SingleQuery& query, Scope scope, BlockUse use,
                       std::vector<std::string>& column_names) {
    check_order(query, use);
    BoundPart out;
    for (const ast::Clause& clause : query.clauses) {
        std::visit(
            overload{
                [&](const ast::Match& c) { out.clauses.emplace_back(match(c, scope)); },
                [&](const ast::Unwind& c) {
                    ExprContext context;
                    context.scope = &scope;
                    const ExprId list = expression(c.list, context);
                    if (scope.find(c.variable.text)) {
                        fail({.code = "42N59",
                              .detail = "VariableAlreadyBound",
                              .message = "variable `" + c.variable.text + "` is defined already",
                              .span = c.variable.span,
                              .hint = {}});
                    }
                    const SlotId slot = new_slot(c.variable.text, {out_.pool[list].type.element, any_type});
                    scope.add(c.variable.text, slot);
                    out.clauses.emplace_back(BoundUnwind{list, slot});
                },
                [&](const ast::With& c) {
                    out.clauses.emplace_back(projection(c.projection, c.where, false, scope));
                },
                [&](const ast::Return& c) {
                    out.clauses.emplace_back(projection(c.projection, ast::ExprId::none, true, scope));
                    for (const auto& [name, slot] : scope.names()) {
                        column_names.push_back(name);
                        out.columns.push_back(slot);
                    }
                },
                [&](const ast::Create& c) {
                    writes_ = true;
                    out.clauses.emplace_back(BoundCreate{creation(c.pattern, scope, false)});
                },
                [&](const ast::Set& c) {
                    writes_ = true;
                    out.clauses.emplace_back(BoundSet{assignments(c.items, scope)});
                },
                [&](const ast::Remove& c) {
                    writes_ = true;
                    out.clauses.emplace_back(removals(c, scope));
                },
                [&](const ast::Delete& c) {
                    writes_ = true;
                    out.clauses.emplace_back(deletion(c, scope));
                },
                [&](const ast::Merge& c) {
                    writes_ = true;
                    out.clauses.emplace_back(merge(c, scope));
                },
                [&](const ast::Call& c) {
                    const bool standalone = use == BlockUse::statement && query.clauses.size() == 1;
                    out.clauses.emplace_back(call(c, scope, standalone, out, column_names));
                },
                [&](const ast::CallSubquery& c) { out.clauses.emplace_back(call_subquery(c, scope)); },
                [&](const ast::Foreach& c) {
                    writes_ = true;
                    out.clauses.emplace_back(foreach (c, scope));
                },
                [&](const ast::LoadCsv& c) { out.clauses.emplace_back(load_csv(c, scope)); },
                [&](const ast::Finish&) {
                    // No rows: a LIMIT of none would keep the clauses before from writing.
                    BoundProjection none;
                    none.where.push_back(constant(Value(false), {}));
                    out.clauses.emplace_back(std::move(none));
                },
            },
            clause);
    }
    return out;
}

BoundMatch Binder::match(const ast::Match& m, Scope& scope) {
    BoundMatch out;
    out.optional = m.optional;
    out.pattern = pattern(m.pattern, scope, {});
    if (m.where != ast::ExprId::none) {
        ExprContext context;
        context.scope = &scope;
        conjuncts(m.where, context, out.pattern.predicates);
    }
    warn_unconnected(out.pattern, m);
    select_by_conditions(out.pattern);
    return out;
}

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
