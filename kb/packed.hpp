// Plain structs as bytes and back, for what a knowledge base keeps beside its graph. What is packed is
// unpacked by the same build, so that nothing of it needs a version.
#pragma once

#include <cstddef>
#include <cstring>
#include <map>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "lexicon.hpp"
#include "statements.hpp"

namespace islet::kb {

/// Calls archive(members…) for each struct. Every struct is taken apart as a whole: with a member more it
/// does not compile until that is packed too.
template <class Archive, class T>
void each_member(Archive& archive, T& object) {
    using Plain = std::remove_const_t<T>;
    if constexpr (std::is_same_v<Plain, PropertyRule>) {
        auto& [name, type, values, required, facet] = object;
        archive(name, type, values, required, facet);
    } else if constexpr (std::is_same_v<Plain, LabelRule>) {
        auto& [name, is_a, abstract, apart, biolink] = object;
        archive(name, is_a, abstract, apart, biolink);
    } else if constexpr (std::is_same_v<Plain, RelationRule>) {
        auto& [name, domain, range, label, object_type, properties, biolink] = object;
        archive(name, domain, range, label, object_type, properties, biolink);
    } else if constexpr (std::is_same_v<Plain, FacetRule>) {
        auto& [name, values, implies] = object;
        archive(name, values, implies);
    } else if constexpr (std::is_same_v<Plain, ExportRule>) {
        auto& [prefix, properties, defaults, values, types] = object;
        archive(prefix, properties, defaults, values, types);
    } else if constexpr (std::is_same_v<Plain, Schema>) {
        auto& [name, title, version, labels, relations, facets, evidence, exports] = object;
        archive(name, title, version, labels, relations, facets, evidence, exports);
    } else if constexpr (std::is_same_v<Plain, Entity::Context>) {
        auto& [facet, value] = object;
        archive(facet, value);
    } else if constexpr (std::is_same_v<Plain, Entity>) {
        auto& [id, labels, name, synonyms, brands, abbreviations, misspellings, means, context, node] =
            object;
        archive(id, labels, name, synonyms, brands, abbreviations, misspellings, means, context, node);
    } else if constexpr (std::is_same_v<Plain, Document::Section>) {
        auto& [title, first, last, date, node] = object;
        archive(title, first, last, date, node);
    } else if constexpr (std::is_same_v<Plain, Document>) {
        auto& [id, name, publisher, date, file, synonyms, sections, node] = object;
        archive(id, name, publisher, date, file, synonyms, sections, node);
    } else if constexpr (std::is_same_v<Plain, StatementCount>) {
        auto& [source, relation, statements] = object;
        archive(source, relation, statements);
    } else if constexpr (std::is_same_v<Plain, Folding>) {
        auto& [spelling, endings, keep, irregular, skip, contractions, opening] = object;
        archive(spelling, endings, keep, irregular, skip, contractions, opening);
    } else if constexpr (std::is_same_v<Plain, Sense>) {
        auto& [kind, index, forward, contrary] = object;
        archive(kind, index, forward, contrary);
    } else if constexpr (std::is_same_v<Plain, ValueWord>) {
        auto& [property, values] = object;
        archive(property, values);
    } else if constexpr (std::is_same_v<Plain, Attribute>) {
        auto& [name, relations, property, unknown, of_entity, labels, of_document] = object;
        archive(name, relations, property, unknown, of_entity, labels, of_document);
    } else if constexpr (std::is_same_v<Plain, Predicate>) {
        auto& [relation, entity] = object;
        archive(relation, entity);
    } else if constexpr (std::is_same_v<Plain, RelationWords>) {
        auto& [say, hierarchy, mentions, denies, open, negative, explains, contains, part_whole,
               class_of_subject, hedge_property, hedges, wider_object, members_of_subject, denial_property,
               denial_value, converse, rank] = object;
        archive(say, hierarchy, mentions, denies, open, negative, explains, contains, part_whole,
                class_of_subject, hedge_property, hedges, wider_object, members_of_subject, denial_property,
                denial_value, converse, rank);
    } else {
        static_assert(std::is_same_v<Plain, Lexicon>, "each_member() does not know the struct");
        // The tables go by themselves: they are used where they lie.
        auto& [folding, tables, longest, not_names, values, attributes, predicates, mentioned_for, compound,
               attributive, relations, whole_labels, label_nouns, hierarchy, hidden, examples, canonical] =
            object;
        archive(folding, longest, not_names, values, attributes, predicates, mentioned_for, compound,
                attributive, relations, whole_labels, label_nouns, hierarchy, hidden, examples, canonical);
    }
}

class PackWriter {
 public:
    template <class... T>
    void operator()(const T&... values) {
        (put(values), ...);
    }
    [[nodiscard]] std::vector<std::byte> take() { return std::move(bytes_); }

 private:
    void raw(const void* data, std::size_t size) {
        const auto* at = static_cast<const std::byte*>(data);
        bytes_.insert(bytes_.end(), at, at + size);
    }
    void size(std::size_t size) { put(static_cast<std::uint32_t>(size)); }

    template <class T>
    void put(const T& value) {
        if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
            raw(&value, sizeof(T));
        } else {
            each_member(*this, value);
        }
    }
    void put(const std::string& text) {
        size(text.size());
        raw(text.data(), text.size());
    }
    void put(const std::vector<bool>& flags) {
        size(flags.size());
        for (const bool flag : flags) put(flag);
    }
    template <class A, class B>
    void put(const std::pair<A, B>& both) {
        put(both.first);
        put(both.second);
    }
    template <class T>
    void put(const std::vector<T>& values) {
        size(values.size());
        for (const T& value : values) put(value);
    }
    template <class K, class V, class L>
    void put(const std::map<K, V, L>& values) {
        size(values.size());
        for (const auto& value : values) put(value);
    }
    template <class T, class L>
    void put(const std::set<T, L>& values) {
        size(values.size());
        for (const T& value : values) put(value);
    }

    std::vector<std::byte> bytes_;
};

/// Throws std::runtime_error where the bytes end too soon.
class PackReader {
 public:
    explicit PackReader(std::span<const std::byte> bytes) : rest_(bytes) {}

    template <class... T>
    void operator()(T&... values) {
        (get(values), ...);
    }

 private:
    std::span<const std::byte> take(std::size_t size) {
        if (size > rest_.size()) throw std::runtime_error("a packed knowledge base ends too soon");
        const auto taken = rest_.first(size);
        rest_ = rest_.subspan(size);
        return taken;
    }
    std::uint32_t size() {
        std::uint32_t size = 0;
        get(size);
        return size;
    }

    template <class T>
    void get(T& value) {
        if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
            std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
        } else {
            each_member(*this, value);
        }
    }
    void get(std::string& text) {
        const auto bytes = take(size());
        text.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());  // NOLINT(*-reinterpret-cast)
    }
    void get(std::vector<bool>& flags) {
        flags.resize(size());
        for (std::size_t i = 0; i < flags.size(); ++i) {
            bool flag = false;
            get(flag);
            flags[i] = flag;
        }
    }
    template <class A, class B>
    void get(std::pair<A, B>& both) {
        get(both.first);
        get(both.second);
    }
    template <class T>
    void get(std::vector<T>& values) {
        values.resize(size());
        for (T& value : values) get(value);
    }
    template <class K, class V, class L>
    void get(std::map<K, V, L>& values) {
        for (std::uint32_t left = size(); left > 0; --left) {
            std::pair<K, V> value;
            get(value);
            values.insert(values.end(), std::move(value));
        }
    }
    template <class T, class L>
    void get(std::set<T, L>& values) {
        for (std::uint32_t left = size(); left > 0; --left) {
            T value;
            get(value);
            values.insert(values.end(), std::move(value));
        }
    }

    std::span<const std::byte> rest_;
};

}  // namespace islet::kb
