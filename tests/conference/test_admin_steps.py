"""Submit, publish, withdraw: by button and by list, and by nobody without the right."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from conference.models import Image, Page
from conference.publishing import publishable_models
from sessions_app.models import Event
from tests import make
from tests.desk import made, posted, step, url, words

pytestmark = pytest.mark.django_db


def status_of(thing):
    return type(thing).objects.values_list("status", flat=True).get(pk=thing.pk)


def buttons(response):
    return re.findall(r'name="_(submit|publish|withdraw)"', response.content.decode())


@pytest.mark.parametrize("model", publishable_models(), ids=lambda model: model.__name__)
def test_editors_submit_and_cannot_publish_by_any_form(editor_client, model):
    fields = {"summary": "Kurz"} if hasattr(model, "summary") else {}
    thing = made(model, status="draft", **fields)
    page = editor_client.get(url(model, "change", thing.pk))
    assert buttons(page) == ["submit"]
    assert not {"status", "published_at", "expires_at"} & set(page.context["adminform"].form.fields)
    forged = {
        "status": "published",
        "published_at_0": "01.01.2020",
        "published_at_1": "10:00",
        "published_at": "2020-01-01",
    }
    assert step(editor_client, thing, "publish", **forged).status_code == 403
    assert step(editor_client, thing, "withdraw", **forged).status_code == 403
    assert step(editor_client, thing, "continue", **forged).status_code == 302
    assert status_of(thing) == "draft"
    for action in ("publish_selected", "withdraw_selected", "delete_selected"):
        editor_client.post(url(model, "changelist"), {"action": action, "_selected_action": [thing.pk], "post": "yes"})
        assert status_of(thing) == "draft"
    assert step(editor_client, thing, "submit", **forged).status_code == 302
    assert status_of(thing) == "in_review"
    thing.refresh_from_db()
    assert thing.published_at is None


def test_new_thing_with_a_forged_step_is_not_even_saved(editor_client):
    data = posted(editor_client.get(url(Page, "add"))) | {"title": "Neu", "_publish": "x", "status": "published"}
    assert editor_client.post(url(Page, "add"), data).status_code == 403
    assert not Page.objects.exists()


@pytest.mark.parametrize("model", publishable_models(), ids=lambda model: model.__name__)
def test_publishers_publish_and_withdraw(publisher_client, model):
    fields = {"summary": "Kurz"} if any(f.name == "summary" for f in model._meta.fields) else {}
    thing = made(model, status="draft", **fields)
    assert buttons(publisher_client.get(url(model, "change", thing.pk))) == ["submit", "publish"]
    assert step(publisher_client, thing, "publish").status_code == 302
    thing.refresh_from_db()
    assert thing.is_public
    assert buttons(publisher_client.get(url(model, "change", thing.pk))) == ["submit", "publish", "withdraw"]
    assert step(publisher_client, thing, "withdraw").status_code == 302
    assert status_of(thing) == "withdrawn"
    changes = LogEntry.objects.filter(object_id=str(thing.pk)).values_list("change_message", flat=True)
    assert {"Veröffentlicht.", "Zurückgezogen."} <= set(changes)


def test_a_moment_typed_into_a_draft_does_not_publish_it(publisher_client):
    page = make.page(status="draft")
    step(publisher_client, page, "continue", published_at_0="01.01.2020", published_at_1="10:00")
    page.refresh_from_db()
    assert (page.status, page.published_at.year) == ("draft", 2020)


def test_a_moment_in_the_future_schedules(publisher_client):
    page = make.page(status="draft")
    response = step(publisher_client, page, "publish", published_at_0="01.03.2090", published_at_1="09:30")
    assert "geplant für 1. März 2090, 09:30 Uhr" in words(publisher_client.get(response.url))
    page.refresh_from_db()
    assert not page.is_public
    assert list(Page.objects.scheduled()) == [page]


def test_a_published_thing_keeps_its_moment(publisher_client):
    page = make.page()
    step(publisher_client, page, "publish", title="Anders", published_at_0="01.03.2090", published_at_1="09:30")
    assert Page.objects.get(title="Anders").published_at == page.published_at
    response = step(publisher_client, page, "continue", expires_at_0="01.01.2001", expires_at_1="10:00")
    assert "„Öffentlich bis“ muss nach „Öffentlich ab“ liegen." in words(response)


def test_what_is_missing_is_said_and_nothing_typed_is_lost(publisher_client):
    image = make.image()
    Image.objects.update(alt_text="")
    event = make.event(status="draft", summary="Kurz", image=image)
    response = step(publisher_client, event, "publish", title="Neuer Titel")
    shown = words(publisher_client.get(response.url))
    assert "aber nicht weitergegeben: Das Bild" in shown
    event.refresh_from_db()
    assert (event.title, event.status) == ("Neuer Titel", "draft")


def test_actions_say_what_they_did_and_what_not(publisher_client):
    things = [make.event(status="draft", summary="Kurz"), make.event(status="draft", title="Ohne Fragen")]
    chosen = {"action": "publish_selected", "_selected_action": [thing.pk for thing in things]}
    shown = words(publisher_client.post(url(Event, "changelist"), chosen, follow=True))
    assert "Veröffentlicht: 1 Eintrag." in shown
    assert "„Ohne Fragen“: Es fehlt eine Kurzfassung" in shown
    assert [status_of(thing) for thing in things] == ["published", "draft"]


@pytest.mark.parametrize(
    ("person", "offered"), [("editor", {"submit"}), ("publisher", {"submit", "publish", "withdraw", "delete"})]
)
def test_actions_are_offered_by_right(client, person, offered):
    client.force_login(getattr(make, person)())
    make.page()
    choices = dict(client.get(url(Page, "changelist")).context["action_form"].fields["action"].choices)
    assert {name.split("_")[0] for name in choices if name.endswith("_selected")} == offered


def test_those_who_only_take_listings_change_nothing(client):
    client.force_login(make.analyst())
    page = make.page(status="draft")
    for view, args in (("changelist", ()), ("add", ()), ("change", (page.pk,)), ("delete", (page.pk,))):
        assert client.get(url(Page, view, *args)).status_code == 403


def test_looking_opens_the_real_page_of_a_draft(editor_client):
    event = make.event(status="draft")
    address = editor_client.get(url(Event, "change", event.pk)).context["absolute_url"]
    assert address == event.get_absolute_url()
    assert editor_client.get(address).status_code == 200
    assert Client().get(address).status_code == 404
