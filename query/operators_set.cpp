// SET and REMOVE. Rows are assigned to in their order, each seeing what the ones before it have written.
// Where that makes no difference, values are computed for all rows at once.

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "write_parts.hpp"

namespace islet::query {
namespace {

/// Whether what the items write can be computed for all rows before any is written.
bool independent(const RunContext& context, std::span<const Assignment> items, const Batch& rows) {
    const auto* first = std::get_if<SlotRef>(&context.plan[items.front().target].node);
    if (first == nullptr) return false;
    const Column& targets = rows[first->slot];
    const bool entities = targets.layout == Column::Layout::nodes || targets.layout == Column::Layout::rels;
    if (targets.constant || !entities) return false;
    bool reads_target = false;
    for (const Assignment& item : items) {
        const auto* target = std::get_if<SlotRef>(&context.plan[item.target].node);
        if (target == nullptr || target->slot != first->slot) return false;
        if (item.computed_key != ExprId::none || !item.computed_labels.empty()) return false;
        if (item.value != ExprId::none) {
            const Reads reads = reads_of(context, item.value, rows, first->slot);
            if (reads == Reads::graph) return false;
            reads_target = reads_target || reads == Reads::own;
        }
    }
    if (!reads_target) return true;
    std::vector<std::uint32_t> ids = targets.ids;
    if (!std::is_sorted(ids.begin(), ids.end())) std::sort(ids.begin(), ids.end());
    return std::adjacent_find(ids.begin(), ids.end()) == ids.end();
}

/// One item, for some rows of which none needs what it writes for another.
class Assigner {
 public:
    Assigner(RunContext& context, const Assignment& item)
        : context_(context), transaction_(*context.transaction), item_(item) {}

    void run(const Batch& rows) {
        const ColumnRef targets = evaluate(context_, item_.target, rows);
        std::vector<std::uint32_t> there;
        for (std::uint32_t row = 0; row < rows.rows; ++row) {
            if (!targets->is_null(row)) there.push_back(row);
        }
        // Nothing is computed for what is not there.
        if (there.empty()) return;
        if (there.size() < rows.rows) return run(rows.gather(there, present(rows)));
        std::optional<ColumnRef> values;
        if (item_.value != ExprId::none) values = evaluate(context_, item_.value, rows);
        context_.at = item_.span;
        if (item_.kind == Assignment::Kind::property && item_.computed_key == ExprId::none && rows.rows > 1 &&
            write_all(*targets, **values, rows.rows))
            return;
        for (std::size_t row = 0; row < rows.rows; ++row) {
            if (item_.computed_key != ExprId::none) key_ = transaction_.key(key_for(rows, row));
            if (!item_.computed_labels.empty())
                computed_ = names_for(context_, item_.computed_labels, rows, row);
            context_.at = item_.span;
            if (item_.value != ExprId::none)
                context_.hold_written(written_property + heap_bytes((*values)->at(row)));
            const Value target = targets->at(row);
            if (target.kind() == Kind::node) {
                write(target.as_node(), values ? (*values)->at(row) : Value());
            } else if (target.kind() == Kind::relationship) {
                write(target.as_relationship(), values ? (*values)->at(row) : Value());
            } else {
                fail_writing("TypeError", "InvalidArgumentType", "22G03",
                             "SET takes a node or a relationship, but this is a " +
                                 std::string(kind_name(target.kind())));
            }
        }
    }

 private:
    /// One property of all targets. False: they are not in one column of nodes or relationships.
    bool write_all(const Column& targets, const Column& values, std::size_t rows) {
        const bool nodes = targets.layout == Column::Layout::nodes;
        if (targets.constant || (!nodes && targets.layout != Column::Layout::rels)) return false;
        const ValuesToWrite to_write(context_, values, rows);
        if (!key_) key_ = transaction_.key(item_.key);
        if (nodes) {
            std::vector<NodeId> ids(rows);
            for (std::size_t row = 0; row < rows; ++row) ids[row] = NodeId{targets.ids[row]};
            transaction_.set_properties(ids, *key_, to_write.rows());
        } else {
            std::vector<RelId> ids(rows);
            for (std::size_t row = 0; row < rows; ++row) ids[row] = RelId{targets.ids[row]};
            transaction_.set_properties(ids, *key_, to_write.rows());
        }
        return true;
    }

    template <class Id>
    void write(Id target, const Value& value) {
        switch (item_.kind) {
            case Assignment::Kind::property:
                if (!key_) key_ = transaction_.key(item_.key);
                return transaction_.set_property(target, *key_, value);
            case Assignment::Kind::replace:
            case Assignment::Kind::merge: {
                const auto properties = properties_in(*context_.snapshot, value);
                if (item_.kind == Assignment::Kind::replace) {
                    std::set<std::string_view> kept;
                    for (const auto& [key, v] : properties) kept.insert(key);
                    for (const auto& [key, v] : context_.snapshot->properties(target)) {
                        if (!kept.contains(context_.snapshot->name(key)))
                            transaction_.set_property(target, key, Value());
                    }
                }
                for (const auto& [key, v] : properties)
                    transaction_.set_property(target, transaction_.key(key), v);
                return;
            }
            case Assignment::Kind::add_labels:
            case Assignment::Kind::remove_labels:
                return write_labels(target);
        }
    }

    void write_labels(NodeId node) {
        for (const auto* labels : std::array{&std::as_const(computed_), &item_.labels}) {
            for (const std::string& label : *labels) {
                if (item_.kind == Assignment::Kind::add_labels) {
                    transaction_.add_label(node, transaction_.label(label));
                } else if (const auto id = context_.snapshot->find_label(label)) {
                    transaction_.remove_label(node, *id);
                }
            }
        }
    }
    static void write_labels(RelId) {
        fail_writing("TypeError", "InvalidArgumentType", "22G03", "only nodes have labels");
    }

    [[nodiscard]] std::string key_for(const Batch& rows, std::size_t row) const {
        const Value key = evaluate(context_, item_.computed_key, rows)->at(row);
        context_.at = context_.plan[item_.computed_key].span;
        if (key.kind() != Kind::string) {
            fail_writing(
                "TypeError", "InvalidArgumentType", "22G03",
                "the key of a property is a STRING, but this is " +
                    (key.is_null() ? std::string("null") : "a " + std::string(kind_name(key.kind()))));
        }
        return std::string(key.as_string());
    }

    RunContext& context_;
    Transaction& transaction_;
    const Assignment& item_;
    std::optional<KeyId> key_;           ///< where it is computed: of the present row
    std::vector<std::string> computed_;  ///< labels of the present row
};

class SetOperator final : public WriteOperator {
 public:
    using WriteOperator::WriteOperator;

 protected:
    void write(Batch& rows) override { assign(context_, std::get<SetOp>(node_.op).items, rows); }
};

}  // namespace

void assign(RunContext& context, std::span<const Assignment> items, const Batch& rows) {
    if (items.empty() || rows.rows == 0) return;
    std::vector<Assigner> assigners;
    for (const Assignment& item : items) assigners.emplace_back(context, item);
    if (rows.rows == 1 || independent(context, items, rows)) {
        for (Assigner& assigner : assigners) assigner.run(rows);
        return;
    }
    std::vector<bool> used(context.plan.statement.slot_names.size());
    for (const Assignment& item : items) {
        for_each_expression(item, [&](ExprId expr) {
            if (expr != ExprId::none) used_slots(context.plan, expr, used);
        });
    }
    std::vector<SlotId> slots;
    for (const SlotId slot : present(rows)) {
        if (used[static_cast<std::size_t>(slot)]) slots.push_back(slot);
    }
    for (std::size_t row = 0; row < rows.rows; ++row) {
        const Batch one = one_row(rows, row, slots);
        for (Assigner& assigner : assigners) assigner.run(one);
    }
}

Input make_set(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<SetOperator>(context, node, std::move(input));
}

}  // namespace islet::query
