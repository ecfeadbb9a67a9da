"""Chapters, typed or uploaded, and the files made of them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.transcripts import chapters
from sessions_app.transcripts.problems import TranscriptError

TYPED = """00:00 – Begrüßung
3:05 Was macht Kommunen innovativ?

[12:34] Fragen: 5 & mehr
(1:02:03)   Schluss
"""


def problems_of(read, *args):
    with pytest.raises(TranscriptError) as caught:
        read(*args)
    return [(problem.line, problem.sentence) for problem in caught.value.problems]


def test_lines_are_read():
    found = chapters.read_lines(TYPED.replace("\n", "\r\n"), 4_000_000)
    assert [(c.number, c.start_ms, c.end_ms, c.title, c.line) for c in found.chapters] == [
        (1, 0, 185_000, "Begrüßung", 1),
        (2, 185_000, 754_000, "Was macht Kommunen innovativ?", 2),
        (3, 754_000, 3_723_000, "Fragen: 5 & mehr", 4),
        (4, 3_723_000, 4_000_000, "Schluss", 5),
    ]
    assert found.warnings == ()


@pytest.mark.parametrize(
    "line",
    [
        "00:05 Titel",
        "0:05 - Titel",
        "00:05: Titel",
        "- 00:05 | Titel",
        "* 00:00:05 — Titel",
        "00:05\u00a0Titel",
        "00:05.\tTitel",
    ],
)
def test_ways_to_type(line):
    (chapter,) = chapters.read_lines(line).chapters
    assert (chapter.start_ms, chapter.title, chapter.end_ms) == (5000, "Titel", None)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", None, "kein einziges Kapitel"),
        ("Begrüßung", 1, "Zeit und ein Titel"),
        ("00:00 A\n\n12 B", 3, "Zeit und ein Titel"),
        ("00:00 A\n00:75 B", 2, "Zeit und ein Titel"),
        ("00:00 A\n-01:00 B", 2, "Reihenfolge|Zeit"),
        ("00:00", 1, "fehlt der Titel"),
        ("00:00 –", 1, "fehlt der Titel"),
        ("00:00 A\n00:00 B", 2, "schon das Kapitel von Zeile 1"),
        ("00:00 A\n02:00 B\n01:00 C", 3, "01:00 kommt nach 02:00"),
        ("00:00 A\n10:00 B", 2, "Ende des Videos (10:00)"),
        ("00:00 " + "x" * 201, 1, "200 Zeichen"),
        ("00:00 a\x00b", 1, "Steuerzeichen"),
        ("\n".join(f"00:{n // 60:02}:{n % 60:02} x{n}" for n in range(501)), 501, "500 Kapitel"),
        ("(" * 200_001, None, "zu viel Text"),
    ],
)
def test_a_mistake_is_told_with_its_line(text, line, words):
    if words == "Reihenfolge|Zeit":
        assert chapters.read_lines(text).chapters[1].start_ms == 60_000
        return
    found = problems_of(chapters.read_lines, text, 600_000)
    assert found[0][0] == line
    assert words in found[0][1]


def test_hints():
    found = chapters.read_lines("00:05 A\n00:10 A")
    assert [(problem.line, "00:00" in problem.sentence) for problem in found.warnings] == [(1, True), (2, False)]


@pytest.mark.parametrize(
    "text", ["1:" * 90_000, "0:0" * 60_000, "[" * 100_000, "00:00 " + " -" * 90_000, "9" * 100_000]
)
def test_lines_that_never_end_cost_one_pass(text):
    assert problems_of(chapters.read_lines, text)


@given(st.text(alphabet="0123:., -–[]()a\n", max_size=80))
def test_anything_is_taken_or_refused(text):
    try:
        found = chapters.read_lines(text)
    except TranscriptError as error:
        assert error.problems
    else:
        starts = [chapter.start_ms for chapter in found.chapters]
        assert starts == sorted(set(starts))


def test_written_lines_are_read_back():
    found = chapters.read_lines(TYPED, 4_000_000)
    assert chapters.to_lines(found.chapters) == (
        "00:00 Begrüßung\n03:05 Was macht Kommunen innovativ?\n12:34 Fragen: 5 & mehr\n1:02:03 Schluss\n"
    )
    again = chapters.read_lines(chapters.to_lines(found.chapters), 4_000_000)
    assert [(c.start_ms, c.title) for c in again.chapters] == [(c.start_ms, c.title) for c in found.chapters]


def test_webvtt_is_written_and_read_back():
    found = chapters.read_lines(TYPED)
    text = chapters.to_webvtt(found.chapters, 4_000_000)
    assert "00:12:34.000 --> 01:02:03.000\nFragen: 5 &amp; mehr\n" in text
    again = chapters.read_webvtt(text.encode(), 4_000_000)
    assert [(c.start_ms, c.end_ms, c.title) for c in again.chapters] == [
        (c.start_ms, c.end_ms, c.title) for c in chapters.with_ends(found.chapters, 4_000_000)
    ]
    assert chapters.to_webvtt(found.chapters).endswith("01:02:03.000 --> 01:02:13.000\nSchluss\n")


def test_webvtt_chapters_that_overlap_are_refused():
    text = "WEBVTT\n\n00:00.000 --> 00:09.000\nA\n\n00:05.000 --> 00:10.000\nB\n"
    assert [line for line, _sentence in problems_of(chapters.read_webvtt, text.encode())] == [6]
    text = "WEBVTT\n\n00:00.000 --> 00:09.000\nA\n\n00:09.000 --> 00:10.000\nB\n"
    assert problems_of(chapters.read_webvtt, text.encode(), 9000)[0][0] == 6


def test_podcast_chapters():
    found = chapters.read_lines("00:00 A\n00:01:30.5 B")
    data = json.loads(json.dumps(chapters.to_podcast(found.chapters, 100_000)))
    assert data == {
        "version": "1.2.0",
        "chapters": [
            {"startTime": 0.0, "title": "A", "endTime": 90.5},
            {"startTime": 90.5, "title": "B", "endTime": 100.0},
        ],
    }
