#include "cite.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "functions.hpp"
#include "islet/error.hpp"

namespace islet::query {
namespace {

void add_map(const Snapshot& snapshot, const Value& of, const List& keys, List& found) {
    Map map;
    for (const Value& key : keys) {
        Value value = property_of(snapshot, of, key.as_string());
        if (!value.is_null()) {
            map.set(std::string(key.as_string()), std::move(value));
        } else if (&key == &keys.front()) {
            return;  // no statement
        }
    }
    found.emplace_back(std::move(map));
}

/// The evidence of whatever nodes and relationships a value holds. Of a relationship in a list, its ends
/// count too: nothing else names the nodes within a trail.
void collect_evidence(const Snapshot& snapshot, const Value& value, const List& keys, bool in_trail,
                      List& found) {
    switch (value.kind()) {
        case Kind::node:
            add_map(snapshot, value, keys, found);
            return;
        case Kind::relationship: {
            add_map(snapshot, value, keys, found);
            if (!in_trail) return;
            const Ends ends = snapshot.ends(value.as_relationship());
            add_map(snapshot, Value(ends.source), keys, found);
            add_map(snapshot, Value(ends.target), keys, found);
            return;
        }
        case Kind::list: {
            const List& list = value.as_list();
            const bool trail = !list.empty() && std::all_of(list.begin(), list.end(), [](const Value& item) {
                return item.kind() == Kind::relationship;
            });
            for (const Value& item : list) collect_evidence(snapshot, item, keys, trail, found);
            return;
        }
        default:
            return;
    }
}

Value evidence_of(FunctionContext& context, std::span<const Value> arguments) {
    List found;
    collect_evidence(context.snapshot, arguments[0], arguments[1].as_list(), false, found);
    const List& keys = arguments[1].as_list();
    std::sort(found.begin(), found.end(), [&](const Value& a, const Value& b) {
        for (const Value& key : keys) {
            const Value* left = a.as_map().find(key.as_string());
            const Value* right = b.as_map().find(key.as_string());
            if (left == nullptr || right == nullptr) {
                if (left != right) return right == nullptr;  // what has no such value comes last
                continue;
            }
            if (const int sign = order(*left, *right); sign != 0) return sign < 0;
        }
        return false;
    });
    found.erase(std::unique(found.begin(), found.end(), equivalent), found.end());
    return found;
}

/// Not in the table of functions: only CITE calls it.
const Function& evidence_function() {
    static const Function function = [] {
        Function f;
        f.name = "evidence";
        f.parameters = {any_type, list_type};
        f.required = 2;
        f.result = list_type;
        f.apply = evidence_of;
        return f;
    }();
    return function;
}

BoundCallSubquery rows_of(BlockId block) {
    BoundCallSubquery call{};
    call.block = block;
    return call;
}

/// Threads a list of what was matched through the projections of a statement.
class Citer {
 public:
    explicit Citer(BoundStatement& statement) : statement_(statement) {}

    /// Gives the block one more column, and returns its slot; none if it has no columns. The column is the
    /// list of what was matched, with nested lists.
    std::optional<SlotId> block(BlockId id) {
        BoundBlock block = statement_[id];  // a copy: slots and blocks are added
        if (block.columns.empty()) return std::nullopt;
        for (BoundPart& each : block.parts) part(each);
        if (block.parts.size() == 1) {
            block.columns = block.parts.front().columns;
            statement_.blocks[static_cast<std::size_t>(id)] = std::move(block);
            return statement_[id].columns.back();
        }
        const bool all = std::exchange(block.union_all, true);
        block.columns.push_back(slot());
        if (all) {
            statement_.blocks[static_cast<std::size_t>(id)] = std::move(block);
            return statement_[id].columns.back();
        }
        return distinct_union(id, std::move(block));
    }

    SlotId slot() {
        statement_.slot_names.emplace_back();
        statement_.slot_types.push_back({list_type, any_type});
        return SlotId{static_cast<std::uint32_t>(statement_.slot_names.size() - 1)};
    }
    ExprId read(SlotId slot) {
        return statement_.pool.add(SlotRef{slot}, statement_.slot_types[static_cast<std::size_t>(slot)]);
    }

 private:
    /// Rows that UNION makes one bring their lists together: the parts become a subquery whose rows are
    /// grouped.
    SlotId distinct_union(BlockId id, BoundBlock parts) {
        const auto inner = BlockId{static_cast<std::uint32_t>(statement_.blocks.size())};
        BoundProjection group;
        group.grouped = group.final = true;
        BoundPart outer;
        for (std::size_t i = 0; i + 1 < parts.columns.size(); ++i) {
            const SlotId column = parts.columns[i];
            const ExprId expr = read(column);
            group.keys.emplace_back(expr, column);
            group.items.emplace_back(expr, column);
            outer.columns.push_back(column);
        }
        const SlotId all = collect(group, read(parts.columns.back()));
        group.items.emplace_back(read(all), all);
        outer.columns.push_back(all);
        statement_.blocks.push_back(std::move(parts));
        outer.clauses.emplace_back(rows_of(inner));
        outer.clauses.emplace_back(std::move(group));
        BoundBlock block;
        block.columns = outer.columns;
        block.writes = statement_[inner].writes;
        block.parts.push_back(std::move(outer));
        statement_.blocks[static_cast<std::size_t>(id)] = std::move(block);
        return all;
    }

    void part(BoundPart& part) {
        std::vector<ExprId> met;
        for (BoundClause& clause : part.clauses) {
            if (const auto* match = std::get_if<BoundMatch>(&clause)) {
                meet(match->pattern, met);
            } else if (const auto* merge = std::get_if<BoundMerge>(&clause)) {
                meet(merge->pattern, met);
            } else if (const auto* call = std::get_if<BoundCallSubquery>(&clause)) {
                if (!call->returns) continue;
                if (const std::optional<SlotId> column = block(call->block)) met.push_back(read(*column));
            } else if (auto* projection = std::get_if<BoundProjection>(&clause)) {
                const SlotId column = carry(*projection, std::exchange(met, {}));
                met.push_back(read(column));
                if (projection->final) part.columns.push_back(column);
            }
        }
    }

    void meet(const PatternGraph& pattern, std::vector<ExprId>& met) {
        for (const PatternNode& node : pattern.nodes) met.push_back(read(node.slot));
        for (const PatternRel& rel : pattern.rels) met.push_back(read(rel.slot));
    }

    SlotId collect(BoundProjection& projection, ExprId expr) {
        const SlotId all = slot();
        projection.aggregates.push_back({find_aggregate("collect"), false, {expr}, all});
        return all;
    }

    /// Adds a column of what was met to a projection.
    SlotId carry(BoundProjection& projection, std::vector<ExprId> met) {
        const ExprId list = statement_.pool.add(MakeList{std::move(met)}, {list_type, any_type});
        if (projection.distinct && !projection.grouped) {
            // Grouping by all columns is what DISTINCT does, and leaves room for an aggregate.
            projection.grouped = true;
            projection.distinct = false;
            projection.keys = projection.items;
            for (auto& [expr, to] : projection.items) expr = read(to);
        }
        if (projection.grouped) {
            const SlotId all = collect(projection, list);
            projection.items.emplace_back(read(all), all);
            return all;
        }
        const SlotId made = slot();
        projection.items.emplace_back(list, made);
        return made;
    }

    BoundStatement& statement_;
};

Error complaint(std::string detail, std::string message, std::string hint) {
    return {.code = "42N01",
            .kind = "SyntaxError",
            .phase = "compile time",
            .detail = std::move(detail),
            .message = std::move(message),
            .span = {},
            .hint = std::move(hint),
            .place = {}};
}

}  // namespace

BoundStatement cite(BoundStatement statement, const std::vector<std::string>& evidence) {
    if (evidence.empty()) {
        throw Exception(complaint("NoEvidence", "CITE: this graph does not say which properties are evidence",
                                  "name them in its catalog, the property of the source first"));
    }
    Citer citer(statement);
    const std::optional<SlotId> met = citer.block(BlockId{0});
    if (!met) throw Exception(complaint("NoColumns", "CITE needs a query that returns rows", "add RETURN"));

    // The statement's own block becomes a subquery, over whose rows the list is made evidence: so its order,
    // and whatever else it does, is its own affair.
    List keys;
    for (const std::string& key : evidence) keys.emplace_back(key);
    const ExprId names = statement.pool.add(Constant{Value(std::move(keys))}, {list_type, string_type});
    const ExprId sources = statement.pool.add(FunctionOf{&evidence_function(), {citer.read(*met), names}},
                                              {list_type, map_type});
    const SlotId column = citer.slot();
    statement.slot_names[static_cast<std::size_t>(column)] = "sources";

    const auto inner = BlockId{static_cast<std::uint32_t>(statement.blocks.size())};
    statement.blocks.push_back(statement[BlockId{0}]);
    BoundPart part;
    BoundProjection projection;
    projection.final = true;
    for (const SlotId slot : statement[inner].columns) {
        if (slot == *met) continue;
        projection.items.emplace_back(citer.read(slot), slot);
        part.columns.push_back(slot);
    }
    projection.items.emplace_back(sources, column);
    part.columns.push_back(column);
    part.clauses.emplace_back(rows_of(inner));
    part.clauses.emplace_back(std::move(projection));
    BoundBlock block;
    block.columns = part.columns;
    block.writes = statement.writes;
    block.parts.push_back(std::move(part));
    statement.blocks.front() = std::move(block);
    statement.columns.emplace_back("sources");
    return statement;
}

}  // namespace islet::query
