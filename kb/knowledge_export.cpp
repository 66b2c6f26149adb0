#include "islet/knowledge_export.hpp"

namespace islet {

KgxMapping kgx_mapping(const KnowledgeBase& base) {
    const Schema& schema = base.schema();
    KgxMapping mapping;
    for (const LabelRule& label : schema.labels) {
        if (!label.biolink.empty()) mapping.categories.emplace(label.name, label.biolink);
    }
    for (const RelationRule& relation : schema.relations) {
        if (!relation.biolink.empty()) mapping.predicates.emplace(relation.name, relation.biolink);
        if (relation.reified())
            mapping.reified.push_back({relation.reified_label, relation.name, relation.reified_object});
    }
    mapping.predicates.insert(schema.exports.types.begin(), schema.exports.types.end());
    mapping.slots = schema.exports.properties;
    mapping.edge_defaults = schema.exports.defaults;
    mapping.values = schema.exports.values;
    mapping.id_prefix = schema.exports.id_prefix;
    return mapping;
}

}  // namespace islet
