// What the statements of an answer come to, in a line: yes, no, or that the documents differ.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "islet/question.hpp"
#include "question/reading.hpp"

namespace islet::kb {

/// "is X a usual Y for Z": why it is no answer that kinds of X are, where nothing of the sort is stated of X
/// itself, of which other things may be stated. Empty: something is, or it is not asked.
std::string only_of_kinds(const Reading& reading, const Answer& answer);

/// For a question of Ask::statements: "yes: …" or "no: …" with the documents that say so, or that they
/// differ; of each thing, where not all are alike; never "no" for want of a statement. Empty where the
/// question has another kind of answer.
std::string yes_or_no(const Reading& reading, const KnowledgeBase& base, const Answer& answer);

/// For a list that is held against things that shall be all of it (Reading::sole): "yes: …" or "no: …".
std::string only_these(const Reading& reading, const KnowledgeBase& base, const Answer& answer);

/// Where the same is asked of each of several things ("do A and B …"): those that nothing is stated of.
std::vector<std::string> not_stated_of(const Reading& reading, const KnowledgeBase& base,
                                       const Answer& answer);

/// The names of a thing, of its kinds and of its parts, at any depth: what an explanation that is to reach it
/// may end at.
std::set<std::string> names_within(std::uint32_t entity, const KnowledgeBase& base);

/// For lists: names of which documents say different things; empty: none.
std::string disagreement(const Reading& reading, const KnowledgeBase& base, const Answer& answer);

/// Whether every row of the tier says no.
bool only_denied(const Reading& reading, const KnowledgeBase& base, const AnswerTier& tier);

}  // namespace islet::kb
