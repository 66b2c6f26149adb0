// size(collect(x)) is count(x), where of the list nothing but its size is asked for: neither leaves
// nulls in, and both take DISTINCT.

#include <algorithm>

#include "functions.hpp"
#include "planner.hpp"

namespace islet::query {
namespace {

/// The slots that hold one collected list, and who reads them.
class Collected {
 public:
    Collected(const ExprPool& pool, SlotId first) : pool_(pool), slots_{first} {}

    /// The slot that an expression reads, if it is one of the list's; else none.
    [[nodiscard]] SlotId slot(ExprId id) const {
        const auto* ref = id == ExprId::none ? nullptr : std::get_if<SlotRef>(&pool_[id].node);
        return ref != nullptr && std::find(slots_.begin(), slots_.end(), ref->slot) != slots_.end()
                   ? ref->slot
                   : SlotId::none;
    }

    /// Follows the list through WITH under other names. False: it is read there.
    bool follow(const BoundProjection& projection) {
        const auto reads = [&](ExprId id) { return slot(id) != SlotId::none; };
        for (const auto& [expr, to] : projection.keys) {
            if (reads(expr)) return false;
        }
        for (const auto& [expr, to] : projection.items) {
            if (!reads(expr)) continue;
            if (projection.final || projection.distinct) return false;
            passed_.push_back(expr);
            slots_.push_back(to);
        }
        return std::none_of(projection.order_by.begin(), projection.order_by.end(),
                            [&](const SortKey& key) { return reads(key.expr); }) &&
               std::none_of(projection.where.begin(), projection.where.end(), reads);
    }

    /// The calls of size() with the list, if nothing else reads it.
    [[nodiscard]] std::vector<ExprId> sizes() const {
        std::vector<ExprId> calls;
        std::size_t reading = passed_.size();
        std::size_t refs = 0;
        for (std::uint32_t i = 0; i < pool_.expressions.size(); ++i) {
            const ExprId id{i};
            const auto* path = std::get_if<MakePath>(&pool_[id].node);
            if (path != nullptr && std::find_first_of(path->parts.begin(), path->parts.end(), slots_.begin(),
                                                      slots_.end()) != path->parts.end()) {
                return {};
            }
            if (slot(id) != SlotId::none) ++refs;
            const auto* call = std::get_if<FunctionOf>(&pool_[id].node);
            if (call == nullptr || call->function->name != "size" ||
                slot(call->arguments.front()) == SlotId::none)
                continue;
            calls.push_back(id);
            ++reading;
        }
        return refs == reading ? calls : std::vector<ExprId>();
    }

 private:
    const ExprPool& pool_;
    std::vector<SlotId> slots_;
    std::vector<ExprId> passed_;
};

}  // namespace

void Planner::count_collected(std::vector<BoundClause>& clauses) {
    ExprPool& pool = plan_.statement.pool;
    for (std::size_t i = 0; i < clauses.size(); ++i) {
        auto* projection = std::get_if<BoundProjection>(&clauses[i]);
        if (projection == nullptr) continue;
        for (AggregateCall& call : projection->aggregates) {
            if (call.function == nullptr || call.function->name != "collect") continue;
            Collected list(pool, call.slot);
            bool only_sizes = true;
            for (std::size_t j = i; j < clauses.size() && only_sizes; ++j) {
                const auto* later = std::get_if<BoundProjection>(&clauses[j]);
                only_sizes = later == nullptr || list.follow(*later);
            }
            if (!only_sizes) continue;
            const std::vector<ExprId> sizes = list.sizes();
            if (sizes.empty()) continue;
            call.function = find_aggregate("count");
            for (const ExprId size : sizes) {
                Expr& expr = pool.expressions[static_cast<std::size_t>(size)];
                const SlotId slot = list.slot(std::get<FunctionOf>(expr.node).arguments.front());
                expr.node = SlotRef{slot};
            }
        }
    }
}

}  // namespace islet::query
