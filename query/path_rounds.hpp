// The rounds that a path search may walk from a node: found once a node and kept
// for the row at hand, whichever way the search comes by again.
#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include "operator.hpp"

namespace islet::query {

/// One round of a segment: where it ends. Its relationships and the values of its variables are kept by
/// number.
struct Round {
    NodeId end;
    std::uint32_t index;
};

class PathRounds {
 public:
    static constexpr std::uint32_t none = UINT32_MAX;

    /// `wanted`, by slot: outer variables that somebody reads.
    PathRounds(RunContext& context, const PathSearchOp& op, const std::vector<bool>& wanted);

    /// Begins with a row; what was kept of the one before is forgotten. `excluded` are relationships that no
    /// round may take. REQUIRES: both stay until the next start().
    void start(const Batch& in, std::size_t row, std::span<const RelId> excluded);

    /// Finds the rounds of several nodes at once, where that is cheaper.
    void prepare(std::size_t segment, std::span<const NodeId> nodes);
    /// The rounds from a node. Valid until the next call that finds some.
    std::span<const Round> of(std::size_t segment, NodeId node);
    [[nodiscard]] bool knows(std::size_t segment, NodeId node) const {
        return parts_[segment].found.contains(node);
    }

    /// The relationships of a round, as walked.
    [[nodiscard]] std::span<const RelId> rels(std::size_t segment, std::uint32_t round) const {
        const Part& part = parts_[segment];
        if (part.segment->plain) return std::span(part.rels).subspan(round, 1);
        const std::size_t first = round == 0 ? 0 : part.ends[round - 1];
        return std::span(part.rels).subspan(first, part.ends[round] - first);
    }

    /// A variable that somebody reads.
    struct Wanted {
        PathSegment::Variable variable;
        enum class From : std::uint8_t { enter, rel, leave, plan } from;
    };
    [[nodiscard]] const std::vector<Wanted>& wanted(std::size_t segment) const {
        return parts_[segment].wanted;
    }
    [[nodiscard]] const Value& value(std::size_t segment, std::uint32_t round, std::size_t variable) const {
        const Part& part = parts_[segment];
        return part.values[round * part.wanted.size() + variable];
    }

 private:
    struct Kept {
        std::uint32_t first = 0;
        std::uint32_t count = 0;
    };
    struct Part {
        const PathSearchOp::Segment* segment = nullptr;
        std::vector<Wanted> wanted;
        std::unique_ptr<InnerPlan> plan;  ///< null: read from the store
        std::vector<Direction> ways;
        std::vector<TypeId> types;
        std::unordered_map<NodeId, Kept> found;
        std::vector<Round> rounds;
        std::vector<RelId> rels;
        std::vector<std::uint32_t>
            ends;  ///< by round, behind its last in `rels`; unless plain: there it has one
        std::vector<Value> values;
    };

    void read(Part& part, NodeId node);
    void run(Part& part, std::span<const NodeId> nodes);
    [[nodiscard]] bool excluded(RelId rel) const;
    bool add_rels(const Value& value, std::vector<RelId>& rels) const;

    RunContext& context_;
    bool reversed_;
    std::vector<Part> parts_;
    const Batch* in_ = nullptr;
    std::size_t row_ = 0;
    std::span<const RelId> excluded_;
};

}  // namespace islet::query
