"""Ask one address whether it still leads somewhere, politely and within bounds.

Only single addresses that our own pages send readers to are asked, one request per server and second, HEAD before GET,
and never a body. `robots.txt` speaks to programs that follow links on their own; this one follows none, and so it is
not read. Who does not want to be asked is named in LINK_CHECK_SKIP_HOSTS.
"""

import http.client
import ssl
import time
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import quote, urldefrag, urljoin

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from conference.links.connecting import Network, Reply, UnknownName
from conference.links.pacing import Pace
from conference.links.targets import Refused, Target, target_of

MOST_HOPS = 5
ADDRESS_SECONDS = 20
PERMANENT = {301, 308}
REDIRECTS = {301, 302, 303, 307, 308}
GONE = (404, 410)
LOCKED = (401, 403, 451, 999)
TOO_MANY = 429
_LONGEST = 500


class Outcome(StrEnum):
    """What one try found. Whether something is dead takes more than one try (`conference.links.judging`)."""

    ALIVE = "alive"
    MOVED = "moved"
    GONE = "gone"
    DOUBTFUL = "doubtful"
    # Nobody answered at all: it may be our own network that is down.
    SILENT = "silent"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of a try in words for the editor; `status` is what the last server said."""

    outcome: Outcome
    detail: str = ""
    status: int | None = None
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class _End:
    """Where a chain of redirects ended. `moved_to` is as far as the permanent ones lead."""

    reply: Reply
    target: Target
    moved_to: str


class _TooManyHops(Exception):
    pass


# What may go wrong, the special before the general, and what the editor reads; {} is what the problem says itself.
_PROBLEMS = {
    Refused: (Outcome.REFUSED, "{}"),
    UnknownName: (Outcome.GONE, _("Der Name des Servers ist unbekannt.")),
    _TooManyHops: (Outcome.DOUBTFUL, _("Leitet im Kreis oder zu oft weiter.")),
    ssl.SSLCertVerificationError: (Outcome.DOUBTFUL, _("Das Zertifikat des Servers stimmt nicht ({}).")),
    ssl.SSLError: (Outcome.DOUBTFUL, _("Die verschlüsselte Verbindung kam nicht zustande.")),
    TimeoutError: (Outcome.SILENT, _("Keine Antwort innerhalb der Zeit.")),
    OSError: (Outcome.SILENT, _("Keine Verbindung zum Server.")),
    http.client.HTTPException: (Outcome.DOUBTFUL, _("Die Antwort des Servers war nicht zu verstehen.")),
    ValueError: (Outcome.DOUBTFUL, _("Die Antwort des Servers war nicht zu verstehen.")),
}
# What a status says, where it is not simply good or bad; {} is its number.
_PAGES = {
    **dict.fromkeys(GONE, (Outcome.GONE, _("Der Server sagt: Diese Seite gibt es nicht ({})."))),
    **dict.fromkeys(LOCKED, (Outcome.DOUBTFUL, _("Der Server lässt uns nicht hinein ({}). Bitte im Browser ansehen."))),
    TOO_MANY: (Outcome.DOUBTFUL, _("Dem Server sind es zu viele Anfragen ({}).")),
}
_PAGE_ERROR = (Outcome.DOUBTFUL, _("Der Server meldet einen Fehler ({})."))
_VIDEOS = {
    **dict.fromkeys((400, *GONE), (Outcome.GONE, _("Der Anbieter kennt diese Aufzeichnung nicht mehr ({})."))),
    **dict.fromkeys(
        (401, 403),
        (Outcome.DOUBTFUL, _("Die Aufzeichnung ist nicht öffentlich oder darf nicht eingebettet werden ({}).")),
    ),
    TOO_MANY: _PAGES[TOO_MANY],
}
_VIDEO_ERROR = (Outcome.DOUBTFUL, _("Der Anbieter antwortet mit einem Fehler ({})."))


@dataclass
class Asker:
    """Asks addresses one after the other."""

    pace: Pace
    network: Network = field(default_factory=Network)
    seconds: float = ADDRESS_SECONDS

    def ask(self, address: str, instead: str = "") -> Finding:
        """Never raises for what a server, a name or an address can do wrong. Takes `seconds` at most, and its pauses.

        `instead`: where the provider of a video tells the truth about it; its own page is there for ever.
        """
        try:
            end = self._follow(instead or address)
        except tuple(_PROBLEMS) as problem:
            return _finding_of_problem(problem)
        return _finding_of_video(end) if instead else _finding(address, end)

    def _follow(self, address: str) -> _End:
        deadline = time.monotonic() + self.seconds
        moved_to, permanent = "", True
        for _hop in range(MOST_HOPS + 1):
            target = target_of(address)
            if _is_skipped(target.host):
                raise Refused(_("Dieser Server wird auf Wunsch nicht geprüft."))
            reply, waited = self._ask_politely(target, deadline)
            deadline += waited
            if reply.status not in REDIRECTS or not reply.location:
                return _End(reply, target, moved_to)
            address = _next(address, reply.location)
            permanent = permanent and reply.status in PERMANENT
            if permanent:
                moved_to = address
        raise _TooManyHops

    def _ask_politely(self, target: Target, deadline: float) -> tuple[Reply, float]:
        """HEAD; and GET where that is not welcome, since many servers refuse it. With the seconds spent waiting."""
        waited = 0.0
        for method in ("HEAD", "GET"):
            before = time.monotonic()
            self.pace.wait(target.host)
            waited += time.monotonic() - before
            reply = self.network.ask(method, target, _headers(), deadline + waited)
            if reply.status < 400 or reply.status == TOO_MANY:
                break
        return reply, waited


def _headers() -> dict[str, str]:
    """Who asks, for whoever reads the log over there."""
    about = "; ".join(filter(None, (f"+{settings.SITE_URL}", settings.CONTACT_EMAIL)))
    agent = f"Nachlese-Link-Check/1.0 ({about})".encode("ascii", "ignore").decode()
    return {"User-Agent": agent, "Accept": "*/*", "Accept-Language": "de, en;q=0.5"}


def _is_skipped(host: str) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in settings.LINK_CHECK_SKIP_HOSTS)


def _next(address: str, location: str) -> str:
    """Headers come as Latin-1; what was meant is UTF-8, as a rule. The reader's place on the page is kept."""
    try:
        location = location.encode("latin-1").decode()
    except UnicodeError:
        location = quote(location, safe="/%:?#[]@!$&'()*+,;=~-._")
    fragment = urldefrag(address).fragment
    following = urljoin(address, location.strip().replace(" ", "%20"))
    return f"{following}#{fragment}" if fragment and "#" not in following else following


def _finding_of_problem(problem: Exception) -> Finding:
    outcome, words = next(words for kind, words in _PROBLEMS.items() if isinstance(problem, kind))
    return Finding(outcome, str(words).format(getattr(problem, "verify_message", problem)))


def _finding(address: str, end: _End) -> Finding:
    status = end.reply.status
    if not 200 <= status < 300:
        return _finding_of_status(status, _PAGES.get(status, _PAGE_ERROR))
    if end.target.is_front_page and not target_of(address).is_front_page:
        return Finding(Outcome.DOUBTFUL, _("Führt nur noch zur Startseite von %s.") % end.target.host, status)
    if end.moved_to and len(end.moved_to) <= _LONGEST:
        return Finding(Outcome.MOVED, str(_("Der Server leitet dauerhaft weiter.")), status, end.moved_to)
    return Finding(Outcome.ALIVE, "", status)


def _finding_of_video(end: _End) -> Finding:
    """What a provider says about a recording when its player is asked for."""
    status = end.reply.status
    if 200 <= status < 300:
        return Finding(Outcome.ALIVE, str(_("Der Anbieter spielt die Aufzeichnung ab.")), status)
    return _finding_of_status(status, _VIDEOS.get(status, _VIDEO_ERROR))


def _finding_of_status(status: int, verdict) -> Finding:
    outcome, words = verdict
    return Finding(outcome, str(words).format(status), status)
