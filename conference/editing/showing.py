"""Differences as a page shows them: texts shortened around what changed, rows with what stood in them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from conference.editing.merging import is_row
from conference.editing.snapshot import Flat, Snapshot, flatten
from conference.editing.words import Difference, Reader, changed_paths, differences
from conference.publishing import Publishable, may_preview
from conference.scope import is_limited, paths_of

# Of a text that stayed, so much is shown beside a change; of one that came or went, the beginning.
BESIDE, BEGINNING = 90, 600
# With less in common than this share of what changed, two texts are shown one after the other.
ALIKE = 0.3
# Of a row that came or went, so many lines are shown.
MOST = 60
# How many places a summary names.
NAMED = 4


@dataclass(frozen=True)
class Piece:
    """Words that stayed, went or came ("same" | "gone" | "new"); `folded` stands between `start` and `end`."""

    kind: str
    start: str
    folded: str = ""
    end: str = ""


@dataclass
class Shown:
    """A difference for the page. `contents` are the values of a row that came or went: [(label, value)]."""

    difference: Difference
    pieces: list[Piece]
    contents: list[tuple[str, str]] = field(default_factory=list)
    # Beside it: what can be done with it ("field", "bring", "drop") or why nothing can.
    action: str = ""
    reason: str = ""

    @property
    def path(self) -> str:
        return self.difference.path

    @property
    def kind(self) -> str:
        return self.difference.kind

    @property
    def label(self) -> str:
        return self.difference.place.label

    @property
    def rows(self) -> str:
        return " · ".join(self.difference.place.rows)

    @property
    def is_markup_only(self) -> bool:
        """The words are the same: bold, a list or the target of a link changed."""
        return self.kind == "changed" and self.difference.before == self.difference.after

    @property
    def anchor(self) -> str:
        return "d-" + self.path.replace("/", "-")


class ViewersReader(Reader):
    """Names nothing that `viewer` may not see: drafts of kinds that are not theirs, or of other conferences."""

    def __init__(self, *snapshots: Snapshot, viewer=None):
        self.viewer = viewer
        super().__init__(*snapshots)

    def _names(self):
        return {model: self._seen(model, names) for model, names in super()._names().items()}

    def _seen(self, model, names: dict) -> dict:
        if self.viewer is None or not issubclass(model, Publishable):
            return names
        if may_preview(self.viewer, model) and not (is_limited(self.viewer) and paths_of(model)):
            return names
        seen = set(model.objects.visible_to(self.viewer).filter(pk__in=names).values_list("pk", flat=True))
        return {number: name if number in seen else _("nicht für Sie sichtbar") for number, name in names.items()}


# ── Only what differs ────────────────────────────────────────────────────────────────────────
def narrowed(before: Snapshot, after: Snapshot) -> tuple[Snapshot, Snapshot]:
    """Both without the rows that are alike. Quick, and what remains has the same differences."""
    ours, theirs = {}, {}
    for name in dict.fromkeys((*after["parts"], *before["parts"])):
        old, new = ({row["uuid"]: row for row in each["parts"].get(name, ())} for each in (before, after))
        pairs = [
            narrowed(old[identity], new[identity]) if identity in old and identity in new else (old.get(identity), row)
            for identity, row in {**new, **{key: None for key in old if key not in new}}.items()
            if old.get(identity) != row
        ]
        ours[name] = [one for one, _other in pairs if one]
        theirs[name] = [other for _one, other in pairs if other]
    return before | {"parts": ours}, after | {"parts": theirs}


# ── For pages ────────────────────────────────────────────────────────────────────────────────
def shown(before: Snapshot, after: Snapshot, viewer=None) -> list[Shown]:
    """What changed, for `admin/editing/differences.html`. A query or two for each kind of related thing."""
    before, after = narrowed(before, after)
    reader = ViewersReader(before, after, viewer=viewer)
    sides = flatten(before), flatten(after)
    held = tuple(_by_row(side) for side in sides)
    return [_shown(each, reader, sides, held) for each in differences(before, after, reader)]


def _shown(each: Difference, reader: Reader, sides: tuple[Flat, Flat], held: tuple[dict, dict]) -> Shown:
    if is_row(each.path):
        is_new = each.kind == "new"
        return Shown(each, [], _contents(each.path, reader, held[is_new][each.path]))
    pieces = calmed(each.pieces) or _set_pieces(each.path, reader, *(side.get(each.path) for side in sides))
    return Shown(each, folded(pieces))


def _by_row(flat: Flat) -> dict[str, list[tuple[str, object]]]:
    """The values under each row, those of the rows in it too."""
    found = defaultdict(list)
    for path, value in flat.items():
        steps = path.split("/")
        for number in range(2, len(steps) if len(steps) % 2 else 0, 2):
            found["/".join(steps[:number])].append((path, value))
    return found


def _contents(path: str, reader: Reader, values: list[tuple[str, object]]) -> list[tuple[str, str]]:
    """What stood in a row, and a line for each row in it, as far as there is something; of very many the first."""
    found: dict[str, list[str]] = {}
    for inner, value in values:
        if inner.endswith("/position") or value is False:
            continue
        if len(found) >= MOST:
            found.setdefault("…", [_("und mehr")])
            break
        place, words = reader.place(inner), reader.value(inner, value)
        holders = " · ".join(place.rows[path.count("/") // 2 + 1 :])
        if not words or not place.label or (place.field is not None and place.field.is_relation and words in holders):
            continue
        found.setdefault(holders or place.label, []).append(f"{place.label}: {words}" if holders else words)
    return [(label, ", ".join(values)) for label, values in found.items()]


def _set_pieces(path: str, reader: Reader, old, new) -> list[tuple[str, str]]:
    """Of several related things, those that stayed, went and came."""
    if not isinstance(old, tuple) and not isinstance(new, tuple):
        return []
    old, new = old or (), new or ()
    kinds = [("gone" if n not in new else "new" if n not in old else "same", n) for n in dict.fromkeys((*old, *new))]
    pieces = []
    for (kind, number), following in zip_longest(kinds, kinds[1:]):
        pieces.append((kind, reader.value(path, (number,))))
        if following:
            pieces.append(("same", ", "))
    return pieces


def calmed(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """For the eye: changes with nothing but a space between them are one, and a text that is all different is two."""
    lengths = {
        kind: sum(len(text.strip()) for each, text in pieces if each == kind) for kind in ("same", "gone", "new")
    }
    if lengths["same"] < ALIKE * min(lengths["gone"], lengths["new"]):
        sides = (("gone", "new"), ("new", "gone"))
        return [(kind, "".join(text for each, text in pieces if each != other)) for kind, other in sides]
    calm: list[tuple[str, str]] = []
    held = {"gone": "", "new": ""}
    for number, (kind, text) in enumerate(pieces):
        is_between = 0 < number < len(pieces) - 1 and all(held.values())
        if kind != "same":
            held[kind] += text
        elif text.strip() or not is_between:
            calm += [(each, words) for each, words in held.items() if words]
            calm.append((kind, text))
            held = {"gone": "", "new": ""}
        else:
            held = {each: words + text for each, words in held.items()}
    return calm + [(each, words) for each, words in held.items() if words]


def folded(pieces: Iterable[tuple[str, str]]) -> list[Piece]:
    """Texts shortened around the changes; nothing is left out, the rest opens on the page."""
    pieces = list(pieces)
    return [_fold(kind, text, n == 0, n == len(pieces) - 1) for n, (kind, text) in enumerate(pieces)]


def _fold(kind: str, text: str, is_first: bool, is_last: bool) -> Piece:
    if kind != "same":
        start, end = BEGINNING, 0
    else:
        start, end = (0 if is_first else BESIDE), (0 if is_last else BESIDE)
    if len(text) <= start + end + BESIDE:
        return Piece(kind, text)
    start = _at_space(text, start) if start else 0
    end = len(text) - end if end else len(text)
    end = _at_space(text, end) if end < len(text) else end
    return Piece(kind, text[:start], text[start:end], text[end:]) if start < end else Piece(kind, text)


def _at_space(text: str, place: int) -> int:
    """The end of the word at a place, so that no word is torn apart."""
    space = text.find(" ", place, place + BESIDE)
    return space if space >= 0 else place


# ── In one line ──────────────────────────────────────────────────────────────────────────────
class Summaries:
    """What changed in each of many pairs, in few words. Names are loaded for all at once."""

    def __init__(self, pairs: Iterable[tuple[Snapshot, Snapshot]], viewer=None):
        """The newest pair last: a row is called as it is called now."""
        self.pairs = [narrowed(before, after) for before, after in pairs]
        self.viewer = viewer

    @cached_property
    def reader(self) -> Reader:
        return ViewersReader(*(each for pair in self.pairs for each in pair), viewer=self.viewer)

    def __iter__(self):
        return (self._summary(before, after) for before, after in self.pairs)

    def _summary(self, before: Snapshot, after: Snapshot) -> str:
        """„Titel, Kurzfassung, Beitrag „Begrüßung“ (neu), Leitfrage „Warum?“: Frage“"""
        by_row: dict[tuple, list[str]] = {}
        for path, kind in changed_paths(flatten(before), flatten(after)):
            place = self.reader.place(path)
            change = {"new": _("neu"), "gone": _("entfernt")}.get(kind, place.label)
            by_row.setdefault((place.rows, kind != "changed"), []).append(change)
        places = [
            f"{' · '.join(rows)} ({', '.join(changes)})" if rows else change
            for (rows, _is_whole), changes in by_row.items()
            for change in (changes if not rows else [""])
        ]
        words = ", ".join(places[:NAMED])
        more = len(places) - NAMED
        return words if more <= 0 else _("%(places)s und %(count)d weitere") % {"places": words, "count": more}
