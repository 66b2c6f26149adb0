// What a transaction did, as the bytes of one record of the log, and how they are done again.
//
//   op  what                     operands (ids and counts are varints)
//    1  a new label              text
//    2  a new type               text
//    3  a new property key       text
//    4  nodes created            how many
//    5  relationship created     source, type, target
//    6  label added              node, label
//    7  label taken away         node, label
//    8  property of a node       node, key, value (null takes it away)
//    9  of a relationship        relationship, key, value
//   10  node removed             node
//   11  relationship removed     relationship
//   12  catalog replaced         text: JSON
//
// New names, nodes and relationships get the next id of their kind. So what a record means depends on the
// base and the records before it: a log belongs to one generation of its file, and only a checkpoint, which
// makes the next generation and ends the log, numbers relationships anew.
#pragma once

#include <memory>

#include "delta.hpp"
#include "file_bytes.hpp"
#include "islet/catalog.hpp"

namespace islet {

/// Collects operations in the order in which they are done.
class OperationWriter {
 public:
    void new_label(std::string_view name) { named(1, name); }
    void new_type(std::string_view name) { named(2, name); }
    void new_key(std::string_view name) { named(3, name); }
    void create_node();
    void create_relationship(NodeId source, TypeId type, NodeId target);
    void set_label(NodeId node, LabelId label, bool on);
    /// Throws Exception for a value that no file can hold, and then has written nothing.
    void set_property(NodeId node, KeyId key, const Value& value);
    void set_property(RelId rel, KeyId key, const Value& value);
    void remove_node(NodeId node);
    void remove_relationship(RelId rel);
    void set_catalog(const Catalog& catalog);

    /// Everything so far. The writer can go on after it.
    [[nodiscard]] Bytes bytes();
    [[nodiscard]] bool empty() const noexcept { return out_.empty() && nodes_ == 0; }

 private:
    void named(std::uint8_t op, std::string_view name);
    void property(std::uint8_t op, std::uint32_t id, KeyId key, const Value& value);
    void begin(std::uint8_t op);

    ByteWriter out_;
    std::uint64_t nodes_ = 0;  ///< created and not yet in out_
};

/// Does the operations of one record to a delta that is not published yet. Throws FormatError for bytes that
/// are no operations or name what is not there; the delta is then of no use.
void apply_operations(Bytes operations, const std::shared_ptr<const Base>& base,
                      const std::shared_ptr<Delta>& delta);

}  // namespace islet
