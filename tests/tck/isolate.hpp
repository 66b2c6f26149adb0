// Runs scenarios in a process of their own, so that a crash or a hang costs one
// scenario and not the run.
#pragma once

#include <functional>
#include <vector>

#include "scenario_runner.hpp"

namespace islet::tck {

using RunFunction = std::function<Verdict(const Scenario&)>;
using ReportFunction = std::function<void(const Scenario&, const Verdict&)>;

/// Calls `run` on every scenario in order, in a child, and hands each verdict to `report` in this
/// process. A child runs on until it crashes or a scenario takes longer than `patience`; then that
/// scenario failed and a new child goes on behind it. Throws std::runtime_error when no child can
/// be started, or when a child ends badly after its last scenario (as with a leak under a sanitizer).
void run_isolated(const std::vector<Scenario>& scenarios, const RunFunction& run,
                  std::chrono::milliseconds patience, const ReportFunction& report);

}  // namespace islet::tck
