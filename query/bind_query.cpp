// Clauses in order, each changing what the next one sees; blocks joined by UNION.

#include <algorithm>
#include <iterator>

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

void join_creations(Creation& creation, Creation more) {
    const auto append = [](auto& to, auto& from) {
        to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
    };
    append(creation.nodes, more.nodes);
    append(creation.rels, more.rels);
    append(creation.paths, more.paths);
}

ast::Span span_of(const ast::Clause& clause) {
    return std::visit(overload{
                          [](const ast::With& c) { return c.projection.span; },
                          [](const ast::Return& c) { return c.projection.span; },
                          [](const auto& c) { return c.span; },
                      },
                      clause);
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
    wrote_ = wrote_ || writes_;
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
        BoundPart bound = part(query.parts[i], outer, use, names, query.before);
        if (query.before != ast::QueryId::none && query.parts.size() > 1 && writes_) {
            fail({.code = "42N22",
                  .detail = "InvalidClauseComposition",
                  .message =
                      "a UNION behind NEXT runs what stands before for each of its parts, so that may not "
                      "write",
                  .span = query.parts[i].span,
                  .hint = "write in a query of its own, or put the UNION into CALL { }"});
        }
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

/// Whether what is made can be made together with what a CREATE just before makes: it asks nothing of the
/// graph, and of that clause nothing but nodes. A script of thousands of CREATEs is one then.
bool Binder::needs_no_other(const Creation& creation) const {
    const auto alone = [&](const auto& self, ExprId id) -> bool {
        if (id == ExprId::none) return true;
        const Expr& expr = out_.pool[id];
        if (std::holds_alternative<SubqueryOf>(expr.node)) return false;
        if (const auto* ref = std::get_if<SlotRef>(&expr.node))
            return (slot_type(ref->slot).set & (relationship_type | path_type)) == 0 ||
                   slot_type(ref->slot).set == any_type;
        bool all = true;
        for_each_operand(expr, [&](ExprId operand) { all = all && self(self, operand); });
        return all;
    };
    bool all = true;
    const auto check = [&](ExprId id) { all = all && alone(alone, id); };
    for (const CreatedNode& node : creation.nodes) for_each_expression(node, check);
    for (const CreatedRel& rel : creation.rels) for_each_expression(rel, check);
    return all;
}

BoundUnwind Binder::unwind(const ast::Unwind& u, Scope& scope) {
    ExprContext context;
    context.scope = &scope;
    BoundUnwind out{};
    out.list = expression(u.list, context);
    const auto define = [&](const ast::Name& name, StaticType type) {
        if (scope.find(name.text)) {
            fail({.code = "42N59",
                  .detail = "VariableAlreadyBound",
                  .message = "variable `" + name.text + "` is defined already",
                  .span = name.span,
                  .hint = {}});
        }
        const SlotId slot = new_slot(name.text, type);
        scope.add(name.text, slot);
        return slot;
    };
    out.slot = define(u.variable, {out_.pool[out.list].type.element, any_type});
    if (u.position) out.position = define(*u.position, {integer_type, any_type});
    out.first = u.from_one ? 1 : 0;
    return out;
}

BoundPart Binder::part(const ast::SingleQuery& query, Scope scope, BlockUse use,
                       std::vector<std::string>& column_names, ast::QueryId before) {
    check_order(query, use);
    BoundPart out;
    if (before != ast::QueryId::none) {
        // The rows of a query before NEXT are those of a subquery that comes first.
        ast::CallSubquery first;
        first.import_all = true;
        first.query = before;
        first.span = query.span;
        out.clauses.emplace_back(call_subquery(first, scope));
    }
    for (const ast::Clause& clause : query.clauses) {
        std::visit(overload{
                       [&](const ast::Match& c) { out.clauses.emplace_back(match(c, scope)); },
                       [&](const ast::Unwind& c) { out.clauses.emplace_back(unwind(c, scope)); },
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
                           Creation made = creation(c.pattern, scope, false);
                           auto* before =
                               out.clauses.empty() ? nullptr : std::get_if<BoundCreate>(&out.clauses.back());
                           if (before != nullptr && needs_no_other(made)) {
                               join_creations(before->creation, std::move(made));
                           } else {
                               out.clauses.emplace_back(BoundCreate{std::move(made)});
                           }
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
    out.pattern = pattern(m.pattern, scope, {.repeatable = m.repeatable});
    if (m.where != ast::ExprId::none) {
        ExprContext context;
        context.scope = &scope;
        conjuncts(m.where, context, out.pattern.predicates);
    }
    warn_unconnected(out.pattern, m);
    select_by_conditions(out.pattern);
    return out;
}

}  // namespace islet::query
