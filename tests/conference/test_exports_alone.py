"""Somebody with the right to export and no other: what is published, and by no parameter anything else."""

import io
import re
import zipfile

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from conference.editing.copies import store
from conference.editing.snapshot import take
from conference.exports import FORMATS, jobs
from conference.models import ExportJob, Gap
from conference.publishing import PUBLIC
from sessions_app.models import TextTrack
from sessions_app.records import LISTINGS
from sessions_app.staff_urls import DATASETS
from tests import make
from tests.crawl import world
from tests.planted import MARK, NOW, WORDS, Hidden, Public

pytestmark = pytest.mark.django_db
MAIL = f"{MARK}@example.org"
NAMES = [dataset.name for dataset in LISTINGS]
# How the same published rows are asked for in other words; `{columns}` are all there are, the internal ones too.
HARMLESS = (
    "status=alle",
    "alle=1&all-states=1&viewer=1&status=alle&status=draft",
    "zeilen=1,2,3&chosen=1&rechte=&hinweise=x",
    "spalten={columns}&status=alle",
    "spalten=status",
)


class Notes:
    """What stands beside published things and is for the editors alone."""

    def __init__(self, public):
        self.editor = make.editor(username=MARK, email=MAIL, last_name=MARK)
        data = take(public.event)
        store(public.event, data | {"fields": data["fields"] | {"title": WORDS}}, self.editor, note=WORDS)
        Gap.objects.create(**Gap.keys(public.event), requirement="event.image", owner=self.editor, note=WORDS)
        TextTrack.objects.filter(video=public.video).update(checked_by=self.editor)
        type(public.image).objects.filter(pk=public.image.pk).update(title=WORDS)
        make.video(WORDS, event=public.event, poster=public.image, status="draft")
        ExportJob.objects.create(user=self.editor, listing="programm", file_format="xlsx", options={"rechte": ""})


class World:
    """The same files before and after there is something to hide."""

    def __init__(self):
        self.public = Public()
        User.objects.update(email=MAIL)
        self.client = Client()
        self.client.force_login(make.analyst(username="auswertung"))
        self.conference = f"konferenz={self.public.conference.slug}"
        self.before = self.files("", self.conference)
        self.pages_before = self.pages()
        self.hidden = Hidden(self.public, "draft", 1)
        self.notes = Notes(self.public)

    def files(self, *queries) -> dict:
        return {
            (name, file_format, query): self.file(f"/exporte/{name}.{file_format}?{query}")
            for name in NAMES
            for file_format in FORMATS
            for query in queries
        }

    def file(self, address) -> bytes:
        answer = self.client.get(address)
        assert answer.status_code == 200, address
        return plain(b"".join(answer.streaming_content))

    def page(self, address) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200, address
        return re.sub(r'(csrfmiddlewaretoken" value=")[^"]*', r"\1", answer.content.decode())

    def pages(self) -> dict:
        addresses = ["/exporte/", f"/exporte/?{self.conference}", *(f"/exporte/{name}/" for name in NAMES)]
        return {address: self.page(address) for address in addresses}


def plain(data: bytes) -> bytes:
    """What is written in a file: the parts of an archive one after the other; of a PDF how long it is."""
    if data.startswith(b"%PDF"):
        return str(len(data)).encode()
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"\n".join(archive.read(name) for name in sorted(archive.namelist()))


@pytest.fixture(autouse=True, scope="module")
def _frozen():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(scope="module")
def planted(_frozen, django_db_setup, django_db_blocker, tmp_path_factory):
    with world(django_db_blocker, tmp_path_factory.mktemp("media")):
        yield World()


def columns_of(name) -> str:
    dataset = next(dataset for dataset in LISTINGS if dataset.name == name)
    return ",".join(column.key for column in dataset.columns)


def test_the_exact_published_rows_and_by_no_parameter_more(planted, monkeypatch):
    before = planted.before
    assert {name: before[name, "csv", ""].count(b"\r\n") - 1 for name in NAMES} == {
        "programm": 1,
        "veranstaltungen": 2,
        "mitwirkende": 1,
        "vorhaben": 2,
        "einrichtungen": 1,
        "videos": 1,
        "materialien": 1,
        "bilder": 1,
    }
    assert planted.files("", planted.conference) == before
    assert [key for key, data in before.items() if MARK.encode() in data.lower() or b"@example" in data.lower()] == []
    for name in NAMES:
        for file_format in FORMATS:
            # The first format with every question, the others with the sharpest.
            for query in HARMLESS if file_format == "csv" else HARMLESS[3:4]:
                address = f"/exporte/{name}.{file_format}?{query.format(columns=columns_of(name))}"
                assert planted.file(address) == before[name, file_format, ""], address
    assert_jobs_hold_the_same(planted, monkeypatch)


def assert_jobs_hold_the_same(planted, monkeypatch):
    """What is prepared beside the page is the same file, and nobody else's."""
    monkeypatch.setattr(jobs, "LONG", {"xlsx": 0})
    monkeypatch.setattr(jobs, "beside", jobs.at_once)
    for name in NAMES:
        answer = planted.client.post(f"/exporte/{name}.xlsx?status=alle&spalten={columns_of(name)}")
        assert planted.file(f"{answer['Location']}datei") == planted.before[name, "xlsx", ""]
        ExportJob.objects.filter(user__username="auswertung").delete()
    other = ExportJob.objects.get()
    for view in ("export_job", "export_job_file"):
        assert planted.client.get(reverse(view, args=[other.uuid])).status_code == 404
        assert planted.client.post(reverse(view, args=[other.uuid])).status_code == 404


def test_pages_and_refusals_know_nothing_hidden(planted):
    assert planted.pages() == planted.pages_before
    for name in NAMES:
        for query in (*HARMLESS, "spalte=status&spalte=title&hoch=title"):
            answer = planted.client.get(f"/exporte/{name}/?{query.format(columns=columns_of(name))}", follow=True)
            assert (answer.status_code, MARK in answer.content.decode().lower()) == (200, False)
            keys = [column.key for column in answer.context["extract"].columns]
            assert set(keys) <= {column.key for column in answer.context["extract"].dataset.columns_for(PUBLIC)}
    never = [planted.client.get(f"/exporte/programm{kind}?konferenz=nie") for kind in (".csv", "/")]
    slug = planted.hidden.conference.slug
    for query in (f"konferenz={slug}", f"konferenz={slug}&status=alle"):
        answers = [planted.client.get(f"/exporte/programm{kind}?{query}") for kind in (".csv", "/")]
        assert [each.status_code for each in (*answers, *never)] == [404] * 4
        assert [each.content for each in answers] == [each.content for each in never]
        assert MARK not in planted.page(f"/exporte/?{query}").lower()
    for kind in ("vollstaendigkeit/", *(f"vollstaendigkeit.{file_format}" for file_format in FORMATS)):
        assert planted.client.get(f"/exporte/{kind}").status_code == 403
    assert {dataset.name for dataset in DATASETS} == {*NAMES, "vollstaendigkeit"}


def test_the_lists_of_the_admin_are_closed(planted):
    for name in ("sessions_app_event", "sessions_app_contribution", "conference_image", "conference_organisation"):
        assert planted.client.get(reverse(f"admin:{name}_changelist")).status_code == 403
        for file_format in FORMATS:
            address = reverse(f"admin:{name}_export", args=[file_format])
            assert planted.client.get(address).status_code == 403
            assert planted.client.post(address).status_code == 403
