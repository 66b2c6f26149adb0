#include "capsule.hpp"

#include <algorithm>
#include <map>

#include "format.hpp"
#include "islet/export.hpp"
#include "islet/question.hpp"
#include "runner.hpp"

namespace islet::cli {

namespace {

/// A cell that says what kind of value it is and no id.
std::string cell(const Value& value, const Snapshot& snapshot) {
    switch (value.kind()) {
        case Kind::node:
        case Kind::relationship:
        case Kind::path:
            return shown_cell(value, snapshot);
        case Kind::list: {
            std::string text = "[";
            for (const Value& item : value.as_list()) {
                if (text.size() > 1) text += ", ";
                text += cell(item, snapshot);
            }
            return text + "]";
        }
        case Kind::map: {
            std::string text = "{";
            for (const auto& [key, item] : value.as_map().entries()) {
                if (text.size() > 1) text += ", ";
                text += cypher_name(key) + ": " + cell(item, snapshot);
            }
            return text + "}";
        }
        default:
            return cypher_text(value);
    }
}

std::optional<Error> run_query(Capsule& capsule, const OpenBase& base, Session& session) {
    if (writes(capsule.query)) {
        return Error{"25006",
                     "ArgumentError",
                     "compile time",
                     "CapsuleWrites",
                     "a capsule holds a query that reads",
                     {},
                     "take out what writes",
                     {}};
    }
    auto result = session.run("CITE " + capsule.query, capsule.parameters);
    const bool cited = result.ok();
    if (!cited) result = session.run(capsule.query, capsule.parameters);
    if (!result) return result.error();
    capsule.citations = references(base.knowledge, *result);
    std::vector<std::string> columns = result->columns();
    if (cited && !columns.empty()) columns.pop_back();  // the sources are the citations
    for (const Row row : *result) {
        std::vector<std::string> cells;
        for (std::size_t i = 0; i < columns.size(); ++i) cells.push_back(cell(row[i], result->snapshot()));
        capsule.rows.push_back(std::move(cells));
    }
    if (!result->ordered()) std::sort(capsule.rows.begin(), capsule.rows.end());
    capsule.columns.push_back(std::move(columns));
    return std::nullopt;
}

void ask_question(Capsule& capsule, const OpenBase& base, Session& session) {
    const Answer answer = islet::ask(base.knowledge, session, capsule.question);
    capsule.status = to_text(answer.status);
    capsule.citations = references(base.knowledge, answer);
    const Snapshot& snapshot = base.knowledge.snapshot();
    for (const AnswerTier& tier : answer.answers) {
        std::vector<std::string> columns{tier.tier};
        columns.insert(columns.end(), tier.columns.begin(), tier.columns.end());
        capsule.columns.push_back(std::move(columns));
        for (const AnswerRow& row : tier.rows) {
            std::vector<std::string> cells{tier.tier};
            for (const Value& value : row.values) cells.push_back(cell(value, snapshot));
            capsule.rows.push_back(std::move(cells));
        }
    }
}

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
    std::string result;
    for (const std::string& text : texts) {
        if (&text != texts.data()) result += between;
        result += text;
    }
    return result;
}

std::string line_of(const Reference& reference) {
    std::string text = to_text(std::span(&reference, 1), ReferenceFormat::text).substr(4);  // without `[1] `
    text.pop_back();
    return text;
}

/// What the one list has more of than the other, as often as it has it more.
void compare_lists(const std::vector<std::string>& then, const std::vector<std::string>& now,
                   const std::string& what, std::vector<std::string>& lines) {
    std::map<std::string_view, int> count;
    for (const std::string& text : now) ++count[text];
    for (const std::string& text : then) --count[text];
    bool any = false;
    for (const auto& [text, more] : count) {
        for (int i = 0; i < more; ++i) lines.push_back(what + " new: " + std::string(text));
        for (int i = 0; i > more; --i) lines.push_back(what + " gone: " + std::string(text));
        any = any || more != 0;
    }
    if (!any && then != now) lines.push_back(what + "s in another order");
}

}  // namespace

Expected<Capsule> run_capsule(const Capsule& asked, const OpenBase& base, Session& session) {
    Capsule capsule;
    capsule.question = asked.question;
    capsule.query = asked.query;
    capsule.parameters = asked.parameters;
    capsule.engine = ISLET_VERSION;
    capsule.base_name = base.knowledge.schema().name;
    capsule.base_version = base.knowledge.schema().version;
    capsule.base_digest = digest(whole_graph(base.knowledge.snapshot()));
    if (!capsule.query.empty()) {
        if (auto error = run_query(capsule, base, session)) return *error;
    } else {
        ask_question(capsule, base, session);
    }
    return capsule;
}

std::string result_digest(const Capsule& capsule) {
    std::string text = capsule.status + "\n";
    for (const auto& columns : capsule.columns) text += json_text(joined(columns, "\x1f")) + "\n";
    for (const auto& row : capsule.rows) text += json_text(joined(row, "\x1f")) + "\n";
    return digest(text);
}

std::vector<std::string> differences(const Capsule& then, const Capsule& now) {
    std::vector<std::string> lines;
    const auto compare = [&](const std::string& a, const std::string& b, const std::string& what) {
        if (a != b)
            lines.push_back(what + " was " + (a.empty() ? "none" : a) + ", is " + (b.empty() ? "none" : b));
    };
    compare(then.status, now.status, "status");
    std::vector<std::string> before;
    std::vector<std::string> after;
    for (const auto& columns : then.columns) before.push_back(joined(columns, ", "));
    for (const auto& columns : now.columns) after.push_back(joined(columns, ", "));
    compare_lists(before, after, "columns", lines);
    before.clear();
    after.clear();
    for (const auto& row : then.rows) before.push_back(joined(row, " | "));
    for (const auto& row : now.rows) after.push_back(joined(row, " | "));
    compare_lists(before, after, "row", lines);
    before.clear();
    after.clear();
    for (const Reference& reference : then.citations) before.push_back(line_of(reference));
    for (const Reference& reference : now.citations) after.push_back(line_of(reference));
    compare_lists(before, after, "citation", lines);
    compare(then.base_name, now.base_name, "knowledge base");
    compare(then.base_version, now.base_version, "version of the knowledge base");
    compare(then.base_digest, now.base_digest, "digest of the knowledge base");
    return lines;
}

}  // namespace islet::cli
