#include "test_file.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "gherkin.hpp"

namespace islet::cypher_test {

using tck::trim;

namespace {

constexpr std::array<std::string_view, 6> expectation_keys{"rows", "rows in order", "error",
                                                           "plan", "warnings",      "side effects"};

bool is_expectation(std::string_view key) {
    return std::find(expectation_keys.begin(), expectation_keys.end(), key) != expectation_keys.end();
}

std::string file_text(const std::filesystem::path& path) {
    std::ifstream in(path);
    if (!in) throw std::runtime_error("cannot read " + path.string());
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

// The script of `graphs/` beside the file or in a folder above.
std::string named_graph(const std::string& name, const std::filesystem::path& folder) {
    for (std::filesystem::path at = std::filesystem::absolute(folder);; at = at.parent_path()) {
        const std::filesystem::path script = at / "graphs" / (name + ".cypher");
        if (std::filesystem::exists(script)) return file_text(script);
        if (at == at.parent_path()) throw std::runtime_error("there is no graph " + name);
    }
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return parts;
}

}  // namespace

const Section* Case::find(std::string_view key) const {
    const auto found = std::find_if(expectations.begin(), expectations.end(),
                                    [&](const Section& section) { return section.key == key; });
    return found == expectations.end() ? nullptr : &*found;
}

TestFile::TestFile(const std::filesystem::path& path) : path_(path), lines_(split(file_text(path), '\n')) {
    read_sections();
    read_cases();
}

void TestFile::fail(std::size_t line, const std::string& message) const {
    throw std::runtime_error(path_.string() + ":" + std::to_string(line + 1) + ": " + message);
}

void TestFile::read_sections() {
    std::size_t i = 0;
    while (i < lines_.size()) {
        const std::string& line = lines_[i];
        if (trim(line).empty() || line.starts_with('#')) {
            ++i;
            continue;
        }
        const std::size_t colon = line.find(':');
        if (line.starts_with(' ') || colon == std::string::npos)
            fail(i, "expected `key:` at the start of the line");
        Section section{line.substr(0, colon), std::string(trim(line.substr(colon + 1))), "", i, i + 1};
        for (++i; i < lines_.size() && (lines_[i].starts_with("  ") || trim(lines_[i]).empty()); ++i) {
            if (!trim(lines_[i]).empty()) section.last_line = i + 1;
        }
        for (std::size_t body = section.key_line + 1; body < section.last_line; ++body) {
            if (!section.body.empty()) section.body += '\n';
            section.body += lines_[body].size() > 2 ? lines_[body].substr(2) : "";
        }
        i = section.last_line;
        sections_.push_back(std::move(section));
    }
}

void TestFile::read_cases() {
    std::string graph;
    for (Section& section : sections_) {
        const std::string& key = section.key;
        if (key == "graph") {
            graph = section.value.empty() ? section.body : named_graph(section.value, path_.parent_path());
        } else if (key == "case") {
            if (section.value.empty()) fail(section.key_line, "the case has no name");
            cases_.push_back({section.value, section.key_line, graph, "", "", {}, {}});
        } else if (cases_.empty()) {
            fail(section.key_line, "`" + key + "` before the first case");
        } else if (key == "query") {
            cases_.back().query = section.body;
        } else if (key == "parameters") {
            cases_.back().parameters = section.value;
        } else if (key == "optimizations off") {
            for (const std::string& name : split(section.value, ',')) {
                cases_.back().optimizations_off.emplace_back(trim(name));
            }
        } else if (is_expectation(key)) {
            cases_.back().expectations.push_back(section);
        } else {
            fail(section.key_line, "there is no section `" + key + "`");
        }
    }
    for (const Case& test : cases_) {
        if (test.query.empty()) fail(test.line, "the case has no query");
        const auto twins = std::count_if(cases_.begin(), cases_.end(),
                                         [&](const Case& other) { return other.name == test.name; });
        if (twins > 1) fail(test.line, "another case has this name");
    }
}

std::string TestFile::with(const std::vector<std::vector<Section>>& updated) const {
    std::vector<bool> replaced(lines_.size(), false);
    std::vector<std::string> added(lines_.size());  // behind each line
    for (std::size_t c = 0; c < cases_.size(); ++c) {
        for (const Section& old : cases_[c].expectations) {
            std::fill(replaced.begin() + static_cast<std::ptrdiff_t>(old.key_line),
                      replaced.begin() + static_cast<std::ptrdiff_t>(old.last_line), true);
        }
        // Behind what the case asks.
        std::size_t last_line = 0;
        for (const Section& section : sections_) {
            const bool later = c + 1 < cases_.size() && section.key_line >= cases_[c + 1].line;
            const bool asks = !is_expectation(section.key) && section.key != "graph";
            if (section.key_line >= cases_[c].line && !later && asks) last_line = section.last_line;
        }
        for (const Section& section : updated[c]) {
            std::string& text = added[last_line - 1];
            text += section.key + ":" + (section.value.empty() ? "" : " " + section.value) + "\n";
            for (const std::string& line : split(section.body, '\n'))
                text += (line.empty() ? "" : "  " + line) + "\n";
        }
    }
    std::string text;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (!replaced[i]) text += lines_[i] + "\n";
        text += added[i];
    }
    return text;
}

}  // namespace islet::cypher_test
