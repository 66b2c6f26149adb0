// Cutting a script into statements.
#include "islet/parser.hpp"
#include "scanner.hpp"

namespace islet::parser {

Script split(std::string_view script) {
    Script result;
    char const* first = script.data();
    char const* const last = first + script.size();
    while (true) {
        scan::skip_blank(first, last);
        if (first == last) break;
        char const* const begin = first;
        char const* end = first;  // behind the last character that is no blank
        while (first != last && *first != ';') {
            scan::step(first, last);
            end = first;
            scan::skip_blank(first, last);
        }
        if (end != begin) {
            result.statements.push_back({{begin, static_cast<std::size_t>(end - begin)},
                                         static_cast<std::size_t>(begin - script.data())});
        }
        if (first == last) {
            result.complete = false;
            break;
        }
        ++first;
    }
    return result;
}

}  // namespace islet::parser
