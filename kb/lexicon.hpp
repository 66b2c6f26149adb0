// The words of the question form. They come from data alone: the vocabulary file gives function words,
// the nouns of labels, the phrases of relations and of property values; entities and documents give
// their names. This is where the language of a base is kept; nothing here knows what it is about.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "islet/knowledge.hpp"
#include "json_file.hpp"
#include "word_tables.hpp"

namespace islet::kb {

/// What a function word does in a sentence. The vocabulary lists the words of each role.
enum class Role : std::uint8_t {
    ask,        // list, show, tell me
    what,       // what, which, who
    why,        // why
    how,        // how
    count,      // how many, number of
    auxiliary,  // is, does, can
    that,       // that, which, who
    preposition,
    conjunction,  // and, comma
    disjunction,  // or
    but,
    negation,  // not, no, without
    both,
    share,        // share, have in common
    shared,       // shared by, common to
    kind,         // kind, type
    mention,      // mentions, named, listed
    by_source,    // according to
    all,          // all: says nothing in a list, but much in a question for yes or no
    filler,       // says nothing: currently, also
    describe,     // of the forms that rephrasings lead to: all that is stated of a thing
    connect,      // how things have to do with each other
    contexts,     // in which contexts something is stated
    stating,      // which documents state something
    by_document,  // for each document
    every,        // by every document
    only,         // by this document only
    except,       // other than
    most,         // the most of something
    parts,        // of the forms that rephrasings lead to: a thing or a part of it
    sole,         // of these forms: before a thing, and before the list that shall hold nothing else
    idle,     // says nothing about what is asked: may be left out of a question that cannot be read with it
    other,    // other, else: besides what the question names
    clause,   // if, once: begins what limits the question
    pronoun,  // it, they: the thing that stands before the question proper
    unsupported,  // is known, but no form of question has a place for it: instead, than
};
inline constexpr std::size_t role_count = 36;
inline constexpr std::array<std::string_view, role_count> role_names{
    "ask",         "what",        "why",     "how",        "count",    "auxiliary", "that",     "preposition",
    "conjunction", "disjunction", "but",     "negation",   "both",     "share",     "shared",   "kind",
    "mention",     "by_source",   "all",     "filler",     "describe", "connect",   "contexts", "stating",
    "by_document", "every",       "only",    "except",     "most",     "parts",     "sole",     "idle",
    "other",       "clause",      "pronoun", "unsupported"};

/// A property with the values that a phrase asks for (any of them).
struct ValueWord {
    std::string property;
    std::vector<std::string> values;
    friend bool operator==(const ValueWord&, const ValueWord&) = default;
};

/// A verb that holds both a relation and its object: "ripens", "sweetens the dish".
struct Predicate {
    std::uint32_t relation = 0;
    std::uint32_t object = 0;  ///< entity
};

/// Something that is asked for by name but is no relation of its own: a share, a price, which is best.
/// Without relations nothing in the base can say it.
struct Attribute {
    std::string name;
    std::vector<std::string> relations;
    std::string property;             ///< of an entity ("brand_names"), or the column that holds the value
    bool unknown = false;             ///< its statements say that the thing is not known
    bool of_entity = false;           ///< `property` is one of the entity itself
    std::vector<std::string> labels;  ///< of entities that have it; empty: all
    bool of_document = false;         ///< `property` is one of a document
};

/// How the question form treats one relation.
struct RelationWords {
    std::string say;          ///< "{subject} … {object}"
    bool hierarchy = false;   ///< subject is a kind of object
    bool mentions = false;    ///< only says that a document mentions it
    bool denies = false;      ///< its statements answer "no"
    bool open = false;        ///< its statements answer neither yes nor no
    bool negative = false;    ///< says what is not done; never matched by a question that does not ask for it
    bool explains = false;    ///< a step of an explanation
    bool contains = false;    ///< subject consists of objects: without one of them it is another thing
    bool part_whole = false;  ///< subject is a part of object
    bool class_of_subject = false;    ///< what is stated for a class holds for its members, in a tier apart
    std::string hedge_property;       ///< what is stated of a class with one of these values …
    std::vector<std::string> hedges;  ///< … does not hold for each of its members
    bool wider_object = false;        ///< what is stated for a wider object may follow, in a tier apart
    bool members_of_subject = false;  ///< a class as subject takes its members in the direct tier
    std::string denial_property;      ///< its statement says no where this property …
    std::string denial_value;         ///< … has this value
    std::uint32_t converse = UINT32_MAX;  ///< a relation that says the same from the object's side
    int rank = 0;                         ///< the higher one is meant where two would fit
};

/// Folds words so that case, accents, plurals and spelling variants do not count.
struct Folding {
    std::vector<std::pair<std::string, std::string>> spelling;  ///< anywhere in a word
    std::vector<std::pair<std::string, std::string>> endings;   ///< the first that fits
    std::vector<std::string> keep;                              ///< endings that stay
    std::map<std::string, std::string, std::less<>> irregular;
    std::set<std::string, std::less<>> skip;  ///< words that say nothing anywhere: articles
    /// Words written short, and in full; lower case, with a plain apostrophe.
    std::map<std::string, std::string, std::less<>> contractions;
    /// The same of those that mean something else where they begin a question: "isn't X a Y?" asks whether it
    /// is.
    std::map<std::string, std::string, std::less<>> opening;

    [[nodiscard]] std::string fold(std::string_view lower_case_word) const;
};

/// Invariants: the phrases of `tables` are folded words joined with one space, without skipped words;
/// `longest` bounds the words of a phrase.
struct Lexicon {
    Folding folding;
    WordTables tables;
    std::size_t longest = 1;
    std::set<std::string, std::less<>> not_names;  ///< folded; names that mean something else in a question
    std::vector<ValueWord> values;
    std::vector<Attribute> attributes;
    std::vector<Predicate> predicates;
    std::vector<std::uint32_t> mentioned_for;   ///< relations that "mentioned for" may mean
    std::vector<Sense> compound;                ///< how one noun before another is meant
    std::vector<std::string> attributive;       ///< endings of verbs that stand before a noun: "X-bearing Y"
    std::vector<RelationWords> relations;       ///< by index of Schema::relations
    std::vector<bool> whole_labels;             ///< by index of Schema::labels: may be asked for as a whole
    std::vector<std::string> label_nouns;       ///< by index of Schema::labels: the noun that answers show
    std::size_t hierarchy = SIZE_MAX;           ///< the relation that makes kinds
    std::set<std::string, std::less<>> hidden;  ///< properties of statements that answers do not show
    std::vector<std::string> examples;          ///< questions that the form understands, for suggestions
    /// How the forms that gathering makes are worded: "scope" → "according to".
    std::map<std::string, std::string, std::less<>> canonical;

    [[nodiscard]] std::optional<Phrase> find(std::string_view folded) const {
        return tables.find_phrase(folded);
    }
    /// Whether the folded word stands in a phrase.
    [[nodiscard]] bool is_word(std::string_view folded) const {
        return (tables.flags(folded) & word_flag::of_phrase) != 0;
    }
};

/// Reads vocabulary.json against the schema and the facts, after `general`: the words that every base has of
/// its language. Appends to `faults` what it names but is not there.
Lexicon read_vocabulary(const JsonFile& general, const JsonFile& file, const Schema& schema,
                        const std::vector<Entity>& entities, const std::vector<Document>& documents,
                        std::vector<Error>& faults);

}  // namespace islet::kb
