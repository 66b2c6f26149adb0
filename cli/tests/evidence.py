#!/usr/bin/env python3
"""`islet cite` and `islet capsule`: the contract of streams, exit codes and content. Usage: evidence.py ISLET"""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ISLET = sys.argv.pop(1)
ROOT = Path(__file__).resolve().parents[2]
QUESTION = "What is the target of belzutifan?"
QUERY = "MATCH (d:Drug {name: $name})-[r:HAS_SIDE_EFFECT]->(s) RETURN r, s.name"


def islet(*arguments, stdin=""):
    return subprocess.run([ISLET, *arguments], input=stdin, capture_output=True, text=True, timeout=60)


def changed_base(folder, file, change):
    """A copy of the built-in base with one text of a file changed."""
    base = Path(folder, "base")
    base.mkdir()
    for path in (ROOT / "kb" / "pnet").glob("*.json"):
        text = path.read_text()
        if path.name == file:
            assert change[0] in text
            text = text.replace(*change)
        (base / path.name).write_text(text)
    return str(base)


class Cite(unittest.TestCase):
    def test_text(self):
        run = islet("cite", QUESTION)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn('[1] Cancer.Net, "Targeted therapy", lines 109, 119, 2023-12.\n', run.stdout)
        self.assertIn("no date stated", run.stdout)

    def test_bibtex(self):
        run = islet("cite", "--format", "bibtex", QUESTION)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertTrue(run.stdout.startswith("@misc{cancer-net-targeted-therapy,\n"))
        self.assertIn("  year = {2023},\n  month = dec,\n  note = {lines 109, 119}\n}\n", run.stdout)
        self.assertEqual(run.stdout.count("{"), run.stdout.count("}"))

    def test_csl_json(self):
        run = islet("cite", "--format", "csl-json", *QUESTION.split())
        items = json.loads(run.stdout)
        self.assertEqual(items[0]["issued"], {"date-parts": [[2023, 12]]})
        self.assertEqual(items[0]["container-title"], "Cancer.Net")
        self.assertEqual({item["type"] for item in items}, {"webpage"})
        self.assertEqual(len({item["id"] for item in items}), len(items))

    def test_of_a_query(self):
        run = islet("cite", "--query", QUERY, "-P", "name=sunitinib")
        self.assertEqual((run.returncode, run.stdout),
                         (0, '[1] Cancer.Net, "Targeted therapy", line 117, 2023-12.\n'), run.stderr)
        # What a query met is cited, whether it returns it or not.
        run = islet("cite", "--query", "MATCH (:Drug {name: 'sunitinib'})-[:HAS_SIDE_EFFECT]->(s) RETURN count(s) AS n")
        self.assertEqual((run.returncode, run.stdout),
                         (0, '[1] Cancer.Net, "Targeted therapy", line 117, 2023-12.\n'), run.stderr)
        run = islet("cite", "--query", "CITE MATCH (:Drug {name: 'sunitinib'})-[:HAS_SIDE_EFFECT]->(s) RETURN s.name")
        self.assertEqual(run.stdout, '[1] Cancer.Net, "Targeted therapy", line 117, 2023-12.\n', run.stderr)
        run = islet("cite", "--format", "csl-json", "--query", "RETURN 1 AS one")
        self.assertEqual((run.returncode, json.loads(run.stdout)), (0, []))
        self.assertIn("no source", run.stderr)

    def test_wrong(self):
        self.assertEqual(islet("cite").returncode, 2)
        self.assertEqual(islet("cite", "--query", "RETURN 1", "and", "more").returncode, 2)
        self.assertEqual(islet("cite", "--format", "ris", QUESTION).returncode, 2)
        run = islet("cite", "--query", "MATCH (n) RETURN m")
        self.assertEqual((run.returncode, run.stdout), (1, ""))
        self.assertIn("`m` is not defined", run.stderr)
        self.assertEqual(islet("cite", "--query", "CREATE ()").returncode, 1)
        self.assertEqual(islet("cite", "what does florbizol target").returncode, 1)


class Capsule(unittest.TestCase):
    def make(self, *arguments):
        run = islet("capsule", "run", *arguments)
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        return run.stdout

    def test_question(self):
        with tempfile.TemporaryDirectory() as folder:
            path = folder + "/new/c.json"
            self.make("--question", QUESTION, "-o", path)
            text = Path(path).read_text()
            capsule = json.loads(text)
            self.assertEqual(capsule["question"], QUESTION)
            self.assertEqual(capsule["result"]["status"], "answered")
            self.assertRegex(capsule["base"]["digest"], "^xxh3-128:[0-9a-f]{32}$")
            self.assertEqual(capsule["citations"][0]["document"], "Cancer.Net")
            self.assertEqual(self.make("--question", QUESTION), text)
            run = islet("capsule", "verify", path)
            self.assertEqual((run.returncode, run.stderr), (0, ""))
            self.assertRegex(run.stdout, "^the same: 6 rows, 2 citations, xxh3-128:")

    def test_query(self):
        text = self.make("--query", QUERY, "-P", "name=sunitinib")
        capsule = json.loads(text)
        self.assertEqual(capsule["parameters"], {"name": "'sunitinib'"})
        self.assertEqual(len(capsule["result"]["rows"]), 5)
        self.assertEqual(capsule["result"]["rows"], sorted(capsule["result"]["rows"]))
        self.assertEqual(islet("capsule", "verify", "-", stdin=text).returncode, 0)

    def test_values_of_every_kind_are_told_apart(self):
        text = self.make("--query", "RETURN 1 AS a, 1.0 AS b, '1' AS c, date('2024-02-29') AS d, [1, '1', {x: null}] AS e")
        self.assertEqual(json.loads(text)["result"]["rows"],
                         [["1", "1.0", "'1'", "date('2024-02-29')", "[1, '1', {x: null}]"]])

    def test_citations_of_what_is_not_returned(self):
        capsule = json.loads(self.make("--query", "MATCH (:Drug {name: 'sunitinib'})-[:HAS_SIDE_EFFECT]->(s) RETURN count(s) AS n"))
        self.assertEqual(capsule["result"]["columns"], [["n"]])
        self.assertEqual(capsule["result"]["rows"], [["5"]])
        self.assertEqual([(c["document"], c["lines"]) for c in capsule["citations"]], [("Cancer.Net", ["117"])])

    def test_order_counts_only_where_it_was_asked_for(self):
        ordered = json.loads(self.make("--query", "UNWIND [3, 1, 2] AS x RETURN x ORDER BY x DESC"))
        self.assertEqual(ordered["result"]["rows"], [["3"], ["2"], ["1"]])

    def test_what_changed_is_said(self):
        with tempfile.TemporaryDirectory() as folder:
            base = changed_base(folder, "side_effects.json", ('"name": "nausea"', '"name": "queasiness"'))
            text = self.make("--query", QUERY, "-P", "name=sunitinib")
            run = islet("capsule", "verify", "--db", base, "-", stdin=text)
            self.assertEqual(run.returncode, 1, run.stdout + run.stderr)
            self.assertRegex(run.stdout, r"row gone: .* \| 'nausea'\nrow new: .* \| 'queasiness'\ndigest of the knowledge base was")

    def test_another_result(self):
        capsule = json.loads(self.make("--query", "UNWIND [1, 2] AS x RETURN x"))
        other = self.make("--query", "UNWIND [1, 3, 3] AS x RETURN x")
        changed = json.loads(other) | {"query": capsule["query"]}
        run = islet("capsule", "verify", "-", stdin=json.dumps(changed))
        self.assertEqual(run.returncode, 1)
        self.assertEqual(run.stdout, "row new: 2\nrow gone: 3\nrow gone: 3\n")

    def test_tampered(self):
        text = self.make("--query", QUERY, "-P", "name=sunitinib")
        run = islet("capsule", "verify", "-", stdin=text.replace("'fatigue'", "'joy'"))
        self.assertEqual((run.returncode, run.stdout), (1, ""))
        self.assertIn("digest", run.stderr)
        run = islet("capsule", "verify", "-", stdin=text.replace('"lines": ["117"]', '"lines": ["118"]'))
        self.assertEqual(run.returncode, 1)
        self.assertIn("citation new: Cancer.Net, \"Targeted therapy\", line 117, 2023-12", run.stdout)
        self.assertIn("citation gone: Cancer.Net, \"Targeted therapy\", line 118, 2023-12", run.stdout)

    def test_no_capsule(self):
        for text in ("", "{", "[]", "{}", '{"capsule": 2}', '{"capsule": 1}',
                     '{"capsule": 1, "query": "RETURN 1", "parameters": {"x": "1 +"}}',
                     self.make("--query", "RETURN 1")[:-20]):
            run = islet("capsule", "verify", "-", stdin=text)
            self.assertEqual((run.returncode, run.stdout), (1, ""), text)
            self.assertIn("no capsule", run.stderr)
        self.assertEqual(islet("capsule", "verify", "/nowhere").returncode, 3)

    def test_wrong(self):
        self.assertEqual(islet("capsule").returncode, 2)
        self.assertEqual(islet("capsule", "run").returncode, 2)
        self.assertEqual(islet("capsule", "run", "--query", "RETURN 1", "--question", "x").returncode, 2)
        self.assertEqual(islet("capsule", "run", "--query", "CREATE ()").returncode, 1)
        self.assertEqual(islet("capsule", "run", "--query", "RETURN").returncode, 1)
        self.assertEqual(islet("capsule", "run", "--query", "RETURN 1", "-o", "/proc/none/x").returncode, 3)


if __name__ == "__main__":
    unittest.main()
