// The schema drawn as text.
#include <algorithm>
#include <map>
#include <sstream>

#include "islet/text.hpp"
#include "schema_overview.hpp"
#include "terminal.hpp"
#include "text_width.hpp"

namespace islet::cli {

namespace {

/// What leads from one label, type by type, with the labels at the other ends.
struct Branch {
    TypeId type;
    std::uint64_t relationships = 0;
    std::vector<std::pair<LabelId, std::uint64_t>> ends;
};

std::vector<Branch> branches(const std::vector<EdgeOverview>& edges, LabelId label, Direction direction) {
    std::vector<Branch> result;
    for (const EdgeOverview& edge : edges) {
        const bool out = direction == Direction::out;
        if ((out ? edge.from : edge.to) != label) continue;
        auto at = std::find_if(result.begin(), result.end(),
                               [&](const Branch& branch) { return branch.type == edge.type; });
        if (at == result.end()) at = result.insert(at, Branch{edge.type, 0, {}});
        at->relationships += edge.relationships;
        at->ends.emplace_back(out ? edge.to : edge.from, edge.relationships);
    }
    std::stable_sort(result.begin(), result.end(),
                     [](const Branch& a, const Branch& b) { return a.relationships > b.relationships; });
    for (Branch& branch : result) {
        std::stable_sort(branch.ends.begin(), branch.ends.end(),
                         [](const auto& a, const auto& b) { return a.second > b.second; });
    }
    return result;
}

class Drawing {
 public:
    Drawing(const Snapshot& snapshot, bool colour)
        : snapshot_(snapshot), colour_(colour), about_(counted_exactly(snapshot) ? "" : "~") {}

    void node(LabelId label, std::string_view more = {}) {
        const std::string text = label == LabelId::none ? "()" : "(:" + label_text(snapshot_, label) + ")";
        text_ << painted(text, Paint::header, colour_) << more << '\n';
    }

    void branch_lines(const std::vector<Branch>& list, Direction direction, std::size_t indent) {
        std::size_t widest = 0;
        for (const Branch& branch : list) widest = std::max(widest, width_of(name(branch)));
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string padding(widest - width_of(name(list[i])), ' ');
            const bool out = direction == Direction::out;
            text_ << std::string(indent, ' ') << (i + 1 == list.size() ? "└" : "├") << (out ? "──" : "◀─")
                  << "[:" << painted(name(list[i]), Paint::element, colour_) << "]" << (out ? "─▶ " : "── ")
                  << padding;
            const char* separator = "";
            for (const auto& [label, count] : list[i].ends) {
                text_ << separator << (label == LabelId::none ? "()" : label_text(snapshot_, label)) << ' '
                      << painted(about_ + std::to_string(count), Paint::dim, colour_);
                separator = ", ";
            }
            text_ << '\n';
        }
    }

    /// Keys with how many of `total` have them, and an example of each.
    void keys(const std::map<std::string, std::pair<std::uint64_t, Value>>& found, std::uint64_t total) {
        std::size_t widest = 0;
        for (const auto& [key, use] : found) widest = std::max(widest, width_of(key));
        for (const auto& [key, use] : found) {
            const std::string share = use.first == total ? "all" : std::to_string(use.first);
            constexpr std::size_t example_width = 48;
            text_ << "  ." << key << std::string(widest - width_of(key) + 2, ' ')
                  << painted(share + std::string(8 - std::min<std::size_t>(share.size(), 7), ' '), Paint::dim,
                             colour_)
                  << cut_to(one_line(to_text(use.second, snapshot_)), example_width) << '\n';
        }
    }

    std::ostringstream& stream() { return text_; }
    [[nodiscard]] const std::string& about() const { return about_; }
    [[nodiscard]] std::string text() const { return text_.str(); }

 private:
    [[nodiscard]] std::string name(const Branch& branch) const {
        return std::string(snapshot_.name(branch.type));
    }

    const Snapshot& snapshot_;
    bool colour_;
    std::string about_;
    std::ostringstream text_;
};

std::string plural(std::uint64_t count, std::string_view what) {
    return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

/// The labels below `label`, each with those below it: `Drug 15 (Hormone 1), Regimen 5`.
std::string included(const Snapshot& snapshot, const std::vector<LabelOverview>& labels, LabelId label) {
    std::string text;
    for (const LabelOverview& other : labels) {
        if (other.within != label) continue;
        if (!text.empty()) text += ", ";
        text += label_text(snapshot, other.label) + " " + std::to_string(other.nodes);
        if (const std::string below = included(snapshot, labels, other.label); !below.empty()) {
            text += " (" + below + ")";
        }
    }
    return text;
}

template <class Id>
void add_keys(const Snapshot& snapshot, Id id,
              std::map<std::string, std::pair<std::uint64_t, Value>>& found) {
    for (auto& [key, value] : snapshot.properties(id)) {
        auto& use = found[std::string(snapshot.name(key))];
        if (use.first++ == 0) use.second = std::move(value);
    }
}

constexpr std::size_t most_sampled = 100'000;

std::string label_details(const Snapshot& snapshot, LabelId label, bool colour) {
    Drawing drawing(snapshot, colour);
    const auto labels = label_overview(snapshot);
    drawing.node(label, " " + plural(snapshot.count(label), "node"));
    if (const std::string below = included(snapshot, labels, label); !below.empty()) {
        drawing.stream() << "  includes " << below << '\n';
    }
    std::vector<NodeId> nodes;
    snapshot.scan(label, NodeId{0}, most_sampled, nodes);
    std::map<std::string, std::pair<std::uint64_t, Value>> keys;
    for (const NodeId node : nodes) add_keys(snapshot, node, keys);
    if (!keys.empty()) {
        drawing.stream() << "\nProperties\n";
        drawing.keys(keys, nodes.size());
    }
    // Seen from this label its nodes are its own, whatever else they are.
    std::map<std::pair<TypeId, LabelId>, std::uint64_t> ends[2];
    for (std::uint32_t type = 0; type < snapshot.type_count(); ++type) {
        for (const Direction direction : {Direction::out, Direction::in}) {
            for (const NodeId node : nodes) {
                const Adjacent adjacent = snapshot.neighbours(node, TypeId{type}, direction);
                for (const NodeId other : adjacent.nodes) {
                    LabelId smallest = LabelId::none;
                    for (const LabelId l : snapshot.labels(other)) {
                        if (smallest == LabelId::none || snapshot.count(l) < snapshot.count(smallest))
                            smallest = l;
                    }
                    ++ends[direction == Direction::out ? 0 : 1][{TypeId{type}, smallest}];
                }
            }
        }
    }
    for (const Direction direction : {Direction::out, Direction::in}) {
        const bool out = direction == Direction::out;
        std::vector<EdgeOverview> edges;
        for (const auto& [key, count] : ends[out ? 0 : 1]) {
            edges.push_back({out ? label : key.second, key.first, out ? key.second : label, count});
        }
        if (edges.empty()) continue;
        drawing.stream() << (out ? "\nLeads to\n" : "\nIs led to by\n");
        drawing.branch_lines(branches(edges, label, direction), direction, 2);
    }
    return drawing.text();
}

std::string type_details(const Snapshot& snapshot, TypeId type, bool colour) {
    Drawing drawing(snapshot, colour);
    drawing.stream() << painted("[:" + std::string(snapshot.name(type)) + "]", Paint::header, colour) << ' '
                     << plural(snapshot.count(type), "relationship") << "\n\n";
    std::vector<EdgeOverview> edges = edge_overview(snapshot, NodeView::closest);
    std::erase_if(edges, [&](const EdgeOverview& edge) { return edge.type != type; });
    std::stable_sort(edges.begin(), edges.end(), [](const EdgeOverview& a, const EdgeOverview& b) {
        return a.relationships > b.relationships;
    });
    for (const EdgeOverview& edge : edges) {
        const auto end = [&](LabelId label) {
            return label == LabelId::none ? std::string("()") : "(:" + label_text(snapshot, label) + ")";
        };
        drawing.stream() << "  " << end(edge.from) << "──▶" << end(edge.to) << ' '
                         << painted(drawing.about() + std::to_string(edge.relationships), Paint::dim, colour)
                         << '\n';
    }
    std::map<std::string, std::pair<std::uint64_t, Value>> keys;
    std::uint64_t seen = 0;
    for (std::uint32_t i = 0; i < snapshot.rel_bound() && seen < most_sampled; ++i) {
        if (!snapshot.contains(RelId{i}) || snapshot.ends(RelId{i}).type != type) continue;
        add_keys(snapshot, RelId{i}, keys);
        ++seen;
    }
    if (!keys.empty()) {
        drawing.stream() << "\nProperties\n";
        drawing.keys(keys, seen);
    }
    return drawing.text();
}

}  // namespace

std::string schema_text(const Snapshot& snapshot, bool colour) {
    Drawing drawing(snapshot, colour);
    drawing.stream() << plural(snapshot.node_count(), "node") << ", "
                     << plural(snapshot.rel_count(), "relationship")
                     << (counted_exactly(snapshot) ? "" : "; counts with ~ are estimates") << '\n';
    const auto labels = label_overview(snapshot);
    const auto edges = edge_overview(snapshot, NodeView::top);
    for (const LabelOverview& label : labels) {
        if (label.within != LabelId::none) continue;
        const std::string below = included(snapshot, labels, label.label);
        drawing.stream() << '\n';
        drawing.node(label.label,
                     " " + std::to_string(label.nodes) + (below.empty() ? "" : "  includes " + below));
        drawing.branch_lines(branches(edges, label.label, Direction::out), Direction::out, 2);
    }
    if (const auto bare = branches(edges, LabelId::none, Direction::out); !bare.empty()) {
        drawing.stream() << '\n';
        drawing.node(LabelId::none);
        drawing.branch_lines(bare, Direction::out, 2);
    }
    return drawing.text();
}

std::optional<std::string> schema_text_of(const Snapshot& snapshot, const std::string& name, bool colour) {
    const auto label = snapshot.find_label(name);
    if (label && snapshot.count(*label) > 0) return label_details(snapshot, *label, colour);
    if (const auto type = snapshot.find_type(name)) return type_details(snapshot, *type, colour);
    return std::nullopt;
}

}  // namespace islet::cli
