// Queries as text: names, literals, and the nouns of columns.
#include <algorithm>
#include <array>

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

std::string stated_kind(const KnowledgeBase& base, const std::string& statement) {
    const RelationRule& rule = base.schema().relations[base.lexicon().hierarchy];
    return statement + ".assertion = 'stated'" +
           (rule.property("rest") == nullptr ? "" : " AND NOT coalesce(" + statement + ".rest, false)");
}

std::string one_of(const std::string& expression, const std::vector<std::string>& texts) {
    if (texts.size() == 1) return expression + " = " + quote(texts.front());
    return expression + " IN " + quote_list(texts);
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

}  // namespace islet::kb
