// Plans and their expressions as short text.

#include <algorithm>
#include <cmath>

#include "islet/text.hpp"
#include "plan.hpp"
#include "plan_text.hpp"

namespace islet::query {
namespace {

constexpr std::string_view comparison_text(ast::Comparison::Op op) {
    switch (op) {
        case ast::Comparison::Op::equal:
            return "=";
        case ast::Comparison::Op::not_equal:
            return "<>";
        case ast::Comparison::Op::less:
            return "<";
        case ast::Comparison::Op::less_equal:
            return "<=";
        case ast::Comparison::Op::greater:
            return ">";
        case ast::Comparison::Op::greater_equal:
            return ">=";
    }
    return "?";
}

constexpr std::string_view operator_text(ast::Binary::Op op) {
    using Op = ast::Binary::Op;
    switch (op) {
        case Op::logical_or:
            return "OR";
        case Op::logical_xor:
            return "XOR";
        case Op::logical_and:
            return "AND";
        case Op::add:
            return "+";
        case Op::subtract:
            return "-";
        case Op::multiply:
            return "*";
        case Op::divide:
            return "/";
        case Op::modulo:
            return "%";
        case Op::power:
            return "^";
        case Op::starts_with:
            return "STARTS WITH";
        case Op::ends_with:
            return "ENDS WITH";
        case Op::contains:
            return "CONTAINS";
        case Op::in:
            return "IN";
        case Op::regex_match:
            return "=~";
        case Op::concatenate:
            return "||";
    }
    return "?";
}

std::string label_text(const ast::LabelExpr& labels, std::size_t at) {
    const ast::LabelTerm& term = labels[at];
    switch (term.op) {
        case ast::LabelTerm::Op::name:
            return term.name.text;
        case ast::LabelTerm::Op::conjunction:
            return label_text(labels, term.left) + "&" + label_text(labels, term.right);
        case ast::LabelTerm::Op::disjunction:
            return "(" + label_text(labels, term.left) + "|" + label_text(labels, term.right) + ")";
        case ast::LabelTerm::Op::negation:
            return "!" + label_text(labels, term.left);
        case ast::LabelTerm::Op::wildcard:
            return "%";
        case ast::LabelTerm::Op::computed_all:
        case ast::LabelTerm::Op::computed_any:
            break;  // are conditions by now
    }
    return "";
}

class Printer {
 public:
    explicit Printer(const Plan& plan) : plan_(plan) {}

    /// A variable's name; a nameless one by its number.
    [[nodiscard]] std::string slot(SlotId id) const {
        const std::string& name = plan_.statement.slot_names[static_cast<std::size_t>(id)];
        return name.empty() ? "#" + std::to_string(static_cast<std::uint32_t>(id)) : name;
    }

    [[nodiscard]] std::string expr(ExprId id) const {
        if (id == ExprId::none) return "";
        const auto list = [&](const std::vector<ExprId>& ids, std::string_view between) {
            std::string text;
            for (const ExprId each : ids) text += (text.empty() ? "" : std::string(between)) + expr(each);
            return text;
        };
        const auto entries = [&](const std::vector<std::pair<std::string, ExprId>>& pairs) {
            std::string text;
            for (const auto& [key, value] : pairs)
                text += (text.empty() ? "" : ", ") + key + ": " + expr(value);
            return text;
        };
        return std::visit(
            overload{
                [](const Constant& e) { return to_text(e.value, Snapshot()); },
                [](const ParameterRef& e) { return "$" + e.name; },
                [&](const SlotRef& e) { return slot(e.slot); },
                [&](const PropertyOf& e) { return expr(e.subject) + "." + e.key; },
                [&](const FunctionOf& e) {
                    return std::string(e.function->name) + "(" + list(e.arguments, ", ") + ")";
                },
                [&](const Logical& e) {
                    const std::string_view op = e.op == Logical::Op::conjunction   ? " AND "
                                                : e.op == Logical::Op::disjunction ? " OR "
                                                                                   : " XOR ";
                    return "(" + list(e.operands, op) + ")";
                },
                [&](const Not& e) { return "NOT " + expr(e.operand); },
                [&](const NullTest& e) {
                    return expr(e.operand) + (e.negated ? " IS NOT NULL" : " IS NULL");
                },
                [&](const Compare& e) {
                    return expr(e.left) + " " + std::string(comparison_text(e.op)) + " " + expr(e.right);
                },
                [&](const Operation& e) {
                    return "(" + expr(e.left) + " " + std::string(operator_text(e.op)) + " " + expr(e.right) +
                           ")";
                },
                [&](const OperationRun& e) {
                    std::string text = "(" + expr(e.first);
                    for (const auto& [op, operand] : e.rest)
                        text += " " + std::string(operator_text(op)) + " " + expr(operand);
                    return text + ")";
                },
                [&](const Negate& e) { return "-" + expr(e.operand); },
                [&](const SubscriptOf& e) { return expr(e.subject) + "[" + expr(e.index) + "]"; },
                [&](const SliceOf& e) {
                    return expr(e.subject) + "[" + expr(e.from) + ".." + expr(e.to) + "]";
                },
                [&](const MakeList& e) { return "[" + list(e.items, ", ") + "]"; },
                [&](const MakeMap& e) { return "{" + entries(e.entries) + "}"; },
                [&](const TypeTestOf& e) {
                    return expr(e.subject) + (e.negated ? " IS NOT :: " : " IS :: ") + ast::to_text(e.types);
                },
                [&](const LabelTest& e) {
                    return expr(e.subject) + ":" + label_text(e.labels, e.labels.size() - 1);
                },
                [&](const Comprehension& e) {
                    return "[" + slot(e.variable) + " IN " + expr(e.list) +
                           (e.where == ExprId::none ? "" : " WHERE " + expr(e.where)) +
                           (e.value == ExprId::none ? "" : " | " + expr(e.value)) + "]";
                },
                [&](const QuantifierOf& e) {
                    constexpr std::string_view names[] = {"all", "any", "none", "single"};
                    return std::string(names[static_cast<std::size_t>(e.kind)]) + "(" + slot(e.variable) +
                           " IN " + expr(e.list) +
                           (e.where == ExprId::none ? "" : " WHERE " + expr(e.where)) + ")";
                },
                [&](const ReduceOf& e) {
                    return "reduce(" + slot(e.accumulator) + " = " + expr(e.initial) + ", " +
                           slot(e.variable) + " IN " + expr(e.list) + " | " + expr(e.value) + ")";
                },
                [&](const CaseOf& e) {
                    std::string text = "CASE";
                    if (e.subject != ExprId::none) text += " " + expr(e.subject);
                    for (const auto& [when, then] : e.alternatives)
                        text += " WHEN " + expr(when) + " THEN " + expr(then);
                    if (e.otherwise != ExprId::none) text += " ELSE " + expr(e.otherwise);
                    return text + " END";
                },
                [&](const Coalesce& e) { return "coalesce(" + list(e.operands, ", ") + ")"; },
                [&](const MakePath& e) {
                    std::string text;
                    for (const SlotId part : e.parts) text += (text.empty() ? "" : ", ") + slot(part);
                    return "path(" + text + ")";
                },
                [&](const MapProjectionOf& e) {
                    return expr(e.subject) + "{" + (e.all_properties ? ".*, " : "") + entries(e.entries) +
                           "}";
                },
                [&](const SubqueryOf& e) {
                    constexpr std::string_view names[] = {"EXISTS", "COUNT", "COLLECT"};
                    return std::string(names[static_cast<std::size_t>(e.kind)]) + "{" +
                           std::to_string(static_cast<std::uint32_t>(e.block)) + "}";
                },
            },
            plan_[id].node);
    }

    [[nodiscard]] std::string op(const PlanOp& op) const {
        return std::visit(
            overload{
                [](const ArgumentOp&) { return std::string("Argument"); },
                [&](const NodeScanOp& o) {
                    return "NodeScan " + slot(o.node) + (o.label.empty() ? "" : ":" + o.label);
                },
                [&](const NodeByIdOp& o) { return "NodeById " + slot(o.node) + " = " + expr(o.id); },
                [&](const NodeIndexSeekOp& o) {
                    const std::string key = "." + o.key;
                    std::string text;
                    switch (o.kind) {
                        case NodeIndexSeekOp::Kind::equal:
                            text = (o.key.empty() ? expr(o.subject) : key) + " = " + expr(o.value);
                            break;
                        case NodeIndexSeekOp::Kind::in:
                            text = key + " IN " + expr(o.value);
                            break;
                        case NodeIndexSeekOp::Kind::prefix:
                            text = key + " STARTS WITH " + expr(o.value);
                            break;
                        case NodeIndexSeekOp::Kind::contains:
                            text = key + " CONTAINS " + expr(o.value);
                            break;
                        case NodeIndexSeekOp::Kind::range:
                            text = (o.least != ExprId::none ? expr(o.least) + " .. " : ".. ") + key +
                                   (o.most != ExprId::none ? " .. " + expr(o.most) : " ..");
                            break;
                    }
                    for (const auto& [also, value] : o.also) text += " AND ." + also + " = " + expr(value);
                    return (o.relationship ? "RelationshipIndexSeek " : "NodeIndexSeek ") + slot(o.node) +
                           ":" + o.label + " " + text +
                           (o.index.empty() ? " by an index made on use" : " by index " + o.index);
                },
                [&](const ExpandOp& o) {
                    const std::string_view gives = o.gives == Gives::rows       ? ""
                                                   : o.gives == Gives::combined ? "Combined"
                                                   : o.weighted                 ? "Counted"
                                                                                : "Any";
                    const std::string_view name = o.whole  ? "RelationshipScan "
                                                  : o.into ? "ExpandInto "
                                                           : "Expand ";
                    return std::string(gives) + std::string(name) +
                           step(o.from, o.rel, o.to, o.types, o.pointing, o.to_label, "") +
                           different(o.different_from, o.not_between) + differs(o.to, o.not_nodes);
                },
                [&](const IntersectOp& o) {
                    std::string text = o.gives == Gives::rows       ? "Intersect"
                                       : o.gives == Gives::combined ? "CombinedIntersect"
                                       : o.weighted                 ? "CountedIntersect"
                                                                    : "AnyIntersect";
                    const char* between = " ";
                    for (const IntersectOp::Arm& arm : o.arms) {
                        text += between + arrow(arm.from, "", o.to, arm.types, arm.pointing, o.to_label, "") +
                                different(arm.different_from, arm.not_between);
                        between = ", ";
                    }
                    return text + differs(o.to, o.not_nodes);
                },
                [&](const VarExpandOp& o) {
                    const std::string max = o.length.max == UINT64_MAX ? "" : std::to_string(o.length.max);
                    std::string name = o.search == PatternRel::Search::all            ? "Trails"
                                       : o.search == PatternRel::Search::shortest_one ? "ShortestTrail"
                                                                                      : "AllShortestTrails";
                    if (o.reach) name = "Reach";
                    if (o.counted) name = "CountedTrails";
                    name += o.into ? "Into " : " ";
                    return name +
                           step(o.from, o.rels, o.to, o.types, o.pointing, o.to_label,
                                "*" + std::to_string(o.length.min) + ".." + max) +
                           where(o.step_predicates) + different(o.different_from) +
                           (o.hops == SlotId::none ? "" : " length " + slot(o.hops));
                },
                [&](const PathSearchOp& o) { return path_search(o); },
                [&](const LoadCsvOp& o) {
                    return "LoadCsv " + slot(o.load.row) + " from " + expr(o.load.source);
                },
                [&](const RelEndsOp& o) {
                    return "Ends " + step(o.from, o.rel, o.to, o.types, o.pointing, "", "");
                },
                [&](const FilterOp& o) {
                    return (o.gives == Gives::combined ? "CombinedFilter " : "Filter ") +
                           all(o.predicates, " AND ");
                },
                [&](const ExtendOp& o) { return "Extend " + items(o.items); },
                [&](const UnwindOp& o) {
                    return "Unwind " + expr(o.list) + " AS " + slot(o.slot) +
                           (o.position == SlotId::none ? "" : ", " + slot(o.position));
                },
                [&](const AggregateOp& o) {
                    std::string text = "Aggregate";
                    if (!o.keys.empty()) text += " by " + items(o.keys);
                    std::string calls;
                    for (const AggregateCall& call : o.calls) {
                        calls += calls.empty() ? "" : ", ";
                        calls += call.function == nullptr ? "count(*)"
                                                          : std::string(call.function->name) + "(" +
                                                                (call.distinct ? "DISTINCT " : "") +
                                                                all(call.arguments, ", ") + ")";
                        calls += " AS " + slot(call.slot);
                    }
                    text += calls.empty() ? "" : ": " + calls;
                    return o.known ? text + " as the store knows" : text;
                },
                [&](const DistinctOp& o) { return "Distinct " + slots(o.slots); },
                [&](const SortOp& o) {
                    std::string text;
                    for (const SortKey& key : o.keys) {
                        text += (text.empty() ? "" : ", ") + expr(key.expr) + (key.descending ? " DESC" : "");
                    }
                    return (o.limit == ExprId::none ? "Sort " : "TopK ") + text;
                },
                [&](const SkipOp& o) { return "Skip " + expr(o.count); },
                [&](const LimitOp& o) { return "Limit " + expr(o.count); },
                [&](const ApplyOp& o) {
                    return std::string(o.optional ? "Optional" : o.effect_only ? "ApplyForEffect" : "Apply");
                },
                [&](const UnionOp& o) { return "Union " + slots(o.columns); },
                [&](const CreateOp& o) { return "Create " + created(o.creation); },
                [&](const SetOp&) { return std::string("Set"); },
                [&](const DeleteOp& o) {
                    return (o.detach ? "DetachDelete " : "Delete ") + all(o.targets, ", ");
                },
                [&](const MergeOp& o) { return "Merge " + created(o.creation); },
                [&](const CallOp& o) {
                    return "Call " + o.procedure->name + "(" + all(o.arguments, ", ") + ")";
                },
                [&](const ForeachOp& o) { return "Foreach " + slot(o.variable) + " IN " + expr(o.list); },
            },
            op);
    }

 private:
    [[nodiscard]] std::string all(const std::vector<ExprId>& ids, std::string_view between) const {
        std::string text;
        for (const ExprId id : ids) text += (text.empty() ? "" : std::string(between)) + expr(id);
        return text;
    }
    [[nodiscard]] std::string where(const std::vector<ExprId>& ids) const {
        return ids.empty() ? "" : " where " + all(ids, " AND ");
    }
    [[nodiscard]] std::string slots(const std::vector<SlotId>& ids) const {
        std::string text;
        for (const SlotId id : ids) text += (text.empty() ? "" : ", ") + slot(id);
        return text;
    }
    [[nodiscard]] std::string different(std::vector<SlotId> ids,
                                        const std::vector<TakenBetween>& by_ends = {}) const {
        for (const TakenBetween& one : by_ends) ids.push_back(one.rel);
        return ids.empty() ? "" : " not " + slots(ids);
    }
    [[nodiscard]] std::string differs(SlotId to, const std::vector<SlotId>& nodes) const {
        std::string text;
        for (const SlotId node : nodes) text += " where " + slot(to) + " <> " + slot(node);
        return text;
    }
    [[nodiscard]] std::string items(const std::vector<std::pair<ExprId, SlotId>>& pairs) const {
        std::string text;
        for (const auto& [id, to] : pairs) {
            const std::string value = expr(id);
            text += (text.empty() ? "" : ", ") + value + (value == slot(to) ? "" : " AS " + slot(to));
        }
        return text;
    }
    [[nodiscard]] std::string created(const Creation& c) const {
        std::vector<SlotId> made;
        for (const CreatedNode& node : c.nodes) made.push_back(node.slot);
        for (const CreatedRel& rel : c.rels) made.push_back(rel.slot);
        return slots(made);
    }
    [[nodiscard]] std::string step(SlotId from, SlotId rel, SlotId to, const std::vector<std::string>& types,
                                   PatternRel::Pointing pointing, const std::string& label,
                                   const std::string& length) const {
        return arrow(from, slot(rel), to, types, pointing, label, length);
    }
    [[nodiscard]] std::string arrow(SlotId from, const std::string& rel, SlotId to,
                                    const std::vector<std::string>& types, PatternRel::Pointing pointing,
                                    const std::string& label, const std::string& length) const {
        std::string type;
        for (const std::string& name : types) type += (type.empty() ? ":" : "|") + name;
        const std::string arrow = "[" + rel + type + length + "]";
        return "(" + slot(from) + ")" + (pointing == PatternRel::Pointing::backward ? "<-" : "-") + arrow +
               (pointing == PatternRel::Pointing::forward ? "->" : "-") + "(" + slot(to) +
               (label.empty() ? "" : ":" + label) + ")";
    }

    [[nodiscard]] std::string path_search(const PathSearchOp& o) const {
        using Selector = ast::PathPattern::Selector;
        std::string text = "Paths";
        const std::string count =
            o.count_value == ExprId::none ? std::to_string(o.count) : expr(o.count_value);
        if (o.selector == Selector::any) text = "AnyPaths " + count;
        if (o.selector == Selector::shortest) text = "ShortestPaths " + count;
        if (o.selector == Selector::all_shortest) text = "AllShortestPaths";
        if (o.selector == Selector::shortest_groups) text = "ShortestPaths " + count + " GROUPS";
        if (o.repeatable) text += "Repeatable";
        text += (o.into ? "Into (" : " (") + slot(o.from) + ")";
        for (const PathSearchOp::Segment& segment : o.segments) {
            if (segment.plain) {
                text += step(segment.enter, segment.rels.front(), segment.leave, segment.types,
                             segment.pointing, "", "");
            } else {
                text += "(" + slot(segment.enter) + " to " + slot(segment.leave) + ")";
            }
            const std::string max =
                segment.rounds.max == UINT64_MAX ? "" : std::to_string(segment.rounds.max);
            const bool once = segment.rounds.min == 1 && segment.rounds.max == 1;
            if (!once) text += "{" + std::to_string(segment.rounds.min) + "," + max + "}";
        }
        text += "(" + slot(o.to) + ")";
        return text + where(o.accept) + different(o.different_from);
    }

    const Plan& plan_;
};

/// Rows as a short number: the plan's guesses need no digits.
std::string rows_text(double rows) {
    if (rows < 1) return "<1";
    if (rows < 1e6) return std::to_string(static_cast<std::uint64_t>(std::llround(rows)));
    std::string text = float_text(std::round(rows / 1e5) / 10);
    return text + "M";
}

}  // namespace

std::string to_text(const Plan& plan, ExprId expr) {
    return Printer(plan).expr(expr);
}

void print_plan(const Plan& plan, PlanId root, std::size_t indent, const PlanNotes& notes, std::string& out) {
    const Printer printer(plan);
    for (PlanId id = root; id != PlanId::none; id = plan[id].input, ++indent) {
        const PlanNode& node = plan[id];
        // The statement's own Argument is one empty row, and says nothing.
        if (std::holds_alternative<ArgumentOp>(node.op) && node.live.empty()) break;
        out += std::string(indent * 2, ' ') + printer.op(node.op);
        out += notes ? notes(id) : std::string();
        out += "\n";
        const auto inner = [&](PlanId of) { print_plan(plan, of, indent + 2, notes, out); };
        if (const auto* apply = std::get_if<ApplyOp>(&node.op)) inner(apply->inner);
        if (const auto* merge = std::get_if<MergeOp>(&node.op)) inner(merge->inner);
        if (const auto* each = std::get_if<ForeachOp>(&node.op)) inner(each->inner);
        if (const auto* search = std::get_if<PathSearchOp>(&node.op)) {
            for (const PathSearchOp::Segment& segment : search->segments) {
                if (!segment.plain) inner(segment.inner);
            }
        }
        if (const auto* both = std::get_if<UnionOp>(&node.op)) {
            for (const PlanId branch : both->branches) inner(branch);
        }
    }
}

std::string to_text(const Plan& plan) {
    return to_text(plan, PlanNotes());
}

std::string to_text(const Plan& plan, const PlanNotes& notes) {
    std::string out;
    print_plan(plan, plan.root, 0, notes, out);
    for (std::size_t block = 1; block < plan.blocks.size(); ++block) {
        const PlannedBlock& planned = plan.blocks[block];
        // Blocks of CALL { } and FOREACH stand inside the plan already; those of expressions have arguments
        // or columns.
        const bool of_expression =
            std::any_of(plan.statement.pool.expressions.begin(), plan.statement.pool.expressions.end(),
                        [&](const Expr& expr) {
                            const auto* s = std::get_if<SubqueryOf>(&expr.node);
                            return s != nullptr && static_cast<std::size_t>(s->block) == block;
                        });
        if (!of_expression || planned.root == PlanId::none) continue;
        out += "subquery " + std::to_string(block) + "\n";
        print_plan(plan, planned.root, 1, notes, out);
    }
    return out;
}

PlanNotes estimate_notes(const Plan& plan) {
    return [&plan](PlanId id) { return "  ~" + rows_text(plan[id].rows) + " rows"; };
}

}  // namespace islet::query
