// The plan's printer with room for a remark behind each operator.
#pragma once

#include <functional>
#include <string>

#include "plan.hpp"

namespace islet::query {

/// What to say behind an operator's line; may be empty.
using PlanNotes = std::function<std::string(PlanId)>;

std::string to_text(const Plan& plan, const PlanNotes& notes);
/// The planner's estimate of rows. `plan` must outlive the notes.
PlanNotes estimate_notes(const Plan& plan);
void print_plan(const Plan& plan, PlanId root, std::size_t indent, const PlanNotes& notes, std::string& out);

}  // namespace islet::query
