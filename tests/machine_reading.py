"""A page as machines read it, and a programme with everything a page can tell."""

import datetime
import json

import html5lib

from tests import make

# Words of ours, or facts the page shows in other words: a date, a time, an address, a code.
TECHNICAL = {
    "@context", "@id", "@type", "identifier", "url", "item", "urlTemplate", "query-input", "inLanguage", "startDate",
    "endDate", "eventStatus", "eventAttendanceMode", "duration", "image", "license", "sameAs", "dateCreated",
    "foundingDate", "dissolutionDate", "thumbnailUrl", "uploadDate", "contentUrl", "embedUrl", "encodingFormat",
    "contentSize", "accessMode", "accessibilityFeature", "transcript", "target", "startOffset-input",
    "itemListElement", "datePublished",
}  # fmt: skip


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return html5lib.parse(response.content, namespaceHTMLElements=False)


def graphs(page) -> list[dict]:
    scripts = [element.text for element in page.iter("script") if element.get("type") == "application/ld+json"]
    graphs = [json.loads(text) for text in scripts]
    assert all(graph["@context"] == "https://schema.org" for graph in graphs)
    return [node for graph in graphs for node in graph["@graph"]]


def node_of(page, kind: str) -> dict:
    (node,) = [node for node in graphs(page) if node["@type"] == kind]
    return node


def open_graph(page) -> dict[str, str]:
    metas = [element for element in page.iter("meta") if element.get("property", "").startswith("og:")]
    return {element.get("property"): element.get("content") for element in metas}


def links(page, rel: str) -> dict[str, str]:
    found = [element for element in page.iter("link") if element.get("rel") == rel and "type" not in element.attrib]
    return {element.get("hreflang", ""): element.get("href") for element in found}


def visible_words(page) -> str:
    body = page.find("body")
    for parent in list(body.iter()):
        for child in list(parent):
            if child.tag == "script":
                child.text = ""
    return " ".join("".join(body.itertext()).replace("\u00ad", "").split())


def shown_texts(value, name="") -> list[str]:
    """Every text of a graph that is meant for people."""
    if isinstance(value, dict):
        return [text for key, part in value.items() for text in shown_texts(part, key)]
    if isinstance(value, list):
        return [text for part in value for text in shown_texts(part, name)]
    return [] if name in TECHNICAL or not isinstance(value, str) else [value]


def whole_programme() -> dict:
    """A conference with everything, and a hidden neighbour wherever there can be one."""
    hidden = {"status": "draft"}
    funder = make.organisation("BMBF", kind="ministry")
    district = make.organisation(
        "Landkreis Nienburg",
        short_name="LK Nienburg",
        kind="municipality",
        place="Nienburg",
        federal_state="DE-NI",
        website="https://kreis.example.org",
    )
    conference = make.conference(
        "Herbst-Konferenz",
        key_question="Was macht Kommunen innovativ?",
        summary="Sieben Termine, eine Frage.",
        format="online",
        is_featured=True,
        funder=funder,
        organisers=[make.organisation("Difu"), make.organisation("Geheim", **hidden)],
    )
    theme = make.theme("Experimente wagen", conference=conference, subtitle="Mut zur Lücke")
    make.theme("Geheim", conference=conference, **hidden)
    event = make.event(
        "Auftakt",
        conference=conference,
        theme=theme,
        summary="Ein Anfang.",
        start_time=datetime.time(9, 30),
        end_time=datetime.time(12, 30),
        questions=["Was wagen?", "Mit wem?"],
        materials=[make.material("Leitfaden"), make.material("Geheim", **hidden)],
    )
    make.event("Geheim", conference=conference, **hidden)
    project = make.project(
        "KoDa eG",
        title="Kommunale Daseinsvorsorge",
        title_en="Public services",
        headline="Genossenschaften für das Dorf",
        themes=[theme, make.theme("Geheim", **hidden)],
        start="2017-03",
        end="2020",
        funding_code="033L180",
        federal_states=["DE-NW"],
        places=[("Köln", "50.93000", "6.95000"), "Bonn"],
    )
    make.partnership(project, district, role="lead", funding_code="033L180A")
    make.partnership(project, organisation_text="Ein Verein", position=1)
    make.partnership(project, make.organisation("Geheim", **hidden), position=2)
    contribution = make.contribution(event=event, projects=[project, make.project("Geheim", **hidden)], kind="keynote")
    speaker = make.speaker(
        "Schneidewind",
        given_name="Uwe",
        academic_title="Prof. Dr.",
        biography="<p>Forscht zu Städten.</p>",
        organisations=[make.organisation("Stadt Wuppertal"), make.organisation("Geheim", **hidden)],
    )
    make.contribution(event=make.event("Geheim", conference=conference, **hidden), speakers=[speaker])
    make.appearance(
        contribution=contribution,
        speaker=speaker,
        organisations=[make.organisation("Wuppertal Institut"), make.organisation("Geheim", **hidden)],
        is_former=True,
    )
    mayor = make.speaker("Kohlmeier", given_name="Detlev")
    make.appearance(
        contribution=contribution,
        speaker=mayor,
        organisations=[district],
        office="Landrat",
        role="Grußwort",
        position=1,
    )
    make.appearance(contribution=contribution, speaker=make.speaker("Geheim", **hidden), position=2)
    video = make.video(
        "Mitschnitt",
        event=event,
        duration=datetime.timedelta(hours=1, minutes=28, seconds=40),
        recorded_on=datetime.date(2020, 10, 28),
        license="CC-BY-4.0",
        rights_holder="Filmstudio Muster",
    )
    make.video("Geheim", event=event, **hidden)
    return {
        "conference": conference,
        "event": event,
        "theme": theme,
        "project": project,
        "speaker": speaker,
        "organisation": district,
        "video": video,
    }
