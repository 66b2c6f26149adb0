// + - * / % ^ and the sign. Two integers or two floats go straight through; what
// else an operator takes is looked at after these.
#include <cmath>
#include <limits>
#include <string>

#include "function_errors.hpp"
#include "islet/text.hpp"
#include "temporal_values.hpp"

namespace islet::query {
namespace {

bool both(Kind kind, const Value& a, const Value& b) {
    return a.kind() == kind && b.kind() == kind;
}

[[noreturn]] void overflow(const Value& a, const char* symbol, const Value& b) {
    raise_overflow(std::to_string(a.as_int()) + ' ' + symbol + ' ' + std::to_string(b.as_int()));
}

[[noreturn]] void division_by_zero(const Value& a, const char* symbol) {
    raise(status::division_by_zero, "ArithmeticError", "DivisionByZero",
          std::to_string(a.as_int()) + ' ' + symbol + " 0 has no value",
          "with a FLOAT operand the result is NaN or infinite instead");
}

/// The operands of an arithmetic operator as floats, or an error.
struct Floats {
    double a;
    double b;
};
Floats floats(const Value& a, const char* symbol, const Value& b) {
    if (!a.is_number() || !b.is_number()) raise_operands(symbol, {a.kind(), b.kind()});
    return {a.number(), b.number()};
}

/// What `+` writes for an operand beside a string; false if it writes none.
bool append_text(const Value& value, std::string& text) {
    switch (value.kind()) {
        case Kind::string:
            text += value.as_string();
            return true;
        case Kind::integer:
            text += std::to_string(value.as_int());
            return true;
        case Kind::floating:
            text += float_text(value.as_double());
            return true;
        case Kind::boolean:
            text += value.as_bool() ? "true" : "false";
            return true;
        default:
            if (!is_temporal(value.kind())) return false;
            text += temporal_text(value);
            return true;
    }
}

Value joined(std::string_view a, std::string_view b, const char* symbol) {
    check_text_size(symbol, a.size() + b.size());
    std::string text;
    text.reserve(a.size() + b.size());
    return text.append(a).append(b);
}

Value joined(const List& a, const List& b, const char* symbol) {
    check_list_size(symbol, a.size() + b.size());
    List list;
    list.reserve(a.size() + b.size());
    list.insert(list.end(), a.begin(), a.end());
    list.insert(list.end(), b.begin(), b.end());
    return list;
}

/// A list and one more element, at its end or in front.
Value extended(const List& list, const Value& element, bool at_end) {
    check_list_size("`+`", list.size() + 1);
    List longer;
    longer.reserve(list.size() + 1);
    if (!at_end) longer.push_back(element);
    longer.insert(longer.end(), list.begin(), list.end());
    if (at_end) longer.push_back(element);
    return longer;
}

Value add_others(const Value& a, const Value& b) {
    if (a.is_null() || b.is_null()) return {};
    if (a.is_number() && b.is_number()) return a.number() + b.number();
    if (both(Kind::list, a, b)) return joined(a.as_list(), b.as_list(), "`+`");
    if (a.kind() == Kind::list) return extended(a.as_list(), b, true);
    if (b.kind() == Kind::list) return extended(b.as_list(), a, false);
    if (auto sum = add_temporal(a, b)) return *std::move(sum);
    if (a.kind() == Kind::string || b.kind() == Kind::string) {
        std::string text;
        if (append_text(a, text) && append_text(b, text)) {
            check_text_size("`+`", text.size());
            return text;
        }
    }
    raise_operands("+", {a.kind(), b.kind()});
}

}  // namespace

Value add(const Value& a, const Value& b) {
    if (both(Kind::integer, a, b)) {
        std::int64_t sum = 0;
        if (__builtin_add_overflow(a.as_int(), b.as_int(), &sum)) overflow(a, "+", b);
        return sum;
    }
    if (both(Kind::floating, a, b)) return a.as_double() + b.as_double();
    if (both(Kind::string, a, b)) return joined(a.as_string(), b.as_string(), "`+`");
    return add_others(a, b);
}

Value subtract(const Value& a, const Value& b) {
    if (both(Kind::integer, a, b)) {
        std::int64_t difference = 0;
        if (__builtin_sub_overflow(a.as_int(), b.as_int(), &difference)) overflow(a, "-", b);
        return difference;
    }
    if (both(Kind::floating, a, b)) return a.as_double() - b.as_double();
    if (a.is_null() || b.is_null()) return {};
    if (auto difference = subtract_temporal(a, b)) return *std::move(difference);
    const auto [x, y] = floats(a, "-", b);
    return x - y;
}

Value multiply(const Value& a, const Value& b) {
    if (both(Kind::integer, a, b)) {
        std::int64_t product = 0;
        if (__builtin_mul_overflow(a.as_int(), b.as_int(), &product)) overflow(a, "*", b);
        return product;
    }
    if (both(Kind::floating, a, b)) return a.as_double() * b.as_double();
    if (a.is_null() || b.is_null()) return {};
    if (auto product = multiply_temporal(a, b)) return *std::move(product);
    const auto [x, y] = floats(a, "*", b);
    return x * y;
}

Value divide(const Value& a, const Value& b) {
    if (both(Kind::integer, a, b)) {
        if (b.as_int() == 0) division_by_zero(a, "/");
        if (b.as_int() == -1 && a.as_int() == std::numeric_limits<std::int64_t>::min()) overflow(a, "/", b);
        return a.as_int() / b.as_int();
    }
    if (a.is_null() || b.is_null()) return {};
    if (auto quotient = divide_temporal(a, b)) return *std::move(quotient);
    // By 0.0 it is infinite or NaN: a float has values for that.
    const auto [x, y] = floats(a, "/", b);
    return x / y;
}

Value modulo(const Value& a, const Value& b) {
    if (both(Kind::integer, a, b)) {
        if (b.as_int() == 0) division_by_zero(a, "%");
        // The processor would trap on the least integer by -1, though the remainder is 0.
        return b.as_int() == -1 ? std::int64_t{0} : a.as_int() % b.as_int();
    }
    if (a.is_null() || b.is_null()) return {};
    const auto [x, y] = floats(a, "%", b);
    return std::fmod(x, y);
}

Value power(const Value& a, const Value& b) {
    if (a.is_null() || b.is_null()) return {};
    const auto [x, y] = floats(a, "^", b);
    return std::pow(x, y);
}

Value negate(const Value& a) {
    switch (a.kind()) {
        case Kind::integer:
            if (a.as_int() == std::numeric_limits<std::int64_t>::min()) {
                raise_overflow("-(" + std::to_string(a.as_int()) + ")");
            }
            return -a.as_int();
        case Kind::floating:
            return -a.as_double();
        case Kind::null:
            return {};
        default:
            raise_operands("-", {a.kind()});
    }
}

Value concatenate(const Value& a, const Value& b) {
    if (both(Kind::string, a, b)) return joined(a.as_string(), b.as_string(), "`||`");
    if (a.is_null() || b.is_null()) return {};
    if (both(Kind::list, a, b)) return joined(a.as_list(), b.as_list(), "`||`");
    raise_operands("||", {a.kind(), b.kind()});
}

}  // namespace islet::query
