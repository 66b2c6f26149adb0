#include "shape.hpp"

#include <array>
#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <vector>

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

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers with every compiler and library.
class Random {
 public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

 private:
    std::uint64_t state_;
};

/// A position below `count`; low positions come often (density falls as the power -1/2).
std::uint32_t skewed(Random& random, std::uint32_t count) {
    const double u = random.unit();
    return static_cast<std::uint32_t>(u * u * count);
}

std::uint32_t scaled(std::uint32_t count, double scale) {
    return std::max(1U, static_cast<std::uint32_t>(std::lround(count * scale)));
}

}  // namespace

Snapshot hetionet_shape(double scale, std::uint64_t seed) {
    GraphBuilder builder;
    Random random(seed);
    std::map<std::string_view, std::pair<std::uint32_t, std::uint32_t>> range;  // first node, count
    std::uint32_t next = 0;
    const KeyId name = builder.key("name");
    const KeyId rank = builder.key("rank");
    for (const KindCount& kind : kinds) {
        const std::array labels = {builder.label(kind.label)};
        const std::uint32_t count = scaled(kind.nodes, scale);
        range[kind.label] = {next, count};
        for (std::uint32_t i = 0; i < count; ++i, ++next) {
            const NodeId node = builder.add_node(labels);
            builder.set_property(node, name, std::string(kind.label) + " " + std::to_string(i));
            builder.set_property(node, rank, static_cast<std::int64_t>(random.next() % 1000));
        }
    }
    const KeyId weight = builder.key("weight");
    for (const TypeCount& t : types) {
        const TypeId type = builder.type(t.type);
        const auto [from, from_count] = range[t.from];
        const auto [to, to_count] = range[t.to];
        const std::uint32_t count = scaled(t.relationships, scale);
        for (std::uint32_t i = 0; i < count; ++i) {
            // Hubs of one side are not the hubs of the other.
            const std::uint32_t source = from + skewed(random, from_count);
            const std::uint32_t target = to + (to_count - 1 - skewed(random, to_count));
            const std::size_t rel = builder.add_relationship(NodeId{source}, type, NodeId{target});
            builder.set_relationship_property(rel, weight, static_cast<std::int64_t>(random.next() % 100));
        }
    }
    return builder.finish();
}

}  // namespace islet::benchmarks
