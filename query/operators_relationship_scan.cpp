// All relationships of some types, as they lie in the store.

#include <algorithm>
#include <numeric>

#include "expand_parts.hpp"
#include "operator.hpp"

namespace islet::query {
namespace {

class RelationshipScanOperator final : public Operator {
 public:
    RelationshipScanOperator(RunContext& context, const PlanNode& node, Input input)
        : Operator(context, node, make_expand(context, node, std::move(input))),
          op_(std::get<ExpandOp>(node.op)),
          from_label_(std::get<NodeScanOp>(context.plan[node.input].op).label) {
        for (const SlotId slot : node.live) {
            keep_rel_ = keep_rel_ || slot == op_.rel;
            keep_to_ = keep_to_ || slot == op_.to;
        }
    }

    bool next(Batch& out) override {
        if (!begun_) begin();
        if (expanding_) return input_->next(out);
        context_.check();
        while (piece_ < pieces_.size() && position_ == pieces_[piece_].size()) ++piece_, position_ = 0;
        if (piece_ == pieces_.size()) return false;
        const Adjacent& all = pieces_[piece_];
        out = empty_batch();
        out.rows = std::min(batch_rows, all.size() - position_);
        if (keep_rel_) {
            std::vector<std::uint32_t> rels(out.rows);
            std::iota(rels.begin(), rels.end(), static_cast<std::uint32_t>(all.rel(position_)));
            out[op_.rel] = Column::rels(std::move(rels));
        }
        if (keep_to_) {
            std::vector<std::uint32_t> nodes(out.rows);
            std::transform(all.nodes.begin() + static_cast<std::ptrdiff_t>(position_),
                           all.nodes.begin() + static_cast<std::ptrdiff_t>(position_ + out.rows),
                           nodes.begin(), [](NodeId node) { return static_cast<std::uint32_t>(node); });
            out[op_.to] = Column::nodes(std::move(nodes));
        }
        position_ += out.rows;
        return true;
    }

    void reset() override {
        Operator::reset();
        begun_ = expanding_ = false;
        pieces_.clear();
        piece_ = position_ = 0;
    }

 private:
    void begin() {
        begun_ = true;
        for (const TypeId type : resolve_types(*context_.snapshot, op_.types)) {
            const Labelled ends = std::min(ends_with(type, from_label_, Direction::in),
                                           ends_with(type, op_.to_label, Direction::out));
            if (ends == Labelled::none) continue;
            const std::optional<Adjacent> all = context_.snapshot->all_of_type(type);
            expanding_ = expanding_ || !all || ends == Labelled::some || context_.transaction != nullptr;
            if (expanding_) return;
            pieces_.push_back(*all);
        }
        if (context_.morsel.scan == &context_.plan[node_.input]) cut();
    }

    /// Leaves the part of the morsel of each piece.
    void cut() {
        for (Adjacent& piece : pieces_) {
            const std::size_t begin = context_.morsel.begin(piece.size());
            const std::size_t end = context_.morsel.end(piece.size());
            piece = {piece.nodes.subspan(begin, end - begin), {}, piece.rel(begin)};
        }
    }

    [[nodiscard]] Labelled ends_with(TypeId type, const std::string& label, Direction end) const {
        if (label.empty()) return Labelled::all;
        const std::optional<LabelId> found = context_.snapshot->find_label(label);
        return found ? labelled_ends(*context_.snapshot, *found, type, end) : Labelled::none;
    }

    const ExpandOp& op_;
    const std::string& from_label_;
    bool keep_rel_ = false;
    bool keep_to_ = false;
    bool begun_ = false;
    bool expanding_ = false;  ///< the store does not give them so
    std::vector<Adjacent> pieces_;
    std::size_t piece_ = 0;
    std::size_t position_ = 0;
};

}  // namespace

Input make_relationship_scan(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<RelationshipScanOperator>(context, node, std::move(input));
}

}  // namespace islet::query
