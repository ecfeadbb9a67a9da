"""Find those of a kind whose names are like the one that is typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Model, QuerySet

MOST = 8
LONGEST_NAME = 250


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a kind of thing is compared: `parameters` are the fields of its name by their names in an address, `same`
    says whether a stored thing may be the one that is typed, `reads` what it has to know for that.
    """

    kind: str
    parameters: Mapping[str, str]
    reads: tuple[str, ...]
    same: Callable[[Mapping[str, str], Model], bool]

    def typed(self, given: Mapping[str, str]) -> dict[str, str]:
        """The name by its fields, from the parameters of an address."""
        return {field: given.get(name, "").strip()[:LONGEST_NAME] for name, field in self.parameters.items()}

    def find(self, things: QuerySet, typed: Mapping[str, str]) -> list[Model]:
        """At most MOST of them. One query that reads the names of all, and a comparison for each."""
        found = []
        for thing in things.only("pk", "status", "published_at", "expires_at", *self.reads).iterator():
            if self.same(typed, thing):
                found.append(thing)
                if len(found) == MOST:
                    break
        return found
