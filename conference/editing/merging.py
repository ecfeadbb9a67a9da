"""Two people changed the same record: what both did, and where only a person can decide.

A three-way merge over the flat form of snapshots. What one side alone changed is taken; what both changed alike is
taken once; sets of links are merged as sets. What both changed differently is a conflict, and nothing is chosen for
anybody. A row that one side deleted and the other changed is one conflict of the whole row.
"""

import difflib
import re
from dataclasses import dataclass

from conference.editing.snapshot import HERE, Flat, Snapshot, flatten, rebuild

MISSING = None


@dataclass(frozen=True)
class Conflict:
    """Both sides changed what stands at `path`. For a row that one side deleted, its value is MISSING there."""

    path: str
    base: object
    mine: object
    theirs: object

    @property
    def is_row(self) -> bool:
        return is_row(self.path)


@dataclass(frozen=True)
class Merged:
    """`data` has my version where there are conflicts, until somebody decides with `settle`."""

    data: Snapshot
    conflicts: tuple[Conflict, ...]


def is_row(path: str) -> bool:
    """Whether a path names a row and not a value in one."""
    return path.count("/") % 2 == 1


def merge(base: Snapshot, mine: Snapshot, theirs: Snapshot, choices: dict[str, object] | None = None) -> Merged:
    """`mine` and `theirs`, both made from `base`, as one.

    `choices` decides conflicts: {path: "mine" | "theirs" | ("value", the merged value)}. Without a choice the
    conflict is reported. No query; time grows with the number of values.
    """
    flats = tuple(flatten(each) for each in (base, mine, theirs))
    choices = dict(choices or {})
    conflicts = _rows_in_conflict(*flats)
    decided = {each.path for each in conflicts}
    merged: Flat = {}
    gone = _gone(flats, conflicts, choices)
    for path in dict.fromkeys((*flats[1], *flats[2])):
        if _within(path, gone):
            continue
        values = tuple(flat.get(path, MISSING) for flat in flats)
        if (row := _within(path, decided)) is not None:
            side = flats[2] if choices.get(row) == "theirs" else flats[1]
            _put(merged, path, side.get(path, MISSING))
            continue
        value, is_open = _one(values)
        if is_open:
            choice = choices.get(path)
            if choice is None:
                conflicts.append(Conflict(path, *values))
            value = values[2] if choice == "theirs" else choice[1] if isinstance(choice, tuple) else values[1]
        _put(merged, path, value)
    left = tuple(each for each in conflicts if each.path not in choices)
    return Merged(rebuild(merged, theirs, mine, base), left)


def _put(flat: Flat, path: str, value):
    if value is not MISSING or not is_row(path):
        flat[path] = value


def _one(values) -> tuple[object, bool]:
    """The merged value of one path, and whether it is open."""
    base, mine, theirs = values
    if theirs in (mine, base):
        return mine, False
    if mine == base:
        return theirs, False
    if isinstance(mine, tuple) and isinstance(theirs, tuple):
        before = set(base or ())
        added = (set(mine) | set(theirs)) - before
        return tuple(sorted((before & set(mine) & set(theirs)) | added)), False
    return mine, True


def _within(path: str, rows) -> str | None:
    """The row out of `rows` that a path is, or lies in."""
    if not rows:
        return None
    steps = path.split("/")
    return next((row for n in range(2, len(steps) + 1, 2) if (row := "/".join(steps[:n])) in rows), None)


def _rows_in_conflict(base: Flat, mine: Flat, theirs: Flat) -> list[Conflict]:
    """Rows that were there, are gone on one side and different on the other; only the outermost of nested ones."""
    conflicts = []
    for path in base:
        if not is_row(path) or (path in mine) == (path in theirs):
            continue
        if _within(path, {each.path for each in conflicts}):
            continue
        stayed = mine if path in mine else theirs
        if any(stayed.get(p) != base.get(p) for p in (*base, *stayed) if p.startswith(f"{path}/")):
            sides = (HERE if path in mine else MISSING, HERE if path in theirs else MISSING)
            conflicts.append(Conflict(path, HERE, *sides))
    return conflicts


def _gone(flats, conflicts, choices) -> set[str]:
    """The rows that are not in the result."""
    base, mine, theirs = flats
    gone = {path for path in base if is_row(path) and (path not in mine or path not in theirs)}
    for conflict in conflicts:
        kept = conflict.theirs if choices.get(conflict.path) == "theirs" else conflict.mine
        if kept is not MISSING:
            gone.discard(conflict.path)
            side = theirs if choices.get(conflict.path) == "theirs" else mine
            gone -= {path for path in gone if path.startswith(f"{conflict.path}/") and path in side}
    return gone


# ── Texts, word by word ──────────────────────────────────────────────────────────────────────
_TOKENS = re.compile(r"<[^>]*>|\s+|[^\s<]+|<")


def tokens(text: str) -> list[str]:
    """Words, spaces and tags; joined they are the text again."""
    return _TOKENS.findall(text)


def merge_texts(base: str, mine: str, theirs: str) -> str | None:
    """Both sides' changes in one text, by word; None where they touch the same words."""
    old = tokens(base)
    edits = sorted((*_edits(old, tokens(mine), 0), *_edits(old, tokens(theirs), 1)), key=lambda edit: edit[:2])
    merged, place, last = [], 0, None
    for start, end, words, _side in edits:
        if last == (start, end, words):
            continue
        if start < place or (last and last[:2] == (start, end)):
            return None
        merged += old[place:start] + words
        place, last = end, (start, end, words)
    return "".join(merged + old[place:])


def _edits(old: list[str], new: list[str], side: int) -> list[tuple[int, int, list[str], int]]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return [(i1, i2, new[j1:j2], side) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"]


# Above this many comparisons words are taken with the space before them: spaces are what makes long texts slow.
_MANY = 4_000_000
_WORDS_WITH_SPACE = re.compile(r"\s*<[^>]*>|\s*[^\s<]+|\s*<|\s+")


def word_changes(old: str, new: str) -> list[tuple[str, str]]:
    """The new text in pieces of ("same" | "gone" | "new", words), for people. Two texts of 5,000 words: < 1 second."""
    one, other = tokens(old), tokens(new)
    if len(one) * len(other) > _MANY:
        one, other = _WORDS_WITH_SPACE.findall(old), _WORDS_WITH_SPACE.findall(new)
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    middle = one[start : len(one) - end], other[start : len(other) - end]
    pieces = [("same", "".join(one[:start]))]
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("same", "".join(middle[0][i1:i2])))
        else:
            pieces += [("gone", "".join(middle[0][i1:i2])), ("new", "".join(middle[1][j1:j2]))]
    pieces.append(("same", "".join(one[len(one) - end :])))
    return [(kind, words) for kind, words in pieces if words]


def _alike(one: list[str], other: list[str]) -> int:
    """How many words two texts begin with alike."""
    return next(
        (n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )
