// What benchmarks/compare says to an engine, and hears: a JSON object a line on stdin, one a line on
// stdout. Every engine has its own process and speaks this.
//
//   {"op": "run", "name": …, "text": …, "parameters": {…}, "minimum": 3, "maximum": 50, "seconds": 1.0}
//       runs once unmeasured and gives these rows, then measures until a bound is met:
//       {"rows": [[…]], "count": 20, "ms": [0.71, …], "cpu_ms": [0.7, …]}
//   "each": 1000 runs the text that often for one measurement, with $i = 1, 2, …; ms is that of one of them
//   "before", "after": texts that run around each measurement and are not measured
//   {"op": "threads", "count": 2}   {"op": "switch", "name": …, "on": false}   {"op": "switches"}   {"op":
//   "memory"} An error: {"error": "…"}
#pragma once

#include <rapidjson/document.h>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "islet/value.hpp"

namespace islet::benchmarks {

using Rows = std::vector<std::vector<Value>>;

/// What a request asks to be run.
struct Request {
    std::string name;
    std::string text;
    std::map<std::string, Value, std::less<>> parameters;
};

/// What an engine can do. A function throws std::exception to answer with an error.
struct Engine {
    /// Runs a query and keeps its whole result, without turning it into rows.
    std::function<void(const Request&)> run;
    /// The rows of the last run.
    std::function<Rows()> rows;
    std::function<void(unsigned)> set_threads;
    std::function<bool(const std::string& name, bool on)> set_switch;
    std::vector<std::string> switches;  ///< the names that set_switch knows
};

/// Answers requests until stdin ends.
void serve(const Engine& engine);

}  // namespace islet::benchmarks
