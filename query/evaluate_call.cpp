// Function calls on columns.

#include <algorithm>
#include <optional>

#include "code_points.hpp"
#include "evaluate_kernels.hpp"
#include "functions.hpp"

namespace islet::query {
namespace {

using Layout = Column::Layout;

/// A type's name, as the dictionary has it if it has it: a column's equal strings are one.
std::string_view type_name(const Snapshot& snapshot, TypeId type) {
    const std::string_view name = snapshot.name(type);
    const auto code = snapshot.find_string(name);
    return code ? snapshot.string(*code) : name;
}

/// Where all relationships are of one type, one name for all rows.
Column type_names(const Snapshot& snapshot, const Column& rels) {
    std::vector<std::optional<std::string_view>> names(snapshot.type_count());
    Column out;
    out.layout = Layout::strings;
    out.strings.reserve(rels.ids.size());
    // Relationships that follow each other are mostly of one type, whose ids are consecutive.
    std::uint32_t first = 0;
    std::uint32_t size = 0;
    std::string_view name;
    const auto look_up = [&](std::uint32_t rel) {
        const TypeId type = snapshot.ends(RelId{rel}).type;
        const auto [from, count] = snapshot.base_rels(type);
        first = static_cast<std::uint32_t>(from);
        size = count;
        std::optional<std::string_view>& known = names[index(type)];
        if (!known) known = type_name(snapshot, type);
        name = *known;
    };
    if (!rels.ids.empty() && rels.ids.front() != Column::null_id) {
        look_up(rels.ids.front());
        const bool one = std::all_of(rels.ids.begin(), rels.ids.end(),
                                     [&](std::uint32_t rel) { return rel - first < size; });
        if (one) {
            out.strings.push_back(name);
            out.constant = true;
            return out;
        }
    }
    for (const std::uint32_t rel : rels.ids) {
        if (rel == Column::null_id) {
            out.strings.emplace_back();
            continue;
        }
        if (rel - first >= size) look_up(rel);
        out.strings.push_back(name);
    }
    return out;
}

/// id() of nodes or relationships.
Column ids_of(const Column& argument) {
    Column out = Column::integers({argument.ids.begin(), argument.ids.end()});
    for (std::size_t row = 0; row < argument.ids.size(); ++row) {
        if (argument.ids[row] != Column::null_id) continue;
        if (out.valid.empty()) out.valid.assign(argument.ids.size(), 1);
        out.ints[row] = 0;
        out.valid[row] = 0;
    }
    return out;
}

/// abs() of integers. No value: one of them has none.
std::optional<Column> absolute(const Column& argument) {
    Column out = argument;
    for (std::int64_t& number : out.ints) {
        if (number == INT64_MIN) return std::nullopt;
        number = number < 0 ? -number : number;
    }
    return out;
}

Column floats_of(double (*function)(double), const Column& argument) {
    Column out;
    out.layout = Layout::floats;
    out.valid = argument.valid;
    out.floats.reserve(argument.ints.size() + argument.floats.size());
    for (const std::int64_t number : argument.ints)
        out.floats.push_back(function(static_cast<double>(number)));
    for (const double number : argument.floats) out.floats.push_back(function(number));
    return out;
}

/// size() of texts of the dictionary, in code points.
Column sizes_of(const Column& texts) {
    Column out;
    out.layout = Layout::ints;
    out.ints.reserve(texts.strings.size());
    for (const std::string_view text : texts.strings)
        out.ints.push_back(static_cast<std::int64_t>(count_code_points(text)));
    for (std::size_t row = 0; row < texts.strings.size(); ++row) {
        if (texts.strings[row].data() != nullptr) continue;
        if (out.valid.empty()) out.valid.assign(texts.strings.size(), 1);
        out.valid[row] = 0;
    }
    return out;
}

/// Functions that have a loop of their own.
std::optional<Column> typed_call(const RunContext& context, const Function& function,
                                 const Column& argument) {
    if (argument.constant) return std::nullopt;
    const bool is_node = argument.layout == Layout::nodes;
    if (is_node || argument.layout == Layout::rels) {
        if (function.name == "type" && !is_node) return type_names(*context.snapshot, argument);
        if (function.name == "id") return ids_of(argument);
    } else if (argument.layout == Layout::strings) {
        if (function.name == "size" || function.name == "char_length") return sizes_of(argument);
    } else if (argument.layout == Layout::ints || argument.layout == Layout::floats) {
        if (function.of_float != nullptr) return floats_of(function.of_float, argument);
        if (function.name == "abs" && argument.layout == Layout::ints) return absolute(argument);
    }
    return std::nullopt;
}

/// Functions of a text of the dictionary that give a part of it, or change it. The other arguments are the
/// same in all rows, and good: the function took them.
Value of_text(const Function& function, std::string_view text, std::span<const Value> others) {
    if (function.part != nullptr) return Value(function.part(text, others));
    auto changed = function.change(text);
    return changed ? Value(std::move(*changed)) : Value(text);
}

}  // namespace

Column evaluate_call(RunContext& context, const FunctionOf& e, ast::Span span, const Batch& batch) {
    if (e.function->name == "size" && e.arguments.size() == 1) {
        const auto* list = std::get_if<Comprehension>(&context.plan[e.arguments.front()].node);
        if (list != nullptr) return evaluate_comprehension_size(context, *list, batch);
    }
    std::vector<ColumnRef> columns;
    columns.reserve(e.arguments.size());
    for (const ExprId argument : e.arguments) columns.push_back(evaluate(context, argument, batch));
    const Function& function = *e.function;
    context.at = span;
    if (columns.size() == 1) {
        if (auto column = typed_call(context, function, *columns.front())) return *std::move(column);
    }
    FunctionContext inner{*context.snapshot, context.random_state, context.begun, context.room()};
    HeldBytes made;
    std::vector<Value> arguments(columns.size());
    std::vector<std::size_t> changing;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!columns[i]->constant) changing.push_back(i);
        if (columns[i]->constant && batch.rows > 0) arguments[i] = columns[i]->at(0);
    }
    const bool texts = (function.part != nullptr || function.change != nullptr) &&
                       changing == std::vector<std::size_t>{0} &&
                       columns.front()->layout == Layout::strings &&
                       std::none_of(arguments.begin() + 1, arguments.end(),
                                    [](const Value& argument) { return argument.is_null(); });
    bool taken = false;
    std::vector<Value> out;
    out.reserve(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
        if (texts && taken && columns.front()->strings[row].data() != nullptr) {
            out.push_back(of_text(function, columns.front()->strings[row], std::span(arguments).subspan(1)));
        } else {
            for (const std::size_t i : changing) arguments[i] = columns[i]->at(row);
            out.push_back(query::call(function, inner, arguments));
            taken = !out.back().is_null();
        }
        const std::uint64_t bytes = made.add(out.back());
        if (bytes > inner.room) context.out_of_memory(bytes);
        inner.room -= bytes;
    }
    return Column::packed(std::move(out));
}

}  // namespace islet::query
