"""The page of documentation says what is declared, and what it shows works."""

import html
import re

import pytest
from django.conf import settings

from sessions_app.api import COLLECTIONS, CUES, DESCRIPTION
from tests import make
from tests.reading import html_of, queries_of, text_of

pytestmark = pytest.mark.django_db


def test_the_documentation_names_all_there_is(client):
    text = f" {text_of(client, '/api/doku/')} "
    for collection in (*COLLECTIONS, CUES):
        assert str(collection.title) in text
        for parameter in collection.of_list:
            assert f" {parameter.name} " in text, parameter.name
    for part in DESCRIPTION.parts():
        for field in part.fields:
            assert f" {field.name} " in text, field.name
    assert "keynote Keynote" in text and "ganze Zahl von 1 bis 100, sonst 50" in text
    assert re.findall(r".{20}(?:(?<!-)None|%\(|__proxy__).{20}", text) == []


def test_its_example_calls_work(client):
    make.conference("Herbst", slug="SLUG")
    page = html_of(client, "/api/doku/")
    video = make.video()
    calls = re.findall(r"curl &#x27;([^ ]+)&#x27;</code>", page)
    assert len(calls) == 14
    for call in calls:
        address = html.unescape(call).replace("<uuid>", str(video.uuid)).removeprefix(settings.SITE_URL)
        assert client.get(address).status_code == 200, call


def test_the_documentation_asks_for_nothing_but_the_frame(client):
    assert queries_of(client, "/api/doku/") == 2


def test_the_documentation_speaks_both_languages(client):
    """German and English at addresses of their own; what machines are given leads to the German one."""
    german, english = (client.get(address).content.decode() for address in ("/api/doku/", "/en/api/docs/"))
    for page, language, own in ((german, "de", "/api/doku/"), (english, "en", "/en/api/docs/")):
        assert f'<html lang="{language}"' in page and f'rel="canonical" href="{settings.SITE_URL}{own}"' in page
        assert f'hreflang="de" href="{settings.SITE_URL}/api/doku/"' in page
        assert f'hreflang="en" href="{settings.SITE_URL}/en/api/docs/"' in page
    assert "<h1>Daten zum Weiterverwenden</h1>" in german and "<h1>Data for reuse</h1>" in english
    assert '<h2 class="h-m" id="projects">Joint projects</h2>' in english
    for address in ("/api/docs/", "/api/doku", "/en/api/doku/"):
        assert client.get(address).status_code == 404, address
    told = client.get("/api/", headers={"accept-language": "en"}).json()["documentation"]
    assert told == f"{settings.SITE_URL}/api/doku/"
