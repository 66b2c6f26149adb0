#include "datum.hpp"

namespace islet::oracle {
namespace {

template <class T>
int sign(const T& a, const T& b) {
    if (a < b) return -1;
    return b < a ? 1 : 0;
}

/// Where a kind stands among all values in ORDER BY.
int rank(const Datum& value) {
    if (value.as<NodeRef>() != nullptr) return 1;
    if (value.as<RelRef>() != nullptr) return 2;
    if (value.as<Data>() != nullptr) return 3;
    if (value.as<Walk>() != nullptr) return 4;
    if (value.as<std::string>() != nullptr) return 5;
    if (value.as<bool>() != nullptr) return 6;
    if (value.is_number()) return 7;
    return 8;  // null comes last
}

}  // namespace

double Datum::number() const {
    const auto* whole = as<std::int64_t>();
    return whole != nullptr ? static_cast<double>(*whole) : std::get<double>(held);
}

Truth equal(const Datum& a, const Datum& b) {
    if (a.is_null() || b.is_null()) return std::nullopt;
    if (a.is_number() && b.is_number()) return a.number() == b.number();
    if (a.held.index() != b.held.index()) return false;
    const auto* list = a.as<Data>();
    if (list == nullptr) return same(a, b);
    const Data& other = std::get<Data>(b.held);
    if (list->size() != other.size()) return false;
    Truth all = true;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const Truth one = equal((*list)[i], other[i]);
        if (one == false) return false;
        if (!one) all = std::nullopt;
    }
    return all;
}

std::optional<int> compared(const Datum& a, const Datum& b) {
    if (a.is_null() || b.is_null()) return std::nullopt;
    if (a.is_number() && b.is_number()) return sign(a.number(), b.number());
    if (a.held.index() != b.held.index()) return std::nullopt;
    if (const auto* text = a.as<std::string>()) return sign(*text, std::get<std::string>(b.held));
    if (const auto* yes = a.as<bool>()) return sign(*yes, std::get<bool>(b.held));
    const auto* list = a.as<Data>();
    if (list == nullptr) return std::nullopt;
    const Data& other = std::get<Data>(b.held);
    for (std::size_t i = 0; i < list->size() && i < other.size(); ++i) {
        const std::optional<int> one = compared((*list)[i], other[i]);
        if (one != 0) return one;
    }
    return sign(list->size(), other.size());
}

bool same(const Datum& a, const Datum& b) {
    if (a.is_number() && b.is_number()) return a.number() == b.number();
    if (a.held.index() != b.held.index()) return false;
    if (const auto* list = a.as<Data>()) {
        const Data& other = std::get<Data>(b.held);
        if (list->size() != other.size()) return false;
        for (std::size_t i = 0; i < list->size(); ++i) {
            if (!same((*list)[i], other[i])) return false;
        }
        return true;
    }
    if (a.is_null()) return true;
    if (const auto* yes = a.as<bool>()) return *yes == std::get<bool>(b.held);
    if (const auto* text = a.as<std::string>()) return *text == std::get<std::string>(b.held);
    if (const auto* node = a.as<NodeRef>()) return *node == std::get<NodeRef>(b.held);
    if (const auto* rel = a.as<RelRef>()) return *rel == std::get<RelRef>(b.held);
    return std::get<Walk>(a.held) == std::get<Walk>(b.held);
}

int total_order(const Datum& a, const Datum& b) {
    if (rank(a) != rank(b)) return sign(rank(a), rank(b));
    if (a.is_number()) return sign(a.number(), b.number());
    if (const auto* yes = a.as<bool>()) return sign(*yes, std::get<bool>(b.held));
    if (const auto* text = a.as<std::string>()) return sign(*text, std::get<std::string>(b.held));
    if (const auto* node = a.as<NodeRef>()) return sign(*node, std::get<NodeRef>(b.held));
    if (const auto* list = a.as<Data>()) {
        const Data& other = std::get<Data>(b.held);
        for (std::size_t i = 0; i < list->size() && i < other.size(); ++i) {
            const int one = total_order((*list)[i], other[i]);
            if (one != 0) return one;
        }
        return sign(list->size(), other.size());
    }
    if (a.is_null()) return 0;
    throw std::logic_error("relationships and paths have no order here");
}

}  // namespace islet::oracle
