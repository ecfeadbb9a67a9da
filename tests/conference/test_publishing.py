"""The wall itself."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from conference.models import Conference, Page, Theme
from conference.publishing import PUBLIC, Status
from tests import make

pytestmark = pytest.mark.django_db


def test_published_is_exactly_what_is_public_now():
    now = timezone.now()
    public = make.page()
    make.page(status="draft")
    make.page(status="in_review")
    make.page(status="withdrawn")
    make.page(published_at=now + datetime.timedelta(minutes=1))
    make.page(expires_at=now - datetime.timedelta(minutes=1))
    lasting = make.page(expires_at=now + datetime.timedelta(minutes=1))
    assert set(Page.objects.published()) == {public, lasting}
    assert set(Page.objects.visible_to(PUBLIC)) == {public, lasting}


def test_scheduled_appears_at_its_second(time_machine):
    moment = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
    page = make.page(published_at=moment, expires_at=moment + datetime.timedelta(seconds=10))
    for seconds, seen in ((-1, False), (0, True), (9, True), (10, False)):
        time_machine.move_to(moment + datetime.timedelta(seconds=seconds), tick=False)
        assert Page.objects.published().filter(pk=page.pk).exists() is seen


def test_a_thing_within_a_draft_is_no_more_public_than_it():
    hidden = make.conference(status="draft")
    make.theme(conference=hidden)
    shown = make.theme(conference=make.conference())
    alone = make.theme()
    assert set(Theme.objects.published()) == {shown, alone}


@pytest.mark.parametrize(
    ("fields", "sees"),
    [
        ({"permissions": ["conference.view_conference"]}, True),
        ({"permissions": ["conference.view_page"]}, False),
        ({"permissions": ["conference.view_conference"], "is_staff": False}, False),
        ({"permissions": ["conference.view_conference"], "is_active": False}, False),
    ],
)
def test_drafts_are_for_staff_who_may_view_that_kind(fields, sees):
    draft = make.conference(status="draft")
    assert Conference.objects.visible_to(make.user(**fields)).filter(pk=draft.pk).exists() is sees


def test_publish_sets_the_date_the_first_time_only():
    page = make.page(status="draft")
    page.publish()
    first = page.published_at
    page.withdraw()
    page.publish()
    assert page.published_at == first
    assert page.is_public


def test_publish_in_the_future_schedules():
    page = make.page(status="draft")
    page.publish(at=timezone.now() + datetime.timedelta(hours=1))
    assert page.state_label == "Geplant"
    assert not page.is_public


def test_publishing_a_scheduled_thing_makes_it_public_now():
    page = make.page(published_at=timezone.now() + datetime.timedelta(hours=1))
    page.publish()
    assert page.is_public


def test_an_expired_thing_is_not_published_silently_into_nowhere():
    page = make.page(status="draft", expires_at=timezone.now() - datetime.timedelta(hours=1))
    with pytest.raises(ValidationError, match="Vergangenheit"):
        page.publish()
    page.refresh_from_db()
    assert page.status == Status.DRAFT


def test_a_picture_without_words_stops_publishing():
    page = make.conference(status="draft", image=make.image(title="Rathaus", alt_text=""))
    with pytest.raises(ValidationError, match="Rathaus"):
        page.publish()


def test_published_without_a_moment_cannot_be_stored():
    page = make.page(status="draft")
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.filter(pk=page.pk).update(status="published")


def test_an_unknown_status_cannot_be_stored():
    page = make.page()
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.filter(pk=page.pk).update(status="secret")


def test_submitting_what_is_public_is_refused():
    with pytest.raises(ValidationError, match="schon veröffentlicht"):
        make.page().submit()
