#include "question/understand.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "question/compile.hpp"
#include "question/gather.hpp"
#include "question/grammar.hpp"
#include "question/rephrase.hpp"

namespace islet::kb {
namespace {

class Understanding {
 public:
    Understanding(const std::string& text, const KnowledgeBase& base, bool split)
        : text_(text), base_(base), split_(split) {}

    std::variant<Understood, NotUnderstood> run() {
        // Other ways to put the question first: they are the narrower forms.
        if (read_forms(text_)) return std::move(found_);
        failure_ = {};
        if (read(text_)) return std::move(found_);
        const NotUnderstood why = failure_;
        if (read_gathered()) return std::move(found_);
        return why;
    }

 private:
    /// Tries the rephrasings of a text, and what they make in turn; the most canonical first.
    bool read_forms(const std::string& text) {
        std::vector<std::string> forms = rephrasings(text, base_);
        constexpr std::size_t most = 80;
        for (std::size_t i = 0; i < forms.size() && forms.size() < most; ++i) {
            for (std::string& more : rephrasings(forms[i], base_)) {
                if (more != text && std::find(forms.begin(), forms.end(), more) == forms.end())
                    forms.push_back(std::move(more));
            }
        }
        std::reverse(forms.begin(), forms.end());
        for (const std::string& form : forms) {
            if (!read(form)) continue;
            found_.form = form;
            return true;
        }
        return false;
    }

    /// Reads what the question speaks of, gathered and put in order. All orders that can be read must mean
    /// the same.
    bool read_gathered() {
        std::optional<Understood> only;
        std::string words;
        std::string queries;
        for (const std::string& text : gathered_forms(text_, base_, split_)) {
            if (!read_forms(text) && !read(text)) continue;
            // What is left of the question then is no question: a bare name.
            const Reading& reading = found_.reading;
            if (reading.ask == Ask::describe || reading.ask == Ask::connect) continue;
            std::string own_words = to_words(reading, base_);
            std::string own_queries;
            for (const TierQuery& tier : compile(reading, base_)) own_queries += tier.query.text() + "\n";
            if (only && own_words != words && own_queries != queries) return false;
            if (only) continue;
            words = std::move(own_words);
            queries = std::move(own_queries);
            only = std::move(found_);
            only->form = text;
            only->terms.corrections.push_back("read as `" + text + "`");
        }
        if (only) found_ = std::move(*only);
        return only.has_value();
    }

    /// Tries to read a text; on success `found_` holds it, otherwise `failure_` says why not.
    bool read(const std::string& text) {
        Terms terms = find_terms(text, base_.lexicon(), split_);
        if (!terms.unknown.empty() || terms.terms.empty()) return false;
        for (const SyntaxNode& tree : parse_question(terms.terms)) {
            auto result = read_question(tree, terms.terms, base_);
            if (auto* reading = std::get_if<Reading>(&result)) {
                found_.syntax = to_text(tree, terms.terms);
                found_.reading = std::move(*reading);
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
    bool split_;
    Understood found_;
    NotUnderstood failure_;
};

}  // namespace

std::variant<Understood, NotUnderstood> understand(const std::string& text, const KnowledgeBase& base,
                                                   bool split) {
    return Understanding(text, base, split).run();
}

}  // namespace islet::kb
