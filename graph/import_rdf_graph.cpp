#include <algorithm>

#include "import_json_value.hpp"
#include "import_rdf.hpp"
#include "import_text.hpp"
#include "names.hpp"

namespace islet::importing {

namespace {

constexpr std::string_view rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr std::string_view rdfs_resource = "http://www.w3.org/2000/01/rdf-schema#Resource";
constexpr std::string_view own_base = "urn:islet:";  ///< of IRIs that exports make up

bool is_rdf(std::string_view iri, std::string_view name) {
    return iri.size() == rdf.size() + name.size() && iri.starts_with(rdf) && iri.ends_with(name);
}

std::optional<Value> typed(std::string_view text, std::string_view type) {
    for (const std::string_view integer : {"integer", "int", "long", "short", "byte", "nonNegativeInteger",
                                           "positiveInteger", "nonPositiveInteger", "negativeInteger",
                                           "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"}) {
        if (type == integer) return value_of(text, Kind::integer);
    }
    if (type == "double" || type == "float" || type == "decimal") return value_of(text, Kind::floating);
    if (type == "boolean") {
        if (text == "1" || text == "0") return Value(text == "1");
        return value_of(text, Kind::boolean);
    }
    if (type == "date") return value_of(text, Kind::date);
    if (type == "dateTime" || type == "localDateTime") {
        const std::size_t time = text.find('T');
        const bool zoned = type == "dateTime" && time != std::string_view::npos &&
                           text.find_first_of("Z+-[", time) != std::string_view::npos;
        return value_of(text, zoned ? Kind::date_time : Kind::local_date_time);
    }
    if (type == "time") {
        const bool zoned = text.find_first_of("Z+-") != std::string_view::npos;
        return value_of(text, zoned ? Kind::time : Kind::local_time);
    }
    if (type == "duration" || type == "dayTimeDuration" || type == "yearMonthDuration") {
        return value_of(text, Kind::duration);
    }
    if (type == "json" || type == "JSON") {
        if (auto value = json_value(text)) return std::move(*value);
    }
    return std::nullopt;
}

}  // namespace

Value rdf_value(const RdfTerm& literal) {
    if (!literal.datatype.empty()) {
        const std::size_t separator = literal.datatype.find_last_of("#/:");
        const std::string_view type =
            separator == std::string_view::npos ? literal.datatype : literal.datatype.substr(separator + 1);
        if (auto value = typed(literal.text, type)) return std::move(*value);
    }
    return literal.text;
}

std::string rdf_local_name(std::string_view iri) {
    std::string_view cut = iri;
    while (!cut.empty() && std::string_view("#/:").find(cut.back()) != std::string_view::npos)
        cut.remove_suffix(1);
    const std::size_t separator = cut.find_last_of("#/:");
    if (separator != std::string_view::npos) cut.remove_prefix(separator + 1);
    if (cut.empty()) return std::string(iri);
    std::string name;
    const auto digit = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'A' && c <= 'F') return c - 'A' + 10;
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    };
    for (std::size_t i = 0; i < cut.size(); ++i) {
        if (cut[i] == '%' && i + 2 < cut.size() && digit(cut[i + 1]) >= 0 && digit(cut[i + 2]) >= 0) {
            name += static_cast<char>(digit(cut[i + 1]) * 16 + digit(cut[i + 2]));
            i += 2;
        } else {
            name += cut[i];
        }
    }
    return invalid_utf8(name) == std::string::npos ? name : std::string(cut);
}

RdfGraph::Resource RdfGraph::resource(bool blank, std::string_view text) {
    const std::uint32_t space = blank ? file_ : 0;
    const NodeId next{static_cast<std::uint32_t>(names_.size())};
    const NodeId found = numbers_.insert(space, text, IdTable::hash_to_insert(space, text), next);
    if (found == next) {
        names_.emplace_back(blank ? std::string_view() : text);
        mentioned_.push_back(false);
    }
    return static_cast<Resource>(found);
}

RdfGraph::Resource RdfGraph::resource(const RdfTerm& term) {
    return resource(term.form == RdfTerm::Form::blank, term.text);
}

/// Whether the triple is part of a statement about a relationship, or of a list.
bool RdfGraph::add_structure(Resource subject, std::string_view predicate, const RdfTerm& object) {
    if (!predicate.starts_with(rdf)) return false;
    const bool literal = object.form == RdfTerm::Form::literal;
    if (is_rdf(predicate, "first")) {
        Cell& cell = cells_[subject];
        cell.has_value = literal;
        if (literal) cell.value = rdf_value(object);
        if (!literal) cell.item = resource(object);
        return true;
    }
    if (literal) return false;
    if (is_rdf(predicate, "rest")) {
        const Resource rest = resource(object);
        cells_[subject].rest = rest;
        return true;
    }
    if (is_rdf(predicate, "subject")) {
        const Resource end = resource(object);
        mentioned_[end] = true;
        statements_[subject].subject = end;
        return true;
    }
    if (is_rdf(predicate, "object")) {
        const Resource end = resource(object);
        mentioned_[end] = true;
        statements_[subject].object = end;
        return true;
    }
    if (is_rdf(predicate, "predicate")) {
        statements_[subject].predicate = predicates_.add(object.text);
        return true;
    }
    return false;
}

void RdfGraph::add(const RdfTerm& subject_term, std::string_view predicate, const RdfTerm& object) {
    const Resource subject = resource(subject_term);
    mentioned_[subject] = true;
    if (add_structure(subject, predicate, object)) return;
    if (object.form == RdfTerm::Form::literal) {
        literals_.push_back({subject, predicates_.add(predicate), rdf_value(object)});
    } else if (is_rdf(predicate, "type")) {
        classes_.emplace_back(subject, resource(object));
    } else {
        const Resource to = resource(object);
        mentioned_[to] = true;
        triples_.push_back({subject, predicates_.add(predicate), to});
    }
}

/// A list's values, or the resources in it; false where `head` is no list.
bool RdfGraph::list_of(Resource head, List& list, std::vector<Resource>& items) const {
    std::size_t length = 0;
    for (Resource at = head; !is_rdf(names_[at], "nil");) {
        const auto cell = cells_.find(at);
        if (cell == cells_.end() || cell->second.rest == none || ++length > cells_.size()) return false;
        List inner;
        std::vector<Resource> no_items;
        if (cell->second.has_value) {
            list.push_back(cell->second.value);
        } else if (cell->second.item != none && list_of(cell->second.item, inner, no_items)) {
            list.emplace_back(std::move(inner));
        } else if (cell->second.item != none) {
            items.push_back(cell->second.item);
        }
        at = cell->second.rest;
    }
    return true;
}

void RdfGraph::make_nodes(GraphSink& sink) {
    std::stable_sort(classes_.begin(), classes_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    nodes_.assign(names_.size(), NodeId::none);
    for (const auto& [of, cell] : cells_) {
        if (cell.item != none) mentioned_[cell.item] = true;
    }
    auto next_class = classes_.begin();
    PendingThing thing;
    for (Resource i = 0; i < names_.size(); ++i) {
        thing.clear();
        for (; next_class != classes_.end() && next_class->first == i; ++next_class) {
            const std::string_view name = names_[next_class->second];
            if (name.empty() || name == rdfs_resource) continue;
            thing.labels.push_back(rdf_local_name(name));
        }
        const auto statement = statements_.find(i);
        const bool apart = cells_.contains(i) || is_rdf(names_[i], "nil") ||
                           (statement != statements_.end() && statement->second.whole());
        if (apart || !mentioned_[i]) continue;
        const bool made_up = names_[i].starts_with(own_base);
        if (!names_[i].empty() && !made_up) thing.properties.emplace_back("iri", names_[i]);
        nodes_[i] = sink.node(made_up || sink.has_node(names_[i]) ? std::string_view() : names_[i], thing);
    }
}

void RdfGraph::make_properties(GraphSink& sink) {
    // Lists that triples end in are values like literals.
    std::vector<Triple> left;
    for (const Triple& triple : triples_) {
        List list;
        std::vector<Resource> items;
        const bool is_list = cells_.contains(triple.object) || is_rdf(names_[triple.object], "nil");
        if (!is_list || !list_of(triple.object, list, items)) {
            left.push_back(triple);
            continue;
        }
        for (const Resource item : items) left.push_back({triple.subject, triple.predicate, item});
        if (items.empty() || !list.empty())
            literals_.push_back({triple.subject, triple.predicate, std::move(list)});
    }
    triples_ = std::move(left);
    std::stable_sort(literals_.begin(), literals_.end(), [](const Literal& a, const Literal& b) {
        return std::pair(a.subject, a.predicate) < std::pair(b.subject, b.predicate);
    });
    // Several literals of one predicate are a list.
    std::size_t kept = 0;
    for (std::size_t i = 0; i < literals_.size();) {
        std::size_t end = i + 1;
        while (end < literals_.size() && literals_[end].subject == literals_[i].subject &&
               literals_[end].predicate == literals_[i].predicate) {
            ++end;
        }
        Literal whole = std::move(literals_[i]);
        if (end - i > 1) {
            List list{std::move(whole.value)};
            for (std::size_t at = i + 1; at < end; ++at) {
                if (std::find(list.begin(), list.end(), literals_[at].value) == list.end()) {
                    list.push_back(std::move(literals_[at].value));
                }
            }
            whole.value = list.size() == 1 ? list.front() : Value(std::move(list));
        }
        literals_[kept++] = std::move(whole);
        i = end;
    }
    literals_.resize(kept);
    for (const Literal& literal : literals_) {
        const NodeId node = nodes_[literal.subject];
        if (node != NodeId::none) {
            sink.set_property(node, rdf_local_name(predicates_[literal.predicate]), literal.value);
        }
    }
}

void RdfGraph::make_relationships(GraphSink& sink) {
    std::sort(triples_.begin(), triples_.end());
    triples_.erase(std::unique(triples_.begin(), triples_.end()), triples_.end());
    std::vector<Triple> stated;
    std::vector<std::pair<std::string, Value>> properties;
    for (const auto& [resource, statement] : statements_) {
        if (!statement.whole()) continue;
        const NodeId source = nodes_[statement.subject];
        const NodeId target = nodes_[statement.object];
        if (source == NodeId::none || target == NodeId::none) continue;
        properties.clear();
        auto at = std::lower_bound(literals_.begin(), literals_.end(), resource,
                                   [](const Literal& literal, Resource of) { return literal.subject < of; });
        for (; at != literals_.end() && at->subject == resource; ++at) {
            properties.emplace_back(rdf_local_name(predicates_[at->predicate]), at->value);
        }
        sink.relationship(source, target, rdf_local_name(predicates_[statement.predicate]), properties);
        stated.push_back({statement.subject, statement.predicate, statement.object});
    }
    std::sort(stated.begin(), stated.end());
    for (const Triple& triple : triples_) {
        const NodeId source = nodes_[triple.subject];
        const NodeId target = nodes_[triple.object];
        if (source == NodeId::none || target == NodeId::none) continue;
        if (std::binary_search(stated.begin(), stated.end(), triple)) continue;
        sink.relationship(source, target, rdf_local_name(predicates_[triple.predicate]), {});
    }
}

void RdfGraph::finish(GraphSink& sink) {
    make_nodes(sink);
    make_properties(sink);
    make_relationships(sink);
}

}  // namespace islet::importing
