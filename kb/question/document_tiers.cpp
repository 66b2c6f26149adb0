// The tiers of questions about which documents mention something.
#include "question/compile.hpp"
#include "question/pattern.hpp"

namespace islet::kb {
namespace {

std::string evidence_of(const KnowledgeBase& base, std::size_t i, std::string_view first,
                        std::string_view second) {
    const std::string& name = base.schema().evidence[i];
    return "coalesce(" + std::string(first) + "." + name + ", " + std::string(second) + "." + name + ")";
}

/// `(y:Label {name: '…'})`; of several things any one, with a condition.
std::string thing_pattern(const KnowledgeBase& base, const Variable& variable, const std::string& name,
                          std::string& condition) {
    if (variable.entities.size() == 1) {
        const Entity& one = base.entities()[variable.entities.front()];
        return "(" + name + ":" + one.labels.front() + " {name: " + quote(one.name) + "})";
    }
    std::vector<std::string> names;
    for (const std::uint32_t one : variable.entities) names.push_back(base.entities()[one].name);
    condition = " AND " + name + ".name IN " + quote_list(names);
    return "(" + name + ")";
}

/// Several things: documents that mention each of them, any of them, one and not another.
std::vector<TierQuery> several_tiers(const Reading& reading, const KnowledgeBase& base) {
    TierQuery tier;
    tier.title = "stated directly";
    tier.direct = tier.answers = true;
    const std::vector<Link>& links = reading.variables[0].links;
    std::string source = "d.name";
    std::string lines;
    std::string conditions;
    std::vector<ReturnItem> evidence;
    const auto add_condition = [&](const std::string& one) {
        conditions += (conditions.empty() ? "WHERE " : "  AND ") + one + "\n";
    };
    const auto add_mention = [&](const Link& link) {
        const std::string n = std::to_string(link.other);
        std::string any;
        lines += "MATCH " + thing_pattern(base, reading.variables[link.other], "y" + n, any) + "-[m" + n +
                 "]-(n" + n + ")\n";
        const std::string own = evidence_of(base, 0, "m" + n, "n" + n);
        add_condition(own + (source == "d.name" ? " IS NOT NULL" : " = " + source) + " AND coalesce(m" + n +
                      ".named, n" + n + ".named, true)" + any);
        if (source == "d.name") source = own;
        for (std::size_t i = 0; i < base.schema().evidence.size(); ++i)
            evidence.push_back({evidence_of(base, i, "m" + n, "n" + n),
                                base.schema().evidence[i] + (evidence.size() < 4 ? "" : "_" + n), true});
    };
    for (const Link& link : links) {
        if (!link.negated) add_mention(link);
    }
    if (lines.empty()) lines = "MATCH (d:Source)\n";
    std::string any_named;
    const auto add_absence = [&](const Link& link) {
        const std::string n = std::to_string(link.other);
        std::string any;
        const std::string thing = thing_pattern(base, reading.variables[link.other], "y" + n, any);
        const std::string pattern = "size([" + thing + "-[m" + n + "]-(n" + n + ") WHERE " +
                                    evidence_of(base, 0, "m" + n, "n" + n) + " = " + source + any;
        add_condition(pattern + " AND coalesce(m" + n + ".named, n" + n + ".named, true) | 1]) = 0");
        any_named += (any_named.empty() ? "" : " AND ") + pattern + " | 1]) = 0";
    };
    for (const Link& link : links) {
        if (link.negated) add_absence(link);
    }
    if (!reading.documents.empty()) {
        std::vector<std::string> names;
        for (const std::uint32_t one : reading.documents) names.push_back(base.documents()[one].name);
        add_condition(source + " IN " + quote_list(names));
    }
    tier.query.body = lines + conditions + (any_named.empty() ? "" : "  AND " + any_named + "\n");
    tier.query.items.push_back({source, "document", false});
    tier.query.items.insert(tier.query.items.end(), evidence.begin(), evidence.end());
    tier.query.order = "document" + (evidence.empty() ? "" : ", " + base.schema().evidence[2]);
    std::vector<TierQuery> tiers{tier};
    if (any_named.empty()) return tiers;
    tier.title = "described without being named";
    tier.direct = false;
    tier.query.body = lines + conditions + "  AND NOT (" + any_named + ")\n";
    tiers.push_back(std::move(tier));
    return tiers;
}

/// One thing: some statement has it at one end.
std::vector<TierQuery> single_tiers(const Reading& reading, const KnowledgeBase& base) {
    const Link& link = reading.variables[0].links.front();
    const Entity& thing = base.entities()[reading.variables[link.other].entities.front()];
    const std::string known = "(y:" + thing.labels.front() + " {name: " + quote(thing.name) + "})";
    const std::string source = evidence_of(base, 0, "m", "n");
    std::vector<TierQuery> tiers;
    const auto add = [&](std::string title, const std::string& pattern, const std::string& condition,
                         bool direct) {
        TierQuery tier;
        tier.title = std::move(title);
        tier.direct = direct;
        tier.answers = direct;
        tier.query.body = "MATCH " + pattern + "\nWHERE " + condition + "\n";
        if (!reading.documents.empty()) {
            std::vector<std::string> names;
            for (const std::uint32_t one : reading.documents) names.push_back(base.documents()[one].name);
            tier.query.body += "  AND " + source + " IN " + quote_list(names) + "\n";
        }
        tier.query.items.push_back({source, "document", false});
        if (!direct) tier.query.items.push_back({"y.name", "mentions", false});
        for (std::size_t i = 0; i < base.schema().evidence.size(); ++i) {
            tier.query.items.push_back({evidence_of(base, i, "m", "n"), base.schema().evidence[i], true});
        }
        tier.query.order = "document, " + base.schema().evidence[2];
        tiers.push_back(std::move(tier));
    };
    if (link.negated) {
        TierQuery tier;
        tier.title = "not mentioned";
        tier.direct = tier.answers = true;
        tier.query.body = "MATCH (d:Source)\nOPTIONAL MATCH " + known + "-[m]-(n)\nWHERE " + source +
                          " = d.name\nWITH d, count(m) AS mentions\nWHERE mentions = 0\n";
        tier.query.items.push_back({"d.name", "document", false});
        tier.query.order = "document";
        tiers.push_back(tier);
        tier.title = "described without being named";
        tier.direct = false;
        tier.query.body = "MATCH (d:Source)\nMATCH " + known + "-[m]-(n)\nWHERE " + source +
                          " = d.name\nWITH d, collect(coalesce(m.named, n.named, true)) AS named\n"
                          "WHERE NOT any(one IN named WHERE one)\n";
        tiers.push_back(std::move(tier));
        return tiers;
    }
    add("stated directly", known + "-[m]-(n)", source + " IS NOT NULL AND coalesce(m.named, n.named, true)",
        true);
    add("described without being named", known + "-[m]-(n)",
        source + " IS NOT NULL AND NOT coalesce(m.named, n.named, true)", false);
    if (base.lexicon().hierarchy != SIZE_MAX) {
        add("a kind of it is mentioned",
            "(y)-[:" + base.schema().relations[base.lexicon().hierarchy].name +
                "*1..]->(:" + thing.labels.front() + " {name: " + quote(thing.name) + "})\nMATCH (y)-[m]-(n)",
            source + " IS NOT NULL AND coalesce(m.named, n.named, true)", false);
    }
    if (reading.documents.empty()) return tiers;
    // "does D mention X": where it does not, those that do follow.
    TierQuery others = tiers.front();
    others.title = "mentioned by other documents";
    others.direct = others.answers = false;
    others.elsewhere = true;
    std::vector<std::string> names;
    for (const std::uint32_t one : reading.documents) names.push_back(base.documents()[one].name);
    others.query.body = "MATCH " + known + "-[m]-(n)\nWHERE NOT " + source + " IN " + quote_list(names) +
                        "\n  AND coalesce(m.named, n.named, true)\n";
    tiers.push_back(std::move(others));
    return tiers;
}

}  // namespace

std::vector<TierQuery> document_tiers(const Reading& reading, const KnowledgeBase& base) {
    const std::vector<Link>& links = reading.variables[0].links;
    const bool single = links.size() == 1 && reading.variables[links.front().other].entities.size() == 1;
    return single ? single_tiers(reading, base) : several_tiers(reading, base);
}

}  // namespace islet::kb
