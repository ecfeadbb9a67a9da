"""A record as DataCite 4 XML: valid from 4.5 to 4.7, whose namespace is one.

The schema wants an identifier that is not empty, and says nothing of its form. No DOI is minted here, and none must
be invented: `(:unav)`, the code DataCite and others keep for a value that is not to be had, stands in its place. The
address and the UUID are told beside it, as alternate identifiers.
"""

from xml.etree.ElementTree import Element

from sessions_app.scholarly.datacite_json import ORCID, SCHEMA, SPDX, alternates
from sessions_app.scholarly.record import Agent, Collection, Record
from sessions_app.xml_writing import add, as_bytes, group, root_element

LOCATION = f"{SCHEMA} https://schema.datacite.org/meta/kernel-4/metadata.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
NO_DOI = "(:unav)"
_LANG = {"xml:lang": "de"}


def as_xml(record: Record) -> bytes:
    return as_bytes(resource(record))


def resource(record: Record) -> Element:
    root = root_element("resource", {"": SCHEMA, "xsi": XSI}, **{"xsi:schemaLocation": LOCATION})
    add(root, "identifier", NO_DOI, {"identifierType": "DOI"})
    _add_agents(root, "creator", record.creators)
    titles = group(root, "titles")
    add(titles, "title", record.title, _LANG)
    if record.subtitle:
        add(titles, "title", record.subtitle, {"titleType": "Subtitle"} | _LANG)
    add(root, "publisher", record.publisher)
    add(root, "publicationYear", record.published_on.year)
    add(root, "resourceType", record.kind, {"resourceTypeGeneral": record.general})
    _add_list(root, "subjects", "subject", [(subject, _LANG) for subject in record.subjects])
    _add_agents(root, "contributor", record.contributors)
    _add_list(root, "dates", "date", [(date, {"dateType": kind}) for kind, date in record.dates])
    add(root, "language", record.language)
    identifiers = [(value, {"alternateIdentifierType": kind}) for kind, value in alternates(record)]
    _add_list(root, "alternateIdentifiers", "alternateIdentifier", identifiers)
    _add_relations(root, record)
    _add_list(root, "sizes", "size", [(size, {}) for size in record.sizes])
    _add_list(root, "formats", "format", [(media_type, {}) for media_type in record.formats])
    _add_rights(root, record)
    texts = [(text, {"descriptionType": kind} | _LANG) for kind, text in record.descriptions]
    _add_list(root, "descriptions", "description", texts)
    _add_places(root, record)
    _add_funding(root, record)
    if record.part_of:
        _add_item(group(root, "relatedItems"), record.part_of)
    return root


def _add_list(root: Element, name: str, child: str, values: list[tuple[str, dict]]):
    if values:
        parent = group(root, name)
        for text, attributes in values:
            add(parent, child, text, attributes)


def _add_agents(root: Element, name: str, agents):
    if not agents:
        return
    parent = group(root, f"{name}s")
    for agent in agents:
        tasks = {"contributorType": agent.task} if agent.task else {}
        _add_agent(group(parent, name, **tasks), name, agent)


def _add_agent(element: Element, name: str, agent: Agent):
    """The order of these is fixed."""
    add(element, f"{name}Name", agent.name, {"nameType": "Personal" if agent.is_person else "Organizational"})
    add(element, "givenName", agent.given_name)
    add(element, "familyName", agent.family_name)
    if agent.orcid:
        add(element, "nameIdentifier", ORCID + agent.orcid, {"nameIdentifierScheme": "ORCID", "schemeURI": ORCID})
    for affiliation in dict.fromkeys(agent.affiliations):
        add(element, "affiliation", affiliation)


def _add_relations(root: Element, record: Record):
    values = [
        (
            each.address,
            {"relatedIdentifierType": "URL", "relationType": each.relation, "resourceTypeGeneral": each.general},
        )
        for each in record.relations
    ]
    _add_list(root, "relatedIdentifiers", "relatedIdentifier", values)


def _add_rights(root: Element, record: Record):
    rights = record.rights
    if rights:
        spdx = (
            {"rightsIdentifier": rights.spdx, "rightsIdentifierScheme": "SPDX", "schemeURI": SPDX}
            if rights.spdx
            else {}
        )
        add(group(root, "rightsList"), "rights", rights.name, {"rightsURI": rights.address} | spdx | _LANG)


def _add_places(root: Element, record: Record):
    if not record.places:
        return
    parent = group(root, "geoLocations")
    for place in record.places:
        add(group(parent, "geoLocation"), "geoLocationPlace", place)


def _add_funding(root: Element, record: Record):
    if not record.funding:
        return
    parent = group(root, "fundingReferences")
    for reference in record.funding:
        element = group(parent, "fundingReference")
        add(element, "funderName", reference.funder)
        if reference.code:
            add(element, "awardNumber", reference.code, {"awardURI": reference.address})
        add(element, "awardTitle", reference.title)


def _add_item(parent: Element, collection: Collection):
    """The order of these is fixed."""
    item = group(parent, "relatedItem", relatedItemType="Collection", relationType="IsPartOf")
    add(item, "relatedItemIdentifier", collection.address, {"relatedItemIdentifierType": "URL"})
    creators = group(item, "creators")
    for agent in collection.creators:
        _add_agent(group(creators, "creator"), "creator", agent)
    add(group(item, "titles"), "title", collection.title, _LANG)
    add(item, "publicationYear", collection.year)
