// What a base's arrays are in a file, and what the file must say besides to make a base of them.
#pragma once

#include <string>
#include <vector>

#include "base.hpp"
#include "file_format.hpp"

namespace islet {

/// Calls visit(kind, index, array) for every array of a base that a file holds, empty ones too: to write
/// them where `base` is const, to fill them where it is not. Values are there in encoded form only.
template <class AnyBase, class Visit>
void for_each_array(AnyBase& base, Visit visit) {
    visit(SectionKind::alive, 0U, base.alive.words);
    for (std::uint32_t i = 0; i < base.label_nodes.size(); ++i) {
        visit(SectionKind::label_nodes, i, base.label_nodes[i].words);
    }
    for (std::uint32_t i = 0; i < base.adjacency.size(); ++i) {
        auto& type = base.adjacency[i];
        visit(SectionKind::out_nodes, i, type.out.nodes);
        visit(SectionKind::out_offsets, i, type.out.offsets);
        visit(SectionKind::out_neighbours, i, type.out.neighbours);
        visit(SectionKind::in_nodes, i, type.in.nodes);
        visit(SectionKind::in_offsets, i, type.in.offsets);
        visit(SectionKind::in_neighbours, i, type.in.neighbours);
        visit(SectionKind::in_relationships, i, type.in.rels);
    }
    const auto columns = [&visit](auto& all, SectionKind first) {
        const auto kind = [first](std::uint32_t i) {
            return SectionKind{static_cast<std::uint32_t>(first) + i};
        };
        for (std::uint32_t i = 0; i < all.size(); ++i) {
            visit(kind(0), i, all[i].ids);
            visit(kind(1), i, all[i].valid);
            visit(kind(2), i, all[i].booleans);
            visit(kind(3), i, all[i].integers);
            visit(kind(4), i, all[i].floats);
            visit(kind(5), i, all[i].strings);
            visit(kind(6), i, all[i].encoded_at);
            visit(kind(7), i, all[i].encoded);
        }
    };
    columns(base.node_columns, SectionKind::node_ids);
    columns(base.rel_columns, SectionKind::rel_ids);
    Array<char> bytes = base.texts.bytes();
    Array<std::uint64_t> offsets = base.texts.offsets();
    Array<std::uint32_t> slots = base.texts.slots();
    visit(SectionKind::text_bytes, 0U, bytes);
    visit(SectionKind::text_offsets, 0U, offsets);
    visit(SectionKind::text_slots, 0U, slots);
    if constexpr (!std::is_const_v<AnyBase>) {
        base.texts = StringTable(std::move(bytes), std::move(offsets), std::move(slots));
    }
}

/// The base with encoded columns in the place of those of Values; all else is shared.
Base encoded_form(const Base& base);

/// A small section's content.
struct SmallSection {
    SectionKind kind;
    std::vector<std::byte> bytes;
};

/// Those of a base, by ascending kind.
std::vector<SmallSection> encode_small_sections(const Base& base);

/// Fills what the section holds. Those of one base come by ascending kind. Throws FormatError.
void decode_small_section(SectionKind kind, Bytes bytes, std::uint64_t file_size, Base& base);

/// A fault of a file's content, with the section to blame.
struct SectionFault {
    SectionKind kind;
    std::uint32_t index;
    std::string what;
};

/// How the sizes of the arrays, and the first and last of their offsets, fail to fit together: what must hold
/// for anything to be read. Costs a look at each array, whatever its size.
std::vector<SectionFault> faults_of_shape(const Base& base);

}  // namespace islet
