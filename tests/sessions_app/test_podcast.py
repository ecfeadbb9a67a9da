"""The recordings of a conference as podcasts."""

import datetime
import uuid
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.utils import timezone
from django.utils.translation import override
from PIL import Image

from sessions_app.podcast import COVER, NAMESPACES, feed_guid
from tests import make

pytestmark = pytest.mark.django_db

AUDIO, VIDEO = "/feeds/herbst/podcast-ton.xml", "/feeds/herbst/podcast-video.xml"
MP4, M4A = {"size": 4_000_000, "media_type": "video/mp4"}, {"size": 900_000, "media_type": "audio/mp4", "role": "audio"}


def _channel(client, address=VIDEO) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    return root.find("channel")


def _items(client, address=VIDEO) -> list[ElementTree.Element]:
    return _channel(client, address).findall("item")


def _titles(client, address=VIDEO) -> list[str]:
    return [item.findtext("title") for item in _items(client, address)]


def _words(parent, name) -> str:
    return parent.findtext(name, namespaces=NAMESPACES)


def _given(parent, name) -> list[dict]:
    return [element.attrib for element in parent.findall(name, NAMESPACES)]


def _video(title="Mitschnitt", files=(MP4, M4A), **fields):
    made = make.video(title, **fields)
    for file in files:
        make.media_file(video=made, url=f"https://videos.example.org/{made.slug}.{file['media_type'][-3:]}", **file)
    return made


@pytest.fixture(name="conference")
def _conference():
    return make.conference("Herbst", slug="herbst", organisers=[make.organisation("Difu")], summary="Sieben Termine.")


@pytest.fixture(name="event")
def _event(conference):
    return make.event("Auftakt", conference=conference, number=3)


def test_podcast_tells_what_directories_ask_for(client, conference, event, settings):
    settings.CONTACT_EMAIL = "post@example.org"
    _video(event=event, license="CC-BY-4.0")
    channel = _channel(client)
    page = f"{settings.SITE_URL}/konferenzen/herbst/"
    named = {
        name: _words(channel, name)
        for name in (
            *("title", "link", "description", "language", "copyright"),
            *(
                "itunes:author",
                "itunes:type",
                "itunes:explicit",
                "itunes:owner/itunes:email",
                "itunes:owner/itunes:name",
            ),
            *("podcast:medium", "podcast:locked", "podcast:license", "podcast:person"),
        )
    }
    assert named == {
        "title": "Herbst zum Sehen",
        "link": page,
        "description": "Sieben Termine.",
        "language": "de",
        "copyright": "Difu",
        "itunes:author": "Difu",
        "itunes:type": "episodic",
        "itunes:explicit": "false",
        "itunes:owner/itunes:email": "post@example.org",
        "itunes:owner/itunes:name": "Nachlese",
        "podcast:medium": "video",
        "podcast:locked": "yes",
        "podcast:license": "cc-by-4.0",
        "podcast:person": "Difu",
    }
    address = f"{settings.SITE_URL}{VIDEO}"
    assert _given(channel, "atom:link") == [{"rel": "self", "type": "application/rss+xml", "href": address}]
    assert _given(channel, "itunes:category") == [{"text": "Education"}]
    assert _given(channel, "podcast:license")[0]["url"].startswith("https://creativecommons.org/licenses/by/4.0/")
    assert _given(channel, "itunes:image")[0]["href"] == f"{settings.SITE_URL}/static/{COVER}"
    assert _words(_channel(client, AUDIO), "podcast:medium") == "podcast"


def test_podcast_keeps_its_guid_in_every_language(client, event):
    """The specification's own example, and ours."""
    assert feed_guid("https://podnews.net/rss") == uuid.UUID("9b024349-ccf0-5f69-a609-6b82873eab3c")
    guid = _words(_channel(client), "podcast:guid")
    assert guid == str(feed_guid(f"{settings.SITE_URL}{VIDEO}"))
    with override("en"):
        english = _channel(client, f"/en{VIDEO}")
    assert _words(english, "podcast:guid") == guid
    assert _words(_channel(client, AUDIO), "podcast:guid") != guid


def test_podcast_cover_is_a_square_directories_take():
    path = find(COVER)
    with Image.open(path) as picture:
        assert picture.width == picture.height and 1400 <= picture.width <= 3000
    with open(path, "rb") as file:
        assert len(file.read()) <= 150_000


def test_podcast_item_tells_where_the_file_is_and_what_is_in_it(client, event):
    poster = make.image(file=make.picture_file(size=(1280, 720)))
    published = datetime.datetime(2021, 3, 2, 9, 30, tzinfo=datetime.UTC)
    video = _video(
        event=event,
        duration=datetime.timedelta(minutes=12, seconds=34),
        published_at=published,
        poster=poster,
        license="CC-BY-4.0",
        summary="Ein <Anfang> & mehr.",
    )
    (item,) = _items(client)
    page = f"{settings.SITE_URL}/videos/mitschnitt/"
    assert [item.findtext(name) for name in ("title", "link", "pubDate", "description")] == [
        *("Mitschnitt", page, "Tue, 02 Mar 2021 09:30:00 +0000", "Ein <Anfang> & mehr.")
    ]
    assert (item.findtext("guid"), item.find("guid").attrib) == (str(video.uuid), {"isPermaLink": "false"})
    assert _given(item, "enclosure") == [
        {"url": "https://videos.example.org/mitschnitt.mp4", "length": "4000000", "type": "video/mp4"}
    ]
    assert "<p>Ein &lt;Anfang&gt; &amp; mehr.</p>" in _words(item, "content:encoded")
    assert page in _words(item, "content:encoded")
    numbers = ["itunes:duration", "itunes:season", "podcast:season", "itunes:episode", "podcast:episode"]
    assert [_words(item, name) for name in numbers] == ["754", "2020", "2020", "3", "3"]
    assert _given(item, "podcast:season") == [{"name": "Herbst"}]
    assert _given(item, "podcast:episode") == [{"display": "Veranstaltung 3"}]
    assert _words(item, "podcast:license") == "cc-by-4.0"
    assert _given(item, "media:thumbnail")[0]["url"].endswith("-1280.webp")
    assert _given(item, "itunes:image")
    (sound,) = _items(client, AUDIO)
    assert _given(sound, "enclosure")[0]["type"] == "audio/mp4"
    assert sound.findtext("guid") == str(video.uuid)


def test_podcast_item_offers_transcripts_chapters_and_other_versions(client, event):
    video = _video(event=event, duration=datetime.timedelta(seconds=100))
    english = make.text_track(["Hello."], video=video, kind="subtitles", language="en")
    german = make.text_track(["Guten Tag."], video=video)
    make.text_track(["Ein Saal."], video=video, kind="descriptions")
    make.chapter(video=video)
    address = "https://videos.example.org/dgs.mp4"
    make.media_file(video=video, role="sign_language", url=address, size=1_000_000, width=640, height=360)
    make.media_file(video=video, role="audio_description", url="https://videos.example.org/ad.mp4")
    (item,) = _items(client)
    files = f"{settings.SITE_URL}/medien"
    assert _given(item, "podcast:transcript") == [
        {"url": f"{files}/spuren/{track.uuid}.{suffix}", "type": kind, "language": track.language, "rel": "captions"}
        for track in (german, english)
        for suffix, kind in (("vtt", "text/vtt"), ("srt", "application/x-subrip"))
    ]
    assert _given(item, "podcast:chapters") == [
        {"url": f"{files}/kapitel/{video.uuid}.json", "type": "application/json+chapters"}
    ]
    sign, described = item.findall("podcast:alternateEnclosure", NAMESPACES)
    assert sign.attrib == {
        "type": "video/mp4", "length": "1000000", "bitrate": "80000", "height": "360", "lang": "de",
        "title": "in Gebärdensprache", "rel": "sign-language",
    }  # fmt: skip
    assert _given(sign, "podcast:source") == [{"uri": address, "contentType": "video/mp4"}]
    assert described.get("rel") == "audio-description"
    for address in [given["url"] for name in ("transcript", "chapters") for given in _given(item, f"podcast:{name}")]:
        response = client.get(urlsplit(address).path)
        assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (200, "*")


def test_podcast_names_who_is_in_it_and_nobody_in_a_trailer(client, event):
    host, guest = make.speaker("Fahrenkrug", given_name="Katrin"), make.speaker("Welzer", given_name="Harald")
    make.contribution(event=event, speakers=[host], kind="moderation")
    talk = make.contribution(event=event, speakers=[guest, make.speaker("Geheim", status="draft")], position=1)
    make.contribution(event=event, speakers=[guest], position=2)
    _video("Ganz", event=event)
    _video("Vortrag", contribution=talk)
    _video("Trailer", event=event, kind="trailer")
    cast = {
        item.findtext("title"): [
            (person.text, person.get("role"), person.get("group"), urlsplit(person.get("href")).path)
            for person in item.findall("podcast:person", NAMESPACES)
        ]
        for item in _items(client)
    }
    harald = ("Harald Welzer", "guest", "cast", guest.get_absolute_url())
    katrin = ("Katrin Fahrenkrug", "host", "cast", host.get_absolute_url())
    assert cast == {"Ganz": [katrin, harald], "Vortrag": [harald], "Trailer": []}


def test_podcast_has_exactly_what_is_public_and_can_be_played(client, conference, event):
    _video("Bild und Ton", event=event)
    _video("Nur Bild", files=[MP4], event=event)
    _video("Nur Ton", files=[M4A], event=event)
    make.media_file(video=make.video("Ton als Hauptfassung", event=event), media_type="audio/mpeg")
    make.video("Ohne Datei", event=event)
    _video("Nur Gebärden", files=[MP4 | {"role": "sign_language"}], event=event)
    for status in ("draft", "in_review", "withdrawn"):
        _video("Geheim", event=event, status=status, slug=f"geheim-{status}")
        _video("Geheim", event=make.event(conference=conference, status=status), slug=f"geheim-{status}-2")
    for availability in ("planned", "offline", "not_recorded"):
        _video("Geheim", event=event, availability=availability, slug=f"geheim-{availability}")
    _video("Geheim", event=event, published_at=make.soon(), slug="geheim-bald")
    _video("Geheim", event=event, expires_at=timezone.now() - datetime.timedelta(minutes=1), slug="geheim-vorbei")
    _video("Geheim", event=make.event(), slug="andere-konferenz")
    assert set(_titles(client, VIDEO)) == {"Bild und Ton", "Nur Bild"}
    assert set(_titles(client, AUDIO)) == {"Bild und Ton", "Nur Ton", "Ton als Hauptfassung"}


def test_podcast_of_a_hidden_conference_is_not_there(client, publisher_client):
    make.event(conference=make.conference(slug="herbst", status="draft"))
    for reader in (client, publisher_client):
        assert [reader.get(address).status_code for address in (AUDIO, VIDEO)] == [404, 404]


def test_podcast_is_asked_for_by_other_sites_and_again(client, event):
    _video(event=event)
    response = client.get(VIDEO)
    etag = response.headers["ETag"]
    again = client.get(VIDEO, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(VIDEO)
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", etag)
    for answer in (response, again, head):
        assert answer.headers["Access-Control-Allow-Origin"] == "*" and not answer.cookies
    event.videos.get().withdraw()
    assert client.get(VIDEO, headers={"If-None-Match": etag}).status_code == 200
    assert client.post(VIDEO).status_code == 405


def test_podcast_survives_signs_xml_does_not_know(client, event):
    _video("Auftakt]]>", event=event, summary="Vor\x0bher\ufffe & nachher", rights_holder="<Studio>")
    (item,) = _items(client)
    assert (item.findtext("title"), item.findtext("description")) == ("Auftakt]]>", "Vor her & nachher")


@pytest.mark.parametrize("number", [1, 30])
def test_podcast_asks_the_same_number_of_questions_however_many(client, event, django_assert_num_queries, number):
    poster = make.image()
    for position in range(number):
        contribution = make.contribution(event=event, speakers=[make.speaker(portrait=poster)], position=position)
        video = _video(f"Video {position}", contribution=contribution, poster=poster)
        make.text_track(["Guten Tag."], video=video)
        make.chapter(video=video)
    with django_assert_num_queries(8):
        assert len(_titles(client)) == number


def test_conference_detail_points_to_its_podcasts(client, conference, event):
    types = b'type="application/rss+xml"'
    assert types not in client.get(conference.get_absolute_url()).content
    _video(event=event)
    page = client.get(conference.get_absolute_url()).content
    assert page.count(types) == 2
    assert AUDIO.encode() in page and VIDEO.encode() in page
