"""Citations of materials to take away, whatever is known of them."""

import json

import pytest

from conference.models import Material
from sessions_app.citations import as_bibtex, as_csl, as_ris
from sessions_app.quotations import cite_material, in_words, written_by
from tests import make
from tests.reading import html_of
from tests.sessions_app.test_citations import bibtex_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def book() -> Material:
    return make.material(
        "Innen entwickeln",
        subtitle="Ein Leitfaden",
        authors="Jan Abt, Greta Muster (Hrsg.)",
        publisher="Difu",
        year=2019,
        isbn="978-3-948240-08-0",
        license="CC-BY-4.0",
        url="https://verlag.example.org/buch",
    )


def test_a_book_in_every_form(book):
    citation = cite_material(book)
    fields = bibtex_fields(as_bibtex(citation))
    assert fields["author"] == "{Jan Abt} and {Greta Muster}"
    assert (fields["title"], fields["year"], fields["isbn"]) == (
        "{Innen entwickeln: Ein Leitfaden}",
        "2019",
        "978-3-948240-08-0",
    )
    item = as_csl(citation)
    assert (item["type"], item["issued"], item["publisher"]) == ("book", {"date-parts": [[2019]]}, "Difu")
    assert item["author"] == [{"literal": "Jan Abt"}, {"literal": "Greta Muster"}]
    lines = as_ris(citation).split("\r\n")
    assert lines[0] == "TY  - BOOK" and lines[-2] == "ER  - "
    assert {"PY  - 2019", "SN  - 978-3-948240-08-0", "UR  - https://verlag.example.org/buch"} <= set(lines)
    assert in_words(citation).startswith(
        "Jan Abt (Hrsg.); Greta Muster (Hrsg.): Innen entwickeln: Ein Leitfaden. Difu, 2019. ISBN 978-3-948240-08-0. "
        "Lizenz: CC BY 4.0. Verfügbar unter: https://verlag.example.org/buch"
    )


def test_an_article_tells_where_it_appeared():
    article = make.material("Was tun?", published_in="PLANERIN 6/19, S. 12–14", year=2019)
    citation = cite_material(article)
    assert as_csl(citation)["container-title"] == "PLANERIN 6/19, S. 12–14"
    assert "T2  - PLANERIN 6/19, S. 12–14" in as_ris(citation)
    assert in_words(citation).startswith("Was tun? In: PLANERIN 6/19, S. 12–14. 2019. ")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Melanie Knorr", ["Melanie Knorr"]),
        ("Axel Timpe, Katharina Christenn", ["Axel Timpe", "Katharina Christenn"]),
        ("Knorr, Melanie; Abt, Jan", ["Knorr, Melanie", "Abt, Jan"]),
        ("Bundesinstitut für Bau-, Stadt- und Raumforschung", ["Bundesinstitut für Bau-, Stadt- und Raumforschung"]),
        ("Knorr, Abt", ["Knorr, Abt"]),
        ("Marta Suda u. a.", ["Marta Suda u. a."]),
        ("", []),
        (" (Hrsg.)", []),
    ],
)
def test_names_are_taken_as_they_are_written(typed, names):
    assert [voice.name for voice in written_by(typed)] == names


@pytest.mark.parametrize("suffix", ["txt", "bib", "ris", "json"])
def test_each_form_is_offered_beside_the_material(client, book, suffix):
    address = f"/materialien/{book.slug}/zitat.{suffix}"
    assert f'href="{address}"' in html_of(client, "/materialien/")
    answer = client.get(address)
    assert (answer.status_code, answer.headers["X-Robots-Tag"]) == (200, "noindex")
    assert "Innen entwickeln" in answer.content.decode()


def test_a_hidden_material_cannot_be_cited(client):
    hidden = make.material("Geheim", status="draft")
    assert client.get(f"/materialien/{hidden.slug}/zitat.json").status_code == 404
    assert client.get("/materialien/nie-gewesen/zitat.json").status_code == 404


def test_without_an_address_the_list_stands_for_it(client):
    made = make.material("Nur ein Nachweis")
    (item,) = json.loads(client.get(f"/materialien/{made.slug}/zitat.json").content)
    assert item["URL"].endswith(f"/materialien/#{made.slug}")
    assert item["type"] == "document"
