#include "question/tokens.hpp"

#include <utf8proc.h>

#include <algorithm>

namespace islet::kb {
namespace {

bool is_ascii(char c) {
    return static_cast<unsigned char>(c) < 128;
}

bool is_word(utf8proc_int32_t point) {
    if (point < 128) {
        return (point >= '0' && point <= '9') || (point >= 'a' && point <= 'z') ||
               (point >= 'A' && point <= 'Z');
    }
    switch (utf8proc_category(point)) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_ND:
        case UTF8PROC_CATEGORY_NO:
        case UTF8PROC_CATEGORY_MN:
            return true;
        default:
            return false;
    }
}

/// Lower case and without accents: compatibility decomposition, marks dropped, case folded.
std::string plain(std::string_view word) {
    if (std::all_of(word.begin(), word.end(), is_ascii)) {  // the usual case, without the library's tables
        std::string text(word);
        std::transform(text.begin(), text.end(), text.begin(),
                       [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
        return text;
    }
    utf8proc_uint8_t* mapped = nullptr;
    const utf8proc_ssize_t size = utf8proc_map(
        reinterpret_cast<const utf8proc_uint8_t*>(word.data()), static_cast<utf8proc_ssize_t>(word.size()),
        &mapped,
        static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK |
                                       UTF8PROC_CASEFOLD | UTF8PROC_IGNORE));
    if (size < 0) return std::string(word);
    std::string text(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
    std::free(mapped);  // NOLINT(*-no-malloc,*-owning-memory): utf8proc allocates with malloc
    return text;
}

/// "herb's" is one word "herb": the possessive says nothing that the order of words does not.
bool possessive(std::string_view text, std::size_t at) {
    std::size_t length = 0;
    if (text.substr(at, 1) == "'") length = 1;
    if (text.substr(at, 3) == "\u2019") length = 3;
    if (length == 0 || at + length >= text.size() || (text[at + length] != 's' && text[at + length] != 'S'))
        return false;
    const std::size_t after = at + length + 1;
    return after == text.size() || std::isalnum(static_cast<unsigned char>(text[after])) == 0;
}

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

std::string Folding::fold(std::string_view word) const {
    if (const auto it = irregular.find(word); it != irregular.end()) return it->second;
    std::string folded(word);
    for (const auto& [from, to] : spelling) {
        for (std::size_t at = folded.find(from); at != std::string::npos;
             at = folded.find(from, at + to.size())) {
            folded.replace(at, from.size(), to);
        }
    }
    if (std::any_of(keep.begin(), keep.end(),
                    [&](const std::string& end) { return ends_with(folded, end); })) {
        return folded;
    }
    for (const auto& [from, to] : endings) {
        if (ends_with(folded, from) && folded.size() >= from.size() + 2) {
            folded.replace(folded.size() - from.size(), from.size(), to);
            break;
        }
    }
    return folded;
}

std::vector<Token> tokenize(std::string_view text, const Folding& folding) {
    std::vector<Token> tokens;
    std::size_t at = 0;
    bool skipped = false;
    while (at < text.size()) {
        const std::size_t begin = at;
        std::size_t end = at;
        while (end < text.size()) {
            utf8proc_int32_t point = 0;
            const utf8proc_ssize_t length =
                utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + end,
                                 static_cast<utf8proc_ssize_t>(text.size() - end), &point);
            if (length <= 0 || !is_word(point)) break;
            end += static_cast<std::size_t>(length);
        }
        if (end == begin) {
            if (text[at] == ',') tokens.push_back({",", ",", at, at + 1});
            at += possessive(text, at) ? (text[at] == '\'' ? 2 : 4) : 1;
            continue;
        }
        at = end;
        Token token;
        token.text = plain(text.substr(begin, end - begin));
        if (folding.skip.contains(token.text)) {
            skipped = true;
            continue;
        }
        token.after_skipped = skipped;
        skipped = false;
        token.folded = folding.fold(token.text);
        token.begin = begin;
        token.end = end;
        tokens.push_back(std::move(token));
    }
    return tokens;
}

std::string written_in_full(std::string_view text, const Folding& folding) {
    constexpr std::string_view curly = "\u2019";
    const auto of_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    std::string full;
    std::size_t at = 0;
    while (at < text.size()) {
        // A word with what may stand in a short form: apostrophes, plain or curly, and slashes.
        std::string word;
        std::size_t end = at;
        while (end < text.size()) {
            if (text.substr(end, curly.size()) == curly) {
                word += '\'';
                end += curly.size();
            } else if (of_word(text[end]) || text[end] == '\'' || text[end] == '/') {
                word += static_cast<char>(std::tolower(static_cast<unsigned char>(text[end])));
                ++end;
            } else {
                break;
            }
        }
        if (end == at) {
            full += text[at++];
            continue;
        }
        const bool begins = full.find_first_not_of(" \t\n") == std::string::npos;
        const auto known = folding.contractions.find(word);
        const auto opens = begins ? folding.opening.find(word) : folding.opening.end();
        full += opens != folding.opening.end()        ? std::string_view(opens->second)
                : known != folding.contractions.end() ? std::string_view(known->second)
                                                      : text.substr(at, end - at);
        at = end;
    }
    return full;
}

}  // namespace islet::kb
