"""What is said in recordings, as the search reads it."""

from collections.abc import Iterable, Iterator
from functools import cache

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from conference.search.passages import Line, Spoken, Voice
from conference.search.statements import Statement
from sessions_app.models.contribution import Appearance
from sessions_app.models.speaker import Speaker
from sessions_app.models.text_track import Cue, TextTrack

_CUE = Cue._meta.db_table
_WITHIN = f"({_CUE}.track_id = %s AND {_CUE}.start_ms >= %s AND {_CUE}.start_ms < %s)"


def lines_of(video) -> Iterator[Line]:
    """One track a language, captions before translations; the language that is spoken comes first. Two queries."""
    tracks: dict[str, TextTrack] = {}
    for track in video.tracks.exclude(kind=TextTrack.Kind.DESCRIPTIONS).captions_first():
        tracks.setdefault(track.language, track)
    order = {track.pk: (track.language != video.language, track.language) for track in tracks.values()}
    languages = {track.pk: track.language for track in tracks.values()}
    cues = Cue.objects.filter(track__in=order).in_order() if order else Cue.objects.none()
    rows = cues.values_list("track_id", "start_ms", "end_ms", "text")
    for track, start, end, text in sorted(rows, key=lambda row: order[row[0]]):
        yield Line(track, languages[track], start, end, text)


def lines_in(places: Iterable[tuple[int, int, int]]) -> list[Spoken]:
    """The public lines that begin in these (track, start, end), in order; of a hidden speaker no number and no name."""
    places = list(places)
    condition = f"({' OR '.join([_WITHIN] * len(places))})"
    with connection.cursor() as cursor:
        cursor.execute(*_public_lines().for_rows(condition, [value for place in places for value in place]))
        return [_spoken(row) for row in cursor.fetchall()]


@cache
def _public_lines() -> Statement:
    return Statement.of(
        Cue.objects.published()
        .in_order()
        .annotate(
            is_hidden=Q(speaker__isnull=False) & ~Exists(Speaker.objects.published().filter(pk=OuterRef("speaker_id"))),
            event=Coalesce("track__video__event", "track__video__contribution__event"),
            contribution=F("track__video__contribution"),
        )
        .values_list(
            "track_id", "start_ms", "uuid", "text", "speaker_name", "speaker_id", "event", "contribution", "is_hidden"
        )
    )


def _spoken(row: tuple) -> Spoken:
    track, start, uuid, text, name, person, *place, is_hidden = row
    known = ("", None) if is_hidden else (name, person)
    return Spoken(track, start, str(uuid).replace("-", "")[:8], " ".join(text.split()), *known, *place)


def voices(lines: Iterable[Spoken]) -> dict[str, Voice]:
    """Name and affiliation of that day by the key of the line."""
    lines = list(lines)
    people = {line.speaker_id for line in lines if line.speaker_id}
    found: dict[tuple, Appearance] = {}
    if people:
        appearances = Appearance.objects.published().with_relations()
        events = {line.event_id for line in lines}
        for each in appearances.filter(speaker__in=people, contribution__event__in=events).select_related(
            "contribution"
        ):
            found.setdefault(("at", each.speaker_id, each.contribution.event_id), each)
            found["in", each.speaker_id, each.contribution_id] = each
    return {line.key: _voice(line, found) for line in lines}


def _voice(line: Spoken, found: dict[tuple, Appearance]) -> Voice:
    """That of its own contribution before another of the day."""
    that_day = found.get(("in", line.speaker_id, line.contribution_id)) or found.get(
        ("at", line.speaker_id, line.event_id)
    )
    if that_day:
        return Voice(that_day.visible_speaker.name, that_day.affiliation)
    return Voice(line.speaker_name, "")
