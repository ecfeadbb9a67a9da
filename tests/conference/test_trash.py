"""What is thrown away comes back as it was, to the last column; what is still needed does not go."""

import time

import pytest
import time_machine
from django.apps import apps
from django.db import connection

from conference.models import Conference, Theme
from conference.models.editing import EditorScope, TrashedRecord, WorkingCopy
from conference.search import rebuild_index
from conference.trash import TrashRefused, goes_to_trash, restore, trash, trash_all
from sessions_app.models import Cue, Event, Video
from tests import make
from tests.trashed import World, everything, found_by_search

pytestmark = pytest.mark.django_db

MARK = "xqzgeheim"
EXPORTS = [
    f"/exporte/{listing}.{suffix}?status=alle"
    for listing in ("veranstaltungen", "programm", "mitwirkende", "vorhaben", "einrichtungen", "materialien", "videos")
    for suffix in ("csv", "json")
]


def taken_away(client) -> dict:
    return {address: b"".join(client.get(address).streaming_content) for address in EXPORTS}


def around(pointing):
    return {(each.model, each.field.name) for each in pointing}


def test_a_conference_goes_with_everything_under_it_and_comes_back_row_by_row(client):
    world = World()
    EditorScope.objects.create(user=make.user()).conferences.add(world.conference)
    client.force_login(make.administrator(username="ada"))
    with time_machine.travel("2026-03-01 12:00", tick=False):
        before, known, exports = everything(), found_by_search(), taken_away(client)
        entry = trash(world.conference, make.user())
        assert list(Conference.objects.all()) == [world.other]
        assert list(Event.objects.all()) == [world.outside]
        assert not Video.objects.exists() and not Cue.objects.exists() and not Theme.objects.exists()
        assert list(world.project.contributions.all()) == [world.contribution_outside]
        assert b"Abend 1" not in b"".join(taken_away(client).values())
        assert entry.conferences == f"|{world.conference.pk}|"
    with time_machine.travel("2026-03-01 12:00", tick=False):
        restored = restore(entry)
        assert (restored.record, restored.remarks) == (world.conference, [])
        assert taken_away(client) == exports
    assert everything() == before
    assert found_by_search() == known
    assert not TrashedRecord.objects.exists()


def test_every_kind_of_thing_comes_back_with_its_links_in_both_directions():
    world = World()
    world.theme_alone = make.theme("Allein", materials=[world.material])
    world.project.themes.add(world.theme_alone)
    alone = make.speaker("Ohne Auftritt", organisations=[world.organisation])
    Cue.objects.filter(number=2).update(speaker=alone)
    make.involvement(speaker=alone, project=world.project)
    rebuild_index()
    things = [
        *(world.theme_alone, world.project, world.material, world.events[0], world.events[1], alone),
        *(world.outside, world.contribution_outside, *Video.objects.all(), Cue.objects.first()),
        *(make.page("Impressum"), make.image(file=make.picture_file(colour="red")), make.organisation("Ohne Bezug")),
    ]
    rebuild_index()
    before, known = everything(), found_by_search()
    for thing in things:
        entry = trash(thing)
        assert not type(thing).objects.filter(pk=thing.pk).exists()
        assert everything() != before
        restore(entry)
        assert everything() == before, thing
        assert found_by_search() == known, thing


def test_what_is_needed_elsewhere_stays_and_says_by_whom():
    world = World()
    appearance, image = ("Appearance", "speaker"), Conference._meta.get_field("image")
    for thing, needed in (
        (world.speaker, {appearance}),
        (world.organisation, {("Conference", "funder"), ("Partnership", "organisation")}),
        (
            world.image,
            {("Conference", "image"), ("Theme", "image"), ("Event", "image"), ("Video", "poster")}
            | {("Speaker", "portrait")},
        ),
        (world.theme, {("Event", "theme")}),
    ):
        with pytest.raises(TrashRefused) as refused:
            trash(thing)
        blockers = refused.value.found.blockers
        assert {(model.__name__, name) for model, name in around(blockers)} == needed
    assert image.remote_field.on_delete.__name__ == "PROTECT"
    assert not TrashedRecord.objects.exists()


def test_a_theme_that_an_event_of_another_conference_has_keeps_its_conference_here():
    world = World()
    Event.objects.filter(pk=world.outside.pk).update(theme=world.theme)
    with pytest.raises(TrashRefused) as refused:
        trash(world.conference)
    (blocker,) = refused.value.found.blockers
    assert (blocker.model, blocker.pairs) == (Event, [(world.outside.pk, world.theme.pk)])


def test_a_selection_goes_together_or_stays_together():
    world = World()
    free = make.theme("Frei")
    with pytest.raises(TrashRefused):
        trash_all(Theme.objects.order_by("-pk"))
    assert Theme.objects.count() == 2
    before = everything()
    entries = trash_all(Event.objects.all())
    assert [entry.title for entry in entries] == ["Abend 1", "Abend 2", "Anderswo"]
    for entry in entries:
        restore(entry)
    assert everything() == before
    trash(free)
    assert list(Theme.objects.all()) == [world.theme]


def test_a_planned_change_waits_in_the_trash():
    page, other = make.page(), make.page()
    for record in (page, other):
        WorkingCopy.objects.create(**WorkingCopy.keys(record), base={}, data={}, publish_at=make.soon())
    before = everything()
    entry = trash(page)
    assert [copy.record for copy in WorkingCopy.objects.scheduled()] == [other]
    restore(entry)
    assert everything() == before


def test_a_record_goes_once():
    page = make.page()
    trash(page)
    with pytest.raises(type(page).DoesNotExist):
        trash(page)
    assert TrashedRecord.objects.count() == 1


def test_numbers_are_never_given_twice():
    """A former address, a revision or a link of something in the trash must not become a newcomer's."""
    for model in (model for model in apps.get_models() if goes_to_trash(model)):
        thing = make_any(model)
        through = [field.remote_field.through for field in model._meta.many_to_many]
        for table in [model, *through] if connection.vendor == "sqlite" else ():
            with connection.cursor() as cursor:
                cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table._meta.db_table])
                assert "AUTOINCREMENT" in cursor.fetchone()[0], table
        number = thing.pk
        model._base_manager.filter(pk=number).delete()
        assert make_any(model).pk > number, model


def make_any(model):
    names = {"mediafile": "media_file", "texttrack": "text_track"}
    name = model._meta.model_name
    return getattr(make, names.get(name, name))()


def test_hundreds_of_sentences_go_and_come_in_a_few_seconds(django_assert_max_num_queries):
    conference = make.conference()
    event = make.event(conference=conference)
    speaker = make.speaker()
    for number in range(30):
        contribution = make.contribution(event=event, position=number, speakers=[speaker])
        track = make.text_track(video=make.video(contribution=contribution))
        Cue.objects.bulk_create(
            Cue(track=track, number=each, start_ms=each * 1000, end_ms=each * 1000 + 900, text=f"Satz {each} von allen")
            for each in range(200)
        )
    rebuild_index()
    before = everything()
    began = time.monotonic()
    with django_assert_max_num_queries(500):
        entry = trash(conference)
    assert not Cue.objects.exists()
    restore(entry)
    assert time.monotonic() - began < 20
    assert everything() == before


def test_what_the_trash_holds_is_found_nowhere(client):
    word = "Quittenmarmelade"  # A search repeats it, so that the mark beside it tells.
    world = World()
    event = world.events[0]
    Event.objects.filter(pk=event.pk).update(summary=f"{word} {MARK}", title=f"{word} {MARK}")
    rebuild_index()
    trash(event)
    addresses = ["/", "/veranstaltungen/", f"/suche/?q={word}", "/sitemap.xml", "/feeds/neu.atom", "/videos/"]
    addresses += [world.conference.get_absolute_url(), world.theme.get_absolute_url()]
    for address in addresses:
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert response.status_code == 200 and MARK.encode() not in body, address
    assert client.get(event.get_absolute_url()).status_code == 404
    assert client.get(f"/konferenzen/{world.conference.slug}/alter-abend/").status_code == 404
