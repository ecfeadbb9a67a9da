"""The search against LIKE over the same words, both up to the rows a page shows."""

import random

from django.db.models import Q
from django.test import RequestFactory
from django.utils import timezone

from benchmarks.prepare import client, report, times
from conference.models import Material
from conference.publishing import Status
from conference.search import rebuild_index
from conference.search.results import SearchResults

DOCUMENTS, WORDS = 3_000, 1_500
# How many of a hundred texts hold the word.
SHARES = {"Kaltluftschneise": 0.2, "Brachflächenkataster": 5, "Leerstandsmanagement": 25}
STEMS = ["Stadt", "Land", "Gemeinde", "Fläche", "Quartier", "Wandel", "Ortskern", "Zukunft", "Dorf", "Region"]


def _fill():
    """Texts as long as an hour of talk, of ten thousand words, and the three that are asked for."""
    chance = random.Random(2020)
    vocabulary = [f"{chance.choice(STEMS)}{chance.choice(STEMS).lower()}{number}" for number in range(10_000)]
    published = {"status": Status.PUBLISHED, "published_at": timezone.now()}
    texts = []
    for number in range(DOCUMENTS):
        words = chance.choices(vocabulary, k=WORDS)
        words += [word for word, share in SHARES.items() if chance.random() * 100 < share]
        texts.append(
            Material(title=f"Bericht {number}", slug=f"bericht-{number}", summary=" ".join(words), **published)
        )
    Material.objects.bulk_create(texts, batch_size=500)
    rebuild_index()


def _like(word):
    found = Material.objects.published().filter(Q(title__icontains=word) | Q(summary__icontains=word))
    return found.count(), [material.summary for material in found[:20]]


def _indexed(word):
    results = SearchResults(RequestFactory().get("/suche/", {"q": word}))
    return results.total, results.hits, results.suggestions


def measure():
    _fill()
    for word, share in SHARES.items():
        page, indexed, like = times(
            lambda word=word: client().get("/suche/", {"q": word}),
            lambda word=word: _indexed(word),
            lambda word=word: _like(word),
        )
        report(
            f"Suche in {DOCUMENTS} Texten zu {WORDS} Wörtern: „{word}“ steht in {share} von 100",
            (
                "Index: gezählt, gereiht, mit Auszügen, alle Arten",
                indexed,
                f"{like / indexed:.1f}-mal so schnell wie LIKE",
            ),
            ("LIKE: gezählt und zwanzig geholt, eine Art", like, ""),
            ("die ganze Seite", page, ""),
        )
    Material.objects.filter(slug__startswith="bericht-").delete()
    rebuild_index()
