"""The queries of a file benchmarks/queries/*.toml, with its parameters found in a graph."""
import tomllib

from . import data


class Suite:
    def __init__(self, file, folder):
        with open(file, "rb") as text:
            content = tomllib.load(text)
        self.name = file.stem
        self.queries = content["query"]
        self.setup = content.get("setup", {})
        self.parameters = _find_parameters(content.get("parameters", {}), folder)
        known = set()
        for query in self.queries:
            if query["name"] in known:
                raise ValueError(f"{file}: two queries are called {query['name']}")
            known.add(query["name"])

    def text(self, query, engine):
        """What an engine is asked, or None where the file has nothing for it."""
        if engine in ("islet", "floor", "networkx"):
            return query.get("islet")
        if engine == "duckdb":
            return query.get("sql")
        return query.get(engine, query.get("islet"))

    def request(self, query, engine, minimum, maximum, seconds):
        text = self.text(query, engine)
        if not text:
            return None
        everything = " ".join([text, query.get("islet", ""), query.get("sql", "")])
        request = {"op": "run", "name": query["name"], "text": text, "minimum": minimum, "maximum": maximum,
                   "seconds": seconds,
                   "parameters": {k: v for k, v in self.parameters.items() if f"${k}" in everything}}
        for key in ("before", "after"):
            if key in query:
                request[key] = query[key].get(engine, [])
        if "each" in query:
            request["each"] = query["each"]
        return request


def _find_parameters(wanted, folder):
    by_label = {}
    for number, labels, name, _ in data.nodes(folder):
        for label in labels:
            by_label.setdefault(label, []).append((number, name))
    found = {}
    for key, want in wanted.items():
        if "value" in want:
            found[key] = want["value"]
            continue
        nodes = by_label[want["label"]]
        if "every" in want:
            found[key] = [number for number, _ in nodes[::want["every"]]]
            continue
        node = next((n for n in nodes if n[1] == want.get("name")), None) or nodes[want["at"] % len(nodes)]
        found[key] = node[1] if want.get("property") == "name" else node[0]
    return found
