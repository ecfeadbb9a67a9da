"""SRT in and out, into the same cues as WebVTT."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.transcripts import srt, tracks, webvtt
from sessions_app.transcripts.cues import CueRecord
from sessions_app.transcripts.problems import TranscriptError

FILE = """1
00:00:01,000 --> 00:00:02,500
{\\an8}<font color="red">Guten</font> <I>Abend</I>
R&D &amp; <3

7
00:00:03.5 --> 00:01:04,250 X1:1 X2:2
<script>alert(1)</script>
"""


def problems_of(text):
    with pytest.raises(TranscriptError) as caught:
        srt.read(text.encode())
    return caught.value.problems


@pytest.mark.parametrize("start", ["", "\ufeff", "\n\n"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_cues_are_read(start, newline):
    first, second = srt.read((start + FILE).replace("\n", newline).encode()).cues
    assert (first.number, first.start_ms, first.end_ms) == (1, 1000, 2500)
    assert first.text == "Guten Abend R&D & <3"
    assert first.payload == "Guten <i>Abend</i>\nR&amp;D &amp; &lt;3"
    assert (second.number, second.start_ms, second.end_ms) == (2, 3500, 64_250)
    assert second.text == "<script>alert(1)</script>"
    assert second.payload == "&lt;script&gt;alert(1)&lt;/script&gt;"


def test_what_is_read_can_be_written_as_webvtt():
    cues = srt.read(FILE.encode()).cues
    again = webvtt.read(webvtt.write(cues).encode()).cues
    assert [(cue.start_ms, cue.end_ms, cue.text) for cue in again] == [
        (cue.start_ms, cue.end_ms, cue.text) for cue in cues
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("1\nnur Text\n", 1, "fehlt die Zeitangabe"),
        ("1\n00:00:01,000 --> 00:00:02,000\na\n\nb\n", 5, "fehlt die Zeitangabe"),
        ("1\n00:00:02,000 --> 00:00:01,000\na\n", 2, "nach dem Beginn"),
        ("1\n-00:00:02,000 --> 00:00:01,000\na\n", 2, "negativ"),
        ("1\n00:00:01,000 --> 00:00:02,000\na\n2\n00:00:03,000 --> 00:00:04,000\nb\n", 5, "Leerzeile"),
        ("1\n00:00:01,000 --> 00:00:02,000\na\x00\n", 3, "Nullzeichen"),
        ("1\n00:00:01,000 --> 00:00:02,000\n" + "x" * 2001, 2, "2000 Zeichen"),
        ("1\n00:00:01,000 --> 00:00:02,000\nx\n\n" * 20_001, 80_002, "20000 Textstellen"),
    ],
)
def test_a_mistake_is_told_with_its_line(text, line, words):
    problem = problems_of(text)[0]
    assert problem.line == line
    assert words in problem.sentence


def test_cues_are_written():
    cues = [
        CueRecord(1, 1000, 2000, "Anna Ä", "Ja & <Amen>", "<v Anna Ä><i>Ja</i> &amp; <c.x>&lt;Amen&gt;</c>"),
        CueRecord(2, 2000, 3000, "Anna Ä", "a --> b", "<v Anna Ä>a\n--&gt; b"),
        CueRecord(3, 3000, 4000),
        CueRecord(4, 3_600_000, 3_601_000, "", "A: x B: y", "<v A>x\n<v B>y"),
    ]
    assert srt.write(cues) == (
        "1\r\n00:00:01,000 --> 00:00:02,000\r\nAnna Ä: <i>Ja</i> & <Amen>\r\n\r\n"
        "2\r\n00:00:02,000 --> 00:00:03,000\r\na\r\n→ b\r\n\r\n"
        "3\r\n01:00:00,000 --> 01:00:01,000\r\nA: x\r\nB: y\r\n\r\n"
    )
    assert srt.write(cues, name_speakers=False).startswith("1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>Ja</i>")


lines = st.text(alphabet="aäß &<>/ib{}\\;-,.1", min_size=1, max_size=30).map(str.strip).filter(bool)


@given(st.lists(st.lists(lines, min_size=1, max_size=3), min_size=1, max_size=5))
def test_what_is_read_is_read_again_after_writing(texts):
    blocks = [f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n" + "\n".join(text) for n, text in enumerate(texts)]
    try:
        cues = srt.read("\n\n".join(blocks).encode()).cues
    except TranscriptError:
        return
    again = webvtt.read(webvtt.write(cues).encode()).cues
    assert [cue.text for cue in again] == [cue.text for cue in cues]


@given(st.binary(max_size=200))
def test_no_bytes_surprise_us(data):
    for start in (b"", b"1\n00:00:01,000 --> 00:00:02,000\n"):
        try:
            tracks.read(start + data)
        except TranscriptError as error:
            assert error.problems


@pytest.mark.parametrize(
    ("data", "cues"),
    [
        (FILE.encode(), 2),
        (b"\xef\xbb\xbf" + FILE.encode(), 2),
        (b"00:00:01,000 --> 00:00:02,000\nohne Nummer\n", 1),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nJa\n", 1),
    ],
)
def test_the_content_tells_the_format(data, cues, tmp_path):
    assert len(tracks.read(data).cues) == cues
    path = tmp_path / "falsch benannt.mp4"
    path.write_bytes(data)
    with path.open("rb") as file:
        assert len(tracks.read(file).cues) == cues


@pytest.mark.parametrize("sign", ["<", "<a", "<font ", "{\\", "&", "&#9", "<i>"])
def test_signs_that_never_end_cost_one_pass(sign):
    payload = sign * (1900 // len(sign)) + " Wort"
    assert len(srt.read(f"1\n00:00:01,000 --> 00:00:02,000\n{payload}\n\n".encode() * 200).cues) == 200
