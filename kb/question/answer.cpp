// Step 6 of a question: runs the tiers' queries and makes the answer. The stages are called here, in order.
#include <algorithm>
#include <set>

#include "islet/question.hpp"
#include "islet/text.hpp"
#include "question/compile.hpp"
#include "question/input_checks.hpp"
#include "question/reading.hpp"
#include "question/terms.hpp"
#include "question/tokens.hpp"
#include "question/understand.hpp"
#include "question/verdict.hpp"

namespace islet {

std::string_view to_text(AnswerStatus status) noexcept {
    switch (status) {
        case AnswerStatus::answered:
            return "answered";
        case AnswerStatus::not_stated:
            return "not_stated";
        case AnswerStatus::unknown_term:
            return "unknown_term";
        case AnswerStatus::not_understood:
            return "not_understood";
    }
    return "not_understood";
}

namespace kb {
namespace {

std::string text_or_empty(const Value& value, const Snapshot& snapshot) {
    return value.is_null() ? "" : to_display(value, snapshot);
}

/// Columns of evidence come in groups of four, in the schema's order: source, section, lines, date.
void add_citations(const std::vector<Value>& evidence, const Snapshot& snapshot,
                   std::vector<Citation>& citations) {
    for (std::size_t i = 0; i + 3 < evidence.size(); i += 4) {
        if (evidence[i].is_null()) continue;
        Citation citation{text_or_empty(evidence[i], snapshot), text_or_empty(evidence[i + 1], snapshot),
                          text_or_empty(evidence[i + 2], snapshot), text_or_empty(evidence[i + 3], snapshot)};
        if (std::find(citations.begin(), citations.end(), citation) == citations.end()) {
            citations.push_back(std::move(citation));
        }
    }
}

/// Whether `test` holds for every row.
template <class Test>
bool every_row(const Result& result, const Test& test) {
    for (const Row row : result) {
        if (!test(row)) return false;
    }
    return true;
}

/// Leaves out columns that are null in every row, except the first: from the query too, so that it gives
/// what is shown.
void drop_empty_columns(Query& query, const Result& result, std::vector<std::size_t>& kept) {
    std::vector<ReturnItem> items;
    for (std::size_t i = 0; i < query.items.size(); ++i) {
        const bool empty =
            i > 0 && !query.items[i].evidence && every_row(result, [&](Row row) {
                return row[i].is_null() || (row[i].kind() == Kind::list && row[i].as_list().empty());
            });
        if (empty) continue;
        kept.push_back(i);
        items.push_back(query.items[i]);
    }
    query.items = std::move(items);
    // ORDER BY names columns: keep those that are left.
    std::string order;
    for (const ReturnItem& item : query.items) {
        if (item.evidence && item.alias != "source" && item.alias != "lines") continue;
        order += (order.empty() ? "" : ", ") + column_name(item.alias);
    }
    query.order = std::move(order);
}

class Asking {
 public:
    Asking(const KnowledgeBase& base, Session& session, std::string_view question, Splitting split)
        : base_(base), session_(session), split_(split) {
        answer_.question = question;
        text_ = written_in_full(question, base.lexicon().folding);
    }

    Answer run() {
        auto result = understand(text_, base_, split_);
        if (auto* found = std::get_if<Understood>(&result)) {
            reading_ = std::move(found->reading);
            terms_ = std::move(found->terms);
            answer_.syntax = std::move(found->syntax);
            answer_.rephrased = std::move(found->form);
            return finish();
        }
        failure_ = std::move(std::get<NotUnderstood>(result));
        terms_ = find_terms(text_, base_.lexicon(), split_);
        if (terms_.terms.empty() && terms_.unknown.empty()) return not_understood("the question is empty");
        if (!terms_.unknown.empty()) return unknown(terms_);
        return not_understood(failure_.message.empty()
                                  ? "the words are known, but not this way to put them together"
                                  : failure_.message);
    }

 private:
    Answer finish() {
        explain_words(terms_);
        answer_.interpretation = to_words(reading_, base_);
        for (const std::string& correction : terms_.corrections) answer_.interpretation += "; " + correction;
        answer_by(reading_);
        answer_beside();
        return std::move(answer_);
    }

    void explain_words(const Terms& terms) {
        for (const Term& term : terms.terms) answer_.words.push_back({term.text, meaning_of(term, base_)});
    }

    Answer not_understood(std::string message) {
        explain_words(terms_);
        answer_.status = AnswerStatus::not_understood;
        answer_.message = "not understood: " + std::move(message);
        if (!failure_.choices.empty()) {
            // The question again with each of the names that the word may mean.
            const Term& term = terms_.terms[failure_.term];
            const std::size_t begin = terms_.tokens[term.first].begin;
            const std::size_t end = terms_.tokens[term.last - 1].end;
            for (const std::string& name : failure_.choices) {
                std::string choice = text_;
                answer_.suggestions.push_back(choice.replace(begin, end - begin, name));
            }
            return std::move(answer_);
        }
        answer_.suggestions = base_.lexicon().examples;
        if (answer_.suggestions.size() > 5) answer_.suggestions.resize(5);
        return std::move(answer_);
    }

    Answer unknown(const Terms& terms) {
        explain_words(terms);
        const bool known = std::all_of(terms.unknown.begin(), terms.unknown.end(),
                                       [](const UnknownWords& words) { return words.known; });
        if (known)
            return not_understood("it is not clear what `" + terms.unknown.front().text + "` means here");
        answer_.status = AnswerStatus::unknown_term;
        for (const UnknownWords& words : terms.unknown) {
            answer_.message += (answer_.message.empty() ? "not known here: `" : ", `") + words.text + "`";
            for (const std::string& near : words.nearest) answer_.suggestions.push_back(near);
        }
        for (const UnknownWords& words : terms.unknown) answer_.words.push_back({words.text, "not known"});
        return std::move(answer_);
    }

    void answer_by(const Reading& reading) {
        bool answered = false;
        bool denied = false;
        bool elsewhere = false;
        bool failed = false;
        std::vector<TierQuery> tiers = compile(reading, base_);
        for (TierQuery& tier : tiers) {
            // Of these the later ones are for want of the earlier.
            const bool first_only = reading.ask == Ask::steps || reading.ask == Ask::connect ||
                                    (reading.ask == Ask::value && !property_of_document(reading));
            if (first_only && !answer_.answers.empty()) break;
            if (tier.elsewhere && !answer_.answers.empty()) break;
            if (tier.if_denied && !answer_.answers.empty()) continue;
            if (tier.itself && answer_.answers.empty()) {
                tier.direct = true;
                tier.title = tiers.front().title;
            }
            const std::string text = tier.query.text();
            Expected<Result> result = session_.run(text);
            if (!result) {
                answer_.query = text;
                answer_.message = "the query failed: " + result.error().message;
                answer_.status = AnswerStatus::not_understood;
                failed = true;
                break;
            }
            if (tier.direct && answer_.query.empty()) answer_.query = text;
            if (result->empty()) continue;
            if (reading.ask == Ask::steps && !reaches(reading, *result)) continue;
            AnswerTier shown = rows_of(tier, *result);
            if (tier.if_denied && !only_denied(reading, base_, shown)) continue;
            if (tier.direct || tier.denies) answer_.query = shown.query;
            answered = answered || (tier.answers && !tier.denies);
            elsewhere = elsewhere || tier.elsewhere;
            denied = denied || tier.denies;
            answer_.answers.push_back(std::move(shown));
        }
        if (failed) {
            answer_.answers.clear();
            return;
        }
        if (const auto missing = not_stated_of(reading, base_, answer_); answered && !missing.empty()) {
            answer_.answers.clear();
            answer_.status = AnswerStatus::not_stated;
            answer_.message = "the documents do not say this of " + missing.front() +
                              "; ask about one thing at a time to see what they say";
            return;
        }
        std::string vain = only_of_kinds(reading, answer_);
        if (reading.only_one && (reading.ask == Ask::list || reading.ask == Ask::documents) &&
            names_answered() != 1)
            vain = "there is not only one; ask for all of them";
        if (answered && !vain.empty()) {
            answer_.answers.clear();
            answer_.status = AnswerStatus::not_stated;
            answer_.message = std::move(vain);
            return;
        }
        if (reading.most) {
            if (!add_most(reading, tiers)) return;
        } else if (reading.ask == Ask::count || reading.counted) {
            add_number(tiers);
        }
        answer_.status = answered ? AnswerStatus::answered : AnswerStatus::not_stated;
        if (!answered && answer_.answers.empty() && has_absence(reading) && reading.ask == Ask::documents) {
            answer_.status = AnswerStatus::answered;
            answer_.message = "none: there is nothing of the kind that lacks it";
            return;
        }
        if (elsewhere && !reading.counted) {
            // All that documents name is in the base, so that this is known.
            answer_.status = AnswerStatus::answered;
            answer_.message = "no: not mentioned by " + base_.documents()[reading.documents.front()].name;
        } else if (!answered && answer_.answers.empty() && reading.ask == Ask::documents &&
                   !reading.documents.empty() && !reading.counted) {
            answer_.message = "not mentioned by " + base_.documents()[reading.documents.front()].name;
        } else if (denied && !answered) {
            answer_.message = "the source says that this is not known";
        } else if (!answered) {
            answer_.message = answer_.answers.empty()
                                  ? "the documents do not say this; that is not a no"
                                  : "the documents do not say exactly this; what follows is apart from it";
        } else if (has_absence(reading)) {
            answer_.message = "not mentioned means not mentioned in the documents; it is not a no";
        }
        if (const std::string word = yes_or_no(reading, base_, answer_); answered && !word.empty())
            answer_.message = word;
        if (reading.ask == Ask::documents && !reading.documents.empty() && answered && !has_absence(reading))
            answer_.message = "yes: " + base_.documents()[reading.documents.front()].name;
        if (const std::string word = only_these(reading, base_, answer_); answered && !word.empty())
            answer_.message = word;
        if (const std::string names = disagreement(reading, base_, answer_); !names.empty())
            answer_.message += (answer_.message.empty() ? "" : "; ") + names;
        note_documents();
    }

    /// How many things the direct tiers name.
    [[nodiscard]] std::size_t names_answered() const {
        std::set<std::string> names;
        for (const AnswerTier& tier : answer_.answers) {
            if (!tier.direct) continue;
            for (const AnswerRow& row : tier.rows)
                names.emplace(row.values.front().is_null() ? "" : row.values.front().as_string());
        }
        return names.size();
    }

    /// What else is asked for at once follows; where nothing is stated of a part, that part may mean more.
    void answer_beside() {
        for (const Reading& one : reading_.beside) {
            Answer all = std::move(answer_);
            answer_ = Answer();
            if (all.status == AnswerStatus::answered) answer_by(one);
            if (answer_.status != AnswerStatus::answered) {
                Reading missing = all.status == AnswerStatus::answered ? one : reading_;
                missing.beside.clear();
                answer_ = std::move(all);
                answer_.answers.clear();
                answer_.status = AnswerStatus::not_stated;
                answer_.message = "the documents do not say this: " + to_words(missing, base_);
                return;
            }
            all.answers.insert(all.answers.end(), std::make_move_iterator(answer_.answers.begin()),
                               std::make_move_iterator(answer_.answers.end()));
            answer_ = std::move(all);
        }
    }

    [[nodiscard]] bool property_of_document(const Reading& reading) const {
        return base_.lexicon().attributes[reading.attribute].of_document;
    }

    static bool has_absence(const Reading& reading) {
        if (!reading.not_documents.empty()) return true;
        for (const Variable& variable : reading.variables) {
            for (const Link& link : variable.links) {
                if (link.negated) return true;
            }
            for (const auto& [key, wanted] : variable.properties) {
                if (!wanted) return true;
            }
        }
        return false;
    }

    /// Several documents speak: said, so that the reader compares them.
    void note_documents() {
        std::vector<std::string> documents;
        for (const AnswerTier& tier : answer_.answers) {
            for (const AnswerRow& row : tier.rows) {
                for (const Citation& citation : row.sources) {
                    if (std::find(documents.begin(), documents.end(), citation.document) == documents.end()) {
                        documents.push_back(citation.document);
                    }
                }
            }
        }
        if (documents.size() < 2 || !answer_.message.empty()) return;
        answer_.message = std::to_string(documents.size()) + " documents; each row names its own";
    }

    /// Whether the chain of an explanation holds everything that the question speaks of.
    bool reaches(const Reading& reading, const Result& result) const {
        const auto column = [&](std::string_view name) {
            return static_cast<std::size_t>(
                std::find(result.columns().begin(), result.columns().end(), name) - result.columns().begin());
        };
        const std::size_t from = column("what");
        const std::size_t does = column("does");
        const std::size_t to = column("to what");
        const auto some = [&](std::size_t at, const std::string& wanted) {
            return !every_row(result, [&](Row row) { return row[at].as_string() != wanted; });
        };
        // What is asked about does something, or it is not it that the explanation begins with.
        if (!some(from, base_.entities()[reading.variables[0].entities.front()].name)) return false;
        for (const std::uint32_t entity : reading.mentioned) {
            const std::set<std::string> names = names_within(entity, base_);
            if (std::none_of(names.begin(), names.end(),
                             [&](const std::string& name) { return some(from, name) || some(to, name); }))
                return false;
        }
        const auto bears = [&](std::size_t at, const std::string& label) {
            return !every_row(result, [&](Row row) {
                return std::none_of(base_.entities().begin(), base_.entities().end(), [&](const Entity& one) {
                    return one.name == row[at].as_string() &&
                           std::any_of(one.labels.begin(), one.labels.end(), [&](const std::string& own) {
                               return base_.schema().is_a(own, label);
                           });
                });
            });
        };
        for (const std::uint32_t label : reading.mentioned_labels) {
            const std::string& name = base_.schema().labels[label].name;
            if (!bears(from, name) && !bears(to, name)) return false;
        }
        return std::all_of(reading.relations.begin(), reading.relations.end(), [&](const auto& relations) {
            return std::any_of(relations.begin(), relations.end(), [&](std::uint32_t relation) {
                return some(does, base_.schema().relations[relation].name);
            });
        });
    }

    AnswerTier rows_of(const TierQuery& tier, const Result& result) const {
        AnswerTier shown;
        shown.tier = tier.title;
        shown.direct = tier.direct;
        shown.answers = tier.answers;
        shown.of_kind = tier.of_kind;
        Query query = tier.query;
        std::vector<std::size_t> kept;
        drop_empty_columns(query, result, kept);
        shown.query = query.text();
        for (const ReturnItem& item : query.items) {
            if (!item.evidence) shown.columns.push_back(item.alias);
        }
        for (const Row row : result) {
            std::vector<Value> values;
            std::vector<Value> evidence;
            for (const std::size_t i : kept)
                (tier.query.items[i].evidence ? evidence : values).push_back(row[i]);
            AnswerRow* same = nullptr;
            for (AnswerRow& other : shown.rows) {
                if (other.values == values) same = &other;
            }
            if (same == nullptr) same = &shown.rows.emplace_back(AnswerRow{std::move(values), {}});
            add_citations(evidence, result.snapshot(), same->sources);
        }
        return shown;
    }

    void add_number(const std::vector<TierQuery>& tiers) {
        AnswerTier number;
        const AnswerTier* main = nullptr;
        for (const AnswerTier& tier : answer_.answers) {
            if (main == nullptr && (tier.direct || answer_.answers.size() == 1)) main = &tier;
        }
        if (main == nullptr) return;
        std::vector<std::string> names;
        AnswerRow row;
        for (const AnswerRow& one : main->rows) {
            const std::string name(one.values.front().is_null() ? "" : one.values.front().as_string());
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
            for (const Citation& citation : one.sources) {
                if (std::find(row.sources.begin(), row.sources.end(), citation) == row.sources.end()) {
                    row.sources.push_back(citation);
                }
            }
        }
        number.tier = main->tier;
        number.direct = main->direct;
        number.answers = true;
        number.columns = {"number"};
        if (reading_.by_document) return add_numbers(*main, tiers.front());
        number.query = count_query(tiers.front());
        row.values.emplace_back(static_cast<std::int64_t>(names.size()));
        number.rows.push_back(std::move(row));
        if (number.direct) answer_.query = number.query;
        answer_.message = std::to_string(names.size());
        answer_.answers.insert(answer_.answers.begin(), std::move(number));
    }

    /// Which things have the most of another: those alone, with what was counted for them.
    bool add_most(const Reading& reading, const std::vector<TierQuery>& tiers) {
        if (answer_.answers.empty() || !answer_.answers.front().direct) return true;
        const AnswerTier counted = std::move(answer_.answers.front());
        answer_.answers.clear();
        AnswerTier shown;
        shown.tier = "counted over what is stated directly";
        shown.direct = shown.answers = true;
        shown.query = answer_.query = most_query(tiers.front(), reading);
        Expected<Result> result = session_.run(shown.query);
        if (!result) {
            answer_.message = "the query failed: " + result.error().message;
            return false;
        }
        shown.columns = result->columns();
        for (const Row row : *result) {
            AnswerRow& best = shown.rows.emplace_back(AnswerRow{{row[0], row[1]}, {}});
            for (const AnswerRow& one : counted.rows) {
                for (const Citation& citation : one.sources) {
                    const bool its = reading.by_document ? Value(citation.document) == row[0]
                                                         : one.values.front() == row[0];
                    if (its &&
                        std::find(best.sources.begin(), best.sources.end(), citation) == best.sources.end())
                        best.sources.push_back(citation);
                }
            }
        }
        answer_.answers.push_back(std::move(shown));
        return true;
    }

    /// A number for each document.
    void add_numbers(const AnswerTier& main, const TierQuery& tier) {
        AnswerTier numbers;
        numbers.tier = main.tier;
        numbers.direct = numbers.answers = true;
        numbers.columns = {"document", "number"};
        numbers.query = count_query(tier, true);
        Expected<Result> result = session_.run(numbers.query);
        if (!result) return;
        for (const Row row : *result) numbers.rows.push_back({{row[0], row[1]}, {}});
        answer_.query = numbers.query;
        answer_.answers.insert(answer_.answers.begin(), std::move(numbers));
    }

    const KnowledgeBase& base_;
    Session& session_;
    Splitting split_;
    Answer answer_;
    std::string text_;  ///< the question, with words that are written short in full
    Terms terms_;
    Reading reading_;
    NotUnderstood failure_;
};

}  // namespace
}  // namespace kb

Answer ask(const KnowledgeBase& base, Session& session, std::string_view question) {
    if (auto refused = kb::no_single_question(question, base.lexicon())) {
        Answer answer;
        answer.question = question;
        answer.message = "not understood: " + refused->message;
        answer.suggestions = std::move(refused->suggestions);
        if (answer.suggestions.size() > 5) answer.suggestions.resize(5);
        return answer;
    }
    using kb::Splitting;
    Answer answer = kb::Asking(base, session, question, Splitting::none).run();
    // "X and Y" may be the name of one thing, or two things: where the first is not it, the second may be.
    // What is understood, and only not stated, keeps its contexts.
    for (const Splitting split : {Splitting::names, Splitting::contexts, Splitting::shorter}) {
        const bool open = answer.status == AnswerStatus::not_understood ||
                          (answer.status == AnswerStatus::not_stated && split == Splitting::names);
        if (!open) break;
        Answer apart = kb::Asking(base, session, question, split).run();
        if (apart.status == AnswerStatus::answered) return apart;
    }
    return answer;
}

}  // namespace islet
