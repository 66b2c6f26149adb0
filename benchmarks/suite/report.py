"""docs/benchmarks.md and its charts, from the results of benchmarks/compare."""
import math

from . import chart
from .engines import TITLES

TARGETS = {"ladybug": 20, "duckdb": 8, "floor": 3}
MEASURABLE = 0.01  # ms: below this, a loop is faster than any call into an engine


def median(row, engine, threads=1):
    return row["results"].get(f"{engine}/{threads}", {}).get("median")


def at_least(row, engine, threads=1):
    """The median, or the limit of a query that did not end in time."""
    found = row["results"].get(f"{engine}/{threads}", {})
    return found.get("median", found.get("timeout"))


def ratios(result, engine, threads=1):
    """How much slower the engine is than Islet, for each query that both answered (the floor: how much slower Islet)."""
    found = []
    for row in result["queries"]:
        ours, theirs = at_least(row, "islet", threads), at_least(row, engine, threads)
        if engine == "floor":
            theirs = median(row, "floor", 1)
            if ours and theirs and theirs >= MEASURABLE:
                found.append(ours / theirs)
        elif ours and theirs and not ours == theirs:  # both timed out
            found.append(theirs / ours)
    return found


def geometric_mean(values):
    return math.exp(sum(map(math.log, values)) / len(values)) if values else None


def number(value):
    if value is None:
        return ""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def cell(row, engine, threads=1):
    found = row["results"].get(f"{engine}/{threads}", {})
    if "median" in found:
        return number(found["median"])
    return "time-out" if "timeout" in found else ""


def times(value):
    return "" if value is None else f"{number(value)} ×"


def slower_than_a_peer(result):
    """(ratio, query, peer) where a peer is faster, the worst first."""
    found = []
    for row in result["queries"]:
        ours = median(row, "islet")
        for peer in ("duckdb", "ladybug", "networkx"):
            theirs = median(row, peer)
            if peer == "networkx" and theirs and theirs < MEASURABLE:
                continue  # a look into a dictionary, no query
            if theirs and (ours is None or ours > theirs):
                found.append((math.inf if ours is None else ours / theirs, row["name"], TITLES[peer]))
    return sorted(found, reverse=True)


def table(result):
    lines = ["| query | kind | Islet | floor | DuckDB | LadybugDB | NetworkX | Islet / floor | DuckDB / Islet | LadybugDB / Islet |",
             "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|"]
    for row in result["queries"]:
        ours = median(row, "islet")
        floor, duckdb, ladybug = (median(row, engine) for engine in ("floor", "duckdb", "ladybug"))
        lines.append(" | ".join([
            f"| {row['name']}", row["kind"], *(cell(row, e) for e in ("islet", "floor", "duckdb", "ladybug", "networkx")),
            times(ours / floor if ours and floor and floor >= MEASURABLE else None),
            times(duckdb / ours if ours and duckdb else None),
            times(ladybug / ours if ours and ladybug else None)]) + " |")
    return lines


def summary(results):
    lines = ["| graph | threads | queries | DuckDB / Islet | LadybugDB / Islet | Islet / floor | a peer is faster in |",
             "|---|--:|--:|--:|--:|--:|--:|"]
    for result in results:
        counts = sorted({int(label.split("/")[1]) for row in result["queries"] for label in row["results"]})
        for threads in counts:
            slower = len({name for _, name, _ in slower_than_a_peer(result)}) if threads == 1 else ""
            lines.append(f"| {result['data']} | {threads} | {len(result['queries'])} | "
                         + " | ".join(times(geometric_mean(ratios(result, engine, threads)))
                                      for engine in ("duckdb", "ladybug", "floor")) + f" | {slower} |")
    lines += ["", f"Targets: {TARGETS['duckdb']} × DuckDB, {TARGETS['ladybug']} × LadybugDB, at most {TARGETS['floor']} × the "
              "floor, and no query in which a peer is faster. Geometric means; those of the floor over the queries whose "
              "loop takes at least 10 µs, one thread against one (with more threads: Islet's against the floor's one). A time-out counts as its limit."]
    return lines


def two_threads(result):
    lines = ["| query | Islet 1 | Islet 2 | DuckDB 1 | DuckDB 2 | LadybugDB 1 | LadybugDB 2 |", "|---|--:|--:|--:|--:|--:|--:|"]
    for row in result["queries"]:
        if (median(row, "islet") or 0) >= 1:
            lines.append(f"| {row['name']} | " + " | ".join(
                cell(row, engine, threads) for engine in ("islet", "duckdb", "ladybug") for threads in (1, 2)) + " |")
    return lines if len(lines) > 2 else []


AROUND = "## Around the queries"


def around(measured):
    """What is not a query, by its title: load, open, start, memory, growth."""
    sections = {}
    for title, rows in measured:
        sections[title] = ["| " + " | ".join(rows[0]) + " |", "|---" + "|--:" * (len(rows[0]) - 1) + "|"]
        sections[title] += ["| " + " | ".join(map(str, row)) + " |" for row in rows[1:]]
    return sections


def around_before(report):
    """The same of the report that is there: what this run did not measure stays as it was."""
    sections, title = {}, None
    if not report.exists() or AROUND not in report.read_text().splitlines():
        return sections
    lines = report.read_text().splitlines()
    for line in lines[lines.index(AROUND) + 1:]:
        if line.startswith("## "):
            break
        if line.startswith("### "):
            title = line[4:]
        elif title and line:
            sections.setdefault(title, []).append(line)
    return sections


def around_lines(sections):
    lines = ["", AROUND] if sections else []
    for title, table_lines in sections.items():
        lines += ["", f"### {title}", "", *table_lines]
    return lines


def update_around(report, measured):
    """Writes these tables into the report that is there, and leaves all else of it."""
    lines = report.read_text().splitlines()
    sections = around_before(report) | around(measured)
    headings = [i for i, line in enumerate(lines) if line.startswith("## ")]
    begin = next((i for i in headings if lines[i] == AROUND),
                 next((i for i in headings if lines[i].startswith("## What is missed")), len(lines)))
    end = next((i for i in headings if i > begin), len(lines)) if begin < len(lines) and lines[begin] == AROUND else begin
    rest = lines[end:]
    new = lines[:begin - 1 if begin and not lines[begin - 1] else begin] + around_lines(sections)
    report.write_text("\n".join(new + ([""] + rest if rest else [])) + "\n")


def write(folder, results, measured, machine, notes):
    lines = ["# Benchmarks", "",
             "Written by `benchmarks/compare`; do not edit. Times are milliseconds, warm medians of one run in which every "
             "engine has a process of its own and the queries go around the engines in turn; results are fetched whole and "
             "all answers agree. The *floor* is a loop over CSR arrays written in C++ for that one query, one thread, "
             "no engine around it ([`benchmarks/floor`](../benchmarks/floor)). The queries are data: "
             "[`benchmarks/queries`](../benchmarks/queries). Parameters are bound and statements prepared in all engines.",
             "", "## Machine, versions, commands", ""]
    lines += [f"- {key}: {value}" for key, value in machine.items()]
    for result in results:
        clock = {"wall": "wall clock", "cpu": "processor time of all threads of an engine"}[result["clock"]]
        runs = {}
        for engine, date in result["dates"].items():
            runs.setdefault(date, []).append(TITLES[engine])
        when = "; ".join(f"{', '.join(found)} {date.replace('T', ' ')}" for date, found in runs.items())
        lines.append(f"- {result['data']}: {clock}, load average at the end {result['load']:.1f}; measured: {when}")
    lines += ["", "## In short", "", *summary(results)]
    for result in results:
        slower = slower_than_a_peer(result)
        if slower:
            lines += ["", f"Where a peer is faster on {result['data']} (Islet's time over its): "
                      + ", ".join(f"{name} {'time-out' if ratio == math.inf else number(ratio) + ' ×'} ({peer})"
                                  for ratio, name, peer in slower) + "."]
    for result in results:
        picture = f"benchmarks-{result['data']}.svg"
        (folder / picture).write_text(chart.dots(result))
        lines += ["", f"## {result['title']}", "", f"![time of each query, by engine]({picture})", "", *table(result)]
        more = two_threads(result)
        if more and any(label.endswith("/2") for row in result["queries"] for label in row["results"]):
            lines += ["", "One thread and two, where Islet takes a millisecond or more:", "", *more]
    lines += around_lines(around_before(folder / "benchmarks.md") | around(measured))
    if notes:
        lines += ["", notes.strip()]
    (folder / "benchmarks.md").write_text("\n".join(lines) + "\n")
