"""What is emptied is gone with all that was kept of it, and nothing else."""

import datetime

import pytest
import time_machine
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from conference.images import folder
from conference.models import FormerSlug, Image
from conference.models.editing import FieldComment, Gap, PreviewLink, Revision, TrashedRecord, WorkingCopy
from conference.models.editing.of_record import OfRecord
from conference.trash import restore, trash
from conference.trash.emptying import empty_trash, purge
from sessions_app.models import Event
from tests import make
from tests.trashed import World, everything

pytestmark = pytest.mark.django_db


def aged(entry, days):
    TrashedRecord.objects.filter(pk=entry.pk).update(deleted_at=timezone.now() - datetime.timedelta(days=days))
    return entry


def leave_traces(record):
    keys = Revision.keys(record)
    Revision.objects.create(**keys, number=7, kind="saved", data={"schema": 1})
    WorkingCopy.objects.create(**keys, base={}, data={})
    FieldComment.objects.create(**keys, text="Bitte prüfen")
    Gap.objects.create(**keys, requirement="image")
    PreviewLink.objects.create(**keys, expires_at=timezone.now())
    make.former_slug(record, f"frueher-{record.pk}")


def traces() -> int:
    kinds = [model for model in apps.get_models() if issubclass(model, OfRecord)]
    return sum(kind.objects.count() for kind in kinds) + FormerSlug.objects.count()


def test_only_what_lay_long_enough_goes(capsys):
    old, young = make.page("Alte Seite"), make.page("Neue Seite")
    with time_machine.travel("2026-01-01 12:00"):
        trash(old)
    with time_machine.travel("2026-03-30 12:00"):
        trash(young)
    with time_machine.travel("2026-04-02 12:00"):
        call_command("empty_trash", "--dry-run")
        assert "Seite „Alte Seite“, gelöscht am 01.01.2026\n1 Eintrag zum Löschen" in capsys.readouterr().out
        assert TrashedRecord.objects.count() == 2
        call_command("empty_trash")
        assert "Seite „Alte Seite“" in capsys.readouterr().out
    assert [entry.title for entry in TrashedRecord.objects.all()] == ["Neue Seite"]
    with time_machine.travel("2026-04-02 12:00"):
        call_command("empty_trash", "--days", "2")
    assert not TrashedRecord.objects.exists()


def test_what_was_kept_of_it_goes_with_it_and_what_is_of_others_stays():
    world = World()
    events = world.events
    leave_traces(events[0])
    leave_traces(events[0].contributions.get())
    leave_traces(world.outside)
    before, rows = traces(), everything()
    entry = trash(world.conference)
    assert traces() == before + 1
    restore(entry)
    assert everything() == rows
    list(empty_trash(0))
    assert traces() == before
    purge(trash(world.conference))
    # What is left is of the event outside.
    assert traces() == 6
    assert list(Event.objects.all()) == [world.outside]


def test_files_stay_until_the_trash_is_emptied(django_capture_on_commit_callbacks):
    file = make.recording()
    media = make.media_file(file=file)
    name = media.file.name
    entry = trash(media.video)
    assert default_storage.exists(name)
    restore(entry)
    assert default_storage.exists(name)
    entry = trash(media.video)
    with django_capture_on_commit_callbacks(execute=True):
        purge(entry)
    assert not default_storage.exists(name)


def test_a_picture_goes_with_all_its_sizes_unless_another_entry_shows_it(django_capture_on_commit_callbacks):
    one, other = make.image("Eins"), make.image("Zwei")
    assert one.file.name == other.file.name
    place = folder(one.sha256)
    assert len(default_storage.listdir(place)[1]) > 3
    with django_capture_on_commit_callbacks(execute=True):
        purge(trash(one))
    assert default_storage.exists(one.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        purge(trash(other))
    assert not default_storage.exists(place)
    assert not Image.objects.exists()


@pytest.mark.parametrize("name", ["bericht.pdf", "Überblick.pdf"])
def test_a_file_that_a_revision_or_another_entry_names_stays(name, django_capture_on_commit_callbacks):
    material = make.material("Heft", file=SimpleUploadedFile(name, b"%PDF-1.7 Heft"))
    stored = material.file.name
    page = make.page()
    kept = Revision.objects.create(**Revision.keys(page), number=1, kind="saved", data={"fields": {"file": stored}})
    with django_capture_on_commit_callbacks(execute=True):
        purge(trash(material))
    assert default_storage.exists(stored)
    twin = make.material("Zweites Heft")
    type(twin).objects.filter(pk=twin.pk).update(file=stored)
    lying = trash(twin)
    third = make.material("Drittes Heft")
    type(third).objects.filter(pk=third.pk).update(file=stored)
    kept.delete()
    with django_capture_on_commit_callbacks(execute=True):
        purge(trash(third))
    assert default_storage.exists(stored)
    with django_capture_on_commit_callbacks(execute=True):
        purge(lying)
    assert not default_storage.exists(stored)


def test_what_is_restored_while_it_goes_on_stays():
    entries = [aged(trash(make.page()), 100) for _number in range(3)]
    going = empty_trash(90)
    assert next(going) == entries[0]
    # Somebody restores the next while it goes on.
    restore(entries[1])
    assert list(going) == [entries[2]]
    assert not TrashedRecord.objects.exists()


def test_one_entry_at_a_time_is_in_memory():
    aged(trash(make.page()), 100)
    assert "data" in next(empty_trash(90, dry_run=True)).get_deferred_fields()
