#!/usr/bin/env python3
"""The golden exports as the tools that they are for read them.

Usage: export_tools.py FOLDER. Exit code 77 (skipped) when no tool is there.
"""
import csv
import json
import math
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

try:
    import networkx
except ImportError:
    networkx = None
try:
    import rdflib
    import rdflib.compare
except ImportError:
    rdflib = None

GOLDEN = Path(sys.argv.pop(1))
TEXT = "tabs\tand\nlines\rand \"quotes\", 'single', \\ and ünïcödé 胰岛 👩‍🔬"
CONTROL = "bell \x07 null \0 end"


def need(tool):
    return unittest.skipUnless(shutil.which(tool), f"{tool} is not installed")


class Json(unittest.TestCase):
    @unittest.skipUnless(networkx, "NetworkX is not installed")
    def test_networkx(self):
        data = json.loads((GOLDEN / "kinds.json").read_text())
        try:  # the name of the list of links is the default up to NetworkX 3.3, an argument since
            graph = networkx.node_link_graph(data, edges="links")
        except TypeError:
            graph = networkx.node_link_graph(data)
        self.assertTrue(graph.is_directed() and graph.is_multigraph())
        self.assertEqual((graph.number_of_nodes(), graph.number_of_edges()), (3, 5))
        by_id = {d["properties"].get("id", d["properties"].get("name")): n for n, d in graph.nodes(data=True)}
        kinds = graph.nodes[by_id["all"]]
        self.assertEqual(kinds["labels"], ["Kinds", "Odd label"])
        self.assertEqual(kinds["properties"]["integer"], 2**63 - 1)
        self.assertEqual(kinds["properties"]["smallest"], -(2**63))
        self.assertIsInstance(kinds["properties"]["whole"], float)
        self.assertEqual(kinds["properties"]["tiny"], 5e-324)
        self.assertEqual(kinds["properties"]["nan"], "NaN")
        self.assertEqual(kinds["properties"]["empty"], [])
        self.assertEqual(kinds["properties"]["date"], "2024-02-29")
        self.assertEqual(graph.nodes[by_id[TEXT]]["properties"]["control"], CONTROL)
        self.assertEqual(sorted(d["type"] for d in graph[by_id["all"]][by_id[TEXT]].values()), ["Odd type", "REL", "REL"])


class GraphMl(unittest.TestCase):
    @need("xmllint")
    def test_xmllint(self):
        subprocess.run(["xmllint", "--noout", "--nonet", GOLDEN / "kinds.graphml"], check=True)

    @unittest.skipUnless(networkx, "NetworkX is not installed")
    def test_networkx(self):
        graph = networkx.read_graphml(GOLDEN / "kinds.graphml", force_multigraph=True)
        self.assertEqual((graph.number_of_nodes(), graph.number_of_edges()), (3, 5))
        nodes = {d.get("id", d.get("name")): (n, d) for n, d in graph.nodes(data=True)}
        kinds = nodes["all"][1]
        self.assertEqual(kinds["labels"], ":Kinds:`Odd label`")
        self.assertEqual(kinds["labels_"], "a property named like the labels")
        self.assertIs(kinds["boolean"], True)
        self.assertEqual(kinds["integer"], 2**63 - 1)
        self.assertTrue(math.isnan(kinds["nan"]))
        self.assertEqual(kinds["infinite"], -math.inf)
        self.assertEqual(json.loads(kinds["strings"]), ["one", "two"])
        self.assertEqual(json.loads(kinds["mixed"]), 1)
        name, texts = nodes[TEXT]
        self.assertEqual(texts["markup"], "<b>&amp;</b> ]]> {x|y}")
        self.assertEqual(json.loads(texts["control"]), CONTROL)
        self.assertEqual(texts.get("nothing", ""), "")  # NetworkX 2 leaves out what is empty
        self.assertEqual(json.loads(texts["mixed"]), "1")
        self.assertNotIn("boolean", texts)
        edges = graph[nodes["all"][0]][name].values()
        self.assertEqual(sorted(d["type"] for d in edges), ["Odd type", "REL", "REL"])
        with_properties = next(d for d in edges if "since" in d)
        self.assertEqual(with_properties["since"], 2024)
        self.assertEqual(json.loads(with_properties["lines"]), ["4", "6-8"])


class Gexf(unittest.TestCase):
    @need("xmllint")
    def test_xmllint(self):
        subprocess.run(["xmllint", "--noout", "--nonet", GOLDEN / "kinds.gexf"], check=True)

    @unittest.skipUnless(networkx, "NetworkX is not installed")
    def test_networkx(self):
        graph = networkx.read_gexf(GOLDEN / "kinds.gexf")
        self.assertEqual((graph.number_of_nodes(), graph.number_of_edges()), (3, 5))
        nodes = {d.get("id", d.get("name")): (n, d) for n, d in graph.nodes(data=True)}
        kinds = nodes["all"][1]
        self.assertEqual(kinds["labels"], ":Kinds:`Odd label`")
        self.assertEqual(kinds["labels_"], "a property named like the labels")
        self.assertIs(kinds["boolean"], True)
        self.assertEqual(kinds["integer"], 2**63 - 1)
        self.assertTrue(math.isnan(kinds["nan"]))
        self.assertEqual(kinds["infinite"], -math.inf)
        self.assertEqual(json.loads(kinds["strings"]), ["one", "two"])
        name, texts = nodes[TEXT]
        self.assertEqual(texts["markup"], "<b>&amp;</b> ]]> {x|y}")
        self.assertEqual(json.loads(texts["control"]), CONTROL)
        self.assertNotIn("boolean", texts)
        edges = graph[nodes["all"][0]][name].values()
        self.assertEqual(sorted(d["type"] for d in edges), ["Odd type", "REL", "REL"])
        with_properties = next(d for d in edges if "since" in d)
        self.assertEqual(with_properties["since"], 2024)
        self.assertEqual(json.loads(with_properties["lines"]), ["4", "6-8"])

    @unittest.skipUnless(networkx, "NetworkX is not installed")
    def test_same_graph_as_the_others(self):
        data = json.loads((GOLDEN / "kinds.json").read_text())
        expected = sorted((e["source"], e["target"], e["type"]) for e in data["links"])
        for graph in (networkx.read_gexf(GOLDEN / "kinds.gexf"),
                      networkx.read_graphml(GOLDEN / "kinds.graphml", force_multigraph=True)):
            self.assertEqual(sorted((a, b, d["type"]) for a, b, d in graph.edges(data=True)), expected)
            for node in data["nodes"]:
                mine = graph.nodes[node["id"]]
                for key, value in node["properties"].items():
                    if isinstance(value, (bool, int)) and key != "mixed":
                        self.assertEqual(mine[key], value)


class Cytoscape(unittest.TestCase):
    def test_elements(self):
        elements = json.loads((GOLDEN / "kinds.cyjs").read_text())["elements"]
        data = json.loads((GOLDEN / "kinds.json").read_text())
        ids = [e["data"]["id"] for e in elements["nodes"] + elements["edges"]]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertEqual([(n["data"]["id"], n["data"]["labels"], n["data"]["properties"]) for n in elements["nodes"]],
                         [(n["id"], n["labels"], n["properties"]) for n in data["nodes"]])
        self.assertEqual([(e["data"]["source"], e["data"]["target"], e["data"]["type"], e["data"]["properties"])
                          for e in elements["edges"]],
                         [(e["source"], e["target"], e["type"], e["properties"]) for e in data["links"]])
        self.assertTrue(all(e["classes"] == [e["data"]["type"]] for e in elements["edges"]))


class Rdf(unittest.TestCase):
    @need("rapper")
    def test_rapper(self):
        run = subprocess.run(["rapper", "-i", "turtle", "-o", "ntriples", GOLDEN / "kinds.ttl"], capture_output=True,
                             text=True)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertNotIn("Warning", run.stderr)
        lines = run.stdout.splitlines()
        self.assertIn('<urn:islet:node:all> <urn:islet:key:date> '
                      '"2024-02-29"^^<http://www.w3.org/2001/XMLSchema#date> .', lines)
        self.assertIn("<urn:islet:node:all> <urn:islet:type:REL> <urn:islet:place:2> .", lines)

    @unittest.skipUnless(rdflib, "rdflib is not installed")
    def test_turtle_and_jsonld_say_the_same(self):
        turtle = rdflib.Graph().parse(GOLDEN / "kinds.ttl", format="turtle")
        jsonld = rdflib.Graph().parse(GOLDEN / "kinds.jsonld", format="json-ld")
        self.assertEqual(len(turtle), len(jsonld))
        only_turtle, only_jsonld = rdflib.compare.graph_diff(turtle, jsonld)[1:]
        # Literals of equal value are equal here, NaN is not.
        nan = lambda graph: sorted(str(o) for _, _, o in graph if str(o).lower() != "nan")
        self.assertEqual(nan(only_turtle), nan(only_jsonld))

    @unittest.skipUnless(rdflib, "rdflib is not installed")
    def test_all_is_there(self):
        graph = rdflib.Graph().parse(GOLDEN / "kinds.ttl", format="turtle")
        key = rdflib.Namespace("urn:islet:key:")
        kinds = rdflib.URIRef("urn:islet:node:all")
        self.assertEqual(graph.value(kinds, key.integer).toPython(), 2**63 - 1)
        self.assertEqual([item.toPython() for item in graph.items(graph.value(kinds, key.strings))], ["one", "two"])
        self.assertEqual(list(graph.items(graph.value(kinds, key.empty))), [])
        self.assertEqual([str(o) for o in graph.objects(None, key.name)], [TEXT])
        types = {str(o) for o in graph.objects(kinds, rdflib.RDF.type)}
        self.assertEqual(types, {"urn:islet:label:Kinds", "urn:islet:label:Odd%20label"})
        statements = list(graph.subjects(rdflib.RDF.type, rdflib.RDF.Statement))
        self.assertEqual(len(statements), 2)  # of the two parallel ones
        since = graph.value(None, key.since, rdflib.Literal(2024))
        self.assertEqual(graph.value(since, rdflib.RDF.predicate), rdflib.URIRef("urn:islet:type:REL"))


class Kgx(unittest.TestCase):
    def table(self, name):
        with open(GOLDEN / name, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

    def test_tables(self):
        nodes = {row["id"]: row for row in self.table("kinds_nodes.tsv")}
        edges = self.table("kinds_edges.tsv")
        self.assertEqual((len(nodes), len(edges)), (3, 5))
        for edge in edges:
            self.assertIn(edge["subject"], nodes)
            self.assertIn(edge["object"], nodes)
            self.assertRegex(edge["predicate"], "^biolink:")
            self.assertEqual(edge["agent_type"], "manual_agent")
        self.assertEqual(nodes["kinds:all"]["category"], "biolink:Entity")
        self.assertEqual(nodes["kinds:all"]["strings"].split("|"), ["one", "two"])

    def test_lines(self):
        def entries(name):
            return [json.loads(line) for line in (GOLDEN / name).read_text().splitlines()]
        nodes = {entry["id"]: entry for entry in entries("kinds_nodes.jsonl")}
        for edge in entries("kinds_edges.jsonl"):
            self.assertTrue(edge["subject"] in nodes and edge["object"] in nodes)
        self.assertEqual(nodes["kinds:all"]["original_labels"], ["Kinds", "Odd label"])
        self.assertIsInstance(nodes["kinds:all"]["category"], list)


class Dot(unittest.TestCase):
    @need("dot")
    def test_svg(self):
        run = subprocess.run(["dot", "-Tsvg", GOLDEN / "kinds.dot"], capture_output=True, text=True)
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertEqual(run.stdout.count('class="node"'), 3)
        self.assertEqual(run.stdout.count('class="edge"'), 5)

    @need("dot")
    def test_properties_survive(self):
        run = subprocess.run(["dot", "-Tjson", GOLDEN / "kinds.dot"], capture_output=True, text=True, check=True)
        nodes = {o["name"]: json.loads(o["properties"]) for o in json.loads(run.stdout, strict=False)["objects"]}
        texts = next(p for p in nodes.values() if "markup" in p)
        self.assertEqual(texts["name"], TEXT)
        self.assertEqual(texts["control"], CONTROL)


class Csv(unittest.TestCase):
    def test_neo4j_headers(self):
        with open(GOLDEN / "kinds.nodes.csv", newline="", encoding="utf-8") as file:
            nodes = list(csv.DictReader(file))
        with open(GOLDEN / "kinds.relationships.csv", newline="", encoding="utf-8") as file:
            relationships = list(csv.DictReader(file))
        ids = {row[":ID"] for row in nodes}
        self.assertEqual(len(ids), 3)
        for row in relationships:
            self.assertIn(row[":START_ID"], ids)
            self.assertIn(row[":END_ID"], ids)
            self.assertTrue(row[":TYPE"])
        kinds = next(row for row in nodes if row["id:string"] == "all")
        self.assertEqual(kinds[":LABEL"], "Kinds;Odd label")
        self.assertEqual(kinds["strings:string[]"], "one;two")
        self.assertEqual(kinds["integers:long[]"], "1;2;3")
        self.assertEqual(kinds["boolean:boolean"], "true")
        self.assertEqual(kinds["date:date"], "2024-02-29")
        self.assertEqual(kinds["dates:date[]"], "2024-02-29;2025-01-01")
        self.assertEqual(json.loads(kinds["semicolons:string"]), ["a;b", "c"])
        texts = next(row for row in nodes if row["markup:string"])
        self.assertEqual(texts["name:string"], TEXT)


if __name__ == "__main__":
    unittest.main()
