// The abstract syntax of openCypher, as plain structs in one arena.
//
// An expression is named by its ExprId, an index into Ast::expressions, so that
// the tree is a handful of vectors, cheap to build and to free. Every expression
// and every named part carries the bytes of the text it came from (Span); lines
// and columns are computed only when an error is shown. Nothing here knows a
// graph: names are texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace islet::ast {

/// The byte range [begin, end) of the query text.
struct Span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

enum class ExprId : std::uint32_t { none = UINT32_MAX };
enum class GroupId : std::uint32_t { none = UINT32_MAX };

/// A name as written (back quotes removed, escapes resolved) and where.
struct Name {
    std::string text;
    Span span;
};

// ---------------------------------------------------------------- patterns

/// A label, or what gives one or several when the query runs: `$(expr)`, `$all(expr)`, `$any(expr)`.
struct Label {
    Name name{};                  ///< where it is computed, only its span
    ExprId value = ExprId::none;  ///< a text or a list of texts
    bool any = false;             ///< `$any`: one of them is enough
};

/// `:A`, `A|B`, `A&B`, `!A`, `%`, `$(x)`: a tree in a vector, children before parents, root last.
/// An empty vector means that no label was asked for.
struct LabelTerm {
    enum class Op : std::uint8_t {
        name,
        conjunction,
        disjunction,
        negation,
        wildcard,
        computed_all,  ///< `$(value)`, `$all(value)`
        computed_any   ///< `$any(value)`
    } op = Op::name;
    Name name;               ///< of Op::name; of the computed ones, only its span
    std::uint32_t left = 0;  ///< positions in the same vector
    std::uint32_t right = 0;
    ExprId value = ExprId::none;  ///< of the computed ones
};
using LabelExpr = std::vector<LabelTerm>;

struct NodePattern {
    std::optional<Name> variable;
    LabelExpr labels;
    ExprId properties = ExprId::none;  ///< a map literal or a parameter
    ExprId where = ExprId::none;
    Span span;
};

/// The bounds of `*`, `*2`, `*1..3`, `*..3`, `*1..`; of a quantifier `+`, `*`, `{2}`, `{1,3}`, `{,3}`,
/// `{1,}`.
struct Range {
    std::optional<std::uint64_t> min;
    std::optional<std::uint64_t> max;
};

struct RelPattern {
    enum class Arrow : std::uint8_t { right, left, none, both } arrow = Arrow::none;  ///< both: `<-->`
    std::optional<Name> variable;
    LabelExpr types;
    std::optional<Range> range;     ///< present: of variable length
    bool quantified = false;        ///< the range stands behind the arrow: `-[r]->{1,3}`, `-->+`
    GroupId group = GroupId::none;  ///< present: no relationship but a repeated part, with nothing else set
    ExprId properties = ExprId::none;
    ExprId where = ExprId::none;
    Span span;
};

/// `p = (a)-[r]->(b)`: nodes.size() == relationships.size() + 1. Where a repeated part stands beside
/// another one or at an end, there is a nameless node between.
struct PathPattern {
    enum class Selector : std::uint8_t {
        all,
        shortest_one,    ///< `shortestPath(…)`
        shortest_all,    ///< `allShortestPaths(…)`
        any,             ///< `ANY`, `ANY k`
        shortest,        ///< `SHORTEST k`, `ANY SHORTEST`
        all_shortest,    ///< `ALL SHORTEST`
        shortest_groups  ///< `SHORTEST k GROUPS`
    } selector = Selector::all;
    std::uint64_t count = 1;            ///< of any, shortest and shortest_groups
    ExprId count_value = ExprId::none;  ///< present: a parameter that says it, in place of `count`
    std::optional<Name> variable;
    std::vector<NodePattern> nodes;
    std::vector<RelPattern> relationships;
    ExprId where = ExprId::none;  ///< of `((a)-->(b) WHERE …)`: holds before a selector selects
    Span span;
};

using Pattern = std::vector<PathPattern>;

/// `((a)-[r]->(b) WHERE …){1,3}`: a part of a path that is repeated.
struct PathGroup {
    PathPattern pattern;  ///< its WHERE is that of each iteration
    Range range;
};

// ------------------------------------------------------------- expressions

struct Query;
enum class QueryId : std::uint32_t { none = UINT32_MAX };

struct Null {};
/// A literal. Integers are in range: the parser has refused the others.
struct Literal {
    std::variant<Null, bool, std::int64_t, double, std::string> value;
};
struct Parameter {
    Name name;
};
struct Variable {
    Name name;
};
struct PropertyAccess {
    ExprId subject;
    Name key;
};
struct Subscript {
    ExprId subject;
    ExprId index;
};
struct Slice {
    ExprId subject;
    ExprId from;  ///< may be none
    ExprId to;    ///< may be none
};
struct Unary {
    enum class Op : std::uint8_t { negate, plus, logical_not, is_null, is_not_null } op;
    ExprId operand;
};
struct Binary {
    enum class Op : std::uint8_t {
        logical_or,
        logical_xor,
        logical_and,
        add,
        subtract,
        multiply,
        divide,
        modulo,
        power,
        starts_with,
        ends_with,
        contains,
        in,
        regex_match,
        concatenate
    } op;
    ExprId left;
    ExprId right;
};
/// Many operators that bind alike, applied from left to right: what a very long `a + b - c …` is, so that no
/// tree grows as high as its text is long.
struct LongOperation {
    ExprId first;
    std::vector<std::pair<Binary::Op, ExprId>> rest;
};
/// `a < b <= c`: a chain, each link compared, all joined by AND.
struct Comparison {
    enum class Op : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal };
    ExprId first;
    std::vector<std::pair<Op, ExprId>> rest;
};
struct HasLabels {
    ExprId subject;
    LabelExpr labels;
};
/// A type by its name: `INTEGER`, `STRING NOT NULL`, `LIST<FLOAT>`.
struct ValueType {
    enum class Kind : std::uint8_t {
        nothing,
        null,
        boolean,
        string,
        integer,
        floating,
        date,
        local_time,
        zoned_time,
        local_date_time,
        zoned_date_time,
        duration,
        point,
        node,
        relationship,
        map,
        list,
        path,
        property_value,
        any
    } kind = Kind::any;
    bool not_null = false;
    std::vector<ValueType> element;  ///< of a list: any of these; empty: any value
};
/// `x IS :: INTEGER | STRING`
struct TypeTest {
    ExprId subject;
    std::vector<ValueType> types;  ///< any of them
    bool negated = false;
};
struct FunctionCall {
    std::vector<Name> qualifier;  ///< namespaces, outermost first
    Name name;
    bool distinct = false;
    std::vector<ExprId> arguments;
};
struct CountStar {};
struct ListLiteral {
    std::vector<ExprId> items;
};
struct MapLiteral {
    std::vector<std::pair<Name, ExprId>> entries;
};
struct ListComprehension {
    Name variable;
    ExprId list;
    ExprId where;  ///< may be none
    ExprId value;  ///< may be none: the element itself
};
struct Quantifier {
    enum class Kind : std::uint8_t { all, any, none, single } kind;
    Name variable;
    ExprId list;
    ExprId where;  ///< may be none
};
struct Reduce {
    Name accumulator;
    ExprId initial;
    Name variable;
    ExprId list;
    ExprId value;
};
/// `[p = (a)-->(b) WHERE … | …]`
struct PatternComprehension {
    PathPattern pattern;
    ExprId where;  ///< may be none
    ExprId value;
};
/// A path pattern where a boolean is expected: true if it matches.
struct PatternPredicate {
    PathPattern pattern;
};
struct Case {
    ExprId subject;  ///< none: searched CASE
    std::vector<std::pair<ExprId, ExprId>> alternatives;
    ExprId otherwise;  ///< may be none: null
};
/// `EXISTS { … }`, `COUNT { … }`, `COLLECT { … }`. The short form with a pattern and WHERE
/// is stored as a query of one MATCH clause without RETURN.
struct Subquery {
    enum class Kind : std::uint8_t { exists, count, collect } kind;
    QueryId query;
};
/// `n { .name, .*, other, key: expr }`
struct MapProjection {
    struct Item {
        enum class Kind : std::uint8_t { property, all_properties, variable, entry } kind;
        Name name;
        ExprId value;  ///< of an entry
    };
    Name subject;
    std::vector<Item> items;
};

using ExprNode = std::variant<Literal, Parameter, Variable, PropertyAccess, Subscript, Slice, Unary, Binary,
                              LongOperation, Comparison, HasLabels, TypeTest, FunctionCall, CountStar,
                              ListLiteral, MapLiteral, ListComprehension, Quantifier, Reduce,
                              PatternComprehension, PatternPredicate, Case, Subquery, MapProjection>;

struct Expr {
    ExprNode node;
    Span span;
};

// ------------------------------------------------------------------ clauses

struct Match {
    bool optional = false;
    bool repeatable = false;  ///< `REPEATABLE ELEMENTS`: a relationship may be taken more than once
    Pattern pattern;
    ExprId where = ExprId::none;
    Span span;
};
/// `UNWIND list AS x`, `FOR x IN list`, `FOR x IN list WITH OFFSET i`, `… WITH ORDINALITY i`.
struct Unwind {
    ExprId list;
    Name variable;
    std::optional<Name> position;
    bool from_one = false;  ///< of the position: an ordinality
    Span span;
};
struct ProjectionItem {
    ExprId expr;
    std::optional<Name> alias;
    Span span;  ///< of the expression: its text is the column's name when there is no alias
};
struct SortItem {
    ExprId expr;
    bool descending = false;
};
/// The body that WITH and RETURN share.
struct Projection {
    bool distinct = false;
    bool star = false;  ///< `*`, before the items
    std::vector<ProjectionItem> items;
    std::vector<SortItem> order_by;
    ExprId skip = ExprId::none;
    ExprId limit = ExprId::none;
    Span span;
};
struct With {
    Projection projection;
    ExprId where = ExprId::none;
};
struct Return {
    Projection projection;
};
struct Create {
    Pattern pattern;
    Span span;
};
struct SetItem {
    enum class Kind : std::uint8_t {
        property,
        replace,
        merge,
        labels
    } kind;         ///< `a.b = c` or `a[k] = c`, `a = m`, `a += m`, `a:L`
    ExprId target;  ///< the property access or the subscript, or the variable
    ExprId value = ExprId::none;
    std::vector<Label> labels;
    Span span;
};
struct Set {
    std::vector<SetItem> items;
    Span span;
};
struct RemoveItem {
    ExprId target;              ///< the property access or the subscript, or the variable whose labels go
    std::vector<Label> labels;  ///< empty: a property
    Span span;
};
struct Remove {
    std::vector<RemoveItem> items;
    Span span;
};
struct Delete {
    bool detach = false;
    std::vector<ExprId> targets;
    Span span;
};
struct Merge {
    PathPattern pattern;
    std::vector<SetItem> on_create;
    std::vector<SetItem> on_match;
    Span span;
};
struct YieldItem {
    Name field;
    std::optional<Name> alias;
};
/// `CALL ns.proc(args) YIELD a AS b WHERE …`
struct Call {
    std::vector<Name> qualifier;
    Name name;
    std::optional<std::vector<ExprId>> arguments;  ///< absent: implicit, from parameters
    bool yield_star = false;
    bool has_yield = false;
    std::vector<YieldItem> yield;
    ExprId where = ExprId::none;
    Span span;
};
/// `CALL { … }`, `CALL (x, y) { … }`
struct CallSubquery {
    std::optional<std::vector<Name>> imports;  ///< present: the scope clause
    bool import_all = false;                   ///< `CALL (*)`
    QueryId query = QueryId::none;
    bool optional = false;  ///< `OPTIONAL CALL`: a row without rows of the subquery stays, with nulls
    /// `IN TRANSACTIONS OF n ROWS`
    struct Transactions {
        ExprId rows = ExprId::none;  ///< none: 1000
        enum class OnError : std::uint8_t { fail, stop, go_on } on_error = OnError::fail;
        std::optional<Name> status;  ///< `REPORT STATUS AS name`
        Span span;
    };
    std::optional<Transactions> transactions;
    Span span;
};
/// `FINISH`: a query that reads and gives no rows.
struct Finish {
    Span span;
};
struct Foreach;  // FOREACH (x IN list | clauses)
struct Foreach {
    Name variable;
    ExprId list;
    QueryId body = QueryId::none;  ///< one part, updating clauses only
    Span span;
};
struct LoadCsv {
    bool with_headers = false;
    ExprId source;
    Name variable;
    ExprId field_terminator = ExprId::none;
    Span span;
};

using Clause = std::variant<Match, Unwind, With, Return, Create, Set, Remove, Delete, Merge, Call,
                            CallSubquery, Foreach, LoadCsv, Finish>;

/// Clauses in order, up to a UNION or the end.
struct SingleQuery {
    std::vector<Clause> clauses;
    Span span;
};

struct Query {
    /// Present: a query whose rows each part goes on from: `before NEXT parts`.
    QueryId before = QueryId::none;
    std::vector<SingleQuery> parts;
    /// One per further part; true: UNION ALL. All alike, or the binder complains.
    std::vector<bool> union_all;
    std::vector<Span> union_spans;
};

enum class Mode : std::uint8_t { run, explain, profile };

/// One parsed statement: the arena and its root.
struct Ast {
    Mode mode = Mode::run;
    bool cite = false;  ///< `CITE` before the query
    std::vector<Expr> expressions;
    std::vector<Query> queries;  ///< of subqueries; named by QueryId
    std::vector<PathGroup> groups;
    Query root;

    [[nodiscard]] const Expr& operator[](ExprId id) const {
        return expressions[static_cast<std::size_t>(id)];
    }
    [[nodiscard]] const Query& operator[](QueryId id) const { return queries[static_cast<std::size_t>(id)]; }
    [[nodiscard]] const PathGroup& operator[](GroupId id) const {
        return groups[static_cast<std::size_t>(id)];
    }
};

/// Canonical openCypher text of a statement: keywords in capitals, one space, parentheses
/// only where precedence needs them. Parsing it gives the same tree (spans aside).
std::string to_text(const Ast& ast);
/// The same of one expression.
std::string to_text(const Ast& ast, ExprId expr);
/// `LIST<INTEGER NOT NULL> | STRING`
std::string to_text(const std::vector<ValueType>& types);

}  // namespace islet::ast
