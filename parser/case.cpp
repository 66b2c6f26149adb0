// CASE in its forms, and trim() with FROM.
#include "case.hpp"

#include <algorithm>

#include "expression.hpp"
#include "operators.hpp"

namespace islet::parser::grammar {

// `trim(LEADING x FROM y)` is `ltrim(y, x)`.
constexpr auto trim_side = [](char const* function) {
    return [function](auto& ctx) { x3::_val(ctx).name = {function, {}}; };
};
constexpr auto trim_source = [](auto& ctx) {
    auto& arguments = x3::_val(ctx).arguments;
    arguments.insert(arguments.begin(), x3::_attr(ctx));
};
auto const trim_call_def =
    kw("TRIM")[trim_side("btrim")] >> sym("(") >>
    -(kw("LEADING")[trim_side("ltrim")] | kw("TRAILING")[trim_side("rtrim")] | kw("BOTH")) >>
    ((&kw("FROM")) | x3::expect[expression][append<&ast::FunctionCall::arguments>]) >>
    x3::expect[kw("FROM", "`FROM` and the text to trim")] >> x3::expect[expression][trim_source] >>
    x3::expect[sym(")", "`)` to close the call")];

struct CaseInfix : Token<CaseInfix, Infix> {
    bool match(Iterator& first, Iterator last, Infix& infix, AstBuilder const& build) const {
        Iterator at = first;
        if (!InfixToken{}.match(at, last, infix, build)) return false;
        if (auto const* op = std::get_if<ast::Binary::Op>(&infix)) {
            using Op = ast::Binary::Op;
            if (*op != Op::starts_with && *op != Op::ends_with && *op != Op::contains && *op != Op::in &&
                *op != Op::regex_match)
                return false;
        }
        first = at;
        return true;
    }
};
constexpr auto has_subject = [](auto& ctx) {
    x3::_pass(ctx) = x3::_val(ctx).whole.subject != ast::ExprId::none;
};
constexpr auto case_when = [](auto& ctx) {
    x3::_val(ctx).whole.alternatives.emplace_back(x3::_attr(ctx), ast::ExprId::none);
    x3::_val(ctx).conditions.push_back(false);
};
constexpr auto case_infix = [](auto& ctx) { x3::_val(ctx).infix = x3::_attr(ctx); };
constexpr auto case_compared = [](auto& ctx) {
    CaseParts& parts = x3::_val(ctx);
    AstBuilder& build = builder(ctx);
    ast::ExprId const operand = x3::_attr(ctx);
    ast::Span const span = build[operand].span;
    ast::ExprId id{};
    if (auto const* op = std::get_if<ast::Comparison::Op>(&parts.infix)) {
        id = build.add(ast::Comparison{parts.whole.subject, {{*op, operand}}}, span);
    } else {
        id = build.add(ast::Binary{std::get<ast::Binary::Op>(parts.infix), parts.whole.subject, operand},
                       span);
    }
    parts.whole.alternatives.emplace_back(id, ast::ExprId::none);
    parts.conditions.push_back(true);
};
constexpr auto case_tested = [](auto& ctx) {
    CaseParts& parts = x3::_val(ctx);
    AstBuilder& build = builder(ctx);
    Iterator const end = position(ctx);
    auto const id = build.tested(std::move(x3::_attr(ctx)), parts.whole.subject, end);
    parts.whole.alternatives.emplace_back(id, ast::ExprId::none);
    parts.conditions.push_back(true);
};
constexpr auto case_then = [](auto& ctx) {
    CaseParts& parts = x3::_val(ctx);
    for (; parts.open < parts.whole.alternatives.size(); ++parts.open)
        parts.whole.alternatives[parts.open].second = x3::_attr(ctx);
};
constexpr auto case_else = [](auto& ctx) { x3::_val(ctx).whole.otherwise = x3::_attr(ctx); };
constexpr auto case_subject = [](auto& ctx) { x3::_val(ctx).whole.subject = x3::_attr(ctx); };
constexpr auto case_end = [](auto& ctx) {
    CaseParts& parts = x3::_val(ctx);
    AstBuilder& build = builder(ctx);
    if (std::find(parts.conditions.begin(), parts.conditions.end(), true) == parts.conditions.end()) return;
    for (std::size_t i = 0; i < parts.conditions.size(); ++i) {
        ast::ExprId& when = parts.whole.alternatives[i].first;
        if (parts.conditions[i]) continue;
        ast::Span const span = build[when].span;
        when = build.add(ast::Comparison{parts.whole.subject, {{ast::Comparison::Op::equal, when}}}, span);
    }
    parts.whole.subject = ast::ExprId::none;
};
auto const case_test =
    (x3::eps[has_subject] >>
     ((operand_test[case_tested]) | (CaseInfix{}[case_infix] >> x3::expect[expression][case_compared]))) |
    x3::expect[expression][case_when];
auto const case_tests = case_test >> *(x3::eps[has_subject] >> sym(",") >> case_test);
auto const case_expression_def =
    kw("CASE")[([](auto& ctx) {
        x3::_val(ctx).whole.subject = x3::_val(ctx).whole.otherwise = ast::ExprId::none;
    })] >>
    -expression[case_subject] >> x3::expect[kw("WHEN")] >> case_tests >> x3::expect[kw("THEN")] >>
    x3::expect[expression][case_then] >>
    *(kw("WHEN") >> case_tests >> x3::expect[kw("THEN")] >> x3::expect[expression][case_then]) >>
    -(kw("ELSE") >> x3::expect[expression][case_else]) >>
    x3::expect[kw("END", "`WHEN`, `ELSE` or `END` to close `CASE`")] >> x3::eps[case_end];

BOOST_SPIRIT_DEFINE(trim_call, case_expression)

BOOST_SPIRIT_INSTANTIATE(TrimRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(CaseRule, Iterator, Context)

}  // namespace islet::parser::grammar
