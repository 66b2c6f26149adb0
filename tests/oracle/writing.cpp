#include "writing.hpp"

#include <algorithm>
#include <array>

#include "naive.hpp"

namespace islet::oracle {
namespace {

/// Makes one change: the text and, beside it, its effect on the model.
class Writer {
 public:
    Writer(Random& random, const Graph& before) : random_(random), before_(before) {
        change_.after = before;
        for (const Node& node : before.nodes) fresh_ = std::max(fresh_, uid_of(node.properties) + 1);
        for (const Relationship& rel : before.rels) fresh_ = std::max(fresh_, uid_of(rel.properties) + 1);
    }

    Change take() {
        // A DELETE that would leave relationships without an end fails.
        if (change_.fails) change_.after = before_;
        return std::move(change_);
    }

    void create_path() {
        Node a = new_node();
        Node b = new_node();
        Relationship rel = new_rel();
        const bool loop = random_.chance(20);
        const bool back = random_.chance(30);
        change_.text = "CREATE (a" + labels(a.labels) + " " + map_text(a.properties) + ")" +
                       (back ? "<-" : "-") + "[:" + rel.type + " " + map_text(rel.properties) + "]" +
                       (back ? "-" : "->") +
                       (loop ? "(a)" : "(" + labels(b.labels) + " " + map_text(b.properties) + ")");
        Graph& after = change_.after;
        rel.source = rel.target = after.nodes.size();
        after.nodes.push_back(a);
        if (!loop) {
            (back ? rel.source : rel.target) = after.nodes.size();
            after.nodes.push_back(b);
        }
        after.rels.push_back(rel);
    }

    /// One node and one relationship for each node that there is; those that are made are not seen.
    void create_for_each() {
        Node made = new_node();
        Relationship rel = new_rel();
        const std::int64_t node_uid = uid_of(made.properties);
        const std::int64_t rel_uid = node_uid * 2;
        made.properties.erase("uid");
        rel.properties.erase("uid");
        const std::string where = match_nodes();
        change_.text = where + " CREATE (n)-[:" + rel.type + " " +
                       with_uid(rel.properties, "n.uid + " + std::to_string(rel_uid)) + "]->(" +
                       labels(made.labels) + " " +
                       with_uid(made.properties, "n.uid + " + std::to_string(node_uid)) + ")";
        for (const std::size_t at : nodes_) {
            const std::int64_t uid = uid_of(before_.nodes[at].properties);
            made.properties["uid"] = integer(uid + node_uid);
            rel.properties["uid"] = integer(uid + rel_uid);
            rel.source = at;
            rel.target = change_.after.nodes.size();
            change_.after.nodes.push_back(made);
            change_.after.rels.push_back(rel);
        }
    }

    void connect() {
        if (before_.nodes.empty()) return create_path();
        const std::size_t a = random_.below(before_.nodes.size());
        const std::size_t b = random_.below(before_.nodes.size());
        Relationship rel = new_rel();
        change_.text =
            match_pair(a, b) + " CREATE (a)-[:" + rel.type + " " + map_text(rel.properties) + "]->(b)";
        rel.source = a;
        rel.target = b;
        change_.after.rels.push_back(rel);
    }

    void set_property() {
        const bool of_nodes = random_.chance(60);
        const std::string where = of_nodes ? match_nodes() : match_rels();
        const std::string own = of_nodes ? "n" : "r";
        const Scope scope = {{own, of_nodes ? Type::node : Type::rel}};
        const std::string key = random_.pick(key_names);
        Expr value = literal(random_.chance(20) ? null_datum() : random_value(random_, key));
        if (key == "m" && random_.chance(50)) {
            const std::string from = random_.pick(key_names);
            value = property(variable(own), from);
        } else if (key == "i" && random_.chance(50)) {
            value = apply(Op::add, {property(variable(own), "i"), literal(integer(1))});
        }
        change_.text = where + " SET " + own + "." + key + " = " + to_text(value);
        World world{before_};
        each_entity(of_nodes, [&](Properties& properties, const Datum& entity) {
            put(properties, key, evaluate(world, value, {{own, entity}}));
        });
    }

    void set_map() {
        const bool of_nodes = random_.chance(60);
        const bool replace = random_.chance(50);
        const std::string where = of_nodes ? match_nodes() : match_rels();
        const std::string own = of_nodes ? "n" : "r";
        Properties values = some_properties();
        std::string map = replace ? with_uid(values, own + ".uid") : map_text(values);
        if (random_.chance(30)) {  // a null removes
            values["s"] = null_datum();
            map = replace ? with_uid(values, own + ".uid") : map_text(values);
        }
        change_.text = where + " SET " + own + (replace ? " = " : " += ") + map;
        each_entity(of_nodes, [&](Properties& properties, const Datum&) {
            if (replace) std::erase_if(properties, [](const auto& one) { return one.first != "uid"; });
            for (const auto& [key, value] : values) put(properties, key, value);
        });
    }

    void set_labels() {
        const std::string where = match_nodes();
        const bool remove = random_.chance(50);
        std::set<std::string> names = {random_.pick(label_names)};
        if (random_.chance(30)) names.insert(random_.pick(label_names));
        change_.text = where + (remove ? " REMOVE n" : " SET n") + labels(names);
        for (const std::size_t at : nodes_) {
            for (const std::string& name : names) {
                if (remove) {
                    change_.after.nodes[at].labels.erase(name);
                } else {
                    change_.after.nodes[at].labels.insert(name);
                }
            }
        }
    }

    void remove_property() {
        const bool of_nodes = random_.chance(60);
        const std::string where = of_nodes ? match_nodes() : match_rels();
        const std::string key = random_.pick(key_names);
        change_.text = where + " REMOVE " + (of_nodes ? "n." : "r.") + key;
        each_entity(of_nodes, [&](Properties& properties, const Datum&) { properties.erase(key); });
    }

    void delete_rels() {
        change_.text = match_rels() + " DELETE r";
        std::set<std::size_t, std::greater<>> gone(rels_.begin(), rels_.end());
        for (const std::size_t at : gone) change_.after.drop_rel(at);
    }

    void delete_nodes() {
        const std::string where = match_nodes();
        const bool detach = random_.chance(60);
        change_.text = where + (detach ? " DETACH DELETE n" : " DELETE n");
        const std::set<std::size_t, std::greater<>> gone(nodes_.begin(), nodes_.end());
        change_.fails =
            !detach && std::any_of(before_.rels.begin(), before_.rels.end(), [&](const auto& rel) {
                return gone.count(rel.source) + gone.count(rel.target) > 0;
            });
        for (const std::size_t at : gone) change_.after.drop_node(at);
    }

    /// A node and the relationships of one type at it: fails where others are left.
    void delete_node_with_rels() {
        if (before_.rels.empty()) return delete_nodes();
        const Relationship& some = random_.pick(before_.rels);
        const std::size_t node = some.source;
        const bool typed = random_.chance(50);
        change_.text = "MATCH (n {uid: " + std::to_string(uid_of(before_.nodes[node].properties)) + "})-[r" +
                       (typed ? ":" + some.type : "") + "]-() DELETE n, r";
        change_.fails = std::any_of(before_.rels.begin(), before_.rels.end(), [&](const Relationship& rel) {
            return typed && rel.type != some.type && (rel.source == node || rel.target == node);
        });
        change_.after.drop_node(node);
    }

    void merge_node() {
        const std::string label = random_.pick(label_names);
        std::vector<std::int64_t> wanted;
        for (std::size_t i = random_.between(1, 3); i > 0; --i) {
            wanted.push_back(static_cast<std::int64_t>(random_.below(4)));
        }
        std::string list;
        for (const std::int64_t one : wanted) list += (list.empty() ? "" : ", ") + std::to_string(one);
        change_.text = "UNWIND [" + list + "] AS x MERGE (n:" + label +
                       " {i: x}) ON CREATE SET n.uid = " + std::to_string(fresh_) +
                       " + x, n.s = 'made' ON MATCH SET n.b = true, n.f = x";
        for (const std::int64_t one : wanted) {
            bool found = false;
            for (Node& node : change_.after.nodes) {
                const auto held = node.properties.find("i");
                if (node.labels.count(label) == 0 || held == node.properties.end()) continue;
                if (equal(held->second, integer(one)) != true) continue;
                found = true;
                node.properties["b"] = datum(true);
                node.properties["f"] = integer(one);
            }
            if (found) continue;
            Node& node = change_.after.nodes.emplace_back();
            node.labels.insert(label);
            node.properties = {
                {"i", integer(one)}, {"uid", integer(fresh_ + one)}, {"s", datum(std::string("made"))}};
        }
    }

    void merge_rel() {
        if (before_.nodes.empty()) return merge_node();
        const std::size_t a = random_.below(before_.nodes.size());
        const std::size_t b = random_.below(before_.nodes.size());
        const std::string type = random_.pick(type_names);
        const bool directed = random_.chance(60);
        const bool tested = random_.chance(40);
        const Datum test = random_value(random_, "i");
        change_.text = match_pair(a, b) + " MERGE (a)-[r:" + type +
                       (tested ? " {i: " + literal_text(test) + "}" : "") + "]-" + (directed ? ">" : "") +
                       "(b) ON CREATE SET r.uid = " + std::to_string(fresh_) + " ON MATCH SET r.s = 'met'";
        bool found = false;
        for (Relationship& rel : change_.after.rels) {
            const bool right = rel.source == a && rel.target == b;
            const bool left = rel.source == b && rel.target == a;
            const auto held = rel.properties.find("i");
            const bool passes =
                !tested || (held != rel.properties.end() && equal(held->second, test) == true);
            if (rel.type != type || !(right || (!directed && left)) || !passes) continue;
            found = true;
            rel.properties["s"] = datum(std::string("met"));
        }
        if (found) return;
        Relationship rel{a, b, type, {{"uid", integer(fresh_)}}};
        if (tested) rel.properties["i"] = test;
        change_.after.rels.push_back(rel);
    }

    void fail() {
        change_.fails = true;
        const std::string uid = std::to_string(fresh_);
        const std::string next = std::to_string(fresh_ + 1);
        std::vector<std::string> always = {
            "CREATE (:A {uid: " + uid + "}) WITH 1 AS x UNWIND [1, 0] AS d RETURN x / d",
            "CREATE (a:D {uid: " + uid + "})-[:V {uid: " + next + "}]->(b) DELETE a",
            "UNWIND [1, 2, null] AS x MERGE (n:A {i: x}) ON CREATE SET n.uid = " + uid + " + x",
            "UNWIND [1, 2, 3] AS x CREATE (n:New {uid: " + uid + " + x, fresh: 3 / (3 - x)})",
        };
        if (!before_.nodes.empty()) {
            always.insert(
                always.end(),
                {
                    "MATCH (n) SET n.i = 99, n:New WITH n UNWIND [1, 0] AS d RETURN 10 / d",
                    "MATCH (n) SET n.s = 'changed' SET n.l = [n]",
                    "MATCH (n) DETACH DELETE n WITH n RETURN n.uid / 0",
                    "MATCH (n) REMOVE n.i, n:A CREATE (n)-[:S]->(:B) WITH n DELETE n",
                    "MATCH (n) SET n = {uid: n.uid} WITH collect(n) AS all UNWIND all AS m DETACH DELETE m "
                    "WITH all RETURN size(all) / 0",
                });
        }
        change_.text = random_.pick(always);
    }

 private:
    static std::string labels(const std::set<std::string>& names) {
        std::string text;
        for (const std::string& name : names) text += ":" + name;
        return text;
    }

    static std::string with_uid(const Properties& properties, const std::string& uid) {
        std::string text = "{uid: " + uid;
        for (const auto& [key, value] : properties) text += ", " + key + ": " + literal_text(value);
        return text + "}";
    }

    static void put(Properties& properties, const std::string& key, const Datum& value) {
        if (value.is_null()) {
            properties.erase(key);
        } else {
            properties[key] = value;
        }
    }

    Properties some_properties() {
        Properties out;
        for (const std::string& key : key_names) {
            if (random_.chance(30)) out[key] = random_value(random_, key);
        }
        return out;
    }

    Node new_node() {
        Node node;
        node.properties = some_properties();
        node.properties["uid"] = integer(fresh_++);
        for (const std::string& label : label_names) {
            if (random_.chance(35)) node.labels.insert(label);
        }
        return node;
    }

    Relationship new_rel() {
        Relationship rel;
        rel.properties = some_properties();
        rel.properties["uid"] = integer(fresh_++);
        rel.type = random_.pick(type_names);
        return rel;
    }

    std::string match_pair(std::size_t a, std::size_t b) const {
        return "MATCH (a {uid: " + std::to_string(uid_of(before_.nodes[a].properties)) +
               "}), (b {uid: " + std::to_string(uid_of(before_.nodes[b].properties)) + "})";
    }

    /// MATCH of some nodes, once each, into nodes_. All is read before anything is written.
    std::string match_nodes() {
        NodePattern node{"n", {}, {}};
        if (random_.chance(30)) node.labels.names = {random_.pick(label_names)};
        Match match{false, false, {{"", node, {}}}, condition({{"n", Type::node}})};
        World world{before_};
        each_match(world, match.paths, {}, [&](const Bindings& row) {
            if (truth_of(evaluate(world, *match.where, row)) != true) return;
            nodes_.push_back(std::get<NodeRef>(row.at("n").held).at);
        });
        return to_text(Clause(match), false);
    }

    std::string match_rels() {
        RelPattern rel;
        rel.variable = "r";
        if (random_.chance(30)) rel.types = {random_.pick(type_names)};
        Match match{false, false, {{"", {}, {{rel, {}}}}}, condition({{"r", Type::rel}})};
        World world{before_};
        each_match(world, match.paths, {}, [&](const Bindings& row) {
            if (truth_of(evaluate(world, *match.where, row)) != true) return;
            rels_.push_back(std::get<RelRef>(row.at("r").held).at);
        });
        return to_text(Clause(match), false);
    }

    Expr condition(const Scope& scope) {
        for (;;) {
            Generator generator(random_);
            Expr out = generator.where(scope, 2);
            if (!generator.may_fail()) return out;
        }
    }

    void each_entity(bool of_nodes, const std::function<void(Properties&, const Datum&)>& use) {
        for (const std::size_t at : of_nodes ? nodes_ : rels_) {
            if (of_nodes) {
                use(change_.after.nodes[at].properties, datum(NodeRef{at}));
            } else {
                use(change_.after.rels[at].properties, datum(RelRef{at}));
            }
        }
    }

    Random& random_;
    const Graph& before_;
    Change change_;
    std::int64_t fresh_ = 1;
    std::vector<std::size_t> nodes_;
    std::vector<std::size_t> rels_;
};

}  // namespace

Change random_change(Random& random, const Graph& before) {
    Writer writer(random, before);
    const bool crowded = before.nodes.size() > 8 || before.rels.size() > 14;
    switch (random.below(crowded ? 9 : 16)) {
        case 0:
        case 1:
            writer.set_property();
            break;
        case 2:
            writer.set_map();
            break;
        case 3:
            writer.set_labels();
            break;
        case 4:
            writer.remove_property();
            break;
        case 5:
            writer.delete_rels();
            break;
        case 6:
            writer.delete_nodes();
            break;
        case 7:
            writer.delete_node_with_rels();
            break;
        case 8:
        case 9:
            writer.merge_rel();
            break;
        case 10:
            writer.merge_node();
            break;
        case 11:
            writer.create_for_each();
            break;
        case 12:
        case 13:
            writer.connect();
            break;
        default:
            writer.create_path();
    }
    return writer.take();
}

Change failing_change(Random& random, const Graph& before) {
    Writer writer(random, before);
    writer.fail();
    return writer.take();
}

}  // namespace islet::oracle
