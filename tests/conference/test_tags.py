"""Dates, times and names in good German, and the signs of the themes."""

import datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.safestring import mark_safe

from conference.templatetags import conference_tags as tags

FIRST, LAST = datetime.date(2020, 10, 28), datetime.date(2020, 12, 8)


@pytest.fixture(autouse=True)
def _german():
    with translation.override("de"):
        yield


def test_dates_in_german_do_not_break_between_day_and_month():
    assert tags.german_date(FIRST) == "28.\u00a0Oktober 2020"
    assert tags.weekday_date(FIRST) == "Mittwoch, 28.\u00a0Oktober 2020"
    assert tags.short_date(datetime.date(2020, 11, 4)) == "04.11."
    assert tags.german_date(None) == ""


def test_dates_in_english():
    with translation.override("en"):
        assert tags.german_date(FIRST) == "28\u00a0October 2020"
        assert tags.short_date(FIRST) == "28\u00a0Oct"
        assert tags.german_time(datetime.time(9, 30)) == "9:30"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (datetime.time(9, 30), datetime.time(12, 30), "9:30–12:30\u00a0Uhr"),
        (datetime.time(10, 0), None, "10:00\u00a0Uhr"),
        (None, None, ""),
    ],
)
def test_time_range_says_what_is_known(start, end, words):
    assert tags.time_range(start, end) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (FIRST, LAST, "28.\u00a0Oktober bis 8.\u00a0Dezember 2020"),
        (FIRST, FIRST, "28.\u00a0Oktober 2020"),
        (datetime.date(2019, 9, 11), datetime.date(2019, 9, 12), "11. bis 12.\u00a0September 2019"),
        (datetime.date(2019, 12, 30), datetime.date(2020, 1, 2), "30.\u00a0Dezember 2019 bis 2.\u00a0Januar 2020"),
    ],
)
def test_date_range_says_once_what_both_share(start, end, words):
    assert tags.date_range(start, end) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [("2017", "2017"), ("2017-03", "März 2017"), ("2017-03-01", "1.\u00a0März 2017"), ("", ""), (None, "")],
)
def test_partial_date_says_as_much_as_is_known(value, words):
    assert tags.partial_date(value) == words


def test_partial_range():
    assert tags.partial_range("2016-11", "2019") == "November 2016 bis 2019"
    assert tags.partial_range("2017", "2017") == "2017"
    assert tags.partial_range("2017", "") == "ab 2017"
    assert tags.partial_range("", "2019") == "bis 2019"
    assert tags.partial_range("", "") == ""


def test_clock_duration():
    assert tags.clock_duration(datetime.timedelta(hours=1, minutes=28, seconds=40)) == "1:28:40"
    assert tags.clock_duration(datetime.timedelta(minutes=32, seconds=8)) == "32:08"
    assert tags.clock_duration(None) == ""


def test_typography_joins_titles_and_days_and_keeps_escaping():
    assert tags.typography("Prof. Dr. Dr. Ortwin Renn") == "Prof.\u00a0Dr.\u00a0Dr.\u00a0Ortwin Renn"
    assert tags.typography("am 28. Oktober, z. B. in Ulm") == "am 28.\u00a0Oktober, z.\u00a0B. in Ulm"
    shown = Template("{% load conference_tags %}{{ text|typography }}").render(Context({"text": "<b>Dr. A</b>"}))
    assert shown == "&lt;b&gt;Dr.\u00a0A&lt;/b&gt;"
    safe = Template("{% load conference_tags %}{{ text|typography }}").render(
        Context({"text": mark_safe("<b>Dr. A</b>")})
    )
    assert safe == "<b>Dr.\u00a0A</b>"


def test_signs_fall_back_to_those_of_the_opening():
    theme = SimpleNamespace(palette="red", motif="ortskern")
    assert tags.sign(theme) == "c-red m-3"
    assert tags.sign(None) == tags.sign("") == "c-ink m-0"
    assert tags.sign(SimpleNamespace(palette="#fff", motif="x")) == "c-ink m-0"


def test_headings_up_moves_formatted_text_under_the_title():
    assert tags.headings_up("<h3>A</h3><h4>B</h4><p>h3</p>") == "<h2>A</h2><h3>B</h3><p>h3</p>"


def test_host_names_who_is_contacted():
    assert tags.host("https://www.example.org/watch?v=1") == "example.org"
