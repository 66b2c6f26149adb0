// What a query may go on with.
#include <algorithm>
#include <cctype>

#include "completion.hpp"
#include "completion_words.hpp"
#include "query_context.hpp"

namespace islet::cli {

namespace {

bool plain_name(std::string_view name) {
    const auto plain = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c >= 0x80; };
    return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
           std::all_of(name.begin(), name.end(), plain);
}

/// Names in back quotes where they need them, or where one was begun.
std::vector<std::string> quoted_names(std::vector<std::string> names, char quote) {
    for (std::string& name : names) {
        if (quote != '`' && plain_name(name)) continue;
        std::string doubled;
        for (const char c : name) doubled += c == '`' ? "``" : std::string(1, c);
        name = quote == '`' ? doubled + "`" : "`" + doubled + "`";
    }
    return names;
}

Completions of_names(std::vector<std::string> names, const QueryContext& context) {
    Completions found = matching(quoted_names(std::move(names), context.quote), context.word);
    found.after.clear();
    return found;
}

/// As the inside of a text in such quotes.
std::string escaped(std::string_view text, char quote) {
    std::string result;
    for (const char c : text) {
        if (c == quote || c == '\\') result += '\\';
        if (c == '\n') {
            result += "\\n";
        } else if (c == '\t') {
            result += "\\t";
        } else if (c == '\r') {
            result += "\\r";
        } else {
            result += c;
        }
    }
    return result;
}

bool all_lower(std::string_view word) {
    return !word.empty() &&
           std::none_of(word.begin(), word.end(), [](unsigned char c) { return std::isupper(c) != 0; });
}

std::string lower(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

}  // namespace

Completions Completer::outputs_of(std::string_view procedure, std::string_view beginning) const {
    const query::Procedure* known = sources_.procedures().find(procedure);
    if (known == nullptr) return {};
    std::vector<std::string> names;
    for (const query::Field& field : known->outputs) names.push_back(field.name);
    return matching(names, beginning);
}

/// Keywords in the case in which the word was begun, functions, variables.
Completions Completer::anything(const QueryContext& context) const {
    if (context.word.empty()) {
        Completions none;
        for (const FunctionDescription& function : functions_) {
            const bool same =
                function.name.size() == context.call.size() && begins_alike(function.name, context.call);
            if (!context.call.empty() && same) none.note = std::string(function.signature);
        }
        return none;
    }
    if (context.quote != '\0') return of_names(context.variables, context);
    std::vector<std::string> words = context.variables;
    for (const std::string& keyword : keywords()) {
        words.push_back(all_lower(context.word) ? lower(keyword) : keyword);
    }
    for (const FunctionDescription& function : functions_) words.push_back(std::string(function.name) + "(");
    Completions found = matching(words, context.word);
    if (found.words.size() == 1 && found.words.front().ends_with('(')) found.after.clear();
    return found;
}

Completions Completer::query(std::string_view text) const {
    const QueryContext context = query_context(text);
    const GraphWords words(sources_.snapshot());
    switch (context.expects) {
        case QueryContext::Expects::anything:
            return anything(context);
        case QueryContext::Expects::label:
            return of_names(words.labels(), context);
        case QueryContext::Expects::type:
            return of_names(words.types(), context);
        case QueryContext::Expects::key: {
            auto names =
                context.type.empty() ? words.keys_of_label(context.label) : words.keys_of_type(context.type);
            // A `.` may stand in a function's name too.
            std::vector<std::string> functions;
            for (const FunctionDescription& function : functions_) {
                const std::string space = context.qualifier + ".";
                if (context.qualifier.empty() || !begins_alike(function.name, space)) continue;
                functions.push_back(std::string(function.name.substr(space.size())) + "(");
            }
            if (functions.empty()) return of_names(std::move(names), context);
            Completions found = matching(functions, context.word);
            found.after.clear();
            return found;
        }
        case QueryContext::Expects::value: {
            std::vector<std::string> values;
            for (const std::string& value : words.values(context.label, context.key, context.word)) {
                values.push_back(escaped(value, context.quote));
            }
            Completions found = matching(values, context.word);
            found.after = std::string(1, context.quote);
            return found;
        }
        case QueryContext::Expects::parameter:
            return of_names(sources_.parameters(), context);
        case QueryContext::Expects::procedure: {
            std::vector<std::string> names;
            for (const auto& [name, procedure] : sources_.procedures().all()) names.push_back(name + "(");
            Completions found = matching(names, context.word);
            found.after.clear();
            return found;
        }
        case QueryContext::Expects::output:
            return outputs_of(context.procedure, context.word);
        case QueryContext::Expects::nothing:
            return {};
    }
    return {};
}

}  // namespace islet::cli
