# What `cmake --install` puts where: the public headers (every */include/islet/), the static libraries,
# the command, and what find_package(islet CONFIG) and pkg-config need to find them again.
include(CMakePackageConfigHelpers)

set(folders graph parser query kb)
set(config_folder ${CMAKE_INSTALL_LIBDIR}/cmake/islet)

set(targets ${folders})
list(TRANSFORM targets PREPEND islet_)
install(TARGETS ${targets} EXPORT islet-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS islet RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
foreach(folder IN LISTS folders)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/${folder}/include/islet DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    FILES_MATCHING PATTERN "*.hpp")
endforeach()
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

install(EXPORT islet-targets NAMESPACE islet:: DESTINATION ${config_folder})
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/islet-config.cmake.in islet-config.cmake
  INSTALL_DESTINATION ${config_folder} NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(islet-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/islet-config.cmake ${PROJECT_BINARY_DIR}/islet-config-version.cmake
  DESTINATION ${config_folder})

# The linker's names of what the static libraries need: the plain names among their private links, and the
# names behind imported targets. Anything else would be missing from islet.pc, so it is refused here.
function(islet_foreign_libraries out)
  set(names "")
  foreach(target IN LISTS ARGN)
    get_target_property(links ${target} LINK_LIBRARIES)
    foreach(link IN LISTS links)
      if(link MATCHES "^.<INSTALL_INTERFACE:(.*)>$")
        list(APPEND names ${CMAKE_MATCH_1})
        continue()
      endif()
      if(link MATCHES "^islet" OR link MATCHES "BUILD_INTERFACE" OR link STREQUAL "links-NOTFOUND")
        continue()
      elseif(NOT TARGET ${link})
        list(APPEND names ${link})
        continue()
      endif()
      get_target_property(kind ${link} TYPE)
      if(kind STREQUAL "INTERFACE_LIBRARY")
        get_target_property(inner ${link} INTERFACE_LINK_LIBRARIES)
        if(inner)
          message(FATAL_ERROR "${target} links ${link}; name the libraries behind it, so that islet.pc can too")
        endif()
      else()
        list(APPEND names $<TARGET_LINKER_FILE_BASE_NAME:${link}>)
      endif()
    endforeach()
  endforeach()
  list(REMOVE_DUPLICATES names)
  set(${out} ${names} PARENT_SCOPE)
endfunction()

# Static libraries: a user of one comes before it.
set(link_order kb query parser graph)
islet_foreign_libraries(foreign islet_kb islet_query islet_parser islet_graph)
list(TRANSFORM link_order PREPEND islet_)
set(pc_libs ${link_order} ${foreign})
list(TRANSFORM pc_libs PREPEND -l)
list(JOIN pc_libs " " pc_libs)
file(RELATIVE_PATH pc_prefix ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" pc_prefix ${pc_prefix})
configure_file(${PROJECT_SOURCE_DIR}/cmake/islet.pc.in islet.pc.in @ONLY)
file(GENERATE OUTPUT ${PROJECT_BINARY_DIR}/islet.pc INPUT ${PROJECT_BINARY_DIR}/islet.pc.in)
install(FILES ${PROJECT_BINARY_DIR}/islet.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
