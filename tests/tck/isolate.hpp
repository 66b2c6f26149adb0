// Runs scenarios in a process of their own, so that a crash or a hang costs one
// scenario and not the run.
#pragma once

#include <functional>
#include <vector>

#include "scenario_runner.hpp"

namespace islet::tck {

/// Runs every scenario in order and hands each verdict to `report` in this process. One child runs
/// on until it crashes or a scenario takes longer than `options.timeout` times three; then that
/// scenario failed and a new child goes on behind it. Throws std::runtime_error when no child can
/// be started, or when a child ends badly after its last scenario (as with a leak under a sanitizer).
void run_isolated(const std::vector<Scenario>& scenarios, const RunOptions& options,
                  const std::function<void(const Scenario&, const Verdict&)>& report);

}  // namespace islet::tck
