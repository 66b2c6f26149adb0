// Which references an answer or a result has.
#include "islet/references.hpp"

#include "islet/export.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace islet {

namespace {

/// The first number of `113-115`; 0 if there is none.
std::uint64_t first_number(std::string_view text) {
    std::uint64_t number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') break;
        number = number * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return number;
}

struct ByNumber {
    bool operator()(const std::string& a, const std::string& b) const {
        return std::pair(first_number(a), std::string_view(a)) <
               std::pair(first_number(b), std::string_view(b));
    }
};

/// Lower-case letters and digits, with a hyphen for anything between.
std::string slug(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9')) {
            result += lower;
        } else if (!result.empty() && result.back() != '-') {
            result += '-';
        }
    }
    while (result.ends_with('-')) result.pop_back();
    return result;
}

std::string text_of(const Value& value) {
    if (value.is_null()) return {};
    if (value.kind() == Kind::string) return std::string(value.as_string());
    if (value.kind() == Kind::list) {
        std::string text;
        for (const Value& item : value.as_list()) text += (text.empty() ? "" : ",") + text_of(item);
        return text;
    }
    return json_text(value, Snapshot());
}

class Collector {
 public:
    explicit Collector(const KnowledgeBase& base) : base_(base) {}

    void add(const Citation& citation) {
        if (citation.document.empty()) return;
        auto& lines = found_[{citation.document, citation.section, citation.date}];
        std::string_view rest = citation.lines;
        while (!rest.empty()) {
            const std::size_t comma = std::min(rest.find(','), rest.size());
            std::string_view line = rest.substr(0, comma);
            while (line.starts_with(' ')) line.remove_prefix(1);
            while (line.ends_with(' ')) line.remove_suffix(1);
            if (!line.empty()) lines.emplace(line);
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
    }

    /// `find` gives the value of a property, null if there is none.
    template <class Find>
    void add_evidence(Find find) {
        const auto& evidence = base_.schema().evidence;
        if (evidence.empty()) return;
        add(Citation{text_of(find(evidence.front())), text_of(find("section")), text_of(find("lines")),
                     text_of(find("date"))});
    }

    void add_values(const Value& value, const Snapshot& snapshot) {
        const auto thing = [&](auto id) {
            add_evidence([&](std::string_view key) {
                const auto known = snapshot.find_key(key);
                return known ? snapshot.property(id, *known) : Value();
            });
        };
        switch (value.kind()) {
            case Kind::node:
                return thing(value.as_node());
            case Kind::relationship:
                return thing(value.as_relationship());
            case Kind::path:
                for (const NodeId node : value.as_path().nodes) thing(node);
                for (const RelId rel : value.as_path().relationships) thing(rel);
                return;
            case Kind::list:
                for (const Value& item : value.as_list()) add_values(item, snapshot);
                return;
            case Kind::map:
                add_evidence([&](std::string_view key) {
                    const Value* found = value.as_map().find(key);
                    return found == nullptr ? Value() : *found;
                });
                for (const auto& [key, item] : value.as_map().entries()) add_values(item, snapshot);
                return;
            default:
                return;
        }
    }

    std::vector<Reference> finish() const {
        std::vector<Reference> result;
        for (const auto& [place, lines] : found_) {
            const auto& [document, section, date] = place;
            const Document* known = nullptr;
            for (const Document& candidate : base_.documents()) {
                if (candidate.name == document) known = &candidate;
            }
            result.push_back({{},
                              document,
                              known == nullptr ? std::string() : known->publisher,
                              section,
                              date,
                              {lines.begin(), lines.end()}});
        }
        std::stable_sort(result.begin(), result.end(), [](const Reference& a, const Reference& b) {
            if (a.document != b.document) return a.document < b.document;
            return first_line(a) < first_line(b);
        });
        std::set<std::string> keys;
        for (Reference& reference : result) {
            std::string key = slug(reference.document + " " + reference.section);
            if (key.empty()) key = "source";
            for (int n = 2; !keys.insert(key).second; ++n) {
                key = slug(reference.document + " " + reference.section) + "-" + std::to_string(n);
            }
            reference.key = std::move(key);
        }
        return result;
    }

 private:
    static std::uint64_t first_line(const Reference& reference) {
        return reference.lines.empty() ? 0 : first_number(reference.lines.front());
    }

    const KnowledgeBase& base_;
    std::map<std::tuple<std::string, std::string, std::string>, std::set<std::string, ByNumber>> found_;
};

}  // namespace

std::vector<Reference> references(const KnowledgeBase& base, const Answer& answer) {
    Collector collector(base);
    for (const AnswerTier& tier : answer.answers) {
        for (const AnswerRow& row : tier.rows) {
            for (const Citation& citation : row.sources) collector.add(citation);
        }
    }
    return collector.finish();
}

std::vector<Reference> references(const KnowledgeBase& base, const Result& result) {
    Collector collector(base);
    const auto& columns = result.columns();
    const auto sources = std::find(columns.begin(), columns.end(), "sources");
    for (const Row row : result) {
        if (sources != columns.end()) {
            collector.add_values(row[static_cast<std::size_t>(sources - columns.begin())], result.snapshot());
            continue;
        }
        for (const Value& value : row) collector.add_values(value, result.snapshot());
        collector.add_evidence([&](std::string_view key) {
            const auto at = std::find(columns.begin(), columns.end(), key);
            return at == columns.end() ? Value() : row[static_cast<std::size_t>(at - columns.begin())];
        });
    }
    return collector.finish();
}

}  // namespace islet
