"""Dates, times and names in good German (and English), and the signs of the themes."""

import datetime
import re
from urllib.parse import urlsplit

from django import template
from django.template.defaultfilters import filesizeformat, stringfilter
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, pgettext

from conference.file_types import suffix

register = template.Library()

NBSP = "\u00a0"
MOTIF_CLASSES = {
    "blickwinkel": "m-0",
    "versuchsfeld": "m-1",
    "leitungsnetz": "m-2",
    "ortskern": "m-3",
    "flechtwerk": "m-4",
    "flurmosaik": "m-5",
    "gemeindegrenzen": "m-6",
}
PALETTES = ("orange", "blue", "red", "green", "pink", "yellow", "ink")
# "Prof. Dr.", "Dr. Renn", "z. B.", "S. 12", "28. Oktober" must not be torn apart.
_ABBREVIATION = re.compile(r"\b(Prof|Dr|Dipl|Ing|Mag|PD|St|Nr|Abs|Art|S|z|u|d|i|h|c)\. +(?=\w)")
_ORDINAL = re.compile(r"\b(\d{1,2})\. +(?=[A-ZÄÖÜ]|Jh\b)")


def _speaks_german() -> bool:
    return (get_language() or "de").startswith("de")


def _day(value, german: str, english: str) -> str:
    return format_date(value, german if _speaks_german() else english).replace("_", NBSP)


@register.filter
def german_date(value) -> str:
    """28. Oktober 2020"""
    return _day(value, "j._F Y", "j_F Y") if value else ""


@register.filter
def weekday_date(value) -> str:
    """Mittwoch, 28. Oktober 2020"""
    return _day(value, "l, j._F Y", "l, j_F Y") if value else ""


@register.filter
def day_month(value) -> str:
    """28. Oktober"""
    return _day(value, "j._F", "j_F") if value else ""


@register.filter
def short_date(value) -> str:
    """28.10."""
    return _day(value, "d.m.", "j_M") if value else ""


@register.filter
def weekday(value) -> str:
    """Mittwoch"""
    return format_date(value, "l") if value else ""


def _clock(value: datetime.time) -> str:
    return f"{value.hour}:{value.minute:02}"


@register.filter
def german_time(value) -> str:
    """9:30 Uhr"""
    if not value:
        return ""
    return f"{_clock(value)}{NBSP}Uhr" if _speaks_german() else _clock(value)


@register.simple_tag
def time_range(start, end=None) -> str:
    """9:30–12:30 Uhr; as much of it as is known, or nothing."""
    if not start:
        return ""
    return german_time(start) if not end else f"{_clock(start)}–{german_time(end)}"


@register.simple_tag
def date_range(start, end=None) -> str:
    """28. Oktober bis 8. Dezember 2020; what both days share is said once."""
    if not start or not end or start == end:
        return german_date(start or end)
    to = pgettext("Zeitraum", "bis")
    if start.year != end.year:
        return f"{german_date(start)} {to} {german_date(end)}"
    if start.month != end.month:
        return f"{day_month(start)} {to} {german_date(end)}"
    return f"{_day(start, 'j.', 'j')} {to} {german_date(end)}"


@register.filter
def partial_date(value) -> str:
    """2017, März 2017 or 1. März 2017, from the ISO 8601 form of as much as is known."""
    parts = [int(part) for part in str(value or "").split("-") if part]
    if len(parts) == 3:
        return german_date(datetime.date(*parts))
    if len(parts) == 2:
        return format_date(datetime.date(*parts, 1), "F Y")
    return str(parts[0]) if parts else ""


@register.simple_tag
def partial_range(start, end=None) -> str:
    """März 2017 bis 2020, since or until where only one is known."""
    first, last = partial_date(start), partial_date(end)
    if first and last:
        return first if first == last else f"{first} {pgettext('Zeitraum', 'bis')} {last}"
    if first:
        return pgettext("Zeitraum", "ab %s") % first
    return pgettext("Zeitraum", "bis %s") % last if last else ""


@register.filter
def clock_duration(value) -> str:
    """1:52:10 or 32:18, as players write it."""
    if not value:
        return ""
    seconds = int(value.total_seconds())
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@register.filter(is_safe=True)
@stringfilter
def typography(value: str) -> str:
    """No-break spaces where a line must not end: "Prof. Dr. Renn", "28. Oktober"."""
    return _ORDINAL.sub(rf"\1.{NBSP}", _ABBREVIATION.sub(rf"\1.{NBSP}", value))


@register.filter
def palette_class(theme) -> str:
    """The class of a theme's colour; without a theme that of the opening."""
    palette = getattr(theme, "palette", "") or "ink"
    return f"c-{palette if palette in PALETTES else 'ink'}"


@register.filter
def motif_class(theme) -> str:
    """The class of a theme's motif; without a theme that of the opening."""
    return MOTIF_CLASSES.get(getattr(theme, "motif", "") or "", "m-0")


@register.filter
def sign(theme) -> str:
    """Colour and motif of a theme: "c-red m-3"."""
    return f"{palette_class(theme)} {motif_class(theme)}"


@register.filter
def in_words(number: int) -> str:
    """Sieben; numbers above twelve stay figures."""
    german = ["Null", "Ein", "Zwei", "Drei", "Vier", "Fünf", "Sechs", "Sieben", "Acht", "Neun", "Zehn", "Elf", "Zwölf"]
    english = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"]
    words = german if _speaks_german() else english
    return words[number] if 0 <= number < len(words) else str(number)


@register.simple_tag(takes_context=True)
def query_with(context, **changes) -> str:
    """This page's query string with some parameters replaced; the page number is dropped unless it is named."""
    query = context["request"].GET.copy()
    query.pop("seite", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def kept_query(context, names: str) -> list[tuple[str, str]]:
    """Those of this page's parameters that a form has to keep: `{% kept_query "fassung lesen" as kept %}`."""
    query = context["request"].GET
    return [(name, value) for name in names.split() for value in query.getlist(name)[:1] if value]


@register.filter
def headings_up(text: str) -> str:
    """Formatted text one level higher, where it stands right under the page's title."""
    return re.sub(r"(</?h)([34])>", lambda tag: f"{tag[1]}{int(tag[2]) - 1}>", text or "")


@register.filter
def file_label(file) -> str:
    """PDF, 1,2 MB; without the size where the file cannot be read."""
    if not file:
        return ""
    kind = suffix(file.name).upper()
    try:
        return f"{kind} · {filesizeformat(file.size)}"
    except OSError:
        return kind


@register.filter
def host(url: str) -> str:
    """Whom a link contacts: "kommunen-innovativ.de"."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
