"""Whole pages against the least a request costs here, a view that says "ok"."""

from benchmarks.prepare import client, report, times

PATHS = [
    ("Startseite", "/"),
    ("Veranstaltung", "/konferenzen/herbst-konferenz-2020/auftakt/"),
    ("134 Einrichtungen, seitenweise", "/einrichtungen/"),
    ("51 Mitwirkende", "/mitwirkende/"),
    ("30 Vorhaben mit Karte", "/vorhaben/"),
    ("Materialien", "/materialien/"),
    ("Sitemap", "/sitemap.xml"),
]


def measure():
    reader = client()

    def visit(path):
        def work():
            assert reader.get(path).status_code == 200

        return work

    least, *taken = times(visit("/health/live"), *(visit(path) for _label, path in PATHS))
    lines = [(label, time, f"{time / least:.0f}-mal „ok“") for (label, _path), time in zip(PATHS, taken, strict=True)]
    report("Seiten, ungecacht, in einem Prozess", ("„ok“ (/health/live)", least, ""), *lines)
