// What must hold between a question's words and a reading of it, so that the reading is given: the last check
// before an answer, whatever way the reading was found.
#pragma once

#include <optional>
#include <string_view>

#include "question/reading.hpp"
#include "question/terms.hpp"

namespace islet::kb {

/// The words of the question as it was asked, against which readings are held. Invariant of every reading
/// that is given:
/// - What has a name in the form that was read is in the reading, or something that is a kind of it.
/// - The question says "not" or the like if and only if the reading holds something that is not so.
/// - Nothing is said to be not so twice.
/// - "only", "other than" and "the most" of the question each have their place in the reading.
/// - What is asked of both or all of the named things is not read as being asked of any of them.
/// - Where the question says "also" or "other", a thing is not compared with itself.
/// - What is not so is not said of everything there is, nor of what nothing is stated of at all.
/// Yes and no answer only what is asked as a question for them.
class Said {
 public:
    Said(std::string_view question, const KnowledgeBase& base, Splitting split);

    /// Why the reading may not be given; nothing if it may. `form`: the terms that were read, of the question
    /// or of another way to put it; a rephrasing may have names stand for something else.
    [[nodiscard]] std::optional<NotUnderstood> against(const Reading& reading,
                                                       const std::vector<Term>& form) const;

    /// "the only herb that …", "which herb is the most common": the answer must be one.
    [[nodiscard]] bool asks_only_one() const;

 private:
    [[nodiscard]] bool begins_with(const Reading& reading, const Term& term) const;
    [[nodiscard]] bool names_only_one(std::size_t at) const;
    /// "the most common herb is", "which herb is the most common": one thing, where the term ends on such.
    [[nodiscard]] bool names_greatest(std::size_t at) const;
    [[nodiscard]] std::string unread_name(const Reading& reading, const std::vector<Term>& form) const;
    [[nodiscard]] std::string unread_word(const Reading& reading) const;
    [[nodiscard]] std::string empty_absence(const Reading& reading) const;
    /// A statement with nothing: "treatment that has in the pot", where the context is one of another
    /// statement.
    [[nodiscard]] std::string unnamed_thing(const Reading& reading) const;
    /// "grades of X that Y is not needed for": whether those that X has, or those that the statement is of.
    [[nodiscard]] std::string kind_of_context(const Reading& reading) const;
    /// Whether the term names a thing that bears the label.
    [[nodiscard]] bool names_one(const Term& term, std::uint32_t label) const;
    /// Whether "not" stands before the term, with nothing between them but a document.
    [[nodiscard]] bool negated_before(std::size_t at) const;
    [[nodiscard]] bool holds(const Reading& reading, std::uint32_t entity) const;
    [[nodiscard]] bool is_kind_of(std::uint32_t entity, std::uint32_t ancestor) const;
    [[nodiscard]] bool states(std::uint32_t entity, std::uint32_t relation, bool as_subject) const;

    const KnowledgeBase& base_;
    Terms terms_;
};

}  // namespace islet::kb
