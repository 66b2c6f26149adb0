#include "view.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

extern char** environ;

namespace islet::cli {

namespace {

Error failed(std::string message, std::string hint = {}) {
    return Error{"22000", "ArgumentError", "runtime", "CannotView", std::move(message),
                 {},      std::move(hint), {}};
}

void add_texts(const Value& value, std::set<std::string, std::less<>>& texts) {
    if (value.kind() == Kind::string) texts.emplace(value.as_string());
    if (value.kind() == Kind::list) {
        for (const Value& element : value.as_list()) add_texts(element, texts);
    }
    if (value.kind() == Kind::map) {
        for (const auto& [key, member] : value.as_map().entries()) add_texts(member, texts);
    }
}

/// A new file among the temporary ones whose name ends so.
Expected<std::string> temporary_file(const std::string& ending) {
    std::error_code failure;
    const auto folder = std::filesystem::temp_directory_path(failure);
    std::string path = ((failure ? "/tmp" : folder) / ("islet-XXXXXX" + ending)).string();
    const int file = ::mkstemps(path.data(), static_cast<int>(ending.size()));
    if (file < 0) return failed("cannot write to " + folder.string());
    ::close(file);
    return path;
}

/// Runs Graphviz's dot on a text. Says why it failed; empty when it did not.
std::string draw(const std::string& dot, const std::string& format, const std::string& path) {
    const auto input = temporary_file(".dot");
    if (!input) return input.error().message;
    std::ofstream(*input, std::ios::binary) << dot;
    std::vector<std::string> words{"dot", "-T" + format, "-o", path, *input};
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t process = 0;
    const int failure = ::posix_spawnp(&process, "dot", nullptr, nullptr, arguments.data(), environ);
    int status = 0;
    if (failure == 0) {
        while (::waitpid(process, &status, 0) < 0 && errno == EINTR) continue;
    }
    std::error_code ignored;
    std::filesystem::remove(*input, ignored);
    if (failure != 0) return "Graphviz's `dot` cannot be started";
    return status == 0 ? std::string() : "Graphviz's `dot` failed";
}

}  // namespace

Subgraph subgraph_of_result(const Rows& rows) {
    Subgraph graph = subgraph_of(rows.snapshot, rows.values);
    const auto key = rows.snapshot.find_key("name");
    if (!graph.nodes.empty() || !key) return graph;
    std::set<std::string, std::less<>> texts;
    for (const Value& value : rows.values) add_texts(value, texts);
    std::vector<NodeId> named;
    for (std::uint32_t i = 0; i < rows.snapshot.node_bound(); ++i) {
        if (!rows.snapshot.contains(NodeId{i})) continue;
        const Value name = rows.snapshot.property(NodeId{i}, *key);
        if (name.kind() == Kind::string && texts.contains(name.as_string())) named.push_back(NodeId{i});
    }
    return neighbourhood(rows.snapshot, named, 0);
}

Expected<std::string> write_view(const Rows& rows, std::string path) {
    const Subgraph graph = subgraph_of_result(rows);
    if (graph.nodes.empty()) {
        return failed("the last result holds no nodes and names none",
                      "return nodes, relationships or paths, as in MATCH p = (a)-[r]->(b) RETURN p");
    }
    if (path.empty()) {
        auto made = temporary_file(".svg");
        if (!made) return made.error();
        path = *made;
    }
    const std::string ending = std::filesystem::path(path).extension().string();
    std::ostringstream text;
    if (ending == ".svg" || ending == ".png" || ending == ".pdf") {
        write_dot(graph, text);
        const std::string why = draw(text.str(), ending.substr(1), path);
        if (!why.empty())
            return failed("cannot draw '" + path + "': " + why, "a .dot file needs no Graphviz");
        return path;
    }
    if (ending == ".dot" || ending == ".gv") {
        write_dot(graph, text);
    } else if (ending == ".json") {
        write_json(graph, text);
    } else if (ending == ".graphml") {
        write_graphml(graph, text);
    } else {
        return failed("the name '" + path + "' tells no format",
                      "end it in .svg, .png, .pdf, .dot, .json or .graphml");
    }
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text.str();
    if (!file.flush()) return failed("cannot write '" + path + "'");
    return path;
}

}  // namespace islet::cli
