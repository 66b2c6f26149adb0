// Where the fields and records of a table end.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "import_source.hpp"

namespace islet::importing {

/// The positions of the delimiters and line feeds that stand outside of quotes, ascending; the last byte of
/// the block is always among them. The memory is used again from block to block.
class Marks {
 public:
    /// REQUIRES: a block that begins with a record, and Block::padding readable bytes behind its text
    void scan(const Block& block, RecordForm form);
    [[nodiscard]] std::span<const std::uint32_t> positions() const noexcept { return {held_.get(), size_}; }
    /// Whether the block has any, if the form has.
    [[nodiscard]] bool has_quotes() const noexcept { return has_quotes_; }

 private:
    std::unique_ptr<std::uint32_t[]> held_;  // NOLINT(modernize-avoid-c-arrays): no time for zeros
    std::size_t capacity_ = 0;
    std::size_t size_ = 0;
    bool has_quotes_ = false;
};

/// A field without its quotes. `text` points into the block or into `scratch`.
struct Field {
    std::string_view text;
    bool quoted = false;
};

/// Reads what stands between two marks; false where text follows the closing quote, or there is none.
bool read_field(std::string_view raw, bool quotes, Field& field, std::deque<std::string>& scratch);

}  // namespace islet::importing
