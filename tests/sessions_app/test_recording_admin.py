"""The form of a video: files, text tracks, chapters; and the sentences one by one."""

import datetime
import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from conference.models.search import SearchDocument
from sessions_app.captions import store_track
from sessions_app.models import Chapter, Cue, MediaFile, TextTrack, Video
from tests import make
from tests.desk import posted, step, url, words

pytestmark = pytest.mark.django_db
FIRST, SECOND = "<v Ada Muster>Guten Tag, alle zusammen.", "Danke schön."
VTT = f"WEBVTT\n\n00:01.000 --> 00:03.000\n{FIRST}\n\n00:04.000 --> 00:06.000\n{SECOND}\n"


def upload(text, name="untertitel.vtt"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def added(prefix, **fields):
    """One more row in a form that has none."""
    return {f"{prefix}-TOTAL_FORMS": "1"} | {f"{prefix}-0-{name}": value for name, value in fields.items()}


def track_row(text=VTT, **fields):
    row = {"kind": "captions", "language": "de", "origin": "person", "position": "0", "source": upload(text)}
    return added("tracks", **(row | fields))


def saved(client, video, **fields):
    response = step(client, video, "continue", **fields)
    assert response.status_code == 302, words(response)
    return " ".join(words(client.get(response["Location"])).split())


def refused(client, video, **fields):
    response = step(client, video, "continue", **fields)
    assert response.status_code == 200
    return " ".join(words(response).split())


# ── Files ────────────────────────────────────────────────────────────────────────────────────
def test_a_film_is_uploaded_and_says_the_rest_itself(editor_client):
    video = make.video(status="draft", url="", availability="planned")
    row = added("files", role="main", language="de", position="1", file=make.recording(name="film.bin"))
    saved(editor_client, video, **row)
    made = video.files.get()
    assert (made.media_type, made.width, made.height, made.size) == ("video/mp4", 960, 540, made.file.size)
    assert made.file.name.endswith("film.mp4")
    video.refresh_from_db()
    assert video.duration == made.duration == datetime.timedelta(seconds=69.9)


def test_what_is_no_film_gets_a_sentence_beside_the_field_and_nothing_is_saved(editor_client):
    video = make.video("Alt", status="draft")
    row = added("files", role="main", language="de", position="1", file=upload(b"<script>alert(1)</script>", "a.mp4"))
    text = refused(editor_client, video, title="Neu", **row)
    assert "Das ist keine Video- oder Tondatei." in text
    video.refresh_from_db()
    assert (video.title, MediaFile.objects.exists()) == ("Alt", False)


def test_a_file_elsewhere_is_entered_with_what_is_known_of_it(editor_client):
    video = make.video(status="draft")
    row = {"role": "main", "language": "de", "position": "1", "url": "https://example.org/a.mp4", "size": "1000"}
    saved(editor_client, video, **added("files", **row))
    assert (video.files.get().media_type, video.files.get().size) == ("video/mp4", 1000)


# ── Text tracks ──────────────────────────────────────────────────────────────────────────────
def test_captions_are_uploaded_and_counted(editor_client):
    video = make.video(status="draft")
    text = saved(editor_client, video, **track_row())
    assert "Textstellen von „Untertitel Deutsch“: 2 neu, 0 wiedererkannt, 0 entfallen." in text
    assert "2 Textstellen ansehen" in text
    track = video.tracks.get()
    assert (
        reverse("track_file", args=[track.uuid, "srt"])
        in editor_client.get(url(Video, "change", video.pk)).content.decode()
    )


def test_corrected_captions_keep_their_sentences(editor_client):
    video = make.video(status="draft")
    track = store_track(video, "captions", "de", VTT.encode()).track
    before = [cue.key for cue in track.cues.in_order()]
    later = (
        VTT.replace("00:0", "00:1").replace("schön", "sehr")
        + "\n00:18.000 --> 00:19.000\nUnd noch etwas ganz anderes.\n"
    )
    row = {"tracks-0-source": upload(later), "tracks-0-origin": "machine_checked"}
    text = saved(editor_client, video, **row)
    assert "1 neu, 2 wiedererkannt, 0 entfallen." in text
    assert [cue.key for cue in track.cues.in_order()][:2] == before
    track.refresh_from_db()
    assert (track.checked_by.username, track.checked_on) == ("editor", datetime.date.today())


def test_a_mistake_in_captions_is_named_with_its_line_and_nothing_is_saved(editor_client):
    video = make.video("Alt", status="draft")
    track = store_track(video, "captions", "de", VTT.encode()).track
    before = list(track.cues.values())
    text = refused(
        editor_client, video, title="Neu", **{"tracks-0-source": upload(VTT + "\n00:09.000 --> 00:08.000\nX\n")}
    )
    assert "Zeile 9: Das Ende (00:00:08.000) muss nach dem Beginn (00:00:09.000) liegen." in text
    video.refresh_from_db()
    assert (video.title, list(track.cues.values())) == ("Alt", before)


@pytest.mark.parametrize("source", [b"\xff\xfeW", b"WEBVTT\n\n\0", b"x" * 6_000_000, b"PK\x03\x04"], ids=len)
def test_hostile_captions_leave_no_row(editor_client, source):
    refused(editor_client, make.video(status="draft"), **track_row(source))
    assert not TextTrack.objects.exists()


def test_hints_are_told_once_and_harmless(editor_client):
    video = make.video(status="draft")
    long = f"WEBVTT\n\n00:01.000 --> 00:03.000\n<script>alert(1)</script>{'lang ' * 20}\n"
    response = step(editor_client, video, "continue", **track_row(long))
    page = editor_client.get(response["Location"]).content.decode()
    assert "Übernommen, mit Hinweisen zu „Untertitel Deutsch“:" in html.unescape(page)
    assert "Zeile 4: Die Zeile hat" in page and "<script>alert" not in page


def test_a_new_track_needs_a_file_and_an_empty_row_is_none(editor_client):
    video = make.video(status="draft")
    row = track_row()
    del row["tracks-0-source"]
    saved(editor_client, video, **row)
    assert not video.tracks.exists()
    assert "Bitte wählen Sie eine WebVTT- oder SRT-Datei." in refused(
        editor_client, video, **(row | {"tracks-0-language": "en"})
    )


def test_an_editor_removes_a_track(editor_client):
    video = make.video(status="draft")
    store_track(video, "captions", "de", VTT.encode())
    saved(editor_client, video, **{"tracks-0-DELETE": "on"})
    assert not Cue.objects.exists()


# ── Chapters ─────────────────────────────────────────────────────────────────────────────────
def test_chapters_are_typed_as_lines(editor_client):
    video = make.video(status="draft")
    keynote = make.contribution("Vortrag", event=video.event)
    text = saved(editor_client, video, chapter_lines="00:00 Begrüßung\r\n1:02:03 Vortrag")
    assert "2 Kapitel gesichert." in text
    assert [(each.start_ms, each.contribution) for each in video.chapters.in_order()] == [
        (0, None),
        (3_723_000, keynote),
    ]
    before = list(Chapter.objects.values())
    assert "Kapitel gesichert" not in saved(editor_client, video, title="Anders")
    assert list(Chapter.objects.values()) == before


def test_a_chapter_is_linked_by_hand_and_stays_so(editor_client):
    video = make.video(status="draft")
    keynote, other = make.contribution("Vortrag", event=video.event), make.contribution("Anderswo")
    make.chapter("Anfang", video=video)
    form = editor_client.get(url(Video, "change", video.pk)).context["inline_admin_formsets"][2].formset.forms[0]
    assert other.pk not in {choice.pk for choice in form.fields["contribution"].queryset}
    saved(
        editor_client, video, **{"chapters-0-contribution": keynote.pk, "chapter_lines": "00:00 Beginn\r\n00:30 Ende"}
    )
    assert [each.contribution for each in video.chapters.in_order()] == [keynote, None]


def test_chapters_are_read_from_a_file(editor_client):
    video = make.video(status="draft")
    source = "WEBVTT\n\n00:00.000 --> 00:30.500\nAnfang\n\n00:30.500 --> 01:00.000\nEnde\n"
    saved(editor_client, video, chapter_file=upload(source))
    assert [each.start_ms for each in video.chapters.in_order()] == [0, 30_500]


@pytest.mark.parametrize(
    "field,value,sentence",
    [
        ("chapter_lines", "00:00 A\r\nohne Zeit", "Zeile 2: Hier wird eine Zeit und ein Titel erwartet"),
        ("chapter_lines", "00:10 A\r\n00:05 B", "Zeile 2: Die Kapitel stehen nicht in ihrer Reihenfolge"),
        ("chapter_lines", "00:00 " + "x" * 201, "Zeile 1: Der Titel hat mehr als 200 Zeichen."),
        ("chapter_lines", "2:00:00 A", "erst nach dem Ende des Videos"),
        ("chapter_file", VTT.replace("00:04", "00:02"), "Zeile 6: Die Textstelle beginnt"),
    ],
)
def test_a_mistake_in_chapters_is_named_with_its_line(editor_client, field, value, sentence):
    video = make.video(status="draft", duration=datetime.timedelta(hours=1))
    make.chapter("Alt", video=video)
    text = refused(editor_client, video, **{field: upload(value) if field == "chapter_file" else value})
    assert sentence in text
    assert [each.title for each in video.chapters.all()] == ["Alt"]


def test_a_new_video_comes_with_everything(editor_client):
    event = make.event()
    data = posted(editor_client.get(url(Video, "add")))
    data |= {"title": "Auftakt", "event": event.pk, "chapter_lines": "00:00 Anfang"} | track_row()
    data |= added("files", role="main", language="de", position="1", file=make.recording())
    response = editor_client.post(url(Video, "add"), data | {"_submit": "x"})
    assert response.status_code == 302, words(response)
    video = Video.objects.get()
    assert (video.files.count(), video.tracks.get().cues.count(), video.chapters.count()) == (1, 2, 1)


def test_who_may_only_look_sees_no_fields_to_type_in(client):
    rights = ("video", "mediafile", "texttrack", "chapter")
    client.force_login(make.user(permissions=[f"sessions_app.view_{name}" for name in rights]))
    track = store_track(make.video(status="draft"), "captions", "de", VTT.encode()).track
    page = client.get(url(Video, "change", track.video_id))
    assert page.status_code == 200
    assert "chapter_lines" not in page.content.decode() and "tracks-0-source" not in page.content.decode()


# ── Sentences ────────────────────────────────────────────────────────────────────────────────
def test_a_sentence_is_found_and_corrected(editor_client):
    track = store_track(make.video(status="draft"), "captions", "de", VTT.encode()).track
    page = editor_client.get(url(Cue, "changelist"), {"q": "zusammen"})
    assert "Guten Tag, alle zusammen." in words(page) and "Danke" not in words(page)
    cue, key = track.cues.in_order().first(), track.cues.in_order().first().key
    new = "Guten Abend & <b>willkommen</b>, alle zusammen in diesem schönen Saal."
    response = step(editor_client, cue, "save", text=new, speaker_name="Ada  Beispiel")
    assert response.status_code == 302, words(response)
    cue.refresh_from_db()
    assert (cue.key, cue.text, cue.speaker_name) == (key, new, "Ada Beispiel")
    assert cue.payload.startswith("<v Ada Beispiel>Guten Abend &amp; &lt;b&gt;willkommen&lt;/b&gt;,")
    assert max(map(len, html.unescape(cue.payload.split(">", 1)[1]).split("\n"))) <= 42


def test_a_list_of_sentences_asks_the_same_number_of_questions(editor_client, django_assert_num_queries):
    editor_client.get(url(Cue, "changelist"))
    for _ in range(2):
        make.text_track(["Eins", "Zwei", "Drei"])
        with django_assert_num_queries(7):
            editor_client.get(url(Cue, "changelist"))


def test_the_form_of_a_long_recording_asks_few_questions(editor_client, django_assert_max_num_queries):
    track = store_track(make.video(status="draft"), "captions", "de", VTT.encode()).track
    for number in range(20):
        make.chapter(video=track.video, start_ms=number * 1000)
    make.text_track(["Satz."] * 30, video=track.video, language="en")
    with django_assert_max_num_queries(60):
        editor_client.get(url(Video, "change", track.video_id))


def test_the_index_follows(editor_client):
    video = make.video(status="draft")
    before = SearchDocument.objects.count()
    saved(editor_client, video, title="Umbenannt", **track_row())
    assert SearchDocument.objects.count() > before
