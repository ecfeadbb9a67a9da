"""What is open: the list for the weekly meeting, and what one editor has taken on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from conference.board.matrix import Cell, examine
from conference.board.requirement import Checklist
from conference.models import Conference, Gap
from conference.records import Column, Kind, Record
from conference.scope import scoped


@dataclass(frozen=True)
class OpenGap:
    """A cell that is not complete, with where it belongs."""

    cell: Cell
    checklist: Checklist
    conference: Conference | None = None

    @property
    def noun(self) -> str:
        return capfirst(self.checklist.model._meta.verbose_name)

    @property
    def owner_name(self) -> str:
        owner = self.cell.owner
        return (owner.get_full_name() or owner.get_username()) if owner else ""

    @property
    def url(self) -> str:
        return self.cell.lacks[0].url

    @property
    def record(self) -> Record:
        """As plain data: one line of the export, and of the page."""
        cell = self.cell
        return {
            "conference": self.conference.title if self.conference else "",
            "noun": str(self.noun),
            "title": str(cell.record),
            "state": str(cell.record.state_label),
            "requirement": str(cell.requirement.label),
            "sentence": cell.sentence,
            "required": str(_("ja") if cell.requirement.is_required else _("nein")),
            "weight": cell.requirement.weight,
            "owner": self.owner_name,
            "due": cell.due_on,
            "overdue": str(_("ja") if cell.is_overdue else _("nein")),
            "note": cell.gap.note if cell.gap else "",
            "url": f"{settings.SITE_URL}{self.url}",
        }


COLUMNS = (
    Column("conference", _("Konferenz"), is_printed=False),
    Column("noun", _("Art")),
    Column("title", _("Inhalt"), Kind.LONG),
    Column("state", _("Stand")),
    Column("requirement", _("Anforderung")),
    Column("sentence", _("Was fehlt"), Kind.LONG),
    Column("required", _("Pflicht"), is_printed=False),
    Column("weight", _("Gewicht"), Kind.NUMBER, is_printed=False),
    Column("owner", _("Wer kümmert sich")),
    Column("due", _("Bis wann"), Kind.DATE),
    Column("overdue", _("Überfällig")),
    Column("note", _("Notiz"), Kind.LONG, is_printed=False),
    Column("url", _("Zum Feld"), Kind.ADDRESS, is_printed=False),
)


def open_gaps(checklists: Iterable[Checklist], conference: Conference, viewer) -> list[OpenGap]:
    """What the weekly meeting goes through: what is due first, then in the order of the board."""
    found = [
        OpenGap(cell, checklist, conference)
        for checklist in checklists
        if checklist.may_see(viewer)
        for cell in examine(checklist, checklist.of_conference(conference)).missing
    ]
    return sorted(found, key=lambda gap: (gap.cell.due_on is None, gap.cell.due_on or timezone.localdate()))


def taken_on(user, checklists: Iterable[Checklist]) -> list[OpenGap]:
    """What `user` said they would see to and is still missing, the most urgent first."""
    numbers = defaultdict(set)
    for content_type, number in Gap.objects.filter(owner=user, is_not_needed=False).values_list(
        "content_type", "object_id"
    ):
        numbers[content_type].add(number)
    found = []
    for checklist in checklists:
        mine = numbers[ContentType.objects.get_for_model(checklist.model).pk]
        if mine and checklist.may_see(user):
            matrix = examine(checklist, scoped(checklist.model.objects.filter(pk__in=mine), user))
            found += [OpenGap(cell, checklist) for cell in matrix.missing if cell.gap and cell.gap.owner_id == user.pk]
    return sorted(found, key=lambda gap: (gap.cell.due_on is None, gap.cell.due_on or timezone.localdate()))
