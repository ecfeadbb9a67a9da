"""A recording or a conference as a library catalogues it: plain data, nothing that is not public."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

# Controlled words of DataCite that 4.5, 4.6 and 4.7 share.
HOST, RIGHTS_HOLDER, SPONSOR = "HostingInstitution", "RightsHolder", "Sponsor"
AUDIOVISUAL, COLLECTION = "Audiovisual", "Collection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """A person as of that day, or an organisation; `name` of a person begins with the family name."""

    name: str
    is_person: bool = False
    family_name: str = ""
    given_name: str = ""
    orcid: str = ""
    affiliations: Sequence[str] = ()
    # Of a contributor.
    task: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """`relation` and `general` in DataCite's words; `address` is absolute."""

    relation: str
    general: str
    address: str


@dataclass(frozen=True, slots=True)
class Funding:
    funder: str
    code: str = ""
    title: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Rights:
    """A licence: its name, address and SPDX identifier, the last two where there are any."""

    name: str
    address: str = ""
    spdx: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """What a recording is part of."""

    title: str
    address: str
    creators: Sequence[Agent]
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Empty is what is not known. Words are German whatever the language of the reader: the record is one."""

    uuid: str
    address: str
    title: str
    subtitle: str = ""
    creators: Sequence[Agent]
    publisher: str
    published_on: datetime.date
    general: str
    kind: str
    subjects: Sequence[str] = ()
    contributors: Sequence[Agent] = ()
    # (DataCite's dateType, a day or two with a slash between).
    dates: Sequence[tuple[str, str]] = ()
    language: str = "de"
    relations: Sequence[Relation] = ()
    part_of: Collection | None = None
    sizes: Sequence[str] = ()
    formats: Sequence[str] = ()
    rights: Rights | None = None
    # (DataCite's descriptionType, words).
    descriptions: Sequence[tuple[str, str]] = ()
    # Names of places.
    places: Sequence[str] = ()
    funding: Sequence[Funding] = ()
    # `setSpec`s of OAI-PMH.
    sets: Sequence[str] = ()

    @property
    def urn(self) -> str:
        return f"urn:uuid:{self.uuid}"
