// Names, labels and literals as canonical text.
#include <array>
#include <charconv>

#include "scanner.hpp"
#include "text_writer.hpp"

namespace islet::ast {

namespace scan = parser::scan;

namespace {

template <typename... Visitors>
struct Overload : Visitors... {
    using Visitors::operator()...;
};
template <typename... Visitors>
Overload(Visitors...) -> Overload<Visitors...>;

bool is_plain_name(std::string_view text) {
    return !text.empty() &&
           scan::word_end(text.data(), text.data() + text.size()) == text.data() + text.size();
}

}  // namespace

// ------------------------------------------------------------ names, labels

void TextWriter::name(const Name& name, bool free) {
    if (is_plain_name(name.text) && (free || !scan::is_reserved(name.text))) {
        put(name.text);
        return;
    }
    put("`");
    for (char const c : name.text) {
        out_ += c;
        if (c == '`') out_ += c;
    }
    put("`");
}

void TextWriter::names(const std::vector<Name>& list, std::string_view separator, bool free) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (i > 0) put(separator);
        name(list[i], free);
    }
}

/// What is set or removed: `:A:$(b)`.
void TextWriter::label_list(const std::vector<Label>& list) {
    for (const Label& label : list) {
        put(":");
        if (label.value == ExprId::none) {
            name(label.name, true);
        } else {
            computed(label.value, label.any);
        }
    }
}

void TextWriter::computed(ExprId value, bool any) {
    put(any ? "$any(" : "$(");
    expression(value);
    put(")");
}

void TextWriter::labels(const LabelExpr& labels, bool in_expression) {
    if (labels.empty()) return;
    bool only_names = true;
    for (const LabelTerm& term : labels) {
        only_names = only_names && (term.op == LabelTerm::Op::name || term.op == LabelTerm::Op::conjunction);
    }
    put(":");
    // In an expression `|` may end what is around it.
    bool const enclosed = in_expression && labels.back().op == LabelTerm::Op::disjunction;
    if (enclosed) put("(");
    label(labels, static_cast<std::uint32_t>(labels.size() - 1), 0, only_names ? ":" : "&");
    if (enclosed) put(")");
}

void TextWriter::label(const LabelExpr& labels, std::uint32_t at, std::uint8_t level,
                       std::string_view conjunction) {
    const LabelTerm& term = labels[at];
    std::uint8_t own = 3;
    if (term.op == LabelTerm::Op::disjunction) own = 1;
    if (term.op == LabelTerm::Op::conjunction) own = 2;
    bool const enclosed = own < level;
    if (enclosed) put("(");
    switch (term.op) {
        case LabelTerm::Op::name:
            name(term.name, true);
            break;
        case LabelTerm::Op::wildcard:
            put("%");
            break;
        case LabelTerm::Op::computed_all:
        case LabelTerm::Op::computed_any:
            computed(term.value, term.op == LabelTerm::Op::computed_any);
            break;
        case LabelTerm::Op::negation:
            put("!");
            label(labels, term.left, 3, conjunction);
            break;
        case LabelTerm::Op::conjunction:
        case LabelTerm::Op::disjunction:
            label(labels, term.left, own, conjunction);
            put(own == 1 ? "|" : conjunction);
            label(labels, term.right, static_cast<std::uint8_t>(own + 1), conjunction);
            break;
    }
    if (enclosed) put(")");
}

void TextWriter::string(std::string_view text) {
    put("'");
    for (char const c : text) {
        switch (c) {
            case '\'':
                put("\\'");
                break;
            case '\\':
                put("\\\\");
                break;
            case '\n':
                put("\\n");
                break;
            case '\r':
                put("\\r");
                break;
            case '\t':
                put("\\t");
                break;
            case '\b':
                put("\\b");
                break;
            case '\f':
                put("\\f");
                break;
            default:
                if (static_cast<unsigned char>(c) < 0x20) {
                    constexpr std::string_view digits = "0123456789abcdef";
                    put("\\u00");
                    out_ += digits[static_cast<std::size_t>(c >> 4)];
                    out_ += digits[static_cast<std::size_t>(c & 15)];
                } else {
                    out_ += c;
                }
        }
    }
    put("'");
}

// ------------------------------------------------------------------ literals

void TextWriter::write(const Literal& literal) {
    std::visit(Overload{[this](Null) { put("null"); }, [this](bool value) { put(value ? "true" : "false"); },
                        [this](std::int64_t value) { put(std::to_string(value)); },
                        [this](double value) {
                            std::array<char, 32> buffer{};
                            char* const end =
                                std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
                            std::string_view const text(buffer.data(),
                                                        static_cast<std::size_t>(end - buffer.data()));
                            put(text);
                            if (text.find_first_of(".e") == std::string_view::npos) put(".0");
                        },
                        [this](const std::string& value) { string(value); }},
               literal.value);
}

void TextWriter::write(const Parameter& parameter) {
    put("$");
    bool const number = parameter.name.text.find_first_not_of("0123456789") == std::string::npos;
    if (number) {
        put(parameter.name.text);
    } else {
        name(parameter.name, true);
    }
}

void TextWriter::write(const Variable& variable) {
    name(variable.name);
}

}  // namespace islet::ast
