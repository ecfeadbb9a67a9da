"""Who speaks, out of one cell: names parted from names, and affiliations from names."""

import re

from sessions_app.interchange.programme import Person

_HARD = re.compile(r"[;\n|•]|\s/\s")
_SOFT = re.compile(r"\s+(?:und|and|&|\+|sowie)\s+|\s*&\s*")
_PARENS = re.compile(r"\(([^()]{1,300})\)\s*$")
_ORGANISATION = re.compile(
    r"\b(?:gmbh|ag|kg|e\.\s?v\.|verein|universit|uni|hochschule|fachhochschule|institut|amt|ministerium|stadt|landkreis|"
    r"gemeinde|kommune|verband|stiftung|büro|gesellschaft|akademie|inc|ltd|foundation|agentur|leiter|direktor|"
    r"geschäftsführer|bürgermeister|professor(?:in)? für|moderation|team)",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"(?:m\.?\s?a\.?|b\.?\s?a\.?|m\.?\s?sc\.?|b\.?\s?sc\.?|ph\.?\s?d\.?|mba|ll\.?m\.?|md[bl]|m\.?\s?eng\.?)"
)
_TITLES = re.compile(
    r"(?:prof(?:essor(?:in)?)?|dr|dipl|mag|ing|univ|habil|frau|herr|h\.?c)\b[.\-\w]*\s*", re.IGNORECASE
)
# "11:Ada Beispiel": a number of this file before the name.
_NUMBERED = re.compile(r"(\d{1,6}):\s*(?=[^\W\d])")
_AND_OTHERS = re.compile(r"[,;]?\s*\b(?:et\.?\s?al\.?|u\.\s?a\.|n\.\s?n\.|tbd|tba)(?=\s*$|[,;|])", re.IGNORECASE)
_SMALL = {
    "von",
    "van",
    "de",
    "der",
    "den",
    "da",
    "di",
    "zu",
    "vom",
    "zur",
    "del",
    "la",
    "le",
    "al",
    "bin",
    "ten",
    "ter",
}
_LONGEST = 2_000


def one_person(text: str) -> list[Person]:
    """Of a column that holds one: "Name, Einrichtung" or "Name (Einrichtung)"; several only if clearly parted."""
    pieces = [piece for piece in re.split(r"[;\n]", text[:_LONGEST]) if piece.strip()]
    return [person for piece in pieces if (person := _person(piece)).name]


def many_people(text: str) -> list[Person]:
    """Of a column that holds them all: parted by ";", line breaks, "und", "&", or by commas between names."""
    found = []
    for piece in _outside_parens(_HARD, _AND_OTHERS.sub("", text[:_LONGEST])):
        for part in _by_commas(piece):
            softly = _outside_parens(_SOFT, part)
            if len(softly) > 1 and all(_looks_like_name(_bare(each)) for each in softly):
                found += [_person(each) for each in softly]
            else:
                found.append(_person(part))
    return [person for person in found if person.name]


def _by_commas(piece: str) -> list[str]:
    """ "A B, C D" are two people, "A B, Amt für Bau" is one of an office; the last may be joined by "und"."""
    parts = _outside_parens(re.compile(r","), piece)
    if len(parts) < 2:
        return [piece]
    names = [each for part in parts for each in _outside_parens(_SOFT, part)]
    if all(_looks_like_name(_bare(each)) for each in names):
        return parts
    return [piece]


def _outside_parens(pattern: re.Pattern, text: str) -> list[str]:
    """Split where no parenthesis is open."""
    pieces, begin = [], 0
    for match in pattern.finditer(text):
        if text.count("(", begin, match.start()) <= text.count(")", begin, match.start()):
            pieces.append(text[begin : match.start()])
            begin = match.end()
    return [piece.strip() for piece in [*pieces, text[begin:]] if piece.strip()]


def _person(text: str) -> Person:
    text = " ".join(text.split()).strip(" ,;")
    affiliation, number = "", _NUMBERED.match(text)
    text = text[number.end() :] if number else text
    if match := _PARENS.search(text):
        text, affiliation = text[: match.start()].strip(" ,"), match[1].strip()
    name, _comma, rest = text.partition(",")
    parts = [part.strip() for part in rest.split(",")] if rest else []
    while parts and _DEGREE.fullmatch(parts[0].casefold()):
        name = f"{name}, {parts.pop(0)}"
    before = ", ".join(part for part in parts if part)
    return Person(
        name=name.strip(),
        number=number[1] if number else "",
        affiliation=", ".join(filter(None, (before, affiliation))),
    )


def _bare(text: str) -> str:
    """A name without affiliation in parentheses and without titles."""
    text = _PARENS.sub("", text).strip(" ,")
    while match := _TITLES.match(text):
        text = text[match.end() :].lstrip(" .-")
    return text


def _looks_like_name(text: str) -> bool:
    """Two to four words with a capital each, and none of them of an organisation."""
    words = [word for word in text.split() if word not in _SMALL]
    if not 2 <= len(words) <= 4 or _ORGANISATION.search(text) or any(sign.isdigit() for sign in text):
        return False
    return all(word[0].isupper() or not word[0].isascii() for word in words)
