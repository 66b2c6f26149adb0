// Label expressions: names joined by `|`, `&` and `!`, and labels that are computed.
#include "expression.hpp"

namespace islet::parser::grammar {

using LabelIndex = AstBuilder::LabelIndex;

constexpr auto label_name = [](auto& ctx) {
    x3::_val(ctx) = builder(ctx).add_label({ast::LabelTerm::Op::name, std::move(x3::_attr(ctx)), 0, 0});
};
constexpr auto label_wildcard = [](auto& ctx) {
    x3::_val(ctx) = builder(ctx).add_label({ast::LabelTerm::Op::wildcard, {}, 0, 0});
};
constexpr auto label_negation = [](auto& ctx) {
    x3::_val(ctx) = builder(ctx).add_label({ast::LabelTerm::Op::negation, {}, x3::_attr(ctx), 0});
};
constexpr auto label_join = [](ast::LabelTerm::Op op) {
    return [op](auto& ctx) {
        x3::_val(ctx) = builder(ctx).add_label({op, {}, x3::_val(ctx), x3::_attr(ctx)});
    };
};

struct LabelFactorId;
struct LabelConjunctionId;
x3::rule<LabelFactorId, LabelIndex> const label_factor = "a label";
x3::rule<LabelConjunctionId, LabelIndex> const label_conjunction = "a label";

// `|` joins labels, unless it would end the comprehension around them.
struct LabelBar : x3::parser<LabelBar> {
    using attribute_type = x3::unused_type;
    static constexpr bool has_attribute = false;

    template <typename AnyContext, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, Iterator const& last, AnyContext const& context, RuleContext const& rule,
               Attribute const& attribute) const {
        return !builder(context).bar_ends && bar.parse(first, last, context, rule, attribute);
    }
};

// In parentheses `|` can end nothing.
struct InnerLabels : x3::parser<InnerLabels> {
    using attribute_type = LabelIndex;
    static constexpr bool has_attribute = true;

    template <typename AnyContext, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, Iterator const& last, AnyContext const& context, RuleContext const&,
               Attribute& attribute) const {
        bool const outer = std::exchange(builder(context).bar_ends, false);
        bool const matched = labels.parse(first, last, context, x3::unused, attribute);
        builder(context).bar_ends = outer;
        return matched;
    }
};

// The expression of a computed label: it may hold label expressions of its own.
struct LabelValue : x3::parser<LabelValue> {
    using attribute_type = ast::ExprId;
    static constexpr bool has_attribute = true;

    template <typename AnyContext, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, Iterator const& last, AnyContext const& context, RuleContext const&,
               Attribute& attribute) const {
        AstBuilder& build = builder(context);
        auto outer = build.take_labels();
        bool const bar_ends = std::exchange(build.bar_ends, false);
        bool const negated = std::exchange(build.labels_negated, false);
        bool const matched = x3::expect[expression].parse(first, last, context, x3::unused, attribute);
        build.restore_labels(std::move(outer));
        build.bar_ends = bar_ends;
        build.labels_negated = negated;
        return matched;
    }
};
constexpr auto computed_span = [](auto& ctx) {
    AstBuilder& build = builder(ctx);
    Iterator begin = build.where(build[x3::_val(ctx).value].span.begin);
    while (*begin != '$') --begin;
    x3::_val(ctx).name.span = build.span(begin, build.token_end);
};
auto const computed_label_def =
    sym("$") >> -(kw("ALL") | kw("ANY")[flag<&ast::Label::any>]) >>
    x3::expect[sym("(", "`(` and what gives the label")] >> nested[LabelValue{}][store<&ast::Label::value>] >>
    x3::expect[sym(")", "`)` to close the computed label")] >> x3::eps[computed_span];
constexpr auto label_computed = [](auto& ctx) {
    ast::Label& label = x3::_attr(ctx);
    auto const op = label.any ? ast::LabelTerm::Op::computed_any : ast::LabelTerm::Op::computed_all;
    x3::_val(ctx) = builder(ctx).add_label({op, std::move(label.name), 0, 0, label.value});
};

auto const label_factor_def = any_name("a label")[label_name] | computed_label[label_computed] |
                              sym("%")[label_wildcard] |
                              (sym("!") >> nested[x3::expect[label_factor]][label_negation]) |
                              (sym("(") >> nested[InnerLabels{}][become] >>
                               x3::expect[sym(")", "`|`, `&` or `)` to close the label expression")]);
auto const label_conjunction_def = label_factor[become] >>
                                   *((sym("&") | sym(":")) >>
                                     x3::expect[label_factor][label_join(ast::LabelTerm::Op::conjunction)]);
auto const labels_def = label_conjunction[become] >>
                        *(LabelBar{} >> -sym(":") >>
                          x3::expect[label_conjunction][label_join(ast::LabelTerm::Op::disjunction)]);

BOOST_SPIRIT_DEFINE(computed_label, label_factor, label_conjunction, labels)

BOOST_SPIRIT_INSTANTIATE(LabelsRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(ComputedLabelRule, Iterator, Context)

}  // namespace islet::parser::grammar
