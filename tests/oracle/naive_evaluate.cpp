// Expressions and aggregates, in three-valued logic.
#include <algorithm>

#include "naive.hpp"

namespace islet::oracle {
namespace {

Datum of_truth(Truth truth) {
    return truth ? datum(*truth) : null_datum();
}

Truth negated(Truth a) {
    return a ? Truth(!*a) : std::nullopt;
}

Truth both(Truth a, Truth b) {
    if (a == false || b == false) return false;
    if (!a || !b) return std::nullopt;
    return true;
}

Truth either(Truth a, Truth b) {
    return negated(both(negated(a), negated(b)));
}

Datum property_of(const World& world, const Datum& subject, const std::string& key) {
    if (subject.is_null()) return {};
    const Properties* properties = nullptr;
    if (const auto* node = subject.as<NodeRef>()) properties = &world.graph.nodes[node->at].properties;
    if (const auto* rel = subject.as<RelRef>()) properties = &world.graph.rels[rel->at].properties;
    if (properties == nullptr) throw TypeFailure("a property of what has none");
    const auto found = properties->find(key);
    return found == properties->end() ? null_datum() : found->second;
}

Datum element_in(const Datum& element, const Datum& list) {
    if (list.is_null()) return {};
    const auto* elements = list.as<Data>();
    if (elements == nullptr) throw TypeFailure("IN what is no list");
    Truth any = false;
    for (const Datum& one : *elements) any = either(any, equal(element, one));
    return of_truth(any);
}

Datum text_test(Op op, const Datum& a, const Datum& b) {
    const auto* text = a.as<std::string>();
    const auto* part = b.as<std::string>();
    if (text == nullptr || part == nullptr) return {};
    if (op == Op::starts_with) return datum(text->starts_with(*part));
    if (op == Op::ends_with) return datum(text->ends_with(*part));
    return datum(text->find(*part) != std::string::npos);
}

Datum arithmetic(Op op, const Datum& a, const Datum& b) {
    if (a.is_null() || b.is_null()) return {};
    if (!a.is_number() || !b.is_number()) throw TypeFailure("arithmetic of what is no number");
    const auto* x = a.as<std::int64_t>();
    const auto* y = b.as<std::int64_t>();
    if (x != nullptr && y != nullptr) {
        std::int64_t out = 0;
        const bool overflow = op == Op::add        ? __builtin_add_overflow(*x, *y, &out)
                              : op == Op::subtract ? __builtin_sub_overflow(*x, *y, &out)
                                                   : __builtin_mul_overflow(*x, *y, &out);
        if (overflow) throw TypeFailure("overflow");
        return integer(out);
    }
    if (op == Op::add) return datum(a.number() + b.number());
    if (op == Op::subtract) return datum(a.number() - b.number());
    return datum(a.number() * b.number());
}

Datum element_at(const Datum& list, const Datum& index) {
    if (list.is_null() || index.is_null()) return {};
    const auto* elements = list.as<Data>();
    const auto* at = index.as<std::int64_t>();
    if (elements == nullptr || at == nullptr) throw TypeFailure("an element of what is no list");
    const auto size = static_cast<std::int64_t>(elements->size());
    const std::int64_t place = *at < 0 ? *at + size : *at;
    return place >= 0 && place < size ? (*elements)[static_cast<std::size_t>(place)] : null_datum();
}

Datum function_of(const World& world, const std::string& name, const Data& args) {
    if (name == "coalesce") {
        for (const Datum& arg : args) {
            if (!arg.is_null()) return arg;
        }
        return {};
    }
    if (name == "range") {
        Data out;
        for (auto i = std::get<std::int64_t>(args[0].held); i <= std::get<std::int64_t>(args[1].held); ++i) {
            out.push_back(integer(i));
        }
        return datum(out);
    }
    const Datum& of = args.at(0);
    if (of.is_null()) return {};
    if (const auto* node = of.as<NodeRef>()) {
        if (name == "id") return integer(world.graph.nodes[node->at].engine_id);
    }
    if (const auto* rel = of.as<RelRef>()) {
        const Relationship& held = world.graph.rels[rel->at];
        if (name == "type") return datum(held.type);
        if (name == "startNode") return datum(NodeRef{held.source});
        if (name == "endNode") return datum(NodeRef{held.target});
    }
    if (const auto* list = of.as<Data>()) {
        if (name == "size") return integer(static_cast<std::int64_t>(list->size()));
        if (name == "head") return list->empty() ? null_datum() : list->front();
        if (name == "last") return list->empty() ? null_datum() : list->back();
    }
    if (const auto* walk = of.as<Walk>()) {
        if (name == "length") return integer(static_cast<std::int64_t>(walk->rels.size()));
        Data out;
        if (name == "nodes") {
            for (const NodeRef node : walk->nodes) out.push_back(datum(node));
            return datum(out);
        }
        if (name == "relationships") {
            for (const RelRef rel : walk->rels) out.push_back(datum(rel));
            return datum(out);
        }
    }
    throw TypeFailure(name + "() of what it does not take");
}

Datum label_test(const World& world, const Expr& expr, const Datum& subject) {
    if (subject.is_null()) return {};
    const auto* node = subject.as<NodeRef>();
    if (node == nullptr) throw TypeFailure("labels of what is no node");
    return datum(has_labels(world.graph.nodes[node->at], expr.label_test));
}

/// The matches of the patterns in an expression for which its condition, if there is one, is true.
std::vector<Bindings> matches(World& world, const Expr& expr, std::size_t condition,
                              const Bindings& bindings) {
    std::vector<Bindings> out;
    const std::vector<Bindings>* const group = std::exchange(world.group, nullptr);
    each_match(world, expr.patterns, bindings, [&](const Bindings& match) {
        if (expr.args.size() <= condition || truth_of(evaluate(world, expr.args[condition], match)) == true) {
            out.push_back(match);
        }
    });
    world.group = group;
    return out;
}

Datum quantified(World& world, const Expr& expr, const Bindings& bindings) {
    const Datum list = evaluate(world, expr.args[0], bindings);
    if (list.is_null()) return {};
    const auto* elements = list.as<Data>();
    if (elements == nullptr) throw TypeFailure("a quantifier over what is no list");
    std::size_t yes = 0;
    std::size_t no = 0;
    std::size_t unknown = 0;
    for (const Datum& element : *elements) {
        Bindings inner = bindings;
        inner[expr.variable] = element;
        const Truth truth = truth_of(evaluate(world, expr.args[1], inner));
        ++(!truth ? unknown : *truth ? yes : no);
    }
    Truth any = false;
    if (unknown > 0) any = std::nullopt;
    if (yes > 0) any = true;
    if (expr.name == "any") return of_truth(any);
    if (expr.name == "none") return of_truth(negated(any));
    if (expr.name == "all") return no > 0 ? datum(false) : unknown > 0 ? null_datum() : datum(true);
    return yes > 1 ? datum(false) : unknown > 0 ? null_datum() : datum(yes == 1);  // single
}

Datum comprehension(World& world, const Expr& expr, const Bindings& bindings) {
    const Datum list = evaluate(world, expr.args[0], bindings);
    if (list.is_null()) return {};
    const auto* elements = list.as<Data>();
    if (elements == nullptr) throw TypeFailure("a comprehension over what is no list");
    Data out;
    for (const Datum& element : *elements) {
        Bindings inner = bindings;
        inner[expr.variable] = element;
        const Datum image = evaluate(world, expr.args[2], inner);
        if (truth_of(evaluate(world, expr.args[1], inner)) == true) out.push_back(image);
    }
    return datum(out);
}

Datum aggregated(World& world, const Expr& expr) {
    if (world.group == nullptr) throw std::logic_error("an aggregate without rows");
    const std::vector<Bindings>& rows = *std::exchange(world.group, nullptr);
    Data values;
    for (const Bindings& row : rows) {
        const Datum value = expr.args.empty() ? integer(1) : evaluate(world, expr.args[0], row);
        const bool again = expr.distinct && std::any_of(values.begin(), values.end(),
                                                        [&](const Datum& v) { return same(v, value); });
        if (!value.is_null() && !again) values.push_back(value);
    }
    world.group = &rows;
    if (expr.name == "count") return integer(static_cast<std::int64_t>(values.size()));
    if (expr.name == "collect") return datum(values);
    if (expr.name == "sum") {
        Datum sum = integer(0);
        for (const Datum& value : values) sum = arithmetic(Op::add, sum, value);
        return sum;
    }
    Datum best;
    for (const Datum& value : values) {
        const int sign = best.is_null() ? 0 : total_order(value, best);
        if (best.is_null() || (expr.name == "min" ? sign < 0 : sign > 0)) best = value;
    }
    return best;
}

Truth comparison(Op op, const Datum& a, const Datum& b) {
    if (op == Op::equal) return equal(a, b);
    if (op == Op::not_equal) return negated(equal(a, b));
    const std::optional<int> sign = compared(a, b);
    if (!sign) return std::nullopt;
    if (op == Op::less) return *sign < 0;
    if (op == Op::less_equal) return *sign <= 0;
    if (op == Op::greater) return *sign > 0;
    return *sign >= 0;
}

}  // namespace

Truth truth_of(const Datum& value) {
    if (value.is_null()) return std::nullopt;
    const auto* truth = value.as<bool>();
    if (truth == nullptr) throw TypeFailure("a condition that is no boolean");
    return *truth;
}

Datum evaluate(World& world, const Expr& expr, const Bindings& bindings) {
    world.spend();
    // First what binds variables of its own, so that its operands are not computed here.
    switch (expr.op) {
        case Op::exists:
        case Op::pattern:
            return datum(!matches(world, expr, 0, bindings).empty());
        case Op::count_block:
            return integer(static_cast<std::int64_t>(matches(world, expr, 0, bindings).size()));
        case Op::comprehended: {
            Data out;
            for (const Bindings& match : matches(world, expr, 1, bindings)) {
                out.push_back(evaluate(world, expr.args[0], match));
            }
            return datum(out);
        }
        case Op::quantifier:
            return quantified(world, expr, bindings);
        case Op::comprehension:
            return comprehension(world, expr, bindings);
        case Op::aggregate:
            return aggregated(world, expr);
        default:
            break;
    }
    Data args;
    for (const Expr& arg : expr.args) args.push_back(evaluate(world, arg, bindings));
    switch (expr.op) {
        case Op::literal:
            return expr.value;
        case Op::variable: {
            const auto found = bindings.find(expr.name);
            if (found == bindings.end()) throw std::logic_error("no variable " + expr.name);
            return found->second;
        }
        case Op::property:
            return property_of(world, args[0], expr.name);
        case Op::equal:
        case Op::not_equal:
        case Op::less:
        case Op::less_equal:
        case Op::greater:
        case Op::greater_equal:
            return of_truth(comparison(expr.op, args[0], args[1]));
        case Op::chain:
            return of_truth(
                both(comparison(Op::less, args[0], args[1]), comparison(Op::less_equal, args[1], args[2])));
        case Op::conjunction:
            return of_truth(both(truth_of(args[0]), truth_of(args[1])));
        case Op::disjunction:
            return of_truth(either(truth_of(args[0]), truth_of(args[1])));
        case Op::exclusive: {
            const Truth a = truth_of(args[0]);
            const Truth b = truth_of(args[1]);
            return a && b ? datum(*a != *b) : null_datum();
        }
        case Op::negation:
            return of_truth(negated(truth_of(args[0])));
        case Op::is_null:
            return datum(args[0].is_null());
        case Op::is_not_null:
            return datum(!args[0].is_null());
        case Op::in:
            return element_in(args[0], args[1]);
        case Op::starts_with:
        case Op::ends_with:
        case Op::contains:
            return text_test(expr.op, args[0], args[1]);
        case Op::labels:
            return label_test(world, expr, args[0]);
        case Op::list:
            return datum(args);
        case Op::add:
        case Op::subtract:
        case Op::multiply:
            return arithmetic(expr.op, args[0], args[1]);
        case Op::subscript:
            return element_at(args[0], args[1]);
        case Op::choice:
            return truth_of(args[0]) == true ? args[1] : args[2];
        case Op::function:
            return function_of(world, expr.name, args);
        default:
            throw std::logic_error("an operation without a meaning");
    }
}

}  // namespace islet::oracle
