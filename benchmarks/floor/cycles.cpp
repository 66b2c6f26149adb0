#include <algorithm>

#include "graph.hpp"

namespace islet::benchmarks::floor {
namespace {

/// The rows of the `k` largest counts, ties by id.
Rows largest(const std::vector<std::uint64_t>& counts, std::size_t k) {
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < counts.size(); ++i) {
        if (counts[i] != 0) order.push_back(i);
    }
    k = std::min(k, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(k), order.end(),
                      [&](std::uint32_t a, std::uint32_t b) {
                          return counts[a] != counts[b] ? counts[a] > counts[b] : a < b;
                      });
    Rows rows;
    for (std::size_t i = 0; i < k; ++i) rows.push_back({number(order[i]), number(counts[order[i]])});
    return rows;
}

}  // namespace

void add_cycles(Queries& queries) {
    queries["triangles"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& interacts = graph.out("INTERACTS_GiG");
        std::uint64_t n = 0;
        for (std::uint32_t a = 0; a < graph.nodes(); ++a) {
            for (const std::uint32_t b : interacts.of(a))
                intersect(interacts.of(a), interacts.of(b), [&](std::uint32_t) { ++n; });
        }
        return {{number(n)}};
    };
    queries["triangles_typed"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& treated_by = graph.in("TREATS_CtD");
        const Csr& associates = graph.out("ASSOCIATES_DaG");
        const Csr& binds = graph.out("BINDS_CbG");
        Rows rows;
        for (const std::uint32_t disease : graph.with_label("Disease")) {
            std::uint64_t n = 0;
            for (const std::uint32_t compound : treated_by.of(disease))
                intersect(associates.of(disease), binds.of(compound), [&](std::uint32_t) { ++n; });
            if (n != 0) rows.push_back({graph.plain().names[disease], number(n)});
        }
        return rows;
    };
    queries["triangles_top"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& interacts = graph.out("INTERACTS_GiG");
        const Csr& regulates = graph.out("REGULATES_GrG");
        std::vector<std::uint64_t> counts(graph.nodes());
        for (std::uint32_t a = 0; a < graph.nodes(); ++a) {
            for (const std::uint32_t b : interacts.of(a)) {
                // A relationship matches once: a loop b-[:REGULATES]->b would use a->b twice.
                intersect(interacts.of(a), regulates.of(b),
                          [&](std::uint32_t c) { counts[a] += c != b ? 1 : 0; });
            }
        }
        return largest(counts, 10);
    };
    queries["diamonds"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& binds = graph.out("BINDS_CbG");
        const Csr& associated = graph.in("ASSOCIATES_DaG");
        std::vector<std::uint64_t> paths(graph.nodes());
        std::uint64_t n = 0;
        for (const std::uint32_t compound : graph.with_label("Compound")) {
            for (const std::uint32_t gene : binds.of(compound)) {
                for (const std::uint32_t disease : associated.of(gene)) n += paths[disease]++;
            }
            for (const std::uint32_t gene : binds.of(compound)) {
                for (const std::uint32_t disease : associated.of(gene)) paths[disease] = 0;
            }
        }
        return {{number(n)}};
    };
    queries["squares"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& resembles = graph.out("RESEMBLES_CrC");
        const std::vector<std::int64_t>& ranks = graph.plain().ranks;
        std::uint64_t n = 0;
        for (const std::uint32_t a : graph.with_label("Compound")) {
            const auto firsts = resembles.of(a);
            for (std::size_t i = 0; i < firsts.size(); ++i) {
                for (std::size_t j = i + 1; j < firsts.size(); ++j) {
                    const std::uint32_t b = firsts[i];
                    const std::uint32_t d = firsts[j];
                    if (b < d && ranks[b] > ranks[d])
                        intersect(resembles.of(b), resembles.of(d), [&](std::uint32_t) { ++n; });
                }
            }
        }
        return {{number(n)}};
    };
    queries["cliques_four"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& interacts = graph.out("INTERACTS_GiG");
        std::vector<std::uint32_t> both;
        std::uint64_t n = 0;
        for (std::uint32_t a = 0; a < graph.nodes(); ++a) {
            for (const std::uint32_t b : interacts.of(a)) {
                both.clear();
                intersect(interacts.of(a), interacts.of(b), [&](std::uint32_t c) { both.push_back(c); });
                for (const std::uint32_t c : both)
                    intersect(both, interacts.of(c), [&](std::uint32_t) { ++n; });
            }
        }
        return {{number(n)}};
    };
}

}  // namespace islet::benchmarks::floor
