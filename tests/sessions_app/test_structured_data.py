"""The programme as machines read it."""

import datetime
import json

import pytest
from django.conf import settings

from conference.models import Conference
from conference.structured_data import conference_node, script, theme_reference
from sessions_app.landing import Landing
from sessions_app.models import Appearance, Event, Speaker, Video
from sessions_app.structured_data import event_node, event_reference, speaker_node, video_node
from tests import make
from tests.machine_reading import node_of, read, whole_programme

pytestmark = pytest.mark.django_db


@pytest.fixture(name="programme")
def _programme():
    return whole_programme()


def test_event_tells_roles_and_affiliations_of_that_day(client, programme):
    node = node_of(read(client, programme["event"].get_absolute_url()), "Event")
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
    node = node_of(read(client, event.get_absolute_url()), "Event")
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
    node = node_of(read(client, event.get_absolute_url()), "Event")
    assert (node["startDate"], node.get("endDate")) == ("2020-11-18", None)
    assert node["eventStatus"] == "https://schema.org/EventCancelled"


def test_event_prints_the_words_given_for_an_affiliation(client):
    appearance = make.appearance(
        affiliation_text="Ministerium a. D.", organisations=[make.organisation("Anders")], is_former=True
    )
    node = node_of(read(client, appearance.contribution.event.get_absolute_url()), "Event")
    (affiliation,) = node["performer"][0]["performer"]["affiliation"]
    assert affiliation == {
        "@type": "OrganizationRole",
        "affiliation": {"@type": "Organization", "name": "Ministerium a. D."},
    }


def test_texts_of_editors_cannot_leave_the_script(client):
    event = make.event("</script><b>Auftakt & mehr", questions=["<!-- warum? -->"])
    node = node_of(read(client, event.get_absolute_url()), "Event")
    assert node["name"] == "</script><b>Auftakt & mehr"
    assert node["about"][0]["text"] == "<!-- warum? -->"


def test_theme_is_the_subject_of_its_events_and_videos(client, programme):
    node = node_of(read(client, programme["theme"].get_absolute_url()), "CreativeWork")
    assert node["alternativeHeadline"] == "Mut zur Lücke"
    assert [(each["@type"], each["name"]) for each in node["subjectOf"]] == [
        ("Event", "Auftakt"),
        ("VideoObject", "Mitschnitt"),
    ]


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


def _video_node(made) -> dict:
    video = Video.objects.published().with_relations().with_recording().get(pk=made.pk)
    return json.loads(script(video_node(video)))["@graph"][0]


def test_video_elsewhere_tells_what_is_known_and_invents_nothing():
    made = make.video("Mitschnitt", recorded_on=datetime.date(2020, 10, 28), license="CC-BY-4.0", rights_holder="Difu")
    node = _video_node(made)
    assert set(node) == {
        "@type", "@id", "name", "url", "identifier", "dateCreated", "inLanguage", "recordedAt", "license", "creditText",
        "copyrightNotice", "copyrightHolder", "sameAs", "thumbnailUrl", "uploadDate", "isPartOf", "publisher",
        "isAccessibleForFree",
    }  # fmt: skip
    assert node["license"].startswith("https://creativecommons.org/licenses/by/4.0/")
    assert node["uploadDate"] == "2021-01-01T13:00:00+01:00"
    assert node["thumbnailUrl"] == [f"{settings.SITE_URL}/static/img/teilen.png"]


def _complete_video():
    made = make.video(
        "Mitschnitt",
        summary="Ein Anfang.",
        duration=datetime.timedelta(minutes=12, seconds=34),
        poster=make.image(file=make.picture_file(size=(1280, 720))),
        license="CC0-1.0",
        rights_holder="Filmstudio",
    )
    make.media_file(video=made, width=960, height=540, size=4_000_000)
    for role in ("sign_language", "audio_description"):
        make.media_file(video=made, role=role, url=f"https://videos.example.org/{role}.mp4")
    return made


def test_video_has_every_required_field():
    video = _complete_video()
    german = make.text_track(["Guten Tag."], video=video)
    english = make.text_track(["Hello."], video=video, kind="subtitles", language="en")
    for start_ms, title in ((0, "Begrüßung"), (61_500, "Vortrag"), (9_000_000, "Nach dem Ende")):
        make.chapter(title, video=video, start_ms=start_ms)
    node, page = _video_node(video), f"{settings.SITE_URL}/videos/mitschnitt/"
    tracks = f"{settings.SITE_URL}/medien/spuren"
    assert [address.rsplit("-", 1)[1] for address in node["thumbnailUrl"]] == [
        *("320.webp", "640.webp", "960.webp", "1280.webp")
    ]
    expected = {
        "name": "Mitschnitt",
        "description": "Ein Anfang.",
        "uploadDate": "2021-01-01T13:00:00+01:00",
        "duration": "PT12M34S",
        "contentUrl": "https://videos.example.org/datei.mp4",
        "embedUrl": f"{page}einbetten/",
        "encodingFormat": "video/mp4",
        "contentSize": "4000000 B",
        "width": 960,
        "height": 540,
        "inLanguage": "de",
        "transcript": f"{tracks}/{german.uuid}.txt",
        "creditText": "Filmstudio",
        "copyrightHolder": {"@type": "Organization", "name": "Filmstudio"},
        "accessMode": ["auditory", "visual"],
        "accessibilityFeature": ["captions", "transcript", "audioDescription", "signLanguage", "tableOfContents"],
        "isAccessibleForFree": True,
    }
    assert {name: node[name] for name in expected} == expected
    assert node["license"].startswith("https://creativecommons.org/publicdomain/zero/1.0/")
    assert [(each["contentUrl"], each["inLanguage"], each["encodingFormat"]) for each in node["caption"]] == [
        (f"{tracks}/{track.uuid}.vtt", track.language, "text/vtt") for track in (german, english)
    ]
    assert (node["recordedAt"]["name"], node["isPartOf"]["name"]) == (video.event.title, video.event.conference.title)
    assert node["hasPart"] == [
        {"@type": "Clip", "name": "Begrüßung", "startOffset": 0, "endOffset": 62, "url": f"{page}?t=0"},
        {"@type": "Clip", "name": "Vortrag", "startOffset": 61, "endOffset": 754, "url": f"{page}?t=61"},
    ]
    assert "potentialAction" not in node


def test_video_without_chapters_can_be_searched_by_the_second():
    node = _video_node(_complete_video())
    assert "hasPart" not in node
    assert node["potentialAction"] == {
        "@type": "SeekToAction",
        "target": f"{settings.SITE_URL}/videos/mitschnitt/?t={{seek_to_second_number}}",
        "startOffset-input": "required name=seek_to_second_number",
    }


def test_a_trailer_is_about_its_event_and_was_not_recorded_there(client):
    made = make.video("Trailer", kind="trailer")
    node = _video_node(made)
    assert (node["about"]["name"], node.get("recordedAt")) == (made.event.title, None)
    event = node_of(read(client, made.event.get_absolute_url()), "Event")
    assert [video["name"] for video in event["subjectOf"]] == ["Trailer"]
    assert "recordedIn" not in event


def test_sound_alone_is_heard_and_not_seen():
    made = make.video()
    make.media_file(video=made, media_type="audio/mpeg")
    assert _video_node(made)["accessMode"] == ["auditory"]


@pytest.mark.parametrize("number", [1, 30])
def test_video_is_described_without_a_query(number, django_assert_num_queries):
    video = _complete_video()
    for position in range(number):
        make.chapter(video=video, start_ms=position * 1000)
        make.media_file(video=video, position=position)
    make.text_track(["Guten Tag."] * number, video=video)
    video = Video.objects.published().with_relations().with_recording().get()
    with django_assert_num_queries(0):
        node = video_node(video)
    assert len(node["hasPart"]) == number


def test_video_that_is_no_recording_is_a_page_about_its_event(client):
    video = make.video("Folgt", availability="planned")
    node = node_of(read(client, video.get_absolute_url()), "WebPage")
    assert node["about"]["name"] == video.event.title
    assert "recordedIn" not in node_of(read(client, video.event.get_absolute_url()), "Event")


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
