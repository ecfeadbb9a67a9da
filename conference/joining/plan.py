"""What two records will be as one: which value of each field is kept, which names, which addresses, what moves."""

import copy
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from conference.editing.snapshot import content_fields, take
from conference.joining.references import References, find
from conference.joining.rows import EMPTY
from conference.models import FormerSlug, WorkingCopy

STAYS, GOES = "bleibt", "geht"
OTHER_NAMES = "other_names"
# Each record's own: its address, its moments, its spellings, which are all kept.
_OWN = {"slug", "published_at", "expires_at", OTHER_NAMES}


@dataclass(frozen=True)
class Unit:
    """Fields that belong together, as they stand in one line of the form: both coordinates, the whole name."""

    fields: tuple[models.Field, ...]
    stays: dict
    goes: dict

    @property
    def name(self) -> str:
        return self.fields[0].attname

    @property
    def label(self) -> str:
        return " / ".join(capfirst(str(field.verbose_name)) for field in self.fields)

    @property
    def is_same(self) -> bool:
        return self.stays == self.goes

    @property
    def is_conflict(self) -> bool:
        """Both say something, and not the same."""
        pairs = ((self.stays[name], self.goes[name]) for name in self.stays)
        return any(one != other and one not in EMPTY and other not in EMPTY for one, other in pairs)

    def values(self, side: str) -> dict:
        """Those of one side; where it says nothing, those of the other."""
        first, second = (self.goes, self.stays) if side == GOES else (self.stays, self.goes)
        return {name: second[name] if value in EMPTY else value for name, value in first.items()}


def _lines(fieldsets) -> list[tuple[str, ...]]:
    entries = [entry for _name, options in fieldsets for entry in options["fields"]]
    return [(entry,) if isinstance(entry, str) else tuple(entry) for entry in entries]


class Plan:
    """`fieldsets` are those of the form. Costs two snapshots, and what `references.find` costs; writes nothing."""

    def __init__(self, stays, goes, fieldsets):
        self.stays, self.goes, self.model, self.fieldsets = stays, goes, type(stays), fieldsets
        self.before = {STAYS: take(stays), GOES: take(goes)}
        self.units = self._units(fieldsets)
        self.references: References = find(stays, goes)
        kind = ContentType.objects.get_for_model(self.model)
        slugs = FormerSlug.objects.filter(content_type=kind, object_id__in=[stays.pk, goes.pk])
        self.former = sorted(slugs.values_list("object_id", "slug"))

    def _units(self, fieldsets) -> list[Unit]:
        known = {field.name: field for field in content_fields(self.model) if field.editable}
        units = []
        for line in _lines(fieldsets):
            fields = tuple(known[name] for name in line if name in known and name not in _OWN)
            values = [{f.attname: self.before[side]["fields"][f.attname] for f in fields} for side in (STAYS, GOES)]
            if fields:
                units.append(Unit(fields, *values))
        return units

    @property
    def conflicts(self) -> list[Unit]:
        return [unit for unit in self.units if unit.is_conflict]

    def values(self, choices: Mapping[str, str]) -> dict:
        """What the one that stays will say; `choices` names a side for each conflict."""
        chosen = {}
        for unit in self.units:
            chosen |= unit.values(choices.get(unit.name, STAYS) if unit.is_conflict else STAYS)
        if OTHER_NAMES in self.before[STAYS]["fields"]:
            chosen[OTHER_NAMES] = "\n".join(self.spellings(chosen))
        return chosen

    def spellings(self, chosen: dict) -> list[str]:
        """Every name either is known by, but for those that are kept as its own."""
        becoming = copy.copy(self.stays)
        for field in self.model._meta.concrete_fields:
            if field.attname in chosen:
                setattr(becoming, field.attname, field.to_python(chosen[field.attname]))
        names = [self.model.slug_from, *(name for name in self.model.search_names if name != OTHER_NAMES)]
        said = []
        for record in (self.stays, self.goes):
            said += [*getattr(record, OTHER_NAMES).splitlines(), *(getattr(record, name) for name in names)]
        own = {getattr(becoming, name) for name in names}
        return [name for name in dict.fromkeys(map(str.strip, said)) if name and name not in own]

    @cached_property
    def added(self) -> dict[str, list[int]]:
        """What its own many-to-many relations gain."""
        own, others = (self.before[side]["links"] for side in (STAYS, GOES))
        found = {name: sorted(set(numbers) - set(own[name])) for name, numbers in others.items()}
        return {name: numbers for name, numbers in found.items() if numbers}

    @cached_property
    def slugs(self) -> list[str]:
        """Old names that will lead to the one that stays and do not yet."""
        known = {slug for number, slug in self.former if number == self.stays.pk} | {self.stays.slug}
        found = [self.goes.slug, *(slug for number, slug in self.former if number == self.goes.pk)]
        return [slug for slug in dict.fromkeys(found) if slug not in known]

    @cached_property
    def obstacles(self) -> list[str]:
        """Why these two cannot be joined this way round."""
        if self.stays.pk == self.goes.pk:
            return [_("Das ist zweimal derselbe Eintrag.")]
        if openness(self.goes) > openness(self.stays):
            words = _("„%(goes)s“ ist öffentlich oder geplant, „%(stays)s“ nicht. Bitte behalten Sie den ersten.")
            return [words % {"goes": self.goes, "stays": self.stays}]
        return []

    @cached_property
    def working_copies(self) -> list[str]:
        """Which of the two has a working copy."""
        kind = ContentType.objects.get_for_model(self.model)
        copies = WorkingCopy.objects.filter(content_type=kind, object_id__in=[self.stays.pk, self.goes.pk])
        found = set(copies.values_list("object_id", flat=True))
        return [side for side, each in ((STAYS, self.stays), (GOES, self.goes)) if each.pk in found]

    @property
    def mark(self) -> str:
        """Changes with everything that is shown: nobody joins something else than what they saw."""
        references = self.references
        pointing = [*references.moved, *references.links, *references.double_links]
        shown = [
            self.before,
            self.former,
            [(key.model._meta.label, key.name, numbers) for key, numbers in pointing],
            [(each.model._meta.label, each.stays, each.goes, each.filled) for each in references.doubles],
        ]
        return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


def openness(record) -> int:
    """2 for what the public sees, 1 for what it will see, 0 for the rest. No query."""
    return 2 if record.is_shown_as_public else int(record.is_released)
