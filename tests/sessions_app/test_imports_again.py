"""The same file again, after the editors have been at work around what came from it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conference.models import Conference, Material
from conference.runs.running import undo
from conference.trash import trash
from sessions_app.imports.applying import apply
from sessions_app.imports.planning import make_plan
from sessions_app.imports.showing import shown_clashes
from sessions_app.interchange.programme import Link, Recording
from sessions_app.models import Appearance, Contribution, Event, Speaker, Video
from tests import make
from tests.programmes import DAY, at, choices, programme, take_in, talk

pytestmark = pytest.mark.django_db
SLIDES = Link(href="https://example.org/folien.pdf", title="Folien", kind="slides", is_file=True)
FILM = Recording(url="https://vimeo.com/1", kind="vimeo")


def test_one_look_is_like_the_next_whatever_is_new_in_what_is_there():
    user = make.publisher()
    take_in(talk(people=["Ada Lovelace"]), grouping="day", user=user)
    again = programme(talk(people=["Ada Lovelace", "Bob Ross"]), talk("t2", start=at("11:00"), people=["Cy Twombly"]))
    seen = make_plan(again, choices(grouping="day"), user)
    apply(again, choices(grouping="day"), user, seen.mark)
    assert (Event.objects.count(), Contribution.objects.count(), Appearance.objects.count()) == (1, 2, 3)


def test_a_theme_that_was_renamed_here_stays():
    conference = make.conference(starts_on=DAY, ends_on=DAY, status="draft")
    theme = make.theme("Wasser", conference=conference)
    take_in(talk(track="Wasser"))
    theme.title = "Wasser und Wege"
    theme.save()
    assert take_in(talk(track="Wasser"))[1] is None
    assert Event.objects.get().theme == theme
    for _time in range(2):
        _plan, run = take_in(talk(track="Anderes"))
        assert Event.objects.get().theme is None
        undo(run, make.administrator())
        assert Event.objects.get().theme == theme


def test_an_organisation_that_was_renamed_here_stays_with_its_people():
    institute = make.organisation("Institut für Alles")
    take_in(talk(people=["Ada Lovelace|Institut für Alles"]))
    institute.name = "Institut für Alles und mehr"
    institute.save()
    plan, run = take_in(talk(people=["Ada Lovelace|Institut für Alles"]))
    assert (run, plan.clashes) == (None, [])
    said = Appearance.objects.get()
    assert (list(said.organisations.all()), said.affiliation_text) == ([institute], "")


def test_what_was_deleted_here_beside_the_talks_stays_away():
    user = make.administrator()
    given = talk(links=[SLIDES], recordings=[FILM])
    take_in(given)
    for record in (Material.objects.get(), Video.objects.get()):
        trash(record, user)
    plan, run = take_in(given)
    assert (run, Material.objects.count(), Video.objects.count()) == (None, 0, 0)
    assert len(plan.warnings) == 2
    assert take_in(given)[1] is None


def test_what_was_taken_back_comes_in_anew_though_something_else_has_changed_since():
    take_in(talk(title="Alt"))
    _plan, run = take_in(talk(title="Neu"))
    assert take_in(talk(title="Neu", code="ABC"))[1] is None
    undo(run, make.administrator())
    take_in(talk(title="Neu", code="ABC"))
    assert Contribution.objects.get().title == "Neu"


def test_a_recording_as_a_file_is_no_film_of_the_editors():
    take_in(talk())
    make.video("Unser Film", contribution=Contribution.objects.get(), url="", status="draft")
    take_in(talk(recordings=[Recording(url="https://example.org/a.mp4", kind="mp4")]))
    assert sorted(Video.objects.values_list("title", flat=True)) == ["Unser Film", "Vortrag t1"]


def test_who_was_deleted_here_stays_away():
    given = talk(people=["Ada Lovelace", "Bob Ross"])
    take_in(given)
    Appearance.objects.filter(speaker__family_name="Lovelace").delete()
    trash(Speaker.objects.get(family_name="Lovelace"), make.administrator())
    assert take_in(given)[1] is None
    assert [str(each.speaker) for each in Appearance.objects.all()] == ["Bob Ross"]
    assert Speaker.objects.count() == 1
    assert Conference.objects.count() == 1


def test_of_several_sources_the_one_read_last_is_what_a_talk_is_measured_by():
    guid = "8a3f0000-0000-4000-8000-000000000001"
    for source, title in (("A", "Eins"), ("B", "Zwei"), ("C", "Drei")):
        plan, _run = take_in(talk(guid, title=title), source=source)
        assert (plan.clashes, Contribution.objects.get().title) == ([], title)


def test_contradictions_are_shown_for_as_many_queries_as_one():
    conference = make.conference(starts_on=DAY, ends_on=DAY, status="draft")
    _mine, here, _theirs = (make.theme(title, conference=conference) for title in ("Alt", "Hier", "Dort"))
    user, names = make.publisher(), ("t1", "t2", "t3")
    take_in(*(talk(name, track="Alt") for name in names), user=user)
    Event.objects.update(theme=here)
    for some in (names[:1], names):
        plan = make_plan(programme(*(talk(name, track="Dort") for name in some)), choices(), user)
        with CaptureQueriesContext(connection) as asked:
            shown = shown_clashes(plan)
        assert ({(each.here, each.there) for each in shown}, len(asked)) == ({("Hier", "Dort")}, 1)


def test_recordings_of_what_has_a_working_copy_ask_as_much_for_many_as_for_one():
    user, names = make.publisher(), ("t1", "t2", "t3")
    take_in(*(talk(name) for name in names), user=user)
    Event.objects.update(status="published", published_at=make.PAST)
    take_in(*(talk(name, kind="keynote") for name in names), user=user)
    counts = set()
    for some in (names[:1], names):
        with CaptureQueriesContext(connection) as asked:
            plan = make_plan(programme(*(talk(n, kind="keynote", recordings=[FILM]) for n in some)), choices(), user)
        counts.add(len(asked))
        assert len(plan.new["sessions_app.video"]) == len(some)
    assert len(counts) == 1
