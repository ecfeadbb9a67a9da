"""Programmes as CSV, in shapes that were found in the wild."""

from datetime import timedelta

from sessions_app.interchange.reading import read
from tests.programme_files import sentences


def test_csv_with_semicolons_is_read_through_the_one_door():
    text = "Datum;Uhrzeit;Titel;Referent\r\n12.10.2016;9:00–9:45;'=Wasser;Ada Beispiel, Amt für Wasser\r\n"
    programme = read(text.encode("cp1252"), "plan.csv")
    talk = programme.talks[0]
    assert (programme.file_format, programme.key, talk.title) == ("spreadsheet", "plan", "=Wasser")
    assert (talk.duration, talk.people[0].affiliation) == (timedelta(minutes=45), "Amt für Wasser")


def test_numbers_before_names_and_the_address_of_a_file():
    text = (
        "Room,Date,Day,Start,Duration,Title,ID,Language,Speakers,File URL\n"
        "Aula,2011-06-23,1,19:00,1:30,Wasser,1,de,10:Ada Beispiel|11:bo,https://example.org/wasser.mkv\n"
    )
    talk = read(text.encode(), "plan.csv").talks[0]
    assert (talk.start.isoformat(), talk.duration) == ("2011-06-23T19:00:00+02:00", timedelta(minutes=90))
    assert [(person.number, person.name) for person in talk.people] == [("10", "Ada Beispiel"), ("11", "bo")]
    assert [(recording.url, recording.kind) for recording in talk.recordings] == [
        ("https://example.org/wasser.mkv", "mkv")
    ]


def test_a_weekday_is_no_date_but_is_kept():
    text = 'day,start_hour,persons,room,title\nFreitag,24,"Ada Beispiel, Bo Carlo",WS2,Wasser\n'
    programme = read(text.encode(), "plan.csv")
    talk = programme.talks[0]
    assert (talk.day, talk.start, [person.name for person in talk.people]) == (None, None, ["Ada Beispiel", "Bo Carlo"])
    assert talk.extra == {"columns": {"day": "Freitag", "start_hour": "24"}}
    assert "Zeile 2: Das Datum „Freitag“ ist nicht zu verstehen." in sentences(programme)


def test_english_clocks_and_a_first_column_without_name():
    text = (
        ",Date ,Time Start,Time End,Podcast,Titel,Teilnehmer\n"
        'Samstag,27/12/14,8:00 p.m.,9:30 p.m.,Freak Show,Wege,"Ada Beispiel, Bo von Carlo"\n'
        "Dienstag,30/12/14,0:00 a.m.,2:00 a.m.,NSFW,Nacht,Di\n"
        "Dienstag,30/12/14,3:00 p.m.,tbd,Sendung,,Di\n"
    )
    programme = read(text.encode(), "plan.csv")
    wege, nacht = programme.talks
    assert (wege.start.isoformat(), wege.duration) == ("2014-12-27T20:00:00+01:00", timedelta(minutes=90))
    assert ([person.name for person in wege.people], wege.extra) == (
        ["Ada Beispiel", "Bo von Carlo"],
        {"columns": {"Podcast": "Freak Show"}},
    )
    assert (nacht.start.isoformat(), nacht.duration) == ("2014-12-30T00:00:00+01:00", timedelta(hours=2))
    assert "Zeile 4: Ohne Titel; die Zeile wurde ausgelassen." in sentences(programme)


def test_twenty_four_o_clock_is_the_next_day():
    text = "Datum;Uhrzeit;Titel\n12.10.2016;24 Uhr;Nacht\n12.10.2016;22–24 Uhr;Abend\n"
    night, evening = read(text.encode(), "plan.csv").talks
    assert night.start.isoformat() == "2016-10-13T00:00:00+02:00"
    assert evening.duration == timedelta(hours=2)


def test_moments_of_other_systems_are_read_on_the_clock_of_the_conference():
    text = (
        "ID;Titel;Startzeit;Endzeit\n"
        "A1;Wasser;2024-11-17T14:00:00+01:00;2024-11-17T14:30:00+01:00\n"
        "A2;Wege;2024-06-30T22:30:00Z;2024-06-30T23:00:00Z\nA3;Werke;2024-11-17 16:00;2024-11-17 16:45\n"
    )
    programme = read(text.encode(), "plan.csv")
    assert [(talk.start.isoformat(), talk.duration) for talk in programme.talks] == [
        ("2024-11-17T14:00:00+01:00", timedelta(minutes=30)),
        ("2024-07-01T00:30:00+02:00", timedelta(minutes=30)),
        ("2024-11-17T16:00:00+01:00", timedelta(minutes=45)),
    ]
    assert "nicht zu verstehen" not in sentences(programme)
