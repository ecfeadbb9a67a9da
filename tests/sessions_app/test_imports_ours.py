"""Our own exports, back again: whatever form they have, they change nothing and contradict nobody."""

import datetime

import pytest

from conference.models import Material, Origin
from sessions_app.imports.applying import apply
from sessions_app.imports.values import language_of, license_of
from sessions_app.interchange import reading
from sessions_app.interchange.programme import Link
from sessions_app.interchange.schedule_json import write_schedule_json
from sessions_app.interchange.schedule_xml import write_schedule_xml
from sessions_app.models import Appearance, Contribution, Event, Speaker
from sessions_app.programme_out.building import programme_of
from tests import make
from tests.programmes import DAY, at, choices, take_in, talk

pytestmark = pytest.mark.django_db
WAYS = {"schedule.xml": write_schedule_xml, "schedule.json": write_schedule_json}


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("CC BY-SA 4.0", "CC-BY-SA-4.0"),
        ("http://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/deed.en", "CC0-1.0"),
        ("https://creativecommons.org/licenses/by/3.0/", ""),
        ("Alle Rechte vorbehalten", ""),
    ],
)
def test_a_licence_is_known_by_its_name_or_its_address(words, known):
    assert license_of(words) == known


@pytest.mark.parametrize(("words", "code"), [("deu", "de"), ("de-AT", "de"), ("English", "en"), ("tlh", "")])
def test_a_language_is_known_by_code_or_name(words, code):
    assert language_of(words) == code


@pytest.fixture
def conference():
    conference = make.conference(starts_on=DAY, ends_on=DAY)
    event = make.event(conference=conference, date=DAY, start_time="09:00", summary="Kurz")
    part = make.contribution("Keynote", kind="keynote", event=event, start_time="10:00", duration="0:20:00")
    houses = [make.organisation("Stadt Musterhausen"), make.organisation("Amt für Bau")]
    make.appearance(contribution=part, organisations=houses, is_former=True)
    make.appearance(contribution=part, organisations=houses[:1], office="Landrat", role="Grußwort")
    return conference


def _back(conference, name, source="wir"):
    own = reading.read(WAYS[name](programme_of(conference)), name)
    return apply(own, choices(source=source, conference=conference), make.publisher())


def test_one_form_after_the_other_is_no_change_and_no_contradiction(conference):
    for name in ("schedule.xml", "schedule.json", "schedule.xml"):
        plan, run = _back(conference, name)
        assert (run, plan.clashes, plan.counts()["unchanged"]) == (None, [], 1)


def test_what_an_editor_changed_here_since_is_told_by_our_own_file_and_contradicts_nobody(conference):
    _back(conference, "schedule.json")
    Appearance.objects.filter(office="Landrat").update(office="Landrätin a. D.", role="")
    plan, run = _back(conference, "schedule.json")
    assert (run, plan.clashes) == (None, [])


def test_what_goes_out_of_a_public_talk_waits_for_somebody_who_may_publish(conference):
    part = Contribution.objects.get()
    event = part.event
    again = talk(str(part.uuid), title="Keynote", subtitle="Ungeprüft", start=at("10:00"), tags=["ungeprüft"])
    take_in(again, user=make.editor(), conference=conference)
    assert "ngepr" not in repr(programme_of(conference).talks)
    take_in(again, user=make.publisher(), conference=conference)
    assert programme_of(conference).talks[0].subtitle == "Ungeprüft"
    event.withdraw()
    take_in(talk(str(part.uuid), title="Keynote", subtitle="Entwurf"), user=make.editor(), conference=conference)
    assert Origin.objects.get(kind="sessions_app.contribution").extra["subtitle"] == "Entwurf"


def test_what_came_from_elsewhere_and_goes_out_from_here_comes_back_without_a_change():
    conference = make.conference(starts_on=DAY, ends_on=DAY)
    slides = Link(href="https://example.org/folien.pdf", title="Folien", kind="slides", is_file=True)
    open_end = {"duration": None, "people": ["Ada Lovelace", "Bob Ross"], "links": [slides]}
    no_start = talk("t3", start=None, duration=datetime.timedelta(minutes=20))
    take_in(talk(**open_end), talk("t2", start=at("11:00")), no_start, grouping="day")
    Event.objects.update(summary="Kurz")
    for record in (Event.objects.get(), Speaker.objects.get(family_name="Ross"), Material.objects.get()):
        record.publish()
    assert [link.is_file for link in programme_of(conference).talks[0].links] == [True]
    for name in WAYS:
        plan, run = _back(conference, name, source=name)
        assert (run, plan.clashes, plan.counts()["unchanged"]) == (None, [], 3)


def test_what_our_own_file_said_is_no_more_than_what_is_public_now(conference):
    part = Contribution.objects.get()
    part.projects.add(project := make.project("Wald", status="published"))
    event, theme = part.event, make.theme("Wasser", conference=conference)
    event.theme = theme
    event.save()
    first = programme_of(conference).talks
    for name in WAYS:
        _back(conference, name)
        assert programme_of(conference).talks == first
    project.withdraw()
    theme.withdraw()
    event.title = "Anders"
    event.save()
    [talk_of_today] = programme_of(conference).talks
    assert (talk_of_today.links, talk_of_today.track, talk_of_today.subtitle) == ((), "", "Anders")
