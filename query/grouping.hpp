// The groups of an aggregation, with what is aggregated over each.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "aggregates.hpp"
#include "key_table.hpp"
#include "once_per_node.hpp"
#include "operator.hpp"
#include "seen_values.hpp"

namespace islet::query {

/// One aggregate of the statement over all groups.
class CallState {
 public:
    explicit CallState(const AggregateCall& call);

    void grow(std::size_t groups) {
        state_->grow(groups);
        if (call_.most != UINT64_MAX) taken_.resize(groups);
    }
    /// Adds each row of the batch to its group.
    void add(RunContext& context, const Batch& batch, std::span<const std::uint32_t> groups);
    /// Adds each group of another one to the group that `into` names.
    /// REQUIRES: the aggregate merges (AggregateFunction), and is not of DISTINCT.
    void merge(const CallState& other, std::span<const std::uint32_t> into) {
        state_->merge(*other.state_, into);
    }
    /// Each group is asked for once.
    [[nodiscard]] Column results(std::size_t from, std::size_t to) { return state_->results(from, to); }

 private:
    const AggregateCall& call_;
    std::unique_ptr<GroupedAggregate> state_;
    /// The rows that still give their group an element that is asked for.
    [[nodiscard]] std::vector<std::uint32_t> still_asked(const Column& values,
                                                         std::span<const std::uint32_t> groups);

    bool counts_;
    SeenValues seen_;
    std::vector<std::uint64_t> taken_;  ///< by group, where not all elements are asked for
};

/// Groups, in order of appearance.
///
/// A key that is computed once for each node, or is a CASE between constants, is known by the number of its
/// value, and one that is the same in all rows does not tell groups apart: `table` holds the numbers of the
/// one, and nothing of the other.
struct Groups {
    struct Key {
        enum class Kind : std::uint8_t { plain, numbered, chosen, constant };
        Kind kind = Kind::plain;
        std::size_t column = 0;  ///< in `table`, unless constant
        KeyTable values;         ///< numbered and chosen: by number
        Value value;             ///< constant
    };

    Groups(const Plan& plan, const AggregateOp& op);

    void grow(std::size_t groups);
    /// The group of each row of the columns of `table`.
    void find(RunContext& context, std::span<const ColumnRef> columns, std::span<std::uint32_t> groups);
    /// The values of a key in some groups.
    [[nodiscard]] Column key(std::size_t i, std::span<const std::uint32_t> groups) const;

    KeyTable table;
    std::vector<Key> keys;
    std::vector<CallState> states;
};

/// Groups rows as they come. Used by one thread.
class Grouping {
 public:
    Grouping(RunContext& context, const AggregateOp& op);

    void add(const Batch& in);
    /// Adds groups of rows that come after those that are here.
    void add(const Groups& other);
    [[nodiscard]] Groups take() { return std::move(groups_); }

 private:
    /// What the table of groups knows a batch's rows by.
    [[nodiscard]] std::vector<ColumnRef> columns_of(const Batch& in);
    /// The numbers of a key's values, by row.
    [[nodiscard]] std::vector<std::uint32_t> numbers_of(std::size_t key, const Batch& in);
    [[nodiscard]] std::vector<std::uint32_t> choices_of(std::size_t key, const Batch& in);
    void find_by_node(const Batch& in);

    RunContext& context_;
    const AggregateOp& op_;
    Groups groups_;
    std::vector<std::uint32_t> numbers_;        ///< by row at hand: its group
    KeyTable nodes_;                            ///< of `by_id`
    std::vector<std::uint32_t> group_of_node_;  ///< by number in `nodes_`

    /// Of a numbered key, by node: the place in value_numbers, from 1.
    struct Numbers {
        ZeroedArray<std::uint32_t> place;
        std::vector<std::uint32_t> value_numbers;
    };
    std::vector<Numbers> of_nodes_;                       ///< by key
    std::vector<std::vector<std::uint32_t>> of_choices_;  ///< by key: by alternative, the number of its value
};

/// Groups the rows of a chain in several threads, each with operators of its own; one of them takes `input`,
/// which is built from `root`. REQUIRES: is_shared(op, …)
Groups shared_groups(RunContext& context, const AggregateOp& op, PlanId root, Operator& input);

}  // namespace islet::query
