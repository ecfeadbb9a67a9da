"""A page as it will be, before it is; and the gate before it becomes so."""

import pytest
from django.test import Client
from django.urls import reverse

from conference.editing.copies import copy_of
from conference.editing.snapshot import same, take
from conference.models import GateOverride, RequirementSetting, WorkingCopy
from sessions_app.models import Event
from tests import make
from tests.conference.editing.test_saving import an_event, opened, publisher_client, row_of
from tests.desk import posted, step, url, words

__all__ = ["publisher_client"]  # A browser of her own.
pytestmark = pytest.mark.django_db


def test_the_preview_shows_what_is_typed_on_the_page_and_in_lists_and_saves_nothing(editor_client):
    event = an_event()
    address, data = opened(editor_client, event)
    data |= {
        "title": "Ein neuer Titel",
        row_of(data, text="Warum?") + "text": "Weshalb denn?",
        row_of(data, title="Beitrag 0") + "title": "Begrüßung",
        "contributions-2-title": "Ein neuer Beitrag",
        "_preview": "x",
    }
    response = editor_client.post(address, data)
    before = take(event)
    page = editor_client.get(response.url)
    assert page.status_code == 200
    for text in ("Ein neuer Titel", "Weshalb denn?", "Begrüßung"):
        assert text in words(page)
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    query = response.url.partition("?")[2]
    assert "Ein neuer Titel" in words(editor_client.get(f"{reverse('event_list')}?{query}"))
    found = editor_client.get(f"{reverse('search')}?q=Weshalb&{query}").content.decode()
    assert f'href="{event.get_absolute_url()}"' in found
    assert same(before, take(event))
    assert copy_of(event) is None
    assert "Ein neuer Titel" not in words(Client().get(response.url))


def test_the_preview_of_what_is_not_yet_saved_at_all(editor_client):
    conference = make.conference()
    address = url(Event, "add")
    data = posted(editor_client.get(address)) | {
        "title": "Ganz neu",
        "conference": str(conference.pk),
        "_preview": "x",
        "number": "1",
        "date": str(conference.starts_on),
    }
    response = editor_client.post(address, data)
    assert response.status_code == 302
    assert not Event.objects.exists()
    assert "Ganz neu" in words(editor_client.get(response.url))
    assert "Ganz neu" in words(editor_client.get(f"{reverse('event_list')}?{response.url.partition('?')[2]}"))
    assert not Event.objects.exists()


def test_a_preview_is_nobody_elses(editor_client):
    page = make.page("Alt", status="draft")
    address, data = opened(editor_client, page)
    response = editor_client.post(address, data | {"title": "X9", "_preview": "1"})
    client = Client()
    client.force_login(make.publisher(username="andere"))
    assert "X9" not in words(client.get(response.url))
    client.force_login(make.analyst())
    assert client.get(response.url).status_code == 404


# ── The gate ─────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("status", ["draft", "published"])
def test_the_gate_stops_publishing_until_somebody_says_why(publisher_client, status):
    RequirementSetting.objects.create(key="event.questions", is_required=True)
    event = make.event("Auftakt", summary="Kurz", status=status)
    response = step(publisher_client, event, "publish", title="Neu")
    page = publisher_client.get(response.url)
    assert "aber nicht weitergegeben" in words(page)
    assert 'name="_reason"' in page.content.decode()
    event.refresh_from_db()
    assert (event.title, event.status) == ("Neu" if status == "draft" else "Auftakt", status)
    assert not GateOverride.objects.exists()
    step(publisher_client, event, "publish", _reason="Die Fragen folgen am Montag.")
    event.refresh_from_db()
    assert (event.title, event.status) == ("Neu", "published")
    assert GateOverride.objects.get().reason == "Die Fragen folgen am Montag."


def test_the_gate_is_asked_when_a_change_is_planned(publisher_client):
    event = make.event("Auftakt", summary="Kurz")
    RequirementSetting.objects.create(key="event.questions", is_required=True)
    step(publisher_client, event, "publish", title="Neu", _publish_at="2090-03-01T09:30")
    assert WorkingCopy.objects.get().publish_at is None
    step(publisher_client, event, "publish", _publish_at="2090-03-01T09:30", _reason="Folgt.")
    assert WorkingCopy.objects.get().publish_at
    assert (GateOverride.objects.get().reason, Event.objects.get().title) == ("Folgt.", "Auftakt")
