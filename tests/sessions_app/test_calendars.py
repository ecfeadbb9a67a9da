"""Events as iCalendar, read back by the library that reads calendars."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.urls import reverse
from icalendar import Calendar

from tests import make

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")


def _address(event) -> str:
    return reverse("event_calendar", args=[event.conference.slug, event.slug])


def _entries(client, address) -> list:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).walk("VEVENT")


def _entry(client, event):
    (entry,) = _entries(client, _address(event))
    return entry


def _year(year: int, **fields):
    day = {"starts_on": datetime.date(year, 1, 1), "ends_on": datetime.date(year, 12, 31)}
    return make.conference(**day, **fields)


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        ((2020, 10, 24), 8),  # the clock goes back during the next night
        ((2020, 10, 25), 9),
        ((2021, 3, 27), 9),  # and forward here
        ((2021, 3, 28), 8),
    ],
)
def test_event_calendar_ten_in_berlin_stays_ten_in_berlin(client, day, utc):
    event = make.event(
        conference=_year(day[0]), date=datetime.date(*day), start_time=datetime.time(10), end_time=datetime.time(12, 30)
    )
    entry = _entry(client, event)
    start, end = entry["dtstart"].dt, entry["dtend"].dt
    assert (start.hour, start.utcoffset()) == (utc, datetime.timedelta(0))
    assert start.astimezone(BERLIN).replace(tzinfo=None) == datetime.datetime(*day, 10)
    assert end.astimezone(BERLIN).replace(tzinfo=None) == datetime.datetime(*day, 12, 30)


def test_event_calendar_asks_the_conference_for_its_time_zone(client):
    event = make.event(conference=make.conference(time_zone="Europe/Lisbon"), start_time=datetime.time(10))
    entry = _entry(client, event)
    assert entry["dtstart"].dt == datetime.datetime(2020, 10, 28, 10, tzinfo=datetime.UTC)
    assert "dtend" not in entry
    assert b"X-WR-TIMEZONE:Europe/Lisbon\r\n" in client.get(_address(event)).content


def test_event_calendar_with_a_date_alone_is_a_day(client):
    event = make.event(date=datetime.date(2020, 11, 18))
    entry = _entry(client, event)
    assert entry["dtstart"].dt == datetime.date(2020, 11, 18)
    assert b"DTSTART;VALUE=DATE:20201118\r\n" in client.get(_address(event)).content


def test_event_calendar_says_who_spoke_about_what(client):
    theme = make.theme("Experimente wagen")
    event = make.event(
        "Auftakt", theme=theme, summary="Ein Anfang.", questions=["Was wagen?", "Mit wem?"], place="Köln"
    )
    speaker = make.speaker("Schneidewind", given_name="Uwe", academic_title="Prof. Dr.")
    institute = make.organisation("Wuppertal Institut")
    first = make.contribution(event=event)
    make.appearance(contribution=first, speaker=speaker, organisations=[institute], is_former=True, role="Keynote")
    make.appearance(contribution=make.contribution(event=event, position=1), speaker=speaker, role="Diskussion")
    video = make.video("Mitschnitt", event=event)
    make.video("Folgt", event=event, availability="planned")
    entry = _entry(client, event)
    address = settings.SITE_URL + event.get_absolute_url()
    assert str(entry["summary"]) == "Experimente wagen – Auftakt"
    assert str(entry["location"]) == "Köln"
    assert str(entry["url"]) == address
    assert [str(category) for category in entry["categories"].cats] == ["Experimente wagen"]
    assert str(entry["status"]) == "CONFIRMED"
    assert str(entry["uid"]) == f"{event.uuid}@127.0.0.1"
    assert str(entry["description"]) == (
        "Ein Anfang.\n\n"
        "Leitfragen:\n• Was wagen?\n• Mit wem?\n\n"
        "Mitwirkende:\n• Prof. Dr. Uwe Schneidewind, ehemals Wuppertal Institut (Keynote, Diskussion)\n\n"
        f"Videos:\nMitschnitt: {settings.SITE_URL}{video.get_absolute_url()}\n\n"
        f"{address}"
    )


def test_event_calendar_leads_to_picture_recording_and_slides(client):
    event = make.event(image=make.image(), materials=[make.material("Folien", url="https://example.org/folien.pdf")])
    make.contribution(event=event, materials=[make.material("Bericht", url="https://example.org/bericht")])
    make.contribution(
        event=event, position=1, materials=[make.material("Geheim", status="draft", url="https://x.de/y")]
    )
    video = make.video("Mitschnitt „A“", event=event)
    make.video("Folgt", event=event, availability="planned")
    entry = _entry(client, event)
    picture = entry["image"]
    assert (picture.params["VALUE"], picture.params["DISPLAY"], picture.params["FMTTYPE"][:6]) == (
        "URI",
        "BADGE",
        "image/",
    )
    assert str(picture).startswith(f"{settings.SITE_URL}/")
    assert str(entry["conference"]) == settings.SITE_URL + video.get_absolute_url()
    assert dict(entry["conference"].params) == {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "Mitschnitt „A“"}
    slides, report = entry["attach"]
    assert (str(slides), slides.params["FMTTYPE"]) == ("https://example.org/folien.pdf", "application/pdf")
    assert (str(report), "FMTTYPE" in report.params) == ("https://example.org/bericht", False)


def test_only_a_single_event_is_published_to_calendars_by_name(client):
    event = make.event()
    many = client.get(reverse("conference_calendar", args=[event.conference.slug])).content
    assert (b"METHOD:PUBLISH" in client.get(_address(event)).content, b"METHOD" in many) == (True, False)


def test_event_calendar_folds_umlauts_without_breaking_them(client):
    text = "Überörtliche Zusammenarbeit; Größe, Maß \\ Ziel – „Öffentlichkeit“ " * 4
    event = make.event("ÄÖÜß" * 40, questions=[text.strip()])
    content = client.get(_address(event)).content
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode("utf-8")
    entry = _entry(client, event)
    assert str(entry["summary"]) == "ÄÖÜß" * 40
    assert text.strip() in str(entry["description"])


def test_event_calendar_says_that_it_was_cancelled(client):
    assert str(_entry(client, make.event(is_cancelled=True))["status"]) == "CANCELLED"


def test_event_calendar_changes_only_when_the_event_does(client, time_machine):
    time_machine.move_to(datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC), tick=False)
    event = make.event()
    time_machine.move_to(datetime.datetime(2026, 3, 1, 13, tzinfo=datetime.UTC), tick=False)
    first = client.get(_address(event))
    headers = {"if-none-match": first.headers["ETag"]}
    assert client.get(_address(event), headers=headers).status_code == 304
    before = _entry(client, event)
    event.title = "Neuer Titel"
    event.save()
    after = _entry(client, event)
    assert before["uid"] == after["uid"]
    assert (int(before["sequence"]), int(after["sequence"])) == (0, 3600)
    assert before["dtstamp"].dt == before["last-modified"].dt == datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
    assert after["dtstamp"].dt == after["last-modified"].dt == datetime.datetime(2026, 3, 1, 13, tzinfo=datetime.UTC)
    assert client.get(_address(event), headers=headers).status_code == 200


def test_conference_calendar_has_exactly_the_public_events_in_order(client):
    conference = make.conference("Herbst")
    second = make.event(conference=conference, date=datetime.date(2020, 11, 4))
    first = make.event(conference=conference, date=datetime.date(2020, 10, 28))
    for status in ("draft", "in_review", "withdrawn"):
        make.event(conference=conference, status=status)
    make.event(conference=conference, published_at=make.soon())
    make.event()
    entries = _entries(client, reverse("conference_calendar", args=[conference.slug]))
    assert [str(entry["uid"]) for entry in entries] == [f"{event.uuid}@127.0.0.1" for event in (first, second)]


def test_calendars_name_no_hidden_neighbour(client):
    event = make.event("Auftakt", theme=make.theme("Geheim", status="draft"))
    shown = make.speaker("Offen")
    contribution = make.contribution(event=event, speakers=[make.speaker("Geheim", status="draft")])
    make.appearance(
        contribution=contribution, speaker=shown, organisations=[make.organisation("Geheim", status="draft")]
    )
    make.video("Geheim", event=event, status="draft")
    for address in (_address(event), reverse("conference_calendar", args=[event.conference.slug])):
        assert "eheim" not in client.get(address).content.decode().replace("\r\n ", "")
        (entry,) = _entries(client, address)
        assert "• Offen (Vortrag)" in str(entry["description"])
        assert str(entry["summary"]) == "Auftakt"


def test_calendars_of_the_hidden_do_not_exist(client):
    conference = make.conference()
    hidden = make.conference(status="draft")
    never = client.get(reverse("event_calendar", args=[conference.slug, "nie-gewesen"]))
    addresses = [
        _address(make.event(conference=conference, status="draft")),
        _address(make.event(conference=hidden)),
        reverse("conference_calendar", args=[hidden.slug]),
    ]
    for address in addresses:
        response = client.get(address)
        assert (response.status_code, response.content) == (404, never.content)


def test_event_calendar_of_a_draft_is_for_those_who_may_open_it(editor_client):
    event = make.event(status="draft", theme=make.theme("Geheim", status="draft"))
    entry = _entry(editor_client, event)
    assert str(entry["summary"]) == event.title


@pytest.mark.parametrize("number", [1, 30])
def test_conference_calendar_costs_the_same_for_many(client, number, django_assert_num_queries):
    conference = make.conference()
    theme = make.theme(conference=conference)
    for _each in range(number):
        event = make.event(conference=conference, theme=theme, questions=["Warum?"], materials=[make.material()])
        contribution = make.contribution(event=event, projects=[make.project()], materials=[make.material()])
        make.appearance(contribution=contribution, organisations=[make.organisation()])
        make.video(event=event)
    with django_assert_num_queries(11):
        client.get(reverse("conference_calendar", args=[conference.slug]))


def test_calendars_hold_what_was_pasted_with_signs_no_calendar_knows(client):
    event = make.event("Auf\x0btakt\x7f", questions=["Warum\x0bnicht?"], place="Köln\x1f")
    make.video('Mit\x0bschnitt "A"\x7f', event=event)
    entry = _entry(client, event)
    assert (str(entry["summary"]), str(entry["location"])) == ("Auf takt ", "Köln ")
    assert entry["conference"].params["LABEL"] == 'Mit schnitt "A"'
    assert "• Warum nicht?" in str(entry["description"])
