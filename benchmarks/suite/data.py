"""The graphs that the engines are measured on, prepared once in build/benchmarks/data.

A prepared folder has nodes.csv and edges.csv (see plain_graph.hpp), and for engines that want a table for each
label and type the same again as a file for each: tables/*.csv, listed in schema.json.
"""
import csv
import gzip
import json
import os
import subprocess
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "build/benchmarks/data"
BIN = ROOT / "build/release/bin"
SHARED = Path(os.environ.get("ISLET_SHARED", ROOT.parent / "shared"))


def prepare(name, scale=1.0, source=None):
    """The folder of a graph: `hetionet` or `social` made up at a scale, or `source`, a folder of nodes.csv[.gz]
    (id,label,name,…) and edges.csv[.gz] (src,dst,type,…)."""
    folder = DATA / (name if source else f"{name}-{scale:g}")
    if (folder / "ready").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    if source:
        _from_source(Path(source), folder)
    else:
        subprocess.run([BIN / "islet_shape_csv", name, str(scale), folder], check=True)
    (folder / "ready").touch()
    return folder


def relationship_count(folder):
    with open(folder / "edges.csv", "rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) - 1


def schema(folder):
    """What schema.json says; makes the tables where they are not there yet."""
    if not (folder / "schema.json").exists():
        _split(folder)
    return json.loads((folder / "schema.json").read_text())


def nodes(folder):
    """Rows of (id, tuple of labels, name, rank)."""
    with open(folder / "nodes.csv", newline="") as file:
        for row in csv.DictReader(file):
            yield int(row["id"]), tuple(row["label"].split(";")), row["name"], int(row["rank"])


def _open(source, name):
    plain = source / name
    return open(plain, newline="") if plain.exists() else gzip.open(f"{plain}.gz", "rt", newline="")


def _from_source(source, folder):
    """Numbers the nodes and gives a rank and a weight where there are none: hashes, the same every time."""
    numbers = {}
    with _open(source, "nodes.csv") as file, open(folder / "nodes.csv", "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["id", "label", "name", "rank"])
        for row in csv.DictReader(file):
            numbers[row["id"]] = len(numbers)
            rank = row.get("rank") or zlib.crc32(row["id"].encode()) % 1000
            writer.writerow([numbers[row["id"]], row["label"], row["name"], rank])
    seen = set()
    with _open(source, "edges.csv") as file, open(folder / "edges.csv", "w") as out:
        out.write("src,dst,type,weight\n")
        for row in csv.DictReader(file):
            edge = (numbers[row["src"]], numbers[row["dst"]], row["type"])
            if edge in seen:
                continue
            seen.add(edge)
            weight = row.get("weight") or zlib.crc32(f"{row['src']} {row['dst']}".encode()) % 100
            out.write(f"{edge[0]},{edge[1]},{edge[2]},{weight}\n")


def _split(folder):
    """A table for each first label; for each type, or for each pair of labels where a type has several."""
    tables = folder / "tables"
    tables.mkdir(exist_ok=True)
    label_of, labels, by_label = [], {}, {}
    for number, node_labels, name, rank in nodes(folder):
        label_of.append(node_labels[0])
        labels.setdefault(node_labels[0], node_labels)
        by_label.setdefault(node_labels[0], []).append((number, name, rank))
    by_type = {}
    with open(folder / "edges.csv") as file:
        next(file)
        for line in file:
            source, target, kind, weight = line.rstrip("\n").split(",")
            ends = (kind, label_of[int(source)], label_of[int(target)])
            by_type.setdefault(ends, []).append(f"{source},{target},{weight}\n")
    schema = {"nodes": [], "rels": []}
    for label, rows in by_label.items():
        with open(tables / f"{label}.csv", "w", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(["id", "name", "rank"])
            writer.writerows(rows)
        schema["nodes"].append({"table": label, "labels": labels[label], "file": f"tables/{label}.csv",
                                "count": len(rows)})
    kinds = [kind for kind, _, _ in by_type]
    for (kind, source, target), rows in by_type.items():
        table = kind if kinds.count(kind) == 1 else f"{source}_{kind}_{target}"
        with open(tables / f"{table}.csv", "w") as out:
            out.write("src,dst,weight\n")
            out.writelines(rows)
        schema["rels"].append({"table": table, "type": kind, "from": source, "to": target,
                               "file": f"tables/{table}.csv", "count": len(rows)})
    (folder / "schema.json").write_text(json.dumps(schema, indent=1))
