// A property's value as bytes: in the log, and in columns of lists, temporal values and mixed kinds.
//
//   tag  value      bytes after the tag
//    1   boolean    0 or 1
//    2   integer    zigzag
//    3   float      8 bytes, IEEE 754
//    4   string     text
//    5   list       varint count, then as many values
//   10   date       zigzag days since 1970-01-01
//   11   local time          varint nanoseconds since midnight
//   12   time                the same, zigzag seconds east of UTC
//   13   local date and time zigzag days, varint nanoseconds since midnight
//   14   date and time       the same, zigzag seconds east of UTC, text: the zone's name, empty if there is
//   none 15   duration   zigzag months, zigzag days, zigzag seconds, varint nanoseconds
//    0   null, where a property is taken away
#pragma once

#include "file_bytes.hpp"
#include "islet/value.hpp"

namespace islet {

/// Throws Exception for a list nested deeper than a file can hold. REQUIRES: a value that a property can hold
void write_value(const Value& value, ByteWriter& out);

/// Throws FormatError for bytes that are no value, or a value that no property can hold.
Value read_value(ByteReader& in);

}  // namespace islet
