"""What a page makes of differences: shortened and calmed, and not a word is lost."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference.editing.merging import word_changes
from conference.editing.showing import calmed, folded, narrowed
from conference.editing.snapshot import flatten
from conference.editing.words import changed_paths

TEXT = st.lists(st.sampled_from(["Stadt", "Land", " ", "  ", "\n", "und", "<b>", "viele " * 60, "."])).map("".join)


def joined(pieces, *kinds):
    return "".join(text for kind, text in pieces if kind in kinds)


@given(old=TEXT, new=TEXT)
def test_no_word_is_lost_on_the_way_to_the_page(old, new):
    pieces = word_changes(old, new)
    calm = calmed(pieces)
    for each in (pieces, calm):
        assert joined(each, "same", "gone") == old
        assert joined(each, "same", "new") == new
    assert [(p.kind, p.start + p.folded + p.end) for p in folded(calm)] == calm


def test_changes_side_by_side_are_one():
    pieces = word_changes("Wie war es gestern dort bei uns?", "Wie ist das gestern dort bei uns?")
    assert calmed(pieces)[:3] == [("same", "Wie "), ("gone", "war es"), ("new", "ist das")]


def test_a_text_that_is_all_different_is_shown_as_two():
    pieces = word_changes("Der Auftakt stellte die Frage.", "Eine Kurzfassung für die Vorschau.")
    assert calmed(pieces) == [
        ("gone", "Der Auftakt stellte die Frage."),
        ("new", "Eine Kurzfassung für die Vorschau."),
    ]


def _rows(dice, depth):
    return [
        {
            "uuid": str(n),
            "pk": dice.randrange(99),
            "fields": {"a": dice.randrange(2), "b": dice.randrange(2)},
            "links": {"c": [dice.randrange(2)]},
            "parts": {"rows": _rows(dice, depth - 1)} if depth else {},
        }
        for n in range(4)
        if dice.random() < 0.7
    ]


@pytest.mark.parametrize("seed", range(60))
def test_what_is_left_out_is_alike(seed):
    dice = random.Random(seed)
    one, other = ({"fields": {"a": dice.randrange(2)}, "links": {}, "parts": {"rows": _rows(dice, 1)}} for _ in "ab")
    short = narrowed(one, other)
    assert sorted(changed_paths(*map(flatten, short))) == sorted(changed_paths(flatten(one), flatten(other)))
