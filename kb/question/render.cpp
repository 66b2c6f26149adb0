// An answer as JSON and as plain text.
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>

#include "islet/question.hpp"
#include "islet/text.hpp"

namespace islet {
namespace {

template <class Writer>
void write(Writer& writer, std::string_view text) {
    writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

template <class Writer>
void write_key(Writer& writer, std::string_view text) {
    writer.Key(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

template <class Writer>
void write_value(Writer& writer, const Value& value) {
    switch (value.kind()) {
        case Kind::null:
            writer.Null();
            return;
        case Kind::boolean:
            writer.Bool(value.as_bool());
            return;
        case Kind::integer:
            writer.Int64(value.as_int());
            return;
        case Kind::floating:
            writer.Double(value.as_double());
            return;
        case Kind::string:
            write(writer, value.as_string());
            return;
        case Kind::list:
            writer.StartArray();
            for (const Value& element : value.as_list()) write_value(writer, element);
            writer.EndArray();
            return;
        case Kind::map:
        case Kind::node:
        case Kind::relationship:
        case Kind::path:
        case Kind::date:
        case Kind::local_time:
        case Kind::time:
        case Kind::local_date_time:
        case Kind::date_time:
        case Kind::duration:
            write(writer, to_text(value, Snapshot()));
            return;
    }
}

template <class Writer>
void write(Writer& writer, const AnswerTier& tier) {
    writer.StartObject();
    write_key(writer, "tier");
    write(writer, tier.tier);
    write_key(writer, "direct");
    writer.Bool(tier.direct);
    write_key(writer, "columns");
    writer.StartArray();
    for (const std::string& column : tier.columns) write(writer, column);
    writer.EndArray();
    write_key(writer, "rows");
    writer.StartArray();
    for (const AnswerRow& row : tier.rows) {
        writer.StartObject();
        write_key(writer, "values");
        writer.StartObject();
        for (std::size_t i = 0; i < tier.columns.size(); ++i) {
            write_key(writer, tier.columns[i]);
            write_value(writer, row.values[i]);
        }
        writer.EndObject();
        write_key(writer, "sources");
        writer.StartArray();
        for (const Citation& citation : row.sources) {
            writer.StartObject();
            write_key(writer, "document");
            write(writer, citation.document);
            write_key(writer, "section");
            write(writer, citation.section);
            write_key(writer, "lines");
            write(writer, citation.lines);
            write_key(writer, "date");
            if (citation.date.empty()) {
                writer.Null();
            } else {
                write(writer, citation.date);
            }
            writer.EndObject();
        }
        writer.EndArray();
        writer.EndObject();
    }
    writer.EndArray();
    writer.EndObject();
}

template <class Writer>
void write(Writer& writer, const Answer& answer, bool explain) {
    writer.StartObject();
    for (const auto& [key, text] :
         {std::pair<std::string_view, std::string_view>{"question", answer.question},
          {"status", to_text(answer.status)},
          {"interpretation", answer.interpretation},
          {"query", answer.query},
          {"message", answer.message}}) {
        write_key(writer, key);
        write(writer, text);
    }
    write_key(writer, "suggestions");
    writer.StartArray();
    for (const std::string& suggestion : answer.suggestions) write(writer, suggestion);
    writer.EndArray();
    write_key(writer, "answers");
    writer.StartArray();
    for (const AnswerTier& tier : answer.answers) write(writer, tier);
    writer.EndArray();
    if (explain) {
        write_key(writer, "words");
        writer.StartArray();
        for (const UnderstoodWord& word : answer.words) {
            writer.StartObject();
            write_key(writer, "word");
            write(writer, word.word);
            write_key(writer, "meaning");
            write(writer, word.meaning);
            writer.EndObject();
        }
        writer.EndArray();
        write_key(writer, "rephrased");
        write(writer, answer.rephrased);
        write_key(writer, "syntax");
        write(writer, answer.syntax);
    }
    writer.EndObject();
}

std::string plain(const Value& value) {
    if (value.kind() == Kind::list) {
        std::string all;
        for (const Value& element : value.as_list()) all += (all.empty() ? "" : ", ") + plain(element);
        return all;
    }
    return to_display(value, Snapshot());
}

/// One citation for each section: its lines together.
std::vector<Citation> by_section(const std::vector<Citation>& citations) {
    std::vector<Citation> merged;
    for (const Citation& citation : citations) {
        const auto same = std::find_if(merged.begin(), merged.end(), [&](const Citation& one) {
            return one.document == citation.document && one.section == citation.section &&
                   one.date == citation.date;
        });
        if (same == merged.end()) {
            merged.push_back(citation);
        } else {
            same->lines += "," + citation.lines;
        }
    }
    return merged;
}

std::string source_line(const Citation& citation) {
    std::string text = citation.document;
    if (!citation.section.empty()) text += ", " + citation.section;
    text += citation.lines.find_first_of(",-") == std::string::npos ? ", line " : ", lines ";
    return text + citation.lines + (citation.date.empty() ? " (no date)" : " (" + citation.date + ")");
}

void indent(std::string& text, std::string_view block, std::string_view by) {
    std::size_t at = 0;
    while (at <= block.size()) {
        const std::size_t end = std::min(block.find('\n', at), block.size());
        text += by;
        text += block.substr(at, end - at);
        text += '\n';
        at = end + 1;
    }
}

}  // namespace

std::string to_json(const Answer& answer, AnswerForm form) {
    rapidjson::StringBuffer buffer;
    if (form.one_line) {
        rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
        write(writer, answer, form.explain);
    } else {
        rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
        writer.SetIndent(' ', 1);
        write(writer, answer, form.explain);
    }
    return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

std::string to_plain_text(const Answer& answer, AnswerForm form) {
    std::string text;
    if (form.explain) {
        std::size_t width = 0;
        for (const UnderstoodWord& word : answer.words) width = std::max(width, word.word.size());
        text += "Words:\n";
        for (const UnderstoodWord& word : answer.words)
            text += "  " + word.word + std::string(width - word.word.size() + 2, ' ') + word.meaning + "\n";
        if (!answer.rephrased.empty()) text += "Read as: " + answer.rephrased + "\n";
        if (!answer.syntax.empty()) text += "Syntax: " + answer.syntax + "\n";
    }
    if (!answer.interpretation.empty()) text += "Reading: " + answer.interpretation + "\n";
    if (!answer.query.empty()) {
        text += "Query:\n";
        indent(text, answer.query, "  ");
    }
    if (!text.empty()) text += '\n';
    if (answer.status != AnswerStatus::answered || answer.answers.empty()) {
        text += std::string(to_text(answer.status)) + (answer.message.empty() ? "" : ": " + answer.message) +
                "\n";
    } else if (!answer.message.empty()) {
        text += answer.message + "\n";
    }
    for (const AnswerTier& tier : answer.answers) {
        text += "\n" + tier.tier + (tier.direct ? "" : " (not stated directly)") + ":\n";
        for (const AnswerRow& row : tier.rows) {
            text += "  " + plain(row.values.front());
            std::string details;
            for (std::size_t i = 1; i < row.values.size(); ++i) {
                if (row.values[i].is_null()) continue;
                details += (details.empty() ? "" : "; ") + tier.columns[i] + ": " + plain(row.values[i]);
            }
            text += (details.empty() ? "" : "\n      " + details) + "\n";
            for (const Citation& citation : by_section(row.sources))
                text += "      [" + source_line(citation) + "]\n";
        }
    }
    if (!answer.suggestions.empty()) {
        text += answer.status == AnswerStatus::unknown_term ? "\nnearest known:\n"
                                                            : "\nquestions that are understood:\n";
        for (const std::string& suggestion : answer.suggestions) text += "  " + suggestion + "\n";
    }
    return text;
}

}  // namespace islet
