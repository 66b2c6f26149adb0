// Reading noun phrases: what a thing is by its name, its nouns and what stands before them.
#include <algorithm>
#include <set>

#include "question/reader.hpp"

namespace islet::kb {

std::vector<std::uint32_t> Reader::senses(std::uint32_t term, SenseKind kind) const {
    std::vector<std::uint32_t> found;
    for (const Sense& sense : terms_[term].senses) {
        if (sense.kind == kind) found.push_back(sense.index);
    }
    return found;
}

bool Reader::has_kinds(std::uint32_t entity) const {
    if (lexicon_.hierarchy == SIZE_MAX) return false;
    const Snapshot& graph = base_.snapshot();
    const auto type = graph.find_type(schema_.relations[lexicon_.hierarchy].name);
    return type && graph.degree(base_.entities()[entity].node, *type, Direction::in) > 0;
}

bool Reader::is_kind_of(std::uint32_t entity, std::uint32_t ancestor) const {
    if (entity == ancestor) return true;
    const Snapshot& graph = base_.snapshot();
    const auto type = graph.find_type(schema_.relations[lexicon_.hierarchy].name);
    if (!type) return false;
    const NodeId wanted = base_.entities()[ancestor].node;
    std::vector<NodeId> open{base_.entities()[entity].node};
    std::set<NodeId> seen(open.begin(), open.end());
    while (!open.empty()) {
        const NodeId node = open.back();
        open.pop_back();
        for (const NodeId next : graph.neighbours(node, *type, Direction::out).nodes) {
            if (next == wanted) return true;
            if (seen.insert(next).second) open.push_back(next);
        }
    }
    return false;
}

Reader::Words Reader::words_of(const SyntaxNode& phrase) const {
    Words words;
    words.kinds = phrase.kinds;
    for (const SyntaxNode& child : phrase.children) {
        if (child.kind == NodeKind::attributive) {
            words.attributes.push_back(&child);
        } else if (child.kind == NodeKind::word) {
            words.nouns.push_back(child.term);
        } else {
            words.values.emplace_back();
            for (const SyntaxNode& value : child.children) words.values.back().push_back(value.term);
        }
    }
    return words;
}

std::uint32_t Reader::add_variable(Variable variable) {
    reading_.variables.push_back(std::move(variable));
    return static_cast<std::uint32_t>(reading_.variables.size() - 1);
}

bool Reader::read_kind_question(const SyntaxNode& group) {
    if (group.children.size() != 1 || lexicon_.hierarchy == SIZE_MAX) return false;
    const Words words = words_of(group.children.front());
    if (words.nouns.size() != 2 || !words.values.empty()) return false;
    const auto thing = senses(words.nouns[0], SenseKind::entity);
    const auto kind = senses(words.nouns[1], SenseKind::entity);
    const auto labels = senses(words.nouns[1], SenseKind::label);
    // What it is by its nature: what is stated of it is stated of such a thing. A single word ("plant") may
    // mean more, or less, than the label has.
    const bool exact = terms_[words.nouns[1]].folded.find(' ') != std::string::npos;
    if (thing.size() == 1 && kind.empty() && exact && labels.size() == 1 &&
        lexicon_.whole_labels[labels.front()]) {
        reading_.variables[0].entities = thing;
        reading_.variables[0].labels = labels;
        append_words(0, words.nouns[0]);
        is_kind_question_ = true;
        return true;
    }
    if (thing.size() != 1 || kind.size() != 1 || !has_kinds(kind.front())) return false;
    reading_.variables[0].entities = thing;
    reading_.variables[0].classes = kind;
    append_words(0, words.nouns[0]);
    is_kind_question_ = true;
    return true;
}

void Reader::read_head(const SyntaxNode& group, bool alone) {
    if (group.children.size() > 1 && reading_.ask != Ask::statements) {
        throw Misfit{"two things are asked for at once; ask for one after the other"};
    }
    add_variable({});
    if (reading_.ask == Ask::statements) {
        if (alone && read_kind_question(group)) return;
        for (const SyntaxNode& phrase : group.children) {
            fill(0, phrase, false);
            // "are herbs and spices used for X": of each of them, or of both?
            if (group.children.size() > 1 && !reading_.variables[0].labels.empty())
                throw Misfit{"two things are asked for at once; ask for one after the other"};
        }
        reading_.variables[0].each =
            group.children.size() > 1 && std::none_of(group.children.begin(), group.children.end(),
                                                      [](const SyntaxNode& phrase) { return phrase.any; });
        reading_.variables[0].each = reading_.variables[0].each && !group.any;
        return;
    }
    fill(0, group.children[0], true);
}

void Reader::fill(std::uint32_t at, const SyntaxNode& phrase, bool asked) {
    if (phrase.negated && !may_be_absent_) throw Misfit{"what is not something cannot be asked for"};
    Words words = words_of(phrase);
    if (phrase.most) {
        const bool may = at != 0 && !asked && reading_.ask == Ask::list && !reading_.most;
        if (!may || words.nouns.empty() || senses(words.nouns.back(), SenseKind::label).empty())
            throw Misfit{"the most of what?"};
        // "the most fresh herbs": the greatest number of them, or the freshest?
        if (!words.values.empty()) throw Misfit{"the most in number, or the most so?"};
        reading_.most = at;
    }
    for (auto& values : words.values) pending_.push_back({at, std::move(values)});
    if (words.nouns.empty()) {
        if (words.kinds) throw Misfit{"kinds of what?"};
        return;
    }
    const std::uint32_t head = words.nouns.back();
    words.nouns.pop_back();
    // "what is X a Y of": no "X Y"
    if (reading_.ask != Ask::statements && !words.nouns.empty() && terms_[head].after_skipped &&
        !senses(words.nouns.back(), SenseKind::entity).empty() && !senses(head, SenseKind::label).empty())
        throw Misfit{quoted(words.nouns.back()) + " is said to be " + quoted(head) + " here"};
    append_words(at, head);
    const auto labels = senses(head, SenseKind::label);
    const auto entities = senses(head, SenseKind::entity);
    if (!labels.empty() && reading_.ask == Ask::statements && !words.nouns.empty()) {
        // "is X a spice of Y": X, which is said to be one.
        const auto before = senses(words.nouns.back(), SenseKind::entity);
        if (before.size() == 1 && bears(before.front(), labels.front())) {
            append_words(at, words.nouns.back());
            use_entity(at, words.nouns.back(), before.front(), false, false);
            words.nouns.pop_back();
            for (const std::uint32_t noun : words.nouns) describe(at, noun);
            return;
        }
    }
    if (!labels.empty()) {
        Variable& variable = reading_.variables[at];
        variable.labels.insert(variable.labels.end(), labels.begin(), labels.end());
        variable.kinds = words.kinds;
        variable.types = names_types(head);
    } else if (phrase.parts) {
        if (entities.size() != 1) throw Misfit{"a part of what?"};
        reading_.variables[at].parts_of = entities;
    } else {
        if (entities.size() > 1) ambiguous(head, entities);
        use_entity(at, head, entities.front(), asked || words.kinds, words.kinds);
        reading_.variables[at].kinds = words.kinds;
    }
    for (const std::uint32_t noun : words.nouns) describe(at, noun);
    for (const SyntaxNode* attribute : words.attributes) {
        const std::uint32_t name = attribute->children.front().term;
        const auto named = senses(name, SenseKind::entity);
        if (labels.empty() || named.size() != 1)
            throw Misfit{"it is not clear what " + quoted(name) + " says here"};
        const std::uint32_t operand = add_variable({});
        append_words(operand, name);
        use_entity(operand, name, named.front(), false, false);
        const Term& verb = terms_[attribute->children.back().term];
        connect(at, operand, verb.senses, true, verb.text);
    }
}

void Reader::append_words(std::uint32_t at, std::uint32_t term) {
    std::string& words = reading_.variables[at].words;
    if (!words.empty()) words += ", ";
    words += terms_[term].text;
}

void Reader::use_entity(std::uint32_t at, std::uint32_t term, std::uint32_t entity, bool as_class,
                        bool must_have_kinds) {
    const Entity& known = base_.entities()[entity];
    if (as_class && has_kinds(entity)) {
        reading_.variables[at].classes.push_back(entity);
        // "sweet leaves": the name itself says which of the kinds are meant.
        const std::size_t space = terms_[term].folded.rfind(' ');
        if (space == std::string::npos || must_have_kinds) return;
        const auto last = lexicon_.find(std::string_view(terms_[term].folded).substr(space + 1));
        if (!last) return;
        for (const Sense& sense : last->senses) {
            if (sense.kind == SenseKind::label) reading_.variables[at].labels.push_back(sense.index);
        }
        return;
    }
    if (must_have_kinds) throw Misfit{"the base has no kinds of " + known.name};
    if (known.means.empty()) {
        reading_.variables[at].entities.push_back(entity);
        // "sweet leaves": the noun in the name says that the members are meant as well as the class.
        if (has_kinds(entity) && names_members(term, entity)) reading_.variables[at].members = true;
        return;
    }
    for (std::uint32_t i = 0; i < base_.entities().size(); ++i) {
        if (base_.entities()[i].id == known.means) reading_.variables[at].entities.push_back(i);
    }
    for (const Entity::Context& context : known.means_context) {
        by_name_.push_back({at, make_filter(context.facet, {context.value})});
    }
}

/// Whether the last word of a class's name is the noun of a label that its members bear and it does not.
bool Reader::names_members(std::uint32_t term, std::uint32_t entity) const {
    const std::size_t space = terms_[term].folded.rfind(' ');
    if (space == std::string::npos) return false;
    const auto last = lexicon_.find(std::string_view(terms_[term].folded).substr(space + 1));
    return last && std::any_of(last->senses.begin(), last->senses.end(), [&](const Sense& sense) {
               return sense.kind == SenseKind::label && !bears(entity, sense.index);
           });
}

/// Whether a noun says itself that kinds are meant ("type of herb").
bool Reader::names_types(std::uint32_t term) const {
    const std::string& words = terms_[term].folded;
    for (std::size_t at = 0; at < words.size() && words.find(' ') != std::string::npos;) {
        const std::size_t end = std::min(words.find(' ', at), words.size());
        const auto word = lexicon_.find(std::string_view(words).substr(at, end - at));
        const Sense kind{SenseKind::role, static_cast<std::uint32_t>(Role::kind)};
        if (word && std::find(word->senses.begin(), word->senses.end(), kind) != word->senses.end())
            return true;
        at = end + 1;
    }
    return false;
}

bool Reader::bears(std::uint32_t entity, std::uint32_t label) const {
    const std::vector<std::string>& own = base_.entities()[entity].labels;
    return std::any_of(own.begin(), own.end(),
                       [&](const std::string& one) { return schema_.is_a(one, schema_.labels[label].name); });
}

void Reader::describe(std::uint32_t at, std::uint32_t noun) {
    const auto entities = senses(noun, SenseKind::entity);
    // "the herb basil": both nouns name the same thing.
    const auto labels = senses(noun, SenseKind::label);
    for (const std::uint32_t other : reading_.variables[at].entities) {
        for (const std::uint32_t label : labels) {
            if (bears(other, label)) return;
        }
    }
    if (entities.empty()) {
        throw Misfit{"it is not clear what " + quoted(noun) + " says about `" + reading_.variables[at].words +
                     "`"};
    }
    if (entities.size() > 1) ambiguous(noun, entities);
    const std::uint32_t entity = entities.front();
    const Entity& known = base_.entities()[entity];
    // "X in winter": the context of one name, the thing of the other.
    for (const std::uint32_t other : reading_.variables[at].entities) {
        if (merge_context(at, other, known)) return;
        if (merge_base(at, other, entity)) return;
    }
    // "X winter herbs": the same, of a thing that it has to do with.
    for (const Link& link : reading_.variables[at].links) {
        const std::vector<std::uint32_t> others = reading_.variables[link.other].entities;
        if (others.size() != 1) continue;
        if (merge_context(link.other, others.front(), known)) return;
        if (merge_base(link.other, others.front(), entity)) return;
    }
    if (has_kinds(entity) && reading_.variables[at].entities.empty() && fits_hierarchy(at, entity)) {
        reading_.variables[at].classes.push_back(entity);
        return;
    }
    const std::uint32_t operand = add_variable({});
    reading_.variables[operand].words = terms_[noun].text;
    use_entity(operand, noun, entity, false, false);
    const Link link = connect(at, operand, lexicon_.compound, true, {});
    const std::vector<Link>& links = reading_.variables[at].links;
    if (std::count_if(links.begin(), links.end(),
                      [&](const Link& other) { return other.relation == link.relation; }) > 1)
        throw Misfit{"two things stand before `" + reading_.variables[at].words +
                     "`; say how they belong to it"};
}

bool Reader::merge_context(std::uint32_t at, std::uint32_t other, const Entity& named) {
    if (named.means.empty()) return false;
    for (std::uint32_t i = 0; i < base_.entities().size(); ++i) {
        if (base_.entities()[i].id != named.means || !is_kind_of(other, i)) continue;
        for (const Entity::Context& context : named.means_context) {
            by_name_.push_back({at, make_filter(context.facet, {context.value})});
        }
        return true;
    }
    return false;
}

bool Reader::merge_base(std::uint32_t at, std::uint32_t other, std::uint32_t noun) {
    const bool has_context =
        std::any_of(by_name_.begin(), by_name_.end(), [&](const auto& one) { return one.first == at; });
    if (!has_context || noun == other || !is_kind_of(noun, other)) return false;
    reading_.variables[at].entities = {noun};
    return true;
}

bool Reader::fits_hierarchy(std::uint32_t at, std::uint32_t entity) const {
    const RelationRule& rule = schema_.relations[lexicon_.hierarchy];
    for (const std::uint32_t label : reading_.variables[at].labels) {
        const std::string& name = schema_.labels[label].name;
        for (const std::string& allowed : rule.domain) {
            // Both must lie in the same part of the hierarchy.
            if (!schema_.is_a(name, allowed)) continue;
            for (const std::string& own : base_.entities()[entity].labels) {
                if (schema_.is_a(own, allowed)) return true;
            }
        }
    }
    return false;
}

}  // namespace islet::kb
