// LOAD CSV: the rows of a file, from the folder that the caller allows.

#include <filesystem>
#include <set>

#include "csv_reader.hpp"
#include "operator.hpp"

namespace islet::query {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(std::string detail, std::string message, std::string hint) {
    throw Exception({.code = "22N27",
                     .kind = "ExternalError",
                     .phase = "runtime",
                     .detail = std::move(detail),
                     .message = std::move(message),
                     .span = {},
                     .hint = std::move(hint),
                     .place = {}});
}

/// `file:///name`, `file:name` and `name`, with `%20` and the like resolved in the first two.
std::string file_name(const std::string& source) {
    const std::size_t colon = source.find("://");
    if (source.starts_with("file:")) {
        std::string rest = source.substr(5);
        if (rest.starts_with("//")) {
            rest = rest.substr(2);
            if (!rest.starts_with("/"))
                refuse("InvalidFile", "`" + source + "` names a file of another machine",
                       "write three slashes: `file:///name.csv`");
        }
        std::string name;
        for (std::size_t i = 0; i < rest.size(); ++i) {
            const auto hex = [&](std::size_t at) -> int {
                const char c = at < rest.size() ? rest[at] : '\0';
                if (c >= '0' && c <= '9') return c - '0';
                if (c >= 'a' && c <= 'f') return c - 'a' + 10;
                return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
            };
            if (rest[i] == '%' && hex(i + 1) >= 0 && hex(i + 2) >= 0) {
                name += static_cast<char>(hex(i + 1) * 16 + hex(i + 2));
                i += 2;
            } else {
                name += rest[i];
            }
        }
        return name.substr(std::min(name.find_first_not_of('/'), name.size()));
    }
    if (colon != std::string::npos) {
        refuse("UnsupportedFeature", "only files are read, not `" + source + "`",
               "save it to the import folder, and name the file");
    }
    return source;
}

std::string resolve(const RunContext& context, const std::string& source) {
    if (context.import_folder.empty()) {
        refuse("AccessDenied", "no folder is allowed for LOAD CSV",
               "name one: `--import-dir FOLDER`, or Database::set_import_folder()");
    }
    const std::string name = file_name(source);
    std::error_code error;
    const fs::path folder = fs::canonical(std::string(context.import_folder), error);
    if (error)
        refuse("InvalidFile", "the import folder `" + std::string(context.import_folder) + "` cannot be read",
               "");
    const fs::path wanted = fs::weakly_canonical(folder / name, error);
    const auto relative = wanted.lexically_relative(folder);
    const bool inside = !error && !relative.empty() && *relative.begin() != "..";
    if (!inside) {
        refuse("AccessDenied", "`" + source + "` lies outside of the import folder",
               "files are read from `" + folder.string() + "` and below");
    }
    if (!fs::is_regular_file(wanted, error)) {
        refuse("InvalidFile",
               "there is no file `" + name + "` in the import folder `" + folder.string() + "`", "");
    }
    return wanted.string();
}

class LoadCsvOperator final : public Operator {
 public:
    using Operator::Operator;

    bool next(Batch& out) override {
        const BoundLoadCsv& load = std::get<LoadCsvOp>(node_.op).load;
        while (true) {
            std::vector<Value> rows;
            if (reader_) {
                std::vector<CsvReader::Field> fields;
                while (rows.size() < batch_rows && reader_->next(fields)) rows.push_back(value(load, fields));
                if (rows.size() < batch_rows) reader_.reset(), ++row_;
            } else if (row_ < in_.rows) {
                open(load);
                continue;
            } else {
                if (!pull(in_)) return false;
                row_ = 0;
                continue;
            }
            if (rows.empty()) continue;
            context_.check();
            const std::size_t parent = reader_ ? row_ : row_ - 1;
            const std::vector<std::uint32_t> parents(rows.size(), static_cast<std::uint32_t>(parent));
            out = in_.gather(parents, carried(in_));
            if (out.columns.size() <= static_cast<std::size_t>(load.row))
                out.columns.resize(static_cast<std::size_t>(load.row) + 1);
            out[load.row] = Column::of_values(std::move(rows));
            return true;
        }
    }

    void reset() override {
        Operator::reset();
        in_ = {};
        row_ = 0;
        reader_.reset();
    }

 private:
    /// Opens the file that the row at hand names.
    void open(const BoundLoadCsv& load) {
        Batch one = in_.gather(std::vector<std::uint32_t>{static_cast<std::uint32_t>(row_)},
                               slots_read(context_, {load.source, load.field_terminator}, in_));
        const Value source = evaluate(context_, load.source, one)->at(0);
        context_.at = context_.plan[load.source].span;
        if (source.kind() != Kind::string)
            refuse("InvalidFile",
                   "LOAD CSV reads a file of a name, but this is a " + std::string(kind_name(source.kind())),
                   "");
        char separator = ',';
        if (load.field_terminator != ExprId::none) {
            const Value given = evaluate(context_, load.field_terminator, one)->at(0);
            context_.at = context_.plan[load.field_terminator].span;
            if (given.kind() != Kind::string || given.as_string().size() != 1 ||
                given.as_string()[0] == '"' || given.as_string()[0] == '\n' || given.as_string()[0] == '\r' ||
                static_cast<unsigned char>(given.as_string()[0]) >= 0x80) {
                refuse("InvalidArgumentValue",
                       "FIELDTERMINATOR takes one ASCII character, which is no quote or line end",
                       "write for example `FIELDTERMINATOR ';'` or `'\\t'`");
            }
            separator = given.as_string()[0];
            context_.at = context_.plan[load.source].span;
        }
        reader_.emplace(resolve(context_, std::string(source.as_string())), separator);
        header_.clear();
        if (!load.with_headers) return;
        std::vector<CsvReader::Field> fields;
        if (!reader_->next(fields)) return;
        std::set<std::string> seen;
        for (const CsvReader::Field& field : fields) {
            if (!field) reader_->fail(reader_->line(), "the header has a column without a name");
            if (!seen.insert(*field).second)
                reader_->fail(reader_->line(), "the header has two columns `" + *field + "`");
            header_.push_back(*field);
        }
    }

    /// A row as the list of its fields, or with headers as a map; an empty field is null.
    Value value(const BoundLoadCsv& load, std::vector<CsvReader::Field>& fields) const {
        const auto of = [](const CsvReader::Field& field) { return field ? Value(*field) : Value(); };
        if (!load.with_headers) {
            List list;
            for (const CsvReader::Field& field : fields) list.push_back(of(field));
            return Value(std::move(list));
        }
        if (fields.size() > header_.size()) {
            reader_->fail(reader_->line(), "the row has " + std::to_string(fields.size()) +
                                               " fields, but the header only " +
                                               std::to_string(header_.size()));
        }
        Map map;
        for (std::size_t i = 0; i < header_.size(); ++i)
            map.set(header_[i], i < fields.size() ? of(fields[i]) : Value());
        return Value(std::move(map));
    }

    Batch in_;
    std::size_t row_ = 0;
    std::optional<CsvReader> reader_;
    std::vector<std::string> header_;
};

}  // namespace

Input make_load_csv(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<LoadCsvOperator>(context, node, std::move(input));
}

}  // namespace islet::query
