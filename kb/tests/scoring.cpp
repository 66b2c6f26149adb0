#include "scoring.hpp"

#include <algorithm>
#include <set>
#include <sstream>
#include <vector>

#include "islet/text.hpp"

namespace islet::scoring {
namespace {

/// Case and hyphens do not count.
std::string normal(std::string_view text) {
    std::string plain;
    for (const char c : text) {
        if (c == '-' || c == ' ') {
            if (!plain.empty() && plain.back() != ' ') plain += ' ';
        } else {
            plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
    }
    if (!plain.empty() && plain.back() == ' ') plain.pop_back();
    return plain;
}

std::vector<std::string> names_of(const Json& item) {
    std::vector<std::string> names{normal(item["name"].GetString())};
    if (item.HasMember("synonyms")) {
        for (const Json& one : item["synonyms"].GetArray()) names.push_back(normal(one.GetString()));
    }
    return names;
}

/// What the rows of the answer name: in the main answer, and in the labelled parts that answer it too.
struct Named {
    std::set<std::string> main;
    std::set<std::string> labelled;
    std::set<std::string> cells;                   ///< every value of every row, lists taken apart
    std::vector<std::set<std::string>> main_rows;  ///< the cells of each row of the main answer
};

void add_cells(const Value& value, std::set<std::string>& cells) {
    if (value.kind() == Kind::list) {
        for (const Value& one : value.as_list()) add_cells(one, cells);
    } else if (!value.is_null()) {
        cells.insert(normal(to_display(value, Snapshot())));
    }
}

Named names_in(const Answer& answer) {
    Named named;
    for (const AnswerTier& tier : answer.answers) {
        if (tier.columns == std::vector<std::string>{"number"}) {
            add_cells(tier.rows.front().values.front(), named.cells);
            continue;
        }
        for (const AnswerRow& row : tier.rows) {
            if (row.values.front().kind() == Kind::string) {
                (tier.direct ? named.main : named.labelled).insert(normal(row.values.front().as_string()));
            }
            std::set<std::string> cells;
            for (const Value& value : row.values) add_cells(value, cells);
            named.cells.insert(cells.begin(), cells.end());
            if (tier.direct) named.main_rows.push_back(std::move(cells));
        }
    }
    return named;
}

bool any_in(const std::vector<std::string>& names, const std::set<std::string>& found) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return found.contains(name); });
}

std::set<int> lines_of(const std::string& text) {
    std::set<int> lines;
    std::stringstream stream(text);
    std::string part;
    while (std::getline(stream, part, ',')) {
        const int first = std::atoi(part.c_str());
        const std::size_t dash = part.find('-');
        const int last = dash == std::string::npos ? first : std::atoi(part.c_str() + dash + 1);
        for (int line = first; line <= last; ++line) lines.insert(line);
    }
    return lines;
}

/// `evidence`: file:line, or file:first-last.
bool cites(const Answer& answer, const KnowledgeBase& base, const std::string& evidence) {
    const std::size_t colon = evidence.find(':');
    const std::set<int> wanted = lines_of(evidence.substr(colon + 1));
    for (const AnswerTier& tier : answer.answers) {
        for (const AnswerRow& row : tier.rows) {
            for (const Citation& citation : row.sources) {
                for (const Document& document : base.documents()) {
                    if (document.name != citation.document || document.file != evidence.substr(0, colon))
                        continue;
                    for (const int line : lines_of(citation.lines)) {
                        if (wanted.contains(line)) return true;
                    }
                }
            }
        }
    }
    return false;
}

std::vector<std::string> texts(const Json& owner, const char* key) {
    std::vector<std::string> all;
    if (!owner.HasMember(key)) return all;
    for (const Json& one : owner[key].GetArray()) all.emplace_back(one.GetString());
    return all;
}

Verdict wrong(std::string why) {
    return {Outcome::wrong, std::move(why)};
}
Verdict right(std::string why = {}) {
    return {Outcome::right, std::move(why)};
}

Verdict score_set(const Json& question, const Answer& answer) {
    const Named named = names_in(answer);
    std::string missing;
    for (const Json& item : question["gold"].GetArray()) {
        if (!any_in(names_of(item), named.main) && !any_in(names_of(item), named.labelled))
            missing += std::string(missing.empty() ? "" : ", ") + item["name"].GetString();
    }
    if (!missing.empty()) return wrong("missing: " + missing);
    for (const std::string& item : texts(question, "must_not_include")) {
        if (named.main.contains(normal(item))) return wrong("wrong: " + item);
    }
    std::string extra;
    for (const std::string& name : named.main) {
        bool known = false;
        for (const char* list : {"gold", "accept_if_labelled"}) {
            if (!question.HasMember(list)) continue;
            for (const Json& item : question[list].GetArray()) {
                const auto names = names_of(item);
                known = known || std::find(names.begin(), names.end(), name) != names.end();
            }
        }
        if (!known) extra += (extra.empty() ? "extra: " : ", ") + name;
    }
    return right(extra);
}

/// Contexts in words: some cell says each of them.
Verdict score_cells(const Json& question, const Answer& answer) {
    const Named named = names_in(answer);
    for (const Json& item : question["gold"].GetArray()) {
        const auto names = names_of(item);
        const bool found = std::any_of(named.main_rows.begin(), named.main_rows.end(),
                                       [&](const auto& row) { return any_in(names, row); });
        if (!found) return wrong(std::string("missing: ") + item["name"].GetString());
        if (!item.HasMember("value")) continue;
        const std::string value = normal(item["value"].GetString());
        const bool together =
            std::any_of(named.main_rows.begin(), named.main_rows.end(),
                        [&](const auto& row) { return any_in(names, row) && row.contains(value); });
        if (!together) return wrong(std::string("not together: ") + item["name"].GetString());
    }
    for (const std::string& item : texts(question, "must_not_include")) {
        if (named.cells.contains(normal(item))) return wrong("wrong: " + item);
    }
    return right();
}

Verdict score_evidence(const Json& question, const Answer& answer, const KnowledgeBase& base) {
    for (const Json& item : question["gold"].GetArray()) {
        const std::vector<std::string> places = texts(item, "evidence");
        const bool cited = std::any_of(places.begin(), places.end(),
                                       [&](const std::string& place) { return cites(answer, base, place); });
        if (!cited) return wrong(std::string("not cited: ") + item["name"].GetString());
    }
    return right();
}

Verdict score_boolean(const Json& question, const Answer& answer, const KnowledgeBase& base) {
    const std::vector<std::string> places = texts(question, "evidence");
    if (std::none_of(places.begin(), places.end(),
                     [&](const std::string& place) { return cites(answer, base, place); }))
        return wrong("the statement is not cited");
    const std::string wanted = question["value"].GetBool() ? "yes" : "no";
    const std::string given = bare_word(answer);
    if (given != wanted) return wrong("the answer is " + wanted + ", not `" + given + "`");
    return right();
}

Verdict score_unknown(const Json& question, const Answer& answer, const KnowledgeBase& base) {
    const Json& gold = question["gold"][0];
    std::vector<std::string> kinds = texts(gold, "synonyms");
    kinds.emplace_back(gold["kind"].GetString());
    const Named named = names_in(answer);
    if (answer.status == AnswerStatus::answered) return wrong("something is answered");
    if (!named.main.empty() && gold["kind"] != "explicit unknown in source") return wrong("a value is given");
    for (const std::string& item : texts(question, "must_not_include")) {
        if (named.main.contains(normal(item))) return wrong("wrong: " + item);
    }
    for (const std::string& kind : kinds) {
        if (kind == "unknown term" && answer.status == AnswerStatus::unknown_term) return right();
        if (kind == "not understood" && answer.status == AnswerStatus::not_understood) return right();
        if (kind == "known entity, missing fact" && answer.status == AnswerStatus::not_stated) return right();
        if (kind == "explicit unknown in source" && answer.status == AnswerStatus::not_stated) {
            for (const std::string& place : texts(question, "evidence")) {
                if (!cites(answer, base, place)) return {Outcome::refused, "the source is not cited"};
            }
            return right();
        }
    }
    return {Outcome::refused, std::string(to_text(answer.status)) + " is another kind of not knowing"};
}

Verdict score_number(const Json& question, const Answer& answer) {
    const Json& wanted = question["value"];
    const std::string value = wanted.IsInt() ? std::to_string(wanted.GetInt()) : normal(wanted.GetString());
    const Named named = names_in(answer);
    if (!named.cells.contains(value) && answer.message != value) return wrong("not " + value);
    // Where the gold does not say what is counted, what the answer shows of it is not held against it.
    const bool items = wanted.IsInt() && !question["gold"].GetArray().Empty();
    return items ? score_set(question, answer) : right();
}

}  // namespace

std::string bare_word(const Answer& answer) {
    for (const char* word : {"yes", "no"}) {
        const std::size_t size = std::char_traits<char>::length(word);
        if (answer.message.compare(0, size, word) == 0 &&
            (answer.message.size() == size || answer.message[size] == ':' || answer.message[size] == ','))
            return word;
    }
    return {};
}

Verdict score(const Json& question, const Answer& answer, const KnowledgeBase& base) {
    const std::string type = question["answer_type"].GetString();
    if (type == "unknown") return score_unknown(question, answer, base);
    if (answer.status != AnswerStatus::answered)
        return {Outcome::refused, std::string(to_text(answer.status)) + ": " + answer.message};
    if (type == "entity_set") return score_set(question, answer);
    if (type == "condition_set" || type == "text" || type == "table") return score_cells(question, answer);
    if (type == "statements" || type == "path") return score_evidence(question, answer, base);
    if (type == "boolean") return score_boolean(question, answer, base);
    return score_number(question, answer);
}

}  // namespace islet::scoring
