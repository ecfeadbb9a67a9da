"""What is said in 20,000 recordings of about 1,500 words, searched.

`python -m benchmarks.transcripts` on both databases, `… sqlite` or `… postgresql` on one.

BENCH_TRANSCRIPTS=4000 makes it smaller. Each database is a temporary one, filled with German-like text in which
words have their endings and a few are frequent, as in a language. The baseline is counting with LIKE, in the same run,
in a table that holds nothing but the transcripts, one in a row.
"""

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.spoken import RARE, fill, lexicon

ROOT = Path(__file__).resolve().parent.parent
TRANSCRIPTS = int(os.environ.get("BENCH_TRANSCRIPTS", "20000"))
ROUNDS = 3
WORDS_OF_A_CLASS = 6
FAST_ENOUGH = {"sqlite": (25, 100), "postgresql": (40, 150)}
NOT_THERE = ["Ortskernentwiklung", "Bürgermischnuz", "Stadtgestaltug Marktverwaltbahr", "Xylophonkonzert"]
# Recall is measured in these first transcripts.
COMPARED = 300


# ── Database ─────────────────────────────────────────────────────────────────────────────────
def sizes():
    """The text of the passages, and what the index takes beside it, in MB."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(length(text)), count(*) FROM conference_searchdocument WHERE part > 0")
        text, passages = cursor.fetchone()
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'conference_search_passages_fts%%'")
            index = cursor.fetchone()[0]
        else:
            cursor.execute(
                "SELECT pg_relation_size('conference_search_passages') + sum(pg_column_size(vector)) "
                "FROM conference_searchdocument"
            )
            index = cursor.fetchone()[0]
    return passages, text / 1e6, float(index) / 1e6


def write_plain():
    """The transcripts as somebody without a search would have them."""
    from django.db import connection

    joined = {"sqlite": "group_concat(text, ' ')", "postgresql": "string_agg(text, ' ' ORDER BY part)"}
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE plain_transcript (id integer PRIMARY KEY, text text NOT NULL)")
        cursor.execute(
            f"INSERT INTO plain_transcript SELECT object_id, {joined[connection.vendor]} "
            "FROM conference_searchdocument WHERE part > 0 GROUP BY object_id"
        )
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


# ── Measuring ────────────────────────────────────────────────────────────────────────────────
def ranked(text):
    """The twenty best hits with their sentences, neighbours and marks."""
    from conference.search.excerpts import Marker
    from conference.search.query import parse
    from conference.search.results import find, grouped
    from conference.search.spots import spoken_hits
    from conference.search.wall import Scope, visible

    query = parse(text)
    best = grouped(find(query, Scope()))[:20]
    things = visible(found.key for found in best)
    return spoken_hits({found.key: found.passages[:1] for found in best}, Marker.of(query.runs()), things)


def like(text):
    from django.db import connection

    operator = "LIKE" if connection.vendor == "sqlite" else "ILIKE"
    words = text.split()
    rule = " AND ".join([f"text {operator} %s"] * len(words))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM plain_transcript WHERE {rule}", [f"%{word}%" for word in words])
        return cursor.fetchone()[0]


def matching(text, limit=TRANSCRIPTS):
    """(video, part) of all passages that answer, whoever may see them."""
    from django.db import connection

    from conference.search.backends import backend
    from conference.search.query import parse

    expression = backend().render(parse(text).expression())
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT object_id, part FROM conference_search_passages_fts AS found "
                "JOIN conference_searchdocument AS d ON d.id = found.rowid "
                "WHERE conference_search_passages_fts MATCH %s AND object_id <= %s",
                [expression, limit],
            )
        else:
            cursor.execute(
                "SELECT object_id, part FROM conference_searchdocument WHERE part > 0 AND vector @@ %s::tsquery "
                "AND object_id <= %s",
                [expression, limit],
            )
        return {tuple(row) for row in cursor.fetchall()}


def classes(words):
    """Queries by how many transcripts have their words: rare, medium, common, and pairs."""
    sampled = [*(forms[0] for forms in words[:WORDS_OF_A_CLASS]), *RARE]
    sampled += [forms[0] for forms in words[WORDS_OF_A_CLASS :: len(words) // 100]]
    known = {word: len({video for video, _part in matching(word)}) for word in sampled}
    percent = TRANSCRIPTS / 100
    rare, medium, common, everywhere = (
        _some_of([word for word, hits in known.items() if least <= hits <= most])
        for least, most in (
            (3, 20),
            (2 * percent, 5 * percent),
            (12 * percent, 30 * percent),
            (90 * percent, TRANSCRIPTS),
        )
    )
    return {
        "selten": rare,
        "mittel": medium,
        "häufig": common,
        "zwei mittlere": _pairs(medium, medium[1:]),
        "zwei häufige": _pairs(common, common[1:]),
        "fast überall": everywhere,
        "zwei fast überall": _pairs(everywhere, everywhere[1:]),
    }


def _some_of(words):
    return words[:: max(1, len(words) // WORDS_OF_A_CLASS)][:WORDS_OF_A_CLASS]


def _pairs(ones, others):
    return [f"{one} {other}" for one, other in zip(ones, others, strict=False)]


def timed(work, *values):
    start = time.perf_counter()
    work(*values)
    return (time.perf_counter() - start) * 1000


def compare(vendor, queries):
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1")
    times_faster, page_limit = FAST_ENOUGH[vendor]
    print(f"{'':<18}{'20 Treffer p50':>15}{'p95':>8}{'LIKE p50':>10}{'Verhältnis':>12}{'Seite p50':>11}{'p95':>8}")
    for name, texts in queries.items():
        hits, pages, plain = [], [], []
        for place in range(ROUNDS + 1):
            for text in texts:
                page = timed(lambda text=text: client.get("/suche/", {"q": text}))
                hit = timed(ranked, text)
                base = timed(like, text) if place < 2 else None
                if place:
                    hits.append(hit)
                    pages.append(page)
                    plain += [base] if base else []
        p95 = [statistics.quantiles(each, n=20, method="inclusive")[-1] for each in (hits, pages)]
        ratio = statistics.median(plain) / statistics.median(hits)
        verdict = "" if ratio >= times_faster and p95[1] <= page_limit else "  ← zu langsam"
        print(
            f"{name:<18}{statistics.median(hits):>12.1f} ms{p95[0]:>8.1f}{statistics.median(plain):>10.0f}"
            f"{ratio:>11.0f}×{statistics.median(pages):>11.1f}{p95[1]:>8.1f}{verdict}",
            flush=True,
        )
    nothing = [timed(lambda text=text: client.get("/suche/", {"q": text})) for text in NOT_THERE * ROUNDS]
    print(f"{'nichts gefunden':<18}{'':>45}{statistics.median(nothing):>11.1f}{max(nothing):>8.1f}")
    print(f"Auslastung des Rechners dabei: {os.getloadavg()[0]:.1f}", flush=True)


def recall(vendor, words, folder):
    """What PostgreSQL's own `german` finds of inflected forms, and how much of it we find on both databases."""
    from django.db import connection

    forms = [form for forms in words[::80] for form in forms]
    ours = {form: matching(form, COMPARED) for form in forms}
    shared = Path(folder) / "found.json"
    if vendor == "sqlite":
        shared.write_text(json.dumps({form: sorted(found) for form, found in ours.items()}))
        return
    theirs = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE german AS SELECT object_id, part, to_tsvector('german', text) AS words "
            f"FROM conference_searchdocument WHERE part > 0 AND object_id <= {COMPARED}"
        )
        for form in forms:
            cursor.execute("SELECT object_id, part FROM german WHERE words @@ plainto_tsquery('german', %s)", [form])
            theirs[form] = {tuple(row) for row in cursor.fetchall()}
    known = {"postgresql": ours}
    if shared.exists():
        read = json.loads(shared.read_text())
        known["sqlite"] = {form: {tuple(each) for each in found} for form, found in read.items()}
    total = sum(map(len, theirs.values()))
    for name, found in known.items():
        both = sum(len(theirs[form] & found[form]) for form in forms)
        print(f"{len(forms)} Wortformen: `german` findet {total}, davon auf {name} gefunden {100 * both / total:.1f} %")


def measure_here(folder):
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from conference.search import rebuild_index

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    chance = random.Random(2020)
    words = lexicon(chance)
    start = time.perf_counter()
    fill(chance, words, TRANSCRIPTS)
    print(
        f"\n{connection.vendor}: {TRANSCRIPTS} Transkripte, erzeugt in {time.perf_counter() - start:.0f} s", flush=True
    )
    start = time.perf_counter()
    rebuild_index()
    took = time.perf_counter() - start
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    passages, text, index = sizes()
    print(f"Index in {took:.0f} s: {passages} Passagen, {text:.0f} MB Text, Index {index:.0f} MB", flush=True)
    write_plain()
    compare(connection.vendor, classes(words))
    recall(connection.vendor, words, folder)


def measure(vendors=("sqlite", "postgresql")):
    """Each database in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        own = [sys.executable, "-m", "benchmarks.transcripts", "--here", folder]
        settings = {
            "DATA_DIR": folder,
            "HTTPS_ONLY": "false",
            "DEBUG": "false",
            "DJANGO_SETTINGS_MODULE": "conference.settings",
        }
        settings["SECRET_KEY"] = "a key for measuring alone, gone when it is done"
        if "sqlite" in vendors:
            address = f"sqlite:///{folder}/transcripts.sqlite3"
            subprocess.run(own, check=True, cwd=ROOT, env=os.environ | settings | {"DATABASE_URL": address})
        if "postgresql" in vendors:
            if not shutil.which("pg_virtualenv"):
                print("PostgreSQL fehlt (apt-get install postgresql postgresql-common).")
                return
            relaxed = [f"-o{name}" for name in ("fsync=off", "synchronous_commit=off", "full_page_writes=off")]
            relaxed += ["-oshared_buffers=512MB", "-omax_wal_size=4GB", "-ojit=off"]
            variables = os.environ | settings | {"DATABASE_URL": "postgres:///postgres"}
            subprocess.run(["pg_virtualenv", "-t", *relaxed, *own], check=True, cwd=ROOT, env=variables)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--here"]:
        measure_here(sys.argv[2])
    else:
        measure(sys.argv[1:] or ("sqlite", "postgresql"))
