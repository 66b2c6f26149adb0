// The grammar of questions. Its words are terms; which words there are is the lexicon's affair, so the
// grammar knows roles ("that", "not", "shared by") and kinds of content (entity, label, value, …) only.
//
//   question   list | count | polar | explain | attribute
//   list       [ask] [what] [is] [group] modifier*
//   group      [both] phrase ((and | or | ,) phrase)*
//   phrase     [not] [kinds of] content+ [kinds]
//   modifier   scope | absent | except | shares | shared | mentions | link | values | gap
//
// A question may have more than one tree ("what X targets": what, or a kind of X); every start rule that
// fits the whole question gives one, and the reading takes the first that makes sense.
#include "question/grammar.hpp"

#include <algorithm>
#include <boost/spirit/home/x3.hpp>

namespace islet::kb {
namespace {

namespace x3 = boost::spirit::x3;
using Iterator = std::vector<Term>::const_iterator;

/// Matches one term that may have one of the senses; gives a word node.
struct TermParser : x3::parser<TermParser> {
    using attribute_type = SyntaxNode;
    static bool const has_attribute = true;

    unsigned kinds = 0;  ///< bit set of SenseKind
    int role = -1;
    bool whatever = false;
    bool after_skipped = false;  ///< an article stands before it
    bool attributive = false;    ///< a verb of the form that stands before a noun
    bool no_comma = false;
    bool only_verb = false;     ///< a relation's word that is nothing else, and no preposition
    bool no_predicate = false;  ///< a verb that is a name too ("sweeten the dish") is no noun

    [[nodiscard]] bool matches(const Term& term) const {
        if (whatever) return true;
        if (no_comma && term.folded == ",") return false;
        if (no_predicate && term.has(SenseKind::predicate)) return false;
        if (attributive && !term.attributive) return false;
        if (only_verb && (term.is(Role::preposition) || term.has(SenseKind::entity) ||
                          term.has(SenseKind::label) || term.has(SenseKind::value)))
            return false;
        if (after_skipped && !term.after_skipped) return false;
        for (const Sense& sense : term.senses) {
            if (sense.kind == SenseKind::role ? static_cast<int>(sense.index) == role
                                              : ((kinds >> static_cast<unsigned>(sense.kind)) & 1U) != 0) {
                return true;
            }
        }
        return false;
    }

    template <class Context, class RuleContext, class Attribute>
    bool parse(Iterator& first, const Iterator& last, const Context&, RuleContext&,
               Attribute& attribute) const {
        if (first == last || !matches(*first)) return false;
        SyntaxNode node;
        node.term = first->index;
        x3::traits::move_to(node, attribute);
        ++first;
        return true;
    }
};

TermParser with(unsigned kinds, int role = -1) {
    TermParser parser;
    parser.kinds = kinds;
    parser.role = role;
    return parser;
}
TermParser anything() {
    TermParser parser;
    parser.whatever = true;
    return parser;
}
TermParser role(Role wanted) {
    return with(0, static_cast<int>(wanted));
}
constexpr unsigned bit(SenseKind kind) {
    return 1U << static_cast<unsigned>(kind);
}

TermParser noun() {
    TermParser parser = with(bit(SenseKind::entity) | bit(SenseKind::label));
    parser.no_predicate = true;
    return parser;
}
TermParser and_word() {
    TermParser parser = role(Role::conjunction);
    parser.no_comma = true;
    return parser;
}
TermParser only_verb() {
    TermParser parser = with(bit(SenseKind::relation));
    parser.only_verb = true;
    return parser;
}
TermParser role_after_article(Role wanted) {
    TermParser parser = role(wanted);
    parser.after_skipped = true;
    return parser;
}
TermParser participle() {
    TermParser parser = with(bit(SenseKind::relation));
    parser.attributive = true;
    return parser;
}

const auto content = noun();
const auto entity = with(bit(SenseKind::entity));
const auto label = with(bit(SenseKind::label));
const auto value = with(bit(SenseKind::value));
const auto relation = with(bit(SenseKind::relation));
const auto document = with(bit(SenseKind::document));
const auto connector = with(bit(SenseKind::relation), static_cast<int>(Role::preposition));

const auto filler = role(Role::filler) | role(Role::all);
const auto auxiliary = role(Role::auxiliary) | filler;
const auto preposition = role(Role::preposition);
const auto negation = role(Role::negation);
const auto that = role(Role::that);
const auto joined = +(role(Role::conjunction) | role(Role::disjunction));

/// Appends the attribute to the node's children.
const auto add = [](auto& context) { x3::_val(context).children.push_back(std::move(x3::_attr(context))); };
/// Begins a node. An alternative that failed before may have left something in it.
const auto make = [](NodeKind kind) {
    return [kind](auto& context) {
        x3::_val(context) = SyntaxNode();
        x3::_val(context).kind = kind;
    };
};
const auto negate = [](auto& context) { x3::_val(context).negated = true; };
const auto kinds = [](auto& context) { x3::_val(context).kinds = true; };
const auto both = [](auto& context) { x3::_val(context).both = true; };
const auto any = [](auto& context) { x3::_val(context).any = true; };
const auto mentioned = [](auto& context) { x3::_val(context).mentioned = true; };
const auto open = [](auto& context) { x3::_val(context).open = true; };
const auto only = [](auto& context) { x3::_val(context).only = true; };
const auto most = [](auto& context) { x3::_val(context).most = true; };
const auto parts = [](auto& context) { x3::_val(context).parts = true; };
const auto every = [](auto& context) { x3::_val(context).every = true; };
const auto by_document = [](auto& context) { x3::_val(context).by_document = true; };

template <class Id>
using Rule = x3::rule<Id, SyntaxNode>;

const Rule<struct ValuesId> values = "values";
const Rule<struct PhraseId> phrase = "phrase";
const Rule<struct GroupId> group = "group";
const Rule<struct ScopeId> scope = "scope";
const Rule<struct AbsentId> absent = "absent";
const Rule<struct SharesId> shares = "shares";
const Rule<struct SharedId> shared = "shared";
const Rule<struct MentionsId> mentions = "mentions";
const Rule<struct LinkId> link = "link";
const Rule<struct PredicateLinkId> predicate_link = "predicate";
const Rule<struct BareId> bare = "bare";
const Rule<struct BareEndId> bare_end = "bare";
const Rule<struct GapId> gap = "gap";
const Rule<struct NamePhraseId> name_phrase = "phrase";
const Rule<struct NameGroupId> name_group = "group";
const Rule<struct GapLastId> gap_last = "gap";
const Rule<struct NestedGapId> nested_gap = "gap";
const Rule<struct LooseValuesId> loose_values = "values";
const Rule<struct ModifierId> modifier = "modifier";
const Rule<struct ListId> list = "list";
const Rule<struct OpenListId> open_list = "what";
const Rule<struct CountId> count = "count";
const Rule<struct PolarId> polar = "polar";
const Rule<struct TwoNounsId> two_nouns = "two nouns";
const Rule<struct KindGroupId> kind_group = "kind";
const Rule<struct KindQuestionId> kind_question = "kind question";
const Rule<struct ExplainId> explain = "explain";
const Rule<struct AttributeId> asked_attribute = "attribute";
const Rule<struct HasId> has = "has";
const Rule<struct PropertyId> asked_property = "property";
const Rule<struct DescribeId> describe = "describe";
const Rule<struct ConnectId> connect = "connect";
const Rule<struct ContextsId> contexts = "contexts";
const Rule<struct StatingId> stating = "stating";
const Rule<struct ExceptId> except = "except";
const Rule<struct AttributiveId> attributive = "attributive";
const Rule<struct ExtremeId> extreme = "extreme";
const Rule<struct StrandedId> stranded = "stranded";
const Rule<struct SoleListId> sole_list = "sole";
const Rule<struct SoleOpenId> sole_open = "sole";
const Rule<struct MentionedId> mentioned_things = "mentioned";

const auto is = x3::eps;
const auto kind_word = role(Role::kind);
const auto mention = role(Role::mention);
const auto but = role(Role::but);

// "small", "fresh or dried"
const auto values_def = is[make(NodeKind::values)] >> value[add] >>
                        *(((+but >> !role(Role::negation)) | joined) >> value[add]);

// "fresh sweet herbs", "kinds of X", "herb types", "no X"
// Values before a noun; the last word is the noun even where it may be a value too ("winter fruit").
const auto noun_ahead = &(content >> !(content | value));
const auto description = !noun_ahead >> values;

// "the most": without an article it is a vague number
const auto most_word = role_after_article(Role::most);
// "X-bearing" before a noun
const auto attributive_def = is[make(NodeKind::attributive)] >> entity[add] >> participle()[add] >> &label;

const auto phrase_def = is[make(NodeKind::phrase)] >> -negation[negate] >> *filler >> -most_word[most] >>
                        -role(Role::parts)[parts] >> -(kind_word[kinds] >> -preposition) >>
                        ((&(*description >> !(relation >> content) >> content) >>
                          *(!noun_ahead >> values[add]) >> -attributive[add] >> !(relation >> content) >>
                          content[add] >> *((!(relation >> content) >> content[add]) | values[add])) |
                         +values[add]) >>
                        -(kind_word[kinds]);

const auto group_def = is[make(NodeKind::group)] >> -role(Role::both)[both] >> phrase[add] >>
                       *((+role(Role::conjunction) |
                          (-role(Role::conjunction) >> role(Role::disjunction)[any])) >>
                         *filler >> !(negation >> values >> !content) >> phrase[add]);

const auto documents = document[add] >> *(joined >> document[add]);
// "by A and B": what each of them says; "according to A and B": what either says.
const auto each_document = (role(Role::both)[both] | x3::eps) >> document[add] >>
                           +(+role(Role::conjunction) >> document[add]) >> x3::eps[both];

// "according to D", "but not by D", "mentioned by D", "that D names"
// "mentioned only by D", "that all documents mention"
const auto only_word = -role(Role::only)[only];
const auto every_document = role(Role::every)[every];
const auto scope_def =
    (is[make(NodeKind::scope)] >> -that >> *auxiliary >> mention >> preposition >> each_document) |
    (is[make(NodeKind::scope)] >> -that >> *auxiliary >> preposition >> &role(Role::both) >> each_document) |
    (is[make(NodeKind::scope)] >> -that >> each_document >> -role(Role::both) >> *auxiliary >> mention >>
     -(preposition >> !content) >> !content) |
    (is[make(NodeKind::scope)] >> *role(Role::conjunction) >> -but >> -that >> *auxiliary >>
     -negation[negate] >> *auxiliary >>
     ((only_word >> role(Role::by_source) >> only_word >> documents >> only_word) |
      (-mention >> only_word >> preposition >> only_word >> documents >> only_word) |
      (only_word >> documents >> *auxiliary >> -negation[negate] >> mention >> -(preposition >> !content) >>
       !content))) |
    (is[make(NodeKind::scope)] >> -that >> *auxiliary >> -mention >> preposition >> every_document) |
    (is[make(NodeKind::scope)] >> -that >> *auxiliary >> mention >> every_document) |
    (is[make(NodeKind::scope)] >> -that >> every_document >> *auxiliary >> mention >>
     -(preposition >> !content) >> !content);

// "for which D gives no X", "for which no X is listed", "with no X", "without X"
const auto absent_def = ((is[make(NodeKind::absent)] >> connector[add] >> that >> documents >> *auxiliary >>
                          mention >> group[add]) |
                         (is[make(NodeKind::absent)] >> connector[add] >> that >> &negation >> group[add] >>
                          *auxiliary >> -mention >> -(preposition >> documents)) |
                         (is[make(NodeKind::absent)] >> -that >> *auxiliary >> -relation[add] >>
                          -preposition >> -(but >> &(negation >> group)) >> &negation >> group[add] >>
                          *auxiliary >> -(mention >> !(preposition >> document))));

// "that share a Y with X", "which have a Y in common with X"
const auto shares_def = is[make(NodeKind::shares)] >> -that >> *auxiliary >> -negation[negate] >>
                        role(Role::share) >> group[add] >> -role(Role::shared) >> preposition >> group[add];

// "shared by X and Y", "that X and Y share", "common to X and Y"
const auto shared_def =
    (is[make(NodeKind::shared)] >> -that >> *auxiliary >> role(Role::shared) >> *preposition >> group[add]) |
    (is[make(NodeKind::shared)] >> -that >> *auxiliary >>
     (group[add] >> *auxiliary >> (role(Role::share) | role(Role::shared))));

// "that mention X"
const auto mentioned_things_def = is[make(NodeKind::group)] >> -role(Role::both)[both] >> phrase[add] >>
                                  *((+role(Role::conjunction) | but |
                                     (-role(Role::conjunction) >> role(Role::disjunction)[any])) >>
                                    *filler >> phrase[add]);
const auto mentions_def = is[make(NodeKind::mentions)] >> *role(Role::conjunction) >> -but >> -that >>
                          *auxiliary >> -negation[negate] >> *auxiliary >> mention >> -preposition
                          >> mentioned_things[add];

// "other than X", "besides X and Y"
const auto except_def = is[make(NodeKind::except)] >> -that >> *auxiliary >> role(Role::except) >>
                        -preposition >> group[add];

// "for X", "that target X", "used in X", "but not of X"
const auto link_def = is[make(NodeKind::link)] >> *role(Role::conjunction) >> -but >> -that >> *auxiliary >>
                      -negation[negate] >> *auxiliary >>
                      -(mention[mentioned] >> &relation) >> relation[add] >> *auxiliary >> group[add];

// "that sweeten dishes"
const auto predicate_link_def = is[make(NodeKind::link)] >> *role(Role::conjunction) >> -but >> -that >>
                                *auxiliary >> -negation[negate] >> *auxiliary >>
                                with(bit(SenseKind::predicate))[add] >> !(content | value);

// "that are no longer used": whatever the other end
// "used formerly and not recommended", "that are no longer used according to D"
const auto bare_ends = x3::eoi | &(scope >> x3::eoi);
const auto bare_goes_on = &(+(role(Role::conjunction) | but | that | auxiliary) >> -negation >> *auxiliary >>
                            only_verb() >> *filler >> bare_ends);
const auto bare_def =
    (is[make(NodeKind::bare)] >> +(that | auxiliary) >> -negation[negate] >> *auxiliary >> !preposition >>
     !value >> relation[add] >> *filler >> bare_ends) |
    (is[make(NodeKind::bare)] >> is[open] >> *(role(Role::conjunction) | but) >> *(that | auxiliary) >>
     -negation[negate] >> *auxiliary >> only_verb()[add] >> *filler >> (bare_ends | bare_goes_on));

// "is X … used": without any other end
const auto bare_end_def = is[make(NodeKind::bare)] >> *auxiliary >> -negation[negate] >> *auxiliary >>
                          !value >> relation[add] >> *auxiliary >> x3::eoi;

// "that X targets", "is X treated with"
const auto gap_def = is[make(NodeKind::gap)] >> -(-and_word() >> that) >> *auxiliary >>
                     !(!content >> values >> *auxiliary >> relation) >> group[add] >> *auxiliary >>
                     -negation[negate] >> *auxiliary >> relation[add] >> !(content | value);

// "that herbs in dishes taste of": something more is said of what does it
const Rule<struct NestedLinkId> nested_link = "link";
const auto nested_link_def = is[make(NodeKind::link)] >> -that >> *auxiliary >> -negation[negate] >>
                             *auxiliary >> relation[add] >> *auxiliary >> name_group[add];
const auto nested_gap_def = is[make(NodeKind::gap)] >> -that >> *auxiliary >> group[add] >>
                            +nested_link[add] >> *auxiliary >> -negation[negate] >> *auxiliary >>
                            relation[add] >> x3::eoi;

// "that X targets" where the verb is a noun too: it stands last
const auto name_phrase_def = is[make(NodeKind::phrase)] >> content[add];
const auto name_group_def = is[make(NodeKind::group)] >> name_phrase[add] >> *(joined >> name_phrase[add]);
const auto gap_last_def = is[make(NodeKind::gap)] >> -(-and_word() >> that) >> *auxiliary
                          >> name_group[add] >> *auxiliary >> -negation[negate] >> *auxiliary
                          >> relation[add] >> x3::eoi;

// "that is small"
const auto loose_values_def =
    (is[make(NodeKind::values)] >> -that >> *auxiliary >> value[add] >>
     *((joined | (+but >> !role(Role::negation))) >> value[add])) |
    (is[make(NodeKind::values)] >> *role(Role::conjunction) >> -but >> -that >> *auxiliary >>
     negation[negate] >> *auxiliary >> value[add] >> *filler >> !(content | value | joined));

// "that have a brand name", "with no brand name given"
const auto property = with(bit(SenseKind::property));
const auto has_def = is[make(NodeKind::has)] >> -that >> *auxiliary >> -negation[negate] >>
                     -((connector >> that) | connector | that) >> -negation[negate] >> property[add] >>
                     *auxiliary >> -(negation[negate] >> &mention) >> -mention;

const auto modifier_def = has | scope | absent | except | shares | shared | predicate_link | link | gap |
                          bare | mentions | loose_values | gap_last | nested_gap;

// A verb that stands last asks for more than what stands before it ("what does X do").
const auto modifiers =
    *(modifier[add] | (mention >> !preposition >> !content) | filler | (role(Role::auxiliary) >> !x3::eoi));

// "what can X be combined with" asks for what it is combined with, not for what X is.
const auto modifiers_of_named =
    *((!(auxiliary >> bare) >> !(+role(Role::auxiliary) >> bare) >> modifier[add]) |
      (mention >> !preposition >> !content) | filler | (role(Role::auxiliary) >> !x3::eoi));
const auto list_def = (is[make(NodeKind::list)] >> *role(Role::ask) >> role(Role::what) >> +auxiliary >>
                       *filler >> group[add] >> modifiers_of_named >> x3::eoi) |
                      (is[make(NodeKind::list)] >> *role(Role::ask) >> -(role(Role::what) >> !auxiliary) >>
                       *filler >> group[add] >> modifiers >> x3::eoi);

// "which herbs …" asks for herbs, not for something that herbs have.
const auto only_label = &label >> !entity >> !relation >> label;
const auto open_list_def =
    is[make(NodeKind::list)] >> is[open] >> *role(Role::ask) >>
    ((role(Role::what) >> !only_label) | (!auxiliary >> !preposition >> &relation)) >> modifiers >> x3::eoi;

const auto count_def = is[make(NodeKind::count)] >> *role(Role::ask) >> *role(Role::what) >> *auxiliary >>
                       role(Role::count) >> *auxiliary >> -preposition >> group[add] >> modifiers >>
                       -role(Role::by_document)[by_document] >> -mention >> x3::eoi;

const auto polar_def = (is[make(NodeKind::polar)] >> +auxiliary >> group[add] >> modifiers >> x3::eoi) |
                       (is[make(NodeKind::polar)] >> +auxiliary >> group[add] >> bare_end[add]);

// "is X a Y", "is X a kind of Y"
const auto two_nouns_def = is[make(NodeKind::phrase)] >> content[add] >>
                           -(kind_word >> -preposition) >> content[add];
const auto kind_group_def = is[make(NodeKind::group)] >> two_nouns[add];
const auto kind_question_def = is[make(NodeKind::polar)] >> +auxiliary >> kind_group[add] >> x3::eoi;

const auto explain_def = is[make(NodeKind::explain)] >> *role(Role::ask) >>
                         (role(Role::why) | role(Role::how)) >> +(anything()[add]) >> x3::eoi;

const auto asked_attribute_def = is[make(NodeKind::attribute)] >> *(anything()[add]) >> x3::eoi;

// "brand names of drugs that target X", "X brand name"
const auto asked_property_def =
    (is[make(NodeKind::property)] >> *role(Role::ask) >> *role(Role::what) >> *auxiliary >> property[add] >>
     *auxiliary >> -preposition >> (group[add] | document[add]) >> modifiers >> x3::eoi) |
    (is[make(NodeKind::property)] >> *role(Role::ask) >> *role(Role::what) >> *auxiliary >>
     (group[add] | document[add]) >> property[add] >> x3::eoi);

const auto describe_def = is[make(NodeKind::describe)] >> role(Role::describe) >> group[add] >>
                          *scope[add] >> x3::eoi;
const auto connect_def = is[make(NodeKind::connect)] >> role(Role::connect) >> group[add] >>
                         *scope[add] >> x3::eoi;

// "newest document", "which document is the newest"
const auto extreme_word = with(bit(SenseKind::greatest) | bit(SenseKind::least));
const auto extreme_def = is[make(NodeKind::extreme)] >> *role(Role::ask) >> *role(Role::what) >> *auxiliary >>
                         ((extreme_word[add] >> label[add] >> *filler) |
                          (label[add] >> -that >> *auxiliary >> extreme_word[add])) >>
                         x3::eoi;
const auto contexts_def = is[make(NodeKind::contexts)] >> role(Role::contexts) >> *auxiliary >> group[add] >>
                          (bare_end[add] | (modifiers >> x3::eoi));
const auto stating_def = is[make(NodeKind::stating)] >> role(Role::stating) >> *auxiliary
                         >> group[add] >> modifiers >> x3::eoi;

// "what is X a Y of"
const auto stranded_def = is[make(NodeKind::stranded)] >> role(Role::what) >> +auxiliary
                          >> entity[add] >> label[add] >> connector[add] >> x3::eoi;

const auto sole_list_def = is[make(NodeKind::sole)] >> role(Role::sole) >> name_group[add] >>
                           role(Role::sole) >> list[add];
const auto sole_open_def = is[make(NodeKind::sole)] >> role(Role::sole) >> name_group[add] >>
                           role(Role::sole) >> open_list[add];

BOOST_SPIRIT_DEFINE(stranded, sole_list, sole_open, values, phrase, group, scope, absent, shares, shared,
                    mentions, link, predicate_link, gap, bare, bare_end, loose_values, modifier, list,
                    open_list, count, polar, two_nouns, kind_group, kind_question, explain, asked_attribute,
                    has, asked_property, describe, connect, contexts, stating, except, attributive, extreme,
                    mentioned_things, name_phrase, name_group, gap_last, nested_link, nested_gap)

template <class Start>
void try_rule(const Start& start, const std::vector<Term>& terms, std::vector<SyntaxNode>& trees) {
    const Iterator begin = terms.begin();
    Iterator at = begin;
    SyntaxNode tree;
    if (x3::parse(at, terms.end(), start, tree) && at == terms.end()) trees.push_back(std::move(tree));
}

/// Whether a word names an attribute; `surely`: and nothing else.
bool has_attribute(const std::vector<Term>& terms, bool surely) {
    return std::any_of(terms.begin(), terms.end(), [&](const Term& term) {
        return term.has(SenseKind::attribute) && !(surely && term.has(SenseKind::role));
    });
}

void print(const SyntaxNode& node, const std::vector<Term>& terms, std::string& text) {
    static constexpr std::string_view names[] = {
        "word",     "phrase",  "group",     "values",      "link",     "gap",      "bare",
        "absent",   "shares",  "shared",    "scope",       "mentions", "list",     "count",
        "polar",    "explain", "attribute", "property",    "has",      "describe", "connect",
        "contexts", "stating", "except",    "attributive", "extreme",  "sole",     "stranded"};
    if (node.kind == NodeKind::word) {
        text += terms[node.term].text;
        return;
    }
    text += '(';
    text += names[static_cast<std::size_t>(node.kind)];
    if (node.negated) text += " not";
    if (node.kinds) text += " kinds";
    if (node.both) text += " both";
    if (node.any) text += " any";
    if (node.open) text += " open";
    if (node.most) text += " most";
    if (node.parts) text += " parts";
    if (node.mentioned) text += " mentioned";
    for (const SyntaxNode& child : node.children) {
        text += ' ';
        const bool quote = child.kind == NodeKind::word;
        if (quote) text += '`';
        print(child, terms, text);
        if (quote) text += '`';
    }
    text += ')';
}

}  // namespace

std::vector<SyntaxNode> parse_question(const std::vector<Term>& terms) {
    std::vector<SyntaxNode> trees;
    if (has_attribute(terms, true)) {
        try_rule(asked_attribute, terms, trees);
        return trees;
    }
    try_rule(extreme, terms, trees);
    try_rule(describe, terms, trees);
    try_rule(connect, terms, trees);
    try_rule(contexts, terms, trees);
    try_rule(stating, terms, trees);
    try_rule(stranded, terms, trees);
    try_rule(sole_list, terms, trees);
    try_rule(sole_open, terms, trees);
    try_rule(asked_property, terms, trees);
    try_rule(count, terms, trees);
    try_rule(list, terms, trees);
    try_rule(open_list, terms, trees);
    try_rule(kind_question, terms, trees);
    const bool all =
        std::any_of(terms.begin(), terms.end(), [](const Term& term) { return term.is(Role::all); });
    if (!all) try_rule(polar, terms, trees);
    try_rule(explain, terms, trees);
    if (has_attribute(terms, false)) try_rule(asked_attribute, terms, trees);
    return trees;
}

std::string to_text(const SyntaxNode& node, const std::vector<Term>& terms) {
    std::string text;
    print(node, terms, text);
    return text;
}

}  // namespace islet::kb
