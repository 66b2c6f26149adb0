// Flipped bits, cut files and nonsense with the right checksums: refused with the section's name, or
// harmless.
#include <fstream>

#include "file_format.hpp"
#include "file_log.hpp"
#include "file_simulated_disk.hpp"
#include "file_store.hpp"
#include "file_workload.hpp"
#include "islet/error.hpp"

using namespace islet;
using namespace islet::test;

namespace {

constexpr OpenOptions reading{.access = Access::read_only, .create = false, .verify = false};

std::string content_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_to(const std::string& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
}

Bytes bytes_in(const std::string& content) {
    return bytes_of(std::string_view(content));
}

std::vector<Section> sections_of(const std::string& content) {
    const FileHeader header = decode_header(bytes_in(content));
    const Bytes table = bytes_in(content).subspan(header_size, header.section_count * table_entry_size);
    return decode_table(table, header.section_count, header.file_size);
}

/// What lies at an offset of the file: a section's name, or what is none.
std::string place_of(const std::vector<Section>& sections, std::size_t offset) {
    if (offset < header_size) return "header";
    if (offset < header_size + sections.size() * table_entry_size) return "table of sections";
    for (const Section& section : sections) {
        if (offset < section.offset) return "padding before " + section_name(section.kind, section.index);
        if (offset < section.offset + section.size) return section_name(section.kind, section.index);
    }
    return "end";
}

/// Why the file does not open; empty if it does, and then it holds the model.
std::string refusal_of(const std::string& path, const Workload& workload) {
    try {
        const Graph graph = open_graph(path, reading);
        if (Workload::count_in(graph.snapshot()) != workload.played) return "WRONG ANSWER";
        return {};
    } catch (const Exception& exception) {
        return exception.error().message;
    }
}

/// A file whose writer vanished with commits in the log, the last of them acknowledged.
void make_file_with_log(const std::string& path, Workload& workload) {
    {
        Graph graph = open_graph(path, {.access = Access::read_write, .create = true});
        play(workload, graph, 30);
    }
    const auto disk = std::make_shared<SimulatedDisk>();
    Graph graph(std::make_unique<FileStore>(path, OpenOptions{}, disk));
    play(workload, graph, 5);
    disk->switch_off();
}

}  // namespace

TEST_CASE("file: a flipped bit anywhere in a file is refused with its place") {
    const ScratchFolder folder;
    const std::string path = folder / "graph.islet";
    Workload workload(31);
    {
        Graph graph = open_graph(path, {.access = Access::read_write, .create = true});
        play(workload, graph, 40);
    }
    const std::string whole = content_of(path);
    const std::vector<Section> sections = sections_of(whole);
    std::mt19937 random(4);
    std::set<std::string> hit;
    // Some bytes, and the first of every section, however small.
    const auto after = [&](std::size_t at) {
        std::size_t next = at + 1 + random() % 12;
        for (const Section& section : sections) {
            if (at < section.offset && section.offset < next) next = section.offset;
        }
        return next;
    };
    for (std::size_t at = 0; at < whole.size(); at = after(at)) {
        std::string flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << (random() % 8)));
        write_to(path, flipped);
        const std::string place = place_of(sections, at);
        INFO("byte " << at << ", " << place);
        hit.insert(place);
        const std::string refusal = refusal_of(path, workload);
        const FileReport report = check_file(path);
        REQUIRE(report.faults.size() == 1);
        if (place.starts_with("padding")) {
            REQUIRE(refusal.empty());  // nobody reads it
            REQUIRE(report.faults[0].where == place);
        } else if (at >= 8) {
            REQUIRE(refusal.find(" is damaged: " + place + ": ") != std::string::npos);
            REQUIRE(report.faults[0].where == place);
        } else {
            REQUIRE(refusal.find("is not an Islet file") != std::string::npos);
        }
    }
    for (const Section& section : sections) CHECK(hit.contains(section_name(section.kind, section.index)));
}

TEST_CASE("file: a file cut anywhere is refused, and so is one with bytes added") {
    const ScratchFolder folder;
    const std::string path = folder / "graph.islet";
    Workload workload(32);
    {
        Graph graph = open_graph(path, {.access = Access::read_write, .create = true});
        play(workload, graph, 10);
    }
    const std::string whole = content_of(path);
    for (std::size_t size = 0; size < whole.size(); size += 1 + size / 50) {
        write_to(path, whole.substr(0, size));
        CHECK_FALSE(refusal_of(path, workload).empty());
        CHECK(check_file(path).faults.size() == 1);
    }
    write_to(path, whole + std::string(64, '\0'));
    CHECK(refusal_of(path, workload).find("header") != std::string::npos);
}

TEST_CASE("file: a flipped bit anywhere in a log loses no commit silently") {
    const ScratchFolder folder;
    const std::string path = folder / "graph.islet";
    Workload workload(33);
    make_file_with_log(path, workload);
    const std::string log = path + "-log";
    const std::string whole = content_of(log);
    REQUIRE(refusal_of(path, workload).empty());
    std::mt19937 random(5);
    std::size_t harmless = 0;
    for (std::size_t at = 0; at < whole.size(); at += 1 + random() % 3) {
        std::string flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << (random() % 8)));
        write_to(log, flipped);
        INFO("byte " << at << " of " << whole.size());
        const std::string refusal = refusal_of(path, workload);
        const FileReport report = check_file(path);
        if (refusal.empty()) {
            // The last acknowledgement: every commit is there.
            REQUIRE(at >= whole.size() - record_header_size);
            REQUIRE(report.faults.empty());
            REQUIRE(report.notes.size() == 1);
            ++harmless;
        } else {
            REQUIRE(refusal.find("graph.islet-log' is damaged: ") != std::string::npos);
            REQUIRE(report.faults.size() == 1);
        }
    }
    CHECK(harmless <= record_header_size);
}

TEST_CASE("file: a log cut anywhere holds the commits before the cut, and is written on") {
    const ScratchFolder folder;
    const std::string path = folder / "graph.islet";
    Workload workload(34);
    make_file_with_log(path, workload);
    const std::string base = content_of(path);
    const std::string log = content_of(path + "-log");
    std::uint32_t before = workload.played - 5;
    for (std::size_t size = log_header_size; size <= log.size(); ++size) {
        write_to(path + "-log", log.substr(0, size));
        const Graph graph = open_graph(path, reading);
        const std::uint32_t count = Workload::count_in(graph.snapshot());
        // More with every whole record, never less; a write that was cut short was not acknowledged.
        REQUIRE((count == before || count == before + 1));
        before = count;
        Workload model(34);
        model.play_model_to(count);
        if (size % 97 != 0) continue;
        check_same(model.model, graph.snapshot());
        Graph writer = open_graph(path);
        play(model, writer, 1);
        check_same(model.model, open_graph(path, reading).snapshot());
        writer = Graph();
        write_to(path, base);
    }
    CHECK(before == workload.played);
    // Behind the cut there may be anything that was in the file's blocks before.
    const std::string torn = log.substr(0, log.size() - record_header_size - 40);
    for (const char fill : {'\0', '\xFF', 'R'}) {
        write_to(path + "-log", torn + std::string(5000, fill));
        CHECK(Workload::count_in(open_graph(path, reading).snapshot()) == workload.played - 1);
        CHECK(check_file(path).faults.empty());
    }
}

TEST_CASE("file: nonsense with the right checksums is found, or read without a crash") {
    const ScratchFolder folder;
    const std::string path = folder / "graph.islet";
    Workload workload(35);
    {
        Graph graph = open_graph(path, {.access = Access::read_write, .create = true});
        play(workload, graph, 60);
    }
    const std::string whole = content_of(path);
    const std::vector<Section> sections = sections_of(whole);
    std::mt19937 random(6);
    std::size_t found = 0;
    for (int i = 0; i < 1500; ++i) {
        std::string changed = whole;
        const std::size_t which = random() % sections.size();
        const Section& section = sections[which];
        const std::size_t at = section.offset + random() % section.size;
        changed[at] = static_cast<char>(random() % 3 == 0 ? 0xFF : random());
        // Checksums anew, of section, table and header.
        std::vector<Section> table = sections;
        table[which].checksum = checksum(bytes_in(changed).subspan(section.offset, section.size));
        const std::vector<std::byte> table_bytes = encode(table);
        FileHeader header = decode_header(bytes_in(whole));
        header.table_checksum = checksum(table_bytes);
        const std::vector<std::byte> header_bytes = encode(header);
        std::memcpy(changed.data(), header_bytes.data(), header_bytes.size());
        std::memcpy(changed.data() + header_size, table_bytes.data(), table_bytes.size());
        write_to(path, changed);

        INFO("byte " << at << ", " << section_name(section.kind, section.index));
        if (!check_file(path).faults.empty()) {
            ++found;
            continue;
        }
        // Another value of a property, or the same: a graph like any other.
        const Graph graph = open_graph(path, reading);
        const Snapshot snapshot = graph.snapshot();
        CHECK(snapshot.stats().nodes == snapshot.node_count());
        for (std::uint32_t node = 0; node < snapshot.node_bound(); ++node)
            (void)snapshot.properties(NodeId{node});
        for (std::uint32_t rel = 0; rel < snapshot.rel_bound(); ++rel) (void)snapshot.properties(RelId{rel});
    }
    CHECK(found > 500);
}

TEST_CASE("file: operations that name what is not there are refused") {
    const ScratchFolder folder;
    const std::string path = folder / "graph.islet";
    Workload workload(36);
    make_file_with_log(path, workload);
    const std::string log = content_of(path + "-log");
    const LogHeader header = decode_log_header(bytes_in(log));
    std::mt19937 random(7);
    for (int i = 0; i < 1500; ++i) {
        // One whole record of random operations, or of true ones with a byte changed.
        std::vector<std::byte> operations;
        if (i % 2 == 0) {
            operations.resize(1 + random() % 20);
            for (std::byte& byte : operations) byte = static_cast<std::byte>(random() % 16);
        } else {
            const std::string_view first = std::string_view(log).substr(log_header_size);
            const std::uint64_t size = ByteReader(bytes_of(first.substr(8))).u64();
            const Bytes true_ones = bytes_of(first.substr(record_header_size, size));
            operations.assign(true_ones.begin(), true_ones.end());
            operations[random() % operations.size()] = static_cast<std::byte>(random());
        }
        LogPosition position;
        position.previous = header.checksum;
        const std::vector<std::byte> record = encode_record(header, RecordKind::commit, operations, position);
        std::string changed = log.substr(0, log_header_size);
        changed.append(reinterpret_cast<const char*>(record.data()), record.size());  // NOLINT(*-cast)
        write_to(path + "-log", changed);
        try {
            const Graph graph = open_graph(path, reading);
            const Snapshot snapshot = graph.snapshot();
            for (std::uint32_t node = 0; node < snapshot.node_bound(); ++node)
                (void)snapshot.properties(NodeId{node});
        } catch (const Exception& exception) {
            CHECK(exception.error().detail == "DamagedFile");
        }
    }
}
