// The readers of whole files, one format each. Each throws Exception for what ends the import and hands bad
// records to Run::reject.
#pragma once

#include <string_view>

#include "import_run.hpp"

namespace islet::importing {

void read_jsonl(const Input& input, Run& run);
void read_node_link(const Input& input, Run& run);
void read_graphml(const Input& input, Run& run);
/// `syntax`: "ntriples" or "turtle".
void read_rdf(const Input& input, const char* syntax, Run& run);

/// A place within a record that begins on `line`, so many bytes behind its beginning.
SourceSpan span_in(std::string_view record, std::uint32_t line, std::size_t offset);

}  // namespace islet::importing
