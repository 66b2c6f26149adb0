#include "plot.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

#include "islet/text.hpp"
#include "text_width.hpp"

namespace islet::cli {

namespace {

Error wrong(std::string message, std::string hint = {}) {
    return Error{"22000", "ArgumentError", "runtime", "NotPlottable", std::move(message),
                 {},      std::move(hint), {}};
}

constexpr std::size_t no_column = SIZE_MAX;

bool numeric(const Rows& rows, std::size_t column) {
    bool any = false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Value& value = rows[i][column];
        if (!value.is_null() && !value.is_number()) return false;
        any = any || value.is_number();
    }
    return any;
}

Expected<std::size_t> column_named(const Rows& rows, const std::string& name) {
    const auto at = std::find(rows.columns.begin(), rows.columns.end(), name);
    if (at != rows.columns.end()) return static_cast<std::size_t>(at - rows.columns.begin());
    const auto near = nearest(name, rows.columns);
    return wrong("the result has no column `" + name + "`", near ? "did you mean `" + *near + "`?" : "");
}

Chart counted(const Rows& rows, std::size_t column) {
    Chart chart{rows.columns[column], "rows", {}, 0};
    std::map<std::string, std::size_t> counts;
    for (std::size_t i = 0; i < rows.size(); ++i) ++counts[shown_cell(rows[i][column], rows.snapshot)];
    for (const auto& [label, count] : counts) {
        chart.bars.push_back({label, static_cast<double>(count), std::to_string(count)});
    }
    std::stable_sort(chart.bars.begin(), chart.bars.end(),
                     [](const Chart::Bar& a, const Chart::Bar& b) { return a.value > b.value; });
    return chart;
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string result;
    for (std::size_t i = 0; i < times; ++i) result += text;
    return result;
}

/// A bar that is `eighths` eighths of a character long.
std::string bar_text(std::size_t eighths) {
    constexpr std::string_view parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    return repeated("█", eighths / 8) + std::string(parts[eighths % 8]);
}

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '<') {
            result += "&lt;";
        } else if (c == '>') {
            result += "&gt;";
        } else if (c == '&') {
            result += "&amp;";
        } else {
            result += c;
        }
    }
    return result;
}

}  // namespace

Expected<Chart> chart_of(const Rows& rows, const std::string& label, const std::string& value) {
    if (rows.size() == 0) return wrong("the last result has no rows");
    std::size_t label_column = no_column;
    std::size_t value_column = no_column;
    if (!label.empty()) {
        const auto found = column_named(rows, label);
        if (!found) return found.error();
        label_column = *found;
    }
    if (!value.empty()) {
        const auto found = column_named(rows, value);
        if (!found) return found.error();
        value_column = *found;
        if (!numeric(rows, value_column)) return wrong("column `" + value + "` holds no numbers alone");
    }
    for (std::size_t i = 0; i < rows.columns.size() && value_column == no_column; ++i) {
        if (i != label_column && numeric(rows, i)) value_column = i;
    }
    if (value_column == no_column) return counted(rows, label_column == no_column ? 0 : label_column);
    for (std::size_t i = 0; i < rows.columns.size() && label_column == no_column; ++i) {
        if (i != value_column) label_column = i;
    }

    Chart chart{
        label_column == no_column ? "row" : rows.columns[label_column], rows.columns[value_column], {}, 0};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Value& number = rows[i][value_column];
        if (!number.is_number() || !std::isfinite(number.number())) {
            ++chart.left_out;
            continue;
        }
        chart.bars.push_back({label_column == no_column ? std::to_string(i + 1)
                                                        : shown_cell(rows[i][label_column], rows.snapshot),
                              number.number(), shown_cell(number, rows.snapshot)});
    }
    return chart;
}

std::string chart_text(const Chart& chart, std::size_t width, bool colour) {
    if (width == 0) width = 80;
    std::size_t labels = width_of(chart.label_name);
    std::size_t numbers = 0;
    double most = 0;
    bool negative = false;
    for (const Chart::Bar& bar : chart.bars) {
        labels = std::max(labels, width_of(bar.label));
        numbers = std::max(numbers, bar.number.size());
        most = std::max(most, std::abs(bar.value));
        negative = negative || bar.value < 0;
    }
    labels = std::min(labels, std::max<std::size_t>(width / 3, 8));
    const std::size_t taken = labels + numbers + 5;
    std::size_t room = width > taken + 8 ? width - taken : 8;
    if (negative) room /= 2;  // one half for each side

    std::string text;
    const std::string name = cut_to(one_line(chart.label_name), labels);
    text += painted(name, Paint::header, colour) + std::string(labels - width_of(name) + 2, ' ') +
            painted(one_line(chart.value_name), Paint::header, colour) + "\n";
    for (const Chart::Bar& bar : chart.bars) {
        const std::string label = cut_to(bar.label, labels);
        // What is not nothing shows at least a sliver.
        const double share = most == 0 ? 0 : std::abs(bar.value) / most;
        auto eighths = static_cast<std::size_t>(std::lround(share * static_cast<double>(room) * 8));
        if (eighths == 0 && bar.value != 0) eighths = 1;
        std::string line = label + std::string(labels - width_of(label), ' ') + "  ";
        if (negative) {
            // To the left there are no partial blocks: whole ones only.
            const std::size_t whole = bar.value < 0 ? std::max<std::size_t>((eighths + 4) / 8, 1) : 0;
            line +=
                std::string(room - whole, ' ') + painted(repeated("█", whole), Paint::warning, colour) + "│";
        } else {
            line += "│";
        }
        if (bar.value >= 0) line += painted(bar_text(eighths), Paint::accent, colour);
        text += line + " " + bar.number + "\n";
    }
    if (chart.left_out > 0) {
        text += painted("(" + std::to_string(chart.left_out) + " of " +
                            std::to_string(chart.left_out + chart.bars.size()) + " rows have no number)",
                        Paint::dim, colour) +
                "\n";
    }
    return text;
}

std::string chart_svg(const Chart& chart) {
    constexpr double row = 24;
    constexpr double bar_height = 16;
    constexpr double letter = 7.2;  // of a 12 px sans-serif, generously
    constexpr double top = 40;
    constexpr double room = 480;
    std::size_t labels = 4;
    double least = 0;
    double most = 0;
    for (const Chart::Bar& bar : chart.bars) {
        labels = std::max(labels, std::min<std::size_t>(width_of(bar.label), 40));
        least = std::min(least, bar.value);
        most = std::max(most, bar.value);
    }
    const double span = most - least == 0 ? 1 : most - least;
    const double left = static_cast<double>(labels) * letter + 16;
    const double zero = left - least / span * room;
    const double height = top + row * static_cast<double>(chart.bars.size()) + 16;
    const double width = left + room + 96;
    std::ostringstream out;
    out << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << width << "\" height=\"" << height
        << "\" viewBox=\"0 0 " << width << ' ' << height
        << "\" font-family=\"sans-serif\" font-size=\"12\">\n"
        << "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
        << "<text x=\"" << left << "\" y=\"22\" font-size=\"14\" fill=\"#222222\">"
        << escaped(one_line(chart.value_name)) << " by " << escaped(one_line(chart.label_name))
        << "</text>\n";
    double y = top;
    for (const Chart::Bar& bar : chart.bars) {
        const double length = std::abs(bar.value) / span * room;
        const double x = bar.value < 0 ? zero - length : zero;
        const double middle = y + bar_height * 0.78;
        out << "<g><title>" << escaped(bar.label) << ": " << escaped(bar.number) << "</title>"
            << "<text x=\"" << left - 8 << "\" y=\"" << middle << "\" text-anchor=\"end\" fill=\"#222222\">"
            << escaped(cut_to(bar.label, 40)) << "</text>"
            << "<rect x=\"" << x << "\" y=\"" << y << "\" width=\"" << length << "\" height=\"" << bar_height
            << "\" fill=\"" << (bar.value < 0 ? "#d55e00" : "#0072b2") << "\"/>"
            << "<text x=\"" << (bar.value < 0 ? zero : zero + length) + 6 << "\" y=\"" << middle
            << "\" fill=\"#555555\">" << escaped(bar.number) << "</text></g>\n";
        y += row;
    }
    out << "<line x1=\"" << zero << "\" y1=\"" << top - 6 << "\" x2=\"" << zero << "\" y2=\"" << y
        << "\" stroke=\"#888888\"/>\n</svg>\n";
    return out.str();
}

}  // namespace islet::cli
