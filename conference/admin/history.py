"""The pages of the history: the list, any two compared, one revision, and the way back to it."""

import copy
import hashlib
import json

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from conference.editing.copies import MOMENTS, current, needs_copy
from conference.editing.history import History
from conference.editing.merging import is_row
from conference.editing.preview import preview_url
from conference.editing.restoring import obstacle, restore
from conference.editing.saving import locked
from conference.editing.showing import shown
from conference.editing.snapshot import flatten
from conference.models import Revision

PAGE, PERSON = "seite", "person"
NOW = "heute"
ALL, MANY = "alle", 200


class HistoryMixin:
    """Every revision with who, when and what; compared, previewed and restored, whole or in one field."""

    def get_urls(self):
        wrap, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("<path:object_id>/history/vergleich/", wrap(self.compare_view), name=f"{name}_compare"),
            path("<path:object_id>/history/<int:number>/", wrap(self.revision_view), name=f"{name}_revision"),
            *super().get_urls(),
        ]

    # ── The list ─────────────────────────────────────────────────────────────────────────────
    def history_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        self._check_view(request, record)
        history = History(record, request.user)
        person = request.GET.get(PERSON, "")
        page = history.page(request.GET.get(PAGE), person)
        context = {
            "title": _("Verlauf"),
            "history": history,
            "page": page,
            "page_numbers": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
            "person": person,
            "numbers": [entry.number for entry in page if entry.number][:2],
        }
        return self._answer(request, record, "history", context | (extra_context or {}))

    # ── Two compared ─────────────────────────────────────────────────────────────────────────
    def compare_view(self, request, object_id):
        record = self._record(request, object_id)
        history = History(record, request.user)
        asked = (request.GET.get("a", ""), request.GET.get("b", ""))
        chosen = sorted({int(number) for number in asked if number.isdecimal() and len(number) < 10})
        held = history.held(chosen)
        if len(held) != 2:
            self.message_user(request, _("Bitte wählen Sie zwei verschiedene Stände aus."), messages.WARNING)
            return HttpResponseRedirect(self._url(record, "history"))
        older, newer = chosen
        context = {
            "title": _("Stand %(older)d und Stand %(newer)d im Vergleich") % {"older": older, "newer": newer},
            "older": older,
            "newer": newer,
            **_listed(request, shown(held[older], held[newer], request.user)),
        }
        return self._answer(request, record, "compare", context)

    # ── One revision ─────────────────────────────────────────────────────────────────────────
    def revision_view(self, request, object_id, number):
        record = self._record(request, object_id)
        revision = Revision.objects.of(record).filter(number=number).first()
        if revision is None:
            raise Http404
        if request.method == "POST":
            return self._restore(request, record, revision)
        history, now = History(record, request.user), current(record)
        previous = history.previous[number]
        is_to_now = previous is None or request.GET.get("gegen") == NOW
        before, after = (revision.data, now) if is_to_now else (history.held([previous])[previous], revision.data)
        context = {
            "title": _("Stand %(number)d") % {"number": number},
            "revision": revision,
            "neighbours": history.neighbours(number),
            "previous": previous,
            "is_to_now": is_to_now,
            **_listed(request, shown(before, after, request.user)),
            "preview": preview_url(_address(record, revision.data), f"r{revision.pk}"),
        }
        if self.has_change_permission(request, record):
            context |= self._ways_back(record, revision, now, context["differences"])
        return self._answer(request, record, "revision", context)

    def _ways_back(self, record, revision, now, differences) -> dict:
        ours, theirs = flatten(now), flatten(revision.data)
        _offer(differences, ours, theirs)
        return {
            "may_restore": True,
            "is_as_now": all(ours.get(path) == theirs.get(path) for path in {*ours, *theirs} - set(MOMENTS)),
            "seen": _digest(now),
            "goes_to_copy": needs_copy(record),
        }

    # ── Back ─────────────────────────────────────────────────────────────────────────────────
    @transaction.atomic
    def _restore(self, request, record, revision):
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        record, back = locked(record), HttpResponseRedirect(request.get_full_path())
        if request.POST.get("seen") != _digest(current(record)):
            words = _("Inzwischen hat sich der Inhalt geändert. Bitte sehen Sie sich die Unterschiede noch einmal an.")
            self.message_user(request, words, messages.WARNING)
            return back
        try:
            restored = restore(record, revision, request.user, request.POST.get("path") or None)
        except ValidationError as error:
            for sentence in _sentences(error, self.model):
                self.message_user(request, sentence, messages.ERROR)
            return back
        if not restored.where:
            self.message_user(request, _("Es steht schon alles so da. Geändert wurde nichts."), messages.INFO)
            return back
        self._tell(request, record, revision, restored)
        return HttpResponseRedirect(self._url(record, "history"))

    def _tell(self, request, record, revision, restored):
        what = _("„%(place)s“ steht") % {"place": restored.place} if restored.place else _("Alles steht")
        words = _("%(what)s wieder wie in Stand %(number)d.") % {"what": what, "number": revision.number}
        if restored.where == "copy":
            more = _("Das liegt in der Arbeitskopie; öffentlich wird es erst, wenn sie veröffentlicht wird.")
            words = f"{words} {more}"
        link = format_html('<a href="{}">{}</a>', self._url(record, "change"), _("Zum Formular"))
        self.message_user(request, format_html("{} {}", words, link), messages.SUCCESS)
        if restored.left_out:
            words = _("Nicht alles ist noch da und wurde weggelassen: %(places)s.")
            self.message_user(request, words % {"places": ", ".join(restored.left_out)}, messages.WARNING)
        note = _("Stand %(number)d wiederhergestellt") % {"number": revision.number}
        self.log_change(request, record, f"{note}: {restored.place}." if restored.place else f"{note}.")

    # ── What they share ──────────────────────────────────────────────────────────────────────
    def _check_view(self, request, record):
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied

    def _record(self, request, object_id):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        self._check_view(request, record)
        return record

    def _url(self, record, view: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}", args=[record.pk])

    def _answer(self, request, record, template: str, context: dict):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "record": record,
            "subtitle": None,
            "history_url": self._url(record, "history"),
            "change_url": self._url(record, "change"),
            "compare_url": self._url(record, "compare"),
            "revision_url": f"admin:{name}_revision",
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, f"admin/editing/{template}.html", shared | context)


def _listed(request, differences: list) -> dict:
    """Of very many differences the first, and all when asked."""
    few = differences if ALL in request.GET else differences[:MANY]
    return {"differences": few, "more": len(differences) - len(few)}


def _offer(differences, now: dict, then: dict):
    """Beside each difference: what can be brought back, or why not."""
    for each in differences:
        each.reason = obstacle(now, then, each.path)
        if each.reason:
            continue
        if now.get(each.path) == then.get(each.path):
            each.reason = _("So ist es auch heute.")
        elif is_row(each.path):
            each.action = "bring" if each.path in then else "drop"
        else:
            each.action = "field"


def _digest(data: dict) -> str:
    """Says whether what somebody looked at is still what is there."""
    return hashlib.sha256(json.dumps(flatten(data), sort_keys=True).encode()).hexdigest()


def _address(record, data: dict) -> str:
    """Where the record stood then: its slug may have been another, and that of what it stands in."""
    then = copy.copy(record)
    for field in record._meta.concrete_fields:
        if field.attname in data["fields"] and (field.is_relation or field.name == "slug"):
            setattr(then, field.attname, data["fields"][field.attname])
    try:
        return then.get_absolute_url()
    except (ObjectDoesNotExist, AttributeError, NoReverseMatch):
        return record.get_absolute_url()


def _sentences(error: ValidationError, model) -> list[str]:
    """With the name of the field, where a sentence is about one."""
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    names = {field.name: field.verbose_name for field in model._meta.fields}
    return [
        f"{names[name]}: {sentence}" if name in names else sentence
        for name, sentences in error.message_dict.items()
        for sentence in sentences
    ]
