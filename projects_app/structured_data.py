"""A joint project as machines read it (schema.org)."""

from conference.models.choices import FederalState
from conference.structured_data import (
    description_of,
    image_address,
    material_node,
    organisation_reference,
    reference,
    theme_reference,
)


def project_reference(project) -> dict:
    return reference("ResearchProject", project)


def project_node(project) -> dict:
    """Needs what `Project.objects.with_relations()` loads."""
    return description_of(
        "ResearchProject",
        project,
        alternateName=[name for name in (project.title, project.title_en) if name],
        foundingDate=project.start,
        dissolutionDate=project.end,
        member=[_membership(partnership) for partnership in project.visible_partnerships],
        funding=_grants(project),
        location=[_place(place) for place in project.places.all()],
        areaServed=[
            {"@type": "State", "name": str(FederalState(code).label), "identifier": code}
            for code in project.federal_states
        ],
        subjectOf=[
            *(theme_reference(theme) for theme in project.visible_themes),
            *(material_node(material) for material in project.visible_materials),
        ],
        sameAs=project.website,
        image=image_address(project.image),
    )


def _membership(partnership) -> dict:
    organisation = partnership.visible_organisation
    return {
        "@type": "OrganizationRole",
        "roleName": partnership.get_role_display(),
        "member": organisation_reference(organisation)
        if organisation
        else {"@type": "Organization", "name": partnership.organisation_text},
    }


def _grants(project) -> list[dict]:
    """One for each funding code, of the whole project and of its partners."""
    codes = [project.funding_code, *(partnership.funding_code for partnership in project.visible_partnerships)]
    return [{"@type": "MonetaryGrant", "identifier": code} for code in dict.fromkeys(codes) if code]


def _place(place) -> dict:
    known = place.latitude is not None
    geo = (
        {"@type": "GeoCoordinates", "latitude": float(place.latitude), "longitude": float(place.longitude)}
        if known
        else None
    )
    return {"@type": "Place", "name": place.name, "geo": geo}
