// Expressions on batches: one call per expression and batch, loops inside. What
// is evaluated lazily (the far side of AND, the branches of CASE) is evaluated
// on a batch of just the rows that need it.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string_view>

#include "batch.hpp"
#include "functions.hpp"
#include "held_bytes.hpp"
#include "plan.hpp"

namespace islet::query {

class InnerPlan;  // operator.hpp
class NodeMemo;   // once_per_node.hpp

/// What PROFILE says of one operator.
struct OperatorProfile {
    std::uint64_t rows = 0;
    std::uint64_t batches = 0;
    std::chrono::nanoseconds time{};  ///< with its inputs
};

/// Which of a scan's nodes a thread takes (see optimize_morsels.cpp).
struct Morsel {
    const PlanNode* scan = nullptr;  ///< null: every scan gives all of its nodes
    std::span<const NodeId> nodes;   ///< all that it would give
    std::size_t number = 0;          ///< the part that is taken
    std::size_t parts = 1;

    /// Where the part begins, of so many.
    [[nodiscard]] std::size_t begin(std::size_t all) const noexcept { return all * number / parts; }
    [[nodiscard]] std::size_t end(std::size_t all) const noexcept { return all * (number + 1) / parts; }
};

/// What a run needs besides its plan. One per run and thread.
struct RunContext {
    const Plan& plan;
    std::string_view text;  ///< of the query, to show where an error came from
    /// The state that reads see; while writing, the transaction's own view.
    const Snapshot* snapshot = nullptr;
    const Parameters& parameters;
    Transaction* transaction = nullptr;
    std::uint64_t random_state = 0;
    Instant begun = current_instant();  ///< the statement's clock
    const std::atomic<bool>* cancelled = nullptr;
    std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
    std::uint64_t memory_limit = 0;
    std::uint64_t memory_used = 0;
    std::uint64_t memory_written = 0;  ///< of it, what the transaction at hand will publish
    HeldBytes held{};                  ///< values that count as used
    bool profile = false;
    /// Ends the transaction at hand, published (true) or dropped, and begins another; empty where the
    /// statement is part of a transaction of its caller.
    std::function<void(bool)> next_transaction{};
    std::string_view import_folder{};         ///< of LOAD CSV; empty: none is allowed
    unsigned threads = 1;                     ///< that may share the work
    std::chrono::nanoseconds threads_from{};  ///< work that is worth more than one
    Morsel morsel{};
    ast::Span at;  ///< of the expression being computed: where an error without a place came from
    std::vector<std::unique_ptr<InnerPlan>>
        blocks;                             ///< of subqueries in expressions, by BlockId; built on first use
    std::vector<OperatorProfile> profiles;  ///< by PlanId, when profiling
    std::map<ExprId, std::shared_ptr<NodeMemo>>
        memos{};  ///< of expressions that are computed once for each node
    RegexCache regexes{};

    /// Throws when the run was cancelled, is out of time or out of memory.
    void check() const;
    /// Counts bytes that an operator holds on to.
    void hold(std::uint64_t bytes) {
        memory_used += bytes;
        check();
    }
    /// Counts rows that an operator holds on to.
    void hold(const Batch& batch);
    /// Counts what a transaction holds until it ends. Cheap.
    void hold_written(std::uint64_t bytes) {
        memory_used += bytes;
        memory_written += bytes;
        if (memory_limit != 0 && memory_used > memory_limit) check();
    }
    /// What may still be taken by what does not stay: an eighth beyond the limit, so that it is told of by
    /// who holds the most.
    [[nodiscard]] std::uint64_t room() const {
        const std::uint64_t bound = memory_limit + memory_limit / 8;
        return memory_limit == 0 ? UINT64_MAX : bound - std::min(bound, memory_used);
    }
    /// Throws if so much does not go beside what is held: for what lives no longer than its batch.
    void need(std::uint64_t bytes) const {
        if (bytes > room()) out_of_memory(bytes);
    }
    [[noreturn]] void out_of_memory(std::uint64_t more) const;
};

/// A column that is either computed or lent by the batch.
class ColumnRef {
 public:
    explicit ColumnRef(Column owned) : owned_(std::move(owned)) {}
    /// REQUIRES: `column` outlives the reference.
    static ColumnRef lend(const Column& column) {
        ColumnRef ref{Column()};
        ref.lent_ = &column;
        return ref;
    }
    const Column& operator*() const { return lent_ != nullptr ? *lent_ : owned_; }
    const Column* operator->() const { return &**this; }
    /// The column itself, copied if it is lent; with one entry for each of `rows` rows.
    Column take(std::size_t rows) &&;

 private:
    const Column* lent_ = nullptr;
    Column owned_;
};

/// The values of an expression for every row. Throws Exception, with the expression's span.
ColumnRef evaluate(RunContext& context, ExprId expr, const Batch& batch);
/// The same, without asking whether they are known.
ColumnRef evaluate_afresh(RunContext& context, ExprId expr, const Batch& batch);

/// Whether an expression is a constant of the query or a parameter.
bool is_constant(const Plan& plan, ExprId expr);

/// Which alternative of a CASE each row takes; their number for those that take none.
std::vector<std::uint32_t> choose_case(RunContext& context, const CaseOf& e, const Batch& batch);
/// Whether the alternatives of a CASE are values that are the same for all rows.
bool chooses_constants(const Plan& plan, const CaseOf& e);
/// These values, with the one of ELSE last. REQUIRES: chooses_constants()
Column case_constants(RunContext& context, const CaseOf& e);

/// The rows for which a condition is true. Conditions are tested in order, each on the rows that the ones
/// before it left.
std::vector<std::uint32_t> select(RunContext& context, std::span<const ExprId> predicates,
                                  const Batch& batch);

/// A value that is the same for all rows (SKIP, LIMIT).
Value evaluate_constant(RunContext& context, ExprId expr);

/// Whether a node has the labels (a relationship: the type) that a label expression asks for.
bool has_labels(const Snapshot& snapshot, const ast::LabelExpr& labels, NodeId node);
bool has_type(const Snapshot& snapshot, const ast::LabelExpr& labels, RelId rel);

// In evaluate_type.cpp, evaluate_collection.cpp, evaluate_reduce.cpp and evaluate_subquery.cpp.
Column evaluate_type_test(const TypeTestOf& test, const Column& subject, std::size_t rows);
Column evaluate_comprehension(RunContext& context, const Comprehension& c, const Batch& batch);
/// How many elements its lists have; the lists are not made.
Column evaluate_comprehension_size(RunContext& context, const Comprehension& c, const Batch& batch);
Column evaluate_quantifier(RunContext& context, const QuantifierOf& q, const Batch& batch);
Column evaluate_reduce(RunContext& context, const ReduceOf& r, const Batch& batch);
Column evaluate_path(RunContext& context, const MakePath& path, const Batch& batch);
Column evaluate_subquery(RunContext& context, const SubqueryOf& s, const Batch& batch);

/// Slots of `batch` that an expression reads.
std::vector<SlotId> slots_read(const RunContext& context, std::initializer_list<ExprId> expressions,
                               const Batch& batch);

}  // namespace islet::query
