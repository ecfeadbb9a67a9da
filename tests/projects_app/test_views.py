"""The map with its list, and the page of a project."""

import datetime
import re

import pytest

from tests import make
from tests.reading import html_of, queries_of, slugs_in, text_of

pytestmark = pytest.mark.django_db
PROJECTS = "/vorhaben/"


def projects(client, query=""):
    """Those in the list, not those on the map."""
    html = html_of(client, PROJECTS + query)
    return set(re.findall(r'class="to" href="/vorhaben/([^"/]+)/"', html))


def pins(client, query=""):
    """Number and slug of each pin on the map."""
    html = html_of(client, PROJECTS + query)
    drawn = html[html.index('<svg class="dotmap"') : html.index("</svg>")]
    found = re.findall(r'href="/vorhaben/([^"/]+)/".*?</circle>|href="/vorhaben/([^"/]+)/".*?<text[^>]*>(\d+)<', drawn)
    return {(int(number), slug) for _other, slug, number in found}


@pytest.fixture
def programme():
    inner = make.theme("Innen entwickeln", palette="red", position=1)
    allied = make.theme("Allianzen bilden", palette="green", position=2)
    kif = make.project(
        "KIF",
        themes=[inner, allied],
        federal_states=["DE-NI"],
        focus_topic="Innenentwicklung mit neuen Instrumenten",
        headline="Ein Fonds für den Ortskern",
        places=[("Nienburg/Weser", 52.64, 9.21)],
    )
    koda = make.project(
        "KoDa eG", themes=[allied], federal_states=["DE-BW", "DE-TH"], places=[("Oberried", 47.93, 7.95)]
    )
    make.project("Wat Nu?", federal_states=["DE-NI", "DE-HB"])
    make.partnership(kif, make.organisation("Landkreis Nienburg/Weser", kind="municipality"), role="lead")
    make.partnership(koda, make.organisation("Hochschule", kind="research"))


def test_project_list_shows_the_same_numbers_on_map_and_list(client, programme):
    text = text_of(client, PROJECTS)
    assert projects(client) == {"kif", "koda-eg", "wat-nu"}
    assert "3 Vorhaben" in text
    assert "1 Niedersachsen KIF Ein Fonds für den Ortskern Innen entwickeln Allianzen bilden" in text
    assert "2 Baden-Württemberg, Thüringen KoDa eG Allianzen bilden" in text
    assert pins(client) == {(1, "kif"), (2, "koda-eg")}
    assert 'class="pin c-none pin--off"' in html_of(client, PROJECTS), "no place is known"


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("?thema=innen-entwickeln", {"kif"}),
        ("?thema=innen-entwickeln&thema=allianzen-bilden", {"kif", "koda-eg"}),
        ("?land=ni", {"kif", "wat-nu"}),
        ("?land=th&land=hb", {"koda-eg", "wat-nu"}),
        ("?fokus=innenentwicklung-mit-neuen-instrumenten", {"kif"}),
        ("?partner=research", {"koda-eg"}),
        ("?land=ni&partner=municipality", {"kif"}),
        ("?land=xx&thema=gibt-es-nicht&fokus=%00&partner=", {"kif", "koda-eg", "wat-nu"}),
    ],
)
def test_project_list_filters(client, programme, query, slugs):
    assert projects(client, query) == slugs


def test_project_list_numbers_what_is_left(client, programme):
    assert pins(client, "?thema=allianzen-bilden&land=th") == {(1, "koda-eg")}
    html = html_of(client, f"{PROJECTS}?land=ni")
    assert html.count('class=" on"') == 1, "the chosen state is dark"
    assert 'href="?land=bw"' in html, "the others can be chosen on the map"


def test_project_list_without_hits_and_without_projects(client, programme):
    text = text_of(client, f"{PROJECTS}?land=bw&partner=municipality")
    assert "0 Vorhaben" in text and "Keine Treffer" in text


def test_project_list_when_nothing_is_published(client):
    assert "Noch ist kein Vorhaben veröffentlicht." in text_of(client, PROJECTS)


def test_project_list_pages_the_list_and_not_the_map(client):
    for number in range(23):
        make.project(f"P{number:02}", places=[("Ort", 48 + number / 5, 10)])
    assert len(projects(client)) == 20
    assert projects(client, "?seite=2") == {"p20", "p21", "p22"}
    assert "21 P20" in text_of(client, f"{PROJECTS}?seite=2")
    assert pins(client) == pins(client, "?seite=2") == {(number + 1, f"p{number:02}") for number in range(23)}
    assert client.get(f"{PROJECTS}?seite=3").status_code == 404


def test_project_list_shows_no_draft_in_rows_map_filters_or_counts(client, programme):
    hidden_theme = make.theme("Geheimes Thema", status="draft")
    make.project(
        "Geheim", federal_states=["DE-SL"], focus_topic="Geheimes Fokusthema", places=[("Ort", 49, 7)], status="draft"
    )
    company = make.organisation("Geheim GmbH", kind="company", status="draft")
    open_project = make.project("Offen", themes=[hidden_theme], places=[("Ort", 50, 10)])
    make.partnership(open_project, company)
    draft = make.project("Geheim 2", status="withdrawn")
    make.partnership(draft, make.organisation("Ministerium", kind="ministry"))
    html = html_of(client, PROJECTS)
    assert "eheim" not in html
    assert "Saarland" not in html
    assert "Unternehmen" not in html and "Ministerium" not in html
    assert projects(client) == {"kif", "koda-eg", "offen", "wat-nu"}
    assert pins(client) == {(1, "kif"), (2, "koda-eg"), (3, "offen")}
    assert projects(client, "?partner=company") == projects(client)
    assert projects(client, "?thema=geheimes-thema") == projects(client)


def test_project_list_costs_the_same_with_one_and_thirty(client):
    def add():
        project = make.project(themes=[make.theme()], federal_states=["DE-NI"], places=[("Ort", 50, 10)])
        make.partnership(project)

    add()
    one = queries_of(client, PROJECTS)
    for _each in range(29):
        add()
    assert queries_of(client, PROJECTS) == one <= 8


@pytest.fixture
def kif():
    theme = make.theme("Innen entwickeln", palette="red", motif="ortskern")
    project = make.project(
        "KIF",
        title="Kommunaler Innenentwicklungsfonds für den ländlichen Raum",
        title_en="Municipal fund",
        headline="Ein Fonds für den Ortskern",
        summary="Kurz gesagt.",
        goals="<p>Häuser retten</p>",
        results="<ul><li>Ein Kataster</li></ul>",
        themes=[theme],
        focus_topic="Innenentwicklung",
        federal_states=["DE-NI"],
        region="Mittelweser",
        start="2017-03",
        end="2019-08",
        funding_code="033L180A",
        website="https://www.kif-innovativ.de/",
        materials=[make.material("Leitfaden zum Fonds", kind="guide")],
        places=[("Nienburg/Weser", 52.64, 9.21), "Gifhorn"],
        remark="Die Laufzeit ist unterschiedlich angegeben.",
    )
    make.partnership(project, make.organisation("Universität Göttingen"), position=1)
    make.partnership(
        project, make.organisation("Landkreis Nienburg/Weser"), role="lead", funding_code="033L180B", position=2
    )
    make.partnership(project, organisation_text="Bürgerverein", role="associated", position=3)
    conference = make.conference("Herbst-Konferenz 2020")
    event = make.event("Innen!", conference=conference, theme=theme, date=datetime.date(2020, 11, 17))
    part = make.contribution("Fonds aus regionaler Verantwortung", event=event, projects=[project])
    landrat = make.speaker("Kohlmeier", given_name="Detlev")
    town = make.organisation("Landkreis Nienburg")
    make.appearance(contribution=part, speaker=landrat, office="Landrat", organisations=[town])
    make.involvement(project=project, speaker=make.speaker("Sack", given_name="Angelika"), role="Projektleitung")
    return project


def test_project_detail_shows_everything_that_belongs_together(client, kif):
    text = text_of(client, kif.get_absolute_url())
    for words in (
        "Verbundvorhaben · Niedersachsen",
        "Ein Fonds für den Ortskern",
        "Kommunaler Innenentwicklungsfonds für den ländlichen Raum",
        "Laufzeit März 2017 bis August 2019",
        "Fokusthema Innenentwicklung",
        "Region Mittelweser",
        "Förderkennzeichen 033L180A",
        "Kurz gesagt.",
        "Häuser retten",
        "Ein Kataster",
        "Nienburg/Weser, Gifhorn · Niedersachsen",
        "Verbundkoordination Landkreis Nienburg/Weser 033L180B Partner Universität Göttingen",
        "Assoziierter Partner Bürgerverein",
        "Leitfaden zum Fonds",
        "17. November 2020 Innen! Herbst-Konferenz 2020 Fonds aus regionaler Verantwortung",
        "Detlev Kohlmeier , Landrat, Landkreis Nienburg",
        "Angelika Sack Projektleitung",
        "Die Laufzeit ist unterschiedlich angegeben.",
        "kif-innovativ.de",
    ):
        assert words in text, words
    html = html_of(client, kif.get_absolute_url())
    assert '<p class="prose muted" lang="en">Municipal fund</p>' in html
    assert html.count('class=" on"') == 1, "only its state is dark"
    assert "#beitrag-" in html
    assert 'href="/themen/innen-entwickeln/"' in html


def test_project_detail_shows_a_picture_with_its_credit(client):
    project = make.project("KIF", image=make.image(alt_text="Ein leeres Haus", credit="Foto Muster"))
    html = html_of(client, project.get_absolute_url())
    assert 'alt="Ein leeres Haus"' in html and "Bild: <span>Foto Muster</span>" in html


def test_project_detail_says_nothing_where_nothing_is_known(client):
    text = text_of(client, make.project("Still").get_absolute_url())
    assert "Die Partner des Verbunds sind nicht verzeichnet." in text
    assert "Zu diesem Vorhaben liegen keine Materialien vor." in text
    for heading in ("Laufzeit", "Ziele", "Ergebnisse", "Vorgestellt bei", "Beteiligte", "Website", "Anmerkung"):
        assert heading not in text


def test_project_detail_shows_no_draft_neighbour(client):
    theme = make.theme("Geheimes Thema", palette="red", status="draft")
    project = make.project("Offen", themes=[theme], materials=[make.material("Geheimes Papier", status="draft")])
    make.partnership(project, make.organisation("Geheim GmbH", status="in_review"))
    make.partnership(project, make.organisation("Offene Stadt"))
    hidden = make.event("Geheimer Termin", status="draft")
    make.contribution("Geheimer Beitrag", event=hidden, projects=[project])
    event = make.event("Zu sehen", theme=theme)
    seen = make.contribution("Beitrag", event=event, projects=[project])
    make.appearance(contribution=seen, speaker=make.speaker("Geheim", status="draft"))
    make.appearance(
        contribution=seen,
        speaker=make.speaker("Offen"),
        organisations=[make.organisation("Geheimes Amt", status="draft")],
    )
    make.involvement(project=project, speaker=make.speaker("Geheim", status="withdrawn"))
    html = html_of(client, project.get_absolute_url())
    assert "eheim" not in html
    assert "c-red" not in html
    assert "Beteiligte" not in html
    assert slugs_in(client, project.get_absolute_url(), "/einrichtungen/") == {"offene-stadt"}
    assert slugs_in(client, project.get_absolute_url(), "/mitwirkende/") == {"offen"}


def test_project_detail_of_a_draft(editor_client):
    project = make.project("Neu", status="draft")
    assert "nur für die Redaktion zu sehen" in text_of(editor_client, project.get_absolute_url())
    editor_client.logout()
    hidden = editor_client.get(project.get_absolute_url())
    missing = editor_client.get(f"{PROJECTS}gibt-es-nicht/")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def test_project_detail_costs_the_same_with_one_and_many(client, kif):
    one = queries_of(client, kif.get_absolute_url())
    for _each in range(6):
        make.partnership(kif)
        part = make.contribution(event=make.event(theme=make.theme()), projects=[kif])
        make.appearance(contribution=part, organisations=[make.organisation()])
        make.involvement(project=kif)
        kif.materials.add(make.material())
        kif.themes.add(make.theme())
    assert queries_of(client, kif.get_absolute_url()) == one <= 12


def test_project_pages_in_english(client, kif):
    assert "Kommunaler Innenentwicklungsfonds" in text_of(client, "/en/projects/kif/")
    assert 'lang="de"' in html_of(client, "/en/projects/")
