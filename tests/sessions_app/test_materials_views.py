"""The list of all materials."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import make
from tests.reading import html_of, queries_of, slugs_in, text_of

pytestmark = pytest.mark.django_db
MATERIALS = "/materialien/"


def materials(client, query=""):
    return set(re.findall(r'<li[^>]* id="([^"]+)"', html_of(client, MATERIALS + query)))


@pytest.fixture
def shelf():
    conference = make.conference(
        "Herbst-Konferenz 2020", materials=[make.material("Memorandum", kind_text="Memorandum", year=2020)]
    )
    theme = make.theme("Innen entwickeln", palette="red", conference=conference)
    guide = make.material("Leitfaden zum Fonds", kind="guide", year=2019, url="https://example.org/leitfaden")
    make.project("KIF", themes=[theme], materials=[guide])
    slides = make.material("Folien zum Vortrag", kind="slides", language="en", license="CC-BY-4.0")
    event = make.event("Innen!", conference=conference, theme=theme)
    make.contribution(event=event, materials=[slides])
    make.material(
        "Ganz ohne Bezug",
        subtitle="Eine Studie",
        kind="publication",
        kind_text="Aufsatz",
        authors="Ada Muster, Bo Beispiel",
        publisher="Verlag",
        published_in="PLANERIN 6/19, S. 12–14",
        isbn="978-3-948240-08-0",
        remark="Der Titel folgt der Adresse.",
    )
    return guide


def test_material_list_tells_what_each_is_and_where_it_belongs(client, shelf):
    text = text_of(client, MATERIALS)
    assert materials(client) == {"memorandum", "leitfaden-zum-fonds", "folien-zum-vortrag", "ganz-ohne-bezug"}
    assert "4 Materialien" in text
    assert "Leitfaden zum Fonds Leitfaden 2019 liegt auf einer anderen Website Vorhaben: KIF" in text
    assert (
        "Folien zum Vortrag Präsentation Nachweis ohne Datei Englisch CC BY 4.0 Veranstaltung: Innen!, 28.10." in text
    )
    assert "Eine Studie Ada Muster, Bo Beispiel · Verlag · PLANERIN 6/19, S. 12–14 Aufsatz" in text
    assert "ISBN 978-3-948240-08-0" in text
    assert "Der Titel folgt der Adresse." in text


def test_material_list_names_type_and_size_of_a_file(client):
    make.material("Vorlage", file=SimpleUploadedFile("vorlage.pdf", b"%PDF-1.4\n" + b"x" * 2000, "application/pdf"))
    html = html_of(client, MATERIALS)
    assert "PDF · 2,0 KB" in html or "PDF · 2,0 kB" in html
    assert re.search(r'href="/medien/materialien/[^"]+\.pdf"', html)


def test_material_list_has_the_anchor_of_every_address(client):
    made = [make.material(f"Material {number:03}") for number in range(130)]
    assert materials(client) == {material.get_absolute_url().split("#")[1] for material in made}
    assert made[0].get_absolute_url().startswith(f"{MATERIALS}#")
    assert client.get(f"{MATERIALS}?seite=2").status_code == 404


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("?art=guide&art=slides", {"leitfaden-zum-fonds", "folien-zum-vortrag"}),
        ("?jahr=2019", {"leitfaden-zum-fonds"}),
        ("?sprache=en", {"folien-zum-vortrag"}),
        ("?konferenz=herbst-konferenz-2020", {"memorandum", "folien-zum-vortrag"}),
        ("?thema=innen-entwickeln", {"leitfaden-zum-fonds", "folien-zum-vortrag"}),
        ("?thema=innen-entwickeln&art=guide", {"leitfaden-zum-fonds"}),
        ("?jahr=2019&sprache=en", set()),
        ("?art=brief&jahr=x&thema=y", {"memorandum", "leitfaden-zum-fonds", "folien-zum-vortrag", "ganz-ohne-bezug"}),
    ],
)
def test_material_list_filters(client, shelf, query, slugs):
    assert materials(client, query) == slugs


def test_material_list_sorts(client, shelf):
    html = html_of(client, f"{MATERIALS}?sortierung=neueste")
    assert (
        html.index('id="memorandum"') < html.index('id="leitfaden-zum-fonds"') < html.index('id="folien-zum-vortrag"')
    )


def test_material_list_empty(client, shelf):
    assert "Keine Treffer" in text_of(client, f"{MATERIALS}?jahr=2019&sprache=en")


def test_material_list_when_nothing_is_published(client):
    assert "Noch ist kein Material veröffentlicht." in text_of(client, MATERIALS)


def test_material_list_shows_no_draft_in_rows_neighbours_filters_or_counts(client, shelf):
    text, seen = text_of(client, MATERIALS), materials(client)
    hidden = make.material("Geheimes Papier", kind="press", year=1999, language="fr", status="draft")
    hidden_theme = make.theme("Geheimes Thema", status="draft", materials=[shelf])
    quiet = make.conference("Ruhige Konferenz", materials=[hidden])
    make.theme("Ruhiges Thema", materials=[hidden], conference=quiet)
    make.project("GEHEIM", materials=[shelf], status="draft")
    event = make.event("Geheimer Termin", theme=hidden_theme, status="draft", materials=[shelf])
    make.contribution(event=event, materials=[shelf])
    make.event("Geheim", conference=make.conference("Geheime Konferenz", status="draft"), materials=[shelf])
    assert materials(client) == seen
    assert text_of(client, MATERIALS) == text
    assert materials(client, "?konferenz=ruhige-konferenz") == seen, "it offers nothing to choose"


def test_material_list_filter_does_not_reach_through_drafts(client):
    conference = make.conference("Herbst", materials=[make.material("Sichtbar")])
    paper = make.material("Papier")
    make.event(conference=conference, materials=[paper], status="draft")
    make.contribution(event=make.event(conference=conference, status="draft"), materials=[paper])
    assert materials(client, "?konferenz=herbst") == {"sichtbar"}
    theme = make.theme("Innen", materials=[make.material("Auch")])
    make.project(themes=[theme], materials=[paper], status="draft")
    assert materials(client, "?thema=innen") == {"auch"}


def test_material_list_links_to_projects_and_events(client, shelf):
    assert slugs_in(client, MATERIALS, "/vorhaben/") == {"kif"}
    assert slugs_in(client, MATERIALS, "/konferenzen/herbst-konferenz-2020/") == {"innen"}


def test_material_list_costs_the_same_with_one_and_thirty(client):
    def add():
        material = make.material()
        make.project(materials=[material], themes=[make.theme()])
        make.event(materials=[material])
        make.contribution(materials=[material])

    add()
    one = queries_of(client, MATERIALS)
    for _each in range(29):
        add()
    assert queries_of(client, MATERIALS) == one <= 8


def test_material_list_in_english(client, shelf):
    assert "Leitfaden zum Fonds" in text_of(client, "/en/materials/")
