// No relationship is matched twice by one pattern. Where nobody reads a relationship but an
// expansion that must not take it again, it is enough to know between which nodes it was taken:
//
//   (a)-[r]-(b)-[s]-(c)        s is r exactly where c is a; of the relationships from b to a, one was taken
//
// So its ids need not be carried, and rows that differ in nothing else can be one (optimize_combine.cpp).
// That holds where both may take the same relationships, so that it is all the same which of parallel ones
// was taken.

#include <algorithm>

#include "plan.hpp"

namespace islet::query {
namespace {

using Pointing = PatternRel::Pointing;

bool contains(const std::vector<SlotId>& slots, SlotId slot) {
    return std::find(slots.begin(), slots.end(), slot) != slots.end();
}

bool same_types(std::vector<std::string> a, std::vector<std::string> b) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return a == b;
}

class TrailsByEnds {
 public:
    explicit TrailsByEnds(Plan& plan) : plan_(plan), kept_(plan.statement.slot_names.size()) {}

    void run() {
        for (const PlanNode& node : plan_.nodes) keep_by_id(node);
        for (PlanNode& node : plan_.nodes) {
            auto* op = std::get_if<ExpandOp>(&node.op);
            if (op == nullptr) continue;
            std::erase_if(op->different_from, [&](SlotId slot) {
                if (kept_[static_cast<std::size_t>(slot)]) return false;
                op->not_between.push_back(*between(slot, *op));
                return true;
            });
        }
    }

 private:
    /// Notes the relationships that some operator must know by their ids.
    void keep_by_id(const PlanNode& node) {
        const auto keep = [&](const std::vector<SlotId>& slots) {
            for (const SlotId slot : slots) kept_[static_cast<std::size_t>(slot)] = true;
        };
        if (const auto* expand = std::get_if<ExpandOp>(&node.op)) {
            for (const SlotId slot : expand->different_from) {
                if (contains(node.live, expand->rel) || !between(slot, *expand)) keep({slot});
            }
        } else if (const auto* trails = std::get_if<VarExpandOp>(&node.op)) {
            keep(trails->different_from);
        } else if (const auto* search = std::get_if<PathSearchOp>(&node.op)) {
            keep(search->different_from);
        } else if (const auto* ends = std::get_if<RelEndsOp>(&node.op)) {
            keep(ends->different_from);
        }
    }

    /// How `op` meets the relationship of a slot, if its ends tell.
    [[nodiscard]] std::optional<TakenBetween> between(SlotId slot, const ExpandOp& op) const {
        for (const PlanNode& node : plan_.nodes) {
            const auto* made = std::get_if<ExpandOp>(&node.op);
            if (made == nullptr || made->rel != slot) continue;
            if (contains(node.live, slot) || !same_types(made->types, op.types)) return std::nullopt;
            const bool either = made->pointing == Pointing::either;
            if (either != (op.pointing == Pointing::either)) return std::nullopt;
            const bool along = either || made->pointing == op.pointing;
            return TakenBetween{slot, made->from, made->to, along, either || !along};
        }
        return std::nullopt;
    }

    Plan& plan_;
    std::vector<bool> kept_;  ///< by slot
};

}  // namespace

void trails_by_ends(Plan& plan) {
    TrailsByEnds(plan).run();
}

}  // namespace islet::query
