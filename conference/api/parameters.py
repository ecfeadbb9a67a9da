"""What may be asked: each parameter once, for reading it, for narrowing rows with it, for its description."""

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.api.fields import UUID, choice_schema
from conference.api.references import Json

LAST_PAGE = 100_000
_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,12})?(Z|[+-]\d{2}:\d{2})", re.ASCII | re.IGNORECASE)
NAME = r"^[-a-zA-Z0-9_]{1,80}$"
_SHOWN = 40


class Refused(Exception):
    """What was asked makes no sense: a sentence, the parameter, and what would have been possible."""

    def __init__(self, sentence: str, parameter: str, allowed: Iterable[str] = ()):
        super().__init__(sentence)
        self.sentence, self.parameter, self.allowed = sentence, parameter, list(allowed)


@dataclass(frozen=True)
class Parameter:
    """`read` raises ValueError where `expects` is not met. `narrow(rows, value)`: for filters."""

    name: str
    label: Any
    schema: Json
    expects: Any
    read: Callable[[str], Any]
    narrow: Callable[[QuerySet, Any], QuerySet] | None = None
    example: Any = None

    def value(self, text: str):
        """Raises Refused with a sentence that says what was expected."""
        try:
            return self.read(text)
        except ValueError:
            shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
            words = {"name": self.name, "expected": self.expects, "value": shown.replace("\x00", "\ufffd")}
            sentence = _("„%(name)s“ erwartet %(expected)s, nicht „%(value)s“.") % words
            raise Refused(sentence, self.name, self.schema.get("enum", ())) from None


# ── Kinds ────────────────────────────────────────────────────────────────────────────────────
def number(name: str, label, default: int, most: int) -> Parameter:
    def read(text: str) -> int:
        if not _NUMBER.fullmatch(text) or int(text) > most:
            raise ValueError(text)
        return int(text)

    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": default}
    expects = gettext_lazy("eine ganze Zahl von 1 bis %(most)s")
    return Parameter(name, label, schema, _lazy(expects, most=most), read, example=default)


def names(name: str, label, possible: list[str]) -> Parameter:
    """Some of `possible`, with commas between."""

    def read(text: str) -> list[str]:
        chosen = text.split(",")
        if unknown := [each for each in chosen if each not in possible]:
            words = {"name": name, "unknown": unknown[0][:_SHOWN].replace("\x00", "\ufffd")}
            sentence = _("„%(name)s“ kennt kein Feld „%(unknown)s“.") % words
            raise Refused(sentence, name, possible)
        return chosen

    items = {"type": "array", "minItems": 1, "items": {"type": "string", "enum": possible}}
    return Parameter(name, label, items, gettext_lazy("Namen von Feldern"), read, example=possible[:2])


def choice(name: str, label, choices, narrow) -> Parameter:
    codes = [str(code) for code, _label in choices if code]

    def read(text: str) -> str:
        if text not in codes:
            raise ValueError(text)
        return text

    schema = {"type": "string", **choice_schema(choices)}
    expects = _lazy(gettext_lazy("einen dieser Werte: %(codes)s"), codes=", ".join(codes))
    return Parameter(name, label, schema, expects, read, narrow, codes[0])


def related(name: str, model, narrow) -> Parameter:
    """One public thing by its short name or its mark. Of a hidden one nothing is known, as of one that never was."""

    def read(text: str) -> QuerySet:
        if not re.fullmatch(NAME[1:-1], text):
            raise ValueError(text)
        rule = Q(slug=text) | Q(uuid=text) if _UUID.fullmatch(text) else Q(slug=text)
        return model.objects.published().order_by().filter(rule)

    schema = {"type": "string", "pattern": NAME, "minLength": 1, "maxLength": 80}
    return Parameter(
        name, model._meta.verbose_name, schema, gettext_lazy("einen Kurznamen oder eine uuid"), read, narrow
    )


def by_uuid(name: str, model, narrow) -> Parameter:
    """One public thing whose short name would not be enough, or that has none."""

    def read(text: str) -> QuerySet:
        return model.objects.published().order_by().filter(uuid=uuid_of(text))

    return Parameter(name, model._meta.verbose_name, UUID, gettext_lazy("eine uuid"), read, narrow)


def day(name: str, label, narrow) -> Parameter:
    def read(text: str) -> datetime.date:
        if not _DAY.fullmatch(text):
            raise ValueError(text)
        return datetime.date.fromisoformat(text)

    schema = {"type": "string", "format": "date"}
    return Parameter(name, label, schema, gettext_lazy("einen Tag wie 2020-10-28"), read, narrow, "2020-10-28")


def moment(name: str, label, narrow) -> Parameter:
    def read(text: str) -> datetime.datetime:
        found = parse_datetime(text.upper()) if _MOMENT.fullmatch(text) else None
        if found is None:
            raise ValueError(text)
        return _in_utc(found)

    expects = gettext_lazy("einen Zeitpunkt mit Zeitzone wie 2020-10-28T09:30:00Z")
    return Parameter(
        name, label, {"type": "string", "format": "date-time"}, expects, read, narrow, "2020-10-28T09:30:00Z"
    )


def uuid_of(text: str) -> str:
    """Raises ValueError."""
    if not _UUID.fullmatch(text):
        raise ValueError(text)
    return text.lower()


def _in_utc(value: datetime.datetime) -> datetime.datetime:
    """At the ends of the calendar there is no other zone."""
    try:
        return value.astimezone(datetime.UTC)
    except OverflowError:
        return value.replace(tzinfo=datetime.UTC)


def _lazy(words, **values):
    """Filled in when it is read, in the language of that moment."""
    return _Filled(words, values)


@dataclass(frozen=True)
class _Filled:
    words: Any
    values: dict

    def __str__(self):
        return str(self.words) % self.values
