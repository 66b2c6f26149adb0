#include "help_examples.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace islet::cli {

namespace {

struct SubcommandExamples {
    std::string_view path;  ///< of the subcommand: "export", "kb check"
    std::string_view text;
};

constexpr std::array subcommand_examples{
    SubcommandExamples{"",
                       R"help(Without a subcommand: an interactive shell, or, from a pipe, its lines in order.
`islet help SUBCOMMAND` tells more, with examples.
Examples:
  islet
  islet ask "which drugs target mTOR?"
  islet query "MATCH (d:Drug) RETURN d.name ORDER BY d.name"
  islet export --around everolimus -o everolimus.graphml)help"},
    SubcommandExamples{"ask", R"help(Examples:
  islet ask side effects of everolimus
  islet ask --format json "which drugs target mTOR?"
  islet ask --batch questions.txt > answers.jsonl)help"},
    SubcommandExamples{"query", R"help(Examples:
  islet query "MATCH (n) RETURN labels(n), count(*)"
  islet query --format csv -P name=everolimus "MATCH (d {name: \$name})-->(x) RETURN x.name"
  islet query -f script.cypher --params values.json --timeout 30s
  islet query --db mine.islet --create "CREATE (:Drug {name: 'everolimus'})"
  echo "RETURN 1 + 1 AS two" | islet query --format json)help"},
    SubcommandExamples{"export", R"help(Without --query and --around: the whole graph.
Examples:
  islet export -o graph.graphml                               # for Gephi, yEd, NetworkX
  islet export --around everolimus --hops 2 -o everolimus.html  # a page to explore, offline
  islet export --around HIF2a -o hif2a.svg                    # a picture
  islet export --query "MATCH p = (:Drug)-[:HAS_TARGET]->() RETURN p" -o targets.ttl
  islet export --db mine.islet --format csv -o folder/        # nodes.csv and relationships.csv
  islet export --format json -o - | jq '.nodes | length')help"},
    SubcommandExamples{"cite", R"help(Examples:
  islet cite "What is the target of belzutifan?"
  islet cite --format bibtex side effects of everolimus > sources.bib
  islet cite --format csl-json --query "MATCH (d:Drug)-[:HAS_TARGET]->(t) RETURN d, t")help"},
    SubcommandExamples{"capsule", R"help(Examples:
  islet capsule run --question "What is the target of belzutifan?" -o target.json
  islet capsule verify target.json
`islet help capsule run` and `islet help capsule verify` tell more.)help"},
    SubcommandExamples{"capsule run", R"help(Examples:
  islet capsule run --question "What is the target of belzutifan?" -o target.json
  islet capsule run -P name=everolimus --query "MATCH (d {name: \$name})-[:HAS_TARGET]->(t) RETURN t.name")help"},
    SubcommandExamples{"capsule verify", R"help(The exit code is 0 if the answer is the same, 1 if it is not.
Examples:
  islet capsule verify target.json
  islet capsule verify --db newer-base/ target.json)help"},
    SubcommandExamples{"check", R"help(The exit code is 0 if there are no faults, 1 if there are.
Examples:
  islet check mine.islet)help"},
    SubcommandExamples{"compact", R"help(Examples:
  islet compact mine.islet)help"},
    SubcommandExamples{"import", R"help(Examples:
  islet import people.csv knows.csv -o social.islet           # columns tell nodes from relationships
  islet import Person=people.csv KNOWS=knows.csv -o social.islet
  islet import graph.graphml -o graph.islet
  islet import --skip-bad bad.jsonl nodes.jsonl edges.jsonl -o kg.islet)help"},
    SubcommandExamples{"dump", R"help(Examples:
  islet dump --db mine.islet -o mine.jsonl
  islet dump --db mine.islet --format cypher | less)help"},
    SubcommandExamples{"restore", R"help(Examples:
  islet restore mine.jsonl -o copy.islet
  islet dump --db mine.islet | islet restore - -o copy.islet)help"},
    SubcommandExamples{"kb", R"help(Examples:
  islet kb check
  islet kb check my-base/ && islet ask --db my-base/ "which drugs target mTOR?")help"},
    SubcommandExamples{"kb check", R"help(The exit code is 0 if there are no faults, 1 if there are.
Examples:
  islet kb check                     # the built-in knowledge base
  islet kb check my-base/            # a folder with a schema.json)help"},
};

}  // namespace

void add_examples(CLI::App& top) {
    for (const SubcommandExamples& each : subcommand_examples) {
        CLI::App* app = &top;
        std::string_view rest = each.path;
        while (!rest.empty()) {
            const std::size_t blank = std::min(rest.find(' '), rest.size());
            app = app->get_subcommand(std::string(rest.substr(0, blank)));
            rest.remove_prefix(std::min(blank + 1, rest.size()));
        }
        app->footer(std::string(each.text));
    }
}

std::vector<std::string> help_as_option(std::vector<std::string> arguments) {
    if (arguments.empty() || arguments.front() != "help") return arguments;
    arguments.erase(arguments.begin());
    arguments.emplace_back("--help");
    return arguments;
}

}  // namespace islet::cli
