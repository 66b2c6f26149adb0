#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_map>

#include "graph.hpp"

namespace islet::benchmarks::floor {
namespace {

/// The first `k` of many in an order.
template <typename Row, typename Before>
void keep_first(std::vector<Row>& rows, std::size_t k, const Before& before) {
    k = std::min(k, rows.size());
    std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(k), rows.end(), before);
    rows.resize(k);
}

struct Pair {
    std::uint32_t a, b;
    std::uint64_t n;
};

/// How often the two-step paths from each of `sources` end at each node.
template <typename Visit>
void two_steps(const Graph& graph, const std::vector<std::uint32_t>& sources, const Csr& first,
               const Csr& second, const Visit& visit) {
    std::vector<std::uint64_t> counts(graph.nodes());
    std::vector<std::uint32_t> touched;
    for (const std::uint32_t source : sources) {
        for (const std::uint32_t middle : first.of(source)) {
            for (const std::uint32_t end : second.of(middle)) {
                if (counts[end]++ == 0) touched.push_back(end);
            }
        }
        for (const std::uint32_t end : touched) {
            visit(source, end, counts[end]);
            counts[end] = 0;
        }
        touched.clear();
    }
}

std::uint64_t distinct_ends(const Graph& graph, const std::vector<std::uint32_t>& sources, const Csr& first,
                            const Csr& second) {
    std::vector<std::uint32_t> seen(graph.nodes(), ~0U);
    std::uint64_t n = 0;
    for (const std::uint32_t source : sources) {
        for (const std::uint32_t middle : first.of(source)) {
            for (const std::uint32_t end : second.of(middle)) {
                n += seen[end] != source ? 1 : 0;
                seen[end] = source;
            }
        }
    }
    return n;
}

void add_metapaths(Queries& queries) {
    queries["metapath_top20"] = [](const Graph& graph, const Parameters&) -> Rows {
        const std::vector<std::string>& names = graph.plain().names;
        std::vector<Pair> pairs;
        two_steps(graph, graph.with_label("Compound"), graph.out("BINDS_CbG"), graph.in("ASSOCIATES_DaG"),
                  [&](std::uint32_t a, std::uint32_t b, std::uint64_t n) {
                      pairs.push_back({a, b, n});
                  });
        keep_first(pairs, 20, [&](const Pair& x, const Pair& y) {
            if (x.n != y.n) return x.n > y.n;
            return std::tie(names[x.a], names[x.b]) < std::tie(names[y.a], names[y.b]);
        });
        Rows rows;
        for (const Pair& pair : pairs) rows.push_back({names[pair.a], names[pair.b], number(pair.n)});
        return rows;
    };
    queries["metapath_four"] = [](const Graph& graph, const Parameters& parameters) -> Rows {
        const Csr& pathways = graph.out("PARTICIPATES_GpPW");
        const Csr& members = graph.in("PARTICIPATES_GpPW");
        const Csr& associated = graph.in("ASSOCIATES_DaG");
        std::vector<std::uint64_t> through(graph.nodes());
        for (const std::uint32_t gene : graph.out("BINDS_CbG").of(node(parameters, "compound"))) {
            for (const std::uint32_t pathway : pathways.of(gene)) {
                for (const std::uint32_t other : members.of(pathway)) through[other] += other != gene ? 1 : 0;
            }
        }
        std::vector<std::uint64_t> counts(graph.nodes());
        for (const std::uint32_t gene : graph.with_label("Gene")) {
            if (through[gene] == 0) continue;
            for (const std::uint32_t disease : associated.of(gene)) counts[disease] += through[gene];
        }
        std::vector<Pair> pairs;
        for (const std::uint32_t disease : graph.with_label("Disease")) {
            if (counts[disease] != 0) pairs.push_back({disease, 0, counts[disease]});
        }
        keep_first(pairs, 10,
                   [](const Pair& x, const Pair& y) { return x.n != y.n ? x.n > y.n : x.a < y.a; });
        Rows rows;
        for (const Pair& pair : pairs) rows.push_back({number(pair.a), number(pair.n)});
        return rows;
    };
    queries["metapath_all_four"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& treats = graph.out("TREATS_CtD");
        const Csr& associates = graph.out("ASSOCIATES_DaG");
        const Csr& pathways = graph.out("PARTICIPATES_GpPW");
        // The paths from a disease on are the same for all of its compounds.
        std::unordered_map<std::uint32_t, std::vector<Pair>> of_disease;
        two_steps(graph, graph.with_label("Disease"), associates, pathways,
                  [&](std::uint32_t a, std::uint32_t b, std::uint64_t n) {
                      of_disease[a].push_back({a, b, n});
                  });
        std::vector<Pair> pairs;
        std::vector<std::uint64_t> counts(graph.nodes());
        std::vector<std::uint32_t> touched;
        for (const std::uint32_t compound : graph.with_label("Compound")) {
            for (const std::uint32_t disease : treats.of(compound)) {
                for (const Pair& pair : of_disease[disease]) {
                    if (counts[pair.b] == 0) touched.push_back(pair.b);
                    counts[pair.b] += pair.n;
                }
            }
            for (const std::uint32_t pathway : touched) {
                pairs.push_back({compound, pathway, counts[pathway]});
                counts[pathway] = 0;
            }
            touched.clear();
        }
        keep_first(pairs, 25, [](const Pair& x, const Pair& y) {
            return x.n != y.n ? x.n > y.n : std::tie(x.a, x.b) < std::tie(y.a, y.b);
        });
        Rows rows;
        for (const Pair& pair : pairs) rows.push_back({number(pair.a), number(pair.b), number(pair.n)});
        return rows;
    };
    queries["group_two_nodes"] = [](const Graph& graph, const Parameters&) -> Rows {
        const std::vector<std::string>& names = graph.plain().names;
        std::vector<Pair> pairs;
        two_steps(graph, graph.with_label("PharmacologicClass"), graph.out("INCLUDES_PCiC"),
                  graph.out("CAUSES_CcSE"), [&](std::uint32_t a, std::uint32_t b, std::uint64_t n) {
                      if (n >= 3) pairs.push_back({a, b, n});
                  });
        keep_first(pairs, 100, [](const Pair& x, const Pair& y) {
            return x.n != y.n ? x.n > y.n : std::tie(x.a, x.b) < std::tie(y.a, y.b);
        });
        Rows rows;
        for (const Pair& pair : pairs)
            rows.push_back({number(pair.a), names[pair.a], number(pair.b), names[pair.b], number(pair.n)});
        return rows;
    };
    queries["distinct_pairs"] = [](const Graph& graph, const Parameters&) -> Rows {
        return {{number(distinct_ends(graph, graph.with_label("Anatomy"), graph.out("EXPRESSES_AeG"),
                                      graph.out("PARTICIPATES_GpPW")))}};
    };
    queries["distinct_pairs_small"] = [](const Graph& graph, const Parameters&) -> Rows {
        return {{number(distinct_ends(graph, graph.with_label("Compound"), graph.out("BINDS_CbG"),
                                      graph.out("PARTICIPATES_GpPW")))}};
    };
    queries["count_distinct"] = [](const Graph& graph, const Parameters&) -> Rows {
        Rows rows;
        std::uint32_t last = ~0U;
        std::uint64_t n = 0;
        const auto flush = [&] {
            if (last != ~0U) rows.push_back({number(last), number(n)});
        };
        two_steps(graph, graph.with_label("Disease"), graph.out("LOCALIZES_DlA"), graph.out("EXPRESSES_AeG"),
                  [&](std::uint32_t disease, std::uint32_t, std::uint64_t) {
                      if (disease != last) flush(), last = disease, n = 0;
                      ++n;
                  });
        flush();
        return rows;
    };
    queries["edge_compare"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& bound_by = graph.in("BINDS_CbG");
        const Csr& associates = graph.out("ASSOCIATES_DaG");
        const std::vector<std::int64_t>& weights = graph.plain().weights;
        Rows rows;
        for (const std::uint32_t disease : graph.with_label("Disease")) {
            std::uint64_t n = 0;
            std::int64_t sum = 0;
            for (std::uint32_t at = associates.offsets[disease]; at < associates.offsets[disease + 1]; ++at) {
                const std::uint32_t gene = associates.neighbours[at];
                const std::int64_t s = weights[associates.rels[at]];
                for (std::uint32_t b = bound_by.offsets[gene]; b < bound_by.offsets[gene + 1]; ++b) {
                    const std::int64_t r = weights[bound_by.rels[b]];
                    if (r < s) ++n, sum += s - r;
                }
            }
            if (n != 0) rows.push_back({number(disease), number(n), sum});
        }
        return rows;
    };
}

void add_groupings(Queries& queries) {
    queries["top_degree"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& out = graph.out("INTERACTS_GiG");
        const Csr& in = graph.in("INTERACTS_GiG");
        const std::vector<std::string>& names = graph.plain().names;
        std::vector<Pair> genes;
        for (const std::uint32_t gene : graph.with_label("Gene")) {
            const std::uint64_t n = out.degree(gene) + in.degree(gene);
            if (n != 0) genes.push_back({gene, 0, n});
        }
        keep_first(genes, 10, [&](const Pair& x, const Pair& y) {
            return x.n != y.n ? x.n > y.n : names[x.a] < names[y.a];
        });
        Rows rows;
        for (const Pair& gene : genes) rows.push_back({names[gene.a], number(gene.n)});
        return rows;
    };
    queries["sort_all"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& causes = graph.out("CAUSES_CcSE");
        struct Edge {
            std::int64_t weight;
            std::uint32_t source, target;
        };
        std::vector<Edge> edges;
        edges.reserve(causes.rels.size());
        for (const std::uint32_t compound : graph.with_label("Compound")) {
            for (std::uint32_t at = causes.offsets[compound]; at < causes.offsets[compound + 1]; ++at)
                edges.push_back({graph.plain().weights[causes.rels[at]], compound, causes.neighbours[at]});
        }
        keep_first(edges, 1010, [](const Edge& x, const Edge& y) {
            return x.weight != y.weight ? x.weight > y.weight
                                        : std::tie(x.source, x.target) < std::tie(y.source, y.target);
        });
        Rows rows;
        for (std::size_t i = 1000; i < edges.size(); ++i)
            rows.push_back({number(edges[i].source), number(edges[i].target), edges[i].weight});
        return rows;
    };
    queries["group_property"] = [](const Graph& graph, const Parameters&) -> Rows {
        struct Group {
            std::uint64_t n = 0;
            std::uint32_t first = 0;
        };
        const std::vector<std::string>& names = graph.plain().names;
        std::unordered_map<std::int64_t, Group> groups;
        for (const std::uint32_t gene : graph.with_label("Gene")) {
            Group& group = groups[graph.plain().ranks[gene]];
            if (group.n++ == 0 || names[gene] < names[group.first]) group.first = gene;
        }
        Rows rows;
        for (const auto& [rank, group] : groups) rows.push_back({rank, number(group.n), names[group.first]});
        return rows;
    };
    queries["group_sum"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& caused_by = graph.in("CAUSES_CcSE");
        const std::vector<std::string>& names = graph.plain().names;
        struct Group {
            std::uint32_t effect;
            std::int64_t sum;
        };
        std::vector<Group> groups;
        for (const std::uint32_t effect : graph.with_label("SideEffect")) {
            std::int64_t sum = 0;
            for (std::uint32_t at = caused_by.offsets[effect]; at < caused_by.offsets[effect + 1]; ++at)
                sum += graph.plain().weights[caused_by.rels[at]];
            if (caused_by.degree(effect) != 0) groups.push_back({effect, sum});
        }
        keep_first(groups, 10, [&](const Group& x, const Group& y) {
            return x.sum != y.sum ? x.sum > y.sum : names[x.effect] < names[y.effect];
        });
        Rows rows;
        for (const Group& group : groups) {
            rows.push_back({names[group.effect], group.sum,
                            static_cast<double>(group.sum) / caused_by.degree(group.effect)});
        }
        return rows;
    };
    queries["group_two_keys"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& associates = graph.out("ASSOCIATES_DaG");
        struct Group {
            std::uint64_t n = 0;
            std::int64_t heaviest = 0;
        };
        std::unordered_map<std::int64_t, Group> groups;
        for (const std::uint32_t disease : graph.with_label("Disease")) {
            for (std::uint32_t at = associates.offsets[disease]; at < associates.offsets[disease + 1]; ++at) {
                const std::int64_t key = graph.plain().ranks[disease] * 1000 +
                                         graph.plain().ranks[associates.neighbours[at]] / 100;
                const std::int64_t weight = graph.plain().weights[associates.rels[at]];
                Group& group = groups[key];
                group.heaviest = group.n++ == 0 ? weight : std::max(group.heaviest, weight);
            }
        }
        Rows rows;
        for (const auto& [key, group] : groups)
            rows.push_back({key / 1000, key % 1000, number(group.n), group.heaviest});
        return rows;
    };
    queries["group_case"] = [](const Graph& graph, const Parameters&) -> Rows {
        struct Band {
            const char* name;
            std::uint64_t n = 0;
            std::int64_t sum = 0;
        };
        const Csr& interacts = graph.out("INTERACTS_GiG");
        std::array<Band, 3> bands = {{{"low"}, {"mid"}, {"high"}}};
        for (std::size_t at = 0; at < interacts.rels.size(); ++at) {
            const std::int64_t weight = graph.plain().weights[interacts.rels[at]];
            Band& band = bands[weight < 10 ? 0 : weight < 60 ? 1 : 2];
            ++band.n;
            band.sum += graph.plain().ranks[interacts.neighbours[at]];
        }
        Rows rows;
        for (const Band& band : bands) {
            if (band.n != 0) rows.push_back({std::string(band.name), number(band.n), band.sum});
        }
        return rows;
    };
    queries["distinct_values"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& participants = graph.in("PARTICIPATES_GpBP");
        const std::vector<std::int64_t>& ranks = graph.plain().ranks;
        const std::int64_t greatest = *std::max_element(ranks.begin(), ranks.end());
        std::vector<std::uint32_t> seen(static_cast<std::size_t>(greatest) + 1, ~0U);
        Rows rows;
        for (const std::uint32_t process : graph.with_label("BiologicalProcess")) {
            std::uint64_t n = 0;
            for (const std::uint32_t gene : participants.of(process)) {
                std::uint32_t& last = seen[static_cast<std::size_t>(ranks[gene])];
                n += last != process ? 1 : 0;
                last = process;
            }
            if (n != 0) rows.push_back({number(process), number(n)});
        }
        return rows;
    };
    queries["first_three_each"] = [](const Graph& graph, const Parameters&) -> Rows {
        struct Heavy {
            std::int64_t weight;
            std::uint32_t gene;
        };
        const Csr& regulates = graph.out("UPREGULATES_AuG");
        Rows rows;
        std::vector<Heavy> genes;
        for (const std::uint32_t anatomy : graph.with_label("Anatomy")) {
            if (regulates.degree(anatomy) < 3) continue;
            genes.clear();
            for (std::uint32_t at = regulates.offsets[anatomy]; at < regulates.offsets[anatomy + 1]; ++at)
                genes.push_back({graph.plain().weights[regulates.rels[at]], regulates.neighbours[at]});
            keep_first(genes, 3, [](const Heavy& x, const Heavy& y) {
                return x.weight != y.weight ? x.weight > y.weight : x.gene < y.gene;
            });
            for (const Heavy& one : genes) rows.push_back({number(anatomy), number(one.gene)});
        }
        return rows;
    };
    queries["collect_lists"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& associates = graph.out("ASSOCIATES_DaG");
        Rows rows;
        std::vector<std::string_view> names;
        for (const std::uint32_t disease : graph.with_label("Disease")) {
            names.clear();
            for (const std::uint32_t gene : associates.of(disease))
                names.push_back(graph.plain().names[gene]);
            if (!names.empty()) rows.push_back({number(disease), number(names.size())});
        }
        return rows;
    };
    queries["string_prefix"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& participates = graph.out("PARTICIPATES_GpBP");
        std::vector<std::uint64_t> counts(graph.nodes());
        for (const std::uint32_t gene : graph.with_label("Gene")) {
            if (!graph.plain().names[gene].starts_with("Gene 12")) continue;
            for (const std::uint32_t process : participates.of(gene)) ++counts[process];
        }
        Rows rows;
        for (const std::uint32_t process : graph.with_label("BiologicalProcess")) {
            if (counts[process] != 0) rows.push_back({number(process), number(counts[process])});
        }
        return rows;
    };
    queries["with_hubs"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& bound_by = graph.in("BINDS_CbG");
        const Csr& causes = graph.out("CAUSES_CcSE");
        const std::vector<std::string>& names = graph.plain().names;
        std::vector<Pair> hubs;
        for (const std::uint32_t gene : graph.with_label("Gene")) {
            if (bound_by.degree(gene) != 0) hubs.push_back({gene, 0, bound_by.degree(gene)});
        }
        keep_first(hubs, 20, [](const Pair& x, const Pair& y) { return x.n != y.n ? x.n > y.n : x.a < y.a; });
        std::vector<bool> compound(graph.nodes());
        std::vector<std::uint64_t> counts(graph.nodes());
        for (const Pair& hub : hubs) {
            for (const std::uint32_t c : bound_by.of(hub.a)) {
                if (compound[c]) continue;
                compound[c] = true;
                for (const std::uint32_t effect : causes.of(c)) ++counts[effect];
            }
        }
        std::vector<Pair> effects;
        for (const std::uint32_t effect : graph.with_label("SideEffect")) {
            if (counts[effect] != 0) effects.push_back({effect, 0, counts[effect]});
        }
        keep_first(effects, 10, [&](const Pair& x, const Pair& y) {
            return x.n != y.n ? x.n > y.n : names[x.a] < names[y.a];
        });
        Rows rows;
        for (const Pair& effect : effects) rows.push_back({names[effect.a], number(effect.n)});
        return rows;
    };
    queries["with_having"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& members = graph.in("PARTICIPATES_GpPW");
        const Csr& associated = graph.in("ASSOCIATES_DaG");
        std::vector<std::uint32_t> seen(graph.nodes(), ~0U);
        Rows rows;
        for (const std::uint32_t pathway : graph.with_label("Pathway")) {
            if (members.degree(pathway) <= 50) continue;
            std::uint64_t diseases = 0;
            for (const std::uint32_t gene : members.of(pathway)) {
                for (const std::uint32_t disease : associated.of(gene)) {
                    diseases += seen[disease] != pathway ? 1 : 0;
                    seen[disease] = pathway;
                }
            }
            if (diseases != 0)
                rows.push_back({number(pathway), number(members.degree(pathway)), number(diseases)});
        }
        return rows;
    };
}

}  // namespace

void add_groups(Queries& queries) {
    add_metapaths(queries);
    add_groupings(queries);
}

}  // namespace islet::benchmarks::floor
