"""Who else has a form open: said to those who may change it, while their windows report."""

import datetime
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from conference.models import OpenForm
from conference.unsaved.presence import others
from sessions_app.models import Contribution, Event
from tests import make
from tests.conference.test_unsaved import opened, report
from tests.desk import url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make.event(status="draft")


@pytest.fixture
def form(event):
    return url(Event, "change", event.pk)


@pytest.fixture
def kim():
    client = Client()
    client.force_login(make.editor(username="kim", first_name="Kim", last_name="Muster <b>"))
    return client


def here(client, form, **query):
    return report(client, form, {}, tab=str(uuid.uuid4()), tun="melden", **query).json()


def test_two_people_see_each_other(editor_client, kim, form):
    assert here(editor_client, form)["others"] == ""
    assert here(kim, form)["others"].startswith("Auch offen bei: editor (seit ")
    assert "Kim Muster <b> (seit " in here(editor_client, form)["others"]
    page = editor_client.get(form)
    assert "Auch offen bei: Kim Muster <b> (seit " in words(page)
    assert b"Muster <b>" not in page.content


def test_another_window_of_ones_own_is_named(editor_client, form):
    here(editor_client, form)
    assert "Ihnen selbst in einem anderen Fenster" in here(editor_client, form)["others"]
    assert "Ihnen selbst" not in words(editor_client.get(form))


def test_a_reload_is_no_other_window(editor_client, kim, form):
    """The leave of the page before comes in late, or never: the arrival names it."""
    old, other = str(uuid.uuid4()), str(uuid.uuid4())
    report(editor_client, form, {}, tab=old, tun="melden")
    report(kim, form, {}, tab=other, tun="melden")
    assert here(editor_client, form, vorher=old)["others"].startswith("Auch offen bei: Kim Muster")
    assert here(editor_client, form, vorher="nonsense")["others"].count("Ihnen selbst") == 1
    here(editor_client, form, vorher=other)
    assert OpenForm.objects.filter(tab=other).exists()


def test_who_is_silent_or_gone_is_not_named(editor_client, kim, form):
    here(kim, form)
    OpenForm.objects.update(seen_at=timezone.now() - datetime.timedelta(seconds=41))
    assert here(editor_client, form)["others"] == ""
    OpenForm.objects.all().delete()
    tab = str(uuid.uuid4())
    report(kim, form, {}, tab=tab, tun="melden")
    report(kim, form, {}, tab=tab, tun="melden", weg="1")
    assert here(editor_client, form)["others"] == ""


def test_saving_ends_it(kim, event, form):
    fields = opened(kim, form)
    report(kim, form, {}, tab=fields["_tab"], tun="melden")
    kim.post(form, fields | {"_save": "x"})
    assert not OpenForm.objects.exists()


def test_the_form_of_a_row_counts_as_that_of_its_event(editor_client, kim, event, form):
    part = make.contribution(event=event)
    here(kim, url(Contribution, "change", part.pk))
    assert "Kim Muster" in here(editor_client, form)["others"]


def test_only_those_who_may_change_it_are_told(client, kim, event, form):
    here(kim, form)
    for user in (make.analyst(), make.user(permissions=["sessions_app.view_event"])):
        client.force_login(user)
        assert report(client, form, {}, tun="melden").status_code == 403
    client.force_login(make.user(permissions=["sessions_app.view_event"]))
    assert b"Kim" not in client.get(form).content


def test_it_costs_one_query(event, django_assert_num_queries):
    me = make.editor()
    for number in range(3):
        person = make.editor(username=f"person-{number}")
        OpenForm.objects.create(**OpenForm.keys(event), user=person, tab=uuid.uuid4(), seen_at=timezone.now())
    with django_assert_num_queries(1):
        assert len(others(event, me, "x")) == 3
