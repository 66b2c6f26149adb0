// Into values: IN, [index], [from..to], .key
#include <algorithm>
#include <string>

#include "function_errors.hpp"
#include "temporal_values.hpp"

namespace islet::query {
namespace {

/// Of a node or a relationship.
template <class Id>
Value entity_property(const Snapshot& snapshot, Id id, Kind kind, std::string_view key) {
    if (!snapshot.contains(id)) raise_deleted(kind, "its property `" + std::string(key) + "`");
    const auto known = snapshot.find_key(key);
    return known ? snapshot.property(id, *known) : Value();
}

Value element(const List& list, const Value& index) {
    if (index.kind() != Kind::integer) {
        raise(status::invalid_type, "TypeError", "ListElementAccessByNonInteger",
              "a list's elements are counted by INTEGER, got " + std::string(kind_name(index.kind())));
    }
    const auto size = static_cast<std::int64_t>(list.size());
    // Negative: from the end.
    const std::int64_t at = index.as_int() < 0 ? index.as_int() + size : index.as_int();
    return at >= 0 && at < size ? list[static_cast<std::size_t>(at)] : Value();
}

/// A slice's end as a position within [0, size].
std::int64_t slice_bound(const Value& bound, std::int64_t size) {
    if (bound.kind() != Kind::integer) {
        raise(status::invalid_type, "TypeError", "ListElementAccessByNonInteger",
              "a list is cut at INTEGER positions, got " + std::string(kind_name(bound.kind())));
    }
    const std::int64_t at = bound.as_int() < 0 ? bound.as_int() + size : bound.as_int();
    return std::clamp<std::int64_t>(at, 0, size);
}

}  // namespace

Value in_list(const Value& element, const Value& list) {
    if (list.is_null()) return {};
    if (list.kind() != Kind::list) raise_operands("IN", {element.kind(), list.kind()});
    bool unknown = false;
    for (const Value& member : list.as_list()) {
        const auto equal = equals(element, member);
        if (!equal) {
            unknown = true;
        } else if (*equal) {
            return true;
        }
    }
    return unknown ? Value() : Value(false);
}

Value property_of(const Snapshot& snapshot, const Value& subject, std::string_view key) {
    switch (subject.kind()) {
        case Kind::node:
            return entity_property(snapshot, subject.as_node(), Kind::node, key);
        case Kind::relationship:
            return entity_property(snapshot, subject.as_relationship(), Kind::relationship, key);
        case Kind::map: {
            const Value* value = subject.as_map().find(key);
            return value == nullptr ? Value() : *value;
        }
        case Kind::null:
            return {};
        default:
            if (is_temporal(subject.kind())) return temporal_component(subject, key);
            raise(status::invalid_type, "TypeError", "InvalidArgumentType",
                  "`." + std::string(key) +
                      "` is read from NODE, RELATIONSHIP, MAP or a temporal value, got " +
                      std::string(kind_name(subject.kind())));
    }
}

Value subscript(const FunctionContext& context, const Value& subject, const Value& index) {
    if (subject.is_null() || index.is_null()) return {};
    switch (subject.kind()) {
        case Kind::list:
            return element(subject.as_list(), index);
        case Kind::map:
        case Kind::node:
        case Kind::relationship:
            if (index.kind() != Kind::string) {
                raise(status::invalid_type, "TypeError", "MapElementAccessByNonString",
                      std::string(kind_name(subject.kind())) + " is read by STRING keys, got " +
                          std::string(kind_name(index.kind())));
            }
            return property_of(context.snapshot, subject, index.as_string());
        default:
            raise(status::invalid_type, "TypeError", "InvalidArgumentType",
                  "`[…]` is read from LIST, MAP, NODE or RELATIONSHIP, got " +
                      std::string(kind_name(subject.kind())));
    }
}

Value slice(const Value& subject, const Value& from, const Value& to, bool has_from, bool has_to) {
    if (subject.is_null() || (has_from && from.is_null()) || (has_to && to.is_null())) return {};
    if (subject.kind() != Kind::list) {
        raise(status::invalid_type, "TypeError", "InvalidArgumentType",
              "`[…..…]` is cut from LIST, got " + std::string(kind_name(subject.kind())));
    }
    const List& list = subject.as_list();
    const auto size = static_cast<std::int64_t>(list.size());
    const std::int64_t begin = has_from ? slice_bound(from, size) : 0;
    const std::int64_t end = has_to ? slice_bound(to, size) : size;
    if (begin >= end) return List();
    if (begin == 0 && end == size) return subject;
    return List(list.begin() + begin, list.begin() + end);
}

}  // namespace islet::query
