"""The editing screens: every one opens, in German, and asks few questions."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from conference.models import Page
from conference.publishing import Publishable
from projects_app.models import Project
from sessions_app.models import Contribution, Cue, Event, Video
from tests import make
from tests.desk import made, url, words

pytestmark = pytest.mark.django_db

MODELS = sorted((model for model in admin.site._registry if model not in (User, Group)), key=lambda m: m.__name__)
NAMES = [model.__name__ for model in MODELS]


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
@pytest.mark.parametrize("person", ["editor", "publisher"])
def test_every_screen_opens_and_speaks_german(client, model, person):
    client.force_login(getattr(make, person)())
    thing = made(model)
    pages = [
        ("changelist", ()),
        ("add", ()),
        ("change", (thing.pk,)),
        ("history", (thing.pk,)),
        ("delete", (thing.pk,)),
    ]
    for view, args in pages:
        # The history of a row is that of its record; rows come and go in the record's form.
        response = client.get(url(model, view, *args), follow=view == "history")
        may = person == "publisher" or view != "delete"
        may = may and not (model in (Contribution, Cue) and view in ("add", "delete"))
        assert response.status_code == (200 if may else 403), view
        if may:
            assert "unsafe" not in response["Content-Security-Policy"]
            assert not ENGLISH.findall(words(response)), view


ENGLISH = re.compile(
    r"\b(the|and|of|add|change|delete|save|select|search|history|view|home|date|time|your|this|all|none|unknown|"
    r"yes|no|any|clear|today|now|currently|please|password|log|user|users|group|groups|action|go|show|hide)\b",
    re.IGNORECASE,
)


def test_start_and_accounts_open_and_speak_german(client):
    client.force_login(make.administrator(username="ada"))
    user, group = User.objects.first(), Group.objects.get(name="Redaktion")
    addresses = [
        reverse("admin:index"),
        reverse("admin:password_change"),
        reverse("admin:app_list", args=["sessions_app"]),
    ]
    addresses += [url(type(thing), "changelist") for thing in (user, group)]
    addresses += [url(type(thing), "add") for thing in (user, group)]
    addresses += [
        url(type(thing), view, thing.pk) for thing in (user, group) for view in ("change", "history", "delete")
    ]
    addresses.append(reverse("admin:auth_user_password_change", args=[user.pk]))
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert not ENGLISH.findall(words(response)), address
    assert not ENGLISH.findall(words(Client().get(reverse("admin:login"))))


def test_list_actions_ask_in_german(client):
    client.force_login(make.administrator())
    event = make.event(materials=[make.material()], questions=["Warum?"])
    response = client.post(url(Event, "changelist"), {"action": "delete_selected", "_selected_action": [event.pk]})
    assert response.status_code == 200
    assert not ENGLISH.findall(words(response))


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_lists_ask_the_same_number_of_questions_at_one_and_at_three(
    publisher_client, model, django_assert_max_num_queries
):
    made(model)
    with django_assert_max_num_queries(40) as one:
        publisher_client.get(url(model, "changelist"))
    conference = make.conference()
    event = make.event(conference=conference)
    for _number in range(2):
        related = {Event: {"conference": conference}, Contribution: {"event": event}, Video: {"event": event}}
        made(model, **related.get(model, {}))
    with django_assert_max_num_queries(40) as three:
        publisher_client.get(url(model, "changelist"))
    # A filter by relation reads its choices: one query however many there are.
    assert len(three) <= len(one) + 1


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_lists_can_be_searched_and_every_relation_completes(publisher_client, model):
    made(model)
    assert publisher_client.get(url(model, "changelist"), {"q": "Rathaus"}).status_code == 200
    for field in admin.site._registry[model].autocomplete_fields:
        query = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field}
        assert publisher_client.get(reverse("admin:autocomplete"), query | {"term": "a"}).status_code == 200


def test_every_relation_is_searched_for():
    for model, model_admin in admin.site._registry.items():
        if issubclass(model, Publishable) or model is Contribution:
            relations = {f.name for f in [*model._meta.fields, *model._meta.many_to_many] if f.is_relation}
            assert relations - set(model_admin.readonly_fields) == set(model_admin.autocomplete_fields), model


@pytest.mark.parametrize("value", ["oeffentlich", "geplant", "freigabe", "entwurf", "zurueckgezogen"])
def test_lists_are_narrowed_by_state(publisher_client, value):
    things = {
        "oeffentlich": make.page("A"),
        "geplant": make.page("B", published_at=make.soon()),
        "freigabe": make.page("C", status="in_review"),
        "entwurf": make.page("D", status="draft"),
        "zurueckgezogen": make.page("E", status="withdrawn"),
    }
    response = publisher_client.get(url(Page, "changelist"), {"stand": value})
    assert list(response.context["cl"].result_list) == [things[value]]


def test_the_editor_style_is_the_one_the_policy_allows():
    """When the text editor is upgraded, its style changes: take the new value from here."""
    import base64
    import hashlib
    from pathlib import Path

    import django_prose_editor

    from conference.admin.accessible import EDITOR_STYLE_HASH

    script = Path(django_prose_editor.__file__).parent / "static/django_prose_editor/editor.js"
    styles = re.findall(r"`(\.ProseMirror \{.*?)`", script.read_text(), re.DOTALL)
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in styles}
    assert EDITOR_STYLE_HASH in hashes


def test_projects_can_be_narrowed_by_state(editor_client):
    hesse = make.project(federal_states=["DE-HE"])
    make.project(federal_states=["DE-NI"])
    response = editor_client.get(url(Project, "changelist"), {"land": "DE-HE"})
    assert list(response.context["cl"].result_list) == [hesse]
