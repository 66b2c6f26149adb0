// N-Triples and Turtle, parsed by libraptor2.
#include "import_rdf.hpp"

#include <algorithm>
#include <memory>

#include "import_formats.hpp"
#include "import_raptor.hpp"

namespace islet::importing {

namespace {

template <class T>
using Owned = std::unique_ptr<T, void (*)(T*)>;

std::string_view text_of(raptor_uri* uri, const Raptor& raptor) {
    std::size_t length = 0;
    const unsigned char* text = raptor.uri_as_counted_string(uri, &length);
    return {reinterpret_cast<const char*>(text), length};
}

std::string_view text_of(const unsigned char* text, unsigned length) {
    return {reinterpret_cast<const char*>(text), length};
}

RdfTerm term_of(const raptor_term& term, const Raptor& raptor) {
    switch (term.type) {
        case RAPTOR_TERM_TYPE_BLANK:
            return {RdfTerm::Form::blank, text_of(term.value.blank.string, term.value.blank.string_len), {}};
        case RAPTOR_TERM_TYPE_LITERAL: {
            const raptor_term_literal_value& literal = term.value.literal;
            return {RdfTerm::Form::literal, text_of(literal.string, literal.string_len),
                    literal.datatype == nullptr ? std::string_view() : text_of(literal.datatype, raptor)};
        }
        default:
            return {RdfTerm::Form::iri, text_of(term.value.uri, raptor), {}};
    }
}

/// Invariant: no exception leaves a handler, since raptor is C; `failure_` holds it instead.
class RdfReader {
 public:
    RdfReader(const Input& input, RdfGraph& graph, Run& run)
        : input_(input),
          run_(run),
          graph_(graph),
          raptor_(raptor(input.path())),
          world_(nullptr, raptor_.free_world),
          parser_(nullptr, raptor_.free_parser) {}
    void read(const char* syntax);

 private:
    template <class Action>
    void guarded(Action action) {
        if (failure_) return;
        try {
            action();
        } catch (...) {
            failure_ = std::current_exception();
            if (parser_) raptor_.parser_parse_abort(parser_.get());
        }
    }
    void message(const raptor_log_message& message);

    const Input& input_;
    Run& run_;
    RdfGraph& graph_;
    const Raptor& raptor_;
    Owned<raptor_world> world_;
    Owned<raptor_parser> parser_;
    std::exception_ptr failure_;
    bool by_lines_ = false;  ///< a bad line does not spoil the next
};

void RdfReader::message(const raptor_log_message& message) {
    if (message.level < RAPTOR_LOG_LEVEL_ERROR) return;
    SourceSpan span{1, 1, 1};
    if (message.locator != nullptr) {
        span.line = static_cast<std::uint32_t>(std::max(message.locator->line, 1));
        span.column = static_cast<std::uint32_t>(std::max(message.locator->column, 0) + 1);
    }
    if (by_lines_) {
        run_.reject(input_, span, message.text, "", "");
        return;
    }
    throw Exception({.code = "22000",
                     .kind = "ImportError",
                     .phase = "runtime",
                     .detail = "BadRecord",
                     .message = message.text,
                     .span = span,
                     .hint = {},
                     .place = place_text(input_, span)});
}

void RdfReader::read(const char* syntax) {
    by_lines_ = std::string_view(syntax) == "ntriples";
    world_.reset(raptor_.new_world_internal(RAPTOR_VERSION));
    if (!world_) throw std::bad_alloc();
    raptor_.world_set_log_handler(world_.get(), this, [](void* self, raptor_log_message* message) {
        auto& reader = *static_cast<RdfReader*>(self);
        reader.guarded([&] { reader.message(*message); });
    });
    parser_.reset(raptor_.new_parser(world_.get(), syntax));
    if (!parser_) fail("BadFormat", std::string("libraptor2 cannot read ") + syntax, input_.path());
    raptor_.parser_set_option(parser_.get(), RAPTOR_OPTION_NO_NET, nullptr, 1);
    raptor_.parser_set_statement_handler(parser_.get(), this, [](void* self, raptor_statement* statement) {
        auto& reader = *static_cast<RdfReader*>(self);
        reader.guarded([&] {
            const Raptor& raptor = reader.raptor_;
            reader.graph_.add(term_of(*statement->subject, raptor),
                              text_of(statement->predicate->value.uri, raptor),
                              term_of(*statement->object, raptor));
        });
    });
    const std::string base = "file://" + input_.path();
    const Owned<raptor_uri> base_uri(
        raptor_.new_uri(world_.get(), reinterpret_cast<const unsigned char*>(base.c_str())),
        raptor_.free_uri);
    raptor_.parser_parse_start(parser_.get(), base_uri.get());
    ByteStream stream(input_);
    std::vector<unsigned char> buffer(std::size_t{1} << 16U);
    for (bool last = false; !last && !failure_;) {
        const std::size_t got = stream.read(reinterpret_cast<char*>(buffer.data()), buffer.size());
        last = got < buffer.size();
        raptor_.parser_parse_chunk(parser_.get(), buffer.data(), got, last ? 1 : 0);
        guarded([&] { run_.report(input_, stream.position()); });
    }
    parser_.reset();
    if (failure_) std::rethrow_exception(failure_);
}

}  // namespace

void read_rdf(const Input& input, const char* syntax, Run& run) {
    if (!run.rdf) run.rdf = std::make_shared<RdfGraph>();
    run.rdf->begin_file();
    RdfReader(input, *run.rdf, run).read(syntax);
}

}  // namespace islet::importing
