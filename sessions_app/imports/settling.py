"""Three sides of one thing: as it was last read, as the file says now, and as the editors have it here.

What only the source changed is taken, what only the editors changed stays; where both did, it stays and is reported.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from conference.richtext import plain_text

EMPTY = (None, "", [])


@dataclass(frozen=True)
class Clash:
    """Both changed it: the value here stays. `name` is a column."""

    name: str
    here: object
    there: object


def settle(base: Mapping | None, theirs: Mapping, mine: Mapping, is_ours: bool = False) -> tuple[dict, list[Clash]]:
    """What is to be set, and what both changed.

    Without a base nothing here is written over, but for what came from our own export (`is_ours`): there the file is
    ours with somebody's changes in it, and what it leaves empty it may never have held.
    """
    taken, clashes = {}, []
    for name, value in theirs.items():
        here = mine.get(name)
        if value == here:
            continue
        if base is None or name not in base:
            if value in EMPTY or _says_the_same(value, here):
                continue
            if is_ours or here in EMPTY:
                taken[name] = value
            else:
                clashes.append(Clash(name, here, value))
        elif value == base[name]:
            continue
        elif here == base[name]:
            taken[name] = value
        else:
            clashes.append(Clash(name, here, value))
    return taken, clashes


def _says_the_same(one, other) -> bool:
    is_text = isinstance(one, str) and isinstance(other, str)
    return is_text and plain_text(one).split() == plain_text(other).split()


@dataclass(frozen=True)
class Said:
    """What a file says of somebody in a talk."""

    identity: str
    role: str
    affiliation_text: str
    organisations: tuple[int, ...]
    # The affiliation in the words of the file, whatever was found for them.
    told: str = ""

    def plain(self) -> list:
        return [self.identity, self.role, self.affiliation_text, list(self.organisations), self.told]

    @classmethod
    def read(cls, data: list) -> "Said":
        return cls(data[0], data[1], data[2], tuple(data[3]), *data[4:])

    def after(self, before: "Said | None") -> "Said":
        """The same words mean the organisations they meant, whatever those are called here by now."""
        if before is None or self.organisations or not self.told or self.told != before.told:
            return self
        return replace(self, affiliation_text=before.affiliation_text, organisations=before.organisations)

    @property
    def words(self) -> tuple:
        return self.role, self.affiliation_text, self.organisations


def words_of(row: dict) -> tuple:
    """The same of an appearance here."""
    fields = row["fields"]
    return fields["role"], fields["affiliation_text"], tuple(sorted(row["links"]["organisations"]))
