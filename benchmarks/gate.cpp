// A fixed dozen of queries for benchmarks/gate, which runs this under callgrind and reads the number of
// instructions of each: only Session::run is counted, after a first run that is not.

#include <valgrind/callgrind.h>

#include <array>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "islet/database.hpp"
#include "shape.hpp"

namespace {

struct Query {
    const char* name;
    std::string_view text;
    bool unseen = false;  ///< the counted run parses and plans too, instead of finding its plan
};

constexpr std::array<Query, 15> queries = {{
    {"point_lookup", "MATCH (g:Gene {id: $gene}) RETURN g.name, g.rank"},
    {"one_hop", "MATCH (c:Compound {id: $compound})-[:BINDS_CbG]->(g) RETURN g.id, g.name"},
    {"string_filter", "MATCH (g:Gene) WHERE g.name CONTAINS '99' RETURN count(*) AS n"},
    {"metapath_top20",
     "MATCH (c:Compound)-[:BINDS_CbG]->(:Gene)<-[:ASSOCIATES_DaG]-(d:Disease) RETURN c.name, d.name, "
     "count(*) AS n "
     "ORDER BY n DESC, c.name, d.name LIMIT 20"},
    {"chain_count",
     "MATCH (:Compound)-[:BINDS_CbG]->(:Gene)-[:PARTICIPATES_GpPW]->(:Pathway) RETURN count(*) AS n"},
    {"star_count",
     "MATCH (g:Gene)<-[:BINDS_CbG]-(:Compound), (g)-[:PARTICIPATES_GpPW]->(:Pathway) RETURN count(*) AS n"},
    {"triangles",
     "MATCH (a:Compound)-[:RESEMBLES_CrC]->(b)-[:RESEMBLES_CrC]->(c), (a)-[:RESEMBLES_CrC]->(c) RETURN "
     "count(*) AS n"},
    {"anti_join", "MATCH (g:Gene) WHERE NOT (g)<-[:BINDS_CbG]-() RETURN count(*) AS n"},
    {"optional", "MATCH (c:Compound) OPTIONAL MATCH (c)-[:TREATS_CtD]->(d) RETURN c.id, count(d) AS n"},
    {"reach", "MATCH (c:Compound {id: $compound})-[:RESEMBLES_CrC*1..2]-(o) RETURN count(DISTINCT o) AS n"},
    {"distinct_pairs",
     "MATCH (c:Compound)-[:BINDS_CbG]->(:Gene)-[:PARTICIPATES_GpPW]->(p) WITH DISTINCT c, p RETURN count(*) "
     "AS n"},
    {"group_sum",
     "MATCH (c:Compound)-[r:CAUSES_CcSE]->(s) RETURN s.name, sum(r.weight) AS w ORDER BY w DESC, s.name "
     "LIMIT 10"},
    {"unwind", "UNWIND range(1, 1000) AS i WITH i WHERE i % 3 = 0 RETURN sum(i * 2) AS n"},
    {"parse_and_plan",
     "MATCH (c:Compound {id: $compound})-[:BINDS_CbG]->(g:Gene)<-[:ASSOCIATES_DaG]-(d:Disease) WHERE d.rank "
     "< 10 "
     "RETURN d.name, count(*) AS n ORDER BY n DESC LIMIT 5",
     true},
    {"create", "UNWIND range(1, 100) AS i CREATE (:Scratch {id: i})"},
}};

}  // namespace

int main() {
    islet::Database db(to_snapshot(islet::benchmarks::hetionet_shape(0.02)));
    const std::uint32_t first_compound = [&] {
        std::vector<islet::NodeId> nodes;
        const islet::Snapshot snapshot = db.snapshot();
        snapshot.scan(snapshot.find_label("Compound").value(), islet::NodeId{0}, 1, nodes);
        return static_cast<std::uint32_t>(nodes.front());
    }();
    const islet::Parameters parameters = {
        {"gene", islet::Value(7)}, {"compound", islet::Value(static_cast<std::int64_t>(first_compound) + 3)}};
    islet::Session session = db.session();
    for (const Query& query : queries) {
        for (const bool counted : {false, true}) {
            const std::string text = std::string(query.text) + (counted && query.unseen ? " " : "");
            if (counted) {
                CALLGRIND_START_INSTRUMENTATION;
                CALLGRIND_ZERO_STATS;
            }
            const bool fine = session.run(text, parameters).ok();
            if (counted) {
                CALLGRIND_DUMP_STATS_AT(query.name);
                CALLGRIND_STOP_INSTRUMENTATION;
            }
            if (!fine) {
                std::cerr << query.name << " fails\n";
                return EXIT_FAILURE;
            }
        }
    }
}
