#include "graph.hpp"

#include <algorithm>
#include <numeric>
#include <sstream>
#include <stdexcept>

namespace islet::benchmarks::floor {
namespace {

/// Counting sort by `from` of relationships that are already in the order of `to`.
void fill(std::vector<Csr>& all, const PlainGraph& plain, const std::vector<std::uint32_t>& from,
          const std::vector<std::uint32_t>& to) {
    const std::size_t nodes = plain.node_count();
    std::vector<std::uint32_t> order(plain.rel_count());
    {
        std::vector<std::uint32_t> at(nodes + 1);
        for (const std::uint32_t node : to) ++at[node + 1];
        std::partial_sum(at.begin(), at.end(), at.begin());
        for (std::uint32_t i = 0; i < order.size(); ++i) order[at[to[i]]++] = i;
    }
    all.resize(plain.types.size());
    for (Csr& csr : all) csr.offsets.assign(nodes + 1, 0);
    for (std::size_t i = 0; i < from.size(); ++i) ++all[plain.rel_types[i]].offsets[from[i] + 1];
    for (Csr& csr : all) {
        std::partial_sum(csr.offsets.begin(), csr.offsets.end(), csr.offsets.begin());
        csr.neighbours.resize(csr.offsets.back());
        csr.rels.resize(csr.offsets.back());
    }
    std::vector<std::vector<std::uint32_t>> next;
    for (const Csr& csr : all) next.push_back(csr.offsets);
    for (const std::uint32_t rel : order) {
        Csr& csr = all[plain.rel_types[rel]];
        const std::uint32_t place = next[plain.rel_types[rel]][from[rel]]++;
        csr.neighbours[place] = to[rel];
        csr.rels[place] = rel;
    }
}

}  // namespace

Graph::Graph(PlainGraph plain) : plain_(std::move(plain)) {
    fill(out_, plain_, plain_.sources, plain_.targets);
    fill(in_, plain_, plain_.targets, plain_.sources);
    for (std::uint32_t i = 0; i < nodes(); ++i) {
        std::istringstream cells(plain_.label_sets[plain_.node_labels[i]]);
        for (std::string label; std::getline(cells, label, ';');) labels_[label].push_back(i);
    }
}

std::size_t Graph::plain_type(std::string_view type) const {
    const auto found = std::find(plain_.types.begin(), plain_.types.end(), type);
    if (found == plain_.types.end()) throw std::out_of_range("no relationship type " + std::string(type));
    return static_cast<std::size_t>(found - plain_.types.begin());
}

const std::vector<std::uint32_t>& Graph::with_label(std::string_view label) const {
    const auto found = labels_.find(label);
    if (found == labels_.end()) throw std::out_of_range("no label " + std::string(label));
    return found->second;
}

}  // namespace islet::benchmarks::floor
