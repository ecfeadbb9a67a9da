"""Which entries a list holds, a page at a time, in the order in which they last changed.

What changes while somebody harvests moves to the end: it is handed out again, and never left out.
"""

from typing import NamedTuple

from django.db.models import Q, Value
from django.db.models.functions import StrIndex

from conference.models.exchange.harvest import HarvestEntry
from sessions_app.oai.arguments import Selection
from sessions_app.oai.tokens import Position

PAGE = 100


class Page(NamedTuple):
    entries: list[HarvestEntry]
    # Where the next one begins, if there is one.
    next: Position | None
    total: int


def page_of(position: Position) -> Page:
    """Two queries for the first page, one for each further."""
    entries = _selected(position.selection)
    total = entries.count() if position.total is None else position.total
    found = list(_after(entries, position.after).order_by("datestamp", "pk")[: PAGE + 1])
    kept = found[:PAGE]
    if len(found) <= PAGE:
        return Page(kept, None, total)
    delivered = position.delivered + len(kept)
    after = (kept[-1].datestamp, kept[-1].pk)
    return Page(kept, position._replace(after=after, delivered=delivered, total=max(total, delivered + 1)), total)


def _selected(selection: Selection):
    entries = HarvestEntry.objects.all()
    if selection.since:
        entries = entries.filter(datestamp__gte=selection.since)
    if selection.until:
        entries = entries.filter(datestamp__lte=selection.until)
    if selection.set_spec:
        entries = _in_set(entries, selection.set_spec)
    return entries


def _in_set(entries, spec: str):
    """In the set itself or below it. Letter by letter: capitals count on both databases."""
    itself = StrIndex("sets", Value(f",{spec},"))
    below = StrIndex("sets", Value(f",{spec}:"))
    return entries.alias(itself=itself, below=below).filter(Q(itself__gt=0) | Q(below__gt=0))


def _after(entries, after):
    if after is None:
        return entries
    moment, key = after
    return entries.filter(Q(datestamp__gt=moment) | Q(datestamp=moment, pk__gt=key))
