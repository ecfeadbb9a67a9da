"""What an editor decides about a programme before it comes in."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from conference.models import Conference, ImportSource


def mark_of(key: str) -> str:
    """A key of the file as forms name it."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


class ImportRefused(Exception):
    """The programme cannot come in so: one sentence for the editor."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """`people` and `talks` lead from marks (`mark_of`) to UUIDs here: whom and what the editor recognised."""

    source: str
    grouping: str = ImportSource.Grouping.OWN
    # None: a new one, a draft, made from the file.
    conference: Conference | None = None
    title: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    talks: Mapping[str, str] = field(default_factory=dict)
    # Marks of talks that do not come in, because they were deleted here.
    left_out: frozenset[str] = frozenset()
    # Much that came earlier is missing, and that is as it should be.
    is_fewer_fine: bool = False
