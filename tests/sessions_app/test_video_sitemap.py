"""What search engines for videos are told."""

import datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.utils import timezone

from sessions_app.video_sitemap import NAMESPACES
from tests import make

pytestmark = pytest.mark.django_db
NAMES = NAMESPACES | {"map": NAMESPACES[""]}


def _pages(client) -> list[ElementTree.Element]:
    response = client.get("/sitemap-videos.xml")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml")
    return ElementTree.fromstring(response.content).findall("map:url", NAMES)


def _video(title="Mitschnitt", **fields):
    made = make.video(title, **fields)
    make.media_file(video=made)
    return made


def test_video_sitemap_gives_every_required_field(client):
    published = datetime.datetime(2021, 3, 2, 9, 30, tzinfo=datetime.UTC)
    conference = make.conference("Herbst")
    event = make.event(conference=conference, theme=make.theme("Wagen", conference=conference))
    video = _video(
        event=event,
        summary="Ein Anfang.",
        duration=datetime.timedelta(minutes=12),
        published_at=published,
        rights_holder="Filmstudio",
        poster=make.image(file=make.picture_file(size=(1280, 720))),
    )
    (page,) = _pages(client)
    address = f"{settings.SITE_URL}{video.get_absolute_url()}"
    assert page.findtext("map:loc", namespaces=NAMES) == address
    assert page.findtext("map:lastmod", namespaces=NAMES)
    entry = page.find("video:video", NAMES)
    told = {part.tag.partition("}")[2]: part.text for part in entry if not part.tag.endswith("}tag")}
    assert told.pop("thumbnail_loc").endswith("-1280.webp")
    assert told == {
        "title": "Mitschnitt",
        "description": "Ein Anfang.",
        "content_loc": "https://videos.example.org/datei.mp4",
        "player_loc": f"{address}einbetten/",
        "duration": "720",
        "publication_date": "2021-03-02T09:30:00+00:00",
        "family_friendly": "yes",
        "requires_subscription": "no",
        "live": "no",
        "uploader": "Filmstudio",
    }
    assert [tag.text for tag in entry.findall("video:tag", NAMES)] == ["Herbst", "Wagen"]
    info = f"{settings.SITE_URL}{conference.get_absolute_url()}"
    assert entry.find("video:uploader", NAMES).attrib == {"info": info}


def test_video_sitemap_keeps_the_limits_of_its_fields(client):
    _video("T" * 200, duration=datetime.timedelta(hours=9))
    entry = _pages(client)[0].find("video:video", NAMES)
    assert len(entry.findtext("video:title", namespaces=NAMES)) < 100
    assert entry.findtext("video:description", namespaces=NAMES) == "T" * 200
    assert entry.find("video:duration", NAMES) is None
    assert entry.findtext("video:thumbnail_loc", namespaces=NAMES) == f"{settings.SITE_URL}/static/img/teilen.png"


def test_video_sitemap_lists_exactly_what_is_public_and_plays_here(client):
    event = make.event()
    shown = {_video(event=event).slug, _video("Auch dieses", event=event).slug}
    for status in ("draft", "in_review", "withdrawn"):
        _video(event=event, status=status)
        _video(event=make.event(status=status))
    for availability in ("planned", "offline", "not_recorded"):
        _video(event=event, availability=availability)
    _video(event=event, published_at=make.soon())
    _video(event=event, expires_at=timezone.now() - datetime.timedelta(minutes=1))
    make.video("Nur ein Link", event=event)
    listed = [page.findtext("map:loc", namespaces=NAMES) for page in _pages(client)]
    assert set(listed) == {f"{settings.SITE_URL}/videos/{slug}/" for slug in shown}
    assert len(listed) == 2


def test_video_sitemap_is_announced_and_asked_for_again(client):
    assert f"Sitemap: {settings.SITE_URL}/sitemap-videos.xml" in client.get("/robots.txt").content.decode()
    _video()
    etag = client.get("/sitemap-videos.xml").headers["ETag"]
    assert client.get("/sitemap-videos.xml", headers={"If-None-Match": etag}).status_code == 304
    assert client.head("/sitemap-videos.xml").status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_video_sitemap_asks_the_same_number_of_questions(client, django_assert_num_queries, number):
    event = make.event(theme=make.theme())
    contribution = make.contribution(event=event)
    for position in range(number):
        _video(f"Video {position}", event=event)
        _video(f"Beitrag {position}", contribution=contribution)
    with django_assert_num_queries(6):
        assert len(_pages(client)) == 2 * number
