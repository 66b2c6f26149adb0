// Labels and types: names, and what is computed when the query runs.

#include <algorithm>

#include "bind.hpp"
#include "computed_labels.hpp"

namespace islet::query {
namespace {

using LabelPart = ast::LabelTerm;

bool is_computed(const LabelPart& term) {
    return term.op == LabelPart::Op::computed_all || term.op == LabelPart::Op::computed_any;
}

bool has_computed(const ast::LabelExpr& labels, std::uint32_t at) {
    const LabelPart& term = labels[at];
    if (is_computed(term)) return true;
    if (term.op == LabelPart::Op::negation) return has_computed(labels, term.left);
    if (term.op != LabelPart::Op::conjunction && term.op != LabelPart::Op::disjunction) return false;
    return has_computed(labels, term.left) || has_computed(labels, term.right);
}

/// Appends a part of a label expression to another one; its place there.
std::uint32_t copy_labels(const ast::LabelExpr& labels, std::uint32_t at, ast::LabelExpr& out) {
    LabelPart term = labels[at];
    if (term.op == LabelPart::Op::negation || term.op == LabelPart::Op::conjunction ||
        term.op == LabelPart::Op::disjunction) {
        term.left = copy_labels(labels, term.left, out);
        if (term.op != LabelPart::Op::negation) term.right = copy_labels(labels, term.right, out);
    }
    out.push_back(std::move(term));
    return static_cast<std::uint32_t>(out.size() - 1);
}

/// Adds the parts of a conjunction in which nothing is computed.
void add_plain(const ast::LabelExpr& labels, std::uint32_t at, ast::LabelExpr& out) {
    if (labels[at].op == LabelPart::Op::conjunction) {
        add_plain(labels, labels[at].left, out);
        add_plain(labels, labels[at].right, out);
        return;
    }
    if (has_computed(labels, at)) return;
    const std::uint32_t before = static_cast<std::uint32_t>(out.size());
    const std::uint32_t added = copy_labels(labels, at, out);
    if (before > 0) out.push_back({LabelPart::Op::conjunction, {}, before - 1, added});
}

std::uint32_t last_label(const ast::LabelExpr& labels) {
    return static_cast<std::uint32_t>(labels.size() - 1);
}

}  // namespace

ast::LabelExpr Binder::plain_labels(const ast::LabelExpr& labels) {
    if (std::none_of(labels.begin(), labels.end(), is_computed)) return labels;
    ast::LabelExpr out;
    add_plain(labels, last_label(labels), out);
    return out;
}

ast::LabelExpr Binder::computed_labels(const ast::LabelExpr& labels) {
    if (std::none_of(labels.begin(), labels.end(), is_computed)) return {};
    return labels;
}

ExprId Binder::label_value(ast::ExprId id, const ExprContext& context) {
    const ExprId value = expression(id, context);
    expect(value, string_type | list_type, "a computed label");
    return value;
}

void Binder::label_items(const std::vector<ast::Label>& items, const ExprContext& context,
                         std::vector<std::string>& names, std::vector<ExprId>& computed) {
    for (const ast::Label& item : items) {
        if (item.value == ast::ExprId::none) {
            names.push_back(item.name.text);
            continue;
        }
        if (item.any) {
            fail({.code = "42001",
                  .detail = "UnexpectedSyntax",
                  .message = "`$any` asks about labels; what is set or removed are all of them",
                  .span = item.name.span,
                  .hint = "write `$(…)`"});
        }
        computed.push_back(label_value(item.value, context));
    }
}

ExprId Binder::label_condition(const ast::LabelExpr& labels, ExprId entity, const ExprContext& context) {
    return label_condition(labels, last_label(labels), entity, context);
}

ExprId Binder::label_condition(const ast::LabelExpr& labels, std::uint32_t at, ExprId entity,
                               const ExprContext& context) {
    constexpr StaticType condition{boolean_type, any_type};
    const LabelPart& term = labels[at];
    if (!has_computed(labels, at)) {
        ast::LabelExpr part;
        copy_labels(labels, at, part);
        return out_.pool.add(LabelTest{entity, std::move(part)}, condition);
    }
    if (is_computed(term)) {
        const ExprId value = label_value(term.value, context);
        // What stands there as a text is known now.
        const auto* text = std::get_if<Constant>(&out_.pool[value].node);
        if (text != nullptr && text->value.kind() == Kind::string && !text->value.as_string().empty()) {
            LabelPart name;
            name.name = {std::string(text->value.as_string()), ast_[term.value].span};
            if (out_.pool[entity].type.set == relationship_type) {
                check_type(name.name);
            } else {
                check_label(name.name);
            }
            return out_.pool.add(LabelTest{entity, {std::move(name)}}, condition);
        }
        const bool any = term.op == LabelPart::Op::computed_any;
        return out_.pool.add(FunctionOf{&computed_label_test(any), {entity, value}}, condition,
                             term.name.span);
    }
    const ExprId left = label_condition(labels, term.left, entity, context);
    if (term.op == LabelPart::Op::negation) return out_.pool.add(Not{left}, condition);
    const ExprId right = label_condition(labels, term.right, entity, context);
    const auto op =
        term.op == LabelPart::Op::conjunction ? Logical::Op::conjunction : Logical::Op::disjunction;
    return out_.pool.add(Logical{op, {left, right}}, condition);
}

}  // namespace islet::query
