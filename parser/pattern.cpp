// Patterns: nodes, relationships and the paths they make.
#include "pattern.hpp"

#include "expression.hpp"
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
            x3::expect[sym("-", "`-` or `->` after the relationship")] >> -sym(">")[right_arrow]];

// --------------------------------------------------------------------- paths

constexpr auto take_elements = [](auto& ctx) {
    ast::PathPattern& elements = x3::_attr(ctx);
    ast::PathPattern& whole = x3::_val(ctx);
    whole.nodes = std::move(elements.nodes);
    whole.relationships = std::move(elements.relationships);
};
constexpr auto shortest = [](ast::PathPattern::Selector selector) {
    return [selector](auto& ctx) { x3::_val(ctx).selector = selector; };
};

struct DoubleParenthesis : Mark<DoubleParenthesis> {
    bool match(Iterator& first, Iterator last) const {
        Iterator at = first;
        if (at == last || *at != '(') return false;
        ++at;
        scan::skip_blank(at, last);
        if (at == last || *at != '(') return false;
        ++first;
        return true;
    }
};

struct ElementsId;
x3::rule<ElementsId, ast::PathPattern> const elements = "a node such as `(n:Label)`";
auto const elements_def =
    (DoubleParenthesis{} >> nested[x3::expect[elements]][become] >>
     x3::expect[sym(")", "`)` to close the pattern")]) |
    (node[append<&ast::PathPattern::nodes>] >> *(relationship[append<&ast::PathPattern::relationships>] >>
                                                 x3::expect[node][append<&ast::PathPattern::nodes>]));

struct SelectedId;
x3::rule<SelectedId, ast::PathPattern> const selected = "a pattern such as `(a)-[:TYPE]->(b)`";
auto const selected_def =
    elements[become] | ((kw("SHORTESTPATH")[shortest(ast::PathPattern::Selector::shortest_one)] |
                         kw("ALLSHORTESTPATHS")[shortest(ast::PathPattern::Selector::shortest_all)]) >>
                        x3::expect[sym("(")] >> x3::expect[elements][take_elements] >>
                        x3::expect[sym(")", "`)` to close the call")]);

constexpr auto take_selected = [](auto& ctx) {
    x3::_val(ctx).selector = x3::_attr(ctx).selector;
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

BOOST_SPIRIT_DEFINE(properties, node, range, relationship, elements, selected, path, relationships_path)

BOOST_SPIRIT_INSTANTIATE(PathRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(RelationshipsRule, Iterator, Context)

}  // namespace islet::parser::grammar
