"""Forms of rows: what they change is the record the row is a part of."""

import pytest
from django.test import Client

from conference.editing.copies import copy_of, current
from conference.editing.saving import save_as
from conference.editing.snapshot import unreal_number
from conference.models import Revision
from sessions_app.models import Contribution, Cue, Event
from tests import make
from tests.desk import posted, step, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher_client(db):
    client = Client()
    client.force_login(make.publisher(username="publisher"))
    return client


def contributions(event):
    return [row["fields"]["title"] for row in current(event)["parts"]["contributions"]]


def test_a_contribution_of_a_published_event_is_changed_in_its_working_copy(editor_client):
    contribution = make.contribution("Vortrag")
    appearance = make.appearance(contribution=contribution)
    step(editor_client, contribution, "continue", title="Vortrag, neu")
    event = contribution.event
    assert (contributions(event), Contribution.objects.get().title) == (["Vortrag, neu"], "Vortrag")
    form = posted(editor_client.get(url(Contribution, "change", contribution.pk)))
    assert (form["title"], form["appearances-0-id"]) == ("Vortrag, neu", str(appearance.pk))
    assert "Vortrag, neu" not in Client().get(event.get_absolute_url()).content.decode()
    assert Revision.objects.of(event).count() == 2


def test_a_contribution_of_a_draft_is_changed_at_once_and_kept_in_the_history_of_the_event(editor_client):
    contribution = make.contribution("Vortrag", event=make.event(status="draft"))
    step(editor_client, contribution, "continue", title="Neu")
    assert Contribution.objects.get().title == "Neu"
    assert [revision.kind for revision in Revision.objects.of(contribution.event)] == ["saved", "found"]


def test_a_contribution_that_is_in_a_working_copy_alone_has_its_form(editor_client, publisher_client):
    event = make.event(summary="Kurz")
    make.contribution("Vortrag", event=event)
    data = current(event)
    other = dict(data["parts"]["contributions"][0], uuid="12345678-0000-4000-8000-000000000000", pk=None)
    other["fields"] = other["fields"] | {"title": "Ganz neu"}
    data["parts"]["contributions"].append(other)
    save_as(event, data, None)
    address = url(Contribution, "change", unreal_number(other["uuid"]))
    form = posted(editor_client.get(address))
    assert form["title"] == "Ganz neu"
    assert editor_client.post(address, form | {"title": "Noch neuer", "_continue": "x"}).status_code == 302
    assert contributions(event) == ["Vortrag", "Noch neuer"]
    assert posted(editor_client.get(address))["title"] == "Noch neuer"
    step(publisher_client, event, "publish")
    assert sorted(c.title for c in event.contributions.all()) == ["Noch neuer", "Vortrag"]
    assert editor_client.get(address).status_code == 302


def test_two_forms_of_one_event_are_merged(editor_client):
    event = make.event("Auftakt", status="draft", summary="Kurz")
    contribution = make.contribution("Vortrag", event=event)
    address = url(Event, "change", event.pk)
    before = posted(editor_client.get(address))
    step(editor_client, contribution, "continue", abstract="<p>Worum es geht</p>")
    editor_client.post(address, before | {"title": "Neu", "_continue": "x"})
    event.refresh_from_db()
    assert (event.title, event.contributions.get().abstract) == ("Neu", "<p>Worum es geht</p>")


def test_a_sentence_is_corrected_in_the_working_copy_of_its_video(editor_client, publisher_client):
    video = make.video()
    cue = make.cue(track=make.text_track(video=video), text="Guten Moergen.")
    step(editor_client, cue, "continue", text="Guten Morgen.")
    assert Cue.objects.get(pk=cue.pk).text == "Guten Moergen."
    assert copy_of(video)
    step(publisher_client, video, "publish")
    kept = Cue.objects.get(pk=cue.pk)
    assert (kept.text, kept.uuid) == ("Guten Morgen.", cue.uuid)


def test_rows_of_what_is_published_are_not_removed_past_its_form(publisher_client):
    contribution = make.contribution("Vortrag")
    assert publisher_client.post(url(Contribution, "delete", contribution.pk), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [contribution.pk], "post": "yes"}
    publisher_client.post(url(Contribution, "changelist"), chosen)
    assert Contribution.objects.exists()
    assert publisher_client.get(url(Contribution, "add")).status_code == 403


def test_the_form_of_a_working_copy_asks_few_questions(editor_client, django_assert_max_num_queries):
    event = make.event(summary="Kurz")
    for number in range(30):
        make.appearance(contribution=make.contribution(f"Beitrag {number}", event=event), organisations=[])
    step(editor_client, event, "continue", title="Anders")
    with django_assert_max_num_queries(40):
        assert editor_client.get(url(Event, "change", event.pk)).context["working_copy"]
