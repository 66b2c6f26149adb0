// What the two searches for paths of several parts share: rows in, found paths out.
#pragma once

#include <span>
#include <vector>

#include "path_rounds.hpp"

namespace islet::query {

class PathSearchOperator : public Operator {
 public:
    PathSearchOperator(RunContext& context, const PlanNode& node, Input input);

    bool next(Batch& out) override;
    void reset() override;

 protected:
    /// A round on the way, in the order walked.
    struct Taken {
        std::uint32_t segment;
        std::uint32_t round;
    };

    [[nodiscard]] virtual bool searching() const = 0;
    virtual void search(NodeId from) = 0;  ///< begins at a node
    virtual void advance() = 0;            ///< does some work
    virtual void stop() = 0;

    [[nodiscard]] bool has_target() const { return op_.into; }
    [[nodiscard]] NodeId target() const { return *target_; }
    /// Whether a path may end at the node.
    [[nodiscard]] bool ends_at(NodeId node) const;
    /// Gives a path out as a row, if what it must fulfil is true; whether it is.
    bool emit(std::span<const Taken> way, NodeId end);

    const PathSearchOp& op_;
    PathRounds rounds_;

 private:
    /// Columns of rows under construction.
    struct Found {
        std::vector<std::uint32_t> parents, nodes;
        std::vector<Value> rels;
        std::vector<std::vector<Value>> variables;  ///< as in outer_

        [[nodiscard]] std::size_t rows() const { return parents.size(); }
    };

    void begin_row();
    [[nodiscard]] Value list_of_rels(std::span<const Taken> way) const;
    void add(Found& found, std::span<const Taken> way, NodeId end) const;
    [[nodiscard]] Batch batch(Found found) const;
    [[nodiscard]] bool accepted(std::span<const Taken> way, NodeId end);
    [[nodiscard]] bool takes_excluded(std::span<const Taken> way) const;

    /// Outer slots that somebody reads, and where each comes from.
    struct Outer {
        SlotId slot;
        std::uint32_t segment;
        std::uint32_t variable;  ///< in PathRounds::wanted
        bool list;
    };
    std::vector<Outer> outer_;
    bool keep_rels_ = false;
    Batch in_;
    std::vector<SlotId> carried_;
    std::size_t row_ = 0;      ///< the next input row
    std::size_t current_ = 0;  ///< the one that is searched
    std::optional<NodeId> target_;
    std::vector<RelId> excluded_;
    Found found_;
};

/// The selected paths of each pair of ends (operators_shortest.cpp).
Input make_selected_paths(RunContext& context, const PlanNode& node, Input input);

}  // namespace islet::query
