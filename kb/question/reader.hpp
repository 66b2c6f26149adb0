// The reader of syntax trees: private to the files reading*.cpp, which hold its parts.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "question/reading.hpp"

namespace islet::kb {

/// Thrown when the words do not fit; caught in read_question.
struct Misfit {
    std::string message;
    std::uint32_t term = 0;
    std::vector<std::string> choices = {};  ///< names that the term may mean
};

struct Candidate {
    std::uint32_t relation = 0;
    bool head_is_subject = true;
    bool contrary = false;
    friend bool operator==(const Candidate&, const Candidate&) = default;
};

/// A value word that waits for the statement it describes.
struct Pending {
    std::uint32_t variable;
    std::vector<std::uint32_t> terms;  ///< any of them
    bool negated = false;
    bool alternatives = false;
};

/// Reads one tree. Used once.
class Reader {
 public:
    Reader(const std::vector<Term>& terms, const KnowledgeBase& base, bool either_way)
        : terms_(terms),
          base_(base),
          schema_(base.schema()),
          lexicon_(base.lexicon()),
          either_way_(either_way) {}

    Reading read(const SyntaxNode& tree);

    /// If the base states of the entity, at its place in the reading, anything of what is asked: the rank of
    /// the relation.
    [[nodiscard]] std::optional<int> says_anything(const Reading& reading, std::uint32_t entity) const;

 private:
    [[nodiscard]] std::vector<std::uint32_t> senses(std::uint32_t term, SenseKind kind) const;

    [[nodiscard]] std::string quoted(std::uint32_t term) const { return "`" + terms_[term].text + "`"; }

    /// Whether some entity is a kind of this one.
    [[nodiscard]] bool has_kinds(std::uint32_t entity) const;

    /// Whether `entity` is `ancestor` or a kind of it at any depth.
    [[nodiscard]] bool is_kind_of(std::uint32_t entity, std::uint32_t ancestor) const;

    /// The words of a phrase: the last noun is its head, the others describe it.
    struct Words {
        std::vector<std::uint32_t> nouns;                ///< labels and entities, in order
        std::vector<std::vector<std::uint32_t>> values;  ///< each: any of them
        std::vector<const SyntaxNode*> attributes;       ///< "X-bearing"
        bool kinds = false;
    };

    [[nodiscard]] Words words_of(const SyntaxNode& phrase) const;

    std::uint32_t add_variable(Variable variable);

    /// "is X a Y": without a verb the two nouns stand in one phrase; is the first a kind of the second?
    bool read_kind_question(const SyntaxNode& group);

    void read_head(const SyntaxNode& group, bool alone);

    /// Makes variable `at` mean the phrase. `asked`: it is what the question asks for, so that a class
    /// stands for its kinds.
    void fill(std::uint32_t at, const SyntaxNode& phrase, bool asked);

    void append_words(std::uint32_t at, std::uint32_t term);

    void use_entity(std::uint32_t at, std::uint32_t term, std::uint32_t entity, bool as_class,
                    bool must_have_kinds);

    /// A noun before the head: a class it is of, a context of it, or another thing it has to do with.
    void describe(std::uint32_t at, std::uint32_t noun);
    [[nodiscard]] bool names_types(std::uint32_t term) const;
    [[nodiscard]] bool names_members(std::uint32_t term, std::uint32_t entity) const;
    [[nodiscard]] bool bears(std::uint32_t entity, std::uint32_t label) const;

    /// "recurrent" + "X": the noun names a context of the thing that `other` is a kind of.
    bool merge_context(std::uint32_t at, std::uint32_t other, const Entity& named);

    /// "X" + "winter fruit": the head named a context of something wider than the noun.
    bool merge_base(std::uint32_t at, std::uint32_t other, std::uint32_t noun);

    [[nodiscard]] bool fits_hierarchy(std::uint32_t at, std::uint32_t entity) const;

    /// Those of the allowed labels that the variable may bear.
    [[nodiscard]] std::vector<std::string> sorts(std::uint32_t variable,
                                                 const std::vector<std::string>& allowed) const;

    [[nodiscard]] bool fits(std::uint32_t variable, const std::vector<std::string>& allowed) const;

    /// Whether the base ever has the relation between things of the two sorts: of a relation with several
    /// domains and ranges only some pairs make sense.
    [[nodiscard]] bool pair_occurs(std::uint32_t relation, std::uint32_t subject, std::uint32_t object) const;

    /// The relations that `connector` may mean between the two. `after`: the head stands before the
    /// connector and the operand after it.
    [[nodiscard]] std::vector<Candidate> candidates(std::uint32_t head, std::uint32_t operand,
                                                    const std::vector<Sense>& connector, bool after) const;

    /// Whether the base states the relation at all of an entity, as its subject or its object.
    [[nodiscard]] bool stated(std::uint32_t entity, std::uint32_t relation, bool as_subject) const;

    /// The same, with something at the other end that is of the variable's labels.
    [[nodiscard]] bool stated_with(std::uint32_t entity, std::uint32_t relation, bool as_subject,
                                   const Variable& other) const;

    /// Whether the base states the relation of one of the variable's entities, or of a class of theirs.
    [[nodiscard]] bool may_be_stated(std::uint32_t variable, std::uint32_t relation, bool as_subject) const;

    /// Of several meanings, those that the base states anything with of a thing that is named: the others
    /// could not be answered, so that they are not what is asked.
    void keep_stated(std::uint32_t head, std::uint32_t operand, std::vector<Candidate>& found) const;

    /// Links head and operand; throws if nothing or more than one thing fits.
    Link& connect(std::uint32_t head, std::uint32_t operand, const std::vector<Sense>& connector, bool after,
                  std::string_view words);

    /// The nearest thing before that the connector fits, from the innermost outwards.
    std::optional<std::uint32_t> attach_point(std::uint32_t operand, const std::vector<Sense>& connector,
                                              bool after);

    std::optional<std::uint32_t> attach_point_as_said(std::uint32_t operand,
                                                      const std::vector<Sense>& connector, bool after);

    void read_modifier(const SyntaxNode& node);

    void read_scope(const SyntaxNode& node);

    [[nodiscard]] bool only_values(const SyntaxNode& group) const;

    void read_values_of(const SyntaxNode& group);

    void read_predicate(const SyntaxNode& node, std::uint32_t term);

    void negate(Link& link, bool negated);

    /// `after`: connector, group ("that target X"); otherwise group, connector ("that X targets").
    void read_link(const SyntaxNode& node, bool after);

    [[nodiscard]] bool consists_of(std::uint32_t operand, const std::vector<Sense>& connector) const;

    void join_contexts(std::uint32_t operand);

    /// "in the head of X": no thing to be linked, but a value of a context.
    void drop_for_values(std::uint32_t operand, const SyntaxNode& group);

    /// Finds where the operand belongs. A word that is a label's noun as well as a name is tried as both.
    std::optional<std::uint32_t> attach(std::uint32_t operand, const std::vector<Sense>& connector,
                                        bool after);

    /// From the innermost outwards; what is named outright comes last.
    [[nodiscard]] std::vector<std::uint32_t> unnamed_first() const;

    void read_absent(const SyntaxNode& node);
    void read_absent_values(const SyntaxNode& phrase);
    void read_bare(const SyntaxNode& node);
    bool take_over(const SyntaxNode& node, const Term& word);

    void read_shares(const SyntaxNode& node);

    void read_shared(const SyntaxNode& node);

    /// "other than X": of the nearest thing that X is one of.
    void read_except(const SyntaxNode& node);
    [[nodiscard]] bool may_be(std::uint32_t variable, std::uint32_t entity) const;

    void read_mentions(const SyntaxNode& node);

    /// "A of X in D that E also names [for Y]"
    void place_also();

    void place_statement_question();

    [[nodiscard]] Filter make_filter(const std::string& property,
                                     const std::vector<std::string>& values) const;

    /// Whether statements of the relation can state one of the filter's values.
    bool takes(std::uint32_t relation, Filter& filter) const;

    /// All links with `variable` at one end: the one that leads to it first.
    std::vector<Link*> links_of(std::uint32_t variable);

    bool place_filter(std::uint32_t variable, const Filter& wanted);

    void place(const Pending& pending);

    /// The filters that the words may mean: one for each property that all of them have a value of.
    [[nodiscard]] std::vector<Filter> meanings(const Pending& pending) const;

    bool place_absent_value(const Pending& pending);

    bool place_at(std::uint32_t variable, const Pending& pending);

    /// "popular herbs", "rare uses": no statement is spoken of yet; the one that can say it is
    /// added.
    bool place_alone(const Pending& pending);

    /// "without X in D": nothing positive is asked that D could state, so that D is where X is absent.
    void move_documents_to_absence();

    bool ask_for_other_end();
    bool stated_by_name(std::uint32_t variable, const Filter& filter);

    void check();

    Reading read_steps(const SyntaxNode& tree);

    void begin_with_cause();

    Reading read_value(const SyntaxNode& tree);
    [[nodiscard]] bool says_value_of_all(std::uint32_t attribute) const;

    Reading read_extreme(const SyntaxNode& tree);

    /// Forms that speak of named things as a whole: describe, connect.
    Reading read_things(const SyntaxNode& tree);

    /// The one entity that a phrase names; throws where it names none or several.
    [[nodiscard]] std::uint32_t named_thing(const SyntaxNode& phrase) const;

    /// "brand names of …": a list of things, of which a property is shown.
    Reading read_property(const SyntaxNode& tree);

    /// "is X the only thing that …": the list, and what it is held against.
    Reading read_sole(const SyntaxNode& tree);
    void take_own_property(const Attribute& attribute);
    Reading read_stranded(const SyntaxNode& tree);

    void read_has(const SyntaxNode& node);

    [[noreturn]] void ambiguous(std::uint32_t term, const std::vector<std::uint32_t>& entities) const;

    [[nodiscard]] const std::vector<std::string>& reading_relations() const;

    const std::vector<Term>& terms_;
    const KnowledgeBase& base_;
    const Schema& schema_;
    const Lexicon& lexicon_;
    Reading reading_;
    bool either_way_;                  ///< a verb may be said the wrong way round (read_question)
    bool turned_ = false;              ///< it is, of the connection at hand
    std::vector<std::uint32_t> path_;  ///< from the root to the thing spoken of last
    bool is_kind_question_ = false;
    std::vector<std::uint32_t> only_documents_;   ///< what only these say is asked for
    std::vector<std::uint32_t> first_documents_;  ///< before another document "also" says something
    std::size_t also_links_ = SIZE_MAX;           ///< how much was said of the asked thing then
    bool answers_no_ = false;     ///< of a yes or no question: yes and no would be told apart wrongly
    bool may_be_absent_ = false;  ///< while the thing is read that is asked to be absent
    std::vector<Pending> pending_;
    std::vector<std::pair<std::uint32_t, Filter>> by_name_;
};

}  // namespace islet::kb
