"""Text tracks and chapters as files, and chapters in the database."""

import datetime
import json

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.captions import store_track
from sessions_app.chapter_lists import read_chapters, store_chapters
from tests import make

pytestmark = pytest.mark.django_db
VTT = """WEBVTT Auftakt

STYLE
::cue { color: yellow }

NOTE ein Kommentar

eins
00:00:01.000 --> 00:00:03.000 line:0
<v Ada Muster>Guten &lt;Tag&gt;,
alle.

00:00:04.000 --> 00:00:06.000
<v Udo Beispiel>Danke.
"""


def stored(video=None, **fields):
    return store_track(video or make.video("Auftakt"), "captions", "de", VTT.encode(), **fields).track


def address(track, suffix="vtt"):
    return reverse("track_file", args=[track.uuid, suffix])


def chapters_of(video, suffix="vtt"):
    return reverse("chapter_file", args=[video.uuid, suffix])


def test_track_file_gives_back_what_came(client):
    response = client.get(address(stored()))
    assert (response.status_code, response.content.decode()) == (200, VTT)
    assert response["Content-Type"] == "text/vtt; charset=utf-8"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "no-cache"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == 'inline; filename="auftakt.de.vtt"'
    assert not response.cookies


def test_track_file_writes_other_formats(client):
    track = stored()
    srt, text = client.get(address(track, "srt")), client.get(address(track, "txt"))
    assert srt["Content-Type"] == "application/x-subrip; charset=utf-8"
    assert srt.content.decode().startswith(
        "1\r\n00:00:01,000 --> 00:00:03,000\r\nAda Muster: Guten <Tag>,\r\nalle.\r\n"
    )
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert text.content.decode() == "[00:01] Ada Muster: Guten <Tag>, alle.\n\n[00:04] Udo Beispiel: Danke.\n"
    assert client.get(address(track, "exe")).status_code == 404


def test_track_file_is_not_sent_twice(client):
    track = stored()
    first = client.get(address(track))
    again = client.get(address(track), headers={"if_none_match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    track.cues.update(text="Anders", payload="Anders")
    assert client.get(address(track), headers={"if_none_match": first["ETag"]}).status_code == 200
    assert client.head(address(track)).status_code == 200
    assert client.post(address(track)).status_code == 405


@pytest.mark.parametrize("hidden", ["video", "event", "conference", "contribution"])
def test_files_of_what_is_withdrawn_are_gone_with_the_next_request(client, hidden):
    event = make.event()
    video = make.video(event=event)
    if hidden == "contribution":
        video = make.video(contribution=make.contribution(event=event))
    track = stored(video)
    make.chapter(video=video)
    addresses = [address(track), address(track, "srt"), address(track, "txt")]
    addresses += [chapters_of(video), chapters_of(video, "json")]
    assert {client.get(each).status_code for each in addresses} == {200}
    {"video": video, "event": event, "conference": event.conference, "contribution": event}[hidden].withdraw()
    unknown = client.get("/medien/nie/gewesen.mp4")
    for each in addresses:
        refused = client.get(each)
        assert (refused.status_code, refused.content) == (404, unknown.content)
        assert not refused.has_header("Access-Control-Allow-Origin")


def test_staff_see_the_files_of_a_draft_and_nobody_keeps_them(editor_client):
    video = make.video(status="draft")
    track = stored(video)
    make.chapter(video=video)
    for each in (address(track), chapters_of(video)):
        response = editor_client.get(each)
        assert (response.status_code, response["Cache-Control"]) == (200, "private, no-cache")
        assert not response.has_header("Access-Control-Allow-Origin")
        assert Client().get(each).status_code == 404


def test_track_file_asks_the_same_number_of_questions_however_long(client, django_assert_num_queries):
    for count in (1, 3):
        track = make.text_track(["Ein Satz."] * count)
        with django_assert_num_queries(2):
            client.get(address(track))


# ── Chapters ─────────────────────────────────────────────────────────────────────────────────
def test_chapter_file_is_webvtt_or_podcast_chapters(client, settings):
    settings.SITE_URL = "https://konferenz.example.org"
    video = make.video("Auftakt", duration=datetime.timedelta(minutes=2))
    make.chapter("Begrüßung & <b>", video=video, start_ms=0)
    make.chapter("Vortrag", video=video, start_ms=61_500)
    vtt, podcast = client.get(chapters_of(video)), client.get(chapters_of(video, "json"))
    assert vtt.content.decode() == (
        "WEBVTT\n\n00:00:00.000 --> 00:01:01.500\nBegrüßung &amp; &lt;b&gt;\n\n00:01:01.500 --> 00:02:00.000\nVortrag\n"
    )
    assert podcast["Content-Type"] == "application/json+chapters"
    assert json.loads(podcast.content)["chapters"][1] == {
        "startTime": 61.5,
        "title": "Vortrag",
        "endTime": 120.0,
        "url": "https://konferenz.example.org/videos/auftakt/?t=61",
    }


def test_chapter_file_needs_chapters(client):
    assert client.get(chapters_of(make.video())).status_code == 404


def test_typed_chapters_find_their_contribution():
    event = make.event()
    keynote = make.contribution("Was Orte brauchen", event=event)
    make.contribution("Was Orte brauchen")
    video = make.video(event=event)
    found = read_chapters("00:00 Begrüßung\n12:34 was  Orte brauchen")
    assert store_chapters(video, found.chapters).new == 2
    rows = [(each.start_ms, each.title, each.contribution) for each in video.chapters.in_order()]
    assert rows == [(0, "Begrüßung", None), (754_000, "was Orte brauchen", keynote)]


def test_chapters_keep_their_contribution_their_identity_and_their_milliseconds():
    video = make.video()
    keynote = make.contribution(event=video.event)
    first = make.chapter("Anfang", video=video, start_ms=0, contribution=keynote)
    second = make.chapter("Mitte", video=video, start_ms=60_900)
    make.chapter("Ende", video=video, start_ms=90_000)
    stored = store_chapters(video, read_chapters("00:05 Anfang\n01:00 Die Mitte\n02:00 Neues").chapters)
    assert (stored.kept, stored.new, stored.lost) == (2, 1, 1)
    rows = [(each.uuid, each.start_ms, each.title, each.contribution) for each in video.chapters.in_order()]
    assert rows[:2] == [(first.uuid, 5000, "Anfang", keynote), (second.uuid, 60_900, "Die Mitte", None)]
    assert store_chapters(video, ()).lost == 3
    assert not video.chapters.exists()
