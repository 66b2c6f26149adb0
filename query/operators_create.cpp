// CREATE: properties are computed for all rows at once, and nodes and relationships made in one go.

#include <algorithm>

#include "write_parts.hpp"

namespace islet::query {
namespace {

/// The properties that one part of a creation gets in each row.
class PropertySource {
 public:
    PropertySource(RunContext& context, ExprId properties, const Batch& rows, bool merging)
        : context_(context), merging_(merging), expr_(properties) {
        if (properties == ExprId::none) return;
        const auto* map = std::get_if<MakeMap>(&context.plan[properties].node);
        if (map == nullptr) {
            whole_ = evaluate(context, properties, rows);
            return;
        }
        for (const auto& [key, expr] : map->entries) {
            std::erase_if(entries_, [&, &name = key](const Entry& entry) { return *entry.name == name; });
            entries_.push_back({&key, std::nullopt, evaluate(context, expr, rows)});
        }
    }

    /// Whether they are maps that are computed, with any keys.
    [[nodiscard]] bool whole() const { return whole_.has_value(); }

    /// Appends all of them, column by column, as those of the `part`-th thing of each row. They refer to
    /// this.
    void append_columns(std::size_t rows, std::size_t part, std::vector<CreatedProperty>& out) {
        if (expr_ == ExprId::none) return;
        context_.at = context_.plan[expr_].span;
        for (Entry& entry : entries_) {
            const ValuesToWrite& values = entry.to_write.emplace(context_, *entry.values, rows);
            if (merging_ && values.any_null()) refuse(*entry.name);
            if (values.all_null()) continue;
            if (!entry.key) entry.key = context_.transaction->key(*entry.name);
            out.push_back({static_cast<std::uint32_t>(part), *entry.key, values.rows()});
        }
    }

    /// Appends those of a row that are not null.
    void fill(std::size_t row, Transaction::Properties& out) {
        if (expr_ == ExprId::none) return;
        context_.at = context_.plan[expr_].span;
        if (whole_) return fill_from((*whole_)->at(row), out);
        out.reserve(entries_.size());
        for (Entry& entry : entries_) {
            Value value = entry.values->at(row);
            if (value.is_null()) {
                if (merging_) refuse(*entry.name);
                continue;
            }
            if (!entry.key) entry.key = context_.transaction->key(*entry.name);
            context_.hold_written(written_property + heap_bytes(value));
            out.emplace_back(*entry.key, std::move(value));
        }
    }

 private:
    struct Entry {
        const std::string* name;
        std::optional<KeyId> key;  ///< once something has it
        ColumnRef values;
        std::optional<ValuesToWrite> to_write{};
    };

    void fill_from(const Value& value, Transaction::Properties& out) {
        // Maps of one list mostly have the same keys in the same order.
        std::size_t at = 0;
        for (const auto& [name, v] : properties_in(*context_.snapshot, value)) {
            if (v.is_null()) {
                if (merging_) refuse(name);
                continue;
            }
            context_.hold_written(written_property + heap_bytes(v));
            if (at >= names_.size()) names_.emplace_back();
            if (names_[at].first != name) names_[at] = {name, context_.transaction->key(name)};
            out.emplace_back(names_[at++].second, v);
        }
    }

    [[noreturn]] static void refuse(const std::string& key) {
        fail_writing("SemanticError", "MergeReadOwnWrites", "22N31",
                     "MERGE cannot find or make a property `" + key + "` that is null");
    }

    RunContext& context_;
    bool merging_;
    ExprId expr_;
    std::optional<ColumnRef> whole_;  ///< maps
    std::vector<Entry> entries_;      ///< of a map that is written out
    std::vector<std::pair<std::string, KeyId>> names_;
};

/// What was computed for all things that are made at once.
class PropertySources {
 public:
    void add(RunContext& context, ExprId properties, const Batch& rows, bool merging) {
        sources_.emplace_back(context, properties, rows, merging);
    }
    /// Calls at_once(columns), or where not all are columns one_by_one(fill).
    template <class AtOnce, class OneByOne>
    auto write(std::size_t rows, AtOnce at_once, OneByOne one_by_one) {
        const std::size_t parts = sources_.size();
        if (std::any_of(sources_.begin(), sources_.end(),
                        [](const auto& source) { return source.whole(); })) {
            return one_by_one([&, parts](std::uint32_t i, Transaction::Properties& out) {
                sources_[i % parts].fill(i / parts, out);
            });
        }
        std::vector<CreatedProperty> columns;
        for (std::size_t part = 0; part < parts; ++part) sources_[part].append_columns(rows, part, columns);
        return at_once(columns);
    }

 private:
    std::vector<PropertySource> sources_;
};

/// The ids that things of one part have in each row.
std::vector<std::uint32_t> ids_of_part(std::uint32_t first, std::size_t rows, std::size_t parts,
                                       std::size_t part) {
    std::vector<std::uint32_t> ids(rows);
    for (std::size_t row = 0; row < rows; ++row)
        ids[row] = first + static_cast<std::uint32_t>(row * parts + part);
    return ids;
}

/// Fails unless all are nodes.
std::vector<NodeId> ends_in(const Column& column, std::size_t rows) {
    std::vector<NodeId> ends(rows);
    bool all_there = column.layout == Column::Layout::nodes;
    if (all_there) {
        for (std::size_t row = 0; row < rows; ++row) {
            const std::uint32_t id = column.ids[column.constant ? 0 : row];
            all_there = all_there && id != Column::null_id;
            ends[row] = NodeId{id};
        }
    } else {
        all_there = true;
        for (std::size_t row = 0; row < rows && all_there; ++row) {
            const Value value = column.at(row);
            all_there = value.kind() == Kind::node;
            if (all_there) ends[row] = value.as_node();
        }
    }
    if (!all_there) {
        fail_writing("SemanticError", "MissingNode", "22N31",
                     "a relationship cannot be made: one of its ends is null");
    }
    return ends;
}

std::vector<SlotId> made_slots(const Creation& creation) {
    std::vector<SlotId> slots;
    for (const CreatedNode& node : creation.nodes) slots.push_back(node.slot);
    for (const CreatedRel& rel : creation.rels) slots.push_back(rel.slot);
    for (const auto& [slot, expr] : creation.paths) slots.push_back(slot);
    return slots;
}

class CreateOperator final : public WriteOperator {
 public:
    using WriteOperator::WriteOperator;

 protected:
    void write(Batch& rows) override {
        Creator(context_, std::get<CreateOp>(node_.op).creation, false).create(rows);
    }
};

}  // namespace

Creator::Creator(RunContext& context, const Creation& creation, bool merging)
    : context_(context), creation_(creation), merging_(merging) {
    std::vector<bool> used(context.plan.statement.slot_names.size());
    for (const CreatedNode& node : creation.nodes) {
        if (node.properties != ExprId::none) used_slots(context.plan, node.properties, used);
    }
    for (const CreatedNode& node : creation.nodes)
        in_order_ = in_order_ || used[static_cast<std::size_t>(node.slot)] || !node.computed_labels.empty();
    for (const CreatedRel& rel : creation.rels) {
        if (rel.properties != ExprId::none) used_slots(context.plan, rel.properties, used);
    }
    for (const CreatedRel& rel : creation.rels)
        in_order_ =
            in_order_ || used[static_cast<std::size_t>(rel.slot)] || rel.computed_type != ExprId::none;
}

void Creator::create(Batch& rows) {
    if (rows.rows == 0) return;
    context_.hold_written(rows.rows *
                          (creation_.nodes.size() * written_node + creation_.rels.size() * written_rel));
    if (!in_order_ || rows.rows == 1) return create_at_once(rows);
    const std::vector<SlotId> slots = present(rows);
    const std::vector<SlotId> made = made_slots(creation_);
    std::vector<Column> columns(made.size());
    for (std::size_t row = 0; row < rows.rows; ++row) {
        Batch one = one_row(rows, row, slots);
        create_at_once(one);
        for (std::size_t i = 0; i < made.size(); ++i) columns[i].append(one[made[i]], 0);
    }
    for (std::size_t i = 0; i < made.size(); ++i) rows[made[i]] = std::move(columns[i]);
}

void Creator::create_at_once(Batch& rows) {
    Transaction& transaction = *context_.transaction;
    if (labels_.empty()) {
        for (const CreatedNode& node : creation_.nodes) {
            std::vector<LabelId>& labels = labels_.emplace_back();
            for (const std::string& label : node.labels) labels.push_back(transaction.label(label));
        }
    }
    create_nodes(rows);
    create_rels(rows);
    for (const auto& [slot, expr] : creation_.paths)
        rows[slot] = evaluate(context_, expr, rows).take(rows.rows);
}

void Creator::create_nodes(Batch& rows) {
    const std::size_t count = creation_.nodes.size();
    // Those of a row lie side by side. Where one reads another, they are made one after the other.
    const std::size_t together = in_order_ ? 1 : count;
    for (std::size_t begin = 0; begin < count; begin += together) {
        PropertySources sources;
        for (std::size_t i = begin; i < begin + together; ++i)
            sources.add(context_, creation_.nodes[i].properties, rows, merging_);
        std::span<const std::vector<LabelId>> labels = std::span(labels_).subspan(begin, together);
        std::vector<std::vector<LabelId>> with_computed;
        for (std::size_t i = 0; i < together; ++i) {
            const std::vector<ExprId>& computed = creation_.nodes[begin + i].computed_labels;
            if (computed.empty()) continue;  // else there is one row
            if (with_computed.empty()) with_computed.assign(labels.begin(), labels.end());
            for (const std::string& label : names_for(context_, computed, rows, 0))
                with_computed[i].push_back(context_.transaction->label(label));
            labels = with_computed;
        }
        Transaction& transaction = *context_.transaction;
        const auto count_of_rows = static_cast<std::uint32_t>(rows.rows);
        const auto first = static_cast<std::uint32_t>(sources.write(
            rows.rows,
            [&](const auto& columns) { return transaction.create_nodes(count_of_rows, labels, columns); },
            [&](const Transaction::FillProperties& fill) {
                return transaction.create_nodes(count_of_rows * static_cast<std::uint32_t>(together), labels,
                                                fill);
            }));
        for (std::size_t i = 0; i < together; ++i)
            rows[creation_.nodes[begin + i].slot] = Column::nodes(ids_of_part(first, rows.rows, together, i));
    }
}

/// REQUIRES: there is one row.
TypeId Creator::type_for(const CreatedRel& rel, const Batch& rows) const {
    const std::vector<std::string> names = names_for(context_, std::span(&rel.computed_type, 1), rows, 0);
    if (names.size() != 1) {
        fail_writing("ArgumentError", "NoSingleRelationshipType", "22N11",
                     "a relationship is created with exactly one type, but this gives " +
                         std::to_string(names.size()));
    }
    return context_.transaction->type(names.front());
}

void Creator::create_rels(Batch& rows) {
    const std::size_t count = creation_.rels.size();
    const std::size_t together = in_order_ ? 1 : count;
    for (std::size_t begin = 0; begin < count; begin += together) {
        PropertySources sources;
        std::vector<Ends> ends(rows.rows * together);
        for (std::size_t i = 0; i < together; ++i) {
            const CreatedRel& rel = creation_.rels[begin + i];
            sources.add(context_, rel.properties, rows, merging_);
            const std::vector<NodeId> from = ends_in(rows[rel.source], rows.rows);
            const std::vector<NodeId> to = ends_in(rows[rel.target], rows.rows);
            for (std::size_t row = 0; row < rows.rows; ++row)
                ends[row * together + i] = {from[row], to[row], {}};
        }
        if (types_.size() <= begin) {
            for (std::size_t i = begin; i < begin + together; ++i)
                types_.push_back(creation_.rels[i].computed_type == ExprId::none
                                     ? context_.transaction->type(creation_.rels[i].type)
                                     : TypeId{});
        }
        for (std::size_t i = 0; i < ends.size(); ++i) {
            const CreatedRel& rel = creation_.rels[begin + i % together];
            ends[i].type =
                rel.computed_type == ExprId::none ? types_[begin + i % together] : type_for(rel, rows);
        }
        Transaction& transaction = *context_.transaction;
        const auto first = static_cast<std::uint32_t>(sources.write(
            rows.rows,
            [&](const auto& columns) {
                return transaction.create_relationships(ends, static_cast<std::uint32_t>(together), columns);
            },
            [&](const Transaction::FillProperties& fill) {
                return transaction.create_relationships(ends, fill);
            }));
        for (std::size_t i = 0; i < together; ++i)
            rows[creation_.rels[begin + i].slot] = Column::rels(ids_of_part(first, rows.rows, together, i));
    }
}

Input make_create(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<CreateOperator>(context, node, std::move(input));
}

}  // namespace islet::query
