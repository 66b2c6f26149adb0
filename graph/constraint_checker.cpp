#include "constraint_checker.hpp"

#include <algorithm>

#include "islet/constraints.hpp"
#include "islet/text.hpp"

namespace islet {
namespace {

[[noreturn]] void breach(std::string_view code, std::string_view detail, std::string message,
                         std::string hint = {}) {
    throw Exception({.code = std::string(code),
                     .kind = "ConstraintValidationFailed",
                     .phase = "runtime",
                     .detail = std::string(detail),
                     .message = std::move(message),
                     .span = {},
                     .hint = std::move(hint),
                     .place = {}});
}

constexpr std::string_view not_unique = "22N79";
constexpr std::string_view missing = "22N77";
constexpr std::string_view wrong_type = "22N78";
constexpr std::string_view against_schema = "22N90";

std::string quoted(std::string_view name) {
    return "`" + std::string(name) + "`";
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
        text += quoted(names[i]);
    }
    return text;
}

template <class Names>
std::string meant(std::string_view word, const Names& names) {
    const auto near = nearest(word, names);
    return near ? "did you mean `" + *near + "`?" : std::string();
}

template <class Items>
std::vector<std::string_view> names_of(const Items& items) {
    std::vector<std::string_view> names;
    for (const auto& item : items) names.push_back(item.name);
    return names;
}

}  // namespace

ConstraintChecker::ConstraintChecker(const Snapshot& snapshot, const Catalog& catalog, bool whole)
    : snapshot_(snapshot), catalog_(catalog), whole_(whole) {
    for (const Constraint& constraint : catalog.constraints) {
        Rule rule{&constraint, 0, {}, true};
        if (constraint.owner == Owner::node) {
            const auto id = snapshot.find_label(constraint.label);
            if (!id) continue;
            rule.label = static_cast<std::uint32_t>(*id);
        } else {
            const auto id = snapshot.find_type(constraint.label);
            if (!id) continue;
            rule.label = static_cast<std::uint32_t>(*id);
        }
        for (const std::string& key : constraint.keys) {
            const auto id = snapshot.find_key(key);
            if (id) rule.keys.push_back(*id);
            rule.keys_known = rule.keys_known && id.has_value();
        }
        rules_.push_back(std::move(rule));
    }
    seen_.resize(rules_.size());
}

bool ConstraintChecker::bears(NodeId node, std::uint32_t label) const {
    return snapshot_.has_label(node, LabelId{label});
}
bool ConstraintChecker::bears(RelId rel, std::uint32_t type) const {
    return index(snapshot_.ends(rel).type) == type;
}

std::string ConstraintChecker::who(NodeId node) const {
    return "node " + std::to_string(index(node));
}
std::string ConstraintChecker::who(RelId rel) const {
    const Ends ends = snapshot_.ends(rel);
    return "the relationship from node " + std::to_string(index(ends.source)) + " to node " +
           std::to_string(index(ends.target));
}

std::string ConstraintChecker::label_name(Owner owner, std::uint32_t label) const {
    return owner == Owner::node ? "the label " + quoted(snapshot_.name(LabelId{label}))
                                : "the type " + quoted(snapshot_.name(TypeId{label}));
}

template <class Id>
void ConstraintChecker::test_unique(const std::string& what, Owner owner, std::uint32_t label,
                                    const std::vector<KeyId>& keys, Id id, Seen& seen) const {
    List values;
    for (const KeyId key : keys) {
        values.push_back(snapshot_.property(id, key));
        if (values.back().is_null()) return;
    }
    const auto same = [&](Id other) {
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (!equals(snapshot_.property(other, keys[i]), values[i]).value_or(false)) return false;
        }
        return true;
    };
    std::vector<std::uint32_t> candidates;
    if (whole_) {
        const std::uint64_t key = hash(Value(values));
        const auto [begin, end] = seen.ids.equal_range(key);
        for (auto it = begin; it != end; ++it) candidates.push_back(it->second);
        seen.ids.emplace(key, static_cast<std::uint32_t>(id));
    } else {
        // The rarest of the values leaves the fewest to compare.
        std::size_t best = 0;
        std::size_t fewest = SIZE_MAX;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const std::size_t count =
                keys.size() == 1 ? 0 : count_equal(snapshot_, {owner, label, keys[i]}, values[i]);
            if (count < fewest) best = i, fewest = count;
        }
        find_equal(snapshot_, {owner, label, keys[best]}, values[best], candidates);
    }
    for (const std::uint32_t candidate : candidates) {
        const Id other{candidate};
        if (other == id || !snapshot_.contains(other) || !bears(other, label) || !same(other)) continue;
        std::string text;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            text += (i == 0 ? "" : " and ") + quoted(snapshot_.name(keys[i])) + " = " +
                    to_text(values[i], snapshot_);
        }
        breach(not_unique, "UniqueConstraintViolated",
               what + ": " + who(std::min(id, other)) + " and " + who(std::max(id, other)) + " have both " +
                   label_name(owner, label) + " and " + text);
    }
}

template <class Id>
void ConstraintChecker::test_rule(const Rule& rule, Id id, Seen& seen) const {
    const Constraint& constraint = *rule.constraint;
    const std::string what = "constraint " + quoted(constraint.name);
    const bool must_exist =
        constraint.rule == Constraint::Rule::exists || constraint.rule == Constraint::Rule::key;
    if (must_exist) {
        for (const std::string& name : constraint.keys) {
            const auto key = snapshot_.find_key(name);
            if (key && !snapshot_.property(id, *key).is_null()) continue;
            breach(missing, "PropertyExistenceViolated",
                   what + ": " + who(id) + " has " + label_name(constraint.owner, rule.label) + " but no " +
                       quoted(name));
        }
    }
    if (!rule.keys_known) return;
    if (constraint.rule == Constraint::Rule::unique || constraint.rule == Constraint::Rule::key) {
        test_unique(what, constraint.owner, rule.label, rule.keys, id, seen);
    }
    if (constraint.rule != Constraint::Rule::type) return;
    for (const KeyId key : rule.keys) {
        const Value value = snapshot_.property(id, key);
        if (value.is_null() || has_shape(value, constraint.shapes)) continue;
        breach(wrong_type, "PropertyTypeViolated",
               what + ": " + quoted(snapshot_.name(key)) + " of " + who(id) + " with " +
                   label_name(constraint.owner, rule.label) + " is " + to_text(value, snapshot_) + " (" +
                   std::string(kind_name(value.kind())) + "), not " + to_text(constraint.shapes));
    }
}

void ConstraintChecker::test(NodeId node) {
    for (std::size_t i = 0; i < rules_.size(); ++i) {
        const Rule& rule = rules_[i];
        if (rule.constraint->owner == Owner::node && bears(node, rule.label)) test_rule(rule, node, seen_[i]);
    }
    if (catalog_.schema) test_schema(node);
}

void ConstraintChecker::test(std::span<const NodeId> nodes) {
    if (catalog_.schema) {
        for (const NodeId node : nodes) {
            if (snapshot_.contains(node)) test(node);
        }
        return;
    }
    // Most nodes that are written have few of the labels that have rules.
    std::vector<std::pair<std::size_t, LabelledNodes>> ruled;
    for (std::size_t i = 0; i < rules_.size(); ++i) {
        if (rules_[i].constraint->owner == Owner::node)
            ruled.emplace_back(i, snapshot_.labelled(LabelId{rules_[i].label}));
    }
    for (const NodeId node : nodes) {
        for (const auto& [i, labelled] : ruled) {
            if (labelled.contains(node) && snapshot_.contains(node)) test_rule(rules_[i], node, seen_[i]);
        }
    }
}

void ConstraintChecker::test(RelId rel) {
    for (std::size_t i = 0; i < rules_.size(); ++i) {
        const Rule& rule = rules_[i];
        if (rule.constraint->owner == Owner::relationship && bears(rel, rule.label))
            test_rule(rule, rel, seen_[i]);
    }
    if (catalog_.schema) test_schema(rel);
}

// ------------------------------------------------------------------- schema

/// Whether `label` is `ancestor` or a kind of it, at any depth.
bool ConstraintChecker::is_a(const std::string& label, const std::string& ancestor) const {
    std::vector<std::string> open{label};
    for (std::size_t i = 0; i < open.size(); ++i) {
        if (open[i] == ancestor) return true;
        const GraphSchema::Label* rule = catalog_.schema->label(open[i]);
        if (rule == nullptr) continue;
        for (const std::string& parent : rule->is_a) {
            if (std::find(open.begin(), open.end(), parent) == open.end()) open.push_back(parent);
        }
    }
    return false;
}

template <class Id>
void ConstraintChecker::test_properties(const std::vector<const std::vector<GraphSchema::Property>*>& rules,
                                        const std::vector<std::uint32_t>& owners, Id id) {
    constexpr Owner owner = std::is_same_v<Id, NodeId> ? Owner::node : Owner::relationship;
    const Properties properties = snapshot_.properties(id);
    for (const auto& [key, value] : properties) {
        const std::string_view name = snapshot_.name(key);
        bool named = false;
        std::vector<std::string_view> known;
        for (std::size_t i = 0; i < rules.size(); ++i) {
            for (const GraphSchema::Property& rule : *rules[i]) {
                known.push_back(rule.name);
                if (rule.name != name) continue;
                named = true;
                if (!has_shape(value, rule.shapes)) {
                    breach(wrong_type, "SchemaViolated",
                           "schema: " + quoted(name) + " of " + who(id) + " with " +
                               label_name(owner, owners[i]) + " is " + to_text(value, snapshot_) + " (" +
                               std::string(kind_name(value.kind())) + "), not " + to_text(rule.shapes));
                }
                if (!rule.values.empty()) {
                    const auto listed = [&](const Value& item) {
                        return item.kind() == Kind::string &&
                               std::find(rule.values.begin(), rule.values.end(), item.as_string()) !=
                                   rule.values.end();
                    };
                    const bool good = value.kind() == Kind::list ? std::all_of(value.as_list().begin(),
                                                                               value.as_list().end(), listed)
                                                                 : listed(value);
                    if (!good) {
                        const std::string shown = value.kind() == Kind::string
                                                      ? meant(value.as_string(), rule.values)
                                                      : std::string();
                        breach(against_schema, "SchemaViolated",
                               "schema: " + quoted(name) + " of " + who(id) + " is " +
                                   to_text(value, snapshot_) + ", which is not in the schema's list",
                               shown);
                    }
                }
                if (rule.unique) {
                    test_unique("schema", owner, owners[i], {key}, id,
                                seen_by_schema_[label_name(owner, owners[i]) + " " + rule.name]);
                }
            }
        }
        const bool evidence =
            std::find(catalog_.evidence.begin(), catalog_.evidence.end(), name) != catalog_.evidence.end();
        if (!named && !evidence && !catalog_.schema->open) {
            breach(against_schema, "SchemaViolated",
                   "schema: " + who(id) + " has the property " + quoted(name) +
                       ", which the schema does not give it",
                   meant(name, known));
        }
    }
    for (std::size_t i = 0; i < rules.size(); ++i) {
        for (const GraphSchema::Property& rule : *rules[i]) {
            if (!rule.required) continue;
            const auto key = snapshot_.find_key(rule.name);
            if (key && !snapshot_.property(id, *key).is_null()) continue;
            breach(missing, "SchemaViolated",
                   "schema: " + who(id) + " has " + label_name(owner, owners[i]) + " but no " +
                       quoted(rule.name));
        }
    }
}

void ConstraintChecker::test_schema(NodeId node) {
    const GraphSchema& schema = *catalog_.schema;
    std::vector<const std::vector<GraphSchema::Property>*> rules;
    std::vector<std::uint32_t> owners;
    std::vector<std::string> names;
    for (const LabelId label : snapshot_.labels(node)) {
        const std::string name(snapshot_.name(label));
        names.push_back(name);
        const GraphSchema::Label* rule = schema.label(name);
        if (rule == nullptr) {
            if (schema.open) continue;
            breach(against_schema, "SchemaViolated",
                   "schema: " + who(node) + " has the label " + quoted(name) +
                       ", which the schema does not name",
                   meant(name, names_of(schema.labels)));
        }
        for (const std::string& parent : rule->is_a) {
            const auto id = snapshot_.find_label(parent);
            if (id && snapshot_.has_label(node, *id)) continue;
            breach(against_schema, "SchemaViolated",
                   "schema: " + who(node) + " has the label " + quoted(name) + " but not " + quoted(parent) +
                       ", which each of these has too");
        }
        rules.push_back(&rule->properties);
        owners.push_back(static_cast<std::uint32_t>(label));
    }
    if (names.empty() && !schema.open)
        breach(against_schema, "SchemaViolated", "schema: " + who(node) + " has no label");
    for (const std::string& name : names) {
        const GraphSchema::Label* rule = schema.label(name);
        if (rule == nullptr || !rule->abstract) continue;
        const bool concrete = std::any_of(names.begin(), names.end(), [&](const std::string& other) {
            return other != name && is_a(other, name);
        });
        if (!concrete) {
            breach(against_schema, "SchemaViolated",
                   "schema: " + who(node) + " has the label " + quoted(name) +
                       ", which is abstract, but no label that is one of it");
        }
    }
    test_properties(rules, owners, node);
}

void ConstraintChecker::test_schema(RelId rel) {
    const GraphSchema& schema = *catalog_.schema;
    const Ends ends = snapshot_.ends(rel);
    const std::string name(snapshot_.name(ends.type));
    const GraphSchema::Type* rule = schema.type(name);
    if (rule == nullptr) {
        if (schema.open) return;
        breach(against_schema, "SchemaViolated",
               "schema: " + who(rel) + " has the type " + quoted(name) + ", which the schema does not name",
               meant(name, names_of(schema.types)));
    }
    const auto end = [&](NodeId node, const std::vector<std::string>& labels, std::string_view side) {
        const bool good =
            labels.empty() || std::any_of(labels.begin(), labels.end(), [&](const std::string& label) {
                const auto id = snapshot_.find_label(label);
                return id && snapshot_.has_label(node, *id);
            });
        if (good) return;
        breach(against_schema, "SchemaViolated",
               "schema: the " + std::string(side) + " of " + who(rel) + " of the type " + quoted(name) +
                   " must have the label " + joined(labels));
    };
    end(ends.source, rule->domain, "source");
    end(ends.target, rule->range, "target");
    test_properties({&rule->properties}, {static_cast<std::uint32_t>(ends.type)}, rel);
}

// ---------------------------------------------------------------- whole graphs

void require_valid(const Snapshot& snapshot, const Catalog& catalog) {
    if (catalog.constraints.empty() && !catalog.schema) return;
    ConstraintChecker checker(snapshot, catalog, true);
    std::vector<NodeId> nodes;
    snapshot.scan(LabelId::none, NodeId{0}, SIZE_MAX, nodes);
    for (const NodeId node : nodes) checker.test(node);
    for (std::uint32_t rel = 0; rel < snapshot.rel_bound(); ++rel) {
        if (snapshot.contains(RelId{rel})) checker.test(RelId{rel});
    }
}

void require_valid(const Snapshot& snapshot, const Constraint& constraint) {
    Catalog alone;
    alone.constraints.push_back(constraint);
    require_valid(snapshot, alone);
}

}  // namespace islet
