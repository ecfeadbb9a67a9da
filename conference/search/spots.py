"""The very sentences: which lines of a passage hold the words, with their neighbours, who says them, and where."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString

from conference.search.answers import Match
from conference.search.excerpts import Marker, highlight
from conference.search.passages import Spoken, Voice
from conference.search.wall import Visible

MOST_SPOTS = 3
_LONGEST_NEIGHBOUR = 160
TIME_LINE_WIDTH, _MARK_WIDTH = 1000, 14


@dataclass(frozen=True)
class Spot:
    """A sentence that was found. `url` opens it; `before` and `after` are what is said around it."""

    url: str
    start_ms: int
    language: str
    sentence: SafeString
    before: SafeString
    after: SafeString
    voice: Voice

    @property
    def seconds(self) -> int:
        return self.start_ms // 1000

    @property
    def clock(self) -> str:
        """12:34, or 1:02:03."""
        minutes, seconds = divmod(self.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


@dataclass(frozen=True)
class SpokenHits:
    """What was found in one recording: its best sentences in order, and how many more passages there are."""

    spots: list[Spot]
    more: int
    event: str
    length_ms: int
    starts: tuple[int, ...]

    @cached_property
    def time_line(self) -> list[int]:
        """Where the hits are, in thousandths of the whole; empty where its length is not known."""
        if not self.length_ms:
            return []
        last = TIME_LINE_WIDTH - _MARK_WIDTH
        return sorted({min(last, round(TIME_LINE_WIDTH * start / self.length_ms)) for start in self.starts})


@dataclass(frozen=True)
class _Candidate:
    """A line that may be shown: how many of the words it holds, in the how many-th best passage."""

    line: Spoken
    before: Spoken | None
    after: Spoken | None
    language: str
    variety: int
    place: int


def spoken_hits(
    wanted: Mapping[tuple[str, int], list[Match]],
    marker: Marker,
    things: Mapping[tuple[str, int], Visible],
    person: int | None = None,
) -> dict[tuple[str, int], SpokenHits]:
    """By thing. Three queries at most: the lines of the passages, and two for who says them."""
    found: dict[tuple[str, int], SpokenHits] = {}
    for model in {things[key].model for key in wanted if wanted[key] and key in things}:
        of_model = {key: wanted[key] for key in wanted if wanted[key] and key in things and things[key].model is model}
        best = [match for matches in of_model.values() for match in matches[:MOST_SPOTS]]
        lines = model.search_lines([(match.track_id, match.start_ms, match.end_ms) for match in best])
        chosen = {key: _choose(matches, lines, marker, person) for key, matches in of_model.items()}
        voices = model.search_voices([each.line for several in chosen.values() for each in several])
        for key, candidates in chosen.items():
            if candidates:
                found[key] = _hits(things[key], of_model[key], candidates, voices, marker)
    return found


def _choose(matches: list[Match], lines: list[Spoken], marker: Marker, person: int | None) -> list[_Candidate]:
    """The best line of each of the best passages; then others that hold as many of the words."""
    passages = [_candidates(match, place, lines, marker, person) for place, match in enumerate(matches[:MOST_SPOTS])]
    passages = [sorted(each, key=lambda one: -one.variety) for each in passages if each]
    first = [candidates[0] for candidates in passages]
    most = max((each.variety for each in first), default=0)
    others = [each for candidates in passages for each in candidates[1:] if each.variety >= most]
    return sorted([*first, *others][:MOST_SPOTS], key=lambda each: (each.language, each.line.start_ms))


def _candidates(match: Match, place: int, lines: list[Spoken], marker: Marker, person: int | None) -> list[_Candidate]:
    own = [each for each in lines if each.track_id == match.track_id and match.start_ms <= each.start_ms < match.end_ms]
    found = _with_varieties(match, place, own, [marker.variety(line.text) for line in own], person)
    # KoDa eG, which was looked for as one word.
    return found or _with_varieties(match, place, own, [len(marker.hits(line.text)) for line in own], person)


def _with_varieties(
    match: Match, place: int, own: list[Spoken], varieties: list[int], person: int | None
) -> list[_Candidate]:
    found = []
    neighbours = zip([None, *own], own, [*own[1:], None], varieties, strict=False)
    for before, line, after, variety in neighbours:
        if variety and person in (None, line.speaker_id):
            found.append(_Candidate(line, before, after, match.language, variety, place))
    return found


def _hits(
    thing: Visible, matches: list[Match], chosen: list[_Candidate], voices: Mapping[str, Voice], marker: Marker
) -> SpokenHits:
    shown = {each.place for each in chosen}
    starts = [each.line.start_ms for each in chosen]
    starts += [match.start_ms for place, match in enumerate(matches) if place not in shown]
    address = thing.url
    return SpokenHits(
        spots=[_spot(each, address, voices, marker) for each in chosen],
        more=len(matches) - len(shown),
        event=thing.event or "",
        length_ms=round(thing.length.total_seconds() * 1000) if thing.length else 0,
        starts=tuple(starts),
    )


def _spot(each: _Candidate, address: str, voices: Mapping[str, Voice], marker: Marker) -> Spot:
    return Spot(
        url=f"{address}?s={each.line.key}",
        start_ms=each.line.start_ms,
        language=each.language,
        sentence=highlight(each.line.text, marker),
        before=_neighbour(each.before, marker, at_end=True),
        after=_neighbour(each.after, marker),
        voice=voices.get(each.line.key, Voice("", "")),
    )


def _neighbour(line: Spoken | None, marker: Marker, at_end: bool = False) -> SafeString:
    text = line.text if line else ""
    if len(text) <= _LONGEST_NEIGHBOUR and not marker.variety(text):
        return escape(text)
    if len(text) <= _LONGEST_NEIGHBOUR:
        return highlight(text, marker)
    if at_end:
        return highlight(f"… {text[-_LONGEST_NEIGHBOUR:].partition(' ')[2]}", marker)
    return highlight(f"{text[:_LONGEST_NEIGHBOUR].rpartition(' ')[0]} …", marker)
