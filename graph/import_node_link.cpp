// Node-link JSON: one object with the arrays `nodes` and `links` (or `edges`). The file is cut into their
// elements as it is read, so that it never stands in memory as a whole.
#include <array>

#include "import_formats.hpp"
#include "import_json_record.hpp"

namespace islet::importing {

namespace {

/// The characters of a file, with the place of the next one.
class Characters {
 public:
    explicit Characters(const Input& input) : stream_(input) {}

    /// The next character, or -1 at the end.
    int peek() {
        if (at_ == size_) {
            size_ = stream_.read(buffer_.data(), buffer_.size());
            at_ = 0;
            if (size_ == 0) return -1;
        }
        return static_cast<unsigned char>(buffer_[at_]);
    }
    int next() {
        const int c = peek();
        if (c < 0) return c;
        ++at_;
        if (c == '\n') {
            ++line_;
            column_ = 1;
        } else if ((static_cast<unsigned>(c) & 0xC0U) != 0x80U) {
            ++column_;
        }
        return c;
    }
    [[nodiscard]] SourceSpan place() const { return {line_, column_, 1}; }
    [[nodiscard]] std::uint64_t position() const { return stream_.position(); }

 private:
    ByteStream stream_;
    std::vector<char> buffer_ = std::vector<char>(std::size_t{1} << 16U);
    std::size_t at_ = 0;
    std::size_t size_ = 0;
    std::uint32_t line_ = 1;
    std::uint32_t column_ = 1;
};

class NodeLinkReader {
 public:
    NodeLinkReader(const Input& input, Run& run)
        : input_(input), run_(run), from_(input), sink_(run), records_(sink_, run) {}

    void read();

 private:
    enum class What : std::uint8_t { nodes, links };

    [[noreturn]] void refuse(const std::string& message) {
        const SourceSpan span = from_.place();
        throw Exception({.code = "22000",
                         .kind = "ImportError",
                         .phase = "runtime",
                         .detail = "BadRecord",
                         .message = message,
                         .span = span,
                         .hint = {},
                         .place = place_text(input_, span)});
    }
    int skip_blanks() {
        while (from_.peek() == ' ' || from_.peek() == '\n' || from_.peek() == '\r' || from_.peek() == '\t')
            from_.next();
        return from_.peek();
    }
    void expect(char c) {
        if (skip_blanks() != c) refuse(std::string("no JSON: there should be a `") + c + "`");
        from_.next();
    }
    void read_value(std::string& text);
    void read_string(std::string& text);
    void read_elements(What what);

    const Input& input_;
    Run& run_;
    Characters from_;
    GraphSink sink_;
    JsonRecordReader records_;
};

/// Appends a string with its quotes, unread.
void NodeLinkReader::read_string(std::string& text) {
    if (skip_blanks() != '"') refuse("no JSON: there should be a string");
    text += static_cast<char>(from_.next());
    for (;;) {
        const int c = from_.next();
        if (c < 0) refuse("no JSON: the file ends within a string");
        text += static_cast<char>(c);
        if (c == '"') return;
        if (c == '\\') text += static_cast<char>(from_.next());
    }
}

/// Appends any value, unread: up to where its brackets are closed, or a scalar ends.
void NodeLinkReader::read_value(std::string& text) {
    std::size_t depth = 0;
    do {
        const int c = skip_blanks();
        if (c < 0) refuse("no JSON: the file ends too early");
        if (c == '"') {
            read_string(text);
            continue;
        }
        if (c == '{' || c == '[') ++depth;
        if ((c == '}' || c == ']') && depth-- == 0) refuse("no JSON: there should be a value");
        text += static_cast<char>(from_.next());
        const bool scalar = std::string_view("{}[],:").find(static_cast<char>(c)) == std::string_view::npos;
        while (scalar && from_.peek() >= 0 &&
               std::string_view("{}[],:\" \t\r\n").find(static_cast<char>(from_.peek())) ==
                   std::string_view::npos) {
            text += static_cast<char>(from_.next());
        }
    } while (depth > 0);
}

void NodeLinkReader::read_elements(What what) {
    expect('[');
    std::string text;
    std::uint64_t reported = 0;
    while (skip_blanks() != ']') {
        const SourceSpan place = from_.place();
        text.clear();
        read_value(text);
        try {
            what == What::nodes ? records_.node(text) : records_.link(text, {&input_, place, text});
        } catch (const BadRecord& bad) {
            run_.reject(input_, place, bad.message, bad.hint, text);
        }
        if (skip_blanks() == ',') {
            from_.next();
        } else if (from_.peek() != ']') {
            refuse("no JSON: there should be a `,` or `]`");
        }
        if (from_.position() != reported) {
            reported = from_.position();
            run_.report(input_, reported);
        }
    }
    from_.next();
}

void NodeLinkReader::read() {
    bool any = false;
    expect('{');
    while (skip_blanks() != '}') {
        std::string name;
        read_string(name);
        expect(':');
        const bool nodes = name == "\"nodes\"";
        const bool links = name == "\"links\"" || name == "\"edges\"";
        any = any || nodes || links;
        if ((nodes || links) && skip_blanks() == '[') {
            read_elements(nodes ? What::nodes : What::links);
        } else {
            std::string ignored;
            read_value(ignored);
        }
        if (skip_blanks() == ',') {
            from_.next();
        } else if (from_.peek() != '}') {
            refuse("no JSON: there should be a `,` or `}`");
        }
    }
    if (!any) {
        fail("BadFormat", "the JSON is no graph: there is neither `nodes` nor `links`", input_.path(),
             "node-link JSON has both; one object a line is the format jsonl");
    }
}

}  // namespace

void read_node_link(const Input& input, Run& run) {
    NodeLinkReader(input, run).read();
}

}  // namespace islet::importing
