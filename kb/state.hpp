// What a loaded knowledge base holds, and its form as bytes.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <span>
#include <vector>

#include "islet/knowledge.hpp"
#include "lexicon.hpp"

namespace islet {

/// Three parts, each made when it is first asked for: a query needs the graph alone. Invariant: entities,
/// words and schema name each other by index, and entities name nodes of the graph.
struct KnowledgeBase::State {
    /// What is known of the domain beside the graph.
    struct Domain {
        Schema schema;
        std::vector<Entity> entities;
        std::vector<Document> documents;
        std::vector<StatementCount> counts;
    };

    Snapshot snapshot;

    [[nodiscard]] const Domain& domain() const {
        std::call_once(domain_once_, [this] {
            if (make_domain) domain_ = make_domain();
        });
        return domain_;
    }
    [[nodiscard]] const kb::Lexicon& lexicon() const {
        std::call_once(words_once_, [this] {
            if (make_words) words_ = make_words(domain());
        });
        return words_;
    }

    /// Empty: there is nothing to know. Set before the state is shared.
    std::function<Domain()> make_domain;
    std::function<kb::Lexicon(const Domain&)> make_words;

 private:
    mutable std::once_flag domain_once_;
    mutable std::once_flag words_once_;
    mutable Domain domain_;
    mutable kb::Lexicon words_;
};

namespace kb {

/// A base as one block of bytes, for unpack(). The same base gives the same bytes.
std::vector<std::byte> pack(const KnowledgeBase& base);

/// The base of such bytes, which must lie at an address that 64 divides and are used there for ever. Throws.
std::shared_ptr<const KnowledgeBase::State> unpack(std::span<const std::byte> bytes);

}  // namespace kb
}  // namespace islet
