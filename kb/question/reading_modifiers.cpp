// Reading modifiers: what follows a noun, and where it belongs.
#include <algorithm>
#include <set>

#include "question/reader.hpp"

namespace islet::kb {

void Reader::read_modifier(const SyntaxNode& node) {
    switch (node.kind) {
        case NodeKind::scope:
            return read_scope(node);
        case NodeKind::link:
            return read_link(node, true);
        case NodeKind::gap:
            return read_link(node, false);
        case NodeKind::absent:
            return read_absent(node);
        case NodeKind::bare:
            return read_bare(node);
        case NodeKind::except:
            return read_except(node);
        case NodeKind::shares:
            return read_shares(node);
        case NodeKind::shared:
            return read_shared(node);
        case NodeKind::mentions:
            return read_mentions(node);
        case NodeKind::has:
            return read_has(node);
        case NodeKind::values: {
            Pending pending{path_.back(), {}, node.negated, false};
            for (const SyntaxNode& value : node.children) pending.terms.push_back(value.term);
            pending_.push_back(std::move(pending));
            return;
        }
        default:
            throw Misfit{"this form of question is not known"};
    }
}

bool Reader::only_values(const SyntaxNode& group) const {
    return std::all_of(group.children.begin(), group.children.end(), [&](const SyntaxNode& phrase) {
        return std::all_of(phrase.children.begin(), phrase.children.end(), [&](const SyntaxNode& child) {
            return child.kind == NodeKind::values || terms_[child.term].has(SenseKind::value);
        });
    });
}

void Reader::read_values_of(const SyntaxNode& group) {
    for (const SyntaxNode& phrase : group.children) {
        for (const SyntaxNode& child : phrase.children) {
            Pending pending{path_.back(), {}};
            if (child.kind == NodeKind::word) pending.terms.push_back(child.term);
            for (const SyntaxNode& value : child.children) pending.terms.push_back(value.term);
            pending_.push_back(std::move(pending));
        }
    }
}

void Reader::read_predicate(const SyntaxNode& node, std::uint32_t term) {
    const auto found = senses(term, SenseKind::predicate);
    for (std::size_t i = path_.size(); i-- > 0;) {
        for (const std::uint32_t index : found) {
            const Predicate& predicate = lexicon_.predicates[index];
            if (!fits(path_[i], schema_.relations[predicate.relation].domain)) continue;
            Variable variable;
            variable.entities = {predicate.object};
            variable.words = base_.entities()[predicate.object].name;
            // Where the relation is only stated of its kinds, they are meant.
            variable.members =
                has_kinds(predicate.object) && !stated(predicate.object, predicate.relation, false);
            const std::uint32_t operand = add_variable(std::move(variable));
            Link link;
            link.relation = predicate.relation;
            link.other = operand;
            reading_.variables[path_[i]].links.push_back(std::move(link));
            negate(reading_.variables[path_[i]].links.back(), node.negated);
            return;
        }
    }
    throw Misfit{quoted(term) + " does not fit what is asked for"};
}

void Reader::negate(Link& link, bool negated) {
    const bool asks = reading_.ask == Ask::statements && !reading_.stating;
    if (link.contrary && !negated && !asks) {
        // Only that something is not so is ever stated; that it is so cannot be asked for.
        throw Misfit{"the documents are not read for what is so here, only for what is not"};
    }
    if (asks && (link.contrary || !lexicon_.relations[link.relation].negative ? negated : true))
        answers_no_ = true;
    if (!negated || link.contrary) return;
    (lexicon_.relations[link.relation].denial_property.empty() ? link.negated : link.denied) = true;
}

/// Whether the words say that what stands before consists of the operand.
bool Reader::consists_of(std::uint32_t operand, const std::vector<Sense>& connector) const {
    const std::vector<Candidate> found = candidates(path_.back(), operand, connector, true);
    return found.size() == 1 && found.front().head_is_subject &&
           lexicon_.relations[found.front().relation].contains &&
           reading_.variables[path_.back()].entities.empty();
}

void Reader::read_link(const SyntaxNode& node, bool after) {
    const SyntaxNode& word = after ? node.children.front() : node.children.back();
    if (node.children.size() == 1 && terms_[word.term].has(SenseKind::predicate))
        return read_predicate(node, word.term);
    const SyntaxNode& group = after ? node.children.back() : node.children.front();
    const std::vector<Sense>& connector = terms_[word.term].senses;
    // "causes A and B": both; "of A and B", "for A or B": either.
    const bool verb = !terms_[word.term].is(Role::preposition);
    const bool any =
        std::any_of(group.children.begin(), group.children.end(), [](const auto& one) { return one.any; }) ||
        group.any;
    bool all = group.both || (verb && after && !any);
    std::vector<std::uint32_t> operands;
    for (const SyntaxNode& phrase : group.children) {
        // "blends of A and B" hold both.
        if (operands.size() == 1 && !any && after && consists_of(operands.front(), connector)) all = true;
        if (operands.empty() || all) operands.push_back(add_variable({}));
        fill(operands.back(), phrase, false);
    }
    if (any && operands.size() == 1) join_contexts(operands.front());
    for (const std::uint32_t operand : operands) {
        const auto head = attach(operand, connector, after);
        if (!head) {
            if (after && operands.size() == 1 && only_values(group) && !node.negated)
                return drop_for_values(operand, group);
            connect(path_.back(), operand, connector, after,
                    terms_[word.term].text);  // throws and says why
            return;
        }
        Variable& described = reading_.variables[*head];
        // "the spice for X": a class that something more is said of stands for its members.
        if (*head != 0 && described.entities.size() == 1 && has_kinds(described.entities.front()))
            described.members = true;
        Link& link = connect(*head, operand, connector, after, terms_[word.term].text);
        negate(link, node.negated);
        link.mentioned =
            node.mentioned && std::find(lexicon_.mentioned_for.begin(), lexicon_.mentioned_for.end(),
                                        link.relation) != lexicon_.mentioned_for.end();
    }
    if (operands.size() == 1 && !node.negated) path_.push_back(operands.front());
    if (!after && node.children.size() > 2 && (operands.size() > 1 || node.negated))
        throw Misfit{"what is said of several things at once is too much"};
    for (std::size_t i = 1; !after && i + 1 < node.children.size(); ++i) {
        // What stands between describes what does it, and nothing else.
        path_ = {operands.front()};
        read_modifier(node.children[i]);
    }
}

/// "fresh or dried basil", where "dried basil" is a name: either context.
void Reader::join_contexts(std::uint32_t operand) {
    for (auto& of_name : by_name_) {
        if (of_name.first != operand) continue;
        Filter& named = of_name.second;
        const auto joined = std::find_if(pending_.begin(), pending_.end(), [&](const Pending& pending) {
            if (pending.variable != operand || pending.negated) return false;
            for (const Filter& filter : meanings(pending)) {
                if (filter.property != named.property) continue;
                named.values.insert(named.values.end(), filter.values.begin(), filter.values.end());
                named.matching.insert(named.matching.end(), filter.matching.begin(), filter.matching.end());
                return true;
            }
            return false;
        });
        if (joined != pending_.end()) {
            pending_.erase(joined);
            continue;
        }
        for (const Pending& pending : pending_) {
            if (pending.variable == operand)
                throw Misfit{"one of the two, or both? Ask for " + quoted(pending.terms.front()) + " apart"};
        }
    }
}

void Reader::drop_for_values(std::uint32_t operand, const SyntaxNode& group) {
    pending_.erase(std::remove_if(pending_.begin(), pending_.end(),
                                  [&](const Pending& one) { return one.variable == operand; }),
                   pending_.end());
    by_name_.erase(std::remove_if(by_name_.begin(), by_name_.end(),
                                  [&](const auto& one) { return one.first == operand; }),
                   by_name_.end());
    reading_.variables.pop_back();
    read_values_of(group);
}

std::optional<std::uint32_t> Reader::attach(std::uint32_t operand, const std::vector<Sense>& connector,
                                            bool after) {
    return attach_point(operand, connector, after);
}

std::vector<std::uint32_t> Reader::unnamed_first() const {
    std::vector<std::uint32_t> order(path_.rbegin(), path_.rend());
    std::stable_partition(order.begin(), order.end(),
                          [&](std::uint32_t one) { return reading_.variables[one].entities.empty(); });
    return order;
}

/// "X herbs that are not recommended": not recommended for X, not used for it and besides not recommended for
/// something.
bool Reader::take_over(const SyntaxNode& node, const Term& word) {
    const auto speaks_of_use = [&](std::uint32_t relation) {
        return std::find(lexicon_.mentioned_for.begin(), lexicon_.mentioned_for.end(), relation) !=
               lexicon_.mentioned_for.end();
    };
    std::vector<Link>& links = reading_.variables[path_.front()].links;
    if (links.size() != 1 || links.front().negated || !links.front().filters.empty() ||
        !speaks_of_use(links.front().relation))
        return false;
    if (lexicon_.relations[links.front().relation].negative) return false;
    Link& link = links.front();
    std::optional<Sense> only;
    for (const Sense& sense : word.senses) {
        if (sense.kind != SenseKind::relation || !speaks_of_use(sense.index)) continue;
        if (!lexicon_.relations[sense.index].negative || only) return false;
        only = sense;
    }
    if (!only || only->forward != link.head_is_subject || node.negated) return false;
    link.relation = only->index;
    negate(link, false);
    return true;
}

/// "that are no longer used": a statement with whatever at its other end.
void Reader::read_bare(const SyntaxNode& node) {
    const Term& word = terms_[node.children.front().term];
    // "herbs used": used for something, or is more to come? Only what is not so says enough by itself.
    const bool asked = reading_.ask == Ask::statements && !reading_.variables[0].entities.empty();
    if (node.open && !asked && std::any_of(word.senses.begin(), word.senses.end(), [&](const Sense& sense) {
            return sense.kind == SenseKind::relation && !lexicon_.relations[sense.index].negative;
        }))
        throw Misfit{"what is `" + word.text + "` here?"};
    if (take_over(node, word)) return;
    const std::uint32_t operand = add_variable({});
    // Of a passive without its other end, the thing before it may be subject or object: the phrase says
    // which.
    const auto head = attach_point(operand, word.senses, true);
    Link& link = connect(head.value_or(path_.back()), operand, word.senses, true, word.text);
    negate(link, node.negated);
}

/// "that are not small"
void Reader::read_absent_values(const SyntaxNode& phrase) {
    Pending pending{path_.back(), {}, true, false};
    for (const SyntaxNode& child : phrase.children) {
        if (child.kind == NodeKind::word) pending.terms.push_back(child.term);
        for (const SyntaxNode& value : child.children) pending.terms.push_back(value.term);
    }
    pending_.push_back(std::move(pending));
}

void Reader::read_absent(const SyntaxNode& node) {
    const SyntaxNode& group = node.children.back();
    if (group.children.size() != 1) throw Misfit{"only one thing at a time can be asked to be absent"};
    if (node.children.size() == 1 && group.children.front().negated && only_values(group)) {
        read_absent_values(group.children.front());
        return;
    }
    const std::uint32_t operand = add_variable({});
    may_be_absent_ = true;
    fill(operand, group.children.front(), false);
    may_be_absent_ = false;
    for (const std::uint32_t entity : reading_.variables[operand].entities) {
        // "X without Y": not containing Y, or not a kind of Y?
        if (!has_kinds(entity) || !fits_hierarchy(path_.back(), entity)) continue;
        if (node.children.size() == 1) {
            throw Misfit{"`without " + reading_.variables[operand].words +
                         "` may mean two things; say what it shall not be or contain"};
        }
    }
    std::vector<std::uint32_t> documents;
    const SyntaxNode* connector = nullptr;
    for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
        const auto found = senses(node.children[i].term, SenseKind::document);
        documents.insert(documents.end(), found.begin(), found.end());
        if (found.empty()) connector = &node.children[i];
    }
    for (const std::uint32_t head : unnamed_first()) {
        std::vector<Candidate> found;
        if (connector != nullptr) {
            const std::vector<Sense>& words = terms_[connector->term].senses;
            found = candidates(head, operand, words, false);
            if (found.empty()) found = candidates(head, operand, words, true);
        } else {
            // "without thorns": thorns of it
            found = candidates(operand, head, lexicon_.compound, true);
            for (Candidate& one : found) one.head_is_subject = !one.head_is_subject;
            if (found.empty()) found = candidates(head, operand, lexicon_.compound, true);
        }
        if (found.size() != 1) continue;
        Link link;
        link.relation = found.front().relation;
        link.head_is_subject = found.front().head_is_subject;
        link.other = operand;
        link.negated = group.children.front().negated;
        if (link.negated) {
            link.documents = std::move(documents);
        } else {
            reading_.documents.insert(reading_.documents.end(), documents.begin(), documents.end());
        }
        reading_.variables[head].links.push_back(std::move(link));
        return;
    }
    throw Misfit{"it is not clear what the absence of `" + reading_.variables[operand].words +
                 "` means here"};
}

void Reader::read_shares(const SyntaxNode& node) {
    if (node.negated || node.children.size() != 2) throw Misfit{"this form of comparison is not known"};
    const SyntaxNode& what = node.children[0];
    const SyntaxNode& with = node.children[1];
    if (what.children.size() != 1 || with.children.size() != 1)
        throw Misfit{"only one thing can be shared with one other"};
    const std::uint32_t shared = add_variable({});
    fill(shared, what.children.front(), false);
    if (reading_.variables[shared].labels.empty()) {
        throw Misfit{"`" + reading_.variables[shared].words + "` is no kind of thing that can be shared"};
    }
    const std::uint32_t other = add_variable({});
    fill(other, with.children.front(), false);
    const Link link = connect(shared, other, lexicon_.compound, true, {});
    reading_.variables[other].differs = true;
    const std::uint32_t root = 0;
    const RelationRule& rule = schema_.relations[link.relation];
    if (!fits(root, link.head_is_subject ? rule.range : rule.domain)) {
        throw Misfit{"`" + reading_.variables[root].words + "` does not share a " +
                     reading_.variables[shared].words};
    }
    Link own;
    own.relation = link.relation;
    own.head_is_subject = !link.head_is_subject;
    own.other = shared;
    reading_.variables[root].links.push_back(std::move(own));
}

void Reader::read_shared(const SyntaxNode& node) {
    const SyntaxNode& group = node.children.front();
    if (group.children.size() < 2) throw Misfit{"shared by which two?"};
    if (reading_.variables[0].labels.empty() && reading_.variables[0].classes.empty())
        throw Misfit{"what is it that they share?"};
    for (const SyntaxNode& phrase : group.children) {
        const std::uint32_t operand = add_variable({});
        fill(operand, phrase, false);
        connect(0, operand, lexicon_.compound, true, {});
    }
}

bool Reader::may_be(std::uint32_t variable, std::uint32_t entity) const {
    const Variable& one = reading_.variables[variable];
    if (!one.entities.empty()) return false;
    if (one.labels.empty() && one.classes.empty()) {
        // "what does X taste of besides Y": what the verb leads to
        return std::any_of(one.links.begin(), one.links.end(), [&](const Link& link) {
            const RelationRule& rule = schema_.relations[link.relation];
            const std::vector<std::string>& allowed = link.head_is_subject ? rule.domain : rule.range;
            const std::vector<std::string>& own = base_.entities()[entity].labels;
            return std::any_of(own.begin(), own.end(), [&](const std::string& label) {
                return std::any_of(allowed.begin(), allowed.end(),
                                   [&](const std::string& other) { return schema_.is_a(label, other); });
            });
        });
    }
    const bool label =
        one.labels.empty() || std::any_of(one.labels.begin(), one.labels.end(),
                                          [&](std::uint32_t index) { return bears(entity, index); });
    return label && std::all_of(one.classes.begin(), one.classes.end(),
                                [&](std::uint32_t above) { return is_kind_of(entity, above); });
}

void Reader::read_except(const SyntaxNode& node) {
    if (reading_.ask == Ask::statements || reading_.ask == Ask::documents)
        throw Misfit{"only of a list something can be left out"};
    for (const SyntaxNode& phrase : node.children.front().children) {
        const std::size_t pending = pending_.size() + by_name_.size();
        const std::uint32_t at = add_variable({});
        fill(at, phrase, false);
        const Variable left_out = reading_.variables[at];
        const bool plain = pending == pending_.size() + by_name_.size() &&
                           reading_.variables.size() == at + 1 && left_out.labels.empty() &&
                           left_out.classes.empty() && left_out.parts_of.empty() &&
                           !left_out.entities.empty();
        if (!plain) throw Misfit{"only things that have a name can be left out"};
        reading_.variables.pop_back();
        for (const std::uint32_t entity : left_out.entities) {
            const auto owner = std::find_if(path_.rbegin(), path_.rend(),
                                            [&](std::uint32_t one) { return may_be(one, entity); });
            if (owner == path_.rend()) throw Misfit{"`" + left_out.words + "` is none of what is asked for"};
            reading_.variables[*owner].except.push_back(entity);
        }
    }
}

void Reader::place_statement_question() {
    if (reading_.variables[0].links.empty())
        throw Misfit{"what is to be said of `" + reading_.variables[0].words + "`?"};
    std::size_t positive = 0;
    for (Link& link : reading_.variables[0].links) {
        if (reading_.polarity == Polarity::contexts && (link.negated || link.denied))
            throw Misfit{"when something is not so cannot be asked for"};
        link.negated = false;
        link.denied = false;
        // What is said against it answers the question too, but is no document that says so.
        link.mentioned = !reading_.stating && !link.contrary && !lexicon_.relations[link.relation].negative &&
                         std::find(lexicon_.mentioned_for.begin(), lexicon_.mentioned_for.end(),
                                   link.relation) != lexicon_.mentioned_for.end();
        ++positive;
    }
    if (positive != 1) throw Misfit{"only one statement can be asked for at a time"};
    if (answers_no_) reading_.polarity = Polarity::contexts;
}

}  // namespace islet::kb
