// References as text, BibTeX and CSL-JSON.
#include <array>

#include "islet/export.hpp"
#include "islet/references.hpp"

namespace islet {

namespace {

/// `line 115`, `lines 113, 115-117`; empty for none.
std::string lines_of(const Reference& reference) {
    if (reference.lines.empty()) return {};
    const bool one = reference.lines.size() == 1 && reference.lines.front().find('-') == std::string::npos;
    std::string text = one ? "line " : "lines ";
    for (const std::string& line : reference.lines) {
        if (&line != reference.lines.data()) text += ", ";
        text += line;
    }
    return text;
}

/// The numbers of `2023-12-31`, as many as there are; none where the date is no date.
std::vector<int> date_parts(std::string_view date) {
    std::vector<int> parts;
    int number = 0;
    std::size_t digits = 0;
    for (std::size_t i = 0; i <= date.size(); ++i) {
        if (i < date.size() && date[i] >= '0' && date[i] <= '9' && digits < 4) {
            number = number * 10 + (date[i] - '0');
            ++digits;
        } else if ((i == date.size() || date[i] == '-') && digits > 0 && parts.size() < 3) {
            parts.push_back(number);
            number = 0;
            digits = 0;
        } else {
            return {};
        }
    }
    if (parts.size() > 1 && (parts[1] < 1 || parts[1] > 12)) return {};
    return parts;
}

std::string plain(std::span<const Reference> references) {
    std::string text;
    std::size_t number = 0;
    for (const Reference& reference : references) {
        text += "[" + std::to_string(++number) + "] " + reference.document;
        if (!reference.publisher.empty() && reference.publisher != reference.document) {
            text += " (" + reference.publisher + ")";
        }
        if (!reference.section.empty()) text += ", \"" + reference.section + "\"";
        if (const std::string lines = lines_of(reference); !lines.empty()) text += ", " + lines;
        text += reference.date.empty() ? ", no date stated.\n" : ", " + reference.date + ".\n";
    }
    return text;
}

/// A text inside of braces in BibTeX.
std::string braced(std::string_view text) {
    std::string result = "{";
    for (const char c : text) {
        switch (c) {
            case '\\':
                result += "\\textbackslash{}";
                break;
            case '~':
                result += "\\textasciitilde{}";
                break;
            case '^':
                result += "\\textasciicircum{}";
                break;
            case '{':
            case '}':
            case '&':
            case '%':
            case '$':
            case '#':
            case '_':
                result += '\\';
                [[fallthrough]];
            default:
                result += c;
        }
    }
    return result + "}";
}

std::string bibtex(std::span<const Reference> references) {
    constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
    std::string text;
    for (const Reference& reference : references) {
        if (!text.empty()) text += '\n';
        text += "@misc{" + reference.key;
        const auto field = [&](std::string_view name, const std::string& value) {
            text += ",\n  " + std::string(name) + " = " + value;
        };
        const bool with_section = !reference.section.empty();
        field("title", braced(with_section ? reference.section : reference.document));
        if (with_section) field("howpublished", braced(reference.document));
        if (!reference.publisher.empty()) field("publisher", braced(reference.publisher));
        const std::vector<int> date = date_parts(reference.date);
        if (!date.empty()) field("year", braced(std::to_string(date[0])));
        if (date.size() > 1) field("month", std::string(months[static_cast<std::size_t>(date[1]) - 1]));
        if (date.empty() && !reference.date.empty()) field("date", braced(reference.date));
        if (const std::string lines = lines_of(reference); !lines.empty()) field("note", braced(lines));
        text += "\n}\n";
    }
    return text;
}

std::string csl_json(std::span<const Reference> references) {
    std::string text = "[";
    for (const Reference& reference : references) {
        text += &reference == references.data() ? "\n" : ",\n";
        const bool with_section = !reference.section.empty();
        text += "  {\"id\": " + json_text(reference.key) + ", \"type\": \"webpage\", \"title\": " +
                json_text(with_section ? reference.section : reference.document);
        if (with_section) text += ", \"container-title\": " + json_text(reference.document);
        if (!reference.publisher.empty()) text += ", \"publisher\": " + json_text(reference.publisher);
        const std::vector<int> date = date_parts(reference.date);
        if (!date.empty()) {
            text += ", \"issued\": {\"date-parts\": [[";
            for (const int part : date) text += (text.back() == '[' ? "" : ", ") + std::to_string(part);
            text += "]]}";
        } else if (!reference.date.empty()) {
            text += ", \"issued\": {\"literal\": " + json_text(reference.date) + "}";
        }
        if (const std::string lines = lines_of(reference); !lines.empty()) {
            text += ", \"note\": " + json_text(lines);
        }
        text += "}";
    }
    return text + (references.empty() ? "]\n" : "\n]\n");
}

}  // namespace

std::string to_text(std::span<const Reference> references, ReferenceFormat format) {
    switch (format) {
        case ReferenceFormat::text:
            return plain(references);
        case ReferenceFormat::bibtex:
            return bibtex(references);
        case ReferenceFormat::csl_json:
            return csl_json(references);
    }
    return {};
}

}  // namespace islet
