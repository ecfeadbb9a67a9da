"""The page of a video: player, chapters, transcript, passages, consent. All of it without a script."""

import datetime
import re

import pytest

from sessions_app.models import Cue, TextTrack
from tests import make
from tests.reading import html_of, queries_of, text_of

pytestmark = pytest.mark.django_db
SENTENCES = [
    ("Greta Muster", "Guten Abend und herzlich willkommen."),
    ("Greta Muster", "Wir sprechen über Leerstände."),
    ("Jan Heide", "Jede Kommune kennt sie."),
    ("Jan Heide", "Ein <b>Haus</b> & sein Hof."),
]


@pytest.fixture
def event():
    conference = make.conference("Herbst-Konferenz 2020", key_question="Was macht Kommunen innovativ?")
    theme = make.theme("Innen entwickeln", conference=conference, palette="red")
    return make.event("Innen!", conference=conference, theme=theme, date=datetime.date(2020, 11, 17))


@pytest.fixture
def video(event):
    """Ours, with captions, chapters, and a person who is known."""
    greta = make.speaker("Muster", given_name="Greta", academic_title="Dr.")
    part = make.contribution("Begrüßung", event=event, kind="welcome")
    make.appearance(contribution=part, speaker=greta, role="Gastgeberin", affiliation_text="Landkreis Muster")
    made = make.video(
        "Der Abend",
        event=event,
        url="",
        recorded_on=event.date,
        duration=datetime.timedelta(seconds=20),
        license="CC-BY-4.0",
    )
    make.media_file(video=made, file="videos/a.mp4", size=660_000, width=960, height=540)
    make.media_file(video=made, file="videos/a.webm", media_type="video/webm", position=1)
    make.media_file(video=made, file="videos/dgs.mp4", role="sign_language")
    track = make.text_track(SENTENCES, video=made)
    Cue.objects.filter(track=track, speaker_name="Greta Muster").update(speaker=greta)
    make.chapter("Worum es geht", video=made, contribution=part)
    make.chapter("Gespräch", video=made, start_ms=10_000)
    return made


@pytest.fixture
def keys(video):
    return [cue.key for cue in Cue.objects.filter(track__video=video).order_by("start_ms")]


def test_the_player_stands_in_the_page(client, video):
    html = html_of(client, video.get_absolute_url())
    track = video.tracks.get()
    assert '<source src="/medien/videos/a.mp4" type="video/mp4"> <source src="/medien/videos/a.webm"' in html
    assert f'<track kind="captions" src="/medien/spuren/{track.uuid}.vtt" srclang="de" label="Deutsch" default>' in html
    assert 'href="?t=10#video"' in html and "00:10" in html
    assert "Dr. Greta Muster" in html
    assert "Untertitel geprüft" in html and "Gebärdensprache" in html
    assert "Content-Security-Policy" in client.get(video.get_absolute_url()).headers
    assert "<iframe" not in html


def test_the_transcript_is_text_with_people_and_seconds(client, video, keys):
    html, text = html_of(client, video.get_absolute_url()), text_of(client, video.get_absolute_url())
    assert "Dr. Greta Muster Gastgeberin, Landkreis Muster Guten Abend und herzlich willkommen. Wir sprechen" in text
    assert "Jan Heide Jede Kommune kennt sie. Ein &lt;b&gt;Haus&lt;/b&gt; &amp; sein Hof." in text
    assert f'<span id="s-{keys[2]}" data-t="10000">Jede Kommune kennt sie.</span>' in html
    assert 'href="?t=10#video" aria-label="Ab 00:10 ansehen"' in html


@pytest.mark.parametrize(
    ("query", "fragment"),
    [
        ("?t=7", "#t=7"),
        ("?t=7,12", "#t=7,12"),
        ("?t=0:07", "#t=7"),
        ("?t=unsinn", ""),
        ("?s=[1]", "#t=5"),
        ("?s=[1]-[2]", "#t=5,15"),
        ("?s=[2]-[1]&t=1", "#t=5,15"),
        ("?s=00000000-11111111&t=7,12", "#t=7,12"),
    ],
)
def test_the_address_says_where_to_begin(client, video, keys, query, fragment):
    query = re.sub(r"\[(\d)\]", lambda place: keys[int(place[1])], query)
    html = html_of(client, video.get_absolute_url() + query)
    assert f'src="/medien/videos/a.mp4{fragment}"' in html


def test_a_passage_is_marked_and_quoted(client, video, keys):
    html = html_of(client, f"{video.get_absolute_url()}?s={keys[0]}-{keys[1]}")
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
    assert html.count("<mark id=") == 2
    for words in (
        "Diese Stelle zitieren",
        "Guten Abend und herzlich willkommen. Wir sprechen über Leerstände.",
        "Dr. Greta Muster , Gastgeberin, Landkreis Muster",
        "00:00–00:10",
        "Innen!",
        "Herbst-Konferenz 2020",
        "17. November 2020",
        "CC BY 4.0",
        f"{video.get_absolute_url()}?s={keys[0]}-{keys[1]}&amp;t=0,10",
    ):
        assert words in text, words
    assert f'zitat.bib?s={keys[0]}-{keys[1]}"' in html


def test_ticks_make_a_short_address(client, video, keys):
    html = html_of(client, f"{video.get_absolute_url()}?zitieren=1")
    assert html.count('type="checkbox" name="s"') == 4
    answer = client.get(video.get_absolute_url(), {"s": [keys[2], keys[0]], "fassung": "gebaerdensprache", "x": "y"})
    assert answer.status_code == 302
    assert answer["Location"] == f"{video.get_absolute_url()}?fassung=gebaerdensprache&s={keys[0]}-{keys[2]}#zitat"
    assert client.get(answer["Location"]).status_code == 200


def test_a_passage_survives_a_corrected_file(client, video, keys):
    """Its key stays with the sentence, so an old link opens where the sentence is now."""
    track = video.tracks.get()
    for cue in track.cues.all():
        cue.start_ms, cue.end_ms = cue.start_ms + 2000, cue.end_ms + 2000
        cue.text = cue.text.replace("Leerstände", "Leerstand")
        cue.save()
    html = html_of(client, f"{video.get_absolute_url()}?s={keys[1]}-{keys[1]}&t=5,10")
    assert "#t=7,12" in html
    Cue.objects.with_key(video, keys[1]).delete()
    assert "gibt es in der jetzigen Fassung des Textes nicht mehr" in text_of(
        client, f"{video.get_absolute_url()}?s={keys[1]}-{keys[1]}"
    )


def test_the_transcript_can_be_searched(client, video):
    html = html_of(client, f"{video.get_absolute_url()}?im=Kommunen")
    assert "1 Stelle" in html
    assert html.count("Jede <mark>Kommune</mark> kennt sie.") == 2, "in the list and in the text"
    assert "Keine Stelle gefunden." in html_of(client, f"{video.get_absolute_url()}?im=Fahrrad")
    assert html_of(client, f"{video.get_absolute_url()}?im=Leerstand+kennt").count('<li><a class="stamp"') == 2


def test_another_language_is_read_and_its_sentences_found(client, video):
    make.text_track(["Good evening.", "Empty houses."], video=video, kind="subtitles", language="en")
    assert "Good evening." in text_of(client, f"{video.get_absolute_url()}?lesen=en")
    assert "Good evening." not in text_of(client, f"{video.get_absolute_url()}?lesen=xx")
    key = Cue.objects.get(text="Empty houses.").key
    assert f'<mark id="s-{key}"' in html_of(client, f"{video.get_absolute_url()}?s={key}")


def test_captions_of_a_machine_say_so(client, event):
    video = make.video(event=event, url="")
    make.media_file(video=video, file="videos/b.mp4")
    make.text_track(["Ein Satz."], video=video, origin=TextTrack.Origin.MACHINE)
    text, html = text_of(client, video.get_absolute_url()), html_of(client, video.get_absolute_url())
    assert "automatische Untertitel" in text and "Untertitel geprüft" not in text
    assert "Nicht geprüft. Der Text kann Fehler enthalten." in text
    assert 'label="Deutsch (automatisch)"' in html


def test_a_version_keeps_the_place(client, video, keys):
    html = html_of(client, f"{video.get_absolute_url()}?t=7")
    assert 'href="?t=7&amp;fassung=gebaerdensprache#video"' in html
    html = html_of(client, f"{video.get_absolute_url()}?t=7&fassung=gebaerdensprache")
    assert 'src="/medien/videos/dgs.mp4#t=7"' in html and "a.mp4#" not in html
    assert 'href="?fassung=gebaerdensprache&amp;t=10#video"' in html, "so do the chapters"


def test_every_file_can_be_taken_home(client, video):
    text, html = text_of(client, video.get_absolute_url()), html_of(client, video.get_absolute_url())
    assert re.search(r"Hauptfassung MP4-Video 960 × 540 64\d,\d KB Deutsch CC BY 4.0", text)
    assert 'href="/medien/videos/dgs.mp4" download' in html
    for suffix in ("vtt", "srt", "txt"):
        assert f'href="/medien/spuren/{video.tracks.get().uuid}.{suffix}"' in html
    assert f'href="/medien/kapitel/{video.uuid}.vtt"' in html


# ── Elsewhere ────────────────────────────────────────────────────────────────────────────────
def _policy(client, address):
    return client.get(address).headers["Content-Security-Policy"]


def test_a_known_provider_waits_for_consent(client, event):
    video = make.video(event=event, url="https://vimeo.com/123456789")
    make.text_track(["Ein Satz."], video=video)
    make.chapter("Anfang", video=video)
    address = video.get_absolute_url()
    html, text = html_of(client, address), text_of(client, address)
    assert "Dieses Video liegt bei Vimeo" in text and "player.vimeo.com" in text and "IP-Adresse" in text
    assert "<iframe" not in html and "frame-src" not in _policy(client, address)
    assert 'href="?laden=1#video" rel="nofollow"' in html
    assert "Ein Satz." in text and 'href="?t=0#video"' in html
    loaded = html_of(client, f"{address}?laden=1&t=7")
    assert '<iframe src="https://player.vimeo.com/video/123456789?dnt=1#t=7s"' in loaded
    assert "frame-src https://player.vimeo.com;" in f"{_policy(client, f'{address}?laden=1')};"
    assert "player.vimeo.com" not in _policy(client, "/videos/")
    assert client.get(f"{address}?laden=1").cookies == {}


def test_a_file_elsewhere_waits_too(client, event):
    video = make.video(event=event, url="")
    make.media_file(video=video, url="https://dateien.example.org/a.mp4")
    address = video.get_absolute_url()
    html = html_of(client, address)
    assert "Dieses Video liegt bei dateien.example.org" in html and "<video" not in html
    assert '<source src="https://dateien.example.org/a.mp4#t=7"' in html_of(client, f"{address}?laden=1&t=7")
    assert "media-src 'self' https://dateien.example.org" in _policy(client, f"{address}?laden=1")


def test_our_file_is_preferred_to_one_elsewhere(client, event):
    video = make.video(event=event, url="https://vimeo.com/123456789")
    make.media_file(video=video, url="https://dateien.example.org/a.mp4")
    make.media_file(video=video, file="videos/c.mp4", position=1)
    html = html_of(client, video.get_absolute_url())
    assert '<source src="/medien/videos/c.mp4"' in html and '<source src="https' not in html


def test_an_unknown_address_is_a_link_whatever_is_asked(client, event):
    video = make.video(event=event)
    html = html_of(client, f"{video.get_absolute_url()}?laden=1")
    assert "Bei videos.example.org ansehen" in html and "<iframe" not in html
    assert "frame-src" not in _policy(client, f"{video.get_absolute_url()}?laden=1")


@pytest.mark.parametrize("availability", ["planned", "offline", "not_recorded"])
def test_what_does_not_play_keeps_its_transcript(client, event, availability):
    video = make.video(event=event, availability=availability)
    make.media_file(video=video, file="videos/d.mp4")
    make.text_track(["Dieser Satz bleibt."], video=video)
    html = html_of(client, f"{video.get_absolute_url()}?laden=1")
    assert "Dieser Satz bleibt." in html and "Lieber lesen" in html
    assert "<video" not in html and "d.mp4" not in html and "Untertitel geprüft" not in html


# ── Cost and caution ─────────────────────────────────────────────────────────────────────────
def test_it_costs_the_same_with_one_and_two_thousand_sentences(client, event):
    video = make.video(event=event, url="")
    make.media_file(video=video, file="videos/e.mp4")
    track = make.text_track(["Ein erster Satz mit ein paar Worten."], video=video)
    make.text_track(["One."], video=video, kind="subtitles", language="en")
    make.chapter(video=video)
    part = make.contribution(event=event, speakers=[make.speaker("Eins")])
    address = video.get_absolute_url()
    first = track.cues.get()
    asked = f"{address}?s={first.key}-{first.key}&im=Satz"
    one, one_asked = queries_of(client, address), queries_of(client, asked)
    Cue.objects.bulk_create(
        Cue(track=track, number=n, start_ms=n * 5000, end_ms=n * 5000 + 4000, text=f"Satz {n} mit fünf Worten.")
        for n in range(2, 2001)
    )
    make.chapter(video=video, start_ms=7000, contribution=part)
    make.video(event=event)
    make.media_file(video=video, file="videos/f.mp4", role="audio_description")
    assert queries_of(client, address) == one <= 12
    assert queries_of(client, asked) == one_asked <= 12
    assert len(client.get(address).content) < 2000 * 150


@pytest.mark.parametrize("value", ["", "x", "\x00", "ä" * 500, "-" * 9, "ffffffff-ffffffff", "<script>", "'; --"])
def test_nonsense_in_the_address_is_no_accident(client, video, value):
    for name in ("s", "t", "im", "lesen", "fassung", "laden", "zitieren"):
        answer = client.get(video.get_absolute_url(), {name: value})
        assert answer.status_code == 200
        assert b"<script>alert" not in answer.content


def test_a_person_in_draft_is_only_the_name_of_the_captions(client, event):
    secret = make.speaker("Geheim", given_name="Gerda", academic_title="Prof.", status="draft")
    make.appearance(contribution=make.contribution(event=event), speaker=secret, affiliation_text="Geheimes Amt")
    video = make.video(event=event)
    track = make.text_track([("G. Geheim", "Ein Satz.")], video=video)
    track.cues.update(speaker=secret)
    key = track.cues.get().key
    text = text_of(client, f"{video.get_absolute_url()}?s={key}-{key}")
    assert "G. Geheim" in text and "Prof." not in text and "Geheimes Amt" not in text


def test_nobody_is_heard_in_a_trailer(client, event):
    make.appearance(contribution=make.contribution(event=event), speaker=make.speaker("Welzer"))
    video = make.video("Demonstrationsvideo", event=event, kind="trailer")
    text = text_of(client, video.get_absolute_url())
    assert "Welzer" not in text
    assert "Video zu „Innen!“, Veranstaltung der Herbst-Konferenz 2020" in text
