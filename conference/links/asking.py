"""Ask one address whether it still leads somewhere, politely and within bounds.

Only single addresses that our own pages send readers to are asked, one request per server and second, HEAD before GET,
and never a body. `robots.txt` speaks to programs that follow links on their own; this one follows none, and so it is
not read. Who does not want to be asked is named in LINK_CHECK_SKIP_HOSTS.
"""

import http.client
import ssl
import time
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urldefrag, urljoin

from django.conf import settings
from django.utils.translation import gettext as _

from conference.links.connecting import Network, Reply, UnknownName
from conference.links.pacing import Pace
from conference.links.targets import Refused, Target, target_of

MOST_HOPS = 5
ADDRESS_SECONDS = 20
PERMANENT = {301, 308}
REDIRECTS = {301, 302, 303, 307, 308}
GONE = {404, 410}
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


@dataclass
class Asker:
    """Asks addresses one after the other."""

    pace: Pace
    network: Network = Network()
    seconds: float = ADDRESS_SECONDS

    def ask(self, address: str, instead: str = "") -> Finding:
        """Never raises for what a server, a name or an address can do wrong. Takes `seconds` at most, and its pauses.

        `instead`: where the provider of a video tells the truth about it; its own page is there for ever.
        """
        try:
            end = self._follow(instead or address)
        except Refused as refusal:
            return Finding(Outcome.REFUSED, str(refusal))
        except UnknownName:
            return Finding(Outcome.GONE, _("Den Server gibt es nicht mehr: Der Name ist unbekannt."))
        except _TooManyHops:
            return Finding(Outcome.DOUBTFUL, _("Leitet im Kreis oder zu oft weiter."))
        except ssl.SSLCertVerificationError as error:
            return Finding(Outcome.DOUBTFUL, _("Das Zertifikat stimmt nicht: %s") % error.verify_message)
        except ssl.SSLError:
            return Finding(Outcome.DOUBTFUL, _("Die verschlüsselte Verbindung kam nicht zustande."))
        except TimeoutError:
            return Finding(Outcome.SILENT, _("Keine Antwort innerhalb der Zeit."))
        except OSError:
            return Finding(Outcome.SILENT, _("Keine Verbindung zum Server."))
        except (http.client.HTTPException, UnicodeError, ValueError):
            return Finding(Outcome.DOUBTFUL, _("Die Antwort des Servers war nicht zu verstehen."))
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


def _finding(address: str, end: _End) -> Finding:
    status = end.reply.status
    if status in GONE:
        return Finding(Outcome.GONE, _("Der Server sagt: Diese Seite gibt es nicht (%d).") % status, status)
    if status == TOO_MANY:
        return Finding(Outcome.DOUBTFUL, _("Dem Server sind es zu viele Anfragen (429)."), status)
    if status in (401, 403, 451, 999):
        words = _("Der Server lässt uns nicht hinein (%d). Bitte im Browser ansehen.")
        return Finding(Outcome.DOUBTFUL, words % status, status)
    if not 200 <= status < 300:
        return Finding(Outcome.DOUBTFUL, _("Der Server meldet einen Fehler (%d).") % status, status)
    if end.target.is_front_page and not target_of(address).is_front_page:
        return Finding(Outcome.DOUBTFUL, _("Führt nur noch zur Startseite von %s.") % end.target.host, status)
    if end.moved_to and len(end.moved_to) <= _LONGEST:
        return Finding(Outcome.MOVED, _("Der Server leitet dauerhaft weiter."), status, end.moved_to)
    return Finding(Outcome.ALIVE, "", status)


def _finding_of_video(end: _End) -> Finding:
    """What a provider says about a recording when its player is asked for."""
    status = end.reply.status
    if 200 <= status < 300:
        return Finding(Outcome.ALIVE, _("Die Aufzeichnung ist abrufbar."), status)
    if status in (*GONE, 400):
        return Finding(Outcome.GONE, _("Der Anbieter kennt diese Aufzeichnung nicht mehr (%d).") % status, status)
    if status in (401, 403):
        words = _("Die Aufzeichnung ist nicht öffentlich, oder sie darf nicht eingebettet werden (%d).")
        return Finding(Outcome.DOUBTFUL, words % status, status)
    return Finding(Outcome.DOUBTFUL, _("Der Anbieter antwortet mit einem Fehler (%d).") % status, status)
