// Graph and its transactions.
#include <algorithm>
#include <functional>
#include <mutex>
#include <stdexcept>

#include "constraint_checker.hpp"
#include "islet/constraints.hpp"
#include "transaction_state.hpp"

namespace islet {

Graph::Graph() : Graph(Snapshot()) {}
Graph::Graph(Snapshot snapshot) : state_(std::make_unique<State>()) {
    state_->snapshot = std::move(snapshot);
}
Graph::Graph(std::unique_ptr<FileStore> store) : state_(std::make_unique<State>()) {
    state_->store = std::move(store);
}
Graph::~Graph() = default;
Graph::Graph(Graph&&) noexcept = default;
Graph& Graph::operator=(Graph&&) noexcept = default;
void Graph::refresh() {
    if (state_->store) state_->store->refresh();
}
Snapshot Graph::snapshot() const {
    return state_->get();
}

bool WriteCounts::any() const noexcept {
    return *this != WriteCounts{};
}

WriteCounts operator-(WriteCounts later, const WriteCounts& earlier) noexcept {
    later.nodes_created -= earlier.nodes_created;
    later.nodes_deleted -= earlier.nodes_deleted;
    later.relationships_created -= earlier.relationships_created;
    later.relationships_deleted -= earlier.relationships_deleted;
    later.properties_set -= earlier.properties_set;
    later.labels_added -= earlier.labels_added;
    later.labels_removed -= earlier.labels_removed;
    later.properties_removed -= earlier.properties_removed;
    return later;
}

namespace {

Error still_connected(NodeId node) {
    return {
        .code = "G1001",
        .kind = "ConstraintVerificationFailed",
        .phase = "runtime",
        .detail = "DeleteConnectedNode",
        .message = "node " + std::to_string(index(node)) + " cannot be deleted: it still has relationships",
        .span = {},
        .hint = "delete them first, or use DETACH DELETE",
        .place = {}};
}

}  // namespace

Transaction::Transaction(Graph& graph) : state_(std::make_unique<State>(*graph.state_)) {
    Snapshot current;
    if (FileStore* store = graph.state_->store.get()) {
        FileStore::Start start = store->begin();
        current = std::move(start.tip);
        state_->store_epoch = start.epoch;
        state_->writable = start.writable;
    } else {
        current = graph.snapshot();
    }
    state_->base = current.base_;
    state_->delta = std::make_shared<Delta>(*current.delta_);
    // Greater than that of every branch and entry the copy shares with older states.
    ++state_->delta->epoch;
    state_->view = Snapshot(state_->base, state_->delta);
    state_->resolve();
}

Transaction::~Transaction() = default;

const Snapshot& Transaction::view() const noexcept {
    return state_->view;
}
const WriteCounts& Transaction::counts() const noexcept {
    return state_->counts;
}

LabelId Transaction::label(std::string_view name) {
    if (const auto known = state_->view.find_label(name)) return *known;
    Delta& delta = state_->write();
    state_->note([&](OperationWriter& log) { log.new_label(name); });
    const LabelId made{state_->base->labels.size() + delta.labels.add(name, delta.epoch)};
    state_->resolve();
    return made;
}

TypeId Transaction::type(std::string_view name) {
    if (const auto known = state_->view.find_type(name)) return *known;
    Delta& delta = state_->write();
    state_->note([&](OperationWriter& log) { log.new_type(name); });
    const TypeId made{state_->base->types.size() + delta.types.add(name, delta.epoch)};
    state_->resolve();
    return made;
}

KeyId Transaction::key(std::string_view name) {
    if (const auto known = state_->view.find_key(name)) return *known;
    Delta& delta = state_->write();
    state_->note([&](OperationWriter& log) { log.new_key(name); });
    const KeyId made{state_->base->keys.size() + delta.keys.add(name, delta.epoch)};
    state_->resolve();
    return made;
}

NodeId Transaction::create_node() {
    Delta& delta = state_->write();
    state_->note([](OperationWriter& log) { log.create_node(); });
    const NodeId node = delta.create_node(*state_->base);
    ++state_->counts.nodes_created;
    state_->touch(node);
    return node;
}

RelId Transaction::create_relationship(NodeId source, TypeId type, NodeId target) {
    state_->require(source);
    state_->require(target);
    Delta& delta = state_->write();
    state_->note([&](OperationWriter& log) { log.create_relationship(source, type, target); });
    const RelId rel = delta.create_relationship(*state_->base, source, type, target);
    ++state_->counts.relationships_created;
    state_->touch(rel);
    return rel;
}

void Transaction::add_label(NodeId node, LabelId label) {
    state_->require(node);
    if (state_->view.has_label(node, label)) return;
    Delta& delta = state_->write();
    state_->note([&](OperationWriter& log) { log.set_label(node, label, true); });
    delta.set_label(*state_->base, node, label, true);
    ++state_->counts.labels_added;
    state_->touch(node);
    if (!state_->indexed.empty()) state_->enter(node, label);
}

void Transaction::remove_label(NodeId node, LabelId label) {
    state_->require(node);
    if (!state_->view.has_label(node, label)) return;
    Delta& delta = state_->write();
    state_->note([&](OperationWriter& log) { log.set_label(node, label, false); });
    delta.set_label(*state_->base, node, label, false);
    ++state_->counts.labels_removed;
    state_->touch(node);
    if (state_->demanding) state_->relabelled.push_back(node);
}

void Transaction::set_property(NodeId node, KeyId key, const Value& value) {
    state_->set_property(node, key, value);
}
void Transaction::set_property(RelId rel, KeyId key, const Value& value) {
    state_->set_property(rel, key, value);
}

void Transaction::remove_node(NodeId node) {
    if (!state_->view.contains(node)) return;
    Delta& delta = state_->write();
    state_->note([&](OperationWriter& log) { log.remove_node(node); });
    delta.remove_node(*state_->base, node);
    state_->removed_nodes.push_back(node);
    ++state_->counts.nodes_deleted;
}

void Transaction::remove_relationship(RelId rel) {
    if (!state_->view.contains(rel)) return;
    Delta& delta = state_->write();
    state_->note([&](OperationWriter& log) { log.remove_relationship(rel); });
    delta.remove_relationship(*state_->base, rel);
    ++state_->counts.relationships_deleted;
}

void Transaction::set_catalog(Catalog catalog) {
    State& state = *state_;
    Delta& delta = state.write();
    const Catalog& before = state.view.catalog();
    Catalog demands;  // those that the graph has not been tested for
    demands.evidence = catalog.evidence;
    if (catalog.schema != before.schema || (catalog.schema && catalog.evidence != before.evidence))
        demands.schema = catalog.schema;
    for (const Constraint& constraint : catalog.constraints) {
        const Constraint* known = before.constraint(constraint.name);
        if (known == nullptr || *known != constraint) demands.constraints.push_back(constraint);
    }
    require_valid(state.view, demands);
    const std::vector<IndexedKey> entered = indexed_keys(before, state.view);
    state.note([&](OperationWriter& log) { log.set_catalog(catalog); });
    delta.catalog = std::make_shared<const Catalog>(std::move(catalog));
    state.indexed.clear();
    state.resolve();
    for (const IndexedKey& one : state.indexed) {
        if (std::find(entered.begin(), entered.end(), one) == entered.end())
            fill_overlay(state.view, delta, one);
    }
}

void Transaction::State::require_disconnected() {
    std::sort(removed_nodes.begin(), removed_nodes.end());
    if (view.relationships_of(removed_nodes).empty()) return;
    for (const NodeId& node : removed_nodes) {
        if (!view.relationships_of(std::span(&node, 1)).empty()) throw Exception(still_connected(node));
    }
}

void Transaction::State::check() {
    if (!demanding) return;
    const auto settle = [](auto& ids) {
        // What is written at once comes in order.
        if (std::adjacent_find(ids.begin(), ids.end(), std::greater_equal<>()) == ids.end()) return;
        std::sort(ids.begin(), ids.end());
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    };
    settle(relabelled);
    if (view.catalog().schema) {
        for (const NodeId node : relabelled) {
            for (std::uint32_t type = 0; type < view.type_count(); ++type) {
                for (const Direction direction : {Direction::out, Direction::in}) {
                    const Adjacent near = view.neighbours(node, TypeId{type}, direction);
                    for (std::size_t i = 0; i < near.size(); ++i) touched_rels.push_back(near.rel(i));
                }
            }
        }
    }
    settle(touched_nodes);
    settle(touched_rels);
    ConstraintChecker checker(view, view.catalog(), false);
    checker.test(touched_nodes);
    for (const RelId rel : touched_rels) {
        if (view.contains(rel)) checker.test(rel);
    }
    touched_nodes.clear();
    touched_rels.clear();
    relabelled.clear();
}

void Transaction::check() {
    state_->write();
    state_->check();
}

void Transaction::State::commit_to_file() {
    FileStore& store = *graph.store;
    if (operations.empty()) {
        over = true;
        return writing.unlock();
    }
    const FileStore::Ticket ticket = store.append(operations.bytes(), view, store_epoch);
    over = true;
    writing.unlock();
    store.wait(ticket);
    // Whoever writes meanwhile comes here too.
    const std::unique_lock again(graph.writer, std::try_to_lock);
    if (!again || !store.checkpoint_due()) return;
    try {
        store.checkpoint();
    } catch (const Exception&) {  // the commit is in the log; a fault that lasts shows with the next one
    }
}

void Transaction::commit() {
    State& state = *state_;
    if (state.over) throw std::logic_error("a transaction was committed twice");
    const Delta& delta = *state.delta;
    state.require_disconnected();
    state.check();
    state.base->require_sound();
    if (state.graph.store) return state.commit_to_file();
    if (delta.writes > fold_limit(*state.base)) {
        auto base = fold(*state.base, delta);
        auto fresh = std::make_shared<const Delta>(*base);
        state.graph.set(Snapshot(std::move(base), std::move(fresh)));
    } else {
        state.graph.set(state.view);
    }
    state.over = true;
    state.writing.unlock();
}

}  // namespace islet
