"""A record as DataCite's REST interface takes it in: `data.attributes`, in JSON.

No DOI is minted here, so none is written; whoever registers the record adds `doi` or `prefix`.
"""

import json

from sessions_app.scholarly.record import Agent, Collection, Funding, Record

SCHEMA = "http://datacite.org/schema/kernel-4"
ORCID, SPDX = "https://orcid.org/", "https://spdx.org/licenses/"


def as_json(record: Record) -> str:
    document = {"data": {"type": "dois", "attributes": attributes(record)}}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def attributes(record: Record) -> dict:
    """As plain data; what is empty is left out."""
    found = {
        "url": record.address,
        "types": {"resourceTypeGeneral": record.general, "resourceType": record.kind},
        "creators": [_agent(agent) for agent in record.creators],
        "titles": _titles(record),
        "publisher": {"name": record.publisher},
        "publicationYear": str(record.published_on.year),
        "subjects": [{"subject": subject, "lang": "de"} for subject in record.subjects],
        "contributors": [_agent(agent) | {"contributorType": agent.task} for agent in record.contributors],
        "dates": [{"date": date, "dateType": kind} for kind, date in record.dates],
        "language": record.language,
        "alternateIdentifiers": [
            {"alternateIdentifier": value, "alternateIdentifierType": kind} for kind, value in alternates(record)
        ],
        "relatedIdentifiers": _related(record),
        "relatedItems": [_item(record.part_of)] if record.part_of else [],
        "sizes": list(record.sizes),
        "formats": list(record.formats),
        "rightsList": _rights(record),
        "descriptions": [
            {"description": text, "descriptionType": kind, "lang": "de"} for kind, text in record.descriptions
        ],
        "geoLocations": [{"geoLocationPlace": place} for place in record.places],
        "fundingReferences": [_funding(reference) for reference in record.funding],
        "schemaVersion": SCHEMA,
    }
    return {name: value for name, value in found.items() if value}


def alternates(record: Record) -> list[tuple[str, str]]:
    """(Kind, identifier): where it is, and what it is called for ever."""
    return [("URL", record.address), ("URN", record.urn)]


def _titles(record: Record) -> list[dict]:
    subtitle = [{"title": record.subtitle, "titleType": "Subtitle", "lang": "de"}] if record.subtitle else []
    return [{"title": record.title, "lang": "de"}, *subtitle]


def _agent(agent: Agent) -> dict:
    found = {
        "name": agent.name,
        "nameType": "Personal" if agent.is_person else "Organizational",
        "givenName": agent.given_name,
        "familyName": agent.family_name,
        "nameIdentifiers": [
            {"nameIdentifier": ORCID + agent.orcid, "nameIdentifierScheme": "ORCID", "schemeUri": ORCID}
        ]
        if agent.orcid
        else [],
        "affiliation": [{"name": name} for name in dict.fromkeys(agent.affiliations)],
    }
    return {name: value for name, value in found.items() if value}


def _related(record: Record) -> list[dict]:
    return [
        {
            "relatedIdentifier": each.address,
            "relatedIdentifierType": "URL",
            "relationType": each.relation,
            "resourceTypeGeneral": each.general,
        }
        for each in record.relations
    ]


def _item(collection: Collection) -> dict:
    return {
        "relationType": "IsPartOf",
        "relatedItemType": "Collection",
        "relatedItemIdentifier": {
            "relatedItemIdentifier": collection.address,
            "relatedItemIdentifierType": "URL",
        },
        "creators": [_agent(agent) for agent in collection.creators],
        "titles": [{"title": collection.title, "lang": "de"}],
        "publicationYear": str(collection.year),
    }


def _rights(record: Record) -> list[dict]:
    rights = record.rights
    if not rights:
        return []
    spdx = {"rightsIdentifier": rights.spdx, "rightsIdentifierScheme": "SPDX", "schemeUri": SPDX} if rights.spdx else {}
    address = {"rightsUri": rights.address} if rights.address else {}
    return [{"rights": rights.name, "lang": "de", **address, **spdx}]


def _funding(reference: Funding) -> dict:
    found = {
        "funderName": reference.funder,
        "awardNumber": reference.code,
        "awardUri": reference.address,
        "awardTitle": reference.title,
    }
    return {name: value for name, value in found.items() if value}
