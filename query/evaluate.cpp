#include "evaluate.hpp"

#include <algorithm>
#include <numeric>

#include "evaluate_kernels.hpp"
#include "functions.hpp"
#include "once_per_node.hpp"
#include "operator.hpp"

namespace islet::query {
namespace {

[[noreturn]] void type_error(std::string message) {
    throw Exception({.code = "22G03",
                     .kind = "TypeError",
                     .phase = "runtime",
                     .detail = "InvalidArgumentType",
                     .message = std::move(message),
                     .span = {},
                     .hint = {},
                     .place = {}});
}

Column label_test(RunContext& context, const LabelTest& e, const Column& subject, std::size_t rows) {
    std::vector<std::uint8_t> out(rows);
    const bool plain = e.labels.size() == 1 && e.labels.front().op == ast::LabelTerm::Op::name;
    if (plain && subject.layout == Column::Layout::nodes && !subject.constant) {
        const std::optional<LabelId> label = context.snapshot->find_label(e.labels.front().name.text);
        const LabelledNodes nodes = label ? context.snapshot->labelled(*label) : LabelledNodes();
        for (std::size_t row = 0; row < rows; ++row) {
            const std::uint32_t id = subject.ids[row];
            out[row] = id == Column::null_id                 ? Column::null_bool
                       : label && nodes.contains(NodeId{id}) ? 1
                                                             : 0;
        }
        return Column::booleans(std::move(out));
    }
    for (std::size_t row = 0; row < rows; ++row) {
        const Value value = subject.at(row);
        if (value.is_null()) {
            out[row] = Column::null_bool;
        } else if (value.kind() == Kind::node) {
            out[row] = has_labels(*context.snapshot, e.labels, value.as_node()) ? 1 : 0;
        } else if (value.kind() == Kind::relationship) {
            out[row] = has_type(*context.snapshot, e.labels, value.as_relationship()) ? 1 : 0;
        } else {
            type_error("labels are of nodes, but this is a " + std::string(kind_name(value.kind())));
        }
    }
    return Column::booleans(std::move(out));
}

Column map_projection(RunContext& context, const MapProjectionOf& e, const Batch& batch) {
    const ColumnRef subject = evaluate(context, e.subject, batch);
    std::vector<ColumnRef> entries;
    for (const auto& [key, expr] : e.entries) entries.push_back(evaluate(context, expr, batch));
    const Snapshot& snapshot = *context.snapshot;
    std::vector<Value> out;
    out.reserve(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const Value of = subject->at(row);
        if (of.is_null()) {
            out.emplace_back();
            continue;
        }
        Map map;
        if (e.all_properties) {
            if (of.kind() == Kind::map) map = of.as_map();
            const auto copy = [&](const std::vector<std::pair<KeyId, Value>>& properties) {
                for (const auto& [key, value] : properties) map.set(std::string(snapshot.name(key)), value);
            };
            if (of.kind() == Kind::node) copy(snapshot.properties(of.as_node()));
            if (of.kind() == Kind::relationship) copy(snapshot.properties(of.as_relationship()));
        }
        for (std::size_t i = 0; i < entries.size(); ++i) map.set(e.entries[i].first, entries[i]->at(row));
        out.emplace_back(std::move(map));
    }
    return Column::of_values(std::move(out));
}

/// One value for each row from columns of operands.
template <class Make>
Column per_row(RunContext& context, std::span<const ExprId> operands, ast::Span span, const Batch& batch,
               Make&& make) {
    std::vector<ColumnRef> columns;
    columns.reserve(operands.size());
    for (const ExprId operand : operands) columns.push_back(evaluate(context, operand, batch));
    context.at = span;
    const bool same =
        std::all_of(columns.begin(), columns.end(), [](const ColumnRef& column) { return column->constant; });
    if (same && batch.rows > 0) return Column::of_constant(make(columns, 0));
    std::vector<Value> out;
    out.reserve(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) out.push_back(make(columns, row));
    return Column::packed(std::move(out));
}

bool matches(const ast::LabelExpr& labels, std::uint32_t at,
             const std::function<bool(const std::string&)>& has, bool has_any) {
    const ast::LabelTerm& term = labels[at];
    switch (term.op) {
        case ast::LabelTerm::Op::name:
            return has(term.name.text);
        case ast::LabelTerm::Op::conjunction:
            return matches(labels, term.left, has, has_any) && matches(labels, term.right, has, has_any);
        case ast::LabelTerm::Op::disjunction:
            return matches(labels, term.left, has, has_any) || matches(labels, term.right, has, has_any);
        case ast::LabelTerm::Op::negation:
            return !matches(labels, term.left, has, has_any);
        case ast::LabelTerm::Op::wildcard:
            return has_any;
        case ast::LabelTerm::Op::computed_all:
        case ast::LabelTerm::Op::computed_any:
            break;  // are conditions by now
    }
    return false;
}

}  // namespace

std::uint8_t truth(const Column& column, std::size_t row) {
    if (column.layout == Column::Layout::bools) return column.bools[column.constant ? 0 : row];
    if (column.is_null(row)) return Column::null_bool;
    const Value value = column.at(row);
    if (value.kind() != Kind::boolean)
        type_error("a condition must be true or false, but this is " + std::string(kind_name(value.kind())));
    return value.as_bool() ? 1 : 0;
}

void RunContext::check() const {
    const auto stop = [](std::string_view code, std::string_view detail, std::string message,
                         std::string hint) {
        throw Exception({.code = std::string(code),
                         .kind = "TransactionError",
                         .phase = "runtime",
                         .detail = std::string(detail),
                         .message = std::move(message),
                         .span = {},
                         .hint = std::move(hint),
                         .place = {}});
    };
    if (cancelled != nullptr && cancelled->load(std::memory_order_relaxed)) {
        stop("57014", "Cancelled", "the query was cancelled", "");
    }
    if (memory_limit != 0 && memory_used > memory_limit) out_of_memory(0);
    if (deadline != std::chrono::steady_clock::time_point::max() &&
        std::chrono::steady_clock::now() > deadline) {
        stop("57015", "Timeout", "the query ran into its time limit",
             "bound the length of paths, begin with a narrower label, or raise the limit");
    }
}

void RunContext::hold(const Batch& batch) {
    std::uint64_t bytes = query::bytes(batch);
    for (const Column& column : batch.columns) bytes += held.add(column, batch.rows);
    hold(bytes);
}

void RunContext::out_of_memory(std::uint64_t more) const {
    std::string message = "the query holds more than its limit of " + size_text(memory_limit);
    if (more > 0)
        message =
            "the query would hold " + size_text(more) + " more, and its limit is " + size_text(memory_limit);
    const bool writes = memory_written > memory_used / 2;
    throw Exception(
        {.code = "53200",
         .kind = "TransactionError",
         .phase = "runtime",
         .detail = "MemoryLimit",
         .message = std::move(message),
         .span = {},
         .hint = writes ? "write in parts, as CALL { … } IN TRANSACTIONS does, or raise the memory limit"
                        : "return fewer rows, or raise the memory limit",
         .place = {}});
}

Column ColumnRef::take(std::size_t rows) && {
    if (lent_ == nullptr && !owned_.constant) return std::move(owned_);
    const Column& column = **this;
    if (!column.constant) return column;
    Column full;
    const Value value = column.at(0);
    if (column.layout == Column::Layout::strings || column.layout == Column::Layout::values) {
        full = Column::of_values(std::vector<Value>(rows, value));
    } else {
        if (column.layout == Column::Layout::ints && column.valid.empty())
            return Column::integers(std::vector<std::int64_t>(rows, column.ints.front()));
        for (std::size_t row = 0; row < rows; ++row) full.append(value);
        if (rows == 0) full = Column::of_values({});
    }
    return full;
}

bool has_labels(const Snapshot& snapshot, const ast::LabelExpr& labels, NodeId node) {
    const auto has = [&](const std::string& name) {
        const std::optional<LabelId> label = snapshot.find_label(name);
        return label && snapshot.has_label(node, *label);
    };
    if (labels.empty()) return true;
    if (labels.size() == 1 && labels.front().op == ast::LabelTerm::Op::name)
        return has(labels.front().name.text);
    return matches(labels, static_cast<std::uint32_t>(labels.size() - 1), has,
                   !snapshot.labels(node).empty());
}

bool has_type(const Snapshot& snapshot, const ast::LabelExpr& labels, RelId rel) {
    const std::string_view type = snapshot.name(snapshot.ends(rel).type);
    return labels.empty() || matches(
                                 labels, static_cast<std::uint32_t>(labels.size() - 1),
                                 [&](const std::string& name) { return name == type; }, true);
}

std::vector<SlotId> slots_read(const RunContext& context, std::initializer_list<ExprId> expressions,
                               const Batch& batch) {
    std::vector<bool> used(batch.columns.size());
    for (const ExprId expr : expressions) {
        if (expr != ExprId::none) used_slots(context.plan, expr, used);
    }
    std::vector<SlotId> slots;
    for (std::uint32_t slot = 0; slot < used.size() && slot < batch.columns.size(); ++slot) {
        if (used[slot] && batch.columns[slot].layout != Column::Layout::absent) slots.push_back(SlotId{slot});
    }
    return slots;
}

namespace {

/// What an operation made; throws where texts or lists have grown beyond what may be held.
Column roomy(const RunContext& context, Column made) {
    if (made.layout == Column::Layout::values && context.memory_limit != 0)
        context.need(HeldBytes().add(made, made.values.size()));
    return made;
}

}  // namespace

ColumnRef evaluate(RunContext& context, ExprId id, const Batch& batch) {
    const SlotId node = context.plan.node_of(id);
    // What a transaction changes is not remembered.
    if (node != SlotId::none && context.transaction == nullptr) {
        std::shared_ptr<NodeMemo>& memo = context.memos[id];
        if (!memo) memo = std::make_shared<NodeMemo>();
        if (auto known = memo->get(context, id, node, batch)) return ColumnRef(std::move(*known));
    }
    return evaluate_afresh(context, id, batch);
}

ColumnRef evaluate_afresh(RunContext& context, ExprId id, const Batch& batch) {
    const Expr& expr = context.plan[id];
    const auto owned = [](Column column) { return ColumnRef(std::move(column)); };
    return std::visit(
        overload{
            [&](const Constant& e) { return owned(Column::of_constant(e.value)); },
            [&](const ParameterRef& e) {
                const auto it = context.parameters.find(e.name);
                if (it == context.parameters.end()) {
                    context.at = expr.span;
                    throw Exception({.code = "42N51",
                                     .kind = "ParameterMissing",
                                     .phase = "compile time",
                                     .detail = "MissingParameter",
                                     .message = "no value is given for the parameter `$" + e.name + "`",
                                     .span = {},
                                     .hint = {},
                                     .place = {}});
                }
                return owned(Column::of_constant(it->second));
            },
            [&](const SlotRef& e) { return ColumnRef::lend(batch[e.slot]); },
            [&](const PropertyOf& e) {
                const ColumnRef subject = evaluate(context, e.subject, batch);
                context.at = expr.span;
                return owned(read_property(context, *subject, e.key, batch.rows));
            },
            [&](const FunctionOf& e) { return owned(evaluate_call(context, e, expr.span, batch)); },
            [&](const Logical& e) {
                context.at = expr.span;
                return owned(evaluate_logical(context, e, batch));
            },
            [&](const Not& e) {
                const ColumnRef operand = evaluate(context, e.operand, batch);
                context.at = expr.span;
                std::vector<std::uint8_t> out(batch.rows);
                if (operand->layout == Column::Layout::bools && !operand->constant) {
                    for (std::size_t row = 0; row < batch.rows; ++row) {
                        const std::uint8_t value = operand->bools[row];
                        out[row] = value == Column::null_bool ? value : static_cast<std::uint8_t>(1 - value);
                    }
                    return owned(Column::booleans(std::move(out)));
                }
                for (std::size_t row = 0; row < batch.rows; ++row) {
                    const std::uint8_t value = truth(*operand, row);
                    out[row] = value == Column::null_bool ? value : static_cast<std::uint8_t>(1 - value);
                }
                return owned(Column::booleans(std::move(out)));
            },
            [&](const NullTest& e) {
                const ColumnRef operand = evaluate(context, e.operand, batch);
                std::vector<std::uint8_t> out(batch.rows);
                for (std::size_t row = 0; row < batch.rows; ++row)
                    out[row] = operand->is_null(row) != e.negated ? 1 : 0;
                return owned(Column::booleans(std::move(out)));
            },
            [&](const Compare& e) {
                const ColumnRef left = evaluate(context, e.left, batch);
                const ColumnRef right = evaluate(context, e.right, batch);
                context.at = expr.span;
                return owned(compare_columns(e.op, *left, *right, batch.rows));
            },
            [&](const Operation& e) {
                const ColumnRef left = evaluate(context, e.left, batch);
                const ColumnRef right = evaluate(context, e.right, batch);
                context.at = expr.span;
                return owned(
                    roomy(context, evaluate_operation(e.op, *left, *right, batch.rows, context.regexes)));
            },
            [&](const OperationRun& e) {
                ColumnRef value = evaluate(context, e.first, batch);
                for (const auto& [op, operand] : e.rest) {
                    const ColumnRef right = evaluate(context, operand, batch);
                    context.at = {expr.span.begin, context.plan[operand].span.end};
                    value = owned(
                        roomy(context, evaluate_operation(op, *value, *right, batch.rows, context.regexes)));
                }
                return value;
            },
            [&](const Negate& e) {
                return owned(per_row(context, std::array{e.operand}, expr.span, batch,
                                     [](const auto& c, std::size_t row) { return negate(c[0]->at(row)); }));
            },
            [&](const SubscriptOf& e) {
                const FunctionContext inner{*context.snapshot, context.random_state, context.begun};
                return owned(per_row(context, std::array{e.subject, e.index}, expr.span, batch,
                                     [&](const auto& c, std::size_t row) {
                                         return subscript(inner, c[0]->at(row), c[1]->at(row));
                                     }));
            },
            [&](const SliceOf& e) {
                std::vector<ExprId> operands{e.subject};
                if (e.from != ExprId::none) operands.push_back(e.from);
                if (e.to != ExprId::none) operands.push_back(e.to);
                const bool from = e.from != ExprId::none;
                const bool to = e.to != ExprId::none;
                return owned(
                    per_row(context, operands, expr.span, batch, [&](const auto& c, std::size_t row) {
                        return slice(c[0]->at(row), from ? c[1]->at(row) : Value(),
                                     to ? c.back()->at(row) : Value(), from, to);
                    }));
            },
            [&](const MakeList& e) {
                return owned(per_row(context, e.items, expr.span, batch, [](const auto& c, std::size_t row) {
                    List list;
                    list.reserve(c.size());
                    for (const ColumnRef& column : c) list.push_back(column->at(row));
                    return Value(std::move(list));
                }));
            },
            [&](const MakeMap& e) {
                std::vector<ExprId> operands;
                for (const auto& [key, operand] : e.entries) operands.push_back(operand);
                return owned(
                    per_row(context, operands, expr.span, batch, [&](const auto& c, std::size_t row) {
                        Map map;
                        for (std::size_t i = 0; i < c.size(); ++i) map.set(e.entries[i].first, c[i]->at(row));
                        return Value(std::move(map));
                    }));
            },
            [&](const LabelTest& e) {
                const ColumnRef subject = evaluate(context, e.subject, batch);
                context.at = expr.span;
                return owned(label_test(context, e, *subject, batch.rows));
            },
            [&](const TypeTestOf& e) {
                const ColumnRef subject = evaluate(context, e.subject, batch);
                return owned(evaluate_type_test(e, *subject, batch.rows));
            },
            [&](const Comprehension& e) { return owned(evaluate_comprehension(context, e, batch)); },
            [&](const QuantifierOf& e) { return owned(evaluate_quantifier(context, e, batch)); },
            [&](const ReduceOf& e) { return owned(evaluate_reduce(context, e, batch)); },
            [&](const CaseOf& e) { return owned(evaluate_case(context, e, batch)); },
            [&](const Coalesce& e) { return owned(evaluate_coalesce(context, e, batch)); },
            [&](const MakePath& e) { return owned(evaluate_path(context, e, batch)); },
            [&](const MapProjectionOf& e) { return owned(map_projection(context, e, batch)); },
            [&](const SubqueryOf& e) { return owned(evaluate_subquery(context, e, batch)); },
        },
        expr.node);
}

Value evaluate_constant(RunContext& context, ExprId expr) {
    Batch one;
    one.rows = 1;
    one.columns.resize(context.plan.statement.slot_names.size());
    return evaluate(context, expr, one)->at(0);
}

}  // namespace islet::query
