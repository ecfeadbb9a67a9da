"""Old addresses lead to new ones."""

import pytest

from conference.models import FormerSlug
from conference.redirects import remember_slug
from tests import make

pytestmark = pytest.mark.django_db


def rename(thing, slug):
    former, thing.slug = thing.slug, slug
    thing.save()
    remember_slug(thing, former)


def test_a_renamed_page_keeps_its_old_address(client):
    page = make.page(title="Impressum")
    rename(page, "anbieter")
    response = client.get("/seiten/impressum/?druck=1")
    assert (response.status_code, response.url) == (301, "/seiten/anbieter/?druck=1")


def test_in_english_too(client):
    page = make.page(title="Impressum")
    before = page.slug
    rename(page, "anbieter")
    from django.urls import reverse
    from django.utils import translation

    with translation.override("en"):
        old = reverse("page_detail", args=[before])
        new = reverse("page_detail", args=["anbieter"])
    response = client.get(old)
    assert (response.status_code, response.url) == (301, new)


def test_an_event_survives_a_renamed_conference_and_its_own_new_name(client):
    home = make.conference(title="Herbst")
    event = make.event(title="Auftakt", conference=home)
    rename(home, "herbst-2020")
    assert client.get("/konferenzen/herbst/auftakt/").url == "/konferenzen/herbst-2020/auftakt/"
    rename(event, "eroeffnung")
    assert client.get("/konferenzen/herbst/auftakt/").url == "/konferenzen/herbst-2020/eroeffnung/"
    assert client.get("/konferenzen/herbst-2020/auftakt/").url == "/konferenzen/herbst-2020/eroeffnung/"


def test_who_has_subscribed_stays_subscribed(client):
    home = make.conference(title="Herbst")
    rename(home, "herbst-2020")
    for old in ("/feeds/%s/podcast-ton.xml", "/en/feeds/%s/podcast-audio.xml", "/feeds/konferenzen/%s.atom"):
        answer = client.get(old % "herbst")
        assert (answer.status_code, answer.headers.get("Location")) == (301, old % "herbst-2020"), old


def test_an_event_is_not_found_under_a_foreign_conference(client):
    event = make.event(title="Auftakt")
    rename(event, "eroeffnung")
    other = make.conference(title="Fremd")
    assert client.get(f"/konferenzen/{other.slug}/auftakt/").status_code == 404


def test_a_draft_does_not_betray_itself_by_its_old_name(client):
    page = make.page(title="Geheim", status="draft")
    rename(page, "noch-geheimer")
    hidden = client.get("/seiten/geheim/")
    never = client.get("/seiten/gab-es-nie/")
    assert (hidden.status_code, hidden.content) == (404, never.content)


def test_a_slug_taken_by_another_leads_to_that_one(client):
    first = make.page(title="Impressum")
    rename(first, "anbieter")
    make.page(title="Impressum")
    assert client.get("/seiten/impressum/").status_code == 200


def test_remembering_twice_keeps_one(client):
    page = make.page(title="Impressum")
    rename(page, "anbieter")
    rename(page, "impressum")
    rename(page, "anbieter")
    assert sorted(FormerSlug.objects.values_list("slug", flat=True)) == ["anbieter", "impressum"]
    assert client.get("/seiten/impressum/").url == "/seiten/anbieter/"
