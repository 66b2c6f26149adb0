// The oracle's own values, with its own three-valued logic and order. Nothing here uses the engine's, so that
// a mistake there is not repeated here.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace islet::oracle {

struct Datum;
using Data = std::vector<Datum>;

/// A node or relationship by its position in the oracle's Graph.
struct NodeRef {
    std::size_t at = 0;
    friend auto operator<=>(const NodeRef&, const NodeRef&) = default;
};
struct RelRef {
    std::size_t at = 0;
    friend auto operator<=>(const RelRef&, const RelRef&) = default;
};
struct Walk {
    std::vector<NodeRef> nodes;
    std::vector<RelRef> rels;
    friend bool operator==(const Walk&, const Walk&) = default;
};

/// std::monostate is null.
struct Datum {
    std::variant<std::monostate, bool, std::int64_t, double, std::string, Data, NodeRef, RelRef, Walk> held;

    template <class T>
    [[nodiscard]] const T* as() const {
        return std::get_if<T>(&held);
    }
    [[nodiscard]] bool is_null() const { return held.index() == 0; }
    [[nodiscard]] bool is_number() const { return as<std::int64_t>() != nullptr || as<double>() != nullptr; }
    /// REQUIRES: is_number()
    [[nodiscard]] double number() const;
};

inline Datum null_datum() {
    return {};
}
template <class T>
Datum datum(T value) {
    return Datum{std::move(value)};
}
inline Datum integer(std::int64_t value) {
    return datum(value);
}

/// True, false, or unknown.
using Truth = std::optional<bool>;

Truth equal(const Datum& a, const Datum& b);
/// The sign of a against b; none where they cannot be compared.
std::optional<int> compared(const Datum& a, const Datum& b);
/// For DISTINCT and grouping: null is null, and 1 is 1.0.
bool same(const Datum& a, const Datum& b);
/// ORDER BY, ascending. REQUIRES: no relationships and paths, whose order is the engine's own affair.
int total_order(const Datum& a, const Datum& b);

/// A value of a kind that the operation has no meaning for: a query that must fail when it runs.
struct TypeFailure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace islet::oracle
