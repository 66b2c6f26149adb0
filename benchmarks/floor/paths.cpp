#include <algorithm>
#include <array>

#include "graph.hpp"

namespace islet::benchmarks::floor {
namespace {

/// Paths of one to `depth` relationships over both directions, none twice in a path.
std::uint64_t trails(const Csr& out, const Csr& in, std::uint32_t from, int depth,
                     std::vector<std::uint32_t>& used) {
    if (depth == 0) return 0;
    std::uint64_t n = 0;
    for (const Csr* csr : {&out, &in}) {
        for (std::uint32_t at = csr->offsets[from]; at < csr->offsets[from + 1]; ++at) {
            const std::uint32_t rel = csr->rels[at];
            if (std::find(used.begin(), used.end(), rel) != used.end()) continue;
            used.push_back(rel);
            n += 1 + trails(out, in, csr->neighbours[at], depth - 1, used);
            used.pop_back();
        }
    }
    return n;
}

/// Breadth first from one node; hops[i] are the nodes first met after i steps, hops[0] the start itself.
std::vector<std::vector<std::uint32_t>> levels(const Graph& graph, std::span<const Csr* const> over,
                                               std::uint32_t from, std::size_t depth,
                                               std::uint32_t until = ~0U) {
    std::vector<bool> seen(graph.nodes());
    seen[from] = true;
    std::vector<std::vector<std::uint32_t>> hops = {{from}};
    while (hops.size() <= depth && !hops.back().empty()) {
        std::vector<std::uint32_t> next;
        for (const std::uint32_t node : hops.back()) {
            for (const Csr* csr : over) {
                for (const std::uint32_t neighbour : csr->of(node)) {
                    if (seen[neighbour]) continue;
                    seen[neighbour] = true;
                    next.push_back(neighbour);
                    if (neighbour == until) {
                        hops.push_back(std::move(next));
                        return hops;
                    }
                }
            }
        }
        hops.push_back(std::move(next));
    }
    return hops;
}

std::uint64_t reached(const std::vector<std::vector<std::uint32_t>>& hops) {
    std::uint64_t n = 0;
    for (std::size_t i = 1; i < hops.size(); ++i) n += hops[i].size();
    return n;
}

}  // namespace

void add_paths(Queries& queries) {
    queries["var_length_paths"] = [](const Graph& graph, const Parameters& parameters) -> Rows {
        std::vector<std::uint32_t> used;
        return {{number(trails(graph.out("RESEMBLES_CrC"), graph.in("RESEMBLES_CrC"),
                               node(parameters, "compound"), 3, used))}};
    };
    queries["var_length_count"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& out = graph.out("RESEMBLES_CrC");
        std::uint64_t n = 0;
        for (const std::uint32_t compound : graph.with_label("Compound")) {
            for (std::uint32_t i = out.offsets[compound]; i < out.offsets[compound + 1]; ++i) {
                const std::uint32_t second = out.neighbours[i];
                for (std::uint32_t j = out.offsets[second]; j < out.offsets[second + 1]; ++j) {
                    if (out.rels[j] == out.rels[i]) continue;
                    const std::uint32_t third = out.neighbours[j];
                    n += 1 + out.degree(third);
                    // Those that would be taken again.
                    if (third != compound && third != second) continue;
                    for (std::uint32_t k = out.offsets[third]; k < out.offsets[third + 1]; ++k)
                        n -= out.rels[k] == out.rels[i] || out.rels[k] == out.rels[j] ? 1 : 0;
                }
            }
        }
        return {{number(n)}};
    };
    queries["var_length_distinct"] = [](const Graph& graph, const Parameters& parameters) -> Rows {
        const std::array over = {&graph.out("RESEMBLES_CrC"), &graph.in("RESEMBLES_CrC")};
        const auto hops = levels(graph, over, node(parameters, "compound"), 2);
        Rows rows;
        for (std::size_t i = 1; i < hops.size(); ++i) {
            for (const std::uint32_t other : hops[i]) rows.push_back({number(other)});
        }
        return rows;
    };
    queries["reach_three"] = [](const Graph& graph, const Parameters& parameters) -> Rows {
        const std::array over = {&graph.out("INTERACTS_GiG"), &graph.in("INTERACTS_GiG")};
        return {{number(reached(levels(graph, over, node(parameters, "gene"), 3)))}};
    };
    queries["reach_directed"] = [](const Graph& graph, const Parameters& parameters) -> Rows {
        const std::array over = {&graph.out("REGULATES_GrG")};
        const std::uint32_t gene = node(parameters, "gene");
        const auto hops = levels(graph, over, gene, 4);
        // The start counts where a path leads back to it.
        bool back = false;
        for (std::size_t i = 0; i + 1 < hops.size() && i < 4; ++i) {
            for (const std::uint32_t from : hops[i]) {
                const auto targets = over[0]->of(from);
                back = back || std::binary_search(targets.begin(), targets.end(), gene);
            }
        }
        return {{number(reached(hops) + (back ? 1 : 0))}};
    };
    queries["reach_any_type"] = [](const Graph& graph, const Parameters& parameters) -> Rows {
        std::vector<const Csr*> over;
        for (const Csr& csr : graph.all_out()) over.push_back(&csr);
        for (const Csr& csr : graph.all_in()) over.push_back(&csr);
        return {{number(reached(levels(graph, over, node(parameters, "disease"), 2)))}};
    };
    queries["shortest_path"] = [](const Graph& graph, const Parameters& parameters) -> Rows {
        const std::array over = {&graph.out("INTERACTS_GiG"), &graph.in("INTERACTS_GiG")};
        const std::uint32_t to = node(parameters, "far_gene");
        const auto hops = levels(graph, over, node(parameters, "gene"), graph.nodes(), to);
        if (hops.back().empty() || hops.back().back() != to) return {};
        return {{number(hops.size() - 1)}};
    };
    queries["shortest_lengths"] = [](const Graph& graph, const Parameters& parameters) -> Rows {
        const std::array over = {&graph.out("INTERACTS_GiG"), &graph.in("INTERACTS_GiG")};
        const auto hops = levels(graph, over, node(parameters, "gene"), 5);
        Rows rows;
        for (std::size_t i = 1; i < hops.size(); ++i) {
            if (!hops[i].empty()) rows.push_back({number(i), number(hops[i].size())});
        }
        return rows;
    };
}

}  // namespace islet::benchmarks::floor
