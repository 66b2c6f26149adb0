#include "plain_graph.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace islet::benchmarks {
namespace {

std::uint8_t position_of(std::vector<std::string>& names, std::string_view name) {
    // Neighbouring lines mostly have the same type, and there are few of them.
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) return static_cast<std::uint8_t>(i);
    }
    if (names.size() == 255) throw std::runtime_error("more than 255 types or combinations of labels");
    names.emplace_back(name);
    return static_cast<std::uint8_t>(names.size() - 1);
}

/// The cells of a CSV text in order. Quotes as RFC 4180 has them.
class Cells {
 public:
    Cells(std::string_view text, std::string file) : text_(text), file_(std::move(file)) {}

    [[nodiscard]] bool at_end() const { return at_ == text_.size(); }

    /// The next cell of a line; valid until the next call.
    std::string_view next() {
        if (at_ < text_.size() && text_[at_] == '"') return quoted();
        const std::size_t end = std::min(text_.find_first_of(",\n", at_), text_.size());
        const std::string_view cell = text_.substr(at_, end - at_);
        step(end);
        return cell;
    }
    template <typename Number>
    Number number() {
        const std::string_view cell = next();
        Number value{};
        const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
        if (error != std::errc{} || end != cell.data() + cell.size()) fail("no number: " + std::string(cell));
        return value;
    }
    void header(std::string_view expected) {
        const std::string_view line = text_.substr(0, std::min(text_.find('\n'), text_.size()));
        if (line != expected) fail("the header must be " + std::string(expected));
        step(line.size());
    }

 private:
    std::string_view quoted() {
        unquoted_.clear();
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] == '"' && (at_ + 1 == text_.size() || text_[at_ + 1] != '"')) break;
            if (text_[at_] == '"') ++at_;
            unquoted_ += text_[at_];
        }
        if (at_ == text_.size()) fail("a quote has no end");
        step(at_ + 1);
        return unquoted_;
    }
    void step(std::size_t end) {
        if (end < text_.size() && text_[end] == '\n') ++line_;
        at_ = std::min(end + 1, text_.size());
    }
    [[noreturn]] void fail(const std::string& what) const {
        throw std::runtime_error(file_ + ":" + std::to_string(line_) + ": " + what);
    }

    std::string_view text_;
    std::string file_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::string unquoted_;
};

std::string contents(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error(file.string() + ": cannot be read");
    std::string text(std::filesystem::file_size(file), '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    return text;
}

std::string quote(const std::string& cell) {
    if (cell.find_first_of(",\"\n") == std::string::npos) return cell;
    std::string out = "\"";
    for (const char c : cell) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

}  // namespace

std::uint8_t PlainGraph::label_set(std::string_view labels) {
    return position_of(label_sets, labels);
}

std::uint8_t PlainGraph::type(std::string_view name) {
    return position_of(types, name);
}

void PlainGraph::add_node(std::uint8_t labels, std::string name, std::int64_t rank) {
    node_labels.push_back(labels);
    names.push_back(std::move(name));
    ranks.push_back(rank);
}

void PlainGraph::add_rel(std::uint8_t type, std::uint32_t source, std::uint32_t target, std::int64_t weight) {
    rel_types.push_back(type);
    sources.push_back(source);
    targets.push_back(target);
    weights.push_back(weight);
}

PlainGraph read_csv(const std::filesystem::path& folder) {
    PlainGraph graph;
    {
        const std::string text = contents(folder / "nodes.csv");
        Cells cells(text, (folder / "nodes.csv").string());
        cells.header("id,label,name,rank");
        while (!cells.at_end()) {
            if (cells.number<std::size_t>() != graph.node_count())
                throw std::runtime_error("nodes.csv: ids must count from 0");
            const std::uint8_t labels = graph.label_set(cells.next());
            std::string name(cells.next());
            graph.add_node(labels, std::move(name), cells.number<std::int64_t>());
        }
    }
    const std::string text = contents(folder / "edges.csv");
    Cells cells(text, (folder / "edges.csv").string());
    cells.header("src,dst,type,weight");
    while (!cells.at_end()) {
        const auto source = cells.number<std::uint32_t>();
        const auto target = cells.number<std::uint32_t>();
        if (std::max(source, target) >= graph.node_count())
            throw std::runtime_error("edges.csv: an end that is no node");
        const std::uint8_t type = graph.type(cells.next());
        graph.add_rel(type, source, target, cells.number<std::int64_t>());
    }
    return graph;
}

void write_csv(const PlainGraph& graph, const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    std::ofstream nodes(folder / "nodes.csv", std::ios::binary);
    nodes << "id,label,name,rank\n";
    for (std::size_t i = 0; i < graph.node_count(); ++i) {
        nodes << i << ',' << graph.label_sets[graph.node_labels[i]] << ',' << quote(graph.names[i]) << ','
              << graph.ranks[i] << '\n';
    }
    std::ofstream edges(folder / "edges.csv", std::ios::binary);
    edges << "src,dst,type,weight\n";
    for (std::size_t i = 0; i < graph.rel_count(); ++i) {
        edges << graph.sources[i] << ',' << graph.targets[i] << ',' << graph.types[graph.rel_types[i]] << ','
              << graph.weights[i] << '\n';
    }
    if (!nodes.flush() || !edges.flush()) throw std::runtime_error(folder.string() + ": cannot be written");
}

Snapshot to_snapshot(const PlainGraph& graph) {
    GraphBuilder builder;
    std::vector<std::vector<LabelId>> labels;
    for (const std::string& set : graph.label_sets) {
        std::istringstream cells(set);
        std::vector<LabelId>& ids = labels.emplace_back();
        for (std::string label; std::getline(cells, label, ';');) ids.push_back(builder.label(label));
    }
    const KeyId id = builder.key("id");
    const KeyId name = builder.key("name");
    const KeyId rank = builder.key("rank");
    for (std::size_t i = 0; i < graph.node_count(); ++i) {
        const NodeId node = builder.add_node(labels[graph.node_labels[i]]);
        builder.set_property(node, id, static_cast<std::int64_t>(i));
        builder.set_property(node, name, graph.names[i]);
        builder.set_property(node, rank, graph.ranks[i]);
    }
    const KeyId weight = builder.key("weight");
    std::vector<TypeId> types;
    for (const std::string& type : graph.types) types.push_back(builder.type(type));
    for (std::size_t i = 0; i < graph.rel_count(); ++i) {
        const std::size_t rel = builder.add_relationship(NodeId{graph.sources[i]}, types[graph.rel_types[i]],
                                                         NodeId{graph.targets[i]});
        builder.set_relationship_property(rel, weight, graph.weights[i]);
    }
    return builder.finish();
}

}  // namespace islet::benchmarks
