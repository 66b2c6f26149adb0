// Files by themselves: what goes in comes out, and what is not allowed says why.
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "file_workload.hpp"
#include "islet/error.hpp"

using namespace islet;
using namespace islet::test;

namespace {

template <class Call>
Error error_of(Call call) {
    try {
        call();
    } catch (const Exception& exception) {
        return exception.error();
    }
    FAIL("nothing was thrown");
    return {};
}

constexpr OpenOptions making{.access = Access::read_write, .create = true, .verify = true};
constexpr OpenOptions reading{.access = Access::read_only, .create = false, .verify = true};

/// No faults, whatever the notes.
void check_sound(const std::string& path) {
    for (const FileFault& fault : check_file(path).faults) FAIL_CHECK(fault.where << ": " << fault.what);
}

}  // namespace

TEST_CASE("file: what was committed is there when it is opened again") {
    const ScratchFolder folder;
    const std::string path = folder / "graph.islet";
    Workload workload(7);
    for (int round = 0; round < 5; ++round) {
        {
            Graph graph = open_graph(path, making);
            CHECK(Workload::count_in(graph.snapshot()) == workload.played);
            play(workload, graph, 40);
            check_same(workload.model, graph.snapshot());
            check_sound(path);
            // Another reader, with the log.
            check_same(workload.model, open_graph(path, reading).snapshot());
        }
        Graph graph = open_graph(path, reading);
        check_same(workload.model, graph.snapshot());
        check_stats(workload.model, graph.snapshot());
        check_sound(path);
        CHECK_FALSE(std::filesystem::exists(path + "-lock"));
    }
}

TEST_CASE("file: a saved snapshot is the same graph, and every kind of value comes back") {
    const ScratchFolder folder;
    const std::string path = folder / "graph.islet";
    GraphBuilder builder;
    const std::vector<Value> values = {
        true,
        false,
        std::int64_t{INT64_MIN},
        std::int64_t{INT64_MAX},
        -0.0,
        std::nan(""),
        HUGE_VAL,
        "",
        "ä\0b",
        std::string("a\0b", 3),
        List{},
        List{List{List{1, "two"}, 3.0}, Value(), true},
        Date{-1},
        LocalTime{0},
        *parse_time("23:59:59.999999999-18:00"),
        *parse_local_date_time("-999999999-01-01T00:00"),
        *parse_date_time("2024-07-01T12:31:14.5+02:00[Europe/Stockholm]"),
        *parse_date_time("1984-10-11T12:00+01:00"),
        *parse_duration("P-1Y2M-3DT4H5.000000006S"),
    };
    const auto one_column = GENERATE(false, true);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const NodeId node = builder.add_node();
        builder.set_property(node, builder.key(one_column ? "v" : "v" + std::to_string(i)), values[i]);
        const std::size_t rel = builder.add_relationship(node, builder.type("T"), NodeId{0});
        builder.set_relationship_property(rel, builder.key("w"), values[i]);
    }
    Catalog catalog;
    catalog.evidence = {"source", "\"quoted\"\n"};
    builder.set_catalog(catalog);
    const Snapshot before = builder.finish();
    save_graph(before, path);
    check_sound(path);
    const Snapshot after = open_graph(path, reading).snapshot();
    CHECK(difference(before, after) == WriteCounts());
    CHECK(after.catalog() == before.catalog());
    CHECK(after.stats() == before.stats());
    for (std::uint32_t i = 0; i < values.size(); ++i) {
        const KeyId key = *after.find_key(one_column ? "v" : "v" + std::to_string(i));
        CHECK(after.property(NodeId{i}, key) == values[i]);
    }
    CHECK(error_of([&] { save_graph(before, path); }).message.find("there is a file already") !=
          std::string::npos);
    save_graph(Snapshot(), path, true);
    CHECK(open_graph(path, reading).snapshot().node_count() == 0);
}

TEST_CASE("file: a catalog and new names are committed too") {
    const ScratchFolder folder;
    const std::string path = folder / "graph.islet";
    {
        Graph graph = open_graph(path, making);
        Transaction transaction(graph);
        Catalog catalog;
        catalog.evidence = {"source"};
        transaction.set_catalog(catalog);
        transaction.label("Unused");
        transaction.commit();
        const Snapshot other = open_graph(path, reading).snapshot();
        CHECK(other.catalog().evidence == std::vector<std::string>{"source"});
        CHECK(other.find_label("Unused"));
    }
    const Snapshot after = open_graph(path, reading).snapshot();
    CHECK(after.catalog().evidence == std::vector<std::string>{"source"});
    CHECK(after.find_label("Unused"));
}

TEST_CASE("file: a constraint holds for what the log has, in whatever process") {
    const ScratchFolder folder;
    const std::string path = folder / "graph.islet";
    const auto add_drug = [](Graph& graph, const std::string& name) {
        Transaction transaction(graph);
        const NodeId node = transaction.create_node();
        transaction.set_property(node, transaction.key("name"), name);
        transaction.add_label(node, transaction.label("Drug"));
        transaction.commit();
    };
    Graph follower = (open_graph(path, making), open_graph(path, {.access = Access::on_demand}));
    {
        Graph graph = open_graph(path, making);
        add_drug(graph, "everolimus");
        Transaction transaction(graph);
        Catalog catalog;
        catalog.constraints.push_back({.name = "one",
                                       .owner = Owner::node,
                                       .label = "Drug",
                                       .keys = {"name"},
                                       .rule = Constraint::Rule::unique,
                                       .shapes = {}});
        transaction.set_catalog(catalog);
        transaction.commit();
        add_drug(graph, "sunitinib");
        follower.refresh();
        add_drug(graph, "belzutifan");
        follower.refresh();
        std::filesystem::copy_file(path, folder / "copy.islet");
        std::filesystem::copy_file(path + "-log", folder / "copy.islet-log");
    }
    Graph copy = open_graph(folder / "copy.islet");
    for (Graph* graph : {&follower, &copy}) {
        for (const char* name : {"everolimus", "sunitinib", "belzutifan"})
            CHECK(error_of([&] { add_drug(*graph, name); }).kind == "ConstraintValidationFailed");
        add_drug(*graph, "lanreotide");
        CHECK(graph->snapshot().node_count() == 4);
    }
}

TEST_CASE("file: without commit nothing stays") {
    const ScratchFolder folder;
    const std::string path = folder / "graph.islet";
    {
        Graph graph = open_graph(path, making);
        Transaction(graph).create_node();
        Transaction empty(graph);
        empty.commit();
    }
    CHECK(check_file(path).nodes == 0);
    CHECK_FALSE(std::filesystem::exists(path + "-log"));
}

TEST_CASE("file: one writer, named to the second") {
    const ScratchFolder folder;
    const std::string path = folder / "graph.islet";
    Graph first = open_graph(path, making);
    const Error error = error_of([&] { open_graph(path); });
    CHECK(error.detail == "FileLocked");
    CHECK(error.message.find(std::to_string(::getpid())) != std::string::npos);
    Graph second = open_graph(path, {.access = Access::on_demand});
    CHECK(error_of([&] { Transaction{second}; }).detail == "FileLocked");

    Transaction(first).commit();
    first = Graph();
    Transaction transaction(second);
    transaction.create_node();
    transaction.commit();
    CHECK(error_of([&] { open_graph(path); }).detail == "FileLocked");
}

TEST_CASE("file: a reader sees the last commit after a refresh, through checkpoints too") {
    const ScratchFolder folder;
    const std::string path = folder / "graph.islet";
    Workload workload(3);
    open_graph(path, making);
    Graph reader = open_graph(path, reading);
    Graph sleeper = open_graph(path, {.access = Access::on_demand});
    for (int round = 0; round < 5; ++round) {
        {
            Graph writer = open_graph(path);
            for (int i = 0; i < 5; ++i) {
                play(workload, writer, 1);
                const Snapshot old = reader.snapshot();
                CHECK(Workload::count_in(old) == workload.played - 1);
                reader.refresh();
                check_same(workload.model, reader.snapshot());
                CHECK(Workload::count_in(old) == workload.played - 1);
            }
        }
        reader.refresh();  // after the checkpoint of closing
        check_same(workload.model, reader.snapshot());
        CHECK(reader.snapshot().pristine());
    }
    Transaction transaction(sleeper);  // which now becomes the writer
    CHECK(Workload::count_in(transaction.view()) == workload.played);
    CHECK(error_of([&] { Transaction(reader).create_node(); }).detail == "ReadOnlyFile");
}

TEST_CASE("file: a large log is taken into the file while it is written") {
    const ScratchFolder folder;
    const std::string path = folder / "graph.islet";
    Graph graph = open_graph(path, making);
    Graph reader = open_graph(path, reading);
    std::uint32_t nodes = 0;
    for (int round = 0; round < 12; ++round) {
        Transaction transaction(graph);
        const TypeId type = transaction.type("NEXT");
        NodeId before = transaction.create_node();
        for (int i = 1; i < 1000; ++i) {
            const NodeId node = transaction.create_node();
            transaction.create_relationship(before, type, node);
            before = node;
        }
        nodes += 1000;
        transaction.commit();
        reader.refresh();
        CHECK(reader.snapshot().node_count() == nodes);
        CHECK(graph.snapshot().rel_count() == nodes - nodes / 1000);
    }
    CHECK(check_file(path).generation > 1);
    CHECK(check_file(path).logged_commits < 12);
    check_sound(path);
}

TEST_CASE("file: compact leaves one file, and the same graph") {
    const ScratchFolder folder;
    const std::string path = folder / "graph.islet";
    Workload workload(5);
    {
        Graph graph = open_graph(path, making);
        play(workload, graph, 100);
        CHECK(error_of([&] { compact_file(path); }).detail == "FileLocked");
    }
    const CompactReport report = compact_file(path);
    CHECK(report.bytes_after == std::filesystem::file_size(path));
    CHECK_FALSE(std::filesystem::exists(path + "-log"));
    check_same(workload.model, open_graph(path, reading).snapshot());
}

TEST_CASE("file: what cannot be opened says why") {
    const ScratchFolder folder;
    CHECK(error_of([&] { open_graph(folder / "none.islet"); }).message.find("no such file") !=
          std::string::npos);
    CHECK(error_of([&] { open_graph(folder / "no/folder.islet", making); }).detail == "CannotOpen");
    CHECK(error_of([&] { open_graph(folder.path().string()); }).detail == "CannotOpen");
    std::ofstream(folder / "text.islet") << "MATCH (n) RETURN n;\n" << std::string(200, ' ');
    CHECK(error_of([&] { open_graph(folder / "text.islet"); }).detail == "CannotOpen");
    std::ofstream(folder / "empty.islet");
    CHECK(error_of([&] { open_graph(folder / "empty.islet"); }).detail == "DamagedFile");
}

TEST_CASE("file: a log beside the wrong file is refused, an old one ignored") {
    const ScratchFolder folder;
    const std::string path = folder / "graph.islet";
    const std::string log = path + "-log";
    Workload workload(9);
    {
        Graph graph = open_graph(path, making);
        play(workload, graph, 10);
        std::filesystem::copy_file(path, folder / "old.islet");
        std::filesystem::copy_file(log, folder / "old.islet-log");
    }
    // Of the generation before.
    std::filesystem::copy_file(folder / "old.islet-log", log);
    check_same(workload.model, open_graph(path, reading).snapshot());
    CHECK(check_file(path).notes.size() == 1);
    check_same(workload.model, open_graph(folder / "old.islet", reading).snapshot());
    // Of another graph.
    save_graph(Snapshot(), folder / "other.islet");
    std::filesystem::copy_file(log, folder / "other.islet-log");
    CHECK(error_of([&] { open_graph(folder / "other.islet", reading); }).message.find("another graph") !=
          std::string::npos);
    CHECK(check_file(folder / "other.islet").faults.size() == 1);
    // Of a later generation: an old copy of the file was put in its place.
    Graph graph = open_graph(path);
    play(workload, graph, 1);
    std::filesystem::copy_file(log, folder / "old.islet-log",
                               std::filesystem::copy_options::overwrite_existing);
    CHECK(error_of([&] { open_graph(folder / "old.islet", reading); }).message.find("newer") !=
          std::string::npos);
}

TEST_CASE("file: a read-only file opens, is not written to, and says so") {
    const ScratchFolder folder;
    const std::string path = folder / "graph.islet";
    Workload workload(11);
    {
        Graph graph = open_graph(path, making);
        play(workload, graph, 10);
    }
    REQUIRE(::chmod(path.c_str(), 0444) == 0);
    CHECK(error_of([&] { open_graph(path); }).detail == "ReadOnlyFile");
    const auto listing = [&] {
        std::set<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
            names.insert(entry.path().string());
        return names;
    };
    Graph reader = open_graph(path, {.access = Access::on_demand});
    check_same(workload.model, reader.snapshot());
    CHECK(error_of([&] { Transaction{reader}; }).detail == "ReadOnlyFile");
    CHECK(listing() == std::set<std::string>{path});
}

TEST_CASE("file: a list nested deeper than a file holds is refused, and the transaction goes on") {
    const ScratchFolder folder;
    const std::string path = folder / "graph.islet";
    Value deep = List{};
    for (int i = 0; i < 300; ++i) deep = List{deep};
    {
        Graph graph = open_graph(path, making);
        Transaction transaction(graph);
        const NodeId node = transaction.create_node();
        CHECK(error_of([&] { transaction.set_property(node, transaction.key("deep"), deep); }).detail ==
              "InvalidPropertyType");
        transaction.set_property(node, transaction.key("flat"), 1);
        transaction.commit();
    }
    const Snapshot after = open_graph(path, reading).snapshot();
    CHECK(after.property(NodeId{0}, *after.find_key("flat")) == Value(1));
}
