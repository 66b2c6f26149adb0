// What a large graph file holds is compared with its checksums where it is first read, not when it is opened.
#pragma once

#include "islet/graph.hpp"

namespace islet {

/// Throws Exception (DamagedFile, with the section's name) if something that was read from the snapshot's
/// file was not what was written. It read as nothing: no neighbours, no value. A Session asks before it gives
/// a result, a transaction before it commits, and whatever writes a graph before it does; ask yourself when
/// what you read directly is to be relied on. Thread-safe; cheap.
void require_sound(const Snapshot& snapshot);

/// The same of all of the file, read or not: takes as long as reading it.
void require_all_sound(const Snapshot& snapshot);

}  // namespace islet
