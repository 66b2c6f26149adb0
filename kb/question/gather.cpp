#include "question/gather.hpp"

#include <algorithm>
#include <optional>

#include "question/pieces.hpp"

namespace islet::kb {
namespace {

class Gatherer {
 public:
    Gatherer(std::string_view question, const KnowledgeBase& base, Splitting split)
        : base_(base), lexicon_(base.lexicon()), text_(question), split_(split) {}

    std::vector<std::vector<std::string>> forms() {
        mark_parts();
        // What begins a clause and is followed by none means something else.
        if (!leave_out_idle() || pieces_.back().is(Role::clause)) return {};
        Pieces rest = pieces_;
        std::string scope;
        if (!take_documents(rest, scope, lexicon_)) return {};
        scope_ = scope;
        begin();
        if (!asks_late(rest)) add(rest);
        begin();
        add_shared(rest);
        add_mentions(rest);
        add_predicate(rest);
        add_told(rest);
        for (const bool linked : {false, true}) {
            begin();
            add_turned(rest, linked);
        }
        return std::move(forms_);
    }

 private:
    /// A colon, a dash and the end of a sentence part a question as a comma does.
    void mark_parts() {
        for (const std::string_view mark : {":", " - ", " \u2013 ", " \u2014 ", "\u2014", ". ", " / "}) {
            for (std::size_t at = text_.find(mark); at != std::string::npos; at = text_.find(mark, at + 3))
                text_.replace(at, mark.size(), " , ");
        }
    }

    /// Without idle words, others may form a phrase: repeated until nothing is left out.
    bool leave_out_idle() {
        for (bool again = true; again;) {
            again = false;
            const Terms terms = find_terms(text_, lexicon_, split_, true);
            if (!terms.unknown.empty()) return false;
            pieces_.clear();
            bool after_idle = false;
            for (const Term& term : terms.terms) {
                const std::size_t begin = terms.tokens[term.first].begin;
                const bool content =
                    std::any_of(term.senses.begin(), term.senses.end(),
                                [](const Sense& one) { return one.kind != SenseKind::role; });
                if (term.is(Role::idle) && !content && !term.is(Role::mention)) {
                    // "in people": what stands before someone falls with him, unless a thing follows.
                    after_idle = true;
                    again = true;
                    continue;
                }
                Piece piece{term, text_.substr(begin, terms.tokens[term.last - 1].end - begin)};
                if (after_idle && !piece.names() && !piece.has(SenseKind::value)) drop_preposition();
                after_idle = false;
                pieces_.push_back(std::move(piece));
            }
            if (after_idle) drop_preposition();
            while (!pieces_.empty() && pieces_.front().comma()) pieces_.erase(pieces_.begin());
            while (!pieces_.empty() && (pieces_.back().comma() || pieces_.back().is(Role::what)))
                pieces_.pop_back();
            text_ = text_of(pieces_);
        }
        return !pieces_.empty();
    }

    void drop_preposition() {
        if (!pieces_.empty() && pieces_.back().is(Role::preposition)) pieces_.pop_back();
    }

    [[nodiscard]] std::string word(std::string_view name) const { return canonical_word(lexicon_, name); }

    /// The words that may link two things, where the question has none.
    [[nodiscard]] std::vector<std::string> links() const { return words("links"); }

    [[nodiscard]] std::vector<std::string> words(std::string_view name) const {
        std::vector<std::string> all;
        const std::string list = word(name);
        for (std::size_t at = 0; at < list.size();) {
            const std::size_t end = std::min(list.find('|', at), list.size());
            all.push_back(list.substr(at, end - at));
            at = end + 1;
        }
        return all;
    }

    static Piece made(std::string text) { return {{}, std::move(text)}; }

    /// "in X, which N …": what is asked for does not stand first, so that the order as it is misleads.
    static bool asks_late(const Pieces& rest) {
        if (rest.front().asks() || rest.front().is(Role::auxiliary)) return false;
        bool thing = false;
        for (std::size_t i = 0; i < rest.size(); ++i) {
            const bool asks = rest[i].is(Role::what) || rest[i].is(Role::how) || rest[i].is(Role::why) ||
                              rest[i].is(Role::count);
            // "which" before a verb begins what is said of the thing before it.
            const bool relative = rest[i].is(Role::that) && (i + 1 == rest.size() || !rest[i + 1].names());
            if (thing && asks && !relative) return true;
            thing = thing || rest[i].names();
        }
        return false;
    }

    /// Begins the forms that are tried only where none before can be read.
    void begin() { forms_.emplace_back(); }

    /// Adds a form. What joins its words otherwise than the grammar has it is put as the grammar has it.
    void add(const Pieces& order, std::size_t depth = 0) {
        constexpr std::size_t most = 24;
        if (order.empty() || forms_.back().size() >= most) return;
        bool whole = true;
        for (std::size_t i = 0; depth < deepest_ && i < order.size(); ++i) {
            if (!rewrite(order, i, depth, whole)) continue;
            break;
        }
        if (!whole) return;
        std::string form = text_of(order) + scope_;
        const bool known = std::any_of(forms_.begin(), forms_.end(), [&](const auto& group) {
            return std::find(group.begin(), group.end(), form) != group.end();
        });
        if (!known) forms_.back().push_back(std::move(form));
    }

    /// Puts what stands at `i` otherwise. `whole`: the order as it is may be meant too.
    bool rewrite(const Pieces& order, std::size_t i, std::size_t depth, bool& whole) {
        const Piece& one = order[i];
        const auto without = [&](std::size_t first, std::size_t last) {
            Pieces less = part(order, 0, first);
            less.insert(less.end(), order.begin() + static_cast<std::ptrdiff_t>(last), order.end());
            add(less, depth + 1);
            return true;
        };
        const auto with_link = [&](std::size_t first, std::size_t last, const std::string& link) {
            Pieces linked = part(order, 0, first);
            linked.push_back(made(link));
            linked.insert(linked.end(), order.begin() + static_cast<std::ptrdiff_t>(last), order.end());
            add(linked, depth + 1);
        };
        const auto with_links = [&](std::size_t first, std::size_t last) {
            for (const std::string& link : links()) with_link(first, last, link);
            return true;
        };
        // "X, if it …", "X when Y …"
        if (i > 0 && i + 1 < order.size() && one.is(Role::clause)) {
            whole = false;
            if (std::none_of(
                    order.begin(), order.begin() + static_cast<std::ptrdiff_t>(i),
                    [](const Piece& before) { return before.names() || before.has(SenseKind::relation); }))
                return false;
            const std::size_t behind = i + (order[i + 1].is(Role::pronoun) ? 2 : 1);
            const bool value = behind < order.size() && order[behind].has(SenseKind::value) &&
                               !order[behind].has(SenseKind::entity);
            return value ? without(i, behind) : with_links(i, behind);
        }
        if (i + 1 >= order.size()) return false;
        const Piece& next = order[i + 1];
        // A comma that parts no list.
        if (one.comma() && i > 0 && !alike(order[i - 1], next) && !next.is(Role::conjunction) &&
            !next.is(Role::disjunction) && !next.is(Role::but)) {
            whole = false;
            return without(i, i + 1);
        }
        if (one.noun() && next.noun() && one.term.senses == next.term.senses) return without(i, i + 1);
        // "kinds of side effect" are side effects.
        if (one.is(Role::kind)) {
            const std::size_t noun = i + (next.is(Role::preposition) ? 2 : 1);
            if (noun + 1 < order.size() && order[noun].noun()) return without(i, noun);
        }
        // "types of X", "X types": another thing behind them is linked to them.
        if (one.is(Role::kind) && i > 0 && order[i - 1].has(SenseKind::entity) && next.has(SenseKind::entity))
            return with_links(i + 1, i + 1);
        // "listed by D as removed": the document is taken out
        if (i > 0 && one.is(Role::preposition) && !one.has(SenseKind::relation) && order[i - 1].noun() &&
            next.has(SenseKind::relation) && !next.is(Role::preposition) && !next.names())
            return without(i, i + 1);
        // "no listed N"
        if (one.is(Role::mention) && i > 0 && order[i - 1].is(Role::negation) && next.noun())
            return without(i, i + 1);
        // "described as rare"
        if (one.is(Role::mention) && (next.is(Role::preposition) || next.has(SenseKind::value))) {
            const std::size_t value = i + (next.is(Role::preposition) ? 2 : 1);
            const bool verb = value < order.size() && order[value].has(SenseKind::relation) &&
                              !order[value].is(Role::preposition) && next.is(Role::preposition);
            if (value < order.size() && (order[value].has(SenseKind::value) || verb) && !order[value].names())
                return without(i, value);
        }
        const bool thing = next.has(SenseKind::entity) && !next.has(SenseKind::label);
        if (thing && !next.has(SenseKind::relation) && one.noun() && !next.has(SenseKind::value)) {
            if (runs_on(one, next)) return false;
            if (!order.back().has(SenseKind::relation) || order.back().is(Role::preposition))
                return with_links(i + 1, i + 1);
            with_link(i + 1, i + 1, word("link_clause"));
            return true;
        }
        // "leafy herbs, fresh form": what describes a class stands before it
        if (thing && !next.has(SenseKind::value) && one.has(SenseKind::entity) && depth == 0 &&
            !alike(one, next) && !order.front().is(Role::auxiliary)) {
            Pieces swapped = order;
            std::swap(swapped[i], swapped[i + 1]);
            add(swapped, deepest_);
        }
        // "basil, kitchen garden": a place of it, not a part of its name
        if (thing && next.has(SenseKind::value) && one.has(SenseKind::entity))
            return with_links(i + 1, i + 1);
        return false;
    }

    /// "kinds of tea | leaves": whether the last word of the one and the next are a name together.
    [[nodiscard]] bool runs_on(const Piece& one, const Piece& next) const {
        const std::size_t space = one.term.folded.rfind(' ');
        const std::string last =
            space == std::string::npos ? one.term.folded : one.term.folded.substr(space + 1);
        return lexicon_.find(last + " " + next.term.folded).has_value();
    }

    /// Whether two names may stand in one list: things of the same kind.
    [[nodiscard]] bool alike(const Piece& one, const Piece& other) const {
        if (other.has(SenseKind::value)) return false;
        for (const Sense& a : one.term.senses) {
            for (const Sense& b : other.term.senses) {
                if (a.kind != SenseKind::entity || b.kind != SenseKind::entity) continue;
                const std::vector<std::string>& labels = base_.entities()[a.index].labels;
                for (const std::string& label : base_.entities()[b.index].labels) {
                    if (std::find(labels.begin(), labels.end(), label) != labels.end()) return true;
                }
            }
        }
        return false;
    }

    /// "… N … A and B … in common": N shared by A and B. "… M … N … A … in common": M that share an N with A,
    /// where A is one of the M.
    void add_shared(const Pieces& rest) {
        Pieces nouns;
        Pieces things;
        bool shared = false;
        bool what = false;
        std::optional<std::size_t> asked;  // the noun that "which" stands before
        for (const Piece& piece : rest) {
            if (piece.has(SenseKind::entity)) {
                things.push_back(piece);
            } else if (piece.noun()) {
                if (what) asked = nouns.size();
                nouns.push_back(piece);
            } else if (piece.is(Role::share) || piece.is(Role::shared) || piece.is(Role::both)) {
                shared = true;
            } else if (!piece.small() && !piece.is(Role::conjunction) && !piece.is(Role::other)) {
                return;
            }
            what = piece.is(Role::what);
        }
        if (!shared) return;
        if (nouns.size() == 1 && things.size() == 2) {
            add({nouns[0], made(word("shared")), things[0], made(word("and")), things[1]});
        } else if (nouns.size() == 2 && things.size() == 1) {
            const std::size_t kind = bears(things[0], nouns[0]) ? 0 : 1;
            if (asked.value_or(kind) != kind || !bears(things[0], nouns[kind]) ||
                bears(things[0], nouns[1 - kind]))
                return;
            add({nouns[kind], made(word("share")), nouns[1 - kind], made(word("share_with")), things[0]});
        }
    }

    /// Whether the thing is one of those that the noun names.
    [[nodiscard]] bool bears(const Piece& thing, const Piece& noun) const {
        for (const Sense& a : thing.term.senses) {
            for (const Sense& b : noun.term.senses) {
                if (a.kind != SenseKind::entity || b.kind != SenseKind::label) continue;
                for (const std::string& own : base_.entities()[a.index].labels) {
                    if (base_.schema().is_a(own, base_.schema().labels[b.index].name)) return true;
                }
            }
        }
        return false;
    }

    /// "where … X …", "which documents … X": documents that mention X.
    void add_mentions(const Pieces& rest) {
        Pieces form;
        Pieces things;
        std::optional<Piece> source;
        std::size_t negations = 0;
        for (const Piece& piece : rest) {
            if (piece.has(SenseKind::entity)) {
                things.push_back(piece);
            } else if (piece.noun()) {
                const bool document =
                    std::any_of(piece.term.senses.begin(), piece.term.senses.end(), [&](const Sense& sense) {
                        return sense.kind == SenseKind::label &&
                               base_.schema().labels[sense.index].name == "Source";
                    });
                if (source || !document) return;
                source = piece;
            } else if (piece.is(Role::negation)) {
                ++negations;
            } else if (piece.is(Role::count)) {
                form.push_back(piece);
            } else if (!piece.small() && !piece.is(Role::mention) && !piece.is(Role::pronoun)) {
                return;
            }
        }
        if (!source || things.size() != 1 || negations > 1) return;
        // "does X mention": documents mention things, not the other way round.
        const std::vector<std::string> verbs = words("mention_verbs");
        const bool mentions = std::find(verbs.begin(), verbs.end(), rest.back().term.folded) != verbs.end();
        if (mentions && rest.size() > 1 && rest[rest.size() - 2].has(SenseKind::entity)) return;
        form.push_back(*source);
        form.push_back(made(word(negations == 0 ? "mention" : "mention_not")));
        form.push_back(things.front());
        add(form);
    }

    /// "does X ripen with Y": does Y ripen X, where the verb says what is done to X.
    void add_predicate(const Pieces& rest) {
        Pieces before;
        Pieces after;
        std::optional<Piece> verb;
        bool passive = false;
        for (const Piece& piece : rest) {
            // "does X ripen Y": it is X that does it
            if (verb && after.empty() && piece.has(SenseKind::entity) && !passive) return;
            passive = passive || (verb && piece.is(Role::preposition));
            if (piece.has(SenseKind::predicate)) {
                if (verb) return;
                verb = piece;
            } else if (piece.has(SenseKind::entity) || piece.is(Role::conjunction) ||
                       piece.is(Role::disjunction)) {
                (verb ? after : before).push_back(piece);
            } else if (!piece.small()) {
                return;
            }
        }
        if (!verb || before.size() != 1 || after.empty() || !rest.front().is(Role::auxiliary)) return;
        Pieces form{rest.front()};
        form.insert(form.end(), after.begin(), after.end());
        form.push_back(*verb);
        form.push_back(before.front());
        add(form);
    }

    /// "which N … are X": which X N, where X names what they are.
    void add_told(const Pieces& rest) {
        const std::size_t n = rest.size();
        if (n < 4 || !rest[0].is(Role::what) || !rest[1].names() || !rest[n - 1].has(SenseKind::entity) ||
            !rest[n - 2].is(Role::auxiliary) || rest[n - 2].has(SenseKind::relation))
            return;
        Pieces form{rest[0], rest[n - 1]};
        form.insert(form.end(), rest.begin() + 1, rest.end() - 2);
        add(form);
    }

    /// What is asked for stands first, what is said of it behind.
    void add_turned(const Pieces& rest, bool linked) {
        std::vector<std::size_t> turns;
        std::vector<std::size_t> commas;
        std::size_t nouns = 0;
        std::size_t last_noun = 0;
        for (std::size_t i = 0; i < rest.size(); ++i) {
            const bool begins = rest[i].is(Role::auxiliary) && i > 0 && rest[i - 1].comma();
            if (i > 0 && (rest[i].asks() || begins)) turns.push_back(i);
            if (i > 0 && rest[i - 1].comma() && !rest[i].is(Role::conjunction)) commas.push_back(i);
            if (rest[i].noun() && (i == 0 || !rest[i - 1].noun())) {
                ++nouns;
                last_noun = i;
            }
        }
        const auto kinds = std::count_if(rest.begin(), rest.end(),
                                         [](const Piece& one) { return one.has(SenseKind::label); });
        if (turns.empty() && kinds <= 1) turns = commas;
        const bool asked =
            rest.size() > 1 && (rest[0].is(Role::what) || rest[0].is(Role::count)) && rest[1].names();
        if (!asked && (turns.empty() || turns == commas) && nouns == 1 && last_noun > 0) {
            // What describes the noun stays with it.
            std::size_t first = last_noun;
            while (first > 0 && (rest[first - 1].has(SenseKind::value) && !rest[first - 1].names())) --first;
            if (first > 0) turns.push_back(first);
            if (first != last_noun) turns.push_back(last_noun);
        }
        const bool polar = rest.front().is(Role::auxiliary);
        for (const std::size_t turn : turns) {
            if (polar && !rest[turn].asks()) continue;
            Pieces front = part(rest, 0, turn);
            while (!front.empty() && (front.back().comma() || front.back().is(Role::conjunction)))
                front.pop_back();
            turn_around(std::move(front), part(rest, turn, rest.size()), linked);
        }
    }

    void turn_around(Pieces front, const Pieces& back, bool linked) {
        const bool thing =
            std::any_of(front.begin(), front.end(), [](const Piece& one) { return one.names(); });
        const auto pronoun =
            std::find_if(back.begin(), back.end(), [](const Piece& one) { return one.is(Role::pronoun); });
        if (pronoun != back.end()) {
            // "X: how is it …"
            while (!front.empty() && front.front().small()) front.erase(front.begin());
            if (!thing || front.empty()) return;
            Pieces form(back.begin(), pronoun);
            form.insert(form.end(), front.begin(), front.end());
            form.insert(form.end(), std::next(pronoun), back.end());
            add(form);
            return;
        }
        // What is not so must stay where it stands: elsewhere it is of another thing.
        if (std::any_of(front.begin(), front.end(), [](const Piece& one) { return one.is(Role::negation); }))
            return;
        while (!front.empty() && (front.front().is(Role::what) || front.front().is(Role::auxiliary)))
            front.erase(front.begin());
        while (!front.empty() && front.back().is(Role::auxiliary) && !front.back().has(SenseKind::relation))
            front.pop_back();
        if (front.empty()) return;
        const auto with = [&](const std::string& link) {
            Pieces form = back;
            if (!link.empty()) form.push_back(made(link));
            form.insert(form.end(), front.begin(), front.end());
            add(form);
        };
        if (front.front().is(Role::clause)) {
            Pieces form = back;
            form.insert(form.end(), front.begin(), front.end());
            return add(form);
        }
        // "X can be treated with which N": which N that X can be treated with
        const bool stranded = front.size() > 1 && front.back().has(SenseKind::relation);
        if (!linked) return with(stranded && thing ? word("link_clause") : "");
        // "X has which N"
        if (stranded && front.back().is(Role::idle)) front.pop_back();
        if (!thing || front.front().is(Role::preposition) || front.front().has(SenseKind::relation)) return;
        for (const std::string& link : links()) with(link);
    }

    static constexpr std::size_t deepest_ = 4;  // rewritings of one order

    const KnowledgeBase& base_;
    const Lexicon& lexicon_;
    std::string text_;
    Splitting split_;
    Pieces pieces_;
    std::string scope_;
    std::vector<std::vector<std::string>> forms_;
};

}  // namespace

std::vector<std::vector<std::string>> gathered_forms(std::string_view question, const KnowledgeBase& base,
                                                     Splitting split) {
    return Gatherer(question, base, split).forms();
}

}  // namespace islet::kb
