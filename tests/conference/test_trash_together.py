"""Two people at once, on PostgreSQL, where writers do not simply queue: nothing is lost and nothing comes twice."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from conference.models.editing import TrashedRecord
from conference.trash import restore, trash
from sessions_app.models import Contribution, Event
from tests import make

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one writer in after the other"),
]


def at_once(*tasks):
    """What each gives, or the name of what it raises."""

    def run(task):
        try:
            return task()
        except (TrashedRecord.DoesNotExist, IntegrityError) as error:
            return type(error).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as threads:
        return list(threads.map(run, tasks))


def test_four_who_restore_the_same_restore_it_once():
    entry = trash(make.page())
    ready = threading.Barrier(4)

    def press():
        ready.wait()
        restore(entry)
        return "restored"

    assert sorted(at_once(*[press] * 4)) == ["DoesNotExist", "DoesNotExist", "DoesNotExist", "restored"]


def test_what_is_added_while_it_goes_is_refused_and_leaves_no_orphan():
    event = make.event()
    gone = threading.Event()

    def throw_away():
        with transaction.atomic():
            trash(event)
            gone.set()
            time.sleep(0.5)
        return "trashed"

    def add():
        gone.wait()
        Contribution.objects.create(event_id=event.pk, title="Zu spät")

    assert at_once(throw_away, add) == ["trashed", "IntegrityError"]
    assert not Contribution.objects.exists()


def test_what_is_being_added_and_not_stored_yet_is_refused_too():
    event = make.event()
    added = threading.Event()

    def add():
        with transaction.atomic():
            Contribution.objects.create(event_id=event.pk, title="Noch nicht gesichert")
            added.set()
            time.sleep(0.5)

    def throw_away():
        added.wait()
        return trash(event)

    refused, entry = at_once(add, throw_away)
    assert (refused, entry.title) == ("IntegrityError", event.title)
    assert not Event.objects.exists() and not Contribution.objects.exists()
    assert restore(entry).record == event
