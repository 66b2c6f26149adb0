// vocabulary.json, names of entities and of documents → Lexicon.
#include <algorithm>
#include <map>

#include "language_file.hpp"
#include "lexicon.hpp"
#include "phrase_pattern.hpp"
#include "question/tokens.hpp"
#include "vocabulary_forms.hpp"
#include "word_forms.hpp"

namespace islet::kb {
namespace {

class VocabularyReader {
 public:
    VocabularyReader(const JsonFile& general, const JsonFile& file, const Schema& schema,
                     const std::vector<Entity>& entities, const std::vector<Document>& documents,
                     std::vector<Error>& faults)
        : general_(general),
          file_(file),
          schema_(schema),
          entities_(entities),
          documents_(documents),
          faults_(faults) {}

    Lexicon read() {
        for (const JsonFile* words : language_files()) read_language(words->root(), lexicon_, verbs_);
        for (const JsonFile* words : language_files()) read_function_words(*words);
        read_same_words();
        read_labels();
        read_relations();
        read_values();
        read_attributes();
        for (const std::string& pattern : texts(member(file_.root(), "not_names"))) {
            for (const std::string& phrase : expand(pattern, "/not_names"))
                lexicon_.not_names.insert(fold(phrase));
        }
        read_names();
        read_predicates();
        for (const JsonFile* words : language_files()) read_same_as(*words);
        read_compound();
        for (const JsonFile* words : language_files()) read_rephrasings(*words);
        for (const JsonFile* words : language_files()) {
            for (const std::string& word : texts(member(words->root(), "other_words"))) {
                for (const Token& token : tokenize(word, lexicon_.folding))
                    tables_.word(token.folded, word_flag::other);
            }
        }
        for (const std::string& name : texts(member(file_.root(), "mentioned_for"))) {
            if (const RelationRule* rule = schema_.relation(name)) {
                lexicon_.mentioned_for.push_back(static_cast<std::uint32_t>(rule - schema_.relations.data()));
            } else {
                report("/mentioned_for", "there is no relation `" + name + "`");
            }
        }
        for (std::string& name : texts(member(file_.root(), "hidden")))
            lexicon_.hidden.insert(std::move(name));
        lexicon_.examples = texts(member(file_.root(), "examples"));
        lexicon_.tables = tables_.finish();
        return std::move(lexicon_);
    }

 private:
    /// The words of the language, and those of the base.
    [[nodiscard]] std::vector<const JsonFile*> language_files() const {
        const Json* language = member(file_.root(), "language");
        if (language != nullptr && text_member(*language, "general") == "none") return {&file_};
        return {&general_, &file_};
    }

    /// "same_words": [["coriander", "cilantro"]]: names that hold the first are also said with the others.
    void read_same_words() {
        const Json* lists = member(file_.root(), "same_words");
        if (lists == nullptr || !lists->IsArray()) return;
        for (const Json& list : lists->GetArray()) {
            std::vector<std::string> same;
            for (const std::string& pattern : texts(&list)) {
                for (const std::string& one : expand(pattern, "/same_words")) same.push_back(fold(one));
            }
            same_words_.push_back(std::move(same));
        }
    }

    /// A relation's verbs: the subject does it, the object has it done.
    void add_verbs(const Json& json, std::uint32_t index, const std::string& pointer) {
        for (const std::string& pattern : texts(member(json, "verbs"))) {
            for (const std::string& verb : expand(pattern, pointer / "verbs")) {
                const VerbForms forms = verbs_.forms(verb);
                add(verb, {SenseKind::relation, index, true});
                add(forms.gerund, {SenseKind::relation, index, true});
                add(forms.participle, {SenseKind::relation, index, false});
                for (const std::string& after : verbs_.passive)
                    add(forms.participle + " " + after, {SenseKind::relation, index, false});
            }
        }
    }

    void read_function_words(const JsonFile& file) {
        const Json* roles = member(file.root(), "function_words");
        if (roles == nullptr || !roles->IsObject()) return;
        for (const auto& [name, words] : roles->GetObject()) {
            const auto* const role = std::find(role_names.begin(), role_names.end(), text_of(name));
            const std::string pointer = std::string("/function_words") / text_of(name);
            if (role == role_names.end()) {
                report(pointer, "there is no role `" + std::string(text_of(name)) + "`");
                continue;
            }
            add_patterns(&words, {SenseKind::role, static_cast<std::uint32_t>(role - role_names.begin())},
                         pointer);
        }
    }

    void read_labels() {
        lexicon_.label_nouns.resize(schema_.labels.size());
        for (std::size_t i = 0; i < schema_.labels.size(); ++i) {
            for (const char c : schema_.labels[i].name) {
                if (std::isupper(static_cast<unsigned char>(c)) != 0 && !lexicon_.label_nouns[i].empty()) {
                    lexicon_.label_nouns[i] += ' ';
                }
                lexicon_.label_nouns[i] += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            }
        }
        lexicon_.whole_labels.resize(schema_.labels.size());
        for (const std::string& name : texts(member(file_.root(), "whole_labels"))) {
            if (const LabelRule* rule = schema_.label(name)) {
                lexicon_.whole_labels[static_cast<std::size_t>(rule - schema_.labels.data())] = true;
            } else {
                report("/whole_labels", "there is no label `" + name + "`");
            }
        }
        const Json* labels = member(file_.root(), "labels");
        if (labels == nullptr || !labels->IsObject()) return;
        for (const auto& [name, words] : labels->GetObject()) {
            const LabelRule* rule = schema_.label(text_of(name));
            const std::string pointer = std::string("/labels") / text_of(name);
            if (rule == nullptr) {
                report(pointer, "there is no label `" + std::string(text_of(name)) + "`");
                continue;
            }
            const auto index = static_cast<std::uint32_t>(rule - schema_.labels.data());
            add_patterns(&words, {SenseKind::label, index}, pointer);
            if (const std::vector<std::string> list = texts(&words); !list.empty()) {
                lexicon_.label_nouns[index] = expand_pattern(list.front()).front();
            }
        }
    }

    void read_relations() {
        for (const RelationRule& rule : schema_.relations) {
            std::string words;
            for (const char c : rule.name)
                words += c == '_' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            RelationWords relation;
            relation.say = "{subject} " + words + " {object}";
            lexicon_.relations.push_back(std::move(relation));
        }
        const Json* relations = member(file_.root(), "relations");
        if (relations == nullptr || !relations->IsObject()) return;
        for (const auto& [name, json] : relations->GetObject()) {
            const RelationRule* rule = schema_.relation(text_of(name));
            const std::string pointer = std::string("/relations") / text_of(name);
            if (rule == nullptr) {
                report(pointer, "there is no relation `" + std::string(text_of(name)) + "`");
                continue;
            }
            const auto index = static_cast<std::uint32_t>(rule - schema_.relations.data());
            RelationWords& words = lexicon_.relations[index];
            if (const std::string_view say = text_member(json, "say"); !say.empty()) words.say = say;
            words.hierarchy = flag(json, "hierarchy");
            words.mentions = flag(json, "mentions");
            words.negative = flag(json, "negative");
            words.denies = flag(json, "denies");
            words.open = flag(json, "open");
            words.explains = flag(json, "explains");
            words.contains = flag(json, "contains");
            words.part_whole = flag(json, "part_whole");
            words.class_of_subject = flag(json, "class_of_subject");
            words.wider_object = flag(json, "wider_object");
            words.members_of_subject = flag(json, "members_of_subject");
            if (const Json* hedges = member(json, "not_inherited"); hedges != nullptr && hedges->IsObject()) {
                for (const auto& [property, values] : hedges->GetObject()) {
                    words.hedge_property = text_of(property);
                    words.hedges = texts(&values);
                }
            }
            words.denial_property = text_member(json, "denial_property");
            words.denial_value = text_member(json, "denial_value");
            if (const std::string_view other = text_member(json, "converse"); !other.empty()) {
                if (const RelationRule* found = schema_.relation(other)) {
                    words.converse = static_cast<std::uint32_t>(found - schema_.relations.data());
                } else {
                    report(pointer / "converse", "there is no relation `" + std::string(other) + "`");
                }
            }
            if (const Json* rank = member(json, "rank"); rank != nullptr && rank->IsInt())
                words.rank = rank->GetInt();
            if (words.hierarchy) lexicon_.hierarchy = index;
            add_patterns(member(json, "forward"), {SenseKind::relation, index, true}, pointer / "forward");
            add_patterns(member(json, "backward"), {SenseKind::relation, index, false}, pointer / "backward");
            add_verbs(json, index, pointer);
            add_patterns(member(json, "contrary_forward"), {SenseKind::relation, index, true, true},
                         pointer / "contrary_forward");
            add_patterns(member(json, "contrary_backward"), {SenseKind::relation, index, false, true},
                         pointer / "contrary_backward");
        }
    }

    static bool flag(const Json& json, const char* name) {
        const Json* value = member(json, name);
        return value != nullptr && value->IsBool() && value->GetBool();
    }

    /// Whether some relation has the property with the value.
    [[nodiscard]] bool value_exists(std::string_view property, const std::string& value) const {
        for (const RelationRule& rule : schema_.relations) {
            const PropertyRule* found = rule.property(property);
            if (found == nullptr) continue;
            const FacetRule* facet = schema_.facet(found->facet);
            const std::vector<std::string>& values = facet != nullptr ? facet->values : found->values;
            if (std::find(values.begin(), values.end(), value) != values.end()) return true;
        }
        return false;
    }

    void read_values() {
        // (property, phrase) → values; a phrase that stands with several asks for any of them.
        std::map<std::pair<std::string, std::string>, std::vector<std::string>> asked;
        const auto ask = [&](const std::string& property, const std::string& phrase,
                             const std::string& value) {
            std::vector<std::string>& values = asked[{property, fold(phrase)}];
            if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
            written_.emplace(fold(phrase), phrase);
        };
        for (const FacetRule& facet : schema_.facets) {
            for (const std::string& value : facet.values) ask(facet.name, value, value);
        }
        const Json* properties = member(file_.root(), "values");
        if (properties != nullptr && properties->IsObject()) {
            for (const auto& [name, values] : properties->GetObject()) {
                const std::string property(text_of(name));
                for (const auto& [value, phrases] : values.GetObject()) {
                    const std::string pointer = std::string("/values") / property / text_of(value);
                    if (!value_exists(property, std::string(text_of(value)))) {
                        report(pointer, "no relation has `" + std::string(text_of(value)) +
                                            "` as a value of `" + property + "`");
                        continue;
                    }
                    for (const std::string& pattern : texts(&phrases)) {
                        for (const std::string& phrase : expand(pattern, pointer)) {
                            ask(property, phrase, std::string(text_of(value)));
                        }
                    }
                }
            }
        }
        // Thousands of phrases ask for a few dozen choices of values.
        std::map<std::pair<std::string, std::vector<std::string>>, std::size_t> known;
        for (const auto& [key, values] : asked) {
            const auto [word, added] = known.try_emplace({key.first, values}, known.size());
            if (added) lexicon_.values.push_back({key.first, values});
            add(written_.at(key.second), {SenseKind::value, static_cast<std::uint32_t>(word->second)});
        }
    }

    void read_attributes() {
        const Json* attributes = member(file_.root(), "attributes");
        if (attributes == nullptr || !attributes->IsObject()) return;
        for (const auto& [name, json] : attributes->GetObject()) {
            const std::string pointer = std::string("/attributes") / text_of(name);
            Attribute attribute;
            attribute.name = text_of(name);
            attribute.relations = texts(member(json, "relations"));
            attribute.property = text_member(json, "property");
            attribute.unknown = flag(json, "unknown");
            attribute.of_entity = flag(json, "of_entity");
            attribute.of_document = flag(json, "of_document");
            attribute.labels = texts(member(json, "of"));
            const bool own = attribute.of_entity || attribute.of_document;
            for (const std::string& relation : attribute.relations) {
                if (schema_.relation(relation) == nullptr)
                    report(pointer / "relations", "there is no relation `" + relation + "`");
            }
            add_patterns(member(json, "words"),
                         {own ? SenseKind::property : SenseKind::attribute,
                          static_cast<std::uint32_t>(lexicon_.attributes.size())},
                         pointer / "words");
            for (const bool greatest : {true, false}) {
                const char* key = greatest ? "greatest" : "least";
                add_patterns(member(json, key),
                             {greatest ? SenseKind::greatest : SenseKind::least,
                              static_cast<std::uint32_t>(lexicon_.attributes.size())},
                             pointer / key);
            }
            lexicon_.attributes.push_back(std::move(attribute));
        }
    }

    void read_names() {
        std::map<std::string, std::uint32_t, std::less<>> ids;
        for (std::uint32_t i = 0; i < entities_.size(); ++i) {
            const Entity& entity = entities_[i];
            const Sense sense{SenseKind::entity, i};
            ids.emplace(entity.id, i);
            add(entity.name, sense);
            for (const auto* names :
                 {&entity.synonyms, &entity.brand_names, &entity.abbreviations, &entity.misspellings}) {
                for (const std::string& name : *names) add(name, sense);
            }
        }
        for (std::uint32_t i = 0; i < documents_.size(); ++i) {
            add(documents_[i].name, {SenseKind::document, i});
            add(documents_[i].file, {SenseKind::document, i});
            for (const std::string& name : documents_[i].synonyms) add(name, {SenseKind::document, i});
        }
        read_name_patterns();
        const Json* more = member(file_.root(), "entities");
        if (more == nullptr || !more->IsObject()) return;
        for (const auto& [id, phrases] : more->GetObject()) {
            const std::string pointer = std::string("/entities") / text_of(id);
            if (const auto it = ids.find(text_of(id)); it != ids.end()) {
                add_patterns(&phrases, {SenseKind::entity, it->second}, pointer);
                continue;
            }
            const auto document =
                std::find_if(documents_.begin(), documents_.end(),
                             [wanted = text_of(id)](const Document& one) { return one.id == wanted; });
            if (document == documents_.end()) {
                report(pointer, "there is no entity `" + std::string(text_of(id)) + "`");
                continue;
            }
            add_patterns(&phrases,
                         {SenseKind::document, static_cast<std::uint32_t>(document - documents_.begin())},
                         pointer);
        }
    }

    /// "names": {"Herb": ["fresh {x}"]}: how all things of a label may be named too.
    void read_name_patterns() {
        const Json* labels = member(file_.root(), "names");
        if (labels == nullptr || !labels->IsObject()) return;
        for (const auto& [label, patterns] : labels->GetObject()) {
            const std::string pointer = std::string("/names") / text_of(label);
            if (schema_.label(text_of(label)) == nullptr)
                report(pointer, "there is no label `" + std::string(text_of(label)) + "`");
            for (const std::string& pattern : texts(&patterns)) {
                for (const std::string& form : expand(pattern, pointer)) {
                    if (form.find(name_slot) == std::string::npos)
                        report(pointer, "`" + form + "` has no " + std::string(name_slot));
                    for (auto& [name, entity] : names_by_pattern(form, text_of(label), entities_))
                        add_new(name, {SenseKind::entity, entity});
                }
            }
        }
    }

    /// "same_as": {"with": ["accompanied by"]}: phrases that mean what another one means.
    void read_same_as(const JsonFile& file) {
        const Json* lists = member(file.root(), "same_as");
        if (lists == nullptr || !lists->IsObject()) return;
        for (const auto& [known, phrases] : lists->GetObject()) {
            for (const Sense& sense : tables_.senses_of(fold(std::string(text_of(known)))))
                add_patterns(&phrases, sense, std::string("/same_as") / text_of(known));
        }
    }

    /// Adds a phrase that has no meaning yet.
    void add_new(const std::string& phrase, Sense sense) {
        if (tables_.senses_of(fold(phrase)).empty()) add(phrase, sense);
    }

    /// "predicates": {"RELATION": {"object id": [phrases]}}
    void read_predicates() {
        const Json* predicates = member(file_.root(), "predicates");
        if (predicates == nullptr || !predicates->IsObject()) return;
        for (const auto& [name, objects] : predicates->GetObject()) {
            const RelationRule* rule = schema_.relation(text_of(name));
            const std::string pointer = std::string("/predicates") / text_of(name);
            if (rule == nullptr || !objects.IsObject()) {
                report(pointer, "there is no relation `" + std::string(text_of(name)) + "`");
                continue;
            }
            for (const auto& [id, phrases] : objects.GetObject()) {
                const auto entity =
                    std::find_if(entities_.begin(), entities_.end(),
                                 [wanted = text_of(id)](const Entity& one) { return one.id == wanted; });
                if (entity == entities_.end()) {
                    report(pointer / text_of(id), "there is no entity `" + std::string(text_of(id)) + "`");
                    continue;
                }
                add_patterns(&phrases,
                             {SenseKind::predicate, static_cast<std::uint32_t>(lexicon_.predicates.size())},
                             pointer / text_of(id));
                lexicon_.predicates.push_back({static_cast<std::uint32_t>(rule - schema_.relations.data()),
                                               static_cast<std::uint32_t>(entity - entities_.begin())});
            }
        }
    }

    /// "compound": the connector that is meant where one noun stands before another.
    void read_compound() {
        lexicon_.compound = tables_.senses_of(fold(std::string(text_member(file_.root(), "compound"))));
    }

    /// "rephrase": [["pattern with {x}", …, "what it means"], …]
    void read_rephrasings(const JsonFile& file) {
        const Json* rules = member(file.root(), "rephrase");
        if (rules == nullptr || !rules->IsArray()) return;
        for (std::size_t i = 0; i < rules->Size(); ++i) {
            const std::string pointer = "/rephrase/" + std::to_string(i);
            const std::vector<std::string> forms = texts(&(*rules)[static_cast<rapidjson::SizeType>(i)]);
            if (forms.size() < 2) {
                report(pointer, "a rephrasing needs a pattern and what it means");
                continue;
            }
            for (const std::string& problem : forms_.add(forms)) report(pointer, problem);
        }
    }

    std::vector<std::string> expand(const std::string& pattern, const std::string& pointer) {
        const auto parsed = PhrasePattern::parse(pattern);
        if (parsed && parsed->size() > most_phrases_of_pattern) {
            report(pointer, too_many_phrases(pattern, parsed->size()));
            return {};
        }
        std::vector<std::string> phrases = expand_pattern(pattern);
        if (phrases.empty()) report(pointer, "the brackets of `" + pattern + "` do not match");
        return phrases;
    }

    void add_patterns(const Json* patterns, Sense sense, const std::string& pointer) {
        for (const std::string& pattern : texts(patterns)) {
            for (const std::string& phrase : expand(pattern, pointer)) add(phrase, sense);
        }
    }

    std::string fold(const std::string& phrase) {
        std::string folded;
        for (const Token& token : tokenize(phrase, lexicon_.folding)) {
            if (!folded.empty()) folded += ' ';
            folded += token.folded;
        }
        return folded;
    }

    void add(const std::string& phrase, Sense sense) {
        const std::vector<Token> tokens = tokenize(phrase, lexicon_.folding);
        if (tokens.empty()) return;
        std::string folded;
        for (const Token& token : tokens) {
            if (!folded.empty()) folded += ' ';
            folded += token.folded;
            const bool name = sense.kind == SenseKind::entity || sense.kind == SenseKind::label ||
                              sense.kind == SenseKind::document || sense.kind == SenseKind::value;
            tables_.word(token.folded, word_flag::of_phrase | (name ? word_flag::of_name : 0));
        }
        if (sense.kind == SenseKind::entity && lexicon_.not_names.contains(folded)) return;
        tables_.phrase(folded, phrase, sense);
        lexicon_.longest = std::max(lexicon_.longest, tokens.size());
        if (sense.kind == SenseKind::role || within_same_words_) return;
        within_same_words_ = true;
        std::vector<std::string> variants{folded};
        for (const std::vector<std::string>& same : same_words_) {
            for (std::size_t i = 0, count = variants.size(); i < count; ++i) {
                for (std::string& other : with_other_words(variants[i], same))
                    variants.push_back(std::move(other));
            }
        }
        for (std::size_t i = 1; i < variants.size(); ++i) add(variants[i], sense);
        within_same_words_ = false;
    }

    void report(const std::string& pointer, std::string message) {
        faults_.push_back(fault(file_.name, pointer, std::move(message)));
    }

    const JsonFile& general_;
    const JsonFile& file_;
    const Schema& schema_;
    const std::vector<Entity>& entities_;
    const std::vector<Document>& documents_;
    std::vector<Error>& faults_;
    Lexicon lexicon_;
    VerbRules verbs_;
    std::vector<std::vector<std::string>> same_words_;  ///< folded
    bool within_same_words_ = false;
    WordTablesBuilder tables_;
    std::map<std::string, std::string> written_;
    FormsReader forms_{tables_, lexicon_.folding};
};

}  // namespace

Lexicon read_vocabulary(const JsonFile& general, const JsonFile& file, const Schema& schema,
                        const std::vector<Entity>& entities, const std::vector<Document>& documents,
                        std::vector<Error>& faults) {
    return VocabularyReader(general, file, schema, entities, documents, faults).read();
}

}  // namespace islet::kb
