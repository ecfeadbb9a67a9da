"""All records of a conference in one archive, the same bytes as long as nothing changes."""

import tempfile
import zipfile
from typing import BinaryIO

from conference.models import Conference
from sessions_app.scholarly.datacite_json import as_json
from sessions_app.scholarly.datacite_xml import as_xml
from sessions_app.scholarly.loading import catalogued_videos, load_videos
from sessions_app.scholarly.of_conference import conference_record
from sessions_app.scholarly.of_video import video_record
from sessions_app.scholarly.record import Record

BATCH = 200
_IN_MEMORY = 4 << 20
# No moment of making: it would be another file every second.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def package(conference: Conference) -> BinaryIO:
    """Open at its beginning; each record as XML and as JSON. Twelve queries for every two hundred recordings."""
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (the answer closes it)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        _write(archive, f"konferenz-{conference.slug}", conference_record(conference))
        for video in _videos(conference):
            _write(archive, f"videos/{video.slug}", video_record(video))
    file.seek(0)
    return file


def _videos(conference: Conference):
    keys = list(catalogued_videos().of_conferences([conference]).oldest_first().values_list("pk", flat=True))
    for first in range(0, len(keys), BATCH):
        yield from load_videos(catalogued_videos().filter(pk__in=keys[first : first + BATCH]).oldest_first())


def _write(archive: zipfile.ZipFile, name: str, record: Record):
    for suffix, content in (("xml", as_xml(record)), ("json", as_json(record))):
        entry = zipfile.ZipInfo(f"{name}.{suffix}", _MOMENT)
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, content)
