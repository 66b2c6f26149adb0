// Random graphs and queries, and all small graphs and patterns. A seed gives the same ones everywhere.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model.hpp"
#include "query.hpp"
#include "random.hpp"

namespace islet::oracle {

// What graphs and queries are made of. Each key holds values of one kind, so that expressions can be written
// that never fail; `m` holds any.
inline const std::vector<std::string> label_names = {"A", "B", "C"};
inline const std::vector<std::string> type_names = {"S", "T", "U"};
inline const std::vector<std::string> key_names = {"i", "f", "s", "b", "l", "m"};

/// A value for the key; never null.
Datum random_value(Random& random, std::string_view key);
/// Up to 6 nodes and 10 relationships, with loops and parallel ones.
Graph random_graph(Random& random);

/// Every graph of `nodes` nodes, each with or without label A, with up to `rels` relationships of `types`
/// types. Isomorphic ones come several times, in other orders.
void each_small_graph(std::size_t nodes, std::size_t rels, std::size_t types,
                      const std::function<void(Graph&)>& use);
/// Queries for every pattern of one or two steps: all directions, all ways in which their nodes may be the
/// same variable, in one path, two paths or two MATCHes.
std::vector<Query> small_patterns();

/// What a generated expression gives. All may be null.
enum class Type { boolean, integer, number, text, list, any, node, rel, rels, nodes, path, bag };

struct Variable {
    std::string name;
    Type type;
    Type element = Type::any;  ///< of a bag
};
using Scope = std::vector<Variable>;

class Generator {
 public:
    explicit Generator(Random& random) : random_(random) {}
    /// From now on expressions use more of the language than the oracle can answer.
    void enrich() { rich_ = true; }

    Query query();
    /// A boolean. Never fails when it runs, unless may_fail() says so afterwards.
    Expr condition(const Scope& scope, int depth);
    /// As condition, for a WHERE: there a pattern may stand by itself.
    Expr where(const Scope& scope, int depth);
    /// Of some type of scalar or list.
    Expr value(const Scope& scope, int depth);
    /// A MATCH, whose variables join the scope.
    Match match(Scope& scope, std::size_t most_paths);
    [[nodiscard]] bool may_fail() const { return may_fail_; }

 private:
    std::vector<Clause> part(bool joined, bool bags_allowed);
    void wide_start(std::vector<Clause>& clauses, Scope& scope);
    Unwind unwind(Scope& scope);
    Projection projection(Scope& scope, bool last);
    Projection joined_projection(const Scope& scope, std::size_t columns, bool bags_allowed);
    Projection::Item grouping_key(const Scope& scope, Scope& after);
    Projection::Item aggregate_item(const Scope& scope, Scope& after);
    void carry(const Scope& scope, Scope& after, Projection& out);
    void order(Projection& out, const Scope& before, const Scope& after, std::size_t keys);
    std::string column_name(const std::string& own, const Scope& scope, const Scope& after);

    PathPattern path(Scope& scope, const Scope& outside, std::size_t most_steps);
    NodePattern node_pattern(Scope& scope, const Scope& outside);
    RelPattern rel_pattern(Scope& scope, const Scope& outside);
    void select(PathPattern& path, const Scope& outside);
    [[nodiscard]] static bool may_repeat(const Match& match, const Scope& outside);
    PathPattern closed_path(const Scope& scope);  ///< that binds nothing new
    PropertyTests property_tests(const Scope& scope);
    LabelTest label_test();

    Expr expression(Type type, const Scope& scope, int depth);
    Expr number(const Scope& scope, int depth, bool whole);
    Expr small_number(const Scope& scope, bool whole);
    Expr text(const Scope& scope, int depth);
    Expr list(const Scope& scope, int depth);
    Expr bag(const Scope& scope, int depth);
    Expr leaf_condition(const Scope& scope, int depth);
    Expr rich_condition(const Scope& scope, int depth);
    Expr comparison(const Scope& scope, int depth);
    Expr block(Op op, const Scope& scope, int depth);

    /// A variable of one of these types, if there is one.
    std::optional<Variable> any_of(const Scope& scope, std::initializer_list<Type> types);
    std::optional<Expr> property_of_any(const Scope& scope, std::string_view key);
    std::string fresh(char letter) { return letter + std::to_string(names_++); }

    Random& random_;
    bool rich_ = false;
    bool may_fail_ = false;
    bool unbounded_ = false;  ///< a path without a bound stands in the query already
    bool patterns_ = false;   ///< a pattern may stand as a predicate
    std::size_t names_ = 0;
    std::vector<std::string> used_rels_;  ///< bound relationship variables that this MATCH uses already
};

}  // namespace islet::oracle
