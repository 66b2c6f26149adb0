// Operators that write. Each takes in all of its input before it writes
// anything, and gives nothing out before it has written everything: a clause
// sees the graph as the clause before it left it.

#include <algorithm>
#include <set>

#include "computed_labels.hpp"
#include "functions.hpp"
#include "operator.hpp"

namespace islet::query {
namespace {

[[noreturn]] void fail(std::string_view kind, std::string_view detail, std::string_view code,
                       std::string message) {
    throw Exception({.code = std::string(code),
                     .kind = std::string(kind),
                     .phase = "runtime",
                     .detail = std::string(detail),
                     .message = std::move(message),
                     .span = {},
                     .hint = {},
                     .place = {}});
}

/// Takes in everything, calls write() once on it, then hands it out.
class WriteOperator : public Operator {
 public:
    using Operator::Operator;

    bool next(Batch& out) override {
        if (!written_) {
            std::vector<SlotId> all;
            for (std::uint32_t slot = 0; slot < context_.plan.statement.slot_names.size(); ++slot)
                all.push_back(SlotId{slot});
            rows_ = drain(context_, *input_, all);
            write(rows_);
            written_ = true;
            given_ = 0;
        }
        if (given_ >= rows_.rows) return false;
        const std::size_t to = std::min(rows_.rows, given_ + batch_rows);
        std::vector<std::uint32_t> rows;
        for (std::size_t row = given_; row < to; ++row) rows.push_back(static_cast<std::uint32_t>(row));
        out = rows_.gather(rows, carried(rows_));
        given_ = to;
        return true;
    }

    void reset() override {
        Operator::reset();
        written_ = false;
    }

 protected:
    virtual void write(Batch& rows) = 0;
    [[nodiscard]] Transaction& transaction() const { return *context_.transaction; }

 private:
    Batch rows_;
    bool written_ = false;
    std::size_t given_ = 0;
};

/// The properties of a map, node or relationship, by key.
std::vector<std::pair<std::string, Value>> properties_in(const Snapshot& snapshot, const Value& value) {
    std::vector<std::pair<std::string, Value>> out;
    const auto copy = [&](const std::vector<std::pair<KeyId, Value>>& properties) {
        for (const auto& [key, v] : properties) out.emplace_back(std::string(snapshot.name(key)), v);
    };
    if (value.kind() == Kind::map) {
        for (const auto& [key, v] : value.as_map().entries()) out.emplace_back(key, v);
    } else if (value.kind() == Kind::node) {
        copy(snapshot.properties(value.as_node()));
    } else if (value.kind() == Kind::relationship) {
        copy(snapshot.properties(value.as_relationship()));
    } else if (!value.is_null()) {
        fail("TypeError", "InvalidArgumentType", "22G03",
             "properties are set from a map, but this is a " + std::string(kind_name(value.kind())));
    }
    return out;
}

/// Labels that are computed for a row.
std::vector<std::string> names_for(RunContext& context, const std::vector<ExprId>& computed,
                                   const Batch& row) {
    std::vector<std::string> names;
    for (const ExprId expr : computed) {
        const Value value = evaluate(context, expr, row)->at(0);
        context.at = context.plan[expr].span;
        for (std::string& name : computed_names(value)) names.push_back(std::move(name));
    }
    return names;
}

std::string type_for(RunContext& context, const CreatedRel& rel, const Batch& row) {
    if (rel.computed_type == ExprId::none) return rel.type;
    std::vector<std::string> names = names_for(context, {rel.computed_type}, row);
    if (names.size() != 1) {
        fail("ArgumentError", "NoSingleRelationshipType", "22N11",
             "a relationship is created with exactly one type, but this gives " +
                 std::to_string(names.size()));
    }
    return std::move(names.front());
}

/// Makes what a CREATE or MERGE describes for one row; the made slots are filled.
void create(RunContext& context, Transaction& transaction, const Creation& creation, Batch& row) {
    const auto set_all = [&](auto entity, ExprId properties, bool merge) {
        if (properties == ExprId::none) return;
        const Value map = evaluate(context, properties, row)->at(0);
        context.at = context.plan[properties].span;
        for (const auto& [key, value] : properties_in(*context.snapshot, map)) {
            if (value.is_null() && merge) {
                fail("SemanticError", "MergeReadOwnWrites", "22N31",
                     "MERGE cannot find or make a property `" + key + "` that is null");
            }
            if (!value.is_null()) transaction.set_property(entity, transaction.key(key), value);
        }
    };
    for (const CreatedNode& node : creation.nodes) {
        const NodeId id = transaction.create_node();
        for (const std::string& label : node.labels) transaction.add_label(id, transaction.label(label));
        for (const std::string& label : names_for(context, node.computed_labels, row))
            transaction.add_label(id, transaction.label(label));
        row[node.slot] = Column::nodes({static_cast<std::uint32_t>(id)});
        set_all(id, node.properties, false);
    }
    for (const CreatedRel& rel : creation.rels) {
        const Value source = row[rel.source].at(0);
        const Value target = row[rel.target].at(0);
        if (source.kind() != Kind::node || target.kind() != Kind::node) {
            fail("SemanticError", "MissingNode", "22N31",
                 "a relationship cannot be made: one of its ends is null");
        }
        const RelId id = transaction.create_relationship(
            source.as_node(), transaction.type(type_for(context, rel, row)), target.as_node());
        row[rel.slot] = Column::rels({static_cast<std::uint32_t>(id)});
        set_all(id, rel.properties, false);
    }
    for (const auto& [slot, expr] : creation.paths)
        row[slot] = Column::of_values({evaluate(context, expr, row)->at(0)});
}

std::vector<SlotId> made_slots(const Creation& creation) {
    std::vector<SlotId> slots;
    for (const CreatedNode& node : creation.nodes) slots.push_back(node.slot);
    for (const CreatedRel& rel : creation.rels) slots.push_back(rel.slot);
    for (const auto& [slot, expr] : creation.paths) slots.push_back(slot);
    return slots;
}

std::vector<SlotId> present(const Batch& batch) {
    std::vector<SlotId> slots;
    for (std::uint32_t slot = 0; slot < batch.columns.size(); ++slot) {
        if (batch.columns[slot].layout != Column::Layout::absent) slots.push_back(SlotId{slot});
    }
    return slots;
}

Batch one_row(const Batch& batch, std::size_t row, std::span<const SlotId> slots) {
    const std::uint32_t picked = static_cast<std::uint32_t>(row);
    return batch.gather(std::span(&picked, 1), slots);
}

class CreateOperator final : public WriteOperator {
 public:
    using WriteOperator::WriteOperator;

 protected:
    void write(Batch& rows) override {
        const Creation& creation = std::get<CreateOp>(node_.op).creation;
        const std::vector<SlotId> slots = present(rows);
        const std::vector<SlotId> made = made_slots(creation);
        std::vector<Column> columns(made.size());
        for (std::size_t row = 0; row < rows.rows; ++row) {
            Batch one = one_row(rows, row, slots);
            create(context_, transaction(), creation, one);
            for (std::size_t i = 0; i < made.size(); ++i) columns[i].append(one[made[i]], 0);
        }
        for (std::size_t i = 0; i < made.size(); ++i) rows[made[i]] = std::move(columns[i]);
    }
};

std::string key_for(RunContext& context, ExprId expr, const Batch& row) {
    const Value key = evaluate(context, expr, row)->at(0);
    context.at = context.plan[expr].span;
    if (key.kind() != Kind::string) {
        fail("TypeError", "InvalidArgumentType", "22G03",
             "the key of a property is a STRING, but this is " +
                 (key.is_null() ? std::string("null") : "a " + std::string(kind_name(key.kind()))));
    }
    return std::string(key.as_string());
}

/// SET and REMOVE of one row.
void assign(RunContext& context, Transaction& transaction, const Assignment& item, const Batch& row) {
    const Value target = evaluate(context, item.target, row)->at(0);
    if (target.is_null()) return;
    context.at = item.span;
    if (target.kind() != Kind::node && target.kind() != Kind::relationship) {
        fail("TypeError", "InvalidArgumentType", "22G03",
             "SET takes a node or a relationship, but this is a " + std::string(kind_name(target.kind())));
    }
    const auto set = [&](const std::string& key, const Value& value) {
        const KeyId id = transaction.key(key);
        target.kind() == Kind::node ? transaction.set_property(target.as_node(), id, value)
                                    : transaction.set_property(target.as_relationship(), id, value);
    };
    switch (item.kind) {
        case Assignment::Kind::property: {
            const Value value = evaluate(context, item.value, row)->at(0);
            context.at = item.span;
            set(item.computed_key == ExprId::none ? item.key : key_for(context, item.computed_key, row),
                value);
            break;
        }
        case Assignment::Kind::replace:
        case Assignment::Kind::merge: {
            const Value value = evaluate(context, item.value, row)->at(0);
            context.at = item.span;
            const auto properties = properties_in(*context.snapshot, value);
            if (item.kind == Assignment::Kind::replace) {
                std::set<std::string, std::less<>> kept;
                for (const auto& [key, v] : properties) kept.insert(key);
                for (const auto& [key, v] : properties_in(*context.snapshot, target)) {
                    if (!kept.contains(key)) set(key, Value());
                }
            }
            for (const auto& [key, v] : properties) set(key, v);
            break;
        }
        case Assignment::Kind::add_labels:
        case Assignment::Kind::remove_labels: {
            if (target.kind() != Kind::node)
                fail("TypeError", "InvalidArgumentType", "22G03", "only nodes have labels");
            std::vector<std::string> labels = names_for(context, item.computed_labels, row);
            labels.insert(labels.end(), item.labels.begin(), item.labels.end());
            for (const std::string& label : labels) {
                if (item.kind == Assignment::Kind::add_labels) {
                    transaction.add_label(target.as_node(), transaction.label(label));
                } else if (const auto id = context.snapshot->find_label(label)) {
                    transaction.remove_label(target.as_node(), *id);
                }
            }
            break;
        }
    }
}

class SetOperator final : public WriteOperator {
 public:
    using WriteOperator::WriteOperator;

 protected:
    void write(Batch& rows) override {
        const std::vector<SlotId> slots = present(rows);
        for (std::size_t row = 0; row < rows.rows; ++row) {
            const Batch one = one_row(rows, row, slots);
            for (const Assignment& item : std::get<SetOp>(node_.op).items)
                assign(context_, transaction(), item, one);
        }
    }
};

class DeleteOperator final : public WriteOperator {
 public:
    using WriteOperator::WriteOperator;

 protected:
    void write(Batch& rows) override {
        const auto& op = std::get<DeleteOp>(node_.op);
        std::set<NodeId> nodes;
        std::set<RelId> rels;
        for (const ExprId target : op.targets) {
            const ColumnRef values = evaluate(context_, target, rows);
            context_.at = context_.plan[target].span;
            for (std::size_t row = 0; row < rows.rows; ++row) {
                const Value value = values->at(row);
                if (value.kind() == Kind::node) {
                    nodes.insert(value.as_node());
                } else if (value.kind() == Kind::relationship) {
                    rels.insert(value.as_relationship());
                } else if (value.kind() == Kind::path) {
                    nodes.insert(value.as_path().nodes.begin(), value.as_path().nodes.end());
                    rels.insert(value.as_path().relationships.begin(), value.as_path().relationships.end());
                } else if (!value.is_null()) {
                    fail("TypeError", "InvalidArgumentType", "22G03",
                         "DELETE takes a node, a relationship or a path, but this is a " +
                             std::string(kind_name(value.kind())));
                }
            }
        }
        const Snapshot& snapshot = *context_.snapshot;
        if (op.detach) {
            for (const NodeId node : nodes) {
                if (!snapshot.contains(node)) continue;
                for (std::uint32_t type = 0; type < snapshot.type_count(); ++type) {
                    for (const Direction way : {Direction::out, Direction::in}) {
                        const Adjacent near = snapshot.neighbours(node, TypeId{type}, way);
                        for (std::size_t i = 0; i < near.size(); ++i) rels.insert(near.rel(i));
                    }
                }
            }
        }
        for (const RelId rel : rels) {
            if (snapshot.contains(rel)) transaction().remove_relationship(rel);
        }
        for (const NodeId node : nodes) {
            if (snapshot.contains(node)) transaction().remove_node(node);
        }
    }
};

/// For each row: the matches, or else what is made. A row sees what the rows before it made.
class MergeOperator final : public WriteOperator {
 public:
    MergeOperator(RunContext& context, const PlanNode& node, Input input)
        : WriteOperator(context, node, std::move(input)), inner_(context, std::get<MergeOp>(node.op).inner) {}

 protected:
    void write(Batch& rows) override {
        const auto& op = std::get<MergeOp>(node_.op);
        const std::vector<SlotId> slots = present(rows);
        std::vector<Column> columns(op.introduced.size());
        std::vector<std::uint32_t> parents;
        for (std::size_t row = 0; row < rows.rows; ++row) {
            Batch one = one_row(rows, row, slots);
            one.origin.clear();
            refuse_null(op.creation, one);
            std::vector<Batch> found;
            inner_.start(one);
            Batch match;
            while (inner_.next(match)) found.push_back(std::move(match));
            const bool matched = !found.empty();
            if (!matched) {
                create(context_, transaction(), op.creation, one);
                found.push_back(one);
            }
            for (const Batch& batch : found) {
                for (std::size_t r = 0; r < batch.rows; ++r) {
                    Batch each = one_row(rows, row, slots);
                    for (std::size_t i = 0; i < op.introduced.size(); ++i) {
                        const SlotId slot = op.introduced[i];
                        if (batch[slot].layout == Column::Layout::absent) {
                            columns[i].append_null();
                            continue;
                        }
                        each[slot] = one_row(batch, r, std::array{slot})[slot];
                        columns[i].append(batch[slot], r);
                    }
                    for (const Assignment& item : matched ? op.on_match : op.on_create) {
                        assign(context_, transaction(), item, each);
                    }
                    parents.push_back(static_cast<std::uint32_t>(row));
                }
            }
        }
        rows = rows.gather(parents, slots);
        for (std::size_t i = 0; i < op.introduced.size(); ++i) {
            if (columns[i].layout != Column::Layout::absent) rows[op.introduced[i]] = std::move(columns[i]);
        }
    }

 private:
    /// A property that is null could neither be found nor made.
    void refuse_null(const Creation& creation, const Batch& one) {
        const auto check = [&](ExprId properties) {
            if (properties == ExprId::none) return;
            const auto* map = std::get_if<MakeMap>(&context_.plan[properties].node);
            if (map == nullptr) return;
            for (const auto& [key, expr] : map->entries) {
                std::vector<bool> used;
                used_slots(context_.plan, expr, used);
                bool known = true;
                for (std::size_t slot = 0; slot < used.size(); ++slot) {
                    known = known && (!used[slot] || one.columns[slot].layout != Column::Layout::absent);
                }
                if (!known || !evaluate(context_, expr, one)->is_null(0)) continue;
                context_.at = context_.plan[expr].span;
                fail("SemanticError", "MergeReadOwnWrites", "22N31",
                     "MERGE cannot find or make a property `" + key + "` that is null");
            }
        };
        for (const CreatedNode& node : creation.nodes) check(node.properties);
        for (const CreatedRel& rel : creation.rels) check(rel.properties);
    }

    InnerPlan inner_;
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
                fail("TypeError", "InvalidArgumentType", "22G03", "FOREACH takes a list");
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

Input make_create(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<CreateOperator>(context, node, std::move(input));
}
Input make_set(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<SetOperator>(context, node, std::move(input));
}
Input make_delete(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<DeleteOperator>(context, node, std::move(input));
}
Input make_merge(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<MergeOperator>(context, node, std::move(input));
}
Input make_foreach(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<ForeachOperator>(context, node, std::move(input));
}

}  // namespace islet::query
