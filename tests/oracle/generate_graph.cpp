#include "generate.hpp"

namespace islet::oracle {
namespace {

void add_properties(Random& random, Properties& properties) {
    for (const std::string& key : key_names) {
        if (random.chance(40)) properties[key] = random_value(random, key);
    }
}

/// All multisets of up to `left` more of the choices from `first` on.
void each_choice(std::size_t first, std::size_t choices, std::size_t left, std::vector<std::size_t>& taken,
                 const std::function<void()>& use) {
    use();
    if (left == 0) return;
    for (std::size_t i = first; i < choices; ++i) {
        taken.push_back(i);
        each_choice(i, choices, left - 1, taken, use);
        taken.pop_back();
    }
}

}  // namespace

Datum random_value(Random& random, std::string_view key) {
    static const std::vector<std::string> texts = {"a", "b", "ab", "", "é", "ba"};
    static const std::vector<double> floats = {0.5, 1.0, 2.0, -1.5, 1.5};
    switch (key.front()) {
        case 'i':
            return integer(static_cast<std::int64_t>(random.below(5)) - 1);
        case 'f':
            if (random.chance(40)) return integer(static_cast<std::int64_t>(random.below(4)));
            return datum(random.pick(floats));
        case 's':
            return datum(random.pick(texts));
        case 'b':
            return datum(random.chance(50));
        case 'l': {
            Data elements;
            const std::string kind(1, "ifsb"[random.below(4)]);
            for (std::size_t i = random.below(4); i > 0; --i) elements.push_back(random_value(random, kind));
            return datum(elements);
        }
        default:
            return random_value(random, std::string(1, "ifsbl"[random.below(5)]));
    }
}

Graph random_graph(Random& random) {
    Graph graph;
    graph.nodes.resize(random.chance(4) ? 0 : random.between(1, 6));
    std::int64_t uid = 0;
    for (Node& node : graph.nodes) {
        node.properties["uid"] = integer(uid++);
        for (const std::string& label : label_names) {
            if (random.chance(35)) node.labels.insert(label);
        }
        add_properties(random, node.properties);
    }
    if (graph.nodes.empty()) return graph;
    graph.rels.resize(random.chance(5) ? 0 : random.between(1, 10));
    for (Relationship& rel : graph.rels) {
        rel.properties["uid"] = integer(uid++);
        rel.source = random.below(graph.nodes.size());
        rel.target = random.chance(15) ? rel.source : random.below(graph.nodes.size());
        rel.type = random.pick(type_names);
        add_properties(random, rel.properties);
    }
    return graph;
}

void each_small_graph(std::size_t nodes, std::size_t rels, std::size_t types,
                      const std::function<void(Graph&)>& use) {
    for (std::size_t labelled = 0; labelled < (std::size_t{1} << nodes); ++labelled) {
        std::vector<std::size_t> taken;
        each_choice(0, nodes * nodes * types, rels, taken, [&] {
            Graph graph;
            std::int64_t uid = 0;
            for (std::size_t i = 0; i < nodes; ++i) {
                Node& node = graph.nodes.emplace_back();
                node.properties["uid"] = integer(uid++);
                if ((labelled >> i & 1U) != 0) node.labels.insert("A");
            }
            for (const std::size_t choice : taken) {
                Relationship& rel = graph.rels.emplace_back();
                rel.properties["uid"] = integer(uid++);
                rel.source = choice % nodes;
                rel.target = choice / nodes % nodes;
                rel.type = type_names[choice / nodes / nodes];
            }
            use(graph);
        });
    }
}

namespace {

using Pointing = RelPattern::Pointing;

NodePattern named(std::size_t number, bool labelled) {
    NodePattern node;
    node.variable = "n" + std::to_string(number);
    if (labelled) node.labels.names = {"A"};
    return node;
}

/// What is done with the second step: goes on, starts a new path, or a new MATCH.
enum class Shape { one_path, two_paths, two_matches };

Query pattern_query(const std::vector<std::size_t>& nodes, const std::vector<RelPattern>& rels, Shape shape,
                    bool labelled) {
    std::vector<Clause> clauses;
    Match match;
    std::vector<std::string> columns;
    for (std::size_t i = 0; i < rels.size(); ++i) {
        if (i == 0 || shape != Shape::one_path) {
            if (i > 0 && shape == Shape::two_matches) clauses.emplace_back(std::exchange(match, {}));
            match.paths.push_back({"", named(nodes[i], false), {}});
        }
        match.paths.back().steps.push_back({rels[i], named(nodes[i + 1], labelled)});
        columns.push_back(rels[i].variable);
    }
    clauses.emplace_back(match);
    for (const std::size_t node : std::set<std::size_t>(nodes.begin(), nodes.end())) {
        columns.push_back("n" + std::to_string(node));
    }
    Projection projection;
    for (const std::string& column : columns) projection.items.push_back({variable(column), column});
    clauses.emplace_back(projection);
    Query query;
    query.parts = {clauses};
    return query;
}

}  // namespace

std::vector<Query> small_patterns() {
    const std::vector<Pointing> pointings = {Pointing::right, Pointing::left, Pointing::either};
    const std::vector<std::optional<RelPattern::Length>> lengths = {
        std::nullopt, RelPattern::Length{1, std::nullopt}, RelPattern::Length{0, 1},
        RelPattern::Length{2, 3}};
    const auto rel = [](std::string name, Pointing pointing) {
        RelPattern out;
        out.variable = std::move(name);
        out.pointing = pointing;
        return out;
    };
    std::vector<Query> queries;
    for (const Pointing pointing : pointings) {
        for (const auto& length : lengths) {
            for (const bool typed : {false, true}) {
                for (const bool labelled : {false, true}) {
                    RelPattern one = rel("r0", pointing);
                    one.length = length;
                    if (typed) one.types = {"S"};
                    queries.push_back(pattern_query({0, 1}, {one}, Shape::one_path, labelled));
                    queries.push_back(pattern_query({0, 0}, {one}, Shape::one_path, labelled));
                }
            }
        }
    }
    const std::vector<std::vector<std::size_t>> partitions = {
        {0, 1, 2}, {0, 0, 1}, {0, 1, 1}, {0, 1, 0}, {0, 0, 0}};
    for (const auto& nodes : partitions) {
        for (const Pointing first : pointings) {
            for (const Pointing second : pointings) {
                for (const Shape shape : {Shape::one_path, Shape::two_paths, Shape::two_matches}) {
                    for (const bool long_second : {false, true}) {
                        RelPattern other = rel("r1", second);
                        if (long_second) other.length = RelPattern::Length{0, 2};
                        queries.push_back(
                            pattern_query(nodes, {rel("r0", first), other}, shape, long_second));
                    }
                }
            }
        }
    }
    return queries;
}

}  // namespace islet::oracle
