#include <algorithm>
#include <utility>

#include "generate.hpp"

namespace islet::oracle {
namespace {

/// Sets a flag, and gives it back its old value at the end.
class Restore {
 public:
    Restore(bool& flag, bool value) : flag_(flag), old_(std::exchange(flag, value)) {}
    ~Restore() { flag_ = old_; }
    Restore(const Restore&) = delete;
    Restore& operator=(const Restore&) = delete;

 private:
    bool& flag_;
    bool old_;
};

}  // namespace

std::optional<Variable> Generator::any_of(const Scope& scope, std::initializer_list<Type> types) {
    std::vector<Variable> found;
    for (const Variable& one : scope) {
        if (std::find(types.begin(), types.end(), one.type) != types.end()) found.push_back(one);
    }
    if (found.empty()) return std::nullopt;
    return random_.pick(found);
}

std::optional<Expr> Generator::property_of_any(const Scope& scope, std::string_view key) {
    const auto of = any_of(scope, {Type::node, Type::rel});
    if (!of) return std::nullopt;
    return property(variable(of->name), std::string(key));
}

Expr Generator::small_number(const Scope& scope, bool whole) {
    const char* const key = whole || random_.chance(50) ? "i" : "f";
    if (random_.chance(60)) {
        if (auto found = property_of_any(scope, key)) return *found;
    }
    return literal(random_value(random_, key));
}

Expr Generator::number(const Scope& scope, int depth, bool whole) {
    const Restore restore(patterns_, false);
    const std::size_t choice = random_.below(depth > 0 ? 14 : 5);
    switch (choice) {
        case 0:
            if (const auto found = any_of(scope, {Type::integer})) return variable(found->name);
            break;
        case 1:
            if (const auto found = any_of(scope, {Type::integer, Type::number}); found && !whole) {
                return variable(found->name);
            }
            break;
        case 2:
            if (auto found = property_of_any(scope, "uid")) return *found;
            break;
        case 5:
            return call("size", {random_.chance(30) ? bag(scope, depth - 1) : list(scope, depth - 1)});
        case 6:
            return apply(random_.chance(50) ? Op::add : Op::subtract,
                         {number(scope, depth - 1, whole), number(scope, depth - 1, whole)});
        case 7:
            return apply(Op::multiply, {small_number(scope, whole), small_number(scope, whole)});
        case 8:
            return apply(Op::choice, {condition(scope, depth - 1), number(scope, depth - 1, whole),
                                      number(scope, depth - 1, whole)});
        case 9:
            return call("coalesce", {number(scope, depth - 1, whole), number(scope, depth - 1, whole)});
        case 10:
            if (const auto found = any_of(scope, {Type::node})) return call("id", {variable(found->name)});
            break;
        case 11:
            if (const auto found = any_of(scope, {Type::path})) {
                return call("length", {variable(found->name)});
            }
            if (const auto found = any_of(scope, {Type::rels, Type::nodes})) {
                return call("size", {variable(found->name)});
            }
            break;
        case 12:
            if (any_of(scope, {Type::node})) return block(Op::count_block, scope, depth - 1);
            break;
        case 13:
            if (rich_) {
                const std::vector<std::string> functions = {"abs", "sign", "ceil", "floor"};
                if (!whole) return call(random_.pick(functions), {number(scope, depth - 1, false)});
                return call("size", {call("toUpper", {text(scope, depth - 1)})});
            }
            if (auto found = property_of_any(scope, "m"); found && random_.chance(10)) {
                may_fail_ = true;
                return apply(Op::add, {*found, number(scope, depth - 1, whole)});
            }
            break;
        default:
            break;
    }
    return small_number(scope, whole);
}

Expr Generator::text(const Scope& scope, int depth) {
    const Restore restore(patterns_, false);
    switch (random_.below(depth > 0 ? 8 : 3)) {
        case 0:
            if (const auto found = any_of(scope, {Type::text})) return variable(found->name);
            break;
        case 3:
            if (const auto found = any_of(scope, {Type::rel})) return call("type", {variable(found->name)});
            break;
        case 4:
            if (random_.chance(50)) {
                return apply(Op::choice,
                             {condition(scope, depth - 1), text(scope, depth - 1), text(scope, depth - 1)});
            }
            return call("coalesce", {text(scope, depth - 1), text(scope, depth - 1)});
        case 5:
            if (!rich_) break;
            return apply(Op::add, {text(scope, depth - 1), text(scope, depth - 1)});
        case 6: {
            if (!rich_) break;
            const std::vector<std::string> functions = {"toUpper", "toLower", "trim", "reverse"};
            return call(random_.pick(functions), {text(scope, depth - 1)});
        }
        case 7:
            if (!rich_) break;
            return call("toString", {number(scope, depth - 1, false)});
        default:
            break;
    }
    if (random_.chance(60)) {
        if (auto found = property_of_any(scope, "s")) return *found;
    }
    return literal(random_.chance(5) ? null_datum() : random_value(random_, "s"));
}

Expr Generator::list(const Scope& scope, int depth) {
    const Restore restore(patterns_, false);
    switch (random_.below(depth > 0 ? 8 : 3)) {
        case 0:
            if (const auto found = any_of(scope, {Type::list})) return variable(found->name);
            break;
        case 1: {
            Data elements;
            for (std::size_t i = random_.below(4); i > 0; --i) {
                elements.push_back(random_.chance(15) ? null_datum() : random_value(random_, "m"));
            }
            return literal(datum(elements));
        }
        case 3: {
            std::vector<Expr> elements;
            for (std::size_t i = random_.between(1, 3); i > 0; --i) {
                elements.push_back(value(scope, depth - 1));
            }
            return apply(Op::list, std::move(elements));
        }
        case 4: {
            Scope inner = scope;
            inner.push_back({fresh('e'), Type::any});
            Expr out = apply(Op::comprehension, {});
            out.variable = inner.back().name;
            out.args = {list(scope, depth - 1), condition(inner, depth - 1),
                        random_.chance(50) ? variable(out.variable) : value(inner, depth - 1)};
            return out;
        }
        case 5:
            return call("range", {literal(integer(static_cast<std::int64_t>(random_.below(3)))),
                                  literal(integer(static_cast<std::int64_t>(random_.below(4))))});
        case 6:
            if (!rich_) break;
            if (const auto found = any_of(scope, {Type::node})) {
                return call(random_.chance(50) ? "labels" : "keys", {variable(found->name)});
            }
            break;
        case 7:
            if (!rich_) break;
            return call(random_.chance(50) ? "tail" : "reverse", {list(scope, depth - 1)});
        default:
            break;
    }
    if (auto found = property_of_any(scope, "l")) return *found;
    return literal(random_value(random_, "l"));
}

/// A list in no certain order. REQUIRES: what takes it does not mind.
Expr Generator::bag(const Scope& scope, int depth) {
    const Restore restore(patterns_, false);
    if (random_.chance(40)) {
        if (const auto found = any_of(scope, {Type::bag})) return variable(found->name);
    }
    if (!any_of(scope, {Type::node}) || depth < 0) return list(scope, depth);
    Expr out = apply(Op::comprehended, {});
    Scope inner = scope;
    used_rels_.clear();
    out.patterns = {path(inner, scope, 2)};
    std::erase_if(inner, [](const Variable& one) { return one.type == Type::path; });
    if (out.patterns[0].steps.empty()) {
        out.patterns[0].steps.push_back({rel_pattern(inner, scope), node_pattern(inner, scope)});
    }
    for (Step& step : out.patterns[0].steps) step.rel.form = RelPattern::Form::star;
    out.patterns[0].variable.clear();
    out.args.push_back(value(inner, depth - 1));
    if (random_.chance(50)) out.args.push_back(where(inner, depth - 1));
    return out;
}

Expr Generator::expression(Type type, const Scope& scope, int depth) {
    switch (type) {
        case Type::boolean:
            return condition(scope, depth);
        case Type::integer:
            return number(scope, depth, true);
        case Type::number:
            return number(scope, depth, false);
        case Type::text:
            return text(scope, depth);
        case Type::list:
            return list(scope, depth);
        default:
            break;
    }
    return value(scope, depth);
}

Expr Generator::value(const Scope& scope, int depth) {
    const Restore restore(patterns_, false);
    switch (random_.below(10)) {
        case 0:
            return number(scope, depth, true);
        case 1:
        case 2:
            return number(scope, depth, false);
        case 3:
            return text(scope, depth);
        case 4:
            if (depth > 0) return condition(scope, depth - 1);
            break;
        case 5:
            return list(scope, depth);
        case 6:
            if (const auto found = any_of(scope, {Type::any})) return variable(found->name);
            break;
        case 7:
            if (depth > 0) {
                Expr of = list(scope, depth - 1);
                if (random_.chance(50)) return call(random_.chance(50) ? "head" : "last", {of});
                const auto at = static_cast<std::int64_t>(random_.below(4)) - 2;
                // A literal list is indexed in parentheses' stead by a variable or a property.
                return apply(Op::subscript, {of, literal(integer(at))});
            }
            break;
        default:
            break;
    }
    if (auto found = property_of_any(scope, "m")) return *found;
    return literal(random_.chance(10) ? null_datum() : random_value(random_, "m"));
}

Expr Generator::comparison(const Scope& scope, int depth) {
    static const std::vector<Op> ops = {Op::equal,      Op::equal,   Op::not_equal,    Op::less,
                                        Op::less_equal, Op::greater, Op::greater_equal};
    const Op op = random_.pick(ops);
    switch (random_.below(5)) {
        case 0:
            return apply(op, {text(scope, depth), text(scope, depth)});
        case 1:  // of kinds that may differ
            return apply(op, {value(scope, depth), value(scope, depth)});
        case 2:
            return apply(Op::chain, {number(scope, depth, false), number(scope, depth, false),
                                     number(scope, depth, false)});
        default:
            return apply(op, {number(scope, depth, false), number(scope, depth, false)});
    }
}

Expr Generator::block(Op op, const Scope& scope, int depth) {
    Expr out = apply(op, {});
    Scope inner = scope;
    used_rels_.clear();
    out.patterns = {path(inner, scope, 2)};
    if (random_.chance(25)) out.patterns.push_back(path(inner, scope, 1));
    if (random_.chance(50)) out.args.push_back(where(inner, depth - 1));
    return out;
}

Expr Generator::leaf_condition(const Scope& scope, int depth) {
    switch (random_.below(13)) {
        case 0: {
            Expr of = value(scope, depth - 1);
            if (const auto found = any_of(scope, {Type::node, Type::rel, Type::rels, Type::path});
                found && random_.chance(50)) {
                of = variable(found->name);
            }
            return apply(random_.chance(50) ? Op::is_null : Op::is_not_null, {of});
        }
        case 1:
            return apply(Op::in, {value(scope, depth - 1),
                                  random_.chance(20) ? bag(scope, depth - 1) : list(scope, depth - 1)});
        case 2: {
            static const std::vector<Op> ops = {Op::starts_with, Op::ends_with, Op::contains};
            return apply(random_.pick(ops), {text(scope, depth - 1), text(scope, depth - 1)});
        }
        case 3:
            if (const auto found = any_of(scope, {Type::node})) {
                Expr out = apply(Op::labels, {variable(found->name)});
                out.label_test = label_test();
                return out;
            }
            break;
        case 4:
            if (auto found = property_of_any(scope, "b")) return *found;
            break;
        case 5:
            if (const auto found = any_of(scope, {Type::boolean})) return variable(found->name);
            return literal(random_.chance(20) ? null_datum() : datum(random_.chance(50)));
        case 6: {
            const auto a = any_of(scope, {Type::node});
            const auto b = any_of(scope, {Type::node});
            if (a && b) {
                return apply(random_.chance(50) ? Op::equal : Op::not_equal,
                             {variable(a->name), variable(b->name)});
            }
            break;
        }
        case 7:
            if (const auto found = any_of(scope, {Type::node})) {
                Expr id = literal(integer(static_cast<std::int64_t>(random_.below(8)) - 1));
                if (random_.chance(30)) id = number(scope, depth - 1, random_.chance(70));
                const Expr of = call("id", {variable(found->name)});
                return random_.chance(50) ? apply(Op::equal, {of, id}) : apply(Op::equal, {id, of});
            }
            break;
        case 8:
            if (patterns_ && any_of(scope, {Type::node})) {
                Expr out = apply(Op::pattern, {});
                out.patterns = {closed_path(scope)};
                return out;
            }
            break;
        case 9:
            if (any_of(scope, {Type::node}) && depth > 0) return block(Op::exists, scope, depth - 1);
            break;
        case 10: {
            static const std::vector<std::string> names = {"any", "all", "none", "single"};
            Scope inner = scope;
            inner.push_back({fresh('e'), Type::any});
            Expr out = apply(Op::quantifier, {});
            out.name = random_.pick(names);
            out.variable = inner.back().name;
            if (const auto rels = any_of(scope, {Type::rels}); rels && random_.chance(50)) {
                inner.back().type = Type::rel;
                out.args.push_back(variable(rels->name));
            } else {
                out.args.push_back(list(scope, depth - 1));
            }
            out.args.push_back(condition(inner, depth - 1));
            return out;
        }
        case 11:
            if (auto found = property_of_any(scope, "m"); found && random_.chance(10)) {
                may_fail_ = true;
                return *found;
            }
            if (rich_) return rich_condition(scope, depth);
            break;
        default:
            break;
    }
    return comparison(scope, depth - 1);
}

Expr Generator::rich_condition(const Scope& scope, int depth) {
    const Restore restore(patterns_, false);
    switch (random_.below(4)) {
        case 0:
            return call("isEmpty", {list(scope, depth - 1)});
        case 1:
            return call("toBoolean", {text(scope, depth - 1)});
        case 2: {
            Expr quotient = call("toFloat", {number(scope, depth - 1, false)});
            return apply(Op::less, {call("sqrt", {quotient}), number(scope, depth - 1, false)});
        }
        default:
            if (const auto found = any_of(scope, {Type::node, Type::rel})) {
                return apply(Op::in, {text(scope, depth - 1), call("keys", {variable(found->name)})});
            }
            return comparison(scope, depth - 1);
    }
}

Expr Generator::where(const Scope& scope, int depth) {
    const Restore restore(patterns_, true);
    return condition(scope, depth);
}

Expr Generator::condition(const Scope& scope, int depth) {
    if (depth <= 0) return leaf_condition(scope, depth);
    switch (random_.below(8)) {
        case 0:
        case 1:
            return apply(Op::conjunction, {condition(scope, depth - 1), condition(scope, depth - 1)});
        case 2:
            return apply(Op::disjunction, {condition(scope, depth - 1), condition(scope, depth - 1)});
        case 3:
            return apply(Op::exclusive, {condition(scope, depth - 1), condition(scope, depth - 1)});
        case 4:
            return apply(Op::negation, {condition(scope, depth - 1)});
        default:
            return leaf_condition(scope, depth);
    }
}

}  // namespace islet::oracle
