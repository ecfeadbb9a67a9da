"""What somebody else has put in is not made public, or taken away, by one who has not seen it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conference.editing.copies import copy_of
from conference.models import ChangeRun
from conference.publishing import PUBLIC
from conference.runs.running import RunRefused, note_created, undo
from conference.trash import trash
from sessions_app.models import Event
from tests import make
from tests.conference.editing.test_saving import an_event, opened, publisher_client
from tests.desk import step, url, words
from tests.two_conferences import limited_to

__all__ = ["publisher_client"]  # A browser of her own.
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", ["in_review", "published"])
def test_the_review_page_publishes_what_it_showed(editor_client, publisher_client, status):
    event = an_event(status=status)
    step(editor_client, event, "submit" if status == "published" else "continue", title="Gesehen")
    page = url(Event, "review", event.pk)
    shown = publisher_client.get(page)
    seen = {"_seen": shown.context["seen"]}
    assert f'name="_seen" value="{seen["_seen"]}"' in shown.content.decode()
    step(editor_client, event, "continue", title="Ungesehen")
    response = publisher_client.post(page, {"_publish": "x"} | seen, follow=True)
    assert "jemand anderes gesichert" in words(response)
    event.refresh_from_db()
    assert (event.status, event.title == "Ungesehen") == (status, status == "in_review")
    seen = {"_seen": publisher_client.get(page).context["seen"]}
    publisher_client.post(page, {"_publish": "x"} | seen)
    event.refresh_from_db()
    assert (event.status, event.title) == ("published", "Ungesehen")


def test_a_merged_form_is_saved_and_not_published(editor_client, publisher_client):
    event = an_event()
    address, data = opened(publisher_client, event)
    step(editor_client, event, "continue", summary="Von ihm")
    response = publisher_client.post(address, data | {"title": "Von ihr", "_publish": "x"}, follow=True)
    assert "jemand anderes gesichert" in words(response)
    fields = copy_of(event).data["fields"]
    assert (fields["title"], fields["summary"], Event.objects.get().title) == ("Von ihr", "Von ihm", "Auftakt")
    step(publisher_client, event, "publish")
    assert (Event.objects.get().title, Event.objects.get().summary) == ("Von ihr", "Von ihm")


def test_a_copy_published_since_is_taken_back_only_with_the_right():
    event = make.event("Kopie", summary="Kurz", status="draft", published_at=make.PAST)
    run = note_created("Kopie", None, [event])
    event.publish()
    with pytest.raises(RunRefused, match="veröffentlicht"):
        undo(run, make.editor())
    assert Event.objects.visible_to(PUBLIC).exists()


def test_what_others_put_under_a_copy_does_not_go_with_it():
    conference = make.conference("Kopie", status="draft")
    run = note_created("Kopie", None, [conference])
    event = make.event("Von jemand anderem", conference=conference)
    with pytest.raises(RunRefused, match="nicht aus diesem Lauf"):
        undo(run, make.publisher())
    trash(event)
    undo(run, make.publisher(username="zweite"))
    assert ChangeRun.objects.get().undone_at


def test_the_list_of_runs_names_nothing_of_other_conferences(client):
    mine, theirs = an_event(), an_event()
    kim = limited_to(mine.conference, make.publisher(username="kim"))
    client.force_login(kim)
    note_created("Kopie von „Quittenbrot“", None, [theirs])
    note_created("Kopie von „Meins“", kim, [mine])
    shown = words(client.get("/admin/laeufe/"))
    assert ("Meins" in shown, "Quittenbrot" in shown) == (True, False)


def test_the_list_of_runs_costs_the_same_for_many(publisher_client):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            publisher_client.get("/admin/laeufe/")
        rows = [
            each["sql"] for each in asked if 'FROM "conference_changerun"' in each["sql"] and "LIMIT" in each["sql"]
        ]
        assert len(rows) == 1
        assert '"changes"' not in rows[0].partition("FROM")[0]
        return len(asked)

    note_created("Eins", None, [an_event()])
    publisher_client.get("/admin/laeufe/")
    few = count()
    for number in range(3):
        note_created(f"Lauf {number}", None, [an_event()])
    assert count() == few
