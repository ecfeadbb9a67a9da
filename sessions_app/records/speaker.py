"""People as plain data, with everything they appeared in."""

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from conference.models import Organisation
from conference.records import IDENTITY, Column, Dataset, Kind, Record, identity
from sessions_app.models import Appearance, Contribution, Speaker


def speaker_record(speaker: Speaker) -> Record:
    """Needs what `speakers_with_appearances` loads."""
    return {
        "name": speaker.name,
        "academic_title": speaker.academic_title,
        "given_name": speaker.given_name,
        "family_name": speaker.family_name,
        "organisations": [organisation.name for organisation in speaker.visible_organisations],
        "appearances": [_appearance_record(appearance) for appearance in speaker.visible_appearances],
        "projects": [each.visible_project.acronym for each in speaker.visible_involvements],
        "website": speaker.website,
        "orcid": speaker.orcid,
        **identity(speaker),
    }


def _appearance_record(appearance: Appearance) -> Record:
    return {
        "uuid": str(appearance.uuid),
        "date": appearance.contribution.event.date,
        "event": appearance.contribution.event.title,
        "contribution": appearance.contribution.title,
        "role": str(appearance.role_label),
        "affiliation": appearance.affiliation,
    }


def _appearances_in_words(record: Record) -> str:
    """ "28.10.2020 Auftaktveranstaltung: Keynote (ehemals Wuppertal Institut); …" """
    return "; ".join(
        f"{each['date']:%d.%m.%Y} {each['event']}: {each['role']}"
        + (f" ({each['affiliation']})" if each["affiliation"] else "")
        for each in record["appearances"]
    )


def speakers_with_appearances(speakers: QuerySet, viewer, known: dict) -> QuerySet:
    organisations = Organisation.objects.visible_to(viewer).by_name()
    # Asked of each appearance: of all contributions with all people, SQLite would try every pair.
    visible = Contribution.objects.visible_to(viewer).filter(pk=OuterRef("contribution"))
    appearances = (
        Appearance.objects.filter(Exists(visible))
        .select_related("contribution__event")
        .prefetch_related(Prefetch("organisations", organisations, to_attr="visible_organisations"))
        .order_by(
            "contribution__event__date",
            F("contribution__event__start_time").asc(nulls_last=True),
            F("contribution__start_time").asc(nulls_last=True),
            "contribution__position",
            "position",
            "pk",
        )
    )
    return speakers.with_relations(viewer).prefetch_related(
        Prefetch("appearances", appearances, to_attr="visible_appearances")
    )


def _of_conference(speakers: QuerySet, conference, viewer) -> QuerySet:
    """Those who appeared in it, as far as `viewer` may see where."""
    contributions = Contribution.objects.visible_to(viewer).filter(event__conference=conference)
    return speakers.filter(pk__in=Appearance.objects.filter(contribution__in=contributions).values("speaker"))


SPEAKERS = Dataset(
    name="mitwirkende",
    title=_("Mitwirkende"),
    summary=_("Eine Zeile je Person, mit allen Auftritten und der Einrichtung, die an dem Tag galt."),
    noun=Speaker,
    columns=(
        Column("name", _("Name")),
        Column("academic_title", _("Akademischer Titel"), is_printed=False),
        Column("given_name", _("Vorname"), is_printed=False),
        Column("family_name", _("Nachname"), is_printed=False),
        Column("organisations", _("Einrichtungen"), Kind.LIST),
        Column(
            "appearance_count", _("Zahl der Auftritte"), Kind.NUMBER, cell=lambda record: len(record["appearances"])
        ),
        Column("appearances", _("Auftritte"), Kind.LONG, cell=_appearances_in_words),
        Column("projects", _("Vorhaben"), Kind.LIST),
        Column("website", _("Website"), Kind.ADDRESS, is_printed=False),
        Column("orcid", _("ORCID"), is_printed=False),
        *IDENTITY,
    ),
    rows=lambda viewer: Speaker.objects.visible_to(viewer).by_name(),
    of_conference=_of_conference,
    load=speakers_with_appearances,
    record=speaker_record,
    chunk=250,
)
