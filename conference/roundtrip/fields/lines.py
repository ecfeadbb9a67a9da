"""Columns that hold the rows of a part, one line each."""

import copy
import difflib

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from conference.editing.snapshot import blank
from conference.records import Kind
from conference.roundtrip.fields.base import EditField, text_of
from conference.roundtrip.names import CellRefused
from conference.roundtrip.texts import joined, parted, spoken


class LinesEdit(EditField):
    """The rows of the part `name`, told by their column `text`: a line that stays keeps its row."""

    kind = Kind.LONG

    def __init__(self, model, name: str, text: str):
        relation = model._meta.get_field(name)
        self.part, self.key, self.text = relation.related_model, name, text
        self.field = self.part._meta.get_field(text)

    @property
    def header(self):
        return capfirst(self.part._meta.verbose_name_plural)

    def of(self, row):
        return row["parts"].get(self.key, [])

    def put(self, row, value):
        row["parts"][self.key] = value

    def plain(self, value, names):
        return [row["fields"][self.text] for row in value]

    def cell(self, value, names):
        return joined((spoken(text) for text in self.plain(value, names)), "\n")

    def emptied(self, value, names):
        return []

    def value(self, given, value, names):
        lines = [text_of(item) for item in given] if isinstance(given, list) else parted(text_of(given), "\n")
        lines = [line.strip() for line in lines if line.strip()]
        for number, line in enumerate(lines, start=1):
            try:
                self.field.clean(line, None)
            except ValidationError as error:
                words = {"number": number, "words": " ".join(error.messages)}
                raise CellRefused(_("Zeile %(number)d darin: %(words)s") % words) from error
        return self._rows(lines, value)

    def accepted(self, wanted):
        return wanted

    def _rows(self, lines: list[str], rows: list[dict]) -> list[dict]:
        """A row for each line: its own, else that of the line it replaced, else a new one."""
        known = [spoken(row["fields"][self.text]).strip() for row in rows]
        wanted = []
        for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, known, lines, autojunk=False).get_opcodes():
            for offset, line in enumerate(lines[j1:j2]):
                if tag == "equal":
                    wanted.append(copy.deepcopy(rows[i1 + offset]))
                elif tag == "replace" and i1 + offset < i2:
                    wanted.append(self._with(copy.deepcopy(rows[i1 + offset]), line))
                else:
                    wanted.append(self._with(blank(self.part), line))
        return self._in_order(wanted)

    def may_put(self, user, value, wanted):
        """To add, change and remove rows are rights of their own, here as in the form."""
        old, new = ({row["uuid"]: row["fields"] for row in rows} for rows in (value, wanted))
        deeds = {"add": new.keys() - old.keys(), "delete": old.keys() - new.keys()}
        deeds["change"] = {identity for identity in new.keys() & old.keys() if new[identity] != old[identity]}
        label, name = self.part._meta.app_label, self.part._meta.model_name
        return user.has_perms([f"{label}.{deed}_{name}" for deed, rows in deeds.items() if rows])

    def recognise(self, mine, base, now):
        known = {row["uuid"] for row in self.of(base)}
        come = [row for row in self.of(now) if row["uuid"] not in known]

        def own(row: dict) -> dict:
            twin = next((each for each in come if self._said(each) == self._said(row)), None)
            if row["uuid"] in known or twin is None:
                return row
            come.remove(twin)
            return copy.deepcopy(twin)

        self.put(mine, [own(row) for row in self.of(mine)])

    def _with(self, row: dict, line: str) -> dict:
        row["fields"][self.text] = line
        return row

    @staticmethod
    def _in_order(rows: list[dict]) -> list[dict]:
        """Each after the one before; places that can stay do."""
        last = -1
        for row in rows:
            place = row["fields"].get("position") or 0
            row["fields"]["position"] = last = place if place > last else last + 1
        return rows

    def same(self, wanted, value):
        return [(row["uuid"], self._said(row)) for row in wanted] == [(row["uuid"], self._said(row)) for row in value]

    def _said(self, row: dict) -> str:
        return spoken(row["fields"][self.text]).strip()
