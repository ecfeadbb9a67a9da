"""A second version of a file: what the source changed, what the editors changed, and both."""

import datetime

import pytest

from conference.editing.saving import save_as
from conference.editing.snapshot import take
from conference.models import Conference, Material, Origin, WorkingCopy
from conference.runs.running import undo
from sessions_app.imports.applying import apply
from sessions_app.imports.choices import ImportRefused, mark_of
from sessions_app.imports.planning import make_plan
from sessions_app.interchange import reading
from sessions_app.interchange.programme import Link, Person, Recording
from sessions_app.interchange.schedule_xml import write_schedule_xml
from sessions_app.models import Appearance, Contribution, Event, Speaker, Video
from sessions_app.programme_out.building import programme_of
from tests import make
from tests.programmes import DAY, at, choices, every_table, programme, take_in, talk

pytestmark = pytest.mark.django_db
SLIDES = Link(href="https://example.org/folien.pdf", title="Folien", kind="slides", is_file=True)


def test_what_only_the_source_changed_is_taken():
    take_in(talk(title="Alt", people=["Ada Lovelace"]))
    plan, run = take_in(talk(title="Neu", start=at("11:00"), room="Foyer", people=["Ada Lovelace", "Bob Ross"]))
    row, event = Contribution.objects.get(), Event.objects.get()
    assert (row.title, row.start_time, event.title, event.place) == ("Neu", datetime.time(11), "Neu", "Foyer")
    assert (event.start_time, event.end_time) == (datetime.time(11), datetime.time(11, 30))
    assert [str(each.speaker) for each in row.appearances.all()] == ["Ada Lovelace", "Bob Ross"]
    assert plan.counts()["changed"] == 1
    undo(run, make.administrator())
    assert Contribution.objects.get().title == "Alt"
    assert [speaker.name for speaker in Speaker.objects.all()] == ["Ada Lovelace"]


def test_taken_back_the_same_file_changes_it_again():
    take_in(talk(title="Alt"))
    _plan, run = take_in(talk(title="Neu"))
    undo(run, make.administrator())
    take_in(talk(title="Neu"))
    assert Contribution.objects.get().title == "Neu"


def test_what_an_editor_changed_stays_and_what_both_changed_is_reported():
    take_in(talk(title="Alt", abstract="<p>Eins</p>"))
    Contribution.objects.update(title="Von Hand", abstract="<p>Von Hand</p>")
    plan, _run = take_in(talk(title="Alt", abstract="<p>Zwei</p>", kind="keynote"))
    row = Contribution.objects.get()
    assert (row.title, row.abstract, row.kind) == ("Von Hand", "<p>Von Hand</p>", "keynote")
    assert [(clash.name, clash.here, clash.there) for _item, clash in plan.clashes] == [
        ("abstract", "<p>Von Hand</p>", "<p>Zwei</p>")
    ]
    plan, run = take_in(talk(title="Alt", abstract="<p>Zwei</p>", kind="keynote"))
    assert (plan.clashes, run) == ([], None)


def test_people_come_and_go_as_in_the_source_but_not_those_the_editors_touched():
    take_in(talk(people=["Ada Lovelace", "Bob Ross", "Cy Twombly"]))
    Appearance.objects.filter(speaker__family_name="Lovelace").delete()
    Appearance.objects.filter(speaker__family_name="Twombly").update(role="Moderation")
    plan, _run = take_in(talk(people=["Ada Lovelace", "Dora Maar"]))
    assert [str(each) for each in Appearance.objects.order_by("pk")] == ["Cy Twombly (Moderation)", "Dora Maar"]
    assert [clash.name for _item, clash in plan.clashes] == ["appearances"]


def test_an_affiliation_of_the_day_is_kept_and_renewed():
    institute = make.organisation("Institut für Alles", short_name="IfA")
    ada = Person(name="Ada Lovelace", guid="ada", affiliation="IfA", role="Moderation")
    take_in(talk(people=[ada]))
    said = Appearance.objects.get()
    assert (list(said.organisations.all()), said.affiliation_text, said.role) == ([institute], "", "Moderation")
    take_in(talk(people=[Person(name="Ada Lovelace", guid="ada", affiliation="Ganz woanders")]))
    said.refresh_from_db()
    assert (list(said.organisations.all()), said.affiliation_text, said.role) == ([], "Ganz woanders", "")


def test_what_is_published_gets_a_working_copy_and_what_is_new_is_a_draft():
    take_in(talk(title="Alt", subtitle="Kurz"), talk("t2"))
    for record in (Conference.objects.get(), Event.objects.get(title="Alt")):
        record.publish()
    _plan, run = take_in(talk(title="Neu", subtitle="Kurz"), talk("t2"), talk("t3", people=["Ada Lovelace"]))
    event = Event.objects.get(title="Alt")
    assert WorkingCopy.objects.of(event).get().data["fields"]["title"] == "Neu"
    assert event.contributions.get().title == "Alt"
    assert not Event.objects.get(title="Vortrag t3").is_released
    assert not Speaker.objects.get().is_released
    assert [entry["where"] for entry in run.changes if entry["before"]] == ["copy"]
    _plan, run = take_in(talk(title="Neu", subtitle="Kurz"), talk("t2"), talk("t3", people=["Ada Lovelace"]))
    assert run is None


def test_much_that_is_missing_stops_and_little_is_reported():
    talks = [talk(f"t{number}", start=at(f"{9 + number % 9:02}:00")) for number in range(10)]
    take_in(*talks)
    plan, run = take_in(*talks[1:])
    assert (plan.missing, run, Contribution.objects.count()) == (["Vortrag t0"], None, 10)
    user = make.publisher()
    before = every_table()
    with pytest.raises(ImportRefused, match="fehlen 2 von 10"):
        take_in(*talks[2:], user=user)
    assert every_table() == before
    plan, _run = take_in(*talks[2:], is_fewer_fine=True)
    assert len(plan.missing) == 2 and Contribution.objects.count() == 10


def test_what_is_undone_comes_in_anew():
    conference = make.conference(starts_on=DAY, ends_on=DAY, status="draft")
    _plan, run = take_in(talk(people=["Ada Lovelace"], links=[SLIDES]))
    undo(run, make.administrator())
    assert (Contribution.objects.count(), Speaker.objects.count(), Material.objects.count()) == (0, 0, 0)
    assert Origin.objects.exists()
    plan, _run = take_in(talk(people=["Ada Lovelace"], links=[SLIDES]))
    assert (plan.conference, plan.counts()["new"], plan.is_fewer) == (conference, 1, False)
    assert (Contribution.objects.count(), Speaker.objects.count(), Material.objects.count()) == (1, 1, 1)
    assert take_in(talk(people=["Ada Lovelace"], links=[SLIDES]))[1] is None


def test_a_talk_with_another_guid_is_known_by_its_number_only_if_it_is_alike():
    take_in(talk("alt", title="Gleich", number="7"), talk("alt2", title="Eins", number="8", start=at("12:00")))
    take_in(
        talk("neu", title="Gleich", number="7"),
        talk("neu2", title="Zwei", number="8", start=at("15:00")),
        is_fewer_fine=True,
    )
    assert sorted(Contribution.objects.values_list("title", flat=True)) == ["Eins", "Gleich", "Zwei"]


def test_the_same_title_at_the_same_time_is_only_proposed():
    event = make.event(conference=make.conference(starts_on=DAY, ends_on=DAY), status="draft", date=DAY)
    there = make.contribution("Gleich", event=event, start_time=datetime.time(10))
    plan, _run = take_in(talk(title="Gleich"), is_fewer_fine=True)
    assert Contribution.objects.count() == 2
    undo(_run, make.administrator())
    assert [item.proposal.uuid for item in plan.items] == [str(there.uuid)]
    take_in(talk(title="Gleich", kind="keynote"), talks={mark_of("t1"): str(there.uuid)})
    there.refresh_from_db()
    assert (Contribution.objects.count(), there.duration) == (1, datetime.timedelta(minutes=30))


def test_our_own_identities_are_recognised():
    event = make.event(conference=make.conference(starts_on=DAY, ends_on=DAY), status="draft", date=DAY)
    there = make.contribution("Unser", event=event, start_time=datetime.time(10), speakers=[make.speaker("Ross")])
    said = there.appearances.get().speaker
    own = Person(name="Ross", guid=str(said.uuid))
    _plan, run = take_in(talk(str(there.uuid), title="Unser", duration=None, people=[own]))
    assert (run, Contribution.objects.count(), Speaker.objects.count()) == (None, 1, 1)
    take_in(talk(str(there.uuid), title="Unser, neu", duration=None, people=[own]))
    there.refresh_from_db()
    assert there.title == "Unser, neu"


def test_recordings_and_attachments_become_videos_and_materials_once():
    film = [Recording(url="https://www.youtube.com/watch?v=abc", kind="youtube")]
    film += [Recording(url="https://example.org/a.mp4", kind="mp4")]
    given = {"recordings": film, "recorded_on": DAY, "license": "CC-BY-4.0", "language": "jpn", "links": [SLIDES]}
    take_in(talk(**given), talk("t2", start=at("12:00"), links=[SLIDES]))
    video, material = Video.objects.get(), Material.objects.get()
    assert (video.url, video.license, video.language, video.recorded_on) == (film[0].url, "CC-BY-4.0", "ja", DAY)
    assert [each.url for each in video.files.all()] == ["https://example.org/a.mp4"]
    assert (video.contribution.title, material.kind, material.contributions.count()) == ("Vortrag t1", "slides", 2)
    take_in(talk(**given | {"links": []}), talk("t2", start=at("12:00"), links=[SLIDES]))
    assert [str(each) for each in material.contributions.all()] == ["Vortrag t2"]
    event = video.contribution.event
    save_as(event, take(event), make.publisher())
    assert take_in(talk(**given | {"links": []}), talk("t2", start=at("12:00"), links=[SLIDES]))[1] is None


def test_addresses_that_are_none_are_left_out_and_said():
    bad = [Link(href="javascript:alert(1)", title="x", is_file=True), Link(href="data:text/html,x", title="y")]
    plan, _run = take_in(talk(links=bad, recordings=[Recording(url="javascript:alert(2)")]))
    assert (Material.objects.count(), Video.objects.count(), len(plan.warnings)) == (0, 0, 3)


def test_a_source_belongs_to_one_conference():
    take_in(talk())
    other = make.conference(starts_on=DAY, ends_on=DAY)
    with pytest.raises(ImportRefused, match="einer anderen Konferenz"):
        take_in(talk(), conference=other)
    assert Event.objects.count() == 1


def test_days_outside_the_conference_are_refused_with_the_day():
    make.conference(starts_on=DAY - datetime.timedelta(days=9), ends_on=DAY - datetime.timedelta(days=8))
    with pytest.raises(ImportRefused, match=r"06\.05\.2025"):
        take_in(talk())
    with pytest.raises(ImportRefused, match="kein Beitrag"):
        take_in()


def test_nothing_is_written_by_a_plan():
    user = make.publisher()
    take_in(talk(title="Alt", people=["Ada Lovelace"]), user=user)
    before = every_table()
    plan = make_plan(programme(talk(title="Neu", people=["Bob Ross"]), talk("t2")), choices(), user)
    assert (plan.counts()["changed"], plan.counts()["new"]) == (1, 1)
    assert every_table() == before


def test_a_talk_that_was_renumbered_and_moved_is_the_same_once_somebody_says_so():
    take_in(talk("alt", title="Gleich"))
    there = Contribution.objects.get()
    for _time in range(2):
        moved = talk("neu", title="Gleich", start=at("15:00"))
        take_in(moved, talks={mark_of("neu"): str(there.uuid)}, is_fewer_fine=True)
        there.refresh_from_db()
        assert (there.start_time, Event.objects.get().start_time) == (datetime.time(15), datetime.time(15))
    take_in(talk("neu", title="Gleich", start=at("16:00")))
    assert (Contribution.objects.get().pk, Event.objects.get().start_time) == (there.pk, datetime.time(16))


def test_what_begins_after_midnight_stands_on_the_next_day_on_the_conferences_clock():
    utc = datetime.UTC
    night = talk("t2", start=at("22:30", zone=utc), duration=datetime.timedelta(minutes=20))
    late = talk("t1", start=at("21:30", zone=utc), duration=datetime.timedelta(hours=1))
    plan, _run = take_in(late, night, grouping="day")
    found = Event.objects.order_by("date").values_list("date", "start_time", "end_time")
    next_day = DAY + datetime.timedelta(days=1)
    assert list(found) == [
        (DAY, datetime.time(23, 30), None),
        (next_day, datetime.time(0, 30), datetime.time(0, 50)),
    ]
    assert (plan.conference.starts_on, plan.conference.ends_on) == (DAY, next_day)


def test_a_track_is_a_theme_only_where_the_conference_has_it():
    conference = make.conference(starts_on=DAY, ends_on=DAY, status="draft")
    theme = make.theme("Experimente wagen", conference=conference)
    take_in(talk(track="experimente  WAGEN"), talk("t2", track="Anderes", start=at("12:00")))
    assert [event.theme for event in Event.objects.order_by("start_time")] == [theme, None]
    origin = Origin.objects.get(kind="sessions_app.contribution", guid="t2")
    assert origin.extra["track"] == "Anderes"


def test_our_own_export_comes_back_without_a_change():
    conference = make.conference(starts_on=DAY, ends_on=DAY)
    event = make.event("Auftakt", conference=conference, date=DAY, start_time=datetime.time(9), summary="Kurz")
    ada = make.speaker("Lovelace", given_name="Ada", academic_title="Dr.")
    slides = make.material("Folien", url="https://example.org/folien.pdf", kind="slides")
    given = {"event": event, "speakers": [ada], "materials": [slides]}
    make.contribution("Begrüßung", kind="welcome", abstract="<p>Guten <em>Tag</em></p>", **given)
    make.contribution("Vortrag", start_time=datetime.time(10), position=1, event=event)
    make.video("Film", contribution=event.contributions.first(), availability="online", url="https://vimeo.com/1")
    make.event("Ohne Beiträge", conference=conference, date=DAY, start_time=datetime.time(14), summary="Kurz")
    content = write_schedule_xml(programme_of(conference))
    user = make.publisher()
    own = reading.read(content, "schedule.xml")
    plan, run = apply(own, choices(source=own.key, conference=conference), user)
    assert (run, len(plan.items), plan.warnings, plan.clashes) == (None, 3, [], [])
    changed = reading.read(content.replace(b"Vortrag", b"Neuer Vortrag"), "schedule.xml")
    plan, run = apply(changed, choices(source=own.key, conference=conference), user)
    assert [entry["where"] for entry in run.changes] == ["copy"]


ODD = ["\x00abc", "a" * 5000, "   ", "<b>x</b>", "=1+1", "\u202eRTL", "\ud83d", "👩‍💻" * 200, "javascript:alert(1)"]


def test_whatever_a_file_says_comes_in_or_is_left_out():
    def odd(number, text):
        person = Person(name=text, affiliation=text, role=text, biography=text)
        links = [Link(href=text, title=text, is_file=True)]
        links += [Link(href=f"https://example.org/{number}", title=text, is_file=True)]
        words = ("title", "subtitle", "kind", "room", "track", "language", "abstract", "url", "license", "code")
        more = {"links": links, "recordings": [Recording(url=f"https://example.org/v{number}", kind=text)]}
        more |= {"recorded_on": datetime.date.min, "recording_duration": datetime.timedelta.max}
        return talk(f"g{number}{text}", people=[person], **(dict.fromkeys(words, text) | more))

    given = [odd(number, text) for number, text in enumerate(ODD)]
    given.append(talk("weit", start=datetime.datetime.max.replace(tzinfo=datetime.UTC), day=datetime.date.max))
    take_in(*given)
    assert Contribution.objects.count() == Video.objects.count() + 1 == Material.objects.count() + 1 == 10
    assert take_in(*given)[1] is None


def test_two_talks_never_have_one_identity():
    with pytest.raises(ImportRefused, match="„Eins“ und „Zwei“ haben dieselbe Kennung"):
        take_in(talk("a", title="Eins"), talk("A", title="Zwei"))


def test_a_talk_that_moves_to_another_event_is_reported_once_and_stays():
    take_in(talk(), talk("t2", room="Foyer"), grouping="room")
    for words in (["jetzt zu „Keller, Dienstag, 6. Mai 2025“"], []):
        plan, run = take_in(talk(room="Keller"), talk("t2", room="Foyer"), grouping="room")
        assert (run, len(plan.warnings)) == (None, len(words))
        assert all(word in plan.warnings[0].sentence for word in words)
    assert sorted(Event.objects.values_list("place", flat=True)) == ["Foyer", "Saal"]
