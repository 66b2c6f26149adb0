// Which of a node's conditions an index can answer, and which of them is best.

#include <algorithm>

#include "islet/index.hpp"
#include "planner.hpp"

namespace islet::query {
namespace {

/// Below this, looking at all nodes of a label is as good as an index that nobody declared.
constexpr double few_nodes = 64;

/// The key of `n.key`, or nullptr if the expression is something else.
const std::string* key_of(const Plan& plan, ExprId id, SlotId node) {
    const auto* property = std::get_if<PropertyOf>(&plan[id].node);
    if (property == nullptr) return nullptr;
    const auto* ref = std::get_if<SlotRef>(&plan[property->subject].node);
    return ref != nullptr && ref->slot == node ? &property->key : nullptr;
}

/// Whether computing an expression apart from its condition gives the same value, cheaply.
bool plain(const Plan& plan, ExprId id) {
    const Expr& expr = plan[id];
    const bool known = std::visit(overload{
                                      [](const Constant&) { return true; },
                                      [](const ParameterRef&) { return true; },
                                      [](const SlotRef&) { return true; },
                                      [](const PropertyOf&) { return true; },
                                      [](const FunctionOf& f) { return f.function->pure; },
                                      [](const Operation&) { return true; },
                                      [](const OperationRun&) { return true; },
                                      [](const Negate&) { return true; },
                                      [](const SubscriptOf&) { return true; },
                                      [](const MakeList&) { return true; },
                                      [](const Coalesce&) { return true; },
                                      [](const auto&) { return false; },
                                  },
                                  expr.node);
    if (!known) return false;
    bool all = true;
    for_each_operand(expr, [&](ExprId operand) { all = all && plain(plan, operand); });
    return all;
}

ast::Comparison::Op turned(ast::Comparison::Op op) {
    using Op = ast::Comparison::Op;
    switch (op) {
        case Op::less:
            return Op::greater;
        case Op::less_equal:
            return Op::greater_equal;
        case Op::greater:
            return Op::less;
        case Op::greater_equal:
            return Op::less_equal;
        case Op::equal:
        case Op::not_equal:
            break;
    }
    return op;
}

using Kind = NodeIndexSeekOp::Kind;

struct Condition {
    std::string key;
    Kind kind = Kind::equal;
    ExprId value = ExprId::none;
    bool lower = false;  ///< of a range: whether it is the lower bound
};

std::optional<Condition> condition_of(const Plan& plan, ExprId predicate, SlotId node) {
    if (const auto* compare = std::get_if<Compare>(&plan[predicate].node)) {
        for (const bool flipped : {false, true}) {
            const std::string* key = key_of(plan, flipped ? compare->right : compare->left, node);
            if (key == nullptr) continue;
            const ExprId value = flipped ? compare->left : compare->right;
            const auto op = flipped ? turned(compare->op) : compare->op;
            if (op == ast::Comparison::Op::not_equal) return std::nullopt;
            if (op == ast::Comparison::Op::equal) return Condition{*key, Kind::equal, value};
            const bool lower = op == ast::Comparison::Op::greater || op == ast::Comparison::Op::greater_equal;
            return Condition{*key, Kind::range, value, lower};
        }
        return std::nullopt;
    }
    const auto* operation = std::get_if<Operation>(&plan[predicate].node);
    if (operation == nullptr) return std::nullopt;
    const std::string* key = key_of(plan, operation->left, node);
    if (key == nullptr) return std::nullopt;
    switch (operation->op) {
        case ast::Binary::Op::in:
            return Condition{*key, Kind::in, operation->right};
        case ast::Binary::Op::starts_with:
            return Condition{*key, Kind::prefix, operation->right};
        case ast::Binary::Op::contains:
        case ast::Binary::Op::ends_with:
            return Condition{*key, Kind::contains, operation->right};
        default:
            return std::nullopt;
    }
}

Probe::Kind probe_kind(Kind kind) {
    switch (kind) {
        case Kind::equal:
        case Kind::in:
            return Probe::Kind::equal;
        case Kind::range:
            return Probe::Kind::range;
        case Kind::prefix:
            return Probe::Kind::prefix;
        case Kind::contains:
            return Probe::Kind::contains;
    }
    return Probe::Kind::equal;
}

}  // namespace

/// The best seek that the conditions allow on what the chain knows; those that it answers go to `answered`.
std::optional<Planner::IndexChoice> Planner::index_choice(const PatternNode& node, const Chain& chain,
                                                          const std::vector<ExprId>& predicates) const {
    if (!switches_.index || node.labels.empty()) return std::nullopt;
    std::optional<IndexChoice> best;
    const Catalog& catalog = cardinality_.snapshot().catalog();
    for (const std::string& label : required_labels(node.labels)) {
        const double count = cardinality_.nodes({{ast::LabelTerm::Op::name, {label, {}}, 0, 0}});
        for (const ExprId predicate : predicates) {
            const auto condition = condition_of(plan_, predicate, node.slot);
            if (!condition || !plain(plan_, condition->value) || !ready(chain, condition->value)) continue;
            const std::string* index =
                catalog.empty() ? nullptr
                                : declared_index(catalog, label, condition->key, probe_kind(condition->kind));
            const bool without = condition->kind == Kind::equal || condition->kind == Kind::in ||
                                 condition->kind == Kind::prefix;
            if (index == nullptr && (!without || count < few_nodes)) continue;
            double rows = count * cardinality_.selectivity(plan_.statement.pool, predicate);
            if (condition->kind == Kind::equal || condition->kind == Kind::in) {
                // What is looked up by value mostly names one thing; what a constraint keeps unique does.
                const Constraint* constraint = index == nullptr ? nullptr : catalog.constraint(*index);
                const bool unique = constraint != nullptr && constraint->keys.size() == 1;
                rows = unique ? 1 : std::max(1.0, std::min(rows, count / 20));
                if (condition->kind == Kind::in) rows *= 4;
            }
            const bool better = !best || rows < best->rows ||
                                (rows == best->rows && best->op.index.empty() && index != nullptr);
            if (!better) continue;
            IndexChoice choice;
            choice.rows = rows;
            choice.op.node = node.slot;
            choice.op.label = label;
            choice.op.key = condition->key;
            choice.op.kind = condition->kind;
            if (index != nullptr) choice.op.index = *index;
            choice.answered.push_back(predicate);
            if (condition->kind != Kind::range) {
                choice.op.value = condition->value;
            } else {
                (condition->lower ? choice.op.least : choice.op.most) = condition->value;
                for (const ExprId other : predicates) {
                    const auto second = condition_of(plan_, other, node.slot);
                    if (!second || second->kind != Kind::range || second->key != condition->key ||
                        second->lower == condition->lower || !plain(plan_, second->value) ||
                        !ready(chain, second->value)) {
                        continue;
                    }
                    (second->lower ? choice.op.least : choice.op.most) = second->value;
                    choice.answered.push_back(other);
                    choice.rows *= 0.3;
                    break;
                }
            }
            best = std::move(choice);
        }
    }
    return best;
}

/// Appends the seek and the conditions behind it: an index may answer with more than what holds.
void Planner::index_seek(Chain& chain, const IndexChoice& choice, std::vector<ExprId>& pending) {
    append(chain, choice.op, choice.rows);
    chain.give(choice.op.node);
    std::erase_if(pending, [&](ExprId predicate) {
        return std::find(choice.answered.begin(), choice.answered.end(), predicate) != choice.answered.end();
    });
    append(chain, FilterOp{choice.answered});
}

}  // namespace islet::query
