# The function families; each is one file.
target_sources(islet_query PRIVATE functions.cpp)
