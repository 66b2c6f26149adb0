// libraptor2, loaded when a file of RDF is read: linked, it would bring a dozen libraries into every start of
// the program, which take ten times as long to load as everything else.
#pragma once

#include <raptor2/raptor2.h>

#include <string>

namespace islet::importing {

/// The calls of libraptor2 that are used here, by their names without `raptor_`.
struct Raptor {
    decltype(&raptor_new_world_internal) new_world_internal;
    decltype(&raptor_free_world) free_world;
    decltype(&raptor_world_set_log_handler) world_set_log_handler;
    decltype(&raptor_new_parser) new_parser;
    decltype(&raptor_free_parser) free_parser;
    decltype(&raptor_parser_set_option) parser_set_option;
    decltype(&raptor_parser_set_statement_handler) parser_set_statement_handler;
    decltype(&raptor_parser_parse_start) parser_parse_start;
    decltype(&raptor_parser_parse_chunk) parser_parse_chunk;
    decltype(&raptor_parser_parse_abort) parser_parse_abort;
    decltype(&raptor_new_uri) new_uri;
    decltype(&raptor_free_uri) free_uri;
    decltype(&raptor_uri_as_counted_string) uri_as_counted_string;
};

/// Loads the library with the first call; it then stays. Throws Exception (CannotOpen) where it is not
/// installed. `path` is the file that needs it. Thread-safe.
const Raptor& raptor(const std::string& path);

}  // namespace islet::importing
