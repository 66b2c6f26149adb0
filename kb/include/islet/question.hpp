// Questions in plain English, answered from a knowledge base with sources.
//
//   islet::Answer answer = islet::ask(base, session, "what does X target");
//   std::cout << islet::to_plain_text(answer);
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "islet/database.hpp"
#include "islet/knowledge.hpp"
#include "islet/value.hpp"

namespace islet {

/// What became of a question.
enum class AnswerStatus : std::uint8_t {
    answered,
    not_stated,  ///< the things are known; the documents say nothing about that, or say that it is not known
    unknown_term,    ///< a word is not known
    not_understood,  ///< the words are known; what they ask together is not
};

/// The status as the JSON has it.
std::string_view to_text(AnswerStatus status) noexcept;

/// Where a row is stated.
struct Citation {
    std::string document;
    std::string section;
    std::string lines;
    std::string date;  ///< empty: not stated

    friend bool operator==(const Citation&, const Citation&) = default;
};

struct AnswerRow {
    std::vector<Value> values;  ///< in the order of the tier's columns
    std::vector<Citation> sources;
};

/// Rows of one strength: stated directly, or apart from that for a class, for something wider, …
struct AnswerTier {
    std::string tier;
    bool direct = false;
    bool of_kind = false;  ///< its rows are stated for a kind of the thing only
    bool answers = false;  ///< its rows answer the question; otherwise they only follow, apart from it
    std::vector<std::string> columns;
    std::vector<AnswerRow> rows;
    std::string query;  ///< openCypher that gives these rows
};

/// How a word of the question was understood; for --explain.
struct UnderstoodWord {
    std::string word;
    std::string meaning;
};

struct Answer {
    std::string question;
    AnswerStatus status = AnswerStatus::not_understood;
    std::string interpretation;  ///< the reading in plain words
    std::string query;           ///< of the main tier
    std::string message;
    std::vector<std::string> suggestions;
    std::vector<AnswerTier> answers;
    std::vector<UnderstoodWord> words;
    std::string syntax;     ///< the question's syntax tree as text; for --explain
    std::string rephrased;  ///< the form of the question that was read, where it is another; for --explain
};

/// Answers a question. `session` must be one of a database that holds `base.snapshot()` (or a graph of the
/// same form). Never throws for what a question says; a query that fails gives `not_understood` with the
/// error's message. Thread-safe with a session per thread.
Answer ask(const KnowledgeBase& base, Session& session, std::string_view question);

/// How an answer is written.
struct AnswerForm {
    bool one_line = false;  ///< JSON: without line breaks, for files with one object a line
    bool explain = false;   ///< with how each word was understood, and the question's syntax
};

/// One JSON object of the form that docs/questions.md gives, with a line break at its end.
std::string to_json(const Answer& answer, AnswerForm form = {});

/// For a terminal, without colour: the reading, the query, the tiers with conditions and sources.
std::string to_plain_text(const Answer& answer, AnswerForm form = {});

}  // namespace islet
