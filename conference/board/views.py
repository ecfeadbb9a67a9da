"""The board: the matrix of a conference, one gap, the list for the meeting, what the operator requires."""

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from conference.board.forms import BoardForm, GapForm, ListForm, SettingForm
from conference.board.gaps import open_gaps
from conference.board.gate import overrides_of
from conference.board.matrix import Cell, conferences_for, examine, in_force
from conference.board.requirement import Checklist
from conference.models import Conference, Gap, RequirementSetting

SETTINGS = "conference.change_requirementsetting"


def visible(checklists, user) -> list[Checklist]:
    seen = [checklist for checklist in checklists if checklist.may_see(user)]
    if not seen:
        raise PermissionDenied
    return seen


def _chosen_conference(form, conferences) -> Conference | None:
    if "konferenz" in form.errors:
        raise Http404
    return form.cleaned_data.get("konferenz") or conferences.first()


def board(request, site, checklists):
    seen, conferences = visible(checklists, request.user), conferences_for(request.user)
    form = BoardForm(request.GET, conferences)
    conference = _chosen_conference(form, conferences)
    checklist = next((each for each in seen if each.name == request.GET.get("art")), seen[0])
    context = {"title": _("Tafel"), "form": form, "conference": conference, "checklist": checklist, "checklists": seen}
    if conference:
        matrix = examine(checklist, checklist.of_conference(conference))
        context |= {"matrix": matrix, "rows": form.rows(matrix), "may_change": checklist.may_change(request.user)}
        context["overrides"] = overrides_of(matrix)
    return render(request, "admin/board.html", site.each_context(request) | context)


def board_list(request, site, checklists):
    seen, conferences = visible(checklists, request.user), conferences_for(request.user)
    form = ListForm(request.GET, conferences)
    conference = _chosen_conference(form, conferences)
    gaps = form.narrowed(open_gaps(seen, conference, request.user), request.user) if conference else []
    context = {"title": _("Liste für die Runde"), "form": form, "conference": conference, "gaps": gaps}
    context["overdue"] = sum(gap.cell.is_overdue for gap in gaps)
    return render(request, "admin/board_list.html", site.each_context(request) | context)


def board_gap(request, site, checklists, **asked):
    """One cell. Everybody who sees the board may read it; noting something takes the right to change the record."""
    checklist = next((each for each in visible(checklists, request.user) if each.name == asked["noun"]), None)
    if checklist is None:
        raise Http404
    conference = get_object_or_404(conferences_for(request.user), slug=asked["conference"])
    cell = _cell_or_404(checklist, conference, asked["number"], asked["key"])
    may_change = checklist.may_change(request.user)
    form = GapForm(
        request.POST if request.method == "POST" else None,
        instance=cell.gap or Gap(**Gap.keys(cell.record), requirement=asked["key"]),
        requirement=cell.requirement,
        may_release=checklist.may_publish(request.user),
    )
    board_url = f"{reverse('admin:board')}?konferenz={conference.slug}&art={checklist.name}"
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        if form.is_valid():
            _note(request, cell, form)
            return redirect(f"{board_url}#zeile-{cell.record.pk}")
    context = {"title": f"{cell.requirement.label}: {cell.record}", "cell": cell, "form": form, "board_url": board_url}
    context |= {"checklist": checklist, "conference": conference, "may_change": may_change}
    return render(request, "admin/board_gap.html", site.each_context(request) | context)


def _cell_or_404(checklist: Checklist, conference: Conference, number: int, key: str) -> Cell:
    asked = tuple(requirement for requirement in in_force(checklist) if requirement.key == key)
    matrix = examine(checklist, checklist.of_conference(conference).filter(pk=number), asked)
    if not (asked and matrix.rows):
        raise Http404
    return matrix.rows[0].cells[0]


def _note(request, cell: Cell, form: GapForm):
    """Keep what was noted, and in the log who did."""
    with transaction.atomic():
        gap = form.store()
        words = _("Tafel, %(requirement)s: %(what)s") % {
            "requirement": cell.requirement.label,
            "what": _noted(gap) if gap.pk else _("Notiert war etwas, das gilt nicht mehr."),
        }
        LogEntry.objects.log_actions(request.user.pk, [cell.record], CHANGE, words, single_object=True)
    messages.success(request, _("Notiert zu „%(record)s“.") % {"record": cell.record})


def _noted(gap: Gap) -> str:
    if gap.is_not_needed:
        return _("wird hier nicht gebraucht (%(note)s)") % {"note": gap.note}
    parts = [str(gap.owner) if gap.owner else "", f"{gap.due_on:%d.%m.%Y}" if gap.due_on else "", gap.note]
    return ", ".join(part for part in parts if part)


@permission_required(SETTINGS, raise_exception=True)
def board_requirements(request, site, checklists):
    stored = {setting.key: setting for setting in RequirementSetting.objects.order_by("key")}
    data = request.POST if request.method == "POST" else None
    forms = [
        SettingForm(data, requirement, checklist, stored.get(requirement.key))
        for checklist in checklists
        for requirement in checklist.requirements
    ]
    is_valid = [form.is_valid() for form in forms]
    if data is not None and all(is_valid):
        with transaction.atomic():
            for form in forms:
                form.store()
        messages.success(request, _("Die Anforderungen sind gesichert."))
        return redirect("admin:board_requirements")
    groups = [(checklist, [form for form in forms if form.checklist is checklist]) for checklist in checklists]
    context = {
        "title": _("Anforderungen der Tafel"),
        "groups": groups,
        "has_errors": any(form.errors for form in forms),
    }
    return render(request, "admin/board_requirements.html", site.each_context(request) | context)
