"""The trash as editors see it: what lies in it, how long still, and the way back."""

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from conference.editing.copies import needs_copy
from conference.editing.parts import record_of
from conference.models.editing import TrashedRecord
from conference.scope import conferences_of, is_limited
from conference.trash.belonging import goes_to_trash
from conference.trash.emptying import purge
from conference.trash.restoring import RestoreRefused, restore_all
from conference.trash.words import contents, groups, in_short, kept_record, noun

ROWS = 50
# Who may empty it by hand, before its time.
FOR_GOOD = "conference.delete_trashedrecord"


def urls(site):
    def own(view):
        return site.admin_view(lambda request, **given: view(request, site, **given))

    return [
        path("papierkorb/", own(trash_list), name="trash"),
        path("papierkorb/wiederherstellen/", own(trash_restore), name="trash_restore"),
        path("papierkorb/<uuid:uuid>/", own(trash_entry), name="trash_entry"),
        path("papierkorb/<uuid:uuid>/endgueltig/", own(trash_purge), name="trash_purge"),
    ]


def side_bar(request, site) -> list[dict]:
    """The trash in the list of kinds, for those who may look into it."""
    if not kinds_for(request, site):
        return []
    address = reverse("admin:trash", current_app=site.name)
    return [{"name": _("Papierkorb"), "object_name": "Trash", "admin_url": address, "add_url": None, "view_only": True}]


# ── Rights ───────────────────────────────────────────────────────────────────────────────────
def kinds_for(request, site) -> list:
    """Who may delete a kind of thing sees what was deleted of it and may bring it back, published or not."""
    admins = [site.get_model_admin(model) for model in site._registry if goes_to_trash(model)]
    return [each.model for each in admins if each.has_delete_permission(request)]


def entries_for(request, site):
    """What lies in the trash for this editor; one of some conferences sees what belonged to them."""
    kinds = ContentType.objects.get_for_models(*kinds_for(request, site)).values()
    entries = TrashedRecord.objects.filter(content_type__in=[kind.pk for kind in kinds])
    if is_limited(request.user):
        theirs = ["", *(f"|{number}|" for number in conferences_of(request.user))]
        # A conference in the trash is nobody's: who put it there may take it out.
        entries = entries.filter(Q(conferences__in=theirs) | Q(deleted_by=request.user))
    return entries.select_related("deleted_by", "content_type").defer("data", "numbers")


def _require_any(request, site):
    if not kinds_for(request, site):
        raise PermissionDenied


# ── Looking ──────────────────────────────────────────────────────────────────────────────────
def trash_list(request, site):
    _require_any(request, site)
    entries, asked, kind = entries_for(request, site), request.GET.get("q", "").strip(), request.GET.get("art", "")
    kinds = {model._meta.label_lower: model for model in kinds_for(request, site)}
    if asked:
        entries = entries.filter(title__icontains=asked)
    if kind in kinds:
        entries = entries.filter(content_type=ContentType.objects.get_for_model(kinds[kind]))
    page = Paginator(entries, ROWS).get_page(request.GET.get("seite"))
    context = {
        "title": _("Papierkorb"),
        "page": page,
        "rows": [(entry, in_short(entry)) for entry in page],
        "kinds": sorted((noun(model, 2), label) for label, model in kinds.items()),
        "asked": asked,
        "kind": kind,
        "days": settings.TRASH_DAYS,
    }
    return TemplateResponse(request, "admin/trash/list.html", site.each_context(request) | context)


def trash_entry(request, site, uuid):
    entry = _entry(request, site, uuid)
    context = {
        "title": entry.title,
        "entry": entry,
        "groups": groups(entry),
        "contents": contents(entry),
        "may_purge": request.user.has_perm(FOR_GOOD),
    }
    return TemplateResponse(request, "admin/trash/entry.html", site.each_context(request) | context)


def _entry(request, site, uuid) -> TrashedRecord:
    _require_any(request, site)
    return get_object_or_404(entries_for(request, site), uuid=uuid)


# ── Bringing back ────────────────────────────────────────────────────────────────────────────
@require_POST
def trash_restore(request, site):
    """Bring back the entries named in `uuid`, all or none."""
    _require_any(request, site)
    try:
        wanted = set(request.POST.getlist("uuid"))
        entries = list(entries_for(request, site).filter(uuid__in=wanted))
    except ValidationError:
        raise Http404 from None
    if not entries or len(entries) < len(wanted):
        messages.error(request, _("Das liegt nicht mehr im Papierkorb: Es ist schon wiederhergestellt oder gelöscht."))
        return redirect("admin:trash")
    if kept := [entry.title for entry in entries if _would_show(request, entry)]:
        words = _("„%(titles)s“ gehört zu etwas Veröffentlichtem. Wiederherstellen kann das, wer veröffentlichen darf.")
        messages.error(request, words % {"titles": "“, „".join(kept)})
        return redirect("admin:trash")
    try:
        restored = restore_all(entries)
    except TrashedRecord.DoesNotExist:
        messages.error(request, _("Jemand anderes hat es gerade schon wiederhergestellt."))
        return redirect("admin:trash")
    except RestoreRefused as refusal:
        return _explain(request, site, refusal, entries)
    return _tell(request, restored)


def _would_show(request, entry) -> bool:
    """A row comes back at once: where its record is published meanwhile, that is for those who publish."""
    if not getattr(entry.model, "part_of", ""):
        return False
    try:
        record = record_of(kept_record(entry))
    except ObjectDoesNotExist:
        return False  # Nothing to show it in: restoring says what has to come back first.
    return needs_copy(record) and not request.user.has_perm(record.permission("publish"))


def _explain(request, site, refusal, entries):
    """Why not, and one press that brings back first what is needed first."""
    for sentence in refusal.sentences:
        messages.error(request, sentence)
    needs = list(entries_for(request, site).filter(pk__in=[entry.pk for entry in refusal.needs]))
    if len(needs) < len(refusal.needs):
        messages.error(request, _("Es gehört zu etwas, das selbst im Papierkorb liegt und das Sie nicht sehen dürfen."))
    elif needs:
        context = {"entries": entries, "needs": needs}
        words = render_to_string("admin/trash/needs.html", context, request=request)
        messages.warning(request, mark_safe(words.strip()))  # our template, which escapes what it shows
    return redirect("admin:trash_entry", entries[0].uuid) if len(entries) == 1 else redirect("admin:trash")


def _tell(request, restored):
    for each in restored:
        LogEntry.objects.log_actions(
            request.user.pk, [each.record], CHANGE, _("Aus dem Papierkorb wiederhergestellt."), single_object=True
        )
        for remark in each.remarks:
            messages.warning(request, remark)
    if len(restored) == 1:
        messages.success(request, _("„%(title)s“ ist wiederhergestellt.") % {"title": restored[0].record})
    else:
        words = ngettext("%d Eintrag ist wiederhergestellt.", "%d Einträge sind wiederhergestellt.", len(restored))
        messages.success(request, words % len(restored))
    meta = restored[-1].record._meta
    kinds = {type(each.record) for each in restored}
    address = f"admin:{meta.app_label}_{meta.model_name}"
    if len(restored) == 1:
        return redirect(f"{address}_change", restored[0].record.pk)
    return redirect(f"{address}_changelist") if len(kinds) == 1 else redirect("admin:trash")


# ── For good ─────────────────────────────────────────────────────────────────────────────────
def trash_purge(request, site, uuid):
    """Asks once more, then it is gone."""
    entry = _entry(request, site, uuid)
    if not request.user.has_perm(FOR_GOOD):
        raise PermissionDenied
    if request.method == "POST":
        words = _("Endgültig gelöscht: %(kind)s „%(title)s“.") % {"kind": entry.kind, "title": entry.title}
        LogEntry.objects.log_actions(request.user.pk, [entry], DELETION, words, single_object=True)
        purge(entry)
        messages.success(request, words)
        return redirect("admin:trash")
    context = {"title": _("Endgültig löschen?"), "entry": entry, "groups": groups(entry)}
    return TemplateResponse(request, "admin/trash/purge.html", site.each_context(request) | context)
