// The tokens between and around operands.
#pragma once

#include <array>
#include <string_view>

#include "grammar.hpp"
#include "value_type.hpp"

namespace islet::parser::grammar {

/// `NOT`, `-`, `+` before an operand; the minus of a number belongs to the number.
struct PrefixToken : x3::parser<PrefixToken> {
    using attribute_type = x3::unused_type;
    static constexpr bool has_attribute = false;

    template <typename AnyContext, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, Iterator const& last, AnyContext const& context, RuleContext const&,
               Attribute const&) const {
        x3::skip_over(first, last, context);
        if (first == last) return false;
        Iterator const begin = first;
        Prefix prefix = Prefix::logical_not;
        if (*first == '-' || *first == '+') {
            if (scan::at_number(first, last, true)) return false;
            prefix = *first == '-' ? Prefix::minus : Prefix::plus;
            ++first;
        } else if (!scan::keyword(first, last, "NOT")) {
            return false;
        }
        builder(context).push(prefix, begin, first);
        return true;
    }
};
inline constexpr PrefixToken prefix_operator{};

/// Every operator that stands between two operands.
struct InfixToken : Token<InfixToken, Infix> {
    struct Word {
        std::string_view first;
        std::string_view second;  ///< may be empty
        ast::Binary::Op op;
    };
    static constexpr std::array<Word, 7> words = {{{"AND", "", ast::Binary::Op::logical_and},
                                                   {"OR", "", ast::Binary::Op::logical_or},
                                                   {"XOR", "", ast::Binary::Op::logical_xor},
                                                   {"IN", "", ast::Binary::Op::in},
                                                   {"STARTS", "WITH", ast::Binary::Op::starts_with},
                                                   {"ENDS", "WITH", ast::Binary::Op::ends_with},
                                                   {"CONTAINS", "", ast::Binary::Op::contains}}};

    bool match(Iterator& first, Iterator last, Infix& infix, AstBuilder const&) const {
        using Binary = ast::Binary::Op;
        using Comparison = ast::Comparison::Op;
        if (first == last) return false;
        char const next = last - first > 1 ? first[1] : '\0';
        auto const take = [&](int length, Infix op) {
            first += length;
            infix = op;
            return true;
        };
        switch (*first) {
            case '+':
                return take(1, Binary::add);
            case '-':
                return take(1, Binary::subtract);
            case '*':
                return take(1, Binary::multiply);
            case '/':
                return next != '*' && take(1, Binary::divide);
            case '%':
                return take(1, Binary::modulo);
            case '^':
                return take(1, Binary::power);
            case '=':
                return next == '~' ? take(2, Binary::regex_match) : take(1, Comparison::equal);
            case '<':
                return next == '='   ? take(2, Comparison::less_equal)
                       : next == '>' ? take(2, Comparison::not_equal)
                                     : take(1, Comparison::less);
            case '>':
                return next == '=' ? take(2, Comparison::greater_equal) : take(1, Comparison::greater);
            case '|':
                return next == '|' && take(2, Binary::concatenate);
            default:
                break;
        }
        for (Word const& word : words) {
            Iterator at = first;
            if (!scan::keyword(at, last, word.first)) continue;
            if (!word.second.empty()) {
                scan::skip_blank(at, last);
                if (!scan::keyword(at, last, word.second)) continue;
            }
            first = at;
            infix = word.op;
            return true;
        }
        return false;
    }
};
inline constexpr InfixToken infix_operator{};

/// What stands behind an operand and asks something of it: `IS NOT NULL`, `IS :: INTEGER`, `IS NFC
/// NORMALIZED`.
struct TestToken : Token<TestToken, Test> {
    bool match(Iterator& first, Iterator last, Test& test, AstBuilder const&) const {
        if (first == last) return false;
        Iterator at = first;
        if (typed(at, last)) return type_test(first, at, last, false, test);
        if (!scan::keyword(at, last, "IS")) return false;
        scan::skip_blank(at, last);
        bool const negated = scan::keyword(at, last, "NOT");
        if (negated) scan::skip_blank(at, last);
        if (scan::keyword(at, last, "NULL")) {
            test = NullTest{negated};
            first = at;
            return true;
        }
        Iterator rest = at;
        if (typed(rest, last) || typed_word(rest, last)) return type_test(first, rest, last, negated, test);
        NormalTest normal{"NFC", negated};
        for (char const* form : {"NFC", "NFD", "NFKC", "NFKD"}) {
            if (!scan::keyword(at, last, form)) continue;
            normal.form = form;
            scan::skip_blank(at, last);
            break;
        }
        if (!scan::keyword(at, last, "NORMALIZED")) return false;
        test = normal;
        first = at;
        return true;
    }

 private:
    static bool typed(Iterator& first, Iterator last) {
        if (last - first < 2 || first[0] != ':' || first[1] != ':') return false;
        first += 2;
        return true;
    }
    // `IS TYPED` and a name; alone it is a label.
    static bool typed_word(Iterator& first, Iterator last) {
        Iterator at = first;
        if (!scan::keyword(at, last, "TYPED")) return false;
        scan::skip_blank(at, last);
        if (scan::word_end(at, last) == at) return false;
        Iterator word = at;
        if (!at_value_type(word, last)) return false;
        first = at;
        return true;
    }
    static bool type_test(Iterator& first, Iterator at, Iterator last, bool negated, Test& test) {
        test = ast::TypeTest{ast::ExprId::none, value_types(at, last), negated};
        first = at;
        return true;
    }
};
inline constexpr TestToken operand_test{};

/// The `:` or `IS` of a label predicate, which is no other test; true: negated.
struct LabelTestToken : Token<LabelTestToken, bool> {
    bool match(Iterator& first, Iterator last, bool& negated, AstBuilder const& build) const {
        if (first == last) return false;
        if (*first == ':') {
            if (last - first > 1 && first[1] == ':') return false;
            ++first;
            return true;
        }
        Iterator at = first;
        if (!scan::keyword(at, last, "IS")) return false;
        Test ignored;
        Iterator other = first;
        if (TestToken{}.match(other, last, ignored, build)) return false;
        Iterator rest = at;
        scan::skip_blank(rest, last);
        negated = scan::keyword(rest, last, "NOT");
        if (negated) scan::skip_blank(rest, last);
        // `IS LABELED Person`; alone it is a label.
        Iterator word = rest;
        if (scan::keyword(word, last, "LABELED")) {
            Iterator name = word;
            scan::skip_blank(name, last);
            if (name != last && (*name == '!' || *name == '%' || *name == '(' || *name == '`' ||
                                 scan::skip_name(name, last, scan::Words::unreserved))) {
                rest = word;
            }
        } else if (negated) {
            return false;
        }
        first = rest;
        return true;
    }
};
inline constexpr LabelTestToken label_test{};

}  // namespace islet::parser::grammar
