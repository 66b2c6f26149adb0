// The format stays what docs/file-format.md says: the dump there is of a file that is kept, a new file has
// the same bytes, and every kept file of every version opens.
#include <cstdlib>
#include <fstream>
#include <iomanip>
#include <sstream>

#include "file_layout.hpp"
#include "file_log.hpp"
#include "file_operations.hpp"
#include "file_reader.hpp"
#include "file_workload.hpp"
#include "file_writer.hpp"

using namespace islet;
using namespace islet::test;

namespace {

const std::string source(ISLET_SOURCE_DIR);
const std::string kept = source + "/tests/files/1/";

bool updating() {
    return std::getenv("ISLET_UPDATE_GOLDEN") != nullptr;
}

std::string content_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_to(const std::string& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
}

std::string text_of_bytes(Bytes bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};  // NOLINT(*-reinterpret-cast)
}

constexpr Uuid fixed_uuid = {0x49, 0x73, 0x6c, 0x65, 0x74, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 1};

/// Two drugs, one target: what the documentation shows.
Snapshot tiny_graph() {
    GraphBuilder builder;
    const std::array drug{builder.label("Drug")};
    const KeyId name = builder.key("name");
    const KeyId since = builder.key("since");
    const NodeId first = builder.add_node(drug);
    const NodeId second = builder.add_node(drug);
    const NodeId target = builder.add_node();
    builder.set_property(first, name, "everolimus");
    builder.set_property(second, name, "sunitinib");
    builder.set_property(target, name, "mTOR");
    builder.set_property(second, since, Date{13271});
    const std::size_t rel = builder.add_relationship(first, builder.type("HAS_TARGET"), target);
    builder.set_relationship_property(rel, builder.key("line"), 115);
    return builder.finish();
}

/// Every kind of value and of array: dense and sparse columns and rows, holes, a catalog.
Snapshot kinds_graph() {
    GraphBuilder builder;
    const std::array labels{builder.label("A"), builder.label("B"), builder.label("Ünï côde")};
    const std::vector<Value> values = {true,
                                       false,
                                       0,
                                       -1,
                                       std::int64_t{INT64_MAX},
                                       0.5,
                                       -0.0,
                                       "",
                                       "text",
                                       "ä\n",
                                       List{1, "two", List{}, Value()},
                                       *parse_date("2024-02-29"),
                                       *parse_local_time("23:59:59.999999999"),
                                       *parse_time("12:31:14+01:00"),
                                       *parse_local_date_time("2024-01-02T03:04:05.6"),
                                       *parse_date_time("1984-10-11T12:00+01:00"),
                                       *parse_date_time("2024-07-01T12:31:14.5+02:00[Europe/Stockholm]"),
                                       *parse_duration("P1Y2M-3DT4H5.6S")};
    for (int i = 0; i < 200; ++i) {
        const NodeId node = builder.add_node(std::span(labels).first(static_cast<std::size_t>(i % 4)));
        builder.set_property(node, builder.key("boolean"), i % 3 == 0);
        builder.set_property(node, builder.key("integer"), i * 1000003);
        builder.set_property(node, builder.key("float"), i / 8.0);
        builder.set_property(node, builder.key("string"), "name " + std::to_string(i % 50));
        builder.set_property(node, builder.key("mixed"), values[static_cast<std::size_t>(i) % values.size()]);
        if (i % 40 == 0) builder.set_property(node, builder.key("rare integer"), i);
        if (i % 40 == 1) builder.set_property(node, builder.key("rare mixed"), List{i});
        if (i % 40 == 2) builder.set_property(node, builder.key("rare boolean"), true);
        if (i % 40 == 3) builder.set_property(node, builder.key("rare float"), 1.5);
        if (i % 40 == 4) builder.set_property(node, builder.key("rare string"), "rare");
    }
    for (std::uint32_t i = 0; i < 300; ++i) {
        const std::size_t rel = builder.add_relationship(
            NodeId{i * 7 % 200}, builder.type(i % 3 == 0 ? "DENSE" : "TOO"), NodeId{i * 13 % 200});
        builder.set_relationship_property(rel, builder.key("weight"), static_cast<int>(i));
        if (i % 50 == 0)
            builder.set_relationship_property(rel, builder.key("mixed"), values[i % values.size()]);
    }
    builder.add_relationship(NodeId{3}, builder.type("SPARSE"), NodeId{190});
    builder.add_relationship(NodeId{150}, builder.type("SPARSE"), NodeId{9});
    builder.add_relationship(NodeId{150}, builder.type("SPARSE"), NodeId{9});
    builder.type("UNUSED");
    Catalog catalog;
    catalog.evidence = {"source", "section"};
    builder.set_catalog(catalog);
    // A hole, and ids that are gone at the end.
    Graph graph(builder.finish());
    Transaction transaction(graph);
    const NodeId gone = transaction.create_node();
    transaction.create_node();
    transaction.remove_node(gone);
    transaction.commit();
    return graph.snapshot();
}

/// Nodes and relationships, each with everything it has.
std::string listing(const Snapshot& snapshot) {
    std::ostringstream out;
    const auto properties = [&](auto id) {
        Map map;
        for (const auto& [key, value] : snapshot.properties(id))
            map.set(std::string(snapshot.name(key)), value);
        return to_text(map, snapshot);
    };
    for (const std::string& key : snapshot.catalog().evidence) out << "evidence " << key << '\n';
    for (std::uint32_t id = 0; id < snapshot.node_bound(); ++id) {
        const NodeId node{id};
        if (!snapshot.contains(node)) continue;
        out << "node " << id;
        for (const LabelId label : snapshot.labels(node)) out << " :" << snapshot.name(label);
        out << ' ' << properties(node) << '\n';
    }
    std::vector<std::string> lines;
    for (std::uint32_t id = 0; id < snapshot.rel_bound(); ++id) {
        if (!snapshot.contains(RelId{id})) continue;
        const Ends ends = snapshot.ends(RelId{id});
        lines.push_back("from " + std::to_string(index(ends.source)) + " to " +
                        std::to_string(index(ends.target)) + " :" + std::string(snapshot.name(ends.type)) +
                        ' ' + properties(RelId{id}));
    }
    std::sort(lines.begin(), lines.end());
    for (const std::string& line : lines) out << line << '\n';
    return out.str();
}

std::string file_of(const Snapshot& snapshot) {
    const ScratchFolder folder;
    // The base of a snapshot that says it all.
    save_graph(snapshot, folder / "any.islet");
    const OpenedBase opened = open_base_file(folder / "any.islet", Verify::all);
    write_base(*real_file_system(), folder / "fixed.islet", "", *opened.base, fixed_uuid, 1);
    return content_of(folder / "fixed.islet");
}

/// A log on the tiny file: one commit, acknowledged.
std::string tiny_log(const std::string& file) {
    LogHeader header;
    const FileHeader base = decode_header(bytes_of(std::string_view(file)));
    header.uuid = base.uuid;
    header.generation = base.generation;
    header.base_checksum = base.checksum;
    header.nonce = 0x0123456789ABCDEF;
    std::string log = text_of_bytes(encode(header));
    OperationWriter operations;
    operations.create_node();
    operations.set_property(NodeId{3}, KeyId{0}, Value("belzutifan"));
    operations.create_relationship(NodeId{3}, TypeId{0}, NodeId{2});
    LogPosition position;
    position.previous = header.checksum;
    log += text_of_bytes(encode_record(header, RecordKind::commit, operations.bytes(), position));
    position.acknowledged = 1;
    log += text_of_bytes(encode_record(header, RecordKind::acknowledgement, {}, position));
    return log;
}

/// Bytes as the documentation shows them: offset, up to 16 bytes, and what the first line's are.
class Dump {
 public:
    explicit Dump(const std::string& content) : content_(content) {}

    void heading(const std::string& text) { out_ << "\n; " << text << '\n'; }
    void field(std::size_t size, const std::string& meaning) {
        std::string note = meaning;
        for (std::size_t i = 0; i < size; i += 16) {
            const std::size_t here = std::min<std::size_t>(16, size - i);
            out_ << std::setw(5) << std::setfill('0') << std::hex << at_ + i << std::dec << "  ";
            std::string bytes;
            for (std::size_t j = 0; j < 16; ++j) {
                std::ostringstream byte;
                if (j < here) {
                    byte << std::hex << std::setw(2) << std::setfill('0')
                         << static_cast<int>(static_cast<unsigned char>(content_[at_ + i + j]));
                }
                bytes += (j < here ? byte.str() : "  ") + (j % 8 == 7 ? "  " : " ");
            }
            while (note.empty() && bytes.ends_with(' ')) bytes.pop_back();
            out_ << bytes << note << '\n';
            note.clear();
        }
        at_ += size;
    }
    void skip_to(std::size_t offset) {
        if (offset != at_) field(offset - at_, "padding");
    }
    [[nodiscard]] std::size_t at() const noexcept { return at_; }
    [[nodiscard]] std::string text() const { return out_.str(); }

 private:
    const std::string& content_;
    std::size_t at_ = 0;
    std::ostringstream out_;
};

std::string dump_of_file(const std::string& content) {
    const FileHeader header = decode_header(bytes_of(std::string_view(content)));
    const std::vector<Section> table = decode_table(
        bytes_of(std::string_view(content)).subspan(header_size, header.section_count * table_entry_size),
        header.section_count, header.file_size);
    Dump dump(content);
    dump.heading("header");
    dump.field(8, "magic");
    dump.field(4, "format version " + std::to_string(header.version));
    dump.field(4, "size of the header");
    dump.field(8, "required features");
    dump.field(8, "optional features");
    dump.field(16, "UUID " + to_text(header.uuid));
    dump.field(8, "generation " + std::to_string(header.generation));
    dump.field(8, "size of the file: " + std::to_string(header.file_size));
    dump.field(4, "sections: " + std::to_string(header.section_count));
    dump.field(4, "size of an entry of the table");
    dump.field(8, "checksum of the table");
    dump.field(40, "reserved");
    dump.field(8, "checksum of the header");
    dump.heading("table of sections: kind, index, offset, size, checksum, reserved");
    for (const Section& section : table) {
        dump.field(table_entry_size, section_name(section.kind, section.index) + ": " +
                                         std::to_string(section.size) + " bytes at " +
                                         std::to_string(section.offset));
    }
    for (const Section& section : table) {
        dump.skip_to(section.offset);
        dump.heading(section_name(section.kind, section.index));
        dump.field(section.size, "");
    }
    CHECK(dump.at() == content.size());
    return dump.text();
}

std::string dump_of_log(const std::string& content) {
    Dump dump(content);
    dump.heading("header of the log");
    dump.field(8, "magic");
    dump.field(4, "format version");
    dump.field(4, "size of the header");
    dump.field(16, "UUID of the graph");
    dump.field(8, "generation of the file that it continues");
    dump.field(8, "checksum of that file's header");
    dump.field(8, "random");
    dump.field(8, "checksum of the header");
    while (dump.at() < content.size()) {
        ByteReader in(bytes_of(std::string_view(content).substr(dump.at())));
        in.u32();
        const bool commit = in.u32() == 1;
        const std::uint64_t size = in.u64();
        dump.heading(commit ? "record: a commit" : "record: an acknowledgement");
        dump.field(4, "magic");
        dump.field(4, "kind");
        dump.field(8, "size of the operations: " + std::to_string(size));
        dump.field(8, "commits of this log, with this one");
        dump.field(8, "commits that were on the medium");
        dump.field(8, "checksum of what comes before: record or header");
        dump.field(8, "checksum of the record");
        if (commit) dump.field(size, "a node; its property 0; a relationship");
        dump.field((8 - size % 8) % 8, "padding");
    }
    return dump.text();
}

void keep(const std::string& name, const std::string& content) {
    if (updating() && !std::filesystem::exists(kept + name)) write_to(kept + name, content);
}

}  // namespace

TEST_CASE("format: a new file has the bytes that the format gave it") {
    const std::string tiny = file_of(tiny_graph());
    const std::string kinds = file_of(kinds_graph());
    keep("tiny.islet", tiny);
    keep("tiny.islet-log", tiny_log(tiny));
    keep("kinds.islet", kinds);
    keep("kinds.txt", listing(kinds_graph()));
    CHECK(tiny == content_of(kept + "tiny.islet"));
    CHECK(tiny_log(tiny) == content_of(kept + "tiny.islet-log"));
    CHECK(kinds == content_of(kept + "kinds.islet"));
    CHECK(file_version == 1);  // a file of a new version has a folder of its own; those above stay
}

TEST_CASE("format: files of version 1 open and are sound") {
    const Snapshot kinds = open_graph(kept + "kinds.islet", {.access = Access::read_only}).snapshot();
    CHECK(listing(kinds) == content_of(kept + "kinds.txt"));
    CHECK(check_file(kept + "kinds.islet").faults.empty());
    CHECK(check_file(kept + "tiny.islet").faults.empty());
    const Snapshot tiny = open_graph(kept + "tiny.islet", {.access = Access::read_only}).snapshot();
    CHECK(listing(tiny) ==
          "node 0 :Drug {name: 'everolimus'}\n"
          "node 1 :Drug {name: 'sunitinib', since: 2006-05-03}\n"
          "node 2 {name: 'mTOR'}\n"
          "node 3 {name: 'belzutifan'}\n"
          "from 0 to 2 :HAS_TARGET {line: 115}\n"
          "from 3 to 2 :HAS_TARGET {}\n");
}

TEST_CASE("format: the documentation shows the bytes") {
    const std::string path = source + "/docs/file-format.md";
    std::string text = content_of(path);
    for (const auto& [name, dump] :
         {std::pair("tiny.islet", dump_of_file(content_of(kept + "tiny.islet"))),
          std::pair("tiny.islet-log", dump_of_log(content_of(kept + "tiny.islet-log")))}) {
        const std::string begin = "```text " + std::string(name) + "\n";
        const std::size_t from = text.find(begin) + begin.size();
        REQUIRE(from > begin.size());
        const std::size_t to = text.find("```", from);
        if (updating()) text.replace(from, to - from, dump.substr(1));
        CHECK(text.substr(from, text.find("```", from) - from) == dump.substr(1));
    }
    if (updating()) write_to(path, text);
}
