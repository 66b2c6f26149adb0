// Patterns, clauses and whole queries.
#include <algorithm>

#include "generate.hpp"

namespace islet::oracle {
namespace {

bool bound_in(const Scope& scope, const std::string& name) {
    return std::any_of(scope.begin(), scope.end(), [&](const Variable& one) { return one.name == name; });
}

bool is_scalar(Type type) {
    return type == Type::boolean || type == Type::integer || type == Type::number || type == Type::text ||
           type == Type::any;
}

bool has_order(Type type) {
    return is_scalar(type) || type == Type::list || type == Type::node || type == Type::rel;
}

}  // namespace

LabelTest Generator::label_test() {
    LabelTest test;
    test.names.push_back(random_.pick(label_names));
    if (random_.chance(15)) {
        test.kind = LabelTest::Kind::none;
    } else if (random_.chance(25)) {
        if (random_.chance(50)) test.kind = LabelTest::Kind::any;
        test.names.push_back(random_.pick(label_names));
    }
    return test;
}

PropertyTests Generator::property_tests(const Scope& scope) {
    PropertyTests tests;
    if (!random_.chance(8)) return tests;
    const std::string key = random_.pick(key_names);
    Expr value = literal(random_.chance(5) ? null_datum() : random_value(random_, key));
    if (random_.chance(40)) {
        if (auto found = property_of_any(scope, random_.chance(70) ? key : "m")) value = *found;
    }
    tests.emplace_back(key, value);
    return tests;
}

NodePattern Generator::node_pattern(Scope& scope, const Scope& outside) {
    NodePattern node;
    const auto known = any_of(scope, {Type::node});
    if (known && random_.chance(30)) {
        node.variable = known->name;
    } else if (random_.chance(65)) {
        node.variable = fresh('n');
        scope.push_back({node.variable, Type::node});
    }
    if (random_.chance(20)) node.labels = label_test();
    node.properties = property_tests(outside);
    if (!node.variable.empty() && random_.chance(5)) {
        Scope visible = outside;
        if (!bound_in(visible, node.variable)) visible.push_back({node.variable, Type::node});
        const std::vector<std::string> used = used_rels_;
        node.where = where(visible, 1);
        used_rels_ = used;
    }
    return node;
}

RelPattern Generator::rel_pattern(Scope& scope, const Scope& outside) {
    static const std::vector<RelPattern::Pointing> pointings = {
        RelPattern::Pointing::right, RelPattern::Pointing::right, RelPattern::Pointing::left,
        RelPattern::Pointing::either};
    RelPattern rel;
    rel.pointing = random_.pick(pointings);
    if (random_.chance(30)) rel.types.push_back(random_.pick(type_names));
    if (!rel.types.empty() && random_.chance(35)) rel.types.push_back(random_.pick(type_names));
    rel.properties = property_tests(outside);
    if (random_.chance(20)) {
        RelPattern::Length length;
        length.min = random_.below(3);
        if (unbounded_ || random_.chance(85)) {
            length.max = random_.between(length.min, 3);
        } else {
            unbounded_ = true;
        }
        if (random_.chance(5)) length.max = 0;  // with `*1..0` nothing matches
        rel.length = length;
    }
    const auto known = any_of(outside, {rel.length ? Type::rels : Type::rel});
    bool is_known = false;
    if (known && random_.chance(12) &&
        std::find(used_rels_.begin(), used_rels_.end(), known->name) == used_rels_.end()) {
        rel.variable = known->name;
        is_known = true;
        used_rels_.push_back(known->name);
    } else if (random_.chance(50)) {
        rel.variable = fresh('r');
        scope.push_back({rel.variable, rel.length ? Type::rels : Type::rel});
        if (random_.chance(8)) {
            Scope visible = outside;
            visible.push_back({rel.variable, Type::rel});
            const std::vector<std::string> used = used_rels_;
            rel.where = where(visible, 1);
            used_rels_ = used;
        }
    }
    const bool quantified = rel.length && rel.length->max != std::size_t{0} && !is_known;
    if (quantified && random_.chance(50)) rel.form = RelPattern::Form::quantifier;
    // A part sees nothing of the clause around it.
    if (quantified && rel.properties.empty() && !rel.where && random_.chance(40))
        rel.form =
            rel.variable.empty() && random_.chance(40) ? RelPattern::Form::nested : RelPattern::Form::part;
    return rel;
}

PathPattern Generator::path(Scope& scope, const Scope& outside, std::size_t most_steps) {
    PathPattern path;
    path.first = node_pattern(scope, outside);
    const std::size_t steps =
        random_.chance(60) ? std::min<std::size_t>(1, most_steps) : random_.between(0, most_steps);
    for (std::size_t i = steps; i > 0; --i) {
        RelPattern rel = rel_pattern(scope, outside);
        path.steps.push_back({std::move(rel), node_pattern(scope, outside)});
    }
    if (random_.chance(10)) {
        path.variable = fresh('p');
        scope.push_back({path.variable, Type::path});
    }
    return path;
}

PathPattern Generator::closed_path(const Scope& scope) {
    Scope nothing;
    used_rels_.clear();
    PathPattern path;
    path.first.variable = any_of(scope, {Type::node})->name;
    if (random_.chance(20)) path.first.labels = label_test();
    for (std::size_t i = random_.between(1, 2); i > 0; --i) {
        Step step{rel_pattern(nothing, {}), node_pattern(nothing, {})};
        step.rel.variable.clear();
        step.rel.where.reset();
        step.rel.form = RelPattern::Form::star;  // repeated parts stand in MATCH alone
        step.node.variable.clear();
        step.node.where.reset();
        if (random_.chance(40)) step.node.variable = any_of(scope, {Type::node})->name;
        path.steps.push_back(std::move(step));
    }
    return path;
}

/// Asks for some of the paths, where the pattern may be asked so.
void Generator::select(PathPattern& path, const Scope& outside) {
    if (path.steps.size() != 1 || !random_.chance(25)) return;
    const RelPattern& rel = path.steps.front().rel;
    const bool long_enough = rel.length && rel.length->max != std::size_t{0};
    if (!long_enough || bound_in(outside, rel.variable)) return;
    path.selector =
        random_.chance(60) ? PathPattern::Selector::all_shortest : PathPattern::Selector::shortest_groups;
    path.count = random_.between(1, 3);
}

/// Without an upper bound a circle could be followed for ever; lists that are known are no walks.
bool Generator::may_repeat(const Match& match, const Scope& outside) {
    return std::all_of(match.paths.begin(), match.paths.end(), [&](const PathPattern& path) {
        return std::all_of(path.steps.begin(), path.steps.end(), [&](const Step& step) {
            return !step.rel.length || (step.rel.length->max && !bound_in(outside, step.rel.variable));
        });
    });
}

Match Generator::match(Scope& scope, std::size_t most_paths) {
    Match match;
    const Scope outside = scope;
    used_rels_.clear();
    const std::size_t paths = random_.chance(60) ? 1 : random_.between(1, most_paths);
    for (std::size_t i = 0; i < paths; ++i) match.paths.push_back(path(scope, outside, paths > 1 ? 2 : 3));
    for (PathPattern& one : match.paths) select(one, outside);
    match.repeatable = random_.chance(8) && may_repeat(match, outside);
    if (random_.chance(30)) match.where = where(scope, 2);
    return match;
}

Unwind Generator::unwind(Scope& scope) {
    Unwind out;
    Variable made{fresh('x'), Type::any};
    if (const auto bag = any_of(scope, {Type::bag}); bag && random_.chance(70)) {
        out.list = variable(bag->name);
        made.type = bag->element;
    } else if (const auto entities = any_of(scope, {Type::rels, Type::nodes});
               entities && random_.chance(60)) {
        out.list = variable(entities->name);
        made.type = entities->type == Type::rels ? Type::rel : Type::node;
    } else if (const auto path = any_of(scope, {Type::path}); path && random_.chance(60)) {
        const bool nodes = random_.chance(50);
        out.list = call(nodes ? "nodes" : "relationships", {variable(path->name)});
        made.type = nodes ? Type::node : Type::rel;
    } else {
        out.list = list(scope, 1);
    }
    out.variable = made.name;
    scope.push_back(made);
    return out;
}

/// A column's name: the variable's own, a new one, or that of another variable of before.
std::string Generator::column_name(const std::string& own, const Scope& scope, const Scope& after) {
    if (!own.empty() && !bound_in(after, own) && random_.chance(70)) return own;
    if (!scope.empty() && random_.chance(25)) {
        const std::string other = random_.pick(scope).name;
        if (!bound_in(after, other)) return other;
    }
    return fresh('c');
}

void Generator::carry(const Scope& scope, Scope& after, Projection& out) {
    const Variable of = random_.pick(scope);
    if (out.distinct && of.type == Type::bag) return;
    const std::string name = column_name(of.name, scope, after);
    out.items.push_back({variable(of.name), name, of.type == Type::bag});
    after.push_back({name, of.type, of.element});
}

Projection::Item Generator::grouping_key(const Scope& scope, Scope& after) {
    Variable key{"", Type::any};
    Expr expr;
    const auto of = any_of(scope, {Type::node, Type::rel, Type::any, Type::integer, Type::text, Type::path});
    if (of && random_.chance(60)) {
        key = *of;
        expr = variable(of->name);
    } else {
        static const std::vector<Type> types = {Type::integer, Type::text, Type::boolean, Type::any,
                                                Type::number};
        key.type = random_.pick(types);
        expr = expression(key.type, scope, 1);
    }
    key.name = column_name(key.name, scope, after);
    after.push_back(key);
    return {expr, key.name};
}

Projection::Item Generator::aggregate_item(const Scope& scope, Scope& after) {
    Expr out = apply(Op::aggregate, {});
    Variable made{"", Type::integer};
    switch (random_.below(7)) {
        case 0:
            out.name = "count";
            break;
        case 1: {
            out.name = "count";
            const auto of = any_of(scope, {Type::node, Type::rel, Type::any, Type::rels, Type::path});
            out.args = {of && random_.chance(70) ? variable(of->name) : value(scope, 1)};
            break;
        }
        case 2:
            out.name = "sum";
            made.type = random_.chance(50) ? Type::integer : Type::number;
            out.args = {expression(made.type, scope, 1)};
            break;
        case 3:
        case 4:
            out.name = random_.chance(50) ? "min" : "max";
            made.type = Type::any;
            out.args = {value(scope, 1)};
            break;
        default: {
            out.name = "collect";
            made.type = Type::bag;
            const auto of = any_of(scope, {Type::node, Type::rel, Type::any, Type::integer});
            if (of && random_.chance(60)) {
                made.element = of->type;
                out.args = {variable(of->name)};
            } else {
                out.args = {value(scope, 1)};
            }
        }
    }
    out.distinct = !out.args.empty() && random_.chance(25);
    if (made.type == Type::integer && random_.chance(15)) {
        out = apply(Op::add, {out, literal(integer(1))});
    }
    made.name = column_name("", scope, after);
    after.push_back(made);
    return {out, made.name, made.type == Type::bag};
}

/// ORDER BY the first `keys` columns, which tell all rows apart; with SKIP and LIMIT where that is so.
void Generator::order(Projection& out, const Scope& before, const Scope& after, std::size_t keys) {
    const bool total = std::all_of(after.begin(), after.begin() + static_cast<std::ptrdiff_t>(keys),
                                   [](const Variable& column) { return has_order(column.type); });
    std::vector<Variable> columns(after.begin(), after.begin() + static_cast<std::ptrdiff_t>(keys));
    for (std::size_t i = columns.size(); i > 1; --i) std::swap(columns[i - 1], columns[random_.below(i)]);
    for (const Variable& column : columns) {
        if (!has_order(column.type)) continue;
        Expr key = variable(column.name);
        if (column.type == Type::node || column.type == Type::rel) {
            key = property(key, "uid");
            // `RETURN a.uid AS x, b AS a ORDER BY a.uid`: it is open which `a` that means.
            const std::string text = to_text(key);
            for (const Projection::Item& item : out.items) {
                if (to_text(item.expr) == text) return out.order_by.clear();
            }
        }
        out.order_by.push_back({key, random_.chance(40)});
    }
    // By what is not returned, too, where it is still known.
    const auto other = any_of(before, {Type::node, Type::rel});
    if (keys == after.size() && !out.distinct && other && !bound_in(after, other->name) &&
        random_.chance(30)) {
        const std::string key = random_.pick(key_names);
        out.order_by.insert(out.order_by.begin(), {property(variable(other->name), key), random_.chance(40)});
    }
    out.total_order = total;
    if (!total) return;
    if (random_.chance(40)) out.skip = random_.below(4);
    if (random_.chance(60)) out.limit = random_.below(5);
}

Projection Generator::projection(Scope& scope, bool last) {
    Projection out;
    Scope after;
    std::size_t keys = 0;
    const bool grouped = random_.chance(25);
    if (grouped) {
        for (std::size_t i = random_.below(3); i > 0; --i) out.items.push_back(grouping_key(scope, after));
        keys = out.items.size();
        for (std::size_t i = random_.between(1, 2); i > 0; --i) {
            out.items.push_back(aggregate_item(scope, after));
        }
    } else {
        out.distinct = random_.chance(20);
        const std::size_t columns = random_.between(1, last ? 3 : 5);
        while (out.items.size() < columns) {
            if (!scope.empty() && random_.chance(last ? 60 : 80)) {
                carry(scope, after, out);
                if (!out.items.empty()) continue;
            }
            static const std::vector<Type> types = {Type::integer, Type::number, Type::text,
                                                    Type::boolean, Type::any,    Type::list};
            const Type type = random_.pick(types);
            const std::string name = column_name("", scope, after);
            out.items.push_back({expression(type, scope, 2), name});
            after.push_back({name, type});
        }
        keys = after.size();
    }
    if (random_.chance(25)) order(out, scope, after, keys);
    if (!last && random_.chance(20)) {
        Scope visible = after;
        if (!grouped && !out.distinct && random_.chance(50)) {
            for (const Variable& one : scope) {
                if (!bound_in(after, one.name)) visible.push_back(one);
            }
        }
        out.where = where(visible, 2);
    }
    scope = after;
    return out;
}

/// RETURN of one part of a UNION, whose columns are called alike in all of them.
Projection Generator::joined_projection(const Scope& scope, std::size_t columns, bool bags_allowed) {
    Projection out;
    while (out.items.size() < columns) {
        const std::string name = "u" + std::to_string(out.items.size());
        if (!scope.empty() && random_.chance(60)) {
            const Variable of = random_.pick(scope);
            if (of.type != Type::bag) {
                out.items.push_back({variable(of.name), name});
                continue;
            }
            if (!bags_allowed) continue;
        }
        out.items.push_back({value(scope, 1), name});
    }
    return out;
}

/// Many rows, so that they do not fit into one batch.
void Generator::wide_start(std::vector<Clause>& clauses, Scope& scope) {
    Unwind many;
    many.variable = fresh('x');
    many.list = call("range", {literal(integer(1)),
                               literal(integer(static_cast<std::int64_t>(random_.between(1000, 1100))))});
    clauses.emplace_back(many);
    scope.push_back({many.variable, Type::integer});
    Match match;
    match.optional = random_.chance(30);
    used_rels_.clear();
    const Scope outside = scope;
    match.paths.push_back(path(scope, outside, 1));
    for (Step& step : match.paths.front().steps) {
        step.rel.length.reset();
        step.rel.where.reset();
    }
    for (Variable& one : scope) {
        if (one.type == Type::rels) one.type = Type::rel;
    }
    if (random_.chance(50)) match.where = where(scope, 1);
    clauses.emplace_back(match);
    Projection group;
    Scope after;
    group.items.push_back(grouping_key(scope, after));
    group.items.push_back(aggregate_item(scope, after));
    clauses.emplace_back(group);
    scope = after;
}

std::vector<Clause> Generator::part(bool joined, bool bags_allowed) {
    std::vector<Clause> clauses;
    Scope scope;
    if (!joined && random_.below(150) == 0) {
        wide_start(clauses, scope);
        clauses.emplace_back(projection(scope, true));
        return clauses;
    }
    std::size_t matches = 0;
    for (std::size_t i = random_.between(1, 4); i > 0; --i) {
        const std::size_t choice = random_.below(100);
        if (choice < 65 && matches < 3) {
            Match one = match(scope, 3);
            one.optional = random_.chance(25);
            clauses.emplace_back(std::move(one));
            ++matches;
        } else if (choice < 78 || scope.empty()) {
            clauses.emplace_back(unwind(scope));
        } else {
            clauses.emplace_back(projection(scope, false));
        }
    }
    if (joined) {
        clauses.emplace_back(joined_projection(scope, 2, bags_allowed));
    } else {
        clauses.emplace_back(projection(scope, true));
    }
    return clauses;
}

Query Generator::query() {
    Query query;
    if (random_.chance(10)) {
        query.union_all = random_.chance(50);
        for (std::size_t i = random_.between(2, 3); i > 0; --i) {
            query.parts.push_back(part(true, query.union_all));
        }
    } else {
        query.parts.push_back(part(false, true));
    }
    query.may_fail = may_fail_;
    return query;
}

}  // namespace islet::oracle
