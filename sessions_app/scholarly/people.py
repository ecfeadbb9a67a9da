"""Who made it: people with the affiliation of that day, organisations, and who paid."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import pgettext

from conference.models import Conference
from conference.structured_data import absolute
from projects_app.models import Project
from sessions_app.models import Appearance
from sessions_app.scholarly.record import HOST, RIGHTS_HOLDER, SPONSOR, Agent, Funding


def creators(appearances: Iterable[Appearance], conference: Conference) -> list[Agent]:
    """Everybody once, in order; without anybody those who held the conference, else this site."""
    first = {}
    for appearance in appearances:
        first.setdefault(appearance.speaker_id, appearance)
    return [person(each) for each in first.values()] or organisers(conference)


def organisers(conference: Conference) -> list[Agent]:
    """Needs its `visible_organisers`."""
    held_by = [organisation.name for organisation in conference.visible_organisers]
    return [Agent(name=name) for name in held_by or [settings.SITE_NAME]]


def person(appearance: Appearance) -> Agent:
    speaker = appearance.visible_speaker
    names = [name for name in (speaker.family_name, speaker.given_name) if name]
    return Agent(
        name=", ".join(names),
        is_person=True,
        family_name=speaker.family_name,
        given_name=speaker.given_name,
        orcid=speaker.orcid,
        affiliations=affiliations(appearance),
    )


def affiliations(appearance: Appearance) -> list[str]:
    """As the page says them for that day, the former ones named so; one entry for each organisation."""
    if appearance.affiliation_text:
        return [appearance.affiliation_text]
    names = [organisation.name for organisation in appearance.visible_organisations]
    if appearance.is_former:
        names = [pgettext("affiliation", "ehemals %(organisation)s") % {"organisation": name} for name in names]
    return names


def contributors(conference: Conference, rights_holder: str = "") -> list[Agent]:
    """Needs its `visible_organisers` and `funder_name`."""
    return [
        *(Agent(name=each.name, task=HOST) for each in conference.visible_organisers),
        *([Agent(name=rights_holder, task=RIGHTS_HOLDER)] if rights_holder else []),
        *([Agent(name=conference.funder_name, task=SPONSOR)] if conference.funder_name else []),
    ]


def funding(conference: Conference, projects: Iterable[Project] = ()) -> list[Funding]:
    """One reference for each code of the projects shown, by the funder of the conference; else that it paid at all.

    DataCite knows no award without a funder: where none is named, the codes are left to the pages of the projects.
    """
    funder = conference.funder_name
    if not funder:
        return []
    references = {}
    for project in projects:
        address = absolute(project.get_absolute_url())
        codes = [project.funding_code, *(partner.funding_code for partner in project.visible_partnerships)]
        for code in filter(None, codes):
            references.setdefault(code, Funding(funder, code, project.title or project.acronym, address))
    return list(references.values()) or [Funding(funder, title=conference.programme)]
