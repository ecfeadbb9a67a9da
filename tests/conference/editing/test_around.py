"""What stands around a save may be gone or broken: nothing is lost, and nothing answers with an error."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conference.editing.copies import copy_of, current
from conference.review import telling
from conference.trash import trash
from sessions_app.models import Event
from tests import make
from tests.conference.editing.test_saving import an_event, opened, publisher_client
from tests.desk import posted, step, url, words

__all__ = ["publisher_client"]  # A browser of her own.
pytestmark = pytest.mark.django_db


def test_a_form_survives_that_somebody_in_it_goes_to_the_trash(editor_client, publisher_client):
    event = an_event(status="draft")
    talk = event.contributions.first()
    speaker = make.speaker("Renn")
    appearance = make.appearance(contribution=talk, speaker=speaker)
    address, data = opened(editor_client, event)
    appearance.delete()
    trash(speaker)
    answer = editor_client.post(address, data | {"summary": "Getippt", "_continue": "x"})
    assert answer.status_code in (200, 302)
    if answer.status_code == 200:
        assert posted(answer)["summary"] == "Getippt"
    else:
        assert Event.objects.get().summary == "Getippt"


def test_a_working_copy_with_somebody_in_the_trash_is_said_and_kept(editor_client, publisher_client):
    event = an_event()
    step(editor_client, event, "continue", summary="Begonnen")
    working_copy = copy_of(event)
    row = working_copy.data["parts"]["contributions"][0]["parts"]["appearances"][0]
    row["fields"]["speaker_id"] = 999_999
    working_copy.save()
    page = editor_client.get(url(Event, "change", event.pk))
    assert page.status_code == 200
    assert "Papierkorb" in words(page)
    sent = posted(page) | {"place": "Bonn", "_continue": "x"}
    assert editor_client.post(url(Event, "change", event.pk), sent).status_code == 302
    fields = current(event)["fields"]
    assert (fields["summary"], fields["place"]) == ("Begonnen", "Bonn")
    answer = step(publisher_client, event, "publish")
    assert "nicht weitergegeben" in words(publisher_client.get(answer.url))
    assert Event.objects.get().place != "Bonn"
    step(publisher_client, event, "withdraw")
    assert Event.objects.published().count() == 0


def test_no_mail_and_no_title_breaks_a_save(
    editor_client, publisher_client, monkeypatch, django_capture_on_commit_callbacks
):
    page = make.page("Eins", status="draft")
    type(page).objects.update(title="Eins\r\nBcc: alle@example.org")
    asked = make.publisher(username="gefragt", email="gefragt@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        step(editor_client, page, "submit", title="Zwei\nBcc: alle@example.org", _review_to=f"user:{asked.pk}")
    assert [message.to for message in mail.outbox] == [["gefragt@example.org"]]
    assert "\n" not in mail.outbox[0].subject

    def broken(*_args):
        raise ValueError("no such thing")

    monkeypatch.setattr(telling, "_send", broken)
    other = make.page("Drei", status="draft")
    with django_capture_on_commit_callbacks(execute=False) as later:
        assert step(editor_client, other, "submit").status_code == 302
    assert later
    other.refresh_from_db()
    assert other.status == "in_review"


def test_the_list_of_reviews_costs_the_same_for_many(editor_client, publisher_client):
    def count():
        with CaptureQueriesContext(connection) as asked:
            assert publisher_client.get(reverse("admin:review_list")).status_code == 200
        return len(asked)

    step(editor_client, an_event(status="draft"), "submit")
    count()
    few = count()
    for _number in range(3):
        step(editor_client, an_event(status="draft"), "submit")
    assert count() == few


def test_a_copy_cannot_leave_the_calendar(publisher_client):
    event = an_event()
    address = reverse("admin:conference_copy", args=[event.conference_id])
    answer = publisher_client.post(address, {"title": "Später", "date": "31.12.9999"})
    assert answer.status_code == 200
    assert "nicht verschieben" in words(answer)
