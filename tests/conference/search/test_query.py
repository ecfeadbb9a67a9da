"""What is found, on both databases alike: one table of queries and hits."""

import pytest
from django.test import Client

from conference.models import SearchDocument
from conference.search import rebuild_index
from conference.search.query import Problem
from tests import make
from tests.conference.search.pages import titles

pytestmark = pytest.mark.django_db

HITS = [
    # word forms
    ("Kommune", {"Häuser im Ort", "Kommunen handeln"}),
    ("Kommunen", {"Häuser im Ort", "Kommunen handeln"}),
    ("Haus", {"Häuser im Ort"}),
    ("Haeuser", {"Häuser im Ort"}),
    ("Ortskern", {"Kommunen handeln"}),
    # umlauts and ß
    ("Öffentlichkeit", {"Straßen"}),
    ("Oeffentlichkeit", {"Straßen"}),
    ("Offentlichkeit", {"Straßen"}),
    ("ÖFFENTLICHKEIT", {"Straßen"}),
    ("Strasse", {"Straßen"}),
    ("Straße", {"Straßen"}),
    ("Mueller", {"Bürger*innen"}),
    ("Muller", {"Bürger*innen"}),
    ("O\u0308ffentlichkeit", {"Straßen"}),
    # spellings of compounds
    ("KoDa eG", {"KoDa_eG", "Anderes"}),
    ("KoDa_eG", {"KoDa_eG", "Anderes"}),
    ("KoDaeG", {"KoDa_eG", "Anderes"}),
    ("koda eg", {"KoDa_eG", "Anderes"}),
    ("Bürgerinnen", {"Bürger*innen"}),
    ("BürgerInnen", {"Bürger*innen"}),
    ("Email", {"Bürger*innen"}),
    ("e-mail", {"Bürger*innen"}),
    ("Wuppertal Institut", {"Bürger*innen"}),
    ("Wuppertal-Institut", {"Bürger*innen"}),
    ("033l187a", {"Bürger*innen"}),
    ("Daseins Vorsorge", {"KoDa_eG"}),
    # words together, phrases, exclusions
    ("offene Daten", {"Straßen", "Kommunen handeln"}),
    ('"offene Daten"', {"Straßen"}),
    ("„offene Daten“", {"Straßen"}),
    ('"offene Daten', {"Straßen"}),
    ('"Daten offene"', set()),
    ('"wir sind"', {"Anderes"}),
    ("Daten -Leerstand", {"Kommunen handeln"}),
    ('Daten -"offene Daten"', {"Kommunen handeln"}),
    ("Kommune -handeln", {"Häuser im Ort"}),
    ("Kommune und die Häuser", {"Häuser im Ort"}),
    # the last word may be unfinished, others may not
    ("Leerst", {"Straßen", "Anderes"}),
    ("Leerst Daten", set()),
    ("Leerst* Daten", {"Straßen"}),
    ("Daten Leerst", {"Straßen"}),
    ("Entwicklun", {"Kommunen handeln"}),
    ("Genossenscha", {"KoDa_eG"}),
    ("Le", set()),
    # nothing
    ("Raumfahrt", set()),
    ("Kommune Raumfahrt", set()),
]


@pytest.mark.parametrize(("text", "expected"), HITS)
def test_search_finds_exactly(library, text, expected):
    assert set(titles(text)) == expected


def test_search_puts_a_title_before_a_passing_word(library):
    assert titles("Kommunen") == ["Kommunen handeln", "Häuser im Ort"]
    assert titles("KoDa eG") == ["KoDa_eG", "Anderes"]


def test_search_ranks_a_title_first_even_in_a_long_text():
    make.page("Lang: Brache", body=f"<p>{'Etwas ganz anderes. ' * 300}</p>")
    make.page("Kurz", body="<p>Brache, Brachen, Brache.</p>")
    rebuild_index()
    assert titles("Brache") == ["Lang: Brache", "Kurz"]


def test_phrase_does_not_reach_from_the_title_into_the_text():
    make.page("Offene", body="<p>Daten für alle</p>")
    rebuild_index()
    assert titles('"offene Daten"') == []
    assert titles("offene Daten") == ["Offene"]


HOSTILE = [
    ('"', Problem.NO_WORD),
    ("'", Problem.NO_WORD),
    ("\x00", Problem.EMPTY),
    ("   ", Problem.EMPTY),
    ("*", Problem.NO_WORD),
    ("-", Problem.NO_WORD),
    ("😀 🏛️", Problem.NO_WORD),
    ("& | ! <-> :* ()", Problem.NO_WORD),
    ("und der die", Problem.ONLY_STOP_WORDS),
    ("-Leerstand", Problem.ONLY_EXCLUSIONS),
    ("Haus\x00", None),
    ("AND OR NOT NEAR", None),
    ("NEAR(Haus, 2)", None),
    ("title:Haus text : x ^Haus {title} : Haus", None),
    ("Haus:* & !'x' <-> 'y'::tsquery", None),
    ("'; DROP TABLE conference_searchdocument; --", None),
    ('Haus"Haus"Haus""" - -- -"', None),
    ("%s %(x)s {0} \\ \\' $1 ?", None),
    ("½ ² ﬁ Ⅳ ǅ ß ẞ İ ſ", None),
    ("漢字 Киев ٣ हिन्दी", None),
    ("\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"), Problem.NO_WORD),
    ("x" * 10_000, None),
    ("Haus " * 2_000, None),
    ('"' * 10_000, Problem.NO_WORD),
    ("-Haus " * 2_000, Problem.ONLY_EXCLUSIONS),
    ("a-b_c*d:e/f.g&h+i" * 30, None),
]


@pytest.mark.parametrize(("text", "problem"), HOSTILE)
def test_search_answers_hostile_input(library, text, problem):
    response = Client().get("/suche/", {"q": text})
    assert response.status_code == 200
    assert response.context["results"].query.problem is problem
    assert SearchDocument.objects.count() == 6


SENTENCES = [
    ("", "Gesucht wird in Titeln"),
    ("😀", "kein Wort"),
    ("und der", "fast überall"),
    ("-Haus", "schließt nur Wörter aus"),
    ("Raumfahrt", "nichts gefunden"),
    ("Haus " * 200, "sehr lang"),
]


@pytest.mark.parametrize(("text", "sentence"), SENTENCES)
def test_search_says_in_a_sentence_why_there_is_nothing(library, text, sentence):
    assert sentence in Client().get("/suche/", {"q": text}).content.decode()


def test_search_escapes_what_was_typed_and_what_was_found():
    make.page("<script>alert(1)</script> Haus", summary="<img src=x onerror=alert(1)> Haus & Hof")
    rebuild_index()
    page = Client().get("/suche/", {"q": 'Haus "><script>'}).content.decode()
    assert "<script>alert" not in page
    assert '"><script>' not in page
    page = Client().get("/suche/", {"q": "Haus"}).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>Haus</mark>" in page
    assert "&lt;img src=x onerror=alert(1)&gt; <mark>Haus</mark> &amp; Hof" in page
