"""What a talk of a file is in our words: plain values, as snapshots hold them."""

import datetime
import functools
import re
import zoneinfo
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conference.editing.snapshot import plain
from conference.models import Material
from conference.models.choices import LICENSE_URLS, Language, License
from conference.richtext import clean_html, plain_text
from sessions_app.imports.names import same_words
from sessions_app.interchange import languages
from sessions_app.interchange.programme import Link, Problem, Talk
from sessions_app.media_probe import type_of_address
from sessions_app.models import Contribution, Event, Speaker, Video
from sessions_app.models.contribution import LONGEST

# Begins of what files call a kind, in English and German.
_KINDS = (
    ("keynote", Contribution.Kind.KEYNOTE),
    ("welcome", Contribution.Kind.WELCOME),
    ("opening", Contribution.Kind.WELCOME),
    ("begrüßung", Contribution.Kind.WELCOME),
    ("grußwort", Contribution.Kind.WELCOME),
    ("eröffnung", Contribution.Kind.WELCOME),
    ("introduction", Contribution.Kind.INTRODUCTION),
    ("einführung", Contribution.Kind.INTRODUCTION),
    ("panel", Contribution.Kind.PANEL),
    ("podium", Contribution.Kind.PANEL),
    ("discussion", Contribution.Kind.DISCUSSION),
    ("diskussion", Contribution.Kind.DISCUSSION),
    ("moderation", Contribution.Kind.MODERATION),
    ("reflection", Contribution.Kind.REFLECTION),
    ("reflexion", Contribution.Kind.REFLECTION),
    ("summary", Contribution.Kind.SUMMARY),
    ("closing", Contribution.Kind.SUMMARY),
    ("zusammenfassung", Contribution.Kind.SUMMARY),
)
_ADDRESS = URLValidator(schemes=["http", "https"])
_ADDRESS_LENGTH = 500
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


def text_of(model, name: str, text: str) -> str:
    """One line without needless blanks, cut at what the column holds."""
    text = " ".join(text.replace("\x00", "").split())
    most = model._meta.get_field(name).max_length
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def is_address(text: str) -> bool:
    """Whether it leads somewhere in the web; `javascript:`, `data:` and the like do not."""
    try:
        _ADDRESS(text)
    except ValidationError:
        return False
    return len(text) <= _ADDRESS_LENGTH


def is_own_address(text: str) -> bool:
    """Whether it leads to this very site, as in our own exports: what it means is here already."""
    return text.startswith(f"{settings.SITE_URL}/")


def language_of(text: str) -> str:
    """Our code for `deu`, `de-AT` or "Deutsch"; empty for what we do not know."""
    code = languages.two_letters(same_words(text).replace("_", "-").partition("-")[0])
    return code if code in Language.values else ""


def license_of(text: str) -> str:
    """The licence we know by that SPDX identifier or address; empty for other words."""
    wanted, address = same_words(text).replace(" ", "-"), _bare_address(same_words(text))
    by_identifier = next((known for known in License.values if known.casefold() == wanted), "")
    return by_identifier or next(
        (known.value for known, url in LICENSE_URLS.items() if _bare_address(url) == address), ""
    )


def _bare_address(text: str) -> str:
    """Without what one licence is found under in several languages and spellings."""
    return re.sub(r"^https?://(www\.)?|/(deed(\.[a-z_]+)?|legalcode)?$", "", text)


@functools.lru_cache(maxsize=8)
def _kinds_by_label(_language: str) -> dict[str, str]:
    return {same_words(str(kind.label)): kind.value for kind in Contribution.Kind}


def kind_of(text: str) -> str:
    wanted = same_words(text)
    if wanted in Contribution.Kind.values:
        return wanted
    if kind := _kinds_by_label(get_language()).get(wanted):
        return kind
    return next((kind.value for begin, kind in _KINDS if wanted.startswith(begin)), Contribution.Kind.TALK.value)


def is_plausible(day: datetime.date | None) -> bool:
    """Whether a conference could have been or will be on that day."""
    return day is not None and _FIRST_YEAR <= day.year <= _LAST_YEAR


def moment(talk: Talk, zone: zoneinfo.ZoneInfo) -> tuple[datetime.date | None, datetime.time | None]:
    """Day and time on the conference's clock: what begins after midnight belongs to the next day."""
    if talk.start is None or not is_plausible(talk.start.date()):
        return (talk.day if is_plausible(talk.day) else None), None
    start = talk.start if talk.start.tzinfo else talk.start.replace(tzinfo=zone)
    start = start.astimezone(zone)
    return start.date(), start.time().replace(microsecond=0)


def _length_of(duration: datetime.timedelta | None) -> datetime.timedelta | None:
    """None for what no talk and no recording can last."""
    return duration if duration and datetime.timedelta(0) < duration <= LONGEST else None


def abstract_of(talk: Talk) -> str:
    """Abstract, and description where it says more."""
    short, long = (clean_html(text) for text in (talk.abstract, talk.description))
    if not short or plain_text(short) in plain_text(long):
        return long
    return short if plain_text(long) in plain_text(short) else short + long


def contribution_values(talk: Talk, zone: zoneinfo.ZoneInfo) -> dict:
    _day, start = moment(talk, zone)
    return {
        "title": text_of(Contribution, "title", talk.title) or _("Ohne Titel"),
        "kind": kind_of(talk.kind),
        "start_time": plain(start),
        "duration": plain(_length_of(talk.duration)),
        "abstract": abstract_of(talk),
    }


def summary_of(talk: Talk) -> str:
    return text_of(Event, "summary", talk.subtitle)


# ── Files and recordings ─────────────────────────────────────────────────────────────────────
def attachments(talk: Talk, warnings: list[Problem]) -> list[Link]:
    """What can be taken home, each address once; one that leads nowhere is a warning."""
    found = {}
    for link in talk.links:
        if is_own_address(link.href):
            continue
        if link.is_file and is_address(link.href):
            found.setdefault(link.href, link)
        elif not link.href.lower().startswith(("http:", "https:", "mailto:", "/")) or link.is_file:
            words = _("„%(title)s“: Die Adresse „%(href)s“ wird nicht übernommen.")
            warnings.append(Problem(words % {"title": talk.title, "href": link.href[:80]}, talk.place))
    return list(found.values())


def material_values(link: Link, talk: Talk) -> dict:
    name = link.title or unquote(urlsplit(link.href).path.rpartition("/")[2]) or link.href
    is_slides = link.kind.casefold() in {"slides", "präsentation", "folien"}
    kind = Material.Kind.SLIDES if is_slides else Material.Kind.OTHER
    return {
        "title": text_of(Material, "title", name) or text_of(Material, "title", link.href),
        "kind": kind.value,
        "url": link.href,
        "language": language_of(talk.language) or Language.DE.value,
    }


def video_values(talk: Talk, warnings: list[Problem]) -> dict | None:
    """The recording of a talk, with the addresses of its files as `files`; None where nothing leads anywhere."""
    addresses = []
    for recording in talk.recordings:
        if is_own_address(recording.url):
            continue
        if is_address(recording.url):
            addresses.append(recording.url)
        else:
            words = _("„%(title)s“: Die Adresse „%(href)s“ wird nicht übernommen.")
            warnings.append(Problem(words % {"title": talk.title, "href": recording.url[:80]}, talk.place))
    if not addresses:
        return None
    known = license_of(talk.license)
    pages = [address for address in addresses if not type_of_address(address)]
    return {
        "title": text_of(Video, "title", talk.title) or _("Ohne Titel"),
        "kind": Video.Kind.CONTRIBUTION.value,
        "availability": Video.Availability.ONLINE.value,
        "url": pages[0] if pages else "",
        "files": [address for address in addresses if type_of_address(address)],
        "recorded_on": plain(talk.recorded_on) if is_plausible(talk.recorded_on) else None,
        "duration": plain(_length_of(talk.recording_duration)),
        "language": language_of(talk.language) or Language.DE.value,
        "license": known,
        "rights_holder": "" if known else text_of(Video, "rights_holder", talk.license),
    }


# ── People ───────────────────────────────────────────────────────────────────────────────────
def speaker_values(name, person) -> dict:
    orcid, website = "", ""
    for link in person.links:
        found = link.href.partition("orcid.org/")[2].strip("/").upper()
        if found and not orcid:
            orcid = found if _is_orcid(found) else ""
        elif not website and is_address(link.href):
            website = link.href
    title, given, family = name.cut()
    return {
        "academic_title": title,
        "given_name": given,
        "family_name": family,
        "biography": clean_html(person.biography),
        "website": website,
        "orcid": orcid,
    }


def _is_orcid(text: str) -> bool:
    try:
        Speaker._meta.get_field("orcid").run_validators(text)
    except ValidationError:
        return False
    return True
