// Queries as text: names, literals, and the nouns of columns.
#include <algorithm>
#include <array>
#include <set>

#include "question/pattern.hpp"

namespace islet::kb {

/// Names that openCypher would take for words of its own are quoted.
std::string column_name(const std::string& alias) {
    static constexpr std::array<std::string_view, 12> reserved{
        "where", "when", "then", "else", "end", "in", "is", "as", "by", "on", "order", "set"};
    if (std::find(reserved.begin(), reserved.end(), alias) != reserved.end()) return "`" + alias + "`";
    const bool plain = std::all_of(alias.begin(), alias.end(),
                                   [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
    return plain ? alias : "`" + alias + "`";
}

std::string quote(std::string_view text) {
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + "'";
}

std::string variable_name(std::uint32_t variable) {
    static constexpr std::array<std::string_view, 6> names{"x", "y", "z", "u", "v", "w"};
    return variable < names.size() ? std::string(names[variable]) : "n" + std::to_string(variable);
}

std::string quote_list(const std::vector<std::string>& texts) {
    std::string list = "[";
    for (const std::string& text : texts) list += (list.size() == 1 ? "" : ", ") + quote(text);
    return list + "]";
}

void add_exception(const KnowledgeBase& base, const std::string& variable, std::uint32_t entity,
                   std::vector<std::string>& conditions, std::string& containing) {
    const Lexicon& lexicon = base.lexicon();
    const Entity& one = base.entities()[entity];
    if (lexicon.hierarchy == SIZE_MAX) {
        conditions.push_back(variable + ".name <> " + quote(one.name));
        return;
    }
    const std::string& hierarchy = base.schema().relations[lexicon.hierarchy].name;
    const std::string named = "(:" + one.labels.front() + " {name: " + quote(one.name) + "})";
    const auto type = base.snapshot().find_type(hierarchy);
    if (!type || base.snapshot().degree(one.node, *type, Direction::in) == 0) {
        conditions.push_back(variable + ".name <> " + quote(one.name));
        return;
    }
    const std::string kinds = "-[:" + hierarchy + "*0..]->" + named;
    conditions.push_back("size([(" + variable + ")" + kinds + " | 1]) = 0");
    for (std::size_t i = 0; i < lexicon.relations.size(); ++i) {
        const RelationWords& words = lexicon.relations[i];
        if (!words.contains) continue;
        std::string surely;
        if (!words.hedges.empty())
            surely =
                " WHERE NOT coalesce(part." + words.hedge_property + ", '') IN " + quote_list(words.hedges);
        containing += (containing.empty() ? "" : " OR ") + std::string("size([(") + variable +
                      ")-[part:" + base.schema().relations[i].name + "]->()" + kinds + surely + " | 1]) > 0";
    }
}

bool nearest_kinds(const KnowledgeBase& base, std::uint32_t entity) {
    const Snapshot& graph = base.snapshot();
    const auto type = graph.find_type(base.schema().relations[base.lexicon().hierarchy].name);
    if (!type) return false;
    const auto kinds = graph.neighbours(base.entities()[entity].node, *type, Direction::in).nodes;
    const std::set<NodeId> own(kinds.begin(), kinds.end());
    const auto classes = std::count_if(
        own.begin(), own.end(), [&](NodeId kind) { return graph.degree(kind, *type, Direction::in) > 0; });
    return classes > 1 && 2 * static_cast<std::size_t>(classes) > own.size();
}

std::string stated_kind(const KnowledgeBase& base, const std::string& statement) {
    const RelationRule& rule = base.schema().relations[base.lexicon().hierarchy];
    return statement + ".assertion = 'stated'" +
           (rule.property("rest") == nullptr ? "" : " AND NOT coalesce(" + statement + ".rest, false)");
}

namespace {

/// Adds the statements that the thing has at this end and that one of the labels cannot have there (`unfit`),
/// or that it may have for what it is in the first place (`open`).
void add_unfit(const KnowledgeBase& base, const Entity& thing, const std::vector<std::uint32_t>& labels,
               bool subject, std::set<std::string>& unfit, std::set<std::string>& open) {
    const Schema& schema = base.schema();
    for (std::size_t i = 0; i < schema.relations.size(); ++i) {
        const RelationRule& rule = schema.relations[i];
        const std::string& name = rule.reified() && !subject ? rule.reified_object : rule.name;
        const auto type = base.snapshot().find_type(name);
        const bool stands =
            type && !base.lexicon().relations[i].mentions &&
            base.snapshot().degree(thing.node, *type, subject ? Direction::out : Direction::in) > 0;
        if (!stands) continue;
        const std::vector<std::string>& allowed = subject ? rule.domain : rule.range;
        const auto admits = [&](const std::string& own) {
            return std::any_of(allowed.begin(), allowed.end(), [&](const std::string& one) {
                return schema.is_a(own, one) || schema.is_a(one, own);
            });
        };
        if (std::none_of(labels.begin(), labels.end(),
                         [&](std::uint32_t label) { return admits(schema.labels[label].name); })) {
            unfit.insert(name);
        } else if (admits(thing.labels.front())) {
            open.insert(name);
        }
    }
}

}  // namespace

std::string spoken_of_as(const KnowledgeBase& base, const std::vector<std::uint32_t>& labels,
                         const std::string& variable, const std::string& statement) {
    std::vector<std::string> names;
    std::set<std::string> types;
    for (const Entity& entity : base.entities()) {
        const auto asked = [&](const std::string& own) {
            return std::any_of(labels.begin(), labels.end(), [&](std::uint32_t label) {
                return base.schema().is_a(own, base.schema().labels[label].name);
            });
        };
        if (asked(entity.labels.front()) || std::none_of(entity.labels.begin(), entity.labels.end(), asked))
            continue;
        std::set<std::string> unfit;
        std::set<std::string> open;
        for (const bool subject : {true, false}) add_unfit(base, entity, labels, subject, unfit, open);
        if (unfit.empty()) continue;
        names.push_back(entity.name);
        types.merge(unfit);
        types.merge(open);
    }
    if (names.empty()) return {};
    for (std::size_t i = 0; i < base.schema().relations.size(); ++i) {
        if (base.lexicon().relations[i].mentions) types.insert(base.schema().relations[i].name);
    }
    return "NOT (" + one_of(variable + ".name", names) + " AND " +
           one_of("type(" + statement + ")", {types.begin(), types.end()}) + ")";
}

std::string one_of(const std::string& expression, const std::vector<std::string>& texts) {
    if (texts.size() == 1) return expression + " = " + quote(texts.front());
    return expression + " IN " + quote_list(texts);
}

std::string of_statement(const Link& link, const std::string& statement, const std::string& property) {
    const std::string key = column_name(property);
    if (!link.mentioned) return statement + "." + key;
    return "coalesce(m" + statement + "." + key + ", " + statement + "." + key + ")";
}

std::string mention_step(const KnowledgeBase& base, bool forward, const std::string& statement) {
    std::string types;
    std::string object;
    for (const std::uint32_t relation : base.lexicon().mentioned_for) {
        const RelationRule& one = base.schema().relations[relation];
        types += (types.empty() ? ":" : "|") + one.name;
        if (one.reified()) object = ":" + one.reified_object;
    }
    if (object.empty()) object = types;
    return forward ? "-[m" + statement + types + "]->(" + statement + ")-[" + object + "*0..1]->"
                   : "<-[" + object + "*0..1]-(" + statement + ")<-[m" + statement + types + "]-";
}

std::string statement_step(const KnowledgeBase& base, const RelationRule& relation, bool forward,
                           const std::string& statement) {
    const std::uint32_t converse =
        base.lexicon()
            .relations[static_cast<std::size_t>(&relation - base.schema().relations.data())]
            .converse;
    if (converse != UINT32_MAX)  // either way round: the labels tell which is which
        return "-[" + statement + ":" + relation.name + "|" + base.schema().relations[converse].name + "]-";
    if (!relation.reified()) {
        const std::string inside = "[" + statement + ":" + relation.name + "]";
        return forward ? "-" + inside + "->" : "<-" + inside + "-";
    }
    const std::string middle = "(" + statement + ":" + relation.reified_label + ")";
    return forward ? "-[:" + relation.name + "]->" + middle + "-[:" + relation.reified_object + "]->"
                   : "<-[:" + relation.reified_object + "]-" + middle + "<-[:" + relation.name + "]-";
}

std::string Query::text() const {
    std::string text = body + "RETURN DISTINCT ";
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) text += ", ";
        text += items[i].expression + " AS " + column_name(items[i].alias);
    }
    return text + (order.empty() ? "" : "\nORDER BY " + order);
}

std::string column_noun(const Reading& reading, const KnowledgeBase& base, std::uint32_t at) {
    const Schema& schema = base.schema();
    const auto noun = [&](std::string_view label) {
        const LabelRule* found = schema.label(label);
        return base.lexicon().label_nouns[static_cast<std::size_t>(found - schema.labels.data())];
    };
    const Variable& variable = reading.variables[at];
    if (!variable.labels.empty()) return base.lexicon().label_nouns[variable.labels.front()];
    // Otherwise by the relation that leads to it: what its end of the relation is.
    const auto end_noun = [&](const Link& link, bool subject) {
        const RelationRule& rule = schema.relations[link.relation];
        return noun((subject ? rule.domain : rule.range).front());
    };
    for (const Variable& one : reading.variables) {
        for (const Link& link : one.links) {
            if (link.other == at) return end_noun(link, !link.head_is_subject);
        }
    }
    if (!variable.links.empty())
        return end_noun(variable.links.front(), variable.links.front().head_is_subject);
    if (!variable.classes.empty())
        return noun(schema.with_ancestors(base.entities()[variable.classes.front()].labels.front()).back());
    if (!variable.entities.empty()) return noun(base.entities()[variable.entities.front()].labels.front());
    return "name";
}

std::vector<std::string> labels_apart(const Variable& variable, const Schema& schema) {
    std::vector<std::string> found;
    if (variable.labels.size() != 1 || !variable.entities.empty()) return found;
    const std::string& asked = schema.labels[variable.labels.front()].name;
    for (const LabelRule& one : schema.labels) {
        const bool near =
            one.name == asked || std::find(one.is_a.begin(), one.is_a.end(), asked) != one.is_a.end();
        if (one.apart && !near && schema.is_a(one.name, asked)) found.push_back(one.name);
    }
    return found;
}

}  // namespace islet::kb
