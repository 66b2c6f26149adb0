#include "question/pattern.hpp"

#include <algorithm>

namespace islet::kb {
namespace {

class PatternBuilder {
 public:
    PatternBuilder(const Reading& reading, const KnowledgeBase& base, const TierChoice& choice)
        : reading_(reading), base_(base), lexicon_(base.lexicon()), choice_(choice) {
        if (lexicon_.hierarchy != SIZE_MAX)
            hierarchy_ = ":" + base.schema().relations[lexicon_.hierarchy].name;
    }

    Query build() {
        if (reading_.property) add_item("value", lexicon_.attributes[reading_.attribute].name, false);
        add_item(name(0) + ".name", column_noun(reading_, base_, 0), false);
        add_variable(0);
        add_links(0);
        if (reading_.property || !reading_.variables[0].properties.empty()) {
            if (lines_.empty()) lines_.push_back(node(0));
        } else if (statements_ == 0) {
            add_mention_or_class();
        }
        add_not_documents();
        if (choice_.silent) add_silence();
        for (std::size_t i = 0; i < lines_.size(); ++i) query_.body += "MATCH " + lines_[i] + "\n";
        for (std::size_t i = 0; i < conditions_.size(); ++i) {
            query_.body += (i == 0 ? "WHERE " : "  AND ") + conditions_[i] + "\n";
        }
        if (reading_.property) {
            const std::string key = name(0) + "." + lexicon_.attributes[reading_.attribute].property;
            query_.body += "UNWIND " + key + " AS value\n";
        }
        for (ReturnItem& item : evidence_) query_.items.push_back(std::move(item));
        for (const ReturnItem& item : query_.items) {
            if (item.evidence && item.alias != "source" && item.alias != "lines") continue;
            if (!query_.order.empty()) query_.order += ", ";
            query_.order += column_name(item.alias);
            if (item.evidence && item.alias == "lines") break;
        }
        return std::move(query_);
    }

 private:
    static std::string name(std::uint32_t variable) { return variable_name(variable); }
    [[nodiscard]] const Entity& entity(std::uint32_t index) const { return base_.entities()[index]; }

    [[nodiscard]] std::vector<std::string> names_of(const std::vector<std::uint32_t>& entities) const {
        std::vector<std::string> names;
        for (const std::uint32_t one : entities) names.push_back(entity(one).name);
        return names;
    }

    [[nodiscard]] std::string named(std::uint32_t index) const {
        return "(:" + entity(index).labels.front() + " {name: " + quote(entity(index).name) + "})";
    }

    void add_item(const std::string& expression, const std::string& alias, bool evidence) {
        auto& items = evidence ? evidence_ : query_.items;
        std::string free = alias;
        for (int n = 2; taken(free); ++n) free = alias + (evidence ? "_" : " ") + std::to_string(n);
        items.push_back({expression, std::move(free), evidence});
    }

    [[nodiscard]] bool taken(const std::string& alias) const {
        const auto same = [&](const ReturnItem& item) { return item.alias == alias; };
        return std::any_of(query_.items.begin(), query_.items.end(), same) ||
               std::any_of(evidence_.begin(), evidence_.end(), same);
    }

    /// Whether the class that is asked for may be in the list itself: "sweet herbs for X", but not
    /// "sweet leaves" (of that class), nor kinds of it, nor where its members are counted.
    [[nodiscard]] bool may_be_itself(std::uint32_t one) const {
        const Variable& root = reading_.variables[0];
        const bool lacks =
            std::any_of(root.links.begin(), root.links.end(), [](const Link& link) { return link.negated; });
        if (reading_.ask != Ask::list || root.kinds || lacks) return false;
        return std::all_of(root.labels.begin(), root.labels.end(), [&](std::uint32_t label) {
            return base_.schema().is_a(entity(one).labels.front(), base_.schema().labels[label].name);
        });
    }

    /// What a variable is by itself: labels, classes, names.
    void add_variable(std::uint32_t at, bool with_names = true) {
        const Variable& variable = reading_.variables[at];
        std::vector<std::string> labels;
        for (const std::uint32_t label : variable.labels) labels.push_back(base_.schema().labels[label].name);
        if (labels.size() == 1) labels_of_[at] = ":" + labels.front();
        if (labels.size() > 1) {
            std::string any;
            for (const std::string& label : labels)
                any += (any.empty() ? "" : " OR ") + name(at) + ":" + label;
            conditions_.push_back("(" + any + ")");
        }
        if (at == 0) {
            add_apart(variable);
            leave_out_noun(variable);
        }
        if (with_names && variable.entities.size() == 1) {
            if (labels.empty()) labels_of_[at] = ":" + entity(variable.entities.front()).labels.front();
            properties_of_[at] = " {name: " + quote(entity(variable.entities.front()).name) + "}";
        } else if (with_names && !variable.entities.empty()) {
            conditions_.push_back(name(at) + ".name IN " + quote_list(names_of(variable.entities)));
        }
        for (const std::uint32_t one : variable.classes) {
            const bool by_properties = reading_.property || !variable.properties.empty();
            if (at == 0 && variable.links.empty() && !by_properties)
                continue;  // then the class is the statement itself
            // The class itself counts where things are listed that it may stand for.
            const bool itself = at == 0 && may_be_itself(one);
            const char* own = choice_.itself_only ? "*0..0]->" : choice_.members_only ? "*1..]->" : "*0..]->";
            lines_.push_back(node(at) + "-[" + hierarchy_ + (itself ? own : kind_hops(variable, one)) +
                             named(one));
        }
        for (const std::uint32_t one : variable.parts_of)
            lines_.push_back(node(at) + "-[" + part_types() + "*0..]->" + named(one));
        std::string containing;
        for (const std::uint32_t one : variable.except)
            add_exception(base_, name(at), one, conditions_, containing);
        if (!containing.empty())
            conditions_.push_back((choice_.containing ? "(" : "NOT (") + containing + ")");
        for (const auto& [key, wanted] : variable.properties)
            conditions_.push_back(name(at) + "." + column_name(key) + (wanted ? " IS NOT NULL" : " IS NULL"));
        if (variable.kinds && variable.classes.empty())
            lines_.push_back(node(at) + "-[" + hierarchy_ + "]->()");
        const bool lacks = std::any_of(variable.links.begin(), variable.links.end(),
                                       [](const Link& link) { return link.negated; });
        if (variable.types && lacks && !hierarchy_.empty())
            conditions_.push_back("size([(" + name(at) + ")<-[" + hierarchy_ + "]-(kind) | 1]) = 0");
        if (variable.differs && at != 0) conditions_.push_back(name(0) + " <> " + name(at));
    }

    /// A thing that is named as the noun that is asked for is none of those that the noun stands for.
    void leave_out_noun(const Variable& variable) {
        if (variable.labels.size() != 1 || !variable.entities.empty()) return;
        const std::string noun = lexicon_.folding.fold(lexicon_.label_nouns[variable.labels.front()]);
        const std::string& label = base_.schema().labels[variable.labels.front()].name;
        for (const Entity& one : base_.entities()) {
            const bool own = std::find(one.labels.begin(), one.labels.end(), label) != one.labels.end();
            if (own && lexicon_.folding.fold(one.name) == noun)
                conditions_.push_back(name(0) + ".name <> " + quote(one.name));
        }
    }

    void add_apart(const Variable& variable) {
        std::string any;
        for (const std::string& label : labels_apart(variable, base_.schema()))
            any += (any.empty() ? "" : " OR ") + name(0) + ":" + label;
        if (!any.empty()) conditions_.push_back(choice_.apart ? "(" + any + ")" : "NOT (" + any + ")");
    }

    [[nodiscard]] const char* kind_hops(const Variable& variable, std::uint32_t one) const {
        return variable.kinds && nearest_kinds(base_, one) ? "*1..1]->" : "*1..]->";
    }

    [[nodiscard]] std::string part_types() const {
        std::string types;
        for (std::size_t i = 0; i < lexicon_.relations.size(); ++i)
            if (lexicon_.relations[i].part_whole) types += "|" + base_.schema().relations[i].name;
        return types.empty() ? types : ":" + types.substr(1);
    }

    /// `(x:Label {name: '…'})` at first, `(x)` later.
    std::string node(std::uint32_t at) {
        std::string text = "(" + name(at) + labels_of_[at] + properties_of_[at] + ")";
        labels_of_[at].clear();
        properties_of_[at].clear();
        return text;
    }

    [[nodiscard]] const RelationRule& rule(const Link& link) const {
        return base_.schema().relations[link.relation];
    }
    [[nodiscard]] const RelationWords& words(const Link& link) const {
        return lexicon_.relations[link.relation];
    }

    void add_links(std::uint32_t at) {
        for (const Link& link : reading_.variables[at].links) {
            if (link.negated) {
                add_absence(at, link);
                continue;
            }
            add_link(at, link);
            add_links(link.other);
        }
    }

    /// Where the operand is (or is a kind of) known things, the rest of its pattern.
    void add_operand(const Link& link, bool inherits) {
        const Variable& other = reading_.variables[link.other];
        const bool members = !other.entities.empty() &&
                             (other.members || (!link.head_is_subject && words(link).members_of_subject));
        if (other.entities.empty() || (!inherits && !members)) return add_variable(link.other);
        add_variable(link.other, false);
        const std::string hops = inherits ? "*1..]" : "*0..]";
        std::string fixed;
        if (other.entities.size() == 1) {
            fixed = named(other.entities.front());
        } else {
            fixed = "(class" + std::to_string(link.other) + ")";
            conditions_.push_back("class" + std::to_string(link.other) + ".name IN " +
                                  quote_list(names_of(other.entities)));
        }
        const bool up = inherits && choice_.inherit != Inherit::from_kind;
        later_.push_back(up ? fixed + "-[" + hierarchy_ + hops + "->(" + name(link.other) + ")"
                            : "(" + name(link.other) + ")-[" + hierarchy_ + hops + "->" + fixed);
    }

    void add_link(std::uint32_t at, const Link& link) {
        const bool inherits = choice_.link == &link;
        const std::string statement = statements_ == 0 ? "s" : "s" + std::to_string(statements_ + 1);
        ++statements_;
        const bool through =
            choice_.inherit == Inherit::through_class || choice_.inherit == Inherit::through_kind;
        const bool operand_class = choice_.inherit == Inherit::operand_class;
        add_operand(link, inherits && !through && !operand_class);
        std::string from = node(at);
        if (inherits && through) {
            from += choice_.inherit == Inherit::through_class ? "-[" + hierarchy_ + "*1..]->(class)"
                                                              : "<-[" + hierarchy_ + "*1..]-(class)";
            add_item("class.name", "stated for", false);
        }
        const std::string over = link.mentioned
                                     ? mention_step(base_, link.head_is_subject, statement)
                                     : statement_step(base_, rule(link), link.head_is_subject, statement);
        const Variable& end = reading_.variables[link.other];
        if (link.mentioned && end.labels.empty() && end.entities.empty() && rule(link).range.size() == 1)
            labels_of_[link.other] = ":" + rule(link).range.front();
        if (inherits && operand_class) {
            lines_.push_back(from + over + "(class)<-[" + hierarchy_ + "*1..]-" + node(link.other));
            add_item("class.name", "stated for", false);
        } else {
            lines_.push_back(from + over + node(link.other));
        }
        for (std::string& line : later_) lines_.push_back(std::move(line));
        later_.clear();
        if (link.against) conditions_.push_back("type(m" + statement + ") <> " + quote(rule(link).name));
        add_filters(link, statement);
        const bool of_class = through ? choice_.inherit == Inherit::through_class
                                      : operand_class || choice_.inherit == Inherit::from_class;
        if (inherits && of_class && !words(link).hedges.empty()) {
            conditions_.push_back("NOT coalesce(" + statement + "." + words(link).hedge_property +
                                  ", '') IN " + quote_list(words(link).hedges));
        }
        add_documents(link, statement);
        add_columns(link, statement, inherits);
    }

    void add_filters(const Link& link, const std::string& statement) {
        for (const Filter& filter : link.filters) {
            if (filter.alternatives || choice_.whatever) continue;
            if (choice_.any_strength && base_.schema().facet(filter.property) == nullptr) continue;
            const std::string property = of_statement(link, statement, filter.property);
            const std::string values = quote_list(filter.matching);
            std::string condition = filter.list
                                        ? "any(value IN " + property + " WHERE value IN " + values + ")"
                                        : property + " IN " + values;
            const bool open = choice_.silent || choice_.inherit == Inherit::from_wider;
            if (open) condition = "(" + property + " IS NULL OR " + condition + ")";
            if (choice_.silent) silences_.push_back(property + " IS NULL");
            conditions_.push_back(std::move(condition));
        }
        const bool all = reading_.ask == Ask::statements && !reading_.stating;
        if (words(link).denial_property.empty() || all) return;
        const std::string denial = statement + "." + words(link).denial_property;
        const std::string value = quote(words(link).denial_value);
        conditions_.push_back(link.denied ? denial + " = " + value
                                          : "coalesce(" + denial + ", '') <> " + value);
    }

    void add_silence() {
        std::string any;
        for (const std::string& one : silences_) any += (any.empty() ? "" : " OR ") + one;
        if (!any.empty()) conditions_.push_back("(" + any + ")");
    }

    [[nodiscard]] std::vector<std::string> document_names(const std::vector<std::uint32_t>& documents) const {
        std::vector<std::string> names;
        for (const std::uint32_t one : documents) names.push_back(base_.documents()[one].name);
        return names;
    }

    [[nodiscard]] const std::string& evidence(std::size_t i) const { return base_.schema().evidence[i]; }

    void add_documents(const Link& link, const std::string& statement) {
        const std::vector<std::uint32_t>& documents =
            link.documents.empty() ? reading_.documents : link.documents;
        if (documents.empty()) return;
        conditions_.push_back(one_of(of_statement(link, statement, evidence(0)), document_names(documents)));
    }

    void add_columns(const Link& link, const std::string& statement, bool inherits) {
        const Variable& other = reading_.variables[link.other];
        const bool facets = std::any_of(rule(link).properties.begin(), rule(link).properties.end(),
                                        [](const PropertyRule& property) { return !property.facet.empty(); });
        const bool fixed = other.entities.size() == 1 && !facets && !inherits &&
                           reading_.ask != Ask::statements &&
                           !(words(link).members_of_subject && !link.head_is_subject) && !other.members;
        if (!fixed) add_item(name(link.other) + ".name", column_noun(reading_, base_, link.other), false);
        std::vector<PropertyRule> properties = rule(link).properties;
        if (words(link).converse != UINT32_MAX) {
            for (const PropertyRule& one : base_.schema().relations[words(link).converse].properties) {
                if (rule(link).property(one.name) == nullptr) properties.push_back(one);
            }
        }
        for (const PropertyRule& property : properties) {
            if (lexicon_.hidden.contains(property.name)) continue;
            add_item(of_statement(link, statement, property.name), property.name, false);
        }
        if (link.mentioned) add_item("type(m" + statement + ")", "statement", false);
        for (const std::string& column : base_.schema().evidence) {
            add_item(of_statement(link, statement, column), column, true);
        }
    }

    void add_evidence(const std::string& statement) {
        for (const std::string& column : base_.schema().evidence)
            add_item(statement + "." + column, column, true);
    }

    /// There is no statement: in general, or in the given documents. It counts what is stated for a class of
    /// the one and for kinds of the other, so that nothing is called absent that is inherited.
    void add_absence(std::uint32_t at, const Link& link) {
        if (!link.documents.empty()) {
            // Absence in a document is told only of what the document speaks of in this way at all.
            const std::string statement = statements_ == 0 ? "s" : "s" + std::to_string(statements_ + 1);
            ++statements_;
            lines_.push_back(node(at) + statement_step(base_, rule(link), link.head_is_subject, statement) +
                             "()");
            conditions_.push_back(one_of(statement + "." + evidence(0), document_names(link.documents)));
            add_evidence(statement);
        } else if (lines_.empty() && reading_.variables[at].classes.empty()) {
            lines_.push_back(node(at));
        }
        conditions_.push_back("size([" + absent_pattern(at, link, link.documents) + " | 1]) = 0");
    }

    std::string absent_pattern(std::uint32_t at, const Link& link,
                               const std::vector<std::uint32_t>& documents) {
        std::string pattern = "(" + name(at) + ")";
        std::vector<std::string> conditions;
        if (link.head_is_subject && words(link).class_of_subject) {
            pattern += "-[" + hierarchy_ + "*0..]->(own)";
            if (!words(link).hedges.empty())
                conditions.push_back("(own = " + name(at) + " OR NOT coalesce(no." +
                                     words(link).hedge_property + ", '') IN " +
                                     quote_list(words(link).hedges) + ")");
        }
        pattern += statement_step(base_, rule(link), link.head_is_subject, "no");
        const Variable& other = reading_.variables[link.other];
        std::vector<std::uint32_t> fixed = other.entities;
        fixed.insert(fixed.end(), other.classes.begin(), other.classes.end());
        if (fixed.empty()) {
            pattern += other.labels.size() == 1
                           ? "(:" + base_.schema().labels[other.labels.front()].name + ")"
                           : "()";
        } else if (fixed.size() == 1) {
            pattern += "()-[" + hierarchy_ + "*0..]->" + named(fixed.front());
        } else {
            pattern += "()-[" + hierarchy_ + "*0..]->(thing)";
            conditions.push_back("thing.name IN " + quote_list(names_of(fixed)));
        }
        if (!documents.empty()) conditions.push_back(one_of("no." + evidence(0), document_names(documents)));
        for (const Filter& filter : link.filters) {
            const std::string values = quote_list(filter.matching);
            conditions.push_back(filter.list ? "any(value IN no." + filter.property + " WHERE value IN " +
                                                   values + ")"
                                             : "no." + filter.property + " IN " + values);
        }
        for (std::size_t i = 0; i < conditions.size(); ++i)
            pattern += (i == 0 ? " WHERE " : " AND ") + conditions[i];
        return pattern;
    }

    /// "mentioned by A but not by B": the same statement, whatever its strength, is not made by B.
    void add_not_documents() {
        if (!reading_.each_document.empty()) add_each_document();
        if (reading_.not_documents.empty()) return;
        const Variable& root = reading_.variables[0];
        for (const Link& link : root.links) {
            if (!link.negated) {
                conditions_.push_back("size([" + absent_pattern(0, link, reading_.not_documents) +
                                      " | 1]) = 0");
            }
        }
        if (root.links.empty()) {
            conditions_.push_back("size([(x)-[other]-(beside) WHERE " +
                                  one_of("coalesce(other." + evidence(0) + ", beside." + evidence(0) + ")",
                                         document_names(reading_.not_documents)) +
                                  " | 1]) = 0");
        }
    }

    /// "mentioned by each of these documents"
    void add_each_document() {
        const Variable& root = reading_.variables[0];
        for (const std::uint32_t i : reading_.each_document) {
            for (const Link& link : root.links) {
                if (!link.negated)
                    conditions_.push_back("size([" + absent_pattern(0, link, {i}) + " | 1]) > 0");
            }
            if (!root.links.empty()) continue;
            conditions_.push_back("size([(x)-[other]-(beside) WHERE " +
                                  one_of("coalesce(other." + evidence(0) + ", beside." + evidence(0) + ")",
                                         document_names({i})) +
                                  " AND coalesce(other.named, beside.named, true) | 1]) > 0");
        }
    }

    /// Kinds that a document states are told from those that follow from what a name means.
    void add_kind_condition() {
        if (!reading_.variables[0].kinds) return;
        conditions_.push_back(choice_.inferred
                                  ? "any(step IN kind WHERE NOT (" + stated_kind(base_, "step") + "))"
                                  : "all(step IN kind WHERE " + stated_kind(base_, "step") + ")");
        if (!choice_.inferred && !reading_.documents.empty())
            conditions_.push_back("all(step IN kind WHERE " +
                                  one_of("step." + evidence(0), document_names(reading_.documents)) + ")");
    }

    /// No relation is asked for: kinds of a class, and what documents mention at all.
    void add_mention_or_class() {
        const Variable& root = reading_.variables[0];
        const bool by_document = !reading_.documents.empty() || !reading_.not_documents.empty() ||
                                 !reading_.each_document.empty() || root.classes.empty();
        for (const std::uint32_t one : root.classes) {
            if (by_document || !root.links.empty()) {
                if (!root.links.empty()) continue;
                lines_.push_back(node(0) + "-[kind" + hierarchy_ + kind_hops(root, one) + named(one));
                add_kind_condition();
                continue;
            }
            lines_.push_back(node(0) + "-[s" + hierarchy_ + "]->(class)-[up" + hierarchy_ +
                             (root.kinds && nearest_kinds(base_, one) ? "*0..0]->" : "*0..]->") + named(one));
            if (root.kinds && !choice_.inferred)
                conditions_.push_back("all(step IN up WHERE step.assertion = 'stated')");
            if (root.kinds) {
                conditions_.push_back(choice_.inferred ? "any(step IN [s] + up WHERE NOT (" +
                                                             stated_kind(base_, "step") + "))"
                                                       : stated_kind(base_, "s"));
            }
            add_item("class.name", "kind of", false);
            add_evidence("s");
        }
        if (!by_document || !root.links.empty()) return;
        lines_.push_back(node(0) + "-[m]-(n)");
        for (const std::string& column : base_.schema().evidence) {
            add_item("coalesce(m." + column + ", n." + column + ")", column, true);
        }
        const std::string source = "coalesce(m." + evidence(0) + ", n." + evidence(0) + ")";
        if (reading_.documents.empty()) {
            conditions_.push_back(source + " IS NOT NULL");
        } else {
            conditions_.push_back(one_of(source, document_names(reading_.documents)));
        }
        conditions_.push_back("coalesce(m.named, n.named, true)");
        if (root.types && !hierarchy_.empty()) {
            conditions_.push_back("size([(" + name(0) + ")-[step" + hierarchy_ + "]->() WHERE " +
                                  stated_kind(base_, "step") + " | 1]) > 0");
            conditions_.push_back("size([(" + name(0) + ")<-[" + hierarchy_ + "]-(kind) | 1]) = 0");
        }
        if (std::string as = spoken_of_as(base_, root.labels, name(0), "m"); !as.empty())
            conditions_.push_back(std::move(as));
    }

    const Reading& reading_;
    const KnowledgeBase& base_;
    const Lexicon& lexicon_;
    const TierChoice& choice_;
    std::string hierarchy_;
    Query query_;
    std::vector<ReturnItem> evidence_;
    std::vector<std::string> lines_;
    std::vector<std::string> later_;
    std::vector<std::string> conditions_;
    std::vector<std::string> silences_;
    std::map<std::uint32_t, std::string> labels_of_;
    std::map<std::uint32_t, std::string> properties_of_;
    std::size_t statements_ = 0;
};

}  // namespace

Query pattern_query(const Reading& reading, const KnowledgeBase& base, const TierChoice& choice) {
    return PatternBuilder(reading, base, choice).build();
}

}  // namespace islet::kb
