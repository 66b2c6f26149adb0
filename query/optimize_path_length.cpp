// A search for paths of variable length knows how long each is. Where a query asks for nothing else
//
//   MATCH p = shortestPath((a)-[:KNOWS*]-(b)) RETURN length(p)
//
// neither the list of relationships nor the path is made: length(p) becomes a column of the search's own, and
// so does size(r) of its list of relationships.

#include <algorithm>

#include "plan_expressions.hpp"

namespace islet::query {
namespace {

bool names_slot(const std::vector<SlotId>& slots, SlotId slot) {
    return std::find(slots.begin(), slots.end(), slot) != slots.end();
}

/// Whether an operator reads a slot other than in an expression.
bool reads_plainly(const PlanOp& op, SlotId slot) {
    return std::visit(
        overload{
            [&](const ExpandOp& o) { return names_slot(o.different_from, slot); },
            [&](const IntersectOp& o) {
                return std::any_of(o.arms.begin(), o.arms.end(),
                                   [&](const auto& arm) { return names_slot(arm.different_from, slot); });
            },
            [&](const VarExpandOp& o) { return names_slot(o.different_from, slot); },
            [&](const PathSearchOp& o) { return names_slot(o.different_from, slot); },
            [&](const RelEndsOp& o) { return o.rel == slot || names_slot(o.different_from, slot); },
            [&](const DistinctOp& o) { return names_slot(o.slots, slot); },
            [&](const UnionOp& o) {
                return names_slot(o.columns, slot) ||
                       std::any_of(o.branch_columns.begin(), o.branch_columns.end(),
                                   [&](const auto& columns) { return names_slot(columns, slot); });
            },
            [](const auto&) { return false; },
        },
        op);
}

class PathLength {
 public:
    explicit PathLength(Plan& plan) : plan_(plan) {}

    void run() {
        for (std::size_t i = 0; i < plan_.nodes.size(); ++i) {
            const auto* op = std::get_if<VarExpandOp>(&plan_.nodes[i].op);
            if (op == nullptr || !collect(op->rels) || (lengths_.empty() && sizes_.empty())) continue;
            apply(std::get<VarExpandOp>(plan_.nodes[i].op));
        }
    }

 private:
    /// Finds who reads a list of relationships and the paths made of it; false: somebody needs these.
    bool collect(SlotId rels) {
        rels_ = rels;
        paths_.clear(), lengths_.clear(), sizes_.clear();
        for (const PlanNode& node : plan_.nodes) {
            const auto* extend = std::get_if<ExtendOp>(&node.op);
            if (extend == nullptr) continue;
            for (const auto& [expr, slot] : extend->items) {
                const auto* path = std::get_if<MakePath>(&plan_[expr].node);
                if (path == nullptr || !names_slot(path->parts, rels)) continue;
                if (!fixed_but_one(*path)) return false;
                paths_.push_back({slot, static_cast<std::int64_t>(path->parts.size() / 2) - 1});
            }
        }
        bool fine = !read_plainly(rels);
        for (const MadePath& path : paths_) fine = fine && !read_plainly(path.slot);
        for (const PlanNode& node : plan_.nodes) {
            const bool makes_paths = std::holds_alternative<ExtendOp>(node.op);
            for_each_expression(node.op, [&](ExprId expr) { fine = fine && look(expr, makes_paths); });
        }
        return fine;
    }

    /// Whether all parts between nodes are single relationships, but for the list.
    [[nodiscard]] bool fixed_but_one(const MakePath& path) const {
        for (std::size_t i = 1; i < path.parts.size(); i += 2) {
            const SlotId slot = path.parts[i];
            const TypeSet set = plan_.statement.slot_types[static_cast<std::size_t>(slot)].set;
            if (slot != rels_ && set != relationship_type) return false;
        }
        return path.parts.size() % 2 == 1;
    }

    [[nodiscard]] bool read_plainly(SlotId slot) const {
        if (names_slot(plan_.columns, slot)) return true;
        for (const PlannedBlock& block : plan_.blocks) {
            if (names_slot(block.columns, slot)) return true;
        }
        return std::any_of(plan_.nodes.begin(), plan_.nodes.end(),
                           [&](const PlanNode& node) { return reads_plainly(node.op, slot); });
    }

    /// Notes what an expression asks of the list and the paths; false: more than a length.
    bool look(ExprId id, bool makes_paths) {
        if (id == ExprId::none) return true;
        const Expr& expr = plan_[id];
        if (const auto* ref = std::get_if<SlotRef>(&expr.node))
            return ref->slot != rels_ && path_of(ref->slot) == nullptr;
        if (const auto* path = std::get_if<MakePath>(&expr.node))
            return makes_paths || !names_slot(path->parts, rels_);
        if (const auto* call = std::get_if<FunctionOf>(&expr.node);
            call != nullptr && call->arguments.size() == 1) {
            const auto* ref = std::get_if<SlotRef>(&plan_[call->arguments.front()].node);
            const MadePath* path = ref == nullptr ? nullptr : path_of(ref->slot);
            if (path != nullptr && call->function->name == "length") {
                lengths_.emplace_back(id, path->others);
                return true;
            }
            if (ref != nullptr && ref->slot == rels_ && call->function->name == "size") {
                sizes_.push_back(id);
                return true;
            }
        }
        bool fine = true;
        for_each_operand(expr, [&](ExprId operand) { fine = fine && look(operand, false); });
        return fine;
    }

    void apply(VarExpandOp& op) {
        BoundStatement& statement = plan_.statement;
        const SlotId hops{static_cast<std::uint32_t>(statement.slot_names.size())};
        statement.slot_names.emplace_back();
        statement.slot_types.push_back({integer_type, any_type});
        op.hops = hops;
        for (const ExprId size : sizes_) lengths_.emplace_back(size, 0);
        for (const auto& [id, others] : lengths_) {
            ExprNode node = SlotRef{hops};
            if (others > 0) {
                const ExprId of_search = statement.pool.add(SlotRef{hops}, {integer_type, any_type});
                const ExprId more = statement.pool.add(Constant{Value(others)}, {integer_type, any_type});
                node = Operation{ast::Binary::Op::add, of_search, more};
            }
            statement.pool.expressions[static_cast<std::size_t>(id)].node = std::move(node);
        }
        for (PlanNode& node : plan_.nodes) {
            if (auto* extend = std::get_if<ExtendOp>(&node.op)) {
                const std::size_t before = extend->items.size();
                std::erase_if(extend->items,
                              [&](const auto& item) { return path_of(item.second) != nullptr; });
                if (before > 0 && extend->items.empty()) node.op = FilterOp{};
            } else if (auto* apply = std::get_if<ApplyOp>(&node.op)) {
                if (names_slot(apply->introduced, op.rels)) apply->introduced.push_back(hops);
            }
        }
    }

    struct MadePath {
        SlotId slot;
        std::int64_t others;  ///< relationships beside the list
    };
    [[nodiscard]] const MadePath* path_of(SlotId slot) const {
        const auto it = std::find_if(paths_.begin(), paths_.end(),
                                     [&](const MadePath& path) { return path.slot == slot; });
        return it == paths_.end() ? nullptr : &*it;
    }

    Plan& plan_;
    SlotId rels_ = SlotId::none;
    std::vector<MadePath> paths_;
    std::vector<std::pair<ExprId, std::int64_t>> lengths_;
    std::vector<ExprId> sizes_;
};

}  // namespace

void path_length(Plan& plan) {
    PathLength(plan).run();
}

}  // namespace islet::query
