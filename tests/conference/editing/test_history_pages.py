"""Going back to a revision on its page: what is offered, what is said, and to whom."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from conference.editing.copies import current
from conference.editing.merging import is_row
from conference.editing.restoring import restore
from conference.editing.revisions import keep
from conference.editing.showing import shown
from conference.models import Revision
from conference.models.editing import EditorScope
from sessions_app.models import Contribution, Event
from tests import make
from tests.desk import url, words

pytestmark = pytest.mark.django_db


def an_event(**fields):
    event = make.event("Auftakt", questions=["Warum?"], **({"status": "draft"} | fields))
    event.materials.set([make.material()])
    make.contribution(event=event, title="Begrüßung", speakers=[make.speaker()])
    return event


def page_of(event, number, query="?gegen=heute"):
    return reverse("admin:sessions_app_event_revision", args=[event.pk, number]) + query


def seen(client, event, number):
    return client.get(page_of(event, number)).context["seen"]


def test_an_editor_restores_a_field_and_reads_where_it_went(editor_client):
    for status, where in (("draft", False), ("published", True)):
        event = an_event(status=status)
        keep(event, Revision.Kind.CREATED)
        Event.objects.filter(pk=event.pk).update(title="Anders", place="Osnabrück")
        data = {"seen": seen(editor_client, event, 1), "path": "title"}
        text = words(editor_client.post(page_of(event, 1), data, follow=True))
        assert "„Titel“ steht wieder wie in Stand 1." in text
        assert ("öffentlich wird es erst" in text) == where
        assert "Stand 1 wiederhergestellt: Titel" in text
        assert current(event)["fields"]["place"] == "Osnabrück"


def test_what_somebody_changed_meanwhile_is_shown_first(editor_client):
    event = an_event()
    keep(event, Revision.Kind.CREATED)
    Event.objects.filter(pk=event.pk).update(title="Anders")
    data = {"seen": seen(editor_client, event, 1)}
    Event.objects.filter(pk=event.pk).update(remark="Von nebenan")
    assert "Inzwischen hat sich der Inhalt geändert" in words(editor_client.post(page_of(event, 1), data, follow=True))
    event.refresh_from_db()
    assert (event.title, event.remark) == ("Anders", "Von nebenan")


def test_what_is_not_possible_is_said_on_the_page(editor_client):
    event = an_event()
    keep(event, Revision.Kind.CREATED)
    Event.objects.filter(pk=event.pk).update(slug="anders")
    make.event("Auftakt", conference=event.conference, slug="auftakt")
    answer = editor_client.post(page_of(event, 1), {"seen": seen(editor_client, event, 1)}, follow=True)
    assert "Diesen Kurznamen hat in der Konferenz schon eine andere Veranstaltung." in words(answer)


def test_only_those_who_may_change_restore(client):
    event = an_event()
    keep(event, Revision.Kind.CREATED)
    Event.objects.filter(pk=event.pk).update(title="Anders")
    client.force_login(make.user(permissions=["sessions_app.view_event"]))
    answers = [client.post(page_of(event, 1), {"seen": "x"}).status_code]
    client.force_login(make.analyst())
    answers.append(client.post(page_of(event, 1), {"seen": "x"}).status_code)
    client.logout()
    answers.append(client.post(page_of(event, 1), {"seen": "x"}).status_code)
    assert answers == [403, 403, 302]
    event.refresh_from_db()
    assert event.title == "Anders"


def test_an_editor_of_another_conference_sees_and_restores_nothing(client):
    event = an_event()
    keep(event, Revision.Kind.CREATED)
    Event.objects.filter(pk=event.pk).update(title="Anders")
    stranger = make.editor(username="otto")
    EditorScope.objects.create(user=stranger).conferences.add(make.conference())
    client.force_login(stranger)
    for method in (client.get, client.post):
        assert method(page_of(event, 1)).status_code in (302, 403, 404)
    event.refresh_from_db()
    assert event.title == "Anders"


def test_a_revision_cannot_move_a_record_to_a_conference_of_others(client):
    event = an_event()
    keep(event, Revision.Kind.CREATED)
    ours = make.conference()
    Event.objects.filter(pk=event.pk).update(conference=ours)
    limited = make.editor(username="otto")
    EditorScope.objects.create(user=limited).conferences.add(ours)
    client.force_login(limited)
    answer = client.post(page_of(event, 1), {"seen": seen(client, event, 1)}, follow=True)
    event.refresh_from_db()
    assert "an der Sie nicht arbeiten" in words(answer)
    assert event.conference == ours


def test_links_to_the_conferences_of_others_stay_and_are_not_named():
    ours = make.conference()
    mine, theirs = (
        make.theme("Unsere", conference=ours),
        make.theme("Fremde", status="draft", conference=make.conference()),
    )
    project = make.project(status="draft", themes=[mine, theirs])
    first = keep(project, Revision.Kind.CREATED)
    project.themes.set([theirs])
    limited = make.editor(username="otto")
    EditorScope.objects.create(user=limited).conferences.add(ours)
    assert [each.difference.before for each in shown(first.data, current(project), limited)] == [
        "Unsere, nicht für Sie sichtbar"
    ]
    restore(project, first, limited, "themes")
    assert set(project.themes.all()) == {mine, theirs}
    project.themes.set([])
    restore(project, first, limited)
    assert set(project.themes.all()) == {mine}


def test_the_preview_shows_the_record_as_it_was_where_it_stood_then(editor_client):
    event = an_event(status="published")
    keep(event, Revision.Kind.CREATED)
    other = make.conference()
    Event.objects.filter(pk=event.pk).update(title="Ganz anders", slug="ganz-anders", conference=other)
    address = editor_client.get(page_of(event, 1)).context["preview"]
    answer = editor_client.get(address)
    assert answer.status_code == 200
    assert "Auftakt" in words(answer) and "Ganz anders" not in words(answer)


def test_the_history_of_a_row_is_that_of_its_record(editor_client, client):
    event = an_event()
    address = url(Contribution, "history", event.contributions.get().pk)
    answer = editor_client.get(address)
    assert (answer.status_code, answer.url) == (302, url(Event, "history", event.pk))
    client.force_login(make.analyst())
    assert client.get(address).status_code == 403


def test_every_way_back_is_offered_once_and_says_what_it_does(editor_client):
    event = an_event()
    keep(event, Revision.Kind.CREATED)
    event.contributions.first().delete()
    make.contribution(event=event, title="Neu")
    Event.objects.filter(pk=event.pk).update(title="Anders", published_at=make.PAST)
    page = editor_client.get(page_of(event, 1))
    actions = {each.path: each.action for each in page.context["differences"]}
    assert actions.pop("title") == "field"
    assert actions.pop("published_at") == ""
    assert sorted((is_row(path), action) for path, action in actions.items()) == [(True, "bring"), (True, "drop")]
    text = words(page)
    for label in (
        "Ganz wiederherstellen",
        "Nur dieses Feld",
        "Diese Zeile zurückholen",
        "Diese Zeile wieder entfernen",
    ):
        assert label in text


def test_a_snapshot_of_an_older_schema_is_shown_and_restored_as_far_as_possible(editor_client):
    editor, event = make.editor(username="erika"), an_event()
    revision = keep(event, Revision.Kind.CREATED)
    data = revision.data
    del data["fields"]["remark"], data["links"]["materials"]
    data["fields"] |= {"subtitle": "Gab es einmal", "start_time": "irgendwann", "date": "28.10.2020 oder so"}
    data["fields"]["date"] = str(event.date)
    for row in data["parts"]["questions"]:
        row["fields"] |= {"answer": "Darum"}
    data["parts"]["sponsors"] = [{"uuid": "x", "pk": 1, "fields": {"name": "Wer"}, "links": {}, "parts": {}}]
    revision.save()
    Event.objects.filter(pk=event.pk).update(title="Anders", remark="Jünger")
    page = editor_client.get(reverse("admin:sessions_app_event_revision", args=[event.pk, 1]))
    assert "Gab es einmal" in words(page) and "irgendwann" in words(page)
    restore(event, Revision.objects.get(), editor)
    event.refresh_from_db()
    assert (event.title, event.remark, event.start_time, event.materials.count()) == ("Auftakt", "Jünger", None, 1)
    for path in ("subtitle", "remark"):
        with pytest.raises(ValidationError):
            restore(event, Revision.objects.get(number=1), editor, path)
