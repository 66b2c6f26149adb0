// JSON lines: one node or relationship each.
#include "import_formats.hpp"
#include "import_json_record.hpp"
#include "import_text.hpp"

namespace islet::importing {

void read_jsonl(const Input& input, Run& run) {
    GraphSink sink(run);
    JsonRecordReader reader(sink, run);
    BlockReader blocks(input, {'\n', false});
    Block block;
    std::uint32_t line = 0;
    while (blocks.next(block)) {
        std::string_view rest = block.text();
        while (!rest.empty()) {
            const std::size_t end = rest.find('\n');
            std::string_view text = rest.substr(0, end);
            rest.remove_prefix(end + 1);
            ++line;
            if (text.ends_with('\r')) text.remove_suffix(1);
            if (line == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
            if (without_blanks(text).empty()) continue;
            try {
                reader.line(text, {&input, {line, 1, 1}, text});
            } catch (const BadRecord& bad) {
                run.reject(input, span_in(text, line, bad.offset), bad.message, bad.hint, text);
            }
        }
        run.report(input, blocks.position());
    }
}

}  // namespace islet::importing
