#include "question/faithful.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <set>
#include <vector>

namespace islet::kb {
namespace {

template <class Container, class Value>
bool contains(const Container& all, const Value& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

/// All senses of the term are of these kinds.
bool names_only(const Term& term) {
    return !term.senses.empty() && std::all_of(term.senses.begin(), term.senses.end(), [](const Sense& one) {
        return one.kind == SenseKind::entity || one.kind == SenseKind::document;
    });
}

/// The term is of the role, and nothing else that has a meaning of its own.
bool only_role(const Term& term, Role role) {
    return term.is(role) && std::all_of(term.senses.begin(), term.senses.end(),
                                        [](const Sense& one) { return one.kind == SenseKind::role; });
}

template <class Test>
bool some_link(const Reading& reading, const Test& test) {
    return std::any_of(reading.variables.begin(), reading.variables.end(), [&](const Variable& variable) {
        return std::any_of(variable.links.begin(), variable.links.end(), test);
    });
}

/// Whether what is asked for may be the very thing that it is compared with: herbs that have a taste that
/// basil has.
bool compares_with_itself(const Reading& reading, const KnowledgeBase& base) {
    const Variable& root = reading.variables.front();
    const auto may_be = [&](std::uint32_t entity) {
        const std::vector<std::string>& own = base.entities()[entity].labels;
        return root.entities.empty() && std::any_of(root.labels.begin(), root.labels.end(), [&](auto label) {
                   return std::any_of(own.begin(), own.end(), [&](const std::string& one) {
                       return base.schema().is_a(one, base.schema().labels[label].name);
                   });
               });
    };
    return std::any_of(root.links.begin(), root.links.end(), [&](const Link& link) {
        const std::vector<Link>& links = reading.variables[link.other].links;
        return std::any_of(links.begin(), links.end(), [&](const Link& next) {
            const Variable& other = reading.variables[next.other];
            return next.relation == link.relation && !other.differs &&
                   std::any_of(other.entities.begin(), other.entities.end(), may_be);
        });
    });
}

bool denies(const Reading& reading, const Lexicon& lexicon) {
    if (!reading.not_documents.empty() || reading.polarity == Polarity::contexts) return true;
    const auto link = [&](const Link& one) {
        return one.negated || one.denied || one.contrary || lexicon.relations[one.relation].negative ||
               one.against;
    };
    return some_link(reading, link) ||
           std::any_of(reading.variables.begin(), reading.variables.end(), [](const Variable& variable) {
               return !variable.except.empty() ||
                      std::any_of(variable.properties.begin(), variable.properties.end(),
                                  [](const auto& one) { return !one.second; });
           });
}

}  // namespace

Said::Said(std::string_view question, const KnowledgeBase& base, Splitting split)
    : base_(base), terms_(find_terms(question, base.lexicon(), split, true)) {}

std::optional<NotUnderstood> Said::against(const Reading& reading, const std::vector<Term>& form) const {
    // Of what nothing can say, nothing is said.
    if (reading.ask == Ask::value && base_.lexicon().attributes[reading.attribute].relations.empty() &&
        !base_.lexicon().attributes[reading.attribute].of_document)
        return std::nullopt;
    for (std::string why : {unread_name(reading, form), unread_word(reading), empty_absence(reading),
                            unnamed_thing(reading), kind_of_context(reading)}) {
        if (!why.empty()) return NotUnderstood{std::move(why)};
    }
    return std::nullopt;
}

std::string Said::unread_name(const Reading& reading, const std::vector<Term>& form) const {
    for (const Term& term : form) {
        if (!names_only(term)) continue;
        const bool read = std::any_of(term.senses.begin(), term.senses.end(), [&](const Sense& one) {
            if (one.kind == SenseKind::entity) {
                return holds(reading, one.index) ||
                       std::any_of(reading.beside.begin(), reading.beside.end(),
                                   [&](const Reading& other) { return holds(other, one.index); });
            }
            return contains(reading.documents, one.index) || contains(reading.not_documents, one.index) ||
                   contains(reading.each_document, one.index) ||
                   some_link(reading, [&](const Link& link) { return contains(link.documents, one.index); });
        });
        if (!read) return "it is not clear what `" + term.text + "` says here";
    }
    return {};
}

bool Said::holds(const Reading& reading, std::uint32_t entity) const {
    const Entity& named = base_.entities()[entity];
    const auto is = [&](std::uint32_t other) {
        return other == entity || base_.entities()[other].id == named.means || is_kind_of(other, entity);
    };
    const auto any = [&](const std::vector<std::uint32_t>& all) {
        return std::any_of(all.begin(), all.end(), is);
    };
    if (any(reading.mentioned) || any(reading.sole)) return true;
    return std::any_of(reading.variables.begin(), reading.variables.end(), [&](const Variable& one) {
        return any(one.entities) || any(one.classes) || any(one.parts_of) || any(one.except) ||
               std::any_of(one.links.begin(), one.links.end(), [&](const Link& link) {
                   return std::any_of(link.filters.begin(), link.filters.end(), [&](const Filter& filter) {
                       return std::any_of(filter.values.begin(), filter.values.end(),
                                          [&](const std::string& value) {
                                              return value.find(named.name) != std::string::npos;
                                          });
                   });
               });
    });
}

std::string Said::unread_word(const Reading& reading) const {
    const auto unclear = [](const Term& term) {
        return "it is not clear what `" + term.text + "` says here";
    };
    const Lexicon& lexicon = base_.lexicon();
    const bool several = std::any_of(reading.variables.begin(), reading.variables.end(),
                                     [](const Variable& one) { return one.entities.size() > 1; });
    const bool list = reading.ask == Ask::list || reading.ask == Ask::count || reading.ask == Ask::documents;
    for (std::size_t i = 0; i < terms_.terms.size(); ++i) {
        const Term& term = terms_.terms[i];
        const bool answers = list || reading.ask == Ask::statements;
        // "what tastes X": who does it, or what it is that X has?
        const bool begins = i == 0 || !(terms_.terms[i - 1].has(SenseKind::label) ||
                                        terms_.terms[i - 1].has(SenseKind::entity));
        if (begins && term.is(Role::what) && i + 2 < terms_.terms.size() && reading.ask == Ask::list &&
            terms_.terms[i + 1].has(SenseKind::label) && terms_.terms[i + 1].has(SenseKind::relation) &&
            names_only(terms_.terms[i + 2]))
            return unclear(terms_.terms[i + 1]);
        // "what spice is dried": a spice is asked for, not what it is dried by.
        if (i == 0 && term.is(Role::what) && i + 2 < terms_.terms.size() && list &&
            names_only(terms_.terms[i + 1]) && terms_.terms[i + 1].has(SenseKind::entity) &&
            only_role(terms_.terms[i + 2], Role::auxiliary) && !begins_with(reading, terms_.terms[i + 1]))
            return unclear(terms_.terms[i + 1]);
        // "what is X a Y of": X is said to be a Y
        const bool dangling =
            i > 0 && i + 2 == terms_.terms.size() && terms_.terms[i + 1].is(Role::preposition);
        if (dangling && list && term.after_skipped && term.has(SenseKind::label)) {
            const bool is = std::any_of(term.senses.begin(), term.senses.end(), [&](const Sense& sense) {
                return sense.kind == SenseKind::label && names_one(terms_.terms[i - 1], sense.index);
            });
            if (names_only(terms_.terms[i - 1]) && !is) return unclear(term);
        }
        // "common uses that D does not mention": not mentioned at all, or not as common ones? (What is a list
        // is a context, of which there may be several.)
        const auto strength = [](const Link& one) {
            return !one.negated && std::any_of(one.filters.begin(), one.filters.end(),
                                               [](const Filter& filter) { return !filter.list; });
        };
        if (only_role(term, Role::mention) && list && !reading.not_documents.empty() && negated_before(i) &&
            some_link(reading, strength))
            return unclear(term);
        // "not omitted": said of one thing twice
        if (only_role(term, Role::negation) && negated_before(i)) return unclear(term);
        const bool or_not = i > 0 && terms_.terms[i - 1].is(Role::disjunction);
        if (only_role(term, Role::negation) && answers && !or_not && !denies(reading, lexicon))
            return unclear(term);
        if (only_role(term, Role::only) && list && !names_only_one(i) && reading.not_documents.empty() &&
            reading.sole.empty())
            return unclear(term);
        if (term.is(Role::other) && list && compares_with_itself(reading, base_)) return unclear(term);
        if (only_role(term, Role::both) && list && several) return unclear(term);
        // "A and B all …"
        const bool after_several =
            i > 2 && terms_.terms[i - 1].has(SenseKind::entity) && terms_.terms[i - 2].is(Role::conjunction);
        if (only_role(term, Role::all) && after_several && list && several) return unclear(term);
        if (only_role(term, Role::all) && reading.ask == Ask::statements) return unclear(term);
    }
    return {};
}

bool Said::asks_only_one() const {
    for (std::size_t i = 0; i < terms_.terms.size(); ++i)
        if (names_only_one(i) || names_greatest(i)) return true;
    return false;
}

bool Said::names_greatest(std::size_t at) const {
    const std::vector<Term>& terms = terms_.terms;
    const Term& term = terms[at];
    if (!term.after_skipped || !term.has(SenseKind::value)) return false;
    const std::optional<Phrase> first = base_.lexicon().tables.find_phrase(terms_.tokens[term.first].folded);
    const Sense most{SenseKind::role, static_cast<std::uint32_t>(Role::most)};
    if (!first || !contains(first->senses, most)) return false;
    // One thing is asked for where its word has no ending of a plural that folding took away.
    const auto one = [&](const Term& noun) {
        const Token& last = terms_.tokens[noun.last - 1];
        return noun.has(SenseKind::label) && last.text == last.folded;
    };
    if (at + 1 < terms.size()) return one(terms[at + 1]);
    return terms.front().is(Role::what) && terms.size() > 1 && one(terms[1]) &&
           only_role(terms[at - 1], Role::auxiliary);
}

bool Said::names_only_one(std::size_t at) const {
    const std::vector<Term>& terms = terms_.terms;
    return terms[at].after_skipped && only_role(terms[at], Role::only) && at + 1 < terms.size() &&
           (terms[at + 1].has(SenseKind::label) || terms[at + 1].has(SenseKind::entity));
}

/// Whether what the term names is what is asked for, or the class of it.
bool Said::begins_with(const Reading& reading, const Term& term) const {
    const Variable& root = reading.variables.front();
    return std::any_of(term.senses.begin(), term.senses.end(), [&](const Sense& sense) {
        if (sense.kind != SenseKind::entity) return false;
        const auto is = [&](std::uint32_t one) { return one == sense.index || is_kind_of(one, sense.index); };
        return std::any_of(root.entities.begin(), root.entities.end(), is) ||
               std::any_of(root.classes.begin(), root.classes.end(), is);
    });
}

bool Said::names_one(const Term& term, std::uint32_t label) const {
    const std::string& wanted = base_.schema().labels[label].name;
    return std::any_of(term.senses.begin(), term.senses.end(), [&](const Sense& sense) {
        if (sense.kind != SenseKind::entity) return false;
        const std::vector<std::string>& own = base_.entities()[sense.index].labels;
        return std::any_of(own.begin(), own.end(),
                           [&](const std::string& one) { return base_.schema().is_a(one, wanted); });
    });
}

bool Said::negated_before(std::size_t at) const {
    while (at-- > 0) {
        const Term& term = terms_.terms[at];
        if (only_role(term, Role::negation)) return true;
        const bool between = term.has(SenseKind::document) || only_role(term, Role::auxiliary) ||
                             only_role(term, Role::filler) || only_role(term, Role::idle);
        if (!between) return false;
    }
    return false;
}

std::string Said::empty_absence(const Reading& reading) const {
    const bool named = !reading.documents.empty() || !reading.not_documents.empty();
    if (reading.ask == Ask::documents && named &&
        some_link(reading, [](const Link& one) { return one.negated; }))
        return "which documents, of which documents?";
    if (reading.property && named && reading.variables.front().links.empty())
        return "names are not told apart by document";
    if (reading.ask != Ask::list && reading.ask != Ask::count) return {};
    const Variable& root = reading.variables.front();
    const bool anything =
        root.labels.empty() && root.classes.empty() && root.entities.empty() && root.parts_of.empty();
    const bool some_negated =
        std::any_of(root.links.begin(), root.links.end(), [](const Link& one) { return one.negated; });
    if (anything && !root.properties.empty()) return "what kind of thing is it that has it?";
    if (anything && some_negated) return "what kind of thing is it that is not so?";
    for (const Variable& variable : reading.variables) {
        for (const Link& link : variable.links) {
            const Variable& other = reading.variables[link.other];
            if (!link.negated) continue;
            if (!variable.entities.empty()) return "it is not clear of what it is not so";
            if (!other.links.empty()) return "too much is said of `" + other.words + "`, which is not so";
            if (!other.labels.empty() && other.entities.empty() && other.labels == root.labels)
                return "it is not clear what is not `" + other.words + "` here";
            if (link.head_is_subject || other.entities.size() != 1) continue;
            if (!states(other.entities.front(), link.relation, true))
                return "the documents state nothing of the kind of `" + other.words + "` at all";
        }
    }
    return {};
}

std::string Said::unnamed_thing(const Reading& reading) const {
    for (const Variable& variable : reading.variables) {
        for (const Link& link : variable.links) {
            const Variable& other = reading.variables[link.other];
            const bool anything = other.labels.empty() && other.classes.empty() && other.entities.empty() &&
                                  other.parts_of.empty() && other.properties.empty() && other.links.empty();
            // "… that is large and causes severe pain": the context that it is said with may be what it
            // causes.
            const bool may_be_context =
                std::any_of(variable.links.begin(), variable.links.end(),
                            [&](const Link& one) { return &one != &link && !one.filters.empty(); });
            if ((link.weak || may_be_context) && anything && other.words.empty() && link.filters.empty())
                return "it is not clear what a `" + base_.schema().relations[link.relation].name +
                       "` has to do with it";
        }
    }
    return {};
}

std::string Said::kind_of_context(const Reading& reading) const {
    if (reading.variables.empty()) return {};
    const Variable& root = reading.variables.front();
    for (const Link& link : root.links) {
        for (const Link& inner : reading.variables[link.other].links) {
            const RelationRule& rule = base_.schema().relations[inner.relation];
            for (const std::uint32_t label : root.labels) {
                std::string key = base_.schema().labels[label].name;
                for (char& c : key) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
                const bool asked = std::any_of(inner.filters.begin(), inner.filters.end(),
                                               [&](const Filter& filter) { return filter.property == key; });
                if (rule.property(key) != nullptr && !asked)
                    return "the `" + key + "` may be what `" + rule.name + "` is stated with";
            }
        }
    }
    return {};
}

bool Said::is_kind_of(std::uint32_t entity, std::uint32_t ancestor) const {
    if (entity == ancestor) return true;
    const Snapshot& graph = base_.snapshot();
    if (base_.lexicon().hierarchy == SIZE_MAX) return false;
    const auto type = graph.find_type(base_.schema().relations[base_.lexicon().hierarchy].name);
    if (!type) return false;
    std::vector<NodeId> open{base_.entities()[entity].node};
    std::set<NodeId> seen(open.begin(), open.end());
    while (!open.empty()) {
        const NodeId node = open.back();
        open.pop_back();
        for (const NodeId next : graph.neighbours(node, *type, Direction::out).nodes) {
            if (next == base_.entities()[ancestor].node) return true;
            if (seen.insert(next).second) open.push_back(next);
        }
    }
    return false;
}

bool Said::states(std::uint32_t entity, std::uint32_t relation, bool as_subject) const {
    const RelationRule& rule = base_.schema().relations[relation];
    const Snapshot& graph = base_.snapshot();
    const auto type = graph.find_type(rule.reified() && !as_subject ? rule.reified_object : rule.name);
    if (!type) return true;
    for (std::uint32_t i = 0; i < base_.entities().size(); ++i) {
        if (graph.degree(base_.entities()[i].node, *type, as_subject ? Direction::out : Direction::in) > 0 &&
            (is_kind_of(entity, i) || is_kind_of(i, entity)))
            return true;
    }
    return false;
}

}  // namespace islet::kb
