"""What a harvester asks for, taken apart and checked: the six verbs with exactly their arguments."""

import datetime
import re
import uuid
from dataclasses import dataclass

from django.http import QueryDict

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_SET = re.compile(r"[\w.!~*'()-]+(?::[\w.!~*'()-]+)*", re.ASCII)
_IDENTIFIER = re.compile(r"oai:([^:\s]+):record/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.ASCII)
_LONGEST = 2000


class Refused(Exception):
    """One of the protocol's errors, with a sentence."""

    def __init__(self, code: str, sentence: str):
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True, slots=True)
class Form:
    """Which arguments a verb needs and which it may have; `exclusive` stands alone."""

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    exclusive: str = ""

    def check(self, given: set[str]):
        if self.exclusive in given:
            if given != {self.exclusive}:
                raise Refused("badArgument", f"{self.exclusive} stands alone, without any other argument.")
            return
        allowed = self.required | self.optional | ({self.exclusive} - {""})
        if unknown := sorted(given - allowed):
            raise Refused("badArgument", f"This verb has no argument {unknown[0]}.")
        if missing := sorted(self.required - given):
            raise Refused("badArgument", f"The argument {missing[0]} is missing.")


_LIST = Form(frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}), "resumptionToken")
VERBS = {
    "Identify": Form(),
    "ListMetadataFormats": Form(optional=frozenset({"identifier"})),
    "ListSets": Form(exclusive="resumptionToken"),
    "ListIdentifiers": _LIST,
    "ListRecords": _LIST,
    "GetRecord": Form(frozenset({"identifier", "metadataPrefix"})),
}


def arguments(asked: QueryDict) -> dict[str, str]:
    """`verb` and its arguments, each once. Raises `Refused`."""
    verbs = asked.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise Refused("badVerb", "Exactly one of the six verbs of OAI-PMH is needed.")
    for name, values in asked.lists():
        if len(values) != 1:
            raise Refused("badArgument", f"The argument {name[:40]} is given more than once.")
        if len(values[0]) > _LONGEST:
            raise Refused("badArgument", f"The argument {name[:40]} is too long.")
    VERBS[verbs[0]].check(set(asked) - {"verb"})
    return {name: asked[name] for name in asked}


@dataclass(frozen=True, slots=True)
class Selection:
    """What a list is narrowed to: both moments included, `until` to its last microsecond."""

    since: datetime.datetime | None = None
    until: datetime.datetime | None = None
    set_spec: str = ""


def selection(asked: dict[str, str]) -> Selection:
    since, until, set_spec = (asked.get(name) for name in ("from", "until", "set"))
    if since is not None and until is not None and len(since) != len(until):
        raise Refused("badArgument", "from and until must be equally fine: both days or both seconds.")
    if set_spec is not None and not _SET.fullmatch(set_spec):
        raise Refused("badArgument", "set is no name of a set.")
    first = _moment("from", since) if since is not None else None
    last = _moment("until", until, is_end=True) if until is not None else None
    if first and last and first > last:
        raise Refused("badArgument", "from lies after until.")
    return Selection(first, last, set_spec or "")


def _moment(name: str, text: str, is_end: bool = False) -> datetime.datetime:
    """A day begins at midnight and ends before the next, in UTC."""
    try:
        if _SECOND.fullmatch(text):
            moment = datetime.datetime.fromisoformat(text)
            return moment.replace(microsecond=999_999) if is_end else moment
        if _DAY.fullmatch(text):
            time = datetime.time.max if is_end else datetime.time.min
            return datetime.datetime.combine(datetime.date.fromisoformat(text), time, datetime.UTC)
    except ValueError:
        pass
    raise Refused("badArgument", f"{name} is neither a day (2020-10-28) nor a second (2020-10-28T09:30:00Z).")


def identified(identifier: str, host: str) -> uuid.UUID:
    """Raises `Refused` for what cannot be ours."""
    match = _IDENTIFIER.fullmatch(identifier)
    if not match or match[1] != host:
        raise Refused("idDoesNotExist", "There is no record of this identifier.")
    return uuid.UUID(match[2])
