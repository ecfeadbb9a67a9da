"""An event and a whole conference as templates for the next."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from conference.models import ChangeRun, Conference, Theme
from conference.runs.running import undo
from sessions_app.models import Appearance, Contribution, Event
from tests import make
from tests.desk import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    conference = make.conference(
        "Herbst", starts_on=datetime.date(2020, 10, 28), ends_on=datetime.date(2020, 12, 8), is_featured=True
    )
    theme = make.theme("Allianzen", conference=conference)
    event = make.event(
        "Auftakt", conference=conference, theme=theme, number=1, date=datetime.date(2020, 10, 28), questions=["Warum?"]
    )
    make.appearance(contribution=make.contribution("Begrüßung", event=event))
    make.video(event=event)
    return conference


def test_an_event_is_copied_with_its_parts_as_a_draft(editor_client, conference):
    event = Event.objects.get()
    sent = {"conference": conference.pk, "date": "11.11.2020", "people": "on"}
    response = editor_client.post(reverse("admin:event_copy", args=[event.pk]), sent, follow=True)
    assert "als Entwurf" in words(response)
    copied = Event.objects.exclude(pk=event.pk).get()
    assert (copied.title, copied.status, copied.number) == ("Auftakt", "draft", 2)
    assert (copied.date, copied.theme, copied.published_at) == (datetime.date(2020, 11, 11), event.theme, None)
    assert [q.text for q in copied.questions.all()] == ["Warum?"]
    [contribution] = copied.contributions.all()
    assert contribution.appearances.count() == 1
    assert not copied.videos.exists()
    assert {contribution.uuid, copied.uuid}.isdisjoint({event.uuid, event.contributions.get().uuid})
    assert Client().get(copied.get_absolute_url()).status_code == 404


def test_a_day_outside_the_conference_is_refused(editor_client, conference):
    sent = {"conference": conference.pk, "date": "11.11.2030"}
    response = editor_client.post(reverse("admin:event_copy", args=[Event.objects.get().pk]), sent)
    assert "das Datum liegt nicht darin" in words(response)
    assert Event.objects.count() == 1


def test_a_conference_is_copied_with_dates_moved_and_taken_back(editor_client, conference):
    sent = {"title": "Herbst 2021", "date": "27.10.2021", "contributions": "on"}
    editor_client.post(reverse("admin:conference_copy", args=[conference.pk]), sent)
    copied = Conference.objects.exclude(pk=conference.pk).get()
    assert (copied.title, copied.status, copied.is_featured) == ("Herbst 2021", "draft", False)
    assert (copied.starts_on, copied.ends_on) == (datetime.date(2021, 10, 27), datetime.date(2021, 12, 7))
    event, theme = copied.events.get(), copied.themes.get()
    assert (event.date, event.theme, theme.title) == (datetime.date(2021, 10, 27), theme, "Allianzen")
    assert event.contributions.get().appearances.count() == 0
    before = [model.objects.count() for model in (Conference, Theme, Event, Contribution, Appearance)]
    assert before == [2, 2, 2, 2, 1]
    undo(ChangeRun.objects.get(), make.administrator())
    assert [model.objects.count() for model in (Conference, Theme, Event, Contribution, Appearance)] == [1, 1, 1, 1, 1]


def test_a_conference_without_its_contributions(editor_client, conference):
    sent = {"title": "Leer", "date": "27.10.2021"}
    editor_client.post(reverse("admin:conference_copy", args=[conference.pk]), sent)
    assert Contribution.objects.count() == 1


def test_who_may_not_add_does_not_copy(client, conference):
    client.force_login(make.user(permissions=["sessions_app.view_event", "conference.view_conference"]))
    for name, record in (("event_copy", Event.objects.get()), ("conference_copy", conference)):
        assert client.post(reverse(f"admin:{name}", args=[record.pk]), {"date": "27.10.2021"}).status_code == 403
    assert (Event.objects.count(), Conference.objects.count()) == (1, 1)
