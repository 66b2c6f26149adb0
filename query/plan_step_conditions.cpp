// MATCH p = (a)-[:T*]->(b) WHERE all(r IN relationships(p) WHERE …): what must be true of each relationship
// is asked at each step, so that no trail goes on from one that does not fit, and no path need be made for
// it.

#include <algorithm>

#include "functions.hpp"
#include "planner.hpp"

namespace islet::query {
namespace {

/// The relationship of variable length whose relationships are the list; nullptr if it is another list.
PatternRel* walked(const ExprPool& pool, PatternGraph& graph, ExprId list) {
    SlotId slot = SlotId::none;
    if (const auto* ref = std::get_if<SlotRef>(&pool[list].node)) {
        slot = ref->slot;
    } else if (const auto* call = std::get_if<FunctionOf>(&pool[list].node)) {
        if (call->function->name != "relationships" || call->arguments.size() != 1) return nullptr;
        const auto* path = std::get_if<SlotRef>(&pool[call->arguments.front()].node);
        if (path == nullptr) return nullptr;
        for (const auto& [name, made] : graph.paths) {
            const auto* parts = std::get_if<MakePath>(&pool[made].node);
            // Two nodes and what is between them.
            if (name == path->slot && parts != nullptr && parts->parts.size() == 3) slot = parts->parts[1];
        }
    }
    if (slot == SlotId::none) return nullptr;
    const auto found = std::find_if(graph.rels.begin(), graph.rels.end(),
                                    [&](const PatternRel& rel) { return rel.slot == slot; });
    const bool steps = found != graph.rels.end() && !found->bound && found->length &&
                       found->path == SearchId::none && found->search == PatternRel::Search::all &&
                       found->step == SlotId::none;
    return steps ? &*found : nullptr;
}

}  // namespace

void Planner::conditions_on_steps(PatternGraph& graph) {
    ExprPool& pool = plan_.statement.pool;
    std::erase_if(graph.predicates, [&](ExprId predicate) {
        const auto* each = std::get_if<QuantifierOf>(&pool[predicate].node);
        if (each == nullptr || each->where == ExprId::none) return false;
        const bool all = each->kind == ast::Quantifier::Kind::all;
        if (!all && each->kind != ast::Quantifier::Kind::none) return false;
        if (!depends_on_slots_only(plan_, each->where)) return false;
        // Other variables may not be known yet when the steps are walked.
        std::vector<bool> used(plan_.statement.slot_names.size());
        used_slots(plan_, each->where, used);
        used[static_cast<std::size_t>(each->variable)] = false;
        if (std::find(used.begin(), used.end(), true) != used.end()) return false;
        PatternRel* const rel = walked(pool, graph, each->list);
        if (rel == nullptr) return false;
        rel->step = each->variable;
        ExprId condition = each->where;
        if (!all) condition = pool.add(Not{condition}, {boolean_type, any_type}, pool[condition].span);
        rel->step_predicates.push_back(condition);
        return true;
    });
}

}  // namespace islet::query
