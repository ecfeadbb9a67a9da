"""A round of checks: the longest unchecked first, bounded in number and time, each result kept at once."""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from conference.links.asking import ADDRESS_SECONDS, TOO_MANY, Asker, Finding, Outcome
from conference.links.collecting import asked_instead, is_outgoing, places
from conference.links.judging import judge
from conference.links.pacing import SECONDS_APART, Pace
from conference.links.targets import Refused, target_of
from conference.models import LinkCheck, OutgoingLink

# Of the tries for one address, as many are kept.
HISTORY = 50
# When so many different servers are silent in a row and none has answered yet, it is our network that is down.
_SILENT_SERVERS = 8
_LONGEST = OutgoingLink._meta.get_field("url").max_length
_ROWS = 500
_pace = Pace()


@dataclass
class Report:
    """What a round did: how many were found in which health, were put off because their server had enough, and were
    due but not reached. `offline`: nobody answered, so that it is our own network that is down; nothing was kept.
    """

    found: Counter = field(default_factory=Counter)
    postponed: int = 0
    left: int = 0
    removed: int = 0
    offline: bool = False

    @property
    def checked(self) -> int:
        return self.found.total()


def check_links(
    limit: int,
    seconds: float,
    only: Iterable[str] | None = None,
    since: datetime | None = None,
    asker: Asker | None = None,
) -> Report:
    """Try up to `limit` addresses of the content for up to `seconds`; what was begun then is finished.

    `only` narrows to these addresses, `since` to those not tried since then. Asks the network; results are kept one
    by one, so that stopping loses nothing. What is no longer used is forgotten at the end.
    """
    used = places()
    _note_new(used)
    report = Report()
    _Round(asker or polite(), report).run(_due(used, only, since), limit, time.monotonic() + seconds)
    report.removed = _forget_unused()
    return report


def polite(seconds: float = ADDRESS_SECONDS) -> Asker:
    """Asks with the pace of this process, `seconds` at most for each address."""
    return Asker(_pace, seconds=seconds)


def is_in_use(address: str) -> bool:
    return address in places()


def is_checkable(address: str) -> bool:
    return is_outgoing(address) and len(address) <= _LONGEST


# ── The list ─────────────────────────────────────────────────────────────────────────────────
def _note_new(used: Iterable[str]):
    known = set(OutgoingLink.objects.values_list("url", flat=True))
    new = [OutgoingLink(url=address) for address in used if address not in known and is_checkable(address)]
    OutgoingLink.objects.bulk_create(new, ignore_conflicts=True, batch_size=_ROWS)


def _forget_unused() -> int:
    used = places()
    gone = [pk for pk, url in OutgoingLink.objects.values_list("pk", "url") if url not in used]
    for start in range(0, len(gone), _ROWS):
        OutgoingLink.objects.filter(pk__in=gone[start : start + _ROWS]).delete()
    return len(gone)


def untried(used: Iterable[str], since: datetime) -> int:
    """How many of these addresses nobody has tried since then."""
    tried = set(OutgoingLink.objects.filter(checked_at__gte=since).values_list("url", flat=True))
    return sum(is_checkable(address) and address not in tried for address in used)


def _due(used, only: Iterable[str] | None, since: datetime | None) -> list[OutgoingLink]:
    wanted = None if only is None else set(only)
    links = OutgoingLink.objects.order_by(F("checked_at").asc(nulls_first=True), "pk")
    return [
        link
        for link in links
        if link.url in used
        and (wanted is None or link.url in wanted)
        and (since is None or link.checked_at is None or link.checked_at < since)
    ]


# ── The round ────────────────────────────────────────────────────────────────────────────────
@dataclass
class _Round:
    asker: Asker
    report: Report
    # Silent ones wait here until somebody answers and shows that the network is up.
    held: list[tuple[OutgoingLink, str, Finding]] = field(default_factory=list)
    somebody_answered: bool = False
    busy: set[str] = field(default_factory=set)

    def run(self, due: list[OutgoingLink], limit: int, deadline: float):
        self._remember_others()
        queue = {link: host_of(link.url) for link in due[:limit]}
        while queue and not self.report.offline and (link := self._next(queue, deadline)):
            host = queue.pop(link)
            if not _claim(link):
                continue
            if host in self.busy:
                self.report.postponed += 1
            else:
                self._note(link, host, self.asker.ask(link.url, asked_instead(link.url)))
        for link, _server, finding in self.held:
            if self.report.offline:
                _give_back(link)
            else:
                # With nobody as a proof of the network, an unknown name is no more than silence.
                self._keep(link, replace(finding, outcome=Outcome.SILENT))
        self.report.left = len(due) - self.report.checked - self.report.postponed

    def _remember_others(self):
        """Another process, or a colleague's button, may have asked these a moment ago."""
        just_now = timezone.now() - timedelta(seconds=SECONDS_APART)
        urls = OutgoingLink.objects.filter(checked_at__gt=just_now).values_list("url", flat=True)
        self.asker.pace.was_asked(host_of(url) for url in urls)

    def _next(self, queue: dict[OutgoingLink, str], deadline: float) -> OutgoingLink | None:
        """The first whose server may be asked now, else the one whose turn comes first; None when time is up."""
        link = min(queue, key=lambda each: self.asker.pace.seconds_until(queue[each]))
        begins = time.monotonic() + self.asker.pace.seconds_until(queue[link])
        return link if begins < deadline else None

    def _note(self, link: OutgoingLink, host: str, finding: Finding):
        if finding.status == TOO_MANY:
            self.busy.add(host)
        if finding.status is not None:
            self.somebody_answered = True
        if finding.outcome in (Outcome.SILENT, Outcome.GONE) and not self.somebody_answered:
            self.held.append((link, host, finding))
            self.report.offline = len({server for _link, server, _finding in self.held}) >= _SILENT_SERVERS
            return
        if self.somebody_answered:
            for silent, _server, silence in self.held:
                self._keep(silent, silence)
            self.held.clear()
        self._keep(link, finding)

    def _keep(self, link: OutgoingLink, finding: Finding):
        """The verdict and the try, both or neither; of old tries the newest are kept."""
        judge(link, finding, timezone.now())
        with transaction.atomic():
            link.save(update_fields=["health", "checked_at", "detail", "moved_to", "failures"])
            LinkCheck.objects.create(link=link, health=link.health, status_code=finding.status, detail=link.detail)
            kept = link.checks.values_list("pk", flat=True)[:HISTORY]
            link.checks.exclude(pk__in=list(kept)).delete()
        self.report.found[link.health] += 1


def _claim(link: OutgoingLink) -> bool:
    """Whoever moves the moment first checks it; two rounds at once never ask for the same address."""
    return bool(OutgoingLink.objects.filter(pk=link.pk, checked_at=link.checked_at).update(checked_at=timezone.now()))


def _give_back(link: OutgoingLink):
    link.save(update_fields=["checked_at"])


def host_of(url: str) -> str:
    """The server that will be asked; "" where nobody will be."""
    try:
        return target_of(asked_instead(url) or url).host
    except Refused:
        return ""
