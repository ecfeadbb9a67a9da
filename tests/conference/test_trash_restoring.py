"""The way back when the world has moved on: places taken, parents gone, neighbours in the trash themselves."""

import random

import pytest
from django.db import models, transaction

from conference.models import Conference, Theme
from conference.models.editing import TrashedRecord
from conference.publishing import publishable_models
from conference.search import rebuild_index
from conference.trash import RestoreRefused, TrashRefused, restore, trash
from conference.trash.emptying import purge
from conference.trash.restoring import restore_all
from sessions_app.models import Appearance, Contribution, Cue, Event, Video
from tests import make
from tests.trashed import World, everything, found_by_search

pytestmark = pytest.mark.django_db


def test_a_taken_short_name_becomes_a_free_one():
    page, event = make.page("Impressum"), make.event("Auftakt")
    entries = [trash(page), trash(event)]
    make.page("Impressum")
    make.page("Impressum", slug="impressum-2")
    make.event("Auftakt", conference=event.conference)
    restored = [restore(entry) for entry in entries]
    assert [each.record.slug for each in restored] == ["impressum-3", "auftakt-2"]
    assert restored[0].remarks == ["Der Kurzname „impressum“ ist inzwischen vergeben, er heißt jetzt „impressum-3“."]


def test_a_short_name_of_another_conference_is_no_clash():
    event = make.event("Auftakt")
    entry = trash(event)
    make.event("Auftakt")
    assert restore(entry).record.slug == "auftakt"


def test_a_taken_number_is_for_people_to_settle():
    event = make.event("Auftakt", number=1)
    entry = trash(event)
    other = make.event("Anfang", number=1, conference=event.conference)
    with pytest.raises(RestoreRefused) as refused:
        restore(entry)
    assert refused.value.sentences == ["Auftakt: Diese Nummer hat in der Konferenz schon eine andere Veranstaltung."]
    Event.objects.filter(pk=other.pk).update(number=2)
    assert restore(entry).record == event


def test_the_place_on_the_start_page_is_given_up():
    conference = make.conference("Alt", is_featured=True)
    entry = trash(conference)
    make.conference("Neu", is_featured=True)
    restored = restore(entry)
    assert not Conference.objects.get(pk=conference.pk).is_featured
    assert restored.remarks == ["Alt: Auf der Startseite steht schon eine andere Konferenz."]


def test_what_an_import_has_made_anew_is_not_doubled():
    page = make.page("Impressum")
    entry = trash(page)
    make.page("Impressum", uuid=page.uuid)
    with pytest.raises(RestoreRefused) as refused:
        restore(entry)
    assert refused.value.sentences == [
        "Seite „Impressum“ ist inzwischen neu angelegt worden. Bitte löschen Sie den neuen Eintrag zuerst."
    ]


def test_what_it_belongs_to_comes_back_first():
    world = World()
    event = world.events[0]
    before = everything()
    contribution = trash(event.contributions.get())
    evening = trash(event)
    whole = trash(world.conference)
    with pytest.raises(RestoreRefused) as refused:
        restore(contribution)
    assert refused.value.needs == [evening]
    with pytest.raises(RestoreRefused) as refused:
        restore(evening)
    assert refused.value.needs == [whole]
    restore_all([contribution, whole, evening])
    assert everything() == before


def test_what_belonged_to_something_gone_for_good_cannot_come_back():
    event = make.event("Auftakt")
    entry = trash(event)
    purge(trash(event.conference))
    with pytest.raises(RestoreRefused) as refused:
        restore(entry)
    assert refused.value.sentences == [
        "„Konferenz“ von Veranstaltung „Auftakt“ ist endgültig gelöscht. "
        "Deshalb lässt es sich nicht mehr wiederherstellen."
    ]
    assert not refused.value.needs


def test_an_optional_picture_gone_for_good_is_left_out_with_a_word():
    image = make.image("Rathaus")
    page = make.theme("Flächen", image=image)
    entry = trash(page)
    purge(trash(image))
    restored = restore(entry)
    assert (restored.record.image, restored.remarks) == (
        None,
        ["„Bild“ von Kernbotschaft „Flächen“ ist endgültig gelöscht."],
    )


def test_a_video_that_lost_its_only_place_is_refused_by_the_database():
    event = make.event()
    video = make.video(event=event)
    entry = trash(video)
    purge(trash(event))
    with pytest.raises(RestoreRefused) as refused:
        restore(entry)
    assert len(refused.value.sentences) == 1
    assert list(TrashedRecord.objects.all()) == [entry]
    assert not Video.objects.exists()


def test_a_sentence_waits_for_its_speaker_and_keeps_a_new_one():
    world = World()
    Appearance.objects.all().delete()
    entry = trash(world.speaker)
    first, *others = Cue.objects.order_by("pk")
    assert {cue.speaker for cue in (first, *others)} == {None}
    other = make.speaker()
    Cue.objects.filter(pk=first.pk).update(speaker=other)
    restore(entry)
    assert [cue.speaker for cue in Cue.objects.order_by("pk")] == [other, *[world.speaker] * len(others)]


def test_a_checker_without_an_account_is_forgotten():
    user = make.user()
    track = make.text_track(checked_by=user)
    entry = trash(track.video)
    user.delete()
    restore(entry)
    track.refresh_from_db()
    assert track.checked_by is None


def test_columns_may_come_and_go_while_something_lies_in_the_trash():
    entry = trash(make.page("Impressum", summary="Wer wir sind"))
    table = entry.data["tables"][0]
    place = table["fields"].index("summary")
    table["fields"][place] = "column_of_old"
    entry.save()
    assert restore(entry).record.summary == ""


def test_two_links_of_one_pair_are_one():
    world = World()
    entry = trash(world.material)
    pairs = Contribution.materials.through.objects.count()
    restore(entry)
    with pytest.raises(TrashedRecord.DoesNotExist):
        restore(entry)
    assert Contribution.materials.through.objects.count() == pairs + 2


@pytest.mark.parametrize("seed", range(40))
def test_whatever_goes_in_whatever_order_all_of_it_comes_back(seed):
    """Throw away at random, bring back in another order: in the end every row and every link is there again."""
    chance = random.Random(seed)
    _tangle(chance)
    rebuild_index()
    before, known = everything(), found_by_search()
    entries = _throw_away(chance)
    while entries:
        entry = chance.choice(entries)
        try:
            with transaction.atomic():
                restore(entry)
            entries.remove(entry)
        except RestoreRefused as refused:
            assert refused.needs and not refused.sentences
    assert everything() == before
    assert found_by_search() == known


def _tangle(chance):
    """A few of everything, linked at random wherever that is allowed."""
    world = World()
    things = {model: list(model.objects.all()) for model in [*publishable_models(), Contribution, Appearance]}
    things[Theme] += [make.theme(conference=chance.choice([None, world.other]))]
    for model, rows in list(things.items()):
        for field in model._meta.many_to_many:
            for row in rows:
                others = list(field.related_model._base_manager.all())
                getattr(row, field.name).add(*chance.sample(others, chance.randint(0, len(others))))
    for event in things[Event]:
        Event.objects.filter(pk=event.pk).update(theme=chance.choice([None, *Theme.objects.all()]))


def _throw_away(chance) -> list[TrashedRecord]:
    entries = []
    kinds = [*publishable_models(), Contribution, Cue]
    for _turn in range(25):
        rows = list(chance.choice(kinds)._base_manager.all())
        try:
            entries += [trash(chance.choice(rows))] if rows else []
        except TrashRefused:
            continue
    return entries


def test_every_reference_to_content_is_cut_kept_or_in_the_way():
    """A new relation with another rule must be thought about here."""
    known = {models.CASCADE, models.PROTECT, models.SET_NULL}
    relations = [
        each for model in publishable_models() for each in model._meta.related_objects if not each.many_to_many
    ]
    assert {each.on_delete for each in relations} <= known
