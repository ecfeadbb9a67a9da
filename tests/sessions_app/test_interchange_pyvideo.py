"""pyvideo folders: every shape its fields come in, and what is written in the end."""

import io
import json
import zipfile
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sessions_app.interchange.programme import FileRefused, Link, Person, Programme, Recording, Talk
from sessions_app.interchange.pyvideo import read_pyvideo, write_pyvideo
from tests.programme_files import content, packed, sentences

VIDEO = {
    "title": "Wasser",
    "speakers": ["Ada Beispiel"],
    "description": "",
    "recorded": "2012-09-15",
    "videos": [{"type": "youtube", "url": "https://youtu.be/x"}],
}


def folder(category=None, others=None, **video) -> bytes:
    files = {"tagung/category.json": json.dumps(category or {"title": "Tagung"})}
    files["tagung/videos/wasser.json"] = json.dumps(VIDEO | video)
    return packed(files | (others or {}))


def one(**video) -> Talk:
    return read_pyvideo(folder(**video)).talks[0]


def written(programme: Programme, **options) -> dict[str, dict]:
    archive = zipfile.ZipFile(io.BytesIO(write_pyvideo(programme, **options)))
    return {name: json.loads(archive.read(name)) for name in archive.namelist()}


def test_links_come_as_addresses_or_with_a_label():
    talk = one(related_urls=["https://a.example/", {"label": "Folien", "url": "https://b.example/"}, {"url": None}])
    assert [(link.href, link.title) for link in talk.links] == [
        ("https://a.example/", ""),
        ("https://b.example/", "Folien"),
    ]
    again = written(read_pyvideo(folder(related_urls=["https://a.example/"])))["tagung/videos/wasser.json"]
    assert again["related_urls"] == ["https://a.example/"]


@pytest.mark.parametrize("empty", [None, "", []])
def test_nearly_every_field_may_be_missing_or_null(empty):
    names = ("speakers", "description", "duration", "language", "related_urls", "tags", "thumbnail_url", "summary")
    talk = one(**dict.fromkeys((*names, "copyright_text"), empty))
    assert (talk.people, talk.description, talk.recording_duration, talk.language) == ((), "", None, "")
    assert (talk.links, talk.tags, talk.logo, talk.abstract, talk.license) == ((), (), "", "", "")


def test_a_video_without_title_or_address_is_read_and_told():
    programme = read_pyvideo(folder(title=None, videos=None))
    assert programme.talks[0].title == "wasser"
    assert "videos/wasser.json: Ein Video hat keinen Titel" in sentences(programme)
    assert "videos/wasser.json: Das Video hat keine Adresse." in sentences(programme)


@pytest.mark.parametrize(
    ("given", "code", "back"), [("deu", "de", "deu"), ("jpn", "ja", "jpn"), ("en", "en", "en"), ("tlh", "tlh", "tlh")]
)
def test_languages(given, code, back):
    programme = read_pyvideo(folder(language=given))
    assert programme.talks[0].language == code
    assert written(programme)["tagung/videos/wasser.json"]["language"] == back


def test_a_recorded_moment_is_given_back_as_it_was():
    programme = read_pyvideo(folder(recorded="2012-09-15T10:30:00"))
    assert (programme.talks[0].recorded_on, programme.talks[0].day) == (date(2012, 9, 15), date(2012, 9, 15))
    assert written(programme)["tagung/videos/wasser.json"]["recorded"] == "2012-09-15T10:30:00"


def test_restructured_text_becomes_html_and_comes_back_as_it_was():
    text = (
        "Titel\n=====\n\nEin *schönes* und **starkes** `Wort <https://example.org/?a=1&b=2>`_ mit ``Code``.\n\n"
        "* eins\n* zwei\n\n1. a\n2. b\n\nSiehe hier_, oder `dort`_: https://example.org/x.\n\n.. _dort: https://dort.example/"
    )
    programme = read_pyvideo(folder(description=text))
    assert programme.talks[0].description == (
        "<h3>Titel</h3>"
        "<p>Ein <em>schönes</em> und <strong>starkes</strong> "
        '<a href="https://example.org/?a=1&amp;b=2">Wort</a> mit Code.</p>'
        "<ul><li><p>eins</p></li><li><p>zwei</p></li></ul><ol><li><p>a</p></li><li><p>b</p></li></ol>"
        '<p>Siehe hier_, oder <a href="https://dort.example/">dort</a>: '
        '<a href="https://example.org/x">https://example.org/x</a>.</p>'
    )
    assert written(programme)["tagung/videos/wasser.json"]["description"] == text


def test_markup_in_restructured_text_does_not_run():
    talk = one(description='`x <javascript:alert(1)>`_ & 1 < 2 `y <https://e.example/"onclick=1>`_')
    assert talk.description == ('<p>x &amp; 1 &lt; 2 <a href="https://e.example/&quot;onclick=1">y</a></p>')


def test_what_is_not_to_be_published_stays_out():
    others = {
        "tagung/NO_PUBLISH.json": '["wasser.json"]',
        "tagung/videos/wege.json": json.dumps(VIDEO | {"title": "Wege"}),
    }
    programme = read_pyvideo(folder(others=others))
    assert [talk.title for talk in programme.talks] == ["Wege"]
    assert "NO_PUBLISH.json: Diese Videos sollen nicht veröffentlicht werden" in sentences(programme)


def test_a_whole_folder_not_to_be_published_is_told():
    programme = read_pyvideo(folder(others={"tagung/NO_PUBLISH.json": ""}))
    assert "NO_PUBLISH.json: Diese Sammlung soll nicht veröffentlicht werden." in sentences(programme)


def test_other_keys_and_redirects_are_given_back():
    programme = read_pyvideo(folder(others={"tagung/redirects.txt": "a b\n"}, quality_notes="leise", mood="gut", id=7))
    archive = zipfile.ZipFile(io.BytesIO(write_pyvideo(programme, keep_unknown=True)))
    assert archive.read("tagung/redirects.txt") == b"a b\n"
    assert content(read_pyvideo(write_pyvideo(programme, keep_unknown=True))) == content(programme)
    known = written(read_pyvideo(folder(quality_notes="leise", mood="gut")))["tagung/videos/wasser.json"]
    assert (known["quality_notes"], "mood" in known) == ("leise", False)


def test_a_folder_without_category_is_called_like_itself():
    programme = read_pyvideo(packed({"tagung/videos/wasser.json": json.dumps(VIDEO), "__MACOSX/x.json": "{"}))
    assert (programme.key, programme.title, len(programme.talks)) == ("tagung", "tagung", 1)
    assert "category.json fehlt" in sentences(programme)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"a.txt": "x"}, "Hier liegt kein Video: Es fehlt der Ordner „videos“ mit JSON-Dateien."),
        ({"a/category.json": "{}", "b/category.json": "{}"}, "category.json: Hier liegen mehrere Sammlungen (a, b)"),
        ({"a/videos/x.json": "[1]"}, "videos/x.json: Hier wird ein JSON-Objekt erwartet."),
        ({"a/videos/x.json": '{\n"a" 1}'}, "videos/x.json, Zeile 2: Das ist kein gültiges JSON."),
        ({"a/category.json": "{", "a/videos/x.json": "{}"}, "category.json, Zeile 1: "),
        ({"a/../../videos/x.json": "{}"}, "a/../../videos/x.json: "),
    ],
)
def test_what_is_no_folder_is_refused_with_its_place(files, sentence):
    with pytest.raises(FileRefused) as refused:
        read_pyvideo(packed(files))
    assert str(refused.value).startswith(sentence)


# ── Out ──────────────────────────────────────────────────────────────────────────────────────
def _ours(**talk) -> Programme:
    given = {
        "guid": "1",
        "title": "Wege *neu* denken",
        "slug": "wege-neu-denken",
        "start": datetime(2020, 11, 4, 10, tzinfo=ZoneInfo("Europe/Berlin")),
        "language": "de",
        "description": "<h3>Fragen</h3><ul><li><p>Was | wie?</p></li><li>Wer_ ?</li></ul><p><strong>Ja</strong> "
        '<a href="https://example.org/">hier</a></p>',
        "abstract": "<p>Kurz &amp; gut</p>",
        "license": "CC-BY-4.0",
        "people": (Person(name="Ada Beispiel"), Person(name="Ada Beispiel")),
        "links": (Link(href="https://example.org/a", title="Folien", is_file=True), Link(href="https://example.org/b")),
        "recordings": (Recording(url="https://example.org/a.mp4", kind="mp4", size=5),),
        "recording_duration": timedelta(minutes=2),
        "tags": ("Wege", "wege"),
    }
    return Programme(file_format="nachlese", key="tagung-2020", title="Tagung", talks=(Talk(**(given | talk)),))


def test_our_own_programme_is_written_by_the_rules_of_the_format():
    files = written(_ours())
    assert files["tagung-2020/category.json"] == {"title": "Tagung"}
    assert files["tagung-2020/videos/wege-neu-denken.json"] == {
        "copyright_text": "CC-BY-4.0",
        "description": "Fragen\n\n* Was \\| wie?\n* Wer\\_ ?\n\n**Ja** `hier <https://example.org/>`__",
        "duration": 120,
        "language": "deu",
        "recorded": "2020-11-04",
        "related_urls": [{"label": "Folien", "url": "https://example.org/a"}, "https://example.org/b"],
        "speakers": ["Ada Beispiel"],
        "summary": "Kurz & gut",
        "tags": ["wege"],
        "title": "Wege *neu* denken",
        "videos": [{"type": "mp4", "url": "https://example.org/a.mp4", "size": 5}],
    }


def test_files_have_sorted_keys_two_spaces_and_an_end():
    archive = zipfile.ZipFile(io.BytesIO(write_pyvideo(_ours())))
    text = archive.read("tagung-2020/videos/wege-neu-denken.json").decode()
    keys = [line.split('"')[1] for line in text.splitlines() if line.startswith('  "')]
    assert keys == sorted(keys)
    assert text.endswith("\n}\n")
    assert write_pyvideo(_ours()) == write_pyvideo(_ours())


def test_talks_nobody_can_watch_are_left_out():
    assert list(written(_ours(recordings=()))) == ["tagung-2020/category.json"]


def test_file_names_never_leave_the_folder_nor_meet():
    twice = _ours(slug="../../x").talks[0]
    programme = Programme(file_format="", key="../a", title="T", talks=(twice, twice))
    assert list(written(programme)) == ["a/category.json", "a/videos/x.json", "a/videos/x-2.json"]
