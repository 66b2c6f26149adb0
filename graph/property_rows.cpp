// Properties of many at once: the base's column, with what was written since laid over it.
#include "islet/property_rows.hpp"

#include <algorithm>
#include <bit>

#include "snapshot_parts.hpp"

namespace islet {

namespace {

std::uint32_t kind_bit(Kind kind) {
    return std::uint32_t{1} << static_cast<unsigned>(kind);
}

/// Which of the kinds with an array all values of the column are of, or null.
Kind only_kind(const Column* column, const ChangedColumn* changed) {
    std::uint32_t kinds = changed != nullptr ? changed->kinds : 0;
    if (column != nullptr && column->count != 0)
        kinds |= kind_bit(column->kind) | (column->kind == Kind::null ? ~0U : 0U);
    kinds &= ~kind_bit(Kind::null);
    for (const Kind kind : {Kind::integer, Kind::floating}) {
        if (kinds == kind_bit(kind)) return kind;
    }
    return Kind::null;
}

/// Which of the ids of a word are there, so that properties of removed ones are not seen.
class Living {
 public:
    Living(const Base& base, const Delta& delta, Owner owner)
        : base_(base),
          delta_(delta),
          nodes_(owner == Owner::node),
          all_(nodes_ ? delta.removed_nodes == 0 : delta.removed_rels.empty()) {}

    [[nodiscard]] std::uint64_t word(std::uint32_t at) const {
        if (all_) return ~0ULL;
        if (nodes_) return delta_.living(base_, at);
        const ChangedWord* removed = delta_.removed_rels.find(at);
        return removed != nullptr ? ~removed->bits : ~0ULL;
    }

 private:
    const Base& base_;
    const Delta& delta_;
    bool nodes_;
    bool all_;
};

}  // namespace

ReadValues read_property(const Snapshot& snapshot, Owner owner, std::span<const std::uint32_t> ids,
                         KeyId key) {
    const Base& base = SnapshotParts::base(snapshot);
    const Delta& delta = SnapshotParts::delta(snapshot);
    const bool nodes = owner == Owner::node;
    const std::vector<Column>& columns = nodes ? base.node_columns : base.rel_columns;
    const Column* column = index(key) < columns.size() ? &columns[index(key)] : nullptr;
    const ChangedColumn* changed = (nodes ? delta.node_properties : delta.rel_properties).column(key);
    const PropertyColumn* view = nodes ? snapshot.node_column(key) : snapshot.rel_column(key);
    const Living living(base, delta, owner);
    const auto of_base = [&](std::uint32_t id) {
        return nodes ? base.property(NodeId{id}, key) : base.property(RelId{id}, key);
    };

    ReadValues out;
    out.kind = only_kind(column, changed);
    // Calls from_chunk(row, chunk, i), from_base(row, id) for rows that may have a value.
    const auto read = [&](auto from_chunk, auto from_base) {
        for (std::size_t row = 0; row < ids.size();) {
            const std::uint32_t at = ids[row] / 64;
            const std::uint64_t there = living.word(at);
            const PropertyChunk* chunk = changed != nullptr ? changed->chunks.find(at) : nullptr;
            for (; row < ids.size() && ids[row] / 64 == at; ++row) {
                const std::uint32_t i = ids[row] % 64;
                if (ids[row] == no_row_id) continue;
                if (((there >> i) & 1U) == 0) {
                    out.removed = true;
                    continue;
                }
                if (chunk == nullptr || !chunk->changes(i)) {
                    from_base(row, ids[row]);
                } else if (chunk->has(i)) {
                    from_chunk(row, *chunk, i);
                }
            }
        }
    };
    const auto read_words = [&](auto& numbers, auto of_word, auto of_view, auto of_value) {
        numbers.resize(ids.size());
        out.valid.resize(ids.size());
        std::size_t found = 0;
        const auto put = [&](std::size_t row, auto number) {
            numbers[row] = number;
            out.valid[row] = 1;
            ++found;
        };
        read([&](std::size_t row, const PropertyChunk& chunk,
                 std::uint32_t i) { put(row, of_word(chunk.words[bits_below(chunk.present, i)])); },
             [&](std::size_t row, std::uint32_t id) {
                 if (view != nullptr) {
                     if (view->has(id)) put(row, of_view(id - view->first));
                 } else if (column != nullptr) {
                     const Value value = of_base(id);
                     if (!value.is_null()) put(row, of_value(value));
                 }
             });
        if (found == ids.size()) out.valid.clear();
    };
    switch (out.kind) {
        case Kind::integer:
            read_words(
                out.integers, [](std::uint64_t word) { return static_cast<std::int64_t>(word); },
                [&](std::uint32_t at) { return view->integers[at]; },
                [](const Value& value) { return value.as_int(); });
            return out;
        case Kind::floating:
            read_words(
                out.floats, [](std::uint64_t word) { return std::bit_cast<double>(word); },
                [&](std::uint32_t at) { return view->floats[at]; },
                [](const Value& value) { return value.as_double(); });
            return out;
        default:
            out.values.resize(ids.size());
            read([&](std::size_t row, const PropertyChunk& chunk,
                     std::uint32_t i) { out.values[row] = chunk.value(i); },
                 [&](std::size_t row, std::uint32_t id) { out.values[row] = of_base(id); });
            return out;
    }
}

}  // namespace islet
