"""What an editor should know of a sheet beside its rows, and what its places are called."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from conference.refusing import counted
from conference.tables.book import TableRefused

INTEGER = re.compile(r"-?[0-9]{1,15}")
NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")


@dataclass(slots=True)
class SheetNotes:
    """`merged` and `formula` are the addresses of the first ones."""

    title: str
    hidden_rows: int = 0
    merged: str = ""
    formula: str = ""

    def __str__(self):
        return _("Blatt „%(title)s“") % {"title": self.title}

    def row(self, number: int) -> str:
        return _("%(sheet)s, Zeile %(row)s") % {"sheet": self, "row": number}

    def cell(self, row: int, column: int) -> str:
        return f"{self}, {letters(column)}{row}"

    def warnings(self, is_hidden: bool = False, is_uncalculated: bool = False) -> list[str]:
        told = []
        if is_hidden:
            told.append(_("%(sheet)s ist ausgeblendet.") % {"sheet": self})
        if self.hidden_rows:
            sentence = _("%(sheet)s: Ausgeblendete Zeilen werden mitgelesen (%(count)s).")
            told.append(sentence % {"sheet": self, "count": counted(self.hidden_rows)})
        if self.merged:
            sentence = _("%(sheet)s: Zellen sind verbunden (zuerst %(first)s); ihr Inhalt steht nur in der ersten.")
            told.append(sentence % {"sheet": self, "first": self.merged})
        if self.formula and is_uncalculated:
            sentence = _("%(sheet)s: Ob die Werte der Formeln stimmen (zuerst %(first)s), ist ungewiss.")
            advice = _("Die Datei wurde nach ihrer Entstehung nicht in einer Tabellenkalkulation gespeichert.")
            told.append(f"{sentence % {'sheet': self, 'first': self.formula}} {advice}")
        return told


def without_value(place: str) -> TableRefused:
    sentence = _("Die Formel hat keinen gespeicherten Wert.")
    advice = _("Bitte die Datei in der Tabellenkalkulation öffnen und speichern.")
    return TableRefused(f"{sentence} {advice}", place)


def with_error(error: str, place: str) -> TableRefused:
    return TableRefused(_("Die Zelle enthält den Fehler %(error)s.") % {"error": error[:20]}, place)


def damaged(text: str, place: str) -> TableRefused:
    return TableRefused(_("Der Wert dieser Zelle ist beschädigt („%(text)s“).") % {"text": text[:20]}, place)


def figure(text: str, place: Callable[[], str]) -> int | float:
    """The number that stands there. Raises TableRefused."""
    if INTEGER.fullmatch(text):
        return int(text)
    number = float(text) if NUMBER.fullmatch(text) else float("inf")
    if number in (float("inf"), float("-inf")):
        raise damaged(text, place())
    return number


def letters(column: int) -> str:
    """3 → C, 28 → AB."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_of(name: str) -> int:
    """C → 3, AB → 28."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
