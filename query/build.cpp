// From plan nodes to operators, and what all operators share.

#include <algorithm>

#include "operator.hpp"

namespace islet::query {
namespace {

/// Counts what an operator gives, for PROFILE.
class ProfiledOperator final : public Operator {
 public:
    ProfiledOperator(RunContext& context, const PlanNode& node, Input input, PlanId id)
        : Operator(context, node, std::move(input)), id_(id) {}

    bool next(Batch& out) override {
        const auto begin = std::chrono::steady_clock::now();
        const bool more = input_->next(out);
        OperatorProfile& profile = context_.profiles[static_cast<std::size_t>(id_)];
        profile.time += std::chrono::steady_clock::now() - begin;
        if (more) profile.rows += out.rows, ++profile.batches;
        return more;
    }

 private:
    PlanId id_;
};

Input build_one(RunContext& context, const PlanNode& node, Input input, const ArgumentSource& source) {
    return std::visit(
        overload{
            [&](const ArgumentOp&) { return make_argument(context, node, source); },
            [&](const NodeScanOp&) { return make_node_scan(context, node, std::move(input)); },
            [&](const NodeByIdOp&) { return make_node_by_id(context, node, std::move(input)); },
            [&](const ExpandOp& op) {
                if (op.whole) return make_relationship_scan(context, node, std::move(input));
                switch (op.gives) {
                    case Gives::counted:
                        return make_counted_expand(context, node, std::move(input));
                    case Gives::combined:
                        return make_combined_expand(context, node, std::move(input));
                    case Gives::rows:
                        break;
                }
                return make_expand(context, node, std::move(input));
            },
            [&](const IntersectOp&) { return make_intersect(context, node, std::move(input)); },
            [&](const NodeIndexSeekOp&) { return make_node_index_seek(context, node, std::move(input)); },
            [&](const VarExpandOp& op) {
                if (op.reach) return make_reach(context, node, std::move(input));
                if (op.counted) return make_counted_trails(context, node, std::move(input));
                return op.search == PatternRel::Search::all ? make_var_expand(context, node, std::move(input))
                                                            : make_shortest(context, node, std::move(input));
            },
            [&](const PathSearchOp&) { return make_path_search(context, node, std::move(input)); },
            [&](const LoadCsvOp&) { return make_load_csv(context, node, std::move(input)); },
            [&](const RelEndsOp&) { return make_rel_ends(context, node, std::move(input)); },
            [&](const FilterOp&) { return make_filter(context, node, std::move(input)); },
            [&](const ExtendOp&) { return make_extend(context, node, std::move(input)); },
            [&](const UnwindOp&) { return make_unwind(context, node, std::move(input)); },
            [&](const AggregateOp& op) {
                return op.known ? make_known_count(context, node, std::move(input))
                                : make_aggregate(context, node, std::move(input));
            },
            [&](const DistinctOp&) { return make_distinct(context, node, std::move(input)); },
            [&](const SortOp&) { return make_sort(context, node, std::move(input)); },
            [&](const SkipOp&) { return make_skip(context, node, std::move(input)); },
            [&](const LimitOp&) { return make_limit(context, node, std::move(input)); },
            [&](const ApplyOp&) { return make_apply(context, node, std::move(input)); },
            [&](const UnionOp& op) {
                std::vector<Input> branches;
                for (const PlanId branch : op.branches) branches.push_back(build(context, branch, source));
                return make_union(context, node, std::move(branches));
            },
            [&](const CreateOp&) { return make_create(context, node, std::move(input)); },
            [&](const SetOp&) { return make_set(context, node, std::move(input)); },
            [&](const DeleteOp&) { return make_delete(context, node, std::move(input)); },
            [&](const MergeOp&) { return make_merge(context, node, std::move(input)); },
            [&](const CallOp&) { return make_call(context, node, std::move(input)); },
            [&](const ForeachOp&) { return make_foreach(context, node, std::move(input)); },
        },
        node.op);
}

}  // namespace

Input build(RunContext& context, PlanId root, const ArgumentSource& source) {
    // Bottom up, so that a long chain needs no deep stack.
    std::vector<PlanId> chain;
    for (PlanId id = root; id != PlanId::none; id = context.plan[id].input) chain.push_back(id);
    Input last;
    for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
        const PlanNode& node = context.plan[*it];
        last = build_one(context, node, std::move(last), source);
        if (context.profile) last = std::make_unique<ProfiledOperator>(context, node, std::move(last), *it);
    }
    return last;
}

Batch Operator::empty_batch() const {
    Batch batch;
    batch.columns.resize(context_.plan.statement.slot_names.size());
    return batch;
}

std::vector<SlotId> Operator::carried(const Batch& in) const {
    std::vector<SlotId> slots;
    for (const SlotId slot : node_.live) {
        if (static_cast<std::size_t>(slot) < in.columns.size() && in[slot].layout != Column::Layout::absent) {
            slots.push_back(slot);
        }
    }
    return slots;
}

Batch drain(RunContext& context, Operator& input, std::span<const SlotId> slots) {
    Batch all;
    all.columns.resize(context.plan.statement.slot_names.size());
    Batch in;
    while (input.next(in)) {
        for (const SlotId slot : slots) {
            if (static_cast<std::size_t>(slot) < in.columns.size() &&
                in[slot].layout != Column::Layout::absent) {
                all[slot].append_all(in[slot], in.rows);
            }
        }
        all.origin.insert(all.origin.end(), in.origin.begin(), in.origin.end());
        all.rows += in.rows;
        context.hold(in);
    }
    return all;
}

std::uint64_t bytes(const Batch& batch) {
    std::uint64_t sum =
        batch.origin.size() * sizeof(std::uint32_t) + batch.weights.size() * sizeof(std::int64_t);
    for (const Column& column : batch.columns) {
        sum += column.ids.size() * sizeof(std::uint32_t) + column.ints.size() * sizeof(std::int64_t) +
               column.floats.size() * sizeof(double) + column.bools.size() + column.valid.size() +
               column.strings.size() * sizeof(std::string_view) + column.values.size() * sizeof(Value) * 2;
    }
    return sum;
}

}  // namespace islet::query
