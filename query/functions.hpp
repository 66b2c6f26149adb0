// The built-in functions and operators on values: what they are called, what
// they take and how they compute. One file per family (functions_string.cpp …)
// fills the table; the binder checks calls against it, the evaluator runs them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "islet/graph.hpp"
#include "islet/value.hpp"

namespace islet::query {

/// A set of kinds, for what is known of a value before it is computed. Null is
/// always possible and never in the set.
using TypeSet = std::uint16_t;
constexpr TypeSet type_bit(Kind kind) {
    return static_cast<TypeSet>(1U << static_cast<unsigned>(kind));
}
inline constexpr TypeSet boolean_type = type_bit(Kind::boolean);
inline constexpr TypeSet integer_type = type_bit(Kind::integer);
inline constexpr TypeSet float_type = type_bit(Kind::floating);
inline constexpr TypeSet number_type = integer_type | float_type;
inline constexpr TypeSet string_type = type_bit(Kind::string);
inline constexpr TypeSet list_type = type_bit(Kind::list);
inline constexpr TypeSet map_type = type_bit(Kind::map);
inline constexpr TypeSet node_type = type_bit(Kind::node);
inline constexpr TypeSet relationship_type = type_bit(Kind::relationship);
inline constexpr TypeSet path_type = type_bit(Kind::path);
inline constexpr TypeSet date_time_type = type_bit(Kind::date_time);
/// Dates, times of day and both.
inline constexpr TypeSet instant_type = type_bit(Kind::date) | type_bit(Kind::local_time) |
                                        type_bit(Kind::time) | type_bit(Kind::local_date_time) |
                                        date_time_type;
inline constexpr TypeSet duration_type = type_bit(Kind::duration);
inline constexpr TypeSet temporal_type = instant_type | duration_type;
inline constexpr TypeSet any_type = 0xFFFF;

/// What a function may look at besides its arguments.
struct FunctionContext {
    const Snapshot& snapshot;
    std::uint64_t& random_state;        ///< of rand()
    Instant begun = current_instant();  ///< when the statement began: its clock stands still
    std::uint64_t room = UINT64_MAX;    ///< bytes that what it gives may take
};

/// A function of values to a value. A null argument gives null unless `takes_null`, so `apply`
/// meets no null at the top otherwise; an argument of a kind outside its parameter's set is
/// refused before `apply` (TypeError, InvalidArgumentValue, runtime): `call` sees to both. Throws
/// Exception for what only it can know (kind and detail in the TCK's words, phase "runtime");
/// the evaluator adds the span.
struct Function {
    std::string_view name;            ///< as documented, e.g. "toUpper"
    std::vector<TypeSet> parameters;  ///< of the longest form
    std::size_t required = 0;         ///< how many of them must be given
    TypeSet result = any_type;
    bool takes_null = false;
    bool variadic = false;  ///< the last parameter may repeat
    bool pure = true;       ///< same arguments, same value within a statement (not rand())
    Value (*apply)(FunctionContext&, std::span<const Value>) = nullptr;
    std::string_view signature;  ///< for messages and the reference, e.g. "substring(text, start[, length])"
    double (*of_float)(double) = nullptr;  ///< what `apply` does with a single number, if it gives a FLOAT
    /// What `apply` does with a text, if it gives a part of it; with the arguments behind the text.
    std::string_view (*part)(std::string_view, std::span<const Value>) = nullptr;
    /// What `apply` does with a single text; none if it stays as it is.
    std::optional<std::string> (*change)(std::string_view) = nullptr;
};

/// Runs a function as its declaration says: null for a null argument, a refusal for a kind that
/// it does not take, else `apply`. REQUIRES: as many arguments as the function takes.
Value call(const Function& function, FunctionContext& context, std::span<const Value> arguments);

/// The kinds of a set for a message: "STRING or LIST", "INTEGER, FLOAT or STRING", "any value".
std::string type_text(TypeSet types);

/// By name without regard to case, with namespace ("duration.between"); nullptr if there is none.
const Function* find_function(std::string_view name);
/// Of all scalar functions, sorted: for completion and nearest-name hints.
std::span<const std::string_view> function_names();

// Operators. Each follows openCypher on null, and throws Exception (TypeError,
// InvalidArgumentType) on kinds it has no meaning for.
Value add(const Value& a, const Value& b);
Value subtract(const Value& a, const Value& b);
Value multiply(const Value& a, const Value& b);
Value divide(const Value& a, const Value& b);
Value modulo(const Value& a, const Value& b);
Value power(const Value& a, const Value& b);
Value negate(const Value& a);
Value concatenate(const Value& a, const Value& b);
Value starts_with(const Value& a, const Value& b);
Value ends_with(const Value& a, const Value& b);
Value contains(const Value& a, const Value& b);
Value regex_match(const Value& a, const Value& b);  ///< RE2, the whole text; compiles the pattern anew
Value in_list(const Value& element, const Value& list);
Value subscript(const FunctionContext& context, const Value& subject, const Value& index);
Value slice(const Value& subject, const Value& from, const Value& to, bool has_from, bool has_to);
/// Of a map, node, relationship or temporal value; null of null; TypeError otherwise.
Value property_of(const Snapshot& snapshot, const Value& subject, std::string_view key);

/// The integers that range() gives.
struct Range {
    std::int64_t first;
    std::int64_t step;
    std::uint64_t size;  ///< at most UINT64_MAX, where it would be one more

    /// REQUIRES: i < size.
    [[nodiscard]] std::int64_t at(std::uint64_t i) const noexcept {
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(first) +
                                         i * static_cast<std::uint64_t>(step));
    }
};
/// From `first` to `last`, both included; no value for a step of 0.
std::optional<Range> range_of(std::int64_t first, std::int64_t last, std::int64_t step);

/// The patterns that were compiled last, for matching many texts with few patterns. One thread at a time.
class RegexCache {
 public:
    RegexCache();
    ~RegexCache();
    RegexCache(RegexCache&&) noexcept;
    RegexCache& operator=(RegexCache&&) noexcept;

    /// Whether each of the texts matches as a whole: 1 or 0, and `null` for a text without data.
    void match_all(std::span<const std::string_view> texts, std::string_view pattern, std::uint8_t null,
                   std::span<std::uint8_t> out);

 private:
    friend Value regex_match(const Value& a, const Value& b, RegexCache& cache);
    struct Compiled;
    /// Throws ArgumentError where it is no regular expression.
    const Compiled& compiled(std::string_view pattern);

    std::vector<std::unique_ptr<Compiled>> compiled_;  ///< of different patterns, the latest first
};

/// As above; compiles the pattern only when it is none of the last ones.
Value regex_match(const Value& a, const Value& b, RegexCache& cache);

class GroupedAggregate;  // aggregates.hpp

/// An aggregate; count(*) is count without arguments.
struct AggregateFunction {
    std::string_view name;
    std::vector<TypeSet> parameters;
    TypeSet result = any_type;
    std::unique_ptr<GroupedAggregate> (*make)();
    std::string_view signature;
    bool merges = false;  ///< groups of groups give what their rows together give
};

/// count, sum, avg, min, max, collect, stDev, stDevP, percentileCont, percentileDisc.
const AggregateFunction* find_aggregate(std::string_view name);
std::span<const std::string_view> aggregate_names();

}  // namespace islet::query
