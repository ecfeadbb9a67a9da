"""Quotations in words: the common German form, and what other forms put into a note."""

import re

from django.utils.translation import gettext as _

from conference.templatetags.conference_tags import german_date
from sessions_app.citations.record import Citation, Kind

# Conferences whose name is feminine: "Veranstaltung der Herbst-Konferenz 2020". Others are joined without an article.
_FEMININE = re.compile(r"(konferenz|tagung|reihe|woche|messe|werkstatt|akademie)\b", re.IGNORECASE)
_INNER_QUOTES = str.maketrans({"„": "‚", "“": "‘", "”": "’", "»": "›", "«": "‹"})
_BREAKS = re.compile("[ \x00-\x1f\x7f\x85\u2028\u2029]+")


def as_text(citation: Citation) -> str:
    """The common German form, after DIN ISO 690, in one line; labels in the language of the page."""
    parts = [
        quotation(citation),
        _title(citation),
        _occasion(citation),
        _recording(citation),
        _("In: %(title)s") % {"title": citation.collection} if citation.collection else "",
        rights(citation),
        _availability(citation),
    ]
    return " ".join(_sentence(one_line(part)) for part in parts if part)


def quotation(citation: Citation) -> str:
    return f"„{one_line(citation.words).translate(_INNER_QUOTES)}“" if citation.words else ""


def _title(citation: Citation) -> str:
    people = "; ".join(
        f"{voice.sorted_name} ({voice.standing})" if voice.standing else voice.sorted_name for voice in citation.people
    )
    return f"{people}: {citation.title}" if people else citation.title


def _occasion(citation: Citation) -> str:
    """Veranstaltung der Herbst-Konferenz 2020 „Was macht Kommunen innovativ?“, 17. November 2020"""
    if citation.kind == Kind.MATERIAL:
        return _imprint(citation)
    words = _kind_words(citation)
    if citation.conference:
        feminine = _FEMININE.search(citation.conference)
        joined = _("%(what)s der %(conference)s") if feminine else _("%(what)s, %(conference)s")
        words = joined % {"what": words, "conference": citation.conference}
        if citation.key_question:
            words += f" „{citation.key_question.translate(_INNER_QUOTES)}“"
    day = german_date(citation.day)
    return f"{words}, {day}" if day else words


def _imprint(citation: Citation) -> str:
    """In: PLANERIN 6/19, S. 12–14. Difu, 2019. ISBN 978-3-948240-08-0"""
    parts = [
        _("In: %(title)s") % {"title": citation.published_in} if citation.published_in else "",
        ", ".join(part for part in (citation.publisher, citation.year) if part),
        f"ISBN {citation.isbn}" if citation.isbn else "",
    ]
    return " ".join(_sentence(one_line(part)) for part in parts if part)


def _kind_words(citation: Citation) -> str:
    if citation.kind == Kind.EVENT:
        return _("Veranstaltung")
    if not citation.event:
        return _("Beitrag") if citation.kind == Kind.CONTRIBUTION else _("Aufzeichnung")
    if citation.event == citation.title:
        return _("Veranstaltung")
    template = _("Beitrag zu „%(event)s“, Veranstaltung")
    if citation.is_about:
        return _("Video zu „%(event)s“, Veranstaltung") % {"event": citation.event.translate(_INNER_QUOTES)}
    if citation.kind != Kind.CONTRIBUTION:
        template = _("Aufzeichnung von „%(event)s“, Veranstaltung")
    return template % {"event": citation.event.translate(_INNER_QUOTES)}


def _recording(citation: Citation) -> str:
    if not citation.is_recorded:
        return ""
    words = _("Videodokumentation")
    if citation.duration_ms:
        minutes, seconds = divmod(citation.duration_ms // 1000, 60)
        words = _("%(what)s, %(minutes)d:%(seconds)02d Min.") % {"what": words, "minutes": minutes, "seconds": seconds}
    return f"{words}, {citation.range}" if citation.range else words


def rights(citation: Citation) -> str:
    parts = [
        _("Lizenz: %(license)s") % {"license": citation.license} if citation.license else "",
        _("Rechte bei: %(holder)s") % {"holder": citation.rights_holder} if citation.rights_holder else "",
    ]
    return ", ".join(part for part in parts if part)


def _availability(citation: Citation) -> str:
    where = _("Verfügbar unter: %(address)s") % {"address": citation.range_address}
    if citation.accessed:
        where += " " + _("[Zugriff am %(day)s]") % {"day": german_date(citation.accessed)}
    return where


def one_line(text: str) -> str:
    """What somebody typed must not begin a line, or a field, of its own. No-break spaces stay."""
    return _BREAKS.sub(" ", text).strip(" ")


def _sentence(text: str) -> str:
    ends = text.endswith((".", "?", "!", ".“", "?“", "!“", "]")) or "://" in text.rsplit(" ", 1)[-1]
    return text if ends else f"{text}."


def note(citation: Citation) -> str:
    """What no field of the formats has a place for: who was who that day, the passage, the licence."""
    people = [f"{voice.name} ({voice.standing})" for voice in citation.people if voice.standing]
    parts = [
        "; ".join(people),
        _("Passage %(range)s") % {"range": citation.range} if citation.range else "",
        quotation(citation),
        rights(citation),
    ]
    return " ".join(_sentence(one_line(part)) for part in parts if part)
