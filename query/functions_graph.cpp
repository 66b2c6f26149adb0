// What is asked of nodes, relationships and paths.
#include <string>

#include "function_errors.hpp"
#include "function_families.hpp"

namespace islet::query {
namespace {

using Arguments = std::span<const Value>;

void check_there(const FunctionContext& context, const Value& entity, std::string_view what) {
    const bool there = entity.kind() == Kind::node ? context.snapshot.contains(entity.as_node())
                                                   : context.snapshot.contains(entity.as_relationship());
    if (!there) raise_deleted(entity.kind(), what);
}

std::int64_t id_of(const Value& entity) {
    return static_cast<std::int64_t>(entity.kind() == Kind::node ? index(entity.as_node())
                                                                 : index(entity.as_relationship()));
}

Value id(FunctionContext& /*context*/, Arguments arguments) {
    return id_of(arguments[0]);
}

Value element_id(FunctionContext& /*context*/, Arguments arguments) {
    // The letter keeps a node and a relationship of one number apart.
    return (arguments[0].kind() == Kind::node ? "n" : "r") + std::to_string(id_of(arguments[0]));
}

Value labels(FunctionContext& context, Arguments arguments) {
    check_there(context, arguments[0], "its labels");
    List names;
    for (const LabelId label : context.snapshot.labels(arguments[0].as_node())) {
        names.emplace_back(context.snapshot.name(label));
    }
    return names;
}

// A relationship that was deleted still tells its type and its ends: openCypher allows
// `DELETE r RETURN type(r)`.
Value type(FunctionContext& context, Arguments arguments) {
    const Ends ends = context.snapshot.ends(arguments[0].as_relationship());
    if (ends.type == TypeId::none) raise_deleted(Kind::relationship, "its type");
    return context.snapshot.name(ends.type);
}

Value start_node(FunctionContext& context, Arguments arguments) {
    const Ends ends = context.snapshot.ends(arguments[0].as_relationship());
    if (ends.source == NodeId::none) raise_deleted(Kind::relationship, "its start node");
    return ends.source;
}

Value end_node(FunctionContext& context, Arguments arguments) {
    const Ends ends = context.snapshot.ends(arguments[0].as_relationship());
    if (ends.target == NodeId::none) raise_deleted(Kind::relationship, "its end node");
    return ends.target;
}

std::vector<std::pair<KeyId, Value>> read_properties(const FunctionContext& context, const Value& entity) {
    check_there(context, entity, "its properties");
    return entity.kind() == Kind::node ? context.snapshot.properties(entity.as_node())
                                       : context.snapshot.properties(entity.as_relationship());
}

Value keys(FunctionContext& context, Arguments arguments) {
    List names;
    if (arguments[0].kind() == Kind::map) {
        for (const auto& entry : arguments[0].as_map().entries()) names.emplace_back(entry.first);
        return names;
    }
    for (const auto& property : read_properties(context, arguments[0])) {
        names.emplace_back(context.snapshot.name(property.first));
    }
    return names;
}

Value properties(FunctionContext& context, Arguments arguments) {
    if (arguments[0].kind() == Kind::map) return arguments[0];
    Map map;
    for (auto& [key, value] : read_properties(context, arguments[0])) {
        map.set(std::string(context.snapshot.name(key)), std::move(value));
    }
    return map;
}

Value length(FunctionContext& /*context*/, Arguments arguments) {
    return static_cast<std::int64_t>(arguments[0].as_path().relationships.size());
}

Value nodes(FunctionContext& /*context*/, Arguments arguments) {
    const auto& walked = arguments[0].as_path().nodes;
    return List(walked.begin(), walked.end());
}

Value relationships(FunctionContext& /*context*/, Arguments arguments) {
    const auto& walked = arguments[0].as_path().relationships;
    return List(walked.begin(), walked.end());
}

}  // namespace

std::vector<Function> graph_functions() {
    constexpr TypeSet entity = node_type | relationship_type;
    return {
        {.name = "id",
         .parameters = {entity},
         .required = 1,
         .result = integer_type,
         .apply = id,
         .signature = "id(entity)"},
        {.name = "elementId",
         .parameters = {entity},
         .required = 1,
         .result = string_type,
         .apply = element_id,
         .signature = "elementId(entity)"},
        {.name = "labels",
         .parameters = {node_type},
         .required = 1,
         .result = list_type,
         .apply = labels,
         .signature = "labels(node)"},
        {.name = "type",
         .parameters = {relationship_type},
         .required = 1,
         .result = string_type,
         .apply = type,
         .signature = "type(relationship)"},
        {.name = "startNode",
         .parameters = {relationship_type},
         .required = 1,
         .result = node_type,
         .apply = start_node,
         .signature = "startNode(relationship)"},
        {.name = "endNode",
         .parameters = {relationship_type},
         .required = 1,
         .result = node_type,
         .apply = end_node,
         .signature = "endNode(relationship)"},
        {.name = "keys",
         .parameters = {entity | map_type},
         .required = 1,
         .result = list_type,
         .apply = keys,
         .signature = "keys(entity or map)"},
        {.name = "properties",
         .parameters = {entity | map_type},
         .required = 1,
         .result = map_type,
         .apply = properties,
         .signature = "properties(entity or map)"},
        {.name = "length",
         .parameters = {path_type},
         .required = 1,
         .result = integer_type,
         .apply = length,
         .signature = "length(path)"},
        {.name = "nodes",
         .parameters = {path_type},
         .required = 1,
         .result = list_type,
         .apply = nodes,
         .signature = "nodes(path)"},
        {.name = "relationships",
         .parameters = {path_type},
         .required = 1,
         .result = list_type,
         .apply = relationships,
         .signature = "relationships(path)"},
    };
}

}  // namespace islet::query
