// JSON objects as nodes and relationships, in the shapes that files have them in.
#pragma once

#include <rapidjson/document.h>

#include "import_sink.hpp"

namespace islet::importing {

/// Parses one object again and again, in memory that is used again.
class JsonRecordReader {
 public:
    JsonRecordReader(GraphSink& sink, Run& run) : sink_(sink), run_(run) {}

    /// Takes in the object of a line: a node or relationship as a dump writes it (and Neo4j's export), or as
    /// KGX does. Throws BadRecord.
    void line(std::string_view text, const RecordPlace& place);
    /// Takes in an element of `nodes` or `links` of a node-link file.
    void node(std::string_view text);
    void link(std::string_view text, const RecordPlace& place);

 private:
    const rapidjson::Value& parse(std::string_view text);
    void dumped_node(const rapidjson::Value& object);
    void dumped_relationship(const rapidjson::Value& object, const RecordPlace& place);
    void dumped_graph(const rapidjson::Value& object);
    void kgx_node(const rapidjson::Value& object);
    void kgx_edge(const rapidjson::Value& object, const RecordPlace& place);
    void read_properties(const rapidjson::Value& object, std::initializer_list<std::string_view> left_out);
    void read_labels(const rapidjson::Value& value, bool prefixed);

    GraphSink& sink_;
    Run& run_;
    std::vector<char> memory_ = std::vector<char>(std::size_t{1} << 16U);
    std::vector<char> stack_ = std::vector<char>(std::size_t{1} << 12U);
    using Pool = rapidjson::MemoryPoolAllocator<>;
    using Document = rapidjson::GenericDocument<rapidjson::UTF8<>, Pool, Pool>;
    std::optional<Pool> pool_;
    std::optional<Pool> stack_pool_;
    std::optional<Document> document_;
    PendingThing thing_;
};

}  // namespace islet::importing
