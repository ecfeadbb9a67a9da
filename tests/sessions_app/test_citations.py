"""Quotations in the forms authors need; each file form is parsed back."""

import datetime
import json
import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from sessions_app import citations
from sessions_app.citations import Citation, Kind, Voice

GRETA = Voice("Muster", "Greta", "Dr.", "Keynote", "Landrätin, Landkreis Muster & Söhne")
JAN = Voice("von der Heide", "Jan", role="Moderation")
DAY = {
    "event": "Innen entwickeln",
    "day": datetime.date(2020, 11, 17),
    "conference": "Herbst-Konferenz 2020",
    "key_question": "Was macht Kommunen innovativ?",
    "collection": "Dokumentation der Fördermaßnahme Kommunen innovativ",
    "license": "CC BY 4.0",
    "accessed": datetime.date(2026, 8, 3),
}
EVENT = Citation(
    kind=Kind.EVENT, title="Innen entwickeln", address="https://example.org/i/", duration_ms=5_320_000, **DAY
)
VIDEO = Citation(
    kind=Kind.VIDEO, title="Mitschnitt", address="https://example.org/videos/m/", duration_ms=5_320_000, **DAY
)
PASSAGE = Citation(
    kind=Kind.PASSAGE,
    title="Mitschnitt",
    address="https://example.org/videos/m/",
    people=[GRETA],
    duration_ms=5_320_000,
    start_ms=723_400,
    end_ms=849_600,
    words="Wir sagen „Ja“ zu 100 % Innenentwicklung.",
    **DAY,
)
CONTRIBUTION = Citation(
    kind=Kind.CONTRIBUTION, title="Was ist eine Brache?", address="https://example.org/i/#b", people=[GRETA, JAN], **DAY
)
ALL = [EVENT, VIDEO, PASSAGE, CONTRIBUTION]
HOSTILE = '100 % {offen & "frei"_#1 ~ ^ $5 \\ Größe}}\r\nER  - \r\nTY  - BOOK\n@book{x,'


def bibtex_fields(text):
    """A small reader that counts braces as BibTeX does, escaped ones too."""
    entry = re.fullmatch(r"@misc\{([a-z0-9-]+),\n(.*)\}\n", text, re.DOTALL)
    fields, rest = {}, entry[2]
    while rest.strip():
        name, rest = re.match(r"\s*([a-z]+) = \{(.*)", rest, re.DOTALL).groups()
        depth, at = 1, 0
        while depth:
            depth += {"{": 1, "}": -1}.get(rest[at], 0)
            at += 1
        fields[name], rest = rest[: at - 1], rest[at:].removeprefix(",\n")
    return fields


def untex(text):
    for command, sign in (
        (r"\textbraceleft{}", "\ue001"), (r"\textbraceright{}", "\ue002"), (r"\textasciitilde{}", "~"),
        (r"\textasciicircum{}", "^"), (r"\textquotedbl{}", '"'), (r"\textbackslash{}", "\ue003"),
    ):  # fmt: skip
        text = text.replace(command, sign)
    text = re.sub(r"\\([%&_#$])", r"\1", text).replace("{", "").replace("}", "")
    return text.translate({0xE001: "{", 0xE002: "}", 0xE003: "\\"})


def ris_tags(text):
    assert text.endswith("\r\nER  - \r\n")
    lines = text.split("\r\n")[:-2]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - [^\r\n]+", line) for line in lines)
    assert lines[0].startswith("TY  - ")
    return [(line[:2], line[6:]) for line in lines]


# ── Words ────────────────────────────────────────────────────────────────────────────────────
def test_an_event_in_words():
    assert citations.as_text(EVENT) == (
        "Innen entwickeln. Veranstaltung der Herbst-Konferenz 2020 „Was macht Kommunen innovativ?“, "
        "17.\u00a0November 2020. Videodokumentation, 88:40 Min. "
        "In: Dokumentation der Fördermaßnahme Kommunen innovativ. Lizenz: CC BY 4.0. "
        "Verfügbar unter: https://example.org/i/ [Zugriff am 3.\u00a0August 2026]"
    )


def test_a_passage_in_words():
    assert citations.as_text(PASSAGE) == (
        "„Wir sagen ‚Ja‘ zu 100 % Innenentwicklung.“ "
        "Muster, Greta (Keynote, Landrätin, Landkreis Muster & Söhne): Mitschnitt. "
        "Aufzeichnung von „Innen entwickeln“, Veranstaltung der Herbst-Konferenz 2020 „Was macht Kommunen innovativ?“, "
        "17.\u00a0November 2020. Videodokumentation, 88:40 Min., 12:03–14:10. "
        "In: Dokumentation der Fördermaßnahme Kommunen innovativ. Lizenz: CC BY 4.0. "
        "Verfügbar unter: https://example.org/videos/m/?t=723,850 [Zugriff am 3.\u00a0August 2026]"
    )


def test_a_contribution_in_words():
    text = citations.as_text(CONTRIBUTION)
    assert text.startswith(
        "Muster, Greta (Keynote, Landrätin, Landkreis Muster & Söhne); von der Heide, Jan (Moderation): "
        "Was ist eine Brache? Beitrag zu „Innen entwickeln“, Veranstaltung der Herbst-Konferenz 2020"
    )
    assert "Videodokumentation" not in text


def test_as_little_as_is_known():
    bare = Citation(kind=Kind.VIDEO, title="Film", address="https://example.org/?v=1", start_ms=0, end_ms=500)
    assert citations.as_text(bare) == (
        "Film. Aufzeichnung. Videodokumentation, 00:00–00:01. Verfügbar unter: https://example.org/?v=1&t=0,1"
    )
    other = Citation(kind=Kind.EVENT, title="Film", address="x", conference="Forum „Land“ 2021")
    assert "Veranstaltung, Forum „Land“ 2021." in citations.as_text(other)


@pytest.mark.parametrize("citation", ALL)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_form_exists_in_every_language(citation, language):
    with translation.override(language):
        for form in citations.FORMATS.values():
            assert citation.title in form.write(citation)


# ── Files ────────────────────────────────────────────────────────────────────────────────────
def test_bibtex_of_a_passage():
    text = citations.as_bibtex(PASSAGE)
    assert text.startswith("@misc{muster-2020-mitschnitt-t723,\n")
    assert bibtex_fields(text) == {
        "author": "Muster, Greta",
        "title": "{Mitschnitt}",
        "howpublished": "Video",
        "eventtitle": "Innen entwickeln",
        "eventdate": "2020-11-17",
        "booktitle": "Herbst-Konferenz 2020",
        "series": "Dokumentation der Fördermaßnahme Kommunen innovativ",
        "date": "2020-11-17",
        "year": "2020",
        "language": "de",
        "url": "https://example.org/videos/m/?t=723,850",
        "urldate": "2026-08-03",
        "note": (
            r"Dr. Greta Muster (Keynote, Landrätin, Landkreis Muster \& Söhne). Passage 12:03–14:10. "
            r"„Wir sagen ‚Ja‘ zu 100 \% Innenentwicklung.“ Lizenz: CC BY 4.0."
        ),
    }


def test_bibtex_names():
    people = [GRETA, JAN, Voice("Rock and Roll, Inc."), Voice("Band", "Rise and Shine")]
    fields = bibtex_fields(citations.as_bibtex(Citation(kind=Kind.EVENT, title="x", address="y", people=people)))
    assert fields["author"] == (
        "Muster, Greta and von der Heide, Jan and {Rock and Roll, Inc.} and Band, {Rise and Shine}"
    )


def test_ris_of_a_passage():
    assert ris_tags(citations.as_ris(PASSAGE)) == [
        ("TY", "VIDEO"),
        ("ID", "muster-2020-mitschnitt-t723"),
        ("A1", "Muster, Greta"),
        ("TI", "Mitschnitt"),
        ("T2", "Herbst-Konferenz 2020"),
        ("T3", "Dokumentation der Fördermaßnahme Kommunen innovativ"),
        ("C1", "Innen entwickeln"),
        ("M3", "Video"),
        ("PY", "2020"),
        ("DA", "2020/11/17/"),
        ("LA", "de"),
        ("UR", "https://example.org/videos/m/?t=723,850"),
        ("Y2", "2026/08/03/"),
        (
            "N1",
            "Dr. Greta Muster (Keynote, Landrätin, Landkreis Muster & Söhne). Passage 12:03–14:10. "
            "„Wir sagen ‚Ja‘ zu 100 % Innenentwicklung.“ Lizenz: CC BY 4.0.",
        ),
    ]


@pytest.mark.parametrize(
    ("citation", "ris", "csl"),
    [
        (EVENT, "VIDEO", "motion_picture"),
        (VIDEO, "VIDEO", "motion_picture"),
        (PASSAGE, "VIDEO", "motion_picture"),
        (CONTRIBUTION, "SLIDE", "speech"),
        (Citation(kind=Kind.EVENT, title="x", address="y"), "ELEC", "webpage"),
    ],
)
def test_types(citation, ris, csl):
    assert ris_tags(citations.as_ris(citation))[0] == ("TY", ris)
    assert citations.as_csl(citation)["type"] == csl


def test_csl_of_a_passage():
    (item,) = json.loads(citations.as_csl_json(PASSAGE))
    assert item == {
        "id": "muster-2020-mitschnitt-t723",
        "type": "motion_picture",
        "title": "Mitschnitt",
        "author": [{"family": "Muster", "given": "Greta"}],
        "container-title": "Herbst-Konferenz 2020",
        "collection-title": "Dokumentation der Fördermaßnahme Kommunen innovativ",
        "event-title": "Innen entwickeln",
        "event-date": {"date-parts": [[2020, 11, 17]]},
        "issued": {"date-parts": [[2020, 11, 17]]},
        "accessed": {"date-parts": [[2026, 8, 3]]},
        "medium": "Video",
        "language": "de",
        "URL": "https://example.org/videos/m/?t=723,850",
        "note": (
            "Dr. Greta Muster (Keynote, Landrätin, Landkreis Muster & Söhne). Passage 12:03–14:10. "
            "„Wir sagen ‚Ja‘ zu 100 % Innenentwicklung.“ Lizenz: CC BY 4.0."
        ),
    }


# ── Hostile ──────────────────────────────────────────────────────────────────────────────────
texts = st.one_of(st.just(HOSTILE), st.text(max_size=60))


@given(texts, texts, texts, texts)
def test_what_somebody_typed_stays_in_its_field(title, name, words, address):
    people = [Voice(name or "x", name, role=name, affiliation=words)]
    hostile = Citation(
        kind=Kind.PASSAGE, title=title, people=people, words=words, address=f"https://example.org/{address}",
        event=title, conference=name, key_question=words, collection=title, publisher=name, license=words,
        rights_holder=name, doi=address, start_ms=0, end_ms=1,
    )  # fmt: skip
    one_line = " ".join(re.split("[ \x00-\x1f\x7f\x85\u2028\u2029]+", title)).strip(" ")
    assert len(citations.as_text(hostile).splitlines()) == 1
    fields = bibtex_fields(citations.as_bibtex(hostile))
    assert untex(fields.get("title", "{}")[1:-1]) == one_line
    tags = ris_tags(citations.as_ris(hostile))
    assert [tag for tag, _value in tags].count("TY") == 1
    assert dict(tags).get("TI", "") == one_line
    (item,) = json.loads(citations.as_csl_json(hostile))
    assert item.get("title", "") == one_line
