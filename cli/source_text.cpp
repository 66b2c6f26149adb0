#include "source_text.hpp"

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "graph_words.hpp"
#include "islet/text.hpp"
#include "terminal.hpp"
#include "text_width.hpp"

namespace islet::cli {

namespace {

/// The statements of one document in one state of the graph.
class Collector {
 public:
    Collector(const KnowledgeBase& base, const Snapshot& snapshot, const Document& document)
        : schema_(base.schema()), snapshot_(snapshot), document_(document) {
        source_ = snapshot.find_key("source");
    }

    std::vector<SaidStatement> collect() {
        if (!source_) return {};
        for (std::uint32_t i = 0; i < snapshot_.rel_bound(); ++i) {
            if (!snapshot_.contains(RelId{i}) || !is_ours(snapshot_.property(RelId{i}, *source_))) continue;
            const Ends ends = snapshot_.ends(RelId{i});
            add(name_of(ends.source), std::string(snapshot_.name(ends.type)), name_of(ends.target),
                snapshot_.properties(RelId{i}));
        }
        for (const RelationRule& rule : schema_.relations) {
            if (rule.reified()) add_reified(rule);
        }
        std::stable_sort(said_.begin(), said_.end(), [](const SaidStatement& a, const SaidStatement& b) {
            const auto place = [](const SaidStatement& said) {
                return std::tuple(said.section, std::atoi(said.lines.c_str()), std::string_view(said.subject),
                                  std::string_view(said.relation), std::string_view(said.object));
            };
            return place(a) < place(b);
        });
        return std::move(said_);
    }

 private:
    [[nodiscard]] bool is_ours(const Value& source) const {
        return source.kind() == Kind::string && source.as_string() == document_.name;
    }

    void add_reified(const RelationRule& rule) {
        const auto label = snapshot_.find_label(rule.reified_label);
        const auto from = snapshot_.find_type(rule.name);
        const auto to = snapshot_.find_type(rule.reified_object);
        if (!label || !from || !to) return;
        std::vector<NodeId> nodes;
        snapshot_.scan(*label, NodeId{0}, SIZE_MAX, nodes);
        for (const NodeId node : nodes) {
            if (!is_ours(snapshot_.property(node, *source_))) continue;
            for (const NodeId subject : snapshot_.neighbours(node, *from, Direction::in).nodes) {
                for (const NodeId object : snapshot_.neighbours(node, *to, Direction::out).nodes) {
                    add(name_of(subject), rule.name, name_of(object), snapshot_.properties(node));
                }
            }
        }
    }

    [[nodiscard]] std::string name_of(NodeId node) const {
        for (const std::string_view key : {"name", "title", "id"}) {
            const auto id = snapshot_.find_key(key);
            if (!id) continue;
            const Value value = snapshot_.property(node, *id);
            if (value.kind() == Kind::string) return std::string(value.as_string());
        }
        return to_text(Value(node), snapshot_);
    }

    void add(std::string subject, std::string relation, std::string object,
             const std::vector<std::pair<KeyId, Value>>& properties) {
        SaidStatement said{SIZE_MAX, {}, std::move(subject), std::move(relation), std::move(object), {}};
        for (const auto& [id, value] : properties) {
            const std::string key(snapshot_.name(id));
            const bool evidence =
                std::find(schema_.evidence.begin(), schema_.evidence.end(), key) != schema_.evidence.end();
            if (key == "lines" && value.kind() == Kind::string) said.lines = value.as_string();
            if (key == "section" && value.kind() == Kind::string)
                said.section = section_named(value.as_string());
            if (!evidence) said.qualifiers.set(key, value);
        }
        said_.push_back(std::move(said));
    }

    [[nodiscard]] std::size_t section_named(std::string_view title) const {
        for (std::size_t i = 0; i < document_.sections.size(); ++i) {
            if (document_.sections[i].title == title) return i;
        }
        return SIZE_MAX;
    }

    const Schema& schema_;
    const Snapshot& snapshot_;
    const Document& document_;
    std::optional<KeyId> source_;
    std::vector<SaidStatement> said_;
};

std::string qualifier_text(const SaidStatement& said, const Snapshot& snapshot) {
    std::string text;
    for (const auto& [key, value] : said.qualifiers.entries()) {
        if (key == "assertion") continue;
        std::string shown;
        if (value.kind() == Kind::list) {
            for (const Value& element : value.as_list()) {
                shown += (shown.empty() ? "" : ", ") + to_display(element, snapshot);
            }
        } else {
            shown = to_display(value, snapshot);
        }
        text += (text.empty() ? " (" : "; ") + key + ": " + shown;
    }
    return text.empty() ? text : text + ")";
}

}  // namespace

const Document* find_document(const KnowledgeBase& base, std::string_view name) {
    const auto alike = [&](std::string_view other) {
        return other.size() == name.size() && begins_alike(other, name);
    };
    for (const Document& document : base.documents()) {
        if (alike(document.name) || alike(document.id) ||
            std::any_of(document.synonyms.begin(), document.synonyms.end(), alike)) {
            return &document;
        }
    }
    return nullptr;
}

std::vector<SaidStatement> said_by(const KnowledgeBase& base, const Snapshot& snapshot,
                                   const Document& document) {
    return Collector(base, snapshot, document).collect();
}

std::string source_text(const Document& document, const std::vector<SaidStatement>& statements,
                        const Snapshot& snapshot, std::size_t width, bool colour) {
    std::string text = painted(document.name, Paint::header, colour);
    if (!document.date.empty()) text += " (" + document.date + ")";
    text += ", " + std::to_string(statements.size()) +
            (statements.size() == 1 ? " statement\n" : " statements\n");
    std::size_t widest = 0;
    for (const SaidStatement& said : statements) widest = std::max(widest, width_of(said.lines));
    const std::size_t indent = widest + 4;
    for (std::size_t i = 0; i < statements.size(); ++i) {
        const SaidStatement& said = statements[i];
        if (i == 0 || said.section != statements[i - 1].section) {
            const std::string title =
                said.section == SIZE_MAX ? "without a section" : document.sections[said.section].title;
            text += "\n" + painted(one_line(title), Paint::header, colour) + "\n";
        }
        const std::string line = one_line(said.subject) + " ─[" + said.relation + "]→ " +
                                 one_line(said.object) + one_line(qualifier_text(said, snapshot));
        constexpr std::size_t least = 24;
        const std::size_t room = width >= indent + least ? width - indent : SIZE_MAX / 2;
        std::string before = "  " + painted(said.lines, Paint::dim, colour) +
                             std::string(widest - width_of(said.lines) + 2, ' ');
        for (const std::string& part : wrapped(line, room)) {
            text += before + part + "\n";
            before.assign(indent, ' ');
        }
    }
    return text;
}

}  // namespace islet::cli
