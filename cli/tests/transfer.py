#!/usr/bin/env python3
"""Import, dump, restore and export as a script meets them.

Usage: transfer.py ISLET [unittest options]
"""
import gzip
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ISLET = sys.argv.pop(1)
NODES = 'id,label,name,year\neve,Drug,everolimus,2009\nmtor,Gene,"MTOR, ""the"" kinase",\n'
EDGES = "src,dst,type,weight\neve,mtor,HAS_TARGET,0.5\n"


class Transfer(unittest.TestCase):
    def setUp(self):
        self.held = tempfile.TemporaryDirectory()
        self.folder = Path(self.held.name)
        (self.folder / "nodes.csv").write_text(NODES)
        with gzip.open(self.folder / "edges.csv.gz", "wt") as file:
            file.write(EDGES)

    def tearDown(self):
        self.held.cleanup()

    def islet(self, *arguments, code=0, stdin=""):
        run = subprocess.run([ISLET, *arguments], input=stdin.encode(), capture_output=True, cwd=self.folder, timeout=60)
        self.assertEqual(run.returncode, code, run.stdout.decode() + run.stderr.decode())
        if code == 0 and "--skip-bad" not in arguments:
            self.assertEqual(run.stderr.decode(), "")
        return run.stdout.decode() if code == 0 else run.stderr.decode()

    def test_tables_become_a_file_that_is_queried(self):
        self.islet("import", "nodes.csv", "edges.csv.gz", "-o", "g.islet")
        rows = self.islet("query", "--db", "g.islet", "--format", "csv",
                          "MATCH (d:Drug)-[r:HAS_TARGET]->(g) RETURN d.name, r.weight, g.name, d.year")
        self.assertEqual(rows.splitlines()[1], 'everolimus,0.5,"MTOR, ""the"" kinase",2009')
        self.islet("import", ".", "-o", "folder.islet")
        self.assertEqual(self.islet("dump", "--db", "folder.islet"), self.islet("dump", "--db", "g.islet"))

    def test_dumps_come_back_with_the_same_bytes(self):
        for ending in ("jsonl", "cypher"):
            self.islet("dump", "-o", f"first.{ending}")
            self.islet("restore", f"first.{ending}", "-o", f"{ending}.islet")
            self.islet("dump", "--db", f"{ending}.islet", "-o", f"second.{ending}")
            first = (self.folder / f"first.{ending}").read_bytes()
            self.assertGreater(len(first), 10000)
            self.assertEqual((self.folder / f"second.{ending}").read_bytes(), first)

    def test_a_dump_passes_through_pipes(self):
        dump = self.islet("dump")
        self.islet("restore", "-", "-o", "g.islet", stdin=dump)
        self.assertEqual(self.islet("dump", "--db", "g.islet"), dump)

    def test_what_is_exported_is_imported(self):
        self.islet("import", "nodes.csv", "edges.csv.gz", "-o", "g.islet")
        dump = self.islet("dump", "--db", "g.islet")
        for name in ("g.json", "g.graphml", "g.cypher", "folder/"):
            self.islet("export", "--db", "g.islet", "-o", name)
            self.islet("import", name, "-o", "again.islet", "--replace")
            self.assertEqual(self.islet("dump", "--db", "again.islet"), dump, name)

    def test_a_file_that_is_there_is_kept(self):
        (self.folder / "g.islet").write_text("precious")
        said = self.islet("import", "nodes.csv", "-o", "g.islet", code=3)
        self.assertIn("--replace", said)
        self.assertEqual((self.folder / "g.islet").read_text(), "precious")

    def test_a_bad_record_is_said_with_its_place_and_leaves_no_file(self):
        (self.folder / "bad.csv").write_text("id,n:int\na,1\nb,x\nc,3\n")
        said = self.islet("import", "bad.csv", "-o", "g.islet", code=1)
        self.assertIn("bad.csv:3:3", said)
        self.assertIn("--skip-bad", said)
        self.assertFalse((self.folder / "g.islet").exists())

    def test_bad_records_are_set_aside(self):
        (self.folder / "bad.csv").write_text("id,n:int\na,1\nb,x\nc,3\n")
        self.islet("import", "bad.csv", "-o", "g.islet", "--skip-bad", "aside.txt")
        self.assertEqual((self.folder / "aside.txt").read_text(),
                         "# bad.csv:3:3: column `n:int`: 'x' is not an integer of 64 bits\nb,x\n")
        self.assertEqual(self.islet("query", "--db", "g.islet", "--format", "csv", "MATCH (n) RETURN sum(n.n) AS n"),
                         "n\r\n4\r\n")

    def test_wrong_usage(self):
        self.assertIn("--output", self.islet("import", "nodes.csv", code=2))
        self.assertIn("did you mean 'csv'", self.islet("import", "nodes.csv", "-o", "x.islet", "--format", "cvs", code=2))
        self.assertIn("cannot read", self.islet("import", "nowhere.csv", "-o", "x.islet", code=3))
        self.assertIn("one character", self.islet("import", "nodes.csv", "-o", "x.islet", "--delimiter", "abc", code=2))


if __name__ == "__main__":
    os.environ.pop("NO_COLOR", None)
    unittest.main()
