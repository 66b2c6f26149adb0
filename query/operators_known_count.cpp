// Counts that the store knows: of nodes by label, of relationships by type and by the label of one end.

#include "operator.hpp"
#include "steps.hpp"

namespace islet::query {
namespace {

class KnownCountOperator final : public Operator {
 public:
    KnownCountOperator(RunContext& context, const PlanNode& node, Input input)
        : Operator(context, node, make_aggregate(context, node, std::move(input))),
          op_(std::get<AggregateOp>(node.op)) {}

    bool next(Batch& out) override {
        if (given_) return counting_ && input_->next(out);
        given_ = true;
        const std::optional<std::uint64_t> count = known(*context_.snapshot, *op_.known);
        counting_ = !count;
        if (counting_) return input_->next(out);
        context_.check();
        out = empty_batch();
        out.rows = 1;
        for (const AggregateCall& call : op_.calls)
            out[call.slot] = Column::integers({static_cast<std::int64_t>(*count)});
        return true;
    }

    void reset() override {
        Operator::reset();
        given_ = counting_ = false;
    }

 private:
    static std::optional<std::uint64_t> known(const Snapshot& snapshot, const AggregateOp::Known& what) {
        const auto label_of = [&](const std::string& name) {
            return name.empty() ? std::optional(LabelId::none) : snapshot.find_label(name);
        };
        const std::optional<LabelId> near = label_of(what.label);
        const std::optional<LabelId> far = label_of(what.far_label);
        if (!near || !far) return 0;
        if (!what.step) return *near == LabelId::none ? snapshot.node_count() : snapshot.count(*near);
        if (what.label.empty() && what.far_label.empty() && what.types.empty()) return snapshot.rel_count();
        std::uint64_t sum = 0;
        for (const TypeId type : resolve_types(snapshot, what.types)) {
            const std::optional<std::uint64_t> count = steps(snapshot, type, *near, *far);
            if (!count) return std::nullopt;
            sum += *count;
        }
        return sum;
    }

    /// Relationships of a type between nodes of two labels.
    static std::optional<std::uint64_t> steps(const Snapshot& snapshot, TypeId type, LabelId near,
                                              LabelId far) {
        const std::uint64_t all = snapshot.count(type);
        if (all == 0 || (near == LabelId::none && far == LabelId::none)) return all;
        // Statistics of the labels at the ends are exact for the base alone.
        if (!snapshot.pristine()) return std::nullopt;
        const GraphStats& stats = snapshot.stats();
        if (index(type) >= stats.types.size()) return std::nullopt;
        const auto of = [&](const std::vector<std::uint64_t>& by_label, LabelId label) {
            if (label == LabelId::none) return all;
            return index(label) < by_label.size() ? by_label[index(label)] : 0;
        };
        const std::uint64_t from = of(stats.types[index(type)].from_label, near);
        const std::uint64_t to = of(stats.types[index(type)].to_label, far);
        // Where all have the label at one end, the other end decides.
        if (from == 0 || to == 0) return 0;
        if (from == all) return to;
        if (to == all) return from;
        return std::nullopt;
    }

    const AggregateOp& op_;
    bool given_ = false;
    bool counting_ = false;  ///< the store does not know
};

}  // namespace

Input make_known_count(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<KnownCountOperator>(context, node, std::move(input));
}

}  // namespace islet::query
