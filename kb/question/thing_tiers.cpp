// The tiers of questions about named things as a whole: everything stated of them, how two of them have to
// do with each other, and what documents say of themselves.
#include <algorithm>
#include <set>

#include "question/compile.hpp"
#include "question/pattern.hpp"

namespace islet::kb {
namespace {

/// What all queries of one such question share.
class ThingTiers {
 public:
    ThingTiers(const Reading& reading, const KnowledgeBase& base, bool explaining = false)
        : reading_(reading), base_(base) {
        const Schema& schema = base.schema();
        for (std::size_t i = 0; i < schema.relations.size(); ++i) {
            const RelationRule& rule = schema.relations[i];
            const RelationWords& words = base.lexicon().relations[i];
            if (words.mentions || (explaining && !words.explains && !words.hierarchy)) continue;
            (rule.reified() ? reified_ : plain_).push_back(&rule);
        }
    }

    std::vector<TierQuery> describe() {
        names();
        for (const bool forward : {true, false}) {
            between(known("x", all()), "(y)", forward, forward ? "stated of it" : "stated of others with it");
            for (const RelationRule* rule : reified_)
                over(*rule, known("x", all()), "(y)", forward,
                     forward ? "stated of it: uses" : "stated of others with it: uses");
        }
        mentions();
        return std::move(tiers_);
    }

    std::vector<TierQuery> connect() {
        const std::string x = known("x", {reading_.variables[0].entities.front()});
        const std::string y = known("y", {reading_.variables[1].entities.front()});
        for (const bool forward : {true, false}) {
            between(x, y, forward, "stated of both");
            for (const RelationRule* rule : reified_) over(*rule, x, y, forward, "stated of both: uses");
        }
        for (const int length : {2, 3, 4}) {
            for (const bool forward : {true, false})
                chain(forward ? x : y, forward ? y : x, length, "->", "a chain of statements");
        }
        chain(x, y, 2, "-", "what both have to do with");
        return std::move(tiers_);
    }

    std::vector<TierQuery> dates() {
        const Attribute& attribute = base_.lexicon().attributes[reading_.attribute];
        if (reading_.extreme != 0) return extreme(attribute);
        std::vector<std::string> names;
        for (const std::uint32_t one : reading_.documents) names.push_back(base_.documents()[one].name);
        TierQuery tier;
        tier.title = "the document says of itself";
        tier.direct = tier.answers = true;
        const std::string value = "x." + attribute.property;
        tier.query.body =
            "MATCH (x:Source)\nWHERE x.name IN " + quote_list(names) + " AND " + value + " IS NOT NULL\n";
        tier.query.items = {{value, attribute.name, false}, {"x.name", "document", false}};
        tier.query.order = "document";
        tiers_.push_back(tier);
        tier.title = "sections that have their own";
        tier.direct = tier.answers = false;
        tier.query.body = "MATCH (c:Section)-[:IN_SOURCE]->(x:Source)\nWHERE x.name IN " + quote_list(names) +
                          " AND c." + attribute.property + " <> " + value + "\n";
        tier.query.items = {{"c." + attribute.property, attribute.name, false},
                            {"c.title", "section", false},
                            {"x.name", "document", false}};
        tier.query.order = "document, section";
        tiers_.push_back(tier);
        return std::move(tiers_);
    }

 private:
    /// The document with the greatest or least value; those that state none follow apart.
    std::vector<TierQuery> extreme(const Attribute& attribute) {
        const std::string value = "x." + column_name(attribute.property);
        TierQuery tier;
        tier.title = "the document says of itself";
        tier.direct = tier.answers = true;
        tier.query.body = std::string("MATCH (all:Source)\nWITH ") + (reading_.extreme > 0 ? "max" : "min") +
                          "(all." + column_name(attribute.property) + ") AS best\nMATCH (x:Source)\nWHERE " +
                          value + " = best\n";
        tier.query.items = {{"x.name", "document", false}, {value, attribute.name, false}};
        tier.query.order = "document";
        tiers_.push_back(tier);
        tier.title = "the document does not state it";
        tier.direct = tier.answers = false;
        tier.query.body = "MATCH (x:Source)\nWHERE " + value + " IS NULL\n";
        tier.query.items = {{"x.name", "document", false}};
        tiers_.push_back(tier);
        return std::move(tiers_);
    }

    [[nodiscard]] std::vector<std::uint32_t> all() const {
        std::vector<std::uint32_t> entities;
        for (const Variable& variable : reading_.variables)
            entities.insert(entities.end(), variable.entities.begin(), variable.entities.end());
        return entities;
    }

    /// `(x:Label {name: '…'})`, or `(x)` and a condition for several things.
    std::string known(const std::string& name, const std::vector<std::uint32_t>& entities) {
        if (entities.size() == 1) {
            const Entity& one = base_.entities()[entities.front()];
            return "(" + name + ":" + one.labels.front() + " {name: " + quote(one.name) + "})";
        }
        std::vector<std::string> names;
        for (const std::uint32_t one : entities) names.push_back(base_.entities()[one].name);
        condition_ = name + ".name IN " + quote_list(names);
        return "(" + name + ")";
    }

    /// `positive`: of relations that say what is so.
    [[nodiscard]] std::string types(bool positive = false) const {
        std::string text;
        for (const RelationRule* rule : plain_) {
            if (positive && words(*rule).negative) continue;
            text += (text.empty() ? ":" : "|") + rule->name;
        }
        return text;
    }

    [[nodiscard]] const RelationWords& words(const RelationRule& rule) const {
        return base_.lexicon().relations[static_cast<std::size_t>(&rule - base_.schema().relations.data())];
    }

    /// No step of a chain is one that is denied.
    [[nodiscard]] std::string no_denial() const {
        std::set<std::string> conditions;
        for (const RelationRule* rule : plain_) {
            if (!words(*rule).denial_property.empty())
                conditions.insert(" AND coalesce(one." + words(*rule).denial_property + ", '') <> " +
                                  quote(words(*rule).denial_value));
        }
        std::string text;
        for (const std::string& one : conditions) text += one;
        return text;
    }

    [[nodiscard]] std::string where(const std::string& evidence, const std::string& more = {}) const {
        std::string text;
        const auto add = [&](const std::string& one) {
            if (!one.empty()) text += (text.empty() ? "WHERE " : "  AND ") + one + "\n";
        };
        add(condition_);
        add(more);
        if (!reading_.documents.empty()) {
            std::vector<std::string> names;
            for (const std::uint32_t one : reading_.documents) names.push_back(base_.documents()[one].name);
            add(evidence + " IN " + quote_list(names));
        }
        return text;
    }

    void add(TierQuery tier) {
        tier.direct = tier.answers = true;
        tiers_.push_back(std::move(tier));
    }

    void between(const std::string& x, const std::string& y, bool forward, const std::string& title) {
        TierQuery tier;
        tier.title = title;
        tier.query.body = "MATCH " + x + (forward ? "-[s" : "<-[s") + types() + (forward ? "]->" : "]-") + y +
                          "\n" + where("s." + base_.schema().evidence[0]);
        tier.query.items = {{forward ? "x.name" : "y.name", "what", false},
                            {"type(s)", "does", false},
                            {forward ? "y.name" : "x.name", "to what", false}};
        add_statement_items(base_, plain_, tier);
        tier.query.order = "what, does, `to what`";
        add(std::move(tier));
    }

    void over(const RelationRule& rule, const std::string& x, const std::string& y, bool forward,
              const std::string& title) {
        TierQuery tier;
        tier.title = title;
        const std::string middle = "(s:" + rule.reified_label + ")";
        tier.query.body =
            "MATCH " + x +
            (forward ? "-[:" + rule.name + "]->" + middle + "-[:" + rule.reified_object + "]->"
                     : "<-[:" + rule.reified_object + "]-" + middle + "<-[:" + rule.name + "]-") +
            y + "\n" + where("s." + base_.schema().evidence[0]);
        tier.query.items = {{forward ? "x.name" : "y.name", "what", false},
                            {quote(rule.name), "does", false},
                            {forward ? "y.name" : "x.name", "to what", false}};
        add_statement_items(base_, {&rule}, tier);
        tier.query.order = "what, `to what`";
        add(std::move(tier));
    }

    /// Other names; they do not make an answer by themselves.
    void names() {
        if (!reading_.documents.empty()) return;
        TierQuery tier;
        tier.title = "names";
        const std::string x = known("x", all());  // before its condition is read
        tier.query.body = "MATCH " + x + "\n" + where({});
        tier.query.items = {{"x.name", "name", false}};
        for (const char* key : {"synonyms", "brand_names", "abbreviations"})
            tier.query.items.push_back({std::string("x.") + key, key, false});
        tier.query.order = "name";
        tiers_.push_back(std::move(tier));
    }

    /// Documents that only name it.
    void mentions() {
        for (std::size_t i = 0; i < base_.schema().relations.size(); ++i) {
            if (!base_.lexicon().relations[i].mentions) continue;
            const RelationRule& rule = base_.schema().relations[i];
            TierQuery tier;
            tier.title = "also named by";
            const std::string x = known("x", all());  // before its condition is read
            tier.query.body =
                "MATCH " + x + "-[s:" + rule.name + "]->(y)\n" + where("s." + base_.schema().evidence[0]);
            tier.query.items = {{"x.name", "name", false}};
            add_statement_items(base_, {&rule}, tier);
            tier.query.order = "name";
            tiers_.push_back(std::move(tier));
        }
    }

    void chain(const std::string& from, const std::string& to, int length, const std::string& arrow,
               const std::string& title) {
        TierQuery tier;
        tier.title = title;
        const std::string n = std::to_string(length);
        std::string evidence = "all(one IN r WHERE (one." + base_.schema().evidence[0] + " IS NOT NULL";
        evidence += " OR one.assertion IS NOT NULL)" + no_denial() + ")";
        tier.query.body = "MATCH " + from + "-[r" + types(true) + "*" + n + ".." + n + "]" + arrow + to +
                          "\n" + where("r[0]." + base_.schema().evidence[0], evidence) +
                          "UNWIND range(0, size(r) - 1) AS at\nWITH at + 1 AS step, r[at] AS s\n";
        tier.query.items = {{"step", "step", false},
                            {"startNode(s).name", "what", false},
                            {"type(s)", "does", false},
                            {"endNode(s).name", "to what", false}};
        add_statement_items(base_, plain_, tier);
        tier.query.order = "step, what, `to what`";
        add(std::move(tier));
    }

    const Reading& reading_;
    const KnowledgeBase& base_;
    std::vector<const RelationRule*> plain_;
    std::vector<const RelationRule*> reified_;
    std::string condition_;
    std::vector<TierQuery> tiers_;
};

}  // namespace

std::vector<TierQuery> describe_tiers(const Reading& reading, const KnowledgeBase& base) {
    return ThingTiers(reading, base).describe();
}
std::vector<TierQuery> connect_tiers(const Reading& reading, const KnowledgeBase& base, bool explaining) {
    return ThingTiers(reading, base, explaining).connect();
}
std::vector<TierQuery> document_property_tiers(const Reading& reading, const KnowledgeBase& base) {
    return ThingTiers(reading, base).dates();
}

}  // namespace islet::kb
