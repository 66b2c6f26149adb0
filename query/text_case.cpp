#include "text_case.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <utility>

namespace islet::query {
namespace {

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
}

/// Letters whose upper case is more than one code point (Unicode's SpecialCasing), as far as
/// they are in use.
constexpr std::array<std::pair<utf8proc_int32_t, std::string_view>, 11> long_upper_case = {
    {{0x00DF, "SS"},
     {0x0149, "\xCA\xBCN"},
     {0x01F0, "J\xCC\x8C"},
     {0x0587, "\xD4\xB5\xD5\x92"},
     {0xFB00, "FF"},
     {0xFB01, "FI"},
     {0xFB02, "FL"},
     {0xFB03, "FFI"},
     {0xFB04, "FFL"},
     {0xFB05, "ST"},
     {0xFB06, "ST"}}};

/// Applies `ascii` and `other` to each code point; bytes that are no UTF-8 stay as they are.
template <class Ascii, class Other>
std::optional<std::string> mapped(std::string_view text, Ascii ascii, Other other) {
    const auto stays = [&](char c) { return static_cast<unsigned char>(c) < 0x80U && ascii(c) == c; };
    const auto prefix =
        static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), stays) - text.begin());
    if (prefix == text.size()) return std::nullopt;
    std::string result;
    result.reserve(text.size());
    result.append(text, 0, prefix);
    for (std::size_t i = prefix; i < text.size();) {
        if (static_cast<unsigned char>(text[i]) < 0x80U) {
            result += ascii(text[i++]);
            continue;
        }
        utf8proc_int32_t point = 0;
        const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + i),
                                           static_cast<utf8proc_ssize_t>(text.size() - i), &point);
        if (size <= 0) {
            result += text[i++];
            continue;
        }
        other(point, result);
        i += static_cast<std::size_t>(size);
    }
    if (result == text) return std::nullopt;
    return result;
}

void append(utf8proc_int32_t point, std::string& text) {
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto size = utf8proc_encode_char(point, bytes.data());
    text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

}  // namespace

std::optional<std::string> upper_case(std::string_view text) {
    return mapped(
        text, [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; },
        [](utf8proc_int32_t point, std::string& result) {
            for (const auto& [letter, upper] : long_upper_case) {
                if (letter == point) {
                    result += upper;
                    return;
                }
            }
            append(utf8proc_toupper(point), result);
        });
}

std::optional<std::string> lower_case(std::string_view text) {
    return mapped(
        text, [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; },
        [](utf8proc_int32_t point, std::string& result) {
            // The Turkish İ keeps its dot.
            if (point == 0x0130) {
                result += "i\xCC\x87";
            } else {
                append(utf8proc_tolower(point), result);
            }
        });
}

std::optional<NormalForm> normal_form(std::string_view name) {
    if (name == "NFC") return NormalForm::nfc;
    if (name == "NFD") return NormalForm::nfd;
    if (name == "NFKC") return NormalForm::nfkc;
    if (name == "NFKD") return NormalForm::nfkd;
    return std::nullopt;
}

std::optional<std::string> normalized(std::string_view text, NormalForm form) {
    if (is_ascii(text)) return std::string(text);
    int options = UTF8PROC_STABLE;
    options |= form == NormalForm::nfc || form == NormalForm::nfkc ? UTF8PROC_COMPOSE : UTF8PROC_DECOMPOSE;
    if (form == NormalForm::nfkc || form == NormalForm::nfkd) options |= UTF8PROC_COMPAT;
    utf8proc_uint8_t* bytes = nullptr;
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &bytes,
                                   static_cast<utf8proc_option_t>(options));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(bytes, &std::free);
    if (size < 0) return std::nullopt;
    return std::string(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

}  // namespace islet::query
