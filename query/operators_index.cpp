// Nodes by a property, through an index; where that has no answer, by a table made for the purpose, or all
// nodes of the label.

#include <algorithm>

#include "islet/error.hpp"
#include "islet/index.hpp"
#include "operator.hpp"
#include "value_table.hpp"

namespace islet::query {
namespace {

class NodeIndexSeekOperator final : public Operator {
 public:
    using Operator::Operator;

    bool next(Batch& out) override {
        const auto& op = std::get<NodeIndexSeekOp>(node_.op);
        while (true) {
            std::vector<std::uint32_t> found;
            std::vector<std::uint32_t> parents;
            while (found.size() < batch_rows) {
                if (at_ >= hits_.size()) {
                    if (row_ >= in_.rows) {
                        if (!found.empty()) break;  // rows of one batch of the input only
                        if (!pull(in_)) return false;
                        begin_batch(op);
                    }
                    if (row_ % 64 == 63) context_.check();
                    look_up(op, row_++);
                    continue;
                }
                const std::size_t count = std::min(hits_.size() - at_, batch_rows - found.size());
                for (std::size_t i = 0; i < count; ++i)
                    found.push_back(static_cast<std::uint32_t>(hits_[at_ + i]));
                parents.resize(found.size(), static_cast<std::uint32_t>(row_ - 1));
                at_ += count;
            }
            if (found.empty()) continue;
            out = in_.gather(parents, slots_);
            out[op.node] = op.relationship ? Column::rels(std::move(found)) : Column::nodes(std::move(found));
            return true;
        }
    }

    void reset() override {
        Operator::reset();
        in_ = {};
        row_ = at_ = 0;
        hits_.clear();
        if (context_.transaction != nullptr) table_.reset();  // the nodes may be others now
    }

 private:
    void begin_batch(const NodeIndexSeekOp& op) {
        row_ = at_ = 0;
        hits_.clear();
        slots_ = carried(in_);
        label_ = op.label.empty() ? std::optional(LabelId::none) : context_.snapshot->find_label(op.label);
        if (op.relationship) type_ = context_.snapshot->find_type(op.label);
        key_ = context_.snapshot->find_key(op.key);
        value_ = least_ = most_ = std::nullopt;
        computed_ = true;
        try {
            if (op.value != ExprId::none) value_ = evaluate(context_, op.value, in_);
            if (op.least != ExprId::none) least_ = evaluate(context_, op.least, in_);
            if (op.most != ExprId::none) most_ = evaluate(context_, op.most, in_);
            also_.clear();
            for (const auto& [key, value] : op.also)
                also_.emplace_back(context_.snapshot->find_key(key), evaluate(context_, value, in_));
        } catch (const Exception&) {
            // Whether the condition fails is for the filter to find out: without nodes it does not.
            context_.check();
            computed_ = false;
        }
        const auto same = [](const std::optional<ColumnRef>& column) {
            return !column || (**column).constant;
        };
        constant_ =
            same(value_) && same(least_) && same(most_) &&
            std::all_of(also_.begin(), also_.end(), [](const auto& also) { return also.second->constant; });
        values_ += constant_ ? 1 : in_.rows;
    }

    void look_up(const NodeIndexSeekOp& op, std::size_t row) {
        at_ = 0;
        if (row > 0 && constant_) return;  // as for the row before
        hits_.clear();
        if (op.relationship) return look_up_relationships(op, row);
        if (!label_ || (op.subject == ExprId::none && !key_ && computed_)) return;
        if (computed_ && answer(op, row)) return;
        hits_.clear();
        context_.snapshot->scan(*label_, NodeId{0}, SIZE_MAX, hits_);
    }

    /// False: the index cannot tell.
    bool answer(const NodeIndexSeekOp& op, std::size_t row) {
        const auto ask = [&](const Probe& probe) {
            return *label_ != LabelId::none && key_ && seek(*context_.snapshot, *label_, *key_, probe, hits_);
        };
        const Value value = value_ ? (**value_).at(row) : Value();
        switch (op.kind) {
            case NodeIndexSeekOp::Kind::equal:
                if (value.is_null()) return true;
                if (!op.also.empty()) {
                    if (const auto wanted = all_values(row))
                        seek_all(*context_.snapshot, *label_, *wanted, hits_);
                    return true;
                }
                if (!table_) {
                    Probe probe{Probe::Kind::equal, value};
                    probe.once = values_ < 2;
                    if (ask(probe)) return true;
                    if (values_ < 2 || !make_table(op)) return false;
                }
                table_->find(value, hits_);
                return true;
            case NodeIndexSeekOp::Kind::in:
                if (value.is_null()) return true;
                if (value.kind() != Kind::list) return false;
                for (const Value& item : value.as_list()) {
                    if (!item.is_null() && !ask({Probe::Kind::equal, item})) return false;
                }
                std::sort(hits_.begin(), hits_.end());
                hits_.erase(std::unique(hits_.begin(), hits_.end()), hits_.end());
                return true;
            case NodeIndexSeekOp::Kind::prefix:
                return value.kind() != Kind::string || ask({Probe::Kind::prefix, value});
            case NodeIndexSeekOp::Kind::contains:
                return value.kind() != Kind::string || ask({Probe::Kind::contains, value});
            case NodeIndexSeekOp::Kind::range:
                break;
        }
        Probe probe{Probe::Kind::range};
        if (least_) probe.least = (**least_).at(row);
        if (most_) probe.most = (**most_).at(row);
        if ((probe.least && probe.least->is_null()) || (probe.most && probe.most->is_null())) return true;
        return ask(probe);
    }

    /// What each of several properties must be; none: nothing can have them.
    std::optional<KeyValues> all_values(std::size_t row) const {
        if (!key_) return std::nullopt;
        KeyValues wanted{{*key_, (**value_).at(row)}};
        for (const auto& [key, value] : also_) {
            if (!key || value->is_null(row)) return std::nullopt;
            wanted.emplace_back(*key, value->at(row));
        }
        return wanted;
    }

    /// The same for relationships, whose ids stand in for those of nodes.
    void look_up_relationships(const NodeIndexSeekOp& op, std::size_t row) {
        if (!type_ || (!key_ && computed_)) return;
        std::vector<RelId> found;
        if (!computed_ || !relationships(op, row, found)) {
            found.clear();
            for (std::uint32_t id = 0; id < context_.snapshot->rel_bound(); ++id) {
                const RelId rel{id};
                if (context_.snapshot->contains(rel) && context_.snapshot->ends(rel).type == *type_)
                    found.push_back(rel);
            }
        }
        for (const RelId rel : found) hits_.push_back(NodeId{static_cast<std::uint32_t>(rel)});
    }

    /// False: the index cannot tell.
    bool relationships(const NodeIndexSeekOp& op, std::size_t row, std::vector<RelId>& found) const {
        const Snapshot& snapshot = *context_.snapshot;
        const Value value = value_ ? (**value_).at(row) : Value();
        if (op.kind == NodeIndexSeekOp::Kind::range) {
            Probe probe{Probe::Kind::range};
            if (least_) probe.least = (**least_).at(row);
            if (most_) probe.most = (**most_).at(row);
            if ((probe.least && probe.least->is_null()) || (probe.most && probe.most->is_null())) return true;
            return seek(snapshot, *type_, *key_, probe, found);
        }
        if (value.is_null()) return true;
        if (op.kind == NodeIndexSeekOp::Kind::prefix)
            return value.kind() != Kind::string ||
                   seek(snapshot, *type_, *key_, {Probe::Kind::prefix, value}, found);
        if (op.kind == NodeIndexSeekOp::Kind::equal) {
            if (op.also.empty()) return seek(snapshot, *type_, *key_, {Probe::Kind::equal, value}, found);
            if (const auto wanted = all_values(row)) seek_all(snapshot, *type_, *wanted, found);
            return true;
        }
        if (value.kind() != Kind::list) return false;
        for (const Value& item : value.as_list()) {
            if (!item.is_null() && !seek(snapshot, *type_, *key_, {Probe::Kind::equal, item}, found))
                return false;
        }
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return true;
    }

    /// A table of all nodes of the label, by what must be the value.
    bool make_table(const NodeIndexSeekOp& op) {
        ValueTable table;
        NodeId from{0};
        std::vector<NodeId> nodes;
        try {
            while (from != NodeId::none) {
                context_.check();
                nodes.clear();
                from = context_.snapshot->scan(*label_, from, batch_rows, nodes);
                if (nodes.empty()) break;
                Batch batch = empty_batch();
                batch.rows = nodes.size();
                std::vector<std::uint32_t> ids;
                ids.reserve(nodes.size());
                for (const NodeId node : nodes) ids.push_back(static_cast<std::uint32_t>(node));
                batch[op.node] = Column::nodes(std::move(ids));
                const ColumnRef values = evaluate(context_, op.subject, batch);
                table.add(*values, nodes);
                context_.hold(nodes.size() * ValueTable::bytes_each);
            }
        } catch (const Exception&) {
            context_.check();
            return false;  // what fails, fails in the filter
        }
        table.finish();
        table_ = std::move(table);
        return true;
    }

    Batch in_;
    std::size_t row_ = 0;  ///< of the input, the next to look up
    std::vector<NodeId> hits_;
    std::size_t at_ = 0;  ///< in `hits_`, the next to give out
    std::vector<SlotId> slots_;
    std::optional<LabelId> label_;
    std::optional<TypeId> type_;  ///< of relationships
    std::optional<KeyId> key_;
    std::optional<ColumnRef> value_;
    std::optional<ColumnRef> least_;
    std::optional<ColumnRef> most_;
    std::vector<std::pair<std::optional<KeyId>, ColumnRef>> also_;
    bool computed_ = false;
    bool constant_ = false;
    std::uint64_t values_ = 0;         ///< looked up, or about to be
    std::optional<ValueTable> table_;  ///< made once an index has not answered
};

}  // namespace

Input make_node_index_seek(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<NodeIndexSeekOperator>(context, node, std::move(input));
}

}  // namespace islet::query
