"""What search engines are told."""

import datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from tests import make

pytestmark = pytest.mark.django_db

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
LISTS = ("conference", "event", "theme", "speaker", "project", "organisation", "video", "material")


def _pages(client) -> dict[str, ElementTree.Element]:
    response = client.get("/sitemap.xml")
    assert response.headers["Content-Type"] == "application/xml"
    pages = ElementTree.fromstring(response.content).findall(f"{MAP}url")
    by_address = {page.findtext(f"{MAP}loc"): page for page in pages}
    assert len(by_address) == len(pages)
    return by_address


def _addresses(*things) -> set[str]:
    """The start page, the lists and these things, in both languages."""
    addresses = set()
    for code, _name in settings.LANGUAGES:
        with override(code):
            own = [thing.get_absolute_url() for thing in things]
            lists = [reverse(f"{kind}_list") for kind in LISTS]
            addresses |= {settings.SITE_URL + address for address in [reverse("home"), *lists, *own]}
    return addresses


def test_sitemap_of_an_empty_site_names_its_lists(client):
    assert set(_pages(client)) == _addresses()


def test_sitemap_lists_exactly_what_is_public(client):
    conference = make.conference()
    event = make.event(conference=conference)
    shown = [
        conference,
        event,
        make.theme(conference=conference),
        make.speaker(),
        make.project(),
        make.organisation(),
        make.video(event=event),
        make.page(),
    ]
    make.material()
    for status in ("draft", "in_review", "withdrawn"):
        for kind in (make.conference, make.theme, make.speaker, make.project, make.organisation, make.page):
            kind(status=status)
        make.event(conference=conference, status=status)
        make.video(event=event, status=status)
    hidden = make.conference(status="draft")
    make.theme(conference=hidden)
    make.video(event=make.event(conference=hidden))
    make.page(published_at=make.soon())
    make.page(expires_at=timezone.now() - datetime.timedelta(minutes=1))
    assert set(_pages(client)) == _addresses(*shown)


def test_sitemap_names_every_page_in_each_language(client):
    speaker = make.speaker()
    page = _pages(client)[settings.SITE_URL + speaker.get_absolute_url()]
    with override("en"):
        english = settings.SITE_URL + speaker.get_absolute_url()
    german = settings.SITE_URL + speaker.get_absolute_url()
    alternates = {link.get("hreflang"): link.get("href") for link in page.findall(LINK)}
    assert alternates == {"de": german, "en": english, "x-default": german}
    assert english.startswith(f"{settings.SITE_URL}/en/")


def test_sitemap_dates_a_page_by_its_last_change_or_its_publication_after_it(client, time_machine):
    time_machine.move_to(datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC), tick=False)
    page = make.page(published_at=datetime.datetime(2026, 3, 5, 8, tzinfo=datetime.UTC))
    changed = make.page()
    time_machine.move_to(datetime.datetime(2026, 3, 6, 12, tzinfo=datetime.UTC), tick=False)
    pages = _pages(client)
    dates = {
        name: pages[settings.SITE_URL + thing.get_absolute_url()].findtext(f"{MAP}lastmod")
        for name, thing in (("scheduled", page), ("changed", changed))
    }
    assert dates == {"scheduled": "2026-03-05T08:00:00+00:00", "changed": "2026-03-01T12:00:00+00:00"}


@pytest.mark.parametrize("number", [1, 30])
def test_sitemap_costs_a_query_for_each_kind(client, number, django_assert_num_queries):
    conference = make.conference()
    for _each in range(number):
        make.video(event=make.event(conference=conference))
        make.theme(conference=conference)
        make.project()
        make.organisation()
        make.speaker()
        make.material()
        make.page()
    with django_assert_num_queries(9):
        client.get("/sitemap.xml")


def test_sitemap_is_sent_once(client):
    first = client.get("/sitemap.xml")
    assert client.get("/sitemap.xml", headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    make.page()
    assert client.get("/sitemap.xml", headers={"if-none-match": first.headers["ETag"]}).status_code == 200


def test_robots_keeps_out_of_the_office_and_names_the_sitemap(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /exporte/",
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        f"Sitemap: {settings.SITE_URL}/sitemap-videos.xml",
    ]
