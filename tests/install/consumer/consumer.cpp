// Builds a graph, queries it, and walks it with Boost.Graph: public headers only.
#include <islet/boost_graph.hpp>
#include <islet/database.hpp>

#include <boost/graph/breadth_first_search.hpp>
#include <iostream>
#include <vector>

int main() {
    islet::GraphBuilder builder;
    const islet::LabelId city = builder.label("City");
    const islet::KeyId name = builder.key("name");
    const islet::TypeId road = builder.type("ROAD");
    islet::NodeId previous = islet::NodeId::none;
    for (const char* const text : {"Ghent", "Bruges", "Ostend"}) {
        const islet::NodeId node = builder.add_node({&city, 1});
        builder.set_property(node, name, text);
        if (previous != islet::NodeId::none) builder.add_relationship(previous, road, node);
        previous = node;
    }
    islet::Database database(builder.finish());
    islet::Session session = database.session();

    const char* const query = "MATCH (a:City)-[:ROAD]->(b) RETURN a.name, b.name ORDER BY a.name";
    const auto result = session.run(query);
    if (!result) {
        std::cerr << islet::render(result.error(), query);
        return 1;
    }
    for (const islet::Row row : *result)
        std::cout << row[0].as_string() << " - " << row[1].as_string() << '\n';

    const islet::GraphView view(database.snapshot());
    std::vector<int> steps(num_vertices(view), 0);
    boost::breadth_first_search(view, 0,
                                boost::visitor(boost::make_bfs_visitor(
                                    boost::record_distances(steps.data(), boost::on_tree_edge()))));
    std::cout << "from the first to the last in " << steps.back() << " steps\n";

    const auto wrong = session.run("RETURN nonsense");
    std::cout << (wrong ? "no error" : wrong.error().detail) << '\n';
    return 0;
}
