"""Excerpts, marks and stems; no database."""

from concurrent.futures import ThreadPoolExecutor

from conference.search import analyser
from conference.search.excerpts import Marker, excerpt, highlight
from conference.search.query import parse


def test_excerpt_is_the_sentence_with_most_of_the_words():
    text = "Ein Haus. Nichts davon. Der Leerstand im Haus von Prof. Dr. Renn ist groß. Danach mehr.\nEnde"
    marker = Marker.of(parse("Haus Leerstand").runs())
    assert excerpt(text, marker) == (
        "Der <mark>Leerstand</mark> im <mark>Haus</mark> von Prof. Dr. Renn ist groß. Danach mehr. Ende"
    )


def test_excerpt_cuts_a_long_sentence_around_the_word():
    shown = excerpt(f"{'wort ' * 200}Leerstand{' wort' * 200}", Marker.of(parse("Leerstand").runs()))
    assert "<mark>Leerstand</mark>" in shown
    assert shown.startswith("… wort") and shown.endswith("wort …")
    assert len(shown) < 300


def test_highlight_marks_word_forms_and_spellings():
    def mark(text, query):
        return highlight(text, Marker.of(parse(query).runs()))

    assert mark("Häuser & Kommunen", "Haus Kommune") == "<mark>Häuser</mark> &amp; <mark>Kommunen</mark>"
    assert mark("KoDa eG und KoDa_eG", "kodaeg") == "<mark>KoDa eG</mark> und <mark>KoDa_eG</mark>"
    assert mark("Leerstandskataster", "Leerst") == "<mark>Leerstandskataster</mark>"


def test_stems_agree_from_several_threads():
    words = ["Kommunen", "Häuser", "Öffentlichkeit", "Entwicklungen", "Straßen", "Bürgerinnen"] * 200
    expected = [analyser.stem(word) for word in words]
    analyser.stem.cache_clear()
    analyser.fold.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        assert all(
            found == expected for found in pool.map(lambda _n: [analyser.stem(word) for word in words], range(16))
        )
