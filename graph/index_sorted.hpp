// Indexes over a base: made when first asked for, kept as long as the base.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "islet/catalog.hpp"
#include "islet/ids.hpp"
#include "islet/value.hpp"

namespace islet {

class Base;
struct TextIndex;  // index_text.hpp

/// The nodes of a label (relationships of a type) that have a key, sorted by value and then by id, and their
/// values beside them. Strings lie in the base's dictionary.
///
/// Invariant: exactly the vector of `kind` is filled, as long as `ids`; Kind::null: `generic`.
struct SortedIndex {
    std::vector<std::uint32_t> ids;
    Kind kind = Kind::null;
    std::vector<std::int64_t> integers;
    std::vector<double> floats;
    std::vector<std::string_view> strings;
    std::vector<Value> generic;

    using Positions = std::pair<std::size_t, std::size_t>;  ///< [first, second)
    [[nodiscard]] Positions equal(const Value& value) const;
    /// Both bounds count as within; at least one is there.
    [[nodiscard]] Positions between(const Value* least, const Value* most) const;
    [[nodiscard]] Positions prefix(std::string_view text) const;

 private:
    /// The sign of entry `i`'s value against another, in the total order of values.
    [[nodiscard]] int against(std::size_t i, const Value& value) const;
    /// Whether `<` can compare the entry's value with another.
    [[nodiscard]] bool comparable(std::size_t i, const Value& value) const;
    template <class Holds>
    [[nodiscard]] std::size_t first_not(std::size_t from, std::size_t to, Holds holds) const;
};

SortedIndex sorted_index(const Base& base, Owner owner, std::uint32_t label, KeyId key);

/// Thread-safe. What it answers is valid as long as the cache.
class IndexCache {
 public:
    const SortedIndex& sorted(const Base& base, Owner owner, std::uint32_t label, KeyId key);
    /// The same, but nullptr for the first few times that nobody has had it made.
    const SortedIndex* sorted_if_worth_it(const Base& base, LabelId label, KeyId key);
    const TextIndex& text(const Base& base, LabelId label, KeyId key);

 private:
    template <class Index>
    struct Entry {
        std::once_flag once;
        Index index;
        bool made = false;   ///< guarded by the cache's mutex
        unsigned asked = 0;  ///< likewise
    };
    struct Place {
        Owner owner;
        std::uint32_t label;
        std::uint32_t key;
        // clang-tidy 14 takes its zero for a pointer.
        friend auto operator<=>(const Place&, const Place&) = default;  // NOLINT(modernize-use-nullptr)
    };

    std::mutex mutex_;
    std::map<Place, std::shared_ptr<Entry<SortedIndex>>> sorted_;
    std::map<Place, std::shared_ptr<Entry<std::shared_ptr<const TextIndex>>>> texts_;
};

}  // namespace islet
