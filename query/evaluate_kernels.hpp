// The parts of evaluate.cpp that have files of their own.
#pragma once

#include <optional>
#include <vector>

#include "evaluate.hpp"

namespace islet::query {

// evaluate_columns.cpp
Column compare_columns(ast::Comparison::Op op, const Column& a, const Column& b, std::size_t rows);
Column read_property(const RunContext& context, const Column& subject, const std::string& key,
                     std::size_t rows);

// evaluate_operation.cpp
/// Of two values; null for what is Logical.
Value apply_operation(ast::Binary::Op op, const Value& a, const Value& b, RegexCache& regexes);
Column evaluate_operation(ast::Binary::Op op, const Column& a, const Column& b, std::size_t rows,
                          RegexCache& regexes);
/// STARTS WITH, ENDS WITH or CONTAINS of two texts.
bool text_matches(ast::Binary::Op op, std::string_view text, std::string_view wanted);

// evaluate_call.cpp
Column evaluate_call(RunContext& context, const FunctionOf& e, ast::Span span, const Batch& batch);

// evaluate_subquery.cpp
/// What EXISTS or COUNT of a pattern of one step comes to for each row, from degrees alone; for EXISTS it
/// only says whether it is 0. None where it takes more than that.
std::optional<std::vector<std::int64_t>> count_of_step(const RunContext& context, const SubqueryOf& s,
                                                       const Batch& batch);

// evaluate_lazy.cpp
Column evaluate_logical(RunContext& context, const Logical& e, const Batch& batch);
Column evaluate_case(RunContext& context, const CaseOf& e, const Batch& batch);
Column evaluate_coalesce(RunContext& context, const Coalesce& e, const Batch& batch);

/// Calls `use` with the operator as a function of two values.
template <class Use>
void with_operator(ast::Comparison::Op op, Use&& use) {
    using Op = ast::Comparison::Op;
    switch (op) {
        case Op::equal:
            return use([](const auto& x, const auto& y) { return x == y; });
        case Op::not_equal:
            return use([](const auto& x, const auto& y) { return x != y; });
        case Op::less:
            return use([](const auto& x, const auto& y) { return x < y; });
        case Op::less_equal:
            return use([](const auto& x, const auto& y) { return x <= y; });
        case Op::greater:
            return use([](const auto& x, const auto& y) { return x > y; });
        case Op::greater_equal:
            return use([](const auto& x, const auto& y) { return x >= y; });
    }
}

/// A condition's value at a row: 0, 1, or Column::null_bool. Throws TypeError when it is no boolean.
std::uint8_t truth(const Column& column, std::size_t row);

}  // namespace islet::query
