"""Differences between two snapshots as an editor reads them: which field, which row, before and after."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from django.db import models
from django.utils.dateparse import parse_date, parse_datetime, parse_duration, parse_time
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from conference.editing.merging import is_row, word_changes
from conference.editing.snapshot import Flat, Snapshot, flatten, model_of, part_relations
from conference.richtext import RichTextField, plain_text

LONG = 60
# How a column of a kind is said; the first that fits. A moment is a date too, for Django.
_SAYING = (
    (models.BooleanField, lambda value: _("ja") if value else _("nein")),
    (RichTextField, plain_text),
    (models.DateTimeField, lambda value: date_format(localtime(parse_datetime(value)), "j. F Y, H:i")),
    (models.DateField, lambda value: date_format(parse_date(value), "j. F Y")),
    (models.TimeField, lambda value: date_format(parse_time(value), "H:i")),
    (models.DurationField, parse_duration),
)


@dataclass(frozen=True)
class Place:
    """What a path is in words: „Beiträge · Begrüßung · Titel“."""

    path: str
    field: models.Field | None
    label: str
    rows: tuple[str, ...] = ()

    def __str__(self):
        return " · ".join((*self.rows, self.label) if self.label else self.rows)


@dataclass(frozen=True)
class Difference:
    """One change. `pieces` are words that stayed, went and came, for texts only."""

    place: Place
    kind: str
    before: str
    after: str
    pieces: list[tuple[str, str]] = field(default_factory=list)

    @property
    def path(self) -> str:
        return self.place.path


@cache
def _columns(model) -> dict[str, models.Field]:
    """Every content of a model by the name it has in a path."""
    return {f.attname: f for f in model._meta.concrete_fields} | {f.name: f for f in model._meta.many_to_many}


@cache
def _parts(model) -> dict[str, type[models.Model]]:
    return {name: part for name, part, _owner in part_relations(model)}


class Reader:
    """Says values and places in words. Names of related things are loaded at once: a query for each kind of them."""

    def __init__(self, *snapshots: Snapshot):
        self.model = model_of(snapshots[0])
        self.flats = [flatten(snapshot) for snapshot in snapshots]
        self.names = self._names()
        self._row_names: dict[str, str] = {}

    def _names(self) -> dict:
        wanted = defaultdict(set)
        for flat in self.flats:
            for path, value in flat.items():
                found = self._field(path)
                if value and found is not None and found.is_relation:
                    wanted[found.related_model].update(value if isinstance(value, tuple) else [value])
        return {model: {m.pk: str(m) for m in model._base_manager.filter(pk__in=pks)} for model, pks in wanted.items()}

    def _walk(self, path: str):
        """The models and rows on the way: [(model, name of the part, identity)], and what is left of the path."""
        steps, model, way = path.split("/"), self.model, []
        while len(steps) > 1:
            if steps[0] not in _parts(model):
                return way, model, None
            model = _parts(model)[steps[0]]
            way.append((model, *steps[:2]))
            steps = steps[2:]
        return way, model, steps[0] if steps else ""

    def _field(self, path: str):
        if is_row(path):
            return None
        _way, model, name = self._walk(path)
        return _columns(model).get(name)

    def place(self, path: str) -> Place:
        way, _model, name = self._walk(path)
        rows, at = [], ""
        for model, part, identity in way:
            at = f"{at}/{part}/{identity}".strip("/")
            if at not in self._row_names:
                self._row_names[at] = self._row_name(model, at)
            rows.append(self._row_names[at])
        if is_row(path):
            return Place(path, None, "", tuple(rows))
        found = self._field(path)
        return Place(path, found, capfirst(str(found.verbose_name)) if found else name, tuple(rows))

    def _row_name(self, model, path: str) -> str:
        """By its title or the like, else by its number in the order."""
        noun = capfirst(str(model._meta.verbose_name))
        for flat in reversed(self.flats):
            if path not in flat:
                continue
            for column in model._meta.concrete_fields:
                value = flat.get(f"{path}/{column.attname}")
                if value and column.is_relation:
                    return f"{noun} „{self.value(f'{path}/{column.attname}', value)}“"
                if value and isinstance(column, models.CharField | models.TextField) and not column.choices:
                    return f"{noun} „{Truncator(plain_text(str(value))).chars(LONG)}“"
        return noun

    def value(self, path: str, value) -> str:
        """A value as a person reads it; "" for nothing."""
        found = self._field(path)
        if value in (None, "", [], ()):
            return ""
        if found is None:
            return str(value)
        if found.is_relation:
            names = self.names.get(found.related_model, {})
            numbers = value if isinstance(value, tuple | list) else [value]
            return ", ".join(names.get(number, _("nicht mehr vorhanden")) for number in numbers)
        return self._in_words(found, value)

    @staticmethod
    def _in_words(found, value) -> str:
        if found.choices:
            return str(dict(found.flatchoices).get(value, value))
        if isinstance(value, list):
            codes = dict(getattr(found, "codes", ()))
            return ", ".join(str(codes.get(code, code)) for code in value)
        say = next((say for kind, say in _SAYING if isinstance(found, kind)), str)
        try:
            return str(say(value))
        except (ValueError, TypeError, AttributeError):
            # Kept when the field was another one.
            return str(value)


def changed_paths(old: Flat, new: Flat) -> list[tuple[str, str]]:
    """Where two differ, in the order of the form: [(path, changed | new | gone)]; a row that came or went is one."""
    found, whole = [], set()
    for path in dict.fromkeys((*new, *old)):
        if old.get(path) == new.get(path) or _holders(path) & whole:
            continue
        if is_row(path):
            whole.add(path)
        found.append((path, "changed" if not is_row(path) else "new" if path in new else "gone"))
    return found


def _holders(path: str) -> set[str]:
    """The rows a path lies in."""
    steps = path.split("/")
    return {"/".join(steps[:n]) for n in range(2, len(steps), 2)}


def differences(before: Snapshot, after: Snapshot, reader: Reader | None = None) -> list[Difference]:
    """What changed from one to the other, in the order of the form. A query for each kind of related thing; none with
    a `reader` that knows both.
    """
    reader = reader or Reader(before, after)
    old, new = flatten(before), flatten(after)
    found = []
    for path, kind in changed_paths(old, new):
        place = reader.place(path)
        if is_row(path):
            found.append(Difference(place, kind, "", ""))
            continue
        texts = [reader.value(path, flat.get(path)) for flat in (old, new)]
        pieces = word_changes(*texts) if isinstance(place.field, models.TextField | models.CharField) else []
        found.append(Difference(place, "changed", *texts, pieces))
    return found
