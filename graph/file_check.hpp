// What must hold within and between the arrays of a base, looked at one by one.
#pragma once

#include <functional>
#include <string>

#include "base.hpp"
#include "file_layout.hpp"

namespace islet {

using TellFault = std::function<void(SectionKind kind, std::uint32_t index, const std::string& what)>;

/// The invariants of Base (see base.hpp) and of what it is made of. A fault is told once for each section
/// and kind of fault, with the first place. REQUIRES: faults_of_shape() found nothing. Whatever else the
/// arrays hold, nothing is read out of their bounds.
void check_nodes(const Base& base, const TellFault& tell);
void check_adjacency(const Base& base, const TellFault& tell);
void check_columns(const Base& base, const TellFault& tell);
void check_texts(const Base& base, const TellFault& tell);
/// REQUIRES: no other check found a fault.
void check_statistics(const Base& base, const TellFault& tell);

}  // namespace islet
