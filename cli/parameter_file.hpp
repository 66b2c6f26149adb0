// Parameters from a JSON file.
#pragma once

#include <optional>
#include <string>

#include "islet/database.hpp"
#include "islet/error.hpp"
#include "runner.hpp"

namespace islet::cli {

/// The members of the one JSON object in `path` (`-`: standard input): null, booleans, strings, arrays and
/// objects as such, numbers without point and exponent as integers, others as floats. An integer beyond
/// 64 bits is an error, as is any other fault of the text; the error names line and column.
Expected<Parameters> read_parameters(const std::string& path);

/// The same, of a text; `path` is for messages.
Expected<Parameters> parse_parameters(const std::string& path, const std::string& text);

/// Adds what `file` holds to `parameters`, where these have no value of the name yet. Otherwise says why
/// not and gives the exit code.
std::optional<ExitCode> add_parameter_file(const std::optional<std::string>& file, Parameters& parameters,
                                           const Streams& streams);

}  // namespace islet::cli
