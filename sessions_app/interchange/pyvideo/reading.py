"""pyvideo → Programme. The format knows no guid: a video is what its file is called."""

import datetime
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from django.utils.translation import gettext as _

from sessions_app.interchange import identity, languages, moments
from sessions_app.interchange.frame import Frame, kind_of
from sessions_app.interchange.plain_values import beyond, load, mapping, objects, stem, text, words
from sessions_app.interchange.programme import FileRefused, Link, Person, Programme, Recording, Talk
from sessions_app.interchange.prose import as_html, rest_as_html
from sessions_app.interchange.pyvideo.files import CATEGORY, Folder, open_folder

FORMAT = "pyvideo"
_CATEGORY = {"title", "description", "url", "start_date", "end_date"}
_VIDEO = {"title", "speakers", "description", "recorded", "videos", "copyright_text", "duration", "language"}
_VIDEO |= {"related_urls", "id", "summary", "tags", "thumbnail_url"}
_SLOT = {"type", "url", "size"}
_LONGEST_SECONDS = 30 * 24 * 3600


def read_pyvideo(source: bytes | Path, file_name: str = "") -> Programme:
    """A ZIP archive, or the path of an archive or a folder. Raises FileRefused, with the file's name and the line."""
    return _Reader(open_folder(source, stem(file_name))).programme()


class _Reader:
    def __init__(self, folder: Folder):
        self.folder, self.frame = folder, Frame()
        self.category = self._category()

    def programme(self) -> Programme:
        category = self.category
        description = _as_written(category.get("description"))
        return Programme(
            file_format=FORMAT,
            key=self.folder.name,
            title=words(category.get("title")) or self.folder.name,
            talks=self._talks(),
            description=rest_as_html(description),
            starts_on=moments.read_day(text(category.get("start_date"))),
            ends_on=moments.read_day(text(category.get("end_date"))),
            url=self.frame.address(text(category.get("url")), CATEGORY),
            extra=self._extra(description),
            warnings=self.frame.notes.all(),
        )

    def _category(self) -> dict:
        if CATEGORY not in self.folder.own:
            self.frame.notes.say(_("Die Datei category.json fehlt; der Titel ist der Name des Ordners."))
            return {}
        found = load(self.folder.own[CATEGORY], self.frame.notes, CATEGORY)
        if not isinstance(found, dict):
            raise FileRefused(_("Hier wird ein JSON-Objekt erwartet."), CATEGORY)
        return found

    def _extra(self, description: str) -> dict:
        given = {
            "description_rst": description,
            "redirects": self.folder.own.get("redirects.txt", b"").decode("utf-8", "replace"),
            "category": beyond(self.category, _CATEGORY),
        }
        return {name: value for name, value in given.items() if value}

    def _talks(self) -> tuple[Talk, ...]:
        hidden = self._hidden()
        drafts = [
            self._draft(name, content)
            for name, content in sorted(self.folder.videos.items())
            if PurePosixPath(name).stem not in hidden
        ]
        return tuple(Talk(**draft) for draft in drafts)

    def _hidden(self) -> set[str]:
        """What is not to be published, as the folder says: some of its videos, or all of it."""
        if "NO_PUBLISH.json" not in self.folder.own:
            return set()
        content = self.folder.own["NO_PUBLISH.json"]
        named = load(content, self.frame.notes, "NO_PUBLISH.json") if content.strip() else None
        names = {PurePosixPath(name).stem for name in _texts(named)} & {
            PurePosixPath(name).stem for name in self.folder.videos
        }
        if names:
            sentence = _("Diese Videos sollen nicht veröffentlicht werden und wurden ausgelassen: %(names)s.")
            self.frame.notes.say(sentence % {"names": ", ".join(sorted(names)[:20])}, "NO_PUBLISH.json")
        else:
            self.frame.notes.say(_("Diese Sammlung soll nicht veröffentlicht werden."), "NO_PUBLISH.json")
        return names

    def _draft(self, name: str, content: bytes) -> dict:
        place = f"videos/{PurePosixPath(name).name}"
        video = load(content, self.frame.notes, place)
        if not isinstance(video, dict):
            raise FileRefused(_("Hier wird ein JSON-Objekt erwartet."), place)
        slug, frame = PurePosixPath(name).stem, self.frame
        frame.spend(sum(len(objects(video.get(key))) for key in ("speakers", "related_urls", "videos", "tags")), place)
        recorded = text(video.get("recorded"))
        day = moments.read_day(recorded)
        if recorded and day is None:
            frame.notes.say(_("Das Datum „%(text)s“ ist nicht zu verstehen.") % {"text": recorded[:40]}, place)
        language = text(video.get("language"))
        return {
            "guid": identity.made_guid("pyvideo", self.folder.name, slug),
            "title": self._title(video, slug, place),
            "number": text(video.get("id")),
            "slug": slug,
            "day": day,
            "language": languages.two_letters(language),
            "abstract": as_html(text(video.get("summary"))),
            "description": rest_as_html(text(video.get("description"))),
            "logo": frame.address(text(video.get("thumbnail_url")), place),
            "license": words(video.get("copyright_text")),
            "people": self._people(video, place),
            "links": tuple(link for link in self._links(video, place) if link.href),
            "recordings": self._recordings(video, place),
            "recorded_on": day,
            "recording_duration": self._length(video.get("duration"), place),
            "tags": tuple(dict.fromkeys(filter(None, map(words, objects(video.get("tags")))))),
            "place": place,
            "extra": _kept(video, recorded, language),
        }

    def _title(self, video: dict, slug: str, place: str) -> str:
        title = words(video.get("title"))
        if not title:
            self.frame.notes.say(_("Ein Video hat keinen Titel; es heißt nun wie seine Datei."), place)
        return title or slug

    def _people(self, video: dict, place: str) -> tuple[Person, ...]:
        given = video.get("speakers")
        names = given.split(",") if isinstance(given, str) else objects(given)
        return self.frame.people([Person(name=words(name)) for name in names if words(name)], place)

    def _links(self, video: dict, place: str) -> Iterable[Link]:
        for given in objects(video.get("related_urls")):
            if isinstance(given, dict):
                extra = beyond(given, {"url", "label"}) | ({"label": ""} if given.get("label") == "" else {})
                yield Link(href=self._address(given.get("url"), place), title=words(given.get("label")), extra=extra)
            else:
                yield Link(href=self._address(given, place))

    def _recordings(self, video: dict, place: str) -> tuple[Recording, ...]:
        found = []
        for slot in objects(video.get("videos")):
            given = slot if isinstance(slot, dict) else {"url": slot}
            url, size = self._address(given.get("url"), place), given.get("size")
            if url:
                kind = words(given.get("type")) or kind_of(url)
                known = size if isinstance(size, int) and not isinstance(size, bool) and size > 0 else None
                found.append(Recording(url=url, kind=kind, size=known, extra=beyond(given, _SLOT)))
        if not found:
            self.frame.notes.say(_("Das Video hat keine Adresse."), place)
        return tuple(found)

    def _address(self, value: Any, place: str) -> str:
        return self.frame.address(text(value), place)

    def _length(self, value: Any, place: str) -> datetime.timedelta | None:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.timedelta(seconds=int(value)) if 0 < value < _LONGEST_SECONDS else None
        if isinstance(value, str) and value.strip().isdigit():
            return self._length(int(value.strip()[:9]), place)
        return self.frame.length(text(value), place)


def _kept(video: dict, recorded: str, language: str) -> dict:
    """What is given back: unknown keys, and known ones as they were written where that is not what we would write."""
    raw = {
        "description_rst": _as_written(video.get("description")),
        "summary_text": _as_written(video.get("summary")),
        "recorded_text": recorded if len(recorded) > 10 else "",
        "language_code": language if languages.three_letters(languages.two_letters(language)) != language else "",
    }
    return {name: value for name, value in raw.items() if value} | beyond(mapping(video), _VIDEO)


def _as_written(value: Any) -> str:
    """With the blanks at its ends, so that it can be given back."""
    return value if isinstance(value, str) else text(value)


def _texts(named: Any) -> list[str]:
    found = objects(named) + (list(named) if isinstance(named, dict) else [])
    return [each for each in found if isinstance(each, str)] + [
        inner for each in found if isinstance(each, list) for inner in each if isinstance(inner, str)
    ]
