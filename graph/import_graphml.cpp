// GraphML, read as a stream of events.
#include <expat.h>

#include <algorithm>
#include <map>
#include <memory>

#include "import_formats.hpp"
#include "import_json_value.hpp"
#include "import_sink.hpp"
#include "import_text.hpp"

namespace islet::importing {

namespace {

using Attributes = std::map<std::string, std::string, std::less<>>;

/// What a <key> declares.
struct Key {
    std::string name;
    std::string domain;  ///< node, edge, all
    Kind kind = Kind::string;
    bool json = false;
    std::optional<std::string> fallback;
};

/// `:A:B`, odd names in back quotes.
std::vector<std::string> quoted_labels(std::string_view text) {
    std::vector<std::string> labels;
    if (!text.starts_with(':')) {
        if (!text.empty()) labels.emplace_back(text);
        return labels;
    }
    while (text.starts_with(':')) {
        text.remove_prefix(1);
        std::string label;
        if (!text.starts_with('`')) {
            const std::size_t end = std::min(text.find(':'), text.size());
            label = text.substr(0, end);
            text.remove_prefix(end);
        } else {
            text.remove_prefix(1);
            while (!text.empty()) {
                const bool quote = text.front() == '`';
                const bool twice = text.starts_with("``");
                if (!quote || twice) label += text.front();
                text.remove_prefix(twice ? 2 : 1);
                if (quote && !twice) break;
            }
        }
        if (!label.empty()) labels.push_back(std::move(label));
    }
    return labels;
}

/// Invariant: no exception leaves a handler, since expat is C; `failure_` holds it instead.
class GraphmlReader {
 public:
    GraphmlReader(const Input& input, Run& run) : input_(input), run_(run), sink_(run) {}
    void read();

 private:
    enum class Thing : std::uint8_t { none, node, edge };

    void begin(std::string_view name, Attributes attributes);
    void end(std::string_view name);
    void take();
    void put(const Key& key, const std::string& text);
    [[nodiscard]] Value value_of_data(const Key& key, const std::string& text) const;
    [[nodiscard]] SourceSpan place() const {
        return {static_cast<std::uint32_t>(XML_GetCurrentLineNumber(parser_.get())),
                static_cast<std::uint32_t>(XML_GetCurrentColumnNumber(parser_.get()) + 1), 1};
    }
    template <class Action>
    void guarded(Action action) {
        if (failure_) return;
        try {
            action();
        } catch (...) {
            failure_ = std::current_exception();
            XML_StopParser(parser_.get(), XML_FALSE);
        }
    }
    [[noreturn]] void refuse(const std::string& message, const std::string& hint = {}) const {
        const SourceSpan span = place();
        throw Exception({.code = "22000",
                         .kind = "ImportError",
                         .phase = "runtime",
                         .detail = "BadRecord",
                         .message = message,
                         .span = span,
                         .hint = hint,
                         .place = place_text(input_, span)});
    }

    const Input& input_;
    Run& run_;
    GraphSink sink_;
    std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser_{nullptr,
                                                                                          XML_ParserFree};
    std::exception_ptr failure_;
    std::map<std::string, Key, std::less<>> keys_;
    std::string key_;   ///< id of the <key> or of the <data>'s key at hand
    std::string text_;  ///< of the element at hand
    bool has_graph_ = false;
    bool labelled_ = false;  ///< some key or node says labels: the ids are only places in the file
    // The node or edge at hand, and those around it: a node may hold a graph.
    struct Open {
        Thing thing = Thing::none;
        SourceSpan span;
        std::string id;
        std::string source;
        std::string target;
        PendingThing pending;
        std::vector<std::string> given;  ///< ids of keys that it has data for
        std::optional<BadRecord> bad;
    };
    std::vector<Open> open_;
};

Value GraphmlReader::value_of_data(const Key& key, const std::string& text) const {
    if (key.json) {
        auto value = json_value(text);
        if (!value) throw BadRecord{"data `" + key.name + "`: " + value.error().message};
        return std::move(*value);
    }
    auto value = value_of(text, key.kind);
    if (!value && key.kind == Kind::boolean && (text == "1" || text == "0")) value = Value(text == "1");
    if (!value)
        throw BadRecord{"data `" + key.name + "`: '" + text + "' is not " + std::string(described(key.kind))};
    return std::move(*value);
}

void GraphmlReader::put(const Key& key, const std::string& text) {
    Open& thing = open_.back();
    if (thing.thing == Thing::node && (key.name == "labels" || key.name == "label") &&
        key.kind == Kind::string && (key.name == "labels" || text.starts_with(':'))) {
        thing.pending.labels = quoted_labels(text);
        return;
    }
    if (thing.thing == Thing::edge && thing.pending.labels.empty() &&
        (key.name == "type" || key.name == "label")) {
        thing.pending.labels.assign(1, text);
        return;
    }
    thing.pending.properties.emplace_back(key.name, value_of_data(key, text));
}

void GraphmlReader::begin(std::string_view name, Attributes attributes) {
    text_.clear();
    const auto attribute = [&](std::string_view of) {
        const auto at = attributes.find(of);
        return at == attributes.end() ? std::string() : at->second;
    };
    if (name == "graph") {
        has_graph_ = true;
    } else if (name == "key") {
        key_ = attribute("id");
        Key key{attribute("attr.name"), attribute("for"), Kind::string, false, {}};
        if (key.name.empty()) key.name = key_;
        if (const auto type = declared_type(attribute("attr.type"))) key.kind = type->kind;
        labelled_ = labelled_ || (key.name == "labels" && key.domain == "node");
        keys_[key_] = std::move(key);
    } else if (name == "data") {
        key_ = attribute("key");
    } else if (name == "node" || name == "edge") {
        Open& open = open_.emplace_back();
        open.thing = name == "node" ? Thing::node : Thing::edge;
        open.span = place();
        open.id = attribute("id");
        open.source = attribute("source");
        open.target = attribute("target");
        if (open.thing == Thing::node && attributes.contains("labels")) {
            labelled_ = true;
            open.pending.labels = quoted_labels(attribute("labels"));
        }
        if (open.thing == Thing::edge && !attribute("label").empty()) {
            open.pending.labels.assign(1, attribute("label"));
        }
    } else if (name == "hyperedge") {
        refuse("a hyperedge has no place in a property graph",
               "make it a node with an edge to each of its ends");
    }
}

void GraphmlReader::end(std::string_view name) {
    if (name == "desc" && keys_.contains(key_) && open_.empty()) {
        keys_[key_].json = text_ == "JSON text";
    } else if (name == "default") {
        keys_[key_].fallback = text_;
    } else if (name == "data" && !open_.empty()) {
        const auto key = keys_.find(key_);
        if (key == keys_.end()) refuse("no <key> has the id '" + key_ + "'");
        if (!open_.back().bad) {
            try {
                put(key->second, text_);
                open_.back().given.push_back(key_);
            } catch (BadRecord& bad) {
                open_.back().bad = std::move(bad);
                open_.back().span = place();
            }
        }
    } else if (name == "node" || name == "edge") {
        take();
        open_.pop_back();
    }
    text_.clear();
}

void GraphmlReader::take() {
    Open& open = open_.back();
    const bool node = open.thing == Thing::node;
    const std::string record = node ? "<node id=\"" + open.id + "\">"
                                    : "<edge source=\"" + open.source + "\" target=\"" + open.target + "\">";
    try {
        if (open.bad) throw BadRecord(*open.bad);
        for (const auto& [id, key] : keys_) {
            const bool meant = key.domain == "all" || key.domain == (node ? "node" : "edge");
            const bool given = std::find(open.given.begin(), open.given.end(), id) != open.given.end();
            if (key.fallback && meant && !given) put(key, *key.fallback);
        }
        if (node) {
            if (open.id.empty()) throw BadRecord{"a node needs an id"};
            if (!labelled_ && open.pending.find("id") == nullptr)
                open.pending.properties.emplace_back("id", open.id);
            sink_.node(open.id, open.pending);
        } else {
            if (open.pending.labels.empty()) open.pending.labels.assign(1, "RELATED_TO");
            sink_.relationship(open.source, open.target, open.pending, {&input_, open.span, record});
        }
    } catch (const BadRecord& bad) {
        run_.reject(input_, open.span, bad.message, bad.hint, record);
    }
}

void GraphmlReader::read() {
    parser_.reset(XML_ParserCreateNS(nullptr, '\n'));
    XML_SetUserData(parser_.get(), this);
    const auto local = [](const XML_Char* name) {
        const std::string_view text(name);
        const std::size_t separator = text.rfind('\n');
        return separator == std::string_view::npos ? text : text.substr(separator + 1);
    };
    static constexpr auto name_of = local;
    XML_SetElementHandler(
        parser_.get(),
        [](void* self, const XML_Char* name, const XML_Char** pairs) {
            auto& reader = *static_cast<GraphmlReader*>(self);
            reader.guarded([&] {
                Attributes attributes;
                for (; *pairs != nullptr; pairs += 2) attributes[std::string(name_of(pairs[0]))] = pairs[1];
                reader.begin(name_of(name), std::move(attributes));
            });
        },
        [](void* self, const XML_Char* name) {
            auto& reader = *static_cast<GraphmlReader*>(self);
            reader.guarded([&] { reader.end(name_of(name)); });
        });
    XML_SetCharacterDataHandler(parser_.get(), [](void* self, const XML_Char* text, int length) {
        auto& reader = *static_cast<GraphmlReader*>(self);
        reader.guarded([&] { reader.text_.append(text, static_cast<std::size_t>(length)); });
    });

    ByteStream stream(input_);
    constexpr std::size_t piece = std::size_t{1} << 16U;
    for (bool last = false; !last;) {
        void* buffer = XML_GetBuffer(parser_.get(), static_cast<int>(piece));
        if (buffer == nullptr) throw std::bad_alloc();
        const std::size_t got = stream.read(static_cast<char*>(buffer), piece);
        last = got < piece;
        const XML_Status status =
            XML_ParseBuffer(parser_.get(), static_cast<int>(got), last ? XML_TRUE : XML_FALSE);
        if (failure_) std::rethrow_exception(failure_);
        if (status != XML_STATUS_OK) {
            refuse("no XML: " + std::string(XML_ErrorString(XML_GetErrorCode(parser_.get()))));
        }
        run_.report(input_, stream.position());
    }
    if (!has_graph_) fail("BadFormat", "the XML is no GraphML: there is no <graph>", input_.path());
}

}  // namespace

void read_graphml(const Input& input, Run& run) {
    GraphmlReader(input, run).read();
}

}  // namespace islet::importing
