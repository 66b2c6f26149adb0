// Makes a failing case small: tries to drop everything that can be dropped, one thing after the other, as
// long as it still fails in the same way.
#pragma once

#include <functional>

#include "check.hpp"

namespace islet::oracle {

/// `fails` tells whether a case still fails. Returns the smallest that was found.
Case shrink(Case failing, const std::function<bool(const Case&)>& fails);

/// The smallest case that fails as this one does, with its mismatch.
std::pair<Case, Mismatch> shrink(const Case& failing, const Mismatch& mismatch);

}  // namespace islet::oracle
