#include "shape.hpp"

#include <array>
#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "random.hpp"

namespace islet::benchmarks {
namespace {

struct KindCount {
    std::string_view label;
    std::uint32_t nodes;
};
constexpr std::array<KindCount, 11> kinds = {{{"Gene", 20945},
                                              {"BiologicalProcess", 11381},
                                              {"SideEffect", 5734},
                                              {"MolecularFunction", 2884},
                                              {"Pathway", 1822},
                                              {"Compound", 1552},
                                              {"CellularComponent", 1391},
                                              {"Symptom", 438},
                                              {"Anatomy", 402},
                                              {"PharmacologicClass", 345},
                                              {"Disease", 137}}};

struct TypeCount {
    std::string_view type, from, to;
    std::uint32_t relationships;
};
constexpr std::array<TypeCount, 24> types = {{{"PARTICIPATES_GpBP", "Gene", "BiologicalProcess", 559504},
                                              {"EXPRESSES_AeG", "Anatomy", "Gene", 526407},
                                              {"REGULATES_GrG", "Gene", "Gene", 265672},
                                              {"INTERACTS_GiG", "Gene", "Gene", 147164},
                                              {"CAUSES_CcSE", "Compound", "SideEffect", 138944},
                                              {"DOWNREGULATES_AdG", "Anatomy", "Gene", 102240},
                                              {"UPREGULATES_AuG", "Anatomy", "Gene", 97848},
                                              {"PARTICIPATES_GpMF", "Gene", "MolecularFunction", 97222},
                                              {"PARTICIPATES_GpPW", "Gene", "Pathway", 84372},
                                              {"PARTICIPATES_GpCC", "Gene", "CellularComponent", 73566},
                                              {"COVARIES_GcG", "Gene", "Gene", 61690},
                                              {"DOWNREGULATES_CdG", "Compound", "Gene", 21102},
                                              {"UPREGULATES_CuG", "Compound", "Gene", 18756},
                                              {"ASSOCIATES_DaG", "Disease", "Gene", 12623},
                                              {"BINDS_CbG", "Compound", "Gene", 11571},
                                              {"UPREGULATES_DuG", "Disease", "Gene", 7731},
                                              {"DOWNREGULATES_DdG", "Disease", "Gene", 7623},
                                              {"RESEMBLES_CrC", "Compound", "Compound", 6486},
                                              {"LOCALIZES_DlA", "Disease", "Anatomy", 3602},
                                              {"PRESENTS_DpS", "Disease", "Symptom", 3357},
                                              {"INCLUDES_PCiC", "PharmacologicClass", "Compound", 1029},
                                              {"TREATS_CtD", "Compound", "Disease", 755},
                                              {"RESEMBLES_DrD", "Disease", "Disease", 543},
                                              {"PALLIATES_CpD", "Compound", "Disease", 390}}};

/// Draws until a pair is new and no loop, as in the real graph; gives up where the pairs run out.
class FreshPairs {
 public:
    template <typename Draw>
    bool next(const Draw& draw, std::uint32_t& source, std::uint32_t& target) {
        for (int attempt = 0; attempt < 1000; ++attempt) {
            std::tie(source, target) = draw();
            if (source != target && seen_.insert((std::uint64_t{source} << 32) | target).second) return true;
        }
        return false;
    }

 private:
    std::unordered_set<std::uint64_t> seen_;
};

}  // namespace

PlainGraph hetionet_shape(double scale, std::uint64_t seed) {
    PlainGraph graph;
    Random random(seed);
    std::map<std::string_view, std::pair<std::uint32_t, std::uint32_t>> range;  // first node, count
    for (const KindCount& kind : kinds) {
        const std::uint8_t label = graph.label_set(kind.label);
        const std::uint32_t count = scaled(kind.nodes, scale);
        range[kind.label] = {static_cast<std::uint32_t>(graph.node_count()), count};
        for (std::uint32_t i = 0; i < count; ++i) {
            graph.add_node(label, std::string(kind.label) + " " + std::to_string(i),
                           static_cast<std::int64_t>(random.below(1000)));
        }
    }
    for (const TypeCount& t : types) {
        const std::uint8_t type = graph.type(t.type);
        const auto [from, from_count] = range[t.from];
        const auto [to, to_count] = range[t.to];
        const std::uint32_t count = scaled(t.relationships, scale);
        FreshPairs pairs;
        const auto draw = [&, from = from, from_count = from_count, to = to, to_count = to_count] {
            // Hubs of one side are not the hubs of the other.
            const std::uint32_t source = from + random.skewed(from_count);
            return std::pair(source, to + (to_count - 1 - random.skewed(to_count)));
        };
        for (std::uint32_t i = 0, source = 0, target = 0; i < count && pairs.next(draw, source, target);
             ++i) {
            graph.add_rel(type, source, target, static_cast<std::int64_t>(random.below(100)));
        }
    }
    return graph;
}

}  // namespace islet::benchmarks
