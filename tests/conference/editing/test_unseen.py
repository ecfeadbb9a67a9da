"""A working copy is nowhere before it is published, and everywhere after."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from conference.search.index import rebuild_index
from tests import make
from tests.crawl import SITEMAPS, crawl, fetch, timeless
from tests.desk import posted, url, words
from tests.planted import Public

pytestmark = pytest.mark.django_db
TITLE, QUESTION, TALK = "Zwetschgenabend", "Wachsen hier Mirabellen?", "Schlehenvortrag"
SEARCHES = [f"/suche/?q={query}" for query in ("Zwetschgenabend", "Mirabellen", "Schlehenvortrag", "Abend")]


@pytest.fixture
def public():
    public = Public()
    public.event.questions.create(text="Wachsen hier Pflaumen?")
    rebuild_index()
    return public


def everything():
    """Every public address with its answer, and every file of the staff who take listings."""
    pages = crawl(Client(), starts=["/", "/en/", *SITEMAPS, *SEARCHES])
    return {address: timeless(page.body) for address, page in pages.items()} | listings()


def listings():
    exporter = Client()
    exporter.force_login(make.analyst(username=f"auswertung-{User.objects.count()}"))
    offered = [link for link in fetch(exporter, "/exporte/").links if re.search(r"\.(csv|json)(\?|$)", link)]
    return {address: timeless(fetch(exporter, address).body) for address in offered}


def changed(client, event):
    address = url(type(event), "change", event.pk)
    data = posted(client.get(address))
    row = next(key for key, value in data.items() if value == "Wachsen hier Pflaumen?")
    talk = next(key for key, value in data.items() if value == "Offener Vortrag" and key.endswith("-title"))
    return address, data | {"title": TITLE, row: QUESTION, talk: TALK}


def marked(world):
    return {
        address for address, body in world.items() if any(word.encode() in body for word in (TITLE, QUESTION, TALK))
    }


def test_a_working_copy_changes_no_byte_until_it_is_published(public, publisher_client):
    before = everything()
    address, data = changed(publisher_client, public.event)
    assert publisher_client.post(address, data | {"_continue": "x"}).status_code == 302
    after = everything()
    assert [key for key in before if before[key] != after[key]] == []
    assert after.keys() == before.keys()

    preview = publisher_client.get(address).context["preview_url"]
    shown = words(publisher_client.get(preview))
    assert all(text in shown for text in (TITLE, QUESTION, TALK))
    query = preview.partition("?")[2]
    for listed in (reverse("event_list"), reverse("home"), public.conference.get_absolute_url()):
        assert TITLE in words(publisher_client.get(f"{listed}?{query}"))
    assert TITLE not in words(publisher_client.get(reverse("event_list")))

    assert publisher_client.post(address, posted(publisher_client.get(address)) | {"_publish": "x"}).status_code == 302
    page = public.event.get_absolute_url()
    english = f"/en{page.replace('konferenzen', 'conferences')}"
    public_places = {page, english, f"{page}kalender.ics", "/", "/veranstaltungen/", *SITEMAPS[3:], *SEARCHES[:3]}
    assert marked({address: fetch(Client(), address).body for address in public_places}) == public_places
    places = marked(listings())
    assert {address.partition("?")[0].rsplit("/", 1)[1] for address in places} >= {
        "programm.csv",
        "veranstaltungen.csv",
    }
