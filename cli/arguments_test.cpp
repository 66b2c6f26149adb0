#include "arguments.hpp"

#include <catch2/catch.hpp>
#include <sstream>

using namespace islet;
using namespace islet::cli;

namespace {

struct Outcome {
    std::variant<Invocation, ExitCode> result;
    std::string out;
    std::string err;

    [[nodiscard]] ExitCode code() const { return std::get<ExitCode>(result); }
    template <class T>
    [[nodiscard]] const T& command() const {
        return std::get<T>(std::get<Invocation>(result).command);
    }
};

Outcome parse(const std::vector<std::string>& arguments) {
    std::ostringstream out;
    std::ostringstream err;
    auto result = parse_arguments(arguments, out, err);
    return {std::move(result), out.str(), err.str()};
}

}  // namespace

TEST_CASE("no arguments open the shell on the built-in base") {
    CHECK_FALSE(parse({}).command<ShellArguments>().base);
    CHECK(parse({"some.islet"}).command<ShellArguments>().base == "some.islet");
    CHECK(parse({"--format", "json"}).command<ShellArguments>().format == Format::json);
}

TEST_CASE("import names its sources and their formats") {
    const auto arguments =
        parse({"import", "Person=people.csv", "a/b=c.csv", "-o", "g.islet", "--delimiter", "tab"})
            .command<ImportArguments>();
    REQUIRE(arguments.sources.size() == 2);
    CHECK(arguments.sources[0].name == "Person");
    CHECK(arguments.sources[0].path == "people.csv");
    CHECK(arguments.sources[1].path == "a/b=c.csv");
    CHECK(arguments.delimiter == '\t');
    CHECK(arguments.infer_types);
    CHECK_FALSE(arguments.script);
    const auto named =
        parse({"import", "x", "-o", "g.islet", "--format", "turtle"}).command<ImportArguments>();
    CHECK(named.sources[0].format == ImportFormat::turtle);
    CHECK(parse({"restore", "d.cypher", "-o", "g.islet"}).command<ImportArguments>().script);
    CHECK(parse({"restore", "-", "-o", "g.islet"}).command<ImportArguments>().sources[0].format ==
          ImportFormat::jsonl);
    CHECK(parse({"restore", "x", "-o", "g.islet", "--format", "csv"}).code() == ExitCode::usage);
    CHECK(parse({"import", "x"}).code() == ExitCode::usage);
    CHECK(parse({"dump", "-o", "d.cypher"}).command<DumpArguments>().format == DumpFormat::cypher);
    CHECK(parse({"dump"}).command<DumpArguments>().output == "-");
}

TEST_CASE("a question need not be quoted") {
    const Outcome outcome = parse({"ask", "--format", "json", "targeted", "drugs", "for pNET"});
    CHECK(outcome.command<AskArguments>().question == "targeted drugs for pNET");
    CHECK(outcome.command<AskArguments>().json);
    CHECK(parse({"ask", "--db", "kb/pnet", "what?"}).command<AskArguments>().base == "kb/pnet");
    CHECK(parse({"ask", "--explain", "what?"}).command<AskArguments>().explain);
    CHECK(parse({"ask", "--batch", "-"}).command<AskArguments>().batch == "-");
}

TEST_CASE("all options of a query") {
    const Outcome outcome = parse({"query", "-P", "a=1", "--param", "b=VHL", "--format", "jsonl", "--timeout",
                                   "30s", "--memory", "2G", "--read-only", "--no-color", "RETURN $a"});
    const auto& query = outcome.command<QueryArguments>();
    CHECK(query.text == "RETURN $a");
    CHECK(query.parameters == Parameters{{"a", 1}, {"b", "VHL"}});
    CHECK(query.format == Format::jsonl);
    CHECK(query.limits.timeout == std::chrono::seconds(30));
    CHECK(query.limits.memory == std::uint64_t{2} << 30);
    CHECK(query.read_only);
    CHECK_FALSE(std::get<Invocation>(outcome.result).allow_colour);
    CHECK(parse({"query", "-f", "-"}).command<QueryArguments>().script_file == "-");
}

TEST_CASE("an export's format follows from its name") {
    CHECK(parse({"export", "-o", "a.json"}).command<ExportArguments>().format == GraphFormat::json);
    CHECK(parse({"export", "-o", "a.b.graphml"}).command<ExportArguments>().format == GraphFormat::graphml);
    CHECK(parse({"export", "-o", "a.gv"}).command<ExportArguments>().format == GraphFormat::dot);
    CHECK(parse({"export", "-o", "folder/"}).command<ExportArguments>().format == GraphFormat::csv);
    CHECK(parse({"export", "--format", "dot", "-o", "-"}).command<ExportArguments>().format ==
          GraphFormat::dot);
    const auto around = parse({"export", "--around", "VHL", "--hops", "2", "-o", "a.json"});
    CHECK(around.command<ExportArguments>().around == "VHL");
    CHECK(around.command<ExportArguments>().hops == 2);
}

TEST_CASE("help and version are data, and fine") {
    const Outcome version = parse({"--version"});
    CHECK(version.code() == ExitCode::fine);
    CHECK(version.out.starts_with("islet "));
    CHECK(version.err.empty());
    for (const auto& arguments :
         {std::vector<std::string>{"--help"}, {"query", "--help"}, {"kb", "check", "--help"}}) {
        const Outcome help = parse(arguments);
        CHECK(help.code() == ExitCode::fine);
        CHECK(help.out.find("--help") != std::string::npos);
        CHECK(help.err.empty());
    }
}

TEST_CASE("wrong usage says what is wrong and what was meant") {
    const auto refused = [](const std::vector<std::string>& arguments, std::string_view part) {
        const Outcome outcome = parse(arguments);
        INFO(outcome.err);
        REQUIRE(std::holds_alternative<ExitCode>(outcome.result));
        CHECK(outcome.code() == ExitCode::usage);
        CHECK(outcome.out.empty());
        CHECK(outcome.err.find(part) != std::string::npos);
    };
    refused({"qurey", "RETURN 1"}, "did you mean 'query'?");
    refused({"frobnicate"}, "there are ask, query, ");
    refused({"query", "--format", "jason", "RETURN 1"}, "did you mean 'json'?");
    refused({"query", "MATCH", "(n)"}, "quote it");
    refused({"query", "--timeout", "soon", "RETURN 1"}, "--timeout takes a time");
    refused({"query", "--memory", "much", "RETURN 1"}, "--memory takes a size");
    refused({"query", "-P", "novalue", "RETURN 1"}, "-P takes name=value");
    refused({"query", "-f", "a.cypher", "RETURN 1"}, "not both");
    refused({"query", "--frobnicate"}, "--frobnicate");
    refused({"ask"}, "QUESTION");
    refused({"ask", "--batch", "questions.txt", "and", "one"}, "not both");
    refused({"ask", "--batch", "-", "--format", "text"}, "JSON");
    refused({"ask", "--format", "yaml", "x"}, "text, json");
    refused({"export"}, "--output");
    refused({"export", "-o", "-"}, "add --format");
    refused({"export", "-o", "a.jpeg"}, "unknown graph format 'jpeg'");
    refused({"export", "--around", "x", "--query", "RETURN 1", "-o", "a.json"}, "excludes");
    refused({"kb"}, "subcommand");
}
