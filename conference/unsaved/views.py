"""Where forms report what is typed, and where kept input is dropped."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.messages import success
from django.http import HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from conference.models import UnsavedInput
from conference.unsaved.keeping import drop, form_behind, is_tab, keep
from conference.unsaved.presence import leave, others, report, sentence


def urls(site):
    return [
        # Answers for itself: a script cannot follow a redirect to the log-in.
        path("eingaben/", for_scripts(site, unsaved_input), name="unsaved_input"),
        path("eingaben/angemeldet/", site.admin_view(unsaved_back), name="unsaved_back"),
        path("eingaben/<int:number>/verwerfen/", site.admin_view(unsaved_drop), name="unsaved_drop"),
    ]


def for_scripts(site, view):
    @never_cache
    def wrapped(request):
        if not site.has_permission(request):
            return JsonResponse({"state": "logged_out"}, status=401)
        return view(request, site)

    wrapped.__name__ = view.__name__
    return wrapped


def unsaved_input(request, site):
    """A form reports: what is typed, that it is open, that it closes. GET gives a fresh token to send with it."""
    if request.method == "GET":
        return JsonResponse({"token": get_token(request)})
    if request.method != "POST":
        return JsonResponse({"state": "refused"}, status=405)
    if request.GET.get("wer", str(request.user.pk)) != str(request.user.pk):
        # Another person has logged in since: what the first one types is not theirs to keep.
        return JsonResponse({"state": "logged_out"}, status=401)
    form, tab = request.GET.get("form", ""), request.GET.get("tab", "")
    found = _record_of(request, form)
    if found is None or not is_tab(tab):
        return JsonResponse({"state": "refused"}, status=403)
    return JsonResponse(_report(request, form, tab, *found))


def _record_of(request, form: str):
    """The record behind a form this person may change (None for a new one), in a tuple; None if there is none."""
    known = form_behind(form)
    if known is None:
        return None
    model_admin, number = known
    if number is None:
        return (None,) if model_admin.has_add_permission(request) else None
    obj = model_admin.get_object(request, unquote(number))
    if obj is None:
        return _row_of_a_copy(request, model_admin, unquote(number))
    return (model_admin.record_of(obj),) if model_admin.has_change_permission(request, obj) else None


def _row_of_a_copy(request, model_admin, number: str):
    """Of a row that is in a working copy alone, the record counts."""
    record = model_admin.find_record(number) if hasattr(model_admin, "find_record") else None
    if record is None or not model_admin.has_change_permission(request):
        return None
    owner = model_admin.admin_site.get_model_admin(type(record))
    return (record,) if owner.has_change_permission(request, record) else None


def _report(request, form: str, tab: str, record) -> dict:
    answer = {"state": "heard"}
    kept = None
    match request.GET.get("tun"):
        case "aufheben":
            fields = request.POST.copy()
            fields["_tab"] = tab
            kept = keep(request.user.pk, form, fields)
            answer = {"state": "kept" if kept else "saved"}
        case "verwerfen":
            UnsavedInput.objects.of(request.user, form).filter(tab=tab, files=[]).delete()
    if kept:
        moment = localtime(kept.updated_at)
        answer |= {"at": date_format(moment, "H:i:s"), "number": kept.pk}
    if record is not None and "weg" in request.GET:
        leave(record, request.user, tab)
    elif record is not None:
        if is_tab(previous := request.GET.get("vorher", "")):
            leave(record, request.user, previous)
        report(record, request.user, tab)
        answer["others"] = sentence(others(record, request.user, tab))
    return answer


@require_POST
def unsaved_drop(request, number):
    """„Verwerfen“ on the form that offers what is kept."""
    kept = get_object_or_404(UnsavedInput.objects.offered(), pk=number, user=request.user)
    drop(request.user, kept.form, kept.tab)
    success(request, _("Die ungesicherten Eingaben sind verworfen."))
    return HttpResponseRedirect(kept.form)


def unsaved_back(request):
    """Logged in again in a second window; the first one goes on."""
    context = {**admin.site.each_context(request), "title": _("Sie sind wieder angemeldet")}
    return render(request, "admin/unsaved/back.html", context)
