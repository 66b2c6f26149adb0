// The floor: what plain loops over CSR arrays take, one thread, no engine around them. Each query of the
// suite that has a floor is a function here; the loops are those that somebody would write by hand for
// this one query, with the arrays below and nothing precomputed but them.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plain_graph.hpp"
#include "protocol.hpp"

namespace islet::benchmarks::floor {

/// Neighbours of one type in one direction, sorted by node and neighbour.
struct Csr {
    std::vector<std::uint32_t> offsets;  ///< by node, and one more
    std::vector<std::uint32_t> neighbours;
    std::vector<std::uint32_t> rels;  ///< position in the PlainGraph

    [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t node) const {
        return std::span(neighbours).subspan(offsets[node], offsets[node + 1] - offsets[node]);
    }
    [[nodiscard]] std::uint32_t degree(std::uint32_t node) const { return offsets[node + 1] - offsets[node]; }
};

class Graph {
 public:
    explicit Graph(PlainGraph plain);

    [[nodiscard]] const PlainGraph& plain() const { return plain_; }
    [[nodiscard]] std::uint32_t nodes() const { return static_cast<std::uint32_t>(plain_.node_count()); }
    /// Throws std::out_of_range for a type that is not there.
    [[nodiscard]] const Csr& out(std::string_view type) const { return out_.at(plain_type(type)); }
    [[nodiscard]] const Csr& in(std::string_view type) const { return in_.at(plain_type(type)); }
    [[nodiscard]] const std::vector<Csr>& all_out() const { return out_; }
    [[nodiscard]] const std::vector<Csr>& all_in() const { return in_; }
    /// Ascending ids of the nodes with a label.
    [[nodiscard]] const std::vector<std::uint32_t>& with_label(std::string_view label) const;

 private:
    [[nodiscard]] std::size_t plain_type(std::string_view type) const;

    PlainGraph plain_;
    std::vector<Csr> out_, in_;  ///< by type
    std::map<std::string, std::vector<std::uint32_t>, std::less<>> labels_;
};

using Parameters = std::map<std::string, Value, std::less<>>;
using Query = std::function<Rows(const Graph&, const Parameters&)>;
using Queries = std::map<std::string, Query, std::less<>>;

inline std::uint32_t node(const Parameters& parameters, std::string_view name) {
    return static_cast<std::uint32_t>(parameters.find(name)->second.as_int());
}
template <typename Number>
Value number(Number value) {
    return static_cast<std::int64_t>(value);
}

/// Elements that two ascending lists share.
template <typename Visit>
void intersect(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b, const Visit& visit) {
    auto i = a.begin();
    auto j = b.begin();
    while (i != a.end() && j != b.end()) {
        if (*i < *j) {
            ++i;
        } else if (*j < *i) {
            ++j;
        } else {
            visit(*i);
            ++i;
            ++j;
        }
    }
}

// One file each.
void add_scans(Queries& queries);
void add_hops(Queries& queries);
void add_counts(Queries& queries);
void add_cycles(Queries& queries);
void add_paths(Queries& queries);
void add_groups(Queries& queries);
void add_social(Queries& queries);

}  // namespace islet::benchmarks::floor
