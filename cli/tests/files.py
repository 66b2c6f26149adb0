#!/usr/bin/env python3
"""Graph files from the command line: what is written stays, who may write, what is refused and how.

Usage: files.py ISLET [unittest options]
"""
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ISLET = sys.argv.pop(1)


def islet(*arguments, stdin=""):
    run = subprocess.run([ISLET, *map(str, arguments)], input=stdin.encode(), capture_output=True, timeout=120)
    run.out = run.stdout.decode()
    run.err = run.stderr.decode()
    return run


class Files(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = Path(self.folder.name) / "graph.islet"

    def query(self, text, *options):
        return islet("query", "--db", self.path, "--format", "csv", *options, text)

    def create(self, text="CREATE (:Drug {name: 'everolimus'})"):
        run = self.query(text, "--create")
        self.assertEqual((run.returncode, run.err), (0, ""), run.out)

    def count(self):
        run = self.query("MATCH (n) RETURN count(*) AS n")
        self.assertEqual((run.returncode, run.err), (0, ""))
        return int(run.out.split()[1])

    def test_what_is_written_stays(self):
        self.create()
        self.assertEqual(self.count(), 1)
        self.assertEqual(self.query("CREATE (:Drug {name: 'sunitinib'})").returncode, 0)
        self.assertEqual(self.count(), 2)
        self.assertEqual(os.listdir(self.folder.name), ["graph.islet"])

    def test_a_failed_statement_leaves_nothing(self):
        self.create()
        self.assertEqual(self.query("CREATE (:A) WITH 1 AS x RETURN 1 / 0").returncode, 1)
        self.assertEqual(self.count(), 1)

    def test_a_missing_file_is_an_error(self):
        run = self.query("RETURN 1")
        self.assertEqual(run.returncode, 3)
        self.assertIn("there is no such file", run.err)
        self.assertIn("--create", run.err)
        self.assertEqual(os.listdir(self.folder.name), [])

    def test_the_shell_makes_a_file_too_where_it_is_told_to(self):
        run = islet(self.path, stdin="CREATE (:Drug);")
        self.assertEqual((run.returncode, run.out), (3, ""))
        self.assertIn("--create makes an empty graph there", run.err)
        self.assertEqual(os.listdir(self.folder.name), [])
        for count in (1, 2):  # the second finds the file that the first made
            run = islet(self.path, "--create", "--format", "csv",
                        stdin="CREATE (:Drug {name: 'everolimus'});\nMATCH (d:Drug) RETURN count(*) AS n;\n")
            self.assertEqual((run.returncode, run.out.split()), (0, ["n", str(count)]), run.err)
        self.assertEqual(os.listdir(self.folder.name), ["graph.islet"])

    def test_to_make_a_file_and_not_to_write_is_no_use(self):
        for command in ((self.path,), ("query", "--db", self.path, "RETURN 1")):
            run = islet(*command, "--create", "--read-only", stdin="RETURN 1;")
            self.assertEqual((run.returncode, run.out), (2, ""))
            self.assertIn("--read-only excludes --create", run.err)
        self.assertEqual(os.listdir(self.folder.name), [])

    def test_a_folder_that_is_not_there_is_told(self):
        run = islet(self.path / "deeper.islet", "--create", stdin="RETURN 1;")
        self.assertEqual((run.returncode, run.out), (3, ""))
        self.assertIn("cannot open", run.err)

    def test_what_is_no_graph_is_refused(self):
        self.path.write_text("not a graph\n" * 100)
        for run in (self.query("RETURN 1"), islet(self.path, stdin="RETURN 1;"), islet("export", "--db", self.path, "-o", "-", "--format", "json")):
            self.assertEqual(run.returncode, 3)
            self.assertIn("it is not an Islet file", run.err)

    def test_damage_is_refused_with_its_place(self):
        self.create()
        content = bytearray(self.path.read_bytes())
        at = content.index(b"everolimus")
        content[at] ^= 1
        self.path.write_bytes(content)
        run = self.query("RETURN 1")
        self.assertEqual(run.returncode, 3)
        self.assertIn("is damaged: text_bytes", run.err)
        run = islet("check", self.path)
        self.assertEqual(run.returncode, 1)
        self.assertEqual(run.out, f"{self.path}: text_bytes: its checksum is wrong\n")

    def test_check_and_compact(self):
        self.create()
        run = islet("check", self.path)
        self.assertEqual((run.returncode, run.err), (0, ""))
        self.assertIn("has no faults: 1 node, 0 relationships", run.out)
        run = islet("compact", self.path)
        self.assertEqual((run.returncode, run.err), (0, ""))
        self.assertEqual(self.count(), 1)
        for command in ("check", "compact"):
            self.assertEqual(islet(command, self.path.with_name("none.islet")).returncode, 3)
            self.assertEqual(islet(command).returncode, 2)

    def test_one_writer_and_readers_beside_it(self):
        self.create()
        shell = subprocess.Popen([ISLET, str(self.path), "--format", "csv"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        shell.stdin.write(b"CREATE (:Drug {name: 'sunitinib'});\nMATCH (n) RETURN count(*) AS n;\n")
        shell.stdin.flush()
        while shell.stdout.readline().strip() != b"2":
            pass
        self.assertEqual(self.count(), 2)
        run = self.query("CREATE ()")
        self.assertEqual(run.returncode, 1)
        self.assertIn(f"is open for writing in process {shell.pid}", run.err)
        self.assertEqual(islet("compact", self.path).returncode, 3)
        shell.kill()
        shell.wait()
        shell.stdin.close()
        shell.stdout.close()
        self.assertEqual(self.query("CREATE ()").returncode, 0)
        self.assertEqual(self.count(), 3)

    def test_read_only(self):
        self.create()
        self.path.chmod(0o444)
        self.assertEqual(self.count(), 1)
        run = self.query("CREATE ()")
        self.assertEqual(run.returncode, 1)
        self.assertIn("cannot be written to", run.err)
        self.assertEqual(os.listdir(self.folder.name), ["graph.islet"])

    def test_a_graph_is_not_asked(self):
        self.create()
        run = islet("ask", "--db", self.path, "which drugs are there?")
        self.assertEqual(run.returncode, 1)
        self.assertIn("without a vocabulary", run.err)

    def test_export_is_of_the_file(self):
        self.create()
        run = islet("export", "--db", self.path, "-o", "-", "--format", "json")
        self.assertIn("everolimus", run.out)


if __name__ == "__main__":
    unittest.main()
