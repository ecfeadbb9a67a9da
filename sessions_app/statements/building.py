"""A statement: every public appearance, recording and material of a project, with its day and its address."""

import dataclasses
import datetime
from collections.abc import Iterable
from functools import cached_property

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from conference.exports import Extract
from conference.models import Material, Organisation
from conference.records import Column, Dataset, Kind, Record, absolute
from projects_app.models import Partnership, Project
from sessions_app.models import Contribution, Event, Video


@dataclasses.dataclass(frozen=True)
class Code:
    """A funding code, and whose: the project's own (no partnership), or that of one of its partners."""

    code: str
    project: Project
    partnership: Partnership | None = None

    @property
    def holder(self) -> str:
        if self.partnership is None:
            return str(_("Verbund"))
        organisation = self.partnership.visible_organisation
        return organisation.name if organisation else self.partnership.organisation_text


def codes_of(projects: Iterable[Project]) -> list[Code]:
    """Needs `visible_partnerships`, as `with_relations` loads them."""
    found = []
    for project in projects:
        if project.funding_code:
            found.append(Code(project.funding_code, project))
        partners = (partner for partner in project.visible_partnerships if partner.funding_code)
        found.extend(Code(partner.funding_code, project, partner) for partner in partners)
    return found


def by_name(codes: Iterable[Code]) -> dict[str, Code]:
    """What an address calls each: the code, with its holder where another has it before."""
    found: dict[str, Code] = {}
    for code in codes:
        found[code.code if code.code not in found else f"{code.code} {code.holder}"] = code
    return found


@dataclasses.dataclass
class Statement:
    """What is public of `project` between two days, both included; None is no limit.

    In a cancelled event nobody appears. With a partner's code each appearance says whether somebody of that
    organisation took part. Six queries.
    """

    project: Project
    code: Code | None = None
    first: datetime.date | None = None
    last: datetime.date | None = None

    @cached_property
    def records(self) -> list[Record]:
        with override(settings.CONTENT_LANGUAGE):
            contributions = list(Contribution.objects.with_event().filter(projects=self.project))
            found = [
                *(self._appearance(each) for each in contributions if not each.event.is_cancelled),
                *(self._video(video) for video in self._videos(contributions)),
                *(self._material(material) for material in self._materials(contributions)),
            ]
        return [record for record in found if self._is_within(record)]

    def of_kind(self, kind: str) -> list[Record]:
        return [record for record in self.records if record["group"] == kind]

    @property
    def appearances(self) -> list[Record]:
        return self.of_kind("appearance")

    @property
    def videos(self) -> list[Record]:
        return self.of_kind("video")

    @property
    def materials(self) -> list[Record]:
        return self.of_kind("material")

    @property
    def organisation(self) -> Organisation | None:
        partnership = self.code.partnership if self.code else None
        return partnership.visible_organisation if partnership else None

    def _is_within(self, record: Record) -> bool:
        """A material has a year and no day: any day of it counts."""
        day = record["day"]
        first, last = (day, day) if isinstance(day, datetime.date) else _year(record["year"])
        if first is None:
            return self.first is None and self.last is None
        return (self.first is None or last >= self.first) and (self.last is None or first <= self.last)

    def _videos(self, contributions: list[Contribution]) -> list[Video]:
        """Of the contributions, and of the whole events they were part of."""
        events = {contribution.event_id for contribution in contributions}
        mine = Q(contribution__in=contributions) | Q(event__in=events, contribution__isnull=True)
        return list(Video.objects.published().recordings().filter(mine).with_poster().oldest_first())

    def _materials(self, contributions: list[Contribution]) -> list[Material]:
        mine = Q(projects=self.project) | Q(contributions__in=contributions)
        return list(Material.objects.published().filter(mine).distinct().by_title())

    # ── Rows ─────────────────────────────────────────────────────────────────────────────────
    def _appearance(self, contribution: Contribution) -> Record:
        event, people = contribution.event, contribution.visible_appearances
        partner = self.organisation
        took_part = partner and any(not each.is_former and partner in each.visible_organisations for each in people)
        return {
            "group": "appearance",
            "kind": str(contribution.get_kind_display()),
            "day": event.date,
            "year": event.date.year,
            "title": contribution.title,
            **_where(event),
            "people": "; ".join(_in_words(each) for each in people),
            "partner": "" if partner is None else str(_("ja") if took_part else _("nein")),
            "address": absolute(contribution.get_absolute_url()),
            "uuid": str(contribution.uuid),
        }

    def _video(self, video: Video) -> Record:
        event = video.shown_event
        day = video.recorded_on or event.date
        return {
            "group": "video",
            "kind": str(_("Video")),
            "day": day,
            "year": day.year,
            "title": video.title,
            **_where(event),
            "people": "",
            "partner": "",
            "address": absolute(video.get_absolute_url()),
            "uuid": str(video.uuid),
        }

    def _material(self, material: Material) -> Record:
        return {
            "group": "material",
            "kind": str(material.kind_label),
            "day": None,
            "year": material.year,
            "title": material.title,
            "conference": "",
            "event": "",
            "people": material.authors,
            "partner": "",
            "address": absolute(material.address or material.get_absolute_url()),
            "uuid": str(material.uuid),
        }

    # ── As a file ────────────────────────────────────────────────────────────────────────────
    def extract(self) -> Extract:
        remarks = [(_("Vorhaben"), self.project.title or self.project.acronym)]
        if self.code:
            remarks.append((_("Förderkennzeichen"), f"{self.code.code} ({self.code.holder})"))
        elif codes := codes_of([self.project]):
            words = "; ".join(f"{code.code} ({code.holder})" for code in codes)
            remarks.append((_("Förderkennzeichen"), words))
        if self.first or self.last:
            days = [f"{day:%d.%m.%Y}" if day else "…" for day in (self.first, self.last)]
            remarks.append((_("Zeitraum"), " – ".join(days)))
        return Extract(self._dataset(), remarks=remarks)

    def _dataset(self) -> Dataset:
        columns = COLUMNS if self.organisation else tuple(each for each in COLUMNS if each.key != "partner")
        return Dataset(
            name=f"nachweis-{self.project.slug}",
            title=str(_("Verwendungsnachweis %(project)s")) % {"project": self.project.acronym},
            summary="",
            noun=Project,
            columns=columns,
            rows=lambda viewer: Project.objects.none(),
            of_conference=lambda rows, conference, viewer: rows,
            load=lambda rows, viewer, known: rows,
            record=lambda record: record,
            compute=lambda viewer, conference: self.records,
        )


COLUMNS = (
    Column("kind", _("Art")),
    Column("day", _("Datum"), Kind.DATE),
    Column("year", _("Jahr"), Kind.NUMBER),
    Column("title", _("Titel"), Kind.LONG),
    Column("conference", _("Konferenz")),
    Column("event", _("Veranstaltung"), Kind.LONG),
    Column("people", _("Personen mit ihrer Einrichtung an diesem Tag"), Kind.LONG),
    Column("partner", _("Mit der Einrichtung des Kennzeichens")),
    Column("address", _("Adresse"), Kind.ADDRESS),
    Column("uuid", _("Kennung")),
)


def _where(event: Event) -> dict[str, str]:
    """Whoever sees a contribution or a video sees its event, and the conference of that."""
    return {"conference": event.conference.title, "event": event.title}


def _in_words(appearance) -> str:
    name, affiliation = appearance.visible_speaker.name, appearance.affiliation
    return f"{name} ({affiliation})" if affiliation else name


def _year(year: int | None) -> tuple[datetime.date | None, datetime.date | None]:
    if not year or not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        return None, None
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
