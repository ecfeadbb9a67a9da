"""What the page of a video joins: player, chapters, transcript, its event, who is in it, the other recordings."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects
from django.http import QueryDict
from django.utils.functional import cached_property

from conference.models import Theme
from conference.publishing import PUBLIC
from sessions_app.citations import Citation, Voice
from sessions_app.models import Appearance, Chapter, Cue, Event, Video
from sessions_app.player import Player
from sessions_app.quotations import cite_passage, cite_video, in_words, voice_of
from sessions_app.transcript_page import TranscriptPage
from sessions_app.transcripts.timecodes import milliseconds


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter with its place on the bar and who is heard in it."""

    chapter: Chapter
    start_ms: int
    end_ms: int
    people: Sequence[Appearance]

    @property
    def width_ms(self) -> int:
        return self.end_ms - self.start_ms


class VideoPage:
    """Each property costs the queries its line names, once, and only when the page asks for it.

    `asked` is the query string. Chapters and player need what `Video.objects.with_recording()` loads.
    """

    def __init__(self, video: Video, viewer=PUBLIC, asked: QueryDict | None = None):
        self.video = video
        self.viewer = viewer
        self.asked = asked if asked is not None else QueryDict()

    @property
    def event(self) -> Event:
        """Named in `visible_within`: who may see the video may see it."""
        return self.video.shown_event

    @cached_property
    def theme(self) -> Theme | None:
        """One query."""
        prefetch_related_objects(
            [self.event], Prefetch("theme", Theme.objects.visible_to(self.viewer), to_attr="visible_theme")
        )
        return self.event.visible_theme

    # ── People ───────────────────────────────────────────────────────────────────────────────
    @cached_property
    def appearances(self) -> list[Appearance]:
        """Everybody at the event, in the order of the programme. Two queries."""
        appearances = Appearance.objects.with_relations(self.viewer).select_related("speaker__portrait", "contribution")
        of_event = appearances.filter(contribution__event=self.event)
        return list(of_event.order_by("contribution__position", "position", "pk"))

    @cached_property
    def people(self) -> list[Appearance]:
        """Everybody in the contribution, or in the whole event, once, with the affiliation of that day."""
        if self.video.is_about:
            return []
        first: dict[int, Appearance] = {}
        for appearance in self.appearances:
            if self.video.contribution_id in (None, appearance.contribution_id):
                first.setdefault(appearance.speaker_id, appearance)
        return list(first.values())

    def standing(self, cue: Cue) -> Appearance | None:
        """Who speaks a sentence, as of that day: in the contribution that is on then, else in the first of theirs."""
        if not cue.speaker_id:
            return None
        theirs = [appearance for appearance in self.appearances if appearance.speaker_id == cue.speaker_id]
        now = self.video.contribution_id or self._contribution_at(cue.start_ms)
        return next((each for each in theirs if each.contribution_id == now), next(iter(theirs), None))

    def _contribution_at(self, moment_ms: int) -> int | None:
        begun = [chapter for chapter in self.video.loaded_chapters if chapter.start_ms <= moment_ms]
        return begun[-1].contribution_id if begun else None

    # ── The recording ────────────────────────────────────────────────────────────────────────
    @cached_property
    def transcript(self) -> TranscriptPage:
        """One query, two where a sentence is asked for."""
        return TranscriptPage(self.video, self.asked, self.standing)

    @cached_property
    def player(self) -> Player:
        passage = self.transcript.passage
        return Player(self.video, self.asked, passage.span if passage else None)

    @cached_property
    def parts(self) -> list[Part]:
        chapters = self.video.loaded_chapters
        ends = [chapter.start_ms for chapter in chapters[1:]] + [self.duration_ms]
        return [
            Part(chapter, chapter.start_ms, max(end, chapter.start_ms), self._heard_in(chapter))
            for chapter, end in zip(chapters, ends, strict=False)
        ]

    def _heard_in(self, chapter: Chapter) -> list[Appearance]:
        return [each for each in self.appearances if each.contribution_id == (chapter.contribution_id or 0)]

    @cached_property
    def duration_ms(self) -> int:
        """As long as somebody said, else as far as chapters and sentences reach."""
        if self.video.duration:
            return milliseconds(self.video.duration)
        reached = [chapter.start_ms for chapter in self.video.loaded_chapters]
        return max([*reached, *(cue.end_ms for cue in self.transcript.cues)], default=0)

    # ── Citing ───────────────────────────────────────────────────────────────────────────────
    @cached_property
    def voices(self) -> list[Voice]:
        """Who speaks in the passage: as of that day, or by the name the captions give."""
        if not self.transcript.passage:
            return []
        heard: dict[str, Voice] = {}
        for cue in self.transcript.passage.cues:
            standing = self.standing(cue)
            if standing or cue.speaker_name:
                heard.setdefault(
                    standing.visible_speaker.name if standing else cue.speaker_name,
                    voice_of(standing) if standing else Voice(cue.speaker_name),
                )
        return list(heard.values())

    @cached_property
    def citation(self) -> Citation:
        """Of the passage asked for, else of the whole."""
        if passage := self.transcript.passage:
            return cite_passage(self.video, passage, self.voices)
        return cite_video(self.video, self.people)

    @property
    def citation_text(self) -> str:
        return in_words(self.citation)

    # ── Neighbours ───────────────────────────────────────────────────────────────────────────
    @cached_property
    def others(self) -> list[Video]:
        """The other recordings of the same event. One query."""
        videos = Video.objects.visible_to(self.viewer).of_events([self.event]).with_poster().with_badges().by_title()
        return list(videos.exclude(pk=self.video.pk))
