// Patterns. Trail semantics: no relationship stands at two places of one MATCH.
#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "naive.hpp"

namespace islet::oracle {
namespace {

class Search {
 public:
    Search(World& world, const std::vector<PathPattern>& paths,
           const std::function<void(const Bindings&)>& found, bool repeatable)
        : world_(world),
          paths_(paths),
          found_(found),
          repeatable_(repeatable),
          used_(world.graph.rels.size(), false) {}

    void begin_path(std::size_t path, const Bindings& bindings) {
        if (path == paths_.size()) return found_(bindings);
        if (paths_[path].selector != PathPattern::Selector::all) return selected_path(path, bindings);
        each_path(path, bindings);
    }

 private:
    struct Found {
        Bindings bindings;
        Walk walk;
    };

    /// All paths of one pattern as if it stood alone; of these some for each pair of ends; of these again the
    /// ones that the other patterns leave.
    void selected_path(std::size_t path, const Bindings& bindings) {
        std::map<std::pair<std::size_t, std::size_t>, std::vector<Found>> by_ends;
        const std::vector<bool> used = std::exchange(used_, std::vector<bool>(used_.size(), false));
        const std::function<void(const Bindings&, const Walk&)> collect = [&](const Bindings& b,
                                                                              const Walk& w) {
            by_ends[{w.nodes.front().at, w.nodes.back().at}].push_back({b, w});
        };
        collect_ = &collect;
        each_path(path, bindings);
        collect_ = nullptr;
        used_ = used;
        const bool shortest = paths_[path].selector == PathPattern::Selector::all_shortest;
        const std::size_t most = shortest ? 1 : paths_[path].count;
        for (auto& [ends, found] : by_ends) {
            std::set<std::size_t> lengths;
            for (const Found& one : found) lengths.insert(one.walk.rels.size());
            while (lengths.size() > most) lengths.erase(std::prev(lengths.end()));
            for (const Found& one : found) {
                if (lengths.count(one.walk.rels.size()) != 0) go_on(path, one);
            }
        }
    }

    void go_on(std::size_t path, const Found& found) {
        const auto taken = [&](const RelRef& rel) { return !repeatable_ && used_[rel.at]; };
        if (std::any_of(found.walk.rels.begin(), found.walk.rels.end(), taken)) return;
        const std::vector<bool> before = used_;
        for (const RelRef& rel : found.walk.rels) used_[rel.at] = true;
        begin_path(path + 1, found.bindings);
        used_ = before;
    }

    void each_path(std::size_t path, const Bindings& bindings) {
        for (std::size_t node = 0; node < world_.graph.nodes.size(); ++node) {
            world_.spend();
            Bindings more = bindings;
            if (!stand(paths_[path].first, node, more)) continue;
            step(path, 0, more, Walk{{NodeRef{node}}, {}});
        }
    }

    /// Whether the node may stand here; binds the variable.
    bool stand(const NodePattern& pattern, std::size_t node, Bindings& bindings) {
        const Node& entity = world_.graph.nodes[node];
        return has_labels(entity, pattern.labels) &&
               has_properties(entity.properties, pattern.properties, bindings) &&
               bind(pattern.variable, datum(NodeRef{node}), bindings) && passes(pattern.where, bindings);
    }

    bool passes(const std::optional<Expr>& where, const Bindings& bindings) {
        return !where || truth_of(evaluate(world_, *where, bindings)) == true;
    }

    bool has_properties(const Properties& properties, const PropertyTests& tests, const Bindings& bindings) {
        bool all = true;
        for (const auto& [key, value] : tests) {
            const auto found = properties.find(key);
            const Datum actual = found == properties.end() ? null_datum() : found->second;
            if (equal(actual, evaluate(world_, value, bindings)) != true) all = false;
        }
        return all;
    }

    static bool bind(const std::string& variable, const Datum& value, Bindings& bindings) {
        if (variable.empty()) return true;
        const auto [at, fresh] = bindings.emplace(variable, value);
        return fresh || same(at->second, value);
    }

    void step(std::size_t path, std::size_t at, const Bindings& bindings, const Walk& walk) {
        const PathPattern& pattern = paths_[path];
        if (at == pattern.steps.size()) {
            Bindings more = bindings;
            if (!bind(pattern.variable, datum(walk), more)) return;
            if (collect_ != nullptr) return (*collect_)(more, walk);
            begin_path(path + 1, more);
            return;
        }
        const RelPattern& rel = pattern.steps[at].rel;
        const RelPattern::Length length = rel.length.value_or(RelPattern::Length{1, 1});
        hop(path, at, length, bindings, walk, {});
    }

    /// After `taken`, ends the step here or takes one relationship more.
    void hop(std::size_t path, std::size_t at, const RelPattern::Length& length, const Bindings& bindings,
             const Walk& walk, const Data& taken) {
        const Step& pattern = paths_[path].steps[at];
        if (taken.size() >= length.min) {
            Bindings more = bindings;
            const Datum value = pattern.rel.length ? datum(taken) : taken.front();
            if (bind(pattern.rel.variable, value, more) && stand(pattern.node, walk.nodes.back().at, more)) {
                step(path, at + 1, more, walk);
            }
        }
        if (length.max && taken.size() >= *length.max) return;
        for (std::size_t rel = 0; rel < world_.graph.rels.size(); ++rel) {
            world_.spend();
            if ((used_[rel] && !repeatable_) || !fits(pattern.rel, rel, bindings)) continue;
            for (const std::size_t next : ends(pattern.rel, world_.graph.rels[rel], walk.nodes.back().at)) {
                Walk longer = walk;
                longer.rels.push_back(RelRef{rel});
                longer.nodes.push_back(NodeRef{next});
                Data more = taken;
                more.push_back(datum(RelRef{rel}));
                const bool before = used_[rel];
                used_[rel] = true;
                hop(path, at, length, bindings, longer, more);
                used_[rel] = before;
            }
        }
    }

    bool fits(const RelPattern& pattern, std::size_t at, const Bindings& bindings) {
        const Relationship& rel = world_.graph.rels[at];
        const bool typed = pattern.types.empty() || std::find(pattern.types.begin(), pattern.types.end(),
                                                              rel.type) != pattern.types.end();
        Bindings alone = bindings;
        if (!pattern.variable.empty()) alone[pattern.variable] = datum(RelRef{at});
        return typed && has_properties(rel.properties, pattern.properties, bindings) &&
               passes(pattern.where, alone);
    }

    /// Where a relationship leads from a node; a loop leads to one place whichever way it is walked.
    static std::set<std::size_t> ends(const RelPattern& pattern, const Relationship& rel, std::size_t from) {
        std::set<std::size_t> out;
        if (pattern.pointing != RelPattern::Pointing::left && rel.source == from) out.insert(rel.target);
        if (pattern.pointing != RelPattern::Pointing::right && rel.target == from) out.insert(rel.source);
        return out;
    }

    World& world_;
    const std::vector<PathPattern>& paths_;
    const std::function<void(const Bindings&)>& found_;
    bool repeatable_;
    std::vector<bool> used_;
    const std::function<void(const Bindings&, const Walk&)>* collect_ = nullptr;  ///< of a selected path
};

}  // namespace

bool has_labels(const Node& node, const LabelTest& test) {
    const auto has = [&](const std::string& name) { return node.labels.count(name) != 0; };
    if (test.names.empty()) return true;
    switch (test.kind) {
        case LabelTest::Kind::all:
            return std::all_of(test.names.begin(), test.names.end(), has);
        case LabelTest::Kind::any:
            return std::any_of(test.names.begin(), test.names.end(), has);
        case LabelTest::Kind::none:
            break;
    }
    return !has(test.names.front());
}

void each_match(World& world, const std::vector<PathPattern>& paths, const Bindings& bindings,
                const std::function<void(const Bindings&)>& found, bool repeatable) {
    Search(world, paths, found, repeatable).begin_path(0, bindings);
}

std::vector<std::string> variables_of(const std::vector<PathPattern>& paths) {
    std::vector<std::string> names;
    const auto add = [&](const std::string& name) {
        if (!name.empty()) names.push_back(name);
    };
    for (const PathPattern& path : paths) {
        add(path.variable);
        add(path.first.variable);
        for (const Step& step : path.steps) {
            add(step.rel.variable);
            add(step.node.variable);
        }
    }
    return names;
}

}  // namespace islet::oracle
