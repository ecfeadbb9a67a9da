"""The page that makes one of two: first who the other is, then everything that follows, then it is done."""

from django import forms
from django.contrib import messages
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from js_asset import Media

from conference.editing.words import Reader
from conference.joining.asking import JoiningMixin
from conference.joining.carrying import join
from conference.joining.plan import GOES, OTHER_NAMES, STAYS, Plan
from conference.joining.showing import Showing
from conference.similar.asking import address_of
from conference.trash.belonging import relations_to

LONGEST_NUMBER = 18
# In the form, before the name of a field.
FIELD = "feld-"


def urls(site):
    def own(request, kind):
        return join_records(request, site, kind)

    return [path("zusammenfuehren/<int:kind>/", site.admin_view(own), name="join")]


# ── Rights ───────────────────────────────────────────────────────────────────────────────────
def _admin_for(request, site, kind) -> JoiningMixin:
    model_admin = site._registry.get(get_object_or_404(ContentType, pk=kind).model_class())
    if not isinstance(model_admin, JoiningMixin):
        raise Http404
    if not model_admin.has_join_permission(request):
        raise PermissionDenied
    return model_admin


def _record(request, model_admin, name: str):
    """The record named in the address. Raises 404 where there is none, 403 where it is not this person's to join."""
    number = request.GET.get(name, "")
    if not (number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER):
        raise Http404
    record = get_object_or_404(model_admin.get_queryset(request), pk=int(number))
    if not model_admin.has_join_permission(request, record):
        raise PermissionDenied
    return record


# ── The page ─────────────────────────────────────────────────────────────────────────────────
def join_records(request, site, kind):
    model_admin = _admin_for(request, site, kind)
    stays = _record(request, model_admin, STAYS)
    if not request.GET.get(GOES):
        return _page(request, site, model_admin, {"stays": stays, **_choosing(request, site, model_admin, stays)})
    goes = _record(request, model_admin, GOES)
    plan = Plan(stays, goes, model_admin.fieldsets)
    problems = plan.obstacles
    if request.method == "POST" and not problems:
        choices = {unit.name: request.POST.get(f"{FIELD}{unit.name}", STAYS) for unit in plan.conflicts}
        try:
            run = join(plan, request.user, request.POST.get("stand", ""), choices)
        except ValidationError as error:
            problems = error.messages
            plan = Plan(stays, goes, model_admin.fieldsets)
        else:
            return _done(request, model_admin, plan, run)
    context = {"stays": stays, "goes": goes, "problems": problems, **_shown(request, site, model_admin, plan)}
    return _page(request, site, model_admin, context)


def _done(request, model_admin, plan, run):
    stays = plan.model._base_manager.get(pk=plan.stays.pk)
    words = {"goes": plan.goes, "stays": stays}
    model_admin.log_change(request, stays, _("„%(goes)s“ hierher zusammengeführt.") % words)
    note = _("Mit „%(stays)s“ zusammengeführt.") % words
    LogEntry.objects.log_actions(request.user.pk, [plan.goes], DELETION, note, single_object=True)
    done = _("„%(goes)s“ und „%(stays)s“ sind zusammengeführt.") % words
    address = reverse("admin:run_detail", args=[run.uuid])
    messages.success(request, format_html('{} <a href="{}">{}</a>', done, address, _("Ansehen oder zurücknehmen")))
    return HttpResponseRedirect(model_admin.address_of(stays))


def _choosing(request, site, model_admin, stays) -> dict:
    """Who the other may be: those with a similar name, or anybody."""
    likeness = model_admin.likeness
    typed = {name: str(getattr(stays, name)) for name in likeness.parameters.values()}
    alike = [each for each in model_admin.similar_to(request, typed) if each.pk != stays.pk]
    form = forms.Form()
    key = next(each.field for each in relations_to(model_admin.model) if not each.related_model._meta.auto_created)
    form.fields[GOES] = forms.ModelChoiceField(
        model_admin.get_queryset(request).exclude(pk=stays.pk),
        label=_("Anderer Eintrag"),
        widget=AutocompleteSelect(key, site),
    )
    similar = [(each, model_admin.join_address(stays, each), address_of(each)) for each in alike]
    return {"form": form, "similar": similar}


def _shown(request, site, model_admin, plan: Plan) -> dict:
    showing = Showing(plan.references, request, site)
    links = {name: plan.model._meta.get_field(name) for name in plan.added}
    return {
        "plan": plan,
        **_units(request, plan),
        "groups": showing.groups(),
        "twice": showing.twice(),
        "spellings": plan.values({})[OTHER_NAMES].splitlines(),
        "added": [(capfirst(links[name].verbose_name), len(numbers)) for name, numbers in plan.added.items()],
        "swap_url": model_admin.join_address(plan.goes, plan.stays),
        "goes_url": model_admin.address_of(plan.goes),
        "other_url": model_admin.join_address(plan.stays),
    }


def _units(request, plan: Plan) -> dict:
    """Where somebody has to choose, and what follows by itself: ("" or "aus dem anderen Eintrag", label, words)."""
    reader = Reader(*plan.before.values())

    def words(values: dict) -> list[str]:
        said = (reader.value(name, value) for name, value in values.items())
        return [text for text in said if text]

    questions, settled = [], []
    for unit in plan.units:
        if not unit.is_conflict:
            if result := words(unit.values(STAYS)):
                settled.append((unit.label, " · ".join(result), not unit.is_same and unit.values(STAYS) != unit.stays))
            continue
        chosen = request.POST.get(f"{FIELD}{unit.name}", STAYS)
        sides = [(STAYS, plan.stays, unit.stays), (GOES, plan.goes, unit.goes)]
        shown = [(side, record, words(values), side == chosen) for side, record, values in sides]
        questions.append({"name": f"{FIELD}{unit.name}", "label": unit.label, "sides": shown})
    return {"questions": questions, "settled": settled}


def _page(request, site, model_admin, context):
    media = model_admin.media + context["form"].media if "form" in context else model_admin.media
    context |= {
        **site.each_context(request),
        "title": _("Zusammenführen"),
        "opts": model_admin.opts,
        "media": Media.from_media(media, nonce=request.csp_nonce),
        "stays_url": model_admin.address_of(context["stays"]),
    }
    template = "admin/joining/join.html" if "plan" in context else "admin/joining/choose.html"
    return TemplateResponse(request, template, context)
