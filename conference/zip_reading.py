"""ZIP archives from strangers: nothing leaves its folder, and nothing grows beyond what was allowed."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from conference.refusing import Refused


class ZipRefused(Refused):
    """The place is the name of the entry, or empty."""


def read_files(source: BinaryIO | Path) -> Iterator[tuple[str, bytes]]:
    """Name ("ordner/videos/x.json") and content of every file, in the archive's order; folders are left out.

    Everything the directory tells is checked before the first file is given, and the sizes again while they are
    inflated. Raises ZipRefused. `source` is left open.
    """
    raise NotImplementedError
