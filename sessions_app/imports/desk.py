"""The page on which a programme comes in: a file, what its columns mean, what is to happen, and then it is done."""

from dataclasses import dataclass
from pathlib import Path

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference import arrivals
from conference.admin.accessible import FORM_POLICY
from conference.models import ChangeRun, Conference, ImportSource
from conference.publishing import Publishable
from conference.scope import is_limited, scoped
from sessions_app.imports import files, report
from sessions_app.imports.applying import Changed, apply
from sessions_app.imports.choices import ImportRefused, mark_of
from sessions_app.imports.forms import QuestionsForm, UploadForm, first_answers
from sessions_app.imports.people import people_of
from sessions_app.imports.plan import Plan
from sessions_app.imports.planning import check_rights, make_plan
from sessions_app.imports.showing import shown_changes, shown_clashes
from sessions_app.interchange.programme import FileRefused, Programme
from sessions_app.interchange.spreadsheet import FIELDS
from sessions_app.models import Event, Speaker

FILE = "datei"


def urls(site):
    def own(request):
        return programme_import(request, site)

    return [path("import/", site.admin_view(own), name="programme_import")]


def side_bar(request, site):
    if not _may_import(request.user):
        return []
    perms = {"add": False, "change": True, "delete": False, "view": True}
    address = reverse("admin:programme_import", current_app=site.name)
    return [
        {"name": gettext_lazy("Programm einlesen"), "object_name": "ImportSource", "admin_url": address, "perms": perms}
    ]


def _may_import(user) -> bool:
    """Whether there is a conference a programme could come into, theirs or a new one."""
    needed = [kind.permission(action) for kind in (Event, Speaker) for action in ("add", "change")]
    may_add = user.has_perm(Conference.permission("add")) and not is_limited(user)
    return user.has_perms(needed) and (may_add or user.has_perm(Conference.permission("change")))


def programme_import(request, site):
    if not _may_import(request.user):
        raise PermissionDenied
    if FILE not in request.GET:
        return _upload(request, site)
    try:
        place, name = arrivals.kept(request.GET[FILE], request.user)
    except arrivals.Gone:
        messages.warning(request, _("Die Datei ist nicht mehr da. Bitte laden Sie sie noch einmal hoch."))
        return HttpResponseRedirect(request.path)
    file = Arrived(place, name)
    try:
        return _of_table(request, site, file) if files.is_table(place, name) else _decide(request, site, file)
    except FileRefused as error:
        return _upload(request, site, refused=error, file_name=name)


@dataclass(frozen=True)
class Arrived:
    """A file that was uploaded; of a table its columns, and what was chosen for them."""

    place: Path
    name: str
    table: files.Table | None = None
    mapping: dict[str, str] | None = None

    def read(self, key: str = "", zone: str = "") -> Programme:
        return files.read(self.place, self.name, self.mapping, key, zone)

    @property
    def columns(self) -> list[files.Column]:
        return self.table.columns(self.mapping) if self.table else []


# ── The file ─────────────────────────────────────────────────────────────────────────────────
def _upload(request, site, refused: FileRefused | None = None, file_name: str = ""):
    is_sent = request.method == "POST" and FILE not in request.GET
    form = UploadForm(*((request.POST, request.FILES) if is_sent else ()))
    if is_sent and form.is_valid():
        upload = form.cleaned_data["file"]
        token = arrivals.keep(upload.chunks(), upload.name, request.user)
        try:
            place, file_name = arrivals.kept(token, request.user)
            _look(place, file_name)
        except FileRefused as error:
            arrivals.drop(token, request.user)
            refused = error
        else:
            return HttpResponseRedirect(f"{request.path}?{urlencode({FILE: token})}")
    sources = ImportSource.objects.filter(conference__in=scoped(Conference.objects.all(), request.user))
    context = {
        "form": form,
        "refused": refused,
        "file_name": file_name,
        "sources": sources.select_related("conference").order_by("-updated_at")[:20],
    }
    return _page(request, site, "upload", context)


def _look(place: Path, name: str):
    """Raises FileRefused where nobody need ask any further."""
    if files.is_table(place, name):
        files.Table.of(place, name)
    else:
        files.read(place, name)


# ── The columns of a table ───────────────────────────────────────────────────────────────────
def _of_table(request, site, file: Arrived):
    table = files.Table.of(file.place, file.name)
    mapping = table.posted(request.POST) if "spalten" in request.POST else None
    refused = None
    if mapping is not None and "_columns" not in request.POST:
        try:
            return _decide(request, site, Arrived(file.place, file.name, table, mapping))
        except FileRefused as error:
            refused = error
    context = {"file_name": file.name, "columns": table.columns(mapping), "fields": FIELDS, "refused": refused}
    return _page(request, site, "columns", context)


# ── What is to happen ────────────────────────────────────────────────────────────────────────
def _decide(request, site, file: Arrived):
    """What a table holds depends on the answers: a talk without guid is known by the name of its source."""
    programme = file.read()
    given = request.POST if "source" in request.POST else first_answers(programme, request.user)
    form = QuestionsForm(given, user=request.user)
    context = {"form": form, "file_name": file.name, "columns": file.columns}
    if not form.is_valid():
        return _page(request, site, "preview", context)
    choices = form.choices(request.POST)
    check_rights(request.user, choices.conference)
    if file.table:
        programme = file.read(choices.source, choices.conference.time_zone if choices.conference else "")
    try:
        if "_apply" in request.POST:
            try:
                plan, run = apply(programme, choices, request.user, request.POST.get("stand", ""))
                return _done(request, file, plan, run)
            except Changed as error:
                context["problem"] = str(error)
            except ImportRefused as error:
                form.add_error(None, str(error))
        plan = make_plan(programme, choices, request.user)
    except ImportRefused as error:
        form.add_error(None, str(error))
        return _page(request, site, "preview", context)
    return _page(request, site, "preview", context | _shown(plan, request, site))


def _shown(plan, request, site) -> dict:
    changes = shown_changes(plan, request.user)
    return {
        "plan": plan,
        "lines": report.summary(plan),
        "warnings": plan.warnings,
        "changes": [(each, _address(each.record, site)) for each in changes],
        "clashes": shown_clashes(plan),
        "proposed": [item for item in plan.items if item.proposal or item.how == "chosen"],
        "deleted": _deleted(plan),
        "candidates": [
            (human, [(each, _address(each.speaker, site)) for each in human.candidates]) for human in plan.crowd.open
        ],
        "people_of": [
            (item, [plan.crowd.of(person).name.plain for person in people_of(item.talk)]) for item in plan.new_items
        ],
    }


def _deleted(plan) -> list[tuple[str, str, bool]]:
    """(mark, title, whether it stays away) of what came earlier and has been deleted here."""
    back = [(item.mark, item.values["title"], False) for item in plan.items if item.is_new and item.was_deleted]
    return [*((mark_of(talk.guid), talk.title, True) for talk in plan.left_out), *back]


def _address(record: Publishable, site) -> str:
    return reverse(f"{site.name}:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def _done(request, file: Arrived, plan: Plan, run: ChangeRun | None):
    if file.table:
        file.table.remember(file.mapping)
    arrivals.drop(request.GET[FILE], request.user)
    for line in report.summary(plan)[:2]:
        messages.success(request, line)
    if run is None:
        return HttpResponseRedirect(reverse("admin:programme_import"))
    return HttpResponseRedirect(reverse("admin:run_detail", args=[run.uuid]))


def _page(request, site, name: str, context: dict):
    context = {**site.each_context(request), "title": _("Programm einlesen"), **context}
    response = TemplateResponse(request, f"admin/imports/{name}.html", context)
    response.csp = FORM_POLICY
    return response
