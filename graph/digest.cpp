// A graph's digest: of its canonical form, value by value as openCypher writes it, so
// that 1, 1.0, '1' and a date give different digests.
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <memory>

#include "export_canonical.hpp"
#include "islet/error.hpp"

namespace islet {

namespace {

std::string hexadecimal(XXH128_hash_t hash) {
    XXH128_canonical_t bytes;
    XXH128_canonicalFromHash(&bytes, hash);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "xxh3-128:";
    for (const unsigned char byte : bytes.digest) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

std::string line_of(const std::vector<exporting::Property>& properties) {
    std::string text;
    for (const auto& [key, value] : properties) {
        text += cypher_name(key) + ": " + cypher_text(value) + ", ";
    }
    return text + "\n";
}

}  // namespace

std::string digest(std::string_view text) {
    return hexadecimal(XXH3_128bits(text.data(), text.size()));
}

std::string digest(const Subgraph& subgraph) {
    const exporting::CanonicalGraph graph = exporting::canonical(subgraph);
    const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(), &XXH3_freeState);
    if (!state) throw std::bad_alloc();
    XXH3_128bits_reset(state.get());
    const auto add = [&](const std::string& text) {
        XXH3_128bits_update(state.get(), text.data(), text.size());
    };
    for (const exporting::CanonicalNode& node : graph.nodes) {
        std::string labels = "node ";
        for (const std::string_view label : node.labels) labels += ":" + cypher_name(label);
        add(labels + " " + line_of(node.properties));
    }
    for (const exporting::CanonicalRelationship& rel : graph.relationships) {
        add("relationship " + std::to_string(rel.source) + " " + cypher_name(rel.type) + " " +
            std::to_string(rel.target) + " " + line_of(rel.properties));
    }
    return hexadecimal(XXH3_128bits_digest(state.get()));
}

}  // namespace islet
