#include "question/understand.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "question/faithful.hpp"
#include "question/gather.hpp"
#include "question/grammar.hpp"
#include "question/rephrase.hpp"
#include "question/word_order.hpp"

namespace islet::kb {
namespace {

class Understanding {
 public:
    Understanding(const std::string& text, const KnowledgeBase& base, Splitting split)
        : text_(text), base_(base), split_(split), said_(text, base, split) {}

    std::variant<Understood, NotUnderstood> run() {
        // Other ways to put the question first: they are the narrower forms.
        if (read_forms(text_)) return std::move(found_);
        failure_ = {};
        if (read(text_)) return std::move(found_);
        const NotUnderstood why = failure_;
        if (read_orders()) return std::move(found_);
        for (const bool either_way : {false, true}) {
            either_way_ = either_way;
            const Gathered gathered = read_gathered();
            if (gathered == Gathered::one) return std::move(found_);
            if (gathered == Gathered::several) break;
        }
        // A value of things that no statement can say it of: not stated, if the words mean nothing else.
        any_value_ = true;
        if (read_forms(text_) || read(text_)) return std::move(found_);
        return why;
    }

 private:
    /// Tries the rephrasings of a text, and what they make in turn; the most canonical first.
    bool read_forms(const std::string& text) {
        std::vector<std::string> forms = rephrasings(text, base_);
        std::reverse(forms.begin(), forms.end());
        for (const std::string& form : forms) {
            if (!read(form)) continue;
            found_.form = form;
            return true;
        }
        return false;
    }

    /// Tries other orders of the question's words, and of its rephrasings'.
    bool read_orders() {
        std::vector<std::string> forms = rephrasings(text_, base_);
        std::reverse(forms.begin(), forms.end());
        forms.push_back(text_);
        for (const std::string& form : forms) {
            for (const std::string& order : other_orders(form, base_.lexicon())) {
                if (!read_forms(order) && !read(order)) continue;
                if (describes_named(found_.reading)) continue;
                // In another order, words are no question for what nothing can say.
                if (found_.reading.ask == Ask::value &&
                    base_.lexicon().attributes[found_.reading.attribute].relations.empty())
                    continue;
                if (found_.form.empty()) found_.form = order;
                return true;
            }
        }
        return false;
    }

    /// "kinds of basil with which X is cooked": said of the kinds, not of what is named.
    static bool describes_named(const Reading& reading) {
        return (reading.ask == Ask::list || reading.ask == Ask::count) &&
               std::any_of(reading.variables.begin() + 1, reading.variables.end(),
                           [](const Variable& one) { return !one.entities.empty() && !one.links.empty(); });
    }

    enum class Gathered : std::uint8_t { none, one, several };

    /// Reads what the question speaks of, gathered and put in order.
    Gathered read_gathered() {
        for (const std::vector<std::string>& forms : gathered_forms(text_, base_, split_)) {
            const Gathered found = read_group(forms);
            if (found != Gathered::none) return found;
        }
        return Gathered::none;
    }

    /// All orders that can be read must mean the same.
    Gathered read_group(const std::vector<std::string>& forms) {
        std::optional<Understood> only;
        std::string meaning;
        for (const std::string& form : forms) {
            if (!read_forms(form) && !read(form)) continue;
            // What is left of the question then is no question: a bare name.
            if (found_.reading.ask == Ask::describe || found_.reading.ask == Ask::connect) continue;
            if (torn(found_.reading)) continue;
            std::string own = meaning_of(found_.reading, base_);
            if (only && own != meaning) return Gathered::several;
            if (only) continue;
            meaning = std::move(own);
            only = std::move(found_);
            only->form = form;
            only->terms.corrections.push_back("read as `" + form + "`");
        }
        if (!only) return Gathered::none;
        found_ = std::move(*only);
        return Gathered::one;
    }

    /// "herbs for X, and for something fresh": what was said of X was taken for another thing.
    static bool torn(const Reading& reading) {
        const std::vector<Link>& links = reading.variables.front().links;
        return std::any_of(links.begin(), links.end(), [&](const Link& link) {
            const Variable& other = reading.variables[link.other];
            if (link.negated || !other.entities.empty() || !other.classes.empty() ||
                !other.parts_of.empty() || !other.links.empty())
                return false;
            return std::any_of(links.begin(), links.end(), [&](const Link& beside) {
                return &beside != &link && beside.relation == link.relation &&
                       beside.head_is_subject == link.head_is_subject;
            });
        });
    }

    /// Whether the word names one thing only, which others are kinds of.
    [[nodiscard]] bool is_class(const Term& term) const {
        const Lexicon& lexicon = base_.lexicon();
        if (lexicon.hierarchy == SIZE_MAX || term.senses.size() != 1 || !term.has(SenseKind::entity))
            return false;
        const auto type = base_.snapshot().find_type(base_.schema().relations[lexicon.hierarchy].name);
        return type && base_.snapshot().degree(base_.entities()[term.senses.front().index].node, *type,
                                               Direction::in) > 0;
    }

    /// "herbs and spices for X": what is said of them is said of each, and each is a list of its own.
    [[nodiscard]] std::variant<Reading, NotUnderstood> read_heads(const SyntaxNode& tree,
                                                                  const std::vector<Term>& terms) const {
        constexpr std::size_t most = 3;
        const bool list = tree.kind == NodeKind::list && !tree.children.empty() &&
                          tree.children.front().kind == NodeKind::group;
        const std::size_t heads = list ? tree.children.front().children.size() : 0;
        const auto noun = [&](const SyntaxNode& phrase) {
            return !phrase.negated && !phrase.children.empty() &&
                   phrase.children.back().kind == NodeKind::word &&
                   terms[phrase.children.back().term].has(SenseKind::label) &&
                   !terms[phrase.children.back().term].has(SenseKind::entity);
        };
        const auto noun_or_class = [&](const SyntaxNode& phrase) {
            if (noun(phrase)) return true;
            return !phrase.negated && phrase.children.size() == 1 && is_class(terms[phrase.children[0].term]);
        };
        const auto test = [&](const auto& each) {
            return std::count_if(tree.children.front().children.begin(), tree.children.front().children.end(),
                                 each);
        };
        const bool apart = heads > 1 && heads <= most && test(noun) > 0 &&
                           static_cast<std::size_t>(test(noun_or_class)) == heads;
        if (!apart) return read_question(tree, terms, base_, either_way_);
        std::optional<Reading> all;
        for (const SyntaxNode& head : tree.children.front().children) {
            SyntaxNode one = tree;
            one.children.front().children = {head};
            auto result = read_question(one, terms, base_, either_way_);
            auto* reading = std::get_if<Reading>(&result);
            if (reading == nullptr) return result;
            // "herbs, spices for X" is no list of all herbs.
            const Variable& root = reading->variables.front();
            const bool bare = root.links.empty() && root.classes.empty() && root.properties.empty();
            if (reading->ask != Ask::list || reading->most || (bare && reading->documents.empty()))
                return NotUnderstood{"two things are asked for at once; ask for one after the other"};
            if (!all) {
                all = std::move(*reading);
            } else {
                all->beside.push_back(std::move(*reading));
            }
        }
        return std::move(*all);
    }

    /// Whether a value is asked for of a thing that none of its statements can be about.
    [[nodiscard]] bool unfit_value(const Reading& reading) const {
        if (reading.ask != Ask::value || reading.extreme != 0) return false;
        const std::vector<std::string>& relations = base_.lexicon().attributes[reading.attribute].relations;
        const auto fits = [&](std::uint32_t entity) {
            return std::any_of(relations.begin(), relations.end(), [&](const std::string& name) {
                const RelationRule* rule = base_.schema().relation(name);
                const auto bears = [&](const std::vector<std::string>& allowed) {
                    const std::vector<std::string>& own = base_.entities()[entity].labels;
                    return std::any_of(own.begin(), own.end(), [&](const std::string& label) {
                        return std::any_of(allowed.begin(), allowed.end(), [&](const std::string& one) {
                            return base_.schema().is_a(label, one);
                        });
                    });
                };
                return rule == nullptr || bears(rule->domain) || bears(rule->range);
            });
        };
        return !relations.empty() &&
               std::any_of(reading.variables.begin(), reading.variables.end(), [&](const Variable& one) {
                   return !std::all_of(one.entities.begin(), one.entities.end(), fits);
               });
    }

    /// Tries to read a text; on success `found_` holds it, otherwise `failure_` says why not.
    bool read(const std::string& text) {
        Terms terms = find_terms(text, base_.lexicon(), split_);
        if (!terms.unknown.empty() || terms.terms.empty()) return false;
        for (const SyntaxNode& tree : parse_question(terms.terms)) {
            auto result = read_heads(tree, terms.terms);
            if (auto* reading = std::get_if<Reading>(&result)) {
                if (!any_value_ && unfit_value(*reading)) continue;
                if (auto why = said_.against(*reading, terms.terms)) {
                    failure_ = std::move(*why);
                    continue;
                }
                found_.syntax = to_text(tree, terms.terms);
                found_.reading = std::move(*reading);
                found_.reading.only_one = found_.reading.sole.empty() && said_.asks_only_one();
                found_.terms = std::move(terms);
                found_.form.clear();
                return true;
            }
            NotUnderstood& why = std::get<NotUnderstood>(result);
            if (failure_.message.empty() || (failure_.choices.empty() && !why.choices.empty()))
                failure_ = std::move(why);
        }
        return false;
    }

    const std::string& text_;
    const KnowledgeBase& base_;
    Splitting split_;
    const Said said_;
    bool either_way_ = false;
    bool any_value_ = false;
    Understood found_;
    NotUnderstood failure_;
};

}  // namespace

std::variant<Understood, NotUnderstood> understand(const std::string& text, const KnowledgeBase& base,
                                                   Splitting split) {
    return Understanding(text, base, split).run();
}

}  // namespace islet::kb
