// Errors are values. `Error` says what went wrong and where; `Exception`
// carries one inside the library; `Expected` hands one to the caller.
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace islet {

/// Where in a text: line and column count from 1; length in bytes, on that line.
/// Columns count code points, so that a caret stands under its character.
struct SourceSpan {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    std::uint32_t length = 0;

    friend bool operator==(const SourceSpan&, const SourceSpan&) = default;
};

/// One failure. `kind`, `phase` and `detail` use the openCypher TCK's words.
struct Error {
    std::string code;    ///< GQLSTATUS, e.g. "42N62"
    std::string kind;    ///< e.g. "SyntaxError", "TypeError", "ArgumentError"
    std::string phase;   ///< "compile time" or "runtime"
    std::string detail;  ///< e.g. "UndefinedVariable"
    std::string message;
    std::optional<SourceSpan> span;
    std::string hint;   ///< what to do instead; may be empty
    std::string place;  ///< file and JSON pointer, or the like; may be empty
};

/// `error 42N62: …`, with the line and a caret where `source` holds the span.
/// Ends with a newline.
std::string render(const Error& error, std::string_view source);

/// Line and column of the byte range [begin, end) of `text`.
SourceSpan locate(std::string_view text, std::size_t begin, std::size_t end);

/// The member of `names` nearest to `word` by edit distance, ignoring case; none
/// when nothing is near enough to be a misspelling (a third of its length, at most 3).
template <class Range>
std::optional<std::string> nearest(std::string_view word, const Range& names);

/// Damerau-Levenshtein distance of two texts without regard to ASCII case; stops at `limit` + 1.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// Carries an Error through the library. The public calls of query/ and kb/ catch it.
class Exception : public std::runtime_error {
 public:
    explicit Exception(Error error) : std::runtime_error(error.message), error_(std::move(error)) {}
    [[nodiscard]] const Error& error() const noexcept { return error_; }

 private:
    Error error_;
};

/// A value or an Error.
template <class T>
class Expected {
 public:
    Expected(T value)
        : held_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
    Expected(Error error)
        : held_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool ok() const noexcept { return held_.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    /// Throws Exception when there is an error instead.
    [[nodiscard]] T& value() & { return check(), std::get<0>(held_); }
    [[nodiscard]] const T& value() const& { return check(), std::get<0>(held_); }
    [[nodiscard]] T&& value() && { return check(), std::get<0>(std::move(held_)); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }

    /// REQUIRES: !ok()
    [[nodiscard]] const Error& error() const { return std::get<1>(held_); }

 private:
    void check() const {
        if (!ok()) throw Exception(std::get<1>(held_));
    }
    std::variant<T, Error> held_;
};

/// Success, or an Error.
template <>
class Expected<void> {
 public:
    Expected() = default;
    Expected(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool ok() const noexcept { return !error_; }
    explicit operator bool() const noexcept { return ok(); }
    /// Throws Exception when there is an error.
    void value() const {
        if (error_) throw Exception(*error_);
    }
    /// REQUIRES: !ok()
    [[nodiscard]] const Error& error() const { return *error_; }

 private:
    std::optional<Error> error_;
};

template <class Range>
std::optional<std::string> nearest(std::string_view word, const Range& names) {
    std::optional<std::string> best;
    std::size_t limit = word.size() / 3;
    if (limit > 3) limit = 3;
    if (limit == 0) limit = 1;
    for (const auto& name : names) {
        const std::size_t distance = edit_distance(word, name, limit);
        if (distance <= limit && (!best || distance < limit)) {
            best = std::string(name);
            limit = distance;
        }
    }
    return best;
}

}  // namespace islet
