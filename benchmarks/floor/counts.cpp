#include "graph.hpp"

namespace islet::benchmarks::floor {

void add_counts(Queries& queries) {
    queries["chain_two"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& expressed = graph.in("EXPRESSES_AeG");
        const Csr& participates = graph.out("PARTICIPATES_GpBP");
        std::uint64_t n = 0;
        for (const std::uint32_t gene : graph.with_label("Gene"))
            n += std::uint64_t{expressed.degree(gene)} * participates.degree(gene);
        return {{number(n)}};
    };
    queries["chain_four"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& bound_by = graph.in("BINDS_CbG");
        const Csr& causes = graph.out("CAUSES_CcSE");
        const Csr& expressed = graph.in("EXPRESSES_AeG");
        const Csr& located = graph.in("LOCALIZES_DlA");
        std::uint64_t n = 0;
        for (const std::uint32_t gene : graph.with_label("Gene")) {
            std::uint64_t left = 0;
            for (const std::uint32_t compound : bound_by.of(gene)) left += causes.degree(compound);
            if (left == 0) continue;
            std::uint64_t right = 0;
            for (const std::uint32_t anatomy : expressed.of(gene)) right += located.degree(anatomy);
            n += left * right;
        }
        return {{number(n)}};
    };
    queries["star_three"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& expressed = graph.in("EXPRESSES_AeG");
        const Csr& pathways = graph.out("PARTICIPATES_GpPW");
        const Csr& functions = graph.out("PARTICIPATES_GpMF");
        std::uint64_t n = 0;
        for (const std::uint32_t gene : graph.with_label("Gene"))
            n += std::uint64_t{expressed.degree(gene)} * pathways.degree(gene) * functions.degree(gene);
        return {{number(n)}};
    };
    queries["star_filtered"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& participates = graph.out("PARTICIPATES_GpBP");
        const Csr& interacts = graph.out("INTERACTS_GiG");
        std::uint64_t n = 0;
        for (const std::uint32_t gene : graph.with_label("Gene")) {
            std::uint64_t light = 0;
            for (std::uint32_t at = interacts.offsets[gene]; at < interacts.offsets[gene + 1]; ++at)
                light += graph.plain().weights[interacts.rels[at]] < 50 ? 1 : 0;
            if (light == 0) continue;
            std::uint64_t low = 0;
            for (const std::uint32_t process : participates.of(gene))
                low += graph.plain().ranks[process] < 500 ? 1 : 0;
            n += low * light;
        }
        return {{number(n)}};
    };
    queries["star_filtered_arms"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& presents = graph.out("PRESENTS_DpS");
        const Csr& located = graph.out("LOCALIZES_DlA");
        const Csr& associates = graph.out("ASSOCIATES_DaG");
        const std::vector<std::int64_t>& ranks = graph.plain().ranks;
        Rows rows;
        for (const std::uint32_t disease : graph.with_label("Disease")) {
            std::uint64_t symptoms = 0;
            for (const std::uint32_t symptom : presents.of(disease)) symptoms += ranks[symptom] < 500 ? 1 : 0;
            if (symptoms == 0) continue;
            std::uint64_t anatomies = 0;
            for (const std::uint32_t anatomy : located.of(disease))
                anatomies += ranks[anatomy] >= 250 ? 1 : 0;
            if (anatomies == 0) continue;
            std::uint64_t heavy = 0;
            for (std::uint32_t at = associates.offsets[disease]; at < associates.offsets[disease + 1]; ++at)
                heavy += graph.plain().weights[associates.rels[at]] >= 20 ? 1 : 0;
            if (heavy == 0) continue;
            rows.push_back(
                {number(disease), graph.plain().names[disease], number(symptoms * anatomies * heavy)});
        }
        return rows;
    };
    queries["degree_histogram"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& regulates = graph.out("REGULATES_GrG");
        std::vector<std::uint64_t> counts;
        for (const std::uint32_t gene : graph.with_label("Gene")) {
            const std::uint32_t degree = regulates.degree(gene);
            if (degree >= counts.size()) counts.resize(degree + 1);
            ++counts[degree];
        }
        Rows rows;
        for (std::size_t degree = 1; degree < counts.size(); ++degree) {
            if (counts[degree] != 0) rows.push_back({number(degree), number(counts[degree])});
        }
        return rows;
    };
    queries["group_by_disease"] = [](const Graph& graph, const Parameters&) -> Rows {
        const Csr& located = graph.out("LOCALIZES_DlA");
        const Csr& expresses = graph.out("EXPRESSES_AeG");
        Rows rows;
        for (const std::uint32_t disease : graph.with_label("Disease")) {
            std::uint64_t n = 0;
            for (const std::uint32_t anatomy : located.of(disease)) n += expresses.degree(anatomy);
            if (n != 0) rows.push_back({graph.plain().names[disease], number(n)});
        }
        return rows;
    };
}

}  // namespace islet::benchmarks::floor
