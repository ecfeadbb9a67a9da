"""The demonstration videos: complete, playable, and named for what they are."""

import datetime
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from conference.models import Image
from sessions_app.models import Cue, Event, Video
from sessions_app.sample_loader import load_sample
from sessions_app.transcripts import webvtt
from tests.crawl import world

FOLDER = settings.BASE_DIR / "sessions_app" / "sample" / "videos"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, folder):
    with world(django_db_blocker, folder):
        load_sample()
        yield


@pytest.fixture
def videos(loaded, folder, settings):
    settings.MEDIA_ROOT = folder
    return list(Video.objects.published().with_relations().with_recording().by_title())


def test_each_event_has_one_that_says_what_it_is(videos):
    assert {video.event.slug for video in videos} == set(Event.objects.values_list("slug", flat=True))
    for video in videos:
        assert video.title == f"Demonstrationsvideo: {video.event.title}"
        assert "keine Aufzeichnung der Veranstaltung" in video.summary and "Sprachsynthese" in video.summary
        assert (video.kind, video.availability, video.recorded_on, video.url) == ("trailer", "online", None, "")
        assert (video.license, video.rights_holder, video.language) == ("CC0-1.0", "Nachlese", "de")
        assert datetime.timedelta(seconds=60) <= video.duration <= datetime.timedelta(seconds=90)


def test_each_has_picture_sound_captions_and_chapters(videos):
    for video in videos:
        main, audio = sorted(video.loaded_files, key=lambda file: file.role == "audio")
        assert (main.role, main.media_type, main.width, main.height) == ("main", "video/mp4", 960, 540)
        assert (audio.role, audio.media_type) == ("audio", "audio/mp4")
        for file, suffix, most in ((main, "mp4", 700_000), (audio, "m4a", 400_000)):
            content = (FOLDER / f"{video.event.slug}.{suffix}").read_bytes()
            assert file.size == len(content) <= most
            with file.file.open() as stored:
                assert stored.read() == content
        assert [(track.kind, track.language, track.origin) for track in video.loaded_tracks] == [
            *(("captions", "de", "person"), ("subtitles", "en", "person"))
        ]
        chapters = [(chapter.start_ms, chapter.title) for chapter in video.loaded_chapters]
        source = webvtt.read((FOLDER / f"{video.event.slug}.kapitel.vtt").read_bytes(), webvtt.Kind.CHAPTERS)
        assert chapters == [(cue.start_ms, cue.text) for cue in source.cues] and len(chapters) == 4


def test_every_sentence_is_there_and_nobody_real_says_it(videos):
    for video in videos:
        for track in video.loaded_tracks:
            source = webvtt.read((FOLDER / f"{video.event.slug}.{track.language}.vtt").read_bytes())
            stored = list(track.cues.in_order().values_list("start_ms", "end_ms", "text"))
            assert stored == [(cue.start_ms, cue.end_ms, cue.text) for cue in source.cues]
    assert not Cue.objects.exclude(speaker=None).exists()
    assert set(Cue.objects.values_list("speaker_name", flat=True)) <= {"", "Erzählstimme", "Narrator"}


def test_each_has_a_described_poster_of_our_own(videos):
    for video in videos:
        assert (video.poster.width, video.poster.height) == (1280, 720)
        assert video.poster.alt_text == f"Titelkarte des Demonstrationsvideos zur Veranstaltung „{video.event.title}“"
        assert (video.poster.credit, video.poster.license) == ("Nachlese", "CC0-1.0")
    assert Image.objects.count() == 7


def test_all_of_it_is_delivered(videos):
    client = Client()
    for video in videos:
        tracks = [f"/medien/spuren/{track.uuid}.vtt" for track in video.loaded_tracks]
        files = [urlsplit(file.address).path for file in video.loaded_files]
        for address in [*files, *tracks, f"/medien/kapitel/{video.uuid}.json", video.get_absolute_url()]:
            assert client.get(address).status_code == 200, address
        part = client.get(files[0], headers={"Range": "bytes=4-7"})
        assert (part.status_code, b"".join(part.streaming_content)) == (206, b"ftyp")
