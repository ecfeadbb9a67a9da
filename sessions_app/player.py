"""How a recording is shown: by our own player, by somebody else's once the visitor agreed, or by a word why not."""

from dataclasses import dataclass
from enum import StrEnum

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from sessions_app.embeds import Embed, embed_of, file_elsewhere
from sessions_app.models import MediaFile, TextTrack, Video
from sessions_app.transcripts.timecodes import Span, parse_position, position

POSITION, VERSION, CONSENT = "t", "fassung", "laden"
Role = MediaFile.Role
_SLUGS = {
    Role.MAIN: "",
    Role.SIGN_LANGUAGE: "gebaerdensprache",
    Role.AUDIO_DESCRIPTION: "audiodeskription",
    Role.PLAIN_LANGUAGE: "leichte-sprache",
    Role.AUDIO: "ton",
}
_LABELS = {
    Role.MAIN: _("Video"),
    Role.SIGN_LANGUAGE: _("Gebärdensprache"),
    Role.AUDIO_DESCRIPTION: _("Audiodeskription"),
    Role.PLAIN_LANGUAGE: _("Leichte Sprache"),
    Role.AUDIO: _("Nur Ton"),
}


class State(StrEnum):
    OWN = "own"
    CONSENT = "consent"
    FRAME = "frame"
    LINK = "link"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Version:
    """One way to take in the recording; `slug` is its name in `?fassung=`."""

    role: str
    slug: str
    label: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Source:
    address: str
    media_type: str


class Player:
    """Needs what `Video.objects.with_recording()` loads, and asks nothing more. `passage` wins over `?t=`."""

    def __init__(self, video: Video, asked: QueryDict, passage: Span | None = None):
        self.video = video
        self.span = passage or parse_position(asked.get(POSITION, ""))
        self.has_consent = asked.get(CONSENT) == "1"
        self._asked_version = asked.get(VERSION, "")

    # ── Versions ─────────────────────────────────────────────────────────────────────────────
    @cached_property
    def role(self) -> str:
        roles = self._roles
        return next((role for role in roles if _SLUGS[role] == self._asked_version), roles[0] if roles else Role.MAIN)

    @cached_property
    def _roles(self) -> list[str]:
        there = {file.role for file in self.video.loaded_files}
        return [role for role in _SLUGS if role in there or (role == Role.MAIN and self.video.url)]

    @property
    def versions(self) -> list[Version]:
        """To choose from, where there is a choice."""
        if not self.video.is_online or len(self._roles) < 2:
            return []
        return [Version(role, _SLUGS[role], _LABELS[role], role == self.role) for role in self._roles]

    # ── What plays ───────────────────────────────────────────────────────────────────────────
    @cached_property
    def files(self) -> list[MediaFile]:
        """Of this version, ours if there are any: nobody else need be contacted then."""
        files = [file for file in self.video.loaded_files if file.role == self.role]
        return [file for file in files if file.file] or files

    @cached_property
    def elsewhere(self) -> Embed | None:
        """Whom the browser contacts when it plays; None where only we are asked."""
        if self.files:
            return None if self.files[0].file else file_elsewhere(self.files[0].url)
        return embed_of(self.video.url)

    @property
    def state(self) -> State:
        if not self.video.is_online:
            return State.ABSENT
        if self.elsewhere and not self.has_consent:
            return State.CONSENT
        if self.files:
            return State.OWN
        return State.FRAME if self.elsewhere else State.LINK

    @property
    def is_picture(self) -> bool:
        return not (self.files and self.files[0].is_audio)

    @property
    def sources(self) -> list[Source]:
        """With the passage in their address, which browsers open and play to its end."""
        files = self.files
        if self.elsewhere:
            files = [file for file in files if file_elsewhere(file.url).origin == self.elsewhere.origin]
        return [Source(f"{file.address}{self.fragment}", file.media_type) for file in files]

    @property
    def fragment(self) -> str:
        return f"#t={position(*self.span)}" if self.span else ""

    @property
    def frame(self) -> str:
        return self.elsewhere.at(self.span)

    @property
    def tracks(self) -> list[tuple[TextTrack, bool]]:
        """Each with whether it is shown from the start: captions in the language of the recording."""
        captions = [track for track in self.video.loaded_tracks if track.kind == TextTrack.Kind.CAPTIONS]
        own = [track for track in captions if track.language == self.video.language]
        first = next(iter(own or captions), None)
        return [(track, track is first) for track in self.video.loaded_tracks]

    @property
    def policy(self) -> dict[str, list[str]]:
        """What the page's policy has to allow beyond our own address, for this one answer."""
        if self.state == State.FRAME:
            return {"frame-src": [self.elsewhere.origin]}
        if self.state == State.OWN and self.elsewhere:
            return {"media-src": ["'self'", self.elsewhere.origin]}
        return {}

    # ── Seconds for the script ───────────────────────────────────────────────────────────────
    @property
    def start(self) -> str:
        return f"{self.span.start_ms / 1000:.3f}" if self.span else ""

    @property
    def end(self) -> str:
        return f"{self.span.end_ms / 1000:.3f}" if self.span and self.span.end_ms is not None else ""
