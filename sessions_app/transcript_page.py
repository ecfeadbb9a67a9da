"""What was said, to be read beside the picture: its paragraphs, the passage asked for, what was searched."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from conference.search.excerpts import Marker, highlight
from conference.search.query import Query, parse
from sessions_app.captions import follow_keys
from sessions_app.models import Appearance, Cue, TextTrack, Video
from sessions_app.transcripts.cues import CueRecord
from sessions_app.transcripts.reading import Paragraph, paragraphs
from sessions_app.transcripts.timecodes import Span, clock, clock_range

PASSAGE, SEARCH, TRACK, TICKING = "s", "im", "lesen", "zitieren"
_KEY = re.compile(r"\b[0-9a-f]{8}\b")
# A page does not list more places than this; all of them are marked in the text.
MOST_HITS = 50


@dataclass(frozen=True, slots=True)
class Sentence:
    """`words` is the text, what was searched for marked."""

    cue: Cue
    words: SafeString
    is_quoted: bool = False

    @property
    def element(self) -> SafeString:
        """With its anchor and its moment for the script. Written here, for a page holds thousands."""
        tag = "mark" if self.is_quoted else "span"
        return mark_safe(f'<{tag} id="{self.cue.anchor}" data-t="{self.cue.start_ms}">{self.words}</{tag}>')


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph. `standing`: who speaks, as of that day; `is_introduced`: for the first time."""

    sentences: Sequence[Sentence]
    name: str
    standing: Appearance | None
    is_turn: bool
    is_introduced: bool

    @property
    def words(self) -> SafeString:
        return mark_safe(" ".join(sentence.element for sentence in self.sentences))

    @property
    def start_ms(self) -> int:
        return self.sentences[0].cue.start_ms

    @property
    def seconds(self) -> int:
        return self.start_ms // 1000

    @property
    def clock(self) -> str:
        return clock(self.start_ms)


@dataclass(frozen=True, slots=True)
class Passage:
    """From one sentence to another. `is_open`: only where to begin was asked for."""

    cues: Sequence[Cue]
    is_open: bool = False

    @property
    def reference(self) -> str:
        """How an address names it: 1f2e3d4c-5a6b7c8d."""
        return f"{self.cues[0].key}-{self.cues[-1].key}"

    @property
    def words(self) -> str:
        return " ".join(" ".join(cue.text.split()) for cue in self.cues)

    @property
    def span(self) -> Span:
        return Span(self.cues[0].start_ms, None if self.is_open else self.cues[-1].end_ms)

    @property
    def start_ms(self) -> int:
        return self.cues[0].start_ms

    @property
    def end_ms(self) -> int:
        return max(cue.end_ms for cue in self.cues)

    @property
    def range(self) -> str:
        return clock_range(self.start_ms, self.end_ms)


class TranscriptPage:
    """The transcript of one track. One query, another where a sentence is asked for.

    Needs what `Video.objects.with_recording()` loads. `standing` tells who spoke a sentence, as of that day.
    """

    def __init__(self, video: Video, asked: QueryDict, standing: Callable[[Cue], Appearance | None]):
        self.video, self.asked, self.standing = video, asked, standing
        asked_keys = _KEY.findall(" ".join(asked.getlist(PASSAGE))[:100_000])
        self.keys = follow_keys(video.loaded_tracks, asked_keys)
        self.is_ticking = TICKING in asked

    # ── What is read ─────────────────────────────────────────────────────────────────────────
    @cached_property
    def tracks(self) -> list[TextTrack]:
        """Those that can be read, one for each language, the language of the recording first."""
        spoken = [track for track in self.video.loaded_tracks if track.kind != TextTrack.Kind.DESCRIPTIONS]
        spoken.sort(key=lambda track: (track.language != self.video.language, track.kind != TextTrack.Kind.CAPTIONS))
        return list({track.language: track for track in reversed(spoken)}.values())[::-1]

    @cached_property
    def track(self) -> TextTrack | None:
        """The one that holds the passage, else the one asked for, else the first."""
        if self.keys and len(self.video.loaded_tracks) > 1:
            holder = Cue.objects.with_key(self.video, self.keys[0]).first()
            for track in self.video.loaded_tracks:
                if holder and track.pk == holder.track_id:
                    return track
        language = self.asked.get(TRACK)
        chosen = next((track for track in self.tracks if track.language == language), None)
        return chosen or next(iter(self.tracks), None)

    @cached_property
    def cues(self) -> list[Cue]:
        return list(Cue.objects.for_reading(self.track)) if self.track else []

    @cached_property
    def turns(self) -> list[Turn]:
        records = [
            CueRecord(place, cue.start_ms, cue.end_ms, cue.speaker_name, cue.text)
            for place, cue in enumerate(self.cues)
        ]
        introduced: set = set()
        return [self._turn(paragraph, introduced) for paragraph in paragraphs(records)]

    def _turn(self, paragraph: Paragraph, introduced: set) -> Turn:
        cues = [self.cues[record.number] for record in paragraph.cues]
        standing = self.standing(cues[0])
        is_new = standing is not None and standing.pk not in introduced
        if is_new:
            introduced.add(standing.pk)
        return Turn([self._sentence(cue) for cue in cues], paragraph.speaker, standing, paragraph.is_turn, is_new)

    def _sentence(self, cue: Cue) -> Sentence:
        words = highlight(cue.text, self.marker) if self.marker else escape(cue.text)
        return Sentence(cue, words, cue.pk in self._quoted)

    # ── The passage ──────────────────────────────────────────────────────────────────────────
    @cached_property
    def passage(self) -> Passage | None:
        """From the first to the last sentence named; None where none of them is here any more."""
        if not self.keys:
            return None
        wanted = set(self.keys)
        places = [place for place, cue in enumerate(self.cues) if cue.key in wanted]
        if not places:
            return None
        is_open = len(self.keys) == 1 and "-" not in self.asked.get(PASSAGE, "")
        return Passage(self.cues[places[0] : places[-1] + 1], is_open)

    @cached_property
    def _quoted(self) -> set[int]:
        return {cue.pk for cue in self.passage.cues} if self.passage else set()

    @property
    def is_ticked(self) -> bool:
        """Somebody sent the form: its address is long, and there is a short one."""
        return self.passage is not None and len(self.asked.getlist(PASSAGE)) > 1

    @property
    def is_lost(self) -> bool:
        return bool(self.asked.get(PASSAGE)) and self.passage is None

    # ── Searching ────────────────────────────────────────────────────────────────────────────
    @cached_property
    def search(self) -> Query:
        return parse(self.asked.get(SEARCH, ""))

    @cached_property
    def marker(self) -> Marker | None:
        return None if self.search.problem else Marker.of(self.search.runs())

    @cached_property
    def hits(self) -> list[Sentence]:
        """Sentences with all the words, else those with one of them."""
        if not self.marker:
            return []
        found = [(cue, len({hit.stem for hit in self.marker.hits(cue.text)})) for cue in self.cues]
        most = max((count for _cue, count in found), default=0)
        least = len(self.search.wanted) if most >= len(self.search.wanted) else 1
        return [self._sentence(cue) for cue, count in found if count >= least]

    @property
    def shown_hits(self) -> list[Sentence]:
        return self.hits[:MOST_HITS]
