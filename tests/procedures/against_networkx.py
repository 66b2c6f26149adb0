#!/usr/bin/env python3
"""The graph procedures find what NetworkX finds: on the karate club, on the people of Les Misérables (weighted),
on the built-in knowledge base (directed, with parallel relationships), and on a part of Hetionet where it is there.

Usage: against_networkx.py ISLET [unittest options]
"""
import csv
import gzip
import itertools
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import networkx as nx
from networkx.algorithms.link_analysis import pagerank_alg

ISLET = sys.argv.pop(1)
SHARED = Path(os.environ.get("ISLET_SHARED", Path(__file__).resolve().parents[2] / ".." / "shared"))


def run(*statements):
    """The rows of the last statement, as dictionaries; all run on one graph, which holds the base to begin with."""
    with tempfile.NamedTemporaryFile("w", suffix=".cypher") as script:
        script.write(";\n".join(statements) + ";\n")
        script.flush()
        done = subprocess.run([ISLET, "query", "--format", "jsonl", "-f", script.name], capture_output=True,
                              text=True, timeout=120)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines() if line.strip()]


class Graph:
    """A graph known to both: how Islet makes it, and what part of its graph it is."""

    def __init__(self, networkx, make, projection, key):
        self.networkx = networkx
        self.make = make
        self.projection = projection
        self.key = key

    def call(self, procedure, *arguments, yields, graph=None, match=""):
        """The procedure's rows; nodes come as their keys."""
        columns = ", ".join(f"node.{self.key} AS node" if y == "node" else
                            f"[n IN nodes(path) | n.{self.key}] AS path" if y == "path" else y for y in yields)
        inside = ", ".join([graph or self.projection, *arguments])
        return run(*self.make, f"{match} CALL {procedure}({inside}) YIELD {', '.join(yields)} RETURN {columns}")

    def by_node(self, procedure, column, *arguments, graph=None):
        return {row["node"]: row[column]
                for row in self.call(procedure, *arguments, yields=["node", column], graph=graph)}


def made_of(graph, label, weight=None):
    """Statements that make a NetworkX graph, its nodes numbered in `number`."""
    edges = [[a, b, data.get(weight, 1) if weight else 1] for a, b, data in graph.edges(data=True)]
    return [f"UNWIND range(0, {graph.number_of_nodes() - 1}) AS i CREATE (:{label} {{number: i}})",
            f"UNWIND {json.dumps(edges)} AS e MATCH (a:{label} {{number: e[0]}}), (b:{label} {{number: e[1]}}) "
            f"CREATE (a)-[:{label.upper()}_EDGE {{weight: e[2]}}]->(b)"]


def karate():
    graph = nx.Graph(nx.karate_club_graph().edges())
    return Graph(graph, made_of(graph, "Member"), "{labels: ['Member'], undirected: true}", "number")


def miserables():
    graph = nx.convert_node_labels_to_integers(nx.les_miserables_graph(), ordering="sorted")
    return Graph(graph, made_of(graph, "Figure", "weight"),
                 "{labels: ['Figure'], weight: 'weight', undirected: true}", "number")


def base():
    """The built-in base, its nodes known by their ids in Islet."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(row["n"] for row in run("MATCH (n) RETURN id(n) AS n"))
    graph.add_edges_from((row["a"], row["b"]) for row in run("MATCH (a)-[]->(b) RETURN id(a) AS a, id(b) AS b"))
    numbered = "MATCH (n) SET n.number = id(n)"
    return Graph(graph, [numbered], "{}", "number")


def hetionet():
    """What anatomy, genes and diseases have to do with each other: edges of Hetionet from here and there, if it is
    there."""
    name = SHARED / "data" / "hetionet" / "edges.csv.gz"
    if not name.exists():
        return None
    with gzip.open(name, "rt") as lines:
        rows = [(row["src"], row["dst"]) for row in itertools.islice(csv.DictReader(lines), 0, 60000, 60)]
    graph = nx.convert_node_labels_to_integers(nx.DiGraph(rows), ordering="sorted")
    return Graph(graph, made_of(graph, "Entity"), "{labels: ['Entity']}", "number")


def groups(by_node):
    found = {}
    for node, group in by_node.items():
        found.setdefault(group, set()).add(node)
    return sorted(map(sorted, found.values()))


class Procedures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.graphs = {"karate": karate(), "miserables": miserables(), "base": base()}
        big = hetionet()
        if big is None:
            print("no data/hetionet in", SHARED, "- without it", file=sys.stderr)
        else:
            cls.graphs["hetionet"] = big

    def each(self, *names):
        for name in names or self.graphs:
            if name in self.graphs:
                self._testMethodDoc = f"on the graph {name}"  # a failure says it
                yield self.graphs[name]

    def assertNear(self, ours, theirs, places=6):
        self.assertEqual(set(ours), set(theirs))
        for node, value in theirs.items():
            self.assertAlmostEqual(ours[node], value, places, f"of node {node}")

    def test_components(self):
        for graph in self.each():
            theirs = nx.connected_components(graph.networkx.to_undirected())
            self.assertEqual(groups(graph.by_node("graph.components", "component")), sorted(map(sorted, theirs)))

    def test_components_are_numbered_by_their_smallest_node(self):
        for graph in self.each("base"):
            first = {}
            for node, component in sorted(graph.by_node("graph.components", "component").items()):
                first.setdefault(component, node)
            self.assertEqual(list(first), list(range(len(first))))

    def test_strong_components(self):
        for graph in self.each("base", "hetionet"):
            theirs = nx.strongly_connected_components(graph.networkx)
            self.assertEqual(groups(graph.by_node("graph.strongComponents", "component")), sorted(map(sorted, theirs)))

    def test_page_rank(self):
        for graph in self.each():
            theirs = pagerank_alg._pagerank_python(nx.DiGraph(graph.networkx) if not graph.networkx.is_multigraph() else
                                                   summed(graph.networkx), tol=1e-12, max_iter=500)
            ours = graph.by_node("graph.pageRank", "score", "{tolerance: 0.0, iterations: 500}")
            self.assertNear(ours, theirs)

    def test_betweenness(self):
        for graph in self.each():
            simple = nx.DiGraph(graph.networkx) if graph.networkx.is_directed() else graph.networkx
            simple = simple.copy()
            simple.remove_edges_from(list(nx.selfloop_edges(simple)))
            weight = "weight" if "weight:" in graph.projection else None
            for normalized in (False, True):
                theirs = nx.betweenness_centrality(simple, normalized=normalized, weight=weight)
                ours = graph.by_node("graph.betweenness", "score", f"{{normalized: {str(normalized).lower()}}}")
                self.assertNear(ours, theirs)

    def test_closeness(self):
        for graph in self.each():
            distance = "weight" if "weight:" in graph.projection else None
            self.assertNear(graph.by_node("graph.closeness", "score"),
                            nx.closeness_centrality(graph.networkx, distance=distance))

    def test_core_numbers_and_triangles(self):
        for graph in self.each():
            simple = nx.Graph(graph.networkx)
            simple.remove_edges_from(list(nx.selfloop_edges(simple)))
            self.assertEqual(graph.by_node("graph.coreNumbers", "core"), nx.core_number(simple))
            self.assertEqual(graph.by_node("graph.triangleCount", "triangles"), nx.triangles(simple))
            self.assertNear(graph.by_node("graph.triangleCount", "coefficient"), nx.clustering(simple))

    def test_degree(self):
        for graph in self.each("base", "hetionet"):
            for direction, theirs in (("in", graph.networkx.in_degree), ("out", graph.networkx.out_degree),
                                      ("both", graph.networkx.degree)):
                ours = graph.by_node("graph.degree", "degree", f"{{direction: '{direction}'}}")
                self.assertEqual(ours, dict(theirs()))

    def test_dijkstra(self):
        for graph in self.each():
            source = min(graph.networkx.nodes)
            weight = "weight" if "weight:" in graph.projection else None
            rows = graph.call("graph.dijkstra", "source", yields=["node", "distance", "path"],
                              match=f"MATCH (source {{{graph.key}: {source}}})"
                                    + (" WHERE source:Member OR source:Figure OR source:Entity"
                                       if graph.projection != "{}" else ""))
            theirs = nx.single_source_dijkstra_path_length(graph.networkx, source, weight=weight)
            self.assertNear({row["node"]: row["distance"] for row in rows}, theirs)
            for row in rows:
                path = row["path"]
                self.assertEqual((path[0], path[-1]), (source, row["node"]))
                length = sum((graph.networkx[a][b]["weight"] if weight else 1) for a, b in zip(path, path[1:]))
                self.assertAlmostEqual(length, row["distance"])

    def test_breadth_first(self):
        for graph in self.each("karate", "base"):
            source = min(graph.networkx.nodes)
            rows = graph.call("graph.bfs", "source", "{maxDepth: 2}", yields=["node", "distance"],
                              match=f"MATCH (source {{{graph.key}: {source}}})")
            theirs = nx.single_source_shortest_path_length(graph.networkx, source, cutoff=2)
            self.assertEqual({row["node"]: row["distance"] for row in rows}, dict(theirs))

    def test_yen(self):
        for graph in self.each("karate", "miserables"):
            label = "Member" if "Member" in graph.projection else "Figure"
            weight = "weight" if "weight:" in graph.projection else None
            nodes = sorted(graph.networkx.nodes)
            for source, target in ((nodes[0], nodes[-1]), (nodes[3], nodes[20])):
                rows = graph.call("graph.yen", "source", "target", "12", yields=["rank", "distance", "path"],
                                  match=f"MATCH (source:{label} {{number: {source}}}), "
                                        f"(target:{label} {{number: {target}}})")
                theirs = [sum((graph.networkx[a][b]["weight"] if weight else 1) for a, b in zip(path, path[1:]))
                          for path in itertools.islice(
                              nx.shortest_simple_paths(graph.networkx, source, target, weight=weight), 12)]
                self.assertEqual([row["rank"] for row in rows], list(range(1, 13)))
                for row, distance in zip(rows, theirs):
                    self.assertAlmostEqual(row["distance"], distance)
                paths = [tuple(row["path"]) for row in rows]
                self.assertEqual(len(set(paths)), len(paths))
                for path in paths:
                    self.assertEqual(len(set(path)), len(path))

    def test_topological_sort(self):
        for graph in self.each("hetionet", "karate"):
            # Directed from the smaller to the greater number, a graph has no cycle.
            edges = sorted({(min(a, b), max(a, b)) for a, b in graph.networkx.edges() if a != b})
            statements = [f"UNWIND {sorted({n for e in edges for n in e})} AS i CREATE (:Step {{number: i}})",
                          f"UNWIND {json.dumps(edges)} AS e MATCH (a:Step {{number: e[0]}}), (b:Step {{number: e[1]}}) "
                          "CREATE (a)-[:BEFORE]->(b)"]
            rows = run(*statements, "CALL graph.topologicalSort({labels: ['Step']}) YIELD node, position "
                                    "RETURN node.number AS node, position")
            ours = {row["node"]: row["position"] for row in rows}
            for a, b in edges:
                self.assertLess(ours[a], ours[b])
            theirs = list(nx.lexicographical_topological_sort(nx.DiGraph(edges)))
            self.assertEqual(sorted(ours, key=ours.get), theirs)

    def test_communities(self):
        for graph in self.each("karate", "miserables", "hetionet"):
            undirected = graph.networkx.to_undirected()
            weight = "weight" if "weight:" in graph.projection else None
            ours = groups(graph.by_node("graph.communities", "community"))
            quality = nx.algorithms.community.modularity(undirected, ours, weight=weight)
            best = max(nx.algorithms.community.modularity(
                undirected, nx.algorithms.community.louvain_communities(undirected, weight=weight, seed=seed),
                weight=weight) for seed in range(5))
            self.assertGreater(quality, best - 0.03)


def summed(multigraph):
    """Parallel edges as one of their number: NetworkX's plain PageRank takes no others."""
    simple = nx.DiGraph()
    simple.add_nodes_from(multigraph)
    for a, b in multigraph.edges():
        simple.add_edge(a, b, weight=simple[a][b]["weight"] + 1 if simple.has_edge(a, b) else 1)
    return simple


if __name__ == "__main__":
    unittest.main()
