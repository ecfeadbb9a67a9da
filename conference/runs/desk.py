"""The pages of runs: choose, see, apply, take back."""

from django.apps import apps
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from js_asset import Media

from conference.admin.accessible import FORM_POLICY
from conference.editing.showing import ViewersReader
from conference.editing.words import differences
from conference.joining.undoing import undo_join
from conference.models import ChangeRun
from conference.publishing import Publishable
from conference.runs.bulk import MOST, choice_form, fields_for, preview, value_form
from conference.runs.running import RunRefused, change, undo
from conference.scope import is_limited, is_own

PER_PAGE = 50


def urls(site):
    def at(address, view, name):
        return path(address, site.admin_view(lambda request, **named: view(request, site, **named)), name=name)

    return [
        at("gemeinsam/<int:kind>/", bulk_change, "bulk_change"),
        at("laeufe/", run_list, "run_list"),
        at("laeufe/<uuid:uuid>/", run_detail, "run_detail"),
    ]


def side_bar(request, site):
    if not _admins(request, site):
        return []
    name = gettext_lazy("Läufe")
    return [{"name": name, "object_name": "ChangeRun", "admin_url": reverse("admin:run_list"), "perms": {}}]


def _admins(request, site) -> dict[str, object]:
    """The kinds that this person may change."""
    return {
        model._meta.label_lower: model_admin
        for model, model_admin in site._registry.items()
        if issubclass(model, Publishable) and model_admin.has_change_permission(request)
    }


# ── One field of many ────────────────────────────────────────────────────────────────────────
def _chosen(request, model_admin) -> list:
    """The records named in `nr`, as far as this person may change them. Raises 404 for none, 403 for a foreign one."""
    numbers = [int(n) for n in request.GET.get("nr", "").split(",") if n.isascii() and n.isdecimal() and len(n) < 19]
    records = list(model_admin.get_queryset(request).filter(pk__in=numbers[:MOST]))
    if not records:
        raise Http404
    if not all(model_admin.has_change_permission(request, record) for record in records):
        raise PermissionDenied
    return records


def bulk_change(request, site, kind):
    """Field, then value, then what it changes, then done; each step is a page that can be gone back to."""
    model = get_object_or_404(ContentType, pk=kind).model_class()
    model_admin = site._registry.get(model)
    if model_admin is None or not issubclass(model, Publishable):
        raise Http404
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    records, name = _chosen(request, model_admin), request.GET.get("field", "")
    context = {"records": records, "opts": model_admin.opts, "numbers": request.GET.get("nr", "")}
    if name not in fields_for(model_admin, request):
        context |= {"step": "field", "form": choice_form(model_admin, request)}
        return _page(request, site, model_admin, context)
    field = fields_for(model_admin, request)[name]
    context |= {"field": capfirst(field.verbose_name), "name": name}
    form = value_form(model_admin, request, name, request.POST or None)
    context["form"] = form
    if request.method != "POST" or not form.is_valid():
        return _page(request, site, model_admin, context | {"step": "value"})
    shown = preview(records, field, form.cleaned_data, request.user)
    if "_apply" not in request.POST:
        return _page(request, site, model_admin, context | {"step": "see", "changes": shown})
    title = _("%(noun)s: %(field)s") % {"noun": capfirst(model._meta.verbose_name_plural), "field": context["field"]}
    try:
        run = change(title, request.user, [(record, after) for record, after, _found in shown])
    except RunRefused as error:
        context |= {"step": "see", "changes": shown, "problems": error.messages}
        return _page(request, site, model_admin, context)
    words = ngettext("%d Eintrag ist geändert.", "%d Einträge sind geändert.", len(run.changes)) % len(run.changes)
    messages.success(request, words)
    return HttpResponseRedirect(reverse("admin:run_detail", args=[run.uuid]))


def _page(request, site, model_admin, context):
    media = model_admin.media + context["form"].media
    context |= {
        **site.each_context(request),
        "title": _("Gemeinsam ändern"),
        "media": Media.from_media(media, nonce=request.csp_nonce),
    }
    response = TemplateResponse(request, "admin/runs/bulk.html", context)
    response.csp = FORM_POLICY
    return response


# ── Runs ─────────────────────────────────────────────────────────────────────────────────────
def _may_see(run: ChangeRun, admins, user) -> bool:
    """Every record in it is of a kind they may change; who works on some conferences alone sees runs within them."""
    if not all(entry["model"] in admins for entry in run.changes):
        return False
    return not is_limited(user) or all(_is_own(entry, user) for entry in run.changes)


def _is_own(entry: dict, user) -> bool:
    """What is in the trash is in no conference any more."""
    record = apps.get_model(entry["model"])._base_manager.filter(pk=entry["pk"]).first()
    return record is not None and is_own(record, user)


def run_list(request, site):
    admins = _admins(request, site)
    if not admins:
        raise PermissionDenied
    # A title names what the run changed first; the page of a run looks at all of it.
    runs = ChangeRun.objects.filter(changes__0__model__in=list(admins)).select_related("user", "undone_by")
    if is_limited(request.user):
        seen = [run.pk for run in runs.defer("extra").iterator() if _may_see(run, admins, request.user)]
        runs = runs.filter(pk__in=seen)
    runs = runs.defer("changes", "extra")
    page = Paginator(runs, PER_PAGE).get_page(request.GET.get("seite"))
    context = {**site.each_context(request), "title": _("Läufe"), "page": page}
    return TemplateResponse(request, "admin/runs/list.html", context)


def run_detail(request, site, uuid):
    """What the run changed, and the button that takes it back."""
    run = get_object_or_404(ChangeRun, uuid=uuid)
    admins = _admins(request, site)
    if not run.changes or not _may_see(run, admins, request.user):
        raise Http404
    entries = [_entry(entry, admins, request.user) for entry in run.changes]
    if not all(admins[e["model"]].has_change_permission(request, e["record"]) for e in entries if e["record"]):
        raise PermissionDenied
    is_join = run.kind == ChangeRun.Kind.MERGE
    if is_join and not admins[run.extra["model"]].has_join_permission(request):
        raise PermissionDenied
    problems = []
    if request.method == "POST" and "_undo" in request.POST:
        try:
            (undo_join if is_join else undo)(run, request.user)
        except RunRefused as error:
            problems = error.messages
        else:
            messages.success(request, _("Der Lauf ist zurückgenommen."))
            return HttpResponseRedirect(request.path)
    context = {
        **site.each_context(request),
        "title": run.title,
        "run": run,
        "entries": entries,
        "problems": problems,
    }
    return TemplateResponse(request, "admin/runs/detail.html", context)


def _entry(entry: dict, admins, viewer) -> dict:
    model_admin = admins[entry["model"]]
    record = model_admin.model._base_manager.filter(pk=entry["pk"]).first()
    found, sides = [], (entry["before"], entry["after"])
    if entry["before"]:
        found = differences(*sides, ViewersReader(*sides, viewer=viewer))
    return entry | {"record": record, "address": model_admin.address_of(record) if record else "", "found": found}
