#!/usr/bin/python3
"""NetworkX as benchmarks/compare drives it: networkx_engine.py FOLDER, then the protocol of protocol.hpp.

It knows queries by their names: those that a user of NetworkX would write as a few lines of Python.
"""
import csv
import json
import resource
import sys
import time

import networkx as nx

QUERIES = {}


def query(function):
    QUERIES[function.__name__] = function
    return function


class Graphs:
    """A directed and an undirected graph for each type; nodes by label."""

    def __init__(self, folder):
        self.name, self.rank, self.labels, self.types, self.both = {}, {}, {}, {}, {}
        with open(f"{folder}/nodes.csv", newline="") as file:
            for row in csv.DictReader(file):
                node = int(row["id"])
                self.name[node] = row["name"]
                self.rank[node] = int(row["rank"])
                for label in row["label"].split(";"):
                    self.labels.setdefault(label, []).append(node)
        with open(f"{folder}/edges.csv") as file:
            next(file)
            edges = {}
            for line in file:
                source, target, kind, weight = line.rstrip("\n").split(",")
                edges.setdefault(kind, []).append((int(source), int(target), {"weight": int(weight)}))
        for kind, found in edges.items():
            self.types[kind] = nx.DiGraph(found)

    def out(self, kind, node):
        graph = self.types[kind]
        return graph.successors(node) if node in graph else ()

    def into(self, kind, node):
        graph = self.types[kind]
        return graph.predecessors(node) if node in graph else ()

    def undirected(self, kind):
        if kind not in self.both:
            self.both[kind] = self.types[kind].to_undirected()
        return self.both[kind]


@query
def count_label(g, p):
    return [[len(g.labels["Gene"])]]


@query
def point_lookup_id(g, p):
    return [[g.name[p["gene"]], g.rank[p["gene"]]]]


@query
def filter_rank(g, p):
    return [[n, g.rank[n]] for n in g.labels["Gene"] if 100 <= g.rank[n] < 105]


@query
def one_hop(g, p):
    return [[n, g.name[n]] for n in g.out("BINDS_CbG", p["compound"])]


@query
def two_hop_key(g, p):
    counts = {}
    for gene in g.out("ASSOCIATES_DaG", p["disease"]):
        for compound in g.into("BINDS_CbG", gene):
            counts[compound] = counts.get(compound, 0) + 1
    return [list(item) for item in counts.items()]


@query
def return_rows(g, p):
    return [[a, b, w] for a, b, w in g.types["BINDS_CbG"].edges(data="weight")]


@query
def metapath_top20(g, p):
    counts = {}
    for compound, gene in g.types["BINDS_CbG"].edges():
        for disease in g.into("ASSOCIATES_DaG", gene):
            counts[compound, disease] = counts.get((compound, disease), 0) + 1
    rows = sorted(([g.name[c], g.name[d], n] for (c, d), n in counts.items()), key=lambda r: (-r[2], r[0], r[1]))
    return rows[:20]


@query
def chain_two(g, p):
    participates = g.types["PARTICIPATES_GpBP"]
    return [[sum(n * participates.out_degree(gene) for gene, n in g.types["EXPRESSES_AeG"].in_degree()
                 if gene in participates)]]


@query
def degree_histogram(g, p):
    counts = {}
    for _, degree in g.types["REGULATES_GrG"].out_degree():
        if degree:
            counts[degree] = counts.get(degree, 0) + 1
    return [list(item) for item in counts.items()]


@query
def triangles_typed(g, p):
    counts = {}
    for compound, disease in g.types["TREATS_CtD"].edges():
        shared = set(g.out("ASSOCIATES_DaG", disease)) & set(g.out("BINDS_CbG", compound))
        if shared:
            counts[disease] = counts.get(disease, 0) + len(shared)
    return [[g.name[d], n] for d, n in counts.items()]


@query
def anti_join(g, p):
    binds, associates = g.types["BINDS_CbG"], g.types["ASSOCIATES_DaG"]
    return [[sum(1 for n in g.labels["Gene"] if n not in binds and n not in associates)]]


@query
def reach_three(g, p):
    found = nx.single_source_shortest_path_length(g.undirected("INTERACTS_GiG"), p["gene"], cutoff=3)
    return [[len(found) - 1]]


@query
def shortest_path(g, p):
    graph = g.undirected("INTERACTS_GiG")
    return [[nx.shortest_path_length(graph, p["gene"], p["far_gene"])]]


@query
def shortest_lengths(g, p):
    counts = {}
    for hops in nx.single_source_shortest_path_length(g.undirected("INTERACTS_GiG"), p["gene"], cutoff=5).values():
        if hops:
            counts[hops] = counts.get(hops, 0) + 1
    return [list(item) for item in counts.items()]


@query
def top_rank(g, p):
    return [[n, g.rank[n]] for n in sorted(g.labels["Gene"], key=lambda n: (-g.rank[n], n))[:10]]


@query
def string_contains(g, p):
    return [[sum("99" in g.name[n] for n in g.labels["Gene"])]]


@query
def edge_filter(g, p):
    heavy = [w for _, _, w in g.types["REGULATES_GrG"].edges(data="weight") if w >= 90]
    return [[len(heavy), sum(heavy)]]


def run(graphs, request):
    function = QUERIES.get(request["name"])
    if function is None:
        raise LookupError(f"no NetworkX for {request['name']}")
    rows = function(graphs, request["parameters"])
    times, cpu, spent = [], [], 0.0
    while len(times) < request["minimum"] or (len(times) < request["maximum"] and spent < request["seconds"]):
        before, start = time.process_time(), time.perf_counter()
        function(graphs, request["parameters"])
        times.append(1000 * (time.perf_counter() - start))
        cpu.append(1000 * (time.process_time() - before))
        spent += times[-1] / 1000
    return {"rows": rows, "count": len(rows), "ms": times, "cpu_ms": cpu}


def main():
    graphs = Graphs(sys.argv[1])
    for line in sys.stdin:
        request, answer = json.loads(line), {}
        try:
            if request["op"] == "run":
                answer = run(graphs, request)
            elif request["op"] == "version":
                answer = {"version": nx.__version__}
            elif request["op"] == "memory":
                peak = 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
                answer = {"resident": peak, "peak": peak}
        except Exception as error:  # the answer says what went wrong
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
