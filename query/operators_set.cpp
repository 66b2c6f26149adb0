// SET and REMOVE. Rows are assigned to in their order, each seeing what the ones before it have written.
// Where that makes no difference, values are computed for all rows at once.

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>
#include <utility>

#include "write_parts.hpp"

namespace islet::query {
namespace {

bool each_once(std::vector<std::uint32_t> ids) {
    if (!std::is_sorted(ids.begin(), ids.end())) std::sort(ids.begin(), ids.end());
    return std::adjacent_find(ids.begin(), ids.end()) == ids.end();
}

/// How rows can be assigned to.
enum class Order : std::uint8_t {
    together,   ///< what is written can be computed for all rows before any is written
    by_target,  ///< the same of rows that have different targets
    in_turn,
};

Order order_of(const RunContext& context, std::span<const Assignment> items, const Column& targets,
               SlotId slot, const Batch& rows) {
    const bool entities = targets.layout == Column::Layout::nodes || targets.layout == Column::Layout::rels;
    if (targets.constant || !entities) return Order::in_turn;
    bool reads_target = false;
    const auto written = written_keys(items);
    for (const Assignment& item : items) {
        const auto* target = std::get_if<SlotRef>(&context.plan[item.target].node);
        if (target == nullptr || target->slot != slot) return Order::in_turn;
        if (item.computed_key != ExprId::none || !item.computed_labels.empty()) return Order::in_turn;
        if (item.value != ExprId::none) {
            const Reads reads = reads_of(context, item.value, rows, slot, written ? &*written : nullptr);
            if (reads == Reads::graph) return Order::in_turn;
            reads_target = reads_target || reads == Reads::own;
        }
    }
    return !reads_target || each_once(targets.ids) ? Order::together : Order::by_target;
}

/// The rows in rounds: in the first those that have a target first, and so on. In a round no target is twice.
std::vector<std::vector<std::uint32_t>> rounds_of(std::span<const std::uint32_t> targets) {
    std::unordered_map<std::uint32_t, std::size_t> times;
    std::vector<std::vector<std::uint32_t>> rounds;
    for (std::uint32_t row = 0; row < targets.size(); ++row) {
        const std::size_t round = times[targets[row]]++;
        if (round == rounds.size()) rounds.emplace_back();
        rounds[round].push_back(row);
    }
    return rounds;
}

/// The ids of a column of nodes or relationships, of which none is null.
template <class Id>
std::vector<Id> ids_in(const Column& column, std::size_t rows) {
    std::vector<Id> ids(rows);
    for (std::size_t row = 0; row < rows; ++row) ids[row] = Id{column.ids[row]};
    return ids;
}

/// Entries of maps by key, in the order of the rows.
template <class Id>
class EntriesByKey {
 public:
    explicit EntriesByKey(Transaction& transaction) : transaction_(transaction) {}

    /// The map must stay.
    void add(Id target, const Map& map) {
        std::size_t position = 0;
        for (const auto& [name, value] : map.entries()) {
            // Maps of one list mostly have the same keys in the same order.
            if (position >= usual_.size() || keys_[usual_[position]].name != name) {
                usual_.resize(std::max(usual_.size(), position + 1));
                usual_[position] = find(name);
            }
            Key& key = keys_[usual_[position++]];
            key.targets.push_back(target);
            key.values.push_back(value);
        }
    }
    void write() {
        for (Key& key : keys_) {
            ValueRows rows;
            rows.values = key.values;
            transaction_.set_properties(key.targets, key.id, rows);
        }
    }

 private:
    struct Key {
        std::string_view name;
        KeyId id;
        std::vector<Id> targets;
        std::vector<Value> values;
    };

    std::size_t find(std::string_view name) {
        const auto [known, fresh] = by_name_.try_emplace(name, keys_.size());
        if (fresh) keys_.push_back({name, transaction_.key(name), {}, {}});
        return known->second;
    }

    Transaction& transaction_;
    std::vector<Key> keys_;
    std::unordered_map<std::string_view, std::size_t> by_name_;
    std::vector<std::size_t> usual_;  ///< by position in a map: the key that was there last
};

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
        const bool many =
            rows.rows > 1 && !targets->constant &&
            (targets->layout == Column::Layout::nodes || targets->layout == Column::Layout::rels);
        if (many && write_columns(*targets, rows)) return;
        std::optional<ColumnRef> values;
        if (item_.value != ExprId::none) values = evaluate(context_, item_.value, rows);
        context_.at = item_.span;
        if (many && values && write_maps(*targets, **values, rows.rows)) return;
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
    /// A property, or the entries of a map that is written out: a column for each key. False: it is not so.
    bool write_columns(const Column& targets, const Batch& rows) {
        if (item_.kind == Assignment::Kind::property && item_.computed_key == ExprId::none) {
            if (!key_) key_ = transaction_.key(item_.key);
            const ColumnRef values = evaluate(context_, item_.value, rows);
            context_.at = item_.span;
            write_column(targets, *key_, *values, rows.rows);
            return true;
        }
        if (item_.kind != Assignment::Kind::merge) return false;
        const auto* map = std::get_if<MakeMap>(&context_.plan[item_.value].node);
        if (map == nullptr) return false;
        std::vector<std::pair<std::string_view, ColumnRef>> columns;  // all computed before any is written
        for (const auto& [name, expr] : map->entries) {
            std::erase_if(columns, [&, &key = name](const auto& column) { return column.first == key; });
            columns.emplace_back(name, evaluate(context_, expr, rows));
        }
        context_.at = item_.span;
        for (const auto& [name, values] : columns)
            write_column(targets, transaction_.key(name), *values, rows.rows);
        return true;
    }

    void write_column(const Column& targets, KeyId key, const Column& values, std::size_t rows) {
        const ValuesToWrite to_write(context_, values, rows);
        if (targets.layout == Column::Layout::nodes) {
            transaction_.set_properties(ids_in<NodeId>(targets, rows), key, to_write.rows());
        } else {
            transaction_.set_properties(ids_in<RelId>(targets, rows), key, to_write.rows());
        }
    }

    /// The entries of computed maps. False: something else is among them, or they must be written row by row.
    bool write_maps(const Column& targets, const Column& values, std::size_t rows) {
        const bool replaces = item_.kind == Assignment::Kind::replace;
        if (!replaces && item_.kind != Assignment::Kind::merge) return false;
        if (values.layout != Column::Layout::values) return false;
        const bool maps = std::all_of(values.values.begin(), values.values.end(),
                                      [](const Value& value) { return value.kind() == Kind::map; });
        if (!maps || (replaces && !each_once(targets.ids))) return false;
        if (targets.layout == Column::Layout::nodes) {
            write_maps_of(ids_in<NodeId>(targets, rows), values, replaces);
        } else {
            write_maps_of(ids_in<RelId>(targets, rows), values, replaces);
        }
        return true;
    }

    template <class Id>
    void write_maps_of(const std::vector<Id>& targets, const Column& values, bool replaces) {
        EntriesByKey<Id> entries(transaction_);
        for (std::size_t row = 0; row < targets.size(); ++row) {
            const Value& value = values.values[values.constant ? 0 : row];
            context_.hold_written(written_property * value.as_map().size() + heap_bytes(value));
            if (replaces) take_others(targets[row], value.as_map());
            entries.add(targets[row], value.as_map());
        }
        entries.write();
    }

    /// Properties that a map does not have go.
    template <class Id>
    void take_others(Id target, const Map& map) {
        for (const auto& [key, v] : context_.snapshot->properties(target)) {
            if (map.find(context_.snapshot->name(key)) == nullptr)
                transaction_.set_property(target, key, Value());
        }
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

std::optional<std::vector<std::string>> written_keys(std::span<const Assignment> items) {
    std::vector<std::string> keys;
    for (const Assignment& item : items) {
        const bool some = item.kind == Assignment::Kind::replace || item.kind == Assignment::Kind::merge;
        if (some || item.computed_key != ExprId::none) return std::nullopt;
        if (item.kind == Assignment::Kind::property) keys.push_back(item.key);
    }
    return keys;
}

void assign(RunContext& context, std::span<const Assignment> items, const Batch& rows) {
    if (items.empty() || rows.rows == 0) return;
    std::vector<Assigner> assigners;
    for (const Assignment& item : items) assigners.emplace_back(context, item);
    const auto* first = std::get_if<SlotRef>(&context.plan[items.front().target].node);
    const Order order = rows.rows == 1     ? Order::together
                        : first == nullptr ? Order::in_turn
                                           : order_of(context, items, rows[first->slot], first->slot, rows);
    if (order == Order::together) {
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
    if (order == Order::by_target) {
        for (const std::vector<std::uint32_t>& round : rounds_of(rows[first->slot].ids)) {
            const Batch part = rows.gather(round, slots);
            for (Assigner& assigner : assigners) assigner.run(part);
        }
        return;
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
