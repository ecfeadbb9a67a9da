"""What a column of a programme can be, and what such columns are called in German and English."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

# In the order in which an editor chooses.
FIELDS = {
    "title": _("Titel"),
    "subtitle": _("Untertitel"),
    "kind": _("Art"),
    "date": _("Datum"),
    "start": _("Beginn (auch „9:00–9:45“)"),
    "end": _("Ende"),
    "duration": _("Dauer"),
    "room": _("Raum"),
    "track": _("Themenfeld"),
    "language": _("Sprache"),
    "abstract": _("Kurzbeschreibung"),
    "description": _("Beschreibung"),
    "speakers": _("Mitwirkende (mehrere in einer Zelle)"),
    "speaker": _("Eine Person (Name, Einrichtung)"),
    "affiliation": _("Einrichtung"),
    "role": _("Rolle"),
    "url": _("Adresse"),
    "slides": _("Adresse der Folien"),
    "recording_url": _("Adresse der Aufzeichnung"),
    "license": _("Lizenz"),
    "tags": _("Schlagworte"),
    "number": _("Nummer"),
    "guid": _("Kennung (guid)"),
    "code": _("Kürzel"),
    "slug": _("Kurzname (slug)"),
}
MANY = {"speakers", "speaker", "affiliation", "role", "url", "slides", "recording_url", "tags"}

_WORDS = {
    "title": "titel title thema vortrag vortragstitel beitrag beitragstitel programmpunkt session talk topic lecture "
    "veranstaltung sessiontitel talktitle sessiontitle was",
    "subtitle": "untertitel subtitle subtitel",
    "kind": "art typ type format kategorie category vortragsart sessiontype sessiontyp beitragsart formattyp",
    "date": "datum date tag day wann termin veranstaltungstag",
    "start": "beginn start uhrzeit zeit time startzeit anfang von from begin starttime zeitslot slot startsat "
    "beginnuhr zeitraum timeslot",
    "end": "ende bis end endzeit to until endtime schluss endsat",
    "duration": "dauer duration länge laenge minuten length minutes dauermin dauerinminuten durationmin min",
    "room": "raum ort room saal location bühne buehne venue stage place veranstaltungsort hörsaal wo roomname",
    "track": "themenfeld track strang schwerpunkt themenblock block reihe stream panelreihe kernbotschaft "
    "themenschwerpunkt trackname theme",
    "language": "sprache language lang vortragssprache",
    "abstract": "abstract kurzbeschreibung zusammenfassung summary kurzfassung teaser kurztext",
    "description": "beschreibung description inhalt details text langbeschreibung inhaltsbeschreibung content",
    "url": "url link webseite website adresse internetadresse webadresse homepage www",
    "slides": "folien slides präsentation praesentation presentation foliensatz",
    "recording_url": "video aufzeichnung recording videolink recordingurl videourl youtube mitschnitt fileurl",
    "license": "lizenz license licence",
    "tags": "tags schlagworte schlagwörter stichworte stichwörter keywords tag(s)",
    "number": "id nr nummer no number lfdnr laufendenummer programmnummer talkid sessionid vortragsnummer",
    "guid": "guid uuid kennung",
    "code": "code kürzel kuerzel",
    "slug": "slug kurzname",
    "affiliation": "organisation organization institution firma einrichtung affiliation company unternehmen hochschule "
    "arbeitgeber zugehörigkeit",
    "role": "rolle role funktion function position",
}
_SYNONYMS = {word: field for field, words in _WORDS.items() for word in words.split()}
_PERSON = (
    "referent|referier|sprecher|vortragend|speaker|mitwirkend|podium|panelist|redner|presenter|autor|author|moderator|"
    "moderation|person|dozent|beteiligte|teilnehm|coauthor|koautor|fullname|wer$|name$|namen$|präsentator"
)
_IS_PERSON = re.compile(_PERSON)
_NUMBERED = re.compile(r"\d+$")
_GENDERED = re.compile(r"[*:_/]-?(?:in(?:nen)?|r|n)\b")


def field_of(header: str) -> tuple[str, int]:
    """The field a header speaks of and how sure that is, up to 3; ("", 0) if it speaks of none."""
    words = _GENDERED.sub("", unicodedata.normalize("NFC", header).casefold())
    bare = re.sub(r"\(.*?\)|\[.*?\]", " ", words)
    parts = re.findall(r"[^\W_]+", bare) or re.findall(r"[^\W_]+", words)
    whole = "".join(parts)
    if not whole:
        return "", 0
    if whole in _SYNONYMS:
        return _SYNONYMS[whole], 3
    if _IS_PERSON.match(whole):
        return ("speaker" if _NUMBERED.search(whole) else "speakers"), 3
    first, last = _SYNONYMS.get(parts[0], ""), _SYNONYMS.get(parts[-1], "")
    # "Time End" is an end, "Talk format" a format.
    if first in {"title", "start"} and last:
        return last, 2
    return (first, 2) if first else (last, 1) if last else ("", 0)
