"""What is new around one thing, and its dates as a calendar."""

import datetime
from xml.etree import ElementTree

import icalendar
import pytest
import vobject

from tests import make

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
BERLIN = datetime.timedelta(hours=2), datetime.timedelta(hours=1)


@pytest.fixture
def world():
    """Two conferences; of the first an event with its theme, a speaker, a project, a film, a paper."""
    here, there = make.conference("Hier", slug="hier"), make.conference("Dort", slug="dort")
    theme = make.theme("Wagen", slug="wagen", conference=here)
    event = make.event("Abend", conference=here, theme=theme)
    part = make.contribution("Vortrag", event=event)
    speaker = make.speaker(slug="anna")
    make.appearance(contribution=part, speaker=speaker)
    project = make.project("KoDa", slug="koda")
    event.materials.add(make.material("Abendpapier"))
    part.projects.add(project)
    make.video("Film", contribution=part)
    make.video("Geheimfilm", contribution=part, status="draft")
    make.video("Mitschnitt", event=event)
    make.video("Vorschau", event=event, kind="trailer")
    theme.materials.add(make.material("Papier"), make.material("Geheimpapier", status="draft"))
    other = make.event("Anderer Abend", conference=there, theme=make.theme("Lassen", conference=there))
    make.appearance(contribution=make.contribution("Rede", event=other), speaker=make.speaker())
    return event


FEEDS = {
    "konferenzen/hier": {"Abend", "Film", "Mitschnitt", "Vorschau", "Wagen", "KoDa", "Papier", "Abendpapier"},
    "themen/wagen": {"Abend", "Film", "Mitschnitt", "Vorschau", "Papier", "Abendpapier"},
    "mitwirkende/anna": {"Abend", "Film", "Mitschnitt"},
    "vorhaben/koda": {"Abend", "Film", "Mitschnitt"},
}


@pytest.mark.parametrize(("address", "expected"), FEEDS.items())
def test_a_feed_holds_what_belongs_to_its_thing(client, world, address, expected):
    response = client.get(f"/feeds/{address}.atom")
    feed = ElementTree.fromstring(response.content)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
    assert {title.partition(": ")[2] for title in titles} == expected
    assert len(titles) == len(expected)
    assert response["Access-Control-Allow-Origin"] == "*"
    again = client.get(f"/feeds/{address}.atom", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("question", ["speaker=anna", "project=koda"])
def test_the_api_knows_the_same_films(client, world, question):
    items = client.get(f"/api/videos?{question}").json()["items"]
    assert {item["title"] for item in items} == {"Film", "Mitschnitt"}


@pytest.mark.parametrize("address", FEEDS)
def test_feeds_have_identities_of_their_own_and_survive_emptiness(client, world, address):
    ids = set()
    for path in (f"/feeds/{address}.atom", "/feeds/neu.atom"):
        feed = ElementTree.fromstring(client.get(path).content)
        ids.add(feed.findtext(f"{ATOM}id"))
    assert len(ids) == 2
    kind = address.partition("/")[0]
    assert client.get(f"/feeds/{kind}/nie.atom").status_code == 404


def test_calendars_of_theme_and_speaker_read_alike_by_two_parsers_around_the_clock_change(client):
    conference = make.conference("Hier", starts_on="2020-10-20", ends_on="2020-10-31")
    theme, speaker = make.theme("Wagen", slug="wagen", conference=conference), make.speaker(slug="anna")
    for day, title in ((24, "Sommerzeit; mit Komma, und Äöü – „Zeichen“"), (26, "Winterzeit")):
        hours = {"start_time": datetime.time(10), "end_time": datetime.time(11, 30)}
        event = make.event(title, conference=conference, theme=theme, date=datetime.date(2020, 10, day), **hours)
        make.appearance(contribution=make.contribution("Teil", event=event), speaker=speaker)
    make.event("Anderes", conference=conference, date=datetime.date(2020, 10, 25))
    for address in ("/themen/wagen/kalender.ics", "/mitwirkende/anna/kalender.ics"):
        content = client.get(address).content
        one = [
            (str(entry["summary"]), entry.decoded("dtstart"), entry.decoded("dtend"))
            for entry in icalendar.Calendar.from_ical(content).walk("vevent")
        ]
        other = [
            (entry.summary.value, entry.dtstart.value, entry.dtend.value)
            for entry in vobject.readOne(content.decode()).vevent_list
        ]
        assert one == other
        zones = [start.astimezone(conference.zone) for _title, start, _end in one]
        assert [(start.hour, start.utcoffset()) for start in zones] == [(10, BERLIN[0]), (10, BERLIN[1])]


def test_calendars_tell_nothing_hidden(client):
    speaker = make.speaker(slug="anna", status="draft")
    make.appearance(contribution=make.contribution("Teil"), speaker=speaker)
    make.theme("Geheim", slug="geheim", status="draft")
    assert client.get("/mitwirkende/anna/kalender.ics").status_code == 404
    assert client.get("/themen/geheim/kalender.ics").status_code == 404
    assert client.get("/feeds/mitwirkende/anna.atom").status_code == 404
