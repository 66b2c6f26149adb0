// What the writing operators share: rows that are all taken in before anything is written, and properties
// from maps.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "islet/property_rows.hpp"
#include "operator.hpp"

namespace islet::query {

// What a transaction holds of each thing written, in bytes, about.
inline constexpr std::uint64_t written_node = 32;
inline constexpr std::uint64_t written_rel = 192;  ///< with the lists of both ends
inline constexpr std::uint64_t written_property = 48;

/// Throws Exception (runtime) without a place.
[[noreturn]] void fail_writing(std::string_view kind, std::string_view detail, std::string_view code,
                               std::string message);

/// A column as the store takes values, held until they are written: what it takes is counted. Refers to the
/// column.
class ValuesToWrite {
 public:
    ValuesToWrite(RunContext& context, const Column& column, std::size_t rows);

    [[nodiscard]] const ValueRows& rows() const noexcept { return rows_; }
    [[nodiscard]] bool any_null() const noexcept { return any_null_; }
    [[nodiscard]] bool all_null() const noexcept { return all_null_; }

 private:
    std::vector<Value> values_;  ///< of what is no column of numbers or Values
    ValueRows rows_;
    bool any_null_ = false;
    bool all_null_ = true;
};

/// Takes in everything, calls write() once on it, then hands it out.
class WriteOperator : public Operator {
 public:
    using Operator::Operator;

    bool next(Batch& out) override;
    void reset() override;

 protected:
    virtual void write(Batch& rows) = 0;
    [[nodiscard]] Transaction& transaction() const { return *context_.transaction; }

 private:
    Batch rows_;
    bool written_ = false;
    std::size_t given_ = 0;
};

/// The slots of a batch that have values.
std::vector<SlotId> present(const Batch& batch);
Batch one_row(const Batch& batch, std::size_t row, std::span<const SlotId> slots);

/// The properties of a map, node or relationship, by key.
std::vector<std::pair<std::string, Value>> properties_in(const Snapshot& snapshot, const Value& value);

/// Labels that are computed for a row: what each of the expressions gives for it.
std::vector<std::string> names_for(RunContext& context, std::span<const ExprId> computed, const Batch& rows,
                                   std::size_t row);

/// Makes what CREATE or MERGE describes.
class Creator {
 public:
    /// `merging`: null is no value of a property.
    Creator(RunContext& context, const Creation& creation, bool merging);
    /// Makes it for each row; the made slots are filled.
    void create(Batch& rows);

 private:
    void create_at_once(Batch& rows);
    void create_nodes(Batch& rows);
    void create_rels(Batch& rows);
    [[nodiscard]] TypeId type_for(const CreatedRel& rel, const Batch& rows) const;

    RunContext& context_;
    const Creation& creation_;
    bool merging_;
    /// Row by row: a property reads what the same clause has made for the row, or labels are computed for it.
    bool in_order_ = false;
    std::vector<std::vector<LabelId>> labels_;
    std::vector<TypeId> types_;
};

/// What an expression reads of the graph.
enum class Reads : std::uint8_t { nothing, own, graph };

/// `own`: properties of what stands in the slot `own`, and nothing else. Of rows that hold values with nodes
/// in them it is said that the graph is read. A property with a key that is not among those `written` is
/// nothing that matters; nullptr: all keys are.
Reads reads_of(const RunContext& context, ExprId id, const Batch& rows, SlotId own,
               const std::vector<std::string>* written);

/// The keys of all properties that the items write; none where they cannot be told.
std::optional<std::vector<std::string>> written_keys(std::span<const Assignment> items);

/// SET and REMOVE of every row.
void assign(RunContext& context, std::span<const Assignment> items, const Batch& rows);

}  // namespace islet::query
