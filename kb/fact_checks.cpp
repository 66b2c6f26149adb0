#include "fact_checks.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "islet/text.hpp"
#include "question/tokens.hpp"

namespace islet::kb {
namespace {

/// Longer texts are taken for sentences.
constexpr std::size_t most_words = 15;

std::size_t word_count(std::string_view text) {
    std::size_t count = 0;
    bool inside = false;
    for (const char c : text) {
        if (c != ' ' && !inside) ++count;
        inside = c != ' ';
    }
    return count;
}

class FactChecker {
 public:
    FactChecker(const Schema& schema, const Facts& facts, const Lexicon* lexicon, const std::string& place,
                std::vector<Error>& faults)
        : schema_(schema), facts_(facts), lexicon_(lexicon), place_(place), faults_(faults) {}

    void check() {
        check_statements();
        check_names();
    }

 private:
    [[nodiscard]] std::string name_of(const Statement& one) const {
        return "`" + facts_.entities[one.subject].id + "` " + schema_.relations[one.relation].name + " `" +
               (one.object_is_document ? facts_.documents[one.object].id : facts_.entities[one.object].id) +
               "`";
    }

    void check_statements() {
        std::set<std::string> seen;
        std::set<std::size_t> spoken_of;
        for (const Statement& one : facts_.statements) {
            spoken_of.insert(one.subject);
            if (!one.object_is_document) spoken_of.insert(one.object);
            std::string key = name_of(one) + "/" + std::to_string(one.document) + "/" + one.lines;
            for (const auto& [name, value] : one.qualifiers) {
                key += "/" + name + "=" + to_display(value, Snapshot());
                if (value.kind() == Kind::string && word_count(value.as_string()) > most_words)
                    report(name_of(one) + " has a long `" + name + "`", "say it in a few words of your own");
            }
            if (!seen.insert(key).second)
                report("the statement " + name_of(one) + " stands twice", one.lines);
        }
        for (std::size_t i = 0; i < facts_.entities.size(); ++i) {
            const Entity& entity = facts_.entities[i];
            if (!spoken_of.contains(i))
                report("nothing is stated of `" + entity.id + "`", "give it a statement or leave it out");
            if (word_count(entity.name) > most_words) report("the name of `" + entity.id + "` is long", {});
        }
    }

    void check_names() {
        if (lexicon_ == nullptr) return;
        std::map<std::string, std::uint32_t> owners;
        for (std::uint32_t i = 0; i < facts_.entities.size(); ++i) {
            const Entity& entity = facts_.entities[i];
            for (const auto* names :
                 {&entity.synonyms, &entity.brand_names, &entity.abbreviations, &entity.misspellings})
                for (const std::string& name : *names) check_name(name, i, owners);
            check_name(entity.name, i, owners);
        }
    }

    void check_name(const std::string& name, std::uint32_t entity,
                    std::map<std::string, std::uint32_t>& owners) {
        std::string folded;
        for (const Token& token : tokenize(name, lexicon_->folding))
            folded += (folded.empty() ? "" : " ") + token.folded;
        const auto [owner, added] = owners.emplace(folded, entity);
        if (!added && owner->second != entity) {
            report("`" + facts_.entities[entity].id + "` and `" + facts_.entities[owner->second].id +
                       "` share the name `" + name + "`",
                   "a question could not tell them apart");
        }
        if (!lexicon_->find(folded) && !lexicon_->not_names.contains(folded))
            report("no question can use the name `" + name + "`", {});
    }

    void report(std::string message, std::string hint) {
        faults_.push_back(fault(place_, "", std::move(message), std::move(hint)));
    }

    const Schema& schema_;
    const Facts& facts_;
    const Lexicon* lexicon_;
    const std::string& place_;
    std::vector<Error>& faults_;
};

}  // namespace

void check_facts(const Schema& schema, const Facts& facts, const Lexicon* lexicon, const std::string& place,
                 std::vector<Error>& faults) {
    FactChecker(schema, facts, lexicon, place, faults).check();
}

}  // namespace islet::kb
