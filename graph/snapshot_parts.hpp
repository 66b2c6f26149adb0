// Access to what a snapshot points at, for the parts of the store that look beneath it.
#pragma once

#include "base.hpp"
#include "delta.hpp"

namespace islet {

class SnapshotParts {
 public:
    static const Base& base(const Snapshot& snapshot) noexcept { return *snapshot.base_; }
    static const Delta& delta(const Snapshot& snapshot) noexcept { return *snapshot.delta_; }
};

}  // namespace islet
