#include "islet/parser.hpp"

#include <limits>

#include "query.hpp"
#include "syntax_error.hpp"

namespace islet::parser {

namespace {

constexpr char const* after_query = "the next clause or the end of the query";

// What is wrong behind a complete query, if anything.
void check_rest(std::string_view text, char const* at, bool closed) {
    char const* const last = text.data() + text.size();
    scan::skip_blank(at, last);
    if (at == last) return;
    if (closed) {
        char const* const end = scan::word_end(at, last);
        throw SyntaxFailure("UnexpectedSyntax", "a second query begins here, but one is run at a time",
                            "run the queries one after another", at, end == at ? at + 1 : end);
    }
    throw grammar::x3::expectation_failure<grammar::Iterator>(at, after_query);
}

ast::Ast parse_or_throw(std::string_view text) {
    AstBuilder builder(text);
    grammar::Blank const blank;
    grammar::SkipContext const skip(blank);
    grammar::Context const context(builder, skip);
    grammar::Iterator first = text.data();
    grammar::Iterator const last = text.data() + text.size();
    ast::Query root;
    if (!grammar::statement.parse(first, last, context, grammar::x3::unused, root)) {
        throw grammar::x3::expectation_failure<grammar::Iterator>(first, grammar::query.name);
    }
    check_rest(text, first, builder.token_end[-1] == ';');
    builder.tree().root = std::move(root);
    return std::move(builder.tree());
}

}  // namespace

Parsed parse(std::string_view text) {
    if (text.data() == nullptr) text = "";
    char const* const last = text.data() + text.size();
    if (text.size() >= std::numeric_limits<std::uint32_t>::max()) {
        return SyntaxError{"UnexpectedSyntax", "the query is longer than 4 GiB", "", {}};
    }
    if (char const* const bad = scan::invalid_utf8(text.data(), last); bad != last) {
        auto const at = static_cast<std::uint32_t>(bad - text.data());
        return SyntaxError{"InvalidUnicodeCharacter",
                           "the text is not UTF-8: byte " + std::to_string(at) + " begins no character",
                           "save the query as UTF-8",
                           {at, at + 1}};
    }
    char const* first = text.data();
    scan::skip_blank(first, last);
    if (first == last) {
        auto const end = static_cast<std::uint32_t>(text.size());
        return SyntaxError{
            "UnexpectedSyntax", "the query is empty", "begin with MATCH, CREATE or RETURN", {end, end}};
    }
    try {
        return parse_or_throw(text);
    } catch (SyntaxFailure const& failure) {
        return worded(text, failure);
    } catch (grammar::x3::expectation_failure<grammar::Iterator> const& failure) {
        return unexpected(text, failure.which(), failure.where());
    }
}

}  // namespace islet::parser
