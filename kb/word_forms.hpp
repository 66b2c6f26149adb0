// Forms of the words that a vocabulary gives: what it need not list one by one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "islet/knowledge.hpp"

namespace islet::kb {

/// The forms of one verb with the words that follow it ("take out"); the first word is the verb.
struct VerbForms {
    std::string gerund;
    std::string participle;
};

/// How the verbs of a language are put in other forms, by rules and exceptions, all from data.
struct VerbRules {
    std::vector<std::pair<std::string, std::string>> gerund;      ///< ending → ending; the first that fits
    std::vector<std::pair<std::string, std::string>> participle;  ///< ending → ending; the first that fits
    std::vector<std::vector<std::string>> irregular;              ///< verb, gerund, participle
    std::vector<std::string> passive;  ///< words that may follow a participle: by, in, with

    [[nodiscard]] VerbForms forms(std::string_view verb) const;
};

/// `folded` with the first of `same` replaced by each of the others, wherever it stands as whole words;
/// empty if it does not stand there.
std::vector<std::string> with_other_words(std::string_view folded, const std::vector<std::string>& same);

inline constexpr std::string_view name_slot = "{x}";

/// The names that `form` makes of those of all entities with the label: it has name_slot for them. With the
/// indexes of the entities.
std::vector<std::pair<std::string, std::uint32_t>> names_by_pattern(std::string_view form,
                                                                    std::string_view label,
                                                                    const std::vector<Entity>& entities);

}  // namespace islet::kb
