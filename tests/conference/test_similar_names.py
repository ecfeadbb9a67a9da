"""Names that may mean the same, and names that do not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conference.similar.names import distance, same_organisation, same_person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Anna", "Müller"), ("Anna", "Müller")),
        (("Anna", "Müller"), ("Anna", "Mueller")),
        (("Anna", "Müller"), ("Anna", "Muller")),
        (("anna", "MÜLLER"), ("Anna", "Müller")),
        (("Ana", "Müler"), ("Anna", "Müller")),
        (("Jörg", "Groß"), ("Joerg", "Gross")),
        (("Thomas", "Schmidt"), ("Tomas", "Schmitt")),
        (("Stefan", "Meyer"), ("Stephan", "Meier")),
        (("Christoph", "Wagenknecht"), ("Kristof", "Wagenkencht")),
        (("A.", "Müller"), ("Anna", "Müller")),
        (("", "Müller"), ("Anna", "Müller")),
        (("Müller", "Anna"), ("Anna", "Müller")),
        (("Dr. Anna", "Müller"), ("Anna", "Müller")),
        (("Prof. Dr. h. c. Anna", "Müller"), ("Anna", "Müller")),
        (("Anna", "Müller-Schmidt"), ("Anna", "Müller")),
        (("Hans-Peter", "Weber"), ("Hans", "Weber")),
        (("Hans Peter", "Weber"), ("Hanspeter", "Weber")),
        (("Ursula", "von der Leyen"), ("Ursula", "Leyen")),
        (("René", "Çelik"), ("Rene", "Celik")),
    ],
)
def test_the_same_person(one, other):
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Anna", "Müller"), ("Bernd", "Müller")),
        (("Anna", "Müller"), ("Anna", "Schulze")),
        (("B.", "Müller"), ("Anna", "Müller")),
        (("Jan", "Roth"), ("Jan", "Lohse")),
        (("Kai", "Au"), ("Kai", "Ott")),
        (("Anna", ""), ("Anna", "Müller")),
        (("", ""), ("Anna", "Müller")),
        (("Ida", "Weber"), ("Ute", "Weber")),
    ],
)
def test_another_person(one, other):
    assert not same_person(one, other)


def test_other_spellings_of_a_person_count():
    assert same_person(("Anna", "Schulze"), ("Anna", "Müller"), ["Anna Schulze", ""])
    assert same_person(("Anna", "Schulze"), ("Anna", "Müller"), ["Schulze, Anna"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wuppertal Institut", "Wuppertal-Institut"),
        ("Wuppertal Institut", "Wupertal Institut"),
        ("Wuppertal Institut gGmbH", "Wuppertal Institut"),
        ("Landkreis Nienburg", "Landkreis Nienburg/Weser"),
        ("Universität Göttingen", "Universitaet Goettingen"),
        ("Institut Wuppertal", "Wuppertal Institut"),
        ("Verein Dorf e. V.", "Verein Dorf e.V."),
        ("Hochschule für Technik Stuttgart", "Hochschule Technik Stuttgart"),
    ],
)
def test_the_same_organisation(one, other):
    assert same_organisation(one, [other])
    assert same_organisation(other, ["Etwas ganz anderes", other])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Stadt Kassel", "Stadt Hagen"),
        ("Landkreis Nienburg", "Landkreis Diepholz"),
        ("BMBF", "BMWK"),
        ("Ifeu", "Ifls"),
        ("", "Stadt Kassel"),
        ("GmbH", "AG"),
        ("Universität Kassel", "Universität Bremen"),
    ],
)
def test_another_organisation(one, other):
    assert not same_organisation(one, [other])


def test_short_names_must_be_the_same():
    assert same_organisation("bmbf", ["Bundesministerium für Bildung", "BMBF"])


@pytest.mark.parametrize(
    ("one", "other", "letters"),
    [("", "", 0), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abc", "xbc", 1), ("abcd", "badc", 2)],
)
def test_distance_counts_letters(one, other, letters):
    assert distance(one, other, 2) == distance(other, one, 2) == letters


@settings(deadline=None)
@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
def test_distance_is_what_its_definition_says(one, other):
    assert distance(one, other, 9) == _by_definition(one, other)
    assert distance(one, other, 2) == min(3, _by_definition(one, other))


def _by_definition(one, other):
    if not one or not other:
        return len(one) + len(other)
    ways = [
        _by_definition(one[:-1], other) + 1,
        _by_definition(one, other[:-1]) + 1,
        _by_definition(one[:-1], other[:-1]) + (one[-1] != other[-1]),
    ]
    if len(one) > 1 and len(other) > 1 and one[-1] == other[-2] and one[-2] == other[-1]:
        ways.append(_by_definition(one[:-2], other[:-2]) + 1)
    return min(ways)


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_typed_is_compared(one, other):
    assert same_person((one, other), (one, other)) in (True, False)
    assert same_organisation(one, [other]) == same_organisation(other, [one]) or not (one.strip() and other.strip())
