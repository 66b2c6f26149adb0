#include "file_operations.hpp"

#include <algorithm>

#include "column.hpp"
#include "file_value.hpp"
#include "index_overlay.hpp"
#include "islet/error.hpp"

namespace islet {

namespace {

enum class Op : std::uint8_t {
    new_label = 1,
    new_type = 2,
    new_key = 3,
    create_nodes = 4,
    create_relationship = 5,
    add_label = 6,
    remove_label = 7,
    set_node_property = 8,
    set_rel_property = 9,
    remove_node = 10,
    remove_relationship = 11,
    set_catalog = 12,
};

template <class Id>
void write_id(ByteWriter& out, Id id) {
    out.varint(static_cast<std::uint32_t>(id));
}

/// Reads operands, and refuses those that name what is not there.
class Player {
 public:
    Player(Bytes operations, const std::shared_ptr<const Base>& base, const std::shared_ptr<Delta>& delta)
        : in_(operations), base_(*base), delta_(*delta), view_(base, delta) {
        resolve();
    }

    void play() {
        while (in_.left() != 0) step(static_cast<Op>(in_.u8()));
    }

 private:
    void step(Op op) {
        switch (op) {
            case Op::new_label:
                return add_name(base_.labels, delta_.labels);
            case Op::new_type:
                return add_name(base_.types, delta_.types);
            case Op::new_key:
                return add_name(base_.keys, delta_.keys);
            case Op::create_nodes: {
                const std::uint64_t count = in_.varint();
                if (count > UINT32_MAX - 1 - delta_.node_bound) throw FormatError("there are too many nodes");
                for (std::uint64_t i = 0; i < count; ++i) delta_.create_node(base_);
                return;
            }
            case Op::create_relationship: {
                const NodeId source = node();
                const TypeId type = name<TypeId>(base_.types, delta_.types, "type");
                const NodeId target = node();
                if (delta_.rel_bound == UINT32_MAX - 1) throw FormatError("there are too many relationships");
                delta_.create_relationship(base_, source, type, target);
                return;
            }
            case Op::add_label:
            case Op::remove_label: {
                const NodeId of = node();
                const LabelId label = name<LabelId>(base_.labels, delta_.labels, "label");
                delta_.set_label(base_, of, label, op == Op::add_label);
                if (op == Op::add_label) enter(of, label);
                return;
            }
            case Op::set_node_property: {
                const NodeId of = node();
                const KeyId key = name<KeyId>(base_.keys, delta_.keys, "key");
                const Value value = read_value(in_);
                delta_.set_property(of, key, value);
                enter(of, key, value);
                return;
            }
            case Op::set_rel_property: {
                const RelId of = relationship();
                const KeyId key = name<KeyId>(base_.keys, delta_.keys, "key");
                const Value value = read_value(in_);
                delta_.set_property(of, key, value);
                enter(of, key, value);
                return;
            }
            case Op::remove_node:
                return delta_.remove_node(base_, node());
            case Op::remove_relationship:
                return delta_.remove_relationship(base_, relationship());
            case Op::set_catalog:
                return set_catalog(in_.text());
        }
        throw FormatError("there is no operation with the number " + std::to_string(static_cast<int>(op)));
    }

    void add_name(const Names& base, Delta::NewNames& added) {
        const std::string_view name = in_.text();
        if (base.find(name) || (*added).find(name)) throw FormatError("a new name is there already");
        added.add(name, delta_.epoch);
        resolve();
    }

    // What the indexes of equality must know of a delta, as a transaction tells them (transaction.cpp).
    void resolve() {
        if (!view_.catalog().empty()) indexed_ = indexed_keys(view_.catalog(), view_);
    }
    void enter(NodeId node, KeyId key, const Value& value) {
        for (const IndexedKey& one : indexed_) {
            if (one.owner == Owner::node && one.key == key && !value.is_null() &&
                view_.has_label(node, LabelId{one.label}))
                put_overlay(delta_, one, value, static_cast<std::uint32_t>(node));
        }
    }
    void enter(RelId rel, KeyId key, const Value& value) {
        for (const IndexedKey& one : indexed_) {
            if (one.owner == Owner::relationship && one.key == key && !value.is_null() &&
                index(view_.ends(rel).type) == one.label)
                put_overlay(delta_, one, value, static_cast<std::uint32_t>(rel));
        }
    }
    void enter(NodeId node, LabelId label) {
        for (const IndexedKey& one : indexed_) {
            if (one.owner != Owner::node || one.label != index(label)) continue;
            const Value value = view_.property(node, one.key);
            if (!value.is_null()) put_overlay(delta_, one, value, static_cast<std::uint32_t>(node));
        }
    }
    void set_catalog(std::string_view json) {
        const std::vector<IndexedKey> before = std::exchange(indexed_, {});
        try {
            delta_.catalog = std::make_shared<const Catalog>(catalog_from_json(json));
        } catch (const Exception& exception) {
            throw FormatError("the catalog cannot be read: " + exception.error().message);
        }
        resolve();
        for (const IndexedKey& one : indexed_) {
            if (std::find(before.begin(), before.end(), one) == before.end())
                fill_overlay(view_, delta_, one);
        }
    }

    NodeId node() {
        const NodeId id{in_.varint32()};
        if (!delta_.contains(base_, id))
            throw FormatError("it names node " + std::to_string(index(id)) + ", which is not there");
        return id;
    }
    RelId relationship() {
        const RelId id{in_.varint32()};
        if (!delta_.contains(id))
            throw FormatError("it names relationship " + std::to_string(index(id)) + ", which is not there");
        return id;
    }
    template <class Id>
    Id name(const Names& base, const Delta::NewNames& added, const char* what) {
        const std::uint32_t id = in_.varint32();
        if (id >= base.size() + (*added).size())
            throw FormatError("it names " + std::string(what) + " " + std::to_string(id) +
                              ", which is not there");
        return Id{id};
    }

    ByteReader in_;
    const Base& base_;
    Delta& delta_;
    Snapshot view_;  ///< of both
    std::vector<IndexedKey> indexed_;
};

}  // namespace

void OperationWriter::begin(std::uint8_t op) {
    if (nodes_ != 0) {
        out_.u8(static_cast<std::uint8_t>(Op::create_nodes));
        out_.varint(nodes_);
        nodes_ = 0;
    }
    if (op != 0) out_.u8(op);
}

void OperationWriter::named(std::uint8_t op, std::string_view name) {
    begin(op);
    out_.text(name);
}

void OperationWriter::create_node() {
    ++nodes_;
}

void OperationWriter::create_relationship(NodeId source, TypeId type, NodeId target) {
    begin(static_cast<std::uint8_t>(Op::create_relationship));
    write_id(out_, source);
    write_id(out_, type);
    write_id(out_, target);
}

void OperationWriter::set_label(NodeId node, LabelId label, bool on) {
    begin(static_cast<std::uint8_t>(on ? Op::add_label : Op::remove_label));
    write_id(out_, node);
    write_id(out_, label);
}

void OperationWriter::property(std::uint8_t op, std::uint32_t id, KeyId key, const Value& value) {
    begin(0);
    const std::size_t before = out_.size();
    try {
        out_.u8(op);
        out_.varint(id);
        write_id(out_, key);
        write_value(value, out_);
    } catch (...) {
        out_.cut(before);
        throw;
    }
}

void OperationWriter::set_property(NodeId node, KeyId key, const Value& value) {
    property(static_cast<std::uint8_t>(Op::set_node_property), static_cast<std::uint32_t>(node), key, value);
}

void OperationWriter::set_property(RelId rel, KeyId key, const Value& value) {
    property(static_cast<std::uint8_t>(Op::set_rel_property), static_cast<std::uint32_t>(rel), key, value);
}

void OperationWriter::remove_node(NodeId node) {
    begin(static_cast<std::uint8_t>(Op::remove_node));
    write_id(out_, node);
}

void OperationWriter::remove_relationship(RelId rel) {
    begin(static_cast<std::uint8_t>(Op::remove_relationship));
    write_id(out_, rel);
}

void OperationWriter::set_catalog(const Catalog& catalog) {
    begin(static_cast<std::uint8_t>(Op::set_catalog));
    out_.text(to_json(catalog));
}

Bytes OperationWriter::bytes() {
    begin(0);
    return out_.view();
}

void apply_operations(Bytes operations, const std::shared_ptr<const Base>& base,
                      const std::shared_ptr<Delta>& delta) {
    Player(operations, base, delta).play();
}

}  // namespace islet
