// An aggregation in several threads (see optimize_morsels.cpp).

#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

#include "grouping.hpp"

namespace islet::query {
namespace {

/// Shares a scan's nodes out among threads, each with operators of its own.
class SharedGrouping {
 public:
    /// REQUIRES: `op` names a shared scan, and `input` is built from `root`.
    SharedGrouping(RunContext& context, const AggregateOp& op, PlanId root, Operator& input)
        : context_(context), op_(op), root_(root), input_(input), helped_(context.plan.nodes.size()) {}

    Groups run() {
        const Snapshot& snapshot = *context_.snapshot;
        const PlanNode& scan = context_.plan[op_.shared_scan];
        const std::string& name = std::get<NodeScanOp>(scan.op).label;
        const std::optional<LabelId> label =
            name.empty() ? std::optional(LabelId::none) : snapshot.find_label(name);
        std::vector<NodeId> nodes;
        if (label) static_cast<void>(snapshot.scan(*label, NodeId{0}, SIZE_MAX, nodes));
        context_.hold(nodes.size() * sizeof(NodeId));
        whole_ = {&scan, nodes, 0, shared_parts};
        context_.morsel = whole_;
        done_.resize(shared_parts);
        failed_.resize(shared_parts);
        {
            std::vector<std::jthread> helpers;
            try {
                for (unsigned i = 1; i < context_.threads; ++i) helpers.emplace_back([this] { help(); });
            } catch (const std::system_error&) {
                // No more threads to be had: those that there are do it.
            }
            work(context_, input_);
        }
        context_.morsel = {};
        for (std::size_t i = 0; i < helped_.size(); ++i) {
            context_.profiles[i].rows += helped_[i].rows;
            context_.profiles[i].batches += helped_[i].batches;
        }
        for (const Failure& failure : failed_) {
            if (!failure.what) continue;
            context_.at = failure.at;
            std::rethrow_exception(failure.what);
        }
        if (broken_) std::rethrow_exception(broken_);
        context_.hold(held_);
        Grouping all(context_, op_);
        for (std::optional<Groups>& groups : done_) {
            if (groups) all.add(*groups);
            groups.reset();
        }
        return all.take();
    }

 private:
    struct Failure {
        std::exception_ptr what;
        ast::Span at;
    };

    /// A thread beside the first one.
    void help() {
        RunContext context{.plan = context_.plan,
                           .text = context_.text,
                           .snapshot = context_.snapshot,
                           .parameters = context_.parameters,
                           .begun = context_.begun,
                           .cancelled = context_.cancelled,
                           .deadline = context_.deadline,
                           .memory_limit = context_.memory_limit,
                           .memory_used = 0,
                           .profile = context_.profile,
                           .import_folder = context_.import_folder,
                           .morsel = whole_,
                           .at = {},
                           .blocks = {},
                           .profiles = std::vector<OperatorProfile>(context_.plan.nodes.size())};
        Batch one;
        one.rows = 1;
        one.columns.resize(context_.plan.statement.slot_names.size());
        const ArgumentSource source{&one};
        try {
            const Input input = build(context, root_, source);
            work(context, *input);
        } catch (...) {
            const std::lock_guard lock(mutex_);
            broken_ = std::current_exception();
        }
        const std::lock_guard lock(mutex_);
        held_ += context.memory_used;
        for (std::size_t i = 0; i < context.profiles.size(); ++i) {
            helped_[i].rows += context.profiles[i].rows;
            helped_[i].batches += context.profiles[i].batches;
        }
    }

    void work(RunContext& context, Operator& input) {
        for (std::size_t part = next_++; part < shared_parts && !stop_; part = next_++) {
            try {
                context.morsel.number = part;
                input.reset();
                Grouping grouping(context, op_);
                Batch in;
                while (input.next(in)) grouping.add(in);
                done_[part] = grouping.take();
            } catch (...) {
                failed_[part] = {std::current_exception(), context.at};
                stop_ = true;
            }
        }
    }

    RunContext& context_;
    const AggregateOp& op_;
    PlanId root_;
    Operator& input_;
    Morsel whole_;  ///< the first one
    std::atomic<std::size_t> next_ = 0;
    std::atomic<bool> stop_ = false;  ///< one has failed
    std::vector<std::optional<Groups>> done_;
    std::vector<Failure> failed_;
    std::mutex mutex_;  ///< of what helpers leave behind:
    std::vector<OperatorProfile> helped_;
    std::uint64_t held_ = 0;  ///< bytes
    std::exception_ptr broken_;
};

}  // namespace

Groups shared_groups(RunContext& context, const AggregateOp& op, PlanId root, Operator& input) {
    return SharedGrouping(context, op, root, input).run();
}

}  // namespace islet::query
