"""What waits for review, and what one has been told."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from conference.models import Notice, ReviewRequest
from conference.review.requests import Decision, review_address

PER_PAGE = 50


def urls(site):
    return [
        path("freigaben/", site.admin_view(lambda request: review_list(request, site)), name="review_list"),
        path("nachrichten/", site.admin_view(lambda request: notice_list(request, site)), name="notice_list"),
    ]


def side_bar(request, site):
    unread = Notice.objects.filter(user=request.user, read_at=None).count()
    name = _("Nachrichten (%d neu)") % unread if unread else _("Nachrichten")
    lines = [{"name": name, "object_name": "Notice", "admin_url": reverse("admin:notice_list"), "perms": {}}]
    if _admins(request, site):
        address = reverse("admin:review_list")
        lines.insert(0, {"name": _("Freigaben"), "object_name": "ReviewRequest", "admin_url": address, "perms": {}})
    return lines


def _admins(request, site) -> dict[int, object]:
    """The kinds of content this person may look at, by their number."""
    return {
        ContentType.objects.get_for_model(model).pk: model_admin
        for model, model_admin in site._registry.items()
        if hasattr(model_admin, "review_view") and model_admin.has_view_or_change_permission(request)
    }


def waiting_requests(request, site) -> list[ReviewRequest]:
    """The open requests about what the reader may change; those to the reader first. A query for each kind."""
    admins = _admins(request, site)
    found = ReviewRequest.objects.filter(decision=Decision.OPEN, content_type__in=admins)
    found = list(found.select_related("author", "to_user", "to_group").prefetch_related("record"))
    groups = set(request.user.groups.values_list("pk", flat=True))
    shown = []
    for each in found:
        model_admin = admins[each.content_type_id]
        if each.record is None or not model_admin.has_change_permission(request, each.record):
            continue
        each.noun = capfirst(each.record._meta.verbose_name)
        each.address = review_address(each.record)
        each.is_mine = each.to_user_id == request.user.pk or each.to_group_id in groups
        shown.append(each)
    return sorted(shown, key=lambda each: (not each.is_mine, each.created_at))


def review_list(request, site):
    if not _admins(request, site):
        raise PermissionDenied
    context = {
        **site.each_context(request),
        "title": _("Wartet auf Freigabe"),
        "requests": waiting_requests(request, site),
    }
    return TemplateResponse(request, "admin/review/list.html", context)


def notice_list(request, site):
    """One's own; reading them all marks them as read by a button, so that nothing is read by accident."""
    own = Notice.objects.filter(user=request.user)
    if request.method == "POST":
        own.filter(read_at=None).update(read_at=timezone.now())
        return HttpResponseRedirect(request.path)
    page = Paginator(own, PER_PAGE).get_page(request.GET.get("seite"))
    context = {**site.each_context(request), "title": _("Nachrichten"), "page": page}
    return TemplateResponse(request, "admin/review/notices.html", context)
