#!/usr/bin/env python3
"""The HTML page in a real browser: nothing is loaded from elsewhere, and people can search, click, fold and
use it from the keyboard alone.

Usage: page.py GOLDEN-FOLDER BUILD-FOLDER. Exit code 77 (skipped) where there is no Chromium.
"""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import browser

GOLDEN = Path(sys.argv.pop(1)).resolve()
BUILD = Path(sys.argv.pop(1))


def text(page, id):
    return page.evaluate(f"document.getElementById('{id}').innerText")


def hidden(page, id):
    return page.evaluate(f"document.getElementById('{id}').hidden")


def wheel_of(count):
    """A page of a hub with so many spokes, made from the golden one by its data alone."""
    page = (GOLDEN / "kinds.html").read_text()
    nodes = [{"title": f"node {i}", "named": True, "style": 0, "labels": ["Spoke"], "properties": {"place": i}}
             for i in range(count)]
    links = [[0, i, "TO", {}] for i in range(1, count)] + [[i, i // 2 + 1, "NEXT", {}] for i in range(1, count)]
    data = {"evidence": [], "styles": [["Spoke", "#4269d0", count]], "nodes": nodes, "links": links}
    begin = page.index('type="application/json">') + len('type="application/json">')
    return page[:begin] + json.dumps(data) + page[page.index("</script>", begin):]


class PageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = browser.Browser()
        cls.addClassCleanup(cls.browser.__exit__)
        cls.address = (GOLDEN / "kinds.html").as_uri()

    def open(self, address=None, **more):
        page = self.browser.open(address or self.address, **more)
        page.settle()
        self.addCleanup(page.close)
        return page

    def find(self, page, title):
        page.key("/")
        page.type(title)
        page.settle()
        page.key("Enter")

    def place(self, page, title):
        place = page.evaluate(f"islet.place(islet.find({json.dumps(title)}))")
        return place["x"], place["y"]

    def test_nothing_is_loaded_and_nothing_fails(self):
        page = self.open()
        self.assertEqual([url for url in page.requests() if not url.startswith("data:")], [self.address])
        self.assertEqual(page.failures(), [])
        self.assertEqual(page.evaluate("document.title"), "Every <kind> of value & more")
        self.assertIn("3 nodes, 5 relationships", text(page, "counts"))

    def test_values_are_what_they_were(self):
        page = self.open()
        data = json.loads(page.evaluate("document.getElementById('data').textContent"))
        expected = json.loads((GOLDEN / "kinds.json").read_text())
        for node in expected["nodes"]:  # scripts have no such integers
            for key in ("integer", "smallest"):
                if key in node["properties"]:
                    node["properties"][key] = str(node["properties"][key])
        self.assertEqual([(n["labels"], n["properties"]) for n in data["nodes"]],
                         [(n["labels"], n["properties"]) for n in expected["nodes"]])
        self.assertEqual([[f"n{a}", f"n{b}", t, p] for a, b, t, p in data["links"]],
                         [[e["source"], e["target"], e["type"], e["properties"]] for e in expected["links"]])

    def test_click_shows_details_with_sources(self):
        page = self.open()
        self.assertTrue(hidden(page, "details"))
        page.click(*self.place(page, "all"))
        self.assertEqual(page.evaluate("islet.selected()"), "all")
        details = text(page, "details")
        for part in ("Odd label", "9223372036854775807", "one, two", "2024-02-29", "REL", "2024 · lines 4, 6-8"):
            self.assertIn(part, details)
        page.key("Escape")
        self.assertTrue(hidden(page, "details"))

    def test_hover_shows_properties(self):
        page = self.open()
        page.move(*self.place(page, "all"))
        self.assertFalse(hidden(page, "tip"))
        self.assertIn("boolean", text(page, "tip"))
        page.move(2, 798)
        self.assertTrue(hidden(page, "tip"))

    def test_markup_in_values_is_text(self):
        page = self.open()
        page.evaluate("window.location.hash = ''")
        page.click(*self.place(page, page.evaluate("JSON.parse(document.getElementById('data').textContent).nodes[2].title")))
        self.assertIn("<b>&amp;</b> ]]> {x|y}", text(page, "details"))
        self.assertEqual(page.evaluate("document.querySelectorAll('#details b:not(.with b)').length"), 0)

    def test_keyboard_alone(self):
        page = self.open()
        page.key("/")
        self.assertEqual(page.evaluate("document.activeElement.id"), "query")
        page.type("NO SHAPE")  # in a property
        page.settle()
        self.assertIn("shape: no shape of Graphviz", text(page, "hits"))
        page.key("Enter")
        self.assertTrue(page.evaluate("islet.selected()").startswith("tabs"))
        self.assertTrue(hidden(page, "hits"))
        before = page.evaluate("islet.selected()")
        keys = ["ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"]
        others = set()
        for key in keys * 2:
            page.key(key)
            others.add(page.evaluate("islet.selected()"))
        self.assertGreater(len(others - {before}), 0)
        self.assertIn("relationship", text(page, "said"))
        page.key("?", "?")
        self.assertTrue(page.evaluate("document.getElementById('keys').open"))

    def test_search_finds_nothing(self):
        page = self.open()
        page.key("/")
        page.type("nowhere in it")
        page.settle()
        self.assertIn("Nothing", text(page, "hits"))

    def test_legend_hides_and_shows(self):
        page = self.open()
        page.evaluate("document.querySelector('#labels button').click()")
        page.settle()
        self.assertEqual(page.evaluate("islet.shown()"), 2)
        self.assertIn("2 of 3 nodes", text(page, "counts"))
        page.evaluate("document.querySelector('#labels button').click()")
        page.settle()
        self.assertEqual(page.evaluate("islet.shown()"), 3)

    def test_fold_and_unfold(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "wheel.html")
            path.write_text(wheel_of(40))
            page = self.open(path.as_uri())
            self.find(page, "node 30")
            page.key("o", "o")
            self.assertEqual(page.evaluate("islet.selected()"), "node 30")
            few = page.evaluate("islet.shown()")
            self.assertLess(few, 10)
            page.click(*self.place(page, "node 0"), count=2)
            self.assertEqual(page.evaluate("islet.shown()"), 40)
            self.find(page, "node 30")
            page.key("o", "o")
            self.assertEqual(page.evaluate("islet.shown()"), few)
            page.key("a", "a")
            self.assertEqual(page.evaluate("islet.shown()"), 40)

    def test_the_same_places_every_time(self):
        places = [self.open().evaluate("[0, 1, 2].map(islet.place)") for _ in range(2)]
        self.assertEqual(places[0], places[1])

    def test_light_and_dark(self):
        ground = "getComputedStyle(document.body).backgroundColor"
        dark = self.open(dark=True).evaluate(ground)
        page = self.open()
        light = page.evaluate(ground)
        self.assertNotEqual(light, dark)
        page.key("t", "t")
        self.assertEqual(page.evaluate(ground), dark)
        page.key("t", "t")
        self.assertEqual(page.evaluate(ground), light)

    def test_picture(self):
        path = BUILD / "kinds_page.png"
        self.open().picture(path)
        self.assertGreater(path.stat().st_size, 10_000)

    def test_thousands_of_nodes(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "wheel.html")
            path.write_text(wheel_of(3000))
            page = self.browser.open(path.as_uri(), calm=False)
            page.wait("document.body.dataset.state !== undefined", 60)
            page.evaluate("document.getElementById('query').focus()")
            page.type("node 2999")  # it answers while the picture still moves
            page.wait("document.getElementById('hits').innerText.includes('node 2999')", 60)
            self.assertEqual(page.failures(), [])


if __name__ == "__main__":
    if browser.PROGRAM is None:
        print("skipped: there is no Chromium (Debian: apt-get install chromium)")
        sys.exit(77)
    try:
        browser.Browser().__exit__()
    except (OSError, EOFError, subprocess.SubprocessError) as failure:
        print(f"skipped: Chromium does not start here: {failure}")
        sys.exit(77)
    unittest.main()
