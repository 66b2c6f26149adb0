// Reading values (contexts, strengths), explanations and attributes.
#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include "question/reader.hpp"

namespace islet::kb {

Filter Reader::make_filter(const std::string& property, const std::vector<std::string>& values) const {
    Filter filter;
    filter.property = property;
    filter.values = values;
    for (const std::string& value : values) {
        const FacetRule* facet = schema_.facet(property);
        for (std::string& one : facet == nullptr ? std::vector<std::string>{value} : facet->stating(value)) {
            if (std::find(filter.matching.begin(), filter.matching.end(), one) == filter.matching.end()) {
                filter.matching.push_back(std::move(one));
            }
        }
    }
    return filter;
}

bool Reader::takes(std::uint32_t relation, Filter& filter) const {
    const PropertyRule* property = schema_.relations[relation].property(filter.property);
    if (property == nullptr) return false;
    const FacetRule* facet = schema_.facet(property->facet);
    const std::vector<std::string>& allowed = facet != nullptr ? facet->values : property->values;
    const bool known = std::any_of(filter.values.begin(), filter.values.end(), [&](const std::string& value) {
        return std::find(allowed.begin(), allowed.end(), value) != allowed.end();
    });
    filter.list = property->type == PropertyType::strings;
    return known;
}

std::vector<Link*> Reader::links_of(std::uint32_t variable) {
    std::vector<Link*> found;
    for (Variable& one : reading_.variables) {
        for (Link& link : one.links) {
            if (link.other == variable) found.push_back(&link);
        }
    }
    for (Link& link : reading_.variables[variable].links) found.push_back(&link);
    return found;
}

bool Reader::place_filter(std::uint32_t variable, const Filter& wanted) {
    Filter filter = wanted;
    for (Link* link : links_of(variable)) {
        if (reading_.ask == Ask::documents || !takes(link->relation, filter)) continue;
        for (Filter& other : link->filters) {
            if (other.property != filter.property || other.by_name || filter.by_name) continue;
            // "the usual ones, not the rare": the same said twice
            std::vector<std::string> both;
            std::copy_if(other.matching.begin(), other.matching.end(), std::back_inserter(both),
                         [&](const std::string& value) {
                             return std::find(filter.matching.begin(), filter.matching.end(), value) !=
                                    filter.matching.end();
                         });
            if (both.empty() || filter.alternatives || other.alternatives ||
                schema_.facet(filter.property) != nullptr)
                return false;
            other.matching = std::move(both);
            return true;
        }
        link->filters.push_back(std::move(filter));
        return true;
    }
    return false;
}

void Reader::place(const Pending& pending) {
    if (pending.negated) {
        if (place_absent_value(pending)) return;
        throw Misfit{"what is not " + quoted(pending.terms.front()) + " cannot be asked for"};
    }
    if (pending.terms.size() > 1 && meanings(pending).empty()) {
        // "rare but serious": of different things, so that both must hold.
        for (const std::uint32_t term : pending.terms) place({pending.variable, {term}});
        return;
    }
    if (place_at(pending.variable, pending)) return;
    for (std::uint32_t i = static_cast<std::uint32_t>(reading_.variables.size()); i-- > 0;) {
        if (i != pending.variable && place_at(i, pending)) return;
    }
    if (place_alone(pending)) return;
    throw Misfit{"it is not clear what " + quoted(pending.terms.front()) + " says here"};
}

/// "herbs that are not popular": nothing is stated of them with the value. What a context excludes is not
/// asked for this way.
bool Reader::place_absent_value(const Pending& pending) {
    const bool of_asked = pending.variable == 0 || !reading_.variables[pending.variable].entities.empty();
    if (!of_asked || (reading_.ask != Ask::list && reading_.ask != Ask::count)) return false;
    for (Filter filter : meanings(pending)) {
        if (schema_.facet(filter.property) != nullptr) continue;
        std::vector<Link>& links = reading_.variables[0].links;
        for (std::size_t i = 0; i < links.size(); ++i) {
            if (links[i].negated || !takes(links[i].relation, filter)) continue;
            Link absent = links[i];
            absent.filters = {std::move(filter)};
            absent.negated = true;
            links.push_back(std::move(absent));
            return true;
        }
    }
    const std::vector<Filter> all = meanings(pending);
    if (std::any_of(all.begin(), all.end(),
                    [&](const Filter& one) { return schema_.facet(one.property) != nullptr; }))
        return false;
    if (!reading_.variables[0].links.empty() || !place_alone({0, pending.terms})) return false;
    reading_.variables[0].links.back().negated = true;
    return true;
}

std::vector<Filter> Reader::meanings(const Pending& pending) const {
    std::vector<Filter> found;
    for (const std::uint32_t sense : senses(pending.terms.front(), SenseKind::value)) {
        const std::string& property = lexicon_.values[sense].property;
        std::vector<std::string> values;
        bool all = true;
        for (const std::uint32_t term : pending.terms) {
            bool has = false;
            for (const std::uint32_t other : senses(term, SenseKind::value)) {
                if (lexicon_.values[other].property != property) continue;
                has = true;
                values.insert(values.end(), lexicon_.values[other].values.begin(),
                              lexicon_.values[other].values.end());
            }
            all = all && has;
        }
        if (!all) continue;
        found.push_back(make_filter(property, values));
        found.back().alternatives = reading_.ask == Ask::statements && pending.terms.size() > 1;
    }
    return found;
}

bool Reader::place_at(std::uint32_t variable, const Pending& pending) {
    for (const Filter& filter : meanings(pending)) {
        if (place_filter(variable, filter)) return true;
    }
    return false;
}

bool Reader::place_alone(const Pending& pending) {
    // Of what is named, a statement is spoken of already.
    if (pending.variable != 0 && !reading_.variables[pending.variable].entities.empty()) return false;
    std::vector<std::pair<Candidate, Filter>> found;
    int best = INT32_MIN;
    // Of what is linked already, or is asked about with yes or no, a context says nothing by itself.
    const bool settled =
        reading_.ask == Ask::statements || !reading_.variables[pending.variable].links.empty();
    for (Filter filter : meanings(pending)) {
        if (settled && schema_.facet(filter.property) != nullptr) continue;
        if (reading_.ask == Ask::statements && !reading_.variables[0].links.empty()) continue;
        for (std::uint32_t relation = 0; relation < schema_.relations.size(); ++relation) {
            if (lexicon_.relations[relation].negative || !takes(relation, filter)) continue;
            for (const bool subject : {true, false}) {
                const RelationRule& rule = schema_.relations[relation];
                // Of what is used for something, only the contexts are those of the thing it is used for.
                if (rule.reified() && !subject && schema_.facet(filter.property) == nullptr) continue;
                if (!fits(pending.variable, subject ? rule.domain : rule.range)) continue;
                const int rank = lexicon_.relations[relation].rank;
                if (rank < best) continue;
                if (rank > best) found.clear();
                best = rank;
                found.emplace_back(Candidate{relation, subject}, filter);
            }
        }
    }
    if (found.size() != 1) return false;
    Link link;
    link.relation = found.front().first.relation;
    link.head_is_subject = found.front().first.head_is_subject;
    link.other = add_variable({});
    link.filters.push_back(std::move(found.front().second));
    reading_.variables[pending.variable].links.push_back(std::move(link));
    return true;
}

void Reader::move_documents_to_absence() {
    std::vector<Link>& links = reading_.variables[0].links;
    const bool all = !links.empty() && std::all_of(links.begin(), links.end(), [](const Link& link) {
        return link.negated && link.documents.empty();
    });
    if (!all || reading_.documents.empty() || reading_.ask == Ask::documents) return;
    for (Link& link : links) link.documents = reading_.documents;
    reading_.documents.clear();
}

/// "dried basil" names basil in a context; where it is itself what is spoken of, it is meant.
bool Reader::stated_by_name(std::uint32_t variable, const Filter& filter) {
    std::vector<std::uint32_t>& named = reading_.variables[variable].entities;
    if (named.size() != 1) return false;
    for (std::uint32_t i = 0; i < base_.entities().size(); ++i) {
        const Entity& entity = base_.entities()[i];
        const bool same = entity.means == base_.entities()[named.front()].id &&
                          entity.means_context.size() == 1 &&
                          entity.means_context.front().facet == filter.property &&
                          entity.means_context.front().value == filter.values.front();
        if (!same) continue;
        for (const Link* link : links_of(variable)) {
            if (!stated(i, link->relation, (link->other == variable) != link->head_is_subject)) continue;
            named = {i};
            return true;
        }
    }
    return false;
}

void Reader::check() {
    move_documents_to_absence();
    for (auto& [variable, filter] : by_name_) {
        filter.by_name = true;
        if (!place_filter(variable, filter) && !stated_by_name(variable, filter)) {
            throw Misfit{"`" + reading_.variables[variable].words + "` names a context (" + filter.property +
                         ": " + filter.values.front() + ") that nothing asked for here can have"};
        }
    }
    for (Variable& variable : reading_.variables) {
        // "kinds of herb for X" are herbs for X.
        if (!variable.links.empty() && variable.classes.empty()) variable.kinds = false;
    }
    const Variable& root = reading_.variables[0];
    const bool bare = root.labels.empty() && root.classes.empty() && root.links.empty();
    if (reading_.property && (!bare || !root.entities.empty())) return;
    if (bare)
        throw Misfit{root.words.empty() ? "what is asked for?" : "what is asked about `" + root.words + "`?"};
    // "X for Y" of one thing that is named: what is stated of the two.
    if (reading_.ask == Ask::list && !root.entities.empty() && root.links.size() == 1 &&
        !root.links.front().negated) {
        const Variable& other = reading_.variables[root.links.front().other];
        const bool open =
            other.entities.empty() && other.classes.empty() && other.parts_of.empty() && other.links.empty();
        if (open && !ask_for_other_end()) throw Misfit{"what is asked about `" + root.words + "`?"};
        if (open) return;
        reading_.ask = Ask::statements;
        place_statement_question();
    }
    const bool whole = std::all_of(root.labels.begin(), root.labels.end(),
                                   [&](std::uint32_t label) { return lexicon_.whole_labels[label]; });
    if (root.links.empty() && root.classes.empty() && root.properties.empty() && reading_.documents.empty() &&
        reading_.not_documents.empty() && reading_.each_document.empty() && !reading_.by_document &&
        (!whole || root.kinds)) {
        throw Misfit{"every `" + root.words + "` of the base? Say of what, for what, or in which document"};
    }
    if (reading_.ask != Ask::statements && !root.entities.empty()) {
        throw Misfit{"what is asked about `" + root.words + "`?"};
    }
}

/// "basil in a small garden": what is stated of it in that context, which only one relation has.
bool Reader::ask_for_other_end() {
    Link link = reading_.variables[0].links.front();
    const bool contexts = !link.filters.empty() &&
                          std::all_of(link.filters.begin(), link.filters.end(), [&](const Filter& filter) {
                              return schema_.facet(filter.property) != nullptr;
                          });
    if (!contexts || reading_.variables.size() != 2 || reading_.variables[0].entities.size() != 1)
        return false;
    const RelationRule& rule = schema_.relations[link.relation];
    Variable asked;
    for (const std::string& name : link.head_is_subject ? rule.range : rule.domain) {
        for (std::uint32_t i = 0; i < schema_.labels.size(); ++i) {
            if (schema_.labels[i].name == name) asked.labels.push_back(i);
        }
    }
    Variable known = std::move(reading_.variables[0]);
    known.links.clear();
    link.head_is_subject = !link.head_is_subject;
    link.other = 1;
    asked.links.push_back(std::move(link));
    reading_.variables = {std::move(asked), std::move(known)};
    return true;
}

namespace {

/// Whether a word only says how others belong together, or that something is said or done.
bool says_nothing(const Term& term) {
    static constexpr std::array<Role, 11> roles{
        Role::ask,         Role::what,    Role::why,         Role::how,    Role::auxiliary, Role::that,
        Role::preposition, Role::mention, Role::conjunction, Role::filler, Role::by_source};
    return std::any_of(roles.begin(), roles.end(), [&](Role role) { return term.is(role); });
}

}  // namespace

Reading Reader::read_steps(const SyntaxNode& tree) {
    reading_.ask = Ask::steps;
    add_variable({});
    for (const SyntaxNode& word : tree.children) {
        const Term& term = terms_[word.term];
        if (const auto documents = senses(word.term, SenseKind::document); !documents.empty()) {
            reading_.documents.insert(reading_.documents.end(), documents.begin(), documents.end());
        } else if (const auto predicates = senses(word.term, SenseKind::predicate); !predicates.empty()) {
            reading_.mentioned.push_back(lexicon_.predicates[predicates.front()].object);
            reading_.relations.push_back({lexicon_.predicates[predicates.front()].relation});
        } else if (const auto entities = senses(word.term, SenseKind::entity); !entities.empty()) {
            if (reading_.variables[0].entities.empty()) {
                reading_.variables[0].entities = {entities.front()};
                reading_.variables[0].words = term.text;
            } else {
                reading_.mentioned.push_back(entities.front());
            }
        } else if (const auto relations = senses(word.term, SenseKind::relation);
                   !relations.empty() && !term.is(Role::preposition)) {
            reading_.relations.push_back(relations);
        } else if (const auto labels = senses(word.term, SenseKind::label); !labels.empty()) {
            reading_.mentioned_labels.insert(reading_.mentioned_labels.end(), labels.begin(), labels.end());
        } else if (!says_nothing(term)) {
            throw Misfit{"it is not clear what " + quoted(word.term) + " asks of an explanation"};
        }
    }
    if (reading_.variables[0].entities.empty()) throw Misfit{"an explanation of what?"};
    // "how is Y ripened by X": the verb says what is done to Y.
    const bool passive = std::any_of(tree.children.begin(), tree.children.end(), [&](const SyntaxNode& word) {
        const std::vector<Sense>& all = terms_[word.term].senses;
        return !terms_[word.term].is(Role::preposition) &&
               std::any_of(all.begin(), all.end(),
                           [](const Sense& one) { return one.kind == SenseKind::relation && !one.forward; });
    });
    if (passive) begin_with_cause();
    const bool works = std::any_of(tree.children.begin(), tree.children.end(), [&](const SyntaxNode& word) {
        return terms_[word.term].is(Role::filler);
    });
    if (reading_.mentioned.empty() && reading_.relations.empty() && reading_.mentioned_labels.empty() &&
        !works) {
        throw Misfit{"what is to be explained of `" + reading_.variables[0].words + "`?"};
    }
    return std::move(reading_);
}

/// "how is Y ripened by X": the explanation begins with what does something, whatever is named first.
void Reader::begin_with_cause() {
    const auto does = [&](std::uint32_t entity) {
        for (std::uint32_t i = 0; i < lexicon_.relations.size(); ++i) {
            if (lexicon_.relations[i].explains && stated(entity, i, true)) return true;
        }
        return false;
    };
    std::uint32_t& first = reading_.variables[0].entities.front();
    if (does(first)) return;
    const auto cause = std::find_if(reading_.mentioned.begin(), reading_.mentioned.end(), does);
    if (cause == reading_.mentioned.end()) return;
    std::swap(first, *cause);
    reading_.variables[0].words = base_.entities()[first].name;
}

Reading Reader::read_value(const SyntaxNode& tree) {
    reading_.ask = Ask::value;
    add_variable({});
    bool unstatable = false;
    for (const SyntaxNode& word : tree.children) {
        for (const std::uint32_t one : senses(word.term, SenseKind::attribute))
            unstatable = unstatable || lexicon_.attributes[one].relations.empty();
    }
    // What is asked for may stand last: what the other words say is held against it all the same.
    bool found = false;
    std::vector<std::uint32_t> may_be;
    for (auto word = tree.children.rbegin(); word != tree.children.rend() && !unstatable; ++word) {
        if (const auto attributes = senses(word->term, SenseKind::attribute); !attributes.empty())
            reading_.attribute = attributes.front();
    }
    // A verb that is none of the relations that state the value asks for something else.
    const auto another_relation = [&](const SyntaxNode& word) {
        const auto relations = senses(word.term, SenseKind::relation);
        const std::vector<std::string>& own = reading_relations();
        return !own.empty() && !lexicon_.attributes[reading_.attribute].unknown && !relations.empty() &&
               terms_[word.term].senses.size() == relations.size() &&
               std::none_of(relations.begin(), relations.end(), [&](std::uint32_t relation) {
                   return std::find(own.begin(), own.end(), schema_.relations[relation].name) != own.end();
               });
    };
    for (const SyntaxNode& word : tree.children) {
        const Term& term = terms_[word.term];
        if (const auto attributes = senses(word.term, SenseKind::attribute); !attributes.empty()) {
            if (found && reading_.attribute != attributes.front())
                throw Misfit{"only one value can be asked for at a time"};
            found = true;
            reading_.attribute = attributes.front();
            may_be = attributes;
        } else if (const auto documents = senses(word.term, SenseKind::document); !documents.empty()) {
            reading_.documents.insert(reading_.documents.end(), documents.begin(), documents.end());
        } else if (const auto entities = senses(word.term, SenseKind::entity); !entities.empty()) {
            Variable variable;
            variable.words = term.text;
            variable.entities = {entities.front()};
            add_variable(std::move(variable));
        } else if (unstatable) {
            continue;  // whatever is asked of it, nothing says it
        } else if (term.is(Role::negation) || term.is(Role::but) || term.is(Role::unsupported) ||
                   term.is(Role::only) || term.is(Role::both) || term.is(Role::every) ||
                   term.is(Role::except) || term.is(Role::most) || term.has(SenseKind::predicate) ||
                   term.has(SenseKind::greatest) || term.has(SenseKind::least) ||
                   (!reading_relations().empty() && !lexicon_.attributes[reading_.attribute].unknown &&
                    (term.has(SenseKind::value) || term.has(SenseKind::label)) &&
                    !term.has(SenseKind::role)) ||
                   another_relation(word)) {
            throw Misfit{"it is not clear what " + quoted(word.term) + " says here"};
        }
    }
    // One word for several values ("how long"): that which can be said of what is named.
    for (const std::uint32_t one : may_be) {
        if (!says_value_of_all(one)) continue;
        reading_.attribute = one;
        break;
    }
    return std::move(reading_);
}

/// Whether statements of the attribute can be about everything that is named.
bool Reader::says_value_of_all(std::uint32_t attribute) const {
    const std::vector<std::string>& relations = lexicon_.attributes[attribute].relations;
    for (std::uint32_t i = 0; i < reading_.variables.size(); ++i) {
        if (reading_.variables[i].entities.empty()) continue;
        const bool can = std::any_of(relations.begin(), relations.end(), [&](const std::string& name) {
            const RelationRule* rule = schema_.relation(name);
            return rule != nullptr && (fits(i, rule->domain) || fits(i, rule->range));
        });
        if (!can) return false;
    }
    return true;
}

const std::vector<std::string>& Reader::reading_relations() const {
    return lexicon_.attributes[reading_.attribute].relations;
}

}  // namespace islet::kb
