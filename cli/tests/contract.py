#!/usr/bin/env python3
"""What scripts rely on: the streams, exit codes and bytes of the binary.

Usage: contract.py ISLET [unittest options]
"""
import csv
import io
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

ISLET = sys.argv.pop(1)
ROOT = Path(__file__).resolve().parents[2]
ESC = "\x1b"
# Long enough to be stopped, whatever the machine: a product of eight scans.
ENDLESS = "MATCH " + ", ".join(f"(n{i})" for i in range(8)) + " WHERE n0.name + n7.name = 'x' RETURN n1.name, n2.name"


def islet(*arguments, stdin="", env=None, cwd=None, timeout=60):
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR",)} | (env or {})
    run = subprocess.run([ISLET, *arguments], input=stdin.encode(), capture_output=True, env=environment, cwd=cwd,
                         timeout=timeout)
    run.out = run.stdout.decode()
    run.err = run.stderr.decode()
    return run


def islet_on_terminal(*arguments, env=None):
    """What a run writes when both its streams are one terminal."""
    ours, theirs = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR",)} | {"TERM": "xterm"} | (env or {})
    process = subprocess.Popen([ISLET, *arguments], stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
                               env=environment)
    os.close(theirs)
    written = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        written += part
    os.close(ours)
    return process.wait(), written.decode().replace("\r\n", "\n")


class Case(unittest.TestCase):
    def fine(self, run):
        self.assertEqual((run.returncode, run.err), (0, ""), run.out)
        return run.out

    def failed(self, run, code, *parts):
        """The run ended with this code, wrote no data, and said all the parts."""
        self.assertEqual(run.returncode, code, run.out + run.err)
        self.assertEqual(run.out, "")
        for part in parts:
            self.assertIn(part, run.err)


class Query(Case):
    def test_rows_go_to_standard_output(self):
        self.assertEqual(self.fine(islet("query", "RETURN 1 AS one, 'x' AS two")),
                         "| one | two |\n|-----|-----|\n|   1 | x   |\n")

    def test_machine_formats(self):
        query = "UNWIND [1, 2.5, null, 'a,b'] AS x RETURN x"
        self.assertEqual(self.fine(islet("query", "--format", "csv", query)), 'x\r\n1\r\n2.5\r\n\r\n"a,b"\r\n')
        self.assertEqual(self.fine(islet("query", "--format", "tsv", query)), "x\n1\n2.5\n\\N\na,b\n")
        self.assertEqual([r["x"] for r in json.loads(self.fine(islet("query", "--format", "json", query)))],
                         [1, 2.5, None, "a,b"])
        lines = self.fine(islet("query", "--format", "jsonl", query)).splitlines()
        self.assertEqual([json.loads(line)["x"] for line in lines], [1, 2.5, None, "a,b"])

    def test_integers_beyond_two_to_the_53_stay_exact(self):
        self.assertIn("9007199254740993", self.fine(islet("query", "--format", "json", "RETURN 9007199254740993 AS x")))

    def test_nodes_relationships_and_paths_as_json(self):
        query = "MATCH p = (d:Drug)-[r:HAS_TARGET]->(t) RETURN d, r, p LIMIT 1"
        row = json.loads(self.fine(islet("query", "--format", "json", query)))[0]
        self.assertIn("Drug", row["d"]["labels"])
        self.assertEqual(set(row["d"]), {"id", "labels", "properties"})
        self.assertEqual(row["r"]["type"], "HAS_TARGET")
        self.assertEqual(row["r"]["start"], row["d"]["id"])
        self.assertEqual([n["id"] for n in row["p"]["nodes"]], [row["r"]["start"], row["r"]["end"]])

    def test_script_from_a_pipe_and_last_statement_without_semicolon(self):
        script = "RETURN 1 AS a;\n// a comment; with a semicolon\nRETURN ';' AS b"
        self.assertEqual(self.fine(islet("query", "--format", "csv", stdin=script)), "a\r\n1\r\n\nb\r\n;\r\n")

    def test_script_from_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "script.cypher")
            path.write_text("RETURN $x AS x;\nRETURN 2 AS y;\n")
            self.assertEqual(self.fine(islet("query", "--format", "jsonl", "-P", "x=[1, 'a']", "-f", str(path))),
                             '{"x":[1,"a"]}\n{"y":2}\n')
        self.failed(islet("query", "-f", str(path)), 3, "cannot read")

    def test_an_error_in_a_script_names_the_line_of_the_script(self):
        run = islet("query", stdin="RETURN 1 AS a;\n\nRETURN nope;\nRETURN 2 AS c")
        self.assertEqual(run.returncode, 1)
        self.assertIn("| a |", run.out)
        self.assertNotIn("| c |", run.out)
        self.assertIn("  3 | ", run.err)

    def test_parameters(self):
        query = "RETURN $n + 1 AS n, $s AS s, $l[0] AS l"
        self.assertEqual(self.fine(islet("query", "--format", "jsonl", "-P", "n=41", "-P", "s=VHL syndrome", "-P",
                                         "l=['x']", query)), '{"n":42,"s":"VHL syndrome","l":"x"}\n')

    def test_misspelt_label_is_a_warning_that_names_the_nearest(self):
        run = islet("query", "MATCH (d:Durg) RETURN d.name")
        self.assertEqual(run.returncode, 0, run.err)
        self.assertTrue(run.err.startswith("warning"), run.err)
        self.assertIn("Drug", run.err)

    def test_unclosed_bracket(self):
        self.failed(islet("query", "MATCH (d:Drug RETURN d"), 1, "error 42", "  1 | MATCH (d:Drug RETURN d", "^")

    def test_undefined_variable(self):
        self.failed(islet("query", "MATCH (x:Drug) RETURN d.name"), 1, "error 42", "^", "did you mean")

    def test_timeout(self):
        self.failed(islet("query", "--timeout", "200ms", ENDLESS), 124, "error")

    def test_read_only_refuses_to_write(self):
        self.failed(islet("query", "--read-only", "CREATE (:A)"), 1, "writes")

    def test_parameters_from_json(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "p.json")
            path.write_text('{"i": 9007199254740993, "f": 1.0, "s": "é", "l": [1, null], "m": {"a": true}}')
            query = "RETURN $i AS i, $f AS f, $s AS s, $l AS l, $m.a AS a"
            want = '{"i":9007199254740993,"f":1.0,"s":"é","l":[1,null],"a":true}\n'
            self.assertEqual(self.fine(islet("query", "--format", "jsonl", "--params", str(path), query)), want)
            self.assertEqual(self.fine(islet("--format", "jsonl", "--params", str(path), stdin=query)), want)
            self.assertEqual(self.fine(islet("--format", "jsonl", stdin=f":params {path}\n{query};\n")), want)
            # What the command line says goes before.
            self.assertIn('"i":7', self.fine(islet("query", "--format", "jsonl", "-P", "i=7", "--params", str(path),
                                                   query)))
            path.write_text('{"a": 1,\n "b": oops}')
            self.failed(islet("query", "--params", str(path), "RETURN 1"), 2, "line 2, column 7")
            path.write_text("[1]")
            self.failed(islet("query", "--params", str(path), "RETURN 1"), 2, "object")
        self.failed(islet("query", "--params", str(path), "RETURN 1"), 3, "cannot be read")

    def test_bail_and_no_bail(self):
        script = "RETURN 1 AS a;\nRETURN nope;\nRETURN 2 AS b;\nRETURN 1 / 0;\nRETURN 3 AS c"
        for arguments in (["query"], []):
            run = islet(*arguments, "--format", "csv", stdin=script)
            self.assertEqual((run.returncode, run.out), (1, "a\r\n1\r\n"))
            self.assertEqual(run.err.count("error"), 1)
            run = islet(*arguments, "--no-bail", "--format", "csv", stdin=script)
            self.assertEqual((run.returncode, run.out), (1, "a\r\n1\r\n\nb\r\n2\r\n\nc\r\n3\r\n"))
            self.assertEqual(run.err.count("error"), 2)
        run = islet("query", "--no-bail", "--timeout", "500ms", stdin=ENDLESS + ";RETURN nope; RETURN 1 AS x")
        self.assertEqual(run.returncode, 124)
        self.assertIn("| x |", run.out)

    def test_memory(self):
        self.failed(islet("query", "--memory", "1M", "UNWIND range(1, 9000) AS x UNWIND [1, 2, 3, 4, 5, 6, 7, 8, 9] AS y "
                          "WITH x, y ORDER BY y DESC, x LIMIT 79999 RETURN sum(x)"), 1, "limit of 1 MB")
        self.failed(islet("query", "--memory", "1M", "RETURN range(1, 1000000)"), 1, "range() from 1 to 1000000", "22 MB")
        self.failed(islet("query", "--memory", "2M", "UNWIND range(1, 50000) AS x CREATE (:X {x: x})"), 1,
                    "limit of 2 MB", "IN TRANSACTIONS")
        self.failed(islet("query", "--memory", "lots", "RETURN 1"), 2, "--memory")
        self.failed(islet("query", "--timeout", "soon", "RETURN 1"), 2, "--timeout")

    def test_a_statement_without_columns_writes_nothing(self):
        self.assertEqual(self.fine(islet("query", "--format", "csv", "CREATE (:A); RETURN 1 AS x; CREATE (:B)")),
                         "x\r\n1\r\n")

    def test_html(self):
        html = self.fine(islet("query", "--format", "html", "RETURN 1 AS a, '<b>' AS b, null AS c"))
        self.assertIn('<td class="integer">1</td><td class="string">&lt;b&gt;</td><td class="null"></td>', html)

    def test_plans(self):
        self.assertTrue(self.fine(islet("query", "EXPLAIN MATCH (d:Drug) RETURN d.name")).strip())
        plan = json.loads(self.fine(islet("query", "--format", "json", "EXPLAIN MATCH (d:Drug) RETURN d.name")))
        self.assertEqual(set(plan[0]), {"plan"})

    def test_no_statement(self):
        self.failed(islet("query", stdin="  ;\n"), 2, "no statement")
        self.assertEqual(self.fine(islet("query", "-f", "-", stdin="// nothing to do\n")), "")


class Ask(Case):
    QUESTION = "targeted drugs for VHL-related pNET"

    def test_answer(self):
        self.assertIn("belzutifan", self.fine(islet("ask", self.QUESTION)))

    def test_json(self):
        answer = json.loads(self.fine(islet("ask", "--format", "json", self.QUESTION)))
        self.assertEqual(answer["question"], self.QUESTION)
        self.assertEqual(answer["status"], "answered")
        for key in ("interpretation", "query", "message", "suggestions"):
            self.assertIn(key, answer)
        self.assertTrue(answer["answers"][0]["direct"])
        row = answer["answers"][0]["rows"][0]
        self.assertEqual(set(answer["answers"][0]["columns"]), set(row["values"]))
        self.assertTrue(row["sources"][0]["document"])

    def test_words_need_no_quotes(self):
        self.assertEqual(islet("ask", *self.QUESTION.split()).stdout, islet("ask", self.QUESTION).stdout)

    def test_unknown_drug(self):
        run = islet("ask", "--format", "json", "What is the target of everolimuzumab?")
        self.assertEqual(run.returncode, 1, run.out)
        self.assertEqual(json.loads(run.out)["status"], "unknown_term")

    def test_not_understood(self):
        run = islet("ask", "--format", "json", "colourless green ideas sleep furiously")
        self.assertEqual(run.returncode, 1)
        self.assertIn(json.loads(run.out)["status"], ("not_understood", "unknown_term"))


class Export(Case):
    def exported(self, run):
        """What a format cannot hold is said in notes."""
        self.assertEqual(run.returncode, 0, run.err)
        for line in run.err.splitlines():
            self.assertRegex(line, "^note: ")
        return run.out

    def test_losses_are_said(self):
        run = islet("export", "--around", "everolimus", "--format", "graphml", "-o", "-")
        self.assertEqual(run.err, "note: in graphml, lists are JSON text\n")
        self.fine(islet("export", "--around", "everolimus", "--format", "cypher", "-o", "-"))
        self.fine(islet("export", "--around", "everolimus", "--format", "json", "-o", "-"))

    def test_every_format_by_its_name(self):
        endings = {"json": "json", "graphml": "graphml", "gexf": "gexf", "gv": "dot", "cyjs": "cytoscape",
                   "ttl": "turtle", "jsonld": "jsonld", "cypher": "cypher", "html": "html"}
        with tempfile.TemporaryDirectory() as folder:
            for ending, name in endings.items():
                path = Path(folder, "a." + ending)
                self.exported(islet("export", "--around", "VIPoma", "-o", str(path)))
                out = self.exported(islet("export", "--around", "VIPoma", "--format", name, "-o", "-"))
                self.assertEqual(out, path.read_text(), name)
                self.assertIn("VIPoma", out)
            for ending in ("tsv", "jsonl"):
                self.exported(islet("export", "--around", "VIPoma", "-o", f"{folder}/kgx.{ending}"))
                self.assertIn("VIPoma", Path(folder, f"kgx_nodes.{ending}").read_text())
                self.assertIn("biolink:", Path(folder, f"kgx_edges.{ending}").read_text())
        self.failed(islet("export", "--format", "graphlm", "-o", "-"), 2, "graphml")

    def test_iri_base(self):
        out = self.exported(islet("export", "--around", "VIPoma", "--format", "turtle", "--iri-base",
                                  "https://example.org/", "-o", "-"))
        self.assertIn("@prefix node: <https://example.org/node:> .", out)

    @unittest.skipUnless(shutil.which("dot"), "Graphviz is not installed")
    def test_texts_longer_than_graphviz_reads(self):
        # With quotes, backslashes and wide characters wherever a text is parted.
        with tempfile.TemporaryDirectory() as folder:
            file = f"{folder}/g.islet"
            self.fine(islet("query", "--create", "--db", file, "CREATE (:A {name: reduce(s = 'a\"b\\\\é漢', i IN range(1, 12) | s + s)})"))
            dot = self.exported(islet("export", "--db", file, "--format", "dot", "-o", "-"))
            run = subprocess.run(["dot", "-Txdot"], input=dot.encode(), capture_output=True, check=True)
            self.assertEqual(run.stderr, b"")

    @unittest.skipUnless(shutil.which("dot"), "Graphviz is not installed")
    def test_pictures(self):
        with tempfile.TemporaryDirectory() as folder:
            self.exported(islet("export", "--around", "VIPoma", "-o", folder + "/a.svg"))
            self.assertIn(">VIPoma</text>", Path(folder, "a.svg").read_text())
            self.exported(islet("export", "--around", "VIPoma", "-o", folder + "/a.png"))
            self.assertEqual(Path(folder, "a.png").read_bytes()[:4], b"\x89PNG")

    def test_pictures_without_graphviz(self):
        self.failed(islet("export", "--around", "VIPoma", "--format", "svg", "-o", "-", env={"PATH": "/nowhere"}),
                    1, "`dot` is not installed", "--format dot")

    def test_formats_and_same_bytes(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("a.json", "a.graphml", "a.dot"):
                path = Path(folder, name)
                self.exported(islet("export", "--around", "everolimus", "-o", str(path)))
                text = path.read_text()
                self.assertEqual(self.exported(islet("export", "--around", "everolimus", "--format",
                                                 path.suffix[1:], "-o", "-")), text)
            links = json.loads(Path(folder, "a.json").read_text())["links"]
            self.assertIn("HAS_TARGET", {link["type"] for link in links})
            self.exported(islet("export", "-o", folder + "/pair.csv"))
            with open(Path(folder, "pair.nodes.csv"), newline="") as file:
                self.assertEqual(next(csv.reader(file))[:2], [":ID", ":LABEL"])
            self.exported(islet("export", "-o", folder + "/sub/"))
            self.assertEqual(Path(folder, "sub", "relationships.csv").read_bytes(),
                             Path(folder, "pair.relationships.csv").read_bytes())
            self.assertFalse(list(Path(folder).glob("**/*.part")))

    def test_query(self):
        graph = json.loads(self.exported(islet(
            "export", "--format", "json", "-o", "-", "-P", "name=everolimus", "--query",
            "MATCH p = (d:Drug {name: $name})-[:HAS_TARGET]->() RETURN p")))
        self.assertEqual({link["type"] for link in graph["links"]}, {"HAS_TARGET"})
        self.assertEqual(len(graph["nodes"]), len(graph["links"]) + 1)

    def test_nothing_there(self):
        self.failed(islet("export", "--around", "everolimsu", "-o", "x.json"), 1, "everolimus")
        run = islet("export", "--query", "RETURN 1 AS x", "--format", "json", "-o", "-")
        self.assertEqual(run.returncode, 0)
        self.assertIn("warning", run.err)

    def test_unwritable(self):
        self.failed(islet("export", "-o", "/proc/none/x.json"), 3, "cannot write")

    @unittest.skipUnless(shutil.which("xmllint"), "xmllint is not installed")
    def test_xmllint(self):
        graph = self.exported(islet("export", "--format", "graphml", "-o", "-"))
        subprocess.run(["xmllint", "--noout", "--nonet", "-"], input=graph.encode(), check=True)

    @unittest.skipUnless(shutil.which("dot"), "Graphviz is not installed")
    def test_graphviz(self):
        graph = self.exported(islet("export", "--around", "everolimus", "--format", "dot", "-o", "-"))
        run = subprocess.run(["dot", "-Tsvg"], input=graph.encode(), capture_output=True, check=True)
        self.assertEqual(run.stderr, b"")

    def test_networkx(self):
        try:
            import networkx
        except ImportError:
            self.skipTest("NetworkX is not installed")
        text = self.exported(islet("export", "--format", "graphml", "-o", "-"))
        graph = networkx.parse_graphml(text, force_multigraph=True)
        data = json.loads(self.exported(islet("export", "--format", "json", "-o", "-")))
        self.assertEqual(graph.number_of_nodes(), len(data["nodes"]))
        self.assertEqual(graph.number_of_edges(), len(data["links"]))


class Base(Case):
    def test_check(self):
        self.assertIn("no faults", self.fine(islet("kb", "check")))
        self.assertIn("no faults", self.fine(islet("kb", "check", str(ROOT / "kb" / "pnet"))))

    def test_a_folder_is_opened(self):
        count = "MATCH (n) RETURN count(n) AS n"
        self.assertEqual(self.fine(islet("query", "--db", str(ROOT / "kb" / "pnet"), count)),
                         self.fine(islet("query", count)))

    def test_broken_json(self):
        with tempfile.TemporaryDirectory() as folder:
            base = Path(folder, "base")
            shutil.copytree(ROOT / "kb" / "pnet", base)
            drugs = base / "drugs.json"
            drugs.write_text(drugs.read_text().replace('"entities"', '"entities', 1))
            run = islet("kb", "check", str(base))
            self.assertEqual(run.returncode, 1, run.err)
            self.assertIn("drugs.json", run.out)
            self.failed(islet("query", "--db", str(base), "RETURN 1"), 3, "drugs.json")
            self.failed(islet(str(base)), 3, "drugs.json")

    def test_a_fault_has_file_and_pointer(self):
        with tempfile.TemporaryDirectory() as folder:
            base = Path(folder, "base")
            shutil.copytree(ROOT / "kb" / "pnet", base)
            drugs = json.loads((base / "drugs.json").read_text())
            drugs["entities"][0]["statements"] = [{"HAS_TARGTE": "mtor", "cite": "cancernet:115"}]
            (base / "drugs.json").write_text(json.dumps(drugs))
            run = islet("kb", "check", str(base))
            self.assertEqual(run.returncode, 1, run.err)
            self.assertRegex(run.out, r"drugs\.json.*/entities/0/statements/0")

    def test_what_cannot_be_opened(self):
        with tempfile.TemporaryDirectory() as folder:
            self.failed(islet("query", "--db", folder, "RETURN 1"), 3, "schema.json")
            file = Path(folder, "graph.islet")
            self.failed(islet(str(file)), 3, "no such file")
            file.write_text("x")
            self.failed(islet(str(file)), 3, "is damaged: header")
            self.failed(islet("ask", "--db", str(file), "x"), 3, "is damaged: header")
            self.failed(islet("kb", "check", str(file)), 3, "cannot open")


class Batch(Case):
    def test_lines_of_every_kind(self):
        run = islet(stdin=":mode csv\nRETURN 1 AS x;\ntargeted drugs for VHL-related pNET\nRETURN\n  2 AS y")
        out = self.fine(run)
        self.assertTrue(out.startswith("x\r\n1\r\n"), out)
        self.assertIn("belzutifan", out)
        self.assertTrue(out.endswith("y\r\n2\r\n"), out)

    def test_it_stops_at_the_first_failure(self):
        run = islet(stdin="RETURN nope;\nRETURN 1 AS x;\n")
        self.failed(run, 1, "error")
        self.failed(islet(stdin=":hlep\nRETURN 1;"), 1, "did you mean :help?")
        self.failed(islet(stdin=":q\n"), 1, "did you mean :quit?")
        self.failed(islet(stdin=":ro\n"), 1, "did you mean :rollback?")
        self.failed(islet(stdin=":p\n"), 1, "did you mean :profile, :plot, :param, :params?")
        self.failed(islet(stdin=":zzz\n"), 1, ":help lists them")

    def test_commands(self):
        self.assertIn("(:Treatment)", self.fine(islet(stdin=":schema\n")))
        self.assertIn("HAS_TARGET", self.fine(islet(stdin=".schema\n")))
        self.assertEqual(self.fine(islet(stdin=":param x 20\n:param y = 'a'\n:mode jsonl\nRETURN $x + 1 AS x, $y AS y")),
                         '{"x":21,"y":"a"}\n')
        self.assertIn("$x", self.fine(islet(stdin=":param x 20\n:params\n")))
        self.assertEqual(self.fine(islet(stdin=":quit\nRETURN 1;")), "")
        self.assertTrue(self.fine(islet(stdin=":explain MATCH (d:Drug) RETURN d;\n")).strip())
        self.assertIn("one", self.fine(islet(stdin=":profile RETURN 1 AS one\n")))

    def test_names_of_other_shells(self):
        self.assertEqual(self.fine(islet(stdin=".mode csv\nRETURN 1 AS x;\nexit\nRETURN 2 AS y;")), "x\r\n1\r\n")

    def test_schema_and_sources_for_programs(self):
        rows = [json.loads(line) for line in self.fine(islet("--format", "jsonl", stdin=":schema\n")).splitlines()]
        kinds = {row["kind"] for row in rows}
        self.assertEqual(kinds, {"label", "relationship", "property"})
        documents = [json.loads(line) for line in
                     self.fine(islet("--format", "jsonl", stdin=":source\n")).splitlines()]
        self.assertEqual(len(documents), 5)
        for document in documents:
            said = self.fine(islet("--format", "jsonl", stdin=f":source {document['document']}\n")).splitlines()
            self.assertEqual(len(said), document["statements"])
            self.assertEqual(set(json.loads(said[0])),
                             {"section", "lines", "subject", "relation", "object", "qualifiers"})
        self.failed(islet(stdin=":source Cancer.Nat\n"), 1, "did you mean 'Cancer.Net'?")
        self.failed(islet(stdin=":schema Durg\n"), 1, "did you mean 'Drug'?")

    def test_help(self):
        self.assertIn(":begin", self.fine(islet(stdin=":help\n")))
        self.assertIn("substring(text, start[, length])", self.fine(islet(stdin=":help substring\n")))
        self.assertIn("Ctrl-R", self.fine(islet(stdin=":help keys\n")))
        self.failed(islet(stdin=":help moed\n"), 1, "did you mean 'mode'?")
        self.assertIn("toUpper(text)", self.fine(islet(stdin=":functions toupp\n")))

    def test_settings(self):
        self.assertIn("| timeout  | 30s ", self.fine(islet(stdin=":set timeout 30s\n:set\n")))
        self.failed(islet(stdin=":set timeuot 30s\n"), 1, "did you mean 'timeout'?")
        self.failed(islet(stdin=":set wrap maybe\n"), 1, ":set wrap takes on|off")
        self.failed(islet(stdin=f":set timeout 100ms\n{ENDLESS};"), 124, "error")
        self.failed(islet(stdin=":set readonly on\nCREATE (:A);"), 1, "writes")
        run = islet("--format", "csv", stdin=":set bail off\nRETURN nope;\nRETURN 1 AS x;")
        self.assertEqual((run.returncode, run.out), (1, "x\r\n1\r\n"))

    def test_transactions(self):
        count = "MATCH (n:New) RETURN count(n) AS n;"
        def counts(*lines):
            run = islet("--format", "jsonl", stdin="\n".join(lines))
            return [json.loads(line)["n"] for line in run.out.splitlines()], run
        self.assertEqual(counts(":begin", "CREATE (:New);", count, ":rollback", count)[0], [1, 0])
        self.assertEqual(counts("BEGIN;", "CREATE (:New);", "COMMIT;", count)[0], [1])
        numbers, run = counts(":begin", "CREATE (:New);", count)
        self.assertEqual((numbers, run.returncode), ([1], 1))
        self.assertIn("not committed", run.err)
        # A query that fails while it runs ends the transaction, and that is said.
        numbers, run = counts(":set bail off", ":begin", "CREATE (:New);", "RETURN 1 / 0;", count)
        self.assertEqual((numbers, run.returncode), ([0], 1))
        self.assertIn("nothing of it stays", run.err)
        self.failed(islet(stdin=":commit\n"), 1, "transaction")
        self.failed(islet(stdin=":begin\n:begin\n"), 1, "transaction")

    def test_last_query(self):
        plan = self.fine(islet(stdin="EXPLAIN MATCH (d:Drug) RETURN d;\n"))
        self.assertTrue(self.fine(islet(stdin="MATCH (d:Drug) RETURN d;\n:explain\n")).endswith(plan))
        self.failed(islet(stdin=":explain\n"), 1, "no last query")
        run = islet(stdin="side effects of everolimus\n:explain\n")
        self.assertEqual(run.returncode, 0, run.err)

    def test_plot_and_view(self):
        query = "MATCH p = (d:Drug)-[:HAS_TARGET]->(t) RETURN p;\n"
        with tempfile.TemporaryDirectory() as folder:
            chart = f"{folder}/chart.svg"
            run = islet(stdin=f"UNWIND [3, 1, 2] AS n RETURN 'x' + n AS name, n;\n:plot\n:plot name n {chart}\n")
            self.assertEqual(run.returncode, 0, run.err)
            self.assertRegex(run.out, r"x3 +│█+ 3\nx1 +│█+[▏▎▍▌▋▊▉]? 1\n")
            self.assertIn("<svg", Path(chart).read_text())
            graph = f"{folder}/graph.json"
            self.assertEqual(islet(stdin=query + f":view {graph}\n").returncode, 0)
            links = json.loads(Path(graph).read_text())["links"]
            self.assertEqual({link["type"] for link in links}, {"HAS_TARGET"})
            # Of texts alone: the nodes that they name, and what joins these.
            names = "MATCH (d:Drug)-[:HAS_TARGET]->(t) RETURN d.name, t.name;\n"
            self.assertEqual(islet(stdin=names + f":view {graph}\n").returncode, 0)
            self.assertIn("HAS_TARGET", {link["type"] for link in json.loads(Path(graph).read_text())["links"]})
            page = f"{folder}/graph.html"
            self.assertEqual(islet(stdin=names + f":view {page}\n").returncode, 0)
            self.assertIn("belzutifan", Path(page).read_text())
            run = islet(stdin=names + ":view\n", env={"TMPDIR": folder})
            made = re.search(r"wrote (.*)\n", run.err).group(1)
            self.assertTrue(made.startswith(folder) and made.endswith("view.html"), made)
            self.assertEqual(Path(made).read_text(), Path(page).read_text())
            run = islet(stdin=names + f":view {folder}/graph.xyz\n")
            self.assertEqual(run.returncode, 1)
            self.assertIn("tells no format", run.err)
            self.failed(islet(stdin=f":view {graph}\n"), 1, "no last result")
            self.failed(islet(stdin=f":plot\n"), 1, "no last result")
            if shutil.which("dot"):
                picture = f"{folder}/graph.svg"
                self.assertEqual(islet(stdin=query + f":view {picture}\n").returncode, 0)
                self.assertIn("<svg", Path(picture).read_text())

    def test_once(self):
        with tempfile.TemporaryDirectory() as folder:
            out = self.fine(islet(stdin=f":once {folder}/x.json\nRETURN 1 AS x;\nRETURN 2 AS y;\n"))
            self.assertEqual(json.loads(Path(folder, "x.json").read_text()), [{"x": 1}])
            self.assertIn("| y |", out)
            self.failed(islet(stdin=f":once {folder}/none/x.json\n"), 3, "cannot write")
        self.failed(islet(stdin=":read /nonexistent\n"), 3, "cannot read")

    def test_read_and_output(self):
        with tempfile.TemporaryDirectory() as folder:
            script = Path(folder, "lines")
            result = Path(folder, "result.csv")
            script.write_text(f":mode csv\n:output {result}\nRETURN 1 AS x;\n:output\nRETURN 2 AS y;\n")
            self.assertEqual(self.fine(islet(stdin=f":read {script}\n")), "y\r\n2\r\n")
            self.assertEqual(result.read_bytes(), b"x\r\n1\r\n")
            script.write_text(f":read {script}\n")
            self.failed(islet(stdin=f":read {script}\n"), 1, "nested")

    def test_nothing_of_the_current_directory_is_run(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in (".isletrc", "islet.cypher", ".editrc", "schema.json", "islet.json", ".islet"):
                Path(folder, name).write_text("RETURN 'unasked';\n")
            self.assertEqual(self.fine(islet(stdin="", cwd=folder)), "")
            if shutil.which("strace"):
                trace = Path(folder, "trace")
                subprocess.run(["strace", "-f", "-e", "trace=%file", "-o", trace, ISLET, "query", "RETURN 1 AS x"],
                               cwd=folder, capture_output=True, timeout=120)
                opened = [line for line in trace.read_text().splitlines() if re.search(r'"(\./)?[^/"][^"]*"', line)]
                self.assertEqual([line for line in opened if "execve" not in line and "/proc/self/exe" not in line], [])


class Streams(Case):
    def test_help_and_version(self):
        self.assertRegex(self.fine(islet("--version")), r"^islet \d+\.\d+\.\d+\n$")
        for arguments in ([], ["query"], ["ask"]):
            text = self.fine(islet(*arguments, "--help"))
            self.assertIn("--format", text)
            self.assertIn("Examples:\n  islet", text)

    def test_help_word_and_its_examples(self):
        self.assertEqual(self.fine(islet("help")), self.fine(islet("--help")))
        for words in (["ask"], ["query"], ["export"], ["cite"], ["capsule"], ["capsule", "run"], ["capsule", "verify"],
                      ["kb"], ["kb", "check"], ["check"], ["compact"], ["import"], ["dump"], ["restore"]):
            text = self.fine(islet("help", *words))
            self.assertEqual(text, self.fine(islet(*words, "--help")))
            self.assertIn("\n  islet " + " ".join(words), text.split("Examples:")[1])
        self.failed(islet("help", "exprot"), 2, "did you mean 'export'?")

    def test_usage_errors(self):
        self.failed(islet("qurey", "RETURN 1"), 2, "did you mean 'query'?")
        self.failed(islet("query", "--frobnicate"), 2, "--frobnicate")
        self.failed(islet("query", "--format", "jsn", "RETURN 1"), 2, "did you mean 'json'?")
        self.failed(islet("query", "--formt", "json", "RETURN 1"), 2, "unknown option '--formt'", "'--format'")
        self.failed(islet("query", "--timeot=3s", "RETURN 1"), 2, "unknown option '--timeot'", "'--timeout'")
        self.failed(islet("--versoin"), 2, "unknown option '--versoin'", "'--version'")
        self.failed(islet("query", "RETURN", "1"), 2, "quote it")

    def test_a_reader_that_goes_away_is_no_error(self):
        query = "UNWIND range(1, 300000) AS x RETURN x, 'some text to fill the pipe' AS t"
        for form in ("csv", "table", "json"):
            process = subprocess.Popen([ISLET, "query", "--format", form, query], stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE)
            process.stdout.readline()
            process.stdout.close()
            self.assertEqual((process.wait(timeout=60), process.stderr.read()), (0, b""))
            process.stderr.close()

    @unittest.skipUnless(os.path.exists("/dev/full"), "there is no /dev/full")
    def test_a_full_disk_is_an_error(self):
        with open("/dev/full", "wb") as full:
            run = subprocess.run([ISLET, "query", "RETURN 1 AS x"], stdout=full, stderr=subprocess.PIPE, timeout=60)
        self.assertEqual(run.returncode, 1)
        self.assertIn(b"cannot write", run.stderr)

    def test_no_colour_in_a_pipe(self):
        for arguments in (["query", "RETURN null AS x"], ["query", "RETURN nope"], ["ask", "everolimus"]):
            run = islet(*arguments, env={"TERM": "xterm-256color", "CLICOLOR_FORCE": "1"})
            self.assertNotIn(ESC, run.out + run.err)

    def test_colour_on_a_terminal_unless_switched_off(self):
        code, text = islet_on_terminal("query", "RETURN nope")
        self.assertEqual(code, 1)
        self.assertIn(ESC, text)
        code, text = islet_on_terminal("query", "RETURN 1 AS x")
        self.assertEqual(code, 0)
        self.assertIn("┌", text)
        self.assertIn("1 row", text)
        for env, options in (({"NO_COLOR": "1"}, []), ({"TERM": "dumb"}, []), ({}, ["--no-color"])):
            for query in ("RETURN nope", "RETURN null AS x"):
                self.assertNotIn(ESC, islet_on_terminal("query", *options, query, env=env)[1])

    def test_progress_is_for_terminals(self):
        self.assertEqual(islet("query", "--timeout", "1500ms", ENDLESS).err.count("running"), 0)
        code, text = islet_on_terminal("query", "--timeout", "4s", ENDLESS, env={"NO_COLOR": "1"})
        self.assertEqual(code, 124)
        self.assertRegex(text, r"\r… running, \d s; Ctrl-C cancels")
        self.assertNotIn(ESC, text)
        self.assertNotIn("running", islet_on_terminal("query", "--timeout", "1500ms", ENDLESS, env={"TERM": "dumb"})[1])

    def test_no_banner_and_no_prompt_in_a_pipe(self):
        run = islet(stdin="RETURN 1 AS x;\n")
        self.assertEqual((run.out, run.err), ("| x |\n|---|\n| 1 |\n", ""))

    def test_interrupt(self):
        process = subprocess.Popen([ISLET, "query", ENDLESS], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        self.assertEqual((process.returncode, out), (130, b""))
        self.assertIn(b"cancelled", err)


if __name__ == "__main__":
    unittest.main()
