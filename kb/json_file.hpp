// One JSON file of a knowledge base, read with RapidJSON, and its faults: each names the file and a
// JSON pointer; a syntax error has line and column too.
#pragma once

#include <rapidjson/document.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "islet/error.hpp"

namespace islet::kb {

using Json = rapidjson::Value;

struct JsonFile {
    std::string name;  ///< as errors show it
    std::shared_ptr<const rapidjson::Document> document;

    [[nodiscard]] const Json& root() const { return *document; }
};

/// A fault of the data at `pointer` of `file`.
Error fault(std::string_view file, std::string_view pointer, std::string message, std::string hint = {});

/// Parses; appends to `faults` and gives no document if the text is not JSON.
JsonFile parse_json(std::string name, std::string_view text, std::vector<Error>& faults);

/// Checks `file` against a JSON Schema; appends one fault for each keyword that is violated first.
void validate(const JsonFile& file, const rapidjson::Document& schema, std::vector<Error>& faults);

/// A JSON pointer one step deeper.
std::string operator/(const std::string& pointer, std::string_view key);
std::string operator/(const std::string& pointer, std::size_t index);

std::string_view text_of(const Json& value);
/// The string member `key`, or an empty text.
std::string_view text_member(const Json& object, const char* key);
/// The member `key`, or nullptr.
const Json* member(const Json& object, const char* key);
/// A string, or the strings of a list.
std::vector<std::string> texts(const Json* value);

}  // namespace islet::kb
