// Reading questions about named things as a whole, and about the properties that things bear themselves.
#include <algorithm>

#include "question/reader.hpp"

namespace islet::kb {

void Reader::ambiguous(std::uint32_t term, const std::vector<std::uint32_t>& entities) const {
    Misfit misfit{quoted(term) + " may mean", term, {}};
    for (const std::uint32_t entity : entities) {
        const std::string& name = base_.entities()[entity].name;
        misfit.message += (misfit.choices.empty() ? " " : " or ") + name;
        misfit.choices.push_back(name);
    }
    throw misfit;
}

std::uint32_t Reader::named_thing(const SyntaxNode& phrase) const {
    const Words words = words_of(phrase);
    if (words.kinds || phrase.negated || !words.values.empty() || words.nouns.empty())
        throw Misfit{"only things that have a name can be described"};
    const std::uint32_t head = words.nouns.back();
    const auto entities = senses(head, SenseKind::entity);
    if (entities.empty()) throw Misfit{quoted(head) + " is no name of a single thing"};
    if (entities.size() > 1) ambiguous(head, entities);
    for (std::size_t i = 0; i + 1 < words.nouns.size(); ++i) {
        // "the herb basil": both nouns name the same thing.
        const auto labels = senses(words.nouns[i], SenseKind::label);
        const auto classes = senses(words.nouns[i], SenseKind::entity);
        const bool same = std::any_of(labels.begin(), labels.end(),
                                      [&](std::uint32_t label) { return bears(entities.front(), label); }) ||
                          std::any_of(classes.begin(), classes.end(), [&](std::uint32_t one) {
                              return lexicon_.hierarchy != SIZE_MAX && is_kind_of(entities.front(), one);
                          });
        if (!same)
            throw Misfit{"it is not clear what " + quoted(words.nouns[i]) + " says about " + quoted(head)};
    }
    return entities.front();
}

Reading Reader::read_things(const SyntaxNode& tree) {
    reading_.ask = tree.kind == NodeKind::connect ? Ask::connect : Ask::describe;
    for (const SyntaxNode& phrase : tree.children.front().children) {
        const std::uint32_t thing = named_thing(phrase);
        Variable variable;
        variable.entities = {thing};
        variable.words = base_.entities()[thing].name;
        add_variable(std::move(variable));
    }
    for (std::size_t i = 1; i < tree.children.size(); ++i) read_scope(tree.children[i]);
    const std::size_t most = reading_.ask == Ask::connect ? 2 : 4;
    if (reading_.variables.size() > most) throw Misfit{"that are too many things at once"};
    if (reading_.ask == Ask::connect && reading_.variables.size() != 2)
        throw Misfit{"what is `" + reading_.variables[0].words + "` to be connected with?"};
    if (!reading_.not_documents.empty()) throw Misfit{"what documents do not say cannot be described"};
    return std::move(reading_);
}

Reading Reader::read_extreme(const SyntaxNode& tree) {
    const bool word_first = senses(tree.children[0].term, SenseKind::label).empty();
    const std::uint32_t word = tree.children[word_first ? 0 : 1].term;
    const std::uint32_t thing = tree.children[word_first ? 1 : 0].term;
    const auto labels = senses(thing, SenseKind::label);
    const auto greatest = senses(word, SenseKind::greatest);
    const auto found = greatest.empty() ? senses(word, SenseKind::least) : greatest;
    if (labels.size() != 1 || schema_.labels[labels.front()].name != "Source")
        throw Misfit{quoted(thing) + " has no order of this kind"};
    reading_.ask = Ask::value;
    reading_.attribute = found.front();
    reading_.extreme = greatest.empty() ? -1 : 1;
    return std::move(reading_);
}

Reading Reader::read_property(const SyntaxNode& tree) {
    const SyntaxNode* group = nullptr;
    std::size_t next = 0;
    for (; next < 2; ++next) {
        const SyntaxNode& child = tree.children[next];
        if (child.kind == NodeKind::group) {
            group = &child;
        } else if (const auto found = senses(child.term, SenseKind::property); !found.empty()) {
            reading_.attribute = found.front();
        } else {
            reading_.documents = senses(child.term, SenseKind::document);
        }
    }
    const Attribute& attribute = lexicon_.attributes[reading_.attribute];
    if (attribute.of_document) {
        // "dates of the documents": of all of them
        if (group != nullptr && group->children.size() == 1 && group->children[0].children.size() == 1) {
            const SyntaxNode& word = group->children[0].children[0];
            for (const std::uint32_t label : senses(word.term, SenseKind::label)) {
                for (std::uint32_t i = 0;
                     schema_.labels[label].name == "Source" && i < base_.documents().size(); ++i)
                    reading_.documents.push_back(i);
            }
        }
        if (reading_.documents.empty() || tree.children.size() != 2)
            throw Misfit{"the " + attribute.name + " of which document?"};
        reading_.ask = Ask::value;
        return std::move(reading_);
    }
    if (group == nullptr) throw Misfit{"a document has no " + attribute.name};
    reading_.ask = Ask::list;
    reading_.property = true;
    read_head(*group, false);
    take_own_property(attribute);
    path_ = {0};
    for (std::size_t i = next; i < tree.children.size(); ++i) read_modifier(tree.children[i]);
    for (const Pending& pending : pending_) place(pending);
    if (!attribute.labels.empty() && !fits(0, attribute.labels))
        throw Misfit{"`" + reading_.variables[0].words + "` has no " + attribute.name};
    check();
    return std::move(reading_);
}

/// "abbreviation of herbs": its own, where the class has one; else those of its members.
void Reader::take_own_property(const Attribute& attribute) {
    Variable& root = reading_.variables[0];
    if (root.classes.size() != 1 || !root.labels.empty() || root.kinds) return;
    const Snapshot& graph = base_.snapshot();
    const auto key = graph.find_key(attribute.property);
    if (!key || graph.property(base_.entities()[root.classes.front()].node, *key).is_null()) return;
    root.entities = std::move(root.classes);
    root.classes.clear();
}

Reading Reader::read_stranded(const SyntaxNode& tree) {
    const auto entities = senses(tree.children[0].term, SenseKind::entity);
    const auto labels = senses(tree.children[1].term, SenseKind::label);
    if (entities.size() > 1) ambiguous(tree.children[0].term, entities);
    if (std::none_of(labels.begin(), labels.end(),
                     [&](std::uint32_t label) { return bears(entities.front(), label); }))
        throw Misfit{quoted(tree.children[0].term) + " is no " + quoted(tree.children[1].term)};
    reading_.ask = Ask::list;
    add_variable({});
    const std::uint32_t known = add_variable({});
    append_words(known, tree.children[0].term);
    use_entity(known, tree.children[0].term, entities.front(), false, false);
    const Term& word = terms_[tree.children[2].term];
    connect(0, known, word.senses, false, word.text);
    check();
    return std::move(reading_);
}

Reading Reader::read_sole(const SyntaxNode& tree) {
    std::vector<std::uint32_t> sole;
    for (const SyntaxNode& phrase : tree.children[0].children) sole.push_back(named_thing(phrase));
    Reading list = Reader(terms_, base_, either_way_).read(tree.children[1]);
    const bool lacks = std::any_of(list.variables[0].links.begin(), list.variables[0].links.end(),
                                   [](const Link& link) { return link.negated; });
    if (list.ask != Ask::list || list.property || list.most || lacks || !list.not_documents.empty())
        throw Misfit{"the only one of what?"};
    list.sole = std::move(sole);
    return list;
}

void Reader::read_has(const SyntaxNode& node) {
    const Attribute& attribute =
        lexicon_.attributes[senses(node.children.front().term, SenseKind::property).front()];
    const auto is_document = [&](const Variable& variable) {
        return variable.labels.size() == 1 && schema_.labels[variable.labels.front()].name == "Source";
    };
    for (std::size_t i = path_.size(); i-- > 0;) {
        Variable& variable = reading_.variables[path_[i]];
        if (!variable.entities.empty() || is_document(variable) != attribute.of_document) continue;
        variable.properties.emplace_back(attribute.property, !node.negated);
        return;
    }
    throw Misfit{"it is not clear what should have a " + attribute.name};
}

}  // namespace islet::kb
