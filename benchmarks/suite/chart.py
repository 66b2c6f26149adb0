"""A picture of a run: a line for each query, a mark for each engine, time on a logarithmic axis."""
import math
from html import escape

from .engines import TITLES

COLOURS = {"islet": "#0b6e4f", "floor": "#9a9a9a", "duckdb": "#d98e04", "ladybug": "#c8324b", "networkx": "#4a6fa5"}
LEFT, WIDTH, ROW, TOP = 190, 620, 17, 58


def _mark(engine, x, y):
    colour = COLOURS[engine]
    if engine == "floor":
        return f'<path d="M{x:.1f} {y - 5}v10" stroke="{colour}" stroke-width="2.5"/>'
    radius = 5 if engine == "islet" else 4
    return f'<circle cx="{x:.1f}" cy="{y}" r="{radius}" fill="{colour}" fill-opacity="0.9"/>'


def dots(result):
    """SVG text for a result of benchmarks/compare, one thread. A triangle at the right edge is a time-out."""
    rows = result["queries"]
    low, high = -4, 5  # 100 ns to 100 s
    height = TOP + ROW * len(rows) + 30

    def x_of(ms):
        return LEFT + WIDTH * (min(max(math.log10(ms), low), high) - low) / (high - low)

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 30}" height="{height}" '
           f'font-family="Helvetica, Arial, sans-serif" font-size="11">',
           '<rect width="100%" height="100%" fill="white"/>',
           f'<text x="{LEFT}" y="18" font-size="14" font-weight="bold">{escape(result["title"])}: time of a query, one thread</text>']
    x = LEFT
    for engine, title in TITLES.items():
        out.append(_mark(engine, x + 5, 34) + f'<text x="{x + 14}" y="38">{title}</text>')
        x += 90
    for power in range(low, high + 1):
        label = {-4: "100 ns", -3: "1 µs", -2: "10 µs", -1: "100 µs", 0: "1 ms", 1: "10 ms", 2: "100 ms", 3: "1 s",
                 4: "10 s", 5: "100 s"}[power]
        x = x_of(10 ** power)
        out.append(f'<path d="M{x:.1f} {TOP - 6}V{height - 22}" stroke="#e4e4e4"/>'
                   f'<text x="{x:.1f}" y="{height - 8}" text-anchor="middle" fill="#666">{label}</text>')
    for i, row in enumerate(rows):
        y = TOP + ROW * i + 6
        out.append(f'<text x="{LEFT - 10}" y="{y + 4}" text-anchor="end">{escape(row["name"])}</text>')
        found = {engine: row["results"].get(f"{engine}/1", {}) for engine in COLOURS}
        marks = [x_of(r["median"]) for r in found.values() if "median" in r]
        if len(marks) > 1:
            out.append(f'<path d="M{min(marks):.1f} {y}H{max(marks):.1f}" stroke="#dcdcdc"/>')
        for engine in ("networkx", "ladybug", "duckdb", "floor", "islet"):
            if "median" in found[engine]:
                out.append(_mark(engine, x_of(found[engine]["median"]), y))
            elif "timeout" in found[engine]:
                x = LEFT + WIDTH + 8
                out.append(f'<path d="M{x} {y - 5}l9 5l-9 5z" fill="{COLOURS[engine]}"/>')
    out.append("</svg>")
    return "\n".join(out) + "\n"
