// The naive matcher: answers a query by trying every node and every relationship at every place of every
// pattern, row by row, clause by clause. Nothing is clever here; that is what it is for.
#pragma once

#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "model.hpp"
#include "query.hpp"

namespace islet::oracle {

using Bindings = std::map<std::string, Datum>;

struct Table {
    std::vector<std::string> columns;
    std::vector<bool> bags;  ///< by column: a list whose order means nothing
    std::vector<Data> rows;
    bool ordered = false;  ///< the order of the rows is part of the answer
};

/// The query has too many matches to try them all.
struct TooMuch : std::runtime_error {
    TooMuch() : std::runtime_error("too many matches for the naive matcher") {}
};

/// What all parts of an answer look at.
struct World {
    const Graph& graph;
    std::size_t budget = 100'000;                  ///< candidates that may still be tried
    const std::vector<Bindings>* group = nullptr;  ///< the rows that aggregates are over

    void spend() {
        if (budget-- == 0) throw TooMuch();
    }
};

/// Throws TypeFailure where openCypher has the query fail, and std::logic_error for a query that is none
/// (an undefined variable). Every operand is computed, also where the others decide already.
Datum evaluate(World& world, const Expr& expr, const Bindings& bindings);

/// `found` gets each assignment that the patterns of one MATCH have, added to `bindings`. `repeatable`: a
/// relationship may stand at several places.
void each_match(World& world, const std::vector<PathPattern>& paths, const Bindings& bindings,
                const std::function<void(const Bindings&)>& found, bool repeatable = false);

/// The variables that patterns bind.
std::vector<std::string> variables_of(const std::vector<PathPattern>& paths);

Truth truth_of(const Datum& value);
bool has_labels(const Node& node, const LabelTest& test);

/// Throws as `evaluate`, and TooMuch.
Table answer(const Graph& graph, const Query& query);

}  // namespace islet::oracle
