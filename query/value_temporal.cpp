// + - * / on dates, times and durations.
#include "function_errors.hpp"
#include "temporal_parts.hpp"
#include "temporal_values.hpp"

namespace islet::query {
namespace {

constexpr std::string_view sum_name = "the sum";

Value moved(const Value& instant, const Duration& by) {
    switch (instant.kind()) {
        case Kind::date:
            return in_range(plus(instant.as_date(), by), sum_name);
        case Kind::local_time:
            return plus(instant.as_local_time(), by);
        case Kind::time:
            return plus(instant.as_time(), by);
        case Kind::local_date_time:
            return in_range(plus(instant.as_local_date_time(), by), sum_name);
        default:
            return in_range(plus(instant.as_date_time(), by), sum_name);
    }
}

Duration minus(const Duration& duration) {
    return in_range(negated(duration), "the negated duration");
}

}  // namespace

std::optional<Value> add_temporal(const Value& a, const Value& b) {
    if (b.kind() == Kind::duration) {
        if (is_temporal_instant(a.kind())) return moved(a, b.as_duration());
        if (a.kind() == Kind::duration) return in_range(plus(a.as_duration(), b.as_duration()), sum_name);
    }
    if (a.kind() == Kind::duration && is_temporal_instant(b.kind())) return moved(b, a.as_duration());
    return std::nullopt;
}

std::optional<Value> subtract_temporal(const Value& a, const Value& b) {
    if (b.kind() != Kind::duration) return std::nullopt;
    if (is_temporal_instant(a.kind())) return moved(a, minus(b.as_duration()));
    if (a.kind() != Kind::duration) return std::nullopt;
    return in_range(plus(a.as_duration(), minus(b.as_duration())), "the difference");
}

std::optional<Value> multiply_temporal(const Value& a, const Value& b) {
    if (b.kind() == Kind::duration && a.is_number()) return multiply_temporal(b, a);
    if (a.kind() != Kind::duration || !b.is_number()) return std::nullopt;
    const auto product = b.kind() == Kind::integer ? multiplied(a.as_duration(), b.as_int())
                                                   : multiplied(a.as_duration(), b.as_double());
    return in_range(product, "the product");
}

std::optional<Value> divide_temporal(const Value& a, const Value& b) {
    if (a.kind() != Kind::duration || !b.is_number()) return std::nullopt;
    if (b.number() == 0) {
        raise(status::division_by_zero, "ArithmeticError", "DivisionByZero", "a DURATION / 0 has no value");
    }
    const auto quotient = b.kind() == Kind::integer ? divided(a.as_duration(), b.as_int())
                                                    : divided(a.as_duration(), b.as_double());
    return in_range(quotient, "the quotient");
}

}  // namespace islet::query
