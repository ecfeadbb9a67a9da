"""„Meinten Sie …?“"""

import pytest

from conference.search import rebuild_index
from conference.search.suggestions import distance
from tests import make
from tests.conference.search.pages import results

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leerstnad", "Leerstand"),
        ("Genossenschfat", "Genossenschaft"),
        ("Offentlichkiet", "Öffentlichkeit"),
        ("Komunen Entwiklung", "Kommunen Entwicklung"),
        ("Kommunen Entwiklung", "Kommunen Entwicklung"),
        ('"wir sind" Leerstandskatster', '"wir sind" Leerstandskataster'),
    ],
)
def test_search_suggests_a_word_that_is_there(library, text, expected):
    suggestions = results(text).suggestions
    assert suggestions[0] == expected
    assert results(suggestions[0]).total > 0


@pytest.mark.parametrize("text", ["Xylophonkonzert", "Häuser Raumfahrtbehörde", "Straßen Häuser"])
def test_search_suggests_nothing_where_nothing_is_near(library, text):
    assert results(text).suggestions == []


def test_suggestion_is_spelled_as_in_a_public_text():
    make.page("Brachflächen", status="draft")
    make.page("Brachfläche")
    rebuild_index()
    assert results("Brachfläcehn").suggestions == ["Brachfläche"]


@pytest.mark.parametrize("text", ["Huas", "Hasu", "Gatren", "Gaten", "Kommunn", "Xenossenschaft", "Genossenschafd"])
def test_a_word_with_one_mistake_is_near_wherever_that_is(text):
    make.page("Haus und Garten", body="<p>Eine Kommune, eine Genossenschaft.</p>")
    rebuild_index()
    assert len(results(text).suggestions) == 1


def test_distance_counts_letters_and_swaps():
    assert distance("leerstand", "leerstand", 2) == 0
    assert distance("leerstnad", "leerstand", 2) == 1
    assert distance("komune", "kommune", 2) == 1
    assert distance("haus", "maus", 1) == 1
    assert distance("haus", "kommune", 2) == 3
