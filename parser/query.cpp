// Queries: clauses joined by UNION, and the words that may stand before all.
#include "query.hpp"

#include "clause.hpp"
#include "schema_command.hpp"
#include "syntax_failure.hpp"

namespace islet::parser::grammar {

// A procedure's columns must be named unless the call is all there is.
constexpr auto check_yield = [](auto& ctx) {
    auto const& clauses = x3::_val(ctx).clauses;
    if (clauses.size() == 1) return;
    for (ast::Clause const& one : clauses) {
        auto const* call = std::get_if<ast::Call>(&one);
        if (call == nullptr || !call->yield_star) continue;
        AstBuilder const& build = builder(ctx);
        ast::Span const star = build.yield_star;
        throw SyntaxFailure("UnexpectedSyntax", "`YIELD *` is allowed only where the call is the whole query",
                            "name the columns that the query needs", build.where(star.begin),
                            build.where(star.end));
    }
};

struct SingleQueryId;
x3::rule<SingleQueryId, ast::SingleQuery> const single_query = "a clause such as MATCH, CREATE or RETURN";
auto const single_query_def =
    spanned[(schema_command[become] | +clause[append<&ast::SingleQuery::clauses>]) >> x3::eps[check_yield]];

struct Union {
    bool all = false;
    ast::Span span;
};
struct UnionId;
x3::rule<UnionId, Union> const union_word = "UNION";
auto const union_word_def = spanned[kw("UNION") >> -(kw("ALL")[flag<&Union::all>] | kw("DISTINCT"))];

constexpr auto add_union = [](auto& ctx) {
    x3::_val(ctx).union_all.push_back(x3::_attr(ctx).all);
    x3::_val(ctx).union_spans.push_back(x3::_attr(ctx).span);
};
auto const union_query = single_query[append<&ast::Query::parts>] >>
                         *(union_word[add_union] >> x3::expect[single_query][append<&ast::Query::parts>]);

// What was read so far gives its rows to what follows.
constexpr auto next_query = [](auto& ctx) {
    AstBuilder& build = builder(ctx);
    ast::Query& query = x3::_val(ctx);
    int depth = 1;
    for (ast::QueryId id = query.before; id != ast::QueryId::none; id = build.tree()[id].before) ++depth;
    Iterator const end = position(ctx);
    if (depth == AstBuilder::max_depth) {
        throw SyntaxFailure(
            "UnexpectedSyntax",
            "more than " + std::to_string(AstBuilder::max_depth) + " queries are joined by NEXT", "", end - 4,
            end);
    }
    ast::QueryId const before = build.add(std::move(query));
    query = {};
    query.before = before;
};
auto const query_def = union_query >>
                       *(kw("NEXT")[next_query] >> x3::expect[single_query][append<&ast::Query::parts>] >>
                         *(union_word[add_union] >> x3::expect[single_query][append<&ast::Query::parts>]));

constexpr auto set_mode = [](ast::Mode mode) {
    return [mode](auto& ctx) {
        x3::_pass(ctx) = builder(ctx).tree().mode == ast::Mode::run;
        builder(ctx).tree().mode = mode;
    };
};
constexpr auto set_cite = [](auto& ctx) {
    x3::_pass(ctx) = !builder(ctx).tree().cite;
    builder(ctx).tree().cite = true;
};
auto const statement_def = *(kw("EXPLAIN")[set_mode(ast::Mode::explain)] |
                             kw("PROFILE")[set_mode(ast::Mode::profile)] | kw("CITE")[set_cite]) >>
                           x3::expect[query][become] >> -sym(";");

BOOST_SPIRIT_DEFINE(single_query, union_word, query, statement)

BOOST_SPIRIT_INSTANTIATE(QueryRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(StatementRule, Iterator, Context)

}  // namespace islet::parser::grammar
