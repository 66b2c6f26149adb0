// How many rows to expect: from counts per label and per relationship type, and
// rules of thumb for conditions. Only the order of work depends on it.
#pragma once

#include <string>
#include <vector>

#include "bound.hpp"

namespace islet::query {

class Cardinality {
 public:
    explicit Cardinality(const Snapshot& snapshot) : snapshot_(snapshot) {}

    /// Nodes that satisfy a label expression.
    [[nodiscard]] double nodes(const ast::LabelExpr& labels) const;
    /// Relationships of any of the types (all, where empty) that leave or enter one node with the
    /// given labels, on average.
    [[nodiscard]] double degree(const ast::LabelExpr& labels, const std::vector<std::string>& types,
                                PatternRel::Pointing pointing) const;
    /// The share of all nodes that satisfy a label expression.
    [[nodiscard]] double label_share(const ast::LabelExpr& labels) const;
    /// The share of far ends of such relationships that have a label; the label's share where unknown.
    [[nodiscard]] double far_share(const ast::LabelExpr& labels, const std::vector<std::string>& types,
                                   PatternRel::Pointing pointing) const;
    /// The share of rows that a condition keeps.
    [[nodiscard]] double selectivity(const ExprPool& pool, ExprId predicate) const;
    [[nodiscard]] const Snapshot& snapshot() const noexcept { return snapshot_; }

 private:
    [[nodiscard]] double all_nodes() const;
    const Snapshot& snapshot_;
};

/// The only name of a label expression of one plain name; nullptr for any other.
const std::string* single_label(const ast::LabelExpr& labels);
/// Names that every match must have (the conjunction's plain names).
std::vector<std::string> required_labels(const ast::LabelExpr& labels);

}  // namespace islet::query
