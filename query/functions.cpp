#include "functions.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "function_errors.hpp"
#include "function_families.hpp"

namespace islet::query {
namespace {

char folded(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool before(std::string_view a, std::string_view b) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [](char x, char y) { return folded(x) < folded(y); });
}

/// All functions by name, each name once. Made on first use and never changed.
struct Table {
    std::vector<Function> functions;
    std::vector<std::string_view> names;
};

Table make_table() {
    Table table;
    for (auto family :
         {graph_functions(), scalar_functions(), conversion_functions(), math_functions(), string_functions(),
          list_functions(), temporal_functions(), truncation_functions(), duration_functions()}) {
        std::move(family.begin(), family.end(), std::back_inserter(table.functions));
    }
    std::sort(table.functions.begin(), table.functions.end(),
              [](const Function& a, const Function& b) { return before(a.name, b.name); });
    for (const Function& function : table.functions) table.names.push_back(function.name);
    return table;
}

const Table& table() {
    static const Table made = make_table();
    return made;
}

TypeSet parameter_at(const Function& function, std::size_t i) {
    // A variadic function's last parameter stands for all that follow it.
    return function.parameters[std::min(i, function.parameters.size() - 1)];
}

}  // namespace

const Function* find_function(std::string_view name) {
    const auto& all = table().functions;
    const auto it = std::lower_bound(
        all.begin(), all.end(), name,
        [](const Function& function, std::string_view wanted) { return before(function.name, wanted); });
    return it == all.end() || before(name, it->name) ? nullptr : &*it;
}

std::span<const std::string_view> function_names() {
    return table().names;
}

Value call(const Function& function, FunctionContext& context, std::span<const Value> arguments) {
    if (!function.takes_null) {
        for (const Value& argument : arguments) {
            if (argument.is_null()) return {};
        }
    }
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const TypeSet takes = parameter_at(function, i);
        if (takes == any_type || arguments[i].is_null()) continue;
        if ((takes & type_bit(arguments[i].kind())) == 0) {
            raise_argument(function.name, type_text(takes), arguments[i]);
        }
    }
    try {
        return function.apply(context, arguments);
    } catch (const Exception& exception) {
        // What a function is made of does not know for whom it refuses.
        const std::string called = std::string(function.name) + "()";
        if (exception.error().message.starts_with(called)) throw;
        Error error = exception.error();
        error.message = called + ": " + error.message;
        throw Exception(std::move(error));
    }
}

std::string type_text(TypeSet types) {
    if (types == any_type) return "any value";
    constexpr std::array kinds = {
        Kind::boolean,    Kind::integer, Kind::floating,        Kind::string,    Kind::list,
        Kind::map,        Kind::node,    Kind::relationship,    Kind::path,      Kind::date,
        Kind::local_time, Kind::time,    Kind::local_date_time, Kind::date_time, Kind::duration};
    std::vector<std::string_view> names;
    for (const Kind kind : kinds) {
        if ((types & type_bit(kind)) != 0) names.push_back(kind_name(kind));
    }
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
        text += names[i];
    }
    return text;
}

}  // namespace islet::query
