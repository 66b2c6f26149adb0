#include "model.hpp"
#include "query.hpp"

namespace islet::oracle {
namespace {

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i != 0) text += between;
        text += parts[i];
    }
    return text;
}

std::string texts(const std::vector<Expr>& args) {
    std::vector<std::string> parts;
    for (const Expr& arg : args) parts.push_back(to_text(arg));
    return joined(parts, ", ");
}

std::string texts(const std::vector<PathPattern>& paths) {
    std::vector<std::string> parts;
    for (const PathPattern& path : paths) parts.push_back(to_text(path));
    return joined(parts, ", ");
}

std::string text_of(const LabelTest& test) {
    if (test.names.empty()) return "";
    switch (test.kind) {
        case LabelTest::Kind::all:
            return ":" + joined(test.names, ":");
        case LabelTest::Kind::any:
            return ":" + joined(test.names, "|");
        case LabelTest::Kind::none:
            break;
    }
    return ":!" + test.names.front();
}

std::string text_of(const PropertyTests& tests) {
    if (tests.empty()) return "";
    std::vector<std::string> parts;
    for (const auto& [key, value] : tests) parts.push_back(key + ": " + to_text(value));
    return " {" + joined(parts, ", ") + "}";
}

std::string text_of_where(const std::optional<Expr>& where) {
    return where ? " WHERE " + to_text(*where) : "";
}

std::string text_of(const NodePattern& node) {
    return "(" + node.variable + text_of(node.labels) + text_of(node.properties) + text_of_where(node.where) +
           ")";
}

std::string text_of(const RelPattern& rel) {
    std::string inside = rel.variable;
    if (!rel.types.empty()) inside += ":" + joined(rel.types, "|");
    const bool star = rel.form == RelPattern::Form::star;
    if (rel.length && star) {
        inside += "*";
        const bool fixed = rel.length->max == rel.length->min;
        if (fixed || rel.length->min != 1) inside += std::to_string(rel.length->min);
        if (!fixed && (rel.length->min != 1 || rel.length->max)) inside += "..";
        if (!fixed && rel.length->max) inside += std::to_string(*rel.length->max);
    }
    inside += text_of(rel.properties) + text_of_where(rel.where);
    std::string body = inside.empty() ? "--" : "-[" + inside + "]-";
    switch (rel.pointing) {
        case RelPattern::Pointing::right:
            body += ">";
            break;
        case RelPattern::Pointing::left:
            body = "<" + body;
            break;
        case RelPattern::Pointing::either:
            break;
    }
    if (!rel.length || star) return body;
    std::string bounds = "{" + std::to_string(rel.length->min) + ",";
    if (rel.length->max) bounds += std::to_string(*rel.length->max);
    bounds += "}";
    if (rel.form == RelPattern::Form::nested) return " ((()" + body + "()){1})" + bounds + " ";
    return rel.form == RelPattern::Form::part ? " (()" + body + "())" + bounds + " " : body + bounds;
}

std::string infix(const Expr& expr, std::string_view symbol) {
    return "(" + to_text(expr.args[0]) + " " + std::string(symbol) + " " + to_text(expr.args[1]) + ")";
}

std::string block(const Expr& expr, std::string_view word) {
    std::string text = std::string(word) + " { MATCH " + texts(expr.patterns);
    if (!expr.args.empty()) text += " WHERE " + to_text(expr.args[0]);
    return text + " }";
}

std::string text_of(const Projection& clause, bool last) {
    std::string text = last ? "RETURN " : "WITH ";
    if (clause.distinct) text += "DISTINCT ";
    std::vector<std::string> items;
    for (const Projection::Item& item : clause.items) {
        const bool same = item.expr.op == Op::variable && item.expr.name == item.name;
        items.push_back(to_text(item.expr) + (same ? "" : " AS " + item.name));
    }
    text += joined(items, ", ");
    std::vector<std::string> keys;
    for (const Projection::SortKey& key : clause.order_by) {
        keys.push_back(to_text(key.expr) + (key.descending ? " DESC" : ""));
    }
    if (!keys.empty()) text += " ORDER BY " + joined(keys, ", ");
    if (clause.skip) text += " SKIP " + std::to_string(*clause.skip);
    if (clause.limit) text += " LIMIT " + std::to_string(*clause.limit);
    if (clause.where) text += " WHERE " + to_text(*clause.where);
    return text;
}

}  // namespace

std::string to_text(const PathPattern& path) {
    std::string text = path.variable.empty() ? "" : path.variable + " = ";
    if (path.selector == PathPattern::Selector::all_shortest) text += "ALL SHORTEST ";
    if (path.selector == PathPattern::Selector::shortest_groups)
        text += "SHORTEST " + std::to_string(path.count) + " GROUPS ";
    text += text_of(path.first);
    for (const Step& step : path.steps) text += text_of(step.rel) + text_of(step.node);
    return text;
}

std::string to_text(const Expr& expr) {
    switch (expr.op) {
        case Op::literal:
            return literal_text(expr.value);
        case Op::variable:
            return expr.name;
        case Op::property:
            return to_text(expr.args[0]) + "." + expr.name;
        case Op::equal:
            return infix(expr, "=");
        case Op::not_equal:
            return infix(expr, "<>");
        case Op::less:
            return infix(expr, "<");
        case Op::less_equal:
            return infix(expr, "<=");
        case Op::greater:
            return infix(expr, ">");
        case Op::greater_equal:
            return infix(expr, ">=");
        case Op::chain:
            return "(" + to_text(expr.args[0]) + " < " + to_text(expr.args[1]) +
                   " <= " + to_text(expr.args[2]) + ")";
        case Op::conjunction:
            return infix(expr, "AND");
        case Op::disjunction:
            return infix(expr, "OR");
        case Op::exclusive:
            return infix(expr, "XOR");
        case Op::negation:
            return "(NOT " + to_text(expr.args[0]) + ")";
        case Op::is_null:
            return "(" + to_text(expr.args[0]) + " IS NULL)";
        case Op::is_not_null:
            return "(" + to_text(expr.args[0]) + " IS NOT NULL)";
        case Op::in:
            return infix(expr, "IN");
        case Op::starts_with:
            return infix(expr, "STARTS WITH");
        case Op::ends_with:
            return infix(expr, "ENDS WITH");
        case Op::contains:
            return infix(expr, "CONTAINS");
        case Op::labels:
            return "(" + to_text(expr.args[0]) + text_of(expr.label_test) + ")";
        case Op::list:
            return "[" + texts(expr.args) + "]";
        case Op::add:
            return infix(expr, "+");
        case Op::subtract:
            return infix(expr, "-");
        case Op::multiply:
            return infix(expr, "*");
        case Op::subscript:
            return to_text(expr.args[0]) + "[" + to_text(expr.args[1]) + "]";
        case Op::choice:
            return "CASE WHEN " + to_text(expr.args[0]) + " THEN " + to_text(expr.args[1]) + " ELSE " +
                   to_text(expr.args[2]) + " END";
        case Op::function:
            return expr.name + "(" + texts(expr.args) + ")";
        case Op::exists:
            return block(expr, "EXISTS");
        case Op::pattern:
            return "(" + to_text(expr.patterns[0]) + ")";
        case Op::count_block:
            return block(expr, "COUNT");
        case Op::comprehended:
            return "[" + to_text(expr.patterns[0]) +
                   (expr.args.size() > 1 ? " WHERE " + to_text(expr.args[1]) : "") + " | " +
                   to_text(expr.args[0]) + "]";
        case Op::quantifier:
            return expr.name + "(" + expr.variable + " IN " + to_text(expr.args[0]) + " WHERE " +
                   to_text(expr.args[1]) + ")";
        case Op::comprehension:
            return "[" + expr.variable + " IN " + to_text(expr.args[0]) + " WHERE " + to_text(expr.args[1]) +
                   " | " + to_text(expr.args[2]) + "]";
        case Op::aggregate:
            return expr.name + "(" + (expr.distinct ? "DISTINCT " : "") +
                   (expr.args.empty() ? "*" : texts(expr.args)) + ")";
    }
    return "";
}

std::string to_text(const Clause& clause, bool last) {
    if (const auto* match = std::get_if<Match>(&clause)) {
        std::string text = match->optional ? "OPTIONAL MATCH " : "MATCH ";
        if (match->repeatable) text += "REPEATABLE ELEMENTS ";
        text += texts(match->paths);
        if (match->where) text += " WHERE " + to_text(*match->where);
        return text;
    }
    if (const auto* unwind = std::get_if<Unwind>(&clause)) {
        return "UNWIND " + to_text(unwind->list) + " AS " + unwind->variable;
    }
    return text_of(std::get<Projection>(clause), last);
}

std::string to_text(const Query& query) {
    std::vector<std::string> parts;
    for (const std::vector<Clause>& part : query.parts) {
        std::vector<std::string> clauses;
        for (std::size_t i = 0; i < part.size(); ++i) {
            clauses.push_back(to_text(part[i], i + 1 == part.size()));
        }
        parts.push_back(joined(clauses, "\n"));
    }
    return joined(parts, query.union_all ? "\nUNION ALL\n" : "\nUNION\n");
}

bool has_aggregate(const Expr& expr) {
    if (expr.op == Op::aggregate) return true;
    for (const Expr& arg : expr.args) {
        if (has_aggregate(arg)) return true;
    }
    return false;
}

bool merges_equal_values(const Query& query) {
    if (query.parts.size() > 1 && !query.union_all) return true;
    for (const std::vector<Clause>& part : query.parts) {
        for (const Clause& clause : part) {
            const auto* projection = std::get_if<Projection>(&clause);
            if (projection == nullptr) continue;
            if (projection->distinct || !projection->order_by.empty()) return true;
            for (const Projection::Item& item : projection->items) {
                if (has_aggregate(item.expr)) return true;
            }
        }
    }
    return false;
}

Expr literal(Datum value) {
    Expr expr;
    expr.value = std::move(value);
    return expr;
}

Expr variable(std::string name) {
    Expr expr{.op = Op::variable};
    expr.name = std::move(name);
    return expr;
}

Expr property(Expr of, std::string key) {
    Expr expr = apply(Op::property, {std::move(of)});
    expr.name = std::move(key);
    return expr;
}

Expr apply(Op op, std::vector<Expr> args) {
    Expr expr{.op = op};
    expr.args = std::move(args);
    return expr;
}

Expr call(std::string function, std::vector<Expr> args) {
    Expr expr = apply(Op::function, std::move(args));
    expr.name = std::move(function);
    return expr;
}

}  // namespace islet::oracle
