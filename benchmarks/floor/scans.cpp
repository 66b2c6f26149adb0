#include <algorithm>

#include "graph.hpp"

namespace islet::benchmarks::floor {
namespace {

template <typename Keep>
Rows count_genes(const Graph& graph, const Keep& keep) {
    std::uint64_t n = 0;
    for (const std::uint32_t gene : graph.with_label("Gene")) n += keep(gene) ? 1 : 0;
    return {{number(n)}};
}

}  // namespace

void add_scans(Queries& queries) {
    queries["count_label"] = [](const Graph& graph, const Parameters&) -> Rows {
        return {{number(graph.with_label("Gene").size())}};
    };
    queries["count_all_rels"] = [](const Graph& graph, const Parameters&) -> Rows {
        return {{number(graph.plain().rel_count())}};
    };
    queries["point_lookup_id"] = [](const Graph& graph, const Parameters& parameters) -> Rows {
        const std::uint32_t gene = node(parameters, "gene");
        return {{graph.plain().names[gene], graph.plain().ranks[gene]}};
    };
    queries["lookup_one_by_one"] = [](const Graph& graph, const Parameters& parameters) -> Rows {
        return {{graph.plain().names[node(parameters, "compound")], parameters.find("i")->second}};
    };
    queries["point_lookup_name"] = [](const Graph& graph, const Parameters& parameters) -> Rows {
        const std::string_view name = parameters.find("gene_name")->second.as_string();
        Rows rows;
        for (const std::uint32_t gene : graph.with_label("Gene")) {
            if (graph.plain().names[gene] == name) rows.push_back({number(gene), graph.plain().ranks[gene]});
        }
        return rows;
    };
    queries["unwind_keys"] = [](const Graph& graph, const Parameters& parameters) -> Rows {
        Rows rows;
        for (const Value& key : parameters.find("some_genes")->second.as_list())
            rows.push_back({key, graph.plain().names[static_cast<std::size_t>(key.as_int())]});
        return rows;
    };
    queries["unwind_keys_hop"] = [](const Graph& graph, const Parameters& parameters) -> Rows {
        const Csr& in_pathway = graph.out("PARTICIPATES_GpPW");
        Rows rows;
        for (const Value& key : parameters.find("some_genes")->second.as_list()) {
            const std::uint32_t n = in_pathway.degree(static_cast<std::uint32_t>(key.as_int()));
            if (n != 0) rows.push_back({key, number(n)});
        }
        return rows;
    };
    queries["filter_rank"] = [](const Graph& graph, const Parameters&) -> Rows {
        Rows rows;
        for (const std::uint32_t gene : graph.with_label("Gene")) {
            const std::int64_t rank = graph.plain().ranks[gene];
            if (rank >= 100 && rank < 105) rows.push_back({number(gene), rank});
        }
        return rows;
    };
    queries["string_contains"] = [](const Graph& graph, const Parameters&) -> Rows {
        return count_genes(graph, [&](std::uint32_t gene) {
            return graph.plain().names[gene].find("99") != std::string::npos;
        });
    };
    queries["anti_join"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& bound_by = graph.in("BINDS_CbG");
        const Csr& associated = graph.in("ASSOCIATES_DaG");
        return count_genes(graph, [&](std::uint32_t gene) {
            return bound_by.degree(gene) == 0 && associated.degree(gene) == 0;
        });
    };
    queries["edge_filter"] = [](const Graph& graph, const Parameters&) -> Rows {
        std::uint64_t n = 0;
        std::int64_t sum = 0;
        for (const std::uint32_t rel : graph.out("REGULATES_GrG").rels) {
            const std::int64_t weight = graph.plain().weights[rel];
            n += weight >= 90 ? 1 : 0;
            sum += weight >= 90 ? weight : 0;
        }
        return {{number(n), sum}};
    };
    queries["top_rank"] = [](const Graph& graph, const Parameters&) -> Rows {
        const std::vector<std::int64_t>& ranks = graph.plain().ranks;
        std::vector<std::uint32_t> best(10);
        const std::vector<std::uint32_t>& genes = graph.with_label("Gene");
        best.resize(std::min<std::size_t>(10, genes.size()));
        std::partial_sort_copy(genes.begin(), genes.end(), best.begin(), best.end(),
                               [&](std::uint32_t a, std::uint32_t b) {
                                   return ranks[a] != ranks[b] ? ranks[a] > ranks[b] : a < b;
                               });
        Rows rows;
        for (const std::uint32_t gene : best) rows.push_back({number(gene), ranks[gene]});
        return rows;
    };
}

}  // namespace islet::benchmarks::floor
