"""Planned changes: nobody without the right makes them public, and none that is broken stops a request."""

import pytest
from django.test import Client
from django.utils import timezone

from conference.editing import copies, due
from conference.editing.copies import copy_of, publish_due, replace, store
from conference.editing.snapshot import take
from conference.models import Page, WorkingCopy
from tests import make
from tests.conference.editing.test_saving import an_event, publisher_client
from tests.desk import step, words

__all__ = ["publisher_client"]  # A browser of her own.
pytestmark = pytest.mark.django_db
SOON = "2090-03-01T09:30"


def planned(thing, **fields):
    """A working copy that is due now."""
    data = take(thing)
    working_copy = store(thing, data | {"fields": data["fields"] | fields}, make.publisher(username=f"p{thing.pk}"))
    WorkingCopy.objects.filter(pk=working_copy.pk).update(publish_at=timezone.now())
    return working_copy


def test_what_an_editor_changes_after_the_planning_is_not_published_by_the_clock(editor_client, publisher_client):
    event = an_event()
    step(publisher_client, event, "publish", title="Geprüft", _publish_at=SOON)
    step(editor_client, event, "continue", title="Ungeprüft")
    working_copy = copy_of(event)
    assert (working_copy.publish_at, working_copy.data["fields"]["title"]) == (None, "Ungeprüft")
    assert "noch einmal frei" in working_copy.problem


def test_what_a_publisher_changes_after_the_planning_keeps_its_moment(publisher_client):
    event = an_event()
    step(publisher_client, event, "publish", title="Geprüft", _publish_at=SOON)
    step(publisher_client, event, "continue", title="Auch geprüft")
    assert copy_of(event).publish_at


def test_one_that_breaks_is_noted_and_the_others_become_public(monkeypatch, caplog):
    one, other = make.page("Eins"), make.page("Zwei")
    broken, _whole = planned(one, title="Eins neu"), planned(other, title="Zwei neu")
    real = copies.write

    def write(record, data, *rest):
        if record.pk == one.pk:
            raise KeyError("parts")
        return real(record, data, *rest)

    monkeypatch.setattr(copies, "write", write)
    due.forget()
    assert Client().get(other.get_absolute_url()).status_code == 200
    assert [page.title for page in Page.objects.order_by("pk")] == ["Eins", "Zwei neu"]
    broken.refresh_from_db()
    assert (broken.publish_at, "Protokoll" in broken.problem) == (None, True)
    assert "could not be published" in caplog.text


def test_one_whose_record_is_gone_is_not_looked_at_for_ever():
    page = make.page("Eins")
    planned(page, title="Neu")
    Page.objects.all().delete()
    assert publish_due() == 1
    assert publish_due() == 0


def test_what_somebody_stored_meanwhile_is_published_too():
    page = make.page("Eins")
    read_before = planned(page, title="Alt")
    store(page, take(page) | {"fields": take(page)["fields"] | {"title": "Neu"}}, None)
    replace(read_before)
    assert (Page.objects.get().title, copy_of(page)) == ("Neu", None)


def test_a_working_copy_that_cannot_be_public_does_not_hinder_withdrawing(publisher_client):
    event = an_event()
    step(publisher_client, event, "continue", number="7")
    make.event(conference=event.conference, number=7)
    step(publisher_client, event, "withdraw")
    event.refresh_from_db()
    assert event.status == "withdrawn"
    assert copy_of(event).data["fields"]["number"] == 7


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2090-02-30T10:00", "kein Zeitpunkt"),
        ("morgen", "kein Zeitpunkt"),
        ("2001-01-01T10:00", "schon vorbei"),
        # Two nights on which the clocks change.
        ("2090-03-26T02:30", "2090"),
        ("2090-10-29T02:30", "2090"),
    ],
)
def test_a_moment_that_cannot_be_is_said_and_nothing_becomes_public(publisher_client, moment, said):
    page = make.page("Eins")
    response = step(publisher_client, page, "publish", title="Zwei", _publish_at=moment)
    shown = words(publisher_client.get(response.url))
    assert "nicht weitergegeben" in shown
    assert said in shown
    assert (Page.objects.get().title, copy_of(page).publish_at) == ("Eins", None)
