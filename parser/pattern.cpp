// Patterns: nodes, relationships and the paths they make.
#include "pattern.hpp"

#include "expression.hpp"
#include "lookahead.hpp"
#include "syntax_failure.hpp"

namespace islet::parser::grammar {

// `{key: value}` or `$parameter`.
constexpr auto add_properties = [](auto& ctx) {
    ast::Span const span = builder(ctx).span(x3::_where(ctx).begin(), x3::_where(ctx).begin());
    x3::_val(ctx) = builder(ctx).add(std::move(x3::_attr(ctx)), span);
};
struct PropertiesId;
x3::rule<PropertiesId, ast::ExprId> const properties = "a map of properties";
auto const properties_def = spanned[map_literal[add_properties] | parameter[add_properties]];

struct NodeId;
x3::rule<NodeId, ast::NodePattern> const node = "a node such as `(n:Label)`";
auto const node_def =
    spanned[sym("(") >> -variable_name()[store<&ast::NodePattern::variable>] >>
            -((sym(":") | kw("IS")) >> x3::expect[labels][store_labels<&ast::NodePattern::labels>]) >>
            -properties[store<&ast::NodePattern::properties>] >>
            -(kw("WHERE") >> x3::expect[expression][store<&ast::NodePattern::where>]) >>
            x3::expect[sym(")", "`)` to close the node pattern")]];

// ------------------------------------------------------------- relationships

struct NaturalToken : Token<NaturalToken, std::uint64_t> {
    bool match(Iterator& first, Iterator last, std::uint64_t& value, AstBuilder const&) const {
        return scan::natural(first, last, value);
    }
};
inline constexpr NaturalToken natural{};

// `3` means from 3 to 3; a `..` behind it leaves the end open until one is given.
constexpr auto exact = [](auto& ctx) { x3::_val(ctx).min = x3::_val(ctx).max = x3::_attr(ctx); };
constexpr auto open_end = [](auto& ctx) { x3::_val(ctx).max.reset(); };
struct RangeId;
x3::rule<RangeId, ast::Range> const range = "a range such as `*1..3`";
auto const range_def = sym("*") >> -natural[exact] >>
                       -(sym("..")[open_end] >> -natural[store<&ast::Range::max>]);

// -------------------------------------------------------------- quantifiers

// `{3}` means from 3 to 3; a `,` behind it leaves the end open until one is given.
constexpr auto at_least = [](std::uint64_t min) { return [min](auto& ctx) { x3::_val(ctx).min = min; }; };
constexpr auto check_quantifier = [](auto& ctx) {
    ast::Range const& range = x3::_val(ctx);
    Iterator const end = position(ctx);
    if (range.max && *range.max < range.min.value_or(0)) {
        throw SyntaxFailure("UnexpectedSyntax", "a quantifier goes from the lower bound to the upper one", "",
                            end - 1, end);
    }
    if (range.max && *range.max == 0) {
        throw SyntaxFailure("UnexpectedSyntax", "the upper bound of a quantifier is at least 1", "", end - 1,
                            end);
    }
};
struct QuantifierId;
x3::rule<QuantifierId, ast::Range> const quantifier = "a quantifier such as `{1,3}`";
auto const quantifier_def =
    sym("+")[at_least(1)] | sym("*")[at_least(0)] |
    (sym("{") >> ((natural[exact] >> -(sym(",")[open_end] >> -natural[store<&ast::Range::max>])) |
                  (x3::expect[sym(",", "a number or `,`")] >> -natural[store<&ast::Range::max>])) >>
     x3::expect[sym("}", "`,`, a number or `}` to close the quantifier")] >> x3::eps[check_quantifier]);

constexpr auto missing_star = [](auto& ctx) {
    Iterator const end = position(ctx);
    throw SyntaxFailure("InvalidRelationshipPattern", "a range of lengths needs `*` before it, found `..`",
                        "write `*1..3`, or `*` for any length", end - 2, end);
};

// `<` only with the dash that follows: otherwise it compares a pattern predicate.
struct LeftArrow : Mark<LeftArrow> {
    bool match(Iterator& first, Iterator last) const {
        if (first == last || *first != '<') return false;
        Iterator at = first + 1;
        scan::skip_blank(at, last);
        if (at == last || *at != '-') return false;
        ++first;
        return true;
    }
};

using Arrow = ast::RelPattern::Arrow;
constexpr auto left_arrow = [](auto& ctx) { x3::_val(ctx).arrow = Arrow::left; };
constexpr auto right_arrow = [](auto& ctx) {
    Arrow& arrow = x3::_val(ctx).arrow;
    arrow = arrow == Arrow::left ? Arrow::both : Arrow::right;
};
constexpr auto quantify = [](auto& ctx) {
    ast::RelPattern& rel = x3::_val(ctx);
    if (rel.range) {
        Iterator const end = position(ctx);
        throw SyntaxFailure("InvalidRelationshipPattern",
                            "a relationship with a `*` in its brackets takes no quantifier behind the arrow",
                            "write one of the two", end - 1, end);
    }
    rel.range = x3::_attr(ctx);
    rel.quantified = true;
};
struct RelationshipId;
x3::rule<RelationshipId, ast::RelPattern> const relationship = "a relationship such as `-[:TYPE]->`";
auto const relationship_def =
    spanned[-LeftArrow{}[left_arrow] >> sym("-") >>
            -(sym("[") >> -variable_name()[store<&ast::RelPattern::variable>] >>
              -((sym(":") | kw("IS")) >> x3::expect[labels][store_labels<&ast::RelPattern::types>]) >>
              -(range[store<&ast::RelPattern::range>] | sym("..")[missing_star]) >>
              -properties[store<&ast::RelPattern::properties>] >>
              -(kw("WHERE") >> x3::expect[expression][store<&ast::RelPattern::where>]) >>
              x3::expect[sym("]", "`]` to close the relationship pattern")]) >>
            x3::expect[sym("-", "`-` or `->` after the relationship")] >> -sym(">")[right_arrow] >>
            -quantifier[quantify]];

// --------------------------------------------------------------------- paths

using Selector = ast::PathPattern::Selector;

constexpr auto shortest = [](Selector selector) {
    return [selector](auto& ctx) { x3::_val(ctx).selector = selector; };
};

ast::NodePattern nameless(ast::Span span) {
    ast::NodePattern node;
    node.span = {span.begin, span.begin};
    return node;
}

// What stands in a path one after the other: nodes, relationships, repeated parts. Two nodes in a row are no
// path; between two repeated parts, and between one and an end, is a node without a name.
constexpr auto add_node = [](auto& ctx) {
    ast::PathPattern& path = x3::_val(ctx);
    ast::NodePattern& node = x3::_attr(ctx);
    if (path.nodes.size() > path.relationships.size()) {
        bool const implied =
            !path.relationships.empty() && path.nodes.back().span.begin == path.nodes.back().span.end;
        if (!implied) {
            throw x3::expectation_failure<Iterator>(builder(ctx).where(node.span.begin),
                                                    "a relationship such as `-[:TYPE]->`");
        }
        path.nodes.back() = std::move(node);
        return;
    }
    path.nodes.push_back(std::move(node));
};
constexpr auto add_relationship = [](auto& ctx) {
    ast::PathPattern& path = x3::_val(ctx);
    path.relationships.push_back(std::move(x3::_attr(ctx)));
};
// `((a)-->(b) WHERE …)`: what stands in the parentheses, and perhaps how often.
struct Parenthesised {
    ast::PathPattern pattern;
    std::optional<ast::Range> range;
    ast::Span span;
};
struct ParenthesisedId;
x3::rule<ParenthesisedId, Parenthesised> const parenthesised = "a path in parentheses";
struct ElementsId;
x3::rule<ElementsId, ast::PathPattern> const elements = "a node such as `(n:Label)`";

struct PathParenthesis : Mark<PathParenthesis> {
    bool match(Iterator& first, Iterator last) const {
        if (!look::at_path_parenthesis(first, last)) return false;
        ++first;
        return true;
    }
};
constexpr auto take_pattern = [](auto& ctx) {
    ast::PathPattern& whole = x3::_val(ctx).pattern;
    auto variable = std::move(whole.variable);
    whole = std::move(x3::_attr(ctx));
    whole.variable = std::move(variable);
};
constexpr auto take_variable = [](auto& ctx) { x3::_val(ctx).pattern.variable = std::move(x3::_attr(ctx)); };
constexpr auto take_where = [](auto& ctx) {
    ast::ExprId& where = x3::_val(ctx).pattern.where;
    ast::ExprId const condition = x3::_attr(ctx);
    if (where == ast::ExprId::none) {
        where = condition;
        return;
    }
    AstBuilder& build = builder(ctx);
    where = build.add(ast::Binary{ast::Binary::Op::logical_and, where, condition}, build[condition].span);
};
auto const parenthesised_def =
    spanned[PathParenthesis{} >>
            nested[-(&(variable_name() >> sym("=")) >> variable_name()[take_variable] >> sym("=")) >>
                   x3::expect[elements][take_pattern] >>
                   -(kw("WHERE") >> x3::expect[expression][take_where])] >>
            x3::expect[sym(")", "`)` to close the pattern")] >>
            -quantifier[([](auto& ctx) { x3::_val(ctx).range = x3::_attr(ctx); })]];

// A parenthesis with a quantifier is a part that is repeated; one without must be the whole pattern.
constexpr auto add_parenthesised = [](auto& ctx) {
    Parenthesised& inner = x3::_attr(ctx);
    ast::PathPattern& path = x3::_val(ctx);
    AstBuilder& build = builder(ctx);
    if (!inner.range) {
        if (!path.nodes.empty()) {
            throw SyntaxFailure("UnexpectedSyntax", "a part of a path in parentheses needs a quantifier",
                                "write for example `((a)-->(b)){1,3}`, or leave the parentheses out",
                                build.where(inner.span.begin), build.where(inner.span.end));
        }
        if (inner.pattern.variable) {
            throw SyntaxFailure("UnexpectedSyntax", "a path in parentheses is named outside of them",
                                "write `p = ((a)-->(b))`", build.where(inner.pattern.variable->span.begin),
                                build.where(inner.pattern.variable->span.end));
        }
        path = std::move(inner.pattern);
        path.span = inner.span;
        return;
    }
    if (path.nodes.size() == path.relationships.size()) {
        if (!path.relationships.empty()) {
            // Behind an arrow stands a node.
            throw x3::expectation_failure<Iterator>(build.where(inner.span.begin), node.name);
        }
        path.nodes.push_back(nameless({inner.span.begin, inner.span.begin}));
    }
    ast::RelPattern rel;
    rel.span = inner.span;
    rel.group = build.add(ast::PathGroup{std::move(inner.pattern), *inner.range});
    path.relationships.push_back(std::move(rel));
    path.nodes.push_back(nameless({inner.span.end, inner.span.end}));
};
// Only a whole path in parentheses has a span here, and nothing may follow it.
constexpr auto goes_on = [](auto& ctx) { x3::_pass(ctx) = x3::_val(ctx).span.end == 0; };
auto const elements_def = (parenthesised[add_parenthesised] | node[add_node]) >>
                          *(x3::eps[goes_on] >>
                            ((relationship[add_relationship] >> x3::expect[node][add_node]) |
                             parenthesised[add_parenthesised] | node[add_node]));

// --------------------------------------------------------------- selectors

constexpr auto take_elements = [](auto& ctx) {
    ast::PathPattern& elements = x3::_attr(ctx);
    ast::PathPattern& whole = x3::_val(ctx);
    whole.nodes = std::move(elements.nodes);
    whole.relationships = std::move(elements.relationships);
    whole.where = elements.where;
};
constexpr auto set_count = [](auto& ctx) {
    x3::_val(ctx).count = x3::_attr(ctx);
    if (x3::_attr(ctx) != 0) return;
    Iterator const end = position(ctx);
    throw SyntaxFailure("UnexpectedSyntax", "the number of paths to find is at least 1", "", end - 1, end);
};
constexpr auto set_count_value = [](auto& ctx) {
    ast::Span const name = x3::_attr(ctx).name.span;
    x3::_val(ctx).count_value = builder(ctx).add(std::move(x3::_attr(ctx)), {name.begin - 1, name.end});
};
auto const path_count = -(natural[set_count] | parameter[set_count_value]);
auto const path_word = -(kw("PATHS") | kw("PATH"));
struct SelectorId;
x3::rule<SelectorId, ast::PathPattern> const selector = "a path selector such as `SHORTEST 1`";
auto const selector_def = ((kw("ALL") >> kw("SHORTEST"))[shortest(Selector::all_shortest)] >> path_word) |
                          ((kw("ANY") >> kw("SHORTEST"))[shortest(Selector::shortest)] >> path_word) |
                          (kw("SHORTEST")[shortest(Selector::shortest)] >> path_count >> path_word >>
                           -((kw("GROUPS") | kw("GROUP"))[shortest(Selector::shortest_groups)])) |
                          (kw("ANY")[shortest(Selector::any)] >> path_count >> path_word) |
                          (kw("ALL") >> path_word);

struct SelectedId;
x3::rule<SelectedId, ast::PathPattern> const selected = "a pattern such as `(a)-[:TYPE]->(b)`";
constexpr auto take_selector = [](auto& ctx) {
    x3::_val(ctx).selector = x3::_attr(ctx).selector;
    x3::_val(ctx).count = x3::_attr(ctx).count;
    x3::_val(ctx).count_value = x3::_attr(ctx).count_value;
};
auto const selected_def = ((kw("SHORTESTPATH")[shortest(Selector::shortest_one)] |
                            kw("ALLSHORTESTPATHS")[shortest(Selector::shortest_all)]) >>
                           x3::expect[sym("(")] >> x3::expect[elements][take_elements] >>
                           x3::expect[sym(")", "`)` to close the call")]) |
                          (selector[take_selector] >> x3::expect[elements][take_elements]) |
                          elements[take_elements];

constexpr auto take_selected = [](auto& ctx) {
    take_selector(ctx);
    take_elements(ctx);
};
auto const path_def =
    spanned[(&(variable_name() >> sym("=")) >> variable_name()[store<&ast::PathPattern::variable>] >>
             sym("=") >> x3::expect[selected][take_selected]) |
            selected[become]];

constexpr auto needs_relationship = [](auto& ctx) {
    ast::PathPattern const& pattern = x3::_val(ctx);
    if (!pattern.relationships.empty()) return;
    AstBuilder const& build = builder(ctx);
    ast::Span const alone = pattern.nodes.front().span;
    throw SyntaxFailure("UnexpectedSyntax", "a pattern in an expression needs a relationship",
                        "write for example `(a)-->(b)`, or `EXISTS { (a) }`", build.where(alone.begin),
                        build.where(alone.end));
};
auto const relationships_path_def = spanned[selected[become] >> x3::eps[needs_relationship]];

BOOST_SPIRIT_DEFINE(properties, node, range, quantifier, relationship, parenthesised, elements, selector,
                    selected, path, relationships_path)

BOOST_SPIRIT_INSTANTIATE(PathRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(RelationshipsRule, Iterator, Context)

}  // namespace islet::parser::grammar
