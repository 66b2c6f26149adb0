#include "question/pieces.hpp"

#include <algorithm>

namespace islet::kb {
namespace {

/// Words before a document that say that it is one that says so.
bool of_scope(const Pieces& pieces, std::size_t at) {
    const Piece& piece = pieces[at];
    if (piece.has(SenseKind::entity) || piece.has(SenseKind::label) || piece.has(SenseKind::value))
        return false;
    return piece.is(Role::preposition) || piece.is(Role::by_source) || piece.is(Role::mention) ||
           piece.is(Role::auxiliary) || piece.is(Role::that) || piece.is(Role::but) ||
           piece.is(Role::negation) || piece.is(Role::conjunction) || piece.is(Role::only) ||
           piece.is(Role::both) || piece.is(Role::every);
}

std::string names_in_words(const std::vector<std::string>& names, const Lexicon& lexicon) {
    std::string all;
    for (const std::string& name : names)
        all += (all.empty() ? "" : " " + canonical_word(lexicon, "and") + " ") + name;
    return all;
}

}  // namespace

Pieces part(const Pieces& all, std::size_t first, std::size_t last) {
    return {all.begin() + static_cast<std::ptrdiff_t>(first),
            all.begin() + static_cast<std::ptrdiff_t>(last)};
}

std::string text_of(const Pieces& pieces) {
    std::string text;
    for (const Piece& piece : pieces) text += (text.empty() || piece.comma() ? "" : " ") + piece.text;
    return text;
}

std::string canonical_word(const Lexicon& lexicon, std::string_view name) {
    const auto known = lexicon.canonical.find(name);
    return known == lexicon.canonical.end() ? std::string() : known->second;
}

bool take_documents(Pieces& rest, std::string& scope, const Lexicon& lexicon) {
    std::vector<std::string> with;
    std::vector<std::string> without;
    std::vector<bool> taken(rest.size(), false);
    for (std::size_t i = 0; i < rest.size(); ++i) {
        if (!rest[i].has(SenseKind::document)) continue;
        bool negated = false;
        // Two documents are named together, or it is not clear which of them says what.
        const bool beside = i > 0 && (rest[i - 1].is(Role::conjunction) || rest[i - 1].is(Role::disjunction));
        const bool first = with.empty() || beside;
        taken[i] = true;
        for (std::size_t k = i; k-- > 0 && !taken[k] && of_scope(rest, k);) {
            if (rest[k].is(Role::only) || rest[k].is(Role::both) || rest[k].is(Role::every)) return false;
            negated = negated || rest[k].is(Role::negation);
            taken[k] = true;
        }
        // "… that D does not name"
        std::size_t end = i + 1;
        bool denied = false;
        bool speaks = false;
        while (end < rest.size() && (rest[end].is(Role::auxiliary) || rest[end].is(Role::negation) ||
                                     rest[end].is(Role::mention) || rest[end].is(Role::filler))) {
            denied = denied || rest[end].is(Role::negation);
            speaks = speaks || rest[end].is(Role::mention);
            ++end;
        }
        const bool closes = end == rest.size() || rest[end].is(Role::but) || rest[end].comma() ||
                            rest[end].has(SenseKind::document);
        if ((denied && closes) || speaks) {
            if (denied && negated) return false;
            negated = negated || denied;
            std::fill(taken.begin() + static_cast<std::ptrdiff_t>(i),
                      taken.begin() + static_cast<std::ptrdiff_t>(end), true);
        }
        if (!negated && !first) return false;
        (negated ? without : with).push_back(rest[i].text);
    }
    if (with.empty() && without.empty()) return true;
    Pieces kept;
    for (std::size_t i = 0; i < rest.size(); ++i) {
        if (!taken[i]) kept.push_back(rest[i]);
    }
    while (!kept.empty() && (kept.back().comma() || kept.back().is(Role::conjunction) ||
                             kept.back().is(Role::that) || kept.back().is(Role::but)))
        kept.pop_back();
    while (!kept.empty() && (kept.front().comma() || kept.front().is(Role::conjunction) ||
                             kept.front().is(Role::but) || kept.front().is(Role::mention)))
        kept.erase(kept.begin());
    rest = std::move(kept);
    if (!with.empty()) scope += " " + canonical_word(lexicon, "scope") + " " + names_in_words(with, lexicon);
    for (const std::string& one : without) scope += " " + canonical_word(lexicon, "scope_not") + " " + one;
    return !rest.empty();
}

}  // namespace islet::kb
