// The binder's errors and warnings: with a span, and the nearest known name.

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

#include "bind.hpp"
#include "cardinality.hpp"

namespace islet::query {
namespace {

/// The names of a snapshot as a range for nearest().
template <class Id>
std::vector<std::string_view> all_names(const Snapshot& snapshot, std::uint32_t count) {
    std::vector<std::string_view> names;
    names.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) names.push_back(snapshot.name(Id{i}));
    return names;
}

std::string did_you_mean(const std::optional<std::string>& name) {
    return name ? "did you mean `" + *name + "`?" : std::string();
}

}  // namespace

void Binder::fail(Complaint complaint) const {
    throw Exception({.code = std::string(complaint.code),
                     .kind = std::string(complaint.kind),
                     .phase = "compile time",
                     .detail = std::string(complaint.detail),
                     .message = std::move(complaint.message),
                     .span = locate(text_, complaint.span.begin, complaint.span.end),
                     .hint = std::move(complaint.hint),
                     .place = {}});
}

void Binder::warn(std::string_view code, std::string message, ast::Span span, std::string hint) {
    // Who gets this many reads no more, and each is shown with its place in a text that may be long.
    constexpr std::size_t most = 50;
    if (out_.warnings.size() > most) return;
    if (out_.warnings.size() == most) {
        out_.warnings.push_back({"01N00", "there are more warnings than these", {}, {}});
        return;
    }
    out_.warnings.push_back(
        {std::string(code), std::move(message), locate(text_, span.begin, span.end), std::move(hint)});
}

void Binder::undefined_variable(const ast::Name& name, const Scope& scope) const {
    std::vector<std::string_view> known;
    for (const auto& [text, slot] : scope.names()) known.push_back(text);
    std::string hint = did_you_mean(nearest(name.text, known));
    if (hint.empty() && known.size() == 1) hint = "did you mean `" + std::string(known.front()) + "`?";
    fail({.code = "42N62",
          .detail = "UndefinedVariable",
          .message = "variable `" + name.text + "` is not defined",
          .span = name.span,
          .hint = hint});
}

void Binder::check_label(const ast::Name& name) {
    if (writes_ || wrote_ || names_.find_label(name.text)) return;
    warn("01N50", "no node has the label `" + name.text + "`", name.span,
         did_you_mean(nearest(name.text, all_names<LabelId>(names_, names_.label_count()))));
}

void Binder::check_type(const ast::Name& name) {
    if (writes_ || wrote_ || names_.find_type(name.text)) return;
    warn("01N51", "no relationship has the type `" + name.text + "`", name.span,
         did_you_mean(nearest(name.text, all_names<TypeId>(names_, names_.type_count()))));
}

void Binder::check_key(const ast::Name& name) {
    if (writes_ || wrote_ || names_.find_key(name.text)) return;
    warn("01N52", "nothing has the property `" + name.text + "`", name.span,
         did_you_mean(nearest(name.text, all_names<KeyId>(names_, names_.key_count()))));
}

void Binder::warn_unbounded(PatternRel::Length length, ast::Span span) {
    if (length.max != UINT64_MAX || names_.rel_count() <= 1000) return;
    warn("03N91", "this pattern may follow any number of relationships", span,
         "give an upper bound, such as `*1..5` or `{1,5}`");
}

/// `x = null`, and comparisons of kinds that nothing has in common.
void Binder::warn_never_true(ast::Comparison::Op op, ExprId left, ExprId right, ast::Span span) {
    using Op = ast::Comparison::Op;
    const auto is_null = [&](ExprId id) {
        const auto* literal = std::get_if<Constant>(&out_.pool[id].node);
        return literal != nullptr && literal->value.is_null();
    };
    const bool equality = op == Op::equal || op == Op::not_equal;
    if (is_null(left) || is_null(right)) {
        std::string hint;
        if (equality) hint = op == Op::equal ? "ask `IS NULL`" : "ask `IS NOT NULL`";
        warn("01N53", "a comparison with null is never true", span, std::move(hint));
        return;
    }
    if (op == Op::not_equal) return;
    const auto kinds = [&](ExprId id) {
        const TypeSet set = out_.pool[id].type.set;
        return static_cast<TypeSet>((set & number_type) != 0 ? set | number_type : set);
    };
    const TypeSet a = kinds(left);
    const TypeSet b = kinds(right);
    if (a == 0 || b == 0 || (a & b) != 0) return;
    warn("01N53",
         "this comparison is never true: " + describe(out_.pool[left].type) + " and " +
             describe(out_.pool[right].type) + (equality ? " are never equal" : " have no order"),
         span, "convert one of them, for example with toString() or toInteger()");
}

/// Parts of a MATCH that nothing connects and nothing narrows give each row of the one with each of the
/// other.
void Binder::warn_unconnected(const PatternGraph& graph, const ast::Match& match) {
    constexpr double many = 10000;
    if (graph.nodes.size() < 2 || match.pattern.size() < 2) return;
    std::vector<std::size_t> part(graph.nodes.size());
    for (std::size_t i = 0; i < part.size(); ++i) part[i] = i;
    const auto join = [&](std::size_t a, std::size_t b) {
        const std::size_t from = part[a];
        const std::size_t to = part[b];
        for (std::size_t& each : part) each = each == from ? to : each;
    };
    std::vector<std::uint8_t> narrowed(part.size());
    for (const PatternRel& rel : graph.rels) {
        join(rel.from, rel.to);
        if (rel.bound) narrowed[rel.from] = 1;
    }
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (graph.nodes[i].bound) narrowed[i] = 1;
    }
    for (const ExprId predicate : graph.predicates) {
        std::optional<std::size_t> first;
        const auto reads = [&](std::size_t node) {
            narrowed[node] = 1;
            if (first) join(*first, node);
            first = node;
        };
        for (std::size_t i = 0; i < part.size(); ++i) {
            if (reads_slot(predicate, graph.nodes[i].slot)) reads(i);
        }
        for (const PatternRel& rel : graph.rels) {
            if (reads_slot(predicate, rel.slot)) reads(rel.from);
        }
    }
    const Cardinality cardinality(names_);
    double rows = 1;
    std::size_t wide = 0;
    for (std::size_t root = 0; root < part.size(); ++root) {
        double least = std::numeric_limits<double>::infinity();
        bool narrow = false;
        for (std::size_t i = 0; i < part.size(); ++i) {
            if (part[i] != root) continue;
            least = std::min(least, cardinality.nodes(graph.nodes[i].labels));
            narrow = narrow || narrowed[i] != 0;
        }
        if (narrow || least == std::numeric_limits<double>::infinity()) continue;
        rows *= least;
        ++wide;
    }
    if (wide < 2 || rows < many) return;
    const ast::Span span{match.pattern.front().span.begin, match.pattern.back().span.end};
    warn("03N90", "nothing connects these patterns: each match of the one comes with each of the other", span,
         "connect them by a relationship or by a condition in WHERE");
}

std::string Binder::describe(StaticType type) const {
    std::string text;
    for (unsigned bit = 0; bit < kind_count; ++bit) {
        if ((type.set & (1U << bit)) == 0) continue;
        if (!text.empty()) text += " or ";
        text += kind_name(static_cast<Kind>(bit));
    }
    return text.empty() ? "NULL" : text;
}

void Binder::expect(ExprId operand, TypeSet accepted, std::string_view what) {
    const Expr& expr = out_.pool[operand];
    expect(expr.type, expr.span, accepted, what);
}

void Binder::expect(StaticType type, ast::Span span, TypeSet accepted, std::string_view what) {
    if (type.set == 0 || (type.set & accepted) != 0) return;
    fail({.code = "22G03",
          .detail = "InvalidArgumentType",
          .message = std::string(what) + " takes " + describe({accepted, any_type}) + ", but this is " +
                     describe(type),
          .span = span,
          .hint = {}});
}

}  // namespace islet::query
