"""What an editor decides about a programme before it comes in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from conference.models import Conference, ImportSource


class ImportRefused(Exception):
    """The programme cannot come in so: one sentence for the editor."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """`people` and `talks` lead from keys of the file to UUIDs here: whom and what the editor recognised."""

    source: str
    grouping: str = ImportSource.Grouping.OWN
    # None: a new one, a draft, made from the file.
    conference: Conference | None = None
    title: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    talks: Mapping[str, str] = field(default_factory=dict)
    # Much that came earlier is missing, and that is as it should be.
    is_fewer_fine: bool = False
