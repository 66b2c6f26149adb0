# The function families; each is one file.
target_sources(islet_query PRIVATE
  functions.cpp
  function_errors.cpp
  function_list.cpp
  functions_graph.cpp
  functions_scalar.cpp
  functions_conversion.cpp
  functions_math.cpp
  functions_string.cpp
  functions_list.cpp
  functions_temporal.cpp
  functions_temporal_truncate.cpp
  functions_duration.cpp
  temporal_components.cpp
  temporal_fields.cpp
  temporal_parts.cpp
  value_arithmetic.cpp
  value_text.cpp
  value_access.cpp
  value_temporal.cpp
  aggregates.cpp
  aggregates_statistics.cpp
  number_text.cpp
  rounding.cpp
  text_case.cpp)
# By name, so that the installed package needs no finder for them.
islet_archives(query_archives re2 utf8proc)
target_link_libraries(islet_query PRIVATE ${query_archives})

find_package(Threads REQUIRED)
islet_test(islet_functions_test
  SOURCES functions_test.cpp functions_text_test.cpp functions_number_test.cpp functions_graph_test.cpp
          functions_temporal_test.cpp value_operators_test.cpp aggregates_test.cpp session_test.cpp
          session_threads_test.cpp cite_test.cpp cycles_test.cpp load_csv_test.cpp
  LINKS islet::query islet::parser Threads::Threads)
