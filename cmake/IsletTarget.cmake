# The compile options and the two shapes of target that every folder uses.

add_library(islet_options INTERFACE)
target_compile_features(islet_options INTERFACE cxx_std_20)
target_compile_options(islet_options INTERFACE -Wall -Wextra -Wpedantic -Werror)
# GCC 12 at -O3 takes `"a" + std::string(b)` for an overlapping copy (GCC bug 105651).
target_compile_options(islet_options INTERFACE $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Wno-restrict>)
# Without collecting its garbage in between GCC compiles a tenth faster, and stays well below 1 GB.
target_compile_options(islet_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:SHELL:--param ggc-min-heapsize=524288>)
# xxhash.h demands inlining that -Og does not do.
target_compile_definitions(islet_options INTERFACE $<$<NOT:$<CONFIG:Release>>:XXH_NO_INLINE_HINTS=1>)
if(ISLET_SANITIZE)
  # Left out: what takes a third of the compile time and AddressSanitizer tells as well, by the signal; but
  # alignment is looked at where arrays are mapped from a file.
  target_compile_options(islet_options INTERFACE
    -fsanitize=address,undefined -fno-sanitize=null,vptr,object-size
    $<$<NOT:$<STREQUAL:$<TARGET_PROPERTY:NAME>,islet_graph>>:-fno-sanitize=alignment>
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(islet_options INTERFACE -fsanitize=address,undefined)
endif()

# Debian's Python is the one that has Debian's packages; another may come before it in PATH.
if(NOT DEFINED Python3_EXECUTABLE AND EXISTS /usr/bin/python3)
  set(Python3_EXECUTABLE /usr/bin/python3)
endif()

# What to link for the libraries of these names: the archive where the system has one, so that a program does not
# spend most of its start on finding and relocating them; users of the installed package link by name. The
# sanitizers want to see the shared ones.
function(islet_archives out)
  set(links "")
  foreach(name IN LISTS ARGN)
    find_library(ISLET_ARCHIVE_${name} NAMES lib${name}.a)
    mark_as_advanced(ISLET_ARCHIVE_${name})
    if(ISLET_ARCHIVE_${name} AND CMAKE_BUILD_TYPE STREQUAL "Release")
      list(APPEND links $<BUILD_INTERFACE:${ISLET_ARCHIVE_${name}}> $<INSTALL_INTERFACE:${name}>)
    else()
      list(APPEND links ${name})
    endif()
  endforeach()
  set(${out} ${links} PARENT_SCOPE)
endfunction()

# With ISLET_UNITY a library is compiled some files at a time: the headers are read once for them, which saves
# half the time of a whole build. EACH_BY_ITSELF: its files take enough time and memory alone.
# islet_library(NAME SOURCES a.cpp … LINKS islet::graph … PRIVATE_LINKS … ARCHIVES z …)
# Defines the target islet_NAME (alias islet::NAME), whose public headers are
# <folder>/include and whose private ones lie beside its sources.
function(islet_library name)
  cmake_parse_arguments(arg "EACH_BY_ITSELF" "" "SOURCES;LINKS;PRIVATE_LINKS;ARCHIVES" ${ARGN})
  islet_archives(archives ${arg_ARCHIVES})
  add_library(islet_${name} STATIC ${arg_SOURCES})
  add_library(islet::${name} ALIAS islet_${name})
  set_target_properties(islet_${name} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(islet_${name}
    PUBLIC $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>
           $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
    PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_compile_features(islet_${name} PUBLIC cxx_std_20)
  if(ISLET_UNITY AND NOT arg_EACH_BY_ITSELF)
    set_target_properties(islet_${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 5)
  endif()
  target_link_libraries(islet_${name}
    PUBLIC ${arg_LINKS}
    PRIVATE $<BUILD_INTERFACE:islet_options> ${arg_PRIVATE_LINKS} ${archives})
endfunction()

# islet_embed(NAMESPACE VARIABLE OUT.cpp FILE…)
# A source file OUT.cpp with the texts of the files, as cmake/embed.cmake writes it.
function(islet_embed namespace variable out)
  list(JOIN ARGN "|" files)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DNAMESPACE=${namespace} -DVARIABLE=${variable} "-DFILES=${files}"
            -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${ARGN} ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    COMMENT "Embedding ${variable}" VERBATIM)
  set_source_files_properties(${out} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# islet_test(NAME SOURCES a_test.cpp … LINKS islet::graph …)
# One Catch2 program; each of its cases is a CTest test with the label `unit`. The target `unit_tests` builds
# all of them; `all` does not, so that a whole build of what is not instrumented need not.
function(islet_test name)
  if(NOT ISLET_TESTS)
    return()
  endif()
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} EXCLUDE_FROM_ALL ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${arg_LINKS} islet_options islet_catch_main)
  target_compile_definitions(${name} PRIVATE ISLET_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  catch_discover_tests(${name} TEST_PREFIX "${name}: " PROPERTIES LABELS unit)
  set_property(GLOBAL APPEND PROPERTY ISLET_UNIT_TESTS ${name})
endfunction()

if(ISLET_TESTS)
  find_package(Catch2 2.13 REQUIRED)
  add_library(islet_catch_main STATIC ${CMAKE_CURRENT_LIST_DIR}/catch_main.cpp)
  target_link_libraries(islet_catch_main PUBLIC Catch2::Catch2)
endif()
