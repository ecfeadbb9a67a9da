"""Programme → a packed pyvideo folder: a file for each talk that can be watched."""

import io
import json
import re
import zipfile
from typing import Any

from conference.slugs import slugify_german
from sessions_app.interchange import languages
from sessions_app.interchange.plain_values import text
from sessions_app.interchange.programme import Link, Programme, Talk
from sessions_app.interchange.prose import as_html, rest_as_html
from sessions_app.interchange.restructured import html_as_rest

_NAME = re.compile(r"\w[\w.-]{0,199}")
# The same content makes the same bytes.
_MADE = (1980, 1, 1, 0, 0, 0)
_KNOWN = {"description_rst", "summary_text", "recorded_text", "language_code"}
# Deprecated or rare, but of the format.
_GIVEN_BACK = ("quality_notes", "slug", "alias", "category")


def write_pyvideo(programme: Programme, keep_unknown: bool = False) -> bytes:
    """Talks without a recording are left out: the format has no place for them. With `keep_unknown` every key the
    files once had goes back in."""
    folder = _name_of(programme.key, programme.title, "programm")
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, f"{folder}/category.json", _as_bytes(_category(programme, keep_unknown)))
        taken: set[str] = set()
        for talk in programme.talks:
            if talk.recordings:
                name = _free(_name_of(talk.slug, talk.title, "video"), taken)
                _put(archive, f"{folder}/videos/{name}.json", _as_bytes(_video(talk, programme, keep_unknown)))
        if programme.extra.get("redirects"):
            _put(archive, f"{folder}/redirects.txt", programme.extra["redirects"].encode())
    return written.getvalue()


def _put(archive: zipfile.ZipFile, name: str, content: bytes):
    entry = zipfile.ZipInfo(name, _MADE)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    archive.writestr(entry, content)


def _as_bytes(document: dict) -> bytes:
    return (json.dumps(document, indent=2, sort_keys=True) + "\n").encode()


def _category(programme: Programme, keep_unknown: bool) -> dict:
    given = {
        "title": programme.title,
        "description": _rest(programme.description, programme.extra.get("description_rst")),
        "url": programme.url,
        "start_date": programme.starts_on.isoformat() if programme.starts_on else "",
        "end_date": programme.ends_on.isoformat() if programme.ends_on else "",
    }
    if keep_unknown:
        given |= programme.extra.get("category", {})
    return {name: value for name, value in given.items() if value or name == "title"}


def _video(talk: Talk, programme: Programme, keep_unknown: bool) -> dict:
    extra = talk.extra
    given: dict[str, Any] = {
        "title": talk.title,
        "speakers": list(dict.fromkeys(person.name for person in talk.people)),
        "description": _rest(talk.description, extra.get("description_rst")),
        "recorded": _recorded(talk, programme),
        "videos": [_slot(recording, keep_unknown) for recording in talk.recordings],
        "copyright_text": talk.license,
        "duration": int(talk.recording_duration.total_seconds()) if talk.recording_duration else 0,
        "language": text(extra.get("language_code")) or languages.three_letters(talk.language),
        "related_urls": list({_same(link): link for link in map(_link, talk.links)}.values()),
        "id": int(talk.number[:18]) if talk.number.isascii() and talk.number.isdigit() else 0,
        "summary": _summary(talk),
        "tags": _tags(talk, programme),
        "thumbnail_url": talk.logo,
    }
    given |= {name: extra[name] for name in _GIVEN_BACK if name in extra}
    if keep_unknown:
        given |= {name: value for name, value in extra.items() if name not in _KNOWN}
    required = {"title", "speakers", "description", "recorded", "videos"}
    return {name: value for name, value in given.items() if value or name in required}


def _slot(recording, keep_unknown: bool) -> dict:
    given = {"type": recording.kind or "html5", "url": recording.url, "size": recording.size}
    extra = (
        recording.extra
        if keep_unknown
        else {name: recording.extra[name] for name in ("length",) if name in recording.extra}
    )
    return {name: value for name, value in given.items() if value is not None} | extra


def _link(link: Link) -> str | dict:
    """An address alone where there is no more to say."""
    if not link.title and not link.extra:
        return link.href
    return {"label": link.title, "url": link.href}


def _tags(talk: Talk, programme: Programme) -> list[str]:
    """In small letters, as the format asks; its own files do not always."""
    is_own = programme.file_format == "pyvideo"
    return list(dict.fromkeys(tag if is_own else tag.lower() for tag in talk.tags))


def _same(link: str | dict) -> str:
    return json.dumps(link, sort_keys=True)


def _recorded(talk: Talk, programme: Programme) -> str:
    day = talk.recorded_on or talk.day or (talk.start.date() if talk.start else programme.starts_on)
    said = text(talk.extra.get("recorded_text"))
    if day is None or said.startswith(day.isoformat()):
        return said
    return day.isoformat()


def _rest(description: str, before: Any) -> str:
    """As it was written once, unless it has changed since."""
    return (
        before
        if before and isinstance(before, str) and rest_as_html(before) == description
        else html_as_rest(description)
    )


def _summary(talk: Talk) -> str:
    before = talk.extra.get("summary_text")
    return (
        before
        if before and isinstance(before, str) and as_html(before) == talk.abstract
        else html_as_rest(talk.abstract)
    )


def _name_of(name: str, title: str, otherwise: str) -> str:
    return name if _NAME.fullmatch(name) else slugify_german(name) or slugify_german(title) or otherwise


def _free(name: str, taken: set[str]) -> str:
    free, count = name, 1
    while free.casefold() in taken:
        count += 1
        free = f"{name}-{count}"
    taken.add(free.casefold())
    return free
