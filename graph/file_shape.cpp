// What must hold before any array of a file is read: sizes that fit together.
#include "file_layout.hpp"

namespace islet {

namespace {

std::uint64_t words_for(std::uint64_t bits) {
    return (bits + 63) / 64;
}

class Shape {
 public:
    explicit Shape(const Base& base) : base_(base) {}

    std::vector<SectionFault> faults() {
        const std::uint64_t words = words_for(base_.node_bound);
        size(SectionKind::alive, 0, base_.alive.words, words);
        if (base_.alive.count > base_.node_bound) fault(SectionKind::summary, 0, "more nodes than ids");
        for (std::uint32_t i = 0; i < base_.label_nodes.size(); ++i) {
            const Bitmap& bitmap = base_.label_nodes[i];
            if (bitmap.words.size() > words || bitmap.first_word > words - bitmap.words.size())
                fault(SectionKind::label_nodes, i, "it goes beyond the last node");
        }
        std::uint64_t first_rel = 0;
        for (std::uint32_t i = 0; i < base_.adjacency.size(); ++i) {
            const TypeAdjacency& type = base_.adjacency[i];
            if (type.first_rel != first_rel)
                fault(SectionKind::layout, 0,
                      "the relationships of type " + std::to_string(i) + " begin at the wrong id");
            first_rel += type.count;
            rows(type.out, type.count, i, SectionKind::out_nodes);
            rows(type.in, type.count, i, SectionKind::in_nodes);
            size(SectionKind::in_relationships, i, type.in.rels, type.count);
        }
        if (first_rel != base_.rel_bound)
            fault(SectionKind::summary, 0, "the types have not as many relationships");
        columns(base_.node_columns, base_.node_bound, SectionKind::node_ids);
        columns(base_.rel_columns, base_.rel_bound, SectionKind::rel_ids);
        texts();
        return std::move(faults_);
    }

 private:
    void fault(SectionKind kind, std::uint32_t index, std::string what) {
        faults_.push_back({kind, index, std::move(what)});
    }

    template <class T>
    bool size(SectionKind kind, std::uint32_t index, const Array<T>& array, std::uint64_t expected) {
        if (array.size() == expected) return true;
        fault(kind, index,
              "it has " + std::to_string(array.size()) + " elements in the place of " +
                  std::to_string(expected));
        return false;
    }

    /// Of a non-empty array of offsets: from 0 to `end`.
    template <class T>
    void ends(SectionKind kind, std::uint32_t index, const Array<T>& offsets, std::uint64_t end) {
        if (offsets[0] != 0 || offsets[offsets.size() - 1] != end)
            fault(kind, index, "its offsets do not run from 0 to " + std::to_string(end));
    }

    static SectionKind plus(SectionKind first, std::uint32_t i) {
        return SectionKind{static_cast<std::uint32_t>(first) + i};
    }

    void rows(const Rows& rows, std::uint32_t count, std::uint32_t type, SectionKind nodes_kind) {
        const SectionKind offsets_kind = plus(nodes_kind, 1);
        size(plus(nodes_kind, 2), type, rows.neighbours, count);
        if (count == 0) {
            size(nodes_kind, type, rows.nodes, 0);
            size(offsets_kind, type, rows.offsets, 0);
            if (rows.slots != 0) fault(offsets_kind, type, "there are slots without relationships");
            return;
        }
        if (size(offsets_kind, type, rows.offsets, std::uint64_t{rows.slots} + 1))
            ends(offsets_kind, type, rows.offsets, count);
        if (!rows.nodes.empty()) {
            size(nodes_kind, type, rows.nodes, rows.slots);
        } else if (std::uint64_t{rows.first} + rows.slots > base_.node_bound) {
            fault(offsets_kind, type, "it goes beyond the last node");
        }
    }

    void columns(const std::vector<Column>& all, std::uint32_t bound, SectionKind ids) {
        for (std::uint32_t i = 0; i < all.size(); ++i) column(all[i], i, bound, ids);
    }

    void column(const Column& column, std::uint32_t key, std::uint32_t bound, SectionKind ids) {
        const bool sparse = column.sparse();
        // Of a sparse column, `size` counts the ids that it names.
        if (sparse ? column.first != 0 || column.size != column.ids.size()
                   : std::uint64_t{column.first} + column.size > bound) {
            fault(plus(ids, sparse ? 0 : 1), key, "it goes beyond the last id");
        }
        const std::uint64_t entries = column.size;
        if (sparse) size(ids, key, column.ids, column.count);
        size(plus(ids, 1), key, column.valid, sparse ? 0 : words_for(entries));
        const auto of = [&](Kind kind, std::uint64_t wanted) { return column.kind == kind ? wanted : 0; };
        size(plus(ids, 2), key, column.booleans, of(Kind::boolean, words_for(entries)));
        size(plus(ids, 3), key, column.integers, of(Kind::integer, entries));
        size(plus(ids, 4), key, column.floats, of(Kind::floating, entries));
        size(plus(ids, 5), key, column.strings, of(Kind::string, entries));
        const std::uint64_t encoded = column.kind == Kind::null && entries != 0 ? entries + 1 : 0;
        if (!size(plus(ids, 6), key, column.encoded_at, encoded)) return;
        if (encoded != 0) {
            ends(plus(ids, 6), key, column.encoded_at, column.encoded.size());
        } else {
            size(plus(ids, 7), key, column.encoded, 0);
        }
    }

    void texts() {
        const StringTable& texts = base_.texts;
        if (texts.offsets().empty()) {
            size(SectionKind::text_bytes, 0, texts.bytes(), 0);
            size(SectionKind::text_slots, 0, texts.slots(), 0);
            return;
        }
        ends(SectionKind::text_offsets, 0, texts.offsets(), texts.bytes().size());
        const std::size_t slots = texts.slots().size();
        if ((slots & (slots - 1)) != 0 || slots < std::size_t{texts.size()} * 2)
            fault(SectionKind::text_slots, 0, "it has no size of a hash table");
    }

    const Base& base_;
    std::vector<SectionFault> faults_;
};

}  // namespace

std::vector<SectionFault> faults_of_shape(const Base& base) {
    return Shape(base).faults();
}

}  // namespace islet
