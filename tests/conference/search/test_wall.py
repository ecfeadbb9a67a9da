"""Nothing hidden is found, counted, excerpted or suggested."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from conference.models import SearchDocument
from conference.search import matching, rebuild_index
from conference.search.answers import Limits
from tests import make
from tests.conference.search.pages import results, titles

pytestmark = pytest.mark.django_db


def hidden_states():
    now, day = timezone.now(), datetime.timedelta(days=1)
    return {
        "draft": {"status": "draft"},
        "in_review": {"status": "in_review"},
        "withdrawn": {"status": "withdrawn"},
        "scheduled": {"published_at": now + day},
        "expired": {"published_at": now - 2 * day, "expires_at": now - day},
    }


def plant(state, **shown):
    """One thing of each kind, all in that state, all with the same word."""
    conference = make.conference("Geheimwort Konferenz", **state)
    host = make.conference(f"Öffentlich {state}"[:60])
    make.theme("Geheimwort Kernbotschaft", **state)
    make.organisation("Geheimwort Einrichtung", **state)
    make.material("Geheimwort Material", **state)
    make.page("Geheimwort Seite", **state)
    make.project("Geheimwort Vorhaben", **state)
    make.speaker("Geheimwort", **state)
    event = make.event("Geheimwort Veranstaltung", conference=host, questions=["Geheimwort?"], **state)
    make.contribution("Geheimwort Beitrag", event=event)
    make.video("Geheimwort Video", event=make.event(conference=host), **state)
    # Published itself, but within something that is not.
    inner = make.event("Geheimwort innen", conference=conference)
    make.video("Geheimwort Mitschnitt", event=inner)
    make.theme("Geheimwort Thema", conference=conference)


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn", "scheduled", "expired"])
def test_search_shows_nothing_hidden(state):
    plant(hidden_states()[state])
    rebuild_index()
    assert SearchDocument.objects.filter(title__contains="Geheimwort").count() == 12
    for text in ("Geheimwort", "Geheim", '"Geheimwort Material"', "Geheimwort Beitrag"):
        page = Client().get("/suche/", {"q": text})
        assert page.context["results"].total == 0
        assert page.context["results"].kinds == []
        assert page.context["results"].suggestions == []
        assert "<mark>" not in page.content.decode()
    # Not as a suggestion either, and an empty answer looks like that to a word nobody ever wrote.
    assert results("Geheimwrot").suggestions == []
    hidden, unknown = (Client().get("/suche/", {"q": word}).content.decode() for word in ("Geheimwort", "Xeheimwort"))
    assert hidden.replace("Geheimwort", "") == unknown.replace("Xeheimwort", "")


def test_search_counts_only_what_may_be_seen():
    make.page("Brache A")
    make.page("Brache B", status="draft")
    make.project("Brache C")
    make.project("Brache D", status="in_review")
    rebuild_index()
    found = results("Brache")
    assert found.total == 2
    assert {(choice.value, choice.count) for choice in found.kinds} == {("seite", 1), ("vorhaben", 1)}
    assert sorted(titles("Brache")) == ["Brache A", "Brache C"]


def test_public_documents_hold_nothing_of_hidden_neighbours():
    draft = {"status": "draft"}
    event = make.event(
        "Auftakt", theme=make.theme("Geheimthema", **draft), materials=[make.material("Geheimblatt", **draft)]
    )
    person = make.speaker("Geheimperson", organisations=[make.organisation("Geheimamt", **draft)], **draft)
    contribution = make.contribution(
        "Rede", event=event, projects=[make.project("Geheimvorhaben", **draft)], materials=[]
    )
    make.appearance(contribution=contribution, speaker=person, role="Geheimrolle", office="Geheimlandrat")
    project = make.project("Offen", themes=[event.theme])
    make.partnership(project=project, organisation=make.organisation("Geheimstadt", **draft))
    make.involvement(speaker=person, project=project, role="Geheimaufgabe")
    make.speaker("Sichtbar", organisations=[make.organisation("Geheimhaus", **draft)])
    rebuild_index()
    assert titles("Geheim") == []
    shown = ["Auftakt", "Offen", "Sichtbar"]
    assert not SearchDocument.objects.filter(title__in=shown, text__contains="Geheim").exists()
    assert [(hit.palette, hit.motif) for hit in results("Auftakt").hits] == [(None, None)]


def test_a_hidden_conference_is_no_filter():
    make.conference("Eins", slug="eins")
    make.conference("Zwei", slug="zwei")
    hidden = make.conference("Drei", slug="drei", status="draft")
    make.event("Brache", conference=hidden)
    make.page("Brache")
    rebuild_index()
    found, unknown = results("Brache", konferenz="drei"), results("Brache", konferenz="vier")
    assert not found.is_narrowed and not unknown.is_narrowed
    assert found.total == unknown.total == 1
    assert {each.value for each in found.filters["konferenz"].options} == {"eins", "zwei"}


def test_publishing_and_the_clock_need_no_new_index():
    page = make.page("Brache", status="draft")
    later = make.page("Brache später", published_at=timezone.now() + datetime.timedelta(hours=1))
    rebuild_index()
    assert titles("Brache") == []
    page.publish()
    assert titles("Brache") == ["Brache"]
    page.withdraw()
    assert titles("Brache") == []
    type(later).objects.filter(pk=later.pk).update(published_at=timezone.now())
    assert titles("Brache") == ["Brache später"]


def test_staff_see_no_more_than_the_public(client):
    make.page("Brache", status="draft")
    rebuild_index()
    client.force_login(make.administrator())
    assert client.get("/suche/", {"q": "Brache"}).context["results"].total == 0


def test_what_is_hidden_takes_the_place_of_nothing_public(monkeypatch):
    """Most of what answers best is hidden: the search looks further until it has what may be seen."""
    monkeypatch.setattr(matching, "_LIMITS", Limits(ranked=10, things=4, passages=4))
    monkeypatch.setattr(matching, "_SPARE", 1)
    for number in range(12):
        make.page(f"Brache {number}", status="draft")
        make.text_track(["Brache, Brache, Brache."], video=make.video(status="draft"))
    make.page("Etwas anderes", body="<p>Eine Brache.</p>")
    make.text_track(["Ganz am Ende noch eine Brache und vieles mehr."], video=make.video("Aufzeichnung"))
    rebuild_index()
    assert set(titles("Brache")) == {"Etwas anderes", "Aufzeichnung"}
    assert set(titles("Brach")) == {"Etwas anderes", "Aufzeichnung"}
    assert not results("Brache").is_capped


def test_as_many_are_found_as_are_shown_whatever_is_hidden(monkeypatch):
    monkeypatch.setattr(matching, "_LIMITS", Limits(ranked=10, things=3, passages=3))
    monkeypatch.setattr(matching, "_SPARE", 1)
    for number in range(8):
        make.page(f"Brache {number}", status="draft" if number % 2 else "published")
    rebuild_index()
    found = results("Brache")
    assert (found.total, found.is_capped) == (3, True)
