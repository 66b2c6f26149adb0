// The part of a graph that a procedure runs on: kept under a name, or given as
// a map where the procedure is called.
#pragma once

#include <initializer_list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "islet/boost_graph.hpp"
#include "islet/procedure.hpp"

namespace islet::query {

using Rows = std::vector<std::vector<Value>>;

/// ArgumentError, InvalidArgumentValue: "graph.yen: …".
[[noreturn]] void refuse(std::string_view procedure, const std::string& message, std::string hint = {});

/// The options of a procedure: a map of known keys.
class Options {
 public:
    /// Throws for a key that is none of `known`, naming the nearest.
    Options(std::string_view procedure, const Value& map, std::initializer_list<std::string_view> known);

    [[nodiscard]] double number(std::string_view key, double otherwise, double least, double most) const;
    [[nodiscard]] std::int64_t integer(std::string_view key, std::int64_t otherwise,
                                       std::int64_t least) const;
    [[nodiscard]] bool boolean(std::string_view key, bool otherwise) const;
    [[nodiscard]] std::string text(std::string_view key, std::string_view otherwise) const;
    /// A list of strings, or one string; empty if it is not there.
    [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;

 private:
    [[nodiscard]] const Value* find(std::string_view key) const;
    [[noreturn]] void wrong(std::string_view key, std::string_view what, const Value& got) const;

    std::string_view procedure_;
    Value map_;
};

/// By names, so that it holds for whatever the graph becomes.
struct Projection {
    std::vector<std::string> labels;  ///< nodes with any of these; empty: all
    std::vector<std::string> types;   ///< relationships of any of these; empty: all
    std::string weight;               ///< the property that weighs a relationship; empty: each weighs 1
    double missing = 1;               ///< the weight of a relationship without that property
    bool undirected = false;
};

/// The named projections of a database. Thread-safe.
class Projections {
 public:
    void set(const std::string& name, Projection projection);
    bool erase(const std::string& name);
    [[nodiscard]] std::optional<Projection> find(const std::string& name) const;
    [[nodiscard]] std::map<std::string, Projection> all() const;

 private:
    mutable std::mutex mutex_;
    std::map<std::string, Projection> named_;
};

/// A projection of one snapshot.
struct Projected {
    GraphView view;
    bool undirected = false;
    std::vector<double> weights;  ///< by relationship id; empty: each weighs 1

    [[nodiscard]] bool weighted() const noexcept { return !weights.empty(); }
    [[nodiscard]] double weight(const ViewEdge& edge) const {
        return weights.empty() ? 1.0 : weights[static_cast<std::uint32_t>(edge.rel)];
    }
    [[nodiscard]] std::uint32_t size() const noexcept { return view.vertex_count(); }
    /// The vertex of a node; refuses one that the projection does not show.
    [[nodiscard]] std::uint32_t vertex(std::string_view procedure, std::string_view argument,
                                       const Value& node) const;
};

/// Calls `run` with the graph as Boost.Graph is to see it.
template <class Run>
auto on_graph(const Projected& projected, Run&& run) {
    return projected.undirected ? run(Undirected(projected.view)) : run(projected.view);
}

/// Throws for labels, types and keys that the graph does not have, naming the nearest.
Projected project(std::string_view procedure, const Projection& projection, const Snapshot& snapshot);

/// What the argument `graph` of a procedure stands for: a name, a map, or null for the whole graph.
Projected project(std::string_view procedure, const Projections& projections, const Value& graph,
                  const Snapshot& snapshot);

/// Refuses weights below zero (and NaN), naming the relationship's ends.
void require_weights(std::string_view procedure, const Projected& projected);

/// Asks now and then whether to go on.
class Poll {
 public:
    explicit Poll(const ProcedureContext& context) : check_(&context.check) {}
    void operator()() {
        if (++steps_ % 4096 == 0) (*check_)();
    }

 private:
    const std::function<void()>* check_;
    std::uint32_t steps_ = 0;
};

/// A property map over vertices that asks so whenever an algorithm writes to it.
template <class T>
struct PolledMap {
    using key_type = std::uint32_t;
    using value_type = T;
    using reference = T&;
    using category = boost::read_write_property_map_tag;
    std::vector<T>* values;
    Poll* poll;

    friend T get(const PolledMap& map, std::uint32_t vertex) { return (*map.values)[vertex]; }
    friend void put(const PolledMap& map, std::uint32_t vertex, T value) {
        (*map.poll)();
        (*map.values)[vertex] = value;
    }
};

/// The fields that procedures share.
inline Field graph_field() {
    return {"graph", FieldType::any, true, Value()};
}
inline Field options_field() {
    return {"options", FieldType::map, true, Value(Map())};
}
inline Field node_field(std::string name = "node") {
    return {std::move(name), FieldType::node, false, {}};
}

}  // namespace islet::query
