// The rules of a catalog, with names resolved for one state, and their tests.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "index_overlay.hpp"
#include "islet/catalog.hpp"
#include "islet/error.hpp"
#include "islet/graph.hpp"

namespace islet {

/// Tests nodes and relationships one by one. REQUIRES: snapshot and catalog outlive it and do not change.
class ConstraintChecker {
 public:
    /// `whole`: every node and relationship is going to be tested, in any order: what must be unique is then
    /// remembered, not looked up in indexes.
    ConstraintChecker(const Snapshot& snapshot, const Catalog& catalog, bool whole);

    /// Each throws Exception (ConstraintValidationFailed) for a breach.
    void test(NodeId node);
    void test(RelId rel);
    /// Passes over nodes that are no more.
    void test(std::span<const NodeId> nodes);

 private:
    using Properties = std::vector<std::pair<KeyId, Value>>;
    struct Rule {
        const Constraint* constraint;
        std::uint32_t label;
        std::vector<KeyId> keys;  ///< of those that the graph has
        bool keys_known;          ///< whether it has all
    };
    struct Seen {
        std::unordered_multimap<std::uint64_t, std::uint32_t> ids;  ///< by the hash of the values
    };

    template <class Id>
    void test_rule(const Rule& rule, Id id, Seen& seen) const;
    template <class Id>
    void test_unique(const std::string& what, Owner owner, std::uint32_t label,
                     const std::vector<KeyId>& keys, Id id, Seen& seen) const;
    void test_schema(NodeId node);
    void test_schema(RelId rel);
    template <class Id>
    void test_properties(const std::vector<const std::vector<GraphSchema::Property>*>& rules,
                         const std::vector<std::uint32_t>& owners, Id id);
    [[nodiscard]] bool bears(NodeId node, std::uint32_t label) const;
    [[nodiscard]] bool bears(RelId rel, std::uint32_t type) const;
    [[nodiscard]] bool is_a(const std::string& label, const std::string& ancestor) const;
    [[nodiscard]] std::string who(NodeId node) const;
    [[nodiscard]] std::string who(RelId rel) const;
    [[nodiscard]] std::string label_name(Owner owner, std::uint32_t label) const;

    const Snapshot& snapshot_;
    const Catalog& catalog_;
    bool whole_;
    std::vector<Rule> rules_;
    std::vector<Seen> seen_;                                ///< by rule
    std::unordered_map<std::string, Seen> seen_by_schema_;  ///< by label and key
};

}  // namespace islet
