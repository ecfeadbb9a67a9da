"""Twenty people save one event at the same moment, each in a form opened before all of them."""

import threading
from collections import Counter

from django.db import connection
from django.test import Client
from django.utils import timezone

from conference.editing.copies import current, publish_due, store
from conference.editing.snapshot import take
from conference.models import Revision, WorkingCopy
from tests import make
from tests.conference.editing.test_saving import opened, row_of

SAVERS = 20


def at_once(tasks) -> list:
    """What each returns, or what it raises."""
    start, answers = threading.Barrier(len(tasks)), [None] * len(tasks)

    def run(number, task):
        try:
            start.wait()
            answers[number] = task()
        except Exception as error:
            answers[number] = repr(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def savers(status: str, typed) -> tuple:
    """The event, and how often each answer was given; `typed` says what the n-th of them changes."""
    event = make.event("Auftakt", status=status, questions=[f"Frage {number}?" for number in range(SAVERS)])
    clients = [Client() for _ in range(SAVERS)]
    for number, client in enumerate(clients):
        client.force_login(make.editor(username=f"{status}-{event.pk}-{number}"))
    address, data = opened(clients[0], event)

    def task(number):
        sent = data | typed(number, data) | {"_continue": "x"}
        return lambda: clients[number].post(address, sent).status_code

    return event, Counter(at_once([task(number) for number in range(SAVERS)]))


def different_rows(status: str):
    def typed(number, data):
        return {row_of(data, text=f"Frage {number}?") + "text": f"Antwort {number}!"}

    event, answers = savers(status, typed)
    texts = {row["fields"]["text"] for row in current(event)["parts"]["questions"]}
    assert answers == {302: SAVERS}, answers
    assert texts == {f"Antwort {number}!" for number in range(SAVERS)}, texts
    assert Revision.objects.of(event).count() == SAVERS + 1


def one_field(status: str):
    event, answers = savers(status, lambda number, _data: {"title": f"Titel {number}"})
    assert answers == {302: 1, 409: SAVERS - 1}, answers
    assert current(event)["fields"]["title"].startswith("Titel ")


def one_clock():
    """Several workers see at the same moment that something is due, while somebody stores into it."""
    pages = [make.page(f"Seite {number}") for number in range(6)]
    for page in pages:
        data = take(page)
        store(page, data | {"fields": data["fields"] | {"title": f"{page.title}, neu"}}, None)
    WorkingCopy.objects.update(publish_at=timezone.now())
    answers = at_once([publish_due] * 4)
    assert all(isinstance(answer, int) for answer in answers), answers
    assert not WorkingCopy.objects.exists()
    for page in pages:
        page.refresh_from_db()
        assert page.title.endswith(", neu")
        assert Revision.objects.of(page).filter(kind=Revision.Kind.PUBLISHED).count() == 1


def all_of_it():
    for status in ("draft", "published"):
        different_rows(status)
        one_field(status)
    one_clock()
