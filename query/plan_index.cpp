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

/// Whether an expression reads the node and nothing else (or, not `alone`, anything).
bool depends_on(const Plan& plan, ExprId id, SlotId node, bool alone) {
    std::vector<bool> used(plan.statement.slot_names.size());
    used_slots(plan, id, used);
    const bool own = used[static_cast<std::size_t>(node)];
    used[static_cast<std::size_t>(node)] = false;
    const bool others = std::find(used.begin(), used.end(), true) != used.end();
    return alone ? own && !others : own || others;
}

/// The declared index that has the key; of several one of a constraint on it alone, which finds one at most.
DeclaredIndex declared(const Catalog& catalog, Owner owner, const std::string& label, const std::string& key,
                       Kind kind) {
    DeclaredIndex found;
    if (catalog.empty()) return found;
    for (const DeclaredIndex& index : declared_indexes(catalog, owner, label, probe_kind(kind))) {
        if (std::find(index.keys->begin(), index.keys->end(), key) == index.keys->end()) continue;
        if (found.name == nullptr || (index.unique && index.keys->size() == 1)) found = index;
    }
    return found;
}

}  // namespace

struct Planner::IndexCondition {
    std::string key;  ///< empty: of an expression
    Kind kind = Kind::equal;
    ExprId subject = ExprId::none;
    ExprId value = ExprId::none;
    bool lower = false;  ///< of a range: whether it is the lower bound
};

std::optional<Planner::IndexCondition> Planner::index_condition(ExprId predicate, SlotId node) const {
    using Op = ast::Comparison::Op;
    if (const auto* compare = std::get_if<Compare>(&plan_[predicate].node)) {
        for (const bool flipped : {false, true}) {
            const ExprId subject = flipped ? compare->right : compare->left;
            const std::string* key = key_of(plan_, subject, node);
            if (key == nullptr) continue;
            const ExprId value = flipped ? compare->left : compare->right;
            const Op op = flipped ? turned(compare->op) : compare->op;
            if (op == Op::not_equal) return std::nullopt;
            if (op == Op::equal) return IndexCondition{*key, Kind::equal, subject, value};
            return IndexCondition{*key, Kind::range, subject, value,
                                  op == Op::greater || op == Op::greater_equal};
        }
        if (compare->op != Op::equal) return std::nullopt;
        for (const auto& [subject, value] :
             {std::pair{compare->left, compare->right}, std::pair{compare->right, compare->left}}) {
            if (plain(plan_, subject) && depends_on(plan_, subject, node, true))
                return IndexCondition{{}, Kind::equal, subject, value};
        }
        return std::nullopt;
    }
    const auto* operation = std::get_if<Operation>(&plan_[predicate].node);
    if (operation == nullptr) return std::nullopt;
    const std::string* key = key_of(plan_, operation->left, node);
    if (key == nullptr) return std::nullopt;
    switch (operation->op) {
        case ast::Binary::Op::in:
            return IndexCondition{*key, Kind::in, operation->left, operation->right};
        case ast::Binary::Op::starts_with:
            return IndexCondition{*key, Kind::prefix, operation->left, operation->right};
        case ast::Binary::Op::contains:
        case ast::Binary::Op::ends_with:
            return IndexCondition{*key, Kind::contains, operation->left, operation->right};
        default:
            return std::nullopt;
    }
}

/// Seeks that look at one property.
void Planner::one_key(const Owned& owned, const Chain& chain, const std::vector<ExprId>& predicates,
                      std::optional<IndexChoice>& best) const {
    const Catalog& catalog = cardinality_.snapshot().catalog();
    const auto& [owner, slot, label, count] = owned;
    for (const ExprId predicate : predicates) {
        const auto condition = index_condition(predicate, slot);
        if (!condition || !plain(plan_, condition->value) || !ready(chain, condition->value)) continue;
        if (owner == Owner::relationship && condition->kind == Kind::contains) continue;
        const bool by_property = !label.empty() && !condition->key.empty();
        const DeclaredIndex index =
            by_property ? declared(catalog, owner, label, condition->key, condition->kind) : DeclaredIndex();
        // A value for each row: at worst a table is made of all nodes, once.
        const bool many = condition->kind == Kind::equal && depends_on(plan_, condition->value, slot, false);
        const bool without = by_property && (condition->kind == Kind::equal || condition->kind == Kind::in ||
                                             condition->kind == Kind::prefix);
        const bool possible = owner == Owner::node && (many || (without && count >= few_nodes));
        if (index.name == nullptr && !possible) continue;
        double rows = count * cardinality_.selectivity(plan_.statement.pool, predicate);
        if (condition->kind == Kind::equal || condition->kind == Kind::in) {
            // What is looked up by value mostly names one thing; what a constraint keeps unique does.
            rows = index.unique && index.keys->size() == 1 ? 1 : std::max(1.0, std::min(rows, count / 20));
            if (condition->kind == Kind::in) rows *= 4;
        }
        const bool better = !best || rows < best->rows ||
                            (rows == best->rows && best->op.index.empty() && index.name != nullptr);
        if (!better) continue;
        IndexChoice choice;
        choice.rows = rows;
        choice.op.node = slot;
        choice.op.relationship = owner == Owner::relationship;
        choice.op.label = label;
        choice.op.key = condition->key;
        choice.op.kind = condition->kind;
        if (condition->kind == Kind::equal) choice.op.subject = condition->subject;
        if (index.name != nullptr) choice.op.index = *index.name;
        choice.answered.push_back(predicate);
        if (condition->kind != Kind::range) {
            choice.op.value = condition->value;
        } else {
            (condition->lower ? choice.op.least : choice.op.most) = condition->value;
            for (const ExprId other : predicates) {
                const auto second = index_condition(other, slot);
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

/// Seeks that look at several properties of one declared index.
void Planner::several_keys(const Owned& owned, const Chain& chain, const std::vector<ExprId>& predicates,
                           std::optional<IndexChoice>& best) const {
    if (!switches_.composite_index) return;
    const auto& [owner, slot, label, count] = owned;
    for (const DeclaredIndex& index :
         declared_indexes(cardinality_.snapshot().catalog(), owner, label, Probe::Kind::equal)) {
        if (index.keys->size() < 2) continue;
        IndexChoice choice;
        choice.rows = std::max(1.0, count / 20);
        for (const std::string& key : *index.keys) {
            for (const ExprId predicate : predicates) {
                const auto condition = index_condition(predicate, slot);
                if (!condition || condition->kind != Kind::equal || condition->key != key ||
                    !plain(plan_, condition->value) || !ready(chain, condition->value)) {
                    continue;
                }
                if (choice.answered.empty()) {
                    choice.op.key = key;
                    choice.op.subject = condition->subject;
                    choice.op.value = condition->value;
                } else {
                    choice.op.also.emplace_back(key, condition->value);
                    choice.rows = std::max(1.0, choice.rows / 10);
                }
                choice.answered.push_back(predicate);
                break;
            }
        }
        if (choice.answered.size() < 2) continue;
        if (index.unique && choice.answered.size() == index.keys->size()) choice.rows = 1;
        if (best && (best->rows < choice.rows || best->op.also.size() >= choice.op.also.size())) continue;
        choice.op.node = slot;
        choice.op.relationship = owner == Owner::relationship;
        choice.op.label = label;
        choice.op.index = *index.name;
        best = std::move(choice);
    }
}

/// The best seek that the conditions allow on what the chain knows; those that it answers go to `answered`.
std::optional<Planner::IndexChoice> Planner::index_choice(const PatternNode& node, const Chain& chain,
                                                          const std::vector<ExprId>& predicates) const {
    if (!switches_.index) return std::nullopt;
    std::optional<IndexChoice> best;
    std::vector<std::string> labels = required_labels(node.labels);
    if (labels.empty()) labels.emplace_back();
    for (const std::string& label : labels) {
        const double count = label.empty()
                                 ? cardinality_.nodes({})
                                 : cardinality_.nodes({{ast::LabelTerm::Op::name, {label, {}}, 0, 0}});
        one_key({Owner::node, node.slot, label, count}, chain, predicates, best);
        several_keys({Owner::node, node.slot, label, count}, chain, predicates, best);
    }
    return best;
}

std::optional<Planner::IndexChoice> Planner::index_choice(const PatternRel& rel, const Chain& chain,
                                                          const std::vector<ExprId>& predicates) const {
    const bool simple = !rel.bound && !rel.length && rel.path == SearchId::none && rel.types.size() == 1;
    if (!switches_.relationship_index || !simple) return std::nullopt;
    const auto type = cardinality_.snapshot().find_type(rel.types.front());
    if (!type) return std::nullopt;
    std::optional<IndexChoice> best;
    const Owned owned{Owner::relationship, rel.slot, rel.types.front(),
                      static_cast<double>(cardinality_.snapshot().count(*type))};
    one_key(owned, chain, predicates, best);
    several_keys(owned, chain, predicates, best);
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
