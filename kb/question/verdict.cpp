#include "question/verdict.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "islet/text.hpp"

namespace islet::kb {
namespace {

const Value* cell(const AnswerTier& tier, const AnswerRow& row, const std::string& column) {
    const auto at = std::find(tier.columns.begin(), tier.columns.end(), column);
    return at == tier.columns.end() ? nullptr
                                    : &row.values[static_cast<std::size_t>(at - tier.columns.begin())];
}

bool is_text(const Value* value, const std::string& text) {
    return value != nullptr && value->kind() == Kind::string && value->as_string() == text;
}

/// What one statement answers; nothing: neither yes nor no.
std::optional<bool> says(const Link& link, const KnowledgeBase& base, const AnswerTier& tier,
                         const AnswerRow& row) {
    std::size_t relation = link.relation;
    if (const Value* type = cell(tier, row, "statement"); type != nullptr && type->kind() == Kind::string) {
        if (const RelationRule* rule = base.schema().relation(type->as_string()))
            relation = static_cast<std::size_t>(rule - base.schema().relations.data());
    }
    const RelationWords& words = base.lexicon().relations[relation];
    if (words.denies) return false;
    if (words.open) return std::nullopt;
    if (!words.denial_property.empty() && is_text(cell(tier, row, words.denial_property), words.denial_value))
        return false;
    return true;
}

void add_documents(const AnswerRow& row, std::vector<std::string>& documents) {
    for (const Citation& citation : row.sources) {
        std::string text = citation.document + (citation.date.empty() ? "" : " (" + citation.date + ")");
        if (std::find(documents.begin(), documents.end(), text) == documents.end())
            documents.push_back(std::move(text));
    }
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
    return all;
}

/// The documents that say yes, and those that say no.
struct Votes {
    std::vector<std::string> yes;
    std::vector<std::string> no;

    [[nodiscard]] std::string text() const {
        if (yes.empty() && no.empty()) return "neither yes nor no";
        if (no.empty()) return "yes: " + joined(yes);
        if (yes.empty()) return "no: " + joined(no);
        return "the documents differ: yes says " + joined(yes) + "; no says " + joined(no);
    }
};

/// "X or Y?": whether each of them is said not to be so.
bool each_denied(const Reading& reading, const KnowledgeBase& base, const Answer& answer) {
    for (const Link& link : reading.variables[0].links) {
        for (const std::uint32_t one : reading.variables[link.other].entities) {
            const bool spoken_of =
                std::any_of(answer.answers.begin(), answer.answers.end(), [&](const AnswerTier& tier) {
                    return tier.direct &&
                           std::any_of(tier.rows.begin(), tier.rows.end(), [&](const auto& row) {
                               return std::any_of(row.values.begin(), row.values.end(),
                                                  [&](const Value& value) {
                                                      return is_text(&value, base.entities()[one].name);
                                                  });
                           });
                });
            if (!spoken_of) return false;
        }
    }
    return std::all_of(answer.answers.begin(), answer.answers.end(), [&](const AnswerTier& tier) {
        return !tier.answers || only_denied(reading, base, tier);
    });
}

}  // namespace

bool only_denied(const Reading& reading, const KnowledgeBase& base, const AnswerTier& tier) {
    const std::vector<Link>& links = reading.variables[0].links;
    return !links.empty() && std::all_of(tier.rows.begin(), tier.rows.end(), [&](const AnswerRow& row) {
        return says(links.front(), base, tier, row) == std::optional<bool>(false);
    });
}

std::string only_of_kinds(const Reading& reading, const Answer& answer) {
    if (reading.ask != Ask::statements || reading.stating || reading.polarity != Polarity::yes_or_no)
        return {};
    const std::vector<Link>& links = reading.variables[0].links;
    const bool strength = std::any_of(links.begin(), links.end(), [](const Link& link) {
        return std::any_of(link.filters.begin(), link.filters.end(),
                           [](const Filter& filter) { return !filter.list; });
    });
    bool kinds = false;
    for (const AnswerTier& tier : answer.answers) {
        if (!tier.answers || tier.rows.empty()) continue;
        if (!tier.of_kind) return {};
        kinds = true;
    }
    return strength && kinds ? "so stated for kinds of it only; ask without the word for how much it is so"
                             : "";
}

std::string yes_or_no(const Reading& reading, const KnowledgeBase& base, const Answer& answer) {
    if (reading.ask != Ask::statements || reading.stating || reading.polarity != Polarity::yes_or_no)
        return {};
    const std::vector<Link>& links = reading.variables[0].links;
    for (const Link& link : links) {
        for (const Filter& filter : link.filters) {
            if (filter.alternatives) return {};
        }
    }
    const bool or_else = std::any_of(links.begin(), links.end(), [&](const Link& link) {
        return reading.variables[link.other].entities.size() > 1;  // "X or Y?"
    });
    if (or_else && !each_denied(reading, base, answer)) return {};
    Votes all;
    std::vector<Votes> of_each(reading.variables[0].each ? reading.variables[0].entities.size() : 0);
    bool direct = false;
    bool kinds = false;
    for (const AnswerTier& tier : answer.answers) {
        if (!tier.answers) continue;
        if (tier.of_kind) {
            kinds = kinds || !tier.rows.empty();
            continue;
        }
        for (const AnswerRow& row : tier.rows) {
            const std::optional<bool> word = links.empty() ? true : says(links.front(), base, tier, row);
            if (!word) continue;
            add_documents(row, *word ? all.yes : all.no);
            for (std::size_t i = 0; i < of_each.size(); ++i) {
                const Entity& one = base.entities()[reading.variables[0].entities[i]];
                if (is_text(&row.values.front(), one.name))
                    add_documents(row, *word ? of_each[i].yes : of_each[i].no);
            }
        }
        direct = direct || tier.direct;
    }
    // "is X used": where it is for one thing and not for another, the rows say so.
    const bool open = std::any_of(links.begin(), links.end(), [&](const Link& link) {
        const Variable& other = reading.variables[link.other];
        return link.filters.empty() && other.entities.empty() && other.labels.empty() && other.links.empty();
    });
    if (open && !all.yes.empty() && !all.no.empty()) return {};
    const std::string apart = direct ? "" : " (not stated of it directly)";
    const bool alike = std::all_of(of_each.begin(), of_each.end(), [&](const Votes& one) {
        return one.yes.empty() == all.yes.empty() && one.no.empty() == all.no.empty();
    });
    if (!alike) {
        std::string text;
        for (std::size_t i = 0; i < of_each.size(); ++i) {
            text += (i == 0 ? "" : "; ") + base.entities()[reading.variables[0].entities[i]].name + ": " +
                    of_each[i].text();
        }
        return text + apart;
    }
    if (all.yes.empty() && all.no.empty()) return kinds ? "stated for a kind of it only" : "";
    return all.text() + apart;
}

namespace {

/// Whether the thing is a kind of one that is asked about, or a class of it.
bool akin(const Reading& reading, const KnowledgeBase& base, const std::string& name) {
    if (base.lexicon().hierarchy == SIZE_MAX) return false;
    const Snapshot& graph = base.snapshot();
    const auto type = graph.find_type(base.schema().relations[base.lexicon().hierarchy].name);
    if (!type) return false;
    for (const Direction direction : {Direction::out, Direction::in}) {
        std::vector<NodeId> open;
        for (const std::uint32_t one : reading.sole) open.push_back(base.entities()[one].node);
        std::set<NodeId> seen(open.begin(), open.end());
        while (!open.empty()) {
            const NodeId node = open.back();
            open.pop_back();
            for (const NodeId next : graph.neighbours(node, *type, direction).nodes) {
                if (seen.insert(next).second) open.push_back(next);
            }
        }
        const bool is = std::any_of(base.entities().begin(), base.entities().end(), [&](const Entity& one) {
            return one.name == name && seen.contains(one.node);
        });
        if (is) return true;
    }
    return false;
}

}  // namespace

std::string only_these(const Reading& reading, const KnowledgeBase& base, const Answer& answer) {
    if (reading.sole.empty()) return {};
    const bool direct = std::any_of(answer.answers.begin(), answer.answers.end(),
                                    [](const AnswerTier& tier) { return tier.direct; });
    std::vector<std::string> others;
    std::vector<std::string> found;
    std::vector<std::string> documents;
    for (const AnswerTier& tier : answer.answers) {
        if (!tier.answers || tier.direct != direct) continue;
        for (const AnswerRow& row : tier.rows) {
            if (row.values.front().kind() != Kind::string) continue;
            std::string name(row.values.front().as_string());
            const bool asked = std::any_of(reading.sole.begin(), reading.sole.end(), [&](std::uint32_t one) {
                return base.entities()[one].name == name;
            });
            if (!asked && akin(reading, base, name)) continue;
            std::vector<std::string>& names = asked ? found : others;
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
            add_documents(row, documents);
        }
    }
    if (found.empty() && others.empty()) return {};
    if (others.empty() && found.size() == reading.sole.size())
        return "yes: nothing else is stated by " + joined(documents);
    if (others.empty()) return "no: only " + joined(found);
    return std::string(found.empty() ? "no: " : "no: also ") + joined(others);
}

std::vector<std::string> not_stated_of(const Reading& reading, const KnowledgeBase& base,
                                       const Answer& answer) {
    const Variable& asked = reading.variables[0];
    std::vector<std::string> names;
    if (reading.ask != Ask::statements || !asked.each) return names;
    for (const std::uint32_t entity : asked.entities) {
        const std::string& name = base.entities()[entity].name;
        const bool stated =
            std::any_of(answer.answers.begin(), answer.answers.end(), [&](const AnswerTier& tier) {
                return tier.answers && std::any_of(tier.rows.begin(), tier.rows.end(), [&](const auto& row) {
                           return is_text(&row.values.front(), name);
                       });
            });
        if (!stated) names.push_back(name);
    }
    return names;
}

std::string disagreement(const Reading& reading, const KnowledgeBase& base, const Answer& answer) {
    if (reading.ask != Ask::list || reading.property || reading.variables[0].links.size() != 1) return {};
    const RelationRule& rule = base.schema().relations[reading.variables[0].links.front().relation];
    if (rule.reified() || answer.answers.empty() || !answer.answers.front().direct) return {};
    const AnswerTier& tier = answer.answers.front();
    // Of each name: what each document says of it, in the closed qualifiers.
    std::map<std::string, std::map<std::string, std::set<std::string>>> said;
    for (const AnswerRow& row : tier.rows) {
        if (row.values.front().kind() != Kind::string) continue;
        std::string words;
        for (const PropertyRule& property : rule.properties) {
            if (property.values.empty()) continue;
            const Value* value = cell(tier, row, property.name);
            words += "/";
            if (value != nullptr && value->kind() == Kind::string) words += value->as_string();
        }
        for (const Citation& citation : row.sources)
            said[std::string(row.values.front().as_string())][citation.document].insert(words);
    }
    std::vector<std::string> names;
    for (const auto& [name, documents] : said) {
        const auto& first = documents.begin()->second;
        const bool differ = std::any_of(documents.begin(), documents.end(),
                                        [&first](const auto& one) { return one.second != first; });
        if (differ) names.push_back(name);
    }
    return names.empty() ? "" : "the documents do not say the same of: " + joined(names);
}

std::set<std::string> names_within(std::uint32_t entity, const KnowledgeBase& base) {
    const Snapshot& graph = base.snapshot();
    std::vector<TypeId> types;
    for (std::size_t i = 0; i < base.schema().relations.size(); ++i) {
        if (i != base.lexicon().hierarchy && !base.lexicon().relations[i].part_whole) continue;
        if (const auto type = graph.find_type(base.schema().relations[i].name)) types.push_back(*type);
    }
    std::vector<NodeId> nodes{base.entities()[entity].node};
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        for (const TypeId type : types) {
            for (const NodeId next : graph.neighbours(nodes[i], type, Direction::in).nodes) {
                if (std::find(nodes.begin(), nodes.end(), next) == nodes.end()) nodes.push_back(next);
            }
        }
    }
    std::set<std::string> names;
    for (const Entity& one : base.entities()) {
        if (std::find(nodes.begin(), nodes.end(), one.node) != nodes.end()) names.insert(one.name);
    }
    return names;
}

}  // namespace islet::kb
