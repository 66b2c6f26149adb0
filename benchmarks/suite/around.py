"""What is not a query: load, open and first answer, process start, memory, growth with the graph."""
import contextlib
import json
import math
import os
import select
import shutil
import statistics
import subprocess
import time
from pathlib import Path

from . import engines
from .data import BIN, ROOT, prepare

FILES = ROOT / "build/benchmarks/files"


def run(command, env=None):
    """(seconds, seconds of processor time, peak bytes, stdout) of a process; stdout None where it failed."""
    start = time.perf_counter()
    process = subprocess.Popen([str(c) for c in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               stdin=subprocess.DEVNULL, env={**os.environ, **(env or {})})
    # Its rusage would hold the peak of this process too, from which it was forked: so ask while it runs.
    peak, out = 0, b""
    while True:
        if select.select([process.stdout], [], [], 0.002)[0]:
            part = os.read(process.stdout.fileno(), 1 << 16)
            out += part
            if not part:
                break
        with contextlib.suppress(OSError, StopIteration, ValueError):
            status = Path(f"/proc/{process.pid}/status").read_text().splitlines()
            peak = max(peak, int(next(line for line in status if line.startswith("VmHWM:")).split()[1]) * 1024)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    spent = time.perf_counter() - start
    return spent, usage.ru_utime + usage.ru_stime, peak, out.decode() if process.returncode == 0 else None


def typical(measure, repetitions):
    """Medians of what `measure` gives: a number, or several."""
    found = [measure() for _ in range(repetitions)]
    if isinstance(found[0], tuple):
        return tuple(statistics.median(column) for column in zip(*found))
    return statistics.median(found)


def mb(size):
    return "" if size is None else f"{size / 1e6:,.1f}"


def ms(seconds):
    return "" if seconds is None else f"{1000 * seconds:,.0f}" if seconds >= 0.1 else f"{1000 * seconds:.3g}"


def file_size(path):
    paths = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()] if path.exists() else []
    return sum(p.stat().st_size for p in paths) or None


def database(folder, engine):
    return FILES / f"{folder.name}.{ {'islet': 'islet', 'duckdb': 'duckdb', 'ladybug': 'lbug'}[engine]}"


def remove(path):
    for left in path.parent.glob(path.name + "*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()


def load(folder, repetitions, peers):
    """A row for each engine: seconds, peak memory, size of its file."""
    FILES.mkdir(parents=True, exist_ok=True)
    rows = [["loading the CSV", "ms", "processor ms", "peak memory MB", "file MB"]]

    def whole(title, command, file=None):
        def once():
            if file:
                remove(file)
            seconds, cpu, peak, out = run(command)
            return (seconds, cpu, peak) if out is not None else None

        first = once()
        if first:
            seconds, cpu, peak = typical(once, repetitions)
            rows.append([title, ms(seconds), ms(cpu), mb(peak), mb(file_size(file)) if file else ""])

    target = database(folder, "islet")
    whole("Islet, `islet import` into a file (the whole process)",
          [BIN / "islet", "import", folder / "nodes.csv", folder / "edges.csv", "-o", target], target)
    whole("Islet, into memory (the whole process)", [BIN / "islet_load", folder])
    whole("floor: into arrays, one thread (the whole process)", [BIN / "islet_floor", folder])
    for name in ("duckdb", "ladybug") if peers else ():
        def once(name=name):
            remove(database(folder, name))
            engine = engines.Engine(name, ["node", engines.PEERS / f"{name}_engine.mjs", database(folder, name)], folder,
                                    loads=True)
            engine.ask({"op": "threads", "count": os.cpu_count()})
            peak = engine.ask({"op": "memory"})["peak"]
            engine.close()
            return engine.load_ms / 1000, engine.load_cpu_ms / 1000, peak

        seconds, cpu, peak = typical(once, repetitions)
        rows.append([f"{engines.TITLES[name]}, into a file (from its first statement on)", ms(seconds), ms(cpu), mb(peak),
                     mb(file_size(database(folder, name)))])
    return rows


def make_files(folders):
    """Islet's file of each, where there is none."""
    FILES.mkdir(parents=True, exist_ok=True)
    for folder in folders:
        target = database(folder, "islet")
        if not target.exists():
            run([BIN / "islet", "import", folder / "nodes.csv", folder / "edges.csv", "-o", target])


def memory(folders):
    """Bytes a relationship: in memory with both directions, nodes and properties; in the file."""
    rows = [["bytes a relationship, nodes and properties included", "in memory", "in the file"]]
    for folder in folders:
        *_, out = run([BIN / "islet_load", folder])
        resident, relationships = int(out.split()[1]), int(out.split()[3])
        size = file_size(database(folder, "islet"))
        rows.append([folder.name, f"{resident / relationships:.1f}", f"{size / relationships:.1f}" if size else ""])
    return rows


def open_and_answer(folders, repetitions, peers):
    """From nothing to the first answer on a file, the page cache warm."""
    rows = [["open the file and answer one lookup", *(f"{folder.name}, ms" for folder in folders)]]
    text = "MATCH (g:Gene {id: 17}) RETURN g.name"
    whole, inside = ["Islet: the whole process"], ["Islet: from open to rows"]
    for folder in folders:
        file = database(folder, "islet")
        command = [BIN / "islet", "query", "--db", file, text]
        fine = file.exists() and run(command)[-1] is not None
        whole.append(ms(typical(lambda c=command: run(c)[0], repetitions)) if fine else "")
        probe = [BIN / "islet_open", file, text]
        fine = file.exists() and run(probe)[-1] is not None
        inside.append(f"{typical(lambda p=probe: float(run(p)[-1].split()[0]), repetitions):.3g}" if fine else "")
    rows += [whole, inside]
    if peers:
        for name, query in (("duckdb", "SELECT name FROM Gene WHERE id = 17"), ("ladybug", text)):
            row = [f"{engines.TITLES[name]}: from open to rows"]
            for folder in folders:
                file = database(folder, name)
                command = ["node", engines.PEERS / f"{name}_engine.mjs", file]
                env = {"FIRST_QUERY": query}
                fine = file.exists() and run(command, env)[-1] is not None
                row.append(f"{typical(lambda c=command: json.loads(run(c, env)[-1])['ms'], repetitions):.3g}" if fine else "")
            rows.append(row)
    return [row for row in rows if any(row[1:])]


def process_start(repetitions):
    rows = [["a process, start to end", "ms", "processor ms"]]
    commands = [("sqlite3, in memory: select 1", ["sqlite3", ":memory:", "select 1"]),
                ("islet query 'RETURN 1' on the built-in base", [BIN / "islet", "query", "RETURN 1"]),
                ("islet query 'MATCH (d:Drug) RETURN d.name'", [BIN / "islet", "query", "MATCH (d:Drug) RETURN d.name"]),
                ("islet ask 'targeted drugs for VHL-related pNET'",
                 [BIN / "islet", "ask", "targeted drugs for VHL-related pNET"])]
    for title, command in commands:
        if shutil.which(str(command[0])) and run(command)[-1] is not None:
            rows.append([title, *map(ms, typical(lambda c=command: run(c)[:2], repetitions))])
    return rows


def growth(small, large):
    """Queries whose time grows with the graph: exponent of Islet and of the floor between two results."""
    factor = math.log(large["relationships"] / small["relationships"])
    rows = [["query", "Islet ms", "Islet, ten times the graph", "exponent", "the floor's exponent"]]
    large_by_name = {row["name"]: row for row in large["queries"]}
    for row in small["queries"]:
        other = large_by_name.get(row["name"])
        values = [r["results"].get(f"{engine}/1", {}).get("median") if r else None
                  for engine in ("islet", "floor") for r in (row, other)]
        if values[0] and values[1]:
            exponents = [f"{math.log(b / a) / factor:.2f}" if a and b else "" for a, b in (values[:2], values[2:])]
            rows.append([row["name"], *(f"{v:,.0f}" if v >= 100 else f"{v:.3g}" for v in values[:2]), *exponents])
    return rows


def graph_folders(scale):
    return [prepare("hetionet", scale), prepare("hetionet", 10 * scale)]
