// The families that make up the table of functions, and the aggregates.
#pragma once

#include <memory>
#include <vector>

#include "functions.hpp"

namespace islet::query {

std::vector<Function> graph_functions();
std::vector<Function> scalar_functions();
std::vector<Function> conversion_functions();
std::vector<Function> math_functions();
std::vector<Function> string_functions();
std::vector<Function> list_functions();
std::vector<Function> temporal_functions();
std::vector<Function> truncation_functions();
std::vector<Function> duration_functions();

std::unique_ptr<GroupedAggregate> make_stdev();
std::unique_ptr<GroupedAggregate> make_stdev_population();
std::unique_ptr<GroupedAggregate> make_percentile_cont();
std::unique_ptr<GroupedAggregate> make_percentile_disc();

}  // namespace islet::query
