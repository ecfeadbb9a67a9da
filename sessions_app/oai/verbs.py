"""The six verbs: each takes what was asked and adds its part of the answer."""

import datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from conference.models.exchange.harvest import HarvestEntry
from conference.structured_data import absolute
from sessions_app.oai.arguments import Refused, identified, selection
from sessions_app.oai.ledger import bring_up_to_date, records_of
from sessions_app.oai.lists import page_of
from sessions_app.oai.metadata import FORMATS
from sessions_app.oai.sets import public_sets
from sessions_app.oai.tokens import Position, expires_at, resume, token
from sessions_app.scholarly.datacite_xml import XSI
from sessions_app.scholarly.record import Record
from sessions_app.xml_writing import add, group, root_element

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"


def moment(value: datetime.datetime) -> str:
    return value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def base_address() -> str:
    return absolute("/oai")


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname


# ── The repository ───────────────────────────────────────────────────────────────────────────
def identify(root: Element, asked: dict):
    bring_up_to_date()
    first = HarvestEntry.objects.aggregate(first=Min("datestamp"))["first"] or timezone.now()
    part = group(root, "Identify")
    add(part, "repositoryName", settings.SITE_NAME)
    add(part, "baseURL", base_address())
    add(part, "protocolVersion", "2.0")
    add(part, "adminEmail", settings.CONTACT_EMAIL or f"postmaster@{host()}")
    add(part, "earliestDatestamp", moment(first))
    add(part, "deletedRecord", "persistent")
    add(part, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    location = {"xsi:schemaLocation": f"{OAI_IDENTIFIER} http://www.openarchives.org/OAI/2.0/oai-identifier.xsd"}
    about = root_element("oai-identifier", {"": OAI_IDENTIFIER, "xsi": XSI}, **location)
    add(about, "scheme", "oai")
    add(about, "repositoryIdentifier", host())
    add(about, "delimiter", ":")
    add(about, "sampleIdentifier", f"oai:{host()}:record/00000000-0000-4000-8000-000000000000")
    group(part, "description").append(about)


def list_metadata_formats(root: Element, asked: dict):
    """All there are, of every item: `noMetadataFormats` is never needed."""
    if "identifier" in asked:
        bring_up_to_date()
        _entry(asked["identifier"])
    part = group(root, "ListMetadataFormats")
    for prefix, form in FORMATS.items():
        element = group(part, "metadataFormat")
        add(element, "metadataPrefix", prefix)
        add(element, "schema", form.schema)
        add(element, "metadataNamespace", form.namespace)


def list_sets(root: Element, asked: dict):
    """In one piece; there are always some, so that `noSetHierarchy` is never needed."""
    if "resumptionToken" in asked:
        raise Refused("badResumptionToken", "The list of sets comes in one piece.")
    part = group(root, "ListSets")
    for each in public_sets():
        element = group(part, "set")
        add(element, "setSpec", each.spec)
        add(element, "setName", each.name)


# ── Records ──────────────────────────────────────────────────────────────────────────────────
def get_record(root: Element, asked: dict):
    _check_prefix(asked["metadataPrefix"])
    bring_up_to_date()
    entry = _entry(asked["identifier"])
    record = records_of([entry]).get(entry.uuid)
    _add_record(group(root, "GetRecord"), entry, record, asked["metadataPrefix"], _known_sets())


def list_identifiers(root: Element, asked: dict):
    page, position, part = _page(root, asked)
    known = _known_sets(position.selection.set_spec)
    for entry in page.entries:
        _add_header(part, entry, known, entry.is_deleted)
    _add_token(part, page, position)


def list_records(root: Element, asked: dict):
    page, position, part = _page(root, asked)
    known = _known_sets(position.selection.set_spec)
    records = records_of(page.entries)
    for entry in page.entries:
        _add_record(part, entry, records.get(entry.uuid), position.prefix, known)
    _add_token(part, page, position)


VERBS = {
    "Identify": identify,
    "ListMetadataFormats": list_metadata_formats,
    "ListSets": list_sets,
    "GetRecord": get_record,
    "ListIdentifiers": list_identifiers,
    "ListRecords": list_records,
}


def _page(root: Element, asked: dict):
    verb = asked["verb"]
    if "resumptionToken" in asked:
        position = resume(asked["resumptionToken"], verb)
    else:
        _check_prefix(asked["metadataPrefix"])
        position = Position(verb, asked["metadataPrefix"], selection(asked))
    bring_up_to_date()
    page = page_of(position)
    if not page.entries:
        raise Refused("noRecordsMatch", "Nothing matches.")
    return page, position, group(root, verb)


def _check_prefix(prefix: str):
    if prefix not in FORMATS:
        raise Refused("cannotDisseminateFormat", "Records are not to be had in this form.")


def _entry(identifier: str) -> HarvestEntry:
    entry = HarvestEntry.objects.filter(uuid=identified(identifier, host())).first()
    if entry is None:
        raise Refused("idDoesNotExist", "There is no record of this identifier.")
    return entry


def _known_sets(asked: str = "") -> set[str]:
    """Those everybody may know, and the one asked for: what has gone shall not be named by what is left of it."""
    return {each.spec for each in public_sets()} | {asked}


def _add_header(parent: Element, entry: HarvestEntry, known: set[str], is_deleted: bool):
    header = group(parent, "header", **({"status": "deleted"} if is_deleted else {}))
    add(header, "identifier", f"oai:{host()}:record/{entry.uuid}")
    add(header, "datestamp", moment(entry.datestamp))
    for spec in entry.sets.strip(",").split(","):
        if spec in known:
            add(header, "setSpec", spec)


def _add_record(parent: Element, entry: HarvestEntry, record: Record | None, prefix: str, known: set[str]):
    """Without a record: it has gone, even if the ledger has not noticed yet."""
    element = group(parent, "record")
    _add_header(element, entry, known, record is None)
    if record is not None:
        group(element, "metadata").append(FORMATS[prefix].write(record))


def _add_token(parent: Element, page, position: Position):
    """None where everything came in one piece; empty at the end of several."""
    if page.next is None and not position.delivered:
        return
    attributes = {"completeListSize": str(page.total), "cursor": str(position.delivered)}
    if page.next is None:
        add(parent, "resumptionToken", "", attributes)
    else:
        add(parent, "resumptionToken", token(page.next), attributes | {"expirationDate": moment(expires_at())})
