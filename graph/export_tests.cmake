# Tests of the exporters.
islet_test(export_order_test SOURCES export_order_test.cpp LINKS islet::graph)
islet_test(export_golden_test SOURCES export_golden_test.cpp LINKS islet::graph)
if(ISLET_TESTS)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  add_test(NAME "export_tools: NetworkX, xmllint, Graphviz"
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/tests/export_tools.py
            ${CMAKE_CURRENT_SOURCE_DIR}/tests/golden)
endif()
