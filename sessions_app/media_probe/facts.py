"""What the readers of the formats share: the facts they find, the sentence they refuse with, and careful reading."""

from dataclasses import dataclass
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_LONGEST_MS = 100 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of itself. Whatever it does not say, or says beyond belief, is None."""

    media_type: str
    suffix: str
    duration_ms: int | None = None
    width: int | None = None
    height: int | None = None
    warnings: tuple[str, ...] = ()


def refuse(sentence: str, code: str = "media") -> ValidationError:
    return ValidationError(sentence, code=code)


def broken() -> ValidationError:
    return refuse(
        _("Die Datei ist beschädigt oder unvollständig. Bitte prüfen Sie, ob sie sich abspielen lässt."), "media_broken"
    )


def credible_duration(ticks: float, per_second: float) -> int | None:
    """In milliseconds, if it is a length a recording can have."""
    if not per_second or not ticks > 0:
        return None
    ms = ticks * 1000 / per_second
    return round(ms) if 1 <= ms < _LONGEST_MS else None


def credible_size(width: int, height: int) -> tuple[int | None, int | None]:
    return (width, height) if 0 < width <= 16384 and 0 < height <= 16384 else (None, None)


class Reader:
    """A file of known size, of which only so much is ever read, in so many steps."""

    def __init__(self, file: BinaryIO, size: int, most_steps: int = 100_000):
        self.file = file
        self.size = size
        self.steps = most_steps

    def at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes; fewer at the end of the file. Raises ValidationError when asked too often."""
        self.steps -= 1
        if self.steps < 0:
            raise broken()
        self.file.seek(offset)
        return self.file.read(min(length, 1 << 20))

    def exactly(self, offset: int, length: int) -> bytes:
        data = self.at(offset, length)
        if len(data) < length:
            raise broken()
        return data
