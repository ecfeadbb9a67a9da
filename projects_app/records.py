"""Joint projects as plain data."""

from django.utils.translation import gettext_lazy as _

from conference.models import Theme
from conference.records import IDENTITY, Column, Dataset, Kind, Record, identity, partial_date
from projects_app.models import Partnership, Project


def partnership_record(partnership: Partnership) -> Record:
    """Needs `visible_organisation`, as `with_organisation` loads it."""
    organisation = partnership.visible_organisation
    return {
        "uuid": str(partnership.uuid),
        "organisation": organisation.name if organisation else partnership.organisation_text,
        "role": partnership.role,
        "role_label": str(partnership.get_role_display()),
        "funding_code": partnership.funding_code,
    }


def project_record(project: Project) -> Record:
    """Needs what `with_relations` loads."""
    return {
        "acronym": project.acronym,
        "title": project.title,
        "title_en": project.title_en,
        "headline": project.headline,
        "themes": [theme.title for theme in project.visible_themes],
        "focus_topic": project.focus_topic,
        "federal_states": [str(name) for name in project.state_names],
        "region": project.region,
        "places": [place.name for place in project.places.all()],
        "start": partial_date(project.start),
        "end": partial_date(project.end),
        "funding_code": project.funding_code,
        "partnerships": [partnership_record(partnership) for partnership in project.visible_partnerships],
        "website": project.website,
        "summary": project.summary,
        **identity(project),
    }


def _partners(*roles: str):
    """The cell that names the partners in one of `roles`."""

    def cell(record: Record) -> str:
        return "; ".join(each["organisation"] for each in record["partnerships"] if each["role"] in roles)

    return cell


def _funding_codes(record: Record) -> str:
    coded = [each for each in record["partnerships"] if each["funding_code"]]
    return "; ".join(f"{each['funding_code']} ({each['organisation']})" for each in coded)


PROJECTS = Dataset(
    name="vorhaben",
    title=_("Verbundvorhaben"),
    summary=_("Eine Zeile je Vorhaben, mit Partnern, Orten, Laufzeit und Förderkennzeichen."),
    noun=Project,
    columns=(
        Column("acronym", _("Kurztitel")),
        Column("title", _("Voller Titel"), Kind.LONG),
        Column("title_en", _("Englischer Titel"), Kind.LONG, is_printed=False),
        Column("headline", _("In einem Satz"), Kind.LONG, is_printed=False),
        Column("themes", _("Kernbotschaften"), Kind.LIST),
        Column("focus_topic", _("Fokusthema"), is_printed=False),
        Column("federal_states", _("Bundesländer"), Kind.LIST),
        Column("region", _("Region"), is_printed=False),
        Column("places", _("Orte"), Kind.LIST),
        Column("start", _("Beginn"), Kind.DATE),
        Column("end", _("Ende"), Kind.DATE),
        Column("funding_code", _("Förderkennzeichen des Verbunds")),
        Column("lead", _("Verbundkoordination"), Kind.LONG, cell=_partners(Partnership.Role.LEAD)),
        Column("partners", _("Partner"), Kind.LONG, cell=_partners(Partnership.Role.PARTNER)),
        Column(
            "associated",
            _("Assoziierte Partner"),
            Kind.LONG,
            cell=_partners(Partnership.Role.ASSOCIATED),
            is_printed=False,
        ),
        Column("funding_codes", _("Förderkennzeichen der Partner"), Kind.LONG, cell=_funding_codes),
        Column("website", _("Website"), Kind.ADDRESS, is_printed=False),
        Column("summary", _("Kurzfassung"), Kind.LONG, is_printed=False),
        *IDENTITY,
    ),
    rows=lambda viewer: Project.objects.visible_to(viewer).by_acronym(),
    of_conference=lambda rows, conference, viewer: rows.filter(
        themes__in=Theme.objects.visible_to(viewer).of_conferences([conference])
    ).distinct(),
    load=lambda rows, viewer, known: rows.with_relations(viewer),
    record=project_record,
)
