#include "parameter_file.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <vector>

namespace islet::cli {

namespace {

constexpr std::size_t deepest = 256;

Error fault(const std::string& path, const std::string& detail, const std::string& message) {
    return Error{"22000", "ArgumentError", "compile time", detail, path + ": " + message, {}, {}, {}};
}

/// Makes values of what RapidJSON reads. Numbers come as their text, so that 1 and 1.0 stay apart and no
/// integer is rounded.
class ValueMaker : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, ValueMaker> {
 public:
    bool Null() { return add({}); }
    bool Bool(bool value) { return add(value); }
    bool String(const char* text, rapidjson::SizeType size, bool) {
        return add(std::string_view(text, size));
    }
    bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
        const std::string_view number(text, size);
        if (number.find_first_of(".eE") == std::string_view::npos) {
            std::int64_t value = 0;
            const auto read = std::from_chars(text, text + size, value);
            return read.ec == std::errc()
                       ? add(value)
                       : refuse(std::string(number) + " is beyond the integers of 64 bits");
        }
        double value = 0;
        const auto read = std::from_chars(text, text + size, value);
        return read.ec == std::errc() ? add(value)
                                      : refuse(std::string(number) + " is beyond the floats of 64 bits");
    }
    bool StartArray() { return open(List{}); }
    bool EndArray(rapidjson::SizeType) { return close(); }
    bool StartObject() { return open(Map{}); }
    bool Key(const char* text, rapidjson::SizeType size, bool) {
        open_.back().key.assign(text, size);
        return true;
    }
    bool EndObject(rapidjson::SizeType) { return close(); }

    [[nodiscard]] const std::string& refusal() const noexcept { return refusal_; }
    [[nodiscard]] const Value& value() const noexcept { return whole_; }

 private:
    struct Open {
        std::variant<List, Map> held;
        std::string key;  ///< of the member that comes next
    };

    bool refuse(std::string why) {
        refusal_ = std::move(why);
        return false;
    }
    bool open(std::variant<List, Map> held) {
        if (open_.size() == deepest) return refuse("lists and objects are nested too deep");
        open_.push_back({std::move(held), {}});
        return true;
    }
    bool close() {
        Open done = std::move(open_.back());
        open_.pop_back();
        return std::visit([&](auto& held) { return add(Value(std::move(held))); }, done.held);
    }
    bool add(Value value) {
        if (open_.empty()) {
            whole_ = std::move(value);
        } else if (auto* list = std::get_if<List>(&open_.back().held)) {
            list->push_back(std::move(value));
        } else {
            std::get<Map>(open_.back().held).set(open_.back().key, std::move(value));
        }
        return true;
    }

    std::vector<Open> open_;
    Value whole_;
    std::string refusal_;
};

}  // namespace

Expected<Parameters> parse_parameters(const std::string& path, const std::string& text) {
    rapidjson::MemoryStream bytes(text.data(), text.size());
    rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(bytes);
    rapidjson::Reader reader;
    ValueMaker maker;
    constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag |
                               rapidjson::kParseValidateEncodingFlag;
    const rapidjson::ParseResult result = reader.Parse<flags>(stream, maker);
    if (result.IsError()) {
        const std::size_t offset = std::min(result.Offset(), text.size());
        const SourceSpan at = locate(text, offset, std::min(offset + 1, text.size()));
        return fault(
            path, "InvalidJson",
            "line " + std::to_string(at.line) + ", column " + std::to_string(at.column) + ": " +
                (maker.refusal().empty() ? rapidjson::GetParseError_En(result.Code()) : maker.refusal()));
    }
    if (maker.value().kind() != Kind::map) {
        return fault(path, "InvalidJson", "parameters are one JSON object: {\"name\": value, ...}");
    }
    Parameters parameters;
    for (const auto& [name, value] : maker.value().as_map().entries()) parameters[name] = value;
    return parameters;
}

Expected<Parameters> read_parameters(const std::string& path) {
    std::string text;
    if (path == "-") {
        text.assign(std::istreambuf_iterator<char>(std::cin), {});
    } else {
        std::ifstream file(path, std::ios::binary);
        if (file) text.assign(std::istreambuf_iterator<char>(file), {});
        if (!file || file.bad()) return fault(path, "CannotOpen", "cannot be read");
    }
    return parse_parameters(path, text);
}

std::optional<ExitCode> add_parameter_file(const std::optional<std::string>& file, Parameters& parameters,
                                           const Streams& streams) {
    if (!file) return std::nullopt;
    auto read = read_parameters(*file);
    if (!read) {
        show(read.error(), {}, streams);
        return read.error().detail == "CannotOpen" ? ExitCode::cannot_open : ExitCode::usage;
    }
    parameters.merge(*read);
    return std::nullopt;
}

}  // namespace islet::cli
