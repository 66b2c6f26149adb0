// Operators of two values on columns: numbers and texts go through loops of their own, all else
// value by value.

#include <algorithm>
#include <cstring>
#include <unordered_set>

#include "evaluate_kernels.hpp"
#include "functions.hpp"

namespace islet::query {
namespace {

using Op = ast::Binary::Op;
using Layout = Column::Layout;

Column by_value(Op op, const Column& a, const Column& b, std::size_t rows, RegexCache& regexes) {
    if (a.constant && b.constant) return Column::of_constant(apply_operation(op, a.at(0), b.at(0), regexes));
    std::vector<Value> out;
    out.reserve(rows);
    for (std::size_t row = 0; row < rows; ++row)
        out.push_back(apply_operation(op, a.at(row), b.at(row), regexes));
    return Column::packed(std::move(out));
}

bool is_numeric(const Column& column) {
    return column.layout == Layout::ints || column.layout == Layout::floats;
}

/// Marks the rows in which either is null.
std::vector<std::uint8_t> both_valid(const Column& a, const Column& b, std::size_t rows) {
    std::vector<std::uint8_t> valid;
    for (const Column* column : {&a, &b}) {
        if (column->valid.empty()) continue;
        if (valid.empty()) valid.assign(rows, 1);
        for (std::size_t row = 0; row < rows; ++row)
            valid[row] = static_cast<std::uint8_t>(valid[row] & column->valid[column->constant ? 0 : row]);
    }
    return valid;
}

/// Integers by integers. False: some row has no result, and by_value() says which and why.
bool integers(Op op, const Column& a, const Column& b, std::size_t rows, Column& out) {
    out.layout = Layout::ints;
    out.ints.resize(rows);
    const std::int64_t* left = a.ints.data();
    const std::int64_t* right = b.ints.data();
    const std::size_t left_step = a.constant ? 0 : 1;
    const std::size_t right_step = b.constant ? 0 : 1;
    const auto all = [&](auto&& overflows) {
        bool bad = false;
        for (std::size_t row = 0; row < rows; ++row)
            bad |= overflows(left[row * left_step], right[row * right_step], &out.ints[row]);
        return !bad;
    };
    const auto divides = [](std::int64_t x, std::int64_t y) {
        return y != 0 && !(y == -1 && x == INT64_MIN);
    };
    // The number under a null is 0, and so is what comes of it unless it divides.
    switch (op) {
        case Op::add:
            return all([](auto x, auto y, auto* z) { return __builtin_add_overflow(x, y, z); });
        case Op::subtract:
            return all([](auto x, auto y, auto* z) { return __builtin_sub_overflow(x, y, z); });
        case Op::multiply:
            return all([](auto x, auto y, auto* z) { return __builtin_mul_overflow(x, y, z); });
        case Op::divide:
            return all([&](auto x, auto y, auto* z) {
                const bool good = divides(x, y);
                if (good) *z = x / y;
                return !good;
            });
        case Op::modulo:
            return all([&](auto x, auto y, auto* z) {
                const bool good = divides(x, y);
                if (good) *z = x % y;
                return !good;
            });
        default:
            return false;
    }
}

bool floats(Op op, const Column& a, const Column& b, std::size_t rows, Column& out) {
    out.layout = Layout::floats;
    out.floats.resize(rows);
    const auto number = [](const Column& column, std::size_t row) {
        if (column.constant) row = 0;
        return column.layout == Layout::ints ? static_cast<double>(column.ints[row]) : column.floats[row];
    };
    const auto all = [&](auto&& apply) {
        for (std::size_t row = 0; row < rows; ++row) out.floats[row] = apply(number(a, row), number(b, row));
        return true;
    };
    switch (op) {
        case Op::add:
            return all([](double x, double y) { return x + y; });
        case Op::subtract:
            return all([](double x, double y) { return x - y; });
        case Op::multiply:
            return all([](double x, double y) { return x * y; });
        case Op::divide:
            return all([](double x, double y) { return x / y; });
        default:
            return false;
    }
}

/// The text that stands for every row, if it is one.
std::optional<std::string_view> constant_text(const Column& column) {
    if (!column.constant) return std::nullopt;
    if (column.layout == Layout::strings && column.strings.front().data() != nullptr)
        return column.strings.front();
    if (column.layout == Layout::values && column.values.front().kind() == Kind::string)
        return column.values.front().as_string();
    return std::nullopt;
}

Column search_texts(Op op, const std::vector<std::string_view>& texts, std::string_view wanted,
                    RegexCache& regexes) {
    std::vector<std::uint8_t> out(texts.size());
    if (op == Op::regex_match) {
        regexes.match_all(texts, wanted, Column::null_bool, out);
        return Column::booleans(std::move(out));
    }
    for (std::size_t row = 0; row < texts.size(); ++row) {
        out[row] = texts[row].data() == nullptr           ? Column::null_bool
                   : text_matches(op, texts[row], wanted) ? 1
                                                          : 0;
    }
    return Column::booleans(std::move(out));
}

/// Whether each entry is among the wanted ones; null where it is null.
template <class T>
Column find_among(const Column& column, const std::vector<T>& entries, std::vector<T> wanted) {
    constexpr std::size_t few = 8;
    std::vector<std::uint8_t> out(entries.size());
    const auto look = [&](auto&& is_wanted) {
        for (std::size_t row = 0; row < out.size(); ++row)
            out[row] = column.is_null(row) ? Column::null_bool : is_wanted(entries[row]) ? 1 : 0;
    };
    if (wanted.size() <= few) {
        look([&](const T& entry) { return std::find(wanted.begin(), wanted.end(), entry) != wanted.end(); });
    } else {
        const std::unordered_set<T> all(wanted.begin(), wanted.end());
        look([&](const T& entry) { return all.contains(entry); });
    }
    return Column::booleans(std::move(out));
}

/// `x IN list` for a list of the query and a column of integers or texts. No value: the list holds other
/// kinds, or a null.
std::optional<Column> find_in(const Column& column, const List& list) {
    const auto all_are = [&](Kind kind) {
        return std::all_of(list.begin(), list.end(), [&](const Value& v) { return v.kind() == kind; });
    };
    if (column.constant || list.empty()) return std::nullopt;
    if (column.layout == Layout::ints && all_are(Kind::integer)) {
        std::vector<std::int64_t> wanted;
        for (const Value& value : list) wanted.push_back(value.as_int());
        return find_among(column, column.ints, std::move(wanted));
    }
    if (column.layout == Layout::strings && all_are(Kind::string)) {
        std::vector<std::string_view> wanted;
        for (const Value& value : list) wanted.push_back(value.as_string());
        return find_among(column, column.strings, std::move(wanted));
    }
    return std::nullopt;
}

}  // namespace

Value apply_operation(ast::Binary::Op op, const Value& a, const Value& b, RegexCache& regexes) {
    switch (op) {
        case Op::add:
            return add(a, b);
        case Op::subtract:
            return subtract(a, b);
        case Op::multiply:
            return multiply(a, b);
        case Op::divide:
            return divide(a, b);
        case Op::modulo:
            return modulo(a, b);
        case Op::power:
            return power(a, b);
        case Op::starts_with:
            return starts_with(a, b);
        case Op::ends_with:
            return ends_with(a, b);
        case Op::contains:
            return contains(a, b);
        case Op::in:
            return in_list(a, b);
        case Op::regex_match:
            return regex_match(a, b, regexes);
        case Op::concatenate:
            return concatenate(a, b);
        case Op::logical_or:
        case Op::logical_xor:
        case Op::logical_and:
            break;  // are Logical
    }
    return {};
}

bool text_matches(Op op, std::string_view text, std::string_view wanted) {
    if (op == Op::starts_with) return text.starts_with(wanted);
    if (op == Op::ends_with) return text.ends_with(wanted);
    // memmem, as glibc's is faster than std::string_view::find on short needles.
    return memmem(text.data(), text.size(), wanted.data(), wanted.size()) != nullptr;
}

Column evaluate_operation(ast::Binary::Op op, const Column& a, const Column& b, std::size_t rows,
                          RegexCache& regexes) {
    if (rows == 0) return Column::of_values({});
    if (is_numeric(a) && is_numeric(b) && !(a.constant && b.constant)) {
        Column out;
        const bool whole = a.layout == Layout::ints && b.layout == Layout::ints;
        if (whole ? integers(op, a, b, rows, out) : floats(op, a, b, rows, out)) {
            out.valid = both_valid(a, b, rows);
            return out;
        }
    }
    const bool searches =
        op == Op::starts_with || op == Op::ends_with || op == Op::contains || op == Op::regex_match;
    if (searches && a.layout == Layout::strings && !a.constant) {
        if (const auto wanted = constant_text(b)) return search_texts(op, a.strings, *wanted, regexes);
    }
    if (op == Op::in && b.constant && b.layout == Layout::values && b.values.front().kind() == Kind::list) {
        if (auto found = find_in(a, b.values.front().as_list())) return *std::move(found);
    }
    return by_value(op, a, b, rows, regexes);
}

}  // namespace islet::query
