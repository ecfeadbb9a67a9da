"""Who the people of a file are here."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conference.joining.carrying import join
from conference.joining.plan import Plan as JoinPlan
from conference.joining.undoing import undo_join
from conference.models import ChangeRun, Conference, EditorScope, Material
from sessions_app.admin.speaker import SpeakerAdmin
from sessions_app.imports.choices import mark_of
from sessions_app.imports.planning import check_rights, make_plan
from sessions_app.interchange.programme import Link, Person, Recording
from sessions_app.models import Appearance, Contribution, Speaker, Video
from tests import make
from tests.programmes import DAY, at, choices, programme, take_in, talk

pytestmark = pytest.mark.django_db


def _crowd(*people):
    plan = make_plan(programme(talk(people=people)), choices(conference=None), make.administrator())
    return list(plan.crowd.humans.values())


@pytest.mark.parametrize(
    ("person", "how"),
    [
        ("Harald Welzer|FUTURZWEI", "name"),
        ("Prof. Dr. Harald  WELZER|Stiftung Futurzwei", "name"),
        ("Welzer, Harald|FUTURZWEI", "name"),
        ("Harry Welzer|FUTURZWEI", "name"),
        ("Harald Welzer|Ganz woanders", ""),
        ("Harald Welzer", ""),
        (Person(name="H. W.", links=(Link(href="https://orcid.org/0000-0002-1825-0097"),)), "orcid"),
    ],
)
def test_exact_name_and_organisation_or_an_identity_make_the_same_person(person, how):
    place = make.organisation("Stiftung Futurzwei", short_name="FUTURZWEI")
    given = {"given_name": "Harald", "other_names": "Harry Welzer", "orcid": "0000-0002-1825-0097"}
    known = make.speaker("Welzer", organisations=[place], **given)
    make.speaker("Welz", given_name="Harald", organisations=[place])
    [human] = _crowd(person)
    assert (human.how, human.speaker) == (how, known if how else None)
    if not how:
        assert [candidate.speaker for candidate in human.candidates] == [known]
        assert human.candidates[0].organisations == ["Stiftung Futurzwei"]


def test_two_with_the_same_name_and_organisation_are_only_proposed():
    place = make.organisation("Stadt Ort")
    make.speaker("Meier", given_name="Anna", organisations=[place], slug="a")
    make.speaker("Meier", given_name="Anna", organisations=[place], slug="b")
    [human] = _crowd("Anna Meier|Stadt Ort")
    assert (human.speaker, len(human.candidates)) == (None, 2)


def test_where_somebody_once_spoke_for_counts_too():
    said = make.appearance(speaker=make.speaker("Meier", given_name="Anna"), affiliation_text="Stadt Ort")
    [human] = _crowd("Anna Meier|Stadt Ort")
    assert human.speaker == said.speaker


def test_a_choice_of_the_editor_is_followed_and_a_foreign_one_is_not():
    known, other = make.speaker("Meier", given_name="Anna"), make.speaker("Ganz anders")
    for chosen, expected in ((known, 2), (other, 3)):
        take_in(
            talk(f"t{expected}", people=["Anna Meier"]),
            source=f"q{expected}",
            conference=None,
            people={mark_of("name:anna meier"): str(chosen.uuid)},
        )
        assert Speaker.objects.count() == expected
    assert Contribution.objects.first().appearances.get().speaker == known


def test_inside_a_file_one_name_in_two_places_is_two_people():
    people = _crowd("Anna Meier|Stadt Ort", "Anna Meier|Universität", "Anna Meier|stadt  ort", "Bob Ross", "Bob  Ross")
    assert [human.name.plain for human in people] == ["Anna Meier", "Anna Meier", "Bob Ross"]
    numbered = _crowd(Person(name="Anna Meier", number="1"), Person(name="Anna Meier", number="2"))
    assert len(numbered) == 2


def test_the_same_people_come_again_under_other_numbers():
    one = [Person(name="Anna Meier", number="1"), Person(name="Bob Ross", number="2")]
    other = [Person(name="Anna Meier", number="8"), Person(name="Bob Ross", number="1")]
    take_in(talk(people=one))
    assert take_in(talk(people=other))[1] is None


def test_who_was_made_one_with_another_stays_so():
    known = make.speaker("Meier", given_name="Anna", status="draft")
    take_in(talk(people=["Anna Maier"]))
    made = Speaker.objects.get(family_name="Maier")
    plan = JoinPlan(known, made, SpeakerAdmin.fieldsets)
    join(plan, make.administrator(), plan.mark, {})
    assert take_in(talk(people=["Anna Maier"]))[1] is None
    assert Speaker.objects.get() == known
    # Read once more meanwhile, and then the two are two again.
    assert take_in(talk(people=["Anna Maier"], kind="keynote"))[1]
    undo_join(ChangeRun.objects.get(kind=ChangeRun.Kind.MERGE), make.administrator())
    take_in(talk(people=["Anna Maier"], kind="keynote"), talk("t2", people=["Anna Maier"]))
    assert {row.speaker for row in Appearance.objects.all()} == {made}


def test_a_video_and_a_material_change_only_for_those_who_may_and_only_here():
    codes = [f"sessions_app.{deed}_{kind}" for deed in ("add", "change") for kind in ("event", "speaker")]
    few = make.user(permissions=[*codes, "conference.change_conference"])
    film = {"recordings": (Recording(url="https://vimeo.com/1"),)}
    link = {"href": "https://example.org/a.pdf", "is_file": True}
    take_in(talk(title="Alt", links=[Link(title="Alt", **link)], **film))
    new = talk(title="Neu", links=[Link(title="Neu", **link)], **film)
    take_in(new, user=few)
    assert (Contribution.objects.get().title, Video.objects.get().title, Material.objects.get().title) == (
        "Neu",
        "Alt",
        "Alt",
    )
    Video.objects.update(contribution=None, event=make.event())
    take_in(new, conference=Conference.objects.get(title="Tage 2025"))
    assert (Video.objects.get().title, Material.objects.get().title) == ("Alt", "Neu")


def test_very_long_names_and_titles_are_cut_and_kept_whole():
    plan, _run = take_in(talk(title="T" * 400, people=["A" * 90 + " " + "B" * 90]))
    assert (len(Contribution.objects.get().title), len(plan.warnings)) == (300, 2)
    assert len(Speaker.objects.get().family_name) == 80
    origins = {origin.kind: origin.data["read"] for origin in plan.conference.import_sources.get().origins.all()}
    assert origins["sessions_app.contribution"]["whole_title"] == "T" * 400
    assert origins["sessions_app.speaker"]["name"] == "A" * 90 + " " + "B" * 90


def test_rights_are_asked_kind_by_kind_and_conference_by_conference():
    own, other = make.conference(starts_on=DAY, ends_on=DAY), make.conference()
    limited = make.editor()
    EditorScope.objects.create(user=limited).conferences.add(own)
    check_rights(limited, own)
    check_rights(make.editor(), None)
    few = ("sessions_app.add_event", "sessions_app.change_event", "conference.change_conference")
    for user, conference in (
        (limited, other),
        (limited, None),
        (make.user(permissions=few), own),
        (AnonymousUser(), own),
    ):
        with pytest.raises(PermissionDenied):
            check_rights(user, conference)


def test_materials_stay_out_where_somebody_may_not_add_them():
    codes = [f"sessions_app.{deed}_{kind}" for deed in ("add", "change") for kind in ("event", "speaker")]
    user = make.user(permissions=[*codes, "conference.add_conference"])
    link = Link(href="https://example.org/a.pdf", title="A", is_file=True)
    plan, _run = take_in(talk(links=[link]), user=user)
    assert (plan.new.get("conference.material"), len(plan.warnings)) == (None, 1)
    assert Conference.objects.count() == 1


def _asked(user, *talks) -> int:
    with CaptureQueriesContext(connection) as asked:
        make_plan(programme(*talks), choices(), user)
    return len(asked)


def test_a_look_asks_as_much_for_many_as_for_one():
    user = make.administrator()
    film = {"recordings": (Recording(url="https://vimeo.com/1"),)}
    many = [
        talk(f"t{n}", start=at(f"1{n}:00"), people=[f"Ada Lovelace{n}|Ort"], links=[_file(n)], **film) for n in range(4)
    ]
    make.speaker("Lovelace1", given_name="Ada")
    new = {_asked(user, *many[:1]), _asked(user, *many)}
    take_in(*many, user=user)
    known = {_asked(user, *many[:1]), _asked(user, *many)}
    assert (len(new), len(known), max(new | known) < 60) == (1, 1, True)


def _file(number):
    return Link(href=f"https://example.org/{number}.pdf", title="Folien", is_file=True)
