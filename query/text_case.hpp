// Letters of every script in upper and lower case, and Unicode's normal forms.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace islet::query {

/// The text in upper case; none if it is so already.
std::optional<std::string> upper_case(std::string_view text);
/// The text in lower case; none if it is so already.
std::optional<std::string> lower_case(std::string_view text);

enum class NormalForm { nfc, nfd, nfkc, nfkd };

/// "NFC", "NFD", "NFKC", "NFKD".
std::optional<NormalForm> normal_form(std::string_view name);

/// None if the text is not UTF-8.
std::optional<std::string> normalized(std::string_view text, NormalForm form);

}  // namespace islet::query
