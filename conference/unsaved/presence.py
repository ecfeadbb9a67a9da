"""Who has the form of a record open, as far as their windows report."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from conference.models import OpenForm

_FORGOTTEN = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Other:
    name: str
    since: str


def report(record, user, tab: str):
    """This window has the form open now."""
    now = timezone.now()
    key = {"user": user, "tab": tab}
    if OpenForm.objects.of(record).filter(**key).update(seen_at=now):
        return
    OpenForm.objects.filter(seen_at__lt=now - _FORGOTTEN).delete()
    OpenForm.objects.get_or_create(**OpenForm.keys(record), **key, defaults={"seen_at": now})


def leave(record, user, tab: str):
    OpenForm.objects.of(record).filter(user=user, tab=tab).delete()


def others(record, user, tab: str = "") -> list[Other]:
    """Everybody else with this form open, and oneself in other windows than `tab`. Costs a query.

    While a page is made its window is not known yet: without `tab` oneself is left out.
    """
    first = {}
    mine = {"user": user, "tab": tab} if tab else {"user": user}
    rows = OpenForm.objects.of(record).still_open().exclude(**mine).select_related("user")
    for row in rows.order_by("opened_at"):
        first.setdefault(row.user_id, row)
    return [Other(_name(row.user, user), _since(row.opened_at)) for row in first.values()]


def sentence(people: list[Other]) -> str:
    """„Auch offen bei: …“, or nothing."""
    if not people:
        return ""
    words = _("%(name)s (seit %(since)s Uhr)")
    return _("Auch offen bei: %(people)s") % {
        "people": ", ".join(words % {"name": other.name, "since": other.since} for other in people)
    }


def _name(user, reader) -> str:
    if user == reader:
        return _("Ihnen selbst in einem anderen Fenster")
    return user.get_full_name() or user.get_username()


def _since(moment) -> str:
    moment = localtime(moment)
    return date_format(moment, "H:i" if moment.date() == localtime().date() else "j. F, H:i")
