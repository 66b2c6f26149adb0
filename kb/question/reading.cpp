// Reading a question: the order of its parts, and what must hold in the end.
#include <algorithm>
#include <optional>
#include <set>

#include "question/reader.hpp"

namespace islet::kb {

Reading Reader::read(const SyntaxNode& tree) {
    switch (tree.kind) {
        case NodeKind::explain:
            return read_steps(tree);
        case NodeKind::attribute:
            return read_value(tree);
        case NodeKind::extreme:
            return read_extreme(tree);
        case NodeKind::describe:
        case NodeKind::connect:
            return read_things(tree);
        case NodeKind::property:
            return read_property(tree);
        case NodeKind::sole:
            return read_sole(tree);
        case NodeKind::stranded:
            return read_stranded(tree);
        case NodeKind::contexts:
            reading_.polarity = Polarity::contexts;
            reading_.ask = Ask::statements;
            break;
        case NodeKind::polar:
        case NodeKind::stating:
            reading_.ask = Ask::statements;
            reading_.stating = tree.kind == NodeKind::stating;
            break;
        case NodeKind::count:
            reading_.ask = Ask::count;
            reading_.by_document = tree.by_document;
            break;
        default:
            reading_.ask = Ask::list;
    }
    std::size_t first = 0;
    if (!tree.children.empty() && tree.children[0].kind == NodeKind::group) {
        read_head(tree.children[0], tree.children.size() == 1);
        first = 1;
    } else {
        reading_.variables.emplace_back();
    }
    path_ = {0};
    for (std::size_t i = first; i < tree.children.size(); ++i) read_modifier(tree.children[i]);
    place_also();
    if (reading_.ask == Ask::statements && reading_.variables[0].links.empty() && !is_kind_question_) {
        // "is X standard": what is said of it is the value alone.
        std::vector<Pending> waiting;
        waiting.swap(pending_);
        for (const Pending& pending : waiting) place(pending);
    }
    if (reading_.ask == Ask::statements && !is_kind_question_) place_statement_question();
    for (const Pending& pending : pending_) place(pending);
    check();
    return std::move(reading_);
}

std::optional<int> Reader::says_anything(const Reading& reading, std::uint32_t entity) const {
    int rank = INT32_MIN;
    const auto names = [&](const Variable& one) {
        return std::find(one.entities.begin(), one.entities.end(), entity) != one.entities.end();
    };
    for (const Variable& one : reading.variables) {
        for (const Link& link : one.links) {
            const Variable& other = reading.variables[link.other];
            if (names(one) && !stated_with(entity, link.relation, link.head_is_subject, other))
                return std::nullopt;
            if (names(other) && !stated_with(entity, link.relation, !link.head_is_subject, one))
                return std::nullopt;
            if (names(one) || names(other)) rank = std::max(rank, lexicon_.relations[link.relation].rank);
        }
    }
    return rank;
}

std::variant<Reading, NotUnderstood> read_question(const SyntaxNode& tree, const std::vector<Term>& terms,
                                                   const KnowledgeBase& base, bool either_way) {
    try {
        return Reader(terms, base, either_way).read(tree);
    } catch (const Misfit& misfit) {
        // A name that several things bear: the types may leave one of them.
        std::optional<Reading> only;
        std::optional<Reading> best;
        std::size_t readable = 0;
        std::size_t stated = 0;  // by the relation that is meant rather than others
        int rank = INT32_MIN;
        for (const Sense& sense : misfit.choices.empty() ? std::vector<Sense>() : terms[misfit.term].senses) {
            if (sense.kind != SenseKind::entity) continue;
            std::vector<Term> chosen = terms;
            std::erase_if(chosen[misfit.term].senses, [&](const Sense& other) {
                return other.kind == SenseKind::entity && other != sense;
            });
            auto result = read_question(tree, chosen, base, either_way);
            if (auto* found = std::get_if<Reading>(&result)) {
                const auto says = Reader(terms, base, either_way).says_anything(*found, sense.index);
                if (says && (stated == 0 || *says >= rank)) {
                    stated = stated > 0 && *says == rank ? stated + 1 : 1;
                    rank = *says;
                    best = *found;
                }
                ++readable;
                only = std::move(*found);
            }
        }
        if (readable == 1) return std::move(*only);
        // Several can be meant, but of one only anything of the kind is stated.
        if (stated == 1) return std::move(*best);
        return NotUnderstood{misfit.message, misfit.term, misfit.choices};
    }
}

}  // namespace islet::kb
