// Bar charts of results.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "format.hpp"
#include "islet/error.hpp"

namespace islet::cli {

struct Chart {
    struct Bar {
        std::string label;
        double value = 0;
        std::string number;  ///< as people read it
    };
    std::string label_name;
    std::string value_name;
    std::vector<Bar> bars;
    std::size_t left_out = 0;  ///< rows whose value is no finite number
};

/// The rows as bars: `value` over `label`, which name columns. Both empty: the first column of numbers
/// over the first other one (or the number of the row); without numbers, how often each value of the
/// first column comes, most often first.
Expected<Chart> chart_of(const Rows& rows, const std::string& label, const std::string& value);

/// For a terminal of this width; 0: 80 columns.
std::string chart_text(const Chart& chart, std::size_t width, bool colour);

/// A self-contained SVG picture.
std::string chart_svg(const Chart& chart);

}  // namespace islet::cli
