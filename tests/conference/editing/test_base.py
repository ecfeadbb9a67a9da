"""What a form says of its beginning is ours or nothing; and no other door leads past the merging."""

import base64
import json
import uuid
import zlib

import pytest
from django.contrib.auth import get_user

from conference.editing.copies import copy_of, current
from conference.editing.snapshot import packed, same, take
from conference.models import Page
from conference.trash import trash
from conference.unsaved.keeping import OWNER, TAB, owner_mark
from sessions_app.models import Event
from tests import make
from tests.conference.editing.test_saving import an_event, opened, publisher_client, row_of
from tests.desk import posted, step, words

__all__ = ["publisher_client"]  # A browser of her own.
pytestmark = pytest.mark.django_db


def as_sent(client, data):
    """With what a browser sends besides: the window, and whose form it is."""
    return data | {TAB: str(uuid.uuid4()), OWNER: owner_mark(get_user(client))}


def bomb():
    return base64.urlsafe_b64encode(zlib.compress(b" " * 20_000_000, 9)).decode()


def deep():
    return base64.urlsafe_b64encode(zlib.compress(b"[" * 200_000)).decode()


@pytest.mark.parametrize("base", [bomb(), deep(), "x", "ÄÖ", '{"uuid": 1}', base64.b64encode(b"{}").decode()])
def test_a_base_that_is_not_ours_saves_nothing_and_loses_nothing(editor_client, publisher_client, base):
    page = make.page("Alt", status="draft")
    address, data = opened(editor_client, page)
    step(publisher_client, page, "continue", title="Von ihr")
    sent = as_sent(editor_client, data | {"title": "Getippt", "_base": base})
    response = editor_client.post(address, sent, follow=True)
    assert "nicht mehr zu lesen" in words(response)
    assert posted(response)["title"] == "Getippt"
    assert Page.objects.get().title == "Von ihr"


def test_a_base_made_up_or_of_another_record_saves_nothing(editor_client):
    page, other = make.page("Alt", status="draft"), make.page("Anderes", status="draft")
    address, data = opened(editor_client, page)
    text = base64.urlsafe_b64encode(zlib.compress(json.dumps(take(page)).encode())).decode()
    for base in (packed(take(other)), text, data["_base"][:-1]):
        assert editor_client.post(address, data | {"title": "Getippt", "_base": base}).status_code == 302
    assert Page.objects.get(pk=page.pk).title == "Alt"


def test_a_base_older_than_an_upgrade_is_merged(editor_client):
    event = an_event(status="draft")
    address, data = opened(editor_client, event)
    base = take(event)
    del base["fields"]["summary"], base["parts"]["questions"][0]["fields"]["position"]
    base["fields"]["went"] = base["parts"]["questions"][0]["fields"]["went"] = "x"
    base["parts"]["went"] = [{"uuid": str(uuid.uuid4()), "pk": 1, "fields": {}, "links": {}, "parts": {}}]
    assert editor_client.post(address, data | {"title": "Neu", "_base": packed(base)}).status_code == 302
    assert (Event.objects.get().title, Event.objects.get().summary) == ("Neu", "Kurz")


@pytest.mark.parametrize("door", ["_saveasnew", "_popup"])
def test_no_other_door_makes_a_change_public(editor_client, door):
    event = an_event()
    address, data = opened(editor_client, event)
    before = take(event)
    assert editor_client.post(address, data | {"title": "Neu", door: "1"}).status_code == 200
    assert same(take(event), before)


def test_a_row_of_another_event_is_not_taken(editor_client):
    event, other = an_event(status="draft"), an_event()
    address, data = opened(editor_client, event)
    row = row_of(data, text="Warum?")
    foreign = other.questions.first()
    sent = data | {row + "id": str(foreign.pk), row + "text": "Übernommen"}
    assert editor_client.post(address, sent).status_code in (200, 302)
    assert [question.text for question in other.questions.all()] == ["Warum?", "Wozu?"]
    assert [question.text for question in event.questions.all()] == ["Warum?", "Wozu?"]


def test_a_record_that_went_while_its_form_was_open(editor_client, publisher_client):
    event = an_event(status="draft")
    address, data = opened(editor_client, event)
    trash(event, make.publisher(username="wirft-weg"))
    page = editor_client.post(address, as_sent(editor_client, data | {"title": "Getippt"}), follow=True)
    assert page.status_code == 200
    assert "Ihre Eingaben sind aufgehoben" in words(page)


def test_a_working_copy_whose_value_is_taken_can_still_be_opened_and_mended(editor_client):
    event = an_event()
    step(editor_client, event, "continue", number="7", title="Neu")
    make.event(conference=event.conference, number=7)
    address, data = opened(editor_client, event)
    stale = data | {"summary": "Geändert", "_continue": "x"}
    assert editor_client.post(address, stale).status_code == 302
    now = current(event)["fields"]
    assert (now["title"], now["summary"]) == ("Neu", "Geändert")


def test_two_changes_that_exclude_each_other_lose_nothing(editor_client, publisher_client):
    event = an_event(status="draft", start_time="10:00", end_time="12:00")
    address, data = opened(editor_client, event)
    step(publisher_client, event, "continue", end_time="11:00")
    sent = as_sent(editor_client, data | {"start_time": "11:30", "summary": "Getippt", "_continue": "x"})
    response = editor_client.post(address, sent, follow=True)
    assert "Nicht gesichert" in words(response)
    assert posted(response)["summary"] == "Getippt"
    assert Event.objects.get().summary == "Kurz"


def test_an_answer_is_kept_to_texts(editor_client, publisher_client):
    """A merged text is typed; everything else is one side or the other."""
    event = an_event()
    conference, theirs = make.conference(), make.conference()
    address, data = opened(editor_client, event)
    step(publisher_client, event, "continue", conference=str(theirs.pk), title="Ihres", theme="")
    asked = editor_client.post(address, data | {"conference": str(conference.pk), "title": "Meins", "theme": ""})
    assert asked.status_code == 409
    answer = {"_conflict": asked.context["token"], "choice:conference_id": "value", "value:conference_id": "999"}
    answer |= {"choice:title": "value", "value:title": "x" * 5000}
    again = editor_client.post(address, answer)
    assert again.status_code == 409
    assert copy_of(event).data["fields"]["title"] == "Ihres"


def test_a_token_sent_twice_changes_nothing_more(editor_client, publisher_client):
    page = make.page("Alt", status="draft")
    address, mine = opened(editor_client, page)
    step(publisher_client, page, "continue", title="Ihres")
    asked = editor_client.post(address, mine | {"title": "Meins", "_continue": "x"})
    answer = {"_conflict": asked.context["token"], "choice:title": "theirs", "_continue": "x"}
    editor_client.post(address, answer)
    step(publisher_client, page, "continue", title="Später", summary="Später")
    assert editor_client.post(address, answer).status_code == 409
    assert (Page.objects.get().title, Page.objects.get().summary) == ("Später", "Später")
