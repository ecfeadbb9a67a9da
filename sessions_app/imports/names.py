"""Names as files write them: titles told from names, family names from given ones, and forms to compare by."""

import functools
import re
import unicodedata
from typing import NamedTuple

from conference.similar.names import folded

# What may stand before a name; longest first where one begins like another.
_TITLE = re.compile(
    r"(?:(?:univ|jun|apl|ao|hon)\.?[- ]?prof\.?|professor(?:in)?|prof\.?|priv\.?-doz\.?|pd|dipl\.?-[\w.]+"
    r"|dr\.?-ing\.?|drs\.?|dr\.?|mag\.|ph\.?d\.?|habil\.?|\((?:fh|tu|uni|univ)\.?\)|h\.\s?c\.|e\.\s?h\.|mult\.|(?:rer|med|phil|jur|iur|oec|pol"
    r"|soc|agr|nat|sc|theol|techn|publ|dent|vet)\.)(?=\s|$)",
    re.IGNORECASE,
)
_BEGINS_A_TITLE = re.compile(r"(?:univ|jun|apl|ao|hon|prof|priv|pd\b|dipl|dr|mag\.|ph\.?d)", re.IGNORECASE)
_PARTICLES = {"von", "van", "de", "der", "den", "del", "della", "di", "da", "dos", "das", "du", "la", "le", "zu", "zur"}
_PARTICLES |= {"zum", "vom", "ter", "ten", "af", "av", "el", "al", "bin", "ibn", "ben", "’t", "'t", "y", "und"}
# Written with a capital they may still begin a family name.
_CAPITAL_PARTICLES = {"Van", "Von", "De", "Du", "Del", "Della", "Di", "Da", "Dos", "Ter", "Ten"}
# Family name first, or one word alone: kept whole.
_WHOLE = re.compile(r"[\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_LENGTHS = (60, 80, 80)


class Name(NamedTuple):
    title: str
    given: str
    family: str

    @property
    def plain(self) -> str:
        return f"{self.given} {self.family}".strip()

    @property
    def is_cut(self) -> bool:
        return any(len(part) > most for part, most in zip(self, _LENGTHS, strict=True))

    def cut(self) -> "Name":
        return Name(*(part[:most].strip() for part, most in zip(self, _LENGTHS, strict=True)))


@functools.lru_cache(maxsize=20_000)
def parted(text: str) -> Name:
    """ "Prof. Dr. Anna von der Heide" is ("Prof. Dr.", "Anna", "von der Heide"). Nothing is lost but blanks."""
    rest = " ".join(unicodedata.normalize("NFC", text).split())
    title, rest = _titled(rest)
    if _WHOLE.search(rest):
        return Name(title, "", rest)
    if turned := _turned(rest):
        inner, given = _titled(turned[0])
        return Name(title or inner, given, turned[1])
    body, _space, note = rest.partition(" (") if rest.endswith(")") else (rest, "", "")
    body, _comma, addition = body.partition(", ")
    given, family = _halves(body.split(" "))
    family = family + (f", {addition}" if addition else "") + (f" ({note}" if note else "")
    return Name(title, given, family)


def _titled(text: str) -> tuple[str, str]:
    """The titles a text begins with, and the rest; a text that is all titles is a name."""
    position = 0
    if _BEGINS_A_TITLE.match(text):
        while match := _TITLE.match(text, position):
            position = match.end() + (match.end() < len(text))
    rest = text[position:].strip()
    return (text[:position].strip(), rest) if rest else ("", text)


def _turned(text: str) -> tuple[str, str] | None:
    """Given and family name of "Heide, Anna"; None for "Anna Heide, DG8NGN"."""
    family, comma, given = text.partition(", ")
    is_one = len([word for word in family.split(" ") if word not in _PARTICLES]) == 1
    is_name = given.replace(".", "").replace(" ", "").replace("-", "").isalpha() and not given.isupper()
    return (given, family) if comma and is_one and is_name else None


def _halves(words: list[str]) -> tuple[str, str]:
    for position, word in enumerate(words[1:-1], start=1):
        if word in _PARTICLES or word in _CAPITAL_PARTICLES:
            return " ".join(words[:position]), " ".join(words[position:])
    return " ".join(words[:-1]), words[-1]


def normal(text: str) -> str:
    """The same for one name in two files: without titles, capitals and blanks, with every accent."""
    return unicodedata.normalize("NFKC", parted(text).plain).casefold()


def same_words(text: str) -> str:
    """The same for organisations and titles written with other capitals and blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def sound(text: str) -> tuple[str, ...]:
    """The same for names that may mean one person: Jürgen and Juergen, in either order. Other scripts as they are."""
    plain = parted(text).plain
    return tuple(sorted(folded(plain))) or (plain,)
