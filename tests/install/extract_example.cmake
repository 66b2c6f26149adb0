# cmake -DREADME=README.md -DOUT=example.cpp -P extract_example.cmake
# Writes the C++ example of the README, its first ```cpp block that begins with an include of
# <islet/database.hpp>; fails where there is none.
file(READ ${README} text)
set(begin "```cpp\n#include <islet/database.hpp>")
string(FIND "${text}" "${begin}" at)
if(at EQUAL -1)
  message(FATAL_ERROR "${README} has no example: no block that begins\n${begin}")
endif()
string(SUBSTRING "${text}" ${at} -1 text)
string(REPLACE "```cpp\n" "" text "${text}")
string(FIND "${text}" "\n```" end)
string(SUBSTRING "${text}" 0 ${end} text)
file(WRITE ${OUT} "${text}\n")
