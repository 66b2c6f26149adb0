#include "import_run.hpp"

#include <algorithm>
#include <thread>

#include "import_text.hpp"

namespace islet::importing {

void Run::reject(const Input& input, SourceSpan span, std::string message, std::string hint,
                 std::string_view text) {
    Error error{.code = "22000",
                .kind = "ImportError",
                .phase = "runtime",
                .detail = "BadRecord",
                .message = std::move(message),
                .span = span,
                .hint = std::move(hint),
                .place = place_text(input, span)};
    if (!options.reject) throw Exception(std::move(error));
    ++rejected;
    if (first_attempt) options.reject({error, input.path(), text});
}

unsigned Run::threads() const {
    return options.threads != 0 ? options.threads
                                : std::min(8U, std::max(1U, std::thread::hardware_concurrency()));
}

void Run::report(const Input& input, std::uint64_t position) const {
    if (!options.progress) return;
    const bool go_on = options.progress({input.path(), bytes_before + position, bytes_total,
                                         builder.node_bound(), builder.relationship_count()});
    if (!go_on) fail("Cancelled", "the import was cancelled", input.path());
}

std::string place_text(const Input& input, SourceSpan span) {
    return input.path() + ":" + std::to_string(span.line) + ":" + std::to_string(span.column);
}

std::vector<std::string> labels_of(std::string_view text, char delimiter, bool prefixed) {
    std::vector<std::string> labels;
    if (text.starts_with(':')) {  // `:A:B`
        delimiter = ':';
        text.remove_prefix(1);
    }
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(delimiter), text.size());
        std::string_view label = without_blanks(text.substr(0, end));
        if (prefixed) label = local_part(label);
        if (!label.empty()) labels.emplace_back(label);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return labels;
}

std::string_view local_part(std::string_view curie) {
    const std::size_t colon = curie.rfind(':');
    return colon == std::string_view::npos ? curie : curie.substr(colon + 1);
}

}  // namespace islet::importing
