#include "literal.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "islet/parser.hpp"

namespace islet::cli {

namespace {

std::optional<Value> value_of(const ast::Ast& tree, ast::ExprId id);

std::optional<Value> value_of(const ast::Literal& literal) {
    return std::visit(
        [](const auto& held) -> Value {
            if constexpr (std::is_same_v<std::decay_t<decltype(held)>, ast::Null>) {
                return nullptr;
            } else {
                return held;
            }
        },
        literal.value);
}

std::optional<Value> signed_value(const ast::Ast& tree, const ast::Unary& unary) {
    const auto operand = value_of(tree, unary.operand);
    if (!operand || !operand->is_number()) return std::nullopt;
    if (unary.op == ast::Unary::Op::plus) return operand;
    if (unary.op != ast::Unary::Op::negate) return std::nullopt;
    if (operand->kind() == Kind::floating) return Value(-operand->as_double());
    if (operand->as_int() == std::numeric_limits<std::int64_t>::min()) return operand;
    return Value(-operand->as_int());
}

std::optional<Value> value_of(const ast::Ast& tree, ast::ExprId id) {
    const ast::ExprNode& node = tree[id].node;
    if (const auto* literal = std::get_if<ast::Literal>(&node)) return value_of(*literal);
    if (const auto* unary = std::get_if<ast::Unary>(&node)) return signed_value(tree, *unary);
    if (const auto* list = std::get_if<ast::ListLiteral>(&node)) {
        List items;
        for (const ast::ExprId item : list->items) {
            auto value = value_of(tree, item);
            if (!value) return std::nullopt;
            items.push_back(std::move(*value));
        }
        return Value(std::move(items));
    }
    if (const auto* map = std::get_if<ast::MapLiteral>(&node)) {
        Map entries;
        for (const auto& [key, item] : map->entries) {
            auto value = value_of(tree, item);
            if (!value) return std::nullopt;
            entries.set(key.text, std::move(*value));
        }
        return Value(std::move(entries));
    }
    return std::nullopt;
}

struct Quantity {
    double number;
    std::string_view unit;
};

std::optional<Quantity> quantity(std::string_view text) {
    Quantity result{};
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), result.number);
    if (failure != std::errc{} || !std::isfinite(result.number) || result.number < 0) return std::nullopt;
    result.unit = text.substr(static_cast<std::size_t>(end - text.data()));
    return result;
}

}  // namespace

std::optional<Value> literal(std::string_view text) {
    const parser::Parsed parsed = parser::parse("RETURN " + std::string(text) + "\n");
    const auto* tree = std::get_if<ast::Ast>(&parsed);
    if (tree == nullptr || tree->mode != ast::Mode::run || tree->root.parts.size() != 1) return std::nullopt;
    const auto& clauses = tree->root.parts.front().clauses;
    if (clauses.size() != 1) return std::nullopt;
    const auto* returned = std::get_if<ast::Return>(&clauses.front());
    if (returned == nullptr) return std::nullopt;
    const ast::Projection& body = returned->projection;
    const bool one_value = !body.star && !body.distinct && body.items.size() == 1 &&
                           !body.items.front().alias && body.order_by.empty() &&
                           body.skip == ast::ExprId::none && body.limit == ast::ExprId::none;
    return one_value ? value_of(*tree, body.items.front().expr) : std::nullopt;
}

Value literal_or_text(std::string_view text) {
    auto value = literal(text);
    return value ? std::move(*value) : Value(text);
}

std::optional<std::pair<std::string, std::string>> split_assignment(std::string_view text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0) return std::nullopt;
    return std::pair{std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

std::optional<std::chrono::milliseconds> duration(std::string_view text) {
    const auto given = quantity(text);
    if (!given) return std::nullopt;
    double factor = 0;
    if (given->unit == "ms") factor = 1;
    if (given->unit == "s" || given->unit.empty()) factor = 1e3;
    if (given->unit == "m" || given->unit == "min") factor = 6e4;
    if (given->unit == "h") factor = 3.6e6;
    constexpr double longest = 3.6e6 * 24 * 365;
    if (factor == 0 || given->number * factor > longest) return std::nullopt;
    // At least one: zero would mean no bound.
    return std::chrono::milliseconds(std::max<std::int64_t>(1, std::llround(given->number * factor)));
}

std::optional<std::uint64_t> byte_size(std::string_view text) {
    const auto given = quantity(text);
    if (!given) return std::nullopt;
    std::string_view unit = given->unit;
    double factor = 1;
    constexpr std::string_view prefixes = "KMGT";
    if (!unit.empty()) {
        const char prefix = unit.front() >= 'a' ? static_cast<char>(unit.front() - 'a' + 'A') : unit.front();
        const std::size_t power = prefixes.find(prefix);
        if (power != std::string_view::npos) {
            factor = std::pow(1024.0, static_cast<double>(power + 1));
            unit.remove_prefix(1);
            if (unit.starts_with('i')) unit.remove_prefix(1);
        }
        if (unit == "B" || unit == "b") unit.remove_prefix(1);
    }
    constexpr double largest = 1e18;
    const double bytes = given->number * factor;
    if (!unit.empty() || bytes < 1 || bytes > largest) return std::nullopt;
    return static_cast<std::uint64_t>(bytes);
}

}  // namespace islet::cli
