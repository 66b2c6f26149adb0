// The public list of functions, from the tables that the binder looks them up in.
#include <algorithm>

#include "functions.hpp"
#include "islet/functions.hpp"

namespace islet {

namespace {

bool before(const FunctionDescription& a, const FunctionDescription& b) {
    const auto folded = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::lexicographical_compare(a.name.begin(), a.name.end(), b.name.begin(), b.name.end(),
                                        [&](char x, char y) { return folded(x) < folded(y); });
}

}  // namespace

std::vector<FunctionDescription> functions() {
    std::vector<FunctionDescription> all;
    for (const std::string_view name : query::function_names()) {
        const query::Function* function = query::find_function(name);
        all.push_back({function->name, function->signature, false});
    }
    for (const std::string_view name : query::aggregate_names()) {
        const query::AggregateFunction* function = query::find_aggregate(name);
        all.push_back({function->name, function->signature, true});
    }
    std::sort(all.begin(), all.end(), before);
    return all;
}

}  // namespace islet
