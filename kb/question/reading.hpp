// Step 4 of a question: syntax tree → reading, the question's meaning. Words become labels, relations,
// entities and filters of the schema; what does not fit by its types is not understood, never left out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "islet/knowledge.hpp"
#include "lexicon.hpp"
#include "question/syntax.hpp"

namespace islet::kb {

/// A property of a statement and the values that it must state one of.
struct Filter {
    std::string property;
    std::vector<std::string> values;    ///< as asked
    std::vector<std::string> matching;  ///< those, and the values that imply one of them
    bool alternatives = false;          ///< "common or rare": which of them is what is asked
    bool list = false;                  ///< the property holds a list
    bool by_name = false;  ///< comes with an entity's name ("X-related Y"), not from a word of its own
};

/// A statement between a variable and another one.
struct Link {
    std::uint32_t relation = 0;
    bool head_is_subject = true;
    std::uint32_t other = 0;  ///< variable
    std::vector<Filter> filters;
    bool negated = false;    ///< there is no such statement (in `documents`, if given)
    bool mentioned = false;  ///< any statement of Lexicon::mentioned_for
    bool against = false;    ///< with `mentioned`: any but its own relation
    bool denied = false;     ///< there is a statement that says no
    bool contrary = false;   ///< asked for by a phrase that says the opposite of the relation
    bool weak = false;       ///< the word between the two might as well say nothing: "has"
    std::vector<std::uint32_t> documents;
};

/// Something that the question speaks of: of these labels, a kind of these classes, one of these entities.
/// All empty: anything.
struct Variable {
    std::vector<std::uint32_t> labels;
    std::vector<std::uint32_t> classes;
    std::vector<std::uint32_t> entities;
    std::vector<std::uint32_t> parts_of;  ///< one of these things or a part of it
    std::vector<std::uint32_t> except;    ///< and none of these, nor a kind of them
    bool kinds = false;                   ///< a kind of something
    bool types = false;                   ///< asked for as a type of something: no class that has kinds
    bool members = false;                 ///< of a class in `entities`: its members as well as itself
    bool differs = false;                 ///< the asked one differs from this one
    bool each = false;                    ///< what is asked for is asked of each of `entities`
    std::vector<std::pair<std::string, bool>> properties;  ///< key, and whether it must have it
    std::vector<Link> links;
    std::string words;  ///< as asked
};

enum class Ask : std::uint8_t {
    list,        // which things
    count,       // how many
    documents,   // which documents mention them
    statements,  // what each source says: yes or no, common or rare
    steps,       // why, how
    value,       // of an attribute
    describe,    // all that is stated of the things in variables[0]
    connect,     // how the first thing has to do with the others
};

/// What kind of answer a statement question has.
enum class Polarity : std::uint8_t {
    yes_or_no,
    alternatives,  // "common or rare": one of them
    contexts,      // when, how often: the contexts are the answer
};

/// Invariant: `variables[0]` is what is asked for; links lead from a variable to a later one.
struct Reading {
    Ask ask = Ask::list;
    bool counted = false;  ///< documents: how many
    std::vector<Variable> variables;
    std::vector<std::uint32_t> documents;         ///< only what one of these says
    std::vector<std::uint32_t> not_documents;     ///< and none of these does
    std::vector<std::uint32_t> each_document;     ///< what each of these says
    std::vector<std::uint32_t> mentioned_labels;  ///< an explanation must reach one of each
    std::uint32_t attribute = 0;                  ///< of Ask::value, and of `property`
    bool property = false;                        ///< list: not the things, but their property `attribute`
    bool by_document = false;                     ///< count: for each document
    bool stating = false;                         ///< statements: which documents make them
    bool only_one = false;              ///< list: "the only herb that …"; more than one is no answer
    std::optional<std::uint32_t> most;  ///< list, count: which has the most of this variable
    int extreme = 0;                    ///< value of a document: the one with the greatest (1) or least (-1)
    Polarity polarity = Polarity::yes_or_no;  ///< of Ask::statements
    std::vector<Reading> beside;      ///< list: more that is asked for at once ("herbs and spices for X")
    std::vector<std::uint32_t> sole;  ///< list: are these what is listed, and nothing else?
    std::vector<std::uint32_t> mentioned;               ///< entities that an explanation must reach
    std::vector<std::vector<std::uint32_t>> relations;  ///< an explanation must use one of each
};

/// Why a tree has no meaning here.
struct NotUnderstood {
    std::string message;
    /// Where a word may mean several things: the word's term, and the names to choose from.
    std::uint32_t term = 0;
    std::vector<std::string> choices = {};
};

/// `either_way`: a verb that says nothing by itself may be said the wrong way round ("which tastes has
/// basil"), where the types leave one way only.
std::variant<Reading, NotUnderstood> read_question(const SyntaxNode& tree, const std::vector<Term>& terms,
                                                   const KnowledgeBase& base, bool either_way = false);

/// The reading in plain words, as the answer shows it.
std::string to_words(const Reading& reading, const KnowledgeBase& base);

/// What a term may mean, as an explanation shows it.
std::string meaning_of(const Term& term, const KnowledgeBase& base);

/// The same for two readings that differ in the order of their parts only.
std::string meaning_of(const Reading& reading, const KnowledgeBase& base);

}  // namespace islet::kb
