"""From single tries to a verdict: nothing is called dead because of one bad day."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from conference.links.asking import Finding, Outcome
from conference.models import OutgoingLink

Health = OutgoingLink.Health
# On as many different days in a row a page has to be gone. What is merely silent or locked never becomes dead.
DAYS_UNTIL_DEAD = 3
_HEALTH = {
    Outcome.ALIVE: Health.ALIVE,
    Outcome.MOVED: Health.MOVED,
    Outcome.DOUBTFUL: Health.DOUBTFUL,
    Outcome.SILENT: Health.DOUBTFUL,
    Outcome.REFUSED: Health.REFUSED,
}
_LONGEST_DETAIL = 300


def judge(link: OutgoingLink, finding: Finding, now: datetime):
    """Write into `link` what it is now, from what it was and what was found. `checked_at` is still the last time."""
    if finding.outcome == Outcome.GONE:
        first_today = link.checked_at is None or _day(link.checked_at) < _day(now)
        link.failures += link.failures == 0 or first_today
        link.health = Health.DEAD if link.failures >= DAYS_UNTIL_DEAD else Health.DOUBTFUL
    else:
        # Silence says nothing about the page: what was dead stays so, and the days it was found gone still count.
        if finding.outcome != Outcome.SILENT or link.health != Health.DEAD:
            link.health = _HEALTH[finding.outcome]
        if finding.outcome not in (Outcome.SILENT, Outcome.DOUBTFUL):
            link.failures = 0
    link.detail = _detail(link, finding)[:_LONGEST_DETAIL]
    link.moved_to = finding.moved_to
    link.checked_at = now


def _day(moment: datetime):
    return timezone.localtime(moment).date()


def _detail(link: OutgoingLink, finding: Finding) -> str:
    if finding.outcome != Outcome.GONE or link.health == Health.DEAD:
        return finding.detail
    counted = _("Erst an %(days)d von %(needed)d Tagen so gefunden.")
    return f"{finding.detail} {counted % {'days': link.failures, 'needed': DAYS_UNTIL_DEAD}}"
