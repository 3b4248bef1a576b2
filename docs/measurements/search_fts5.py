#!/usr/bin/env python3
"""What a database index would cost: the terms of a generated catalogue in SQLite's FTS5, and the same questions.

    cargo xtask generate-catalog --products 100000
    python3 docs/measurements/search_fts5.py ~/.cache/jishi/catalog-100000/catalog.json

Needs nothing but Python with its own SQLite. Chinese texts are cut into characters and pairs beforehand, as Jishi's
index does, because FTS5's tokenizers know neither. Facets are counted for brand, tag and colour: one query each.
"""

import json
import os
import re
import sqlite3
import sys
import tempfile
import time

HAN = re.compile(r"[\u3400-\u9fff]+")
QUESTIONS = [
    ("tea*", "tea"),
    ("te*", "te, while typing"),
    ("walnut*", "walnut"),
    ("walnut* lamp*", "walnut lamp"),
    ('"茶壶"', "茶壶"),
    ('"茶"', "茶"),
]


def cut(text):
    pairs = []
    for run in HAN.findall(text):
        pairs += list(run) + [run[at : at + 2] for at in range(len(run) - 1)]
    return text + " " + " ".join(pairs)


def products(path):
    with open(path, encoding="utf-8") as file:
        next(file)
        for line in file:
            yield json.loads(line.strip().removesuffix("]}").rstrip(","))


def texts(product):
    parts = [product["title"], product["brand"], product["subtitle"], *product["tags"]]
    parts += [value["label"] for option in product["options"] for value in option["values"]]
    return cut(" ".join(part["zh"] + " " + part["en"] for part in parts) + " " + product["category"].replace("-", " "))


def build(db, path):
    db.executescript(
        "CREATE VIRTUAL TABLE text USING fts5(words, content='', prefix='2 3', tokenize='unicode61');"
        "CREATE TABLE value (facet TEXT, product INTEGER, name TEXT, PRIMARY KEY (product, facet, name)) WITHOUT ROWID;"
    )
    count = 0
    for count, product in enumerate(products(path), 1):
        db.execute("INSERT INTO text (rowid, words) VALUES (?, ?)", (count, texts(product)))
        rows = [("brand", count, product["brand"]["en"])] + [("tag", count, tag["en"]) for tag in product["tags"]]
        rows += [("colour", count, v["label"]["en"]) for o in product["options"] if o["key"] == "colour" for v in o["values"]]
        db.executemany("INSERT OR IGNORE INTO value VALUES (?, ?, ?)", rows)
    db.commit()
    return count


def ask(db, question):
    db.execute("SELECT rowid FROM text WHERE text MATCH ? ORDER BY rank LIMIT 24", (question,)).fetchall()
    return db.execute("SELECT count(*) FROM text WHERE text MATCH ?", (question,)).fetchone()[0]


def facets(db, question):
    for facet in ("brand", "tag", "colour"):
        db.execute(
            "SELECT name, count(*) FROM value WHERE facet = ? AND product IN (SELECT rowid FROM text WHERE text MATCH ?)"
            " GROUP BY name",
            (facet, question),
        ).fetchall()


def timed(work):
    times = []
    for _ in range(15):
        begun = time.perf_counter()
        result = work()
        times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    return result, times[len(times) // 2], times[-1]


def main(path):
    folder = tempfile.mkdtemp()
    db = sqlite3.connect(os.path.join(folder, "fts.db"))
    begun = time.perf_counter()
    count = build(db, path)
    size = os.path.getsize(os.path.join(folder, "fts.db")) // 1_000_000
    print(f"SQLite {sqlite3.sqlite_version}: {count} products, built in {time.perf_counter() - begun:.1f} s, {size} MB")
    for question, name in QUESTIONS:
        hits, half, most = timed(lambda: ask(db, question))
        _, facet_half, facet_most = timed(lambda: facets(db, question))
        print(f"  {name}: {hits} hits, page {half:.1f} ms (most {most:.1f}), three facets {facet_half:.1f} ms (most {facet_most:.1f})")


main(sys.argv[1])
