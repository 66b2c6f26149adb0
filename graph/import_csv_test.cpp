// The reader of tables against a naive one, and what only shows in larger files.
#include <unistd.h>
#include <zlib.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <random>

#include "import_scan.hpp"
#include "import_source.hpp"
#include "islet/import.hpp"

namespace islet {

namespace {

using importing::Block;
using importing::BlockReader;
using importing::Input;

/// A file that is gone with its object.
class TemporaryFile {
 public:
    explicit TemporaryFile(const std::string& content, const std::string& ending = ".csv") {
        static int count = 0;
        path_ = (std::filesystem::temp_directory_path() /
                 ("islet-import-test-" + std::to_string(::getpid()) + "-" + std::to_string(count++) + ending))
                    .string();
        std::ofstream(path_, std::ios::binary) << content;
    }
    ~TemporaryFile() { std::filesystem::remove(path_); }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

 private:
    std::string path_;
};

/// RFC 4180, character by character; a quote that opens no field is a character like any other.
std::vector<std::vector<std::string>> naive_records(const std::string& text, char delimiter) {
    std::vector<std::vector<std::string>> records;
    std::size_t at = 0;
    while (at < text.size()) {
        std::vector<std::string> record;
        for (bool more = true; more;) {
            std::string field;
            if (at < text.size() && text[at] == '"') {
                for (++at; at < text.size(); ++at) {
                    if (text[at] != '"') {
                        field += text[at];
                    } else if (at + 1 < text.size() && text[at + 1] == '"') {
                        field += text[at++];
                    } else {
                        break;
                    }
                }
                ++at;
            } else {
                while (at < text.size() && text[at] != delimiter && text[at] != '\n') field += text[at++];
                if ((at == text.size() || text[at] == '\n') && field.ends_with('\r')) field.pop_back();
            }
            record.push_back(field);
            if (at < text.size() && text[at] == '\r') ++at;
            more = at < text.size() && text[at] == delimiter;
            ++at;
        }
        records.push_back(std::move(record));
    }
    return records;
}

/// A table as some program may have written it.
class RandomTable {
 public:
    explicit RandomTable(unsigned seed) : random_(seed) {}

    std::string text(std::size_t rows, std::size_t columns) {
        const std::string line_end = pick(2) == 0 ? "\n" : "\r\n";
        std::string result = "id";
        for (std::size_t i = 0; i < columns; ++i) result += ",c" + std::to_string(i);
        result += line_end;
        for (std::size_t row = 0; row < rows; ++row) {
            result += "n" + std::to_string(row);
            for (std::size_t i = 0; i < columns; ++i) result += ',' + field();
            result += row + 1 == rows && pick(2) == 0 ? "" : line_end;
        }
        return result;
    }

 private:
    std::size_t pick(std::size_t below) {
        return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
    }

    std::string field() {
        static const std::vector<std::string> pieces{
            "a", "bc", "\"", ",", "\n", "\r\n", "é", "胰", " ", "0", "-1.5", "\t", "long text without end "};
        std::string inside;
        for (std::size_t i = pick(5); i > 0; --i) inside += pieces[pick(pieces.size())];
        const bool must = inside.find_first_of(",\"\r\n") != std::string::npos;
        if (!must && pick(4) != 0) return inside;
        std::string quoted = "\"";
        for (const char c : inside) quoted += c == '"' ? "\"\"" : std::string(1, c);
        return quoted + '"';
    }

    std::mt19937 random_;
};

void check_against_naive(const std::string& text, const ImportOptions& options) {
    const TemporaryFile file(text);
    const std::vector<ImportSource> sources{{file.path()}};
    const auto imported = import_graph(sources, options);
    REQUIRE(imported.ok());
    const Snapshot& snapshot = imported->snapshot;
    const auto records = naive_records(text, ',');
    REQUIRE(snapshot.node_count() == records.size() - 1);
    for (std::size_t row = 1; row < records.size(); ++row) {
        for (std::size_t column = 0; column < records[row].size(); ++column) {
            const auto key = snapshot.find_key(records[0][column]);
            const Value value =
                key ? snapshot.property(NodeId{static_cast<std::uint32_t>(row - 1)}, *key) : Value();
            const std::string got = value.is_null() ? "" : std::string(value.as_string());
            if (got != records[row][column]) {
                FAIL("row " << row << ", column " << column << ": '" << got << "', not '"
                            << records[row][column] << "'");
            }
        }
    }
}

std::string gzipped(const std::string& text) {
    z_stream stream{};
    REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

}  // namespace

TEST_CASE("csv: random tables hold what a naive reader finds in them") {
    ImportOptions options;
    options.infer_types = false;
    for (unsigned seed = 0; seed < 60; ++seed) {
        INFO("seed " << seed);
        check_against_naive(RandomTable(seed).text(1 + seed % 13, 1 + seed % 5), options);
    }
}

TEST_CASE("csv: a table of several blocks, whatever the number of threads") {
    ImportOptions options;
    options.infer_types = false;
    const std::string text = RandomTable(4180).text(60'000, 4);
    REQUIRE(text.size() > 2 * BlockReader::default_block_size);
    for (const unsigned threads : {1U, 3U}) {
        options.threads = threads;
        check_against_naive(text, options);
    }
}

TEST_CASE("csv: blocks of any size end with records and lose nothing") {
    for (unsigned seed = 0; seed < 20; ++seed) {
        const std::string text = RandomTable(seed).text(40, 3);
        const TemporaryFile file(text);
        const Input input(file.path());
        for (const std::size_t size : {1U, 7U, 64U, 300U}) {
            INFO("seed " << seed << ", blocks of " << size);
            BlockReader reader(input, {',', true}, size);
            Block block;
            std::string together;
            std::size_t records = 0;
            while (reader.next(block)) {
                together += block.text();
                records += naive_records(std::string(block.text()), ',').size();
            }
            CHECK(together == (text.ends_with('\n') ? text : text + '\n'));
            CHECK(records == naive_records(text, ',').size());
        }
    }
}

TEST_CASE("csv: a type that shows only late holds for the whole column") {
    std::string text = "id,whole_then_float,whole_then_text,float_then_text,late,flag\n";
    const std::size_t rows = 120'000;
    for (std::size_t row = 0; row < rows; ++row) {
        const bool last = row + 1 == rows;
        text += "n" + std::to_string(row) + (last ? ",0.5,x,y,7,no" : ",3,12,1.50,,true") + "\n";
    }
    REQUIRE(text.size() > 2 * BlockReader::default_block_size);
    const TemporaryFile file(text);
    const std::vector<ImportSource> sources{{file.path()}};
    for (const unsigned threads : {1U, 2U}) {
        ImportOptions options;
        options.threads = threads;
        const auto imported = import_graph(sources, options);
        REQUIRE(imported.ok());
        const Snapshot& snapshot = imported->snapshot;
        const auto value = [&](std::uint32_t row, std::string_view key) {
            return snapshot.property(NodeId{row}, *snapshot.find_key(key));
        };
        CHECK(value(0, "whole_then_float") == Value(3.0));
        CHECK(value(0, "whole_then_text") == Value("12"));
        CHECK(value(0, "float_then_text") == Value("1.50"));
        CHECK(value(0, "flag") == Value("true"));
        CHECK(value(0, "late") == Value());
        CHECK(value(rows - 1, "late") == Value(7));
        CHECK(value(rows - 1, "whole_then_float") == Value(0.5));
    }
}

TEST_CASE("csv: the place of a bad record counts all lines before it") {
    std::string text = "id,n:int\n";
    for (std::size_t row = 0; row < 150'000; ++row) text += "\"n\n" + std::to_string(row) + "\",1\n";
    text += "\"é\n2\",\"x\"\n";
    const TemporaryFile file(text);
    const std::vector<ImportSource> sources{{file.path()}};
    for (const unsigned threads : {1U, 2U}) {
        ImportOptions options;
        options.threads = threads;
        const auto imported = import_graph(sources, options);
        REQUIRE(!imported.ok());
        CHECK(imported.error().place == file.path() + ":300003:4");
    }
}

TEST_CASE("csv: ids of any form find their nodes in their own space, whatever the number of threads") {
    std::mt19937 random(11);
    const auto form = [](std::uint32_t i) {
        std::string number = std::to_string(i * 13 % 30'011);  // in no order
        switch (i % 9) {
            case 0:
                return "0" + number;
            case 1:
                return "-" + number;
            case 2:
                return number + "0000000000";
            case 3:
                return "Gene::" + number;
            case 4:
                return "https://example.org/of/some/length/" + number;
            default:
                return number;
        }
    };
    const auto quoted = [&](const std::string& id) { return random() % 5 == 0 ? "\"" + id + "\"" : id; };
    constexpr std::uint32_t count = 20'000;
    std::string people = "id:ID(Person),n:int\n";
    std::string things = "id:ID(Thing),n:int\n";
    for (std::uint32_t i = 0; i < count; ++i) {
        people += quoted(form(i)) + "," + std::to_string(i) + "\n";
        things += quoted(form(count - 1 - i)) + "," + std::to_string(i) + "\n";
    }
    people += form(7) + ",-1\n" + form(0) + ",-1\n" + form(3) + ",-1\n";  // are there already
    std::string edges = ":START_ID(Person),:END_ID(Thing),:TYPE,from:int,to:int\n";
    constexpr std::uint32_t relationships = 40'000;
    for (std::uint32_t i = 0; i < relationships; ++i) {
        const std::uint32_t from = random() % count;
        const std::uint32_t to = random() % count;
        edges += quoted(form(from)) + "," + quoted(form(to)) + ",T" + std::to_string(random() % 3) + "," +
                 std::to_string(from) + "," + std::to_string(count - 1 - to) + "\n";
    }
    edges += form(1) + ",00" + form(1) + ",T0,1,1\n";  // is nowhere
    REQUIRE(edges.size() > 4 * BlockReader::default_block_size);
    const TemporaryFile people_file(people);
    const TemporaryFile things_file(things);
    const TemporaryFile edges_file(edges);
    const std::vector<ImportSource> sources{{people_file.path()}, {things_file.path()}, {edges_file.path()}};
    for (const unsigned threads : {1U, 2U, 5U}) {
        ImportOptions options;
        options.threads = threads;
        std::vector<std::string> messages;
        options.reject = [&](const RejectedRecord& record) { messages.push_back(record.error.message); };
        const auto imported = import_graph(sources, options);
        REQUIRE(imported.ok());
        CHECK(messages ==
              std::vector<std::string>{"another node has the id '91' in the id space Person",
                                       "another node has the id '00' in the id space Person",
                                       "another node has the id 'Gene::39' in the id space Person",
                                       "no node has the id '00-13' in the id space Thing"});
        const Snapshot& snapshot = imported->snapshot;
        REQUIRE(snapshot.node_count() == std::size_t{2} * count);
        REQUIRE(snapshot.rel_count() == relationships);
        const KeyId n = *snapshot.find_key("n");
        const KeyId from = *snapshot.find_key("from");
        const KeyId to = *snapshot.find_key("to");
        for (std::uint32_t i = 0; i < relationships; ++i) {
            const RelId rel{i};
            REQUIRE(index(snapshot.ends(rel).source) < count);
            REQUIRE(index(snapshot.ends(rel).target) >= count);
            REQUIRE(snapshot.property(snapshot.ends(rel).source, n) == snapshot.property(rel, from));
            REQUIRE(snapshot.property(snapshot.ends(rel).target, n) == snapshot.property(rel, to));
        }
    }
}

TEST_CASE("csv: gzipped files are read as they are, also several behind each other") {
    const TemporaryFile nodes(gzipped("id,n\na,1\n") + gzipped("b,2\n"), ".csv.gz");
    std::vector<ImportSource> sources{{nodes.path()}};
    const auto imported = import_graph(sources);
    REQUIRE(imported.ok());
    CHECK(imported->snapshot.node_count() == 2);

    std::string cut = gzipped(std::string(100'000, 'x'));
    cut.resize(cut.size() / 2);
    const TemporaryFile broken(cut, ".csv.gz");
    sources = {{broken.path()}};
    const auto refused = import_graph(sources);
    REQUIRE(!refused.ok());
    CHECK(refused.error().message.find("ends too early") != std::string::npos);
}

TEST_CASE("csv: a caller may stop an import, and a missing file is said") {
    const TemporaryFile file("id\na\n");
    std::vector<ImportSource> sources{{file.path()}};
    ImportOptions options;
    options.progress = [](const ImportProgress& progress) {
        CHECK(progress.bytes_total == 5);
        return false;
    };
    const auto stopped = import_graph(sources, options);
    REQUIRE(!stopped.ok());
    CHECK(stopped.error().detail == "Cancelled");

    sources = {{"/nowhere/at all.csv"}};
    const auto missing = import_graph(sources);
    REQUIRE(!missing.ok());
    CHECK(missing.error().detail == "CannotOpen");
}

}  // namespace islet
