"""What machines read in the pages: complete, true, and nothing that people do not see there."""

import datetime
import json
import re

import html5lib
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from conference.models import Conference, Organisation
from conference.structured_data import conference_node, organisation_node, script, summary_of, theme_reference
from projects_app.models import Project
from projects_app.structured_data import project_node
from sessions_app.landing import Landing
from sessions_app.models import Appearance, Event, Speaker, Video
from sessions_app.structured_data import event_node, event_reference, speaker_node, video_node
from tests import make

pytestmark = pytest.mark.django_db

# Words of ours, or facts the page shows in other words: a date, a time, an address, a code.
TECHNICAL = {
    "@context", "@id", "@type", "identifier", "url", "item", "urlTemplate", "query-input", "inLanguage", "startDate",
    "endDate", "eventStatus", "eventAttendanceMode", "duration", "image", "license", "sameAs", "dateCreated",
    "foundingDate", "dissolutionDate",
}  # fmt: skip


def _page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return html5lib.parse(response.content, namespaceHTMLElements=False)


def _graphs(page) -> list[dict]:
    scripts = [element.text for element in page.iter("script") if element.get("type") == "application/ld+json"]
    graphs = [json.loads(text) for text in scripts]
    assert all(graph["@context"] == "https://schema.org" for graph in graphs)
    return [node for graph in graphs for node in graph["@graph"]]


def _node(page, kind: str) -> dict:
    (node,) = [node for node in _graphs(page) if node["@type"] == kind]
    return node


def _properties(page) -> dict[str, str]:
    metas = [element for element in page.iter("meta") if element.get("property", "").startswith("og:")]
    return {element.get("property"): element.get("content") for element in metas}


def _links(page, rel: str) -> dict[str, str]:
    found = [element for element in page.iter("link") if element.get("rel") == rel and "type" not in element.attrib]
    return {element.get("hreflang", ""): element.get("href") for element in found}


def _visible_words(page) -> str:
    body = page.find("body")
    for parent in list(body.iter()):
        for child in list(parent):
            if child.tag == "script":
                child.text = ""
    return " ".join("".join(body.itertext()).replace("\u00ad", "").split())


def _shown(value, name="") -> list[str]:
    """Every text of a graph that is meant for people."""
    if isinstance(value, dict):
        return [text for key, part in value.items() for text in _shown(part, key)]
    if isinstance(value, list):
        return [text for part in value for text in _shown(part, name)]
    return [] if name in TECHNICAL or not isinstance(value, str) else [value]


@pytest.fixture
def programme():
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


def _addresses(programme) -> list[str]:
    """One page of every kind."""
    kinds = ("conference", "event", "theme", "speaker", "project", "organisation", "video", "material")
    things = [*programme.values(), make.page("Impressum", summary="Wer wir sind.")]
    lists = [reverse(name) for name in ("home", "search", *(f"{kind}_list" for kind in kinds))]
    return [*lists, *(thing.get_absolute_url() for thing in things)]


# ── Every page ───────────────────────────────────────────────────────────────────────────────
def test_pages_tell_machines_nothing_that_people_do_not_see(client, programme):
    for address in _addresses(programme):
        page = _page(client, address)
        shown = set(_shown(_graphs(page))) - {settings.SITE_NAME}
        words = _visible_words(page)
        assert {text for text in shown if " ".join(text.split()) not in words} == set(), address


def test_pages_name_no_hidden_neighbour_to_machines(client, programme):
    for address in _addresses(programme):
        page = _page(client, address)
        assert "eheim" not in json.dumps([_graphs(page), _properties(page)]), address


def test_pages_name_their_address_in_both_languages(client, programme):
    for address in _addresses(programme):
        page = _page(client, address)
        alternates = _links(page, "alternate")
        assert set(alternates) == {"de", "en", "x-default"}
        assert _links(page, "canonical") == {"": settings.SITE_URL + address}
        assert alternates["de"] == alternates["x-default"] == settings.SITE_URL + address
        assert alternates["en"].startswith(f"{settings.SITE_URL}/en/")
        english = _page(client, alternates["en"].removeprefix(settings.SITE_URL))
        assert _links(english, "canonical") == {"": alternates["en"]}
        assert _links(english, "alternate") == alternates


def test_pages_can_be_shared(client, programme):
    for address in _addresses(programme):
        properties = _properties(_page(client, address))
        assert properties["og:url"] == settings.SITE_URL + address
        assert properties["og:site_name"] == settings.SITE_NAME
        assert properties["og:title"]
        assert properties["og:type"] in ("website", "article", "profile", "video.other")
        assert (properties["og:locale"], properties["og:locale:alternate"]) == ("de_DE", "en_GB")
        assert properties["og:image"] == f"{settings.SITE_URL}/static/img/teilen.png"


def test_later_page_of_a_list_is_a_page_of_its_own(client):
    page = _page(client, "/veranstaltungen/?seite=1&thema=x")
    assert _links(page, "canonical") == {"": f"{settings.SITE_URL}/veranstaltungen/"}
    conference = make.conference()
    for _each in range(30):
        make.event(conference=conference)
    page = _page(client, "/veranstaltungen/?seite=2&stand=held")
    assert _links(page, "canonical") == {"": f"{settings.SITE_URL}/veranstaltungen/?seite=2"}
    assert _links(page, "alternate")["en"] == f"{settings.SITE_URL}/en/events/?seite=2"


def test_missing_page_says_nothing_to_machines(client):
    text = client.get("/konferenzen/nie-gewesen/").content.decode()
    assert "og:" not in text
    assert "ld+json" not in text
    assert 'rel="canonical"' not in text


def test_picture_of_a_thing_is_shared_in_place_of_ours(client):
    conference = make.conference(image=make.image(alt_text="Ein Rathaus"))
    properties = _properties(_page(client, conference.get_absolute_url()))
    assert properties["og:image"].startswith(f"{settings.SITE_URL}/medien/bilder/")
    assert properties["og:image:alt"] == "Ein Rathaus"


def test_sharing_picture_has_the_size_we_say():
    from PIL import Image

    path = settings.BASE_DIR / "static" / "img" / "teilen.png"
    assert Image.open(path).size == (1200, 630)
    assert path.stat().st_size <= 40_000


# ── Nouns on their pages ─────────────────────────────────────────────────────────────────────
def test_home_introduces_the_site_and_its_conference(client, programme):
    page = _page(client, "/")
    site = _node(page, "WebSite")
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{settings.SITE_URL}/suche/?q={{search_term_string}}"
    conference = _node(page, "Event")
    assert conference["name"] == "Herbst-Konferenz"
    assert (conference["startDate"], conference["endDate"]) == ("2020-10-28", "2020-12-08")
    assert conference["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert [place["@type"] for place in conference["location"]] == ["VirtualLocation"]
    assert [organiser["name"] for organiser in conference["organizer"]] == ["Difu"]
    assert (conference["funder"]["@type"], conference["funder"]["name"]) == ("GovernmentOrganization", "BMBF")
    assert [event["name"] for event in conference["subEvent"]] == ["Auftakt"]
    assert [theme["name"] for theme in conference["about"]] == ["Experimente wagen"]


def test_home_without_a_conference_introduces_the_site(client):
    assert _node(_page(client, "/"), "WebSite")["name"] == settings.SITE_NAME


def test_event_tells_roles_and_affiliations_of_that_day(client, programme):
    node = _node(_page(client, programme["event"].get_absolute_url()), "Event")
    cast = [
        (
            role["roleName"],
            role["performer"]["name"],
            [(each.get("roleName"), each["affiliation"]["name"]) for each in role["performer"]["affiliation"]],
        )
        for role in node["performer"]
    ]
    assert cast == [
        ("Keynote", "Prof. Dr. Uwe Schneidewind", [("ehemals", "Wuppertal Institut")]),
        ("Grußwort", "Detlev Kohlmeier", [("Landrat", "Landkreis Nienburg")]),
    ]


def test_event_tells_when_and_what_about(client, programme):
    event = programme["event"]
    node = _node(_page(client, event.get_absolute_url()), "Event")
    assert (node["startDate"], node["endDate"]) == ("2020-10-28T09:30:00+01:00", "2020-10-28T12:30:00+01:00")
    assert node["eventStatus"] == "https://schema.org/EventScheduled"
    assert node["superEvent"]["name"] == "Herbst-Konferenz"
    assert node["identifier"] == f"urn:uuid:{event.uuid}"
    assert [(about["@type"], about["name"]) for about in node["about"]] == [
        ("CreativeWork", "Experimente wagen"),
        ("Question", "Was wagen?"),
        ("Question", "Mit wem?"),
        ("ResearchProject", "KoDa eG"),
    ]
    assert [video["name"] for video in node["recordedIn"]] == ["Mitschnitt"]
    assert [material["name"] for material in node["workFeatured"]] == ["Leitfaden"]


def test_event_without_a_time_has_a_day_and_may_be_cancelled(client):
    event = make.event(date=datetime.date(2020, 11, 18), is_cancelled=True)
    node = _node(_page(client, event.get_absolute_url()), "Event")
    assert (node["startDate"], node.get("endDate")) == ("2020-11-18", None)
    assert node["eventStatus"] == "https://schema.org/EventCancelled"


def test_event_prints_the_words_given_for_an_affiliation(client):
    appearance = make.appearance(
        affiliation_text="Ministerium a. D.", organisations=[make.organisation("Anders")], is_former=True
    )
    node = _node(_page(client, appearance.contribution.event.get_absolute_url()), "Event")
    (affiliation,) = node["performer"][0]["performer"]["affiliation"]
    assert affiliation == {
        "@type": "OrganizationRole",
        "affiliation": {"@type": "Organization", "name": "Ministerium a. D."},
    }


def test_theme_is_the_subject_of_its_events_and_videos(client, programme):
    node = _node(_page(client, programme["theme"].get_absolute_url()), "CreativeWork")
    assert node["alternativeHeadline"] == "Mut zur Lücke"
    assert [(each["@type"], each["name"]) for each in node["subjectOf"]] == [
        ("Event", "Auftakt"),
        ("VideoObject", "Mitschnitt"),
    ]


def test_breadcrumbs_are_those_on_the_page(client, programme):
    event = programme["event"]
    trail = _node(_page(client, event.get_absolute_url()), "BreadcrumbList")["itemListElement"]
    assert [(step["position"], step["name"], step.get("item")) for step in trail] == [
        (1, "Start", f"{settings.SITE_URL}/"),
        (2, "Herbst-Konferenz", settings.SITE_URL + event.conference.get_absolute_url()),
        (3, "Auftakt", None),
    ]


# ── Nouns by themselves ──────────────────────────────────────────────────────────────────────
def test_project_tells_partners_roles_and_funding(django_assert_num_queries):
    town = make.organisation("Stadt Köln", kind="municipality")
    made = make.project(
        "KoDa eG",
        title="Kommunale Daseinsvorsorge",
        headline="Genossenschaften",
        start="2017-03",
        end="2020",
        funding_code="033L180",
        federal_states=["DE-NW"],
        themes=[make.theme("Wagen"), make.theme("Geheim", status="draft")],
        places=[("Köln", "50.93000", "6.95000"), "Bonn"],
    )
    make.partnership(made, town, role="lead", funding_code="033L180A")
    make.partnership(made, organisation_text="Ein Verein", position=1, funding_code="033L180")
    make.partnership(made, make.organisation("Geheim", status="draft"), position=2)
    project = Project.objects.published().with_relations().get()
    with django_assert_num_queries(0):
        node = json.loads(script(project_node(project)))["@graph"][0]
    assert node["alternateName"] == ["Kommunale Daseinsvorsorge"]
    assert (node["foundingDate"], node["dissolutionDate"]) == ("2017-03", "2020")
    members = [(each["roleName"], each["member"]["@type"], each["member"]["name"]) for each in node["member"]]
    assert members == [
        ("Verbundkoordination", "GovernmentOrganization", "Stadt Köln"),
        ("Partner", "Organization", "Ein Verein"),
    ]
    assert [grant["identifier"] for grant in node["funding"]] == ["033L180", "033L180A"]
    assert [(place["name"], place.get("geo", {}).get("latitude")) for place in node["location"]] == [
        ("Köln", 50.93),
        ("Bonn", None),
    ]
    assert [theme["name"] for theme in node["subjectOf"]] == ["Wagen"]
    assert "eheim" not in json.dumps(node)


def test_speaker_is_known_by_organisations_and_events(django_assert_num_queries):
    institute = make.organisation("IRS")
    speaker = make.speaker(
        "Renn",
        given_name="Ortwin",
        academic_title="Prof. Dr.",
        orcid="0000-0002-1825-0097",
        organisations=[institute, make.organisation("Geheim", status="draft")],
    )
    event = make.event("Auftakt")
    for position in (0, 1):
        make.contribution(event=event, speakers=[speaker], position=position)
    make.contribution(event=make.event("Geheim", status="draft"), speakers=[speaker])
    speaker = Speaker.objects.published().with_relations().get()
    appearances = list(Appearance.objects.filter(speaker=speaker).with_event())
    with django_assert_num_queries(0):
        node = json.loads(script(speaker_node(speaker, appearances)))["@graph"][0]
    assert (node["name"], node["honorificPrefix"]) == ("Prof. Dr. Ortwin Renn", "Prof. Dr.")
    assert [each["name"] for each in node["affiliation"]] == ["IRS"]
    assert [each["name"] for each in node["performerIn"]] == ["Auftakt"]
    assert node["sameAs"] == ["https://orcid.org/0000-0002-1825-0097"]
    assert "eheim" not in json.dumps(node)


def test_organisation_has_its_kind_and_place():
    organisation = make.organisation("Stadt Köln", kind="municipality", place="Köln", federal_state="DE-NW")
    node = json.loads(script(organisation_node(organisation)))["@graph"][0]
    assert node["@type"] == "GovernmentOrganization"
    assert node["address"] == {
        "@type": "PostalAddress",
        "addressLocality": "Köln",
        "addressRegion": "Nordrhein-Westfalen",
    }
    bare = json.loads(script(organisation_node(make.organisation("Difu"))))["@graph"][0]
    assert set(bare) == {"@type", "@id", "name", "url", "identifier"}
    assert Organisation.objects.count() == 2


def test_video_tells_what_is_known_and_invents_no_upload():
    made = make.video("Mitschnitt", recorded_on=datetime.date(2020, 10, 28), license="CC-BY-4.0", rights_holder="Difu")
    video = Video.objects.published().with_relations().get(pk=made.pk)
    node = json.loads(script(video_node(video)))["@graph"][0]
    assert set(node) == {
        "@type", "@id", "name", "url", "identifier", "dateCreated", "inLanguage", "recordedAt", "license", "creditText",
        "copyrightNotice", "sameAs",
    }  # fmt: skip
    assert node["license"].startswith("https://creativecommons.org/licenses/by/4.0/")


def test_video_that_is_no_recording_is_a_page_about_its_event(client):
    video = make.video("Folgt", availability="planned")
    node = _node(_page(client, video.get_absolute_url()), "WebPage")
    assert node["about"]["name"] == video.event.title
    assert "recordedIn" not in _node(_page(client, video.event.get_absolute_url()), "Event")


def test_place_and_network_of_a_hybrid_conference():
    made = make.conference(format="hybrid", place="Berlin")
    node = conference_node(Conference.objects.with_relations().get(pk=made.pk))
    assert node["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in node["location"]] == ["VirtualLocation", "Place"]


@pytest.mark.parametrize("number", [1, 30])
def test_conference_and_event_are_described_without_a_query(number, django_assert_num_queries):
    conference = make.conference()
    theme = make.theme(conference=conference)
    event = make.event(conference=conference, theme=theme, questions=["Warum?"] * number)
    for position in range(number):
        contribution = make.contribution(event=event, projects=[make.project()], position=position)
        make.appearance(contribution=contribution, organisations=[make.organisation()], office="Rat")
        make.video(event=event)
    event = Event.objects.for_cards().get().load_page()
    landing = Landing(Conference.objects.with_relations().get())
    events, themes = landing.events, landing.themes
    with django_assert_num_queries(0):
        node = event_node(event)
        conference_node(landing.conference, map(event_reference, events), map(theme_reference, themes))
    assert len(node["performer"]) == len(node["recordedIn"]) == number


# ── Words ────────────────────────────────────────────────────────────────────────────────────
def test_identity_is_the_same_in_every_language():
    organisation = make.organisation("Difu")
    german = organisation_node(organisation)
    with override("en"):
        english = organisation_node(organisation)
    assert german["@id"] == english["@id"]
    assert german["url"] != english["url"]


def test_script_cannot_be_left():
    text = "</script><script>alert(1)</script>&amp;\u2028\u2029<!--"
    written = script({"@type": "Thing", "name": text, "empty": "", "none": None, "nothing": []})
    assert not re.search("[<>&\u2028\u2029]", written)
    assert json.loads(written)["@graph"] == [{"@type": "Thing", "name": text}]


def test_texts_of_editors_cannot_leave_the_script(client):
    event = make.event("</script><b>Auftakt & mehr", questions=["<!-- warum? -->"])
    node = _node(_page(client, event.get_absolute_url()), "Event")
    assert node["name"] == "</script><b>Auftakt & mehr"
    assert node["about"][0]["text"] == "<!-- warum? -->"


def test_summary_is_plain_and_short():
    page = make.page(body=f"<p>Ein <strong>Anfang</strong> &amp; mehr.</p><p>{'Wort ' * 100}</p>")
    summary = summary_of(page)
    assert summary.startswith("Ein Anfang & mehr. Wort Wort")
    assert len(summary) <= 240
    assert summary.endswith(" …")
    assert summary_of(make.project(headline="Worum es geht", goals="<p>Ziele</p>")) == "Worum es geht"
    assert summary_of(make.page()) == ""
