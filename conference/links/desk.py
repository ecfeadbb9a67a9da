"""The desk for links: what is dead, where it stands, and a button that tries again."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conference.links.checking import check_links, is_checkable, polite, untried
from conference.links.collecting import places
from conference.links.judging import DAYS_UNTIL_DEAD
from conference.links.listing import Health, counts, explained, row_for, rows_for, within
from conference.models import OutgoingLink
from conference.publishing import Publishable

ROWS = 50
# One press of the button: together well below what a proxy waits for an answer.
BATCH, BATCH_SECONDS, ADDRESS_SECONDS = 15, 12, 8
FILTERS = {
    "tot": Health.DEAD,
    "zweifelhaft": Health.DOUBTFUL,
    "umgezogen": Health.MOVED,
    "ausgelassen": Health.REFUSED,
    "ungeprueft": Health.UNKNOWN,
    "erreichbar": Health.ALIVE,
}


def urls(site):
    def own(view):
        return site.admin_view(lambda request, **given: view(request, site, **given))

    return [
        path("links/", own(links), name="links"),
        path("links/pruefen/", own(links_check), name="links_check"),
        path("links/<int:pk>/", own(link_detail), name="link_detail"),
        path("links/<int:pk>/pruefen/", own(link_check), name="link_check"),
    ]


def side_bar(request, site):
    """A line in the list of kinds, for those who may come here."""
    if not _may_change(site, request):
        return []
    address = reverse("admin:links", current_app=site.name)
    name = _("Links nach außen")
    return [{"name": name, "object_name": "Links", "admin_url": address, "add_url": None, "view_only": True}]


def links(request, site):
    """What leads out of this site, the worst first."""
    _require_change(site, request)
    rows = rows_for(site, request)
    found, chosen = counts(rows), FILTERS.get(request.GET.get("befund", ""))
    shown = [row for row in rows if chosen in (None, row.link.health)]
    page = Paginator(shown, ROWS).get_page(request.GET.get("seite"))
    explained(site, page.object_list)
    context = {
        "title": _("Links nach außen"),
        "page": page,
        "total": len(rows),
        "chosen": request.GET.get("befund", "") if chosen else "",
        "filters": [(key, health.label, found[health]) for key, health in FILTERS.items()],
        "days": DAYS_UNTIL_DEAD,
    }
    return _page(request, site, "links", context)


def link_detail(request, site, pk):
    """One address: where it stands, and every try."""
    _require_change(site, request)
    row = row_for(site, request, get_object_or_404(OutgoingLink, pk=pk))
    if row is None:
        raise Http404
    context = {
        "title": _("Link nach außen"),
        "row": row,
        "checks": row.link.checks.order_by("-checked_at", "-pk"),
        "may_check": row.link.url in places(within(site, request, "change")),
        "days": DAYS_UNTIL_DEAD,
    }
    return _page(request, site, "link_detail", context)


@require_POST
def link_check(request, site, pk):
    """Try this one now."""
    _require_change(site, request)
    link = get_object_or_404(OutgoingLink, pk=pk)
    if link.url not in places(within(site, request, "change")):
        raise PermissionDenied
    check_links(1, ADDRESS_SECONDS, only=[link.url], asker=polite(ADDRESS_SECONDS))
    link.refresh_from_db()
    messages.info(request, _("Geprüft: %(health)s. %(detail)s") % _in_words(link))
    return redirect(reverse("admin:link_detail", args=[pk], current_app=site.name))


def links_check(request, site):
    """Try the next few, and say how many are left; the page goes on by itself where there are scripts."""
    _require_change(site, request)
    given = request.POST if request.method == "POST" else request.GET
    since, offline = _since(given.get("seit", "")), False
    mine = [address for address in places(within(site, request, "change")) if is_checkable(address)]
    if request.method == "POST":
        report = check_links(BATCH, BATCH_SECONDS, only=mine, since=since, asker=polite(ADDRESS_SECONDS))
        offline = report.offline
    left = untried(mine, since)
    state = {"left": left, "done": len(mine) - left, "total": len(mine), "offline": offline}
    if request.method == "POST" and request.headers.get("Accept") == "application/json":
        return JsonResponse(state | {"words": str(_words(state))})
    context = {"title": _("Links prüfen"), "since": since.isoformat(), "state": state, "words": _words(state)}
    return _page(request, site, "links_check", context)


def _words(state) -> str:
    if state["offline"]:
        return _("Kein Server hat geantwortet: Die Website selbst ist wohl nicht am Netz. Es wurde nichts eingetragen.")
    if not state["left"]:
        return _("Fertig: Alle %(total)d Adressen sind geprüft.") % state
    return _("%(done)d von %(total)d Adressen sind geprüft, %(left)d noch nicht.") % state


def _in_words(link: OutgoingLink) -> dict:
    return {"health": link.get_health_display(), "detail": link.detail}


def _since(given: str) -> datetime:
    """When this round began, as the form says; now, if it says nothing of sense."""
    now = timezone.now()
    try:
        began = parse_datetime(given)
    except ValueError:
        began = None
    fits = began is not None and timezone.is_aware(began) and now - timedelta(days=1) < began <= now
    return began if fits else now


def _may_change(site, request) -> bool:
    """Whoever may change anything at all cares for links."""
    return any(
        issubclass(model, Publishable) and model_admin.has_change_permission(request)
        for model, model_admin in site._registry.items()
    )


def _require_change(site, request):
    if not _may_change(site, request):
        raise PermissionDenied


def _page(request, site, name: str, context: dict):
    return TemplateResponse(request, f"admin/links/{name}.html", site.each_context(request) | context)
