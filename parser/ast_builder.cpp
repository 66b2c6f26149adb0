#include "ast_builder.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "syntax_failure.hpp"

namespace islet::parser {

namespace {

// How tightly each operator binds, loosest first, as openCypher has it: `-3 ^ 2` is nine, and
// `a = b IN c` compares a with the answer of IN.
enum Precedence : std::uint8_t {
    or_level = 1,
    xor_level,
    and_level,
    not_level,
    comparison_level,
    predicate_level,
    additive_level,
    multiplicative_level,
    power_level,
    sign_level
};

Precedence precedence(ast::Binary::Op op) {
    using Op = ast::Binary::Op;
    switch (op) {
        case Op::logical_or:
            return or_level;
        case Op::logical_xor:
            return xor_level;
        case Op::logical_and:
            return and_level;
        case Op::add:
        case Op::subtract:
        case Op::concatenate:
            return additive_level;
        case Op::multiply:
        case Op::divide:
        case Op::modulo:
            return multiplicative_level;
        case Op::power:
            return power_level;
        case Op::starts_with:
        case Op::ends_with:
        case Op::contains:
        case Op::in:
        case Op::regex_match:
            return predicate_level;
    }
    return predicate_level;
}

// AND, OR and XOR are associative, so a long run of one becomes a balanced tree, however long.
bool is_logical(std::uint8_t precedence) {
    return precedence <= and_level;
}

}  // namespace

void AstBuilder::enter(char const* at) {
    if (++depth_ > max_depth) {
        throw SyntaxFailure(
            "UnexpectedSyntax",
            "the query is nested more than " + std::to_string(max_depth) + " levels deep here",
            "bind inner parts to names with WITH", at, at + 1);
    }
}

std::uint32_t AstBuilder::higher(std::uint32_t height, std::uint32_t at) const {
    if (height >= max_height) {
        throw SyntaxFailure(
            "UnexpectedSyntax",
            "the expression is too long: more than " + std::to_string(max_height) +
                " operators, each applied to the one before",
            "put the operands into a list and use reduce(), or split the expression with WITH", where(at),
            where(std::min<std::uint32_t>(at + 1, static_cast<std::uint32_t>(text_.size()))));
    }
    return height + 1;
}

AstBuilder::Frame AstBuilder::open_chain() {
    Frame const frame{operands_.size(), operator_base_, tallest_};
    operator_base_ = operators_.size();
    tallest_ = 0;
    return frame;
}

void AstBuilder::abandon_chain(Frame frame) {
    operators_.resize(operator_base_);
    operands_.resize(frame.operands);
    operator_base_ = frame.operators;
    tallest_ = frame.tallest;
}

ast::ExprId AstBuilder::close_chain(Frame frame) {
    while (has_operator(operator_base_)) reduce(operator_base_);
    Operand const whole = operands_.back();
    operands_.pop_back();
    operator_base_ = frame.operators;
    tallest_ = std::max(frame.tallest, whole.height);
    return whole.id;
}

void AstBuilder::raise_operand(char const* at) {
    tallest_ = higher(tallest_, span(at, at).begin);
}

void AstBuilder::end_operand(ast::ExprId id, char const* at) {
    operands_.push_back({id, higher(tallest_, span(at, at).begin)});
    // A sign binds tighter than anything that may follow.
    while (has_operator(operator_base_) && operators_.back().precedence == sign_level) reduce(operator_base_);
}

void AstBuilder::push(Prefix prefix, char const* begin, char const* end) {
    bool const is_not = prefix == Prefix::logical_not;
    if (is_not && has_operator(operator_base_) && operators_.back().precedence > not_level) {
        throw SyntaxFailure("UnexpectedSyntax", "`NOT` may not follow an operator that binds tighter",
                            "put the negation into parentheses", begin, end);
    }
    operators_.push_back({prefix, is_not ? not_level : sign_level, span(begin, end).begin});
}

void AstBuilder::push(Infix infix, char const*) {
    std::uint8_t level = comparison_level;
    if (auto const* op = std::get_if<ast::Binary::Op>(&infix)) level = precedence(*op);
    reduce_above(level, operator_base_);
    bool const run = is_logical(level);
    if (!run && has_operator(operator_base_) && operators_.back().precedence == level) reduce(operator_base_);
    operators_.push_back({infix, level, 0});
}

void AstBuilder::apply_test(Test test, char const* end) {
    reduce_above(predicate_level - 1, operator_base_);
    Operand& operand = operands_.back();
    auto const begin = (*this)[operand.id].span.begin;
    // `IS NOT NORMALIZED` is two nodes.
    auto const height = higher(higher(operand.height, begin), begin);
    operand = {tested(std::move(test), operand.id, end), height};
}

ast::ExprId AstBuilder::tested(Test test, ast::ExprId operand, char const* end) {
    ast::Span const whole{(*this)[operand].span.begin, span(end, end).end};
    if (auto const* null = std::get_if<NullTest>(&test)) {
        return add(ast::Unary{null->negated ? ast::Unary::Op::is_not_null : ast::Unary::Op::is_null, operand},
                   whole);
    }
    if (auto* type = std::get_if<ast::TypeTest>(&test)) {
        type->subject = operand;
        return add(std::move(*type), whole);
    }
    auto const& normal = std::get<NormalTest>(test);
    ast::FunctionCall call;
    call.name = {"isNormalized", whole};
    call.arguments = {operand, add(ast::Literal{normal.form}, whole)};
    auto const id = add(std::move(call), whole);
    return normal.negated ? add(ast::Unary{ast::Unary::Op::logical_not, id}, whole) : id;
}

void AstBuilder::reduce_above(std::uint8_t level, std::size_t base) {
    while (has_operator(base) && operators_.back().precedence > level) reduce(base);
}

void AstBuilder::reduce(std::size_t base) {
    Operator const top = operators_.back();
    if (auto const* prefix = std::get_if<Prefix>(&top.what)) {
        operators_.pop_back();
        reduce_prefix(*prefix, top.begin);
        return;
    }
    auto const& infix = std::get<Infix>(top.what);
    if (auto const* op = std::get_if<ast::Comparison::Op>(&infix)) {
        operators_.pop_back();
        reduce_comparison(*op);
        return;
    }
    reduce_run(std::get<ast::Binary::Op>(infix), top.precedence, base);
}

void AstBuilder::reduce_prefix(Prefix prefix, std::uint32_t begin) {
    Operand& operand = operands_.back();
    auto const height = higher(operand.height, begin);
    auto const op = prefix == Prefix::logical_not ? ast::Unary::Op::logical_not
                    : prefix == Prefix::minus     ? ast::Unary::Op::negate
                                                  : ast::Unary::Op::plus;
    auto const id = add(ast::Unary{op, operand.id}, {begin, (*this)[operand.id].span.end});
    operand = {id, height};
}

void AstBuilder::reduce_comparison(ast::Comparison::Op op) {
    Operand const right = operands_.back();
    operands_.pop_back();
    Operand& left = operands_.back();
    ast::Span const right_span = (*this)[right.id].span;
    if (left.open_comparison) {
        ast::Expr& chain = (*this)[left.id];
        std::get<ast::Comparison>(chain.node).rest.emplace_back(op, right.id);
        chain.span.end = right_span.end;
        left.height = std::max(left.height, higher(right.height, right_span.begin));
        return;
    }
    ast::Span const whole{(*this)[left.id].span.begin, right_span.end};
    auto const height = higher(std::max(left.height, right.height), whole.begin);
    auto const id = add(ast::Comparison{left.id, {{op, right.id}}}, whole);
    left = {id, height, true};
}

void AstBuilder::reduce_run(ast::Binary::Op op, std::uint8_t level, std::size_t base) {
    operators_.pop_back();
    if (!is_logical(level)) {
        Operand const right = operands_.back();
        operands_.pop_back();
        operands_.back() = applied(op, level, operands_.back(), right);
        return;
    }
    std::size_t count = 1;
    for (; has_operator(base) && operators_.back().precedence == level; ++count) operators_.pop_back();
    Operand const whole = balanced(op, operands_.data() + operands_.size() - (count + 1), count + 1);
    operands_.resize(operands_.size() - count);
    operands_.back() = whole;
}

AstBuilder::Operand AstBuilder::balanced(ast::Binary::Op op, Operand const* first, std::size_t count) {
    if (count == 1) return *first;
    std::size_t const half = count - count / 2;
    Operand const left = balanced(op, first, half);
    Operand const right = balanced(op, first + half, count - half);
    return joined(op, left, right);
}

AstBuilder::Operand AstBuilder::joined(ast::Binary::Op op, Operand left, Operand right) {
    ast::Span const whole{(*this)[left.id].span.begin, (*this)[right.id].span.end};
    auto const height = higher(std::max(left.height, right.height), whole.begin);
    return {add(ast::Binary{op, left.id, right.id}, whole), height, false};
}

AstBuilder::Operand AstBuilder::applied(ast::Binary::Op op, std::uint8_t level, Operand left, Operand right) {
    bool const same_run = left.run == level;
    if (!same_run || left.height < long_run_height) {
        Operand whole = joined(op, left, right);
        whole.run = level;
        return whole;
    }
    std::uint32_t const end = (*this)[right.id].span.end;
    if (!left.long_run) {
        ast::Span const whole{(*this)[left.id].span.begin, end};
        auto const height = higher(std::max(left.height, right.height), whole.begin);
        return {add(ast::LongOperation{left.id, {{op, right.id}}}, whole), height, false, level, true};
    }
    ast::Expr& run = (*this)[left.id];
    std::get<ast::LongOperation>(run.node).rest.emplace_back(op, right.id);
    run.span.end = end;
    left.height = std::max(left.height, higher(right.height, (*this)[right.id].span.begin));
    return left;
}

AstBuilder::LabelIndex AstBuilder::add_label(ast::LabelTerm term) {
    if (labels_.size() == max_label_terms) {
        throw SyntaxFailure(
            "UnexpectedSyntax",
            "the label expression has more than " + std::to_string(max_label_terms) + " terms", "",
            where(term.name.span.begin), where(term.name.span.end));
    }
    labels_.push_back(std::move(term));
    return static_cast<LabelIndex>(labels_.size() - 1);
}

}  // namespace islet::parser
