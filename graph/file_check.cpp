#include "file_check.hpp"

#include <algorithm>
#include <bit>
#include <vector>

#include "column.hpp"
#include "file_value.hpp"

namespace islet {

namespace {

/// Whether bits behind the last one are set.
bool beyond(std::span<const std::uint64_t> words, std::uint64_t bits) {
    return bits % 64 != 0 && (words.back() >> (bits % 64)) != 0;
}

std::uint64_t ones(std::span<const std::uint64_t> words) {
    std::uint64_t count = 0;
    for (const std::uint64_t word : words) count += static_cast<std::uint64_t>(std::popcount(word));
    return count;
}

std::string of_node(NodeId node) {
    return " of node " + std::to_string(index(node));
}

/// One direction of one type.
class Side {
 public:
    Side(const Base& base, std::uint32_t type, SectionKind nodes_kind, const TellFault& tell)
        : base_(base), type_(type), nodes_kind_(nodes_kind), tell_(tell) {}

    /// Slots, offsets and neighbours by themselves. Whether they can be followed.
    bool check(const Rows& rows, std::uint32_t count) {
        for (std::size_t i = 0; i < rows.nodes.size(); ++i) {
            if (i != 0 && !(rows.nodes[i - 1] < rows.nodes[i]))
                return fault(0, "its nodes do not ascend at position " + std::to_string(i));
            if (index(rows.nodes[i]) >= base_.node_bound)
                return fault(0, "it names a node beyond the last one at position " + std::to_string(i));
        }
        std::uint32_t distinct = 0;
        for (std::uint32_t slot = 0; slot < rows.slots; ++slot) {
            if (rows.offsets[slot] > rows.offsets[slot + 1] || rows.offsets[slot + 1] > count)
                return fault(1, "its offsets do not ascend at slot " + std::to_string(slot));
            if (rows.offsets[slot] == rows.offsets[slot + 1]) {
                if (!rows.nodes.empty()) return fault(0, "it names a node without relationships");
                continue;
            }
            ++distinct;
            if (!base_.contains(rows.node_of(slot)))
                return fault(1,
                             "it has relationships" + of_node(rows.node_of(slot)) + ", which does not exist");
        }
        if (distinct != rows.distinct) {
            tell_(SectionKind::layout, 0,
                  "the nodes with relationships of type " + std::to_string(type_) +
                      " are not as many as it says");
            return false;
        }
        for (std::uint32_t i = 0; i < count; ++i) {
            if (index(rows.neighbours[i]) >= base_.node_bound || !base_.contains(rows.neighbours[i]))
                return fault(2, "it names a node that does not exist at position " + std::to_string(i));
        }
        return true;
    }

    bool fault(std::uint32_t which, const std::string& what) {
        tell_(SectionKind{static_cast<std::uint32_t>(nodes_kind_) + which}, type_, what);
        return false;
    }

 private:
    const Base& base_;
    std::uint32_t type_;
    SectionKind nodes_kind_;
    const TellFault& tell_;
};

/// Lists that ascend, and both directions telling the same. REQUIRES: both can be followed
bool check_agreement(const TypeAdjacency& type, Side& out, Side& in) {
    for (std::uint32_t slot = 0; slot < type.out.slots; ++slot) {
        for (std::uint32_t i = type.out.offsets[slot] + 1; i < type.out.offsets[slot + 1]; ++i) {
            if (type.out.neighbours[i - 1] > type.out.neighbours[i])
                return out.fault(2, "the neighbours" + of_node(type.out.node_of(slot)) + " do not ascend");
        }
    }
    // Every backward entry is a relationship from that source to that target; no relationship comes twice, as
    // those of one target ascend by (source, id); and there are as many entries as relationships.
    for (std::uint32_t slot = 0; slot < type.in.slots; ++slot) {
        const NodeId target = type.in.node_of(slot);
        for (std::uint32_t i = type.in.offsets[slot]; i < type.in.offsets[slot + 1]; ++i) {
            const RelId rel = type.in.rels[i];
            const std::uint32_t position = static_cast<std::uint32_t>(rel) - type.first_rel;
            if (position >= type.count)
                return in.fault(3, "it names a relationship of another type" + of_node(target));
            if (type.out.neighbours[position] != target || type.source(rel) != type.in.neighbours[i]) {
                return in.fault(2, "relationship " + std::to_string(index(rel)) +
                                       " is not the one that the other direction has");
            }
            if (i != type.in.offsets[slot] && std::pair(type.in.neighbours[i - 1], type.in.rels[i - 1]) >=
                                                  std::pair(type.in.neighbours[i], rel))
                return in.fault(2, "the neighbours" + of_node(target) + " do not ascend");
        }
    }
    return true;
}

class Columns {
 public:
    Columns(const Base& base, bool of_nodes, const TellFault& tell)
        : base_(base), of_nodes_(of_nodes), tell_(tell) {}

    void check(const Column& column, std::uint32_t key) {
        key_ = key;
        const std::uint32_t bound = of_nodes_ ? base_.node_bound : base_.rel_bound;
        if (column.sparse()) {
            for (std::size_t i = 0; i < column.ids.size(); ++i) {
                if (i != 0 && column.ids[i - 1] >= column.ids[i])
                    return fault(0, "its ids do not ascend at position " + std::to_string(i));
                if (column.ids[i] >= bound) return fault(0, "it names an id beyond the last one");
            }
        } else if (column.size != 0) {
            if (ones(column.valid.span()) != column.count || beyond(column.valid.span(), column.size))
                return fault(1, "it does not mark as many values as there are");
        }
        if (column.kind == Kind::null && !check_encoded(column)) return;
        column.for_each([&](std::uint32_t id, std::uint32_t position) {
            if (told_ == key) return;
            if (of_nodes_ && !base_.contains(NodeId{id})) {
                fault(column.sparse() ? 0 : 1,
                      "it has a value of node " + std::to_string(id) + ", which does not exist");
            } else if (column.kind == Kind::string && column.strings[position] >= base_.texts.size()) {
                fault(5, "it names a text beyond the last one at position " + std::to_string(position));
            } else if (column.kind == Kind::null) {
                check_value(column, position);
            }
        });
    }

 private:
    void fault(std::uint32_t which, const std::string& what) {
        told_ = key_;
        const auto first =
            static_cast<std::uint32_t>(of_nodes_ ? SectionKind::node_ids : SectionKind::rel_ids);
        tell_(SectionKind{first + which}, key_, what);
    }

    bool check_encoded(const Column& column) {
        for (std::size_t i = 1; i < column.encoded_at.size(); ++i) {
            if (column.encoded_at[i - 1] > column.encoded_at[i]) {
                fault(6, "its offsets do not ascend at position " + std::to_string(i));
                return false;
            }
        }
        return true;
    }

    void check_value(const Column& column, std::uint32_t position) {
        const std::uint64_t begin = column.encoded_at[position];
        ByteReader in(
            bytes_of(column.encoded.span()).subspan(begin, column.encoded_at[position + 1] - begin));
        try {
            const Value value = read_value(in);
            in.end();
            if (value.is_null()) throw FormatError("it is null");
        } catch (const FormatError& error) {
            fault(7,
                  "the value at position " + std::to_string(position) + " cannot be read: " + error.what());
        }
    }

    const Base& base_;
    bool of_nodes_;
    const TellFault& tell_;
    std::uint32_t key_ = 0;
    std::uint32_t told_ = UINT32_MAX;  ///< a key with a fault
};

}  // namespace

void check_nodes(const Base& base, const TellFault& tell) {
    const auto alive = base.alive.words.span();
    if (!alive.empty() && beyond(alive, base.node_bound))
        tell(SectionKind::alive, 0, "it goes beyond the last node");
    if (ones(alive) != base.alive.count)
        tell(SectionKind::alive, 0, "it does not hold as many nodes as there are");
    for (std::uint32_t label = 0; label < base.label_nodes.size(); ++label) {
        const Bitmap& bitmap = base.label_nodes[label];
        if (ones(bitmap.words.span()) != bitmap.count)
            tell(SectionKind::label_nodes, label, "it does not hold as many nodes as there are");
        for (std::size_t i = 0; i < bitmap.words.size(); ++i) {
            if ((bitmap.words[i] & ~alive[bitmap.first_word + i]) == 0) continue;
            tell(SectionKind::label_nodes, label, "it names a node that does not exist");
            break;
        }
    }
}

void check_adjacency(const Base& base, const TellFault& tell) {
    for (std::uint32_t i = 0; i < base.adjacency.size(); ++i) {
        const TypeAdjacency& type = base.adjacency[i];
        Side out(base, i, SectionKind::out_nodes, tell);
        Side in(base, i, SectionKind::in_nodes, tell);
        const bool out_sound = out.check(type.out, type.count);
        const bool in_sound = in.check(type.in, type.count);
        if (out_sound && in_sound) check_agreement(type, out, in);
    }
}

void check_columns(const Base& base, const TellFault& tell) {
    Columns nodes(base, true, tell);
    Columns rels(base, false, tell);
    for (std::uint32_t key = 0; key < base.node_columns.size(); ++key) {
        nodes.check(base.node_columns[key], key);
        rels.check(base.rel_columns[key], key);
    }
}

void check_texts(const Base& base, const TellFault& tell) {
    const StringTable& texts = base.texts;
    for (std::uint32_t code = 0; code < texts.size(); ++code) {
        if (texts.offsets()[code] <= texts.offsets()[code + 1]) continue;
        return tell(SectionKind::text_offsets, 0,
                    "its offsets do not ascend at text " + std::to_string(code));
    }
    // Each text once, and free slots enough that a search ends.
    std::vector<bool> seen(texts.size());
    std::size_t taken = 0;
    for (const std::uint32_t held : texts.slots()) {
        if (held == 0) continue;
        ++taken;
        if (held > texts.size() || seen[held - 1])
            return tell(SectionKind::text_slots, 0, "it names a text that does not exist, or one twice");
        seen[held - 1] = true;
    }
    if (taken != texts.size()) return tell(SectionKind::text_slots, 0, "it does not hold every text");
    for (std::uint32_t code = 0; code < texts.size(); ++code) {
        if (texts.find(texts[code]) == code) continue;
        return tell(SectionKind::text_slots, 0,
                    "text " + std::to_string(code) + " is not found where it should be");
    }
}

void check_statistics(const Base& base, const TellFault& tell) {
    GraphStats stats;
    stats.nodes = base.alive.count;
    stats.relationships = base.rel_bound;
    for (const Bitmap& bitmap : base.label_nodes) stats.label_nodes.push_back(bitmap.count);
    const auto labels = static_cast<std::uint32_t>(base.label_nodes.size());
    const auto by_label = [&](const Rows& rows) {
        std::vector<std::uint64_t> counts(labels);
        for (std::uint32_t slot = 0; slot < rows.slots; ++slot) {
            const std::uint32_t degree = rows.offsets[slot + 1] - rows.offsets[slot];
            const auto node = static_cast<std::uint32_t>(rows.node_of(slot));
            for (std::uint32_t label = 0; degree != 0 && label < labels; ++label) {
                if (((base.label_nodes[label].word(node / 64) >> (node % 64)) & 1U) != 0)
                    counts[label] += degree;
            }
        }
        return counts;
    };
    std::uint64_t size = stats.nodes + stats.relationships;
    for (const TypeAdjacency& type : base.adjacency) {
        stats.types.push_back(
            {type.count, type.out.distinct, type.in.distinct, by_label(type.out), by_label(type.in)});
    }
    for (const Column& column : base.node_columns) size += column.count;
    for (const Column& column : base.rel_columns) size += column.count;
    if (size != base.size) tell(SectionKind::summary, 0, "the size it gives is not that of the graph");
    if (!(stats == base.stats)) tell(SectionKind::statistics, 0, "its counts are not those of the graph");
}

}  // namespace islet
