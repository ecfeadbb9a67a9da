"""JSON from strangers: no depth, no number and no doubled key that was not asked for."""

import codecs
import json
import re
from typing import Any

from django.utils.translation import gettext as _

from conference.refusing import at_line, counted
from conference.tables.book import Book, Row, Sheet, TableRefused
from conference.tables.limits import (
    LARGEST_JSON,
    MOST_COLUMNS,
    MOST_WARNINGS,
    Bounds,
    too_large,
    too_wide,
    trimmed,
)

DEEPEST = 50
# A talk has about fifty.
MOST_VALUES = 500_000
# Strings first, so that nothing else is found inside them; one that does not end runs to the end of the file.
_TOKENS = re.compile(
    rb'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]|,|NaN|Infinity|[0-9.]{31,}|[0-9.][eE]\+?0*[0-9]{3,}', re.DOTALL
)
_HALF_A_CHARACTER = re.compile("[\ud800-\udfff\x00]")
_ESCAPED = re.compile(rb"\\u(?:[dD][89a-fA-F]|0000)")


def load_json(content: bytes, warnings: list[str] | None = None) -> Any:
    """The object a JSON file holds. Raises TableRefused, with the line.

    UTF-8, with or without byte order mark. Refused: nesting deeper than 50, NaN and Infinity, numbers too large to be
    meant. Of doubled keys the last one holds, and `warnings` is told.
    """
    if len(content) > LARGEST_JSON:
        raise too_large(LARGEST_JSON)
    _check(content)
    twice: list[str] = []
    try:
        text = content.removeprefix(codecs.BOM_UTF8).decode()
        found = json.loads(text, object_pairs_hook=lambda pairs: _object(pairs, twice))
    except UnicodeDecodeError as error:
        sentence = _("Die Datei ist nicht in UTF-8 gespeichert, wie es JSON verlangt.")
        raise TableRefused(sentence, _line(content, error.start)) from error
    except json.JSONDecodeError as error:
        ends = not text[error.pos :].strip() or error.msg.startswith("Unterminated")
        sentence = (
            _("Die Datei bricht hier ab, oder es fehlt eine Klammer.") if ends else _("Das ist kein gültiges JSON.")
        )
        raise TableRefused(sentence, at_line(error.lineno)) from error
    if _ESCAPED.search(content):
        _check_texts(found)
    if warnings is not None:
        sentence = _("Der Schlüssel „%(key)s“ steht in einem Objekt doppelt; es gilt, was zuletzt kommt.")
        warnings += [sentence % {"key": key[:50]} for key in dict.fromkeys(twice[:MOST_WARNINGS])]
    return found


def read_json(content: bytes) -> Book:
    """One of our listings, or a list of objects."""
    warnings: list[str] = []
    document = load_json(content, warnings)
    records = document.get("records") if isinstance(document, dict) else document
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise TableRefused(_("Die Datei enthält keine Liste von Einträgen („records“)."))
    title = document.get("listing") if isinstance(document, dict) else ""
    sheet = Sheet(title if isinstance(title, str) else "", _rows(records))
    return Book("json", [sheet], warnings=warnings, document=document)


def _rows(records: list[dict]) -> list[Row]:
    keys = dict.fromkeys(key for record in records for key in record)
    if len(keys) > MOST_COLUMNS:
        raise too_wide("")
    rows, bounds = [Row(1, list(keys))] if keys else [], Bounds()
    for number, record in enumerate(records, start=2):
        cells = trimmed([None if record.get(key) == "" else record.get(key) for key in keys])
        bounds.take(cells, _("Eintrag %(number)s") % {"number": number - 1})
        if cells:
            rows.append(Row(number, cells))
    return rows


def _check(content: bytes):
    """Before it is read, since reading takes memory and depth: how deep, how many, how large."""
    depth = count = 0
    for token in _TOKENS.finditer(content):
        sign = content[token.start()]
        if sign in b"[{":
            depth += 1
            count += 1
        elif sign in b"]}":
            depth -= 1
        elif sign == 0x2C:
            count += 1
        elif sign != 0x22:
            sentence = _("Hier steht eine Zahl, die zu groß oder keine ist.")
            raise TableRefused(sentence, _line(content, token.start()))
        if depth > DEEPEST:
            sentence = _("Listen und Objekte sind tiefer als %(most)s Ebenen verschachtelt.") % {"most": DEEPEST}
            raise TableRefused(sentence, _line(content, token.start()))
        if count > MOST_VALUES:
            sentence = _("Die Datei hat mehr als %(most)s Werte.") % {"most": counted(MOST_VALUES)}
            raise TableRefused(sentence, _line(content, token.start()))


def _object(pairs: list[tuple[str, Any]], twice: list[str]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs) and len(twice) < MOST_WARNINGS:
        seen: set[str] = set()
        twice += [key for key, _value in pairs if key in seen or seen.add(key)]
    return found


def _check_texts(found: Any):
    waiting = [found]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str) and _HALF_A_CHARACTER.search(value):
            sentence = _("Ein Text enthält ein halbes Zeichen oder ein Nullzeichen (beginnend mit „%(start)s“).")
            raise TableRefused(sentence % {"start": _HALF_A_CHARACTER.sub("�", value[:30])})


def _line(content: bytes, position: int) -> str:
    return at_line(content.count(b"\n", 0, position) + 1)
