"""Columns that are shown for orientation and never taken back."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from conference.records import Kind
from conference.roundtrip.fields.base import NOTHING, TableField, text_of
from conference.roundtrip.names import CellRefused


class ShownField(TableField):
    """`say(row, names)` gives the words of a row."""

    is_fixed = True

    def __init__(self, key: str, header, say, kind: Kind = Kind.LONG):
        self.key, self._header, self.say, self.kind = key, header, say, kind

    @property
    def header(self):
        return self._header

    def of(self, row):
        return row

    def plain(self, value, names):
        return self.say(value, names)

    def was_touched(self, given, row: dict, names) -> bool:
        """Whether somebody typed into it."""
        return not self._says_the_same(given, row, names)


class OwnerField(TableField):
    """Which record a row of a part belongs to: shown for those that are there, chosen for new ones."""

    is_fixed = True
    kind = Kind.LONG

    def __init__(self, model):
        self.model, self.key = model, model._meta.model_name

    @property
    def header(self):
        return capfirst(self.model._meta.verbose_name)

    def of(self, row):
        return row["pk"]

    def plain(self, value, names):
        return names.of(self.model).labels.get(value, "")

    def chosen(self, given, names) -> int:
        """The number of the record a cell names. Raises CellRefused."""
        if given in NOTHING:
            raise CellRefused(_("Hier fehlt, wozu die neue Zeile gehört."))
        return names.of(self.model).find(text_of(given))

    def was_touched(self, given, value, names) -> bool:
        """Whether a cell says something else than it would now."""
        return not self._says_the_same(given, value, names)

    def names_another(self, given, value, names) -> bool:
        """Whether a cell means another record. What this one was called before somebody renamed it means none."""
        try:
            return self.chosen(given, names) != value
        except CellRefused:
            return False
