"""Sentences of recordings: found, named, linked to their second, and hidden with whatever hides them."""

import datetime
import re
from pathlib import Path

import pytest
from django.test import Client

import sessions_app
from conference.search import rebuild_index, update_index
from conference.search.analyser import STOP_WORDS, tokens
from conference.search.passages import Line, passages
from sessions_app.models import Cue, TextTrack
from sessions_app.transcripts import tracks
from tests import make

pytestmark = pytest.mark.django_db

SAMPLE = sorted((Path(sessions_app.__file__).parent / "sample/videos").glob("*.de.vtt"))


def results(text, **parameters):
    response = Client().get("/suche/", {"q": text} | parameters)
    assert response.status_code == 200
    return response.context["results"]


def page(text, **parameters):
    return Client().get("/suche/", {"q": text} | parameters).content.decode()


def spots(text, **parameters):
    return [spot for hit in results(text, **parameters).hits if hit.spoken for spot in hit.spoken.spots]


def sentences(text, **parameters):
    return [re.sub("</?mark>", "", spot.sentence) for spot in spots(text, **parameters)]


def told(*sentences, seconds=5, **fields):
    """A public video in which these sentences are said."""
    track = make.text_track(sentences, seconds=seconds, **fields)
    update_index(track.video)
    return track


def two_words(text):
    """The two longest words that are no stop words."""
    words = {token.text for token in tokens(text) if token.text.casefold() not in STOP_WORDS}
    return sorted(words, key=lambda word: (-len(word), word))[:2]


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.name)
def test_every_sentence_of_the_sample_is_found_by_two_of_its_words(path):
    recording = make.video(path.name)
    track = TextTrack.objects.create(video=recording, language="de")
    records = tracks.read(path.read_bytes()).cues
    for number, record in enumerate(records, start=1):
        make.cue(track=track, number=number, start_ms=record.start_ms, end_ms=record.end_ms, text=record.text)
    update_index(recording)
    assert records
    for cue in Cue.objects.all():
        found = spots(" ".join(two_words(cue.text)))
        mine = [spot for spot in found if spot.url == f"/videos/{recording.slug}/?s={cue.key}"]
        assert mine, cue.text
        assert abs(mine[0].start_ms - cue.start_ms) <= 1_000


def test_a_hit_shows_the_sentence_its_neighbours_and_its_event():
    event = make.event("Innen entwickeln")
    track = told("Davor.", "Ein Leerstand ist eine Geschichte.", "Danach.", video=make.video("Mitschnitt", event=event))
    (hit,) = results("Leerstände").hits
    (spot,) = hit.spoken.spots
    cue = track.cues.get(number=2)
    assert (spot.before, spot.after) == ("Davor.", "Danach.")
    assert spot.sentence == "Ein <mark>Leerstand</mark> ist eine Geschichte."
    assert (spot.url, spot.clock) == (f"/videos/mitschnitt/?s={cue.key}", "00:05")
    assert hit.spoken.event == "Innen entwickeln"
    assert f'href="{spot.url}"' in page("Leerstände")


def test_words_of_one_passage_are_found_together_and_a_phrase_in_its_sentence():
    told("Eine Brücke.", "Ein Garten.")
    assert sentences("Brücke Garten") == ["Eine Brücke.", "Ein Garten."]
    assert sentences('"ein Garten"') == ["Ein Garten."]
    assert results("Brücke -Garten").total == 0
    assert sentences("Gärt") == sentences("Garten") == ["Ein Garten."]


def test_speaker_is_named_with_the_affiliation_of_that_day():
    person = make.speaker("Muster", given_name="Greta", academic_title="Dr.")
    contribution = make.contribution()
    house = make.organisation("Amt Beispiel")
    make.appearance(contribution=contribution, speaker=person, organisations=[house], office="Leiterin")
    other = make.contribution()
    make.appearance(contribution=other, speaker=person, affiliation_text="Heute woanders")
    track = told("Der Leerstand wächst.", video=make.video(event=contribution.event))
    track.cues.update(speaker=person, speaker_name="Greta Muster")
    (spot,) = spots("Leerstand")
    assert (spot.voice.name, spot.voice.affiliation) == ("Dr. Greta Muster", "Leiterin, Amt Beispiel")
    assert "Leiterin, Amt Beispiel" in page("Leerstand")


def test_a_hidden_speaker_is_not_named():
    person = make.speaker("Geheim", status="draft")
    contribution = make.contribution()
    make.appearance(contribution=contribution, speaker=person, office="Geheimrat")
    track = told("Der Leerstand wächst.", video=make.video(event=contribution.event))
    track.cues.update(speaker=person, speaker_name="Greta Geheim")
    (spot,) = spots("Leerstand")
    assert (spot.voice.name, spot.voice.affiliation) == ("", "")
    assert "Geheim" not in page("Leerstand")
    assert "Geheim" not in page("Leerstand", person=person.slug)
    assert results("Leerstand", person=person.slug).total == 1


def test_a_name_in_the_captions_alone_is_shown():
    told(("Erzählstimme", "Der Leerstand wächst."))
    assert [spot.voice.name for spot in spots("Leerstand")] == ["Erzählstimme"]


HIDDEN = [
    lambda: make.video("V", status="draft"),
    lambda: make.video("V", status="withdrawn"),
    lambda: make.video("V", event=make.event(status="draft")),
    lambda: make.video("V", event=make.event(conference=make.conference(status="in_review"))),
    lambda: make.video("V", contribution=make.contribution(event=make.event(status="draft"))),
    lambda: make.video("V", published_at=make.soon()),
]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_nothing_said_in_a_hidden_video_is_found_counted_or_suggested(hidden):
    told("Das Zauberwort fällt.", video=hidden())
    told("Etwas ganz anderes.")
    for text in ("Zauberwort", "Zauber", '"Zauberwort fällt"', "Zauberwrot", "fällt"):
        found = results(text)
        assert (found.total, found.kinds, found.suggestions) == (0, [], [])
        assert "sprache" not in found.filters
    assert page("Zauberwort").replace("Zauberwort", "") == page("Xauberwort").replace("Xauberwort", "")


def test_withdrawing_hides_at_once_and_publishing_shows_at_once():
    track = told("Der Leerstand wächst.")
    assert len(spots("Leerstand")) == 1
    track.video.withdraw()
    assert results("Leerstand").total == 0
    track.video.publish()
    assert len(spots("Leerstand")) == 1


def test_hits_of_one_video_are_grouped_with_the_number_of_more():
    filler = [f"Fülle {number} {'Wort ' * 30}." for number in range(40)]
    for place in (0, 8, 16, 24, 32):
        filler[place] = f"Der Leerstand {place}. {'Wort ' * 30}."
    told(*filler, seconds=20, video=make.video(duration=datetime.timedelta(seconds=800)))
    found = results("Leerstand")
    (hit,) = found.hits
    assert found.total == 1
    assert len(hit.spoken.spots) == 3
    assert hit.spoken.more == 2
    assert len(hit.spoken.time_line) == 5
    shown = [spot.start_ms for spot in hit.spoken.spots]
    assert shown == sorted(shown)
    assert "2 weitere Stellen in diesem Video" in page("Leerstand")
    assert "style=" not in page("Leerstand")


def test_a_title_stands_before_a_passing_word():
    told("Leerstand, Leerstand, Leerstand.", video=make.video("Aufzeichnung"))
    make.page("Leerstand im Ort")
    rebuild_index()
    assert [hit.thing.title for hit in results("Leerstand").hits] == ["Leerstand im Ort", "Aufzeichnung"]


def test_a_title_and_what_is_said_bring_a_video_once():
    told("Der Leerstand wächst.", video=make.video("Leerstand"))
    found = results("Leerstand")
    assert (found.total, len(found.hits), len(spots("Leerstand"))) == (1, 1, 1)
    assert {(choice.value, choice.count) for choice in found.kinds} == {("textstelle", 1), ("video", 1)}


def test_kind_of_hit():
    told("Der Leerstand wächst.", video=make.video("Aufzeichnung"))
    make.video("Leerstand")
    rebuild_index()
    assert [hit.thing.title for hit in results("Leerstand", art="textstelle").hits] == ["Aufzeichnung"]
    assert [hit.thing.title for hit in results("Leerstand", art="video").hits] == ["Leerstand"]


def test_language():
    recording = make.video()
    told("Das Wetter in Berlin.", video=recording)
    told("The weather in Berlin.", video=recording, kind="subtitles", language="en")
    found = results("Berlin")
    assert found.total == 1
    assert {option.value for option in found.filters["sprache"].options} == {"de", "en"}
    assert sentences("Berlin", sprache="en") == ["The weather in Berlin."]
    assert sentences("Berlin", sprache="de") == ["Das Wetter in Berlin."]
    assert '<span lang="en">' in page("weather")
    assert results("Berlin", sprache="xx").language == ""


def test_captions_come_before_translations_into_the_same_language():
    recording = make.video()
    told("Von Hand.", video=recording)
    told("Übersetzt.", video=recording, kind="subtitles")
    told("Ein Bild.", video=recording, kind="descriptions")
    assert (results("Hand").total, results("Übersetzt").total, results("Bild").total) == (1, 0, 0)


def test_conference_theme_and_person_narrow_what_is_said():
    one, two = make.conference(slug="eins"), make.conference(slug="zwei")
    theme = make.theme("Ortskern", slug="ortskern")
    make.theme("Anderes", slug="anderes")
    person = make.speaker("Muster", slug="muster")
    first = told(
        "Leerstand eins.", "Mehr Leerstand.", video=make.video("A", event=make.event(conference=one, theme=theme))
    )
    told("Leerstand zwei.", video=make.video("B", event=make.event(conference=two)))
    first.cues.filter(number=2).update(speaker=person)
    update_index(person, theme)
    assert set(sentences("Leerstand", konferenz="eins")) == {"Leerstand eins.", "Mehr Leerstand."}
    assert sentences("Leerstand", konferenz="zwei") == ["Leerstand zwei."]
    assert len(sentences("Leerstand", thema="ortskern")) == 2
    assert sentences("Leerstand", thema="anderes") == []
    assert sentences("Leerstand", person="muster") == ["Mehr Leerstand."]
    assert results("Leerstand", person="muster").filters["person"].chosen.label == "Muster"


def test_kinds_belong_to_a_conference_through_published_events():
    one, two = make.conference(slug="eins"), make.conference(slug="zwei")
    person, hidden = make.speaker("Brache"), make.speaker("Brache", status="draft")
    house, cellar = make.organisation("Brache Haus"), make.organisation("Brache Keller")
    project, leaflet = make.project("Brache P"), make.material("Brache M")
    contribution = make.contribution(event=make.event(conference=one), projects=[project], materials=[leaflet])
    make.appearance(contribution=contribution, speaker=person, organisations=[house])
    make.appearance(contribution=contribution, speaker=hidden, organisations=[cellar])
    draft = make.contribution(event=make.event(conference=two, status="draft"), projects=[project])
    make.appearance(contribution=draft, speaker=person, organisations=[house])
    rebuild_index()
    within = {hit.thing.title for hit in results("Brache", konferenz="eins").hits}
    assert within == {"Brache", "Brache Haus", "Brache P", "Brache M"}
    assert results("Brache", konferenz="zwei").total == 0


@pytest.mark.parametrize("number", [1, 30])
def test_search_asks_at_most_eight_queries_for_sentences(number, django_assert_num_queries):
    conference = make.conference()
    for _number in range(number):
        contribution = make.contribution(event=make.event(conference=conference))
        person = make.speaker()
        make.appearance(contribution=contribution, speaker=person, organisations=[make.organisation()])
        track = make.text_track(["Die Brache wächst.", "Mehr."], video=make.video(event=contribution.event))
        track.cues.update(speaker=person)
    rebuild_index()
    with django_assert_num_queries(8):
        assert Client().get("/suche/", {"q": "Brache"}).status_code == 200


def test_a_word_of_a_transcript_is_suggested():
    told("Die Zwischennutzung gelingt.")
    assert results("Zwischennutzug").suggestions == ["Zwischennutzung"]


def test_markup_in_captions_is_harmless():
    told("<script>alert(1)</script> Leerstand <img src=x onerror=alert(1)>")
    content = page("Leerstand")
    assert "<script>alert" not in content and "<img src=x" not in content
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>Leerstand</mark>" in content


def test_replacing_captions_replaces_their_passages():
    track = told("Alt und grau.")
    track.cues.all().delete()
    make.cue("Neu und bunt.", track=track)
    update_index(track.video)
    assert (results("grau").total, results("bunt").total) == (0, 1)


def test_twenty_thousand_cues_are_written_in_few_statements(django_assert_max_num_queries):
    track = make.text_track()
    Cue.objects.bulk_create(
        Cue(track=track, number=n, start_ms=n * 4000, end_ms=n * 4000 + 3000, text=f"Satz {n} über Dinge und mehr.")
        for n in range(20_000)
    )
    with django_assert_max_num_queries(120):
        update_index(track.video)
    assert len(spots("19998")) == 1


def test_passages_are_whole_sentences():
    words = [f"Wort{n}" if n % 7 else f"Ende{n}." for n in range(200)]
    found = list(passages(Line(1, "de", n * 1000, n * 1000 + 900, text) for n, text in enumerate(words)))
    assert [line.text for each in found for line in each.lines] == words
    assert all(each.lines[-1].text.endswith(".") for each in found[:-1])
    assert all(60_000 <= each.end_ms - each.start_ms + 1000 < 70_000 for each in found[:-1])
