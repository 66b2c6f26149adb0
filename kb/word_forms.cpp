#include "word_forms.hpp"

#include <algorithm>

namespace islet::kb {
namespace {

std::string with_ending(std::string_view word,
                        const std::vector<std::pair<std::string, std::string>>& rules) {
    for (const auto& [from, to] : rules) {
        if (word.size() > from.size() && word.ends_with(from))
            return std::string(word.substr(0, word.size() - from.size())) + to;
    }
    return std::string(word);
}

}  // namespace

VerbForms VerbRules::forms(std::string_view verb) const {
    const std::size_t space = std::min(verb.find(' '), verb.size());
    const std::string_view word = verb.substr(0, space);
    const std::string rest(verb.substr(space));
    for (const std::vector<std::string>& one : irregular) {
        if (one.size() == 3 && one[0] == word) return {one[1] + rest, one[2] + rest};
    }
    return {with_ending(word, gerund) + rest, with_ending(word, participle) + rest};
}

std::vector<std::string> with_other_words(std::string_view folded, const std::vector<std::string>& same) {
    std::vector<std::string> all;
    if (same.empty() || same.front().empty()) return all;
    const std::string padded = " " + std::string(folded) + " ";
    const std::size_t at = padded.find(" " + same.front() + " ");
    if (at == std::string::npos) return all;
    for (std::size_t i = 1; i < same.size(); ++i) {
        std::string other = padded;
        other.replace(at + 1, same.front().size(), same[i]);
        all.push_back(other.substr(1, other.size() - 2));
    }
    return all;
}

std::vector<std::pair<std::string, std::uint32_t>> names_by_pattern(std::string_view form,
                                                                    std::string_view label,
                                                                    const std::vector<Entity>& entities) {
    std::vector<std::pair<std::string, std::uint32_t>> all;
    const std::size_t at = form.find(name_slot);
    if (at == std::string_view::npos) return all;
    for (std::uint32_t i = 0; i < entities.size(); ++i) {
        const Entity& entity = entities[i];
        if (std::find(entity.labels.begin(), entity.labels.end(), label) == entity.labels.end()) continue;
        const auto put = [&](const std::string& name) {
            all.emplace_back(std::string(form).replace(at, name_slot.size(), name), i);
        };
        put(entity.name);
        for (const auto* names : {&entity.synonyms, &entity.brand_names, &entity.abbreviations})
            std::for_each(names->begin(), names->end(), put);
    }
    return all;
}

}  // namespace islet::kb
