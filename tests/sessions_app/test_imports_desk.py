"""The page on which a programme comes in."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from conference.models import ChangeRun, ColumnMapping, Conference, EditorScope, ImportSource
from sessions_app.interchange.identity import MOST_TALKS
from sessions_app.models import Contribution, Event, Speaker
from tests import make
from tests.programmes import every_table

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/import/"
TABLE = "Was;Wann;Beginn;Wer\nErster;06.05.2025;10:00;Ada Lovelace\nZweiter;06.05.2025;11:00;Bob Ross\n"


@pytest.fixture(autouse=True)
def own_place(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path


def _send(client, content=TABLE, name="programm.csv"):
    data = content if isinstance(content, bytes) else content.encode()
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, data)})


def _answers(page, **more):
    """What the page would send: its form as it is filled, and the columns."""
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    if columns := page.context["columns"]:
        sent |= {"spalten": "1"} | {column.name: column.chosen for column in columns}
    if "plan" in page.context:
        sent["stand"] = page.context["plan"].mark
    return sent | more


def _columns(page):
    return {"spalten": "1"} | {column.name: column.chosen for column in page.context["columns"]}


def test_a_table_comes_in_by_columns_questions_and_a_look(publisher_client):
    client = publisher_client
    client.get(ADDRESS)
    before = every_table()
    address = _send(client).url
    page = client.get(address)
    assert [(each.header, each.chosen) for each in page.context["columns"]] == [
        ("Was", "title"),
        ("Wann", "date"),
        ("Beginn", "start"),
        ("Wer", "speakers"),
    ]
    assert "Erster" in page.content.decode()
    page = client.post(address, _columns(page))
    assert page.context["plan"].counts()["new"] == 2
    page = client.post(address, _answers(page, grouping="day", title="Maitage", source="Maitage", _see="1"))
    assert "„Maitage“, neu als Entwurf" in page.content.decode()
    assert every_table() == before
    answer = client.post(address, _answers(page, _apply="1"))
    run = ChangeRun.objects.get()
    assert answer.url == reverse("admin:run_detail", args=[run.uuid])
    assert client.get(answer.url).status_code == 200
    assert (Conference.objects.get().title, Event.objects.count(), Speaker.objects.count()) == ("Maitage", 1, 2)
    assert ColumnMapping.objects.get().mapping["Wer"] == "speakers"
    assert list((Path(settings.PRIVATE_ROOT) / "eingang").iterdir()) == []
    client.post(answer.url, {"_undo": "1"})
    assert (Conference.objects.count(), Speaker.objects.count()) == (0, 0)


def test_columns_are_remembered_and_a_second_time_nothing_changes(publisher_client):
    client = publisher_client
    for _time in range(2):
        address = _send(client).url
        page = client.get(address)
        page = client.post(address, _columns(page) | {"spalte-3": ""})
        page = client.post(
            address, _answers(page, source="Maitage", conference=getattr(Conference.objects.first(), "pk", ""))
        )
        answer = client.post(address, _answers(page, _apply="1"))
        assert answer.status_code == 302
    assert client.get(_send(client).url).context["columns"][3].chosen == ""
    assert (Contribution.objects.count(), Speaker.objects.count(), ChangeRun.objects.count()) == (2, 0, 1)
    assert "Maitage" in client.get(ADDRESS).content.decode()


def test_a_preview_shows_changes_people_clashes_and_what_is_missing(publisher_client):
    client = publisher_client
    make.speaker("Rossi", given_name="Bob")

    def seen(table, **more):
        address = _send(client, table).url
        page = client.post(address, _columns(client.get(address)))
        conference = getattr(Conference.objects.first(), "pk", "")
        return address, client.post(address, _answers(page, source="Q", conference=conference, **more))

    address, page = seen(TABLE)
    assert client.post(address, _answers(page, _apply="1")).status_code == 302
    _address, page = seen(TABLE.replace("11:00;Bob Ross", "11:00;Bob Rossi").replace("Ada Lovelace", "Cy Twombly"))
    assert page.context["plan"].counts()["changed"] == 2
    text = page.content.decode()
    assert "Personen, die vielleicht schon da sind" in text and "Auftritt „Cy Twombly“" in text
    _address, page = seen(TABLE.replace("11:00", "12:00"))
    [item] = page.context["proposed"]
    assert "Vielleicht schon da" in page.content.decode()
    ticked = {"beitrag": f"{item.mark}:{item.proposal.uuid}"}
    _address, page = seen(TABLE.replace("11:00", "12:00"), **ticked)
    assert (page.context["plan"].new_items, page.context["plan"].counts()["changed"]) == ([], 1)
    address, page = seen("\n".join(TABLE.splitlines()[:2]) + "\n")
    assert 'name="weniger"' in page.content.decode()
    answer = client.post(address, _answers(page, _apply="1"))
    assert "fehlt 1 von 2" in answer.content.decode()


def test_a_look_tells_times_on_the_clock_of_the_conference(publisher_client):
    talk = "<title>A</title><date>2025-05-06T10:00:00+01:00</date><duration>0:30</duration>"
    head = "<conference><title>X</title><time_zone_name>Europe/Lisbon</time_zone_name></conference>"
    day = f'<day date="2025-05-06"><room name="R"><event id="1" guid="g">{talk}</event></room></day>'
    page = publisher_client.get(_send(publisher_client, f"<schedule>{head}{day}</schedule>", "plan.xml").url)
    assert "6.5.2025, 10:00" in page.content.decode()
    assert 'aria-describedby="id_grouping_helptext"' in page.content.decode()


def test_what_has_changed_since_the_look_is_shown_again(publisher_client):
    address = _send(publisher_client).url
    page = publisher_client.post(address, _columns(publisher_client.get(address)))
    make.speaker("Ross", given_name="Bob", status="draft")
    make.organisation("Anders")
    answer = publisher_client.post(address, _answers(page, _apply="1") | {"stand": "alt"})
    assert "Inzwischen hat sich hier etwas geändert" in answer.content.decode()
    assert Conference.objects.count() == 0


def test_what_was_deleted_here_stays_away_where_somebody_says_so(publisher_client):
    address = _send(publisher_client).url
    page = publisher_client.post(address, _columns(publisher_client.get(address)))
    publisher_client.post(address, _answers(page, _apply="1"))
    Event.objects.get(title="Erster").delete()
    address = _send(publisher_client).url
    page = publisher_client.post(address, _columns(publisher_client.get(address)))
    ((mark, title, stays_away),) = page.context["deleted"]
    assert (title, stays_away, page.context["plan"].counts()["new"]) == ("Erster", False, 1)
    page = publisher_client.post(address, _answers(page, weg=mark))
    assert page.context["deleted"] == [(mark, "Erster", True)]
    assert f'name="weg" value="{mark}" checked' in page.content.decode()
    publisher_client.post(address, _answers(page, weg=mark, _apply="1"))
    assert [event.title for event in Event.objects.all()] == ["Zweiter"]
    assert not Speaker.objects.filter(family_name="Lovelace", appearances__isnull=False).exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leer.xml", b" "),
        ("kaputt.xml", b"<schedule>\n<day>"),
        ("bombe.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><schedule>&a;</schedule>'),
        ("kaputt.json", b'{"schedule": '),
        ("kein.zip", b"PK\x03\x04 nichts"),
        ("unsinn.csv", b"\x00\x01\x02"),
        ("kein.xlsx", b"PK"),
        ("ohne.xml", b'<?xml version="1.0"?><schedule><conference><title>X</title></conference></schedule>'),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(publisher_client, name, content):
    publisher_client.get(ADDRESS)
    before = every_table()
    answer = _send(publisher_client, content, name)
    if answer.status_code == 302:
        answer = publisher_client.get(answer.url)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert 'class="errorlist' in text and ('type="file"' in text or "kein Beitrag" in text)
    assert every_table() == before


def test_only_who_may_bring_programmes_in_sees_the_page(client):
    conference, other = make.conference(status="draft"), make.conference("Fremde", status="draft")
    source = {"file_format": "x", "grouping": "own"}
    ImportSource.objects.create(name="fremd", conference=other, **source)
    for user, status in ((make.user(), 403), (make.analyst(), 403), (make.editor(), 200)):
        client.force_login(user)
        assert client.get(ADDRESS).status_code == status
        assert ("Programm einlesen" in client.get("/admin/").content.decode()) == (status == 200)
    limited = make.editor()
    EditorScope.objects.create(user=limited).conferences.add(conference)
    client.force_login(limited)
    assert "fremd" not in client.get(ADDRESS).content.decode()
    address = _send(client).url
    page = client.post(address, _columns(client.get(address)))
    assert list(page.context["form"].fields["conference"].queryset) == [conference]
    sent = _answers(page, source="Q", _apply="1")
    for chosen in ("", other.pk):
        assert client.post(address, sent | {"conference": chosen}).status_code == 200
    assert Contribution.objects.count() == 0
    client.force_login(make.editor())
    assert client.get(address).status_code == 302


def test_a_choice_for_each_of_the_most_talks_and_people_is_taken(publisher_client):
    address = _send(publisher_client).url
    page = publisher_client.post(address, _columns(publisher_client.get(address)) | {"title": "Maitage"})
    page = publisher_client.post(address, _answers(page, grouping="day", title="Maitage", source="Maitage", _see="1"))
    choices = {name: [f"{number}:" for number in range(2 * MOST_TALKS)] for name in ("person", "weg")}
    assert publisher_client.post(address, _answers(page, _see="1", **choices)).status_code == 200
