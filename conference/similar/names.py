"""Whether two names may mean the same: pure words, no database, no network."""

import re
from collections.abc import Iterable
from functools import lru_cache

from conference.models.fields import sort_key

# What stands before a name and is no part of it.
_TITLES = frozenset(
    ("prof", "professor", "dr", "drs", "hc", "pd", "dipl", "diplom", "ing", "rer", "nat", "phil", "med", "jur", "oec")
)
_HONORARY = re.compile(r"\bh\.?\s?c\.?(?=\s|$)", re.IGNORECASE)
_PARTICLES = frozenset(("von", "van", "de", "der", "den", "zu", "zur", "zum", "vom", "und", "di", "da", "la", "le"))
_LEGAL_FORMS = frozenset(("gmbh", "ggmbh", "mbh", "ag", "ev", "e", "v", "kg", "ohg", "se", "ug", "eg"))
_SMALL_WORDS = frozenset(("fur", "der", "die", "das", "des", "und", "zu", "am", "an", "im", "in", "of", "for", "the"))
# Written differently, said alike. In this order.
_SOUNDS = [("ae", "a"), ("oe", "o"), ("ue", "u"), ("ph", "f"), ("th", "t"), ("dt", "t"), ("ck", "k"), ("tz", "z")]
_SOUNDS += [("y", "i"), ("j", "i"), ("c", "k")]
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=16_384)
def folded(text: str) -> tuple[str, ...]:
    """The words as they sound: "Müller-Lüdenscheidt" is ("muler", "ludensheit"), more or less."""
    return tuple(word for word in map(_sound, sort_key(text).split()) if word)


def _sound(word: str) -> str:
    for written, said in _SOUNDS:
        word = word.replace(written, said)
    return _DOUBLED.sub(r"\1", word)


def _folded_without(text: str, left_out: frozenset[str]) -> tuple[str, ...]:
    kept = [word for word in sort_key(_HONORARY.sub(" ", text)).split() if word not in left_out]
    return folded(" ".join(kept))


def distance(one: str, other: str, most: int) -> int:
    """Damerau and Levenshtein: letters changed, added, left out, or two neighbours swapped; `most` + 1 for more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = [], list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, there in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != there))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == there:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def alike(one: str, other: str) -> bool:
    """Two folded words; the shorter they are, the less they may differ."""
    if one == other:
        return True
    shorter = min(len(one), len(other))
    most = 0 if shorter < 4 else 1 if shorter < 6 else 2
    return most > 0 and distance(one, other, most) <= most


# ── People ───────────────────────────────────────────────────────────────────────────────────
Person = tuple[str, str]


def same_person(one: Person, other: Person, other_names: Iterable[str] = ()) -> bool:
    """Given and family name, in whichever order somebody typed them. Titles say nothing, initials are names."""
    if not folded(one[1]):
        return False
    candidates = [other, *(_parted(name) for name in other_names if name.strip())]
    return any(_same(one, each) or _same((one[1], one[0]), each) for each in candidates)


def _parted(name: str) -> Person:
    given, _space, family = name.strip().rpartition(" ")
    return (given, family) if "," not in name else tuple(part.strip() for part in reversed(name.split(",", 1)))


def _same(one: Person, other: Person) -> bool:
    return _same_family(one[1], other[1]) and _same_given(one[0], other[0])


def _same_family(one: str, other: str) -> bool:
    left, right = _folded_without(one, _PARTICLES | _TITLES), _folded_without(other, _PARTICLES | _TITLES)
    if not left or not right:
        return False
    # "Müller" and "Müller-Schmidt": who marries keeps one of the two.
    return alike("".join(left), "".join(right)) or bool(set(left) & set(right))


def _same_given(one: str, other: str) -> bool:
    left, right = _folded_without(one, _TITLES), _folded_without(other, _TITLES)
    if not left or not right:
        return True
    if len(left[0]) == 1 or len(right[0]) == 1:
        return left[0][0] == right[0][0]
    return alike(left[0], right[0]) or alike("".join(left), "".join(right))


# ── Organisations ────────────────────────────────────────────────────────────────────────────
def same_organisation(name: str, others: Iterable[str]) -> bool:
    """Against each name the other is known by. Legal forms say nothing; a short name must be the same."""
    words = _name_words(name)
    return bool(words) and any(_same_name(words, _name_words(other)) for other in others if other.strip())


def _name_words(name: str) -> tuple[str, ...]:
    return _folded_without(name, _LEGAL_FORMS | _SMALL_WORDS)


def _same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if alike("".join(one), "".join(other)):
        return True
    fewer, more = sorted((one, other), key=len)
    # "Landkreis Nienburg" and "Landkreis Nienburg/Weser".
    return len(fewer) > 1 and all(any(alike(word, each) for each in more) for word in fewer)
