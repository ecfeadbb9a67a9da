"""The forms in which a record can be harvested."""

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from django.conf import settings

from sessions_app.scholarly.datacite_json import SCHEMA
from sessions_app.scholarly.datacite_xml import LOCATION, XSI, resource
from sessions_app.scholarly.dublin import DC, dublin_core
from sessions_app.scholarly.record import Record
from sessions_app.xml_writing import add, group, root_element

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
OAI_DATACITE = "http://schema.datacite.org/oai/oai-1.1/"
SCHEMA_VERSION = "4.5"


class Format(NamedTuple):
    schema: str
    namespace: str
    write: Callable[[Record], Element]


def _oai_dc(record: Record) -> Element:
    names = {"oai_dc": OAI_DC, "dc": DC, "xsi": XSI}
    location = f"{OAI_DC} {FORMATS['oai_dc'].schema}"
    root = root_element("oai_dc:dc", names, **{"xsi:schemaLocation": location})
    for element, value in dublin_core(record):
        add(root, f"dc:{element}", value)
    return root


def _oai_datacite(record: Record) -> Element:
    """The record in the envelope DataCite's own harvesters know; who sends it stands where its data centre would."""
    location = f"{OAI_DATACITE} {FORMATS['oai_datacite'].schema}"
    root = root_element("oai_datacite", {"": OAI_DATACITE, "xsi": XSI}, **{"xsi:schemaLocation": location})
    add(root, "schemaVersion", SCHEMA_VERSION)
    add(root, "datacentreSymbol", urlsplit(settings.SITE_URL).hostname)
    group(root, "payload").append(resource(record))
    return root


FORMATS = {
    "oai_dc": Format("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", OAI_DC, _oai_dc),
    "oai_datacite": Format("http://schema.datacite.org/oai/oai-1.1/oai.xsd", OAI_DATACITE, _oai_datacite),
    "datacite": Format(LOCATION.partition(" ")[2], SCHEMA, resource),
}
