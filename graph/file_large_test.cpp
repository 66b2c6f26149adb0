// Files too large to be verified when they are opened: what is read is verified where it is first read, so
// that a flipped bit anywhere is refused with the section's name, or was not read.
#include <catch2/catch.hpp>
#include <cstring>
#include <fstream>
#include <random>
#include <thread>

#include "base.hpp"
#include "file_format.hpp"
#include "file_guard.hpp"
#include "file_reader.hpp"
#include "file_workload.hpp"
#include "islet/error.hpp"
#include "islet/file.hpp"
#include "islet/sound.hpp"
#include "islet/text.hpp"
#include "strings.hpp"

using namespace islet;
using namespace islet::test;

namespace {

std::string content_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_to(const std::string& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
}

std::vector<Section> sections_of(const std::string& content) {
    const Bytes bytes = bytes_of(std::string_view(content));
    const FileHeader header = decode_header(bytes);
    return decode_table(bytes.subspan(header_size, header.section_count * table_entry_size),
                        header.section_count, header.file_size);
}

/// Another table of as many sections, with the checksums that header and table then have.
void replace_table(std::string& content, const std::vector<Section>& table) {
    FileHeader header = decode_header(bytes_of(std::string_view(content)));
    const std::vector<std::byte> table_bytes = encode(table);
    header.table_checksum = checksum(table_bytes);
    const std::vector<std::byte> header_bytes = encode(header);
    std::memcpy(content.data(), header_bytes.data(), header_bytes.size());
    std::memcpy(content.data() + header_size, table_bytes.data(), table_bytes.size());
}

/// More than 8 MiB, with an array of every kind that a file can hold: dense and sparse rows and columns, all
/// types of values.
Snapshot large_graph() {
    constexpr std::uint32_t nodes = 20'000;
    std::mt19937 random(11);
    GraphBuilder builder;
    const LabelId labels[] = {builder.label("Even"), builder.label("Odd")};
    for (std::uint32_t i = 0; i < nodes; ++i) {
        const NodeId node = builder.add_node(std::span(&labels[i % 2], 1));
        builder.set_property(node, builder.key("name"), "node number " + std::to_string(i));
        builder.set_property(node, builder.key("rank"), static_cast<std::int64_t>(random()));
        builder.set_property(node, builder.key("share"), static_cast<double>(random()) / 7);
        builder.set_property(node, builder.key("flag"), random() % 2 == 0);
        if (i % 2 == 0) builder.set_property(node, builder.key("list"), List{Value(std::int64_t{i}), "x"});
        if (i % 40 == 0) builder.set_property(node, builder.key("rare"), static_cast<std::int64_t>(i));
        if (i % 40 == 1) builder.set_property(node, builder.key("rarer"), "only " + std::to_string(i));
    }
    for (std::uint32_t i = 0; i < 500'000; ++i) {
        const std::size_t rel = builder.add_relationship(
            NodeId{static_cast<std::uint32_t>(random() % nodes)}, builder.type("KNOWS"),
            NodeId{static_cast<std::uint32_t>(random() % nodes)});
        builder.set_relationship_property(rel, builder.key("weight"), static_cast<std::int64_t>(i));
    }
    for (std::uint32_t i = 0; i < 20'000; ++i) {
        builder.add_relationship(NodeId{static_cast<std::uint32_t>(random() % 1'300 * 15)},
                                 builder.type("RARE"),
                                 NodeId{static_cast<std::uint32_t>(random() % 1'300 * 15 + 1)});
    }
    return builder.finish();
}

/// A number for all that a snapshot says, by the calls that give one thing at a time or whole columns.
std::uint64_t reading_of(const Snapshot& snapshot, bool columns) {
    std::uint64_t sum = 0;
    const auto add = [&sum](std::uint64_t v) { sum = (sum ^ v) * 0x9E3779B97F4A7C15ULL + 1; };
    const auto add_text = [&](std::string_view text) { add(hash_of_text(text)); };
    for (std::uint32_t type = 0; type < snapshot.type_count(); ++type) {
        for (const Direction direction : {Direction::out, Direction::in}) {
            const NeighbourRows rows = snapshot.neighbour_rows(TypeId{type}, direction);
            for (std::uint32_t node = 0; node < snapshot.node_bound(); ++node) {
                const Adjacent found =
                    columns ? rows(NodeId{node}) : snapshot.neighbours(NodeId{node}, TypeId{type}, direction);
                for (std::size_t i = 0; i < found.size(); ++i) {
                    add(static_cast<std::uint64_t>(found.nodes[i]));
                    add(static_cast<std::uint64_t>(found.rel(i)));
                }
            }
        }
    }
    for (std::uint32_t rel = 0; rel < snapshot.rel_bound(); rel += 31) {
        const Ends ends = snapshot.ends(RelId{rel});
        add(static_cast<std::uint64_t>(ends.source) << 32U | static_cast<std::uint64_t>(ends.target));
        for (const auto& [key, value] : snapshot.properties(RelId{rel}))
            add_text(to_display(value, snapshot));
    }
    for (std::uint32_t node = 0; node < snapshot.node_bound(); ++node) {
        if (!columns) {
            for (const auto& [key, value] : snapshot.properties(NodeId{node}))
                add_text(to_display(value, snapshot));
        } else {
            for (std::uint32_t key = 0; key < snapshot.key_count(); ++key)
                add_text(to_display(snapshot.property(NodeId{node}, KeyId{key}), snapshot));
        }
    }
    for (std::uint32_t key = 0; columns && key < snapshot.key_count(); ++key) {
        for (const PropertyColumn* column :
             {snapshot.node_column(KeyId{key}), snapshot.rel_column(KeyId{key})}) {
            if (column == nullptr) continue;
            for (const std::int64_t number : column->integers) add(static_cast<std::uint64_t>(number));
            for (const std::uint32_t code : column->strings) add_text(snapshot.string(code));
        }
    }
    for (std::uint32_t node = 0; columns && node < snapshot.node_bound(); node += 100)
        add(snapshot.find_string("node number " + std::to_string(node)).value_or(UINT32_MAX));
    return sum;
}

/// Why nothing is to be said of the file; empty: what it says is `expected`.
std::string refusal_of(const std::string& path, bool columns, std::uint64_t expected) {
    try {
        const Graph graph = open_graph(path, {.access = Access::read_only});
        const Snapshot snapshot = graph.snapshot();
        const std::uint64_t found = reading_of(snapshot, columns);
        require_sound(snapshot);
        return found == expected ? "" : "WRONG ANSWER";
    } catch (const Exception& exception) {
        return exception.error().message;
    }
}

}  // namespace

TEST_CASE("file: a flipped bit in a large file is refused with its section, whatever way it is read") {
    const ScratchFolder folder;
    const std::string path = folder / "large.islet";
    const Snapshot graph = large_graph();
    save_graph(graph, path);
    std::string whole = content_of(path);
    REQUIRE(whole.size() > always_verified);
    std::mt19937 random(5);
    for (const bool columns : {false, true}) {
        const std::uint64_t expected = reading_of(graph, columns);
        write_to(path, whole);
        REQUIRE(refusal_of(path, columns, expected).empty());
        for (const Section& section : sections_of(whole)) {
            const std::string name = section_name(section.kind, section.index);
            INFO(name << (columns ? ", by columns" : ", one by one"));
            // Anywhere, and in the last chunk, which may be a part of one.
            const std::uint64_t at = columns ? random() % section.size : section.size - 1;
            char& byte = whole[section.offset + at];
            const auto flip = static_cast<char>(1U << (random() % 8));
            byte = static_cast<char>(byte ^ flip);
            write_to(path, whole);
            const std::string refusal = refusal_of(path, columns, expected);
            byte = static_cast<char>(byte ^ flip);
            INFO(refusal);
            // The slots of the dictionary are read where a text is looked for, and only there.
            const bool read = columns || section.kind != SectionKind::text_slots;
            REQUIRE(refusal.empty() == !read);
            if (read) REQUIRE(refusal.find(" is damaged: " + name + ": ") != std::string::npos);
        }
    }
}

TEST_CASE("file: of a large file only what is read is verified, and what is written is whole") {
    const ScratchFolder folder;
    const std::string path = folder / "large.islet";
    const Snapshot graph = large_graph();
    save_graph(graph, path);
    std::string whole = content_of(path);
    for (const Section& section : sections_of(whole)) {
        if (section.kind == SectionKind::out_neighbours && section.index == 0)
            whole[section.offset + section.size - 1] ^= 1;
    }
    write_to(path, whole);
    const NodeId first{0};
    {
        Graph damaged = open_graph(path, {.access = Access::read_only});
        const Snapshot snapshot = damaged.snapshot();
        const Adjacent found = snapshot.neighbours(first, TypeId{0}, Direction::out);
        const Adjacent wanted = graph.neighbours(first, TypeId{0}, Direction::out);
        REQUIRE(std::equal(found.nodes.begin(), found.nodes.end(), wanted.nodes.begin(), wanted.nodes.end()));
        REQUIRE_NOTHROW(require_sound(snapshot));
        REQUIRE_THROWS_AS(save_graph(snapshot, folder / "copy.islet"), Exception);
        REQUIRE_THROWS_AS(require_all_sound(snapshot), Exception);
        REQUIRE_THROWS_AS(require_sound(snapshot), Exception);
    }
    {
        Graph damaged = open_graph(path, {.access = Access::read_write});
        Transaction transaction(damaged);
        const NodeId last{graph.node_bound() - 1};
        transaction.create_relationship(last, transaction.type("KNOWS"),
                                        first);  // takes in the neighbours of both
        REQUIRE_THROWS_AS(transaction.commit(), Exception);
    }
    const FileReport report = check_file(path);
    REQUIRE(report.faults.size() == 1);
    REQUIRE(report.faults[0].where == "out_neighbours of type 0");
    REQUIRE(report.faults[0].what.find("the damage begins in its bytes ") != std::string::npos);
}

TEST_CASE("file: a flipped bit in a checksum of chunks is found, though all other checksums are right") {
    const ScratchFolder folder;
    const std::string path = folder / "large.islet";
    save_graph(large_graph(), path);
    const std::string whole = content_of(path);
    REQUIRE(check_file(path).faults.empty());
    const std::vector<Section> sections = sections_of(whole);
    const auto sums = std::find_if(sections.begin(), sections.end(),
                                   [](const Section& s) { return s.kind == SectionKind::chunk_checksums; });
    REQUIRE(sums != sections.end());
    std::uint64_t at = 0;
    for (const Section& section : sections) {
        if (section.kind == SectionKind::chunk_checksums || section.size <= chunk_size) continue;
        const std::uint64_t chunks = (section.size + chunk_size - 1) / chunk_size;
        // The last of each, which may be that of a part of a chunk.
        std::string damaged = whole;
        damaged[sums->offset + (at + chunks - 1) * sizeof(std::uint64_t) + 3] ^= 8;
        at += chunks;
        std::vector<Section> table = sections;
        Section& changed = table[static_cast<std::size_t>(sums - sections.begin())];
        changed.checksum = checksum(bytes_of(std::string_view(damaged)).subspan(sums->offset, sums->size));
        replace_table(damaged, table);
        write_to(path, damaged);
        const FileReport report = check_file(path);
        const std::string name = section_name(section.kind, section.index);
        INFO(name);
        REQUIRE(report.faults.size() == 1);
        INFO(report.faults[0].what);
        CHECK(report.faults[0].where == "chunk_checksums");
        CHECK(report.faults[0].what.find("that of bytes " + std::to_string((chunks - 1) * chunk_size) +
                                         " to " + std::to_string(section.size - 1) + " of " + name +
                                         " is wrong") != std::string::npos);
    }
    REQUIRE(at * sizeof(std::uint64_t) == sums->size);
}

TEST_CASE("file: a large file without checksums of chunks is verified section by section") {
    const ScratchFolder folder;
    const std::string path = folder / "large.islet";
    const Snapshot graph = large_graph();
    save_graph(graph, path);
    std::string whole = content_of(path);
    // As if the section were of a kind that nobody knows: the highest of the small ones.
    std::vector<Section> table = sections_of(whole);
    for (Section& section : table) {
        if (section.kind == SectionKind::chunk_checksums) section.kind = SectionKind{15};
    }
    replace_table(whole, table);
    write_to(path, whole);
    const std::uint64_t expected = reading_of(graph, false);
    REQUIRE(refusal_of(path, false, expected).empty());
    for (const Section& section : table) {
        if (section.kind != SectionKind::in_neighbours) continue;
        whole[section.offset] ^= 4;
        write_to(path, whole);
        REQUIRE(refusal_of(path, false, expected).find("in_neighbours of type") != std::string::npos);
        break;
    }
}

TEST_CASE("file: several threads that read a large file for the first time agree") {
    const ScratchFolder folder;
    const std::string path = folder / "large.islet";
    const Snapshot graph = large_graph();
    save_graph(graph, path);
    const std::uint64_t expected = reading_of(graph, false);
    const Graph opened = open_graph(path, {.access = Access::read_only});
    const Snapshot snapshot = opened.snapshot();
    std::vector<std::uint64_t> found(3);
    std::vector<std::thread> threads;
    for (std::uint64_t& one : found) threads.emplace_back([&] { one = reading_of(snapshot, false); });
    for (std::thread& thread : threads) thread.join();
    for (const std::uint64_t one : found) CHECK(one == expected);
    CHECK_NOTHROW(require_sound(snapshot));
}
