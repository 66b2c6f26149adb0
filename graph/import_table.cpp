#include "import_table.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "import_scan.hpp"

namespace islet::importing {

namespace {

using Names = std::span<const std::string_view>;

// What plain headers call their columns, the first that is there counts.
constexpr std::array<std::string_view, 3> id_names{"id", "_id", "node_id"};
constexpr std::array<std::string_view, 5> label_names{"original_labels", "label", "labels", "_labels",
                                                      "category"};
constexpr std::array<std::string_view, 10> source_names{
    "src", "source", "from", "start", "subject", "start_id", "from_id", "_start", "source_id", "head"};
constexpr std::array<std::string_view, 11> target_names{
    "dst", "target", "to", "end", "object", "end_id", "to_id", "_end", "dest", "target_id", "tail"};
constexpr std::array<std::string_view, 9> type_names{"original_predicate", "type",      "relationship",
                                                     "relation",           "rel",       "rel_type",
                                                     "predicate",          "edge_type", "label"};

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

/// `key:word(space)` in its parts.
struct HeaderCell {
    std::string key;
    std::string word;
    std::string space;
};

std::optional<HeaderCell> split(std::string_view text) {
    const std::size_t colon = text.rfind(':', text.rfind('('));
    if (colon == std::string_view::npos) return std::nullopt;
    HeaderCell cell{std::string(text.substr(0, colon)), std::string(text.substr(colon + 1)), {}};
    if (const std::size_t open = cell.word.find('('); open != std::string::npos && cell.word.ends_with(')')) {
        cell.space = cell.word.substr(open + 1, cell.word.size() - open - 2);
        cell.word.erase(open);
    }
    return cell;
}

/// `property` where the word names no role.
Role declared_role(std::string_view word) {
    const std::string name = lower(word);
    if (name == "id") return Role::id;
    if (name == "label") return Role::labels;
    if (name == "start_id") return Role::source;
    if (name == "end_id") return Role::target;
    if (name == "type") return Role::type;
    return name == "ignore" ? Role::ignored : Role::property;
}

/// Reads a header's fields into columns, one at a time.
class HeaderReader {
 public:
    HeaderReader(const Input& input, const ImportOptions& options) : input_(input), options_(options) {}

    Table read(const std::string& name);

 private:
    [[noreturn]] void refuse(const std::string& message, std::string hint = {}) const {
        fail("BadHeader", message, input_.path() + ":1", std::move(hint));
    }
    [[nodiscard]] char delimiter_of(const Block& block) const;
    [[nodiscard]] std::vector<std::string> fields(const Block& block, RecordForm form) const;
    void declared(const std::vector<std::string>& fields);
    void plain(const std::vector<std::string>& fields);
    TableColumn property(const std::string& field, bool must_be_known) const;
    TableColumn* find(Names names, Role role);
    void kgx_columns(const TableColumn* named, std::string_view original, std::string_view biolink);
    void check() const;

    const Input& input_;
    const ImportOptions& options_;
    Table table_;
};

/// The delimiter that the first record has most of.
char HeaderReader::delimiter_of(const Block& block) const {
    if (options_.delimiter != 0) return options_.delimiter;
    char best = ',';
    std::size_t most = 0;
    for (const char candidate : {',', '\t', ';', '|'}) {
        Marks marks;
        marks.scan(block, {candidate, true});
        std::size_t count = 0;
        for (const std::uint32_t mark : marks.positions()) {
            if (block.bytes[mark] == '\n') break;
            ++count;
        }
        if (count > most) {
            most = count;
            best = candidate;
        }
    }
    return best;
}

std::vector<std::string> HeaderReader::fields(const Block& block, RecordForm form) const {
    std::string_view text = block.text();
    std::size_t begin = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    std::vector<std::string> result;
    std::deque<std::string> scratch;
    Marks marks;
    marks.scan(block, form);
    for (const std::uint32_t mark : marks.positions()) {
        std::string_view raw = text.substr(begin, mark - begin);
        const bool last = text[mark] == '\n';
        if (last && raw.ends_with('\r')) raw.remove_suffix(1);
        Field field;
        if (!read_field(raw, form.quotes, field, scratch)) refuse("a quote in the header is not closed");
        if (const std::size_t at = invalid_utf8(field.text); at != std::string_view::npos) {
            refuse("the header is no valid UTF-8", "convert the file, say with `iconv -f latin1 -t utf8`");
        }
        result.emplace_back(without_blanks(field.text));
        begin = mark + 1;
        if (last) break;
    }
    return result;
}

TableColumn HeaderReader::property(const std::string& field, bool must_be_known) const {
    TableColumn column;
    column.header = field;
    column.key = field;
    column.type.kind = options_.infer_types ? Kind::null : Kind::string;
    column.inferred = options_.infer_types;
    const auto cell = split(field);
    if (!cell) return column;
    const auto type = declared_type(cell->word);
    if (!type && must_be_known) {
        constexpr std::array<std::string_view, 17> known{
            "string", "int",   "long",      "float",    "double",        "boolean",
            "date",   "time",  "localtime", "datetime", "localdatetime", "duration",
            "ID",     "LABEL", "START_ID",  "END_ID",   "TYPE"};
        const auto near = nearest(cell->word, known);
        refuse("column `" + field + "`: there is no type '" + cell->word + "'",
               near ? "did you mean '" + *near + "'?"
                    : "a colon in a key: name the type too, as in `a:b:string`");
    }
    if (!type) return column;
    column.key = cell->key;
    column.type = *type;
    column.inferred = false;
    return column;
}

/// Headers of Neo4j's importer: roles and types behind colons.
void HeaderReader::declared(const std::vector<std::string>& fields) {
    for (const std::string& field : fields) {
        const auto cell = split(field);
        const Role role = cell ? declared_role(cell->word) : Role::property;
        if (field.find('{') != std::string::npos && field.ends_with('}')) {
            refuse("column `" + field + "`: options in braces are not known", "leave them out");
        }
        if (role == Role::property) {
            table_.columns.push_back(property(field, true));
            if (!cell) {  // as Neo4j's importer has it
                table_.columns.back().type.kind = Kind::string;
                table_.columns.back().inferred = false;
            }
            continue;
        }
        TableColumn column;
        column.role = role;
        column.header = field;
        column.space = cell->space;
        if (role == Role::id && !cell->key.empty()) {
            column.key = cell->key;
            column.type.kind = Kind::string;
        }
        table_.columns.push_back(std::move(column));
    }
}

TableColumn* HeaderReader::find(Names names, Role role) {
    for (const std::string_view name : names) {
        for (TableColumn& column : table_.columns) {
            if (column.role != Role::property || lower(column.key) != name) continue;
            column.role = role;
            return &column;
        }
    }
    return nullptr;
}

void HeaderReader::plain(const std::vector<std::string>& fields) {
    for (const std::string& field : fields) table_.columns.push_back(property(field, false));
    const auto has = [&](Names names) {
        return std::any_of(table_.columns.begin(), table_.columns.end(), [&](const TableColumn& column) {
            return std::find(names.begin(), names.end(), lower(column.key)) != names.end();
        });
    };
    const auto has_one = [&](std::string_view name) { return has(Names(&name, 1)); };
    const bool tabs = table_.form.delimiter == '\t';
    const bool kgx_edges = tabs && has_one("subject") && has_one("predicate") && has_one("object");
    // A table that begins as KGX's nodes do may have properties of these names.
    const bool begins_kgx = fields.size() > 1 && fields[0] == "id" && fields[1] == "category";
    const bool kgx_nodes =
        tabs && !kgx_edges && has_one("id") && has_one("category") && (begins_kgx || !has(source_names));
    table_.prefixed = kgx_edges || kgx_nodes;
    if (!kgx_nodes && has(source_names) && has(target_names)) {
        constexpr std::array<std::string_view, 2> kgx_ends{"subject", "object"};
        const Names all(kgx_ends);
        for (TableColumn* end : {find(kgx_edges ? all.first(1) : source_names, Role::source),
                                 find(kgx_edges ? all.last(1) : target_names, Role::target)})
            end->key.clear();
        const TableColumn* type = find(type_names, Role::type);
        if (table_.prefixed) kgx_columns(type, "original_predicate", "predicate");
        return;
    }
    if (TableColumn* id = find(id_names, Role::id); id == nullptr) {
        refuse("the header names neither nodes nor relationships",
               "nodes need a column `id` (or `:ID`), relationships `src` and `dst` (or `:START_ID` and "
               "`:END_ID`)");
    }
    const TableColumn* labels = find(label_names, Role::labels);
    if (table_.prefixed) kgx_columns(labels, "original_labels", "category");
}

/// KGX has no quotes, joins lists with `|`, and may hold the names that a graph had before it was KGX: then
/// these count, and the terms of Biolink beside them are left out.
void HeaderReader::kgx_columns(const TableColumn* named, std::string_view original,
                               std::string_view biolink) {
    // Of the many slots with several values, those that are common; others stay text.
    constexpr std::array<std::string_view, 12> lists{
        "category",     "publications", "synonym",          "xref",
        "same_as",      "provided_by",  "knowledge_source", "aggregator_knowledge_source",
        "has_evidence", "in_taxon",     "qualifiers",       "supporting_publications"};
    table_.form.quotes = false;
    table_.list_delimiter = '|';
    for (TableColumn& column : table_.columns) {
        if (column.role != Role::property || !column.inferred) continue;
        if (std::find(lists.begin(), lists.end(), lower(column.key)) == lists.end()) continue;
        column.type = {Kind::string, true, false};
        column.inferred = false;
    }
    if (named == nullptr || lower(named->header) != original) return;
    table_.prefixed = false;
    for (TableColumn& column : table_.columns) {
        if (lower(column.key) == biolink) column.role = Role::ignored;
    }
}

void HeaderReader::check() const {
    const auto count = [&](Role role) {
        return std::count_if(table_.columns.begin(), table_.columns.end(),
                             [&](const TableColumn& column) { return column.role == role; });
    };
    if (count(Role::source) != count(Role::target) || count(Role::source) > 1) {
        refuse("a table of relationships has one column :START_ID and one :END_ID");
    }
    if (count(Role::id) > 1) refuse("a table has one column :ID");
    if (count(Role::type) > 1) refuse("a table has one column :TYPE");
    if (count(Role::source) == 0 && count(Role::id) + count(Role::labels) == 0) {
        refuse("the header names neither nodes nor relationships", "add :ID, or :START_ID and :END_ID");
    }
    std::set<std::string_view> keys;
    for (const TableColumn& column : table_.columns) {
        const bool kept = column.role == Role::property || (column.role == Role::id && !column.key.empty());
        if (!kept) continue;
        if (column.key.empty()) refuse("a column of properties has no name", "name it, or `:IGNORE` it");
        if (!keys.insert(column.key).second) refuse("two columns have the name `" + column.key + "`");
    }
}

Table HeaderReader::read(const std::string& name) {
    constexpr std::size_t enough_for_a_header = std::size_t{1} << 16U;
    Block block;
    BlockReader reader(input_, {options_.delimiter, true}, enough_for_a_header);
    if (!reader.next(block)) refuse("the file is empty", "a table begins with a header");
    table_.input = &input_;
    table_.name = name;
    table_.form = {delimiter_of(block), true};
    table_.list_delimiter = options_.list_delimiter;
    const std::vector<std::string> header = fields(block, table_.form);
    const bool has_roles = std::any_of(header.begin(), header.end(), [](const std::string& field) {
        const auto cell = split(field);
        return cell && declared_role(cell->word) != Role::property;
    });
    has_roles ? declared(header) : plain(header);
    check();
    table_.of_relationships =
        std::any_of(table_.columns.begin(), table_.columns.end(),
                    [](const TableColumn& column) { return column.role == Role::source; });
    return std::move(table_);
}

}  // namespace

Table read_header(const Input& input, const std::string& name, const ImportOptions& options) {
    return HeaderReader(input, options).read(name);
}

}  // namespace islet::importing
