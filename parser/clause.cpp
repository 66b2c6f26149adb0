// The clauses, reading and writing.
#include "clause.hpp"

#include "expression.hpp"
#include "pattern.hpp"
#include "query.hpp"
#include "syntax_failure.hpp"

namespace islet::parser::grammar {

// A comma-separated list, each of whose items is filled in by the action.
template <typename Item, typename Action>
constexpr auto list_of(Item const& item, Action action) {
    return x3::expect[item][action] >> *(sym(",") >> x3::expect[item][action]);
}

// ------------------------------------------------------------------- reading

auto const match_mode =
    (kw("REPEATABLE") >>
     (kw("ELEMENTS") | (kw("ELEMENT") >> -kw("BINDINGS"))))[flag<&ast::Match::repeatable>] |
    (kw("DIFFERENT") >> (kw("RELATIONSHIPS") | (kw("RELATIONSHIP") >> -kw("BINDINGS"))));

// `USING INDEX n:Label(key)` and the like: read, and left to the planner, who knows better.
auto const hint_keys = x3::expect[sym("(")] >> x3::expect[any_name("a property")] >>
                       *(sym(",") >> x3::expect[any_name("a property")]) >> x3::expect[sym(")")];
auto const hint_label =
    x3::expect[variable_name()] >> x3::expect[sym(":", "`:` and a label")] >> x3::expect[any_name("a label")];
auto const planner_hint = kw("USING") >>
                          ((kw("JOIN") >> x3::expect[kw("ON")] >> x3::expect[variable_name()] >>
                            *(sym(",") >> x3::expect[variable_name()])) |
                           (kw("SCAN") >> hint_label) |
                           (-(kw("RANGE") | kw("TEXT") | kw("POINT") | kw("BTREE")) >>
                            x3::expect[kw("INDEX", "`INDEX`, `SCAN` or `JOIN`")] >> -kw("SEEK") >>
                            hint_label >> hint_keys));

struct MatchId;
x3::rule<MatchId, ast::Match> const match = "MATCH";
auto const match_def =
    spanned[((kw("OPTIONAL")[flag<&ast::Match::optional>] >> x3::expect[kw("MATCH")]) | kw("MATCH")) >>
            -match_mode >> list_of(path, append<&ast::Match::pattern>) >> *planner_hint >>
            -(kw("WHERE") >> x3::expect[expression][store<&ast::Match::where>])];

auto const bare_match_def = spanned[list_of(path, append<&ast::Match::pattern>) >>
                                    -(kw("WHERE") >> x3::expect[expression][store<&ast::Match::where>])];

struct UnwindId;
x3::rule<UnwindId, ast::Unwind> const unwind = "UNWIND";
auto const unwind_def = spanned[kw("UNWIND") >> x3::expect[expression][store<&ast::Unwind::list>] >>
                                x3::expect[kw("AS", "`AS` and a name for each element")] >>
                                x3::expect[variable_name()][store<&ast::Unwind::variable>]];

// `FOR x IN list` is UNWIND in GQL's words; `OFFSET` counts from 0, `ORDINALITY` from 1.
struct ForId;
x3::rule<ForId, ast::Unwind> const for_clause = "FOR";
auto const position_name = variable_name()[store<&ast::Unwind::position>];
auto const for_clause_def =
    spanned[kw("FOR") >> x3::expect[variable_name()][store<&ast::Unwind::variable>] >> x3::expect[kw("IN")] >>
            x3::expect[expression][store<&ast::Unwind::list>] >>
            -(kw("WITH") >> ((kw("ORDINALITY")[flag<&ast::Unwind::from_one>] >> position_name) |
                             (kw("OFFSET") >> position_name)))];

// ---------------------------------------------------------------- projection

constexpr auto item_expression = [](auto& ctx) {
    x3::_val(ctx).expr = x3::_attr(ctx);
    x3::_val(ctx).span = builder(ctx)[x3::_attr(ctx)].span;
};
struct ProjectionItemId;
x3::rule<ProjectionItemId, ast::ProjectionItem> const projection_item = "an expression";
auto const projection_item_def = expression[item_expression] >>
                                 -(kw("AS") >>
                                   x3::expect[any_name("an alias")][store<&ast::ProjectionItem::alias>]);

struct SortItemId;
x3::rule<SortItemId, ast::SortItem> const sort_item = "an expression";
auto const sort_item_def = expression[store<&ast::SortItem::expr>] >>
                           -(kw("DESCENDING")[flag<&ast::SortItem::descending>] |
                             kw("DESC")[flag<&ast::SortItem::descending>] | kw("ASCENDING") | kw("ASC"));

struct ProjectionId;
x3::rule<ProjectionId, ast::Projection> const projection = "WITH or RETURN";
auto const add_item = append<&ast::Projection::items>;
auto const projection_def = spanned
    [(kw("RETURN") | kw("WITH")) >> -kw("DISTINCT")[flag<&ast::Projection::distinct>] >>
     ((sym("*")[flag<&ast::Projection::star>] >> *(sym(",") >> x3::expect[projection_item][add_item])) |
      list_of(projection_item, add_item)) >>
     -(kw("ORDER") >> x3::expect[kw("BY")] >> list_of(sort_item, append<&ast::Projection::order_by>)) >>
     -((kw("SKIP") | kw("OFFSET")) >> x3::expect[expression][store<&ast::Projection::skip>]) >>
     -(kw("LIMIT") >> x3::expect[expression][store<&ast::Projection::limit>])];

struct WithId;
x3::rule<WithId, ast::With> const with = "WITH";
auto const with_def = &kw("WITH") >> projection[store<&ast::With::projection>] >>
                      -(kw("WHERE") >> x3::expect[expression][store<&ast::With::where>]);

// LET, FILTER and a bare ORDER BY, SKIP or LIMIT are WITH of all variables.
constexpr auto let_name = [](auto& ctx) {
    x3::_val(ctx).alias = std::move(x3::_attr(ctx));
    x3::_val(ctx).expr = ast::ExprId::none;
};
struct LetItemId;
x3::rule<LetItemId, ast::ProjectionItem> const let_item = "a variable to define";
auto const let_item_def = variable_name()[let_name] >> x3::expect[sym("=", "`=` and a value")] >>
                          x3::expect[expression][item_expression];
struct PassId;
x3::rule<PassId, ast::Projection> const pass = "a clause";
constexpr auto keep_all = [](auto& ctx) { x3::_val(ctx).star = true; };
auto const pass_sorted = kw("ORDER") >> x3::expect[kw("BY")] >>
                         list_of(sort_item, append<&ast::Projection::order_by>);
auto const pass_skipped =
    (kw("SKIP") | kw("OFFSET")) >> x3::expect[expression][store<&ast::Projection::skip>];
auto const pass_limited = kw("LIMIT") >> x3::expect[expression][store<&ast::Projection::limit>];
auto const pass_def = spanned[((kw("LET") >> list_of(let_item, append<&ast::Projection::items>)) |
                               (pass_sorted >> -pass_skipped >> -pass_limited) |
                               (pass_skipped >> -pass_limited) | pass_limited) >>
                              x3::eps[keep_all]];
struct FilterId;
x3::rule<FilterId, ast::With> const filter = "FILTER";
auto const filter_def = (kw("FILTER") >> -kw("WHERE") >> x3::expect[expression][store<&ast::With::where>] >>
                         x3::eps[([](auto& ctx) {
                             x3::_val(ctx).projection.star = true;
                             x3::_val(ctx).projection.span = builder(ctx)[x3::_val(ctx).where].span;
                         })]) |
                        pass[store<&ast::With::projection>];

struct FinishId;
x3::rule<FinishId, ast::Finish> const finish = "FINISH";
auto const finish_def = spanned[kw("FINISH") >> x3::eps];

struct ReturnId;
x3::rule<ReturnId, ast::Return> const return_clause = "RETURN";
auto const return_clause_def = &kw("RETURN") >> projection[store<&ast::Return::projection>];

// ------------------------------------------------------------------- writing

struct CreateId;
x3::rule<CreateId, ast::Create> const create = "CREATE";
auto const create_def =
    spanned[(kw("CREATE") | kw("INSERT")) >> list_of(path, append<&ast::Create::pattern>)];

// What is set or removed must be a property or a variable; anything else is refused where it stands.
constexpr auto check_target = [](auto& ctx) {
    AstBuilder& build = builder(ctx);
    ast::ExprId const id = x3::_attr(ctx);
    ast::Expr const& expr = build[id];
    if (!std::holds_alternative<ast::PropertyAccess>(expr.node) &&
        !std::holds_alternative<ast::Subscript>(expr.node) &&
        !std::holds_alternative<ast::Variable>(expr.node)) {
        throw SyntaxFailure("UnexpectedSyntax",
                            "expected a property such as `n.name` or `n[key]`, or a variable", "",
                            build.where(expr.span.begin), build.where(expr.span.end));
    }
    x3::_val(ctx).target = id;
};
constexpr auto target_is_variable = [](auto& ctx) {
    x3::_pass(ctx) = std::holds_alternative<ast::Variable>(builder(ctx)[x3::_val(ctx).target].node);
};
constexpr auto set_kind = [](ast::SetItem::Kind kind) {
    return [kind](auto& ctx) { x3::_val(ctx).kind = kind; };
};
constexpr auto set_property_or_all = [](auto& ctx) {
    bool const variable = std::holds_alternative<ast::Variable>(builder(ctx)[x3::_val(ctx).target].node);
    x3::_val(ctx).kind = variable ? ast::SetItem::Kind::replace : ast::SetItem::Kind::property;
};
constexpr auto label_of_name = [](auto& ctx) { x3::_val(ctx).name = std::move(x3::_attr(ctx)); };
struct OneLabelId;
x3::rule<OneLabelId, ast::Label> const one_label = "a label";
auto const one_label_def = any_name("a label")[label_of_name] | computed_label[become];
auto const some_labels = [](auto action) {
    return (sym(":") | kw("IS")) >> x3::expect[one_label][action] >>
           *((sym(":") | sym("&")) >> x3::expect[one_label][action]);
};
struct SetItemId;
x3::rule<SetItemId, ast::SetItem> const set_item = "a property or a variable to set";
auto const set_item_def =
    spanned[subject[check_target] >>
            ((x3::eps[target_is_variable] >> ((sym("+=")[set_kind(ast::SetItem::Kind::merge)] >>
                                               x3::expect[expression][store<&ast::SetItem::value>]) |
                                              (some_labels(append<&ast::SetItem::labels>) >>
                                               x3::eps[set_kind(ast::SetItem::Kind::labels)]))) |
             (x3::expect[sym("=", "`=` and a value")][set_property_or_all] >>
              x3::expect[expression][store<&ast::SetItem::value>]))];

struct SetId;
x3::rule<SetId, ast::Set> const set = "SET";
auto const set_def = spanned[kw("SET") >> list_of(set_item, append<&ast::Set::items>)];

struct RemoveItemId;
x3::rule<RemoveItemId, ast::RemoveItem> const remove_item = "a property or a label to remove";
constexpr auto needs_labels = [](auto& ctx) {
    bool const variable = std::holds_alternative<ast::Variable>(builder(ctx)[x3::_val(ctx).target].node);
    if (!variable || !x3::_val(ctx).labels.empty()) return;
    throw x3::expectation_failure<Iterator>(position(ctx), "`.` and a property, or `:` and a label");
};
auto const remove_item_def =
    spanned[subject[check_target] >>
            -(x3::eps[target_is_variable] >> some_labels(append<&ast::RemoveItem::labels>)) >>
            x3::eps[needs_labels]];

struct RemoveId;
x3::rule<RemoveId, ast::Remove> const remove = "REMOVE";
auto const remove_def = spanned[kw("REMOVE") >> list_of(remove_item, append<&ast::Remove::items>)];

struct DeleteId;
x3::rule<DeleteId, ast::Delete> const delete_clause = "DELETE";
auto const delete_clause_def =
    spanned[((kw("DETACH")[flag<&ast::Delete::detach>] >> x3::expect[kw("DELETE")]) |
             (kw("NODETACH") >> x3::expect[kw("DELETE")]) | kw("DELETE")) >>
            list_of(expression, append<&ast::Delete::targets>)];

struct MergeId;
x3::rule<MergeId, ast::Merge> const merge = "MERGE";
auto const merge_def =
    spanned[kw("MERGE") >> x3::expect[path][store<&ast::Merge::pattern>] >>
            *(kw("ON") >>
              ((kw("CREATE") >> x3::expect[kw("SET")] >> list_of(set_item, append<&ast::Merge::on_create>)) |
               (x3::expect[kw("MATCH", "`CREATE SET` or `MATCH SET`")] >> x3::expect[kw("SET")] >>
                list_of(set_item, append<&ast::Merge::on_match>))))];

// --------------------------------------------------------------------- calls

constexpr auto procedure_name = [](auto& ctx) {
    ast::Call& call = x3::_val(ctx);
    if (call.name.span.end != 0) call.qualifier.push_back(std::move(call.name));
    call.name = std::move(x3::_attr(ctx));
};
constexpr auto open_arguments = [](auto& ctx) { x3::_val(ctx).arguments.emplace(); };
constexpr auto add_argument = [](auto& ctx) { x3::_val(ctx).arguments->push_back(x3::_attr(ctx)); };
constexpr auto yield_all = [](auto& ctx) {
    x3::_val(ctx).yield_star = true;
    builder(ctx).yield_star = builder(ctx).span(position(ctx) - 1, position(ctx));
};
struct YieldItemId;
x3::rule<YieldItemId, ast::YieldItem> const yield_item = "a result of the procedure";
auto const yield_item_def = variable_name()[store<&ast::YieldItem::field>] >>
                            -(kw("AS") >> x3::expect[any_name("an alias")][store<&ast::YieldItem::alias>]);

struct CallId;
x3::rule<CallId, ast::Call> const call = "CALL";
auto const call_def =
    spanned[kw("CALL") >> (x3::expect[any_name("a procedure or `{`")][procedure_name]) >>
            *(sym(".") >> x3::expect[any_name("a procedure")][procedure_name]) >>
            -(sym("(")[open_arguments] >>
              -(expression[add_argument] >> *(sym(",") >> x3::expect[expression][add_argument])) >>
              x3::expect[sym(")", "`,` or `)` to close the call")]) >>
            -(kw("YIELD")[flag<&ast::Call::has_yield>] >>
              (sym("*")[yield_all] | list_of(yield_item, append<&ast::Call::yield>)) >>
              -(kw("WHERE") >> x3::expect[expression][store<&ast::Call::where>]))];

constexpr auto open_imports = [](auto& ctx) { x3::_val(ctx).imports.emplace(); };
constexpr auto add_import = [](auto& ctx) { x3::_val(ctx).imports->push_back(std::move(x3::_attr(ctx))); };
constexpr auto store_query = [](auto& ctx) {
    x3::_val(ctx).query = builder(ctx).add(std::move(x3::_attr(ctx)));
};
constexpr auto open_transactions = [](auto& ctx) {
    Iterator const end = builder(ctx).token_end;  // of the word
    auto& transactions = x3::_val(ctx).transactions;
    transactions = typename std::decay_t<decltype(transactions)>::value_type();
    transactions->span = builder(ctx).span(end - std::string_view("TRANSACTIONS").size(), end);
};
constexpr auto transaction_rows = [](auto& ctx) { x3::_val(ctx).transactions->rows = x3::_attr(ctx); };
constexpr auto transaction_status = [](auto& ctx) {
    x3::_val(ctx).transactions->status = std::move(x3::_attr(ctx));
};
using OnError = ast::CallSubquery::Transactions::OnError;
constexpr auto on_error = [](OnError what) {
    return [what](auto& ctx) { x3::_val(ctx).transactions->on_error = what; };
};
constexpr auto close_transactions = [](auto& ctx) {
    Iterator const end = builder(ctx).token_end;
    x3::_val(ctx).transactions->span.end = builder(ctx).span(end, end).end;
};
struct CallSubqueryId;
x3::rule<CallSubqueryId, ast::CallSubquery> const call_subquery = "CALL";
auto const call_subquery_def =
    spanned[&(-kw("OPTIONAL") >> kw("CALL") >> (sym("{") | sym("("))) >>
            -kw("OPTIONAL")[flag<&ast::CallSubquery::optional>] >> kw("CALL") >>
            -(sym("(")[open_imports] >>
              (sym("*")[flag<&ast::CallSubquery::import_all>] |
               -(variable_name()[add_import] >> *(sym(",") >> x3::expect[variable_name()][add_import]))) >>
              x3::expect[sym(")", "`,` or `)` to close the imported variables")]) >>
            x3::expect[sym("{", "`{` and the subquery")] >> nested[x3::expect[query]][store_query] >>
            x3::expect[sym("}", "a clause or `}` to close the subquery")] >>
            -(kw("IN") >> x3::expect[kw("TRANSACTIONS")][open_transactions] >>
              -(kw("OF") >> x3::expect[expression][transaction_rows] >>
                (kw("ROW") | x3::expect[kw("ROWS")])) >>
              -(kw("ON") >> x3::expect[kw("ERROR")] >>
                ((kw("CONTINUE")[on_error(OnError::go_on)]) | (kw("BREAK")[on_error(OnError::stop)]) |
                 x3::expect[kw("FAIL", "`CONTINUE`, `BREAK` or `FAIL`")])) >>
              -(kw("REPORT") >> x3::expect[kw("STATUS")] >> x3::expect[kw("AS")] >>
                x3::expect[variable_name()][transaction_status]) >>
              x3::eps[close_transactions])];

// ------------------------------------------------------------ FOREACH, LOAD

struct ForeachBodyId;
x3::rule<ForeachBodyId, ast::SingleQuery> const foreach_body = "an updating clause";
auto const foreach_body_def = spanned[+clause[append<&ast::SingleQuery::clauses>]];

constexpr auto store_body = [](auto& ctx) {
    ast::Query body;
    body.parts.push_back(std::move(x3::_attr(ctx)));
    x3::_val(ctx).body = builder(ctx).add(std::move(body));
};
struct ForeachId;
x3::rule<ForeachId, ast::Foreach> const foreach = "FOREACH";
auto const foreach_def =
    spanned[kw("FOREACH") >> x3::expect[sym("(")] >>
            x3::expect[variable_name()][store<&ast::Foreach::variable>] >> x3::expect[kw("IN")] >>
            before_bar[x3::expect[expression]][store<&ast::Foreach::list>] >>
            x3::expect[sym("|", "`|` and updating clauses")] >>
            nested[x3::expect[foreach_body]][store_body] >>
            x3::expect[sym(")", "a clause or `)` to close `FOREACH`")]];

struct LoadCsvId;
x3::rule<LoadCsvId, ast::LoadCsv> const load_csv = "LOAD CSV";
auto const load_csv_def =
    spanned[kw("LOAD") >> x3::expect[kw("CSV")] >>
            -(kw("WITH")[flag<&ast::LoadCsv::with_headers>] >> x3::expect[kw("HEADERS")]) >>
            x3::expect[kw("FROM")] >> x3::expect[expression][store<&ast::LoadCsv::source>] >>
            x3::expect[kw("AS", "`AS` and a name for each row")] >>
            x3::expect[variable_name()][store<&ast::LoadCsv::variable>] >>
            -(kw("FIELDTERMINATOR") >> x3::expect[expression][store<&ast::LoadCsv::field_terminator>])];

auto const clause_def = call_subquery[become] | match[become] | return_clause[become] | with[become] |
                        unwind[become] | for_clause[become] | create[become] | merge[become] | set[become] |
                        remove[become] | delete_clause[become] | filter[become] | finish[become] |
                        call[become] | foreach[become] | load_csv[become];

BOOST_SPIRIT_DEFINE(match, bare_match, unwind, for_clause, one_label, projection_item, sort_item, projection,
                    with, let_item, pass, filter, finish, return_clause, create, set_item, set, remove_item,
                    remove, delete_clause, merge, yield_item, call, call_subquery, foreach_body, foreach,
                    load_csv, clause)

BOOST_SPIRIT_INSTANTIATE(ClauseRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(BareMatchRule, Iterator, Context)

}  // namespace islet::parser::grammar
