"""One column of a listing that can be edited: from what is kept to a cell, and from a cell to what is kept."""

import datetime
from abc import ABC, abstractmethod
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from conference.editing.snapshot import plain
from conference.records import Kind
from conference.roundtrip.names import CellRefused, Names
from conference.roundtrip.texts import spoken, untabbed

NOTHING = (None, "", [])
# Stands for a text that no cell can hold; what comes back like this has not been touched.
TOO_LONG = "[[zu lang für eine Zelle – bleibt, wie es ist]]"


class TableField(ABC):
    """A column on its way out. A row is a part of a snapshot: `fields`, `links`, `parts`.

    Three forms of a value meet here: as the snapshot has it, as JSON has it (`plain`), and as a cell of a spreadsheet
    has it (`cell`).
    """

    key: str
    kind = Kind.TEXT
    # What is shown only, and never taken back.
    is_fixed = False

    @property
    @abstractmethod
    def header(self) -> str:
        """The heading of the column."""

    @abstractmethod
    def of(self, row: dict) -> Any:
        """What a row holds of it."""

    def plain(self, value: Any, names: Names) -> Any:
        """As JSON takes it."""
        return value

    def cell(self, value: Any, names: Names) -> Any:
        """As a spreadsheet takes it: text, number, date, time, duration or None."""
        return self.plain(value, names)

    def _says_the_same(self, given: Any, value: Any, names: Names) -> bool:
        return any(_alike(given, own) for own in (self.cell(value, names), self.plain(value, names)))


class EditField(TableField):
    """A column of the model that comes back, too: `value` reads both what `plain` and what `cell` gave."""

    def __init__(self, field: models.Field):
        self.field, self.key, self.column = field, field.name, field.attname

    @property
    def header(self):
        return capfirst(self.field.verbose_name)

    def of(self, row):
        return row["fields"].get(self.column)

    def put(self, row: dict, value: Any):
        row["fields"][self.column] = value

    def taken(self, given: Any, value: Any, names: Names) -> Any:
        """What the snapshot would hold instead of `value`, for a cell that came back. Raises CellRefused.

        A cell that says what went out is no change, even where nobody could read it.
        """
        if given == TOO_LONG or self._says_the_same(given, value, names):
            return value
        if given in NOTHING or (isinstance(given, str) and not given.strip()):
            wanted = self.emptied(value, names)
        else:
            wanted = self.value(given, value, names)
        if not self.same(wanted, value):
            wanted = self.accepted(wanted)
        return value if self.same(wanted, value) else wanted

    def emptied(self, value: Any, names: Names) -> Any:
        """What an empty cell means."""
        return "" if self.field.empty_strings_allowed and not self.field.null else None

    @abstractmethod
    def value(self, given: Any, value: Any, names: Names) -> Any:
        """What a cell says that is not empty, as the snapshot has it; not yet whether it may. Raises CellRefused."""

    def accepted(self, wanted: Any) -> Any:
        """The same, if the model takes it. Raises CellRefused with its sentence."""
        if wanted is None and not self.field.null:
            raise CellRefused(_("Dieses Feld darf nicht leer sein."))
        return plain(self.valid(wanted))

    def same(self, wanted: Any, value: Any) -> bool:
        return wanted == value

    def may_put(self, user: Any, value: Any, wanted: Any) -> bool:
        """Whether somebody who may change the record may change this of it."""
        return True

    def recognise(self, mine: dict, base: dict, now: dict):
        """Where the file (`mine`, made from `base`) adds what has come meanwhile anyway, they become one."""

    def valid(self, value: Any) -> Any:
        """The value as the field of the model takes it. Raises CellRefused with its sentence."""
        try:
            return self.field.clean(value, None)
        except ValidationError as error:
            raise CellRefused(" ".join(error.messages)) from error
        except (ValueError, TypeError, OverflowError) as error:
            raise CellRefused(_("„%(value)s“ passt hier nicht.") % {"value": value}) from error


def _alike(given: Any, own: Any) -> bool:
    if given in NOTHING and own in NOTHING:
        return True
    if isinstance(given, str) and isinstance(own, str):
        return untabbed(given) == untabbed(own)
    return type(given) is type(own) and given == own


def text_of(given: Any) -> str:
    """The words of a cell, also where a spreadsheet has made a number or a day of them. Raises CellRefused."""
    if isinstance(given, bool | list | dict):
        raise CellRefused(_("Hier gehört ein Text hin."))
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    if isinstance(given, datetime.datetime) and given.time() == datetime.time.min:
        given = given.date()
    return spoken(given.isoformat() if isinstance(given, datetime.date | datetime.time) else str(given))
