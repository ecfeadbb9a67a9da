"""Cues, the sentences of a recording with their times, and what must hold for them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions_app.transcripts import markup
from sessions_app.transcripts.limits import Limits
from sessions_app.transcripts.problems import Problem, Problems
from sessions_app.transcripts.timecodes import clock, full_clock

LONGEST_SHOWN_MS = 8000
MOST_LINES = 2
LONGEST_LINE = 42
FASTEST_PER_SECOND = 20


class Kind(StrEnum):
    """What a text track is for; the words of WebVTT."""

    CAPTIONS = "captions"
    SUBTITLES = "subtitles"
    DESCRIPTIONS = "descriptions"
    CHAPTERS = "chapters"


@dataclass(frozen=True, slots=True)
class CueRecord:
    """`number` counts from 1. `text` is plain, `payload` is WebVTT markup; `line` is where its times stand."""

    number: int
    start_ms: int
    end_ms: int
    speaker: str = ""
    text: str = ""
    payload: str = ""
    settings: str = ""
    identifier: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Transcript:
    """A file that was taken. `layout` is plain data (JSON) with which `webvtt.write` reproduces it."""

    cues: tuple[CueRecord, ...]
    warnings: tuple[Problem, ...] = ()
    layout: dict = field(default_factory=dict)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Everybody named, in the order of their first words."""
        return tuple(dict.fromkeys(cue.speaker for cue in self.cues if cue.speaker))


def check(
    cues: Sequence[CueRecord], kind: Kind, limits: Limits, problems: Problems, duration_ms: int | None = None
) -> None:
    """Report what is wrong with the cues, and between them. Raises TranscriptError only when it is too much."""
    if not cues and not problems.errors:
        problems.error(None, _("Die Datei enthält keine einzige Textstelle mit Zeitangabe."))
    _check_order(cues, kind, problems)
    for cue in cues:
        _check_size(cue, limits, problems)
        if kind == Kind.CHAPTERS:
            _check_title(cue, problems)
        else:
            _check_words(cue, problems)
        if kind in {Kind.CAPTIONS, Kind.SUBTITLES}:
            _check_legible(cue, problems)
    if kind in {Kind.CAPTIONS, Kind.SUBTITLES}:
        _check_names(cues, problems)
    if duration_ms and cues and cues[-1].start_ms >= duration_ms:
        report = problems.error if kind == Kind.CHAPTERS else problems.warn
        sentence = _("Die Textstelle beginnt nach dem Ende des Videos (%(end)s).")
        report(cues[-1].line, sentence % {"end": clock(duration_ms)})


def _check_order(cues: Sequence[CueRecord], kind: Kind, problems: Problems) -> None:
    latest = previous = None
    for cue in cues:
        if cue.start_ms >= cue.end_ms:
            sentence = _("Das Ende (%(end)s) muss nach dem Beginn (%(start)s) liegen.")
            problems.error(cue.line, sentence % {"start": full_clock(cue.start_ms), "end": full_clock(cue.end_ms)})
        if previous and cue.start_ms < previous.start_ms:
            sentence = _("Der Beginn (%(start)s) liegt vor dem der vorigen Textstelle (%(previous)s).")
            times = {"start": full_clock(cue.start_ms), "previous": full_clock(previous.start_ms)}
            problems.error(cue.line, sentence % times)
        elif latest and cue.start_ms < latest.end_ms:
            report = problems.error if kind == Kind.CHAPTERS else problems.warn
            sentence = _("Die Textstelle beginnt (%(start)s), bevor die von Zeile %(line)d endet (%(end)s).")
            times = {"start": full_clock(cue.start_ms), "end": full_clock(latest.end_ms), "line": latest.line}
            report(cue.line, sentence % times)
        if latest is None or cue.end_ms > latest.end_ms:
            latest = cue
        previous = cue


def _check_size(cue: CueRecord, limits: Limits, problems: Problems) -> None:
    most = {"count": limits.max_name}
    if len(cue.speaker) > limits.max_name:
        problems.error(cue.line, _("Der Name der sprechenden Person hat mehr als %(count)d Zeichen.") % most)
    if len(cue.identifier) > limits.max_name:
        problems.error(cue.line, _("Die Kennung vor der Zeitangabe hat mehr als %(count)d Zeichen.") % most)
    if len(cue.settings) > limits.max_name:
        problems.error(cue.line, _("Die Angaben nach den Zeiten haben mehr als %(count)d Zeichen.") % most)


def _check_title(cue: CueRecord, problems: Problems) -> None:
    if not cue.text:
        problems.error(cue.line, _("Dem Kapitel fehlt der Titel."))
    if "\n" in cue.payload:
        problems.error(cue.line + 2, _("Der Titel eines Kapitels steht in einer einzigen Zeile."))
    if markup.has_tags(cue.payload):
        problems.warn(cue.line + 1, _("Auszeichnungen im Titel werden nicht übernommen."))


def _check_words(cue: CueRecord, problems: Problems) -> None:
    if not cue.text:
        problems.warn(cue.line, _("Die Textstelle ist leer."))
    if markup.has_loose_sign(cue.payload):
        problems.warn(
            cue.line, _("Ein einzelnes „<“ schreiben Sie bitte als „&lt;“, sonst fehlt im Player, was danach kommt.")
        )


def _check_legible(cue: CueRecord, problems: Problems) -> None:
    duration = cue.end_ms - cue.start_ms
    if duration > LONGEST_SHOWN_MS:
        seconds = {"seconds": round(duration / 1000), "most": LONGEST_SHOWN_MS // 1000}
        problems.warn(
            cue.line, _("Die Textstelle steht %(seconds)d Sekunden; gut lesbar sind höchstens %(most)d.") % seconds
        )
    lines = markup.lines_of(cue.payload) if "\n" in cue.payload else [cue.text]
    if len(lines) > MOST_LINES:
        problems.warn(
            cue.line,
            _("Die Textstelle hat %(count)d Zeilen; gut lesbar sind höchstens %(most)d.")
            % {"count": len(lines), "most": MOST_LINES},
        )
    for number, line in enumerate(lines, cue.line + 1):
        if len(line) > LONGEST_LINE:
            size = {"count": len(line), "most": LONGEST_LINE}
            problems.warn(number, _("Die Zeile hat %(count)d Zeichen; gut lesbar sind höchstens %(most)d.") % size)
    if duration > 0 and len(cue.text) * 1000 > FASTEST_PER_SECOND * duration:
        speed = {"speed": round(len(cue.text) * 1000 / duration), "most": FASTEST_PER_SECOND}
        sentence = _("%(speed)d Zeichen in der Sekunde sind zu schnell zum Mitlesen; gut sind höchstens %(most)d.")
        problems.warn(cue.line, sentence % speed)


def _check_names(cues: Sequence[CueRecord], problems: Problems) -> None:
    """Quotations need to know who speaks."""
    names, nameless = set(), []
    for cue in cues:
        voices = (cue.speaker,) if cue.speaker else markup.spoken(cue.payload).voices
        names.update(voices)
        if len(voices) > 1:
            sentence = _("Hier sprechen mehrere. Geben Sie jeder Person eine eigene Textstelle, damit Zitate stimmen.")
            problems.warn(cue.line, sentence)
        elif not voices and cue.text:
            nameless.append(cue)
    if len(names) > 1 and nameless:
        sentence = ngettext(
            "Bei %(count)d Textstelle steht nicht, wer spricht.",
            "Bei %(count)d Textstellen steht nicht, wer spricht; hier zum ersten Mal.",
            len(nameless),
        )
        problems.warn(nameless[0].line, sentence % {"count": len(nameless)})
