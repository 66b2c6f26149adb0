#include "write_parts.hpp"

#include <algorithm>

#include "computed_labels.hpp"
#include "held_bytes.hpp"
#include "islet/error.hpp"

namespace islet::query {

void fail_writing(std::string_view kind, std::string_view detail, std::string_view code,
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

ValuesToWrite::ValuesToWrite(RunContext& context, const Column& column, std::size_t rows) {
    rows_.constant = column.constant;
    const std::size_t entries = column.constant ? 1 : rows;
    switch (column.layout) {
        case Column::Layout::ints:
            rows_.kind = Kind::integer;
            rows_.integers = std::span(column.ints).first(entries);
            rows_.valid = column.valid;
            break;
        case Column::Layout::floats:
            rows_.kind = Kind::floating;
            rows_.floats = std::span(column.floats).first(entries);
            rows_.valid = column.valid;
            break;
        case Column::Layout::values:
            rows_.values = std::span(column.values).first(entries);
            break;
        default:
            values_.reserve(entries);
            for (std::size_t row = 0; row < entries; ++row) values_.push_back(column.at(row));
            rows_.values = values_;
    }
    std::uint64_t bytes = rows * written_property;
    for (const Value& value : rows_.values) bytes += heap_bytes(value);
    context.hold_written(bytes);
    if (rows_.values.empty() && rows_.valid.empty()) {
        all_null_ = false;
        return;
    }
    for (std::size_t row = 0; row < entries; ++row) {
        any_null_ = any_null_ || rows_.is_null(row);
        all_null_ = all_null_ && rows_.is_null(row);
    }
}

bool WriteOperator::next(Batch& out) {
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

void WriteOperator::reset() {
    Operator::reset();
    written_ = false;
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
        fail_writing("TypeError", "InvalidArgumentType", "22G03",
                     "properties are set from a map, but this is a " + std::string(kind_name(value.kind())));
    }
    return out;
}

std::vector<std::string> names_for(RunContext& context, std::span<const ExprId> computed, const Batch& rows,
                                   std::size_t row) {
    std::vector<std::string> names;
    for (const ExprId expr : computed) {
        const Value value = evaluate(context, expr, rows)->at(row);
        context.at = context.plan[expr].span;
        for (std::string& name : computed_names(value)) names.push_back(std::move(name));
    }
    return names;
}

namespace {

/// Whether a slot holds no nodes and relationships, nor anything that holds some.
bool holds_no_entities(const Column& column) {
    const auto simple = [](const Value& value) {
        return value.kind() < Kind::list || is_temporal(value.kind());
    };
    switch (column.layout) {
        case Column::Layout::absent:
        case Column::Layout::nodes:
        case Column::Layout::rels:
            return false;
        case Column::Layout::values:
            break;
        default:
            return true;
    }
    return std::all_of(column.values.begin(), column.values.end(), [&](const Value& value) {
        if (value.kind() != Kind::map) return simple(value);
        const auto& entries = value.as_map().entries();
        return std::all_of(entries.begin(), entries.end(),
                           [&](const auto& entry) { return simple(entry.second); });
    });
}

}  // namespace

Reads reads_of(const RunContext& context, ExprId id, const Batch& rows, SlotId own,
               const std::vector<std::string>* written) {
    const Expr& expr = context.plan[id];
    const auto of_slot = [&](SlotId slot) {
        const bool there = static_cast<std::size_t>(slot) < rows.columns.size();
        return there && holds_no_entities(rows[slot]) ? Reads::nothing : Reads::graph;
    };
    if (const auto* property = std::get_if<PropertyOf>(&expr.node)) {
        const auto* of = std::get_if<SlotRef>(&context.plan[property->subject].node);
        if (of == nullptr) return Reads::graph;
        if (written != nullptr &&
            std::find(written->begin(), written->end(), property->key) == written->end())
            return Reads::nothing;
        return of->slot == own ? Reads::own : of_slot(of->slot);
    }
    if (const auto* ref = std::get_if<SlotRef>(&expr.node)) return of_slot(ref->slot);
    const bool known = std::visit(overload{
                                      [](const Constant&) { return true; },
                                      [](const ParameterRef&) { return true; },
                                      [](const Operation&) { return true; },
                                      [](const Negate&) { return true; },
                                      [](const Coalesce&) { return true; },
                                      [](const Compare&) { return true; },
                                      [](const Logical&) { return true; },
                                      [](const Not&) { return true; },
                                      [](const NullTest&) { return true; },
                                      [](const CaseOf&) { return true; },
                                      [](const MakeList&) { return true; },
                                      [](const MakeMap&) { return true; },
                                      [](const FunctionOf& f) { return f.function->pure; },
                                      [](const auto&) { return false; },
                                  },
                                  expr.node);
    if (!known) return Reads::graph;
    Reads most = Reads::nothing;
    for_each_operand(expr, [&](ExprId operand) {
        if (most != Reads::graph) most = std::max(most, reads_of(context, operand, rows, own, written));
    });
    return most;
}

}  // namespace islet::query
