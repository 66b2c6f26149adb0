#include "lookahead.hpp"

#include <string_view>

#include "ast_builder.hpp"
#include "scanner.hpp"

namespace islet::parser::look {

namespace {

bool at(char const* first, char const* last, char c) {
    return first != last && *first == c;
}

bool keyword_at(char const* first, char const* last, std::string_view upper) {
    return scan::keyword(first, last, upper);
}

// Behind the bracket that closes the one under `first`, or `last`. Brackets of all kinds are
// counted together: a mismatch is the grammar's to report, and so is nesting deeper than it allows,
// behind which there is nothing worth looking for.
char const* after_brackets(char const* first, char const* last) {
    int depth = 0;
    while (first != last) {
        char const c = *first;
        scan::step(first, last);
        if (c == '(' || c == '[' || c == '{') {
            if (++depth > AstBuilder::max_depth) return last;
        } else if ((c == ')' || c == ']' || c == '}') && --depth == 0) {
            return first;
        }
    }
    return last;
}

// Whether a relationship pattern stands here: `--(`, `-->`, `-[…]-`, each with or without `<` before.
bool at_relationship(char const* first, char const* last) {
    scan::skip_blank(first, last);
    if (at(first, last, '<')) {
        ++first;
        scan::skip_blank(first, last);
    }
    if (!at(first, last, '-')) return false;
    ++first;
    scan::skip_blank(first, last);
    if (at(first, last, '-')) {
        ++first;
        scan::skip_blank(first, last);
        return at(first, last, '(') || at(first, last, '>');
    }
    if (!at(first, last, '[')) return false;
    first = after_brackets(first, last);
    scan::skip_blank(first, last);
    return at(first, last, '-');
}

// The first of `,`, `|`, `w` (WHERE) and a closing bracket that stands at this level, or 0 at the end.
char separator(char const* first, char const* last) {
    while (first != last) {
        char const c = *first;
        switch (c) {
            case ',':
            case ')':
            case ']':
            case '}':
                return c;
            case '(':
            case '[':
            case '{':
                first = after_brackets(first, last);
                continue;
            case '|':
                ++first;
                if (!at(first, last, '|')) return c;
                ++first;
                continue;
            default:
                break;
        }
        char const* const end = scan::word_end(first, last);
        if (end == first) {
            scan::step(first, last);
        } else if (keyword_at(first, last, "WHERE")) {
            return 'w';
        } else {
            first = end;
        }
    }
    return 0;
}

bool separates_comprehension(char c) {
    return c == '|' || c == 'w';
}

// Whether `(name IN` stands at the parenthesis.
bool at_iteration(char const* first, char const* last) {
    ++first;
    scan::skip_blank(first, last);
    if (!scan::skip_name(first, last, scan::Words::unreserved)) return false;
    scan::skip_blank(first, last);
    return keyword_at(first, last, "IN");
}

bool at_accumulator(char const* first, char const* last) {
    ++first;
    scan::skip_blank(first, last);
    if (!scan::skip_name(first, last, scan::Words::unreserved)) return false;
    scan::skip_blank(first, last);
    return at(first, last, '=');
}

bool at_star(char const* first, char const* last) {
    ++first;
    scan::skip_blank(first, last);
    if (!at(first, last, '*')) return false;
    ++first;
    scan::skip_blank(first, last);
    return at(first, last, ')');
}

// Whether a FROM stands between the operands in the parentheses.
bool at_trim(char const* first, char const* last) {
    ++first;
    bool operand = false;
    while (true) {
        scan::skip_blank(first, last);
        if (first == last || *first == ')' || *first == ',') return false;
        if (*first == '(' || *first == '[' || *first == '{') {
            first = after_brackets(first, last);
            operand = true;
            continue;
        }
        bool const key = *first == '.';
        if (key) {
            ++first;
            scan::skip_blank(first, last);
        }
        char const* const end = scan::word_end(first, last);
        if (!key && operand && keyword_at(first, last, "FROM")) return true;
        if (end != first) {
            first = end;
        } else if (first != last) {
            scan::step(first, last);
        }
        operand = true;
    }
}

WordForm call_form(char const* word, char const* paren, char const* last) {
    switch (*word) {
        case 'a':
        case 'A':
        case 'n':
        case 'N':
        case 's':
        case 'S':
            if (keyword_at(word, last, "ALL") || keyword_at(word, last, "ANY") ||
                keyword_at(word, last, "NONE") || keyword_at(word, last, "SINGLE")) {
                return at_iteration(paren, last) ? WordForm::quantifier : WordForm::function;
            }
            if (keyword_at(word, last, "SHORTESTPATH") || keyword_at(word, last, "ALLSHORTESTPATHS")) {
                return WordForm::shortest_path;
            }
            return WordForm::function;
        case 'c':
        case 'C':
            return keyword_at(word, last, "COUNT") && at_star(paren, last) ? WordForm::count_star
                                                                           : WordForm::function;
        case 'r':
        case 'R':
            return keyword_at(word, last, "REDUCE") && at_accumulator(paren, last) ? WordForm::reduce
                                                                                   : WordForm::function;
        case 't':
        case 'T':
            return keyword_at(word, last, "TRIM") && at_trim(paren, last) ? WordForm::trim
                                                                          : WordForm::function;
        default:
            return WordForm::function;
    }
}

}  // namespace

bool at_pattern(char const* first, char const* last) {
    char const* at_inner = first + 1;
    scan::skip_blank(at_inner, last);
    if (at_inner == last) return false;
    switch (*at_inner) {
        case ')':
        case ':':
            return true;
        case '{':
        case '$':
            return at_relationship(after_brackets(first, last), last);
        default:
            break;
    }
    if (keyword_at(at_inner, last, "WHERE") || keyword_at(at_inner, last, "IS")) return true;
    if (!scan::skip_name(at_inner, last, scan::Words::unreserved)) return false;
    scan::skip_blank(at_inner, last);
    if (at_inner == last) return false;
    switch (*at_inner) {
        case ')':
            return at_relationship(at_inner + 1, last);
        case ':':
        case '{':
            return at_relationship(after_brackets(first, last), last);
        case '$':
            return true;
        default:
            break;
    }
    if (keyword_at(at_inner, last, "WHERE")) return true;
    if (!scan::keyword(at_inner, last, "IS")) return false;
    scan::skip_blank(at_inner, last);
    if (keyword_at(at_inner, last, "NULL") || keyword_at(at_inner, last, "NOT")) return false;
    return at_relationship(after_brackets(first, last), last);
}

ListForm list_form(char const* first, char const* last) {
    ++first;
    scan::skip_blank(first, last);
    if (at(first, last, '(')) {
        bool const comprehension = at_pattern(first, last) && separates_comprehension(separator(first, last));
        return comprehension ? ListForm::pattern_comprehension : ListForm::literal;
    }
    if (!scan::skip_name(first, last, scan::Words::unreserved)) return ListForm::literal;
    scan::skip_blank(first, last);
    if (keyword_at(first, last, "IN"))
        return separator(first, last) == ',' ? ListForm::literal : ListForm::comprehension;
    if (!at(first, last, '=')) return ListForm::literal;
    ++first;
    scan::skip_blank(first, last);
    bool const comprehension =
        at(first, last, '(') && at_pattern(first, last) && separates_comprehension(separator(first, last));
    return comprehension ? ListForm::pattern_comprehension : ListForm::literal;
}

WordForm word_form(char const* first, char const* last) {
    char const* const word = first;
    if (!scan::skip_name(first, last, scan::Words::unreserved)) {
        if (keyword_at(word, last, "TRUE") || keyword_at(word, last, "FALSE")) return WordForm::boolean;
        if (keyword_at(word, last, "NULL")) return WordForm::null;
        return keyword_at(word, last, "CASE") ? WordForm::case_expression : WordForm::none;
    }
    scan::skip_blank(first, last);
    if (first == last) return WordForm::variable;
    switch (*first) {
        case '(':
            return call_form(word, first, last);
        case '{':
            return keyword_at(word, last, "EXISTS") || keyword_at(word, last, "COUNT") ||
                           keyword_at(word, last, "COLLECT")
                       ? WordForm::subquery
                       : WordForm::map_projection;
        case '.':
            do {
                ++first;
                scan::skip_blank(first, last);
                if (!scan::skip_name(first, last, scan::Words::any)) return WordForm::variable;
                scan::skip_blank(first, last);
            } while (at(first, last, '.'));
            return at(first, last, '(') ? WordForm::function : WordForm::variable;
        default:
            return WordForm::variable;
    }
}

bool at_path_parenthesis(char const* first, char const* last) {
    if (!at(first, last, '(')) return false;
    ++first;
    scan::skip_blank(first, last);
    if (at(first, last, '(')) return true;
    if (!scan::skip_name(first, last, scan::Words::unreserved)) return false;
    scan::skip_blank(first, last);
    return at(first, last, '=');
}

bool at_path(char const* first, char const* last) {
    if (at(first, last, '(')) return true;
    if (keyword_at(first, last, "ALL") || keyword_at(first, last, "ANY") ||
        keyword_at(first, last, "SHORTEST"))
        return true;
    char const* const word = first;
    if (!scan::skip_name(first, last, scan::Words::unreserved)) return false;
    scan::skip_blank(first, last);
    if (at(first, last, '=')) return true;
    return at(first, last, '(') &&
           (keyword_at(word, last, "SHORTESTPATH") || keyword_at(word, last, "ALLSHORTESTPATHS"));
}

}  // namespace islet::parser::look
