// Aggregates over many groups at once: a state is a column, not an object a group.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "evaluate.hpp"

namespace islet::query {

/// Rows that are added to groups.
struct GroupedRows {
    std::span<const ColumnRef> columns;      ///< the arguments
    std::span<const std::uint32_t> groups;   ///< by row
    std::span<const std::int64_t> weights;   ///< by row; empty: each row stands for itself
    const std::vector<std::uint32_t>* only;  ///< the rows that count; nullptr: all

    /// Calls `visit(row)` for each row that counts.
    template <class Visit>
    void for_each(Visit&& visit) const {
        if (only == nullptr) {
            for (std::size_t row = 0; row < groups.size(); ++row) visit(row);
        } else {
            for (const std::uint32_t row : *only) visit(std::size_t{row});
        }
    }
};

/// One aggregate of an aggregation. Groups are numbered from 0.
class GroupedAggregate {
 public:
    GroupedAggregate() = default;
    virtual ~GroupedAggregate() = default;
    GroupedAggregate(const GroupedAggregate&) = delete;
    GroupedAggregate& operator=(const GroupedAggregate&) = delete;

    /// Makes room for this many groups.
    virtual void grow(std::size_t groups) = 0;
    /// Throws Exception where a value cannot be aggregated. Returns the bytes that it holds now on top.
    virtual std::uint64_t add(const GroupedRows& rows) = 0;
    /// Adds each group of another aggregate of the same kind to the group that `into` names.
    /// REQUIRES: it merges (AggregateFunction).
    virtual void merge(const GroupedAggregate& other, std::span<const std::uint32_t> into) = 0;
    /// The results of groups [from, to), each of which is asked for once.
    [[nodiscard]] virtual Column results(std::size_t from, std::size_t to) = 0;
};

/// What has no columns of its own: a state for each group. Values that an aggregate has no meaning for are
/// refused (TypeError, InvalidArgumentValue, runtime).
class Aggregate {
 public:
    virtual ~Aggregate() = default;
    /// Null arguments arrive too; each aggregate passes over them.
    virtual void add(std::span<const Value> arguments) = 0;
    /// The same for an integer and further arguments that are the same in all rows.
    virtual void add_integer(std::int64_t number, std::span<const Value> further);
    [[nodiscard]] virtual Value result() const = 0;
};

/// An aggregate of such states.
std::unique_ptr<GroupedAggregate> make_states(std::unique_ptr<Aggregate> (*make)());

}  // namespace islet::query
