# Tests of the importers.
islet_test(import_test SOURCES import_cases_test.cpp import_csv_test.cpp import_ids_test.cpp import_roundtrip_test.cpp LINKS islet::graph z)
islet_test(import_real_test SOURCES import_real_test.cpp LINKS islet::graph)
