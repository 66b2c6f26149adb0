// What a line of the shell is: openCypher, a command, or a question. Lines of a
// query are gathered until its `;`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace islet::cli {

enum class InputKind { query, command, question };

struct Input {
    InputKind kind;
    std::string text;  ///< of a command without its `:` or `.`, of a query without its `;`

    friend bool operator==(const Input&, const Input&) = default;
};

/// Whether a line begins like openCypher. A word such as WITH or CALL alone does not make a query of
/// a question; what follows it must fit.
bool begins_like_query(std::string_view line);

/// Gathers lines into inputs.
class InputReader {
 public:
    /// What the line completes, in order; nothing while a query waits for its `;`.
    std::vector<Input> feed(std::string_view line);

    /// The end of the input: a query that still waits runs without its `;`.
    std::optional<Input> finish();

    /// Whether a query waits for its `;`.
    [[nodiscard]] bool pending() const noexcept { return !buffer_.empty(); }
    /// What has come of it so far.
    [[nodiscard]] const std::string& buffer() const noexcept { return buffer_; }
    void clear() { buffer_.clear(); }

 private:
    std::string buffer_;
};

/// Without blanks around it.
std::string_view trimmed(std::string_view text);

}  // namespace islet::cli
