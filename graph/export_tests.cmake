# Tests of the exporters.
islet_test(export_order_test SOURCES export_order_test.cpp LINKS islet::graph)
islet_test(export_golden_test SOURCES export_golden_test.cpp LINKS islet::graph)
if(ISLET_TESTS)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  add_test(NAME "export_tools: NetworkX, xmllint, Graphviz, rapper, rdflib"
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/tests/export_tools.py
            ${CMAKE_CURRENT_SOURCE_DIR}/tests/golden)
  add_test(NAME "export_page: the HTML page in Chromium"
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/tests/page.py ${CMAKE_CURRENT_SOURCE_DIR}/tests/golden
            ${CMAKE_CURRENT_BINARY_DIR})
  set_tests_properties("export_page: the HTML page in Chromium" PROPERTIES SKIP_RETURN_CODE 77)
endif()
