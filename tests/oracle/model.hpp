// The oracle's graph: nodes and relationships in two vectors, nothing else. Every entity has a property
// `uid`, by which it is known in both the oracle and the engine, whatever ids either gives it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "datum.hpp"
#include "islet/database.hpp"

namespace islet::oracle {

using Properties = std::map<std::string, Datum>;

struct Node {
    std::set<std::string> labels;
    Properties properties;
    std::int64_t engine_id = 0;  ///< what id() gives; set when the graph is loaded
};
struct Relationship {
    std::size_t source = 0;
    std::size_t target = 0;
    std::string type;
    Properties properties;
};
struct Graph {
    std::vector<Node> nodes;
    std::vector<Relationship> rels;

    void drop_node(std::size_t at);  ///< with its relationships
    void drop_rel(std::size_t at);
};

std::int64_t uid_of(const Properties& properties);

/// As openCypher writes a value that a property can hold.
std::string literal_text(const Datum& value);
std::string map_text(const Properties& properties);
/// One CREATE that makes the graph; empty for the empty graph.
std::string create_text(const Graph& graph);

/// How the engine comes to hold the graph: bulk-loaded, written by CREATE, or partly loaded and partly
/// written, with removed entities in between.
enum class Storage { base, delta, mixed };
std::string storage_name(Storage storage);

/// A database with the graph; sets the engine_ids.
Database load(Graph& graph, Storage storage);
/// Takes over the engine's node ids. REQUIRES: the snapshot holds the same graph.
void learn_ids(Graph& graph, const Snapshot& snapshot);

/// What an islet property value is for the oracle. Throws std::logic_error for what no property holds.
Value engine_value(const Datum& value);

}  // namespace islet::oracle
