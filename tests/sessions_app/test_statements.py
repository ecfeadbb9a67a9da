"""What a project has shown in public, for those who account for it."""

import csv
import datetime
import io
import re
from urllib.parse import unquote

import openpyxl
import pytest

from sessions_app.models import Appearance, Event
from sessions_app.statements.building import Statement
from tests import make

pytestmark = pytest.mark.django_db
DAY = datetime.date


@pytest.fixture
def exporter(client):
    client.force_login(make.analyst(username="liste"))
    return client


@pytest.fixture
def project():
    """Two appearances in two years, each with a film, a paper, and of everything one that nobody may see."""
    project = make.project("KoDa eG", slug="koda", funding_code="033L000")
    partner = make.organisation("Stadt Musterstadt")
    make.partnership(project=project, organisation=partner, funding_code="033L000A")
    conference = make.conference("Reihe", starts_on="2020-01-01", ends_on="2021-12-31")
    for year in (2020, 2021):
        event = make.event(f"Abend {year}", conference=conference, date=DAY(year, 5, 3))
        part = make.contribution(f"Vortrag {year}", event=event)
        part.projects.add(project)
        appearance = make.appearance(contribution=part, speaker=make.speaker(given_name="Anna", family_name=f"A{year}"))
        if year == 2020:
            appearance.organisations.add(partner)
        make.video(f"Film {year}", contribution=part, recorded_on=DAY(year, 5, 3))
        make.video(f"Geheimfilm {year}", contribution=part, status="draft")
    hidden = make.contribution("Geheimvortrag", event=make.event("Geheim", conference=conference, status="draft"))
    hidden.projects.add(project)
    project.materials.add(make.material("Papier", year=2021), make.material("Geheimpapier", status="draft"))
    return project


def titles(statement):
    return [record["title"] for record in statement.records]


def test_it_holds_what_is_public_and_nothing_else(project):
    assert titles(Statement(project)) == ["Vortrag 2020", "Vortrag 2021", "Film 2020", "Film 2021", "Papier"]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (DAY(2021, 1, 1), None, ["Vortrag 2021", "Film 2021", "Papier"]),
        (None, DAY(2020, 5, 3), ["Vortrag 2020", "Film 2020"]),
        (DAY(2020, 5, 4), DAY(2021, 5, 2), ["Papier"]),
        (DAY(2022, 1, 1), None, []),
    ],
)
def test_days_narrow_it_and_a_year_counts_whole(project, first, last, expected):
    assert titles(Statement(project, first=first, last=last)) == expected


def test_the_code_of_a_partner_tells_where_it_took_part(exporter, project):
    page = exporter.get("/exporte/nachweise/koda/?kennzeichen=033L000A").content.decode()
    assert "Stadt Musterstadt" in page
    rows = read_csv(exporter.get("/exporte/nachweise/koda.csv?kennzeichen=033L000A"))
    told = {row["Titel"]: row["Mit der Einrichtung des Kennzeichens"] for row in rows}
    assert (told["Vortrag 2020"], told["Vortrag 2021"]) == ("ja", "nein")


def test_partners_that_share_a_code_are_told_apart(exporter, project):
    make.partnership(project=project, organisation=make.organisation("Stadt Anderswo"), funding_code="033L000A")
    page = exporter.get("/exporte/nachweise/koda/").content.decode()
    for value in ("033L000A", "033L000A Stadt Anderswo"):
        assert f'<option value="{value}">' in page
    rows = read_csv(exporter.get("/exporte/nachweise/koda.csv", {"kennzeichen": "033L000A Stadt Anderswo"}))
    assert {row["Mit der Einrichtung des Kennzeichens"] for row in rows if row["Art"] == "Vortrag"} == {"nein"}


def test_the_list_leads_to_the_code_of_each(exporter, project):
    make.partnership(project=project, organisation=make.organisation("Stadt Anderswo"), funding_code="033L000A")
    page = exporter.get("/exporte/nachweise/").content.decode()
    links = re.findall(r'href="/exporte/nachweise/koda/\?kennzeichen=([^"]+)"', page)
    assert [unquote(link) for link in links] == ["033L000", "033L000A", "033L000A Stadt Anderswo"]


def test_who_had_left_the_organisation_did_not_appear_for_it(exporter, project):
    appearance = Appearance.objects.get(contribution__title="Vortrag 2020")
    appearance.is_former = True
    appearance.save()
    rows = read_csv(exporter.get("/exporte/nachweise/koda.csv?kennzeichen=033L000A"))
    assert {row["Mit der Einrichtung des Kennzeichens"] for row in rows if row["Art"] == "Vortrag"} == {"nein"}


def test_what_was_cancelled_is_no_appearance(exporter, project):
    Event.objects.filter(title="Abend 2020").update(is_cancelled=True)
    assert titles(Statement(project)) == ["Vortrag 2021", "Film 2020", "Film 2021", "Papier"]
    said = "bisher ohne öffentlichen Auftritt"
    assert said not in exporter.get("/exporte/nachweise/").content.decode()
    Event.objects.filter(title="Abend 2021").update(is_cancelled=True)
    assert said in exporter.get("/exporte/nachweise/").content.decode()


def read_csv(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_files_say_what_the_page_says(exporter, project):
    page = exporter.get("/exporte/nachweise/koda/").content.decode()
    rows = read_csv(exporter.get("/exporte/nachweise/koda.csv"))
    assert [row["Titel"] for row in rows] == titles(Statement(project))
    for row in rows:
        assert row["Adresse"] in page
    book = openpyxl.load_workbook(io.BytesIO(b"".join(exporter.get("/exporte/nachweise/koda.xlsx").streaming_content)))
    assert book.worksheets[0]["B2"].value == datetime.datetime(2020, 5, 3)
    notes = {row[0].value: row[1].value for row in book.worksheets[1].iter_rows()}
    assert notes["Förderkennzeichen"] == "033L000 (Verbund); 033L000A (Stadt Musterstadt)"
    assert b"".join(exporter.get("/exporte/nachweise/koda.pdf").streaming_content).startswith(b"%PDF-")
    assert "Geheim" not in page


def test_every_table_has_a_name_of_its_own(exporter, project):
    """The box that scrolls is a place like the section around it: with one name for both nobody knows which it is."""
    page = exporter.get("/exporte/nachweise/koda/").content.decode()
    sections, tables = (re.findall(rf'<{tag} [^>]*aria-labelledby="([^"]+)"', page) for tag in ("section", "div"))
    assert len(tables) == page.count("<table>") == page.count("<caption ") == 3
    assert not set(tables) & set(sections)
    for identity in " ".join(tables).split():
        assert f'id="{identity}"' in page


def test_the_list_finds_by_name_code_and_partner(exporter, project):
    make.project("Anderes", slug="anderes"), make.project("Geheim", status="draft", funding_code="033L999")
    for words, expected in (("koda", 1), ("033l000a", 1), ("musterstadt", 1), ("033L999", 0), ("", 2)):
        page = exporter.get("/exporte/nachweise/", {"q": words}).content.decode()
        assert page.count("<h3") == expected, words


def test_wrong_days_are_said_and_give_no_file(exporter, project):
    page = exporter.get("/exporte/nachweise/koda/?von=2021-05-01&bis=2020-05-01")
    assert "Das Ende liegt vor dem Beginn." in page.content.decode()
    assert exporter.get("/exporte/nachweise/koda/?von=gestern&kennzeichen=%00").status_code == 200
    assert exporter.get("/exporte/nachweise/koda.csv?von=gestern").status_code == 404
    assert exporter.get("/exporte/nachweise/koda.docx").status_code == 404


def test_a_format_that_cannot_hold_it_says_so_on_the_page(exporter, project, monkeypatch):
    monkeypatch.setattr("conference.exports.writers.pdf.MOST_ROWS", 3)
    answer = exporter.get("/exporte/nachweise/koda.pdf?von=2020-01-01", follow=True)
    assert answer.request["QUERY_STRING"] == "von=2020-01-01"
    assert "Ein PDF fasst höchstens 3 Zeilen, diese Liste hat 5." in answer.content.decode()


def test_it_is_for_those_with_the_right_and_tells_of_no_draft(client, exporter, project):
    make.project("Geheim", slug="geheim", status="draft")
    assert exporter.get("/exporte/nachweise/geheim/").status_code == 404
    client.logout()
    assert client.get("/exporte/nachweise/").status_code == 302
    assert client.get("/exporte/nachweise/koda.csv").status_code == 302


def test_it_costs_the_same_for_many(exporter, project, django_assert_num_queries, django_assert_max_num_queries):
    for address in ("/exporte/nachweise/koda/", "/exporte/nachweise/"):
        with django_assert_max_num_queries(20) as few:
            exporter.get(address)
        for number in range(4):
            part = make.contribution(f"Noch {number}")
            part.projects.add(project)
            make.appearance(contribution=part, speaker=make.speaker())
            make.project(f"Weiteres {address} {number}")
        with django_assert_num_queries(len(few)):
            exporter.get(address)
