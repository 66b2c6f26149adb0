#include "islet/schema.hpp"

#include <algorithm>

namespace islet {
namespace {

template <class Rule>
const Rule* find(const std::vector<Rule>& rules, std::string_view name) noexcept {
    const auto it =
        std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.name == name; });
    return it == rules.end() ? nullptr : &*it;
}

bool contains(const std::vector<std::string>& names, std::string_view name) noexcept {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

const PropertyRule* RelationRule::property(std::string_view wanted) const noexcept {
    return find(properties, wanted);
}

bool FacetRule::has(std::string_view value) const noexcept {
    return contains(values, value);
}

std::vector<std::string> FacetRule::stating(std::string_view value) const {
    std::vector<std::string> found{std::string(value)};
    for (std::size_t i = 0; i < found.size(); ++i) {
        for (const auto& [specific, general] : implies) {
            if (contains(general, found[i]) && !contains(found, specific)) found.push_back(specific);
        }
    }
    return found;
}

const LabelRule* Schema::label(std::string_view wanted) const noexcept {
    return find(labels, wanted);
}
const RelationRule* Schema::relation(std::string_view wanted) const noexcept {
    return find(relations, wanted);
}
const FacetRule* Schema::facet(std::string_view wanted) const noexcept {
    return find(facets, wanted);
}

std::vector<std::string> Schema::with_ancestors(std::string_view wanted) const {
    std::vector<std::string> found{std::string(wanted)};
    for (std::size_t i = 0; i < found.size(); ++i) {
        const LabelRule* rule = label(found[i]);
        if (rule == nullptr) continue;
        for (const std::string& parent : rule->is_a) {
            if (!contains(found, parent)) found.push_back(parent);
        }
    }
    return found;
}

bool Schema::is_a(std::string_view wanted, std::string_view ancestor) const {
    return wanted == ancestor || contains(with_ancestors(wanted), ancestor);
}

}  // namespace islet
