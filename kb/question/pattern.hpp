// The patterns that a reading becomes: MATCH lines, conditions and columns. One object builds one query.
#pragma once

#include <string>
#include <vector>

#include "question/compile.hpp"

namespace islet::kb {

/// Which rows a tier takes.
enum class Inherit : std::uint8_t {
    none,
    from_class,     ///< the link's subject: what is stated for a class it is of
    from_kind,      ///< the link's operand: what is stated for a kind of it
    from_wider,     ///< the link's object: what is stated for something wider
    through_class,  ///< the asked thing is the subject: what is stated for a class it is of
    operand_class,  ///< the unnamed operand is the subject: what is stated for a class it is of
    through_kind,   ///< the asked thing is the subject: what is stated for a kind of it
};

struct TierChoice {
    Inherit inherit = Inherit::none;
    const Link* link = nullptr;  ///< which link inherits
    bool silent = false;         ///< rows that leave an asked context open
    bool whatever = false;       ///< statements: whatever value the asked property has
    bool inferred = false;       ///< kinds: those that no document states
    bool any_strength = false;   ///< statements: only the contexts that are asked for count
    bool apart = false;          ///< only what is listed apart (LabelRule::apart); otherwise all but that
    bool members_only = false;   ///< of a class that is asked for: its members
    bool itself_only = false;    ///< of a class that is asked for: what is stated of the class itself
    bool containing = false;     ///< what consists of a thing that is left out
};

/// The query of one tier of a list, a count, or statements.
Query pattern_query(const Reading& reading, const KnowledgeBase& base, const TierChoice& choice);

/// The labels whose things are listed apart where the variable is asked for.
std::vector<std::string> labels_apart(const Variable& variable, const Schema& schema);

/// The name of a variable in a query: x, y, z, …
std::string variable_name(std::uint32_t variable);
/// "other than X": conditions for neither X nor a kind of it, and in `containing` a condition for things that
/// consist of X (empty: nothing can).
void add_exception(const KnowledgeBase& base, const std::string& variable, std::uint32_t entity,
                   std::vector<std::string>& conditions, std::string& containing);
/// Whether the kinds of a class are most of them classes themselves: then these are its kinds, and what they
/// hold is not.
bool nearest_kinds(const KnowledgeBase& base, std::uint32_t entity);
/// Of a statement of the hierarchy: a document states it, and not of what remains besides named kinds.
std::string stated_kind(const KnowledgeBase& base, const std::string& statement);
/// A property of the statement bound to `statement`. "Mentioned for" may be a relationship or a node.
std::string of_statement(const Link& link, const std::string& statement, const std::string& property);
/// A step over any of the relations that say something for the object, reified or not.
std::string mention_step(const KnowledgeBase& base, bool forward, const std::string& statement);
/// A step over the relation; `statement` is bound where it is not empty.
std::string statement_step(const KnowledgeBase& base, const RelationRule& relation, bool forward,
                           const std::string& statement);
/// What a thing is only besides something else (a plant that is a spice too) it must be in the statement: a
/// condition, or nothing.
std::string spoken_of_as(const KnowledgeBase& base, const std::vector<std::uint32_t>& labels,
                         const std::string& variable, const std::string& statement);
/// `expression = 'a'`, or `expression IN ['a', 'b']`
std::string one_of(const std::string& expression, const std::vector<std::string>& texts);
/// `['a', 'b']`
std::string quote_list(const std::vector<std::string>& texts);
/// The noun for a column that shows this variable.
std::string column_noun(const Reading& reading, const KnowledgeBase& base, std::uint32_t variable);

}  // namespace islet::kb
