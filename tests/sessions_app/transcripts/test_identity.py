"""Sentences keep their identity when a corrected caption file replaces the old one."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions_app.transcripts.cues import CueRecord
from sessions_app.transcripts.identity import KnownCue, keep_identity

WORDS = """
Kommunen Flächen Leerstand Daseinsvorsorge Allianzen Stadt Land Region Bürgermeisterin Verwaltung Vorhaben
Forschung gemeinsam entwickeln erproben planen bauen fragen zeigen bleiben wachsen schrumpfen neue alte innere
viele wenige die der das und oder aber wenn dann heute morgen hier dort wir Sie uns mit für von aus nach bei
zu im am Ort Ortskern Haus
"""
VOCABULARY = WORDS.split()


def sentences(count, seed=1, words=(4, 12)):
    """Cues of some seconds each, with some short ones that come again and again."""
    chance = random.Random(seed)
    cues, at = [], 0
    for number in range(count):
        length = chance.randrange(900, 6000)
        text = " ".join(chance.choices(VOCABULARY, k=chance.randint(*words)))
        if chance.random() < 0.05:
            text = chance.choice(["Ja.", "Genau.", "Danke.", "[Applaus]"])
        cues.append(KnownCue(f"c{number}", at, at + length, text))
        at += length + chance.choice([0, 0, 400])
    return cues


def corrected(text, share, chance):
    return " ".join("Berichtigung" if chance.random() < share else word for word in text.split())


def as_new(cues, shift=0):
    return [CueRecord(n, c.start_ms + shift, c.end_ms + shift, text=c.text) for n, c in enumerate(cues, 1)]


def test_the_same_file_changes_nothing():
    old = sentences(200)
    identity = keep_identity(old, as_new(old))
    assert identity.ids == tuple(cue.id for cue in old)
    assert (identity.merged, identity.lost) == ({}, ())


@pytest.mark.parametrize("shift", [0, 2000, -2000, 45_000, -45_000, 600_000])
@pytest.mark.parametrize("seed", range(5))
def test_shifted_with_a_tenth_of_the_words_corrected(shift, seed):
    """Must show 4: every old link still opens on the right sentence."""
    old, chance = sentences(400, seed), random.Random(seed)
    moved = [cue._replace(start_ms=cue.start_ms + 600_000, end_ms=cue.end_ms + 600_000) for cue in old]
    new = as_new([cue._replace(text=corrected(cue.text, 0.1, chance)) for cue in moved], shift)
    assert keep_identity(moved, new).ids == tuple(cue.id for cue in old)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_any_shift_and_any_correction_of_a_few_words(data):
    count = data.draw(st.integers(8, 40))
    old = sentences(count, data.draw(st.integers(0, 10**6)), words=(5, 12))
    shift = data.draw(st.integers(0, 30_000))
    chance = random.Random(data.draw(st.integers(0, 10**6)))
    texts = []
    for cue in old:
        words = cue.text.split()
        for at in chance.sample(range(len(words)), k=len(words) // 10 + (len(words) > 4 and chance.random() < 0.3)):
            words[at] = "Berichtigung"
        texts.append(" ".join(words))
    new = as_new([cue._replace(text=text) for cue, text in zip(old, texts, strict=True)], shift)
    assert keep_identity(old, new).ids == tuple(cue.id for cue in old)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_what_always_holds(data):
    """No id twice, none invented, all accounted for, and forwards in both files."""
    times = st.tuples(st.integers(0, 60_000), st.integers(1, 9000))
    texts = st.lists(st.sampled_from(VOCABULARY[:6]), max_size=4).map(" ".join)
    drawn = st.lists(st.tuples(times, texts), max_size=25)
    old = [KnownCue(n, start, start + length, text) for n, ((start, length), text) in enumerate(data.draw(drawn))]
    new = [CueRecord(n, start, start + length, text=text) for n, ((start, length), text) in enumerate(data.draw(drawn))]
    identity = keep_identity(old, new)
    kept = [known for known in identity.ids if known is not None]
    assert len(identity.ids) == len(new)
    assert sorted([*kept, *identity.merged, *identity.lost]) == [cue.id for cue in old]
    assert all(0 <= index < len(new) for index in identity.merged.values())
    in_time = sorted(range(len(new)), key=lambda index: (new[index].start_ms, index))
    order = sorted(range(len(old)), key=lambda index: old[index].start_ms)
    ranks = [order.index(identity.ids[index]) for index in in_time if identity.ids[index] is not None]
    assert ranks == sorted(ranks)


def test_insertions_and_deletions():
    old = sentences(100)
    new = as_new(old, 2000)
    added = CueRecord(0, new[50].start_ms - 1, new[50].start_ms, text="Ganz etwas anderes, nie zuvor gehört.")
    identity = keep_identity(old, [*new[:20], *new[25:50], added, *new[50:]])
    expected = [cue.id for cue in old]
    assert identity.ids == (*expected[:20], *expected[25:50], None, *expected[50:])
    assert identity.lost == tuple(expected[20:25])


def test_a_part_that_was_cut_out_moves_what_follows():
    old = sentences(100)
    gone = old[60].start_ms - old[40].start_ms
    new = [*as_new(old[:40]), *as_new(old[60:], -gone)]
    identity = keep_identity(old, new)
    assert identity.ids == tuple(cue.id for cue in [*old[:40], *old[60:]])
    assert identity.lost == tuple(cue.id for cue in old[40:60])


def test_a_sentence_that_is_split_stays_where_it_begins():
    old = [
        KnownCue(1, 0, 4000, "Guten Abend und herzlich willkommen in Nienburg"),
        KnownCue(2, 4000, 9000, "Heute sprechen wir über Leerstand und morgen über neue Allianzen"),
        KnownCue(3, 9000, 12_000, "Das Wort hat die Bürgermeisterin"),
    ]
    new = [
        CueRecord(1, 0, 4000, text=old[0].text),
        CueRecord(2, 4000, 6500, text="Heute sprechen wir über Leerstand"),
        CueRecord(3, 6500, 9000, text="und morgen über neue Allianzen"),
        CueRecord(4, 9000, 12_000, text=old[2].text),
    ]
    assert keep_identity(old, new).ids == (1, 2, None, 3)


def test_sentences_that_are_joined_both_lead_to_the_new_one():
    old = [
        KnownCue(1, 0, 4000, "Guten Abend und herzlich willkommen in Nienburg"),
        KnownCue(2, 4000, 6500, "Heute sprechen wir über Leerstand"),
        KnownCue(3, 6500, 9000, "und morgen über neue Allianzen"),
        KnownCue(4, 9000, 12_000, "Das Wort hat die Bürgermeisterin"),
    ]
    new = [
        CueRecord(1, 2000, 6000, text=old[0].text),
        CueRecord(2, 6000, 11_000, text="Heute sprechen wir über Leerstand und morgen über neue Allianzen"),
        CueRecord(3, 11_000, 14_000, text=old[3].text),
    ]
    identity = keep_identity(old, new)
    assert identity.ids == (1, 2, 4)
    assert (identity.merged, identity.lost) == ({3: 1}, ())


def test_the_same_word_again_and_again_is_told_apart_by_time():
    old = [KnownCue(n, n * 3000, n * 3000 + 1000, "Ja.") for n in range(50)]
    assert keep_identity(old, as_new(old, 20_000)).ids == tuple(range(50))


def test_another_text_keeps_nothing():
    old = [KnownCue(n, n * 5000, n * 5000 + 4000, "Quellwasser fließt bergab durch Täler") for n in range(5)]
    new = [CueRecord(n, n * 5000 + 1000, n * 5000 + 4500, text="Man kocht zum Abschied gern Suppe") for n in range(5)]
    assert keep_identity(old, new).ids == (None,) * 5


@pytest.mark.parametrize(("old", "new"), [([], []), ([], sentences(3)), (sentences(3), [])])
def test_empty_files(old, new):
    identity = keep_identity(old, as_new(new))
    assert identity.ids == (None,) * len(new)
    assert identity.lost == tuple(cue.id for cue in old)


def test_order_of_the_file_is_kept():
    old = sentences(20)
    new = as_new(old)
    assert keep_identity(old[::-1], new[::-1]).ids == tuple(cue.id for cue in old[::-1])


def test_thousands_of_cues_at_one_moment_are_compared_with_few():
    """Time is bounded by design: a cue is compared with a dozen others at most."""
    old = [KnownCue(n, 0, 1000, "Das Gleiche") for n in range(3000)]
    identity = keep_identity(old, [CueRecord(n, 0, 1000, text="Das Gleiche") for n in range(3000)])
    assert len(identity.ids) == 3000
