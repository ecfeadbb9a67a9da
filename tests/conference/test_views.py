"""Plain pages, and what every page shares."""

import pytest
from django.template.loader import render_to_string
from django.test import override_settings

from tests import make

pytestmark = pytest.mark.django_db


def test_page_detail_shows_its_text_one_heading_higher(client):
    make.page("Impressum", body="<h3>Anschrift</h3><p>Hier.</p>")
    text = client.get("/seiten/impressum/").content.decode()
    assert "<h1>Impressum</h1>" in text
    assert "<h2>Anschrift</h2>" in text


def test_page_detail_of_a_draft_is_the_404_of_nothing(client):
    make.page("Geheim", status="draft")
    assert client.get("/seiten/geheim/").content == client.get("/gibt-es-nicht/").content


def test_page_detail_costs_three_queries(client, django_assert_num_queries):
    make.page("Impressum")
    with django_assert_num_queries(3):
        client.get("/seiten/impressum/")


def test_footer_links_the_published_pages_meant_for_it(client):
    make.page("Impressum")
    make.page("Entwurf", status="draft")
    make.page("Versteckt", is_in_footer=False)
    make.page("Leichte Sprache", slug="leichte-sprache", is_in_footer=False)
    text = client.get("/veranstaltungen/").content.decode()
    assert "/seiten/impressum/" in text
    assert "/seiten/leichte-sprache/" in text
    assert "Entwurf" not in text
    assert "/seiten/versteckt/" not in text


@override_settings(SITE_URL="https://nachlese.example.org")
def test_pages_name_their_address_and_their_other_language(client):
    text = client.get("/veranstaltungen/?art=opening").content.decode()
    assert '<link rel="canonical" href="https://nachlese.example.org/veranstaltungen/">' in text
    assert '<link rel="alternate" hreflang="de" href="https://nachlese.example.org/veranstaltungen/">' in text
    assert '<link rel="alternate" hreflang="en" href="https://nachlese.example.org/en/events/">' in text
    assert 'href="/en/events/?art=opening" hreflang="en" lang="en"' in text, "the switch keeps the filters"


def test_navigation_says_where_we_are(client):
    text = client.get("/veranstaltungen/").content.decode()
    assert '<a href="/veranstaltungen/" aria-current="page">' in text
    make.event("Auftakt", conference=make.conference("Herbst"))
    text = client.get("/konferenzen/herbst/auftakt/").content.decode()
    assert '<a href="/veranstaltungen/" aria-current="true">' in text


def test_not_found_is_the_same_for_every_address(client):
    first, second = client.get("/a/?q=1"), client.get("/b/c/d/")
    assert first.status_code == second.status_code == 404
    assert first.content == second.content
    assert "Dieses Blatt fehlt." in first.content.decode()
    assert "set-cookie" not in {name.lower() for name in first.headers}


def test_server_error_needs_neither_context_nor_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "Das lag an uns." in render_to_string("500.html")


@pytest.mark.parametrize("address", ["/", "/veranstaltungen/", "/themen/", "/konferenzen/", "/en/", "/gibt-es-nicht/"])
def test_pages_carry_no_inline_style_or_script_and_set_no_cookie(client, address):
    response = client.get(address)
    text = response.content.decode()
    assert "style=" not in text
    assert "<style" not in text
    assert " onclick" not in text
    assert not response.cookies
