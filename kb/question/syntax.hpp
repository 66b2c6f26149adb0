// The form of a question: a small tree over its terms. It says which words belong together, not yet what
// they mean; `reading` decides that by the schema.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "question/terms.hpp"

namespace islet::kb {

enum class NodeKind : std::uint8_t {
    word,         // a term
    phrase,       // noun phrase: words; flags `negated`, `kinds`
    group,        // phrases joined by and / or; flags `both`, `any`
    values,       // values joined by and / or
    link,         // connector word (or none), group: "for X", "that target X"
    gap,          // group, connector: "that X targets"
    bare,         // connector: "that are no longer used"
    absent,       // connector (or none), documents…, group: "for which D gives no X", "without X"
    shares,       // group, group: "that share a Y with X"
    shared,       // group: "shared by X and Y"
    scope,        // documents: "according to D", "but not by D"
    mentions,     // group: "that mention X"
    list,         // group (or none), modifiers
    count,        // group, modifiers
    polar,        // group, modifiers: "does X target Y"
    explain,      // words: "why X does Y"
    attribute,    // words: "price of X"
    property,     // property, group, modifiers: "brand names of drugs that target Y"
    has,          // property: "with no brand name"
    describe,     // group, scopes: "describe X"
    connect,      // group, scopes: "connect X and Y"
    contexts,     // group, modifiers: "contexts is X used for Y"
    stating,      // group, modifiers: "stating X has to do with Y"
    except,       // group: "other than X"
    attributive,  // entity, connector: "X-bearing" before a noun
    extreme,      // greatest or least, label: "newest document"
    sole,         // group, list: "is X the only thing that …"
    stranded,     // entity, label, connector: "what is X a Y of"
};

struct SyntaxNode {
    NodeKind kind = NodeKind::word;
    std::uint32_t term = 0;  ///< of a word
    bool negated = false;
    bool kinds = false;
    bool both = false;
    bool any = false;
    bool mentioned = false;    ///< link: "mentioned for", whatever the statement says
    bool by_document = false;  ///< count: for each document
    bool only = false;         ///< scope: by these documents and no other
    bool every = false;        ///< scope: by every document
    bool most = false;         ///< phrase: the most of them
    bool parts = false;        ///< phrase: the thing or a part of it
    bool open = false;         ///< list: begins with "what", so that what is asked for may be left out;
                               ///< bare: nothing says that more of the sentence belongs to it
    std::vector<SyntaxNode> children;
};

/// `(list (phrase herb) (link for (phrase …)))`: for tests and for --explain.
std::string to_text(const SyntaxNode& node, const std::vector<Term>& terms);

}  // namespace islet::kb
