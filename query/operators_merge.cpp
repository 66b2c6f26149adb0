// MERGE: for each row the matches, or else what is made; a row sees what the rows before it made. In general
// each row runs the match. Many rows that merge one node, or one relationship between known nodes, are looked
// up together, and what is missing is made at once.

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

#include "evaluate_kernels.hpp"
#include "steps.hpp"
#include "value_table.hpp"
#include "write_parts.hpp"

namespace islet::query {
namespace {

/// From here on it is worth while to look up rows together.
constexpr std::size_t many_rows = 8;

/// The properties that a merged node or relationship must have, for all rows.
struct MergeKeys {
    struct Key {
        const std::string* name;
        std::optional<KeyId> id;
        ColumnRef values;
    };
    std::vector<Key> keys;

    /// Whether something found has them.
    template <class Id>
    [[nodiscard]] bool match(const Snapshot& snapshot, Id id, std::size_t row) const {
        return std::all_of(keys.begin(), keys.end(), [&](const Key& key) {
            return key.id && equals(snapshot.property(id, *key.id), key.values->at(row)).value_or(false);
        });
    }
    [[nodiscard]] bool same(std::size_t a, std::size_t b) const {
        return std::all_of(keys.begin(), keys.end(), [&](const Key& key) {
            return equals(key.values->at(a), key.values->at(b)).value_or(false);
        });
    }
};

class MergeOperator final : public WriteOperator {
 public:
    MergeOperator(RunContext& context, const PlanNode& node, Input input)
        : WriteOperator(context, node, std::move(input)),
          op_(std::get<MergeOp>(node.op)),
          inner_(context, op_.inner) {}

 protected:
    void write(Batch& rows) override {
        if (rows.rows >= many_rows && (merge_nodes(rows) || merge_rels(rows))) return;
        const std::vector<SlotId> slots = present(rows);
        std::vector<Column> columns(op_.introduced.size());
        std::vector<std::uint32_t> parents;
        Creator creator(context_, op_.creation, true);
        for (std::size_t row = 0; row < rows.rows; ++row) {
            Batch one = one_row(rows, row, slots);
            one.origin.clear();
            refuse_null(one);
            std::vector<Batch> found;
            inner_.start(one);
            Batch match;
            while (inner_.next(match)) found.push_back(std::move(match));
            const bool matched = !found.empty();
            if (!matched) {
                creator.create(one);
                found.push_back(one);
            }
            for (const Batch& batch : found) {
                for (std::size_t r = 0; r < batch.rows; ++r) {
                    Batch each = one_row(rows, row, slots);
                    for (std::size_t i = 0; i < op_.introduced.size(); ++i) {
                        const SlotId slot = op_.introduced[i];
                        if (batch[slot].layout == Column::Layout::absent) {
                            columns[i].append_null();
                            continue;
                        }
                        each[slot] = one_row(batch, r, std::array{slot})[slot];
                        columns[i].append(batch[slot], r);
                    }
                    assign(context_, matched ? op_.on_match : op_.on_create, each);
                    parents.push_back(static_cast<std::uint32_t>(row));
                }
            }
        }
        rows = rows.gather(parents, slots);
        for (std::size_t i = 0; i < op_.introduced.size(); ++i) {
            if (columns[i].layout != Column::Layout::absent) rows[op_.introduced[i]] = std::move(columns[i]);
        }
    }

 private:
    /// A property that is null could neither be found nor made.
    void refuse_null(const Batch& one) {
        const auto check = [&](ExprId properties) {
            if (properties == ExprId::none) return;
            const auto* map = std::get_if<MakeMap>(&context_.plan[properties].node);
            if (map == nullptr) return;
            for (const auto& [key, expr] : map->entries) {
                std::vector<bool> used;
                used_slots(context_.plan, expr, used);
                bool known = true;
                for (std::size_t slot = 0; slot < used.size(); ++slot) {
                    known = known && (!used[slot] || one.columns[slot].layout != Column::Layout::absent);
                }
                if (!known || !evaluate(context_, expr, one)->is_null(0)) continue;
                refuse(expr, key);
            }
        };
        for (const CreatedNode& node : op_.creation.nodes) check(node.properties);
        for (const CreatedRel& rel : op_.creation.rels) check(rel.properties);
    }

    [[noreturn]] void refuse(ExprId expr, const std::string& key) {
        context_.at = context_.plan[expr].span;
        fail_writing("SemanticError", "MergeReadOwnWrites", "22N31",
                     "MERGE cannot find or make a property `" + key + "` that is null");
    }

    // ---- many rows together

    /// The keys of what is merged, if rows can be looked up before any is written: what they look for depends
    /// on nothing that is written, and what is set does not change what is looked for.
    std::optional<MergeKeys> keys_of(ExprId properties, SlotId made, const Batch& rows) {
        MergeKeys keys;
        // What is made is new, so that only what is set can change what is looked for.
        std::vector<std::string> written;
        for (const auto* items : {&op_.on_create, &op_.on_match}) {
            const auto of_items = written_keys(*items);
            if (!of_items) return std::nullopt;
            written.insert(written.end(), of_items->begin(), of_items->end());
        }
        if (properties != ExprId::none) {
            const auto* map = std::get_if<MakeMap>(&context_.plan[properties].node);
            if (map == nullptr) return std::nullopt;
            for (const auto& [key, expr] : map->entries) {
                const bool again =
                    std::any_of(keys.keys.begin(), keys.keys.end(),
                                [&, &name = key](const auto& one) { return *one.name == name; });
                if (again || reads_of(context_, expr, rows, SlotId::none, &written) != Reads::nothing)
                    return std::nullopt;
                keys.keys.push_back({&key, context_.snapshot->find_key(key), evaluate(context_, expr, rows)});
                for (std::size_t row = 0; row < rows.rows; ++row) {
                    if (keys.keys.back().values->is_null(row)) refuse(expr, key);
                }
            }
        }
        for (const auto* items : {&op_.on_create, &op_.on_match}) {
            for (const Assignment& item : *items) {
                const auto* target = std::get_if<SlotRef>(&context_.plan[item.target].node);
                const bool looked_for = std::any_of(keys.keys.begin(), keys.keys.end(),
                                                    [&](const auto& one) { return *one.name == item.key; });
                if (item.kind != Assignment::Kind::property || target == nullptr || target->slot != made ||
                    looked_for || reads_of(context_, item.value, rows, made, &written) == Reads::graph)
                    return std::nullopt;
            }
        }
        return keys;
    }

    bool merge_nodes(Batch& rows) {
        const Creation& creation = op_.creation;
        if (creation.nodes.size() != 1 || !creation.rels.empty() || !creation.paths.empty()) return false;
        const CreatedNode& node = creation.nodes.front();
        if (op_.introduced != std::vector{node.slot} || node.labels.empty()) return false;
        const Snapshot& snapshot = *context_.snapshot;
        std::vector<std::optional<LabelId>> labels;
        std::uint64_t fewest = UINT64_MAX;
        std::optional<LabelId> rarest;
        for (const std::string& name : node.labels) {
            labels.push_back(snapshot.find_label(name));
            const std::uint64_t count = labels.back() ? snapshot.count(*labels.back()) : 0;
            if (count < fewest) fewest = count, rarest = labels.back();
        }
        // Few rows find their nodes by an index.
        if (fewest / 64 > rows.rows) return false;
        std::optional<MergeKeys> keys = keys_of(node.properties, node.slot, rows);
        if (!keys || keys->keys.empty()) return false;

        ValueTable table;
        std::vector<NodeId> nodes;
        if (fewest > 0 && keys->keys.front().id) {
            snapshot.scan(*rarest, NodeId{0}, SIZE_MAX, nodes);
            context_.hold(nodes.size() * (ValueTable::bytes_each + sizeof(Value)));
            std::vector<std::uint32_t> ids;
            ids.reserve(nodes.size());
            for (const NodeId one : nodes) ids.push_back(static_cast<std::uint32_t>(one));
            const Column values = read_property(context_, Column::nodes(std::move(ids)),
                                                *keys->keys.front().name, nodes.size());
            table.add(values, nodes);
        }
        table.finish();
        Found found;
        std::vector<NodeId> candidates;
        for (std::size_t row = 0; row < rows.rows; ++row) {
            if (row % 1024 == 0) context_.check();
            const Value first = keys->keys.front().values->at(row);
            candidates.clear();
            table.find(first, candidates);
            bool matched = false;
            for (const NodeId one : candidates) {
                const bool labelled = std::all_of(labels.begin(), labels.end(), [&](auto label) {
                    return label && snapshot.has_label(one, *label);
                });
                if (!labelled || !keys->match(snapshot, one, row)) continue;
                found.add(row, static_cast<std::uint32_t>(one), true);
                matched = true;
            }
            if (!matched) found.add_new(row, equality_hash(first), *keys);
        }
        finish(rows, found, node.slot, Column::nodes({}));
        return true;
    }

    bool merge_rels(Batch& rows) {
        const Creation& creation = op_.creation;
        if (!creation.nodes.empty() || creation.rels.size() != 1 || !creation.paths.empty()) return false;
        const CreatedRel& rel = creation.rels.front();
        if (op_.introduced != std::vector{rel.slot}) return false;
        const ExpandOp* expand = nullptr;
        for (PlanId id = op_.inner; id != PlanId::none; id = context_.plan[id].input) {
            const PlanOp& op = context_.plan[id].op;
            if (const auto* one = std::get_if<ExpandOp>(&op)) {
                if (expand != nullptr) return false;
                expand = one;
            } else if (const auto* filter = std::get_if<FilterOp>(&op)) {
                // Conditions on the relationship are its properties; others are not looked at here.
                for (const ExprId predicate : filter->predicates) {
                    if (std::holds_alternative<LabelTest>(context_.plan[predicate].node)) return false;
                }
            } else if (!std::holds_alternative<ArgumentOp>(op)) {
                return false;
            }
        }
        if (expand == nullptr || !expand->into || expand->rel != rel.slot || !expand->different_from.empty())
            return false;
        const bool forward = expand->from == rel.source && expand->to == rel.target;
        const bool backward = expand->from == rel.target && expand->to == rel.source;
        if (!forward && !backward) return false;
        std::optional<MergeKeys> keys = keys_of(rel.properties, rel.slot, rows);
        if (!keys) return false;

        const Snapshot& snapshot = *context_.snapshot;
        const std::vector<TypeId> types = resolve_types(snapshot, {rel.type});
        const bool either = expand->pointing == PatternRel::Pointing::either;
        const std::vector<Direction> ways =
            either ? directions(PatternRel::Pointing::either) : std::vector<Direction>{Direction::out};
        Found found;
        for (std::size_t row = 0; row < rows.rows; ++row) {
            if (row % 1024 == 0) context_.check();
            const Value source = rows[rel.source].at(row);
            const Value target = rows[rel.target].at(row);
            if (source.kind() != Kind::node || target.kind() != Kind::node) {
                fail_writing("SemanticError", "MissingNode", "22N31",
                             "a relationship cannot be made: one of its ends is null");
            }
            bool matched = false;
            for_each_between(snapshot, source.as_node(), target.as_node(), types, ways, [&](RelId one) {
                if (!keys->match(snapshot, one, row)) return;
                found.add(row, static_cast<std::uint32_t>(one), true);
                matched = true;
            });
            if (matched) continue;
            auto a = static_cast<std::uint64_t>(source.as_node());
            auto b = static_cast<std::uint64_t>(target.as_node());
            if (either && b < a) std::swap(a, b);
            found.add_new(row, a << 32U | b, *keys);
        }
        finish(rows, found, rel.slot, Column::rels({}));
        return true;
    }

    /// What was found for the rows, and what is to be made.
    struct Found {
        std::vector<std::uint32_t> parents;  ///< rows
        std::vector<std::uint32_t> ids;      ///< or, of what is to be made, positions in `makers`
        std::vector<std::uint8_t>
            matched;  ///< 0: made for this row; 1: known before; 2: made for a row before
        std::vector<std::uint32_t> makers;                             ///< rows for which something is made
        std::unordered_multimap<std::uint64_t, std::uint32_t> by_key;  ///< positions in `makers`

        void add(std::size_t row, std::uint32_t id, bool known) {
            parents.push_back(static_cast<std::uint32_t>(row));
            ids.push_back(id);
            matched.push_back(known ? 1 : 0);
        }
        void add_new(std::size_t row, std::uint64_t key, const MergeKeys& keys) {
            const auto [begin, end] = by_key.equal_range(key);
            for (auto it = begin; it != end; ++it) {
                if (!keys.same(row, makers[it->second])) continue;
                add(row, it->second, false);
                matched.back() = 2;
                return;
            }
            const auto position = static_cast<std::uint32_t>(makers.size());
            add(row, position, false);
            by_key.emplace(key, position);
            makers.push_back(static_cast<std::uint32_t>(row));
        }
    };

    /// Makes what is missing, sets what is to be set, and puts the rows together.
    void finish(Batch& rows, Found& found, SlotId slot, Column column) {
        const std::vector<SlotId> slots = present(rows);
        Batch made = rows.gather(found.makers, slots);
        Creator(context_, op_.creation, true).create(made);
        for (std::size_t i = 0; i < found.ids.size(); ++i) {
            if (found.matched[i] != 1) found.ids[i] = made[slot].ids[found.ids[i]];
        }
        rows = rows.gather(found.parents, slots);
        column.ids = std::move(found.ids);
        rows[slot] = std::move(column);
        set_of(rows, found, false, op_.on_create);
        set_of(rows, found, true, op_.on_match);
    }

    void set_of(const Batch& rows, const Found& found, bool matched, std::span<const Assignment> items) {
        if (items.empty()) return;
        std::vector<std::uint32_t> which;
        for (std::uint32_t i = 0; i < found.matched.size(); ++i) {
            if ((found.matched[i] != 0) == matched) which.push_back(i);
        }
        if (!which.empty()) assign(context_, items, rows.gather(which, present(rows)));
    }

    const MergeOp& op_;
    InnerPlan inner_;
};

}  // namespace

Input make_merge(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<MergeOperator>(context, node, std::move(input));
}

}  // namespace islet::query
