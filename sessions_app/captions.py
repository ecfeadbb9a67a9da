"""Text tracks into the database: a corrected file changes words and times, and every sentence stays who it was."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction

from conference.search import update_index
from sessions_app.models import Cue, Speaker, TextTrack, Video
from sessions_app.transcripts import markup, tracks
from sessions_app.transcripts.cues import CueRecord, Kind, Transcript
from sessions_app.transcripts.identity import Identity, KnownCue, keep_identity
from sessions_app.transcripts.limits import LIMITS
from sessions_app.transcripts.problems import Problem
from sessions_app.transcripts.timecodes import milliseconds

KEY_LENGTH = 8
# In the layout of a track: keys of sentences that were joined with others, and where their words are now.
MOVED = "moved"


@dataclass(frozen=True)
class StoredTrack:
    """How many sentences kept their address, are new, or are gone; of the kept, `merged` were joined with others."""

    track: TextTrack
    warnings: tuple[Problem, ...]
    kept: int
    new: int
    lost: int
    merged: int = 0


# ── Files into the database ──────────────────────────────────────────────────────────────────
def read_track(source, kind: str, video: Video) -> Transcript:
    """A WebVTT or SRT file, as bytes or open, checked and not yet stored. Raises TranscriptError, line by line."""
    limits = replace(LIMITS, max_bytes=settings.TEXT_TRACK_MAX_BYTES)
    duration = milliseconds(video.duration) if video.duration else None
    return tracks.read(source, Kind(kind), limits, duration)


@transaction.atomic
def store_track(video: Video, kind: str, language: str, source: bytes) -> StoredTrack:
    """The file as the video's one track of that kind and language, all of it or nothing. Raises TranscriptError.

    A track that is there is replaced, and counts as made by a person; a sentence that is recognised keeps its uuid.
    """
    transcript = read_track(source, kind, video)
    track, _created = TextTrack.objects.get_or_create(video=video, kind=kind, language=language)
    track.origin = TextTrack.Origin.PERSON
    return store_transcript(track, transcript)


@transaction.atomic
def store_transcript(track: TextTrack, transcript: Transcript) -> StoredTrack:
    """What was read, as the sentences of this track; the index is written. A few queries, however many sentences."""
    video = Video.objects.select_for_update().order_by().get(pk=track.video_id)
    old = {cue.uuid: cue for cue in track.cues.in_order()}
    known = [KnownCue(cue.uuid, cue.start_ms, cue.end_ms, cue.text) for cue in old.values()]
    identity = keep_identity(known, transcript.cues)
    ids = _named(identity.ids, _taken_keys(video))
    people = _people_of(video)
    cues = [_cue(track, record, name, old.get(name), people) for record, name in zip(transcript.cues, ids, strict=True)]
    track.cues.all().delete()
    Cue.objects.bulk_create(cues, batch_size=500)
    track.layout = transcript.layout | {MOVED: _moved(track, identity, ids)}
    track.save()
    update_index(video)
    kept = sum(name is not None for name in identity.ids)
    merged = len(identity.merged)
    return StoredTrack(track, transcript.warnings, kept + merged, len(cues) - kept, len(identity.lost), merged)


def _cue(track: TextTrack, record: CueRecord, name: uuid.UUID, before: Cue | None, people: dict[str, int]) -> Cue:
    """The row of a sentence that was there before is written anew with its number and its address.

    Who speaks may have been set by hand; that holds while the file names the same.
    """
    by_hand = before.speaker_id if before and before.speaker_name == record.speaker else None
    return Cue(
        pk=before.pk if before else None,
        uuid=name,
        track=track,
        number=record.number,
        start_ms=record.start_ms,
        end_ms=record.end_ms,
        speaker_name=record.speaker,
        speaker_id=by_hand or people.get(_folded(record.speaker)),
        text=record.text,
        payload=record.payload,
        cue_settings=record.settings,
        identifier=record.identifier,
    )


# ── Addresses of sentences ───────────────────────────────────────────────────────────────────
def key_of(name: uuid.UUID) -> str:
    return name.hex[:KEY_LENGTH]


def resolve_key(video: Video, key: str) -> str | None:
    """Where a sentence is now that was joined with another, by its old key. One query; only for keys not found."""
    for moved in video.tracks.values_list(f"layout__{MOVED}", flat=True):
        if moved and key in moved:
            return moved[key]
    return None


def follow_keys(loaded_tracks: Iterable[TextTrack], keys: Iterable[str]) -> list[str]:
    """Keys as they are now: what was joined with another sentence leads to that one. No query."""
    moved: dict[str, str] = {}
    for track in loaded_tracks:
        moved |= track.layout.get(MOVED) or {}
    return [moved.get(key, key) for key in keys]


def _taken_keys(video: Video) -> set[str]:
    """Every key an address of this video may hold, in whatever track, so that none is given twice."""
    taken = {key_of(name) for name in Cue.objects.filter(track__video=video).values_list("uuid", flat=True)}
    for moved in video.tracks.values_list(f"layout__{MOVED}", flat=True):
        taken.update(moved or ())
    return taken


def _named(ids: Iterable[uuid.UUID | None], taken: Collection[str]) -> list[uuid.UUID]:
    """A new sentence gets an identity whose key nobody has."""
    taken, named = set(taken), []
    for known in ids:
        name = known or uuid.uuid4()
        while known is None and key_of(name) in taken:
            name = uuid.uuid4()
        taken.add(key_of(name))
        named.append(name)
    return named


def _moved(track: TextTrack, identity: Identity[uuid.UUID], ids: list[uuid.UUID]) -> dict[str, str]:
    """What was joined now, and what was joined earlier, as long as its words are still there."""
    now = {key_of(old): key_of(ids[index]) for old, index in identity.merged.items()}
    there = {key_of(name) for name in ids}
    earlier = {key: now.get(target, target) for key, target in (track.layout.get(MOVED) or {}).items()}
    return {key: target for key, target in (earlier | now).items() if target in there and key not in there}


# ── Who speaks ───────────────────────────────────────────────────────────────────────────────
def _people_of(video: Video) -> dict[str, int]:
    """The people of the event by their names, with title and without. A name two people share says nothing."""
    event = video.event_id or video.contribution.event_id
    speakers = Speaker.objects.light().filter(appearances__contribution__event=event).distinct()
    found: dict[str, set[int]] = {}
    for speaker in speakers:
        for name in (speaker.name, speaker.plain_name, *speaker.other_names.splitlines()):
            found.setdefault(_folded(name), set()).add(speaker.pk)
    return {name: min(people) for name, people in found.items() if name and len(people) == 1}


def _folded(name: str) -> str:
    return markup.one_line(name).casefold()


# ── Back out ─────────────────────────────────────────────────────────────────────────────────
def cue_records(cues: Iterable[Cue]) -> list[CueRecord]:
    """Stored sentences as the formats write them."""
    return [
        CueRecord(
            cue.number,
            cue.start_ms,
            cue.end_ms,
            cue.speaker_name,
            cue.text,
            cue.payload or markup.voiced(cue.speaker_name, cue.text),
            cue.cue_settings,
            cue.identifier,
        )
        for cue in cues
    ]
