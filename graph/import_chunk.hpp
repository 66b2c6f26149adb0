// One block of a table as columns: the part of the work that several threads do at once.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "import_ids.hpp"
#include "import_scan.hpp"
#include "import_table.hpp"
#include "islet/value.hpp"

namespace islet::importing {

/// Distinct texts of a block, numbered in order of first use.
class LocalTexts {
 public:
    struct Entry {
        std::string_view text;
        std::uint64_t hash;  ///< hash_of_text(text)
    };
    static constexpr std::uint32_t invalid = UINT32_MAX;

    void clear();
    /// The number of a text, which must stay where it is; `invalid` if it is no valid UTF-8.
    std::uint32_t add(std::string_view text);
    [[nodiscard]] const std::vector<Entry>& entries() const noexcept { return entries_; }

 private:
    void grow();
    std::vector<Entry> entries_;
    std::vector<std::uint32_t> slots_;
};

/// The values of one column in a block, those that are there.
struct ChunkColumn {
    FieldType type;                      ///< that the fields were read as
    Kind wanted = Kind::null;            ///< of an inferred column: what would hold all fields
    std::vector<std::uint32_t> rows;     ///< ascending
    std::vector<std::uint64_t> payload;  ///< of booleans, integers, floats and strings (numbers of `texts`)
    std::vector<Value> values;           ///< of lists, temporal values and JSON
    // The last string, since neighbours are often alike.
    std::string_view last_text;
    std::uint32_t last_number = LocalTexts::invalid;

    void clear();
    /// Takes back what a bad row had put in.
    void drop(std::uint32_t row);
};

/// A row that cannot be taken in.
struct BadRow {
    std::uint32_t line = 0;    ///< within the block, from 0
    std::size_t begin = 0;     ///< of the record, in the block
    std::size_t end = 0;       ///< of the record, without its line end
    std::size_t position = 0;  ///< of what is at fault, in the block
    std::string message;
    std::string hint;
};

/// What rows say about their node or relationship besides properties, one entry for each good row.
struct Chunk {
    Block block;
    Marks marks;
    std::uint32_t rows = 0;
    std::uint32_t lines = 0;  ///< in the whole block
    std::vector<ChunkColumn> columns;
    LocalTexts texts;                      ///< strings of properties
    LocalTexts names;                      ///< labels and types
    std::vector<std::uint32_t> row_names;  ///< numbers of `names`; empty if no column has them
    /// Of nodes: where the records begin and end in the block.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> row_bounds;
    // Nodes: the id of each row, with what IdTable::insert() takes as its hash. Relationships whose ends may
    // be new nodes: source and target by turns. An id that a row does not have is empty.
    std::vector<std::string_view> ids;
    std::vector<std::uint64_t> hashes;
    // Relationships between known nodes.
    std::vector<NodeId> sources;
    std::vector<NodeId> targets;
    std::vector<BadRow> bad;
    std::deque<std::string> scratch;  ///< texts that do not stand in the block as they are meant

    void clear();
};

/// How a table's rows are read.
struct ChunkPlan {
    const Table& table;
    std::vector<std::uint32_t> spaces;   ///< by column: the id space
    const IdTable* known_ids = nullptr;  ///< of relationships: where ends must be; nullptr if they may be new
};

/// Reads all rows of chunk.block, the columns as `types` say. Where `skip_first` is set, the first record is
/// no row. An inferred column of unknown type gets the narrowest that holds its fields here; where the type
/// is known and a field does not fit, `wanted` says what would, and the column's values are of no use.
void read_chunk(const ChunkPlan& plan, std::span<const FieldType> types, bool skip_first, Chunk& chunk);

/// Line and column of a byte of a block, within a record that begins on line `line`. Columns count code
/// points.
SourceSpan place_of(std::string_view block, std::uint64_t line, std::size_t record_begin,
                    std::size_t position);

}  // namespace islet::importing
