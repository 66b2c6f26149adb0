// What an index answers: the base's part, and what was written since.

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <map>

#include "index_overlay.hpp"
#include "index_sorted.hpp"
#include "index_text.hpp"
#include "islet/index.hpp"
#include "snapshot_parts.hpp"

namespace islet {
namespace {

/// A label of fewer nodes is looked through as fast.
constexpr std::uint64_t few_nodes = 32;

bool has_range(const Value& value) {
    return value.is_number() || value.kind() == Kind::string || value.kind() == Kind::boolean ||
           is_temporal_instant(value.kind());
}

bool answerable(const Probe& probe) {
    switch (probe.kind) {
        case Probe::Kind::equal:
            return !probe.value.is_null();
        case Probe::Kind::range:
            return (probe.least || probe.most) && (!probe.least || has_range(*probe.least)) &&
                   (!probe.most || has_range(*probe.most));
        case Probe::Kind::prefix:
        case Probe::Kind::contains:
            return probe.value.kind() == Kind::string;
    }
    return false;
}

/// Nodes that a delta gave a value of the key, or the label.
void add_changed(const Base& base, const Delta& delta, LabelId label, KeyId key,
                 std::vector<std::uint32_t>& out) {
    delta.node_properties.for_each(
        key, [&](std::uint32_t id, const PropertyChunk&, std::uint32_t) { out.push_back(id); });
    if (index(label) >= delta.label_nodes.size()) return;
    delta.label_nodes[index(label)].for_each([&](std::uint32_t word, const ChangedWord& changed) {
        for (std::uint64_t bits = changed.bits & ~base.nodes_of(label).word(word); bits != 0;
             bits &= bits - 1)
            out.push_back(word * 64 + static_cast<std::uint32_t>(std::countr_zero(bits)));
    });
}

SortedIndex::Positions positions(const SortedIndex& sorted, const Probe& probe) {
    switch (probe.kind) {
        case Probe::Kind::equal:
            return sorted.equal(probe.value);
        case Probe::Kind::range:
            return sorted.between(probe.least ? &*probe.least : nullptr, probe.most ? &*probe.most : nullptr);
        case Probe::Kind::prefix:
            return sorted.prefix(probe.value.as_string());
        case Probe::Kind::contains:
            break;
    }
    return {0, sorted.ids.size()};
}

/// Calls visit(position) for every element that is equal to `wanted`.
template <class T, class Visit>
void for_each_equal(std::span<const T> elements, T wanted, Visit visit) {
    constexpr std::size_t block = 256;  // most hold none, which is told without a branch for each
    for (std::size_t begin = 0; begin < elements.size(); begin += block) {
        const auto part = elements.subspan(begin, std::min(block, elements.size() - begin));
        bool any = false;
        for (const T element : part) any |= element == wanted;
        for (std::size_t i = 0; any && i < part.size(); ++i) {
            if (part[i] == wanted) visit(static_cast<std::uint32_t>(begin + i));
        }
    }
}

/// The nodes of a label whose value in the base is `value`, by going through the column. False: it holds
/// values of other kinds, or cannot be read.
bool look_through(const Base& base, LabelId label, KeyId key, const Value& value,
                  std::vector<std::uint32_t>& out) {
    if (index(key) >= base.node_columns.size()) return true;
    const Column& column = base.node_columns[index(key)];
    if (column.count == 0) return true;
    if (column.kind != value.kind() || !base.sound_column(true, key)) return false;
    const Bitmap& labelled = base.nodes_of(label);
    const auto found = [&](std::uint32_t position) {
        const std::uint32_t id = column.sparse() ? column.ids[position] : column.first + position;
        const bool valid = column.sparse() || ((column.valid[position / 64] >> (position % 64)) & 1U) != 0;
        if (valid && ((labelled.word(id / 64) >> (id % 64)) & 1U) != 0) out.push_back(id);
    };
    switch (column.kind) {
        case Kind::integer:
            for_each_equal(column.integers.span(), value.as_int(), found);
            return true;
        case Kind::floating:
            for_each_equal(column.floats.span(), value.as_double(), found);
            return true;
        case Kind::string:
            if (const auto code = base.find_text(value.as_string()))
                for_each_equal(column.strings.span(), *code, found);
            return true;
        default:
            return false;
    }
}

std::vector<std::uint32_t> each_once(std::vector<std::uint32_t> ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

/// Those that are there and of the type.
void append_rels(const Base& base, const Delta& delta, TypeId type, std::vector<std::uint32_t> found,
                 std::vector<RelId>& out) {
    for (const std::uint32_t id : each_once(std::move(found))) {
        if (delta.contains(RelId{id}) && delta.ends(base, RelId{id}).type == type) out.push_back(RelId{id});
    }
}

/// What has all values in the base, and what was given one of them since. Equal values of one index ascend
/// by id: the fewest of them are looked for among the others.
std::vector<std::uint32_t> with_all(const Snapshot& snapshot, Owner owner, std::uint32_t label,
                                    const KeyValues& wanted) {
    const Base& base = SnapshotParts::base(snapshot);
    std::vector<std::span<const std::uint32_t>> ranges;
    std::vector<std::uint32_t> found;
    for (const auto& [key, value] : wanted) {
        if (value.is_null()) return found;
        const SortedIndex& sorted = base.indexes->sorted(base, owner, label, key);
        const auto [begin, end] = sorted.equal(value);
        ranges.push_back(std::span(sorted.ids).subspan(begin, end - begin));
    }
    std::sort(ranges.begin(), ranges.end(), [](auto a, auto b) { return a.size() < b.size(); });
    for (const std::uint32_t id : ranges.front()) {
        const bool all = std::all_of(ranges.begin() + 1, ranges.end(), [id](auto range) {
            return std::binary_search(range.begin(), range.end(), id);
        });
        if (all) found.push_back(id);
    }
    if (snapshot.pristine()) return found;
    for (const auto& [key, value] : wanted)
        add_overlay(SnapshotParts::delta(snapshot), {owner, label, key}, value, found);
    return found;
}

}  // namespace

std::vector<DeclaredIndex> declared_indexes(const Catalog& catalog, Owner owner, std::string_view label,
                                            Probe::Kind kind) {
    std::vector<DeclaredIndex> found;
    const auto wanted =
        kind == Probe::Kind::contains ? IndexDefinition::Kind::text : IndexDefinition::Kind::range;
    for (const IndexDefinition& index : catalog.indexes) {
        if (index.kind == wanted && index.owner == owner && index.labels.front() == label)
            found.push_back({&index.name, &index.keys, false});
    }
    if (wanted != IndexDefinition::Kind::range) return found;
    for (const Constraint& constraint : catalog.constraints) {
        const bool indexed =
            constraint.rule == Constraint::Rule::unique || constraint.rule == Constraint::Rule::key;
        if (indexed && constraint.owner == owner && constraint.label == label)
            found.push_back({&constraint.name, &constraint.keys, true});
    }
    return found;
}

bool seek(const Snapshot& snapshot, LabelId label, KeyId key, const Probe& probe, std::vector<NodeId>& out) {
    if (!answerable(probe)) return false;
    const Base& base = SnapshotParts::base(snapshot);
    const Delta& delta = SnapshotParts::delta(snapshot);
    const bool pristine = snapshot.pristine();
    const std::uint64_t count = snapshot.count(label);
    if (count < few_nodes) return false;
    const Catalog& catalog = snapshot.catalog();
    const std::vector<DeclaredIndex> indexes =
        catalog.empty() ? std::vector<DeclaredIndex>()
                        : declared_indexes(catalog, Owner::node, snapshot.name(label), probe.kind);
    const bool declared = std::any_of(indexes.begin(), indexes.end(), [&](const DeclaredIndex& index) {
        return std::find(index.keys->begin(), index.keys->end(), snapshot.name(key)) != index.keys->end();
    });
    const bool by_overlay = declared && probe.kind == Probe::Kind::equal;
    // Without a list of what was written by value, all that was written is looked at.
    if (!pristine && !by_overlay && delta.writes > count) return false;

    std::vector<std::uint32_t> found;
    if (probe.kind == Probe::Kind::contains) {
        if (!base.indexes->text(base, label, key).containing(probe.value.as_string(), found)) return false;
    } else {
        const SortedIndex* sorted =
            declared ? &base.indexes->sorted(base, Owner::node, static_cast<std::uint32_t>(label), key)
                     : base.indexes->sorted_if_worth_it(base, label, key);
        if (sorted != nullptr) {
            const auto [begin, end] = positions(*sorted, probe);
            found.assign(sorted->ids.begin() + static_cast<std::ptrdiff_t>(begin),
                         sorted->ids.begin() + static_cast<std::ptrdiff_t>(end));
        } else if (!probe.once || !look_through(base, label, key, probe.value, found)) {
            return false;
        }
    }
    if (!pristine) {
        if (by_overlay) {
            add_overlay(delta, {Owner::node, static_cast<std::uint32_t>(label), key}, probe.value, found);
        } else {
            add_changed(base, delta, label, key, found);
        }
        std::erase_if(found, [&](std::uint32_t id) { return !delta.has_label(base, NodeId{id}, label); });
    }
    if (found.size() > 1) {
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
    }
    out.reserve(out.size() + found.size());
    for (const std::uint32_t id : found) out.push_back(NodeId{id});
    return true;
}

bool seek(const Snapshot& snapshot, TypeId type, KeyId key, const Probe& probe, std::vector<RelId>& out) {
    if (!answerable(probe) || probe.kind == Probe::Kind::contains) return false;
    const Base& base = SnapshotParts::base(snapshot);
    const Delta& delta = SnapshotParts::delta(snapshot);
    const auto of = static_cast<std::uint32_t>(type);
    const SortedIndex& sorted = base.indexes->sorted(base, Owner::relationship, of, key);
    const auto [begin, end] = positions(sorted, probe);
    std::vector<std::uint32_t> found(sorted.ids.begin() + static_cast<std::ptrdiff_t>(begin),
                                     sorted.ids.begin() + static_cast<std::ptrdiff_t>(end));
    if (!snapshot.pristine() && probe.kind == Probe::Kind::equal) {
        add_overlay(delta, {Owner::relationship, of, key}, probe.value, found);
    } else if (!snapshot.pristine()) {
        delta.rel_properties.for_each(
            key, [&](std::uint32_t id, const PropertyChunk&, std::uint32_t) { found.push_back(id); });
    }
    append_rels(base, delta, type, std::move(found), out);
    return true;
}

void seek_all(const Snapshot& snapshot, LabelId label, const KeyValues& wanted, std::vector<NodeId>& out) {
    const Base& base = SnapshotParts::base(snapshot);
    const Delta& delta = SnapshotParts::delta(snapshot);
    std::vector<std::uint32_t> found =
        with_all(snapshot, Owner::node, static_cast<std::uint32_t>(label), wanted);
    std::erase_if(found, [&](std::uint32_t id) { return !delta.has_label(base, NodeId{id}, label); });
    for (const std::uint32_t id : each_once(std::move(found))) out.push_back(NodeId{id});
}

void seek_all(const Snapshot& snapshot, TypeId type, const KeyValues& wanted, std::vector<RelId>& out) {
    append_rels(SnapshotParts::base(snapshot), SnapshotParts::delta(snapshot), type,
                with_all(snapshot, Owner::relationship, static_cast<std::uint32_t>(type), wanted), out);
}

namespace {

/// The words of a node's properties that were written since the base.
std::vector<std::string> words_at(const Snapshot& snapshot, NodeId node, const std::vector<KeyId>& keys) {
    std::vector<std::string> words;
    const auto add = [&](const Value& value) {
        if (value.kind() != Kind::string) return;
        for (std::string& word : words_of(value.as_string())) words.push_back(std::move(word));
    };
    for (const KeyId key : keys) {
        const Value value = snapshot.property(node, key);
        add(value);
        if (value.kind() != Kind::list) continue;
        for (const Value& item : value.as_list()) add(item);
    }
    return words;
}

}  // namespace

std::vector<std::pair<NodeId, double>> search_words(const Snapshot& snapshot, const IndexDefinition& index,
                                                    std::string_view text) {
    const Base& base = SnapshotParts::base(snapshot);
    const Delta& delta = SnapshotParts::delta(snapshot);
    std::vector<std::string> wanted = words_of(text);
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    if (wanted.empty()) return {};
    std::vector<KeyId> keys;
    for (const std::string& key : index.keys) {
        if (const auto id = snapshot.find_key(key)) keys.push_back(*id);
    }
    std::vector<LabelId> labels;
    for (const std::string& label : index.labels) {
        if (const auto id = snapshot.find_label(label)) labels.push_back(*id);
    }
    std::map<std::uint32_t, std::vector<double>> best;  // by node: of each wanted word the nearest
    const auto put = [&](std::uint32_t id, std::size_t word, double near) {
        std::vector<double>& scores = best[id];
        scores.resize(wanted.size());
        scores[word] = std::max(scores[word], near);
    };
    std::vector<std::uint32_t> changed;
    for (const LabelId label : labels) {
        for (const KeyId key : keys) {
            const TextIndex& words = base.indexes->text(base, label, key);
            for (std::size_t i = 0; i < wanted.size(); ++i) {
                for (const auto& [at, near] : words.near(wanted[i])) {
                    for (const std::uint32_t id : words.words[at].ids) put(id, i, near);
                }
            }
            if (!snapshot.pristine()) add_changed(base, delta, label, key, changed);
        }
    }
    // What was written since is looked at as it is now.
    std::sort(changed.begin(), changed.end());
    changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
    for (const std::uint32_t id : changed) {
        best.erase(id);
        for (const std::string& word : words_at(snapshot, NodeId{id}, keys)) {
            for (std::size_t i = 0; i < wanted.size(); ++i) {
                if (const double near = nearness(wanted[i], word); near > 0) put(id, i, near);
            }
        }
    }
    std::vector<std::pair<NodeId, double>> found;
    for (const auto& [id, scores] : best) {
        const NodeId node{id};
        const bool labelled = std::any_of(labels.begin(), labels.end(),
                                          [&](LabelId label) { return snapshot.has_label(node, label); });
        if (!labelled) continue;
        double sum = 0;
        for (const double score : scores) sum += score;
        // Rounded, so that ties are ties whatever the order of addition was.
        found.emplace_back(node, std::round(sum / static_cast<double>(wanted.size()) * 1e6) / 1e6);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    return found;
}

}  // namespace islet
