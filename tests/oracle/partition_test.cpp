// Ternary-logic partitioning: the rows for which a predicate is true, those for which its negation is, and
// those for which it is null are all the rows. That needs no oracle, so the predicates use more of the
// language than the naive matcher knows. Seeds as in reading_test.cpp.
#include <catch2/catch.hpp>

#include <algorithm>

#include "budget.hpp"
#include "check.hpp"
#include "generate.hpp"

namespace islet::oracle {
namespace {

/// Where the predicate stands.
enum class Place { match, with };

std::string columns(const Scope& scope) {
    std::string text;
    for (const Variable& one : scope) text += (text.empty() ? "" : ", ") + one.name;
    return text.empty() ? "1 AS one" : text;
}

std::string query_text(const std::string& match, const Scope& scope, const std::string& condition,
                       Place place) {
    const std::string where = condition.empty() ? "" : " WHERE " + condition;
    if (place == Place::with && !scope.empty()) {
        return match + " WITH " + columns(scope) + where + " RETURN " + columns(scope);
    }
    return match + where + " RETURN " + columns(scope);
}

struct Rows {
    std::vector<Cells> rows;
    std::string error;
    bool runtime = false;
};

Rows run(Session& session, const std::string& text) {
    const Expected<Result> result = session.run(text);
    if (!result) return {{}, render(result.error(), text), result.error().phase == "runtime"};
    return {cells_of(*result, {}, true), "", false};
}

/// What is wrong; empty if nothing is.
std::string partition(Session& session, const std::string& match, const Scope& scope, const std::string& p,
                      Place place, bool may_fail, bool& skipped) {
    Rows all = run(session, query_text(match, scope, "", place));
    std::vector<Cells> together;
    std::string shown;
    for (const std::string& condition : {p, "NOT (" + p + ")", "(" + p + ") IS NULL"}) {
        const Rows some = run(session, query_text(match, scope, condition, place));
        if (!some.error.empty()) {
            if (!some.runtime || !may_fail) return some.error;
            skipped = true;
            return "";
        }
        together.insert(together.end(), some.rows.begin(), some.rows.end());
        shown += "\n--- WHERE " + condition + "\n" + text_of(some.rows);
    }
    std::sort(all.rows.begin(), all.rows.end());
    std::sort(together.begin(), together.end());
    if (!all.error.empty()) return all.error;
    if (all.rows == together) return "";
    return query_text(match, scope, "", place) + "\n" + text_of(all.rows) + shown;
}

bool few_matches(const Graph& graph, const Match& match) {
    Query query;
    Projection nothing;
    nothing.items.push_back({literal(integer(1)), "one"});
    query.parts = {{Clause(match), Clause(nothing)}};
    try {
        return answer(graph, query).rows.size() < 2000;
    } catch (const TooMuch&) {
        return false;
    } catch (const TypeFailure&) {
        return false;
    }
}

TEST_CASE("a predicate, its negation and its being null share all rows", "[oracle]") {
    const std::uint64_t first = first_seed();
    const std::uint64_t graphs = cases(400);
    std::size_t skipped_cases = 0;
    for (std::uint64_t seed = first; seed < first + graphs; ++seed) {
        Random random(seed);
        Graph graph = random_graph(random);
        const auto storage = static_cast<Storage>(random.below(3));
        Database database = load(graph, storage);
        Session session = database.session();
        apply_setting(session, random.pick(all_settings()));
        for (int i = 0; i < 6; ++i) {
            Generator generator(random);
            Scope scope;
            Match match = generator.match(scope, 2);
            match.where.reset();
            generator.enrich();
            const std::string p = to_text(generator.condition(scope, 3));
            const auto place = random.chance(50) ? Place::match : Place::with;
            if (!few_matches(graph, match)) continue;
            bool skipped = false;
            const std::string wrong = partition(session, to_text(Clause(match), false), scope, p, place,
                                                generator.may_fail(), skipped);
            skipped_cases += skipped ? 1 : 0;
            if (wrong.empty()) continue;
            show(seed, "a predicate*", create_text(graph) + "   // " + storage_name(storage) + "\n" + wrong);
            FAIL_CHECK("seed " << seed << ": other rows");
        }
    }
    if (graphs >= 100) CHECK(skipped_cases < graphs);
}

}  // namespace
}  // namespace islet::oracle
