// The reader of the TCK's value notation: a recursive descent over the cell's text.
#include <algorithm>
#include <charconv>
#include <limits>
#include <stdexcept>

#include "term.hpp"

namespace islet::tck {
namespace {

bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

class TermParser {
 public:
    explicit TermParser(std::string_view text) : text_(text) {}

    Term all() {
        Term term = value();
        blanks();
        if (at_ != text_.size()) fail("the end");
        return term;
    }

 private:
    [[noreturn]] void fail(const std::string& expected) const {
        throw std::runtime_error("`" + std::string(text_) + "` is no value: expected " + expected +
                                 " at position " + std::to_string(at_ + 1));
    }

    void blanks() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    }
    [[nodiscard]] bool sees(std::string_view token) {
        blanks();
        return text_.substr(at_).starts_with(token);
    }
    bool takes(std::string_view token) {
        if (!sees(token)) return false;
        at_ += token.size();
        return true;
    }
    void needs(std::string_view token) {
        if (!takes(token)) fail("`" + std::string(token) + "`");
    }

    Term value() {
        if (sees("'") || sees("\"")) return {string()};
        if (sees("{")) return {MapTerm{entries()}};
        if (sees("(")) return {node()};
        if (sees("<")) return {path()};
        if (sees("[")) return list_or_relationship();
        return word();
    }

    Term list_or_relationship() {
        const std::size_t start = at_;
        needs("[");
        if (sees(":")) {
            at_ = start;
            return {relationship()};
        }
        std::vector<Term> items;
        if (takes("]")) return {std::move(items)};
        do {
            items.push_back(value());
        } while (takes(","));
        needs("]");
        return {std::move(items)};
    }

    std::string string() {
        const char quote = text_[at_++];
        std::string out;
        for (; at_ < text_.size() && text_[at_] != quote; ++at_) {
            char c = text_[at_];
            if (c == '\\' && at_ + 1 < text_.size()) {
                c = text_[++at_];
                c = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
            }
            out += c;
        }
        if (at_ == text_.size()) fail("the closing quote");
        ++at_;
        return out;
    }

    std::string name() {
        blanks();
        std::string out;
        if (takes("`")) {
            while (at_ < text_.size() && text_[at_] != '`') out += text_[at_++];
            needs("`");
            return out;
        }
        while (at_ < text_.size() && is_name(text_[at_])) out += text_[at_++];
        if (out.empty()) fail("a name");
        return out;
    }

    Entries entries() {
        Entries out;
        needs("{");
        if (!takes("}")) {
            do {
                std::string key = sees("'") || sees("\"") ? string() : name();
                needs(":");
                out.emplace_back(std::move(key), value());
            } while (takes(","));
            needs("}");
        }
        std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (std::size_t i = 1; i < out.size(); ++i) {
            if (out[i].first == out[i - 1].first) fail("each key once");
        }
        return out;
    }

    NodeTerm node() {
        NodeTerm out;
        needs("(");
        while (takes(":")) out.labels.push_back(name());
        if (sees("{")) out.properties = entries();
        needs(")");
        std::sort(out.labels.begin(), out.labels.end());
        return out;
    }

    RelationshipTerm relationship() {
        RelationshipTerm out;
        needs("[");
        needs(":");
        out.type = name();
        if (sees("{")) out.properties = entries();
        needs("]");
        return out;
    }

    PathTerm path() {
        needs("<");
        PathTerm out{node(), {}};
        while (!takes(">")) {
            const bool backward = takes("<-");
            if (!backward) needs("-");
            RelationshipTerm rel = relationship();
            needs(backward ? "-" : "->");
            out.steps.push_back({std::move(rel), !backward, node()});
        }
        return out;
    }

    Term word() {
        const std::size_t start = at_;
        while (at_ < text_.size() &&
               (is_name(text_[at_]) || text_[at_] == '.' || text_[at_] == '+' || text_[at_] == '-')) {
            ++at_;
        }
        const std::string_view word = text_.substr(start, at_ - start);
        if (word == "null") return {};
        if (word == "true" || word == "false") return {word == "true"};
        if (word == "NaN") return {Float{std::numeric_limits<double>::quiet_NaN()}};
        if (word == "Infinity" || word == "Inf") return {Float{std::numeric_limits<double>::infinity()}};
        if (word == "-Infinity" || word == "-Inf") return {Float{-std::numeric_limits<double>::infinity()}};
        const char* const end = word.data() + word.size();
        if (word.find_first_of(".eE") == std::string_view::npos) {
            std::int64_t integer = 0;
            const auto [stop, status] = std::from_chars(word.data(), end, integer);
            if (status == std::errc() && stop == end) return {integer};
        } else {
            double number = 0;
            const auto [stop, status] = std::from_chars(word.data(), end, number);
            if (status == std::errc() && stop == end) return {Float{number}};
        }
        at_ = start;
        fail("a value");
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

Term parse_term(std::string_view text) {
    return TermParser(text).all();
}

}  // namespace islet::tck
