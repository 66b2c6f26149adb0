// Expressions: a flat chain of operands and operators, and what an operand may be.
#include "expression.hpp"

#include "case.hpp"
#include "clause.hpp"
#include "lookahead.hpp"
#include "operators.hpp"
#include "pattern.hpp"
#include "query.hpp"

namespace islet::parser::grammar {

// Reads operands and operators into the builder and folds them; one level of nesting.
template <typename Subject>
struct Chain : x3::parser<Chain<Subject>> {
    using attribute_type = ast::ExprId;
    static constexpr bool has_attribute = true;
    constexpr explicit Chain(Subject const& operands) : operands(operands) {}

    template <typename AnyContext, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, Iterator const& last, AnyContext const& context, RuleContext& rule,
               Attribute& attribute) const {
        x3::skip_over(first, last, context);
        AstBuilder& build = builder(context);
        build.enter(first);
        auto const frame = build.open_chain();
        bool const matched = operands.parse(first, last, context, rule, x3::unused);
        build.leave();
        if (!matched) {
            build.abandon_chain(frame);
            return false;
        }
        x3::traits::move_to(build.close_chain(frame), attribute);
        return true;
    }
    Subject operands;
};
constexpr Generator<Chain> chain{};

// ---------------------------------------------------------- composite operands

constexpr auto set_key = [](auto& ctx) {
    x3::_val(ctx).entries.emplace_back(std::move(x3::_attr(ctx)), ast::ExprId::none);
};
constexpr auto set_value = [](auto& ctx) { x3::_val(ctx).entries.back().second = x3::_attr(ctx); };
constexpr auto set_distinct = flag<&ast::FunctionCall::distinct>;

struct ListId;
x3::rule<ListId, ast::ListLiteral> const list_literal = "a list";
auto const list_item = x3::expect[expression][append<&ast::ListLiteral::items>];
auto const list_literal_def = sym("[") >> (sym("]") | (list_item >> *(sym(",") >> list_item) >>
                                                       x3::expect[sym("]", "`,` or `]` to close the list")]));

auto const map_entry = x3::expect[any_name("a key")][set_key] >> x3::expect[sym(":", "`:` after the key")] >>
                       x3::expect[expression][set_value];
auto const map_literal_def = sym("{") >> (sym("}") | (map_entry >> *(sym(",") >> map_entry) >>
                                                      x3::expect[sym("}", "`,` or `}` to close the map")]));

struct ParameterToken : Token<ParameterToken, ast::Name> {
    bool match(Iterator& first, Iterator last, ast::Name& name, AstBuilder const& build) const {
        Iterator const begin = first;
        Iterator at = first;
        if (!scan::name(at, last, scan::Words::any, name.text)) {
            while (at != last && scan::is_digit(*at)) ++at;
            if (at == first || scan::at_name_part(at, last)) return false;
            name.text.assign(first, at);
        }
        first = at;
        name.span = build.span(begin, first);
        return true;
    }
};
struct ParameterNameId;
x3::rule<ParameterNameId, ast::Name> const parameter_name = "the name or number of a parameter";
auto const parameter_name_def = ParameterToken{};
auto const parameter_def = sym("$") >> x3::expect[parameter_name][store<&ast::Parameter::name>];

struct ParenthesisedId;
x3::rule<ParenthesisedId, ast::ExprId> const parenthesised = "an expression in parentheses";
auto const parenthesised_def = sym("(") >> x3::expect[expression][become] >>
                               x3::expect[sym(")", "an operator or `)` to close the parenthesis")];

constexpr auto call_name = [](auto& ctx) {
    ast::FunctionCall& call = x3::_val(ctx);
    if (call.name.span.end != 0) call.qualifier.push_back(std::move(call.name));
    call.name = std::move(x3::_attr(ctx));
};
struct FunctionId;
x3::rule<FunctionId, ast::FunctionCall> const function_call = "a function call";
auto const argument = x3::expect[expression][append<&ast::FunctionCall::arguments>];
auto const function_call_def = any_name("a function")[call_name] % sym(".") >> sym("(") >>
                               -kw("DISTINCT")[set_distinct] >>
                               (sym(")") | (argument >> *(sym(",") >> argument) >>
                                            x3::expect[sym(")", "`,` or `)` to close the call")]));

struct ComprehensionId;
x3::rule<ComprehensionId, ast::ListComprehension> const list_comprehension = "a list comprehension";
auto const list_comprehension_def =
    x3::eps[([](auto& ctx) { x3::_val(ctx).where = x3::_val(ctx).value = ast::ExprId::none; })] >> sym("[") >>
    variable_name()[store<&ast::ListComprehension::variable>] >>
    kw("IN") >> before_bar[x3::expect[expression]][store<&ast::ListComprehension::list>] >>
    -(kw("WHERE") >> before_bar[x3::expect[expression]][store<&ast::ListComprehension::where>]) >>
    -(bar >> x3::expect[expression][store<&ast::ListComprehension::value>]) >>
    x3::expect[sym("]", "`]` to close the list comprehension")];

struct PatternComprehensionId;
x3::rule<PatternComprehensionId, ast::PatternComprehension> const pattern_comprehension =
    "a pattern comprehension";
auto const pattern_comprehension_def =
    x3::eps[([](auto& ctx) { x3::_val(ctx).where = ast::ExprId::none; })] >>
    sym("[") >> x3::expect[path][store<&ast::PatternComprehension::pattern>] >>
    -(kw("WHERE") >> before_bar[x3::expect[expression]][store<&ast::PatternComprehension::where>]) >>
    x3::expect[sym("|", "`|` and the value of the pattern comprehension")] >>
    x3::expect[expression][store<&ast::PatternComprehension::value>] >>
    x3::expect[sym("]", "`]` to close the pattern comprehension")];

constexpr auto quantifier_kind = [](ast::Quantifier::Kind kind) {
    return [kind](auto& ctx) {
        x3::_val(ctx).kind = kind;
        x3::_val(ctx).where = ast::ExprId::none;
    };
};
struct QuantifierId;
x3::rule<QuantifierId, ast::Quantifier> const quantifier = "a list predicate";
auto const quantifier_def = (kw("ALL")[quantifier_kind(ast::Quantifier::Kind::all)] |
                             kw("ANY")[quantifier_kind(ast::Quantifier::Kind::any)] |
                             kw("NONE")[quantifier_kind(ast::Quantifier::Kind::none)] |
                             kw("SINGLE")[quantifier_kind(ast::Quantifier::Kind::single)]) >>
                            sym("(") >> variable_name()[store<&ast::Quantifier::variable>] >>
                            kw("IN") >> x3::expect[expression][store<&ast::Quantifier::list>] >>
                            -(kw("WHERE") >> x3::expect[expression][store<&ast::Quantifier::where>]) >>
                            x3::expect[sym(")", "`WHERE` or `)` to close the list predicate")];

struct ReduceId;
x3::rule<ReduceId, ast::Reduce> const reduce_call = "a reduction";
auto const reduce_call_def =
    kw("REDUCE") >> sym("(") >> variable_name()[store<&ast::Reduce::accumulator>] >>
    sym("=") >> x3::expect[expression][store<&ast::Reduce::initial>] >> x3::expect[sym(",")] >>
    x3::expect[variable_name()][store<&ast::Reduce::variable>] >> x3::expect[kw("IN")] >>
    before_bar[x3::expect[expression]][store<&ast::Reduce::list>] >>
    x3::expect[sym("|", "`|` and the expression")] >> x3::expect[expression][store<&ast::Reduce::value>] >>
    x3::expect[sym(")", "`)` to close `reduce`")];

constexpr auto projection_item = [](ast::MapProjection::Item::Kind kind) {
    return [kind](auto& ctx) {
        x3::_val(ctx).items.push_back({kind, std::move(x3::_attr(ctx)), ast::ExprId::none});
    };
};
constexpr auto projection_all = [](auto& ctx) {
    x3::_val(ctx).items.push_back({ast::MapProjection::Item::Kind::all_properties, {}, ast::ExprId::none});
};
constexpr auto projection_value = [](auto& ctx) {
    x3::_val(ctx).items.back().kind = ast::MapProjection::Item::Kind::entry;
    x3::_val(ctx).items.back().value = x3::_attr(ctx);
};
struct MapProjectionItemId;
x3::rule<MapProjectionItemId, ast::MapProjection> const map_projection = "a map projection";
using ItemKind = ast::MapProjection::Item::Kind;
auto const map_projection_item =
    (sym(".") >>
     (sym("*")[projection_all] | x3::expect[any_name("a key or `*`")][projection_item(ItemKind::property)])) |
    (any_name("a key")[projection_item(ItemKind::variable)] >>
     -(sym(":") >> x3::expect[expression][projection_value]));
auto const map_projection_def =
    variable_name()[store<&ast::MapProjection::subject>] >> sym("{") >> -(map_projection_item % sym(",")) >>
    x3::expect[sym("}", "`.key`, `.*`, `key: value` or `}` to close the map projection")];

constexpr auto subquery_kind = [](ast::Subquery::Kind kind) {
    return [kind](auto& ctx) { x3::_val(ctx).kind = kind; };
};
constexpr auto subquery_whole = [](auto& ctx) {
    x3::_val(ctx).query = builder(ctx).add(std::move(x3::_attr(ctx)));
};
constexpr auto subquery_short = [](auto& ctx) {
    ast::SingleQuery part;
    part.span = x3::_attr(ctx).span;
    part.clauses.emplace_back(std::move(x3::_attr(ctx)));
    ast::Query query;
    query.parts.push_back(std::move(part));
    x3::_val(ctx).query = builder(ctx).add(std::move(query));
};
struct PathAhead : Mark<PathAhead> {
    bool match(Iterator& first, Iterator last) const { return look::at_path(first, last); }
};
struct SubqueryId;
x3::rule<SubqueryId, ast::Subquery> const subquery = "a subquery";
auto const subquery_def = (kw("EXISTS")[subquery_kind(ast::Subquery::Kind::exists)] |
                           kw("COUNT")[subquery_kind(ast::Subquery::Kind::count)] |
                           kw("COLLECT")[subquery_kind(ast::Subquery::Kind::collect)]) >>
                          sym("{") >> nested[(PathAhead{} >> x3::expect[bare_match][subquery_short]) |
                                             x3::expect[query][subquery_whole]] >>
                          x3::expect[sym("}", "a clause or `}` to close the subquery")];

struct CountStarId;
x3::rule<CountStarId, ast::CountStar> const count_star = "count(*)";
auto const count_star_def = kw("COUNT") >> sym("(") >> sym("*") >> sym(")");

BOOST_SPIRIT_DEFINE(list_literal, map_literal, parameter_name, parameter, parenthesised, function_call,
                    list_comprehension, pattern_comprehension, quantifier, reduce_call, map_projection,
                    subquery, count_star)

// ------------------------------------------------------------------ operands

// One operand. The lookahead names the only rule that can match, so none is tried in vain.
struct Atom : x3::parser<Atom> {
    using attribute_type = ast::ExprId;
    static constexpr bool has_attribute = true;

    template <typename AnyContext, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, Iterator const& last, AnyContext const& context, RuleContext const&,
               Attribute& attribute) const {
        x3::skip_over(first, last, context);
        if (first == last) return false;
        bool const outer = std::exchange(builder(context).bar_ends, false);
        ast::ExprId id = ast::ExprId::none;
        bool const matched = read(first, last, context, id);
        builder(context).bar_ends = outer;
        if (matched) x3::traits::move_to(id, attribute);
        return matched;
    }

 private:
    template <typename AnyContext>
    bool read(Iterator& first, Iterator const& last, AnyContext const& context, ast::ExprId& id) const {
        switch (*first) {
            case '(':
                if (!look::at_pattern(first, last))
                    return parenthesised.parse(first, last, context, x3::unused, id);
                return predicate(first, last, context, id);
            case '[':
                switch (look::list_form(first, last)) {
                    case look::ListForm::literal:
                        return node(list_literal, first, last, context, id);
                    case look::ListForm::comprehension:
                        return node(list_comprehension, first, last, context, id);
                    case look::ListForm::pattern_comprehension:
                        return node(pattern_comprehension, first, last, context, id);
                }
                return false;
            case '{':
                return node(map_literal, first, last, context, id);
            case '$':
                return node(parameter, first, last, context, id);
            case '\'':
            case '"':
                return literal(first, last, context, id);
            default:
                break;
        }
        if (scan::at_number(first, last, true)) return literal(first, last, context, id);
        return word(first, last, context, id);
    }

    template <typename AnyContext>
    bool word(Iterator& first, Iterator const& last, AnyContext const& context, ast::ExprId& id) const {
        switch (look::word_form(first, last)) {
            case look::WordForm::none:
                // Only to say so, if a back quote is never closed.
                return *first == '`' && variable_name().parse(first, last, context, x3::unused, x3::unused);
            case look::WordForm::null:
            case look::WordForm::boolean:
                return literal(first, last, context, id);
            case look::WordForm::case_expression:
                return case_node(first, last, context, id);
            case look::WordForm::quantifier:
                return node(quantifier, first, last, context, id);
            case look::WordForm::reduce:
                return node(reduce_call, first, last, context, id);
            case look::WordForm::trim:
                return node(trim_call, first, last, context, id);
            case look::WordForm::count_star:
                return node(count_star, first, last, context, id);
            case look::WordForm::function:
                return node(function_call, first, last, context, id);
            case look::WordForm::shortest_path:
                return predicate(first, last, context, id);
            case look::WordForm::subquery:
                return node(subquery, first, last, context, id);
            case look::WordForm::map_projection:
                return node(map_projection, first, last, context, id);
            case look::WordForm::variable:
                break;
        }
        ast::Variable variable;
        if (!variable_name().parse(first, last, context, x3::unused, variable.name)) return false;
        ast::Span const span = variable.name.span;
        id = builder(context).add(std::move(variable), span);
        return true;
    }

    template <typename Rule, typename AnyContext>
    static bool node(Rule const& rule, Iterator& first, Iterator const& last, AnyContext const& context,
                     ast::ExprId& id) {
        typename Rule::attribute_type value{};
        Iterator const begin = first;
        if (!rule.parse(first, last, context, x3::unused, value)) return false;
        id = builder(context).add(std::move(value), builder(context).span(begin, first));
        return true;
    }

    template <typename AnyContext>
    static bool case_node(Iterator& first, Iterator const& last, AnyContext const& context, ast::ExprId& id) {
        CaseParts parts;
        Iterator const begin = first;
        if (!case_expression.parse(first, last, context, x3::unused, parts)) return false;
        id = builder(context).add(std::move(parts.whole), builder(context).span(begin, first));
        return true;
    }

    template <typename AnyContext>
    static bool predicate(Iterator& first, Iterator const& last, AnyContext const& context, ast::ExprId& id) {
        ast::PatternPredicate value;
        Iterator const begin = first;
        if (!relationships_path.parse(first, last, context, x3::unused, value.pattern)) return false;
        id = builder(context).add(std::move(value), builder(context).span(begin, first));
        return true;
    }

    template <typename AnyContext>
    static bool literal(Iterator& first, Iterator const& last, AnyContext const& context, ast::ExprId& id) {
        ast::Literal value;
        Iterator const begin = first;
        if (*first == '\'' || *first == '"') {
            scan::string(first, last, value.value.emplace<std::string>());
        } else if (scan::keyword(first, last, "TRUE")) {
            value.value = true;
        } else if (scan::keyword(first, last, "FALSE")) {
            value.value = false;
        } else if (scan::keyword(first, last, "NULL")) {
            value.value = ast::Null{};
        } else {
            scan::number(first, last, true, value);
        }
        builder(context).token_end = first;
        id = builder(context).add(std::move(value), builder(context).span(begin, first));
        return true;
    }
};
constexpr Atom atom{};

// `.` before a key, but not the first of `..`.
struct Dot : Mark<Dot> {
    bool match(Iterator& first, Iterator last) const {
        if (first == last || *first != '.' || (last - first > 1 && first[1] == '.')) return false;
        ++first;
        return true;
    }
};

// Wraps the subject read so far into a node that ends here.
template <typename AnyContext>
void wrap(AnyContext const& ctx, ast::ExprNode node, ast::ExprId inner) {
    AstBuilder& build = builder(ctx);
    Iterator const begin = build.where(build[inner].span.begin);
    build.raise_operand(begin);
    x3::_val(ctx) = build.add(std::move(node), build.span(begin, position(ctx)));
}

constexpr auto access = [](auto& ctx) {
    ast::ExprId const inner = x3::_val(ctx);
    wrap(ctx, ast::PropertyAccess{inner, std::move(x3::_attr(ctx))}, inner);
};

// What stands between the brackets behind a subject.
struct Index {
    ast::ExprId from = ast::ExprId::none;
    ast::ExprId to = ast::ExprId::none;
    bool slice = false;
};
struct IndexId;
x3::rule<IndexId, Index> const index = "an index";
auto const index_def = sym("[") >>
                       (sym("..")[flag<&Index::slice>] |
                        (x3::expect[expression][store<&Index::from>] >> -sym("..")[flag<&Index::slice>])) >>
                       -(x3::eps[([](auto& ctx) { x3::_pass(ctx) = x3::_val(ctx).slice; })] >>
                         expression[store<&Index::to>]) >>
                       x3::expect[sym("]", "`]` to close the index")];

constexpr auto apply_index = [](auto& ctx) {
    ast::ExprId const inner = x3::_val(ctx);
    Index const& index = x3::_attr(ctx);
    if (index.slice) {
        wrap(ctx, ast::Slice{inner, index.from, index.to}, inner);
    } else {
        wrap(ctx, ast::Subscript{inner, index.from}, inner);
    }
};

struct OperandAtomId;
x3::rule<OperandAtomId, ast::ExprId> const spanned_atom = "an expression";
auto const spanned_atom_def = spanned[atom[become]];

auto const subject_def = spanned_atom[become] >>
                         *((Dot{} >> x3::expect[any_name("a property key")][access]) | index[apply_index]);

// --------------------------------------------------------------- expressions

constexpr auto start_operand = [](auto& ctx) { builder(ctx).begin_operand(); };
constexpr auto read_subject = [](auto& ctx) { x3::_val(ctx) = x3::_attr(ctx); };
constexpr auto remember_negation = [](auto& ctx) { builder(ctx).labels_negated = x3::_attr(ctx); };
constexpr auto has_labels = [](auto& ctx) {
    ast::ExprId const inner = x3::_val(ctx);
    AstBuilder& build = builder(ctx);
    if (build.labels_negated) build.add_label({ast::LabelTerm::Op::negation, {}, x3::_attr(ctx), 0});
    wrap(ctx, ast::HasLabels{inner, build.take_labels()}, inner);
};
constexpr auto finish_operand = [](auto& ctx) {
    builder(ctx).end_operand(x3::_val(ctx), builder(ctx).where(builder(ctx)[x3::_val(ctx)].span.begin));
};

struct OperandId;
x3::rule<OperandId, ast::ExprId> const operand = "an expression";
auto const operand_def =
    x3::eps[start_operand] >>
    ((+prefix_operator >> x3::expect[subject][read_subject]) | subject[read_subject]) >>
    -(label_test[remember_negation] >> x3::expect[labels][has_labels]) >> x3::eps[finish_operand];

constexpr auto push_infix = [](auto& ctx) { builder(ctx).push(x3::_attr(ctx), position(ctx)); };
constexpr auto tested = [](auto& ctx) { builder(ctx).apply_test(std::move(x3::_attr(ctx)), position(ctx)); };

auto const expression_def =
    chain[operand >> *((infix_operator[push_infix] >> x3::expect[operand]) | operand_test[tested])];

BOOST_SPIRIT_DEFINE(index, spanned_atom, subject, operand, expression)

BOOST_SPIRIT_INSTANTIATE(ExpressionRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(SubjectRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(MapRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(ParameterRule, Iterator, Context)

}  // namespace islet::parser::grammar
