"""WebVTT in and out: what is kept, what is refused, and in which line."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.transcripts import webvtt
from sessions_app.transcripts.cues import CueRecord, Kind
from sessions_app.transcripts.problems import TranscriptError

FILE = """WEBVTT - Innen entwickeln
Kind: captions
Language: de

STYLE
::cue(v) { color: yellow }

NOTE geprüft am 3. März

begruessung
00:00.000 --> 00:02.400 align:start line:0
<v.laut Dr. Greta Muster>Guten <i>Abend</i> &amp; herzlich
<00:00:01.500>willkommen.</v>


00:02.400  -->  00:05.000
<v Jan>Heute geht es um <c.wichtig>All\u00adianzen</c>.

NOTE
Ende

1:00:05.000 --> 1:00:06.000
<lang en>Thank you</lang>"""


def read(text, kind=Kind.CAPTIONS, **options):
    return webvtt.read(text.encode() if isinstance(text, str) else text, kind, **options)


def cue(times="00:01.000 --> 00:02.000", text="Ja."):
    return f"{times}\n{text}\n\n"


def problems_of(data, kind=Kind.CAPTIONS, **options):
    with pytest.raises(TranscriptError) as caught:
        read(data, kind, **options)
    assert caught.value.messages == [str(problem) for problem in caught.value.problems]
    return [(problem.line, problem.sentence) for problem in caught.value.problems]


# ── Reading ──────────────────────────────────────────────────────────────────────────────────
def test_cues_are_read():
    first, second, third = read(FILE).cues
    assert first == CueRecord(
        number=1,
        start_ms=0,
        end_ms=2400,
        speaker="Dr. Greta Muster",
        text="Guten Abend & herzlich willkommen.",
        payload="<v.laut Dr. Greta Muster>Guten <i>Abend</i> &amp; herzlich\n<00:00:01.500>willkommen.</v>",
        settings="align:start line:0",
        identifier="begruessung",
        line=11,
    )
    assert (second.speaker, second.text, second.line) == ("Jan", "Heute geht es um Allianzen.", 16)
    assert (third.start_ms, third.text) == (3_605_000, "Thank you")
    assert read(FILE).speakers == ("Dr. Greta Muster", "Jan")


@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("ending", ["", "\n", "\n\n\n"])
def test_a_file_is_written_as_it_was_read(bom, newline, ending):
    text = bom + (FILE + ending).replace("\n", newline)
    transcript = read(text)
    assert webvtt.write(transcript.cues, transcript.layout) == text


def test_a_changed_cue_is_written_in_its_place():
    transcript = read(FILE)
    changed = list(transcript.cues)
    changed[1] = CueRecord(2, 2500, 5000, payload="Anders\n\n--> gesagt")
    text = webvtt.write(changed, transcript.layout)
    assert "00:00:02.500 --> 00:00:05.000\nAnders\n--&gt; gesagt\n\nNOTE\nEnde" in text
    assert read(text).cues[1].text == "Anders --> gesagt"


def test_notes_survive_when_cues_go():
    transcript = read(FILE)
    text = webvtt.write(transcript.cues[:1], transcript.layout)
    assert text.endswith("willkommen.</v>\n\n\nNOTE\nEnde")


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        ("<script>alert(1)</script>", "alert(1)"),
        ('<img src=x onerror="alert(1)">Hallo', "Hallo"),
        ("&lt;script&gt;", "<script>"),
        ("5 < 6 und 7 > 3", "5 < 6 und 7 > 3"),
        ("Kosten <5 Euro", "Kosten <5 Euro"),
        ("F&E, R&D; &#228;&#xE4;&uuml;&nbsp;&#9999999999;", "F&E, R&D; ääü &#9999999999;"),
        ("<ruby>A<rt>b</rt></ruby><b.x>c</b><>", "Abc<>"),
        ("- Ja?\n- Nein.", "- Ja? - Nein."),
        ("a\u0308", "ä"),
    ],
)
def test_plain_words(payload, text):
    assert read("WEBVTT\n\n" + cue(text=payload)).cues[0].text == text


def test_several_voices_in_a_cue_are_named_in_its_text():
    transcript = read("WEBVTT\n\n" + cue(text="<v Anna>Ja?</v> <v Ben>Nein."))
    assert (transcript.cues[0].speaker, transcript.cues[0].text) == ("", "Anna: Ja? Ben: Nein.")
    assert [problem.line for problem in transcript.warnings] == [3]


# ── Refusing ─────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", None, "leer"),
        (" \n ", None, "leer"),
        ("Guten Tag", 1, "WEBVTT"),
        ("WEBVTTX\n\n" + cue(), 1, "WEBVTT"),
        ("WEBVTT\n", None, "keine einzige Textstelle"),
        ("WEBVTT\n" + cue(), 2, "Leerzeile"),
        ("WEBVTT\n\nnur Text\n", 3, "fehlt die Zeitangabe"),
        ("WEBVTT\n\nzwei\nZeilen\n" + cue(), 3, "fehlt die Zeitangabe"),
        ("WEBVTT\n\n" + cue("00:02.000 --> 00:01.000"), 3, "nach dem Beginn"),
        ("WEBVTT\n\n" + cue("00:02.000 --> 00:02.000"), 3, "nach dem Beginn"),
        ("WEBVTT\n\n" + cue("-00:02.000 --> 00:02.000"), 3, "negativ"),
        ("WEBVTT\n\n" + cue("00:01,000 --> 00:02,000"), 3, "Komma"),
        ("WEBVTT\n\n" + cue("00:01.0 --> 00:02.000"), 3, "drei Stellen"),
        ("WEBVTT\n\n" + cue("00:61.000 --> 00:62.000"), 3, "bis 59"),
        ("WEBVTT\n\n" + cue("00:01.000 --> 100:00:00.000"), 3, "100 Stunden"),
        ("WEBVTT\n\n" + cue("gleich --> später"), 3, "keine Zeitangabe"),
        ("WEBVTT\n\n" + cue("00:01.000 --> 00:02.000 --> 00:03.000"), 3, "nur eine Zeitangabe"),
        ("WEBVTT\n\n" + cue("00:05.000 --> 00:06.000") + cue(), 6, "vor dem der vorigen"),
        ("WEBVTT\n\n" + cue().rstrip() + "\n" + cue("00:03.000 --> 00:04.000"), 5, "Leerzeile"),
        ("WEBVTT\n\nNOTE\n" + cue(), 4, "keine Zeitangabe enthalten"),
        ("WEBVTT\n\n" + cue(text="x" * 2001), 3, "mehr als 2000 Zeichen"),
        ("WEBVTT\n\n" + cue(text="x" * 10_001), 4, "mehr als 10000 Zeichen"),
        ("WEBVTT\n\n" + cue(text=f"<v {'x' * 201}>Hallo"), 3, "Name der sprechenden Person"),
        ("WEBVTT\n\n" + cue(text="f\x00r"), 4, "Nullzeichen"),
        ("WEBVTT\r\n\r\n" + cue(text="f\x1br").replace("\n", "\r\n"), 4, "U+001B"),
    ],
)
def test_a_mistake_is_told_with_its_line(text, line, words):
    found = problems_of(text)
    assert found[0][0] == line
    assert words in found[0][1]


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"WEBVTT\n\n" + cue(text="für").encode("cp1252"), 4, "UTF-8"),
        ("WEBVTT".encode("utf-16"), 1, "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 3, "keine Textdatei"),
        (b"\xff\xfb\x90mp3", 1, "UTF-8"),
    ],
)
def test_other_encodings_are_told(data, line, words):
    found = problems_of(data)
    assert found[0][0] == line
    assert words in found[0][1]


def test_all_mistakes_are_told_up_to_a_limit():
    found = problems_of("WEBVTT\n\n" + cue("0 --> 1") * 3)
    assert [line for line, _sentence in found] == [3, 3, 6, 6, 9, 9]
    found = problems_of("WEBVTT\n\n" + cue("0 --> 1") * 10_000)
    assert len(found) == 51
    assert found[-1] == (None, "Die Prüfung endet hier. Es können weitere Fehler folgen.")


# ── Warning ──────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (cue("00:01.000 --> 00:10.000"), 3, "9 Sekunden"),
        (cue("00:01.000 --> 00:08.000", "a\nb\nc"), 3, "3 Zeilen"),
        (cue("00:01.000 --> 00:08.000", "kurz\n" + "x" * 43), 5, "43 Zeichen"),
        (cue(text="x" * 21), 3, "21 Zeichen in der Sekunde"),
        (cue("00:01.000 --> 00:03.000") + cue("00:02.000 --> 00:04.000"), 6, "die von Zeile 3 endet"),
        (cue("00:01.000 --> 00:02.000 farbe:rot"), 3, "farbe:rot"),
        (cue(text=""), 3, "leer"),
        (cue(text="1 < 2"), 3, "&lt;"),
        (cue(text="fÃ¼r"), 4, "Umlaute"),
        (cue() + "STYLE\na\n", 6, "vor der ersten Textstelle"),
    ],
)
def test_what_could_be_better_is_a_warning(text, line, words):
    (warning,) = read("WEBVTT\n\n" + text).warnings
    assert warning.line == line
    assert words in warning.sentence


def test_missing_names_are_told_once():
    text = cue(text="<v A>a") + cue("00:03.000 --> 00:04.000", "<v B>b") + cue("00:05.000 --> 00:06.000", "c")
    (warning,) = read("WEBVTT\n\n" + text).warnings
    assert (warning.line, warning.sentence) == (9, "Bei 1 Textstelle steht nicht, wer spricht.")


def test_warnings_are_limited():
    warnings = read("WEBVTT\n\n" + cue(text="x" * 30) * 200).warnings
    assert len(warnings) == 51
    assert "weitere Hinweise" in str(warnings[-1])


def test_chapters_are_stricter():
    text = (
        "WEBVTT\n\n"
        + cue("00:01.000 --> 00:03.000")
        + cue("00:02.000 --> 00:04.000", "a\nb")
        + cue("00:05.000 --> 00:06.000", "")
    )
    assert [line for line, _sentence in problems_of(text, Kind.CHAPTERS)] == [6, 8, 10]


def test_a_cue_behind_the_end_of_the_video():
    text = "WEBVTT\n\n" + cue()
    assert "Ende des Videos (00:01)" in read(text, duration_ms=1000).warnings[0].sentence
    assert problems_of(text, Kind.CHAPTERS, duration_ms=1000)[0][0] == 3


# ── Hostile ──────────────────────────────────────────────────────────────────────────────────
class Endless(io.RawIOBase):
    """Pretends to be as long as it gets, and remembers what was taken."""

    taken = 0

    def read(self, size=-1):
        assert size >= 0, "a file of unknown size must not be read whole"
        self.taken += size
        return b"x" * size


def test_a_huge_file_is_refused_before_it_is_decoded():
    file = Endless()
    assert "größer als 5,0\xa0MB" in problems_of(file)[0][1]
    assert file.taken <= 5 * 1024 * 1024 + 1
    file.size = 50_000_000
    file.taken = 0
    problems_of(file)
    assert file.taken == 0


def test_a_million_cues_are_counted_before_they_are_read():
    assert "5,0\xa0MB" in problems_of(("WEBVTT\n\n" + cue("00:00.000 --> 99:00.001", "x") * 1_000_000).encode())[0][1]
    assert problems_of("WEBVTT\n\n" + cue(text="") * 20_001) == [(60_003, "Die Datei hat mehr als 20000 Textstellen.")]
    assert "Zeilen" in problems_of("WEBVTT\n\n" + "-->\n\n" * 1_000_000)[0][1]


@pytest.mark.parametrize("sign", ["<", "<a", "<v ", "<v a>", "&", "&#9", "&#x", "{\\", "\u0308", "--", "\u202e"])
def test_signs_that_never_end_cost_one_pass(sign):
    payload = sign * (1900 // len(sign))
    transcript = read("WEBVTT\n\n" + cue(text=payload) * 200)
    assert len(transcript.cues) == 200


@given(
    st.text(alphabet=st.sampled_from("WEBVT \n\r\t-->:.,0123456789<>/v&;ltaNOTESYLE\ufeff\u0085\u00a0"), max_size=200)
)
def test_anything_is_taken_or_refused_and_what_is_taken_is_written_back(text):
    try:
        transcript = read("WEBVTT\n\n" + text)
    except TranscriptError as error:
        assert error.problems
    else:
        again = read(webvtt.write(transcript.cues, transcript.layout))
        assert again.cues == transcript.cues
        canonical = read(webvtt.write(transcript.cues))
        assert [(c.start_ms, c.end_ms, c.payload) for c in canonical.cues] == [
            (c.start_ms, c.end_ms, c.payload) for c in transcript.cues
        ]


@given(st.binary(max_size=300))
def test_no_bytes_surprise_us(data):
    for start in (b"", b"WEBVTT\n\n", b"WEBVTT\n\n00:01.000 --> 00:02.000\n"):
        try:
            read(start + data)
        except TranscriptError as error:
            assert error.problems
