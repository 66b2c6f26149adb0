// The rows of a result, as the last operator gave them: column by column.
#pragma once

#include <mutex>
#include <span>
#include <vector>

#include "batch.hpp"
#include "islet/database.hpp"

namespace islet {

struct Result::Table {
    std::size_t rows = 0;
    std::vector<query::Column> columns;

    /// Adds the slots of a batch, which is used up.
    void add(query::Batch& batch, std::span<const query::SlotId> slots);
    /// Values row after row. Thread-safe.
    std::span<const Value> by_row();
    /// Makes the values now, as what strings point to goes.
    void detach();

 private:
    std::once_flag made_;
    std::vector<Value> values_;
};

}  // namespace islet
