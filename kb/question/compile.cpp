#include "question/compile.hpp"

#include <algorithm>

#include "question/pattern.hpp"

namespace islet::kb {
namespace {

class TierMaker {
 public:
    TierMaker(const Reading& reading, const KnowledgeBase& base) : reading_(reading), base_(base) {}

    std::vector<TierQuery> make() {
        const bool kind_question = reading_.ask == Ask::statements && reading_.variables[0].links.empty();
        TierChoice main;
        main.members_only = tells_class_apart();
        add("stated directly", main, true, true);
        if (main.members_only) {
            // "herbs for X": what is said of herbs as such is no herb.
            TierChoice choice;
            choice.itself_only = true;
            const std::uint32_t one = reading_.variables[0].classes.front();
            add("stated for " + base_.entities()[one].name + " itself", choice, false, true);
            tiers_.back().itself = true;
        }
        if (reading_.ask == Ask::list && !labels_apart(reading_.variables[0], base_.schema()).empty()) {
            TierChoice choice;
            choice.apart = true;
            add("in a wider sense", choice, false, true);
            tiers_.back().itself = true;
        }
        if (reading_.ask == Ask::statements && !reading_.stating && asks_strength()) {
            // "is X often used": if it is said that it is not, then not often either.
            TierChoice choice;
            choice.any_strength = true;
            add("said not to be so", choice, true, true);
            tiers_.back().if_denied = true;
        }
        if (!reading_.each_document.empty() || has_negation() || kind_question) return std::move(tiers_);
        if (!reading_.not_documents.empty()) {
            // What the other documents do not say is held against kinds of the thing as well.
            for (const Link& link : reading_.variables[0].links) of_kinds(link);
            return std::move(tiers_);
        }
        for (std::size_t v = 0; v < reading_.variables.size(); ++v) {
            for (const Link& link : reading_.variables[v].links) inherited(v, link);
        }
        const Variable& root = reading_.variables[0];
        if (root.kinds && !root.classes.empty() && root.links.empty()) {
            TierChoice choice;
            choice.inferred = true;
            add("follows from what the name means, or is what remains besides", choice, false, false);
        }
        if (const std::string what = open_contexts(); !what.empty() && reading_.ask != Ask::statements) {
            TierChoice choice;
            choice.silent = true;
            const std::string general = named_things();
            if (!general.empty() || !root.classes.empty())
                add((general.empty() ? "" : "stated for " + general + " in general; ") +
                        "the source does not say: " + what,
                    choice, false, false);
        }
        if (reading_.ask == Ask::statements && !open_contexts().empty()) {
            TierChoice choice;
            choice.whatever = true;
            add("what is stated, whatever its strength or context", choice, false, false);
        }
        for (const Variable& variable : reading_.variables) {
            for (const Link& link : variable.links) wider(link);
        }
        if (root.kinds && reading_.ask == Ask::list) {
            of_class_as_such();
            against();
        }
        if (!root.except.empty()) {
            TierChoice choice;
            choice.containing = true;
            add("contains what is left out", choice, false, false);
        }
        return std::move(tiers_);
    }

 private:
    void add(std::string title, const TierChoice& choice, bool direct, bool answers) {
        TierQuery tier;
        tier.title = std::move(title);
        tier.direct = direct;
        tier.answers = answers;
        tier.query = pattern_query(reading_, base_, choice);
        tiers_.push_back(std::move(tier));
    }

    /// Whether a value is asked for that is no context: how often, how surely.
    [[nodiscard]] bool asks_strength() const {
        const std::vector<Link>& links = reading_.variables[0].links;
        return std::any_of(links.begin(), links.end(), [&](const Link& link) {
            return std::any_of(link.filters.begin(), link.filters.end(), [&](const Filter& filter) {
                return !filter.alternatives && base_.schema().facet(filter.property) == nullptr;
            });
        });
    }

    /// Whether what is stated of the class that is asked for stands apart from its members.
    [[nodiscard]] bool tells_class_apart() const {
        const Variable& root = reading_.variables[0];
        return reading_.ask == Ask::list && !reading_.most && !reading_.property && reading_.sole.empty() &&
               root.classes.size() == 1 && !root.links.empty() && !root.kinds && !has_negation() &&
               reading_.each_document.empty() && reading_.not_documents.empty();
    }

    [[nodiscard]] bool has_negation() const {
        return std::any_of(reading_.variables.begin(), reading_.variables.end(),
                           [](const Variable& variable) {
                               return std::any_of(variable.links.begin(), variable.links.end(),
                                                  [](const Link& link) { return link.negated; });
                           });
    }

    [[nodiscard]] std::string names(std::uint32_t variable) const {
        std::string text;
        for (const std::uint32_t entity : reading_.variables[variable].entities) {
            text += (text.empty() ? "" : ", ") + base_.entities()[entity].name;
        }
        return text;
    }

    [[nodiscard]] const RelationWords& words(const Link& link) const {
        return base_.lexicon().relations[link.relation];
    }

    void inherited(std::size_t at, const Link& link) {
        if (base_.lexicon().hierarchy == SIZE_MAX || words(link).hierarchy) return;
        const bool known = !reading_.variables[link.other].entities.empty();
        TierChoice choice;
        choice.link = &link;
        if (known && !link.head_is_subject && words(link).class_of_subject) {
            choice.inherit = Inherit::from_class;
            add("stated for a class that " + names(link.other) + " belongs to", choice, false, true);
        }
        if (!known && !link.head_is_subject && words(link).class_of_subject) {
            choice.inherit = Inherit::operand_class;
            add("stated for a class that the " + column_noun(reading_, base_, link.other) + " belongs to",
                choice, false, true);
        }
        if (link.head_is_subject && words(link).class_of_subject) {
            choice.inherit = Inherit::through_class;
            add("stated for a class that " +
                    (at == 0 ? "it" : "the " + column_noun(reading_, base_, static_cast<std::uint32_t>(at))) +
                    " belongs to",
                choice, false, true);
        }
        if (at == 0 && reading_.ask == Ask::statements) {
            choice.inherit = Inherit::through_kind;
            add("stated for a kind of " + names(0), choice, false, true);
            tiers_.back().of_kind = true;
        }
        of_kinds(link);
    }

    void of_kinds(const Link& link) {
        if (base_.lexicon().hierarchy == SIZE_MAX || words(link).hierarchy) return;
        const bool known = !reading_.variables[link.other].entities.empty();
        const bool with_members = reading_.variables[link.other].members ||
                                  (words(link).members_of_subject && !link.head_is_subject);
        if (!known || with_members || !reading_.variables[link.other].links.empty()) return;
        TierChoice choice;
        choice.link = &link;
        choice.inherit = Inherit::from_kind;
        add("stated for a kind of " + names(link.other), choice, false,
            reading_.ask == Ask::statements || !words(link).wider_object);
        tiers_.back().of_kind = true;
    }

    void wider(const Link& link) {
        const bool known = !reading_.variables[link.other].entities.empty();
        if (!known || !link.head_is_subject || !words(link).wider_object ||
            base_.lexicon().hierarchy == SIZE_MAX)
            return;
        TierChoice choice;
        choice.link = &link;
        choice.inherit = Inherit::from_wider;
        add("stated for something wider than " + names(link.other), choice, false, false);
    }

    /// Of kinds: those of which nothing is stated, where it is stated of their class.
    void of_class_as_such() {
        for (const Link& link : reading_.variables[0].links) {
            if (reading_.variables[0].classes.empty() || !link.head_is_subject ||
                words(link).class_of_subject || words(link).hierarchy)
                continue;
            TierChoice choice;
            choice.link = &link;
            choice.inherit = Inherit::through_class;
            add("stated for a class that it belongs to", choice, false, false);
        }
    }

    /// Of kinds: those that are spoken of, but not as asked.
    void against() {
        Reading other = reading_;
        bool any = false;
        for (Link& link : other.variables[0].links) {
            const std::vector<std::uint32_t>& all = base_.lexicon().mentioned_for;
            const bool may = std::find(all.begin(), all.end(), link.relation) != all.end();
            if (!may || link.mentioned) continue;
            link.mentioned = link.against = any = true;
        }
        if (!any) return;
        TierQuery tier;
        tier.title = "said not to be so, or to be open";
        tier.query = pattern_query(other, base_, {});
        tiers_.push_back(std::move(tier));
    }

    /// What the links with contexts lead to, by name.
    [[nodiscard]] std::string named_things() const {
        std::string all;
        for (const Variable& variable : reading_.variables) {
            for (const Link& link : variable.links) {
                const std::string one = link.filters.empty() ? "" : names(link.other);
                if (!one.empty()) all += (all.empty() ? "" : ", ") + one;
            }
        }
        return all;
    }

    /// The contexts that are asked for, in words; empty if there are none.
    [[nodiscard]] std::string open_contexts() const {
        std::string what;
        for (const Variable& variable : reading_.variables) {
            for (const Link& link : variable.links) {
                for (const Filter& filter : link.filters) {
                    std::string values;
                    for (const std::string& value : filter.values)
                        values += (values.empty() ? "" : " or ") + value;
                    what += (what.empty() ? "" : ", ") + filter.property + " (asked: " + values + ")";
                }
            }
        }
        return what;
    }

    const Reading& reading_;
    const KnowledgeBase& base_;
    std::vector<TierQuery> tiers_;
};

/// An explanation: the chain of statements from the thing, step by step.
std::vector<TierQuery> step_tiers(const Reading& reading, const KnowledgeBase& base) {
    std::string types;
    std::vector<const RelationRule*> rules;
    for (std::size_t i = 0; i < base.schema().relations.size(); ++i) {
        const RelationRule& rule = base.schema().relations[i];
        if (!base.lexicon().relations[i].explains || rule.reified()) continue;
        types += (types.empty() ? ":" : "|") + rule.name;
        rules.push_back(&rule);
    }
    if (types.empty()) return {};
    const Entity& thing = base.entities()[reading.variables[0].entities.front()];
    std::vector<TierQuery> tiers;
    for (const bool ordered : {true, false}) {
        TierQuery tier;
        tier.title = "stated directly";
        tier.direct = tier.answers = true;
        std::string& body = tier.query.body;
        body.append("MATCH (x:").append(thing.labels.front()).append(" {name: ").append(quote(thing.name));
        body.append("})-[").append(types).append("*0..3]->(a)-[s").append(types).append("]->(b)\n");
        if (ordered) body += "WHERE s.step IS NOT NULL\n";
        if (!reading.documents.empty()) {
            std::vector<std::string> names;
            for (const std::uint32_t one : reading.documents) names.push_back(base.documents()[one].name);
            tier.query.body += std::string(ordered ? "  AND s." : "WHERE s.") + base.schema().evidence[0] +
                               " IN " + quote_list(names) + "\n";
        }
        if (ordered) tier.query.items.push_back({"s.step", "step", false});
        tier.query.items.push_back({"a.name", "what", false});
        tier.query.items.push_back({"type(s)", "does", false});
        tier.query.items.push_back({"b.name", "to what", false});
        add_statement_items(base, rules, tier);
        tier.query.order = ordered ? "step, what, `to what`" : "what, does, `to what`";
        tiers.push_back(std::move(tier));
    }
    for (const std::uint32_t other : reading.mentioned) {
        // Otherwise the shortest chain to what is spoken of.
        Reading both;
        both.ask = Ask::connect;
        both.documents = reading.documents;
        both.variables = {reading.variables[0], {}};
        both.variables[1].entities = {other};
        for (TierQuery& tier : connect_tiers(both, base, true)) tiers.push_back(std::move(tier));
    }
    return tiers;
}

/// The value of an attribute: statements of its relations that have everything mentioned at their ends.
std::vector<TierQuery> value_tiers(const Reading& reading, const KnowledgeBase& base) {
    const Attribute& attribute = base.lexicon().attributes[reading.attribute];
    TierQuery tier;
    tier.title = attribute.unknown ? "the source says that it is not known" : "stated directly";
    tier.direct = !attribute.unknown;
    tier.answers = true;
    tier.denies = attribute.unknown;
    if (attribute.relations.empty() || reading.variables.size() < 2) return {};
    std::string types;
    std::vector<const RelationRule*> rules;
    for (const std::string& relation : attribute.relations) {
        types += (types.empty() ? ":" : "|") + relation;
        rules.push_back(base.schema().relation(relation));
    }
    const std::string hierarchy = base.lexicon().hierarchy == SIZE_MAX
                                      ? ""
                                      : ":" + base.schema().relations[base.lexicon().hierarchy].name;
    std::vector<TierQuery> tiers;
    // The nearest statement counts: of the thing itself, else of its kinds, level by level.
    // Then what is stated for all of a class that the things belong to.
    for (int depth = 0; depth <= (hierarchy.empty() ? 0 : attribute.unknown ? 6 : 3); ++depth) {
        const bool up = depth > 3;
        const int length = up ? depth - 3 : depth;
        TierQuery one = tier;
        one.query.body = "MATCH (a)-[s" + types + "]->(b)\n";
        for (std::size_t i = 1; i < reading.variables.size(); ++i) {
            const Entity& thing = base.entities()[reading.variables[i].entities.front()];
            const std::string name = "(:" + thing.labels.front() + " {name: " + quote(thing.name) + "})";
            const std::string hops =
                "-[" + hierarchy + "*" + std::to_string(length) + ".." + std::to_string(length) + "]->";
            one.query.body += (i == 1 ? "WHERE (" : "  AND (");
            if (depth == 0) {
                const std::string quoted = quote(thing.name);
                one.query.body.append("a.name = ").append(quoted).append(" OR b.name = ").append(quoted);
            } else if (up) {
                one.query.body.append(name).append(hops).append("(a)");
            } else {
                one.query.body.append("(a)").append(hops).append(name);
                one.query.body.append(" OR (b)").append(hops).append(name);
            }
            one.query.body += ")\n";
        }
        if (!reading.documents.empty()) {
            std::vector<std::string> names;
            for (const std::uint32_t document : reading.documents)
                names.push_back(base.documents()[document].name);
            one.query.body += "  AND s." + base.schema().evidence[0] + " IN " + quote_list(names) + "\n";
        }
        // A statement that is silent about the value does not say it.
        if (!attribute.property.empty() && !attribute.unknown)
            one.query.body += "  AND s." + column_name(attribute.property) + " IS NOT NULL\n";
        one.query.items = {{"a.name", "what", false}, {"b.name", "of what", false}};
        add_statement_items(base, rules, one);
        one.query.order = "what, `of what`";
        tiers.push_back(std::move(one));
    }
    return tiers;
}

}  // namespace

void add_statement_items(const KnowledgeBase& base, const std::vector<const RelationRule*>& rules,
                         TierQuery& tier) {
    std::vector<std::string> seen;
    for (const RelationRule* rule : rules) {
        for (const PropertyRule& property : rule->properties) {
            if (base.lexicon().hidden.contains(property.name)) continue;
            if (std::find(seen.begin(), seen.end(), property.name) != seen.end()) continue;
            seen.push_back(property.name);
            tier.query.items.push_back({"s." + property.name, property.name, false});
        }
    }
    for (const std::string& column : base.schema().evidence)
        tier.query.items.push_back({"s." + column, column, true});
}

std::vector<TierQuery> compile(const Reading& reading, const KnowledgeBase& base) {
    switch (reading.ask) {
        case Ask::documents:
            return document_tiers(reading, base);
        case Ask::steps:
            return step_tiers(reading, base);
        case Ask::value:
            return base.lexicon().attributes[reading.attribute].of_document
                       ? document_property_tiers(reading, base)
                       : value_tiers(reading, base);
        case Ask::describe:
            return describe_tiers(reading, base);
        case Ask::connect:
            return connect_tiers(reading, base);
        case Ask::list:
        case Ask::count:
        case Ask::statements:
            break;
    }
    std::vector<TierQuery> tiers = TierMaker(reading, base).make();
    if (!reading.stating) return tiers;
    for (TierQuery& tier : tiers) {
        // Which documents say so: the source comes first.
        for (const ReturnItem& item : tier.query.items) {
            if (!item.evidence || item.alias != base.schema().evidence[0]) continue;
            tier.query.items.insert(tier.query.items.begin(), {item.expression, "document", false});
            tier.query.order = "document, " + tier.query.order;
            break;
        }
    }
    return tiers;
}

std::string count_query(const TierQuery& main, bool by_document) {
    if (by_document) {
        for (const ReturnItem& item : main.query.items) {
            if (item.evidence)
                return main.query.body + "RETURN " + item.expression + " AS document, count(DISTINCT " +
                       main.query.items.front().expression + ") AS number\nORDER BY document";
        }
    }
    return main.query.body + "RETURN count(DISTINCT " + main.query.items.front().expression + ") AS number";
}

std::string most_query(const TierQuery& main, const Reading& reading) {
    std::string thing = main.query.items.front().expression;
    std::string alias = column_name(main.query.items.front().alias);
    std::string counted = variable_name(*reading.most) + ".name";
    if (reading.by_document) {
        counted = thing;
        alias = "document";
        for (const ReturnItem& item : main.query.items) {
            if (!item.evidence) continue;
            thing = item.expression;
            break;
        }
    }
    return main.query.body + "WITH " + thing + " AS thing, count(DISTINCT " + counted +
           ") AS number\nWITH max(number) AS most, collect({thing: thing, number: number}) AS all\n"
           "UNWIND [one IN all WHERE one.number = most] AS one\n"
           "RETURN one.thing AS " +
           alias + ", one.number AS number\nORDER BY " + alias;
}

}  // namespace islet::kb
