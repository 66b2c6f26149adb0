#include "base_builder.hpp"
#include "delta.hpp"
#include "islet/graph.hpp"

namespace islet {

struct GraphBuilder::State {
    BaseBuilder base;
};

GraphBuilder::GraphBuilder() : state_(std::make_unique<State>()) {}
GraphBuilder::~GraphBuilder() = default;
GraphBuilder::GraphBuilder(GraphBuilder&&) noexcept = default;
GraphBuilder& GraphBuilder::operator=(GraphBuilder&&) noexcept = default;

LabelId GraphBuilder::label(std::string_view name) {
    return LabelId{state_->base.labels.add(name)};
}
TypeId GraphBuilder::type(std::string_view name) {
    return TypeId{state_->base.types.add(name)};
}
KeyId GraphBuilder::key(std::string_view name) {
    return KeyId{state_->base.keys.add(name)};
}

NodeId GraphBuilder::add_node(std::span<const LabelId> labels) {
    return state_->base.add_node(labels);
}

std::size_t GraphBuilder::add_relationship(NodeId source, TypeId type, NodeId target) {
    return state_->base.add_relationship(source, type, target);
}

void GraphBuilder::set_property(NodeId node, KeyId key, const Value& value) {
    require_storable(value);
    state_->base.set_property(node, key, value);
}

void GraphBuilder::set_relationship_property(std::size_t rel, KeyId key, const Value& value) {
    require_storable(value);
    state_->base.set_relationship_property(static_cast<std::uint32_t>(rel), key, value);
}

void GraphBuilder::set_catalog(Catalog catalog) {
    state_->base.catalog = std::make_shared<const Catalog>(std::move(catalog));
}

Snapshot GraphBuilder::finish() {
    const std::unique_ptr<State> done = std::exchange(state_, std::make_unique<State>());
    auto base = done->base.finish();
    auto delta = std::make_shared<const Delta>(*base);
    return {std::move(base), std::move(delta)};
}

}  // namespace islet
