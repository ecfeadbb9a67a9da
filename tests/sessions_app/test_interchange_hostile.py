"""Files made to hurt: each ends at once, in one sentence with the place."""

import json
import struct
import time
import tracemalloc

import pytest

from sessions_app.interchange.programme import FileRefused
from sessions_app.interchange.reading import read
from tests.programme_files import FOSDEM, MUNICH, PYCON, event, packed, schedule

MOST_SECONDS = 5
MOST_BYTES = 150_000_000
GUID = "8a3f0000-0000-4000-8000-000000000001"
NESTED = "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
BOMB = f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{NESTED}]><schedule>&j;</schedule>'
FILES = {
    "entities.xml": (BOMB.encode(), "Zeile 1: Die Datei enthält eine DTD"),
    "outside.xml": (
        b'<?xml version="1.0"?>\n<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><schedule>&x;</schedule>',
        "Zeile 2: Die Datei enthält eine DTD",
    ),
    "deep.xml": (b"<schedule>" + b"<a>" * 100_000, "Zeile 1: Elemente sind tiefer als 100 Ebenen verschachtelt."),
    "many.xml": (
        b"<schedule>" + b"<a/>" * 1_000_000,
        "Zeile 1: Die Datei hat mehr als 200.000 Elemente und Attribute.",
    ),
    "long.xml": (b"<schedule><version>" + b"a" * 10_000_000, "Zeile 1: Ein Text ist länger als"),
    "cut.xml": (FOSDEM.read_bytes()[:100_000], "Zeile 1413: Die Datei ist unvollständig"),
    "wrong.xml": (b'<?xml version="1.0" encoding="utf-8"?>\n<schedule>\xe4</schedule>', "Zeile 2: "),
    "unknown.xml": (b'<?xml version="1.0" encoding="klingon"?><schedule/>', "Zeile 1: Die Zeichenkodierung"),
    "zeros.xml": (b"<schedule>" + b"\x00" * 1_000, "Zeile 1: "),
    "guids.xml": (
        schedule(event(guid=GUID), event(guid=GUID, title="Wege")),
        f"Zeile 4: Dieselbe guid „{GUID}“ steht bei zwei verschiedenen Beiträgen: „Wasser“ (Zeile 3), „Wege“.",
    ),
    "talks.xml": (schedule(*["<event/>"] * 5_001), "Zeile 5003: Die Datei hat mehr als 5.000 Beiträge."),
    "people.xml": (
        schedule(event(f"<persons>{'<person>A</person>' * 20_001}</persons>")),
        "Zeile 3: Die Datei nennt mehr als 20.000 Personen und Adressen.",
    ),
    "prose.xml": (
        schedule(*[event(f"<abstract>{'x ' * 95_000}</abstract>", number=number) for number in range(50)]),
        "Zeile 45: Die Beschreibungen der Beiträge sind zusammen länger als 8.000.000 Zeichen.",
    ),
    "people.csv": (
        b"Titel;Referenten\n" + b"".join(b"a%d;%b\n" % (n, b"A B, " * 400) for n in range(500)),
        "Zeile 14: Die Datei nennt mehr als 20.000 Personen und Adressen.",
    ),
    "deep.json": (b'{"schedule":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "Zeile 1: "),
    "open.json": (b'{"a":' * 100_000, "Zeile 1: "),
    "endless.json": (b'{"schedule": {"conference": {"title": ' + b"9" * 1_000_000 + b"}}}", "Zeile 1: "),
    "nan.json": (b'{"schedule": {"conference": {}, "version": NaN}}', "Zeile 1: "),
    "cut.json": (b'{"schedule": {\n"conference": {"title": "Tag', "Zeile 2: Die Datei bricht hier ab"),
    "latin.json": ('{"schedule": {"conference": {"title": "ä"}}}'.encode("latin-1"), "Zeile 1: "),
    "utf16.json": ('{"schedule": {}}'.encode("utf-16"), ""),
    "guids.json": (
        json.dumps({"events": [{"guid": GUID, "title": "A"}, {"guid": GUID, "title": "B"}]}).encode(),
        "Beitrag 2: Dieselbe guid",
    ),
    "outside.zip": (packed({"a/category.json": "{}", "../../videos/x.json": "{}"}), "../../videos/x.json: "),
    "root.zip": (packed({"/etc/videos/x.json": "{}"}), "/etc/videos/x.json: "),
    "bomb.zip": (packed({"a/videos/x.json": b" " * 60_000_000}), "a/videos/x.json: "),
    "many.zip": (packed({f"a/videos/{n}.json": "" for n in range(6_000)}), ""),
    "nested.zip": (packed({"a/category.json": "{}", "a/videos/x.json": packed({"x": "y"})}), "a/videos/x.json: "),
    "cut.zip": (PYCON.read_bytes()[:20_000], "Das Archiv ist"),
    "cut.xlsx": (MUNICH.read_bytes()[:8_000], "Das Archiv ist"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "Das ist keine Tabelle."),
    "noise.csv": (bytes(range(256)) * 4, ""),
    "wide.csv": (b"Titel" + b";" * 1_000_000 + b"\r\nx", ""),
    "nothing.xml": (b" \r\n", "Die Datei ist leer."),
    "huge.xml": (b"<" * 20_000_001, "Die Datei ist größer als 20 MB."),
    "text.xml": (b"Hallo", "Die Datei ist weder XML noch JSON noch eine Tabelle."),
    "page.html": (b"<html><head></head><body><p>x</p></body></html>", "Zeile 1: Das ist kein schedule.xml"),
    "video.json": (b'{"title": "x", "videos": []}', "Das ist ein einzelnes Video von pyvideo."),
    "word.zip": (packed({"brief.txt": "x"}), "In dem Archiv liegt kein Programm."),
}


@pytest.mark.parametrize("name", FILES)
def test_hostile_files_end_in_a_sentence(name):
    source, begin = FILES[name]
    started = time.process_time()
    with pytest.raises(FileRefused) as refused:
        read(source, name)
    assert time.process_time() - started < MOST_SECONDS
    assert str(refused.value).startswith(begin)
    assert refused.value.sentence.endswith((".", ")"))
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize("name", ["entities.xml", "many.xml", "deep.json", "bomb.zip"])
def test_hostile_files_need_little_memory(name):
    tracemalloc.start()
    try:
        with pytest.raises(FileRefused):
            read(FILES[name][0], name)
        assert tracemalloc.get_traced_memory()[1] < MOST_BYTES
    finally:
        tracemalloc.stop()


def test_an_entry_that_lies_about_its_size_is_refused():
    """The directory says ten bytes; what comes out is a lot more."""
    honest = packed({"a/videos/x.json": b'"' + b"a" * 40_000_000})
    size, lie = struct.pack("<L", 40_000_001), struct.pack("<L", 10)
    with pytest.raises(FileRefused) as refused:
        read(honest.replace(size, lie), "lie.zip")
    assert refused.value.place == "a/videos/x.json"


def test_ten_thousand_warnings_are_not_told_one_by_one():
    talks = [
        event("<duration>lang</duration>", guid=f"{GUID[:-5]}{number:05}", number=number) for number in range(1, 5001)
    ]
    programme = read(schedule(*talks), "plan.xml")
    assert len(programme.talks) == 5000
    assert len(programme.warnings) == 201
    assert programme.warnings[-1].sentence == "Dazu kommen 4800 weitere Hinweise."


@pytest.mark.parametrize("text", ["*" * 200_000, "`a <" * 50_000, "* a\n" * 50_000, "<p" * 100_000, "&amp;" * 40_000])
def test_texts_made_to_be_slow_are_read_at_once(text):
    started = time.process_time()
    document = {"events": [{"guid": GUID, "title": "A", "abstract": text}]}
    video = {"title": "a", "description": text, "videos": [{"url": "https://a.example/"}]}
    read(json.dumps(document).encode(), "a.json")
    read(packed({"a/category.json": '{"title": "a"}', "a/videos/x.json": json.dumps(video)}), "a.zip")
    assert time.process_time() - started < MOST_SECONDS


@pytest.mark.parametrize(
    ("head", "address"),
    [("<time_zone_name>+99:00</time_zone_name>", "/a"), ("<base_url>https://example.org/</base_url>", "//[x")],
)
def test_a_zone_or_an_address_that_cannot_be_is_no_failure(head, address):
    source = schedule(event(f"<url>{address}</url>"), head=head)
    assert [talk.url for talk in read(source, "programm.xml").talks] == [address]


def test_a_folder_does_not_follow_links_that_lead_out(tmp_path):
    (tmp_path / "secret.json").write_text('{"title": "geheim", "videos": []}')
    (tmp_path / "a" / "videos").mkdir(parents=True)
    (tmp_path / "a" / "videos" / "x.json").symlink_to(tmp_path / "secret.json")
    with pytest.raises(FileRefused) as refused:
        read(tmp_path / "a", "")
    assert "Hier liegt kein Video" in str(refused.value)
