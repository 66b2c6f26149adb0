// What expressions with a variable over the elements of a list share: the lists of a whole batch laid end to
// end, so that the inner expression is evaluated on all elements at once.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "evaluate.hpp"

namespace islet::query {

/// The elements of all lists of a column, end to end.
struct FlatLists {
    /// Of an element: itself, the row it is in, and what is made of it.
    static constexpr std::uint64_t bytes_each = sizeof(Value) * 3 + sizeof(std::uint32_t);

    Batch batch;  ///< one row per element: the outer slots that are read, and the variable
    std::vector<std::uint32_t> parent;  ///< row of the list that the element is in; ascending
    std::vector<std::uint8_t> null;     ///< by list: it is null itself
};

/// Throws TypeError at the expression that should have been a list.
[[noreturn]] void not_a_list(RunContext& context, ExprId list, const Value& value);

/// The lists that `list` is in each row, for expressions `inner` with `variable` as the element.
FlatLists flatten(RunContext& context, ExprId list, SlotId variable, std::initializer_list<ExprId> inner,
                  const Batch& batch);

}  // namespace islet::query
