"""What is asked of links: that they still lead somewhere. Whoever cares for links found out."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.board.requirement import Lack, Requirement, form_of
from conference.links.collecting import Place, RecordKey, places
from conference.models import OutgoingLink

_UNTRIED = {OutgoingLink.Health.UNKNOWN, OutgoingLink.Health.REFUSED}


@dataclass(frozen=True)
class TriedLink:
    """An address outside this site that was tried, and the field it stands in."""

    place: Place
    link: OutgoingLink

    @property
    def is_dead(self) -> bool:
        return self.link.health == OutgoingLink.Health.DEAD

    @property
    def url(self) -> str:
        """The field; for a part without a form of its own, the form it is entered in."""
        source, anchor = self.place.source, f"id_{self.place.source.field.name}"
        for model, pk, at in ((source.model, self.place.pk, anchor), (source.owner_model, self.place.owner_pk, "")):
            try:
                return form_of(model(pk=pk), at)
            except NoReverseMatch:
                continue
        return reverse("admin:index")


def tried_links(*things: tuple[type[Model], list[int]]) -> dict[RecordKey, list[TriedLink]]:
    """By thing, those of its parts included. Two queries; one if no address is named."""
    found = places({model: model._base_manager.filter(pk__in=numbers) for model, numbers in things})
    if not found:
        return {}
    tried = OutgoingLink.objects.filter(url__in=list(found)).exclude(health__in=_UNTRIED)
    links = defaultdict(list)
    for link in tried.order_by("url"):
        for place in found[link.url]:
            links[place.owner_key].append(TriedLink(place, link))
    return links


def with_links(records: list) -> list:
    """Notes with each record, all of one kind, the links it names."""
    if records:
        links = tried_links((type(records[0]), [record.pk for record in records]))
        for record in records:
            record.board_links = links.get((record._meta.label_lower, record.pk), [])
    return records


def alive(key: str) -> Requirement:
    """Needs `board_links`, as `with_links` notes them."""
    return Requirement(
        key,
        gettext_lazy("Links"),
        gettext_lazy("Alle Links nach außen führen noch zum Ziel, soweit sie geprüft wurden."),
        lambda record: [
            Lack(_("Der Link %(address)s führt ins Leere.") % {"address": tried.link.url}, tried.url)
            for tried in record.board_links
            if tried.is_dead
        ],
        lambda record: bool(record.board_links),
    )
