// Lists that are collected and not asked for as a whole. size(collect(x)) is count(x), where of the list
// nothing but its size is asked for: neither leaves nulls in, and both take DISTINCT. Of a list that is only
// read by list[..3], list[0] or head(list), no more than the first elements are collected.

#include <algorithm>
#include <optional>

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
        for (std::uint32_t i = 0; i < pool_.expressions.size(); ++i) {
            if (is_call("size", ExprId{i})) calls.push_back(ExprId{i});
        }
        return is_all(calls.size()) ? calls : std::vector<ExprId>();
    }

    /// How many of the list's elements are asked for; no value: perhaps all.
    [[nodiscard]] std::optional<std::uint64_t> first() const {
        std::uint64_t most = 0;
        std::size_t count = 0;
        for (std::uint32_t i = 0; i < pool_.expressions.size(); ++i) {
            const std::uint64_t elements = elements_read(ExprId{i});
            most = std::max(most, elements);
            count += elements == 0 ? 0U : 1U;
        }
        return count > 0 && is_all(count) ? std::optional(most) : std::nullopt;
    }

 private:
    [[nodiscard]] bool is_call(std::string_view function, ExprId id) const {
        const auto* call = std::get_if<FunctionOf>(&pool_[id].node);
        return call != nullptr && call->function->name == function &&
               slot(call->arguments.front()) != SlotId::none;
    }

    /// An integer of the query that is not negative.
    [[nodiscard]] std::optional<std::uint64_t> number(ExprId id) const {
        const auto* constant = id == ExprId::none ? nullptr : std::get_if<Constant>(&pool_[id].node);
        if (constant == nullptr || constant->value.kind() != Kind::integer || constant->value.as_int() < 0)
            return std::nullopt;
        return static_cast<std::uint64_t>(constant->value.as_int());
    }

    /// How many of the first elements an expression asks the list for; 0: it does not, or for others.
    [[nodiscard]] std::uint64_t elements_read(ExprId id) const {
        if (is_call("head", id)) return 1;
        const ExprNode& node = pool_[id].node;
        const auto* element = std::get_if<SubscriptOf>(&node);
        if (element != nullptr && slot(element->subject) != SlotId::none) {
            const auto index = number(element->index);
            return index ? *index + 1 : 0;
        }
        const auto* slice = std::get_if<SliceOf>(&node);
        if (slice == nullptr || slot(slice->subject) == SlotId::none) return 0;
        const auto to = number(slice->to);
        return to && (slice->from == ExprId::none || number(slice->from)) ? std::max(*to, std::uint64_t{1})
                                                                          : 0;
    }

    /// Whether so many expressions, with those that pass the list on, are all that read it.
    [[nodiscard]] bool is_all(std::size_t reading) const {
        std::size_t refs = 0;
        for (std::uint32_t i = 0; i < pool_.expressions.size(); ++i) {
            const auto* path = std::get_if<MakePath>(&pool_[ExprId{i}].node);
            if (path != nullptr && std::find_first_of(path->parts.begin(), path->parts.end(), slots_.begin(),
                                                      slots_.end()) != path->parts.end()) {
                return false;
            }
            if (slot(ExprId{i}) != SlotId::none) ++refs;
        }
        return refs == reading + passed_.size();
    }

    const ExprPool& pool_;
    std::vector<SlotId> slots_;
    std::vector<ExprId> passed_;
};

}  // namespace

void Planner::shorten_collected(std::vector<BoundClause>& clauses) {
    ExprPool& pool = plan_.statement.pool;
    for (std::size_t i = 0; i < clauses.size(); ++i) {
        auto* projection = std::get_if<BoundProjection>(&clauses[i]);
        if (projection == nullptr) continue;
        for (AggregateCall& call : projection->aggregates) {
            if (call.function == nullptr || call.function->name != "collect") continue;
            Collected list(pool, call.slot);
            bool is_followed = true;
            for (std::size_t j = i; j < clauses.size() && is_followed; ++j) {
                const auto* later = std::get_if<BoundProjection>(&clauses[j]);
                is_followed = later == nullptr || list.follow(*later);
            }
            if (!is_followed) continue;
            if (const auto most = list.first()) call.most = *most;
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
