"""What related things are called in a cell, and which one a cell means."""

from collections import Counter, defaultdict
from functools import cached_property

from django.db import models
from django.utils.translation import gettext as _

from conference.roundtrip.texts import key, spoken
from conference.scope import is_limited, paths_of, scoped

# How many of those that a word could mean are named.
NAMED = 5


class CellRefused(Exception):
    """What stands in a cell cannot be taken over. The message is for the editor."""


class Names:
    """The things somebody may name, by kind. One query for each kind, when it is first asked for."""

    def __init__(self, user):
        self.user = user
        self._known: dict[type[models.Model], _Known] = {}

    def of(self, model: type[models.Model]) -> "_Known":
        if model not in self._known:
            self._known[model] = _Known(model, self.user)
        return self._known[model]


class _Known:
    """All things of a kind that somebody works on: their titles, with a mark behind where two share one."""

    def __init__(self, model: type[models.Model], user):
        self.model, self.user = model, user

    @cached_property
    def _rows(self) -> list[tuple[int, str, str]]:
        """(number, words, mark); the mark tells it from all others of its kind."""
        things = self.model._default_manager.all()
        if hasattr(self.model.objects, "visible_to"):
            things = self.model.objects.visible_to(self.user)
        if is_limited(self.user) and paths_of(self.model):
            things = scoped(things, self.user)
        long = [f.name for f in self.model._meta.concrete_fields if isinstance(f, models.TextField)]
        has_slug = any(f.name == "slug" and f.unique for f in self.model._meta.concrete_fields)
        found = things.order_by("pk").defer(*long)
        return [(each.pk, spoken(str(each)).strip(), each.slug if has_slug else str(each.uuid)) for each in found]

    @cached_property
    def labels(self) -> dict[int, str]:
        """What each is called, by number; no two alike."""
        plain = Counter(key(words) for _number, words, _mark in self._rows)
        labels = {}
        for number, words, mark in self._rows:
            is_alone = plain[key(words)] == 1 and key(words)
            labels[number] = words if is_alone else f"{words} [{mark}]".strip()
        # Somebody may have given a title that looks like one with a mark.
        taken = Counter(key(label) for label in labels.values())
        marks = {number: mark for number, _words, mark in self._rows}
        return {n: label if taken[key(label)] == 1 else f"[{marks[n]}]" for n, label in labels.items()}

    @cached_property
    def _by_label(self) -> dict[str, int]:
        return {key(label): number for number, label in self.labels.items()}

    @cached_property
    def _by_mark(self) -> dict[str, int]:
        return {key(mark): number for number, _words, mark in self._rows}

    @cached_property
    def _by_words(self) -> dict[str, list[int]]:
        found = defaultdict(list)
        for number, words, _mark in self._rows:
            found[key(words)].append(number)
        return found

    def has(self, words: str) -> bool:
        return key(words) in self._by_words

    def find(self, text: str) -> int:
        """The one that is meant, by its title, its address or both. Raises CellRefused."""
        wanted = key(text)
        if wanted in self._by_label:
            return self._by_label[wanted]
        alike = self._by_words.get(wanted, [])
        # The title of several is often the address of the first of them; that one need not be meant.
        if len(alike) < 2:
            mark = wanted.rpartition("[")[2].removesuffix("]") if wanted.endswith("]") else wanted
            for known in (wanted, mark):
                if known in self._by_mark:
                    return self._by_mark[known]
        if len(alike) == 1:
            return alike[0]
        words = {"noun": self.model._meta.verbose_name, "text": text.strip()}
        if not alike:
            raise CellRefused(_("%(noun)s „%(text)s“ gibt es nicht.") % words)
        words["choices"] = "; ".join(self.labels[number] for number in alike[:NAMED])
        raise CellRefused(_("%(noun)s „%(text)s“ gibt es mehrmals. Bitte genauer: %(choices)s.") % words)
