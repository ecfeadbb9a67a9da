"""The list of organisations from A to Z, and the page of one."""

import datetime

import pytest

from tests import make
from tests.reading import html_of, queries_of, slugs_in, text_of

pytestmark = pytest.mark.django_db
ORGANISATIONS = "/einrichtungen/"


def organisations(client, query=""):
    return slugs_in(client, ORGANISATIONS + query, ORGANISATIONS)


@pytest.fixture
def places():
    make.organisation("Ökoinstitut", kind="research", place="Freiburg", federal_state="DE-BW")
    make.organisation("Landkreis Diepholz", kind="municipality", federal_state="DE-NI")
    make.organisation("Stadt Oldenburg", kind="municipality", place="Oldenburg", federal_state="DE-NI")
    make.organisation("1a Planung", kind="company")


def test_organisation_list_shows_all_from_a_to_z(client, places):
    html = html_of(client, ORGANISATIONS)
    names = ["1a Planung", "Landkreis Diepholz", "Ökoinstitut", "Stadt Oldenburg"]
    assert sorted(names, key=html.index) == names
    assert 'id="0-9"' in html and 'href="#0-9"' in html and 'href="#O"' in html
    assert "4 Einrichtungen" in html
    assert "Ökoinstitut Forschung Freiburg Baden-Württemberg" in text_of(client, ORGANISATIONS)


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("?art=municipality", {"landkreis-diepholz", "stadt-oldenburg"}),
        ("?art=research&art=company", {"oekoinstitut", "1a-planung"}),
        ("?land=bw", {"oekoinstitut"}),
        ("?land=ni&buchstabe=S", {"stadt-oldenburg"}),
        ("?buchstabe=0-9", {"1a-planung"}),
        ("?buchstabe=o", {"oekoinstitut"}),
        ("?art=bank&land=xx&buchstabe=%C3%96", {"1a-planung", "landkreis-diepholz", "oekoinstitut", "stadt-oldenburg"}),
    ],
)
def test_organisation_list_filters(client, places, query, slugs):
    assert organisations(client, query) == slugs


def test_organisation_list_is_paged_and_can_be_empty(client, places):
    assert "Keine Treffer" in text_of(client, f"{ORGANISATIONS}?art=company&land=ni")
    for number in range(60):
        make.organisation(f"Amt {number:02}", kind="ministry")
    assert len(organisations(client)) == 60
    assert len(organisations(client, "?seite=2")) == 4
    assert client.get(f"{ORGANISATIONS}?seite=3").status_code == 404


def test_organisation_list_when_nothing_is_published(client):
    make.organisation(status="draft", kind="company")
    text = text_of(client, ORGANISATIONS)
    assert "Noch ist keine Einrichtung veröffentlicht." in text
    assert "Unternehmen" not in text


def test_organisation_list_shows_no_draft(client, places):
    text, seen = text_of(client, ORGANISATIONS), organisations(client)
    make.organisation("Geheim", kind="authority", federal_state="DE-SL", status="draft")
    make.organisation("Xaver", kind="company", published_at=make.soon())
    assert organisations(client) == seen
    assert text_of(client, ORGANISATIONS) == text


def test_organisation_list_costs_the_same_with_one_and_thirty(client):
    make.organisation()
    one = queries_of(client, ORGANISATIONS)
    for _each in range(29):
        make.organisation()
    assert queries_of(client, ORGANISATIONS) == one <= 8


@pytest.fixture
def institute():
    institute = make.organisation(
        "Wuppertal Institut für Klima, Umwelt, Energie",
        short_name="WI",
        kind="research",
        place="Wuppertal",
        federal_state="DE-NW",
        website="https://www.wupperinst.org",
        summary="Forscht zum Wandel.",
        remark="Der Name wurde 2020 geändert.",
    )
    make.conference(
        "Fachtag 2019", organisers=[institute], starts_on=datetime.date(2019, 9, 1), ends_on=datetime.date(2019, 9, 2)
    )
    conference = make.conference("Herbst-Konferenz 2020", funder=institute)
    theme = make.theme("Experimente wagen", palette="orange")
    make.partnership(make.project("KoSI-Lab", headline="Labore", themes=[theme]), institute, role="lead")
    make.partnership(make.project("LebensRäume"), institute, role="associated")
    make.speaker("Reutter", given_name="Oscar", organisations=[institute])
    part = make.contribution(event=make.event("Auftakt", conference=conference, theme=theme), kind="reflection")
    make.appearance(
        contribution=part,
        speaker=make.speaker("Schneidewind", given_name="Uwe"),
        organisations=[institute],
        is_former=True,
    )
    return institute


def test_organisation_detail_shows_everything_that_leads_to_it(client, institute):
    text = text_of(client, institute.get_absolute_url())
    for words in (
        "Forschung Wuppertal Institut für Klima, Umwelt, Energie Forscht zum Wandel.",
        "Kurzname WI",
        "Ort Wuppertal",
        "Bundesland Nordrhein-Westfalen",
        "Website wupperinst.org",
        "Verbundkoordination KoSI-Lab Labore Experimente wagen",
        "Assoziierter Partner LebensRäume",
        "Oscar Reutter",
        "28. Oktober 2020 Herbst-Konferenz 2020 Auftakt Uwe Schneidewind , ehemals Wuppertal Institut",
        "(Reflexion)",
        "Herbst-Konferenz 2020 28. Oktober bis 8. Dezember 2020 Förderung",
        "Fachtag 2019 1. bis 2. September 2019 Veranstaltet von dieser Einrichtung",
        "Der Name wurde 2020 geändert.",
    ):
        assert words in text, words
    assert slugs_in(client, institute.get_absolute_url(), "/vorhaben/") == {"kosi-lab", "lebensraeume"}


def test_organisation_detail_without_connections(client):
    text = text_of(client, make.organisation("Still").get_absolute_url())
    assert "Zu dieser Einrichtung ist kein Vorhaben und kein Auftritt veröffentlicht." in text
    for heading in ("Mitwirkende", "Konferenzen", "Website", "Anmerkung"):
        assert heading not in text


def test_organisation_detail_shows_no_draft_neighbour(client):
    town = make.organisation("Stadt")
    make.partnership(make.project("GEHEIM", status="draft"), town)
    theme = make.theme("Geheimes Thema", palette="green", status="draft")
    make.partnership(make.project("OFFEN", themes=[theme]), town)
    make.speaker("Geheim", organisations=[town], status="in_review")
    make.conference("Geheime Konferenz", organisers=[town], status="draft")
    hidden = make.contribution(event=make.event("Geheimer Termin", status="draft"))
    make.appearance(contribution=hidden, speaker=make.speaker("Mayer"), organisations=[town])
    seen = make.contribution(event=make.event("Zu sehen", theme=theme))
    make.appearance(contribution=seen, speaker=make.speaker("Geheim", status="withdrawn"), organisations=[town])
    other = make.organisation("Geheimes Amt", status="draft")
    make.appearance(contribution=seen, speaker=make.speaker("Sichtbar"), organisations=[town, other])
    html = html_of(client, town.get_absolute_url())
    assert "eheim" not in html.lower() and "c-green" not in html
    assert slugs_in(client, town.get_absolute_url(), "/vorhaben/") == {"offen"}
    assert slugs_in(client, town.get_absolute_url(), "/mitwirkende/") == {"sichtbar"}


def test_organisation_detail_of_a_draft(editor_client):
    town = make.organisation("Neu", status="draft")
    assert "nur für die Redaktion zu sehen" in text_of(editor_client, town.get_absolute_url())
    editor_client.logout()
    hidden = editor_client.get(town.get_absolute_url())
    missing = editor_client.get(f"{ORGANISATIONS}gibt-es-nicht/")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def test_organisation_detail_costs_the_same_with_one_and_many(client, institute):
    one = queries_of(client, institute.get_absolute_url())
    for _each in range(6):
        make.partnership(make.project(themes=[make.theme()]), institute)
        make.speaker(organisations=[institute])
        part = make.contribution(event=make.event(theme=make.theme()))
        make.appearance(contribution=part, organisations=[institute, make.organisation()])
        make.conference(organisers=[institute])
    assert queries_of(client, institute.get_absolute_url()) == one <= 12


def test_organisation_pages_in_english(client, institute):
    assert "Wuppertal Institut" in text_of(client, "/en/organisations/")
    assert "Oscar Reutter" in text_of(client, f"/en/organisations/{institute.slug}/")
