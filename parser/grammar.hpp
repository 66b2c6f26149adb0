// What all units of the grammar share: the iterator, the context, the tokens and the helpers of actions.
// Only parser/*.cpp include this.
#pragma once

#include <boost/spirit/home/x3.hpp>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "ast_builder.hpp"
#include "islet/ast.hpp"
#include "scanner.hpp"
#include "syntax_failure.hpp"

namespace islet::parser::grammar {

namespace x3 = boost::spirit::x3;

// A rule is compiled once and used by other units, which works only if all name the same types here.
using Iterator = char const*;

struct Blank : x3::parser<Blank> {
    using attribute_type = x3::unused_type;
    static constexpr bool has_attribute = false;

    template <typename Context, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, Iterator const& last, Context const&, RuleContext const&,
               Attribute const&) const {
        return scan::skip_blank(first, last);
    }
};

struct BuilderTag;
using SkipContext = x3::context<x3::skipper_tag, Blank const>;
using Context = x3::context<BuilderTag, AstBuilder, SkipContext>;

template <typename AnyContext>
AstBuilder& builder(AnyContext const& context) {
    return x3::get<BuilderTag>(context);
}

// ------------------------------------------------------------------ tokens

/// A token without a value; `words` is what an error says was expected.
template <typename Derived>
struct Mark : x3::parser<Derived> {
    using attribute_type = x3::unused_type;
    static constexpr bool has_attribute = false;

    template <typename AnyContext, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, Iterator const& last, AnyContext const& context, RuleContext const&,
               Attribute const&) const {
        x3::skip_over(first, last, context);
        if (!static_cast<Derived const&>(*this).match(first, last)) return false;
        builder(context).token_end = first;
        return true;
    }
};

struct Keyword : Mark<Keyword> {
    constexpr Keyword(std::string_view upper, std::string_view words) : upper(upper), words(words) {}
    bool match(Iterator& first, Iterator last) const { return scan::keyword(first, last, upper); }
    std::string_view upper;
    std::string_view words;
};
constexpr Keyword kw(std::string_view upper, std::string_view words = {}) {
    return {upper, words};
}

struct Symbol : Mark<Symbol> {
    constexpr Symbol(std::string_view text, std::string_view words) : text(text), words(words) {}
    bool match(Iterator& first, Iterator last) const {
        if (static_cast<std::size_t>(last - first) < text.size()) return false;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (first[i] != text[i]) return false;
        }
        first += text.size();
        return true;
    }
    std::string_view text;
    std::string_view words;
};
/// `words` for errors, where the symbol alone says too little.
constexpr Symbol sym(std::string_view text, std::string_view words = {}) {
    return {text, words};
}

/// `|`, but not `||`.
struct Bar : Mark<Bar> {
    bool match(Iterator& first, Iterator last) const {
        if (first == last || *first != '|' || (last - first > 1 && first[1] == '|')) return false;
        ++first;
        return true;
    }
};
inline constexpr Bar bar{};

/// A token that carries a value.
template <typename Derived, typename Value>
struct Token : x3::parser<Derived> {
    using attribute_type = Value;
    static constexpr bool has_attribute = true;

    template <typename AnyContext, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, Iterator const& last, AnyContext const& context, RuleContext const&,
               Attribute& attribute) const {
        x3::skip_over(first, last, context);
        Value value{};
        if (!static_cast<Derived const&>(*this).match(first, last, value, builder(context))) return false;
        builder(context).token_end = first;
        x3::traits::move_to(std::move(value), attribute);
        return true;
    }
};

struct NameToken : Token<NameToken, ast::Name> {
    constexpr NameToken(scan::Words allowed, std::string_view words) : allowed(allowed), words(words) {}
    bool match(Iterator& first, Iterator last, ast::Name& name, AstBuilder const& build) const {
        Iterator const begin = first;
        if (!scan::name(first, last, allowed, name.text)) return false;
        name.span = build.span(begin, first);
        return true;
    }
    scan::Words allowed;
    std::string_view words;
};
/// A name that a variable may have.
constexpr NameToken variable_name(std::string_view words = "a variable") {
    return {scan::Words::unreserved, words};
}
/// A name that stands where no keyword could: of labels, types, keys, functions, aliases.
constexpr NameToken any_name(std::string_view words) {
    return {scan::Words::any, words};
}

// ----------------------------------------------------------------- actions

/// Actions that fill one member of the rule's struct with what was parsed.
template <auto Member>
struct Store {
    template <typename AnyContext>
    void operator()(AnyContext const& context) const {
        x3::_val(context).*Member = std::move(x3::_attr(context));
    }
};
template <auto Member>
inline constexpr Store<Member> store{};

template <auto Member>
struct Append {
    template <typename AnyContext>
    void operator()(AnyContext const& context) const {
        (x3::_val(context).*Member).push_back(std::move(x3::_attr(context)));
    }
};
template <auto Member>
inline constexpr Append<Member> append{};

template <auto Member>
struct Flag {
    template <typename AnyContext>
    void operator()(AnyContext const& context) const {
        x3::_val(context).*Member = true;
    }
};
template <auto Member>
inline constexpr Flag<Member> flag{};

/// Makes the parsed thing the rule's whole value.
struct Become {
    template <typename AnyContext>
    void operator()(AnyContext const& context) const {
        x3::_val(context) = std::move(x3::_attr(context));
    }
};
inline constexpr Become become{};

/// Where the action's parser stopped.
template <typename AnyContext>
Iterator position(AnyContext const& context) {
    return x3::_where(context).begin();
}

// -------------------------------------------------------------- directives

/// One level of nesting more while the subject runs.
template <typename Subject>
struct Nested : x3::unary_parser<Subject, Nested<Subject>> {
    using base_type = x3::unary_parser<Subject, Nested<Subject>>;
    static constexpr bool is_pass_through_unary = true;
    constexpr explicit Nested(Subject const& subject) : base_type(subject) {}

    template <typename AnyContext, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, Iterator const& last, AnyContext const& context, RuleContext& rule,
               Attribute& attribute) const {
        x3::skip_over(first, last, context);
        // An exception ends the whole parse: there is no level to come back to.
        builder(context).enter(first);
        bool const matched = this->subject.parse(first, last, context, rule, attribute);
        builder(context).leave();
        return matched;
    }
};
/// Sets whether `|` ends an expression while the subject runs.
template <typename Subject>
struct BeforeBar : x3::unary_parser<Subject, BeforeBar<Subject>> {
    using base_type = x3::unary_parser<Subject, BeforeBar<Subject>>;
    static constexpr bool is_pass_through_unary = true;
    constexpr explicit BeforeBar(Subject const& subject) : base_type(subject) {}

    template <typename AnyContext, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, Iterator const& last, AnyContext const& context, RuleContext& rule,
               Attribute& attribute) const {
        bool const outer = std::exchange(builder(context).bar_ends, true);
        bool const matched = this->subject.parse(first, last, context, rule, attribute);
        builder(context).bar_ends = outer;
        return matched;
    }
};
/// Gives the rule's value the bytes that the subject has read: to its `span`, or to the expression it names.
template <typename Subject>
struct Spanned : x3::unary_parser<Subject, Spanned<Subject>> {
    using base_type = x3::unary_parser<Subject, Spanned<Subject>>;
    static constexpr bool is_pass_through_unary = true;
    constexpr explicit Spanned(Subject const& subject) : base_type(subject) {}

    template <typename AnyContext, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, Iterator const& last, AnyContext const& context, RuleContext& value,
               Attribute& attribute) const {
        x3::skip_over(first, last, context);
        Iterator const begin = first;
        if (!this->subject.parse(first, last, context, value, attribute)) return false;
        AstBuilder& build = builder(context);
        ast::Span const span = build.span(begin, build.token_end);
        if constexpr (std::is_same_v<RuleContext, ast::ExprId>) {
            build[value].span = span;
        } else {
            value.span = span;
        }
        return true;
    }
};
template <template <typename> typename Directive>
struct Generator {
    template <typename Subject>
    constexpr auto operator[](Subject const& subject) const {
        using Parser = typename x3::extension::as_parser<Subject>::value_type;
        return Directive<Parser>(x3::as_parser(subject));
    }
};
inline constexpr Generator<Nested> nested{};
inline constexpr Generator<BeforeBar> before_bar{};
inline constexpr Generator<Spanned> spanned{};

}  // namespace islet::parser::grammar

// What x3::expect says was expected.
namespace boost::spirit::x3 {
template <>
struct get_info<islet::parser::grammar::Keyword> {
    std::string operator()(islet::parser::grammar::Keyword const& keyword) const {
        return keyword.words.empty() ? islet::parser::quoted(keyword.upper) : std::string(keyword.words);
    }
};
template <>
struct get_info<islet::parser::grammar::Symbol> {
    std::string operator()(islet::parser::grammar::Symbol const& symbol) const {
        return symbol.words.empty() ? islet::parser::quoted(symbol.text) : std::string(symbol.words);
    }
};
template <>
struct get_info<islet::parser::grammar::NameToken> {
    std::string operator()(islet::parser::grammar::NameToken const& name) const {
        return std::string(name.words);
    }
};
}  // namespace boost::spirit::x3
