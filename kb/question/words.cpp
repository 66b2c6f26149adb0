// A reading in plain words: what the answer shows as its interpretation.
#include <algorithm>

#include "question/pattern.hpp"
#include "question/reading.hpp"

namespace islet::kb {
namespace {

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
    std::string all;
    for (const std::string& text : texts) all += (all.empty() ? "" : std::string(between)) + text;
    return all;
}

class Writer {
 public:
    /// `sorted`: relations and filters in an order of their own, not in that of the question.
    Writer(const Reading& reading, const KnowledgeBase& base, bool sorted)
        : reading_(reading), base_(base), sorted_(sorted) {}

    std::string write() {
        std::string text = write_one();
        for (const Reading& one : reading_.beside) text += "; and " + Writer(one, base_, sorted_).write();
        if (!reading_.sole.empty())
            text = "is it " + names(reading_.sole, " and ") + " and nothing else: " + text;
        return text;
    }

 private:
    std::string write_one() {
        switch (reading_.ask) {
            case Ask::steps:
                return "how it comes about, step by step, from " + thing(0);
            case Ask::value:
                return write_value();
            case Ask::documents:
                return std::string(reading_.counted ? "number of documents" : "documents") + " that " +
                       mentions() + scope();
            case Ask::statements: {
                if (reading_.variables[0].links.empty() && reading_.variables[0].classes.empty()) {
                    return "is " + names(reading_.variables[0].entities, " or ") + " a " +
                           column_noun(reading_, base_, 0) + "?" + scope();
                }
                if (reading_.variables[0].links.empty()) {
                    return "is " + names(reading_.variables[0].entities, " or ") + " a kind of " +
                           names(reading_.variables[0].classes, ", ") + "?" + scope();
                }
                const std::string root_names = names(reading_.variables[0].entities, " or ");
                return std::string(reading_.stating ? "documents that state: "
                                                    : "what each document states: ") +
                       relations_of(0, root_names.empty() ? thing(0) : root_names) + scope();
            }
            case Ask::describe:
                return "what is stated of " + all_things(" and of ") + scope();
            case Ask::connect:
                return "how " + all_things(" and ") + " have to do with each other" + scope();
            case Ask::count:
                return (reading_.most ? "document with the most of: " : "number of: ") + noun() +
                       (reading_.by_document && !reading_.most ? " (for each document)" : "") +
                       relations_after() + scope();
            case Ask::list:
                return (reading_.property ? base_.lexicon().attributes[reading_.attribute].name + " of: "
                                          : "") +
                       noun() + most() + relations_after() + scope();
        }
        return {};
    }

    std::string mentions() {
        std::vector<std::string> all;
        for (const Link& link : reading_.variables[0].links)
            all.push_back((link.negated ? "do not mention " : "mention ") + thing(link.other));
        return joined(all, " and ");
    }

    std::string most() const {
        return reading_.most ? " with the most: " + column_noun(reading_, base_, *reading_.most) : "";
    }

    std::string all_things(const std::string& between) {
        std::vector<std::string> all;
        for (const Variable& variable : reading_.variables)
            all.push_back(base_.entities()[variable.entities.front()].name);
        return joined(all, between);
    }

    std::string write_value() {
        if (base_.lexicon().attributes[reading_.attribute].of_document)
            return (reading_.extreme == 0  ? ""
                    : reading_.extreme > 0 ? "document with the greatest "
                                           : "document with the least ") +
                   base_.lexicon().attributes[reading_.attribute].name +
                   (reading_.extreme == 0 ? " of a document" : "") + scope();
        std::vector<std::string> names;
        for (std::size_t i = 1; i < reading_.variables.size(); ++i)
            names.push_back(thing(static_cast<std::uint32_t>(i)));
        const std::string& attribute = base_.lexicon().attributes[reading_.attribute].name;
        return attribute + (names.empty() ? "" : " of " + joined(names, ", ")) + scope();
    }

    [[nodiscard]] std::string names(const std::vector<std::uint32_t>& entities,
                                    std::string_view between) const {
        std::vector<std::string> all;
        all.reserve(entities.size());
        for (const std::uint32_t entity : entities) all.push_back(base_.entities()[entity].name);
        return joined(all, between);
    }

    /// What a variable stands for, with what is known of it in brackets.
    std::string thing(std::uint32_t at) {
        const Variable& variable = reading_.variables[at];
        if (!variable.entities.empty()) {
            return names(variable.entities, " or ") +
                   (variable.links.empty() ? "" : " (where " + relations_of(at, "it") + ")");
        }
        std::string text = variable.labels.empty() && !variable.classes.empty()
                               ? "kind"
                               : "a " + column_noun(reading_, base_, at);
        if (variable.labels.empty() && variable.classes.empty() && variable.links.empty()) text = "anything";
        if (!variable.parts_of.empty()) text = names(variable.parts_of, " or ") + " or a part of it";
        if (!variable.classes.empty()) text += " of " + names(variable.classes, " and ");
        if (!variable.except.empty()) text += " other than " + names(variable.except, " and ");
        if (!variable.links.empty()) text += " (" + relations_of(at, "it") + ")";
        return text;
    }

    std::string noun() {
        const Variable& root = reading_.variables[0];
        std::string text = column_noun(reading_, base_, 0);
        if (!root.classes.empty()) text += " of the class " + names(root.classes, " and ");
        if (!root.entities.empty()) text = names(root.entities, " or ");
        if (!root.parts_of.empty()) text = names(root.parts_of, " or ") + " or a part of it";
        if (!root.except.empty()) text += " other than " + names(root.except, " and ");
        if (root.kinds) text += " that is a kind of something";
        for (const auto& [key, wanted] : root.properties)
            text += (wanted ? " with some " : " without any ") + key;
        return text;
    }

    std::string relations_after() {
        const std::string text = relations_of(0, "it");
        return text.empty() ? "" : ", such that " + text;
    }

    std::string relations_of(std::uint32_t at, const std::string& self) {
        std::vector<std::string> all;
        for (const Link& link : reading_.variables[at].links) {
            const std::string other = thing(link.other);
            std::string say = base_.lexicon().relations[link.relation].say;
            replace(say, "{subject}", link.head_is_subject ? self : other);
            replace(say, "{object}", link.head_is_subject ? other : self);
            std::vector<std::string> filters;
            for (const Filter& filter : link.filters) filters.push_back(words_of(filter));
            if (sorted_) std::sort(filters.begin(), filters.end());
            say += joined(filters, "");
            if (!link.negated && !link.documents.empty()) say += " (according to " + documents_of(link) + ")";
            if (link.denied) say = "it is denied that " + say;
            if (link.negated) {
                say = (link.documents.empty() ? "no document says that "
                                              : documents_of(link) + " does not say that ") +
                      say;
            }
            if (reading_.variables[link.other].differs) say += " (another than it)";
            all.push_back(std::move(say));
        }
        if (sorted_) std::sort(all.begin(), all.end());
        return joined(all, ", and ");
    }

    static std::string words_of(const Filter& filter) {
        return " [" + filter.property + ": " + joined(filter.values, " or ") + "]";
    }

    [[nodiscard]] std::string documents_of(const Link& link) const {
        std::vector<std::string> all;
        all.reserve(link.documents.size());
        for (const std::uint32_t one : link.documents) all.push_back(base_.documents()[one].name);
        return joined(all, ", ");
    }

    static void replace(std::string& text, std::string_view slot, const std::string& with) {
        if (const std::size_t at = text.find(slot); at != std::string::npos)
            text.replace(at, slot.size(), with);
    }

    [[nodiscard]] std::string scope() const {
        const auto list = [&](const std::vector<std::uint32_t>& documents) {
            std::vector<std::string> all;
            for (const std::uint32_t one : documents) all.push_back(base_.documents()[one].name);
            return joined(all, " or ");
        };
        std::string text;
        if (!reading_.documents.empty()) text += ", according to " + list(reading_.documents);
        if (reading_.each_document.size() > 1) {
            std::vector<std::string> all;
            for (const std::uint32_t one : reading_.each_document) all.push_back(base_.documents()[one].name);
            text = ", according to each of " + joined(all, ", ");
        }
        if (!reading_.not_documents.empty()) text += ", not according to " + list(reading_.not_documents);
        return text;
    }

    const Reading& reading_;
    const KnowledgeBase& base_;
    bool sorted_;
};

}  // namespace

std::string to_words(const Reading& reading, const KnowledgeBase& base) {
    return Writer(reading, base, false).write();
}

std::string meaning_of(const Reading& reading, const KnowledgeBase& base) {
    return Writer(reading, base, true).write();
}

std::string meaning_of(const Term& term, const KnowledgeBase& base) {
    const Lexicon& lexicon = base.lexicon();
    const Schema& schema = base.schema();
    const auto one = [&](const Sense& sense) -> std::string {
        switch (sense.kind) {
            case SenseKind::role:
                return "word: " + std::string(role_names[sense.index]);
            case SenseKind::label:
                return ":" + schema.labels[sense.index].name;
            case SenseKind::relation:
                return (sense.forward ? "" : "<-") + schema.relations[sense.index].name +
                       (sense.forward ? "->" : "");
            case SenseKind::entity:
                return base.entities()[sense.index].id;
            case SenseKind::value:
                return lexicon.values[sense.index].property + ": " +
                       lexicon.values[sense.index].values.front();
            case SenseKind::document:
                return "document " + base.documents()[sense.index].name;
            case SenseKind::attribute:
            case SenseKind::property:
            case SenseKind::greatest:
            case SenseKind::least:
                return "value: " + lexicon.attributes[sense.index].name;
            case SenseKind::predicate:
                break;
        }
        const Predicate& predicate = lexicon.predicates[sense.index];
        return schema.relations[predicate.relation].name + " " + base.entities()[predicate.object].id;
    };
    std::string meaning;
    for (const Sense& sense : term.senses) meaning += (meaning.empty() ? "" : " or ") + one(sense);
    return meaning;
}

}  // namespace islet::kb
