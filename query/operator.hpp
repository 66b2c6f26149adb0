// Operators: each pulls batches from its input and gives batches of its own. One
// virtual call per batch. The plan node that an operator was built from outlives
// it and is not changed; what changes while running is in the operator.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "evaluate.hpp"

namespace islet::query {

class Operator {
 public:
    Operator(RunContext& context, const PlanNode& node, std::unique_ptr<Operator> input)
        : context_(context), node_(node), input_(std::move(input)) {}
    virtual ~Operator() = default;
    Operator(const Operator&) = delete;
    Operator& operator=(const Operator&) = delete;

    /// Fills `out` with some rows (never none) of the live slots; false at the end.
    virtual bool next(Batch& out) = 0;

    /// Starts again, with new arguments. Overrides call this one too.
    virtual void reset() {
        if (input_) input_->reset();
    }

 protected:
    /// The next batch of the input; cancellation and limits are checked here.
    bool pull(Batch& in) {
        context_.check();
        return input_->next(in);
    }
    [[nodiscard]] Batch empty_batch() const;
    /// Slots of the input that go on: alive above, and there.
    [[nodiscard]] std::vector<SlotId> carried(const Batch& in) const;

    RunContext& context_;
    const PlanNode& node_;
    std::unique_ptr<Operator> input_;
};

/// Where the Argument operators of a plan get their rows.
struct ArgumentSource {
    const Batch* batch = nullptr;
};

/// Operators for the chain that ends in `root`. `source` outlives them.
std::unique_ptr<Operator> build(RunContext& context, PlanId root, const ArgumentSource& source);

/// A plan inside a plan: run for a batch of outer rows. Its rows say in `origin` which outer row each
/// belongs to.
class InnerPlan {
 public:
    InnerPlan(RunContext& context, PlanId root);
    ~InnerPlan();
    InnerPlan(const InnerPlan&) = delete;
    InnerPlan& operator=(const InnerPlan&) = delete;

    /// Begins with these outer rows. `outer` must stay until the last next().
    void start(const Batch& outer);
    bool next(Batch& out);

 private:
    void feed();

    bool per_row_;
    ArgumentSource source_;
    Batch argument_;
    const Batch* outer_ = nullptr;
    std::size_t row_ = 0;  ///< the outer row that runs now, when one by one
    std::unique_ptr<Operator> root_;
};

/// Whether a chain must run for one outer row at a time: it groups, sorts, counts or writes.
bool runs_per_row(const Plan& plan, PlanId root);

/// All batches of an operator as one.
Batch drain(RunContext& context, Operator& input, std::span<const SlotId> slots);
std::uint64_t bytes(const Batch& batch);

// One maker a family (operators_*.cpp).
using Input = std::unique_ptr<Operator>;
Input make_argument(RunContext& context, const PlanNode& node, const ArgumentSource& source);
Input make_node_scan(RunContext& context, const PlanNode& node, Input input);
Input make_node_by_id(RunContext& context, const PlanNode& node, Input input);
Input make_node_index_seek(RunContext& context, const PlanNode& node, Input input);
Input make_expand(RunContext& context, const PlanNode& node, Input input);
Input make_relationship_scan(RunContext& context, const PlanNode& node, Input input);
Input make_counted_expand(RunContext& context, const PlanNode& node, Input input);
Input make_combined_expand(RunContext& context, const PlanNode& node, Input input);
Input make_intersect(RunContext& context, const PlanNode& node, Input input);
Input make_reach(RunContext& context, const PlanNode& node, Input input);
Input make_rel_ends(RunContext& context, const PlanNode& node, Input input);
Input make_counted_trails(RunContext& context, const PlanNode& node, Input input);
Input make_var_expand(RunContext& context, const PlanNode& node, Input input);
Input make_shortest(RunContext& context, const PlanNode& node, Input input);
Input make_path_search(RunContext& context, const PlanNode& node, Input input);
Input make_load_csv(RunContext& context, const PlanNode& node, Input input);
Input make_filter(RunContext& context, const PlanNode& node, Input input);
Input make_extend(RunContext& context, const PlanNode& node, Input input);
Input make_unwind(RunContext& context, const PlanNode& node, Input input);
Input make_skip(RunContext& context, const PlanNode& node, Input input);
Input make_limit(RunContext& context, const PlanNode& node, Input input);
Input make_aggregate(RunContext& context, const PlanNode& node, Input input);
Input make_known_count(RunContext& context, const PlanNode& node, Input input);
Input make_distinct(RunContext& context, const PlanNode& node, Input input);
Input make_sort(RunContext& context, const PlanNode& node, Input input);
Input make_apply(RunContext& context, const PlanNode& node, Input input);
Input make_batches(RunContext& context, const PlanNode& node, Input input);
Input make_union(RunContext& context, const PlanNode& node, std::vector<Input> branches);
Input make_create(RunContext& context, const PlanNode& node, Input input);
Input make_set(RunContext& context, const PlanNode& node, Input input);
Input make_delete(RunContext& context, const PlanNode& node, Input input);
Input make_merge(RunContext& context, const PlanNode& node, Input input);
Input make_foreach(RunContext& context, const PlanNode& node, Input input);
Input make_call(RunContext& context, const PlanNode& node, Input input);

/// A row count of SKIP or LIMIT; throws when it is no integer or negative.
std::uint64_t row_count(RunContext& context, ExprId expr, std::string_view clause);

}  // namespace islet::query
