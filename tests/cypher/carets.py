#!/usr/bin/env python3
"""Whether every error code of query/ and parser/ has a case that shows the error with its caret.

Usage: carets.py SOURCE_FOLDER
"""
import re
import sys
from pathlib import Path

ROOT = Path(sys.argv[1])
# What no text of a single statement gives, or gives without a place in it.
ELSEWHERE = {
    "08001": "a file that cannot be opened", "25000": "COMMIT without BEGIN", "25006": "a read-only file",
    "25G01": "BEGIN twice", "25G02": "a statement with transactions of its own within one",
    "53200": "a limit of memory: query/session_test.cpp", "53100": "a full disk", "58030": "a file that fails",
    "54000": "a graph of more than 2^32 nodes", "57014": "a query that is cancelled", "57015": "a limit of time",
    "22032": "JSON that cannot be read", "40000": "a disk that fails", "40003": "a disk that fails",
    "22000": "what the command line and files are told",
}

raised = set()
for folder in ("query", "parser"):
    for path in (ROOT / folder).rglob("*.[ch]pp"):
        if not path.name.endswith("_test.cpp"):
            raised |= set(re.findall(r'"((?!0[0-3])[0-9][0-9A-Z]{4})"', path.read_text()))
shown, without = set(), []
for path in (ROOT / "tests/cypher").rglob("*.test"):
    for case in re.split(r"^case: ", path.read_text(), flags=re.M)[1:]:
        for block in re.findall(r"^error:\n((?:  .*\n?)+)", case, flags=re.M):
            code = re.match(r"  error (\w{5}):", block)
            if not code:
                continue
            lines = block.splitlines()
            caret = any(re.match(r"  +\| +\^", line) for line in lines)
            if caret:
                shown.add(code.group(1))
            elif code.group(1) != "22N90":  # a schema's rule, broken by what a whole statement wrote
                without.append(f"{path.relative_to(ROOT)}: {case.splitlines()[0]}: no caret")
for code in sorted(raised - shown - set(ELSEWHERE)):
    without.append(f"{code}: no case in tests/cypher shows where it points")
for line in without:
    print(line)
print(f"{len(raised & shown)} codes shown, {len(without)} faults")
sys.exit(bool(without))
