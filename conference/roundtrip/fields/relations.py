"""Columns that name other things: one, several, or codes out of a list."""

from django.utils.translation import gettext as _

from conference.records import Kind
from conference.roundtrip.fields.base import EditField, text_of
from conference.roundtrip.names import CellRefused
from conference.roundtrip.texts import joined, key, parted


class LinkEdit(EditField):
    kind = Kind.LONG

    @property
    def known(self):
        return self.field.related_model

    def plain(self, value, names):
        if value is None:
            return None
        return names.of(self.known).labels.get(value) or _("(für Sie nicht zu sehen)")

    def emptied(self, value, names):
        if not self.field.null:
            raise CellRefused(_("Hier fehlt eine Angabe."))

    def value(self, given, value, names):
        return names.of(self.known).find(text_of(given))

    def accepted(self, wanted):
        return wanted


def items_of(given) -> list[str]:
    """The items of a list, from JSON or from a cell."""
    return [text_of(item) for item in given] if isinstance(given, list) else parted(text_of(given))


class LinksEdit(EditField):
    """Many, in any order. Ends that are not this editor's are not shown, and stay."""

    kind = Kind.LIST

    def of(self, row):
        return sorted(row["links"].get(self.key, ()))

    def put(self, row, value):
        row["links"][self.key] = sorted(value)

    def plain(self, value, names):
        labels = names.of(self.field.related_model).labels
        return sorted((labels[number] for number in value if number in labels), key=key)

    def cell(self, value, names):
        return joined(self.plain(value, names))

    def _unseen(self, value, names) -> set[int]:
        return set(value) - set(names.of(self.field.related_model).labels)

    def emptied(self, value, names):
        return sorted(self._unseen(value, names))

    def value(self, given, value, names):
        known = names.of(self.field.related_model)
        return sorted({known.find(item) for item in items_of(given)} | self._unseen(value, names))

    def accepted(self, wanted):
        return wanted

    def same(self, wanted, value):
        return set(wanted) == set(value)


class CodesEdit(EditField):
    """Codes out of a list, by their German names."""

    kind = Kind.LIST

    def of(self, row):
        return row["fields"].get(self.column) or []

    def plain(self, value, names):
        labels = dict(self.field.codes)
        return [str(labels.get(code, code)) for code in value]

    def cell(self, value, names):
        return joined(self.plain(value, names))

    def emptied(self, value, names):
        return []

    def value(self, given, value, names):
        known = {key(str(label)): code for code, label in self.field.codes}
        known |= {key(code): code for code, _label in self.field.codes}
        said = items_of(given)
        if unknown := [item for item in said if key(item) not in known]:
            words = {"unknown": "; ".join(unknown), "known": ", ".join(str(label) for _code, label in self.field.codes)}
            raise CellRefused(_("„%(unknown)s“ gibt es hier nicht. Möglich sind: %(known)s.") % words)
        return sorted({known[key(item)] for item in said})

    def same(self, wanted, value):
        return set(wanted) == set(value)
