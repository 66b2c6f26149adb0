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
