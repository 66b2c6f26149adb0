// DELETE and FOREACH.

#include <algorithm>

#include "write_parts.hpp"

namespace islet::query {
namespace {

class DeleteOperator final : public WriteOperator {
 public:
    using WriteOperator::WriteOperator;

 protected:
    void write(Batch& rows) override {
        const auto& op = std::get<DeleteOp>(node_.op);
        std::vector<NodeId> nodes;
        std::vector<RelId> rels;
        for (const ExprId target : op.targets) {
            const ColumnRef values = evaluate(context_, target, rows);
            context_.at = context_.plan[target].span;
            for (std::size_t row = 0; row < rows.rows; ++row) {
                const Value value = values->at(row);
                if (value.kind() == Kind::node) {
                    nodes.push_back(value.as_node());
                } else if (value.kind() == Kind::relationship) {
                    rels.push_back(value.as_relationship());
                } else if (value.kind() == Kind::path) {
                    const Path& path = value.as_path();
                    nodes.insert(nodes.end(), path.nodes.begin(), path.nodes.end());
                    rels.insert(rels.end(), path.relationships.begin(), path.relationships.end());
                } else if (!value.is_null()) {
                    fail_writing("TypeError", "InvalidArgumentType", "22G03",
                                 "DELETE takes a node, a relationship or a path, but this is a " +
                                     std::string(kind_name(value.kind())));
                }
            }
        }
        std::sort(nodes.begin(), nodes.end());
        nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
        if (op.detach) {
            const std::vector<RelId> theirs = context_.snapshot->relationships_of(nodes);
            rels.insert(rels.end(), theirs.begin(), theirs.end());
        }
        context_.hold_written(nodes.size() * written_node + rels.size() * sizeof(RelId));
        transaction().remove_relationships(std::move(rels));
        transaction().remove_nodes(std::move(nodes));
    }
};

class ForeachOperator final : public WriteOperator {
 public:
    ForeachOperator(RunContext& context, const PlanNode& node, Input input)
        : WriteOperator(context, node, std::move(input)),
          inner_(context, std::get<ForeachOp>(node.op).inner) {}

 protected:
    void write(Batch& rows) override {
        const auto& op = std::get<ForeachOp>(node_.op);
        const std::vector<SlotId> slots = present(rows);
        const ColumnRef lists = evaluate(context_, op.list, rows);
        for (std::size_t row = 0; row < rows.rows; ++row) {
            const Value list = lists->at(row);
            if (list.is_null()) continue;
            if (list.kind() != Kind::list)
                fail_writing("TypeError", "InvalidArgumentType", "22G03", "FOREACH takes a list");
            for (const Value& element : list.as_list()) {
                Batch one = one_row(rows, row, slots);
                one.origin.clear();
                one[op.variable] = Column::of_values({element});
                inner_.start(one);
                Batch ignored;
                while (inner_.next(ignored)) {
                }
            }
        }
    }

 private:
    InnerPlan inner_;
};

}  // namespace

Input make_delete(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<DeleteOperator>(context, node, std::move(input));
}
Input make_foreach(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<ForeachOperator>(context, node, std::move(input));
}

}  // namespace islet::query
