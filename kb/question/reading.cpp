#include "question/reading.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <set>

namespace islet::kb {
namespace {

/// Thrown inside this file when the words do not fit; caught in read_question.
struct Misfit {
    std::string message;
};

struct Candidate {
    std::uint32_t relation = 0;
    bool head_is_subject = true;
    friend bool operator==(const Candidate&, const Candidate&) = default;
};

/// A value word that waits for the statement it describes.
struct Pending {
    std::uint32_t variable;
    std::vector<std::uint32_t> terms;  ///< any of them
    bool negated = false;
    bool alternatives = false;
};

class Reader {
 public:
    Reader(const std::vector<Term>& terms, const KnowledgeBase& base)
        : terms_(terms), base_(base), schema_(base.schema()), lexicon_(base.lexicon()) {}

    Reading read(const SyntaxNode& tree) {
        switch (tree.kind) {
            case NodeKind::explain:
                return read_steps(tree);
            case NodeKind::attribute:
                return read_value(tree);
            case NodeKind::polar:
                reading_.ask = Ask::statements;
                break;
            case NodeKind::count:
                reading_.ask = Ask::count;
                break;
            default:
                reading_.ask = Ask::list;
        }
        std::size_t first = 0;
        if (!tree.children.empty() && tree.children[0].kind == NodeKind::group) {
            read_head(tree.children[0], tree.children.size() == 1);
            first = 1;
        } else {
            reading_.variables.emplace_back();
        }
        path_ = {0};
        for (std::size_t i = first; i < tree.children.size(); ++i) read_modifier(tree.children[i]);
        if (reading_.ask == Ask::statements && !is_kind_question_) place_statement_question();
        for (const Pending& pending : pending_) place(pending);
        check();
        return std::move(reading_);
    }

 private:
    // --- words -----------------------------------------------------------------------------------------

    [[nodiscard]] std::vector<std::uint32_t> senses(std::uint32_t term, SenseKind kind) const {
        std::vector<std::uint32_t> found;
        for (const Sense& sense : terms_[term].senses) {
            if (sense.kind == kind) found.push_back(sense.index);
        }
        return found;
    }

    [[nodiscard]] std::string quoted(std::uint32_t term) const { return "`" + terms_[term].text + "`"; }

    /// Whether some entity is a kind of this one.
    [[nodiscard]] bool has_kinds(std::uint32_t entity) const {
        if (lexicon_.hierarchy == SIZE_MAX) return false;
        const Snapshot& graph = base_.snapshot();
        const auto type = graph.find_type(schema_.relations[lexicon_.hierarchy].name);
        return type && graph.degree(base_.entities()[entity].node, *type, Direction::in) > 0;
    }

    /// Whether `entity` is `ancestor` or a kind of it at any depth.
    [[nodiscard]] bool is_kind_of(std::uint32_t entity, std::uint32_t ancestor) const {
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

    // --- noun phrases ----------------------------------------------------------------------------------

    /// The words of a phrase: the last noun is its head, the others describe it.
    struct Words {
        std::vector<std::uint32_t> nouns;                ///< labels and entities, in order
        std::vector<std::vector<std::uint32_t>> values;  ///< each: any of them
        bool kinds = false;
    };

    [[nodiscard]] Words words_of(const SyntaxNode& phrase) const {
        Words words;
        words.kinds = phrase.kinds;
        for (const SyntaxNode& child : phrase.children) {
            if (child.kind == NodeKind::word) {
                words.nouns.push_back(child.term);
            } else {
                words.values.emplace_back();
                for (const SyntaxNode& value : child.children) words.values.back().push_back(value.term);
            }
        }
        return words;
    }

    std::uint32_t add_variable(Variable variable) {
        reading_.variables.push_back(std::move(variable));
        return static_cast<std::uint32_t>(reading_.variables.size() - 1);
    }

    /// "is X a Y": without a verb the two nouns stand in one phrase; is the first a kind of the second?
    bool read_kind_question(const SyntaxNode& group) {
        if (group.children.size() != 1 || lexicon_.hierarchy == SIZE_MAX) return false;
        const Words words = words_of(group.children.front());
        if (words.nouns.size() != 2 || !words.values.empty()) return false;
        const auto thing = senses(words.nouns[0], SenseKind::entity);
        const auto kind = senses(words.nouns[1], SenseKind::entity);
        if (thing.size() != 1 || kind.size() != 1 || !has_kinds(kind.front())) return false;
        reading_.variables[0].entities = thing;
        reading_.variables[0].classes = kind;
        append_words(0, words.nouns[0]);
        is_kind_question_ = true;
        return true;
    }

    void read_head(const SyntaxNode& group, bool alone) {
        if (group.children.size() > 1 && reading_.ask != Ask::statements) {
            throw Misfit{"two things are asked for at once; ask for one after the other"};
        }
        add_variable({});
        if (reading_.ask == Ask::statements) {
            if (alone && read_kind_question(group)) return;
            for (const SyntaxNode& phrase : group.children) fill(0, phrase, false);
            return;
        }
        fill(0, group.children[0], true);
    }

    /// Makes variable `at` mean the phrase. `asked`: it is what the question asks for, so that a class
    /// stands for its kinds.
    void fill(std::uint32_t at, const SyntaxNode& phrase, bool asked) {
        Words words = words_of(phrase);
        for (auto& values : words.values) pending_.push_back({at, std::move(values)});
        if (words.nouns.empty()) {
            if (words.kinds) throw Misfit{"kinds of what?"};
            return;
        }
        const std::uint32_t head = words.nouns.back();
        words.nouns.pop_back();
        append_words(at, head);
        const auto labels = senses(head, SenseKind::label);
        const auto entities = senses(head, SenseKind::entity);
        if (!labels.empty()) {
            Variable& variable = reading_.variables[at];
            variable.labels.insert(variable.labels.end(), labels.begin(), labels.end());
            variable.kinds = words.kinds;
        } else {
            if (entities.size() > 1) {
                throw Misfit{quoted(head) + " may mean " + base_.entities()[entities[0]].name + " or " +
                             base_.entities()[entities[1]].name};
            }
            use_entity(at, head, entities.front(), asked || words.kinds, words.kinds);
            reading_.variables[at].kinds = words.kinds;
        }
        for (const std::uint32_t noun : words.nouns) describe(at, noun);
    }

    void append_words(std::uint32_t at, std::uint32_t term) {
        std::string& words = reading_.variables[at].words;
        if (!words.empty()) words += ", ";
        words += terms_[term].text;
    }

    void use_entity(std::uint32_t at, std::uint32_t term, std::uint32_t entity, bool as_class,
                    bool must_have_kinds) {
        const Entity& known = base_.entities()[entity];
        if (as_class && has_kinds(entity)) {
            reading_.variables[at].classes.push_back(entity);
            // "sweet leaves": the name itself says which of the kinds are meant.
            const std::size_t space = terms_[term].folded.rfind(' ');
            if (space == std::string::npos || must_have_kinds) return;
            const Phrase* last = lexicon_.find(terms_[term].folded.substr(space + 1));
            if (last == nullptr) return;
            for (const Sense& sense : last->senses) {
                if (sense.kind == SenseKind::label) reading_.variables[at].labels.push_back(sense.index);
            }
            return;
        }
        if (must_have_kinds) throw Misfit{"the base has no kinds of " + known.name};
        if (known.means.empty()) {
            reading_.variables[at].entities.push_back(entity);
            return;
        }
        for (std::uint32_t i = 0; i < base_.entities().size(); ++i) {
            if (base_.entities()[i].id == known.means) reading_.variables[at].entities.push_back(i);
        }
        for (const Entity::Context& context : known.means_context) {
            by_name_.push_back({at, make_filter(context.facet, {context.value})});
        }
    }

    /// A noun before the head: a class it is of, a context of it, or another thing it has to do with.
    void describe(std::uint32_t at, std::uint32_t noun) {
        const auto entities = senses(noun, SenseKind::entity);
        if (entities.empty()) {
            throw Misfit{"it is not clear what " + quoted(noun) + " says about `" +
                         reading_.variables[at].words + "`"};
        }
        if (entities.size() > 1) throw Misfit{quoted(noun) + " may mean more than one thing"};
        const std::uint32_t entity = entities.front();
        const Entity& known = base_.entities()[entity];
        // "X in winter": the context of one name, the thing of the other.
        for (const std::uint32_t other : reading_.variables[at].entities) {
            if (merge_context(at, other, known)) return;
            if (merge_base(at, other, entity)) return;
        }
        if (has_kinds(entity) && reading_.variables[at].entities.empty() && fits_hierarchy(at, entity)) {
            reading_.variables[at].classes.push_back(entity);
            return;
        }
        const std::uint32_t operand = add_variable({});
        reading_.variables[operand].words = terms_[noun].text;
        use_entity(operand, noun, entity, false, false);
        connect(at, operand, lexicon_.compound, true, {});
    }

    /// "recurrent" + "X": the noun names a context of the thing that `other` is a kind of.
    bool merge_context(std::uint32_t at, std::uint32_t other, const Entity& named) {
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

    /// "X" + "winter fruit": the head named a context of something wider than the noun.
    bool merge_base(std::uint32_t at, std::uint32_t other, std::uint32_t noun) {
        const bool has_context =
            std::any_of(by_name_.begin(), by_name_.end(), [&](const auto& one) { return one.first == at; });
        if (!has_context || noun == other || !is_kind_of(noun, other)) return false;
        reading_.variables[at].entities = {noun};
        return true;
    }

    [[nodiscard]] bool fits_hierarchy(std::uint32_t at, std::uint32_t entity) const {
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

    // --- connecting ------------------------------------------------------------------------------------

    [[nodiscard]] bool fits(std::uint32_t variable, const std::vector<std::string>& allowed) const {
        const Variable& one = reading_.variables[variable];
        const auto entity_fits = [&](std::uint32_t entity) {
            for (const std::string& own : base_.entities()[entity].labels) {
                for (const std::string& label : allowed) {
                    if (schema_.is_a(own, label)) return true;
                }
            }
            return false;
        };
        const auto label_fits = [&](std::uint32_t index) {
            const std::string& own = schema_.labels[index].name;
            return std::any_of(allowed.begin(), allowed.end(), [&](const std::string& label) {
                return schema_.is_a(own, label) || schema_.is_a(label, own);
            });
        };
        if (!one.entities.empty()) return std::all_of(one.entities.begin(), one.entities.end(), entity_fits);
        if (!one.labels.empty()) return std::any_of(one.labels.begin(), one.labels.end(), label_fits);
        if (!one.classes.empty()) return std::all_of(one.classes.begin(), one.classes.end(), entity_fits);
        return true;
    }

    /// The relations that `connector` may mean between the two. `after`: the head stands before the
    /// connector and the operand after it.
    [[nodiscard]] std::vector<Candidate> candidates(std::uint32_t head, std::uint32_t operand,
                                                    const std::vector<Sense>& connector, bool after) const {
        std::vector<Candidate> found;
        int best = INT32_MIN;
        // "what is in X": of an open question only what is stated of X at all can be meant.
        const Variable& first = reading_.variables[head];
        const bool open = first.entities.empty() && first.labels.empty() && first.classes.empty();
        for (const Sense& sense : connector) {
            if (sense.kind != SenseKind::relation) continue;
            const RelationRule& rule = schema_.relations[sense.index];
            const Candidate candidate{sense.index, after == sense.forward};
            const std::uint32_t subject = candidate.head_is_subject ? head : operand;
            const std::uint32_t object = candidate.head_is_subject ? operand : head;
            if (!fits(subject, rule.domain) || !fits(object, rule.range)) continue;
            if (open && !may_be_stated(operand, sense.index, !candidate.head_is_subject)) continue;
            const int rank = lexicon_.relations[sense.index].rank;
            if (rank < best) continue;
            if (rank > best) found.clear();
            best = rank;
            if (std::find(found.begin(), found.end(), candidate) == found.end()) found.push_back(candidate);
        }
        if (found.size() > 1) keep_stated(head, operand, found);
        return found;
    }

    /// Whether the base states the relation at all of an entity, as its subject or its object.
    [[nodiscard]] bool stated(std::uint32_t entity, std::uint32_t relation, bool as_subject) const {
        const RelationRule& rule = schema_.relations[relation];
        const Snapshot& graph = base_.snapshot();
        const auto type = graph.find_type(rule.reified() && !as_subject ? rule.reified_object : rule.name);
        return type && graph.degree(base_.entities()[entity].node, *type,
                                    as_subject ? Direction::out : Direction::in) > 0;
    }

    /// Whether the base states the relation of one of the variable's entities, or of a class of theirs.
    [[nodiscard]] bool may_be_stated(std::uint32_t variable, std::uint32_t relation, bool as_subject) const {
        const std::vector<std::uint32_t>& entities = reading_.variables[variable].entities;
        if (entities.empty()) return true;
        return std::any_of(entities.begin(), entities.end(),
                           [&](std::uint32_t entity) { return stated(entity, relation, as_subject); });
    }

    /// Of several meanings, those that the base states anything with of a thing that is named: the others
    /// could not be answered, so that they are not what is asked.
    void keep_stated(std::uint32_t head, std::uint32_t operand, std::vector<Candidate>& found) const {
        std::vector<Candidate> kept;
        for (const Candidate& one : found) {
            const auto possible = [&](std::uint32_t variable, bool as_subject) {
                const std::vector<std::uint32_t>& entities = reading_.variables[variable].entities;
                return entities.empty() ||
                       std::any_of(entities.begin(), entities.end(), [&](std::uint32_t entity) {
                           return stated(entity, one.relation, as_subject);
                       });
            };
            if (possible(head, one.head_is_subject) && possible(operand, !one.head_is_subject))
                kept.push_back(one);
        }
        if (!kept.empty()) found = std::move(kept);
    }

    /// Links head and operand; throws if nothing or more than one thing fits.
    Link& connect(std::uint32_t head, std::uint32_t operand, const std::vector<Sense>& connector, bool after,
                  std::string_view words) {
        const std::vector<Candidate> found = candidates(head, operand, connector, after);
        if (found.empty()) {
            throw Misfit{"it is not clear how `" + reading_.variables[operand].words + "` has to do with `" +
                         (reading_.variables[head].words.empty() ? "what is asked for"
                                                                 : reading_.variables[head].words) +
                         "`" + (words.empty() ? "" : " by `" + std::string(words) + "`")};
        }
        if (found.size() > 1) {
            throw Misfit{"`" + std::string(words.empty() ? reading_.variables[operand].words : words) +
                         "` may mean more than one thing here: " + schema_.relations[found[0].relation].name +
                         " or " + schema_.relations[found[1].relation].name};
        }
        Link link;
        link.relation = found.front().relation;
        link.head_is_subject = found.front().head_is_subject;
        link.other = operand;
        reading_.variables[head].links.push_back(std::move(link));
        return reading_.variables[head].links.back();
    }

    /// The nearest thing before that the connector fits, from the innermost outwards.
    std::optional<std::uint32_t> attach_point(std::uint32_t operand, const std::vector<Sense>& connector,
                                              bool after) {
        // What is named outright needs no further description, so that it comes last.
        for (const bool named : {false, true}) {
            for (std::size_t i = path_.size(); i-- > 0;) {
                if (reading_.variables[path_[i]].entities.empty() == named) continue;
                if (candidates(path_[i], operand, connector, after).empty()) continue;
                path_.resize(i + 1);
                return path_.back();
            }
        }
        return std::nullopt;
    }

    // --- modifiers -------------------------------------------------------------------------------------

    void read_modifier(const SyntaxNode& node) {
        switch (node.kind) {
            case NodeKind::scope:
                return read_scope(node);
            case NodeKind::link:
                return read_link(node, true);
            case NodeKind::gap:
                return read_link(node, false);
            case NodeKind::absent:
                return read_absent(node);
            case NodeKind::shares:
                return read_shares(node);
            case NodeKind::shared:
                return read_shared(node);
            case NodeKind::mentions:
                return read_mentions(node);
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

    void read_scope(const SyntaxNode& node) {
        auto& documents = node.negated ? reading_.not_documents : reading_.documents;
        for (const SyntaxNode& word : node.children) {
            const auto found = senses(word.term, SenseKind::document);
            documents.insert(documents.end(), found.begin(), found.end());
        }
    }

    [[nodiscard]] bool only_values(const SyntaxNode& group) const {
        return std::all_of(group.children.begin(), group.children.end(), [&](const SyntaxNode& phrase) {
            return std::all_of(phrase.children.begin(), phrase.children.end(), [&](const SyntaxNode& child) {
                return child.kind == NodeKind::values || terms_[child.term].has(SenseKind::value);
            });
        });
    }

    void read_values_of(const SyntaxNode& group) {
        for (const SyntaxNode& phrase : group.children) {
            for (const SyntaxNode& child : phrase.children) {
                Pending pending{path_.back(), {}};
                if (child.kind == NodeKind::word) pending.terms.push_back(child.term);
                for (const SyntaxNode& value : child.children) pending.terms.push_back(value.term);
                pending_.push_back(std::move(pending));
            }
        }
    }

    void read_predicate(const SyntaxNode& node, std::uint32_t term) {
        const auto found = senses(term, SenseKind::predicate);
        for (std::size_t i = path_.size(); i-- > 0;) {
            for (const std::uint32_t index : found) {
                const Predicate& predicate = lexicon_.predicates[index];
                if (!fits(path_[i], schema_.relations[predicate.relation].domain)) continue;
                Variable variable;
                variable.entities = {predicate.object};
                variable.words = base_.entities()[predicate.object].name;
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

    void negate(Link& link, bool negated) const {
        if (!negated) return;
        (lexicon_.relations[link.relation].denial_property.empty() ? link.negated : link.denied) = true;
    }

    /// `after`: connector, group ("that target X"); otherwise group, connector ("that X targets").
    void read_link(const SyntaxNode& node, bool after) {
        const SyntaxNode& word = after ? node.children.front() : node.children.back();
        if (terms_[word.term].has(SenseKind::predicate)) return read_predicate(node, word.term);
        const SyntaxNode& group = after ? node.children.back() : node.children.front();
        const std::vector<Sense>& connector = terms_[word.term].senses;
        // "causes A and B": both; "of A and B", "for A or B": either.
        const bool verb = !terms_[word.term].is(Role::preposition);
        const bool any = std::any_of(group.children.begin(), group.children.end(),
                                     [](const auto& one) { return one.any; }) ||
                         group.any;
        const bool all = group.both || (verb && after && !any);
        std::vector<std::uint32_t> operands;
        for (const SyntaxNode& phrase : group.children) {
            if (operands.empty() || all) operands.push_back(add_variable({}));
            fill(operands.back(), phrase, false);
        }
        for (const std::uint32_t operand : operands) {
            const auto head = attach(operand, connector, after);
            if (!head) {
                if (after && operands.size() == 1 && only_values(group) && !node.negated)
                    return drop_for_values(operand, group);
                connect(path_.back(), operand, connector, after,
                        terms_[word.term].text);  // throws and says why
                return;
            }
            Link& link = connect(*head, operand, connector, after, terms_[word.term].text);
            negate(link, node.negated);
            link.mentioned =
                node.mentioned && std::find(lexicon_.mentioned_for.begin(), lexicon_.mentioned_for.end(),
                                            link.relation) != lexicon_.mentioned_for.end();
        }
        if (operands.size() == 1 && !node.negated) path_.push_back(operands.front());
    }

    /// "in the head of X": no thing to be linked, but a value of a context.
    void drop_for_values(std::uint32_t operand, const SyntaxNode& group) {
        pending_.erase(std::remove_if(pending_.begin(), pending_.end(),
                                      [&](const Pending& one) { return one.variable == operand; }),
                       pending_.end());
        by_name_.erase(std::remove_if(by_name_.begin(), by_name_.end(),
                                      [&](const auto& one) { return one.first == operand; }),
                       by_name_.end());
        reading_.variables.pop_back();
        read_values_of(group);
    }

    /// Finds where the operand belongs. A word that is a label's noun as well as a name is tried as both.
    std::optional<std::uint32_t> attach(std::uint32_t operand, const std::vector<Sense>& connector,
                                        bool after) {
        return attach_point(operand, connector, after);
    }

    /// From the innermost outwards; what is named outright comes last.
    [[nodiscard]] std::vector<std::uint32_t> unnamed_first() const {
        std::vector<std::uint32_t> order(path_.rbegin(), path_.rend());
        std::stable_partition(order.begin(), order.end(),
                              [&](std::uint32_t one) { return reading_.variables[one].entities.empty(); });
        return order;
    }

    void read_absent(const SyntaxNode& node) {
        const SyntaxNode& group = node.children.back();
        if (group.children.size() != 1) throw Misfit{"only one thing at a time can be asked to be absent"};
        const std::uint32_t operand = add_variable({});
        fill(operand, group.children.front(), false);
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

    void read_shares(const SyntaxNode& node) {
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

    void read_shared(const SyntaxNode& node) {
        const SyntaxNode& group = node.children.front();
        if (group.children.size() < 2) throw Misfit{"shared by which two?"};
        for (const SyntaxNode& phrase : group.children) {
            const std::uint32_t operand = add_variable({});
            fill(operand, phrase, false);
            connect(0, operand, lexicon_.compound, true, {});
        }
    }

    void read_mentions(const SyntaxNode& node) {
        const Variable& root = reading_.variables[0];
        const bool documents = root.labels.size() == 1 && schema_.labels[root.labels[0]].name == "Source";
        const bool anyone =
            root.labels.empty() && root.classes.empty() && root.entities.empty() && root.links.empty();
        const SyntaxNode& group = node.children.front();
        if (!(documents || anyone) || group.children.size() != 1) {
            throw Misfit{"only documents mention things, and one thing at a time can be asked for"};
        }
        if (reading_.ask == Ask::documents) throw Misfit{"only one mention can be asked for"};
        reading_.counted = reading_.ask == Ask::count;
        reading_.ask = Ask::documents;
        const std::uint32_t operand = add_variable({});
        fill(operand, group.children.front(), false);
        if (reading_.variables[operand].entities.size() != 1) throw Misfit{"which thing is to be mentioned?"};
        Link link;
        link.other = operand;
        link.negated = node.negated;
        reading_.variables[0].links.push_back(std::move(link));
    }

    // --- yes-or-no questions ---------------------------------------------------------------------------

    void place_statement_question() {
        if (reading_.variables[0].links.empty())
            throw Misfit{"what is to be said of `" + reading_.variables[0].words + "`?"};
        std::size_t positive = 0;
        for (Link& link : reading_.variables[0].links) {
            link.negated = false;
            link.denied = false;
            ++positive;
        }
        if (positive != 1) throw Misfit{"only one statement can be asked for at a time"};
    }

    // --- values ----------------------------------------------------------------------------------------

    [[nodiscard]] Filter make_filter(const std::string& property,
                                     const std::vector<std::string>& values) const {
        Filter filter;
        filter.property = property;
        filter.values = values;
        for (const std::string& value : values) {
            const FacetRule* facet = schema_.facet(property);
            for (std::string& one :
                 facet == nullptr ? std::vector<std::string>{value} : facet->stating(value)) {
                if (std::find(filter.matching.begin(), filter.matching.end(), one) == filter.matching.end()) {
                    filter.matching.push_back(std::move(one));
                }
            }
        }
        return filter;
    }

    /// Whether statements of the relation can state one of the filter's values.
    bool takes(std::uint32_t relation, Filter& filter) const {
        const PropertyRule* property = schema_.relations[relation].property(filter.property);
        if (property == nullptr) return false;
        const FacetRule* facet = schema_.facet(property->facet);
        const std::vector<std::string>& allowed = facet != nullptr ? facet->values : property->values;
        const bool known =
            std::any_of(filter.values.begin(), filter.values.end(), [&](const std::string& value) {
                return std::find(allowed.begin(), allowed.end(), value) != allowed.end();
            });
        filter.list = property->type == PropertyType::strings;
        return known;
    }

    /// All links with `variable` at one end: the one that leads to it first.
    std::vector<Link*> links_of(std::uint32_t variable) {
        std::vector<Link*> found;
        for (Variable& one : reading_.variables) {
            for (Link& link : one.links) {
                if (link.other == variable) found.push_back(&link);
            }
        }
        for (Link& link : reading_.variables[variable].links) found.push_back(&link);
        return found;
    }

    bool place_filter(std::uint32_t variable, const Filter& wanted) {
        Filter filter = wanted;
        for (Link* link : links_of(variable)) {
            if (reading_.ask == Ask::documents || !takes(link->relation, filter)) continue;
            for (Filter& other : link->filters) {
                if (other.property == filter.property && !other.by_name && !filter.by_name) return false;
            }
            link->filters.push_back(std::move(filter));
            return true;
        }
        return false;
    }

    void place(const Pending& pending) {
        if (pending.negated)
            throw Misfit{"what is not " + quoted(pending.terms.front()) + " cannot be asked for"};
        if (place_at(pending.variable, pending)) return;
        for (std::uint32_t i = static_cast<std::uint32_t>(reading_.variables.size()); i-- > 0;) {
            if (i != pending.variable && place_at(i, pending)) return;
        }
        if (place_alone(pending)) return;
        throw Misfit{"it is not clear what " + quoted(pending.terms.front()) + " says here"};
    }

    /// The filters that the words may mean: one for each property that all of them have a value of.
    [[nodiscard]] std::vector<Filter> meanings(const Pending& pending) const {
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

    bool place_at(std::uint32_t variable, const Pending& pending) {
        for (const Filter& filter : meanings(pending)) {
            if (place_filter(variable, filter)) return true;
        }
        return false;
    }

    /// "popular herbs", "rare uses": no statement is spoken of yet; the one that can say it is
    /// added.
    bool place_alone(const Pending& pending) {
        std::vector<std::pair<Candidate, Filter>> found;
        int best = INT32_MIN;
        for (Filter filter : meanings(pending)) {
            for (std::uint32_t relation = 0; relation < schema_.relations.size(); ++relation) {
                if (lexicon_.relations[relation].negative || !takes(relation, filter)) continue;
                for (const bool subject : {true, false}) {
                    const RelationRule& rule = schema_.relations[relation];
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

    /// "without X in D": nothing positive is asked that D could state, so that D is where X is absent.
    void move_documents_to_absence() {
        std::vector<Link>& links = reading_.variables[0].links;
        const bool all = !links.empty() && std::all_of(links.begin(), links.end(), [](const Link& link) {
            return link.negated && link.documents.empty();
        });
        if (!all || reading_.documents.empty() || reading_.ask == Ask::documents) return;
        for (Link& link : links) link.documents = reading_.documents;
        reading_.documents.clear();
    }

    void check() {
        move_documents_to_absence();
        for (auto& [variable, filter] : by_name_) {
            filter.by_name = true;
            if (!place_filter(variable, filter)) {
                throw Misfit{"`" + reading_.variables[variable].words + "` names a context (" +
                             filter.property + ": " + filter.values.front() +
                             ") that nothing asked for here can have"};
            }
        }
        const Variable& root = reading_.variables[0];
        const bool bare = root.labels.empty() && root.classes.empty() && root.links.empty();
        if (bare)
            throw Misfit{root.words.empty() ? "what is asked for?"
                                            : "what is asked about `" + root.words + "`?"};
        if (root.links.empty() && root.classes.empty() && !root.kinds && reading_.documents.empty()) {
            throw Misfit{"every `" + root.words +
                         "` of the base? Say of what, for what, or in which document"};
        }
        if (reading_.ask != Ask::statements && !root.entities.empty()) {
            throw Misfit{"what is asked about `" + root.words + "`?"};
        }
    }

    // --- explanations and attributes -------------------------------------------------------------------

    Reading read_steps(const SyntaxNode& tree) {
        reading_.ask = Ask::steps;
        add_variable({});
        for (const SyntaxNode& word : tree.children) {
            const Term& term = terms_[word.term];
            if (const auto predicates = senses(word.term, SenseKind::predicate); !predicates.empty()) {
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
            } else if (!term.has(SenseKind::role) || term.is(Role::negation) || term.is(Role::but) ||
                       term.is(Role::unsupported)) {
                throw Misfit{"it is not clear what " + quoted(word.term) + " asks of an explanation"};
            }
        }
        if (reading_.variables[0].entities.empty()) throw Misfit{"an explanation of what?"};
        return std::move(reading_);
    }

    Reading read_value(const SyntaxNode& tree) {
        reading_.ask = Ask::value;
        add_variable({});
        bool found = false;
        for (const SyntaxNode& word : tree.children) {
            const Term& term = terms_[word.term];
            if (const auto attributes = senses(word.term, SenseKind::attribute); !attributes.empty()) {
                if (found) throw Misfit{"only one value can be asked for at a time"};
                found = true;
                reading_.attribute = attributes.front();
            } else if (const auto documents = senses(word.term, SenseKind::document); !documents.empty()) {
                reading_.documents.insert(reading_.documents.end(), documents.begin(), documents.end());
            } else if (const auto entities = senses(word.term, SenseKind::entity); !entities.empty()) {
                Variable variable;
                variable.words = term.text;
                variable.entities = {entities.front()};
                add_variable(std::move(variable));
            } else if (term.is(Role::negation) || term.is(Role::but) || term.is(Role::unsupported) ||
                       term.has(SenseKind::predicate) ||
                       (!reading_relations().empty() &&
                        (term.has(SenseKind::value) || term.has(SenseKind::label)) &&
                        !term.has(SenseKind::role))) {
                throw Misfit{"it is not clear what " + quoted(word.term) + " says here"};
            }
        }
        return std::move(reading_);
    }

    [[nodiscard]] const std::vector<std::string>& reading_relations() const {
        return lexicon_.attributes[reading_.attribute].relations;
    }

    const std::vector<Term>& terms_;
    const KnowledgeBase& base_;
    const Schema& schema_;
    const Lexicon& lexicon_;
    Reading reading_;
    std::vector<std::uint32_t> path_;  ///< from the root to the thing spoken of last
    bool is_kind_question_ = false;
    std::vector<Pending> pending_;
    std::vector<std::pair<std::uint32_t, Filter>> by_name_;
};

}  // namespace

std::variant<Reading, NotUnderstood> read_question(const SyntaxNode& tree, const std::vector<Term>& terms,
                                                   const KnowledgeBase& base) {
    try {
        return Reader(terms, base).read(tree);
    } catch (const Misfit& misfit) {
        return NotUnderstood{misfit.message};
    }
}

}  // namespace islet::kb
