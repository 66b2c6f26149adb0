#include <algorithm>

#include "import_formats.hpp"
#include "import_rdf.hpp"
#include "import_sink.hpp"

namespace islet::importing {

void read_other(const Input& input, ImportFormat format, Run& run) {
    switch (format) {
        case ImportFormat::automatic:
        case ImportFormat::csv:
            break;  // tables
        case ImportFormat::jsonl:
            read_jsonl(input, run);
            break;
        case ImportFormat::json:
            read_node_link(input, run);
            break;
        case ImportFormat::graphml:
            read_graphml(input, run);
            break;
        case ImportFormat::ntriples:
            read_rdf(input, "ntriples", run);
            break;
        case ImportFormat::turtle:
            read_rdf(input, "turtle", run);
            break;
    }
    run.bytes_before += input.size();
}

void finish_others(Run& run) {
    if (!run.rdf) return;
    GraphSink sink(run);
    run.rdf->finish(sink);
    run.rdf.reset();
}

SourceSpan span_in(std::string_view record, std::uint32_t line, std::size_t offset) {
    const std::string_view before = record.substr(0, std::min(offset, record.size()));
    const auto columns = std::count_if(before.begin(), before.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    });
    return {line, static_cast<std::uint32_t>(columns + 1), 1};
}

}  // namespace islet::importing
