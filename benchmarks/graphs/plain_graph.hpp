// A graph as plain arrays: what the generators make, what the prepared CSV holds, what the floor's loops
// run on. The other engines get the same numbers.
//
// nodes.csv: id,label,name,rank    ids count from 0; several labels with ';', the first names the table
// edges.csv: src,dst,type,weight
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "islet/graph.hpp"

namespace islet::benchmarks {

struct PlainGraph {
    std::vector<std::string> label_sets;    ///< distinct label cells, e.g. `Comment;Message`
    std::vector<std::uint8_t> node_labels;  ///< by node: position in label_sets
    std::vector<std::string> names;         ///< by node
    std::vector<std::int64_t> ranks;        ///< by node
    std::vector<std::string> types;         ///< distinct relationship types
    std::vector<std::uint8_t> rel_types;    ///< by relationship: position in types
    std::vector<std::uint32_t> sources;     ///< by relationship
    std::vector<std::uint32_t> targets;     ///< by relationship
    std::vector<std::int64_t> weights;      ///< by relationship

    [[nodiscard]] std::size_t node_count() const { return names.size(); }
    [[nodiscard]] std::size_t rel_count() const { return sources.size(); }

    /// The position of the label cell or type, which is added where it is new.
    std::uint8_t label_set(std::string_view labels);
    std::uint8_t type(std::string_view name);

    void add_node(std::uint8_t labels, std::string name, std::int64_t rank);
    void add_rel(std::uint8_t type, std::uint32_t source, std::uint32_t target, std::int64_t weight);
};

/// Reads nodes.csv and edges.csv of a folder. Throws std::runtime_error with file and line.
PlainGraph read_csv(const std::filesystem::path& folder);
void write_csv(const PlainGraph& graph, const std::filesystem::path& folder);

/// As Islet holds it: properties id, name and rank of nodes, weight of relationships.
Snapshot to_snapshot(const PlainGraph& graph);

}  // namespace islet::benchmarks
