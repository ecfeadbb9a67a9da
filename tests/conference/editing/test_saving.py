"""The way of a form: into the record or its working copy, merged with what others did."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conference.editing import due
from conference.editing.copies import copy_of, current
from conference.editing.snapshot import FIRST_UNREAL, same, take
from conference.models import Page, Revision, WorkingCopy
from sessions_app.models import Contribution, Event, Video
from tests import make
from tests.desk import posted, step, url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher_client(db):
    """Beside the editor, in a browser of her own."""
    client = Client()
    client.force_login(make.publisher(username="publisher"))
    return client


def an_event(**fields):
    event = make.event("Auftakt", summary="Kurz", questions=["Warum?", "Wozu?"], **fields)
    for number in range(2):
        contribution = make.contribution(event=event, title=f"Beitrag {number}", position=number)
        make.appearance(contribution=contribution)
    return event


def opened(client, thing):
    """The address of a form, and what it would send if nothing were typed."""
    address = url(type(thing), "change", thing.pk)
    return address, posted(client.get(address))


def row_of(data, **values):
    """The prefix of the row that holds these values."""
    [(name, value)] = values.items()
    return next(key.removesuffix(name) for key, found in data.items() if key.endswith(f"-{name}") and found == value)


# ── Working copies ───────────────────────────────────────────────────────────────────────────
def test_a_published_record_is_changed_beside_the_live_version(editor_client):
    event = an_event()
    before = take(event)
    address, data = opened(editor_client, event)
    data |= {
        "title": "Auftakt, neu",
        row_of(data, text="Warum?") + "text": "Weshalb?",
        row_of(data, title="Beitrag 0") + "title": "Begrüßung",
    }
    response = editor_client.post(address, data | {"_continue": "x"}, follow=True)
    assert "Öffentlich bleibt die bisherige Fassung" in words(response)
    assert same(before, take(event))
    again = posted(editor_client.get(address))
    assert again["title"] == "Auftakt, neu"
    assert row_of(again, text="Weshalb?")
    assert row_of(again, title="Begrüßung")
    assert [revision.is_live for revision in Revision.objects.of(event)] == [False, True]


def test_a_new_row_of_a_working_copy_can_be_changed_again_and_published(editor_client, publisher_client):
    event = an_event()
    address, data = opened(editor_client, event)
    data |= {"questions-2-text": "Neu?", "questions-2-position": "9", "questions-TOTAL_FORMS": "3"}
    editor_client.post(address, data | {"_continue": "x"})
    data = posted(editor_client.get(address))
    prefix = row_of(data, text="Neu?")
    assert int(data[prefix + "id"]) >= FIRST_UNREAL
    editor_client.post(address, data | {prefix + "text": "Ganz neu?", "_continue": "x"})
    assert [q.text for q in event.questions.all()] == ["Warum?", "Wozu?"]
    stale = posted(editor_client.get(address))
    step(publisher_client, event, "publish")
    assert [q.text for q in event.questions.all()] == ["Warum?", "Wozu?", "Ganz neu?"]
    assert all(q.pk < FIRST_UNREAL for q in event.questions.all())
    assert copy_of(event) is None
    # A form that was open meanwhile knows the row by its old number.
    editor_client.post(address, stale | {"summary": "Anders", "_continue": "x"})
    assert [row["fields"]["text"] for row in current(event)["parts"]["questions"]] == ["Warum?", "Wozu?", "Ganz neu?"]
    assert current(event)["fields"]["summary"] == "Anders"


def test_nothing_changed_makes_no_working_copy(editor_client):
    event = an_event()
    step(editor_client, event, "continue")
    assert copy_of(event) is None


def test_a_working_copy_is_dropped(editor_client):
    event = an_event()
    step(editor_client, event, "continue", title="Neu")
    assert copy_of(event)
    response = editor_client.post(url(Event, "change", event.pk), {"_discard": "x"}, follow=True)
    assert "verworfen" in words(response)
    assert copy_of(event) is None
    assert Revision.objects.of(event).order_by("-number").first().data["fields"]["title"] == "Neu"


def test_an_editor_cannot_make_a_working_copy_public(editor_client):
    event = an_event()
    assert step(editor_client, event, "publish", title="Neu").status_code == 403
    assert (copy_of(event), Event.objects.get().title) == (None, "Auftakt")


def test_a_moment_of_the_future_keeps_the_working_copy_until_then(publisher_client, time_machine):
    event = an_event()
    step(publisher_client, event, "publish", title="Neu", _publish_at="2090-03-01T09:30")
    address, visitor = event.get_absolute_url(), Client()
    moment = WorkingCopy.objects.get().publish_at
    assert moment == timezone.make_aware(datetime.datetime(2090, 3, 1, 9, 30))
    due.forget()
    time_machine.move_to(moment - datetime.timedelta(seconds=1))
    assert "Auftakt" in words(visitor.get(address))
    time_machine.move_to(moment)
    assert "Neu" in visitor.get(address).content.decode()
    assert not WorkingCopy.objects.exists()
    assert Revision.objects.of(event).order_by("-number").first().kind == "published"


def test_a_planned_change_that_is_no_longer_valid_says_so(publisher_client, time_machine):
    event = an_event()
    step(publisher_client, event, "publish", number="7", _publish_at="2090-03-01T09:30")
    make.event(conference=event.conference, number=7)
    due.forget()
    time_machine.move_to(datetime.datetime(2090, 3, 1, 9, 30, tzinfo=datetime.UTC))
    assert Client().get(event.get_absolute_url()).status_code == 200
    working_copy = WorkingCopy.objects.get()
    assert working_copy.publish_at is None
    assert working_copy.problem


def test_withdrawing_keeps_what_the_working_copy_says(publisher_client):
    event = an_event()
    step(publisher_client, event, "continue", title="Neu")
    step(publisher_client, event, "withdraw")
    event.refresh_from_db()
    assert (event.title, event.status, copy_of(event)) == ("Neu", "withdrawn", None)


def test_captions_of_a_published_recording_wait_in_the_working_copy(editor_client, publisher_client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    video = make.video()
    address, data = opened(editor_client, video)
    source = SimpleUploadedFile("a.vtt", b"WEBVTT\n\n00:00.000 --> 00:02.000\nGuten Morgen.\n")
    data |= {"tracks-TOTAL_FORMS": "1", "tracks-0-kind": "captions", "tracks-0-language": "de"}
    data |= {"tracks-0-position": "0", "tracks-0-origin": "person", "tracks-0-source": source}
    assert editor_client.post(address, data | {"_continue": "x"}).status_code == 302
    assert not video.tracks.exists()
    step(publisher_client, video, "publish")
    assert [cue.text for cue in Video.objects.get().tracks.get().cues.all()] == ["Guten Morgen."]
    assert "Guten Morgen" in words(Client().get(f"{reverse('search')}?q=guten+morgen"))


# ── Two people ───────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("status", ["draft", "published"])
def test_different_fields_are_both_kept_without_a_question(editor_client, publisher_client, status):
    event = an_event(status=status)
    address, mine = opened(editor_client, event)
    _address, theirs = opened(publisher_client, event)
    publisher_client.post(address, theirs | {row_of(theirs, text="Wozu?") + "text": "Wofür?", "_continue": "x"})
    response = editor_client.post(address, mine | {"title": "Neu", "_continue": "x"}, follow=True)
    assert "Beide Änderungen sind zusammengeführt" in words(response)
    merged = current(event)
    assert merged["fields"]["title"] == "Neu"
    assert [row["fields"]["text"] for row in merged["parts"]["questions"]] == ["Warum?", "Wofür?"]
    assert Event.objects.get().title == ("Neu" if status == "draft" else "Auftakt")


@pytest.mark.parametrize(("choice", "kept"), [("mine", "Meins"), ("theirs", "Ihres"), ("value", "Beides")])
@pytest.mark.parametrize("status", ["draft", "published"])
def test_the_same_field_is_asked(editor_client, publisher_client, status, choice, kept):
    event = an_event(status=status)
    address, mine = opened(editor_client, event)
    _address, theirs = opened(publisher_client, event)
    publisher_client.post(address, theirs | {"title": "Ihres", "_continue": "x"})
    mine |= {"title": "Meins", "summary": "Mein Text", "_continue": "x"}
    page = editor_client.post(address, mine)
    assert page.status_code == 409
    [question] = page.context["questions"]
    assert (question["base"], question["mine"], question["theirs"]) == ("Auftakt", "Meins", "Ihres")
    assert current(event)["fields"]["title"] == "Ihres"
    answer = {"_conflict": page.context["token"], "choice:title": choice, "value:title": "Beides", "_continue": "x"}
    assert editor_client.post(address, answer).status_code == 302
    assert (current(event)["fields"]["title"], current(event)["fields"]["summary"]) == (kept, "Mein Text")


def test_a_third_save_during_the_question_asks_again(editor_client, publisher_client):
    page = make.page("Alt", status="draft")
    address, mine = opened(editor_client, page)
    step(publisher_client, page, "continue", title="Ihres")
    asked = editor_client.post(address, mine | {"title": "Meins", "_continue": "x"})
    step(publisher_client, page, "continue", title="Noch einmal anders")
    answer = {"_conflict": asked.context["token"], "choice:title": "mine", "_continue": "x"}
    again = editor_client.post(address, answer)
    assert again.status_code == 409
    assert "Noch einmal anders" in words(again)
    assert Page.objects.get().title == "Noch einmal anders"


def test_a_deleted_row_that_the_other_changed_is_asked(editor_client, publisher_client):
    event = an_event(status="draft")
    address, mine = opened(editor_client, event)
    _address, theirs = opened(publisher_client, event)
    publisher_client.post(address, theirs | {row_of(theirs, text="Wozu?") + "text": "Wofür?", "_continue": "x"})
    page = editor_client.post(address, mine | {row_of(mine, text="Wozu?") + "DELETE": "on", "_continue": "x"})
    assert page.status_code == 409
    [question] = page.context["questions"]
    assert question["is_row"]
    answer = {"_conflict": page.context["token"], f"choice:{question['path']}": "theirs", "_continue": "x"}
    editor_client.post(address, answer)
    assert [q.text for q in event.questions.all()] == ["Warum?", "Wofür?"]


def test_a_conflict_of_somebody_else_cannot_be_answered(editor_client, publisher_client):
    page = make.page("Alt", status="draft")
    address, mine = opened(editor_client, page)
    step(publisher_client, page, "continue", title="Ihres")
    token = editor_client.post(address, mine | {"title": "Meins"}).context["token"]
    answer = {"_conflict": token, "choice:title": "mine"}
    assert publisher_client.post(address, answer).status_code == 403
    assert editor_client.post(address, answer | {"_conflict": token[:-2]}).status_code == 403


def test_wrong_input_keeps_the_base_and_saves_nothing(editor_client, publisher_client):
    event = an_event(status="draft")
    address, mine = opened(editor_client, event)
    step(publisher_client, event, "continue", summary="Von ihr")
    page = editor_client.post(address, mine | {"title": "", "_continue": "x"})
    assert page.status_code == 200
    assert page.context["base"] == mine["_base"]
    assert current(event)["fields"]["summary"] == "Von ihr"
    assert editor_client.post(address, mine | {"title": "Neu", "_continue": "x"}).status_code == 302
    assert (current(event)["fields"]["summary"], current(event)["fields"]["title"]) == ("Von ihr", "Neu")


def test_new_records_begin_their_history(editor_client):
    editor_client.post(url(Page, "add"), posted(editor_client.get(url(Page, "add"))) | {"title": "Neu"})
    [revision] = Revision.objects.of(Page.objects.get())
    assert (revision.kind, revision.data["fields"]["title"]) == ("created", "Neu")


def test_what_came_in_past_the_forms_is_kept_too(editor_client):
    page = make.page("Eins", status="draft")
    step(editor_client, page, "continue", title="Zwei")
    Page.objects.update(title="Von einem Befehl")
    step(editor_client, page, "continue", title="Drei")
    titles = [(revision.kind, revision.data["fields"]["title"]) for revision in Revision.objects.of(page)]
    assert titles == [("saved", "Drei"), ("found", "Von einem Befehl"), ("saved", "Zwei"), ("found", "Eins")]
    assert Contribution.objects.count() == 0
