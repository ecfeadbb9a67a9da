"""Must show: real programmes come in with their exact counts, and a second time without a change."""

import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from conference.models import ChangeRun, Conference, ImportSource, Material, Origin
from conference.runs.running import undo
from conference.search.index import missing_documents
from sessions_app.imports import files
from sessions_app.imports.applying import apply
from sessions_app.imports.choices import Choices
from sessions_app.imports.planning import make_plan
from sessions_app.models import Appearance, Contribution, Event, Speaker, Video
from tests import make
from tests.programmes import every_table

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parent.parent / "data" / "interchange"
FOSDEM, PYCON, TABLE = "fosdem-2025-slice.xml", "pyvideo-pycon-jp-2012.zip", "schedule-example.xlsx"


def _twice(name, grouping, user):
    """Look, take in, take in again; gives the run. Looking writes nothing, the second time changes nothing."""
    programme = files.read(FOLDER / name, name)
    before = every_table()
    plan = make_plan(programme, Choices(source=programme.key, grouping=grouping), user)
    assert every_table() == before
    seen, run = apply(programme, Choices(source=programme.key, grouping=grouping), user, plan.mark)
    again, second = apply(programme, Choices(source=programme.key, grouping=grouping, conference=seen.conference), user)
    assert (second, again.is_empty, again.clashes, again.missing, again.crowd.new) == (None, True, [], [], [])
    assert (again.counts()["unchanged"], ChangeRun.objects.count()) == (len(programme.talks), 1)
    return run


def _counts():
    kinds = (Conference, Event, Contribution, Speaker, Appearance, Material, Video)
    return tuple(kind._base_manager.count() for kind in kinds)


@pytest.mark.parametrize(("grouping", "events"), [("own", 114), ("room", 9), ("day", 2)])
def test_fosdem_comes_in_with_114_contributions_and_134_people(grouping, events):
    run = _twice(FOSDEM, grouping, make.publisher())
    assert _counts() == (1, events, 114, 134, 145, 27, 0)
    assert missing_documents() == 0
    conference = Conference.objects.get()
    assert (conference.title, conference.time_zone, conference.slug) == (
        "FOSDEM 2025",
        "Europe/Brussels",
        "fosdem-2025",
    )
    assert (conference.starts_on, conference.ends_on) == (datetime.date(2025, 2, 1), datetime.date(2025, 2, 2))
    assert not any(each.is_released for kind in (Conference, Event, Speaker, Material) for each in kind.objects.all())
    assert (ImportSource.objects.get().grouping, ImportSource.objects.get().last_count) == (grouping, 114)
    first = Contribution.objects.get(title="Welcome to FOSDEM 2025")
    assert (first.start_time, first.duration) == (datetime.time(9, 30), datetime.timedelta(minutes=20))
    assert str(first.uuid) == Origin.objects.get(record=first.uuid).guid
    assert first.event.place == ("" if grouping == "day" else "Janson")
    if grouping == "day":
        undo(run, make.administrator())
        assert _counts() == (0, 0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(("grouping", "events"), [("own", 60), ("day", 2)])
def test_pycon_comes_in_with_60_talks_and_their_recordings(grouping, events):
    _twice(PYCON, grouping, make.publisher())
    assert _counts() == (1, events, 60, 111, 125, 0, 60)
    video = Video.objects.get(contribution__title="Beginning Python")
    assert (video.url, video.language) == ("https://www.youtube.com/watch?v=MnU2zVn15SA", "ja")
    assert (video.duration, video.recorded_on) == (datetime.timedelta(seconds=1322), datetime.date(2012, 9, 15))
    people = {appearance.speaker.name for appearance in video.contribution.appearances.all()}
    assert people == {"佐藤 健", "Ken Sato"}
    assert Speaker.objects.get(family_name="佐藤 健").given_name == ""


@pytest.mark.parametrize(("grouping", "events"), [("own", 13), ("room", None), ("day", 1)])
def test_a_german_table_comes_in_with_13_talks(grouping, events):
    _twice(TABLE, grouping, make.publisher())
    conferences, found, contributions, people, appearances, *_rest = _counts()
    assert (conferences, contributions, appearances) == (1, 13, 18)
    assert people == 15
    assert found == (events or Event.objects.values("date", "place").distinct().count())
    assert Event.objects.filter(date__year=2016, date__month=10).count() == found


def test_the_command_tells_what_it_does_and_is_honest(capsys, tmp_path):
    path = str(FOLDER / TABLE)
    call_command("import_events", path, dry_run=True, gliederung="day")
    assert "13 in der Datei, 13 neu" in capsys.readouterr().out
    assert _counts() == (0, 0, 0, 0, 0, 0, 0)
    call_command("import_events", path, gliederung="day")
    assert "/admin/laeufe/" in capsys.readouterr().out
    call_command("import_events", path)
    assert "0 Änderungen" in capsys.readouterr().out
    assert (Event.objects.count(), Contribution.objects.count()) == (1, 13)
    spaced = tmp_path / "Programm  2025.csv"
    spaced.write_text("Titel;Datum;Beginn\nEins;06.05.2025;10:00\nZwei;06.05.2025;11:00\n")
    call_command("import_events", str(spaced))
    call_command("import_events", str(spaced))
    assert "0 Änderungen" in capsys.readouterr().out
    broken = tmp_path / "kaputt.xml"
    broken.write_text("<schedule><day>")
    for arguments, words in [
        ((str(broken),), "kaputt.xml: "),
        ((str(tmp_path / "fehlt.xml"),), "lässt sich nicht lesen"),
        ((path, "--konferenz", "fehlt"), "keine Konferenz"),
        ((path, "--user", "fehlt"), "kein Konto"),
        ((path, "--user", make.analyst(username="liest").username), "darf hier kein Programm"),
    ]:
        with pytest.raises(CommandError, match=words):
            call_command("import_events", *arguments)
