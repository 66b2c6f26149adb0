// What a database says about itself: SHOW is another spelling of some of these calls.

#include <algorithm>
#include <map>
#include <set>

#include "families.hpp"
#include "fields.hpp"
#include "islet/catalog.hpp"
#include "islet/functions.hpp"
#include "islet/index.hpp"
#include "projection.hpp"

namespace islet::query {
namespace {

Value list_of(const std::vector<std::string>& texts) {
    return List(texts.begin(), texts.end());
}
std::string entity(Owner owner) {
    return owner == Owner::node ? "NODE" : "RELATIONSHIP";
}

std::string rule_name(const Constraint& constraint) {
    const std::string of = constraint.owner == Owner::node ? "NODE_" : "RELATIONSHIP_";
    switch (constraint.rule) {
        case Constraint::Rule::unique:
            return constraint.owner == Owner::node ? "UNIQUENESS" : "RELATIONSHIP_UNIQUENESS";
        case Constraint::Rule::exists:
            return of + "PROPERTY_EXISTENCE";
        case Constraint::Rule::key:
            return of + "KEY";
        case Constraint::Rule::type:
            return of + "PROPERTY_TYPE";
    }
    return {};
}

std::string kind_text(IndexDefinition::Kind kind) {
    switch (kind) {
        case IndexDefinition::Kind::range:
            return "RANGE";
        case IndexDefinition::Kind::text:
            return "TEXT";
        case IndexDefinition::Kind::fulltext:
            return "FULLTEXT";
    }
    return {};
}

Rows constraints(const ProcedureContext& context, const std::vector<Value>& /*arguments*/) {
    Rows rows;
    for (const Constraint& one : context.snapshot.catalog().constraints) {
        rows.push_back({one.name, rule_name(one), entity(one.owner), list_of({one.label}), list_of(one.keys),
                        one.rule == Constraint::Rule::type ? Value(to_text(one.shapes)) : Value()});
    }
    return rows;
}

Rows indexes(const ProcedureContext& context, const std::vector<Value>& /*arguments*/) {
    const Catalog& catalog = context.snapshot.catalog();
    Rows rows;
    for (const IndexDefinition& one : catalog.indexes) {
        rows.push_back({one.name, "ONLINE", kind_text(one.kind), entity(one.owner), list_of(one.labels),
                        list_of(one.keys), Value()});
    }
    for (const Constraint& one : catalog.constraints) {
        if (one.rule != Constraint::Rule::unique && one.rule != Constraint::Rule::key) continue;
        rows.push_back({one.name, "ONLINE", "RANGE", entity(one.owner), list_of({one.label}),
                        list_of(one.keys), one.name});
    }
    std::sort(rows.begin(), rows.end(),
              [](const auto& a, const auto& b) { return a[0].as_string() < b[0].as_string(); });
    return rows;
}

std::string type_name(FieldType type) {
    switch (type) {
        case FieldType::any:
            return "ANY";
        case FieldType::boolean:
            return "BOOLEAN";
        case FieldType::integer:
            return "INTEGER";
        case FieldType::floating:
            return "FLOAT";
        case FieldType::number:
            return "NUMBER";
        case FieldType::string:
            return "STRING";
        case FieldType::list:
            return "LIST";
        case FieldType::map:
            return "MAP";
        case FieldType::node:
            return "NODE";
        case FieldType::relationship:
            return "RELATIONSHIP";
        case FieldType::path:
            return "PATH";
    }
    return {};
}

std::string signature(const Procedure& procedure) {
    const auto fields = [](const std::vector<Field>& all) {
        std::string text;
        for (const Field& field : all) {
            if (!text.empty()) text += ", ";
            text += field.name + (field.preset ? "?" : "") + " :: " + type_name(field.type);
        }
        return "(" + text + ")";
    };
    return procedure.name + fields(procedure.inputs) + " :: " + fields(procedure.outputs);
}

/// A row for each name of a kind that something bears.
template <class Id>
Rows used_names(const Snapshot& snapshot, std::uint32_t count) {
    std::set<std::string> names;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (snapshot.count(Id{i}) > 0) names.emplace(snapshot.name(Id{i}));
    }
    Rows rows;
    for (const std::string& name : names) {
        const Id id = [&] {
            if constexpr (std::is_same_v<Id, LabelId>) {
                return *snapshot.find_label(name);
            } else {
                return *snapshot.find_type(name);
            }
        }();
        rows.push_back({name, static_cast<std::int64_t>(snapshot.count(id))});
    }
    return rows;
}

Rows keys(const ProcedureContext& context, const std::vector<Value>& /*arguments*/) {
    std::set<std::string> names;
    for (std::uint32_t i = 0; i < context.snapshot.key_count(); ++i)
        names.emplace(context.snapshot.name(KeyId{i}));
    Rows rows;
    for (const std::string& name : names) rows.push_back({name});
    return rows;
}

void add_rules(Rows& rows, const std::string& element, const std::string& name,
               const std::vector<std::string>& domain, const std::vector<std::string>& range,
               const std::vector<GraphSchema::Property>& properties) {
    const auto row = [&](const GraphSchema::Property* property) {
        rows.push_back({element, name, list_of(domain), list_of(range),
                        property != nullptr ? Value(property->name) : Value(),
                        property != nullptr ? Value(to_text(property->shapes)) : Value(),
                        property != nullptr ? Value(property->required) : Value(),
                        property != nullptr ? Value(property->unique) : Value()});
    };
    if (properties.empty()) row(nullptr);
    for (const GraphSchema::Property& property : properties) row(&property);
}

Rows schema(const ProcedureContext& context, const std::vector<Value>& /*arguments*/) {
    Rows rows;
    const std::optional<GraphSchema>& declared = context.snapshot.catalog().schema;
    if (!declared) return rows;
    for (const GraphSchema::Label& label : declared->labels)
        add_rules(rows, "label", label.name, label.is_a, {}, label.properties);
    for (const GraphSchema::Type& type : declared->types)
        add_rules(rows, "relation", type.name, type.domain, type.range, type.properties);
    return rows;
}

/// How often what is related to what: by the sets of labels at both ends.
Rows visualization(const ProcedureContext& context, const std::vector<Value>& /*arguments*/) {
    const Snapshot& snapshot = context.snapshot;
    Poll poll(context);
    std::map<std::uint32_t, Value> labels_of;  // by node: ends repeat
    const auto labels = [&](NodeId node) -> const Value& {
        Value& held = labels_of[static_cast<std::uint32_t>(node)];
        if (held.is_null()) {
            std::vector<std::string> names;
            for (const LabelId label : snapshot.labels(node)) names.emplace_back(snapshot.name(label));
            std::sort(names.begin(), names.end());
            held = list_of(names);
        }
        return held;
    };
    const auto less = [](const std::vector<Value>& a, const std::vector<Value>& b) {
        for (std::size_t i = 0; i < a.size(); ++i) {
            if (const int sign = order(a[i], b[i]); sign != 0) return sign < 0;
        }
        return false;
    };
    std::map<std::vector<Value>, std::int64_t, decltype(less)> counts(less);
    for (std::uint32_t rel = 0; rel < snapshot.rel_bound(); ++rel) {
        poll();
        if (!snapshot.contains(RelId{rel})) continue;
        const Ends ends = snapshot.ends(RelId{rel});
        ++counts[{labels(ends.source), snapshot.name(ends.type), labels(ends.target)}];
    }
    Rows rows;
    for (const auto& [key, count] : counts) rows.push_back({key[0], key[1], key[2], count});
    return rows;
}

/// How many things of a label (or type) have a property of each kind: by label and property, then kind.
using Observations = std::map<std::pair<std::string, std::string>, std::map<std::string, std::int64_t>>;

/// The properties that things have, of which kinds, by label or type.
template <class Id>
void observe(const Snapshot& snapshot, Id id, const std::vector<std::string>& names, Observations& found) {
    for (const auto& [key, value] : snapshot.properties(id)) {
        for (const std::string& name : names)
            ++found[{name, std::string(snapshot.name(key))}][std::string(kind_name(value.kind()))];
    }
}

Rows observed(const Observations& found) {
    Rows rows;
    for (const auto& [place, kinds] : found) {
        List types;
        std::int64_t count = 0;
        for (const auto& [kind, number] : kinds) types.emplace_back(kind), count += number;
        rows.push_back({place.first, place.second, std::move(types), count});
    }
    return rows;
}

}  // namespace

void add_schema_views(ProcedureRegistry& registry) {
    registry.add({.name = "db.constraints",
                  .inputs = {},
                  .outputs = {text_field("name"), text_field("type"), text_field("entityType"),
                              list_field("labelsOrTypes"), list_field("properties"),
                              optional_text_field("propertyType")},
                  .call = constraints,
                  .description = "What SHOW CONSTRAINTS gives"});
    registry.add({.name = "db.indexes",
                  .inputs = {},
                  .outputs = {text_field("name"), text_field("state"), text_field("type"),
                              text_field("entityType"), list_field("labelsOrTypes"), list_field("properties"),
                              optional_text_field("owningConstraint")},
                  .call = indexes,
                  .description = "What SHOW INDEXES gives"});
    // Scripts that come from elsewhere wait for what they have just declared.
    registry.add({.name = "db.awaitIndexes",
                  .inputs = {{"timeOutSeconds", FieldType::integer, true, Value()}},
                  .outputs = {},
                  .call = [](const ProcedureContext&, const std::vector<Value>&) -> Rows { return {}; },
                  .description = "Returns at once: an index is there as soon as it is declared"});
    registry.add({.name = "db.functions",
                  .inputs = {},
                  .outputs = {text_field("name"), text_field("signature"), flag_field("aggregating")},
                  .call =
                      [](const ProcedureContext&, const std::vector<Value>&) {
                          Rows rows;
                          for (const FunctionDescription& function : islet::functions())
                              rows.push_back({function.name, function.signature, function.aggregate});
                          return rows;
                      },
                  .description = "What SHOW FUNCTIONS gives"});
    // The registry holds the procedure, so that it is there whenever the procedure runs.
    registry.add({.name = "db.procedures",
                  .inputs = {},
                  .outputs = {text_field("name"), text_field("signature"), text_field("description"),
                              text_field("mode")},
                  .call =
                      [all = &registry](const ProcedureContext&, const std::vector<Value>&) {
                          Rows rows;
                          for (const auto& [name, procedure] : all->all()) {
                              rows.push_back({name, signature(procedure), procedure.description,
                                              procedure.writes ? "WRITE" : "READ"});
                          }
                          return rows;
                      },
                  .description = "What SHOW PROCEDURES gives"});
    registry.add(
        {.name = "db.schema",
         .inputs = {},
         .outputs = {text_field("element"), text_field("name"), list_field("domain"), list_field("range"),
                     optional_text_field("property"), optional_text_field("type"),
                     optional_flag_field("required"), optional_flag_field("unique")},
         .call = schema,
         .description = "What SHOW SCHEMA gives: the schema that the graph must fit"});
    registry.add({.name = "db.catalog",
                  .inputs = {},
                  .outputs = {text_field("json")},
                  .call = [](const ProcedureContext& context, const std::vector<Value>&) -> Rows {
                      return {{to_json(context.snapshot.catalog())}};
                  },
                  .description = "Schema, constraints, indexes and evidence as one JSON text"});
    registry.add({.name = "db.labels",
                  .inputs = {},
                  .outputs = {text_field("label"), count_field("nodes")},
                  .call =
                      [](const ProcedureContext& context, const std::vector<Value>&) {
                          return used_names<LabelId>(context.snapshot, context.snapshot.label_count());
                      },
                  .description = "The labels that nodes have"});
    registry.add({.name = "db.relationshipTypes",
                  .inputs = {},
                  .outputs = {text_field("relationshipType"), count_field("relationships")},
                  .call =
                      [](const ProcedureContext& context, const std::vector<Value>&) {
                          return used_names<TypeId>(context.snapshot, context.snapshot.type_count());
                      },
                  .description = "The types that relationships have"});
    registry.add({.name = "db.propertyKeys",
                  .inputs = {},
                  .outputs = {text_field("propertyKey")},
                  .call = keys,
                  .description = "The names that properties have or had"});
    registry.add({.name = "db.schema.visualization",
                  .inputs = {},
                  .outputs = {list_field("sourceLabels"), text_field("relationshipType"),
                              list_field("targetLabels"), count_field("relationships")},
                  .call = visualization,
                  .description = "What is related to what in the graph as it is"});
    registry.add(
        {.name = "db.schema.nodeTypeProperties",
         .inputs = {},
         .outputs = {text_field("label"), text_field("property"), list_field("types"), count_field("nodes")},
         .call =
             [](const ProcedureContext& context, const std::vector<Value>&) {
                 const Snapshot& snapshot = context.snapshot;
                 Poll poll(context);
                 Observations found;
                 std::vector<NodeId> nodes;
                 snapshot.scan(LabelId::none, NodeId{0}, SIZE_MAX, nodes);
                 for (const NodeId node : nodes) {
                     poll();
                     std::vector<std::string> names;
                     for (const LabelId label : snapshot.labels(node))
                         names.emplace_back(snapshot.name(label));
                     observe(snapshot, node, names, found);
                 }
                 return observed(found);
             },
         .description = "The properties of nodes in the graph as it is, by label"});
    registry.add({.name = "db.schema.relTypeProperties",
                  .inputs = {},
                  .outputs = {text_field("relationshipType"), text_field("property"), list_field("types"),
                              count_field("relationships")},
                  .call =
                      [](const ProcedureContext& context, const std::vector<Value>&) {
                          const Snapshot& snapshot = context.snapshot;
                          Poll poll(context);
                          Observations found;
                          for (std::uint32_t rel = 0; rel < snapshot.rel_bound(); ++rel) {
                              poll();
                              if (!snapshot.contains(RelId{rel})) continue;
                              const std::string type(snapshot.name(snapshot.ends(RelId{rel}).type));
                              observe(snapshot, RelId{rel}, {type}, found);
                          }
                          return observed(found);
                      },
                  .description = "The properties of relationships in the graph as it is, by type"});
}

}  // namespace islet::query
