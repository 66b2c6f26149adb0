// A stream of transactions that can be played to a graph, to a model, or to both: what is read back from a
// file is compared with the model after so many of them.
#pragma once

#include <filesystem>
#include <random>
#include <string>

#include "islet/file.hpp"
#include "naive_model.hpp"

namespace islet::test {

/// A folder of its own, removed at the end.
class ScratchFolder {
 public:
    ScratchFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "islet-test-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
    std::filesystem::path path_;
};

/// Transaction number n does the same whoever plays it, as long as all before it were played.
class Workload {
 public:
    explicit Workload(unsigned seed) : seed_(seed) {}

    Model model;
    std::uint32_t played = 0;  ///< transactions; the graph's node 0 has it as property `count`

    /// Plays the next transaction to the model, and to `transaction` if there is one (without its commit).
    void play(Transaction* transaction) {
        Random random(seed_ * 1000003U + played);
        random_ = &random;
        to_ = transaction;
        ids_.clear();
        ++played;
        if (model.nodes.empty()) create_node();
        set_node(0, "count", static_cast<std::int64_t>(played));
        const std::uint32_t writes = 1 + below(random, 6);
        for (std::uint32_t i = 0; i < writes; ++i) write();
    }

    /// Plays the model on to a number of transactions.
    void play_model_to(std::uint32_t number) {
        REQUIRE(played <= number);
        while (played < number) play(nullptr);
    }

    /// The number of transactions that a graph has seen.
    static std::uint32_t count_in(const Snapshot& snapshot) {
        const auto key = snapshot.find_key("count");
        if (!key || !snapshot.contains(NodeId{0})) return 0;
        return static_cast<std::uint32_t>(snapshot.property(NodeId{0}, *key).as_int());
    }

 private:
    Value value() {
        Random& random = *random_;
        switch (below(random, 12)) {
            case 0:
                return std::string(below(random, 3000), static_cast<char>('a' + below(random, 26)));
            case 1:
                return *parse_date("2024-02-29");
            case 2:
                return *parse_date_time("2024-07-01T12:31:14.5+02:00[Europe/Stockholm]");
            case 3:
                return *parse_duration("P1Y2M3DT4H5.000000006S");
            case 4:
                return List{*parse_time("12:31:14+01:00"), *parse_local_date_time("2024-01-02T03:04:05.6"),
                            Value()};
            case 5:
                return *parse_local_time("23:59:59.999999999");
            case 6:
                return -static_cast<std::int64_t>(random()) * 1000003;
            default:
                return storable_value(random, below(random, 5));
        }
    }
    std::string key() { return "key" + std::to_string(below(*random_, 12)); }

    std::uint32_t some_node() {
        return std::next(model.nodes.begin(), below(*random_, model.nodes.size()))->first;
    }
    std::uint32_t some_relationship() {
        return std::next(model.relationships.begin(), below(*random_, model.relationships.size()))->first;
    }

    void write() {
        const std::uint32_t choice = below(*random_, 20);
        if (choice < 4) return create_node();
        if (choice < 9) return create_relationship();
        if (choice < 11) return change_label(some_node());
        if (choice < 14) return set_node(some_node(), key(), below(*random_, 4) == 0 ? Value() : value());
        if (choice == 19) return remove_node(some_node());
        if (model.relationships.empty()) return;
        if (choice < 17) return set_relationship(some_relationship(), key(), value());
        remove_relationship(some_relationship());
    }

    void create_node() {
        if (below(*random_, 3) == 0) return create_some_nodes();
        const std::uint32_t id = next_node_++;
        if (to_ != nullptr) REQUIRE(to_->create_node() == NodeId{id});
        model.nodes[id];
        if (below(*random_, 2) == 0) change_label(id);
        if (below(*random_, 2) == 0) set_node(id, key(), value());
    }
    void create_some_nodes() {
        std::vector<Model::Node> made(1 + below(*random_, 3));
        const std::string label = "Label" + std::to_string(below(*random_, 4));
        for (Model::Node& node : made) {
            node.labels.insert(label);
            for (std::uint32_t i = below(*random_, 3); i > 0; --i) node.properties[key()] = value();
            for (auto it = node.properties.begin(); it != node.properties.end();)
                it = it->second.is_null() ? node.properties.erase(it) : std::next(it);
        }
        if (to_ != nullptr) {
            const std::vector<std::vector<LabelId>> kinds = {{to_->label(label)}};
            const auto fill = [&](std::uint32_t i, Transaction::Properties& out) {
                for (const auto& [name, held] : made[i].properties) out.emplace_back(to_->key(name), held);
            };
            REQUIRE(to_->create_nodes(static_cast<std::uint32_t>(made.size()), kinds, fill) ==
                    NodeId{next_node_});
        }
        for (Model::Node& node : made) model.nodes[next_node_++] = std::move(node);
    }
    void set_node(std::uint32_t node, const std::string& key, const Value& value) {
        if (to_ != nullptr) to_->set_property(NodeId{node}, to_->key(key), value);
        model.nodes[node].properties.erase(key);
        if (!value.is_null()) model.nodes[node].properties.emplace(key, value);
    }
    void change_label(std::uint32_t node) {
        const std::string label = "Label" + std::to_string(below(*random_, 4));
        auto& labels = model.nodes[node].labels;
        const bool on = !labels.contains(label);
        if (to_ != nullptr) {
            on ? to_->add_label(NodeId{node}, to_->label(label))
               : to_->remove_label(NodeId{node}, to_->label(label));
        }
        on ? void(labels.insert(label)) : void(labels.erase(label));
    }
    void create_relationship() {
        const std::uint32_t source = some_node();
        const std::uint32_t target = some_node();
        const std::string type = "TYPE" + std::to_string(below(*random_, 3));
        const std::uint32_t tag = next_tag_++;
        const bool at_once = below(*random_, 2) == 0;
        model.relationships[tag] = {source, target, type, {{"tag", static_cast<std::int64_t>(tag)}}};
        if (to_ != nullptr && at_once) {
            const std::vector<Ends> ends = {{NodeId{source}, NodeId{target}, to_->type(type)}};
            const auto fill = [&](std::uint32_t, Transaction::Properties& out) {
                out.emplace_back(to_->key("tag"), static_cast<std::int64_t>(tag));
            };
            ids_.emplace(tag, to_->create_relationships(ends, fill));
        } else if (to_ != nullptr) {
            ids_.emplace(tag, to_->create_relationship(NodeId{source}, to_->type(type), NodeId{target}));
            set_relationship(tag, "tag", static_cast<std::int64_t>(tag));
        }
    }
    void set_relationship(std::uint32_t tag, const std::string& key, const Value& value) {
        if (to_ != nullptr) to_->set_property(rel_of(tag), to_->key(key), value);
        auto& properties = model.relationships[tag].properties;
        properties.erase(key);
        if (!value.is_null()) properties.emplace(key, value);
    }
    void remove_relationship(std::uint32_t tag) {
        if (to_ != nullptr) to_->remove_relationship(rel_of(tag));
        model.relationships.erase(tag);
    }
    void remove_node(std::uint32_t node) {
        if (node == 0) return;
        std::vector<std::uint32_t> at_it;
        for (const auto& [tag, rel] : model.relationships) {
            if (rel.source == node || rel.target == node) at_it.push_back(tag);
        }
        const bool at_once = below(*random_, 2) == 0;
        if (to_ != nullptr && at_once) {
            std::vector<RelId> rels;
            for (const std::uint32_t tag : at_it) rels.push_back(rel_of(tag));
            to_->remove_relationships(std::move(rels));
        }
        for (const std::uint32_t tag : at_it) remove_relationship(tag);
        if (to_ != nullptr) to_->remove_node(NodeId{node});
        model.nodes.erase(node);
    }

    /// Ids of relationships are new after each checkpoint: they are known by their tag.
    RelId rel_of(std::uint32_t tag) {
        if (const auto known = ids_.find(tag); known != ids_.end()) return known->second;
        const Snapshot& view = to_->view();
        const KeyId key = *view.find_key("tag");
        for (std::uint32_t id = 0; id < view.rel_bound(); ++id) {
            if (!view.contains(RelId{id})) continue;
            const Value held = view.property(RelId{id}, key);
            if (!held.is_null()) ids_.emplace(static_cast<std::uint32_t>(held.as_int()), RelId{id});
        }
        return ids_.at(tag);
    }

    unsigned seed_;
    Random* random_ = nullptr;
    Transaction* to_ = nullptr;
    std::uint32_t next_node_ = 0;
    std::uint32_t next_tag_ = 0;
    std::map<std::uint32_t, RelId> ids_;
};

/// Plays transactions to a graph and commits each.
inline void play(Workload& workload, Graph& graph, std::uint32_t transactions) {
    for (std::uint32_t i = 0; i < transactions; ++i) {
        Transaction transaction(graph);
        workload.play(&transaction);
        transaction.commit();
    }
}

}  // namespace islet::test
