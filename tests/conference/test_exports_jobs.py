"""Listings that take a while: prepared beside the page, for one person alone."""

import datetime
import threading
import time
from unittest.mock import Mock

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from conference import arrivals
from conference.exports import FORMATS, delivery, jobs
from conference.exports.writers import ExportRefused
from conference.models import Conference, ExportJob, Organisation
from tests import make

pytestmark = pytest.mark.django_db
ADDRESS = "/exporte/einrichtungen.xlsx"


@pytest.fixture(autouse=True)
def _three_rows_are_long(monkeypatch):
    monkeypatch.setattr(jobs, "LONG", {"xlsx": 2})
    monkeypatch.setattr(jobs, "beside", jobs.at_once)
    for number in range(3):
        make.organisation(f"Einrichtung {number}")


@pytest.fixture
def analyst(client):
    person = make.analyst()
    client.force_login(person)
    return person


def content(answer) -> bytes:
    return b"".join(answer.streaming_content)


def order(client, query="") -> ExportJob:
    answer = client.post(f"{ADDRESS}{query}")
    job = ExportJob.objects.first()
    assert (answer.status_code, answer["Location"]) == (302, reverse("export_job", args=[job.uuid]))
    return job


def words(client, job) -> str:
    return client.get(reverse("export_job", args=[job.uuid])).content.decode()


def test_a_long_listing_is_offered_prepared_and_taken(client, analyst):
    page = client.get(f"{ADDRESS}?spalten=name")
    assert "Diese Liste hat 3 Zeilen." in page.content.decode()
    assert not ExportJob.objects.exists()
    job = order(client, "?spalten=name")
    assert (job.state, job.rows_total, job.options) == ("done", 3, {"spalten": "name", "rechte": ""})
    assert "Die Datei ist fertig." in words(client, job)
    assert reverse("export_job", args=[job.uuid]) in client.get("/exporte/").content.decode()
    answer = client.get(reverse("export_job_file", args=[job.uuid]))
    assert content(answer).startswith(b"PK")
    assert answer["Content-Disposition"].startswith('attachment; filename="einrichtungen-')
    assert answer["Cache-Control"] == "no-store"


def test_short_ones_and_those_that_flow_come_at_once(client, analyst, monkeypatch):
    assert content(client.get("/exporte/einrichtungen.csv"))
    monkeypatch.setattr(jobs, "LONG", {"xlsx": 3})
    assert content(client.get(ADDRESS)).startswith(b"PK")
    assert not ExportJob.objects.exists()


def test_rows_with_many_neighbours_are_long_sooner(client, analyst):
    make.event()
    for listing, is_long in (("veranstaltungen", True), ("vorhaben", False)):
        formats = client.get(f"/exporte/{listing}/").context["formats"]
        assert dict(formats) == dict.fromkeys(FORMATS, False) | {"xlsx": is_long}
        page = client.get(f"/exporte/{listing}.xlsx")
        assert page.streaming != is_long


def test_a_job_is_its_owners_alone(client, analyst):
    job = order(client)
    addresses = [reverse(name, args=[job.uuid]) for name in ("export_job", "export_job_file")]
    for somebody in (make.analyst(), make.administrator()):
        client.force_login(somebody)
        assert [client.get(address).status_code for address in addresses] == [404, 404]
    client.force_login(analyst)
    analyst.groups.clear()
    assert [client.get(address).status_code for address in addresses] == [403, 403]
    client.logout()
    assert [client.get(address).status_code for address in addresses] == [302, 302]


def test_unpublished_rows_are_given_while_the_right_to_them_lasts(client):
    person = make.user(permissions=["conference.export_listings", "conference.view_organisation"])
    client.force_login(person)
    make.organisation("Entwurf", status="draft")
    job = order(client, "?status=alle")
    address = reverse("export_job_file", args=[job.uuid])
    assert (client.get(address).status_code, job.rows_total) == (200, 4)
    person.user_permissions.remove(person.user_permissions.get(codename="view_organisation"))
    assert client.get(address).status_code == 404
    assert "Ihre Rechte haben sich geändert" in words(client, job)
    client.post(reverse("export_job", args=[job.uuid]))
    again = ExportJob.objects.get()
    assert (again.uuid != job.uuid, again.state, again.rows_total) == (True, "done", 3)


def test_a_job_whose_process_is_gone_is_told_and_started_again(client, analyst):
    job = order(client)
    long_ago = timezone.now() - datetime.timedelta(minutes=1)
    ExportJob.objects.update(state="running", beat_at=long_ago)
    assert "Die Vorbereitung ist abgebrochen" in words(client, job)
    assert client.get(reverse("export_job_file", args=[job.uuid])).status_code == 404
    answer = client.post(reverse("export_job", args=[job.uuid]))
    again = ExportJob.objects.get()
    assert (answer["Location"], again.state) == (reverse("export_job", args=[again.uuid]), "done")


def test_a_running_job_reloads_its_page_and_is_not_started_twice(client, analyst, monkeypatch):
    monkeypatch.setattr(jobs, "beside", lambda work: None)
    job = order(client)
    ExportJob.objects.update(rows_done=1)
    page = words(client, job)
    assert '<noscript><meta http-equiv="refresh"' in page
    assert '<progress id="fortschritt" max="3" value="1">' in page
    assert order(client).uuid == job.uuid
    assert client.get(reverse("export_job_file", args=[job.uuid])).status_code == 404
    for query in ("?spalten=name", "?spalten=place"):
        order(client, query)
    answer = client.post(f"{ADDRESS}?spalten=uuid", follow=True)
    assert "schon drei Listen" in answer.content.decode()
    assert answer.redirect_chain == [("/exporte/einrichtungen/?spalten=uuid", 302)]


def test_what_was_ordered_of_a_conference_never_becomes_the_listing_of_all(client, analyst):
    conference = make.conference("Herbst", slug="herbst", organisers=list(Organisation.objects.all()))
    job = order(client, "?konferenz=herbst")
    assert (job.state, job.rows_total) == ("done", 3)
    Conference.objects.filter(pk=conference.pk).update(status="withdrawn")
    jobs.path_of(job).unlink()
    answer = client.post(reverse("export_job", args=[job.uuid]), follow=True)
    assert "Die Konferenz, deren Liste Sie bestellt haben, gibt es nicht mehr" in answer.content.decode()
    assert list(ExportJob.objects.all()) == [job]


def test_what_is_swept_away_is_told(client, analyst):
    job = order(client)
    jobs.path_of(job).unlink()
    assert "Die Datei ist nicht mehr da" in words(client, job)
    ExportJob.objects.update(created_at=timezone.now() - datetime.timedelta(days=2))
    assert order(client, "?spalten=name") == ExportJob.objects.get()


@pytest.mark.parametrize(
    ("error", "message"),
    [(ExportRefused("Zu lang."), "Zu lang."), (OSError(), "vielleicht ist kein Platz mehr frei")],
)
def test_what_goes_wrong_is_a_sentence(client, analyst, monkeypatch, error, message):
    class Failing:
        content_type = "x"

        @staticmethod
        def write(extract, delimiter):
            raise error

    monkeypatch.setitem(FORMATS, "xlsx", Failing)
    assert message in words(client, order(client))
    monkeypatch.setattr(jobs, "LONG", {})
    if isinstance(error, ExportRefused):
        assert message in client.get(ADDRESS, follow=True).content.decode()


def test_half_a_file_does_not_stay_on_a_full_disk(client, analyst, monkeypatch):
    def full(source, target):
        target.write(b"PK")
        raise OSError

    monkeypatch.setattr(jobs, "shutil", Mock(copyfileobj=full))
    assert "vielleicht ist kein Platz mehr frei" in words(client, order(client))
    assert list(arrivals.folder(jobs.FOLDER).iterdir()) == []


@pytest.mark.parametrize("error", [OperationalError("database is locked"), InterfaceError("connection already closed")])
def test_a_database_that_is_away_is_told_later_on_a_new_connection(client, analyst, monkeypatch, error):
    job = order(client)
    ExportJob.objects.update(state="running")
    work, closed, told = jobs._Work(job, None), [], ExportJob.objects.filter(pk=job.pk)
    monkeypatch.setattr(jobs, "BEAT_SECONDS", 0)
    monkeypatch.setattr(jobs.connection, "close", lambda: closed.append(True))
    monkeypatch.setattr(ExportJob.objects, "filter", Mock(side_effect=[error, error, told]))
    work.beat()
    work.result = {"state": "done"}
    work.settle()
    assert (told.get().state, closed) == ("done", [True, True])


def test_what_no_page_holds_is_refused_before_it_is_prepared(client, analyst, monkeypatch):
    monkeypatch.setattr(delivery, "MOST_ROWS", 2)
    monkeypatch.setattr(jobs, "LONG", {"pdf": 1})
    for ask in (client.get, client.post):
        answer = ask("/exporte/einrichtungen.pdf?spalten=name", follow=True)
        assert "Ein PDF fasst höchstens 2 Zeilen, diese Liste hat 3." in answer.content.decode()
        assert answer.redirect_chain == [("/exporte/einrichtungen/?spalten=name", 302)]
    assert not ExportJob.objects.exists()


def test_chosen_rows_of_the_admin_are_prepared_too(client, monkeypatch):
    client.force_login(make.administrator())
    make.organisation("Entwurf", status="draft")
    changelist = reverse("admin:conference_organisation_changelist")
    chosen = list(Organisation.objects.exclude(name="Einrichtung 0").values_list("pk", flat=True))
    answer = client.post(changelist, {"action": "export_xlsx", "_selected_action": chosen})
    job = ExportJob.objects.get()
    assert answer["Location"] == reverse("export_job", args=[job.uuid])
    assert (job.state, job.rows_total, len(job.options["zeilen"])) == ("done", 3, 3)
    address = reverse("admin:conference_organisation_export", args=["xlsx"]) + "?q=Einrichtung"
    assert "Diese Liste hat 3 Zeilen." in client.get(address).content.decode()
    monkeypatch.setattr(jobs, "beside", lambda work: None)
    twice = [client.post(address)["Location"] for _time in range(2)]
    assert ExportJob.objects.first().options["hinweise"] == [["Suche", "Einrichtung"]]
    assert twice[0] == twice[1] and ExportJob.objects.count() == 2


def test_a_job_waits_for_its_place_and_beats_meanwhile(analyst, monkeypatch):
    """The threads themselves, without a database: two places, and a beat while somebody waits."""
    monkeypatch.setattr(jobs, "BEAT_SECONDS", 0.01)
    monkeypatch.setattr(jobs, "_places", threading.BoundedSemaphore(1))
    told, goes_on = [], threading.Event()

    class Work:
        def write(self):
            told.append("write")
            goes_on.wait(5)

        def beat(self):
            told.append("beat")

        def settle(self):
            told.append("settle")

    jobs._places.acquire()
    thread = threading.Thread(target=jobs._attend, args=(Work(),))
    thread.start()
    while "beat" not in told:
        pass
    assert "write" not in told
    jobs._places.release()
    while told.count("beat") < 3 or "write" not in told:
        pass
    goes_on.set()
    thread.join(5)
    assert told[-1] == "settle"
    assert jobs._places.acquire(blocking=False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="Im Speicher sieht ein zweiter Faden die Datenbank nicht.")
def test_the_threads_write_on_connections_of_their_own(client, monkeypatch):
    monkeypatch.setattr(jobs, "beside", jobs._in_a_thread)
    client.force_login(make.user(permissions=["conference.export_listings"]))
    job = order(client)
    deadline = time.monotonic() + 20
    while job.state == "running" and time.monotonic() < deadline:
        time.sleep(0.05)
        job.refresh_from_db()
    assert (job.state, job.rows_done, job.message) == ("done", 3, "")
    assert content(client.get(reverse("export_job_file", args=[job.uuid]))).startswith(b"PK")
