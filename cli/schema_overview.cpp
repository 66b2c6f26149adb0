#include "schema_overview.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <tuple>

namespace islet::cli {

namespace {

constexpr std::uint64_t most_exact = 500'000;

/// For every label, on how many of its nodes each other label stands. Of a large graph, on as many of
/// its first nodes as tell.
std::vector<std::vector<std::uint64_t>> shared_labels(const Snapshot& snapshot) {
    const std::uint32_t count = snapshot.label_count();
    std::vector<std::vector<std::uint64_t>> shared(count, std::vector<std::uint64_t>(count, 0));
    constexpr std::uint32_t most_nodes = 500'000;
    for (std::uint32_t i = 0; i < std::min(snapshot.node_bound(), most_nodes); ++i) {
        if (!snapshot.contains(NodeId{i})) continue;
        const std::vector<LabelId> labels = snapshot.labels(NodeId{i});
        for (const LabelId a : labels) {
            for (const LabelId b : labels) {
                ++shared[static_cast<std::uint32_t>(a)][static_cast<std::uint32_t>(b)];
            }
        }
    }
    return shared;
}

LabelId chosen_label(const Snapshot& snapshot, NodeId node, NodeView view) {
    LabelId chosen = LabelId::none;
    std::uint64_t best = 0;
    for (const LabelId label : snapshot.labels(node)) {
        const std::uint64_t nodes = snapshot.count(label);
        const bool better = view == NodeView::top ? nodes > best : nodes < best;
        if (chosen == LabelId::none || better) {
            chosen = label;
            best = nodes;
        }
    }
    return chosen;
}

bool plain(std::string_view name) {
    return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
           std::all_of(name.begin(), name.end(),
                       [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c >= 0x80; });
}

}  // namespace

bool counted_exactly(const Snapshot& snapshot) {
    return snapshot.rel_count() <= most_exact;
}

std::string label_text(const Snapshot& snapshot, LabelId label) {
    if (label == LabelId::none) return {};
    const std::string name(snapshot.name(label));
    return plain(name) ? name : "`" + name + "`";
}

std::vector<LabelOverview> label_overview(const Snapshot& snapshot) {
    const auto shared = shared_labels(snapshot);
    std::vector<LabelOverview> labels;
    for (std::uint32_t i = 0; i < snapshot.label_count(); ++i) {
        if (snapshot.count(LabelId{i}) == 0) continue;
        LabelOverview label{LabelId{i}, snapshot.count(LabelId{i}), LabelId::none};
        std::uint64_t smallest = UINT64_MAX;
        for (std::uint32_t other = 0; other < snapshot.label_count(); ++other) {
            const std::uint64_t size = shared[other][other];
            const bool contains = other != i && shared[i][i] > 0 && shared[i][other] == shared[i][i] &&
                                  (size > shared[i][i] || (size == shared[i][i] && other < i));
            if (!contains || size >= smallest) continue;
            label.within = LabelId{other};
            smallest = size;
        }
        labels.push_back(label);
    }
    std::sort(labels.begin(), labels.end(), [&](const LabelOverview& a, const LabelOverview& b) {
        if (a.nodes != b.nodes) return a.nodes > b.nodes;
        return snapshot.name(a.label) < snapshot.name(b.label);
    });
    return labels;
}

std::vector<EdgeOverview> edge_overview(const Snapshot& snapshot, NodeView view) {
    // Which label an end counts for is looked up once a node.
    std::map<std::tuple<TypeId, LabelId, LabelId>, std::uint64_t> counts;
    std::vector<LabelId> labels(snapshot.node_bound(), LabelId::none);
    std::vector<bool> known(snapshot.node_bound(), false);
    const auto label_of = [&](NodeId node) {
        const auto i = static_cast<std::uint32_t>(node);
        if (!known[i]) {
            labels[i] = chosen_label(snapshot, node, view);
            known[i] = true;
        }
        return labels[i];
    };
    // Of a large graph every n-th relationship, since neighbours in id are alike.
    const std::uint32_t step =
        counted_exactly(snapshot) ? 1 : static_cast<std::uint32_t>(snapshot.rel_count() / most_exact + 1);
    for (std::uint32_t i = 0; i < snapshot.rel_bound(); i += step) {
        if (!snapshot.contains(RelId{i})) continue;
        const Ends ends = snapshot.ends(RelId{i});
        counts[{ends.type, label_of(ends.source), label_of(ends.target)}] += step;
    }
    std::vector<EdgeOverview> edges;
    for (const auto& [key, count] : counts) {
        const auto& [type, from, to] = key;
        edges.push_back({from, type, to, count});
    }
    const auto name = [&](LabelId label) {
        return label == LabelId::none ? std::string_view{} : snapshot.name(label);
    };
    const auto nodes = [&](LabelId label) { return label == LabelId::none ? 0 : snapshot.count(label); };
    std::sort(edges.begin(), edges.end(), [&](const EdgeOverview& a, const EdgeOverview& b) {
        if (a.from != b.from) {
            return std::tuple(nodes(b.from), name(a.from)) < std::tuple(nodes(a.from), name(b.from));
        }
        return std::tuple(b.relationships, snapshot.name(a.type), name(a.to)) <
               std::tuple(a.relationships, snapshot.name(b.type), name(b.to));
    });
    return edges;
}

std::optional<std::string> example_query(const Snapshot& snapshot) {
    const auto key = snapshot.find_key("name");
    if (!key || !counted_exactly(snapshot)) return std::nullopt;
    const auto named = [&](LabelId label) {
        std::vector<NodeId> first;
        if (label == LabelId::none) return false;
        snapshot.scan(label, NodeId{0}, 1, first);
        return !first.empty() && !snapshot.property(first.front(), *key).is_null();
    };
    // The largest that still fits on a screen.
    constexpr std::uint64_t most = 20;
    std::optional<EdgeOverview> best;
    for (const EdgeOverview& edge : edge_overview(snapshot, NodeView::closest)) {
        if (edge.relationships > most || edge.from == edge.to || !named(edge.from) || !named(edge.to))
            continue;
        if (!best || edge.relationships > best->relationships) best = edge;
    }
    if (!best) return std::nullopt;
    const std::string type(snapshot.name(best->type));
    return "MATCH (a:" + label_text(snapshot, best->from) + ")-[:" + (plain(type) ? type : "`" + type + "`") +
           "]->(b:" + label_text(snapshot, best->to) + ") RETURN a.name, b.name;";
}

}  // namespace islet::cli
