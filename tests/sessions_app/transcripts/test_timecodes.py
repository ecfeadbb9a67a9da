"""Moments of a recording, as people, addresses and formats write them."""

from datetime import timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.transcripts import timecodes
from sessions_app.transcripts.timecodes import LONGEST_MS, Span

moments = st.integers(0, LONGEST_MS)


@pytest.mark.parametrize(
    ("ms", "written"), [(0, "00:00"), (754_999, "12:34"), (5_320_000, "1:28:40"), (36e5, "1:00:00")]
)
def test_clock(ms, written):
    assert timecodes.clock(int(ms)) == written


@pytest.mark.parametrize(
    ("written", "ms"),
    [("12:34", 754_000), ("88:40", 5_320_000), ("1:28:40", 5_320_000), ("0:05.5", 5_500), ("00:00:01,250", 1_250)],
)
def test_parse_clock(written, ms):
    assert timecodes.parse_clock(written) == ms


@pytest.mark.parametrize(
    "nonsense", ["", "12", "1:2", "12:60", "1:60:00", "-0:01", "100:00:00", "1:2:3:4", "١:٢٣", "a"]
)
def test_parse_clock_refuses_nonsense(nonsense):
    assert timecodes.parse_clock(nonsense) is None


@given(moments)
def test_clocks_are_read_back(ms):
    assert timecodes.parse_clock(timecodes.clock(ms)) == ms // 1000 * 1000
    assert timecodes.parse_clock(timecodes.full_clock(ms)) == ms
    assert timecodes.parse_iso_duration(timecodes.iso_duration(ms)) == ms // 1000 * 1000


@pytest.mark.parametrize(
    ("value", "span"),
    [
        ("754", Span(754_000)),
        ("754.5", Span(754_500)),
        ("723,850", Span(723_000, 850_000)),
        ("12:03,14:10", Span(723_000, 850_000)),
        ("1h2m3s", Span(3_723_000)),
        ("90m", Span(5_400_000)),
        ("45S", Span(45_000)),
        ("npt:10,20", Span(10_000, 20_000)),
        (",20", Span(0, 20_000)),
        ("20,10", Span(20_000)),
        ("20,x", Span(20_000)),
    ],
)
def test_parse_position(value, span):
    assert timecodes.parse_position(value) == span


@pytest.mark.parametrize(
    "value", ["", " ", "x", "-5", "1e9", "99999999", "nan", "1" * 5000, "٣", "<script>", "1,2,3,,", "h"]
)
def test_parse_position_of_nonsense_is_nothing_or_a_start(value):
    span = timecodes.parse_position(value)
    assert span is None or span == Span(1_000)


@given(st.integers(0, LONGEST_MS - 2000), st.integers(0, LONGEST_MS - 2000))
def test_position_holds_the_whole_passage(one, two):
    start, end = sorted((one, two))
    span = timecodes.parse_position(timecodes.position(start, end))
    assert span.start_ms <= start
    assert span.end_ms >= end
    assert span.end_ms - span.start_ms < end - start + 2001


def test_durations():
    assert timecodes.milliseconds(timedelta(minutes=1, milliseconds=5)) == 60_005
    assert timecodes.iso_duration(5_320_000) == "PT1H28M40S"
    assert timecodes.iso_duration(0) == "PT0S"
    assert timecodes.clock_range(723_400, 849_600) == "12:03–14:10"
    assert [timecodes.parse_iso_duration(text) for text in ("PT", "", "1H", "PT1D")] == [None] * 4


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (0, "0 Sekunden"),
        (1_000, "1 Sekunde"),
        (60_000, "1 Minute"),
        (754_000, "12 Minuten 34 Sekunden"),
        (3_600_000, "1 Stunde"),
        (5_320_000, "1 Stunde 28 Minuten"),
    ],
)
def test_spoken(ms, words):
    with translation.override("de"):
        assert timecodes.spoken(ms) == words


def test_spoken_exactly():
    assert timecodes.spoken(7_265_000, exact=True) == "2 Stunden 1 Minute 5 Sekunden"
