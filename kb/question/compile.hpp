// Step 5 of a question: reading → openCypher. One query for each tier of the answer: what is stated
// directly, and apart from it what is inherited and what the sources leave open.
#pragma once

#include <string>
#include <vector>

#include "question/reading.hpp"

namespace islet::kb {

struct ReturnItem {
    std::string expression;
    std::string alias;
    bool evidence = false;  ///< source, section, lines or date of a statement
};

/// A query in parts, so that columns that turn out to hold nothing can be left out of what is shown.
struct Query {
    std::string body;  ///< all before RETURN
    std::vector<ReturnItem> items;
    std::string order;

    [[nodiscard]] std::string text() const;
};

struct TierQuery {
    std::string title;
    bool direct = false;
    bool answers = false;  ///< its rows answer the question (inherited ones too); otherwise they only follow
    bool of_kind = false;  ///< its rows are stated for a kind of what is asked about: no yes or no
    bool itself =
        false;  ///< of the class itself, or what is listed apart: the direct tier if there is no other
    bool elsewhere = false;  ///< of other documents than those asked about: only where these say nothing
    bool if_denied =
        false;            ///< counts where all its rows say no, and only where no tier before says anything
    bool denies = false;  ///< its rows say that the thing is not known
    Query query;
};

/// The tiers, the main one first. Throws nothing; an empty list means that the base has no way to say it.
std::vector<TierQuery> compile(const Reading& reading, const KnowledgeBase& base);

/// The query that counts what the main tier lists; for Ask::count. `by_document`: for each document.
std::string count_query(const TierQuery& main, bool by_document = false);

/// The things that have the most of another one, by what the main tier lists; for Reading::most.
std::string most_query(const TierQuery& main, const Reading& reading);

/// Which documents mention things, or do not.
std::vector<TierQuery> document_tiers(const Reading& reading, const KnowledgeBase& base);

/// The tiers of questions about named things as a whole: describe, connect, the date of a document.
std::vector<TierQuery> describe_tiers(const Reading& reading, const KnowledgeBase& base);
/// `explaining`: only by relations that are steps of an explanation.
std::vector<TierQuery> connect_tiers(const Reading& reading, const KnowledgeBase& base,
                                     bool explaining = false);
std::vector<TierQuery> document_property_tiers(const Reading& reading, const KnowledgeBase& base);

/// The qualifiers of these relations that answers show, then the evidence, of the statement `s`.
void add_statement_items(const KnowledgeBase& base, const std::vector<const RelationRule*>& rules,
                         TierQuery& tier);

/// A column's name as openCypher has it.
std::string column_name(const std::string& alias);

/// A name as an openCypher string, quoted.
std::string quote(std::string_view text);

}  // namespace islet::kb
