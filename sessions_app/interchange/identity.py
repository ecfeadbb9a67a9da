"""Which talks of a file are the same: every talk leaves with one guid, and no guid stands for two talks."""

import re
import uuid
from collections.abc import Iterable

from django.utils.translation import gettext as _

from sessions_app.interchange.noting import Notes
from sessions_app.interchange.programme import FileRefused, Talk

# The largest congress has 3,000.
MOST_TALKS = 5_000
# Of the texts of a file together, as HTML. The largest has a fifth of that.
MOST_PROSE = 8_000_000
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# Of all the guids made here. It never changes, or every programme would come in anew.
_OURS = uuid.UUID("5f0b9a53-7a51-5d0e-9a3c-2f4f4b1c7d11")


def made_guid(*parts: object) -> str:
    """Always the same one for the same words."""
    return str(uuid.uuid5(_OURS, "\n".join(str(part) for part in parts)))


def as_uuid(guid: str, key: str) -> str:
    """The guid itself where it is a UUID, else one made of it and its source."""
    return guid.lower() if UUID.fullmatch(guid) else made_guid("guid", key, guid)


def settle(drafts: Iterable[dict], key: str, notes: Notes) -> tuple[Talk, ...]:
    """The talks: those without guid get one that lasts, one told twice is read once, a clash refuses the file."""
    known: dict[str, Talk] = {}
    numbers: dict[str, Talk] = {}
    codes: dict[str, Talk] = {}
    length = 0
    for count, draft in enumerate(drafts):
        if count >= MOST_TALKS:
            words = _("Die Datei hat mehr als %(most)s Beiträge.")
            raise FileRefused(words % {"most": f"{MOST_TALKS:,}".replace(",", ".")}, draft.get("place", ""))
        length += len(draft.get("abstract") or "") + len(draft.get("description") or "")
        if length > MOST_PROSE:
            words = _("Die Beschreibungen der Beiträge sind zusammen länger als %(most)s Zeichen.")
            raise FileRefused(words % {"most": f"{MOST_PROSE:,}".replace(",", ".")}, draft.get("place", ""))
        guid = draft.pop("guid", "")
        talk = Talk(guid=guid or _guid_of(draft, key, numbers, notes), **draft)
        first = known.get(talk.guid)
        if first is not None:
            _refuse_clash(first, talk)
            _tell_repeat(first, talk, notes)
            continue
        known[talk.guid] = talk
        _look_at_number(talk, numbers, notes)
        _look_at_code(talk, codes, notes)
    return tuple(known.values())


def _guid_of(draft: dict, key: str, numbers: dict[str, Talk], notes: Notes) -> str:
    notes.once(
        _("Ein Beitrag hat keine guid. Er wird an Nummer oder Titel wiedererkannt, solange die sich nicht ändern."),
        draft.get("place", ""),
    )
    number, when = draft.get("number", ""), draft.get("start") or draft.get("day") or ""
    if number and number not in numbers:
        return made_guid("number", key, number)
    if draft.get("slug"):
        return made_guid("slug", key, draft["slug"])
    title = "" if draft["title"] == _("Ohne Titel") else draft["title"]
    return made_guid("title", key, title, when)


def _refuse_clash(first: Talk, second: Talk):
    if _folded(first.title) == _folded(second.title):
        return
    words = _("Dieselbe guid „%(guid)s“ steht bei zwei verschiedenen Beiträgen: „%(first)s“ (%(where)s), „%(second)s“.")
    raise FileRefused(
        words % {"guid": first.guid[:60], "first": first.title[:80], "where": first.place, "second": second.title[:80]},
        second.place,
    )


def _tell_repeat(first: Talk, second: Talk, notes: Notes):
    same_slot = (first.start, first.day, first.room) == (second.start, second.day, second.room)
    words = (
        _("„%(title)s“ steht ein zweites Mal in der Datei (zuerst: %(where)s) und wird einmal gelesen.")
        if same_slot
        else _(
            "„%(title)s“ steht noch zu anderer Zeit oder in anderem Raum (zuerst: %(where)s); es gilt die erste Stelle."
        )
    )
    notes.say(words % {"title": first.title[:80], "where": first.place}, second.place)


def _look_at_number(talk: Talk, numbers: dict[str, Talk], notes: Notes):
    first = numbers.setdefault(talk.number, talk)
    if talk.number and first is not talk:
        words = _("Die Nummer %(number)s steht schon bei „%(title)s“ (%(where)s); die beiden gelten als zwei Beiträge.")
        notes.say(words % {"number": talk.number[:20], "title": first.title[:80], "where": first.place}, talk.place)


def _look_at_code(talk: Talk, codes: dict[str, Talk], notes: Notes):
    """pretalx gives a talk that is held several times a guid each, and one code."""
    first = codes.setdefault(talk.code, talk)
    if talk.code and first is not talk:
        words = _("„%(title)s“ wird mehrmals gehalten (zuerst: %(where)s); jeder Termin gilt als eigener Beitrag.")
        notes.say(words % {"title": talk.title[:80], "where": first.place}, talk.place)


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())
