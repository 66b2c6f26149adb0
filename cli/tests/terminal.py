#!/usr/bin/env python3
"""The shell as a person meets it, driven through a pseudo-terminal.

Usage: terminal.py ISLET [unittest options]
"""
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
import time
import unittest
from pathlib import Path

ISLET = sys.argv.pop(1)
CTRL_C, CTRL_D, CTRL_R, TAB, UP = "\x03", "\x04", "\x12", "\t", "\x1b[A"
PROMPT = "islet> "
ENDLESS = "MATCH " + ", ".join(f"(n{i})" for i in range(8)) + " WHERE n0.name + n7.name = 'x' RETURN n1.name, n2.name;"


class Shell:
    """One run of the shell in a terminal of its own."""

    def __init__(self, home, columns=100, **env):
        self.text = ""
        self.seen = 0
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            environment = {k: v for k, v in os.environ.items() if not k.startswith(("ISLET_", "XDG_"))}
            environment |= {"HOME": home, "TERM": "xterm", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"} | env
            os.execve(ISLET, [ISLET], environment)
        self.resize(columns)

    def resize(self, columns):
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))

    def _read(self, timeout):
        if not select.select([self.terminal], [], [], timeout)[0]:
            return False
        try:
            part = os.read(self.terminal, 65536)
        except OSError:
            return False
        self.text += part.decode(errors="replace").replace("\r\n", "\n")
        return bool(part)

    def expect(self, pattern, timeout=30):
        """Waits until the pattern stands in what came since the last one; gives what came up to its end."""
        end = time.monotonic() + timeout
        while True:
            found = re.search(pattern, self.text[self.seen:])
            if found:
                before = self.text[self.seen:self.seen + found.end()]
                self.seen += found.end()
                if before.endswith("> "):
                    self._wait_for_editor()
                return before
            if time.monotonic() > end or (not self._read(0.2) and self.ended()):
                raise AssertionError(f"waited for {pattern!r}, got {self.text[self.seen:]!r}")

    def _wait_for_editor(self):
        """The prompt is painted just before the line editor takes the terminal over; what is typed in
        between would be echoed and edited by the terminal itself."""
        end = time.monotonic() + 10
        while termios.tcgetattr(self.terminal)[3] & termios.ICANON and time.monotonic() < end:
            time.sleep(0.005)

    def send(self, text):
        os.write(self.terminal, text.encode())

    def run(self, line):
        """Sends a line at the prompt and gives what comes up to the next prompt."""
        self.send(line + "\n")
        return self.expect(r"\n" + PROMPT)

    def ended(self):
        try:
            return os.waitpid(self.pid, os.WNOHANG)[0] != 0
        except ChildProcessError:
            return True

    def close(self):
        """Ends the shell and gives its exit code."""
        self.send(CTRL_D)
        end = time.monotonic() + 20
        while time.monotonic() < end:
            self._read(0.1)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                os.close(self.terminal)
                return os.waitstatus_to_exitcode(status)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        raise AssertionError("the shell does not end: " + self.text[-400:])


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.home = self.folder.name

    def start(self, **env):
        shell = Shell(self.home, **env)
        shell.expect(PROMPT)
        return shell


class Lines(Case):
    def test_query_question_and_command(self):
        shell = self.start()
        self.assertIn("│ 42 │", shell.run("RETURN 42 AS x;"))
        self.assertIn("1 row", shell.text)
        self.assertIn("belzutifan", shell.run("targeted drugs for VHL-related pNET"))
        self.assertIn(":profile [QUERY]", shell.run(":help"))
        self.assertIn("did you mean :schema?", shell.run(":shcema"))
        self.assertEqual(shell.close(), 0)

    def test_a_query_goes_over_lines(self):
        shell = self.start()
        shell.send("RETURN 1 AS one,\n")
        shell.expect(r"\n   \.\.\.> ")
        self.assertIn("│ one │ two │", shell.run("2 AS two;"))
        self.assertEqual(shell.close(), 0)

    def test_errors_keep_the_shell(self):
        shell = self.start()
        said = shell.run("MATCH (x:Drug) RETURN d.name;")
        self.assertIn("error 42", said)
        self.assertIn("^", said)
        self.assertIn("│ 7 │", shell.run("RETURN 7 AS x;"))
        self.assertEqual(shell.close(), 0)

    def test_quit(self):
        shell = self.start()
        shell.send(":quit\n")
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(shell.pid, 0)[1]), 0)


class CtrlC(Case):
    def test_drops_the_line(self):
        shell = self.start()
        shell.send("RETURN 1 AS")
        shell.expect("RETURN 1 AS")
        shell.send(CTRL_C)
        shell.expect(r"\n" + PROMPT)
        self.assertIn("│ 2 │", shell.run("RETURN 2 AS x;"))

    def test_a_long_query_says_how_long_and_the_line_goes_away(self):
        shell = self.start()
        shell.send(ENDLESS + "\n")
        shell.expect(r"running, \d+ s; Ctrl-C cancels")
        shell.send(CTRL_C)
        said = shell.expect(r"\n" + PROMPT)
        self.assertRegex(said, r"\r +\rerror")
        shell.close()

    def test_drops_a_begun_query(self):
        shell = self.start()
        shell.send("MATCH (n)\n")
        shell.expect(r"\.\.\.> ")
        shell.send(CTRL_C)
        shell.expect(r"\n" + PROMPT)
        self.assertIn("│ 3 │", shell.run("RETURN 3 AS x;"))

    def test_cancels_the_query_and_keeps_the_shell(self):
        shell = self.start()
        shell.send(ENDLESS + "\n")
        time.sleep(1)
        shell.send(CTRL_C)
        self.assertIn("cancelled", shell.expect(r"\n" + PROMPT))
        self.assertIn("│ 4 │", shell.run("RETURN 4 AS x;"))
        self.assertEqual(shell.close(), 0)


class History(Case):
    def test_is_kept_and_searched(self):
        shell = self.start()
        shell.run("RETURN 11 AS eleven;")
        shell.run("RETURN 22 AS x;")
        shell.send(UP + UP + "\n")
        self.assertIn("│ eleven │", shell.expect(r"rows?,.*\n" + PROMPT))
        shell.close()
        file = Path(self.home, ".local/state/islet/history")
        self.assertIn("eleven", file.read_text())
        self.assertEqual(file.stat().st_mode & 0o077, 0)
        again = self.start()
        again.send(CTRL_R + "elev")
        again.expect("eleven")
        again.send("\n")
        self.assertIn("│ eleven │", again.expect(r"rows?,.*\n" + PROMPT))
        again.close()

    def test_place_and_switch(self):
        shell = self.start(XDG_STATE_HOME=self.home + "/state")
        shell.run("RETURN 33 AS x;")
        shell.close()
        self.assertTrue(Path(self.home, "state/islet/history").exists())
        shell = self.start(ISLET_NO_HISTORY="1")
        shell.run("RETURN 44 AS x;")
        shell.close()
        self.assertFalse(Path(self.home, ".local").exists())

    def test_lines_of_a_query_come_back_as_one(self):
        shell = self.start()
        shell.send("RETURN 55\n")
        shell.expect(r"\.\.\.> ")
        shell.run("AS both;")
        shell.send(UP)
        shell.expect("RETURN 55 AS both;")
        shell.send("\n")
        self.assertIn("│ both │", shell.expect(r"rows?,.*\n" + PROMPT))
        shell.close()


class Completion(Case):
    def completed(self, begun, rest):
        """Tab writes the rest of the word; what was there already is not painted again."""
        shell = self.start()
        shell.send(begun)
        shell.expect(re.escape(begun))
        shell.send(TAB)
        shell.expect(re.escape(rest))
        shell.send(CTRL_C)
        shell.expect(r"\n" + PROMPT)
        self.assertEqual(shell.close(), 0)

    def test_keyword(self):
        self.completed("MATCH (n) RETU", "RN ")

    def test_label(self):
        self.completed("MATCH (n:Syndr", "ome")

    def test_type(self):
        self.completed("MATCH (n)-[:HAS_TARG", "ET")

    def test_property(self):
        self.completed("MATCH (n:Drug) RETURN n.brand_n", "ames")

    def test_command(self):
        self.completed(":sch", "ema ")

    def test_value_of_a_property(self):
        self.completed("MATCH (d:Drug {name: 'belz", "utifan'")

    def test_parameter(self):
        shell = self.start()
        shell.run(":param dosage 5")
        shell.send("RETURN $dos" + TAB + " AS x;\n")
        self.assertIn("│ 5 │", shell.expect(r"rows?,.*\n" + PROMPT))
        shell.close()

    def test_function_and_what_it_takes(self):
        shell = self.start()
        shell.send("RETURN substr" + TAB)
        shell.expect(r"ing\(")
        shell.send(TAB)
        shell.expect(r"substring\(text, start\[, length\]\)")
        shell.send("'abc', 1) AS x;\n")
        self.assertIn("│ bc │", shell.expect(r"rows?,.*\n" + PROMPT))
        shell.close()

    def test_beyond_ascii(self):
        shell = self.start()
        shell.run("CREATE (:Café {name: 'Zürich'});")
        shell.send("MATCH (n:Caf" + TAB + " {name: 'Zü" + TAB + "}) RETURN count(n) AS found;\n")
        self.assertIn("│     1 │", shell.expect(r"rows?,.*\n" + PROMPT))
        shell.close()

    def test_several_are_listed(self):
        shell = self.start()
        shell.send("MATCH (n:Sy" + TAB)
        shell.expect("Symptom +Syndrome")
        shell.expect("MATCH")
        shell.send(CTRL_C)
        shell.expect(r"\n" + PROMPT)
        self.assertEqual(shell.close(), 0)

    def test_name_in_a_question(self):
        self.completed("side effects of everol", "imus ")

    def test_on_a_later_line_of_a_query(self):
        shell = self.start()
        shell.send("MATCH (d:Drug)-[r]->(x)\n")
        shell.expect(r"\.\.\.> ")
        shell.send("WHERE d.brand_n" + TAB)
        shell.expect("ames")
        shell.send(" IS NOT NULL RETURN count(*) > 0 AS some;\n")
        self.assertIn("│ true │", shell.expect(r"rows?,.*\n" + PROMPT))
        self.assertEqual(shell.close(), 0)

    def test_file_behind_a_command(self):
        Path(self.home, "lines.cypher").write_text("RETURN 66 AS x;\n")
        shell = self.start()
        shell.send(f":read {self.home}/lin" + TAB + "\n")
        self.assertIn("│ 66 │", shell.expect(r"rows?,.*\n" + PROMPT))
        self.assertEqual(shell.close(), 0)


class Transactions(Case):
    def test_the_prompt_shows_one_and_its_loss_is_said(self):
        shell = self.start()
        shell.send(":begin\n")
        shell.expect(r"\nislet\*> ")
        shell.send("CREATE (:New)\n")
        shell.expect(r"\n    \.\.\.> ")
        shell.send(";\n")
        shell.expect(r"1 node created.*\nislet\*> ")
        shell.run(":commit")
        self.assertIn("│ 1 │", shell.run("MATCH (n:New) RETURN count(n) AS n;"))
        shell.send(":begin\n")
        shell.expect(r"\nislet\*> ")
        shell.send(CTRL_D)
        shell.expect("not committed")


class Pager(Case):
    LONG = "UNWIND range(1, 200) AS x RETURN x;"

    def test_long_results_go_through_it(self):
        shell = self.start(PAGER="sed s/^/P/")
        self.assertIn("\nP│ 200 │", shell.run(self.LONG))
        self.assertNotIn("\nP", shell.run("RETURN 1 AS x;"))
        shell.run(":set pager off")
        self.assertIn("\n│ 200 │", shell.run(self.LONG))
        shell.run(":set pager sed s/^/Q/")
        self.assertIn("\nQ│ 200 │", shell.run(self.LONG))
        shell.close()

    def test_its_reader_may_leave_early(self):
        shell = self.start(ISLET_PAGER="head -n 5")
        self.assertNotIn("│ 200 │", shell.run("UNWIND range(1, 200000) AS x RETURN x, 'some more' AS text;"))
        self.assertIn("│ 1 │", shell.run("RETURN 1 AS x;"))
        shell.close()

    def test_without_one_nothing_is_lost(self):
        for pager in ("off", "", "no-such-pager"):
            shell = self.start(ISLET_PAGER=pager)
            self.assertIn("\n│ 200 │", shell.run(self.LONG))
            shell.close()

    @unittest.skipUnless(shutil.which("less"), "less is not installed")
    def test_less(self):
        shell = self.start(PAGER="less", LESS="RX")
        shell.send(self.LONG + "\n")
        shell.expect("│  36 │")
        shell.send("q")
        self.assertIn("200 rows", shell.expect(r"\n" + PROMPT))
        self.assertIn("│ 7 │", shell.run("RETURN 7 AS x;"))
        shell.close()


class Commands(Case):
    def test_history(self):
        shell = self.start()
        shell.run("RETURN 1 AS first;")
        shell.run("RETURN 2 AS second;")
        said = shell.run(":history second")
        self.assertIn("  RETURN 2 AS second;", said)
        self.assertNotIn("first", said)
        shell.close()

    def test_first_screen(self):
        shell = Shell(self.home)
        greeting = shell.expect(PROMPT)
        for part in ("Islet", "built-in knowledge base", "nodes", "Try\n", ":schema"):
            self.assertIn(part, greeting)
        # What it proposes works.
        tries = [re.split("  +", line.strip())[0] for line in greeting.split("Try\n")[1].split("\n")[:3]]
        self.assertEqual(len(tries), 3)
        shell.run(":set pager off")
        for line in tries:
            said = shell.run(line)
            self.assertNotIn("error", said)
            self.assertGreater(said.count("\n"), 5)
        shell.close()

    def test_nothing_of_the_current_directory_is_read(self):
        Path(self.home, ".editrc").write_text("")
        with tempfile.TemporaryDirectory() as folder:
            for name in (".editrc", ".isletrc", "history"):
                Path(folder, name).write_text("bind x em-kill-line\nRETURN 'unasked';\n")
            before = os.getcwd()
            os.chdir(folder)
            try:
                shell = self.start()
                self.assertIn("│ x │", shell.run("RETURN 'x' AS x;"))
                self.assertNotIn("unasked", shell.text)
                shell.close()
            finally:
                os.chdir(before)


class Files(Case):
    def test_results_go_to_files_and_come_back(self):
        shell = self.start()
        out, once = Path(self.home, "all.csv"), Path(self.home, "one.json")
        shell.run(f":output {out}")
        self.assertNotIn("│ 1 │", shell.run("RETURN 1 AS x;"))
        shell.run(f":once {once}")
        shell.run("RETURN 2 AS x;")
        shell.run("RETURN 3 AS x;")
        shell.run(":output")
        self.assertIn("│ 4 │", shell.run("RETURN 4 AS x;"))
        self.assertEqual(out.read_text().split(), ["x", "1", "x", "3"])
        self.assertIn('"x":2', once.read_text().replace(" ", ""))
        self.assertEqual(shell.close(), 0)

    def test_a_file_that_is_not_there(self):
        shell = self.start()
        self.assertIn("error", shell.run(f":read {self.home}/nothing"))
        self.assertIn("│ 5 │", shell.run("RETURN 5 AS x;"))
        self.assertEqual(shell.close(), 0)


class Help(Case):
    def test_of_commands_functions_and_topics(self):
        shell = self.start()
        shell.run(":set pager off")
        self.assertIn("islet export --around", shell.run(":help export"))
        self.assertIn("islet capsule verify", shell.run(":help capsule"))
        self.assertIn("substring(text, start[, length])", shell.run(":help substring"))
        self.assertIn("did you mean 'keys'", shell.run(":help kes"))
        self.assertEqual(shell.close(), 0)


class Window(Case):
    QUERY = ("MATCH (d:Drug) RETURN d.name AS drug, 'a text that is too long for the window, so it goes on' AS text "
             "ORDER BY drug LIMIT 3;")

    def box(self, shell):
        return [line for line in shell.run(self.QUERY).split("\n") if line.startswith(("┌", "│", "├", "└"))]

    def test_a_line_that_wraps_outlives_a_resize(self):
        shell = Shell(self.home, columns=60)
        shell.expect(PROMPT)
        begun = "RETURN 'a text that is longer than the window is wide, so that the line wraps' AS text,"
        shell.send(begun)
        shell.expect("wraps'")
        for columns in (44, 90):
            shell.resize(columns)
            time.sleep(0.2)
        shell.send(" 77 AS number;\n")
        self.assertIn("│ 77", shell.expect(r"rows?,.*\n" + PROMPT).replace("     ", " "))
        self.assertEqual(shell.close(), 0)

    def test_tables_fit_and_follow_the_window(self):
        shell = Shell(self.home, columns=60)
        shell.expect(PROMPT)
        for columns in (60, 44):
            shell.resize(columns)
            box = self.box(shell)
            self.assertEqual({len(line) for line in box}, {columns})
            self.assertIn("goes on", " ".join(line for line in box))
        shell.run(":set wrap off")
        box = self.box(shell)
        self.assertEqual((len(box), {len(line) for line in box}), (7, {44}))
        self.assertIn("…", box[3])
        shell.close()

    def test_what_does_not_fit_is_vertical(self):
        shell = Shell(self.home, columns=32)
        shell.expect(PROMPT)
        query = "UNWIND [1, 2] AS x RETURN x AS first, 'longer' AS second, 'longer' AS third, 'longer' AS fourth;"
        self.assertIn("── row 2 ──", shell.run(query))
        shell.resize(100)
        self.assertNotIn("row 2", shell.run(query))
        shell.close()


if __name__ == "__main__":
    unittest.main()
