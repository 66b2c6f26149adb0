// A reading query as plain data: what the generator makes, the oracle answers and query_text.cpp prints as
// openCypher. It is not the engine's syntax tree, and knows only what the oracle can answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "datum.hpp"

namespace islet::oracle {

struct PathPattern;

enum class Op {
    literal,   ///< value
    variable,  ///< name
    property,  ///< args[0].name
    equal,     ///< and the next five: of args[0] and args[1]
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    chain,        ///< args[0] < args[1] <= args[2]
    conjunction,  ///< and the next two: of args[0] and args[1]
    disjunction,
    exclusive,
    negation,
    is_null,
    is_not_null,
    in,
    starts_with,
    ends_with,
    contains,
    labels,  ///< args[0] has label_test
    list,    ///< of args
    add,
    subtract,
    multiply,
    subscript,
    choice,         ///< CASE WHEN args[0] THEN args[1] ELSE args[2] END
    function,       ///< name(args)
    exists,         ///< EXISTS { patterns WHERE args[0]? }
    pattern,        ///< the one pattern as a predicate
    count_block,    ///< COUNT { patterns WHERE args[0]? }
    comprehended,   ///< [the one pattern WHERE args[1]? | args[0]]
    quantifier,     ///< name(variable IN args[0] WHERE args[1]); name is all, any, none or single
    comprehension,  ///< [variable IN args[0] WHERE args[1] | args[2]]
    aggregate,      ///< name(DISTINCT? args); count without args is count(*)
};

struct LabelTest {
    enum class Kind { all, any, none };
    Kind kind = Kind::all;
    std::vector<std::string> names;  ///< empty: no test; exactly one for `none`
};

struct Expr {
    Op op = Op::literal;
    std::vector<Expr> args{};
    std::string name{};
    std::string variable{};  ///< of a quantifier or comprehension
    Datum value{};
    bool distinct = false;
    LabelTest label_test{};
    std::vector<PathPattern> patterns{};
};

using PropertyTests = std::vector<std::pair<std::string, Expr>>;

struct NodePattern {
    std::string variable;  ///< empty: nameless
    LabelTest labels;
    PropertyTests properties;
    std::optional<Expr> where{};  ///< `(n WHERE …)`
};

struct RelPattern {
    enum class Pointing { right, left, either };
    struct Length {
        std::size_t min = 1;
        std::optional<std::size_t> max;
    };
    std::string variable;
    std::vector<std::string> types;  ///< any of them; empty: every type
    Pointing pointing = Pointing::right;
    std::optional<Length> length;  ///< then the variable is a list
    /// How a length is written: `-[r*1..2]->`, `-[r]->{1,2}`, `(()-[r]->()){1,2}`, without a variable also
    /// `((()-[]->()){1})  {1,2}`. All mean the same.
    enum class Form { star, quantifier, part, nested };
    Form form = Form::star;
    PropertyTests properties;
    std::optional<Expr> where{};  ///< of each relationship, by the variable's name
};

struct Step {
    RelPattern rel;
    NodePattern node;
};

struct PathPattern {
    /// Of each pair of ends: all paths, the shortest ones, or those of the `count` least lengths.
    enum class Selector { all, all_shortest, shortest_groups };
    std::string variable;
    NodePattern first;
    std::vector<Step> steps;
    Selector selector = Selector::all;  ///< others: one step, of some length
    std::size_t count = 1;
};

struct Match {
    bool optional = false;
    bool repeatable = false;  ///< REPEATABLE ELEMENTS: a relationship may stand at several places
    std::vector<PathPattern> paths;
    std::optional<Expr> where;
};

struct Unwind {
    Expr list;
    std::string variable;
};

/// WITH, or as the last clause RETURN.
struct Projection {
    struct Item {
        Expr expr;
        std::string name;
        /// A list in no certain order, such as collect() gives: compared as a bag.
        bool bag = false;
    };
    struct SortKey {
        Expr expr;  ///< of the columns, and where rows stay rows of what was visible before
        bool descending = false;
    };
    bool distinct = false;
    std::vector<Item> items;
    std::vector<SortKey> order_by;
    bool total_order = false;  ///< order_by leaves no ties but between equal rows
    std::optional<std::size_t> skip;
    std::optional<std::size_t> limit;
    std::optional<Expr> where;
};

using Clause = std::variant<Match, Unwind, Projection>;

struct Query {
    std::vector<std::vector<Clause>> parts;  ///< joined by UNION; each ends in a Projection
    bool union_all = false;
    /// Holds an expression that some values make fail, e.g. `n.mixed AND true`: then whether it fails depends
    /// on what is computed first, which openCypher leaves open.
    bool may_fail = false;
};

std::string to_text(const Expr& expr);
std::string to_text(const PathPattern& path);
std::string to_text(const Clause& clause, bool last);
std::string to_text(const Query& query);

/// Whether an aggregate stands in it.
bool has_aggregate(const Expr& expr);
/// Whether the query anywhere takes one of several equal values (DISTINCT, grouping, ORDER BY …): then 1 and
/// 1.0 cannot be told apart in the answer.
bool merges_equal_values(const Query& query);

// Short forms.
Expr literal(Datum value);
Expr variable(std::string name);
Expr property(Expr of, std::string key);
Expr apply(Op op, std::vector<Expr> args);
Expr call(std::string function, std::vector<Expr> args);

}  // namespace islet::oracle
