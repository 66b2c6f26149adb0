// What procedures say of their arguments and columns, in short.
#pragma once

#include <string>
#include <utility>

#include "islet/procedure.hpp"

namespace islet::query {

inline Field text_field(std::string name) {
    return {std::move(name), FieldType::string, false, {}};
}
/// A text or null.
inline Field optional_text_field(std::string name) {
    return {std::move(name), FieldType::string, true, {}};
}
inline Field list_field(std::string name) {
    return {std::move(name), FieldType::list, false, {}};
}
inline Field flag_field(std::string name) {
    return {std::move(name), FieldType::boolean, false, {}};
}
/// A boolean or null.
inline Field optional_flag_field(std::string name) {
    return {std::move(name), FieldType::boolean, true, {}};
}
inline Field count_field(std::string name) {
    return {std::move(name), FieldType::integer, false, {}};
}

}  // namespace islet::query
