"""What each optimisation buys: every query with it switched off, over the same query with all of them on."""
import re
import statistics
import sys

from . import engines, queries
from .data import ROOT
from .report import geometric_mean, number

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
MATTERS = 1.15  # below, a difference is noise
LIMIT = 20      # seconds for a query with an optimisation off


def measure(graphs, args):
    """{switch: [(factor, query)]} over all graphs; a factor of None is a time-out. Processor time."""
    found = {}
    for _, folder, file in graphs:
        suite = queries.Suite(file, folder)
        engine = engines.make("islet", folder, suite.setup)
        engine.set_threads(1)
        names = engine.ask({"op": "switches"})["names"]
        asked = [(q["name"], suite.request(q, "islet", args.minimum, 30, args.seconds / 2)) for q in suite.queries
                 if not q["kind"].startswith("write")]
        on = {name: _time(engine, request) for name, request in asked}
        for switch in names:
            found.setdefault(switch, [])
            engine.ask({"op": "switch", "name": switch, "on": False})
            for name, request in asked:
                if on[name] is None:
                    continue
                off = _time(engine, request)
                if off is None:  # the engine was stopped; the next request starts a new one
                    engine.ask({"op": "switch", "name": switch, "on": False})
                found[switch].append((None if off is None else off / on[name], name))
            engine.ask({"op": "switch", "name": switch, "on": True})
            print(f"  {switch}", file=sys.stderr, flush=True)
        engine.stop()
    return found


def _time(engine, request):
    try:
        return statistics.median(engine.ask(request, LIMIT)["cpu_ms"])
    except engines.TimedOut:
        return None


def table(found):
    """The switches, those that buy most first, with what their comments in query/switches.hpp say."""
    comments = dict(re.findall(r"bool (\w+) =\s+\w+;\s*///< (.*)", (ROOT / "query/switches.hpp").read_text()))
    lines = ["| switch | what it does | queries it helps | slower without it, in geometric mean of these | most |",
             "|---|---|--:|--:|---|"]

    def helped(factors):
        return [(LIMIT if f is None else f, f, name) for f, name in factors if f is None or f >= MATTERS]

    order = sorted(found, key=lambda s: -sum(1 for _ in helped(found[s])))
    for switch in order:
        rows = sorted(helped(found[switch]), key=lambda row: (row[1] is not None, -row[0]))
        most = ", ".join(f"{name} {'time-out' if factor is None else number(factor) + ' ×'}" for _, factor, name in rows[:3])
        mean = geometric_mean([f for _, f, _ in rows if f])
        lines.append(f"| `{switch}` | {comments.get(switch, '')} | {len(rows)} of {len(found[switch])} | "
                     f"{number(mean) + ' ×' if mean else ''} | {most} |")
    return lines


def write(file, found):
    text = file.read_text()
    if BEGIN not in text or END not in text:
        raise SystemExit(f"{file} lacks the lines {BEGIN} and {END}")
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    file.write_text(before + "\n".join([BEGIN, *table(found), END]) + after)
