"""The search page's engine against LIKE over the same words."""

import random

from django.db.models import Q
from django.utils import timezone

from benchmarks.prepare import client, report, times
from conference.models import Page
from conference.publishing import Status
from conference.search import rebuild_index

DOCUMENTS, WORDS = 3_000, 400
STEMS = [
    "Stadt",
    "Land",
    "Leerstand",
    "Gemeinde",
    "Fläche",
    "Quartier",
    "Wandel",
    "Ortskern",
    "Zukunft",
    "Dorf",
    "Region",
]


def _fill():
    """Texts with a few common words and many rare ones, as language is."""
    chance = random.Random(2020)
    rare = [f"{chance.choice(STEMS)}{chance.choice(STEMS).lower()}{number}" for number in range(5_000)]
    pages = []
    for number in range(DOCUMENTS):
        words = [chance.choice(STEMS) if chance.random() < 0.4 else chance.choice(rare) for _word in range(WORDS)]
        published = {"status": Status.PUBLISHED, "published_at": timezone.now()}
        pages.append(Page(title=f"Bericht {number}", slug=f"bericht-{number}", body=" ".join(words), **published))
    Page.objects.bulk_create(pages, batch_size=500)
    rebuild_index()
    return rare[7]


def measure():
    rare = _fill()
    for label, word in (("ein seltenes Wort", rare), ("ein häufiges Wort", "Leerstand")):

        def like(word=word):
            found = Page.objects.published().filter(Q(title__icontains=word) | Q(body__icontains=word))
            return found.count(), [page.body for page in found[:20]]

        def indexed(word=word):
            assert client().get("/suche/", {"q": word}).status_code == 200

        page, plain = times(indexed, like)
        report(
            f"Suche in {DOCUMENTS} Texten zu {WORDS} Wörtern: {label}",
            ("die ganze Suchseite, über alle Arten", page, f"{plain / page:.1f}-mal so schnell wie LIKE"),
            ("LIKE allein: zählen und zwanzig holen, eine Art", plain, ""),
        )
    Page.objects.filter(slug__startswith="bericht-").delete()
    rebuild_index()
