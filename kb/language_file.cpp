#include "language_file.hpp"

namespace islet::kb {
namespace {

std::vector<std::pair<std::string, std::string>> pairs(const Json* list) {
    std::vector<std::pair<std::string, std::string>> found;
    if (list == nullptr || !list->IsArray()) return found;
    for (const Json& pair : list->GetArray()) {
        const std::vector<std::string> both = texts(&pair);
        if (both.size() == 2) found.emplace_back(both[0], both[1]);
    }
    return found;
}

void read_verb_rules(const Json& words, VerbRules& verbs) {
    const Json* rules = member(words, "verbs");
    if (rules == nullptr) return;
    verbs.gerund = pairs(member(*rules, "gerund"));
    verbs.participle = pairs(member(*rules, "participle"));
    verbs.passive = texts(member(*rules, "passive"));
    if (const Json* list = member(*rules, "irregular"); list != nullptr && list->IsArray()) {
        for (const Json& one : list->GetArray()) verbs.irregular.push_back(texts(&one));
    }
}

}  // namespace

void read_language(const Json& words, Lexicon& lexicon, VerbRules& verbs) {
    if (const Json* forms = member(words, "canonical"); forms != nullptr && forms->IsObject()) {
        for (const auto& [name, text] : forms->GetObject())
            lexicon.canonical.insert_or_assign(std::string(text_of(name)), std::string(text_of(text)));
    }
    read_verb_rules(words, verbs);
    const Json* language = member(words, "language");
    if (language == nullptr) return;
    Folding& folding = lexicon.folding;
    const auto append = [](auto& all, const auto& more) { all.insert(all.end(), more.begin(), more.end()); };
    append(folding.spelling, pairs(member(*language, "spelling")));
    append(folding.endings, pairs(member(*language, "endings")));
    append(folding.keep, texts(member(*language, "keep")));
    append(lexicon.attributive, texts(member(*language, "attributive")));
    for (const auto& [word, folded] : pairs(member(*language, "irregular")))
        folding.irregular.insert_or_assign(word, folded);
    for (const auto& [word, full] : pairs(member(*language, "contractions")))
        folding.contractions.insert_or_assign(word, full);
    for (const auto& [word, full] : pairs(member(*language, "opening")))
        folding.opening.insert_or_assign(word, full);
    for (std::string& word : texts(member(*language, "skip"))) folding.skip.insert(std::move(word));
}

}  // namespace islet::kb
