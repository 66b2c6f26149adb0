#include "projection.hpp"

#include <cmath>

#include "families.hpp"
#include "islet/error.hpp"

namespace islet::query {

void refuse(std::string_view procedure, const std::string& message, std::string hint) {
    throw Exception({.code = "22N11",
                     .kind = "ArgumentError",
                     .phase = "runtime",
                     .detail = "InvalidArgumentValue",
                     .message = std::string(procedure) + ": " + message,
                     .span = {},
                     .hint = std::move(hint),
                     .place = {}});
}

namespace {

std::string meant(std::string_view word, const std::vector<std::string_view>& known) {
    const std::optional<std::string> near = nearest(word, known);
    return near ? "did you mean `" + *near + "`?" : std::string();
}

template <class Id, class Find>
std::vector<Id> resolve(std::string_view procedure, const Snapshot& snapshot, std::string_view what,
                        std::uint32_t count, const std::vector<std::string>& names, Find find) {
    std::vector<Id> ids;
    for (const std::string& name : names) {
        const std::optional<Id> id = find(name);
        if (!id) {
            std::vector<std::string_view> known;
            for (std::uint32_t i = 0; i < count; ++i) known.push_back(snapshot.name(Id{i}));
            refuse(procedure, "there is no " + std::string(what) + " `" + name + "`", meant(name, known));
        }
        ids.push_back(*id);
    }
    return ids;
}

Projection read(std::string_view procedure, const Options& options) {
    Projection projection;
    projection.labels = options.texts("labels");
    projection.types = options.texts("types");
    projection.weight = options.text("weight", "");
    projection.missing = options.number("missing", 1, -HUGE_VAL, HUGE_VAL);
    projection.undirected = options.boolean("undirected", false);
    if (std::isnan(projection.missing)) refuse(procedure, "`missing` is no number");
    return projection;
}

List texts(const std::vector<std::string>& names) {
    return {names.begin(), names.end()};
}

}  // namespace

Options::Options(std::string_view procedure, const Value& map, std::initializer_list<std::string_view> known)
    : procedure_(procedure), map_(map) {
    for (const auto& [key, value] : map.as_map().entries()) {
        if (std::find(known.begin(), known.end(), key) != known.end()) continue;
        std::string all;
        for (const std::string_view name : known)
            all += (all.empty() ? "`" : ", `") + std::string(name) + "`";
        std::string hint = meant(key, known);
        refuse(procedure, "there is no option `" + key + "`",
               hint.empty() ? (all.empty() ? "it takes none" : "it takes " + all) : hint);
    }
}

const Value* Options::find(std::string_view key) const {
    const Value* value = map_.as_map().find(key);
    return value == nullptr || value->is_null() ? nullptr : value;
}

void Options::wrong(std::string_view key, std::string_view what, const Value& got) const {
    refuse(procedure_, "`" + std::string(key) + "` takes " + std::string(what) + ", got " +
                           std::string(kind_name(got.kind())));
}

double Options::number(std::string_view key, double otherwise, double least, double most) const {
    const Value* value = find(key);
    if (value == nullptr) return otherwise;
    if (!value->is_number()) wrong(key, "a number", *value);
    const double number = value->number();
    if (!(number >= least && number <= most))
        refuse(procedure_, "`" + std::string(key) + "` is out of range");
    return number;
}

std::int64_t Options::integer(std::string_view key, std::int64_t otherwise, std::int64_t least) const {
    const Value* value = find(key);
    if (value == nullptr) return otherwise;
    if (value->kind() != Kind::integer) wrong(key, "an integer", *value);
    if (value->as_int() < least) {
        refuse(procedure_, "`" + std::string(key) + "` must be at least " + std::to_string(least));
    }
    return value->as_int();
}

bool Options::boolean(std::string_view key, bool otherwise) const {
    const Value* value = find(key);
    if (value == nullptr) return otherwise;
    if (value->kind() != Kind::boolean) wrong(key, "a boolean", *value);
    return value->as_bool();
}

std::string Options::text(std::string_view key, std::string_view otherwise) const {
    const Value* value = find(key);
    if (value == nullptr) return std::string(otherwise);
    if (value->kind() != Kind::string) wrong(key, "a string", *value);
    return std::string(value->as_string());
}

std::vector<std::string> Options::texts(std::string_view key) const {
    const Value* value = find(key);
    if (value == nullptr) return {};
    if (value->kind() == Kind::string) return {std::string(value->as_string())};
    if (value->kind() != Kind::list) wrong(key, "a list of strings", *value);
    std::vector<std::string> found;
    for (const Value& item : value->as_list()) {
        if (item.kind() != Kind::string) wrong(key, "a list of strings", item);
        found.emplace_back(item.as_string());
    }
    return found;
}

void Projections::set(const std::string& name, Projection projection) {
    const std::lock_guard lock(mutex_);
    named_[name] = std::move(projection);
}
bool Projections::erase(const std::string& name) {
    const std::lock_guard lock(mutex_);
    return named_.erase(name) != 0;
}
std::optional<Projection> Projections::find(const std::string& name) const {
    const std::lock_guard lock(mutex_);
    const auto it = named_.find(name);
    return it == named_.end() ? std::nullopt : std::optional(it->second);
}
std::map<std::string, Projection> Projections::all() const {
    const std::lock_guard lock(mutex_);
    return named_;
}

std::uint32_t Projected::vertex(std::string_view procedure, std::string_view argument,
                                const Value& node) const {
    const std::optional<std::uint32_t> found = view.vertex(node.as_node());
    if (!found) {
        refuse(procedure, "the node given as `" + std::string(argument) + "` is not in the projection",
               "give the projection a label that the node has");
    }
    return *found;
}

Projected project(std::string_view procedure, const Projection& projection, const Snapshot& snapshot) {
    ViewFilter filter;
    filter.labels = resolve<LabelId>(procedure, snapshot, "label", snapshot.label_count(), projection.labels,
                                     [&](const std::string& name) { return snapshot.find_label(name); });
    filter.types =
        resolve<TypeId>(procedure, snapshot, "relationship type", snapshot.type_count(), projection.types,
                        [&](const std::string& name) { return snapshot.find_type(name); });
    Projected projected{GraphView(snapshot, std::move(filter)), projection.undirected, {}};
    if (projection.weight.empty()) return projected;
    const KeyId key =
        resolve<KeyId>(procedure, snapshot, "property", snapshot.key_count(), {projection.weight},
                       [&](const std::string& name) { return snapshot.find_key(name); })
            .front();
    const WeightMap weights = projected.view.weights(key, projection.missing);
    projected.weights.assign(snapshot.rel_bound() + 1U, projection.missing);
    const auto [begin, end] = projected.view.all_edges();
    for (auto edge = begin; edge != end; ++edge)
        projected.weights[static_cast<std::uint32_t>((*edge).rel)] = weights[*edge];
    return projected;
}

Projected project(std::string_view procedure, const Projections& projections, const Value& graph,
                  const Snapshot& snapshot) {
    if (graph.is_null()) return project(procedure, Projection{}, snapshot);
    if (graph.kind() == Kind::map) {
        const Options options(procedure, graph, {"labels", "types", "weight", "missing", "undirected"});
        return project(procedure, read(procedure, options), snapshot);
    }
    if (graph.kind() != Kind::string) {
        refuse(procedure,
               "`graph` takes the name of a projection or a map, got " + std::string(kind_name(graph.kind())),
               "write for instance {labels: ['Drug'], types: ['HAS_TARGET']}");
    }
    const std::string name(graph.as_string());
    const std::optional<Projection> found = projections.find(name);
    if (!found) {
        std::vector<std::string> known;
        for (const auto& [text, projection] : projections.all()) known.push_back(text);
        const std::optional<std::string> near = nearest(name, known);
        refuse(procedure, "there is no projection `" + name + "`",
               near ? "did you mean `" + *near + "`?" : "make one with CALL graph.project");
    }
    return project(procedure, *found, snapshot);
}

void require_weights(std::string_view procedure, const Projected& projected) {
    if (!projected.weighted()) return;
    const auto [begin, end] = projected.view.all_edges();
    for (auto edge = begin; edge != end; ++edge) {
        const double weight = projected.weight(*edge);
        if (weight >= 0) continue;
        const Ends ends = projected.view.snapshot().ends((*edge).rel);
        refuse(procedure,
               "the relationship from node " + std::to_string(index(ends.source)) + " to node " +
                   std::to_string(index(ends.target)) + " weighs " + std::to_string(weight),
               "weights must not be negative here");
    }
}

void add_projection_procedures(ProcedureRegistry& registry, const SharedProjections& projections) {
    registry.add(
        {.name = "graph.project",
         .inputs = {{"name", FieldType::string, false, {}},
                    {"labels", FieldType::list, true, Value(List())},
                    {"types", FieldType::list, true, Value(List())},
                    options_field()},
         .outputs = {{"name", FieldType::string, false, {}},
                     {"nodes", FieldType::integer, false, {}},
                     {"relationships", FieldType::integer, false, {}}},
         .call = [projections](const ProcedureContext& context, const std::vector<Value>& arguments) -> Rows {
             constexpr std::string_view name = "graph.project";
             Options(name, arguments[3], {"weight", "missing", "undirected"});
             Map all = arguments[3].as_map();
             all.set("labels", arguments[1]);
             all.set("types", arguments[2]);
             const Projection made =
                 read(name, Options(name, Value(std::move(all)),
                                    {"labels", "types", "weight", "missing", "undirected"}));
             const Projected projected = project(name, made, context.snapshot);
             projections->set(std::string(arguments[0].as_string()), made);
             return {{arguments[0], static_cast<std::int64_t>(projected.size()),
                      static_cast<std::int64_t>(projected.view.edge_count())}};
         },
         .description = "Names a part of the graph for the other procedures: labels, types, "
                        "{weight, missing, undirected}"});
    registry.add({.name = "graph.list",
                  .inputs = {},
                  .outputs = {{"name", FieldType::string, false, {}},
                              {"labels", FieldType::list, false, {}},
                              {"types", FieldType::list, false, {}},
                              {"weight", FieldType::string, true, {}},
                              {"undirected", FieldType::boolean, false, {}}},
                  .call =
                      [projections](const ProcedureContext&, const std::vector<Value>&) {
                          Rows rows;
                          for (const auto& [name, p] : projections->all()) {
                              rows.push_back({name, texts(p.labels), texts(p.types),
                                              p.weight.empty() ? Value() : Value(p.weight), p.undirected});
                          }
                          return rows;
                      },
                  .description = "The projections that have names"});
    registry.add(
        {.name = "graph.drop",
         .inputs = {{"name", FieldType::string, false, {}}},
         .outputs = {{"name", FieldType::string, false, {}}},
         .call = [projections](const ProcedureContext&, const std::vector<Value>& arguments) -> Rows {
             const std::string name(arguments[0].as_string());
             if (!projections->erase(name)) {
                 refuse("graph.drop", "there is no projection `" + name + "`");
             }
             return {{name}};
         },
         .description = "Forgets a named projection"});
}

}  // namespace islet::query
