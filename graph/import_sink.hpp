// Nodes and relationships one by one, as all formats but tables bring them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "import_run.hpp"
#include "islet/value.hpp"

namespace islet::importing {

/// What is wrong with a record. The reader that catches it knows where the record stands.
struct BadRecord {
    std::string message;
    std::string hint = {};
    std::size_t offset = 0;  ///< of what is at fault, from the record's beginning
};

/// Where a record stands, for messages that come later than it.
struct RecordPlace {
    const Input* input;
    SourceSpan span;
    std::string_view text;
};

/// Takes things into a run's graph. A relationship may come before its ends.
class GraphSink {
 public:
    explicit GraphSink(Run& run) : run_(run) {}

    /// Throws BadRecord for an id that another node has. An empty id is none.
    NodeId node(std::string_view id, const PendingThing& thing);
    [[nodiscard]] bool has_node(std::string_view id) const { return run_.ids.find(0, id) != NodeId::none; }
    void relationship(std::string_view source, std::string_view target, const PendingThing& thing,
                      const RecordPlace& place);
    void relationship(NodeId source, NodeId target, std::string_view type,
                      const std::vector<std::pair<std::string, Value>>& properties);
    void set_property(NodeId node, std::string_view key, const Value& value);
    void set_labels(NodeId node, const std::vector<std::string>& labels);
    /// False where an end is not there.
    bool try_relationship(std::string_view source, std::string_view target, const PendingThing& thing);

 private:
    Run& run_;
};

}  // namespace islet::importing
