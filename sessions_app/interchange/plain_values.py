"""Values of JSON files, which may be of any type, as what was meant."""

import json
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from conference.tables import TableRefused, load_json
from sessions_app.interchange.noting import Notes
from sessions_app.interchange.programme import FileRefused


def load(source: bytes, notes: Notes, place: str = "") -> Any:
    """Raises FileRefused, with the line; `place` stands before it."""
    warnings: list[str] = []
    try:
        found = load_json(source, warnings)
    except TableRefused as refused:
        raise FileRefused(refused.sentence, ", ".join(filter(None, (place, refused.place)))) from refused
    for sentence in warnings:
        notes.say(sentence, place)
    return found


def text(value: Any) -> str:
    """A string as it is, a number in digits, of several languages the German; lists and truths say nothing."""
    if isinstance(value, dict):
        value = value.get("de") or value.get("en") or next(iter(value.values()), "")
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def words(value: Any) -> str:
    """One line."""
    return " ".join(text(value).split())


def mapping(value: Any) -> dict:
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> list:
    """The members of a list, or of an object whose keys only number them."""
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def is_true(value: Any) -> bool:
    return value is True or text(value).lower() in {"true", "1", "yes", "ja"}


def beyond(given: dict, known: set[str]) -> dict:
    """What is not known and says something."""
    return {key: value for key, value in given.items() if key not in known and value not in (None, "", [], {})}


def stem(file_name: str) -> str:
    return Path(file_name).stem or _("Programm")


def as_bytes(document: Any, **options) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2, **options) + "\n").encode("utf-8", "replace")
