// What is written in several ways and means the same is planned as one of them:
//
//   count(x) of what a MATCH gives is count(*): x is never null, and need not be kept
//   size(collect(x)) is count(x), where nothing else is asked of the list, and collect(x)[..3] collects three
//   elements (plan_collected.cpp)
//   all(r IN relationships(p) WHERE …) is a condition of each step (plan_step_conditions.cpp)
//   MATCH … MATCH … is one pattern, so that its order is free as a whole; only relationships of the same
//   MATCH must differ

#include <algorithm>

#include "functions.hpp"
#include "planner.hpp"

namespace islet::query {
namespace {

/// The slots that hold something in every row.
class NeverNull {
 public:
    explicit NeverNull(std::size_t slots) : slots_(slots) {}

    [[nodiscard]] bool has(SlotId slot) const { return slots_[static_cast<std::size_t>(slot)]; }

    void match(const BoundMatch& match) {
        if (match.optional) return;
        for (const PatternNode& node : match.pattern.nodes) add(node.slot);
        for (const PatternRel& rel : match.pattern.rels) add(rel.slot);
    }
    void project(const ExprPool& pool, const BoundProjection& projection) {
        std::vector<SlotId> kept;
        for (const auto* pairs : {&projection.keys, &projection.items}) {
            for (const auto& [expr, slot] : *pairs) {
                const auto* ref = std::get_if<SlotRef>(&pool[expr].node);
                if (ref != nullptr && has(ref->slot)) kept.push_back(slot);
            }
        }
        slots_.assign(slots_.size(), false);
        for (const SlotId slot : kept) add(slot);
    }

 private:
    void add(SlotId slot) { slots_[static_cast<std::size_t>(slot)] = true; }

    std::vector<bool> slots_;
};

void count_rows(const ExprPool& pool, const NeverNull& matched, BoundProjection& projection) {
    for (AggregateCall& call : projection.aggregates) {
        if (call.function == nullptr || call.distinct || call.function->name != "count") continue;
        const auto* ref = std::get_if<SlotRef>(&pool[call.arguments.front()].node);
        if (ref == nullptr || !matched.has(ref->slot)) continue;
        call.function = nullptr;
        call.arguments.clear();
    }
}

/// Whether a pattern is of nodes and single relationships alone.
bool plain(const PatternGraph& graph) {
    return graph.paths.empty() && !graph.repeatable &&
           std::all_of(graph.rels.begin(), graph.rels.end(), [](const PatternRel& rel) {
               return !rel.bound && !rel.length && rel.path == SearchId::none;
           });
}

/// Adds a pattern to the one before it.
void join(ExprPool& pool, PatternGraph& graph, const PatternGraph& next, std::uint32_t match) {
    std::vector<std::uint32_t> at;  // where next's nodes stand in the whole
    for (const PatternNode& node : next.nodes) {
        const auto known = std::find_if(graph.nodes.begin(), graph.nodes.end(),
                                        [&](const PatternNode& other) { return other.slot == node.slot; });
        at.push_back(static_cast<std::uint32_t>(known - graph.nodes.begin()));
        if (known == graph.nodes.end()) {
            graph.nodes.push_back(node);
        } else if (!node.labels.empty() && known->labels.empty()) {
            known->labels = node.labels;
        } else if (!node.labels.empty()) {
            const ExprId subject = pool.add(SlotRef{node.slot}, {node_type, any_type});
            graph.predicates.push_back(pool.add(LabelTest{subject, node.labels}, {boolean_type, any_type}));
        }
    }
    for (PatternRel rel : next.rels) {
        rel.from = at[rel.from];
        rel.to = at[rel.to];
        rel.match = match;
        graph.rels.push_back(std::move(rel));
    }
    graph.predicates.insert(graph.predicates.end(), next.predicates.begin(), next.predicates.end());
}

}  // namespace

std::vector<BoundClause> Planner::rewritten(const std::vector<BoundClause>& clauses) {
    std::vector<BoundClause> out;
    ExprPool& pool = plan_.statement.pool;
    NeverNull matched(plan_.statement.slot_names.size());
    std::uint32_t matches = 0;
    for (const BoundClause& clause : clauses) {
        if (const auto* match = std::get_if<BoundMatch>(&clause)) {
            matched.match(*match);
            auto* before = out.empty() ? nullptr : std::get_if<BoundMatch>(&out.back());
            if (switches_.order_by_cost && before != nullptr && !before->optional && !match->optional &&
                plain(before->pattern) && plain(match->pattern)) {
                join(pool, before->pattern, match->pattern, ++matches);
                continue;
            }
        }
        out.push_back(clause);
        if (auto* match = std::get_if<BoundMatch>(&out.back()); match != nullptr && switches_.filter_pushdown)
            conditions_on_steps(match->pattern);
        if (auto* projection = std::get_if<BoundProjection>(&out.back())) {
            if (switches_.combine) count_rows(pool, matched, *projection);
            matched.project(pool, *projection);
        }
    }
    if (switches_.combine) shorten_collected(out);
    return out;
}

}  // namespace islet::query
