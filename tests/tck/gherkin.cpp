#include "gherkin.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace islet::tck {

std::string_view trim(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

Cells split_cells(std::string_view line) {
    Cells cells;
    std::string cell;
    bool open = false;  // a first bar was seen
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '\\' && i + 1 < line.size()) {
            const char next = line[i + 1];
            if (next == '|' || next == '\\' || next == 'n') {
                cell += next == 'n' ? '\n' : next;
                ++i;
                continue;
            }
        }
        if (c != '|') {
            cell += c;
            continue;
        }
        // Blanks around a cell are layout; a line break that `\n` stood for is content.
        if (open) {
            const std::size_t begin = cell.find_first_not_of(" \t");
            const std::size_t end = cell.find_last_not_of(" \t");
            cells.push_back(begin == std::string::npos ? "" : cell.substr(begin, end - begin + 1));
        }
        open = true;
        cell.clear();
    }
    return cells;
}

std::string Scenario::id() const {
    std::string text = path + ": " + name;
    if (outline_row != 0) text += " [outline row " + std::to_string(outline_row) + "]";
    return text;
}

namespace {

struct Line {
    std::string_view text;  // trimmed
    std::string_view raw;
    std::uint32_t number;
};

std::vector<Line> split_lines(std::string_view text) {
    std::vector<Line> lines;
    std::uint32_t number = 0;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view raw = text.substr(0, end);
        if (raw.ends_with('\r')) raw.remove_suffix(1);
        lines.push_back({trim(raw), raw, ++number});
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

struct Examples {
    std::vector<std::string> tags;
    Cells header;
    std::vector<Cells> rows;
};

// A scenario or outline as it stands in the file.
struct Block {
    std::string name;
    bool outline = false;
    std::vector<std::string> tags;
    std::vector<Step> steps;
    std::vector<Examples> examples;
    std::uint32_t line = 0;
};

std::string fill(std::string text, const Cells& header, const Cells& row) {
    std::string filled;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t skip = 0;
        for (std::size_t c = 0; text[i] == '<' && c < header.size() && skip == 0; ++c) {
            if (text.compare(i, header[c].size() + 2, "<" + header[c] + ">") == 0) {
                filled += row[c];
                skip = header[c].size() + 2;
            }
        }
        if (skip == 0) filled += text[i];
        i += std::max<std::size_t>(skip, 1);
    }
    return filled;
}

Step fill(const Step& step, const Cells& header, const Cells& row) {
    Step filled = step;
    filled.text = fill(step.text, header, row);
    if (step.docstring) filled.docstring = fill(*step.docstring, header, row);
    for (Cells& cells : filled.table) {
        for (std::string& cell : cells) cell = fill(cell, header, row);
    }
    return filled;
}

class Reader {
 public:
    Reader(std::string_view text, const std::string& path) : lines_(split_lines(text)), path_(path) {}

    std::vector<Scenario> read() {
        std::vector<std::string> tags;
        while (const Line* line = next()) {
            if (line->text.starts_with('@')) {
                add_tags(tags, line->text);
            } else if (after(*line, {"Feature:", "Rule:"})) {
                feature_tags_.insert(feature_tags_.end(), tags.begin(), tags.end());
                tags.clear();
                skip_description();
            } else if (after(*line, {"Background:"})) {
                skip_description();
                background_ = steps();
            } else if (const auto outline = after(*line, {"Scenario Outline:", "Scenario Template:"})) {
                scenario(*line, *outline, true, std::exchange(tags, {}));
            } else if (const auto name = after(*line, {"Scenario:", "Example:"})) {
                scenario(*line, *name, false, std::exchange(tags, {}));
            } else {
                throw error(*line, "expected a scenario, found: " + std::string(line->text));
            }
        }
        return std::move(scenarios_);
    }

 private:
    [[nodiscard]] GherkinError error(const Line& line, const std::string& message) const {
        return {path_, line.number, message};
    }

    // The next line that says something, or nullptr; peek() leaves it there.
    const Line* peek() {
        while (at_ < lines_.size() && (lines_[at_].text.empty() || lines_[at_].text.starts_with('#'))) ++at_;
        return at_ < lines_.size() ? &lines_[at_] : nullptr;
    }
    const Line* next() {
        const Line* line = peek();
        if (line != nullptr) ++at_;
        return line;
    }

    static std::optional<std::string_view> after(const Line& line,
                                                 std::initializer_list<std::string_view> keywords) {
        for (const std::string_view keyword : keywords) {
            if (line.text.starts_with(keyword)) return trim(line.text.substr(keyword.size()));
        }
        return std::nullopt;
    }

    static std::optional<std::string_view> step_text(const Line& line) {
        return after(line, {"Given ", "When ", "Then ", "And ", "But ", "* "});
    }

    static bool starts_block(const Line& line) {
        return line.text.starts_with('@') ||
               after(line, {"Feature:", "Rule:", "Background:", "Scenario Outline:", "Scenario Template:",
                            "Scenario:", "Example:", "Examples:", "Scenarios:"});
    }

    void skip_description() {
        while (const Line* line = peek()) {
            if (starts_block(*line) || step_text(*line) || line->text.starts_with('|')) return;
            ++at_;
        }
    }

    static void add_tags(std::vector<std::string>& tags, std::string_view text) {
        while (!text.empty()) {
            const std::size_t end = text.find_first_of(" \t");
            const std::string_view tag = text.substr(0, end);
            if (tag.starts_with('#')) return;  // a comment behind the tags
            tags.emplace_back(tag);
            text = end == std::string_view::npos ? std::string_view{} : trim(text.substr(end));
        }
    }

    std::vector<Step> steps() {
        std::vector<Step> steps;
        while (const Line* line = peek()) {
            if (line->text.starts_with("\"\"\"") || line->text.starts_with("```")) {
                if (steps.empty()) throw error(*line, "a docstring belongs to a step");
                steps.back().docstring = docstring();
            } else if (line->text.starts_with('|')) {
                if (steps.empty()) throw error(*line, "a table belongs to a step");
                steps.back().table = table();
            } else if (const auto text = step_text(*line)) {
                steps.push_back({std::string(*text), {}, {}, line->number});
                ++at_;
            } else {
                break;
            }
        }
        return steps;
    }

    std::string docstring() {
        const Line& open = lines_[at_++];
        const std::string fence(open.text.substr(0, 3));
        const std::size_t indent = open.raw.find(fence);
        std::string text;
        bool first = true;
        for (; at_ < lines_.size(); ++at_) {
            const Line& line = lines_[at_];
            if (line.text == fence) {
                ++at_;
                return text;
            }
            const std::size_t blanks = std::min(line.raw.find_first_not_of(" \t"), line.raw.size());
            std::string content(line.raw.substr(std::min(indent, blanks)));
            for (std::size_t i = content.find("\\\"\\\"\\\""); i != std::string::npos;
                 i = content.find("\\\"\\\"\\\"")) {
                content.replace(i, 6, "\"\"\"");
            }
            if (!std::exchange(first, false)) text += '\n';
            text += content;
        }
        throw error(open, "the docstring is never closed");
    }

    std::vector<Cells> table() {
        std::vector<Cells> rows;
        for (const Line* line = peek(); line != nullptr && line->text.starts_with('|'); line = peek()) {
            rows.push_back(split_cells(line->text));
            if (rows.back().size() != rows.front().size()) {
                throw error(*line, "the row has " + std::to_string(rows.back().size()) +
                                       " cells where the first has " + std::to_string(rows.front().size()));
            }
            ++at_;
        }
        return rows;
    }

    void scenario(const Line& line, std::string_view name, bool outline, std::vector<std::string> tags) {
        Block block{std::string(name), outline, std::move(tags), {}, {}, line.number};
        skip_description();
        block.steps = steps();
        if (block.steps.empty()) throw error(line, "the scenario has no steps");
        while (const std::optional<Examples> examples = try_examples()) block.examples.push_back(*examples);
        // `Scenario:` with Examples is an outline too.
        if (outline && block.examples.empty()) throw error(line, "the outline has no Examples");
        expand(block);
    }

    std::optional<Examples> try_examples() {
        const std::size_t start = at_;
        Examples examples;
        const Line* line = next();
        for (; line != nullptr && line->text.starts_with('@'); line = next())
            add_tags(examples.tags, line->text);
        if (line == nullptr || !after(*line, {"Examples:", "Scenarios:"})) {
            at_ = start;
            return std::nullopt;
        }
        skip_description();
        examples.rows = table();
        if (examples.rows.empty()) throw error(*line, "the Examples have no table");
        examples.header = std::move(examples.rows.front());
        examples.rows.erase(examples.rows.begin());
        return examples;
    }

    [[nodiscard]] Scenario start(const Block& block) const {
        Scenario scenario{path_, block.name, 0, feature_tags_, background_, block.line};
        scenario.tags.insert(scenario.tags.end(), block.tags.begin(), block.tags.end());
        return scenario;
    }

    void expand(const Block& block) {
        if (block.examples.empty()) {
            Scenario scenario = start(block);
            scenario.steps.insert(scenario.steps.end(), block.steps.begin(), block.steps.end());
            scenarios_.push_back(std::move(scenario));
            return;
        }
        std::uint32_t number = 0;
        for (const Examples& examples : block.examples) {
            for (const Cells& row : examples.rows) {
                Scenario scenario = start(block);
                scenario.outline_row = ++number;
                scenario.tags.insert(scenario.tags.end(), examples.tags.begin(), examples.tags.end());
                for (const Step& step : block.steps) {
                    scenario.steps.push_back(fill(step, examples.header, row));
                }
                scenarios_.push_back(std::move(scenario));
            }
        }
    }

    std::vector<Line> lines_;
    const std::string& path_;
    std::size_t at_ = 0;
    std::vector<std::string> feature_tags_;
    std::vector<Step> background_;
    std::vector<Scenario> scenarios_;
};

}  // namespace

std::vector<Scenario> read_feature(std::string_view text, const std::string& path) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    return Reader(text, path).read();
}

}  // namespace islet::tck
