#include <dlfcn.h>

#include <string>

#include "import_raptor.hpp"
#include "import_source.hpp"

namespace islet::importing {

namespace {

template <class Function>
void find(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(::dlsym(library, name));
    if (function == nullptr) throw std::string("it lacks ") + name;
}

Raptor load() {
    void* const library = ::dlopen("libraptor2.so.0", RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) throw std::string(::dlerror());
    Raptor found{};
    find(library, "raptor_new_world_internal", found.new_world_internal);
    find(library, "raptor_free_world", found.free_world);
    find(library, "raptor_world_set_log_handler", found.world_set_log_handler);
    find(library, "raptor_new_parser", found.new_parser);
    find(library, "raptor_free_parser", found.free_parser);
    find(library, "raptor_parser_set_option", found.parser_set_option);
    find(library, "raptor_parser_set_statement_handler", found.parser_set_statement_handler);
    find(library, "raptor_parser_parse_start", found.parser_parse_start);
    find(library, "raptor_parser_parse_chunk", found.parser_parse_chunk);
    find(library, "raptor_parser_parse_abort", found.parser_parse_abort);
    find(library, "raptor_new_uri", found.new_uri);
    find(library, "raptor_free_uri", found.free_uri);
    find(library, "raptor_uri_as_counted_string", found.uri_as_counted_string);
    return found;
}

}  // namespace

const Raptor& raptor(const std::string& path) {
    try {
        static const Raptor loaded = load();
        return loaded;
    } catch (const std::string& reason) {
        fail("CannotOpen", "RDF is read by libraptor2, which cannot be loaded: " + reason, path,
             "install the package libraptor2-0");
    }
}

}  // namespace islet::importing
