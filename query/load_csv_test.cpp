// LOAD CSV: what it reads, what it refuses, and where it looks.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "islet/database.hpp"
#include "islet/text.hpp"

namespace {

namespace fs = std::filesystem;

/// A folder with files, gone at the end.
class Folder {
 public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "islet-csv-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = name;
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    void write(const std::string& name, const std::string& text) const {
        fs::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name, std::ios::binary) << text;
    }
    [[nodiscard]] std::string path() const { return path_.string(); }

 private:
    fs::path path_;
};

/// The rows as text, or the error.
std::string run(const Folder& folder, const std::string& query) {
    islet::Database db;
    db.set_import_folder(folder.path());
    islet::Session session = db.session();
    const islet::Expected<islet::Result> result = session.run(query);
    if (!result) {
        std::string message = result.error().message;
        // The folder has another name each time.
        const std::string prefix = fs::canonical(folder.path()).string();
        for (std::size_t at = message.find(prefix); at != std::string::npos; at = message.find(prefix))
            message.replace(at, prefix.size(), "DIR");
        return "error: " + message;
    }
    std::string text;
    for (const islet::Row row : *result) {
        for (const islet::Value& value : row) text += islet::to_text(value, result->snapshot()) + ";";
    }
    return text;
}

std::string rows(const std::string& csv, const std::string& rest = "") {
    const Folder folder;
    folder.write("x.csv", csv);
    return run(folder, "LOAD CSV FROM 'x.csv' AS row " + rest + " RETURN row");
}

std::string maps(const std::string& csv) {
    const Folder folder;
    folder.write("x.csv", csv);
    return run(folder, "LOAD CSV WITH HEADERS FROM 'x.csv' AS row RETURN row");
}

}  // namespace

TEST_CASE("rows of a file are lists of texts") {
    CHECK(rows("a,b\n1,2\n") == "['a', 'b'];['1', '2'];");
    CHECK(rows("a,b\r\n1,2") == "['a', 'b'];['1', '2'];");
    CHECK(rows("") == "");
    CHECK(rows("\n\na\n\n") == "['a'];");
    CHECK(rows("a,,\"\"\n") == "['a', null, ''];");
    CHECK(rows("\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\n") == "['a,b', 'say \"hi\"', 'two\\nlines'];");
    CHECK(rows("\xEF\xBB\xBFü,ö\n") == "['ü', 'ö'];");
    CHECK(rows("a;b\n", "FIELDTERMINATOR ';'").starts_with("error") == false);
}

TEST_CASE("with headers rows are maps") {
    CHECK(maps("name,age\nAda,38\nBob,\n") == "{age: '38', name: 'Ada'};{age: null, name: 'Bob'};");
    CHECK(maps("name,age\nAda\n") == "{age: null, name: 'Ada'};");
    CHECK(maps("name,age\n") == "");
    CHECK(maps("") == "");
}

TEST_CASE("what is no CSV is refused with its line") {
    CHECK(rows("a\n\"b\n").find("x.csv, line 2: the quote that opens a field here is never closed") !=
          std::string::npos);
    CHECK(rows("a\n\"b\"c\n").find("line 2: text stands behind the closing quote") != std::string::npos);
    CHECK(rows("a\n\xFF\n").find("line 2: a field is not UTF-8") != std::string::npos);
    CHECK(maps("a,a\n1,2\n").find("line 1: the header has two columns `a`") != std::string::npos);
    CHECK(maps("a,\n1,2\n").find("line 1: the header has a column without a name") != std::string::npos);
    CHECK(maps("a\n1\n2,3\n").find("line 3: the row has 2 fields, but the header only 1") !=
          std::string::npos);
}

TEST_CASE("files are read from one folder only") {
    const Folder folder;
    folder.write("x.csv", "1\n");
    folder.write("sub/y z.csv", "2\n");
    const auto load = [&](const std::string& source) {
        return run(folder, "LOAD CSV FROM '" + source + "' AS row RETURN row[0]");
    };
    CHECK(load("x.csv") == "'1';");
    CHECK(load("file:///x.csv") == "'1';");
    CHECK(load("file:///sub/y%20z.csv") == "'2';");
    CHECK(load("sub/../x.csv") == "'1';");
    CHECK(load("../x.csv").find("lies outside of the import folder") != std::string::npos);
    CHECK(load("/etc/passwd").find("lies outside of the import folder") != std::string::npos);
    CHECK(load("https://example.org/x.csv").find("only files are read") != std::string::npos);
    CHECK(load("nothing.csv").find("there is no file `nothing.csv`") != std::string::npos);
    fs::create_symlink("/etc/passwd", fs::path(folder.path()) / "link.csv");
    CHECK(load("link.csv").find("lies outside of the import folder") != std::string::npos);

    islet::Database db;
    islet::Session session = db.session();
    const auto result = session.run("LOAD CSV FROM 'x.csv' AS row RETURN row");
    REQUIRE_FALSE(result.ok());
    CHECK(result.error().message == "no folder is allowed for LOAD CSV");
    REQUIRE(result.error().span);
    CHECK(result.error().span->column == 15);
}

TEST_CASE("a file is read once for each row, and what is read can be written") {
    const Folder folder;
    folder.write("a.csv", "k,v\n1,x\n2,y\n");
    CHECK(run(folder,
              "UNWIND ['a', 'a'] AS f LOAD CSV WITH HEADERS FROM f + '.csv' AS r "
              "CREATE (n:Row {k: toInteger(r.k)}) RETURN sum(n.k) AS sum") == "6;");
    CHECK(run(folder, "LOAD CSV FROM 'a.csv' AS r WITH r SKIP 1 RETURN r[1]") == "'x';'y';");
    CHECK(run(folder, "LOAD CSV FROM 'a.csv' AS r FIELDTERMINATOR ';' RETURN r[0]") == "'k,v';'1,x';'2,y';");
    CHECK(run(folder, "LOAD CSV FROM 'a.csv' AS r FIELDTERMINATOR '' RETURN r").starts_with("error"));
    // More rows than one batch.
    std::string many;
    for (int i = 0; i < 3000; ++i) many += std::to_string(i) + "\n";
    folder.write("many.csv", many);
    CHECK(run(folder, "LOAD CSV FROM 'many.csv' AS r RETURN count(*), sum(toInteger(r[0]))") ==
          "3000;4498500;");
}
