"""What holds for a whole schedule while its talks are read: source, zone, when a day changes, and what was noticed."""

import datetime
import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

from django.utils.translation import gettext as _

from sessions_app.interchange import moments
from sessions_app.interchange.noting import Notes
from sessions_app.interchange.programme import FileRefused, Link, Person, Recording

MOST_NAMED = 20_000
_FORBIDDEN = ("javascript:", "data:", "vbscript:", "file:", "blob:")
_PLAYERS = {"youtube.com": "youtube", "youtu.be": "youtube", "vimeo.com": "vimeo", "archive.org": "archive.org"}
_MEDIA = ("mp4", "webm", "ogv", "ogg", "mp3", "opus", "m4a", "mov", "mkv")


@dataclass
class Frame:
    """`zone` is None where the file names none; then each moment's own offset holds."""

    notes: Notes = field(default_factory=Notes)
    zone: datetime.tzinfo | None = None
    day_change: datetime.time = moments.DAY_CHANGE
    # What addresses without a host are relative to.
    base: str = ""
    left: int = MOST_NAMED

    def spend(self, count: int, place: str):
        """People and addresses are counted: a small file can name a great many."""
        self.left -= count
        if self.left < 0:
            words = _("Die Datei nennt mehr als %(most)s Personen und Adressen.")
            raise FileRefused(words % {"most": f"{MOST_NAMED:,}".replace(",", ".")}, place)

    def set_zone(self, name: str, place: str = "") -> str:
        """Hold to the zone of that name. The name again, if it is one."""
        if not name:
            return ""
        self.zone = moments.zone_named(name)
        if self.zone is None:
            self.notes.say(_("Die Zeitzone „%(name)s“ ist unbekannt.") % {"name": name[:60]}, place)
            return ""
        return name

    def set_day_change(self, text: str):
        self.day_change = moments.read_clock(text) or moments.DAY_CHANGE

    def set_base(self, address: str):
        self.base = address if re.fullmatch(r"https?://[\w.-]+(?::\d+)?(?:/.*)?", address) else ""

    def aware(self, moment: datetime.datetime, place: str) -> datetime.datetime:
        if moment.tzinfo is not None:
            return moments.in_zone(moment, self.zone)
        if self.zone is None:
            self.notes.once(_("Zeiten ohne Zeitzone gelten als Zeiten in Deutschland."), place)
        return moment.replace(tzinfo=self.zone or moments.zone_named(moments.HOME))

    def when(
        self, date: str, start: str, day: datetime.date | None, place: str
    ) -> tuple[datetime.date | None, datetime.datetime | None]:
        """Day of the programme and moment. Without a whole moment the day and the time of day make one: a start
        before the day changes belongs to the next date."""
        moment = moments.read_moment(date)
        if moment is None and date and moments.read_day(date) is None:
            self.notes.say(_("Das Datum „%(text)s“ ist nicht zu verstehen.") % {"text": date[:40]}, place)
        if moment is not None:
            moment = self.aware(moment, place)
            return day or self.day_of(moment), moment
        base = moments.read_day(date) or day
        clock = moments.read_clock(start)
        whole = moments.read_moment(start)
        if whole is not None:
            moment = self.aware(whole, place)
            return base or self.day_of(moment), moment
        if start and clock is None:
            self.notes.say(_("Die Zeit „%(text)s“ ist nicht zu verstehen.") % {"text": start[:40]}, place)
        if base is None or clock is None:
            return base, None
        date_given = moments.read_day(date) is not None
        later = datetime.timedelta(days=0 if date_given or clock >= self.day_change else 1)
        try:
            return day or base, self.aware(datetime.datetime.combine(base + later, clock), place)
        except OverflowError:
            return base, None

    def day_of(self, moment: datetime.datetime) -> datetime.date:
        """The day of the programme a moment belongs to: the small hours still belong to the evening."""
        early = moment.time() < min(self.day_change, moments.DAY_CHANGE) and moment.date() > datetime.date.min
        return moment.date() - datetime.timedelta(days=1) if early else moment.date()

    def length(self, text: str, place: str) -> datetime.timedelta | None:
        length, is_guess = moments.read_length(text)
        if length is None and is_guess:
            self.notes.say(_("Die Dauer „%(text)s“ ist nicht zu verstehen.") % {"text": text[:40]}, place)
        elif is_guess:
            words = _("Die Dauer „%(text)s“ gilt als %(minutes)s Minuten.")
            self.notes.say(words % {"text": text, "minutes": int(length.total_seconds() // 60)}, place)
        return length

    def address(self, href: str, place: str) -> str:
        """The address, or nothing where it is a script or carries its own content."""
        href = "".join(sign for sign in href.strip() if sign.isprintable())
        if href.lower().replace(" ", "").startswith(_FORBIDDEN):
            self.notes.say(_("Die Adresse „%(href)s“ wird nicht übernommen.") % {"href": href[:60]}, place)
            return ""
        return self._whole(href)

    def _whole(self, href: str) -> str:
        """With its host, where that can be told."""
        if not self.base or not href.startswith("/"):
            return href
        try:
            return urljoin(self.base, href)
        except ValueError:
            return href

    def people(self, people: list[Person], place: str) -> tuple[Person, ...]:
        """Each of them once."""
        known = {}
        for person in people:
            if not person.name:
                self.notes.say(_("Eine Person ohne Namen wurde ausgelassen."), place)
            elif (person.guid or person.number, person.name) in known:
                self.notes.say(_("„%(name)s“ ist zweimal genannt.") % {"name": person.name[:60]}, place)
            else:
                known[person.guid or person.number, person.name] = person
        return tuple(known.values())

    def parted_links(self, links: list[Link]) -> tuple[tuple[Link, ...], tuple[Recording, ...]]:
        """Links that are recordings come out as such."""
        kept = tuple(link for link in links if link.href and not _is_recording(link))
        found = (
            Recording(url=link.href, kind=_service(link) or kind_of(link.href)) for link in links if _is_recording(link)
        )
        return kept, tuple(found)


def _is_recording(link: Link) -> bool:
    return bool(link.href) and link.kind == "recording" and not link.is_file


def _service(link: Link) -> str:
    return str(link.extra.get("service", ""))


def kind_of(address: str) -> str:
    """The provider or medium an address speaks of; empty if it does not say."""
    host = address.partition("://")[2].partition("/")[0].partition(":")[0].lower()
    for name, kind in _PLAYERS.items():
        if host == name or host.endswith(f".{name}"):
            return kind
    ending = address.partition("?")[0].rpartition(".")[2].lower()
    return ending if ending in _MEDIA else ""
