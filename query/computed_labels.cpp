#include "computed_labels.hpp"

#include <algorithm>

#include "function_errors.hpp"

namespace islet::query {
namespace {

std::string computed_name(const Value& value) {
    if (value.kind() != Kind::string) {
        raise(status::invalid_type, "TypeError", "InvalidArgumentType",
              "a computed label or type is a STRING or a LIST of these, but this is " +
                  (value.is_null() ? std::string("null") : "a " + std::string(kind_name(value.kind()))));
    }
    if (value.as_string().empty()) {
        raise(status::invalid_argument, "ArgumentError", "InvalidArgumentValue",
              "a label or type cannot be an empty text");
    }
    return std::string(value.as_string());
}

Value test_labels(FunctionContext& context, std::span<const Value> arguments, bool any) {
    const Value& entity = arguments[0];
    if (entity.is_null()) return {};
    const std::vector<std::string> names = computed_names(arguments[1]);
    const auto has = [&](const std::string& name) {
        if (entity.kind() == Kind::relationship)
            return context.snapshot.name(context.snapshot.ends(entity.as_relationship()).type) == name;
        const std::optional<LabelId> label = context.snapshot.find_label(name);
        return label && context.snapshot.has_label(entity.as_node(), *label);
    };
    return any ? std::any_of(names.begin(), names.end(), has) : std::all_of(names.begin(), names.end(), has);
}

Function label_test_function(std::string_view name,
                             Value (*apply)(FunctionContext&, std::span<const Value>)) {
    Function function;
    function.name = name;
    function.parameters = {TypeSet{node_type | relationship_type}, any_type};
    function.required = 2;
    function.result = boolean_type;
    function.takes_null = true;
    function.apply = apply;
    return function;
}

}  // namespace

std::vector<std::string> computed_names(const Value& value) {
    std::vector<std::string> names;
    if (value.kind() != Kind::list) {
        names.push_back(computed_name(value));
        return names;
    }
    for (const Value& each : value.as_list()) names.push_back(computed_name(each));
    return names;
}

const Function& computed_label_test(bool any) {
    static const Function all_of = label_test_function(
        "hasAllLabels",
        [](FunctionContext& c, std::span<const Value> a) { return test_labels(c, a, false); });
    static const Function any_of = label_test_function(
        "hasAnyLabel", [](FunctionContext& c, std::span<const Value> a) { return test_labels(c, a, true); });
    return any ? any_of : all_of;
}

}  // namespace islet::query
