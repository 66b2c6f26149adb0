// Expressions as canonical text.
#include <string_view>

#include "lookahead.hpp"
#include "scanner.hpp"
#include "text_writer.hpp"

namespace islet::ast {

namespace scan = parser::scan;
namespace look = parser::look;

namespace {

using Level = TextWriter::Level;

struct OperatorText {
    std::string_view text;
    Level level;
};

OperatorText operator_text(Binary::Op op) {
    using Op = Binary::Op;
    switch (op) {
        case Op::logical_or:
            return {" OR ", Level::or_level};
        case Op::logical_xor:
            return {" XOR ", Level::xor_level};
        case Op::logical_and:
            return {" AND ", Level::and_level};
        case Op::add:
            return {" + ", Level::additive_level};
        case Op::subtract:
            return {" - ", Level::additive_level};
        case Op::concatenate:
            return {" || ", Level::additive_level};
        case Op::multiply:
            return {" * ", Level::multiplicative_level};
        case Op::divide:
            return {" / ", Level::multiplicative_level};
        case Op::modulo:
            return {" % ", Level::multiplicative_level};
        case Op::power:
            return {" ^ ", Level::power_level};
        case Op::starts_with:
            return {" STARTS WITH ", Level::predicate_level};
        case Op::ends_with:
            return {" ENDS WITH ", Level::predicate_level};
        case Op::contains:
            return {" CONTAINS ", Level::predicate_level};
        case Op::in:
            return {" IN ", Level::predicate_level};
        case Op::regex_match:
            return {" =~ ", Level::predicate_level};
    }
    return {};
}

std::string_view operator_text(Comparison::Op op) {
    using Op = Comparison::Op;
    switch (op) {
        case Op::equal:
            return " = ";
        case Op::not_equal:
            return " <> ";
        case Op::less:
            return " < ";
        case Op::less_equal:
            return " <= ";
        case Op::greater:
            return " > ";
        case Op::greater_equal:
            return " >= ";
    }
    return {};
}

bool is_logical(Binary::Op op) {
    return operator_text(op).level <= Level::and_level;
}

Level level_of(const ExprNode& node) {
    if (const auto* unary = std::get_if<Unary>(&node)) {
        switch (unary->op) {
            case Unary::Op::logical_not:
                return Level::not_level;
            case Unary::Op::negate:
            case Unary::Op::plus:
                return Level::sign_level;
            case Unary::Op::is_null:
            case Unary::Op::is_not_null:
                return Level::predicate_level;
        }
    }
    if (const auto* binary = std::get_if<Binary>(&node)) return operator_text(binary->op).level;
    if (const auto* run = std::get_if<LongOperation>(&node))
        return operator_text(run->rest.front().first).level;
    if (std::holds_alternative<Comparison>(node)) return Level::comparison_level;
    if (std::holds_alternative<HasLabels>(node)) return Level::label_level;
    if (std::holds_alternative<TypeTest>(node)) return Level::predicate_level;
    // A sign or a comparison behind a pattern would be read as its next relationship.
    if (std::holds_alternative<PatternPredicate>(node)) return Level::comparison_level;
    return Level::atom_level;
}

}  // namespace

std::string to_text(const Ast& ast) {
    TextWriter writer(ast);
    writer.statement();
    return writer.take();
}

std::string to_text(const Ast& ast, ExprId expr) {
    TextWriter writer(ast);
    writer.expression(expr);
    return writer.take();
}

void TextWriter::expression(ExprId id, std::uint8_t level) {
    const ExprNode& node = ast_[id].node;
    bool const enclosed = level_of(node) < level;
    if (enclosed) put("(");
    std::visit([this](const auto& one) { write(one); }, node);
    if (enclosed) put(")");
}

std::size_t TextWriter::expressions(const std::vector<ExprId>& list) {
    std::size_t first_end = out_.size();
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (i > 0) put(", ");
        expression(list[i]);
        if (i == 0) first_end = out_.size();
    }
    return first_end;
}

void TextWriter::enclose(std::size_t begin, std::size_t end, char open, char close) {
    out_.insert(end, 1, close);
    out_.insert(begin, 1, open);
}

// ---------------------------------------------------------------- lists, maps

void TextWriter::write(const ListLiteral& list) {
    std::size_t const begin = out_.size();
    put("[");
    std::size_t const first_end = expressions(list.items);
    put("]");
    // `[x IN xs]` would be read as a comprehension.
    if (look::list_form(out_.data() + begin, out_.data() + out_.size()) != look::ListForm::literal) {
        enclose(begin + 1, first_end);
    }
}

void TextWriter::write(const MapLiteral& map) {
    put("{");
    for (std::size_t i = 0; i < map.entries.size(); ++i) {
        if (i > 0) put(", ");
        name(map.entries[i].first, true);
        put(": ");
        expression(map.entries[i].second);
    }
    put("}");
}

// ----------------------------------------------------------------- operators

void TextWriter::write(const PropertyAccess& access) {
    expression(access.subject, atom_level);
    put(".");
    name(access.key, true);
}

void TextWriter::write(const Subscript& subscript) {
    expression(subscript.subject, atom_level);
    put("[");
    expression(subscript.index);
    put("]");
}

void TextWriter::write(const Slice& slice) {
    expression(slice.subject, atom_level);
    put("[");
    if (slice.from != ExprId::none) expression(slice.from);
    put("..");
    if (slice.to != ExprId::none) expression(slice.to);
    put("]");
}

void TextWriter::write(const Unary& unary) {
    switch (unary.op) {
        case Unary::Op::logical_not:
            put("NOT ");
            expression(unary.operand, not_level);
            return;
        case Unary::Op::is_null:
        case Unary::Op::is_not_null:
            expression(unary.operand, predicate_level);
            put(unary.op == Unary::Op::is_null ? " IS NULL" : " IS NOT NULL");
            return;
        case Unary::Op::negate:
        case Unary::Op::plus:
            break;
    }
    put(unary.op == Unary::Op::negate ? "-" : "+");
    std::size_t const begin = out_.size();
    expression(unary.operand, sign_level);
    // The minus before a number would become the number's.
    char const first = out_[begin];
    if (scan::is_digit(first) || first == '-' || first == '+' || first == '.') {
        enclose(begin, out_.size());
    }
}

void TextWriter::write(const Binary& binary) {
    if (is_logical(binary.op)) {
        logical(binary);
        return;
    }
    auto const [text, level] = operator_text(binary.op);
    expression(binary.left, level);
    put(text);
    expression(binary.right, static_cast<std::uint8_t>(level + 1));
}

void TextWriter::write(const LongOperation& run) {
    auto const level = operator_text(run.rest.front().first).level;
    expression(run.first, level);
    for (const auto& [op, operand] : run.rest) {
        put(operator_text(op).text);
        expression(operand, static_cast<std::uint8_t>(level + 1));
    }
}

// Runs of AND, OR and XOR are balanced trees; one that is balanced needs no parentheses.
void TextWriter::logical(const Binary& binary) {
    std::size_t const left = leaves(binary.left, binary.op);
    std::size_t const right = leaves(binary.right, binary.op);
    std::size_t const count = left + right;
    bool const flat = left == count - count / 2 && is_balanced(binary.left, binary.op, left) &&
                      is_balanced(binary.right, binary.op, right);
    run(binary.left, binary.op, flat ? left : 1);
    put(operator_text(binary.op).text);
    run(binary.right, binary.op, flat ? right : 1);
}

std::size_t TextWriter::leaves(ExprId id, Binary::Op op) const {
    const auto* binary = std::get_if<Binary>(&ast_[id].node);
    if (binary == nullptr || binary->op != op) return 1;
    return leaves(binary->left, op) + leaves(binary->right, op);
}

bool TextWriter::is_balanced(ExprId id, Binary::Op op, std::size_t count) const {
    if (count == 1) return true;
    const auto* binary = std::get_if<Binary>(&ast_[id].node);
    if (binary == nullptr || binary->op != op) return false;
    std::size_t const left = count - count / 2;
    return leaves(binary->left, op) == left && is_balanced(binary->left, op, left) &&
           is_balanced(binary->right, op, count - left);
}

void TextWriter::run(ExprId id, Binary::Op op, std::size_t count) {
    if (count == 1) {
        expression(id, static_cast<std::uint8_t>(operator_text(op).level + 1));
        return;
    }
    const auto& binary = std::get<Binary>(ast_[id].node);
    run(binary.left, op, count - count / 2);
    put(operator_text(op).text);
    run(binary.right, op, count / 2);
}

void TextWriter::write(const Comparison& comparison) {
    expression(comparison.first, predicate_level);
    for (const auto& [op, operand] : comparison.rest) {
        put(operator_text(op));
        expression(operand, predicate_level);
    }
}

void TextWriter::write(const HasLabels& test) {
    expression(test.subject, atom_level);
    labels(test.labels, true);
}

void TextWriter::write(const TypeTest& test) {
    expression(test.subject, predicate_level);
    put(test.negated ? " IS NOT :: " : " IS :: ");
    put(to_text(test.types));
}

// --------------------------------------------------------- calls and the like

void TextWriter::write(const FunctionCall& call) {
    std::size_t const begin = out_.size();
    names(call.qualifier, ".", false);
    if (!call.qualifier.empty()) put(".");
    name(call.name);
    put(call.distinct ? "(DISTINCT " : "(");
    std::size_t const first_begin = out_.size();
    std::size_t const first_end = expressions(call.arguments);
    put(")");
    auto const is_function = [&] {
        return look::word_form(out_.data() + begin, out_.data() + out_.size()) == look::WordForm::function;
    };
    // `all(x IN xs)` and `reduce(a = b)` would be read as something else, and so would shortestPath(…).
    if (is_function()) return;
    enclose(first_begin, first_end);
    if (is_function()) return;
    out_.erase(first_end + 1, 1);
    out_.erase(first_begin, 1);
    enclose(begin, begin + call.name.text.size(), '`', '`');
}

void TextWriter::write(const CountStar&) {
    put("count(*)");
}

void TextWriter::write(const ListComprehension& comprehension) {
    put("[");
    name(comprehension.variable);
    put(" IN ");
    expression(comprehension.list);
    where(comprehension.where);
    if (comprehension.value != ExprId::none) {
        put(" | ");
        expression(comprehension.value);
    }
    put("]");
}

void TextWriter::write(const Quantifier& quantifier) {
    switch (quantifier.kind) {
        case Quantifier::Kind::all:
            put("all(");
            break;
        case Quantifier::Kind::any:
            put("any(");
            break;
        case Quantifier::Kind::none:
            put("none(");
            break;
        case Quantifier::Kind::single:
            put("single(");
            break;
    }
    name(quantifier.variable);
    put(" IN ");
    expression(quantifier.list);
    where(quantifier.where);
    put(")");
}

void TextWriter::write(const Reduce& reduce) {
    put("reduce(");
    name(reduce.accumulator);
    put(" = ");
    expression(reduce.initial);
    put(", ");
    name(reduce.variable);
    put(" IN ");
    expression(reduce.list);
    put(" | ");
    expression(reduce.value);
    put(")");
}

void TextWriter::write(const PatternComprehension& comprehension) {
    put("[");
    path(comprehension.pattern);
    where(comprehension.where);
    put(" | ");
    expression(comprehension.value);
    put("]");
}

void TextWriter::write(const PatternPredicate& predicate) {
    path(predicate.pattern);
}

void TextWriter::write(const Case& node) {
    put("CASE");
    if (node.subject != ExprId::none) {
        space();
        expression(node.subject);
    }
    for (const auto& [when, then] : node.alternatives) {
        put(" WHEN ");
        expression(when);
        put(" THEN ");
        expression(then);
    }
    if (node.otherwise != ExprId::none) {
        put(" ELSE ");
        expression(node.otherwise);
    }
    put(" END");
}

void TextWriter::write(const Subquery& subquery) {
    switch (subquery.kind) {
        case Subquery::Kind::exists:
            put("EXISTS { ");
            break;
        case Subquery::Kind::count:
            put("COUNT { ");
            break;
        case Subquery::Kind::collect:
            put("COLLECT { ");
            break;
    }
    query(ast_[subquery.query]);
    put(" }");
}

void TextWriter::write(const MapProjection& projection) {
    std::size_t const begin = out_.size();
    name(projection.subject);
    put(" {");
    // A variable of the name `count` would begin a subquery.
    if (look::word_form(out_.data() + begin, out_.data() + out_.size()) == look::WordForm::subquery) {
        enclose(begin, begin + projection.subject.text.size(), '`', '`');
    }
    for (std::size_t i = 0; i < projection.items.size(); ++i) {
        const MapProjection::Item& item = projection.items[i];
        if (i > 0) put(", ");
        switch (item.kind) {
            case MapProjection::Item::Kind::property:
                put(".");
                name(item.name, true);
                break;
            case MapProjection::Item::Kind::all_properties:
                put(".*");
                break;
            case MapProjection::Item::Kind::variable:
                name(item.name, true);
                break;
            case MapProjection::Item::Kind::entry:
                name(item.name, true);
                put(": ");
                expression(item.value);
                break;
        }
    }
    put("}");
}

}  // namespace islet::ast
