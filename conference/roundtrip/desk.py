"""The desk for tables: a listing goes out to be edited, comes back, is looked at, is applied."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from conference import arrivals
from conference.exports import download
from conference.roundtrip.applying import Overtaken, apply_plan
from conference.roundtrip.comparing import plan_of
from conference.roundtrip.editable import Editable
from conference.roundtrip.exporting import EditExtract
from conference.roundtrip.forms import WAYS, DownloadForm, UploadForm
from conference.roundtrip.plan import Plan
from conference.roundtrip.reading import OtherListing
from conference.roundtrip.showing import page_of
from conference.tables import TableRefused

# What an editor has ticked: the column was meant to be in another order.
WANTED, MARK = "gewollt", "stand"


def urls(site, listings: tuple[Editable, ...]):
    def at(address, view, name):
        def own(request, **named):
            offered = [listing for listing in listings if listing.may_edit(request.user)]
            if not offered:
                raise PermissionDenied
            return view(request, site, offered, **named)

        return path(address, site.admin_view(own), name=name)

    return [
        at("tabellen/", table_list, "table_list"),
        at("tabellen/datei/", table_download, "table_download"),
        at("tabellen/<slug:name>/<str:token>/", table_preview, "table_preview"),
    ]


def side_bar(request, listings: tuple[Editable, ...]):
    if not any(listing.may_edit(request.user) for listing in listings):
        return []
    name = gettext_lazy("Tabellen bearbeiten")
    return [{"name": name, "object_name": "Table", "admin_url": reverse("admin:table_list"), "perms": {}}]


# ── Out and in ───────────────────────────────────────────────────────────────────────────────
def table_list(request, site, listings):
    """Choose what goes out; or bring a file back, which is kept until it is applied."""
    form = UploadForm(listings, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["datei"]
        token = arrivals.keep(sent.chunks(), sent.name, request.user)
        return HttpResponseRedirect(reverse("admin:table_preview", args=[form.listing.name, token]))
    return _desk(request, site, DownloadForm(listings, request.user), form)


def table_download(request, site, listings):
    form = DownloadForm(listings, request.user, request.GET)
    if not form.is_valid():
        return _desk(request, site, form, UploadForm(listings))
    file_format, delimiter, _label = WAYS[form.cleaned_data["form"]]
    extract = EditExtract.of(form.listing, request.user, form.cleaned_data["konferenz"], file_format)
    return download(extract, file_format, delimiter)


def _desk(request, site, out, back):
    context = {**site.each_context(request), "title": _("Tabellen bearbeiten"), "out": out, "back": back}
    return TemplateResponse(request, "admin/roundtrip/list.html", context)


# ── What a file would do ─────────────────────────────────────────────────────────────────────
def table_preview(request, site, listings, name, token):
    """Row by row what would change; sent back with the mark of what was seen, it is done."""
    listing = next((listing for listing in listings if listing.name == name), None)
    if listing is None:
        raise Http404
    try:
        return _compared(request, site, listing, listings, token)
    except arrivals.Gone:
        sentence = _(
            "Diese Datei ist nicht mehr da, oder sie ist schon übernommen. Sonst laden Sie sie bitte noch einmal hoch."
        )
        messages.error(request, sentence)
        return HttpResponseRedirect(reverse("admin:table_list"))


def _compared(request, site, listing, listings, token):
    """Raises Gone."""
    held, file_name = arrivals.kept(token, request.user)
    context = {"listing": listing, "file_name": file_name}
    try:
        plan = _plan(held, file_name, listing, listings, request.user)
    except OtherListing as refused:
        other = reverse("admin:table_preview", args=[refused.found.name, token])
        return _preview(request, site, context | {"unread": str(refused), "found": refused.found, "other": other})
    except TableRefused as refused:
        return _preview(request, site, context | {"unread": str(refused)})
    context |= {"plan": plan}
    if request.method == "POST":
        try:
            run = _apply(request, plan, file_name, token)
        except Overtaken:
            problems = [_("Inzwischen hat sich etwas geändert. Bitte sehen Sie die Änderungen noch einmal durch.")]
            plan = _plan(held, file_name, listing, listings, request.user)
            context |= {"plan": plan, "problems": problems}
        except ValidationError as error:
            context |= {"problems": error.messages}
        else:
            return _done(request, run)
    return _preview(request, site, context)


def _plan(held, file_name: str, *asked) -> Plan:
    """Raises TableRefused; Gone where the file has been applied since it was found."""
    try:
        return plan_of(held, file_name, *asked)
    except FileNotFoundError as error:
        raise arrivals.Gone from error


def _apply(request, plan: Plan, file_name: str, token: str):
    """Raises Overtaken where what was seen is not what would be done, ValidationError where it cannot be."""
    if request.POST.get(MARK) != plan.mark:
        raise Overtaken
    if plan.sorted_columns and WANTED not in request.POST:
        raise ValidationError(_("Bitte bestätigen Sie, dass die Werte wirklich zu anderen Zeilen gehören sollen."))
    with arrivals.taken(token, request.user):
        return apply_plan(plan, request.user, file_name)


def _done(request, run):
    count = len(run.changes)
    words = ngettext("%d Eintrag ist übernommen.", "%d Einträge sind übernommen.", count) % count
    messages.success(request, words)
    return HttpResponseRedirect(reverse("admin:run_detail", args=[run.uuid]))


def _preview(request, site, context):
    context |= {**site.each_context(request), "title": _("Was sich ändern würde"), "wanted": WANTED, "mark": MARK}
    if plan := context.get("plan"):

        def address_of(record):
            return site._registry[type(record)].address_of(record)

        context["page"] = page_of(plan, request.GET.get("seite"), request.user, address_of)
    return TemplateResponse(request, "admin/roundtrip/preview.html", context)
