# Tests of files: what they hold, what a crash, a fault of the disk or a flipped bit does to them.
islet_test(file_test SOURCES file_test.cpp LINKS islet::graph)
islet_test(file_fault_test SOURCES file_fault_test.cpp file_simulated_disk.cpp LINKS islet::graph)
islet_test(file_damage_test SOURCES file_damage_test.cpp file_simulated_disk.cpp LINKS islet::graph)
islet_test(file_large_test SOURCES file_large_test.cpp LINKS islet::graph Threads::Threads)
islet_test(file_crash_test SOURCES file_crash_test.cpp LINKS islet::graph)
islet_test(file_process_test SOURCES file_process_test.cpp file_store_test.cpp LINKS islet::graph Threads::Threads)
islet_test(file_format_test SOURCES file_format_test.cpp LINKS islet::graph)
