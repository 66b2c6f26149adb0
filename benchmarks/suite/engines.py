"""The engines, each a process of its own that answers a JSON object a line (see protocol.hpp)."""
import json
import os
import select
import shutil
import subprocess
import time

from . import data
from .data import BIN, ROOT

PEERS = ROOT / "build/benchmarks/peers"
HERE = ROOT / "benchmarks/peers"
TITLES = {"islet": "Islet", "floor": "floor", "duckdb": "DuckDB", "ladybug": "LadybugDB", "networkx": "NetworkX"}


def set_up_peers():
    """node_modules of exactly the versions in package-lock.json, in build/; false where there is no npm."""
    if not shutil.which("npm") or not shutil.which("node"):
        if os.geteuid() == 0 and shutil.which("apt-get"):
            subprocess.run(["apt-get", "install", "--yes", "--no-install-recommends", "nodejs", "npm"], check=False)
        if not shutil.which("npm") or not shutil.which("node"):
            return False
    PEERS.mkdir(parents=True, exist_ok=True)
    lock = (HERE / "package-lock.json").read_bytes()
    stamp = PEERS / "installed-lock.json"
    if not stamp.exists() or stamp.read_bytes() != lock:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, PEERS / name)
        quiet = ["--no-fund", "--no-audit", "--loglevel=error"]
        # A lock names the optional packages of the platform that wrote it: newer npm refuses `ci` with it, and
        # `install` takes the versions of package.json, which are exact.
        if subprocess.run(["npm", "ci", *quiet], cwd=PEERS, check=False, stderr=subprocess.DEVNULL).returncode != 0:
            subprocess.run(["npm", "install", "--no-save", *quiet], cwd=PEERS, check=True)
        # Newer npm runs no install scripts unasked; LadybugDB's copies its library into place.
        script = PEERS / "node_modules/@ladybugdb/core/install.js"
        if script.exists():
            subprocess.run(["node", script.name], cwd=script.parent, check=True, stdout=subprocess.DEVNULL)
        stamp.write_bytes(lock)
    for script in HERE.glob("*.mjs"):
        shutil.copy(script, PEERS / script.name)
    return True


class TimedOut(Exception):
    pass


class Failed(Exception):
    pass


class Engine:
    """Starts with the first request, and anew after a time-out."""

    def __init__(self, name, command, folder, setup=(), loads=False, extra_setup=()):
        self.name, self.command, self.folder = name, [str(c) for c in command], folder
        self.setup = [*extra_setup, *setup]
        self.loads = loads
        self.process = None
        self.load_ms = None
        self.threads = None

    def start(self):
        errors = open(ROOT / f"build/benchmarks/{self.name}.log", "ab")
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors)
        if self.loads:
            data.schema(self.folder)
            try:
                answer = self._send({"op": "load", "folder": str(self.folder), "setup": self.setup}, 1200)
            except Failed as error:
                self.stop()
                raise Failed(f"{self.name} cannot load: {error}") from error
            self.load_ms, self.load_cpu_ms = answer["ms"], answer["cpu_ms"]
        else:
            for text in self.setup:
                self._send({"op": "run", "name": "setup", "text": text, "parameters": {}, "minimum": 0, "maximum": 0,
                            "seconds": 0}, 1200)
        if self.threads:
            self._send({"op": "threads", "count": self.threads}, 60)

    def ask(self, request, timeout=600):
        if self.process is None:
            self.start()
        return self._send(request, timeout)

    def set_threads(self, count):
        self.threads = count
        self.ask({"op": "threads", "count": count})

    def stop(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def close(self):
        """Lets the engine end by itself, so that it leaves a whole file."""
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        self.process = None

    def _send(self, request, timeout):
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()
        until = time.monotonic() + timeout
        line = b""
        while not line.endswith(b"\n"):
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                self.stop()
                raise TimedOut(f"more than {timeout} s")
            part = os.read(self.process.stdout.fileno(), 1 << 20)
            if not part:
                self.stop()
                raise Failed(f"{self.name} ended; see build/benchmarks/{self.name}.log")
            line += part
        answer = json.loads(line)
        if "error" in answer:
            raise Failed(answer["error"])
        return answer


def make(name, folder, setup):
    """An engine by its name, on a prepared folder."""
    if name == "islet":
        return Engine(name, [BIN / "islet_engine", folder], folder, setup.get("islet", []))
    if name == "floor":
        return Engine(name, [BIN / "islet_floor", folder], folder)
    if name == "networkx":
        return Engine(name, ["/usr/bin/python3", HERE / "networkx_engine.py", folder], folder)
    if name == "duckdb":
        return Engine(name, ["node", PEERS / "duckdb_engine.mjs"], folder, setup.get("duckdb", []), loads=True,
                      extra_setup=_all_relationships(folder))
    if name == "ladybug":
        return Engine(name, ["node", PEERS / "ladybug_engine.mjs"], folder, setup.get("ladybug", []), loads=True)
    raise ValueError(f"no engine is called {name}")


def _all_relationships(folder):
    """DuckDB's table of all relationships with their types, for queries that name no type."""
    schema = data.schema(folder)
    kinds = sorted({rel["type"] for rel in schema["rels"]})
    union = " UNION ALL ".join(f"SELECT '{rel['type']}'::rel_type AS type, src, dst, weight FROM \"{rel['table']}\""
                               for rel in schema["rels"])
    return ["CREATE TYPE rel_type AS ENUM (" + ", ".join(f"'{kind}'" for kind in kinds) + ")",
            f"CREATE TABLE rels AS {union}"]
