"""Caption files in the database: corrected ones keep the addresses of their sentences, hostile ones change nothing."""

import random
from pathlib import Path
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError

import sessions_app
from sessions_app.captions import cue_records, follow_keys, resolve_key, store_track
from sessions_app.models import Cue, TextTrack
from sessions_app.transcripts import webvtt
from sessions_app.transcripts.timecodes import full_clock
from tests import make

pytestmark = pytest.mark.django_db
SAMPLES = sorted((Path(sessions_app.__file__).parent / "sample" / "videos").glob("*.de.vtt"))
PLACES = ("Rathaus", "Markt", "Brücke", "Bahnhof", "Schule", "Werkstatt", "Bücherei", "Wald", "Garten", "Hafen")
DEEDS = ["planen", "bauen", "fragen", "zählen", "teilen", "pflegen", "prüfen", "öffnen", "retten", "messen"]


def sentences(count):
    pick = random.Random(2020)
    for number in range(count):
        yield f"Wir {pick.choice(DEEDS)} im Jahr {1900 + number % 90} am {pick.choice(PLACES)} von Ort {number}"


def vtt(rows, shift=0):
    """Rows of (start in ms, words), each four seconds long."""
    blocks = [f"{full_clock(at + shift)} --> {full_clock(at + shift + 4000)}\n{words}\n" for at, words in rows]
    return ("WEBVTT\n\n" + "\n".join(blocks)).encode()


def keys(track):
    return [cue.key for cue in track.cues.in_order()]


def told(*sentences, shift=0):
    return vtt([(number * 5000, words) for number, words in enumerate(sentences)], shift)


def test_a_file_becomes_sentences():
    video = make.video()
    source = "WEBVTT Auftakt\n\nNOTE intern\n\n1\n00:01.000 --> 00:03.500 line:80%\n<v Ada Muster>Guten &amp;\nTag.\n"
    stored = store_track(video, "captions", "de", source.encode())
    cue = stored.track.cues.get()
    assert (stored.kept, stored.new, stored.lost) == (0, 1, 0)
    assert (cue.start_ms, cue.end_ms, cue.speaker_name, cue.text) == (1000, 3500, "Ada Muster", "Guten & Tag.")
    assert webvtt.write(cue_records(stored.track.cues.in_order()), stored.track.layout) == source


def test_srt_is_told_by_its_content():
    stored = store_track(make.video(), "captions", "de", b"1\n00:00:01,000 --> 00:00:03,000\nGuten Tag.\n")
    assert [cue.text for cue in stored.track.cues.all()] == ["Guten Tag."]


def corrected(texts, share=0.1):
    """So many of all words are other words afterwards."""
    pick = random.Random(7)
    lines = [text.split() for text in texts]
    places = [(row, column) for row, line in enumerate(lines) for column in range(len(line))]
    for row, column in pick.sample(places, round(share * len(places))):
        lines[row][column] = f"{pick.choice(PLACES)}s{pick.choice(DEEDS)}"
    return [" ".join(line) for line in lines]


@pytest.mark.parametrize("count", [40, 1500])
def test_a_shifted_and_corrected_file_keeps_every_address(count):
    """All of it two seconds later, a tenth of its words corrected."""
    words, video = list(sentences(count)), make.video()
    times = [number * 5000 for number in range(count)]
    track = store_track(video, "captions", "de", vtt(zip(times, words, strict=True))).track
    before, changed = keys(track), corrected(words)
    stored = store_track(video, "captions", "de", vtt(zip(times, changed, strict=True), 2000))
    assert (stored.kept, stored.new, stored.lost) == (count, 0, 0)
    after = {cue.key: (cue.start_ms, cue.text) for cue in track.cues.all()}
    assert [after[key] for key in before] == [(at + 2000, text) for at, text in zip(times, changed, strict=True)]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_captions_of_the_sample_keep_every_address(path):
    video = make.video()
    track = store_track(video, "captions", "de", path.read_bytes()).track
    before = {cue.key: cue for cue in track.cues.in_order()}
    changed = corrected([cue.text for cue in before.values()])
    rows = [
        f"{full_clock(cue.start_ms + 2000)} --> {full_clock(cue.end_ms + 2000)}\n{text}\n"
        for cue, text in zip(before.values(), changed, strict=True)
    ]
    store_track(video, "captions", "de", ("WEBVTT\n\n" + "\n".join(rows)).encode())
    after = {cue.key: (cue.start_ms, cue.text) for cue in track.cues.all()}
    expected = [(cue.start_ms + 2000, text) for cue, text in zip(before.values(), changed, strict=True)]
    assert [after[key] for key in before] == expected


def test_storing_takes_few_queries_however_long_the_file(django_assert_max_num_queries):
    video = make.video()
    for count in (10, 400):
        with django_assert_max_num_queries(80):
            store_track(video, "captions", "de", told(*sentences(count)))


def test_joined_sentences_lead_on_and_go_on_leading_on():
    video = make.video()
    parts = ["Am Anfang stand die Brücke", "und niemand wollte sie haben", "Heute lieben sie alle Leute"]
    track = store_track(video, "captions", "de", vtt([(n * 2000, text) for n, text in enumerate(parts)])).track
    first, second, third = keys(track)
    joined = "WEBVTT\n\n00:00.000 --> 00:04.000\n{} {}\n\n00:04.000 --> 00:06.000\n{}\n".format(*parts)
    stored = store_track(video, "captions", "de", joined.encode())
    assert (stored.kept, stored.merged, stored.new, stored.lost) == (3, 1, 0, 0)
    left = keys(track)
    assert left[1] == third
    gone = ({first, second} - set(left)).pop()
    assert resolve_key(video, gone) == left[0]
    everything = f"WEBVTT\n\n00:00.000 --> 00:06.000\n{' '.join(parts)}\n"
    store_track(video, "captions", "de", everything.encode())
    (only,) = keys(track)
    assert {resolve_key(video, key) for key in {first, second, third} - {only}} == {only}
    assert follow_keys(video.tracks.all(), [first, second, third, "00000000"]) == [only, only, only, "00000000"]
    assert resolve_key(video, only) is None


def test_an_address_of_a_joined_sentence_opens_where_its_words_are(client):
    video = make.video()
    rows = [(0, "Am Anfang stand die Brücke"), (2000, "und niemand wollte sie haben"), (4000, "Heute nutzen sie alle")]
    track = store_track(video, "captions", "de", vtt(rows)).track
    before = keys(track)
    joined = [(0, f"{rows[0][1]} {rows[1][1]}"), rows[2]]
    store_track(video, "captions", "de", vtt(joined, 1000))
    for key in before[:2]:
        page = client.get(video.get_absolute_url(), {"s": key}).context["page"]
        assert page.transcript.passage.words == joined[0][1]
    page = client.get(video.get_absolute_url(), {"s": f"{before[1]}-{before[2]}"}).context["page"]
    assert page.transcript.passage.words == " ".join(text for _at, text in joined)


def test_keys_are_unique_within_a_video(monkeypatch):
    video = make.video()
    taken = store_track(video, "captions", "de", told("Eins")).track.cues.get().uuid
    first = make.cue(track=make.text_track(video=video, language="en"), text="One").uuid
    offered = iter([taken, first, UUID(int=7 << 96)])
    monkeypatch.setattr("sessions_app.captions.uuid.uuid4", lambda: next(offered))
    stored = store_track(video, "descriptions", "de", told("Zwei"))
    assert stored.track.cues.get().uuid not in (taken, first)


def test_who_speaks_is_found_among_the_people_of_the_event():
    event = make.event()
    ada = make.speaker("Muster", given_name="Ada", academic_title="Dr.", other_names="Ada M.")
    twins = [make.speaker("Doppel", given_name="Eva") for _ in range(2)]
    make.contribution(event=event, speakers=[ada, *twins])
    make.speaker("Fremd", given_name="Udo")
    names = ["Dr. Ada Muster", "ada  muster", "Ada M.", "Eva Doppel", "Udo Fremd"]
    source = told(*(f"<v {name}>Satz Nummer {number}" for number, name in enumerate(names)))
    track = store_track(make.video(event=event), "captions", "de", source).track
    assert [cue.speaker for cue in track.cues.in_order()] == [ada, ada, ada, None, None]


def test_who_was_set_by_hand_stays_while_the_file_names_the_same():
    video, ada = make.video(), make.speaker()
    track = store_track(video, "captions", "de", told("<v Sie>Guten Tag", "<v Er>Gute Nacht")).track
    track.cues.update(speaker=ada)
    store_track(video, "captions", "de", told("<v Sie>Guten Tag!", "<v Es>Gute Nacht"))
    assert [cue.speaker for cue in track.cues.in_order()] == [ada, None]


def test_the_rows_of_known_sentences_are_the_same_rows():
    video = make.video()
    track = store_track(video, "captions", "de", told("Eins", "Zwei", "Drei")).track
    before = {cue.pk: cue.key for cue in track.cues.all()}
    store_track(video, "captions", "de", told("Eins", "Zwei", "Drei", shift=500))
    assert {cue.pk: cue.key for cue in track.cues.all()} == before


HOSTILE = {
    "too large": (b"WEBVTT\n\n" + b"x" * (50 * 1024 * 1024), "größer als"),
    "a million cues": (b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\n\n" * 60_000, "Zeile 40003: Die Datei hat mehr als"),
    "negative": (b"WEBVTT\n\n-00:01.000 --> 00:02.000\nX\n", "Zeile 3: Die Zeit -00:01.000 ist negativ"),
    "backwards": (b"WEBVTT\n\n00:05.000 --> 00:02.000\nX\n", "Zeile 3: Das Ende"),
    "disorder": (told("A", "B")[:-1] + b"\n\n00:01.000 --> 00:02.000\nX\n", "Zeile 9: Der Beginn"),
    "Windows-1252": (b"WEBVTT\n\n00:01.000 --> 00:02.000\nf\xfcr\n", "Zeile 4: Die Zeile ist nicht in UTF-8"),
    "UTF-16": ("WEBVTT".encode("utf-16"), "Zeile 1: Die Datei ist in UTF-16"),
    "NUL": (b"WEBVTT\n\n00:01.000 --> 00:02.000\na\0b\n", "Zeile 4: Die Zeile enthält ein Nullzeichen"),
    "half": (told("Gut", "Auch gut")[:-30] + b"\n\nkaputt --> 00:99\n", "Zeile"),
    "a page": (b"<html><script>alert(1)</script>", "Zeile 1: Die erste Zeile"),
    "empty": (b"", "Die Datei ist leer"),
}


@pytest.mark.parametrize("source,sentence", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_ends_in_a_sentence_and_changes_nothing(source, sentence):
    video = make.video()
    track = store_track(video, "captions", "de", told("Eins", "Zwei")).track
    before = list(Cue.objects.order_by("pk").values()), list(TextTrack.objects.values())
    for language in ("de", "en"):
        with pytest.raises(ValidationError) as refused:
            store_track(video, "captions", language, source)
        assert refused.value.messages[0].startswith(sentence) or sentence in refused.value.messages[0]
    assert (list(Cue.objects.order_by("pk").values()), list(TextTrack.objects.values())) == before
    assert keys(track)


def test_what_is_saved_by_half_is_not_saved(monkeypatch):
    video = make.video()
    track = store_track(video, "captions", "de", told("Eins", "Zwei")).track
    before = list(track.cues.values())
    monkeypatch.setattr("sessions_app.captions.update_index", lambda video: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store_track(video, "captions", "de", told("Ganz anders"))
    assert list(track.cues.values()) == before


def test_markup_in_a_sentence_is_words():
    words = "<script>alert(1)</script><img src=x onerror=alert(1)>Guten Tag"
    track = store_track(make.video(), "captions", "de", told(words)).track
    assert "<" not in track.cues.get().text
    assert "overlap" not in track.layout


def test_overlapping_sentences_are_taken_with_a_warning():
    source = b"WEBVTT\n\n00:01.000 --> 00:05.000\nA\n\n00:02.000 --> 00:06.000\nB\n"
    stored = store_track(make.video(), "captions", "de", source)
    assert any(str(problem).startswith("Zeile 6: Die Textstelle beginnt") for problem in stored.warnings)
    assert stored.new == 2
