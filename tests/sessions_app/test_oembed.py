"""Our recordings in other people's pages."""

import json
import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from sessions_app.oembed import scaled
from tests import make
from tests.machine_reading import read

pytestmark = pytest.mark.django_db


def _ask(client, video_or_address, **more):
    address = video_or_address
    if not isinstance(address, str):
        address = f"{settings.SITE_URL}{video_or_address.get_absolute_url()}"
    return client.get("/oembed", {"url": address, **more})


def _video(title="Mitschnitt", width=1920, height=1080, **fields):
    made = make.video(title, **fields)
    make.media_file(video=made, width=width, height=height)
    return made


def _poster():
    return make.image(file=make.picture_file(size=(1280, 720)))


def test_oembed_gives_every_required_field(client):
    video = _video(poster=_poster(), rights_holder="Filmstudio")
    response = _ask(client, video)
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    answer = response.json()
    frame = answer.pop("html")
    assert re.fullmatch(r".*/16x9-50-50-1280\.webp", answer.pop("thumbnail_url"))
    assert answer == {
        "version": "1.0",
        "type": "video",
        "title": "Mitschnitt",
        "author_name": "Filmstudio",
        "author_url": f"{settings.SITE_URL}{video.event.conference.get_absolute_url()}",
        "provider_name": "Nachlese",
        "provider_url": f"{settings.SITE_URL}/",
        "cache_age": 3600,
        "thumbnail_width": 1280,
        "thumbnail_height": 720,
        "width": 1280,
        "height": 720,
    }
    (iframe,) = html5lib.parseFragment(frame, namespaceHTMLElements=False)
    assert (iframe.get("width"), iframe.get("height"), iframe.get("title")) == ("1280", "720", "Mitschnitt")
    assert iframe.get("src") == f"{settings.SITE_URL}/videos/mitschnitt/einbetten/"
    assert iframe.get("allow") == "fullscreen"


def test_oembed_says_the_same_in_xml(client):
    video = _video("Frage <1> & „Antwort“", poster=_poster())
    response = _ask(client, video, format="xml")
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    assert root.tag == "oembed"
    assert {part.tag: part.text for part in root} == {name: str(v) for name, v in _ask(client, video).json().items()}


@pytest.mark.parametrize("other", ["html", "", "JSON", "xml;json"])
def test_oembed_knows_two_formats(client, other):
    assert _ask(client, _video(), format=other).status_code == 501


@pytest.mark.parametrize(
    ("limits", "width", "height"),
    [
        ({}, 1280, 720),
        ({"maxwidth": "640"}, 640, 360),
        ({"maxheight": "180"}, 320, 180),
        ({"maxwidth": "640", "maxheight": "180"}, 320, 180),
        ({"maxwidth": "9000"}, 1280, 720),
        ({"maxwidth": "1"}, 1, 1),
        ({"maxwidth": "0", "maxheight": "-5"}, 1280, 720),
        ({"maxwidth": "viel", "maxheight": "9" * 400}, 1280, 720),
        ({"maxwidth": "²", "maxheight": "٣"}, 1280, 720),
    ],
)
def test_oembed_stays_inside_the_limits(client, limits, width, height):
    video = _video(poster=_poster())
    answer = _ask(client, video, **limits).json()
    assert (answer["width"], answer["height"]) == (width, height)
    assert f'width="{width}" height="{height}"' in answer["html"]


def test_oembed_keeps_the_ratio_of_the_picture():
    assert scaled((640, 480), (320, None)) == (320, 240)
    assert scaled((1080, 1920), (None, None)) == (405, 720)
    assert scaled((320, 180), (None, None)) == (320, 180)


def test_oembed_has_the_thumbnail_whole_or_not_at_all(client):
    names = {"thumbnail_url", "thumbnail_width", "thumbnail_height"}
    assert names & _ask(client, _video("Ohne")).json().keys() == set()
    video = _video("Mit", poster=_poster())
    small = _ask(client, video, maxwidth="700").json()
    assert (small["thumbnail_width"], small["thumbnail_height"]) == (640, 360)
    assert names & _ask(client, video, maxwidth="100").json().keys() == set()


def test_oembed_follows_language_and_second_of_the_address(client):
    _video()
    with override("en"):
        english = reverse("video_embed", args=["mitschnitt"])
    answer = _ask(client, f"{settings.SITE_URL}/en/videos/mitschnitt/").json()
    assert english.startswith("/en/") and f'src="{settings.SITE_URL}{english}"' in answer["html"]
    for asked, given in (("754", "?t=754"), ("723,850", "?t=723,850"), ("12:34", "?t=754"), ('"><script>', "")):
        answer = _ask(client, f"{settings.SITE_URL}/videos/mitschnitt/?t={asked}").json()
        assert f'/videos/mitschnitt/einbetten/{given}"' in answer["html"], asked


def test_oembed_knows_only_what_is_public_and_plays_here(client, publisher_client):
    shown = _video("Offen")
    event = make.event()
    hidden = [_video(event=event, status=status) for status in ("draft", "in_review", "withdrawn")]
    hidden += [_video(event=make.event(status="draft")), _video(event=event, published_at=make.soon())]
    hidden += [_video(event=event, expires_at=timezone.now()), _video(event=event, availability="offline")]
    hidden += [make.video("Nur ein Link")]
    for reader in (client, publisher_client):
        assert {video.slug for video in [shown, *hidden] if _ask(reader, video).status_code == 200} == {"offen"}
        assert {_ask(reader, video).status_code for video in hidden} == {404}


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nein",
        "https://videos.example.org/videos/mitschnitt/",
        "javascript://127.0.0.1:8000/videos/mitschnitt/",
        "//127.0.0.1:8000/videos/mitschnitt/",
        f"{settings.SITE_URL}/videos/",
        f"{settings.SITE_URL}/videos/gibt-es-nicht/",
        f"{settings.SITE_URL}/en/admin/",
        f"{settings.SITE_URL}@evil.example/videos/mitschnitt/",
        f"{settings.SITE_URL}/videos/mitschnitt%00/",
        "http://[nein",
        f"{settings.SITE_URL}/" + "a" * 5000,
    ],
)
def test_oembed_finds_nothing_at_other_addresses(client, address):
    _video()
    response = _ask(client, address)
    assert response.status_code == 404
    assert response.content == client.get("/nie/").content
    assert client.get("/oembed").status_code == 404


def test_video_embed_is_the_player_alone_for_any_page(client):
    video = _video(poster=_poster())
    track = make.text_track(["Guten Tag."], video=video)
    response = client.get("/videos/mitschnitt/einbetten/?t=12,20")
    policy = response.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy and "default-src 'self'" in policy
    assert "media-src 'self' https://videos.example.org" in policy
    assert "X-Frame-Options" not in response.headers and not response.cookies
    page = html5lib.parse(response.content, namespaceHTMLElements=False)
    assert [source.get("src") for source in page.iter("source")] == ["https://videos.example.org/datei.mp4#t=12,20"]
    assert [(each.get("kind"), each.get("srclang"), each.get("src")) for each in page.iter("track")] == [
        ("captions", "de", f"/medien/spuren/{track.uuid}.vtt")
    ]
    assert [link.get("href") for link in page.iter("a")] == [f"{settings.SITE_URL}/videos/mitschnitt/"]
    assert list(page.iter("script")) == list(page.iter("nav")) == list(page.iter("iframe")) == []


def test_every_other_page_stays_out_of_frames(client):
    response = client.get(_video().get_absolute_url())
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Frame-Options"] == "DENY"


def test_video_embed_shows_only_what_is_public_and_plays_here(client, publisher_client):
    videos = [_video("Offen"), _video("Entwurf", status="draft"), make.video("Link"), _video("Weg", status="withdrawn")]
    for reader in (client, publisher_client):
        answers = {video.slug: reader.get(f"{video.get_absolute_url()}einbetten/").status_code for video in videos}
        assert answers == {"offen": 200, "entwurf": 404, "link": 404, "weg": 404}


def test_video_detail_leads_to_both_formats(client):
    page = read(client, _video("Frage & Antwort").get_absolute_url())
    found = {each.get("type"): each for each in page.iter("link") if "oembed" in each.get("type", "")}
    assert set(found) == {"application/json+oembed", "text/xml+oembed"}
    for link in found.values():
        address = urlsplit(link.get("href"))
        assert client.get(f"{address.path}?{address.query}").status_code == 200
        assert link.get("title") == "Frage & Antwort"
    assert b"oembed" not in client.get(make.video("Nur ein Link").get_absolute_url()).content


@pytest.mark.parametrize("number", [1, 30])
def test_oembed_asks_the_same_number_of_questions(client, django_assert_num_queries, number):
    video = _video(poster=_poster())
    for position in range(number):
        make.chapter(video=video, start_ms=position * 1000)
        make.media_file(video=video, position=position)
    with django_assert_num_queries(4):
        assert json.loads(_ask(client, video).content)["title"] == "Mitschnitt"
    with django_assert_num_queries(4):
        assert client.get("/videos/mitschnitt/einbetten/").status_code == 200
