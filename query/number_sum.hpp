// Sums that do not depend on the order of their parts more than they must: integers exactly, floats with
// Neumaier's compensation (A. Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher
// Summen, ZAMM 54, 1974).
#pragma once

#include <cmath>

#include "islet/value.hpp"

namespace islet::query {

// 64-bit integers cannot overflow it before 2^64 rows.
__extension__ using WideInteger = __int128;

class FloatSum {
 public:
    /// Adds the number `times` over.
    void add(double number, std::int64_t times) {
        add(static_cast<long double>(number) * static_cast<long double>(times));
    }
    void merge(const FloatSum& other) {
        if (!other.any_) return;
        add(other.sum_);
        lost_ += other.lost_;
    }
    /// Whether anything was added.
    [[nodiscard]] bool any() const noexcept { return any_; }
    [[nodiscard]] long double total() const {
        // What is lost to infinity is no number.
        return std::isfinite(sum_) ? sum_ + lost_ : sum_;
    }

 private:
    void add(long double number) {
        any_ = true;
        const long double sum = sum_ + number;
        lost_ += std::fabs(sum_) >= std::fabs(number) ? (sum_ - sum) + number : (number - sum) + sum_;
        sum_ = sum;
    }

    long double sum_ = 0;
    long double lost_ = 0;  ///< by rounding, from sum_
    bool any_ = false;
};

/// A sum of integers as sum() gives it. Throws Exception (ArithmeticError) when it does not fit.
Value integer_sum(WideInteger sum);

}  // namespace islet::query
