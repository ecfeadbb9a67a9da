"""Where a harvest goes on: all it needs stands in the token, signed, so that nothing is kept here."""

import datetime
from typing import NamedTuple

from django.core import signing
from django.utils import timezone

from sessions_app.oai.arguments import Refused, Selection

LASTS = datetime.timedelta(days=1)
_SALT = "sessions_app.oai"


class Position(NamedTuple):
    """After which entry (its moment and key) a list goes on, how many have been handed out, and of how many."""

    verb: str
    prefix: str
    selection: Selection
    after: tuple[datetime.datetime, int] | None = None
    delivered: int = 0
    total: int | None = None


def token(position: Position) -> str:
    moment, key = position.after
    kept = [
        position.verb,
        position.prefix,
        _text(position.selection.since),
        _text(position.selection.until),
        position.selection.set_spec,
        _text(moment),
        key,
        position.delivered,
        position.total,
    ]
    return signing.dumps(kept, salt=_SALT, compress=True)


def expires_at() -> datetime.datetime:
    return timezone.now() + LASTS


def resume(text: str, verb: str) -> Position:
    """Raises `Refused` for a token that is not ours, too old, or of another verb."""
    try:
        kept = signing.loads(text, salt=_SALT, max_age=LASTS)
    except signing.BadSignature as error:
        raise Refused("badResumptionToken", "This token is unknown or has expired. Begin the list again.") from error
    given, prefix, since, until, set_spec, moment, key, delivered, total = kept
    if given != verb:
        raise Refused("badResumptionToken", "This token belongs to another verb.")
    selection = Selection(_moment(since), _moment(until), set_spec)
    return Position(verb, prefix, selection, (_moment(moment), key), delivered, total)


def _text(moment: datetime.datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _moment(text: str) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(text) if text else None
