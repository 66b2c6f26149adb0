#include <algorithm>
#include <unordered_map>

#include "graph.hpp"

namespace islet::benchmarks::floor {
namespace {

Rows counted(const std::unordered_map<std::uint32_t, std::uint64_t>& counts) {
    Rows rows;
    for (const auto& [node, n] : counts) rows.push_back({number(node), number(n)});
    return rows;
}

}  // namespace

void add_hops(Queries& queries) {
    queries["one_hop"] = [](const Graph& graph, const Parameters& parameters) -> Rows {
        Rows rows;
        for (const std::uint32_t gene : graph.out("BINDS_CbG").of(node(parameters, "compound")))
            rows.push_back({number(gene), graph.plain().names[gene]});
        return rows;
    };
    queries["one_hop_filter"] = [](const Graph& graph, const Parameters& parameters) -> Rows {
        const Csr& causes = graph.out("CAUSES_CcSE");
        const std::uint32_t compound = node(parameters, "compound");
        Rows rows;
        for (std::uint32_t at = causes.offsets[compound]; at < causes.offsets[compound + 1]; ++at) {
            const std::int64_t weight = graph.plain().weights[causes.rels[at]];
            const std::uint32_t effect = causes.neighbours[at];
            if (weight > 50 && graph.plain().ranks[effect] < 300) rows.push_back({number(effect), weight});
        }
        return rows;
    };
    queries["two_hop_key"] = [](const Graph& graph, const Parameters& parameters) -> Rows {
        const Csr& bound_by = graph.in("BINDS_CbG");
        std::unordered_map<std::uint32_t, std::uint64_t> counts;
        for (const std::uint32_t gene : graph.out("ASSOCIATES_DaG").of(node(parameters, "disease"))) {
            for (const std::uint32_t compound : bound_by.of(gene)) ++counts[compound];
        }
        return counted(counts);
    };
    queries["common_neighbours"] = [](const Graph& graph, const Parameters& parameters) -> Rows {
        const Csr& out = graph.out("INTERACTS_GiG");
        const Csr& in = graph.in("INTERACTS_GiG");
        const std::uint32_t a = node(parameters, "gene");
        const std::uint32_t b = node(parameters, "other_gene");
        std::unordered_map<std::uint32_t, std::uint64_t> counts;
        for (const Csr* first : {&out, &in}) {
            for (const Csr* second : {&out, &in})
                intersect(first->of(a), second->of(b), [&](std::uint32_t x) { ++counts[x]; });
        }
        return counted(counts);
    };
    queries["any_type_key"] = [](const Graph& graph, const Parameters& parameters) -> Rows {
        const std::uint32_t gene = node(parameters, "gene");
        Rows rows;
        for (std::size_t t = 0; t < graph.plain().types.size(); ++t) {
            const std::uint32_t n = graph.all_out()[t].degree(gene) + graph.all_in()[t].degree(gene);
            if (n != 0) rows.push_back({graph.plain().types[t], number(n)});
        }
        return rows;
    };
    queries["any_type_all"] = [](const Graph& graph, const Parameters&) -> Rows {
        Rows rows;
        std::vector<std::uint32_t> seen(graph.nodes(), ~0U);
        for (std::uint32_t t = 0; t < graph.plain().types.size(); ++t) {
            std::uint64_t n = 0;
            for (const std::uint32_t compound : graph.with_label("Compound")) {
                for (const std::uint32_t target : graph.all_out()[t].of(compound)) {
                    n += seen[target] != t ? 1 : 0;
                    seen[target] = t;
                }
            }
            if (n != 0) rows.push_back({graph.plain().types[t], number(n)});
        }
        return rows;
    };
    queries["return_rows"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& binds = graph.out("BINDS_CbG");
        Rows rows;
        rows.reserve(binds.rels.size());
        for (const std::uint32_t compound : graph.with_label("Compound")) {
            for (std::uint32_t at = binds.offsets[compound]; at < binds.offsets[compound + 1]; ++at) {
                rows.push_back(
                    {number(compound), number(binds.neighbours[at]), graph.plain().weights[binds.rels[at]]});
            }
        }
        return rows;
    };
    queries["optional_count"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& treats = graph.out("TREATS_CtD");
        std::uint64_t compounds = 0;
        std::uint64_t treated = 0;
        for (const std::uint32_t compound : graph.with_label("Compound")) {
            compounds += std::max(1U, treats.degree(compound));
            treated += treats.degree(compound);
        }
        return {{number(compounds), number(treated)}};
    };
    queries["optional_group"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& presented_by = graph.in("PRESENTS_DpS");
        const Csr& associates = graph.out("ASSOCIATES_DaG");
        std::vector<std::uint32_t> seen(graph.nodes(), ~0U);
        Rows rows;
        for (const std::uint32_t symptom : graph.with_label("Symptom")) {
            std::uint64_t genes = 0;
            for (const std::uint32_t disease : presented_by.of(symptom)) {
                for (const std::uint32_t gene : associates.of(disease)) {
                    genes += seen[gene] != symptom ? 1 : 0;
                    seen[gene] = symptom;
                }
            }
            rows.push_back({number(symptom), number(genes)});
        }
        return rows;
    };
    queries["anti_join_pairs"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& binds = graph.out("BINDS_CbG");
        const Csr& associated = graph.in("ASSOCIATES_DaG");
        const Csr& treats = graph.out("TREATS_CtD");
        std::vector<std::uint32_t> treated(graph.nodes(), ~0U);
        std::uint64_t n = 0;
        for (const std::uint32_t compound : graph.with_label("Compound")) {
            for (const std::uint32_t disease : treats.of(compound)) treated[disease] = compound;
            for (const std::uint32_t gene : binds.of(compound)) {
                for (const std::uint32_t disease : associated.of(gene))
                    n += treated[disease] != compound ? 1 : 0;
            }
        }
        return {{number(n)}};
    };
    queries["exists_filter"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& binds = graph.out("BINDS_CbG");
        const Csr& associated = graph.in("ASSOCIATES_DaG");
        const auto low = [&](std::uint32_t disease) { return graph.plain().ranks[disease] < 100; };
        std::uint64_t n = 0;
        for (const std::uint32_t compound : graph.with_label("Compound")) {
            const auto genes = binds.of(compound);
            n += std::any_of(genes.begin(), genes.end(),
                             [&](std::uint32_t gene) {
                                 const auto diseases = associated.of(gene);
                                 return std::any_of(diseases.begin(), diseases.end(), low);
                             })
                     ? 1
                     : 0;
        }
        return {{number(n)}};
    };
}

}  // namespace islet::benchmarks::floor
