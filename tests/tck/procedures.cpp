#include "procedures.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <utility>

#include "term.hpp"

namespace islet::tck {
namespace {

using query::Field;
using query::FieldType;

[[noreturn]] void fail(std::string_view signature) {
    throw std::runtime_error("`" + std::string(signature) + "` is no signature of a procedure");
}

Field read_field(std::string_view text, std::string_view signature) {
    constexpr std::array<std::pair<std::string_view, FieldType>, 12> types{{
        {"ANY", FieldType::any},
        {"BOOLEAN", FieldType::boolean},
        {"INTEGER", FieldType::integer},
        {"FLOAT", FieldType::floating},
        {"NUMBER", FieldType::number},
        {"STRING", FieldType::string},
        {"LIST", FieldType::list},
        {"LIST OF ANY", FieldType::list},
        {"MAP", FieldType::map},
        {"NODE", FieldType::node},
        {"RELATIONSHIP", FieldType::relationship},
        {"PATH", FieldType::path},
    }};
    const std::size_t colons = text.find("::");
    if (colons == std::string_view::npos) fail(signature);
    Field field{std::string(trim(text.substr(0, colons))), FieldType::any, false};
    std::string_view type = trim(text.substr(colons + 2));
    if (type.ends_with('?')) {
        field.nullable = true;
        type = trim(type.substr(0, type.size() - 1));
    }
    const auto* const known =
        std::find_if(types.begin(), types.end(), [&](const auto& t) { return t.first == type; });
    if (known == types.end() || field.name.empty()) fail(signature);
    field.type = known->second;
    return field;
}

// The fields between the parentheses that `text` begins with; moves `text` behind them.
std::vector<Field> read_fields(std::string_view& text, std::string_view signature) {
    text = trim(text);
    const std::size_t close = text.find(')');
    if (!text.starts_with('(') || close == std::string_view::npos) fail(signature);
    std::string_view inside = trim(text.substr(1, close - 1));
    text = text.substr(close + 1);
    std::vector<Field> fields;
    while (!inside.empty()) {
        const std::size_t comma = inside.find(',');
        fields.push_back(read_field(inside.substr(0, comma), signature));
        inside = comma == std::string_view::npos ? std::string_view{} : inside.substr(comma + 1);
    }
    return fields;
}

// The table's values in order of `fields`; a float column holds floats even where the table says `1`.
std::vector<std::vector<Value>> read_rows(const std::vector<Cells>& table, const std::vector<Field>& fields) {
    std::vector<std::vector<Value>> rows;
    if (table.empty()) return rows;
    std::vector<std::size_t> columns;
    for (const Field& field : fields) {
        const auto column = std::find(table[0].begin(), table[0].end(), field.name);
        if (column == table[0].end()) throw std::runtime_error("the table lacks the column " + field.name);
        columns.push_back(static_cast<std::size_t>(column - table[0].begin()));
    }
    for (std::size_t r = 1; r < table.size(); ++r) {
        std::vector<Value>& row = rows.emplace_back();
        for (std::size_t f = 0; f < fields.size(); ++f) {
            Value value = value_of(parse_term(table[r][columns[f]]));
            if (fields[f].type == FieldType::floating && value.is_number()) value = value.number();
            row.push_back(std::move(value));
        }
    }
    return rows;
}

}  // namespace

query::Procedure table_procedure(std::string_view signature, const std::vector<Cells>& table) {
    query::Procedure procedure;
    std::string_view text = trim(signature);
    if (text.ends_with(':')) text.remove_suffix(1);
    const std::size_t open = text.find('(');
    if (open == std::string_view::npos) fail(signature);
    procedure.name = trim(text.substr(0, open));
    text.remove_prefix(open);
    procedure.inputs = read_fields(text, signature);
    text = trim(text);
    if (!text.starts_with("::")) fail(signature);
    text.remove_prefix(2);
    procedure.outputs = read_fields(text, signature);
    if (!trim(text).empty() || procedure.name.empty()) fail(signature);

    const std::size_t inputs = procedure.inputs.size();
    procedure.call = [inputs, keys = read_rows(table, procedure.inputs),
                      answers = read_rows(table, procedure.outputs)](const query::ProcedureContext&,
                                                                     const std::vector<Value>& arguments) {
        std::vector<std::vector<Value>> rows;
        for (std::size_t r = 0; r < answers.size(); ++r) {
            bool fits = arguments.size() == inputs;
            // NUMBER accepts 42 and 42.0 alike, so the lookup is by equivalence.
            for (std::size_t i = 0; fits && i < inputs; ++i) fits = equivalent(keys[r][i], arguments[i]);
            if (fits) rows.push_back(answers[r]);
        }
        return rows;
    };
    return procedure;
}

}  // namespace islet::tck
