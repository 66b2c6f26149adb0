// The terms of a question while it is put in order: what gathering works on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "question/terms.hpp"

namespace islet::kb {

/// A term, and how the question has it. Words that forms add have no senses.
struct Piece {
    Term term;
    std::string text;

    [[nodiscard]] bool is(Role role) const { return term.is(role); }
    [[nodiscard]] bool has(SenseKind kind) const { return term.has(kind); }
    [[nodiscard]] bool names() const { return has(SenseKind::entity) || has(SenseKind::label); }
    [[nodiscard]] bool noun() const { return has(SenseKind::label) && !has(SenseKind::entity); }
    [[nodiscard]] bool comma() const { return term.text == ","; }
    [[nodiscard]] bool asks() const {
        return is(Role::what) || is(Role::count) || is(Role::how) || is(Role::why) || is(Role::ask);
    }
    /// Says how other words belong together, and nothing by itself.
    [[nodiscard]] bool small() const {
        return is(Role::preposition) || is(Role::auxiliary) || is(Role::filler) || is(Role::that) ||
               is(Role::what) || is(Role::ask) || is(Role::all) || comma();
    }
};
using Pieces = std::vector<Piece>;

Pieces part(const Pieces& all, std::size_t first, std::size_t last);
std::string text_of(const Pieces& pieces);

/// A word of Lexicon::canonical; empty if the vocabulary has none.
std::string canonical_word(const Lexicon& lexicon, std::string_view name);

/// Takes what the question says of documents out of `rest`, and words it anew in `scope`. False if it is not
/// clear what it says.
bool take_documents(Pieces& rest, std::string& scope, const Lexicon& lexicon);

}  // namespace islet::kb
