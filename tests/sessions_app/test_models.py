"""Events, contributions, speakers, videos: what must never be stored, and what is derived."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from conference.publishing import PUBLIC
from projects_app.models import Partnership
from sessions_app.models import Appearance, Event, Speaker, Video
from tests import make

pytestmark = pytest.mark.django_db


def loaded(appearance):
    return Appearance.objects.with_relations(PUBLIC).get(pk=appearance.pk)


@pytest.mark.parametrize(
    ("names", "fields", "words"),
    [
        (["Wuppertal Institut"], {"is_former": True}, "ehemals Wuppertal Institut"),
        (["Landkreis Nienburg/Weser"], {"office": "Landrat"}, "Landrat, Landkreis Nienburg/Weser"),
        (["B-Institut", "A-Institut"], {}, "A-Institut, B-Institut"),
        (["A-Institut"], {"affiliation_text": "frei"}, "frei"),
        ([], {"office": "Bürgermeister"}, "Bürgermeister"),
        ([], {}, ""),
    ],
)
def test_the_affiliation_of_that_day_in_words(names, fields, words):
    organisations = [make.organisation(name=name) for name in names]
    assert loaded(make.appearance(organisations=organisations, **fields)).affiliation == words


def test_a_draft_organisation_is_not_named():
    appearance = make.appearance(
        organisations=[make.organisation("Geheim", status="draft"), make.organisation("Offen")]
    )
    assert loaded(appearance).affiliation == "Offen"


def test_appearances_of_draft_speakers_and_in_draft_events_do_not_exist():
    seen = make.appearance()
    make.appearance(speaker=make.speaker(status="draft"))
    make.appearance(contribution=make.contribution(event=make.event(status="draft")))
    assert set(Appearance.objects.published()) == {seen}


def test_state_is_derived():
    home = make.conference(starts_on=datetime.date(2020, 1, 1), ends_on=datetime.date(2099, 12, 31))
    cases = {
        "announced": make.event(conference=home, date=datetime.date(2099, 1, 1)),
        "held": make.event(conference=home),
        "documented": make.event(conference=home, findings="<p>Es bleibt etwas.</p>"),
        "cancelled": make.event(conference=home, is_cancelled=True),
    }
    filmed, planned, hidden = (make.event(conference=home) for _ in range(3))
    make.video(event=filmed)
    make.video(event=planned, availability="planned")
    make.video(event=planned, kind="trailer")
    make.video(event=hidden, status="draft")
    states = {event.pk: event.state for event in Event.objects.with_state().select_related("conference")}
    assert {name: states[event.pk] for name, event in cases.items()} == {name: name for name in cases}
    assert [states[event.pk] for event in (filmed, planned, hidden)] == ["documented", "held", "held"]


def test_times_are_those_of_the_conferences_zone():
    home = make.conference(time_zone="Europe/Berlin")
    event = make.event(
        conference=home,
        date=datetime.date(2020, 10, 28),
        start_time=datetime.time(9, 30),
        end_time=datetime.time(12, 30),
    )
    assert event.starts_at.isoformat() == "2020-10-28T09:30:00+01:00"
    assert event.ends_at.isoformat() == "2020-10-28T12:30:00+01:00"
    assert make.event(conference=home).starts_at is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"start_time": datetime.time(10), "end_time": datetime.time(9)}, "Ende muss nach dem Beginn"),
        ({"end_time": datetime.time(9)}, "Ende muss nach dem Beginn"),
        ({"date": datetime.date(2019, 1, 1)}, "Datum liegt nicht darin"),
        ({"number": 0}, "größer"),
    ],
)
def test_impossible_events_are_refused_with_a_sentence(fields, words):
    event = make.event()
    for name, value in fields.items():
        setattr(event, name, value)
    with pytest.raises(ValidationError) as refused:
        event.full_clean()
    assert words in str(refused.value)


def test_two_events_of_a_conference_cannot_share_a_number():
    first = make.event(number=3)
    second = make.event(conference=first.conference)
    second.number = 3
    with pytest.raises(ValidationError, match="Nummer"):
        second.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=second.pk).update(number=3)


def test_a_person_appears_once_in_a_contribution():
    first = make.appearance()
    second = make.appearance(contribution=first.contribution)
    second.speaker = first.speaker
    with pytest.raises(ValidationError, match="schon eingetragen"):
        second.full_clean()


def test_a_video_belongs_to_something():
    with pytest.raises(ValidationError, match="Veranstaltung oder einen Beitrag"):
        Video(title="Ohne Heimat", availability="planned").full_clean()


def test_a_video_online_needs_something_to_play_before_it_is_published():
    video = make.video(url="", status="draft")
    with pytest.raises(ValidationError, match="Mediendatei oder eine Adresse"):
        video.publish()
    make.media_file(video=video)
    video.publish()
    assert video.is_public


def test_a_video_cannot_name_a_foreign_contribution():
    with pytest.raises(ValidationError, match="anderen Veranstaltung"):
        make.video(event=make.event(), contribution=make.contribution())


def test_videos_are_no_more_public_than_their_event():
    seen = [make.video(), make.video(contribution=make.contribution())]
    make.video(event=make.event(status="draft"))
    make.video(contribution=make.contribution(event=make.event(conference=make.conference(status="draft"))))
    assert set(Video.objects.published()) == set(seen)


@pytest.mark.parametrize("orcid", ["0000-0002-1825-0097", "0000-0002-1694-233X"])
def test_real_orcids_pass(orcid):
    Speaker(family_name="A", slug="a", orcid=orcid).full_clean()


@pytest.mark.parametrize(
    "orcid", ["0000-0002-1825-0098", "0000000218250097", "abcd-0002-1825-0097", "0000-0002-1825-00975"]
)
def test_false_orcids_do_not(orcid):
    with pytest.raises(ValidationError, match=r"ORCID|19"):
        Speaker(family_name="A", slug="a", orcid=orcid).full_clean()


def test_people_are_sorted_by_family_name_and_shown_with_title():
    for family, given in (("Özdemir", "Zoe"), ("Oder", "Anna"), ("Zander", "Bea")):
        make.speaker(family, given_name=given, academic_title="Dr.")
    assert [str(one) for one in Speaker.objects.by_name()] == ["Dr. Anna Oder", "Dr. Zoe Özdemir", "Dr. Bea Zander"]
    assert Speaker.objects.by_name()[1].monogram == "ZÖ"


def test_a_partnership_names_one_organisation():
    project = make.project()
    with pytest.raises(ValidationError, match="nicht beides"):
        Partnership(project=project).full_clean()
    with pytest.raises(ValidationError, match="nicht beides"):
        Partnership(project=project, organisation=make.organisation(), organisation_text="doppelt").full_clean()


def test_an_events_page_costs_the_same_with_thirty_contributions(django_assert_num_queries):
    def fill(event, number):
        for _ in range(number):
            people = [make.speaker() for _ in range(2)]
            part = make.contribution(
                event=event, speakers=people, projects=[make.project()], materials=[make.material()]
            )
            part.appearances.first().organisations.add(make.organisation())
        return event

    theme = make.theme()
    for event in (fill(make.event(theme=theme), 1), fill(make.event(theme=theme), 30)):
        with django_assert_num_queries(10):
            one = Event.objects.with_relations(PUBLIC).get(pk=event.pk)
            assert one.visible_contributions[0].visible_appearances[0].visible_speaker.name
