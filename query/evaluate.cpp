#include "evaluate.hpp"

#include <algorithm>
#include <numeric>

#include "functions.hpp"
#include "operator.hpp"

namespace islet::query {
namespace {

using CompareOp = ast::Comparison::Op;

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

template <class T>
bool holds(CompareOp op, const T& a, const T& b) {
    switch (op) {
        case CompareOp::equal: return a == b;
        case CompareOp::not_equal: return a != b;
        case CompareOp::less: return a < b;
        case CompareOp::less_equal: return a <= b;
        case CompareOp::greater: return a > b;
        case CompareOp::greater_equal: return a >= b;
    }
    return false;
}

std::uint8_t compare_values(CompareOp op, const Value& a, const Value& b) {
    if (op == CompareOp::equal || op == CompareOp::not_equal) {
        const std::optional<bool> same = equals(a, b);
        if (!same) return Column::null_bool;
        return *same == (op == CompareOp::equal) ? 1 : 0;
    }
    // NaN compares to numbers, but is neither less nor greater.
    if (a.is_number() && b.is_number()) {
        const std::optional<int> sign = compare(a, b);
        return sign && holds(op, *sign, 0) ? 1 : 0;
    }
    const std::optional<int> sign = compare(a, b);
    if (!sign) return Column::null_bool;
    return holds(op, *sign, 0) ? 1 : 0;
}

/// A typed comparison, row by row; `get` gives a column's entry, `null` tells whether it is null.
template <class Get>
std::vector<std::uint8_t> compare_typed(CompareOp op, const Column& a, const Column& b, std::size_t rows, Get&& get) {
    std::vector<std::uint8_t> out(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        out[row] = a.is_null(row) || b.is_null(row) ? Column::null_bool : holds(op, get(a, row), get(b, row)) ? 1 : 0;
    }
    return out;
}

Column compare_columns(CompareOp op, const Column& a, const Column& b, std::size_t rows) {
    using Layout = Column::Layout;
    const auto at = [](const Column& column, std::size_t row) { return column.constant ? 0 : row; };
    const bool equality = op == CompareOp::equal || op == CompareOp::not_equal;
    if (a.layout == Layout::ints && b.layout == Layout::ints) {
        return Column::booleans(
            compare_typed(op, a, b, rows, [&](const Column& c, std::size_t row) { return c.ints[at(c, row)]; }));
    }
    if (a.layout == Layout::floats && b.layout == Layout::floats) {
        return Column::booleans(
            compare_typed(op, a, b, rows, [&](const Column& c, std::size_t row) { return c.floats[at(c, row)]; }));
    }
    const auto text = [](const Column& c) {
        return c.layout == Layout::strings ||
               (c.constant && c.layout == Layout::values && c.values.front().kind() == Kind::string);
    };
    if (text(a) && text(b)) {
        return Column::booleans(compare_typed(op, a, b, rows, [&](const Column& c, std::size_t row) {
            return c.layout == Layout::strings ? c.strings[at(c, row)] : c.values.front().as_string();
        }));
    }
    if (equality && a.layout == b.layout && (a.layout == Layout::nodes || a.layout == Layout::rels)) {
        return Column::booleans(
            compare_typed(op, a, b, rows, [&](const Column& c, std::size_t row) { return c.ids[at(c, row)]; }));
    }
    std::vector<std::uint8_t> out(rows);
    for (std::size_t row = 0; row < rows; ++row) out[row] = compare_values(op, a.at(row), b.at(row));
    return Column::booleans(std::move(out));
}

/// A property of nodes or relationships, straight from the base's column.
Column read_column(const Snapshot& snapshot, const PropertyColumn& source, const Column& subject, std::size_t rows) {
    Column out;
    const std::size_t entries = subject.constant ? 1 : rows;
    out.constant = subject.constant;
    switch (source.kind) {
        case Kind::integer:
            out.layout = Column::Layout::ints;
            out.ints.resize(entries);
            out.valid.resize(entries);
            for (std::size_t row = 0; row < entries; ++row) {
                const std::uint32_t id = subject.ids[row];
                if (id == Column::null_id || !source.has(id)) continue;
                out.ints[row] = source.integers[id - source.first];
                out.valid[row] = 1;
            }
            return out;
        case Kind::floating:
            out.layout = Column::Layout::floats;
            out.floats.resize(entries);
            out.valid.resize(entries);
            for (std::size_t row = 0; row < entries; ++row) {
                const std::uint32_t id = subject.ids[row];
                if (id == Column::null_id || !source.has(id)) continue;
                out.floats[row] = source.floats[id - source.first];
                out.valid[row] = 1;
            }
            return out;
        case Kind::string:
            out.layout = Column::Layout::strings;
            out.strings.resize(entries);
            for (std::size_t row = 0; row < entries; ++row) {
                const std::uint32_t id = subject.ids[row];
                if (id == Column::null_id || !source.has(id)) continue;
                std::string_view text = snapshot.string(source.strings[id - source.first]);
                out.strings[row] = text.data() == nullptr ? std::string_view("") : text;
            }
            return out;
        default: break;
    }
    out.layout = Column::Layout::values;
    out.values.resize(entries);
    for (std::size_t row = 0; row < entries; ++row) {
        const std::uint32_t id = subject.ids[row];
        if (id == Column::null_id || !source.has(id)) continue;
        if (source.kind == Kind::boolean) {
            const std::uint32_t bit = id - source.first;
            out.values[row] = ((source.booleans[bit / 64] >> (bit % 64)) & 1U) != 0;
        } else {
            out.values[row] = source.generic[id - source.first];
        }
    }
    return out;
}

Column read_property(RunContext& context, const Column& subject, const std::string& key, std::size_t rows) {
    const Snapshot& snapshot = *context.snapshot;
    const bool nodes = subject.layout == Column::Layout::nodes;
    if ((nodes || subject.layout == Column::Layout::rels) && snapshot.pristine()) {
        const std::optional<KeyId> id = snapshot.find_key(key);
        if (!id) {
            Column none = Column::of_constant(Value());
            return none;
        }
        const PropertyColumn* source = nodes ? snapshot.node_column(*id) : snapshot.rel_column(*id);
        if (source != nullptr) return read_column(snapshot, *source, subject, rows);
    }
    std::vector<Value> out;
    out.reserve(rows);
    for (std::size_t row = 0; row < rows; ++row) out.push_back(property_of(snapshot, subject.at(row), key));
    return Column::of_values(std::move(out));
}

Value apply_operation(ast::Binary::Op op, const Value& a, const Value& b, RegexCache& regexes) {
    using Op = ast::Binary::Op;
    switch (op) {
        case Op::add: return add(a, b);
        case Op::subtract: return subtract(a, b);
        case Op::multiply: return multiply(a, b);
        case Op::divide: return divide(a, b);
        case Op::modulo: return modulo(a, b);
        case Op::power: return power(a, b);
        case Op::starts_with: return starts_with(a, b);
        case Op::ends_with: return ends_with(a, b);
        case Op::contains: return contains(a, b);
        case Op::in: return in_list(a, b);
        case Op::regex_match: return regex_match(a, b, regexes);
        case Op::concatenate: return concatenate(a, b);
        case Op::logical_or:
        case Op::logical_xor:
        case Op::logical_and: break;  // are Logical
    }
    return {};
}

Column operation(const Operation& e, const Column& a, const Column& b, std::size_t rows) {
    std::vector<Value> out;
    out.reserve(rows);
    RegexCache regexes;
    for (std::size_t row = 0; row < rows; ++row) out.push_back(apply_operation(e.op, a.at(row), b.at(row), regexes));
    return Column::of_values(std::move(out));
}

std::uint8_t truth(const Column& column, std::size_t row) {
    if (column.is_null(row)) return Column::null_bool;
    const Value value = column.at(row);
    if (value.kind() != Kind::boolean) type_error("a condition must be true or false, but this is " + std::string(kind_name(value.kind())));
    return value.as_bool() ? 1 : 0;
}

/// AND and OR: the later operands see only the rows that are not settled.
Column logical(RunContext& context, const Logical& e, const Batch& batch) {
    std::vector<std::uint8_t> out(batch.rows);
    if (e.op == Logical::Op::exclusive) {
        for (std::size_t i = 0; i < e.operands.size(); ++i) {
            const ColumnRef column = evaluate(context, e.operands[i], batch);
            for (std::size_t row = 0; row < batch.rows; ++row) {
                const std::uint8_t value = truth(*column, row);
                const bool known = value != Column::null_bool && (i == 0 || out[row] != Column::null_bool);
                out[row] = !known ? Column::null_bool : i == 0 ? value : static_cast<std::uint8_t>(out[row] ^ value);
            }
        }
        return Column::booleans(std::move(out));
    }
    const std::uint8_t settled = e.op == Logical::Op::conjunction ? 0 : 1;
    std::fill(out.begin(), out.end(), static_cast<std::uint8_t>(1 - settled));
    std::vector<std::uint32_t> open(batch.rows);
    std::iota(open.begin(), open.end(), 0U);
    for (const ExprId operand : e.operands) {
        if (open.empty()) break;
        const bool all = open.size() == batch.rows;
        const std::vector<SlotId> slots = all ? std::vector<SlotId>() : slots_read(context, {operand}, batch);
        const Batch part = all ? Batch() : batch.gather(open, slots);
        const ColumnRef column = evaluate(context, operand, all ? batch : part);
        std::vector<std::uint32_t> still;
        for (std::size_t i = 0; i < open.size(); ++i) {
            const std::uint8_t value = truth(*column, i);
            if (value == settled) {
                out[open[i]] = settled;
                continue;
            }
            if (value == Column::null_bool) out[open[i]] = Column::null_bool;
            still.push_back(open[i]);
        }
        open = std::move(still);
    }
    return Column::booleans(std::move(out));
}

Column case_of(RunContext& context, const CaseOf& e, const Batch& batch) {
    std::vector<Value> out(batch.rows);
    std::vector<std::uint32_t> open(batch.rows);
    std::iota(open.begin(), open.end(), 0U);
    std::optional<ColumnRef> subject;
    if (e.subject != ExprId::none) subject = evaluate(context, e.subject, batch);
    const auto fill = [&](ExprId expr, const std::vector<std::uint32_t>& rows) {
        if (rows.empty()) return;
        const Batch part = batch.gather(rows, slots_read(context, {expr}, batch));
        const ColumnRef values = evaluate(context, expr, part);
        for (std::size_t i = 0; i < rows.size(); ++i) out[rows[i]] = values->at(i);
    };
    for (const auto& [when, then] : e.alternatives) {
        if (open.empty()) break;
        const Batch part = batch.gather(open, slots_read(context, {when}, batch));
        const ColumnRef test = evaluate(context, when, part);
        std::vector<std::uint32_t> taken;
        std::vector<std::uint32_t> still;
        for (std::size_t i = 0; i < open.size(); ++i) {
            const bool yes = subject ? equals((*subject)->at(open[i]), test->at(i)).value_or(false) : test->is_true(i);
            (yes ? taken : still).push_back(open[i]);
        }
        fill(then, taken);
        open = std::move(still);
    }
    if (e.otherwise != ExprId::none) fill(e.otherwise, open);
    return Column::of_values(std::move(out));
}

Column coalesce(RunContext& context, const Coalesce& e, const Batch& batch) {
    std::vector<Value> out(batch.rows);
    std::vector<std::uint32_t> open(batch.rows);
    std::iota(open.begin(), open.end(), 0U);
    for (const ExprId operand : e.operands) {
        if (open.empty()) break;
        const Batch part = batch.gather(open, slots_read(context, {operand}, batch));
        const ColumnRef values = evaluate(context, operand, part);
        std::vector<std::uint32_t> still;
        for (std::size_t i = 0; i < open.size(); ++i) {
            out[open[i]] = values->at(i);
            if (out[open[i]].is_null()) still.push_back(open[i]);
        }
        open = std::move(still);
    }
    return Column::of_values(std::move(out));
}

Column call(RunContext& context, const FunctionOf& e, ast::Span span, const Batch& batch) {
    std::vector<ColumnRef> columns;
    columns.reserve(e.arguments.size());
    for (const ExprId argument : e.arguments) columns.push_back(evaluate(context, argument, batch));
    const Function& function = *e.function;
    context.at = span;
    FunctionContext inner{*context.snapshot, context.random_state, context.begun};
    std::vector<Value> arguments(columns.size());
    std::vector<Value> out;
    out.reserve(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
        for (std::size_t i = 0; i < columns.size(); ++i) arguments[i] = columns[i]->at(row);
        out.push_back(query::call(function, inner, arguments));
    }
    return Column::of_values(std::move(out));
}

Column label_test(RunContext& context, const LabelTest& e, const Column& subject, std::size_t rows) {
    std::vector<std::uint8_t> out(rows);
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
Column per_row(RunContext& context, std::span<const ExprId> operands, ast::Span span, const Batch& batch, Make&& make) {
    std::vector<ColumnRef> columns;
    columns.reserve(operands.size());
    for (const ExprId operand : operands) columns.push_back(evaluate(context, operand, batch));
    context.at = span;
    std::vector<Value> out;
    out.reserve(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) out.push_back(make(columns, row));
    return Column::of_values(std::move(out));
}

bool matches(const ast::LabelExpr& labels, std::uint32_t at, const std::function<bool(const std::string&)>& has,
             bool has_any) {
    const ast::LabelTerm& term = labels[at];
    switch (term.op) {
        case ast::LabelTerm::Op::name: return has(term.name.text);
        case ast::LabelTerm::Op::conjunction:
            return matches(labels, term.left, has, has_any) && matches(labels, term.right, has, has_any);
        case ast::LabelTerm::Op::disjunction:
            return matches(labels, term.left, has, has_any) || matches(labels, term.right, has, has_any);
        case ast::LabelTerm::Op::negation: return !matches(labels, term.left, has, has_any);
        case ast::LabelTerm::Op::wildcard: return has_any;
    }
    return false;
}

}  // namespace

void RunContext::check() const {
    const auto stop = [](std::string_view code, std::string_view detail, std::string message, std::string hint) {
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
    if (memory_limit != 0 && memory_used > memory_limit) {
        stop("53200", "MemoryLimit", "the query holds more than its limit of " + std::to_string(memory_limit >> 20) + " MB",
             "return fewer rows, or raise the memory limit");
    }
    if (deadline != std::chrono::steady_clock::time_point::max() && std::chrono::steady_clock::now() > deadline) {
        stop("57015", "Timeout", "the query ran into its time limit",
             "bound the length of paths, begin with a narrower label, or raise the limit");
    }
}

Column ColumnRef::take(std::size_t rows) && {
    Column column = lent_ != nullptr ? *lent_ : std::move(owned_);
    if (!column.constant) return column;
    Column full;
    const Value value = column.at(0);
    if (column.layout == Column::Layout::strings || column.layout == Column::Layout::values) {
        full = Column::of_values(std::vector<Value>(rows, value));
    } else {
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
    if (labels.size() == 1 && labels.front().op == ast::LabelTerm::Op::name) return has(labels.front().name.text);
    return matches(labels, static_cast<std::uint32_t>(labels.size() - 1), has, !snapshot.labels(node).empty());
}

bool has_type(const Snapshot& snapshot, const ast::LabelExpr& labels, RelId rel) {
    const std::string_view type = snapshot.name(snapshot.ends(rel).type);
    return labels.empty() || matches(labels, static_cast<std::uint32_t>(labels.size() - 1),
                                     [&](const std::string& name) { return name == type; }, true);
}

std::vector<SlotId> slots_read(const RunContext& context, std::initializer_list<ExprId> expressions, const Batch& batch) {
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

ColumnRef evaluate(RunContext& context, ExprId id, const Batch& batch) {
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
            [&](const FunctionOf& e) { return owned(call(context, e, expr.span, batch)); },
            [&](const Logical& e) {
                context.at = expr.span;
                return owned(logical(context, e, batch));
            },
            [&](const Not& e) {
                const ColumnRef operand = evaluate(context, e.operand, batch);
                context.at = expr.span;
                std::vector<std::uint8_t> out(batch.rows);
                for (std::size_t row = 0; row < batch.rows; ++row) {
                    const std::uint8_t value = truth(*operand, row);
                    out[row] = value == Column::null_bool ? value : static_cast<std::uint8_t>(1 - value);
                }
                return owned(Column::booleans(std::move(out)));
            },
            [&](const NullTest& e) {
                const ColumnRef operand = evaluate(context, e.operand, batch);
                std::vector<std::uint8_t> out(batch.rows);
                for (std::size_t row = 0; row < batch.rows; ++row) out[row] = operand->is_null(row) != e.negated ? 1 : 0;
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
                return owned(operation(e, *left, *right, batch.rows));
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
                return owned(per_row(context, operands, expr.span, batch, [&](const auto& c, std::size_t row) {
                    return slice(c[0]->at(row), from ? c[1]->at(row) : Value(), to ? c.back()->at(row) : Value(), from, to);
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
                return owned(per_row(context, operands, expr.span, batch, [&](const auto& c, std::size_t row) {
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
            [&](const Comprehension& e) { return owned(evaluate_comprehension(context, e, id, batch)); },
            [&](const QuantifierOf& e) { return owned(evaluate_quantifier(context, e, id, batch)); },
            [&](const ReduceOf& e) { return owned(evaluate_reduce(context, e, id, batch)); },
            [&](const CaseOf& e) { return owned(case_of(context, e, batch)); },
            [&](const Coalesce& e) { return owned(coalesce(context, e, batch)); },
            [&](const MakePath& e) { return owned(evaluate_path(context, e, batch)); },
            [&](const MapProjectionOf& e) { return owned(map_projection(context, e, batch)); },
            [&](const SubqueryOf& e) { return owned(evaluate_subquery(context, e, batch)); },
        },
        expr.node);
}

std::vector<std::uint32_t> select(RunContext& context, std::span<const ExprId> predicates, const Batch& batch) {
    std::vector<std::uint32_t> rows(batch.rows);
    std::iota(rows.begin(), rows.end(), 0U);
    for (const ExprId predicate : predicates) {
        if (rows.empty()) break;
        const bool all = rows.size() == batch.rows;
        const Batch part = all ? Batch() : batch.gather(rows, slots_read(context, {predicate}, batch));
        const ColumnRef column = evaluate(context, predicate, all ? batch : part);
        context.at = context.plan[predicate].span;
        std::vector<std::uint32_t> kept;
        kept.reserve(rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (truth(*column, i) == 1) kept.push_back(rows[i]);
        }
        rows = std::move(kept);
    }
    return rows;
}

Value evaluate_constant(RunContext& context, ExprId expr) {
    Batch one;
    one.rows = 1;
    one.columns.resize(context.plan.statement.slot_names.size());
    return evaluate(context, expr, one)->at(0);
}

}  // namespace islet::query
