// Runs functions, operators and aggregates on values and writes what comes of it
// as text, so that the tests are tables.
#pragma once

#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "functions.hpp"
#include "islet/error.hpp"
#include "islet/text.hpp"

namespace islet::query::test {

/// The result's text, or "kind detail" of the error that was thrown.
inline std::string outcome(const Snapshot& snapshot, const std::function<Value()>& compute) {
    try {
        return to_text(compute(), snapshot);
    } catch (const Exception& exception) {
        CHECK(exception.error().phase == "runtime");
        CHECK_FALSE(exception.error().code.empty());
        CHECK_FALSE(exception.error().message.empty());
        return exception.error().kind + ' ' + exception.error().detail;
    }
}

struct Call {
    std::string_view function;
    std::vector<Value> arguments;
    std::string_view expected;
};

inline Value run(std::string_view name, const std::vector<Value>& arguments,
                 const Snapshot& snapshot = Snapshot()) {
    const Function* function = find_function(name);
    REQUIRE(function != nullptr);
    REQUIRE(arguments.size() >= function->required);
    REQUIRE((function->variadic || arguments.size() <= function->parameters.size()));
    std::uint64_t random = 1;
    FunctionContext context{snapshot, random};
    return call(*function, context, arguments);
}

inline void check(const std::vector<Call>& calls, const Snapshot& snapshot = Snapshot()) {
    for (const Call& call : calls) {
        std::string shown(call.function);
        for (const Value& argument : call.arguments) shown += ' ' + to_text(argument, snapshot);
        INFO(shown);
        CHECK(outcome(snapshot, [&] { return run(call.function, call.arguments, snapshot); }) ==
              call.expected);
    }
}

}  // namespace islet::query::test
