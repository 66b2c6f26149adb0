// Reading connections: which relation two things may have, by their types and the words between them.
#include <algorithm>
#include <set>

#include "question/reader.hpp"

namespace islet::kb {
namespace {

bool may_be_idle(const std::vector<Sense>& connector) {
    const Sense idle{SenseKind::role, static_cast<std::uint32_t>(Role::idle)};
    return std::find(connector.begin(), connector.end(), idle) != connector.end();
}

}  // namespace

bool Reader::fits(std::uint32_t variable, const std::vector<std::string>& allowed) const {
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
    if (!one.parts_of.empty()) return std::all_of(one.parts_of.begin(), one.parts_of.end(), entity_fits);
    if (!one.labels.empty()) return std::any_of(one.labels.begin(), one.labels.end(), label_fits);
    if (!one.classes.empty()) return std::all_of(one.classes.begin(), one.classes.end(), entity_fits);
    return true;
}

std::vector<std::string> Reader::sorts(std::uint32_t variable,
                                       const std::vector<std::string>& allowed) const {
    std::vector<std::string> found;
    for (const std::string& one : allowed) {
        if (fits(variable, {one})) found.push_back(one);
    }
    return found;
}

bool Reader::pair_occurs(std::uint32_t relation, std::uint32_t subject, std::uint32_t object) const {
    const RelationRule& rule = schema_.relations[relation];
    if (rule.reified() || (rule.domain.size() == 1 && rule.range.size() == 1)) return true;
    const Snapshot& graph = base_.snapshot();
    const auto type = graph.find_type(rule.name);
    if (!type) return true;
    const auto bears_one = [&](NodeId node, const std::vector<std::string>& sorts) {
        return std::any_of(sorts.begin(), sorts.end(), [&](const std::string& sort) {
            const auto label = graph.find_label(sort);
            return label && graph.has_label(node, *label);
        });
    };
    const std::vector<std::string> from = sorts(subject, rule.domain);
    const std::vector<std::string> to = sorts(object, rule.range);
    return std::any_of(base_.entities().begin(), base_.entities().end(), [&](const Entity& entity) {
        if (!bears_one(entity.node, from)) return false;
        const auto nodes = graph.neighbours(entity.node, *type, Direction::out).nodes;
        return std::any_of(nodes.begin(), nodes.end(), [&](NodeId node) { return bears_one(node, to); });
    });
}

std::vector<Candidate> Reader::candidates(std::uint32_t head, std::uint32_t operand,
                                          const std::vector<Sense>& connector, bool after) const {
    std::vector<Candidate> found;
    int best = INT32_MIN;
    // "what is in X": of an open question only what is stated of X at all can be meant.
    const Variable& first = reading_.variables[head];
    const bool open =
        first.entities.empty() && first.labels.empty() && first.classes.empty() && first.parts_of.empty();
    // Turned round, only what a noun says of itself tells that it cannot be meant as it stands.
    if (turned_ && first.labels.empty()) return found;
    for (const Sense& sense : connector) {
        if (sense.kind != SenseKind::relation) continue;
        const RelationRule& rule = schema_.relations[sense.index];
        const Candidate candidate{sense.index, (after == sense.forward) != turned_, sense.contrary};
        const std::uint32_t subject = candidate.head_is_subject ? head : operand;
        const std::uint32_t object = candidate.head_is_subject ? operand : head;
        if (!fits(subject, rule.domain) || !fits(object, rule.range)) continue;
        if (!pair_occurs(sense.index, subject, object)) continue;
        if (open && !may_be_stated(operand, sense.index, !candidate.head_is_subject)) continue;
        const int rank = lexicon_.relations[sense.index].rank;
        if (rank < best) continue;
        if (rank > best) found.clear();
        best = rank;
        if (std::find(found.begin(), found.end(), candidate) == found.end()) found.push_back(candidate);
    }
    if (found.size() > 1) keep_stated(head, operand, found);
    // Said of both ends alike: either way round.
    if (found.size() == 2 && found[0].relation == found[1].relation &&
        lexicon_.relations[found[0].relation].converse == found[0].relation)
        found.pop_back();
    return found;
}

bool Reader::stated(std::uint32_t entity, std::uint32_t relation, bool as_subject) const {
    const RelationRule& rule = schema_.relations[relation];
    const Snapshot& graph = base_.snapshot();
    const auto type = graph.find_type(rule.reified() && !as_subject ? rule.reified_object : rule.name);
    return type && graph.degree(base_.entities()[entity].node, *type,
                                as_subject ? Direction::out : Direction::in) > 0;
}

bool Reader::stated_with(std::uint32_t entity, std::uint32_t relation, bool as_subject,
                         const Variable& other) const {
    const RelationRule& rule = schema_.relations[relation];
    if (rule.reified() || other.labels.empty() || !other.entities.empty())
        return stated(entity, relation, as_subject);
    const Snapshot& graph = base_.snapshot();
    const auto type = graph.find_type(rule.name);
    if (!type) return false;
    const auto nodes =
        graph.neighbours(base_.entities()[entity].node, *type, as_subject ? Direction::out : Direction::in)
            .nodes;
    return std::any_of(nodes.begin(), nodes.end(), [&](NodeId node) {
        return std::any_of(other.labels.begin(), other.labels.end(), [&](std::uint32_t index) {
            const auto label = graph.find_label(schema_.labels[index].name);
            return label && graph.has_label(node, *label);
        });
    });
}

bool Reader::may_be_stated(std::uint32_t variable, std::uint32_t relation, bool as_subject) const {
    const std::vector<std::uint32_t>& entities = reading_.variables[variable].entities;
    if (entities.empty()) return true;
    return std::any_of(entities.begin(), entities.end(),
                       [&](std::uint32_t entity) { return stated(entity, relation, as_subject); });
}

void Reader::keep_stated(std::uint32_t head, std::uint32_t operand, std::vector<Candidate>& found) const {
    // First what is stated with a thing of the kind at the other end, then what is stated at all.
    for (const bool of_kind : {true, false}) {
        std::vector<Candidate> kept;
        for (const Candidate& one : found) {
            const auto possible = [&](std::uint32_t variable, std::uint32_t other, bool as_subject) {
                const std::vector<std::uint32_t>& entities = reading_.variables[variable].entities;
                return entities.empty() ||
                       std::any_of(entities.begin(), entities.end(), [&](std::uint32_t entity) {
                           return of_kind ? stated_with(entity, one.relation, as_subject,
                                                        reading_.variables[other])
                                          : stated(entity, one.relation, as_subject);
                       });
            };
            if (possible(head, operand, one.head_is_subject) && possible(operand, head, !one.head_is_subject))
                kept.push_back(one);
        }
        if (kept.empty()) continue;
        found = std::move(kept);
        return;
    }
}

Link& Reader::connect(std::uint32_t head, std::uint32_t operand, const std::vector<Sense>& connector,
                      bool after, std::string_view words) {
    const std::vector<Candidate> found = candidates(head, operand, connector, after);
    turned_ = false;
    if (found.empty()) {
        throw Misfit{
            "it is not clear how `" + reading_.variables[operand].words + "` has to do with `" +
            (reading_.variables[head].words.empty() ? "what is asked for" : reading_.variables[head].words) +
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
    link.contrary = found.front().contrary;
    link.other = operand;
    link.weak = may_be_idle(connector);
    reading_.variables[head].links.push_back(std::move(link));
    return reading_.variables[head].links.back();
}

std::optional<std::uint32_t> Reader::attach_point(std::uint32_t operand, const std::vector<Sense>& connector,
                                                  bool after) {
    turned_ = false;
    const auto found_as_said = attach_point_as_said(operand, connector, after);
    // "which tastes has basil": only a word that says nothing by itself may stand before what does it.
    const bool may_turn = either_way_ && may_be_idle(connector);
    if (found_as_said || !may_turn) return found_as_said;
    turned_ = true;
    const auto found = attach_point_as_said(operand, connector, after);
    turned_ = found.has_value();
    return found;
}

std::optional<std::uint32_t> Reader::attach_point_as_said(std::uint32_t operand,
                                                          const std::vector<Sense>& connector, bool after) {
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

}  // namespace islet::kb
