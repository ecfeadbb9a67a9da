import dataclasses
import json

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Prefetch

from conference.exports import FORMATS, Extract
from conference.models import Conference, Image
from conference.publishing import PUBLIC
from sessions_app.models import Contribution, Event
from sessions_app.records import LISTINGS, PROGRAMME, contribution_record
from tests import make

pytestmark = pytest.mark.django_db
NAMES = [dataset.name for dataset in LISTINGS]
OPERATOR = User(is_staff=True, is_superuser=True)


def records(dataset, viewer=PUBLIC, conference=None) -> list[dict]:
    extract = Extract(dataset, viewer, conference)
    return list(extract.records(extract.keys()))


def listing(name):
    return next(dataset for dataset in LISTINGS if dataset.name == name)


def picture(mark: str) -> Image:
    """Without a file: nothing here opens it."""
    return Image.objects.create(
        title=f"{mark}-Bild", alt_text=f"{mark}-Text", credit=mark, file=f"bilder/{mark}.png", width=800, height=600
    )


def plant(mark: str, within=None, **hidden) -> dict:
    """One of everything, every word of it with `mark`; `hidden` goes to everything that has a state of its own."""
    conference = within or make.conference(f"{mark}-Konferenz", **hidden)
    theme = make.theme(f"{mark}-Thema", conference=conference, **hidden)
    organisation = make.organisation(f"{mark}-Einrichtung", **hidden)
    speaker = make.speaker(f"{mark}-Person", organisations=[organisation], **hidden)
    material = make.material(f"{mark}-Material", **hidden)
    project = make.project(f"{mark}-Vorhaben", themes=[theme], materials=[material], **hidden)
    shown = {"theme": theme, "materials": [material], "image": picture(mark)}
    event = make.event(f"{mark}-Veranstaltung", conference=conference, **shown, **hidden)
    make.video(f"{mark}-Video", event=event, **hidden)
    return locals()


@pytest.fixture
def planted():
    """Published things, and beside each of them a draft that is joined to it in every way there is."""
    shown = plant("Offen")
    hidden = plant("Geheim", status="draft")
    scheduled = plant("Geplant", within=shown["conference"], published_at=make.soon())
    make.contribution("Geplant-Beitrag", event=scheduled["event"], speakers=[shown["speaker"]])
    project, event = shown["project"], shown["event"]
    project.themes.add(hidden["theme"])
    shown["speaker"].organisations.add(hidden["organisation"])
    shown["conference"].organisers.add(hidden["organisation"])
    shown["theme"].materials.add(hidden["material"])
    event.materials.add(hidden["material"])
    make.partnership(project=project, organisation=shown["organisation"], funding_code="033L001")
    make.partnership(project=project, organisation=hidden["organisation"], funding_code="033L666")
    make.involvement(speaker=shown["speaker"], project=project)
    make.involvement(speaker=shown["speaker"], project=hidden["project"])
    make.video("Geheim-Beitrag", event=event, status="draft", poster=event.image)
    picture("Geheim-Ungenutzt")
    for where, mark in ((event, "Offen"), (hidden["event"], "Geheim")):
        contribution = make.contribution(
            f"{mark}-Beitrag",
            event=where,
            projects=[project, hidden["project"]],
            materials=[shown["material"], hidden["material"]],
        )
        both = [shown["organisation"], hidden["organisation"]]
        make.appearance(contribution=contribution, speaker=shown["speaker"], organisations=both)
        make.appearance(contribution=contribution, speaker=hidden["speaker"], organisations=both)
    return {"shown": shown, "hidden": hidden}


# ── What nobody may see ──────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("dataset", LISTINGS, ids=NAMES)
@pytest.mark.parametrize("file_format", FORMATS)
def test_a_published_listing_holds_no_draft_anywhere(dataset, file_format, planted):
    for viewer in (PUBLIC, make.analyst()):
        found = records(dataset, viewer)
        text = json.dumps(found, default=str, ensure_ascii=False)
        assert len(found) == 1
        assert [word for word in ("Geheim", "geheim", "Geplant", "033L666") if word in text] == []
        assert "Offen" in text
    if file_format in ("csv", "json"):
        assert "eheim" not in b"".join(FORMATS[file_format].write(Extract(dataset), ";")).decode()


@pytest.mark.parametrize("dataset", LISTINGS, ids=NAMES)
def test_all_states_hold_every_draft(dataset, planted):
    text = json.dumps(records(dataset, OPERATOR), default=str, ensure_ascii=False)
    assert all(word in text for word in ("Geheim-", "Geplant-", "Offen-"))


@pytest.mark.parametrize(
    ("kind", "name", "neighbours"),
    [
        (
            "sessions_app.view_event",
            "programm",
            ["Geheim-Konferenz", "Geheim-Person", "Geheim-Vorhaben", "Geheim-Einrichtung"],
        ),
        (
            "sessions_app.view_event",
            "veranstaltungen",
            ["Geheim-Konferenz", "geheim-konferenz", "Geheim-Thema", "Geheim-Material", "Geheim-Person"],
        ),
        ("sessions_app.view_speaker", "mitwirkende", ["Geheim-Veranstaltung", "Geheim-Vorhaben", "Geheim-Einrichtung"]),
        ("sessions_app.view_video", "videos", ["Geheim-Veranstaltung", "Geheim-Konferenz"]),
        ("conference.view_image", "bilder", ["Geheim-Veranstaltung", "Geheim-Beitrag"]),
        ("projects_app.view_project", "vorhaben", ["Geheim-Thema", "Geheim-Einrichtung", "033L666"]),
    ],
)
def test_the_right_to_one_kind_shows_no_drafts_of_another(kind, name, neighbours, planted):
    text = json.dumps(records(listing(name), make.user(permissions=[kind])), default=str, ensure_ascii=False)
    assert "Geheim-" in text
    assert [word for word in neighbours if word in text] == []


@pytest.mark.parametrize("dataset", LISTINGS, ids=NAMES)
def test_narrowing_to_a_conference_follows_no_draft(dataset, planted):
    """What is joined to a conference by drafts alone is none of its rows."""
    other = make.conference("Andere")
    secret = make.event("Geheim-Anderswo", conference=other, status="draft")
    make.contribution(
        event=secret,
        speakers=[planted["shown"]["speaker"]],
        projects=[planted["shown"]["project"]],
        materials=[planted["shown"]["material"]],
    )
    theme = {"materials": [planted["shown"]["material"]], "image": planted["shown"]["event"].image}
    make.theme("Geheim-Thema 2", conference=other, status="draft", **theme)
    assert records(dataset, PUBLIC, other) == []
    assert len(records(dataset, PUBLIC, planted["shown"]["conference"])) == 1


# ── What stands in them ──────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("viewer", [PUBLIC, OPERATOR], ids=["public", "operator"])
def test_a_row_and_a_model_say_the_same(viewer, planted):
    """The programme is read as tuples; what it says is what the models say."""
    appearance = planted["shown"]["event"].contributions.get().appearances.first()
    appearance.is_former, appearance.office, appearance.role = True, "Landrat", "Externer Blick"
    appearance.save()
    events = Event.objects.prefetch_related(
        Prefetch("conference", Conference.objects.visible_to(viewer), to_attr="visible_conference")
    )
    models = Contribution.objects.visible_to(viewer).with_relations(viewer).prefetch_related(Prefetch("event", events))
    assert {each["uuid"]: each for each in records(PROGRAMME, viewer)} == {
        str(each.uuid): contribution_record(each) for each in models
    }


def test_programme_tells_the_affiliation_of_that_day():
    contribution = make.contribution(kind="welcome")
    makers = [
        {"organisations": [make.organisation("Wuppertal Institut")], "is_former": True},
        {"organisations": [make.organisation("Landkreis Nienburg/Weser")], "office": "Landrat"},
        {"affiliation_text": "freie Autorin", "role": "Moderation"},
        {},
    ]
    for position, fields in enumerate(makers):
        speaker = make.speaker(f"Person {position}")
        make.appearance(contribution=contribution, speaker=speaker, position=position, **fields)
    extract = Extract(PROGRAMME)
    (record,) = extract.records(extract.keys())
    cells = {column.key: column.value(record) for column in extract.columns}
    assert cells["speakers"] == (
        "Person 0 (ehemals Wuppertal Institut); Person 1 (Landrat, Landkreis Nienburg/Weser); "
        "Person 2 (freie Autorin); Person 3"
    )
    assert cells["roles"] == "Begrüßung; Begrüßung; Moderation; Begrüßung"


def test_mitwirkende_tell_all_appearances(planted):
    extract = Extract(listing("mitwirkende"))
    (record,) = extract.records(extract.keys())
    cells = {column.key: column.value(record) for column in extract.columns}
    assert cells["appearances"] == "28.10.2020 Offen-Veranstaltung: Vortrag (Offen-Einrichtung)"
    assert (cells["appearance_count"], cells["projects"]) == (1, "Offen-Vorhaben")


def test_a_video_that_is_offline_tells_no_address():
    video = make.video(availability="offline")
    type(video).objects.update(url="https://videos.example.org/weg")
    assert [record["url"] for record in records(listing("videos"))] == [""]


def test_a_video_tells_its_versions_and_tracks():
    video = make.video()
    make.media_file(video=video)
    make.media_file(video=video, role="sign_language", language="de")
    make.text_track(video=video, origin="machine_checked")
    make.text_track(video=video, kind="subtitles", language="en")
    extract = Extract(listing("videos"))
    (record,) = extract.records(extract.keys())
    cells = {column.key: column.value(record) for column in extract.columns}
    assert cells["files"] == "Hauptfassung (MP4-Video, Deutsch); in Gebärdensprache (MP4-Video, Deutsch)"
    assert cells["tracks"] == (
        "Untertitel (Deutsch, automatisch erzeugt und geprüft); Übersetzung (Englisch, von Hand geschrieben)"
    )


def test_pictures_tell_rights_gaps_and_where_they_stand(planted):
    image = planted["shown"]["event"].image
    speaker = planted["shown"]["speaker"]
    type(speaker).objects.update(portrait=image)
    (public,) = records(listing("bilder"))
    assert "title" not in {column.key for column in Extract(listing("bilder")).columns}
    assert (public["credit"], public["missing"]) == ("Offen", ["Lizenz"])
    assert [(each["kind"], each["title"]) for each in public["uses"]] == [
        ("Mitwirkende", "Offen-Person"),
        ("Veranstaltung", "Offen-Veranstaltung"),
    ]
    everything = {each["title"]: each for each in records(listing("bilder"), OPERATOR)}
    assert {title: each["status"] for title, each in everything.items()} == {
        "Offen-Bild": "öffentlich",
        "Geheim-Bild": "nicht öffentlich",
        "Geplant-Bild": "nicht öffentlich",
        "Geheim-Ungenutzt-Bild": "nicht öffentlich",
    }
    assert "Geheim-Beitrag" in [use["title"] for use in everything["Offen-Bild"]["uses"]]


@pytest.mark.parametrize("dataset", LISTINGS, ids=NAMES)
def test_every_row_ends_with_its_mark(dataset, planted):
    keys = [column.key for column in dataset.columns]
    assert keys[-3:] == ["address", "uuid", "status"]
    (record,) = records(dataset)
    assert record["address"].startswith("http://127.0.0.1:8000/")
    assert len(record["uuid"]) == 36


# ── How much ─────────────────────────────────────────────────────────────────────────────────────
def test_rows_with_many_neighbours_are_read_a_few_at_once(monkeypatch):
    for number in range(6):
        make.organisation(f"Einrichtung {number}")
    read, plain = [], listing("einrichtungen")

    def load(rows, viewer, known):
        read.append(len(rows))
        return plain.load(rows, viewer, known)

    monkeypatch.setattr("conference.exports.extract.FIRST_CHUNK", 1)
    assert len(records(dataclasses.replace(plain, load=load, chunk=2))) == 6
    assert read == [1, 2, 2, 1]


# Only SQLite's driver counts what the database does, and only SQLite tried every pair. What the rows say is tried on
# both databases above.
@pytest.mark.skipif(connection.vendor != "sqlite", reason="Nur SQLite zählt seine Schritte.")
@pytest.mark.parametrize("name", ["veranstaltungen", "mitwirkende"])
def test_the_work_grows_with_the_people_and_not_with_their_square(name):
    event, counts = make.event(), []
    for number in (20, 60):
        while Contribution.objects.count() < number:
            make.contribution(event=event, speakers=[make.speaker()])
        counts.append(steps(lambda: records(listing(name))))
    assert counts[1] / counts[0] < 4.5


def steps(read) -> int:
    """What the database does meanwhile, in hundreds of its instructions."""
    done = []
    connection.connection.set_progress_handler(lambda: done.append(1), 100)
    try:
        read()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return len(done)
