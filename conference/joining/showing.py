"""What moves, by name and with the way there, as far as this editor may know; and what would stand there twice."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import models
from django.db.models import Count
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from conference.editing.words import Reader
from conference.joining.references import References, holder_of, relation_behind
from conference.joining.rows import contents, own_fields
from conference.similar.asking import address_of
from conference.trash.words import noun

SHOWN = 40


@dataclass(frozen=True)
class Line:
    """A record that a row belongs to, and what the row says."""

    name: str
    url: str
    words: str = ""


@dataclass
class Group:
    """The rows of one relation."""

    title: str
    count: int
    lines: list[Line] = field(default_factory=list)
    more: int = 0
    hidden: int = 0


@dataclass(frozen=True)
class Twice:
    """Two rows for the same: what stays, what is filled in, what is lost."""

    line: Line | None
    kept: str
    filled: str
    lost: str


class Showing:
    """A handful of queries for each relation, however many rows there are."""

    def __init__(self, references: References, request, site):
        self.references, self.request, self.site = references, request, site

    # ── What moves ───────────────────────────────────────────────────────────────────────────
    def groups(self) -> list[Group]:
        found = [self._rows(key, numbers) for key, numbers in self.references.moved]
        return found + [self._links(key, numbers) for key, numbers in self.references.links]

    def _rows(self, key, numbers) -> Group:
        model = key.model
        is_part = bool(getattr(model, "part_of", ""))
        title = noun(model, len(numbers)) if is_part else self._title(model, key, len(numbers))
        group = Group(title, len(numbers))
        if key.remote_field.on_delete is models.SET_NULL:
            self._count(group, key, numbers)
            return group
        shown = numbers[:SHOWN]
        group.more = len(numbers) - len(shown)
        words = self._words(key, shown) if is_part else {}
        self._fill(group, self._holders(key, shown), words)
        return group

    @staticmethod
    def _title(model, relation, count: int) -> str:
        return f"{noun(model, count)}: {capfirst(relation.verbose_name)}"

    def _count(self, group: Group, key, numbers):
        """So many rows of each record: sentences by the video."""
        kind, path = holder_of(key)
        target = key.model._base_manager.filter(pk=numbers[0]).values(key.attname)
        rows = key.model._base_manager.filter(**{f"{key.attname}__in": target})
        counts = dict(rows.values_list(path).annotate(Count("pk")).order_by(path))
        words = {number: f"{count} {noun(key.model, count)}" for number, count in counts.items()}
        shown = list(counts)[:SHOWN]
        group.more = len(counts) - len(shown)
        self._fill(group, (kind, {number: number for number in shown}), words)

    def _links(self, key, numbers) -> Group:
        relation = relation_behind(key)
        group = Group(self._title(relation.model, relation, len(numbers)), len(numbers))
        shown = numbers[:SHOWN]
        group.more = len(numbers) - len(shown)
        self._fill(group, self._holders(key, shown), {})
        return group

    # ── Which record a row belongs to ────────────────────────────────────────────────────────
    def _form_of(self, key) -> tuple[type[models.Model] | None, str]:
        """The kind of record whose form shows the row, and the way there from the row."""
        model, steps = key.model, []
        if model._meta.auto_created:
            relation = relation_behind(key)
            model, steps = relation.model, [relation.m2m_field_name()]
        while model and not self.site.is_registered(model):
            name = getattr(model, "part_of", "")
            if name == key.name and model is key.model:
                # A part of the record itself: what it is about is the other end.
                others = (f for f in model._meta.concrete_fields if f.many_to_one and f.name != name)
                name = next((f.name for f in others), "")
            steps.append(name)
            model = model._meta.get_field(name).related_model if name else None
        return model, "__".join(steps) or "pk"

    def _holders(self, key, numbers) -> tuple[type[models.Model] | None, dict[int, int]]:
        kind, path = self._form_of(key)
        rows = key.model._base_manager.filter(pk__in=numbers).order_by("pk")
        return kind, dict(rows.values_list("pk", path)) if kind else {}

    def _fill(self, group: Group, holders, words: dict[int, str]):
        kind, by_row = holders
        seen = self._seen(kind, by_row.values())
        for row, number in by_row.items():
            if number in seen:
                group.lines.append(self._line(seen[number], words.get(row, "")))
            else:
                group.hidden += 1

    def _seen(self, kind, numbers) -> dict:
        model_admin = self.site.get_model_admin(kind) if kind else None
        if model_admin is None or not model_admin.has_view_permission(self.request):
            return {}
        rows = model_admin.get_queryset(self.request).filter(pk__in=set(numbers))
        owner = getattr(kind, "part_of", "")
        return {row.pk: row for row in (rows.select_related(owner) if owner else rows)}

    def _line(self, record, words: str) -> Line:
        name = _("%(noun)s „%(name)s“") % {"noun": noun(type(record)), "name": record}
        if owner := getattr(record, "part_of", ""):
            name = _("%(name)s in „%(owner)s“") % {"name": name, "owner": getattr(record, owner)}
        return Line(name, address_of(record), words)

    # ── What a row says ──────────────────────────────────────────────────────────────────────
    def _words(self, key, numbers) -> dict[int, str]:
        known = contents(key.model, numbers)
        if not known:
            return {}
        reader = Reader(*known.values())
        return {number: ", ".join(self._said(reader, key.model, row).values()) for number, row in known.items()}

    def _said(self, reader: Reader, model, row: dict) -> dict[str, str]:
        """Each content of a row in words, what is empty left out; a mark by its name alone."""
        found = {}
        for each in own_fields(model):
            value = row["fields"].get(each.attname)
            if isinstance(each, models.BooleanField):
                words = str(each.verbose_name) if value else ""
            else:
                words = reader.value(each.attname, value)
            if words:
                found[each.attname] = words
        for name, numbers in row["links"].items():
            related = model._meta.get_field(name).related_model
            model_admin = self.site._registry.get(related)
            if numbers and model_admin and model_admin.has_view_permission(self.request):
                found[name] = reader.value(name, tuple(numbers))
        return found

    # ── What would stand there twice ─────────────────────────────────────────────────────────
    def twice(self) -> list[Twice]:
        by_key, found = defaultdict(list), []
        for double in self.references.doubles:
            by_key[double.key].append(double)
        for key, doubles in by_key.items():
            known = contents(key.model, [number for each in doubles for number in (each.stays, each.goes)])
            reader = Reader(*known.values())
            kind, by_row = self._holders(key, [each.goes for each in doubles])
            seen = self._seen(kind, by_row.values())
            for each in doubles:
                record = seen.get(by_row.get(each.goes))
                line = self._line(record, "") if record else None
                found.append(self._twice(line, each, reader, known))
        return found

    def _twice(self, line, double, reader: Reader, known) -> Twice:
        kept, goes = (self._said(reader, double.model, known[number]) for number in (double.stays, double.goes))
        filled = {**double.filled["fields"], **double.filled["links"]}
        taken = [words for name, words in goes.items() if name in filled]
        lost = [words for name, words in goes.items() if name not in filled and kept.get(name) != words]
        if line is None:
            return Twice(None, "", "", "")
        return Twice(line, ", ".join(kept.values()), ", ".join(taken), ", ".join(lost))
