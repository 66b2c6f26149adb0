#include "check.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "islet/graph.hpp"
#include "switches.hpp"

namespace islet::oracle {
namespace {

std::string float_cell(double value, bool exact) {
    if (value == 0) value = 0;  // also of -0.0
    char digits[64];
    const std::string text(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
    return exact ? "float " + text : text;
}

std::string list_cell(std::vector<std::string> elements, bool bag) {
    if (bag) std::sort(elements.begin(), elements.end());
    std::string text = "[";
    for (std::size_t i = 0; i < elements.size(); ++i) text += (i == 0 ? "" : ", ") + elements[i];
    return text + "]";
}

std::string node_cell(const std::string& uid) {
    return "(" + uid + ")";
}
std::string rel_cell(const std::string& uid) {
    return "-" + uid + "-";
}

/// Of the engine's values.
struct EngineCells {
    const Snapshot& snapshot;
    std::optional<KeyId> uid;
    bool exact;

    std::string uid_text(auto id) const {
        const Value value = uid ? snapshot.property(id, *uid) : Value();
        return value.kind() == Kind::integer ? std::to_string(value.as_int()) : "?";
    }
    std::string operator()(const Value& value, bool bag) const {
        switch (value.kind()) {
            case Kind::null:
                return "null";
            case Kind::boolean:
                return value.as_bool() ? "true" : "false";
            case Kind::integer:
                return exact ? std::to_string(value.as_int())
                             : float_cell(static_cast<double>(value.as_int()), false);
            case Kind::floating:
                return float_cell(value.as_double(), exact);
            case Kind::string:
                return "'" + std::string(value.as_string()) + "'";
            case Kind::list: {
                std::vector<std::string> elements;
                for (const Value& element : value.as_list()) elements.push_back((*this)(element, false));
                return list_cell(std::move(elements), bag);
            }
            case Kind::node:
                return node_cell(uid_text(value.as_node()));
            case Kind::relationship:
                return rel_cell(uid_text(value.as_relationship()));
            case Kind::path: {
                const Path& path = value.as_path();
                std::string text = node_cell(uid_text(path.nodes.front()));
                for (std::size_t i = 0; i < path.relationships.size(); ++i) {
                    text +=
                        rel_cell(uid_text(path.relationships[i])) + node_cell(uid_text(path.nodes[i + 1]));
                }
                return text;
            }
            default:
                return "a value of another kind";
        }
    }
};

/// Of the oracle's.
struct OracleCells {
    const Graph& graph;
    bool exact;

    std::string node(NodeRef at) const {
        return node_cell(std::to_string(uid_of(graph.nodes[at.at].properties)));
    }
    std::string rel(RelRef at) const {
        return rel_cell(std::to_string(uid_of(graph.rels[at.at].properties)));
    }
    std::string operator()(const Datum& value, bool bag) const {
        if (const auto* whole = value.as<std::int64_t>()) {
            return exact ? std::to_string(*whole) : float_cell(static_cast<double>(*whole), false);
        }
        if (const auto* number = value.as<double>()) return float_cell(*number, exact);
        if (const auto* text = value.as<std::string>()) return "'" + *text + "'";
        if (const auto* list = value.as<Data>()) {
            std::vector<std::string> elements;
            for (const Datum& element : *list) elements.push_back((*this)(element, false));
            return list_cell(std::move(elements), bag);
        }
        if (const auto* at = value.as<NodeRef>()) return node(*at);
        if (const auto* at = value.as<RelRef>()) return rel(*at);
        if (const auto* walk = value.as<Walk>()) {
            std::string text = node(walk->nodes.front());
            for (std::size_t i = 0; i < walk->rels.size(); ++i) {
                text += rel(walk->rels[i]) + node(walk->nodes[i + 1]);
            }
            return text;
        }
        if (const auto* yes = value.as<bool>()) return *yes ? "true" : "false";
        return "null";
    }
};

std::optional<Mismatch> compare(Session& session, const Case& one, const std::string& text,
                                const Table& table, std::span<const Setting> settings, Verdict& verdict) {
    const bool exact = !merges_equal_values(one.query);
    std::vector<Cells> expected = cells_of(table, one.graph, exact);
    if (!table.ordered) std::sort(expected.begin(), expected.end());
    for (const Setting& setting : settings) {
        apply_setting(session, setting);
        const Expected<Result> result = session.run(text);
        if (!result) {
            const Error& error = result.error();
            if (error.detail == "Timeout") {
                verdict.slow = true;
                continue;
            }
            if (one.query.may_fail && error.phase == "runtime") {
                verdict.skipped = true;
                continue;
            }
            return Mismatch{setting.name, text_of(expected), render(error, text),
                            error.kind + " " + error.detail};
        }
        std::vector<Cells> got = cells_of(*result, table.bags, exact);
        if (!table.ordered) std::sort(got.begin(), got.end());
        if (got != expected) return Mismatch{setting.name, text_of(expected), text_of(got), ""};
    }
    return std::nullopt;
}

}  // namespace

const std::vector<Setting>& all_settings() {
    static const std::vector<Setting> settings = [] {
        std::vector<Setting> out = {{"every optimization on", {}}};
        std::vector<std::string> all;
        for (const std::string_view name : query::optimization_names()) {
            out.push_back({"without " + std::string(name), {std::string(name)}});
            all.emplace_back(name);
        }
        out.push_back({"without any optimization", all});
        return out;
    }();
    return settings;
}

const std::vector<Setting>& two_settings() {
    static const std::vector<Setting> settings = {all_settings().front(), all_settings().back()};
    return settings;
}

void apply_setting(Session& session, const Setting& setting) {
    for (const std::string_view name : query::optimization_names()) {
        const bool off = std::find(setting.off.begin(), setting.off.end(), name) != setting.off.end();
        if (!session.set_optimization(name, !off)) throw std::logic_error("no such optimization");
    }
    // With every optimization on, threads share even the shortest query.
    session.set_threads(setting.off.empty() ? 2 : 1, std::chrono::nanoseconds(0));
}

std::vector<Cells> cells_of(const Result& result, const std::vector<bool>& bags, bool exact) {
    const EngineCells cell{result.snapshot(), result.snapshot().find_key("uid"), exact};
    std::vector<Cells> rows;
    for (const Row row : result) {
        Cells& cells = rows.emplace_back();
        for (std::size_t i = 0; i < row.size(); ++i)
            cells.push_back(cell(row[i], i < bags.size() && bags[i]));
    }
    return rows;
}

std::vector<Cells> cells_of(const Table& table, const Graph& graph, bool exact) {
    const OracleCells cell{graph, exact};
    std::vector<Cells> rows;
    for (const Data& row : table.rows) {
        Cells& cells = rows.emplace_back();
        for (std::size_t i = 0; i < row.size(); ++i) cells.push_back(cell(row[i], table.bags[i]));
    }
    return rows;
}

std::string text_of(const std::vector<Cells>& rows) {
    std::string text = std::to_string(rows.size()) + (rows.size() == 1 ? " row" : " rows");
    std::size_t shown = 0;
    for (const Cells& row : rows) {
        if (++shown > 30) return text + "\n  …";
        text += "\n  |";
        for (const std::string& cell : row) text += " " + cell + " |";
    }
    return text;
}

Verdict check(const Case& one, Database& database, std::span<const Setting> settings) {
    Verdict verdict;
    const std::string text = to_text(one.query);
    Session session = database.session();
    Limits limits;
    limits.timeout = std::chrono::seconds(5);
    session.set_limits(limits);
    try {
        const Table table = answer(one.graph, one.query);
        verdict.rows = table.rows.size();
        verdict.mismatch = compare(session, one, text, table, settings, verdict);
    } catch (const TypeFailure&) {
        verdict.skipped = true;
    } catch (const TooMuch&) {
        verdict.skipped = true;
    }
    return verdict;
}

Verdict check(Case one, std::span<const Setting> settings) {
    Database database = load(one.graph, one.storage);
    return check(one, database, settings);
}

std::string report(const Case& one, const Mismatch& mismatch) {
    const std::string graph = create_text(one.graph);
    return "The engine, " + mismatch.setting + ", on a graph " + storage_name(one.storage) + ":\n" +
           (graph.empty() ? "(no nodes)" : graph) + "\n--- query\n" + to_text(one.query) +
           "\n--- the naive matcher\n" + mismatch.expected + "\n--- the engine\n" + mismatch.got + "\n---";
}

}  // namespace islet::oracle
