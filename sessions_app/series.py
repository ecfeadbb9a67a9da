"""An event among the events of its conference: its place, its neighbours, the rail under its head."""

from django.http import Http404
from django.utils.functional import cached_property

from conference.publishing import PUBLIC
from sessions_app.models import Event

# More would not fit beside one another.
RAIL = 12


class Series:
    """The events of one conference as `viewer` may see them, and where we are. Two queries; raises Http404."""

    def __init__(self, conference_slug: str, slug: str, viewer=PUBLIC):
        self.events = list(Event.objects.visible_to(viewer).in_series(conference_slug).for_cards(viewer))
        self.place = next((place for place, event in enumerate(self.events) if event.slug == slug), None)
        if self.place is None:
            raise Http404
        self.event = self.events[self.place].load_page(viewer)

    @cached_property
    def rail(self) -> list[Event]:
        return self.events if 1 < len(self.events) <= RAIL else []

    @property
    def number(self) -> int:
        return self.place + 1

    @property
    def previous(self) -> Event | None:
        return self.events[self.place - 1] if self.place else None

    @property
    def next(self) -> Event | None:
        return self.events[self.place + 1] if self.place + 1 < len(self.events) else None
