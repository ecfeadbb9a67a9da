"""How much we read before we refuse."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file we read. Two hours of captions are about 150 kB, 2,500 cues."""

    max_bytes: int = 5 * 1024 * 1024
    max_lines: int = 400_000
    max_line: int = 10_000
    max_cues: int = 20_000
    max_blocks: int = 5_000
    max_payload: int = 2_000
    max_name: int = 200
    max_problems: int = 50


LIMITS = Limits()
