// A knowledge base as bytes: the graph's file, what is known of the domain, the words, and the tables of
// words.
#include <array>
#include <cstdint>
#include <cstring>

#include "islet/image.hpp"
#include "packed.hpp"
#include "state.hpp"

namespace islet::kb {

namespace {

enum Part : std::size_t { graph_part, domain_part, words_part, tables_part, part_count };

struct Extent {
    std::uint64_t at = 0;
    std::uint64_t size = 0;
};
using Extents = std::array<Extent, part_count>;

/// What the graph's arrays, and everything else, may be read at.
constexpr std::size_t alignment = 64;

}  // namespace

std::vector<std::byte> pack(const KnowledgeBase& base) {
    std::array<std::vector<std::byte>, part_count> parts;
    parts[graph_part] = graph_image(base.snapshot());
    PackWriter domain;
    domain(base.schema(), base.entities(), base.documents(), base.statement_counts());
    parts[domain_part] = domain.take();
    PackWriter words;
    words(base.lexicon());
    parts[words_part] = words.take();
    const auto tables = base.lexicon().tables.bytes();
    parts[tables_part].assign(tables.begin(), tables.end());

    Extents extents;
    std::vector<std::byte> bytes(sizeof(Extents));
    for (std::size_t i = 0; i < part_count; ++i) {
        bytes.resize((bytes.size() + alignment - 1) / alignment * alignment);
        extents[i] = {bytes.size(), parts[i].size()};
        bytes.insert(bytes.end(), parts[i].begin(), parts[i].end());
    }
    std::memcpy(bytes.data(), extents.data(), sizeof(Extents));
    return bytes;
}

std::shared_ptr<const KnowledgeBase::State> unpack(std::span<const std::byte> bytes) {
    Extents extents;
    std::memcpy(extents.data(), bytes.data(), sizeof(Extents));
    const auto part = [bytes, extents](Part part) {
        return bytes.subspan(extents[part].at, extents[part].size);
    };
    auto state = std::make_shared<KnowledgeBase::State>();
    state->snapshot = graph_from_image(part(graph_part), {}, true);
    state->make_domain = [part] {
        KnowledgeBase::State::Domain domain;
        PackReader in(part(domain_part));
        in(domain.schema, domain.entities, domain.documents, domain.counts);
        return domain;
    };
    state->make_words = [part](const KnowledgeBase::State::Domain&) {
        Lexicon words;
        PackReader in(part(words_part));
        in(words);
        words.tables = WordTables(part(tables_part), {});
        return words;
    };
    return state;
}

}  // namespace islet::kb
