// STARTS WITH, ENDS WITH, CONTAINS and =~. Of operands that are no strings
// they know nothing: null, not an error.
#include <re2/re2.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "function_errors.hpp"

namespace islet::query {
namespace {

bool are_strings(const Value& a, const Value& b) {
    return a.kind() == Kind::string && b.kind() == Kind::string;
}

re2::RE2::Options regex_options() {
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_never_capture(true);
    return options;
}

[[noreturn]] void raise_regex(const re2::RE2& regex, std::string_view pattern) {
    std::string message = "`=~` cannot read the regular expression '";
    message.append(excerpt(pattern)).append("': ").append(regex.error());
    raise(status::invalid_regex, "ArgumentError", "InvalidArgumentValue", std::move(message),
          "RE2's syntax has no look-around and no back references");
}

bool matches(std::string_view text, const re2::RE2& regex) {
    return re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), regex);
}

}  // namespace

Value starts_with(const Value& a, const Value& b) {
    return are_strings(a, b) ? Value(a.as_string().starts_with(b.as_string())) : Value();
}

Value ends_with(const Value& a, const Value& b) {
    return are_strings(a, b) ? Value(a.as_string().ends_with(b.as_string())) : Value();
}

Value contains(const Value& a, const Value& b) {
    return are_strings(a, b) ? Value(a.as_string().find(b.as_string()) != std::string_view::npos) : Value();
}

struct RegexCache::Compiled {
    explicit Compiled(std::string_view text)
        : pattern(text), regex(re2::StringPiece(text.data(), text.size()), regex_options()) {}
    std::string pattern;
    re2::RE2 regex;
};

RegexCache::RegexCache() = default;
RegexCache::~RegexCache() = default;
RegexCache::RegexCache(RegexCache&&) noexcept = default;
RegexCache& RegexCache::operator=(RegexCache&&) noexcept = default;

const RegexCache::Compiled& RegexCache::compiled(std::string_view pattern) {
    constexpr std::size_t most = 8;
    const auto known = std::find_if(compiled_.begin(), compiled_.end(),
                                    [pattern](const auto& one) { return one->pattern == pattern; });
    if (known != compiled_.end()) {
        std::rotate(compiled_.begin(), known, known + 1);
    } else {
        auto fresh = std::make_unique<Compiled>(pattern);
        if (!fresh->regex.ok()) raise_regex(fresh->regex, pattern);
        if (compiled_.size() == most) compiled_.pop_back();
        compiled_.insert(compiled_.begin(), std::move(fresh));
    }
    return *compiled_.front();
}

void RegexCache::match_all(std::span<const std::string_view> texts, std::string_view pattern,
                           std::uint8_t null, std::span<std::uint8_t> out) {
    const re2::RE2& regex = compiled(pattern).regex;
    for (std::size_t i = 0; i < texts.size(); ++i)
        out[i] = texts[i].data() == nullptr ? null : static_cast<std::uint8_t>(matches(texts[i], regex));
}

Value regex_match(const Value& a, const Value& b, RegexCache& cache) {
    if (!are_strings(a, b)) return {};
    return matches(a.as_string(), cache.compiled(b.as_string()).regex);
}

Value regex_match(const Value& a, const Value& b) {
    RegexCache cache;
    return regex_match(a, b, cache);
}

}  // namespace islet::query
