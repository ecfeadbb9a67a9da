"""Citations to take away, of everything that can be quoted."""

import datetime
import json

import pytest

from sessions_app.models import Cue
from tests import make
from tests.reading import html_of, text_of

pytestmark = pytest.mark.django_db
TYPES = {
    "txt": "text/plain; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json",
}


@pytest.fixture
def event():
    conference = make.conference(
        "Herbst-Konferenz 2020", key_question="Was macht Kommunen innovativ?", default_license="CC-BY-4.0"
    )
    return make.event("Innen entwickeln", conference=conference, date=datetime.date(2020, 11, 17))


@pytest.fixture
def contribution(event):
    part = make.contribution("Warum die Mitte zuerst kommt", event=event, kind="keynote")
    person = make.speaker("Muster", given_name="Greta", academic_title="Dr.")
    make.appearance(contribution=part, speaker=person, office="Landrätin", organisations=[make.organisation("Kreis M")])
    make.appearance(contribution=part, speaker=make.speaker("Geheim", status="draft"))
    return part


@pytest.fixture
def video(contribution):
    made = make.video(
        "Die Keynote", contribution=contribution, kind="contribution", recorded_on=contribution.event.date
    )
    track = make.text_track([("Greta Muster", "Erster Satz."), ("Greta Muster", "Zweiter Satz.")], video=made)
    track.cues.update(speaker=contribution.appearances.first().speaker)
    return made


@pytest.mark.parametrize("suffix", TYPES)
def test_each_thing_in_each_form(client, video, event, contribution, suffix):
    page = event.get_absolute_url()
    for address, title in (
        (f"{video.get_absolute_url()}zitat.{suffix}", "Die Keynote"),
        (f"{page}zitat.{suffix}", "Innen entwickeln"),
        (f"{page}{contribution.anchor}/zitat.{suffix}", "Warum die Mitte zuerst kommt"),
    ):
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, TYPES[suffix]), address
        assert answer["Content-Disposition"].startswith('attachment; filename="')
        assert answer["Content-Disposition"].endswith(f'.{suffix}"')
        assert answer["X-Robots-Tag"] == "noindex"
        words = answer.content.decode()
        assert title in words and "2020" in words and "Geheim" not in words


def test_a_passage_with_who_said_it(client, video):
    first, last = Cue.objects.order_by("start_ms")
    address = f"{video.get_absolute_url()}zitat.json?s={first.key}-{last.key}"
    (item,) = json.loads(client.get(address).content)
    assert item["author"] == [{"family": "Muster", "given": "Greta"}]
    assert item["URL"].endswith(f"{video.get_absolute_url()}?s={first.key}-{last.key}&t=0,10")
    assert "„Erster Satz. Zweiter Satz.“" in item["note"]
    assert "Dr. Greta Muster (Keynote, Landrätin, Kreis M)" in item["note"]
    assert "CC BY 4.0" in item["note"]
    assert client.get(item["URL"].removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_the_words_are_german_on_every_page(client, video):
    german = client.get(f"{video.get_absolute_url()}zitat.txt").content.decode()
    english = client.get(f"/en{video.get_absolute_url()}zitat.txt")
    assert "Videodokumentation" in german and "Herbst-Konferenz 2020 „Was macht Kommunen innovativ?“" in german
    if english.status_code == 200:
        assert english.content.decode() == german


def test_the_pages_offer_them(client, video, event, contribution):
    for suffix in TYPES:
        address = f"{event.get_absolute_url()}{contribution.anchor}/zitat.{suffix}"
        assert f'href="{address}" download' in html_of(client, event.get_absolute_url())
    for page in (video, event):
        html = html_of(client, page.get_absolute_url())
        for suffix in TYPES:
            assert f'href="{page.get_absolute_url()}zitat.{suffix}" download' in html
    assert "Innen entwickeln. Veranstaltung der Herbst-Konferenz 2020" in text_of(client, event.get_absolute_url())


@pytest.mark.parametrize("hide", ["video", "event", "conference"])
def test_nothing_hidden_is_cited(client, hide):
    conference = make.conference(status="draft" if hide == "conference" else "published")
    event = make.event(conference=conference, status="withdrawn" if hide == "event" else "published")
    part = make.contribution(event=event)
    video = make.video(contribution=part, status="draft" if hide == "video" else "published")
    missing = client.get("/videos/gibt-es-nicht/").content
    addresses = [f"{video.get_absolute_url()}zitat.bib"]
    if hide != "video":
        addresses += [f"{event.get_absolute_url()}zitat.bib", f"{event.get_absolute_url()}{part.anchor}/zitat.bib"]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 404 and answer.content == missing


def test_what_is_no_form_is_not_there(client, video, event, contribution):
    page = event.get_absolute_url()
    for address in (
        f"{video.get_absolute_url()}zitat.exe",
        f"{page}zitat.bibtex",
        f"{page}beitrag-00000000/zitat.bib",
        f"{page}{contribution.anchor}/zitat.text",
    ):
        assert client.get(address).status_code == 404
