"""The list of people from A to Z, and the page of one."""

import datetime

import pytest

from tests import make
from tests.reading import html_of, queries_of, slugs_in, text_of

pytestmark = pytest.mark.django_db
PEOPLE = "/mitwirkende/"


def people(client, query=""):
    return slugs_in(client, PEOPLE + query, PEOPLE)


@pytest.fixture
def autumn():
    """Two people at the opening, one at an event with a theme, one who only took part in a project."""
    conference = make.conference("Herbst-Konferenz 2020")
    theme = make.theme("Innen entwickeln", conference=conference, palette="red", motif="ortskern")
    opening = make.event("Auftakt", conference=conference)
    themed = make.event("Innen", conference=conference, theme=theme, date=datetime.date(2020, 11, 17))
    institute = make.organisation("Wuppertal Institut", kind="research")
    town = make.organisation("Stadt Eschwege", kind="municipality")
    welzer = make.speaker("Welzer", given_name="Harald", academic_title="Prof. Dr.")
    schneidewind = make.speaker("Schneidewind", given_name="Uwe")
    oezdemir = make.speaker("Özdemir", given_name="Ayşe", organisations=[town])
    make.speaker("Stille", given_name="Eva")
    keynote = make.contribution("Eröffnung", event=opening, kind="keynote")
    make.appearance(contribution=keynote, speaker=welzer)
    talk = make.contribution("Rückblick", event=opening, kind="reflection")
    make.appearance(contribution=talk, speaker=schneidewind, organisations=[institute], is_former=True)
    make.appearance(contribution=make.contribution(event=themed, kind="talk"), speaker=oezdemir)
    return conference


def test_speaker_list_shows_everybody_from_a_to_z(client, autumn):
    html = html_of(client, PEOPLE)
    names = ["Özdemir", "Schneidewind", "Stille", "Welzer"]
    assert sorted(names, key=html.index) == names
    assert people(client) == {"ayse-oezdemir", "uwe-schneidewind", "eva-stille", "harald-welzer"}
    assert 'id="O"' in html and 'href="#O"' in html, "Ö stands under O"
    assert 'href="#A"' not in html
    assert "4 Personen" in html


def test_speaker_list_tells_affiliation_kind_and_day(client, autumn):
    text = text_of(client, PEOPLE)
    assert "ehemals Wuppertal Institut" in text
    assert "Keynote 28.10. Auftakt" in text
    assert "Stadt Eschwege" in text, "who said nothing of that day is shown where they are known to work"


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("?rolle=keynote", {"harald-welzer"}),
        ("?rolle=keynote&rolle=reflection", {"harald-welzer", "uwe-schneidewind"}),
        ("?thema=innen-entwickeln", {"ayse-oezdemir"}),
        ("?konferenz=herbst-konferenz-2020", {"ayse-oezdemir", "harald-welzer", "uwe-schneidewind"}),
        ("?einrichtung=research", {"uwe-schneidewind"}),
        ("?einrichtung=municipality", {"ayse-oezdemir"}),
        ("?buchstabe=s", {"uwe-schneidewind", "eva-stille"}),
        ("?rolle=reflection&buchstabe=S", {"uwe-schneidewind"}),
        ("?rolle=jonglage&buchstabe=Q&konferenz=gibt-es-nicht", None),
    ],
)
def test_speaker_list_filters(client, autumn, query, slugs):
    assert people(client, query) == (people(client) if slugs is None else slugs)


def test_speaker_list_shows_active_filters_that_remove_themselves(client, autumn):
    html = html_of(client, f"{PEOPLE}?rolle=keynote&buchstabe=W")
    assert 'href="?buchstabe=W"' in html
    assert 'href="?rolle=keynote"' in html
    assert "Buchstabe W" in html
    html = html_of(client, f"{PEOPLE}?rolle=keynote&einrichtung=company")
    assert "Keine Treffer" in html
    assert 'href="?rolle=keynote"' in html, "the way back"


def test_speaker_list_is_paged(client):
    for number in range(65):
        make.speaker(f"{'B' if number > 60 else 'A'} {number:02}")
    assert len(people(client)) == 60
    html = html_of(client, PEOPLE)
    assert 'href="?buchstabe=B"' in html, "more than a page: each letter has its own list"
    assert "65 Personen" in html
    assert len(people(client, "?seite=2")) == 5
    assert len(people(client, "?buchstabe=B")) == 4
    for page in ("0", "3", "x", "99999999999999999999"):
        assert client.get(f"{PEOPLE}?seite={page}").status_code == 404


def test_speaker_list_without_people(client):
    assert "Noch sind keine Mitwirkenden veröffentlicht." in text_of(client, PEOPLE)


def test_speaker_list_shows_no_draft_in_rows_words_or_counts(client, autumn):
    seen = people(client)
    text = text_of(client, PEOPLE)
    hidden_event = make.event("Geheimer Termin", conference=autumn, status="draft")
    hidden_theme = make.theme("Geheimes Thema", conference=autumn, status="draft")
    hidden_town = make.organisation("Geheime Stadt", kind="company", status="draft")
    make.speaker("Geheim", status="draft")
    make.speaker("Geplant", published_at=make.soon())
    known = make.speaker("Bekannt")
    make.appearance(contribution=make.contribution(event=hidden_event, kind="panel"), speaker=known)
    open_event = make.event("Offen", conference=autumn, theme=hidden_theme)
    part = make.contribution(event=open_event, kind="keynote")
    make.appearance(contribution=part, speaker=known, organisations=[hidden_town])
    make.appearance(contribution=part, speaker=make.speaker("Unfertig", status="in_review"), position=1)

    assert people(client) == seen | {"bekannt"}
    assert text_of(client, PEOPLE).count("Geheim") == 0
    html = html_of(client, PEOPLE)
    assert "Podium" not in html
    assert "Keynote (2)" in html and "Keynote (1)" in text
    assert people(client, "?einrichtung=company") == set()


def test_speaker_list_costs_the_same_with_one_and_thirty(client):
    def add(number):
        event = make.event(theme=make.theme())
        part = make.contribution(event=event)
        for _each in range(number):
            person = make.speaker(organisations=[make.organisation()])
            make.appearance(contribution=part, speaker=person, organisations=[make.organisation()])

    add(1)
    one = queries_of(client, PEOPLE)
    add(29)
    assert queries_of(client, PEOPLE) == one <= 8
    assert queries_of(client, f"{PEOPLE}?rolle=talk&einrichtung=research&buchstabe=P") <= 8


def test_speaker_detail_shows_the_affiliation_of_each_day(client):
    conference = make.conference("Herbst-Konferenz 2020")
    event = make.event("Auftakt", conference=conference)
    later = make.event("Innen", conference=conference, date=datetime.date(2020, 11, 17))
    person = make.speaker(
        "Renn",
        given_name="Ortwin",
        academic_title="Prof. Dr.",
        biography="<p>Forscht zu Risiken.</p>",
        orcid="0000-0002-1825-0097",
        website="https://www.example.org/renn",
        organisations=[make.organisation("IASS Potsdam")],
        remark="Zwei Quellen nennen verschiedene Titel.",
    )
    former, town = make.organisation("Altes Institut"), make.organisation("Stadt X")
    make.appearance(
        contribution=make.contribution("Reflexionen", event=event, kind="reflection"),
        speaker=person,
        organisations=[former],
        is_former=True,
    )
    for title in ("Vortrag zum Ort", "Runde"):
        part = make.contribution(title, event=later, kind="panel")
        make.appearance(contribution=part, speaker=person, role="Externer Blick", organisations=[town])
    project = make.project("KIF", headline="Ein Fonds", federal_states=["DE-NI"])
    make.involvement(speaker=person, project=project, role="Verbundkoordination")

    text = text_of(client, person.get_absolute_url())
    assert "Prof. Dr. Ortwin Renn" in text
    assert "IASS Potsdam" in text
    assert "28. Oktober 2020 Auftakt Herbst-Konferenz 2020 Reflexionen" in text
    assert "An diesem Tag: ehemals Altes Institut" in text
    assert text.count("An diesem Tag: Stadt X") == 1, "said once for both parts of that day"
    assert text.index("28. Oktober") < text.index("17. November")
    assert "Externer Blick" in text
    assert "KIF Ein Fonds Verbundkoordination" in text and "Niedersachsen" in text
    assert "Forscht zu Risiken." in text
    assert "Zwei Quellen nennen verschiedene Titel." in text
    html = html_of(client, person.get_absolute_url())
    assert 'href="https://orcid.org/0000-0002-1825-0097"' in html
    assert 'href="https://www.example.org/renn">example.org<' in html


def test_speaker_detail_shows_a_portrait_with_its_credit(client):
    portrait = make.image(alt_text="Porträt am Fenster", credit="Foto Muster", license="CC-BY-4.0")
    person = make.speaker("Muster", portrait=portrait)
    html = html_of(client, person.get_absolute_url())
    assert 'alt="Porträt am Fenster"' in html
    assert "Bild: <span>Foto Muster</span>, CC BY 4.0" in html
    assert "mono--xl motif" not in html
    assert client.get(PEOPLE).status_code == 200


def test_speaker_detail_names_both_affiliations_of_one_day(client):
    event = make.event()
    person = make.speaker()
    for name in ("Institut A", "Institut B"):
        part = make.contribution(event=event)
        make.appearance(contribution=part, speaker=person, organisations=[make.organisation(name)])
    text = text_of(client, person.get_absolute_url())
    assert "Institut A" in text and "Institut B" in text
    assert "An diesem Tag:" not in text


def test_speaker_detail_says_nothing_where_nothing_is_known(client):
    text = text_of(client, make.speaker("Stille").get_absolute_url())
    assert "Ein Auftritt bei einer Veranstaltung ist nicht verzeichnet." in text
    for heading in ("Zur Person", "Beteiligt an", "ORCID", "Website", "Anmerkung", "Zuletzt bekannte"):
        assert heading not in text


def test_speaker_detail_shows_no_draft_neighbour(client):
    person = make.speaker("Offen", organisations=[make.organisation("Geheim GmbH", status="draft")])
    hidden = make.event("Geheimer Termin", status="draft")
    make.appearance(contribution=make.contribution("Geheimer Beitrag", event=hidden), speaker=person)
    roof = make.conference("Geheime Konferenz", status="draft")
    make.appearance(contribution=make.contribution(event=make.event("Geheim", conference=roof)), speaker=person)
    make.involvement(speaker=person, project=make.project("GEHEIM", status="draft"))
    event = make.event("Zu sehen", theme=make.theme("Geheimes Thema", palette="red", status="withdrawn"))
    town = make.organisation("Geheime Stadt", status="in_review")
    make.appearance(contribution=make.contribution(event=event), speaker=person, organisations=[town])
    html = html_of(client, person.get_absolute_url())
    assert "geheim" not in html.lower()
    assert "c-red" not in html
    assert slugs_in(client, person.get_absolute_url(), f"/konferenzen/{event.conference.slug}/") == {event.slug}


def test_speaker_detail_of_a_draft(client, editor_client):
    person = make.speaker("Neu", status="draft")
    assert "nur für die Redaktion zu sehen" in text_of(editor_client, person.get_absolute_url())
    editor_client.logout()
    hidden = editor_client.get(person.get_absolute_url())
    missing = editor_client.get(f"{PEOPLE}gibt-es-nicht/")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def test_speaker_detail_costs_the_same_with_one_and_many(client):
    person = make.speaker()

    def add():
        event = make.event(theme=make.theme())
        make.appearance(
            contribution=make.contribution(event=event), speaker=person, organisations=[make.organisation()]
        )
        make.involvement(speaker=person)
        person.organisations.add(make.organisation())

    add()
    one = queries_of(client, person.get_absolute_url())
    for _each in range(5):
        add()
    assert queries_of(client, person.get_absolute_url()) == one <= 12


def test_speaker_pages_in_english(client, autumn):
    assert 'lang="de"' in html_of(client, "/en/speakers/")
    assert "Harald" in text_of(client, "/en/speakers/harald-welzer/")
