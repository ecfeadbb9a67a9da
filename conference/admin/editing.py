"""Saving that loses nothing: what a form sends is merged with what others did, and kept from the public until released.

The form carries the snapshot it was rendered from. When it comes back, Django's own way through form and rows is run
over that snapshot, in a savepoint; what the record is then is *my* version. Three versions meet in
`conference.editing.merging`: the one the form began from, mine, and the present one. Without conflict the result is
saved: live while the record is not published, else as its working copy. With one, the editor is asked.
"""

from contextlib import suppress
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR, ModelAdmin
from django.contrib.admin.utils import unquote
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.admin.conflicts import ConflictPage, read_choices
from conference.editing.applying import apply
from conference.editing.copies import copy_of, needs_copy, store, write
from conference.editing.merging import merge
from conference.editing.preview import preview_url
from conference.editing.rehearsal import rehearsal
from conference.editing.revisions import keep, keep_found
from conference.editing.saving import locked
from conference.editing.snapshot import numbered_as, packed, placed, same, take, unpacked
from conference.models import FormPreview, Revision, UnsavedInput
from conference.scope import is_own
from conference.unsaved.guard import shown_again
from conference.unsaved.keeping import TAB, forget, typed

BASE = "_base"
PREVIEW = "_preview"


@dataclass
class Run:
    """One way of a form through Django's admin."""

    saved: object = None
    is_new: bool = False
    response: object = None
    words: object = ""
    is_merged: bool = False


class Refused(Exception):
    """Nothing of what was sent can be saved, and why. It is raised through the transaction, which takes all back."""


class EditingMixin:
    """For the screens of what is kept, merged and published as a whole."""

    # ── Whose form it is ─────────────────────────────────────────────────────────────────────
    def record_of(self, obj):
        """The record a form changes: for the form of a row, the one it is a part of."""
        return obj

    def find_record(self, object_id):
        """The record of a form, None if there is none."""
        try:
            number = self.opts.pk.to_python(unquote(object_id))
        except ValidationError:
            return None
        obj = self.model._base_manager.filter(pk=number).first()
        return self.record_of(obj) if obj else None

    # ── The form ─────────────────────────────────────────────────────────────────────────────
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is None:
            return self._new(request, form_url, extra_context)
        record = self.find_record(object_id)
        if record is None or not is_own(record, request.user):
            # Django knows nothing of it either, and says so.
            return super().changeform_view(request, object_id, form_url, extra_context)
        if request.method == "POST":
            try:
                return self._post(request, record, object_id, form_url, extra_context)
            except Refused as error:
                return self._again(request, str(error))
            except type(record).DoesNotExist:
                return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return self._show(request, record, object_id, form_url, extra_context)

    def _show(self, request, record, object_id, form_url, extra_context):
        working_copy = copy_of(record)
        if typed(request) is not None and (base := self._base(typed(request), record)):
            return self._show_typed(request, base, working_copy, (object_id, form_url, extra_context))
        if working_copy is None:
            context = {"base": packed(take(record))} | (extra_context or {})
            return super().changeform_view(request, object_id, form_url, context)
        with rehearsal():
            try:
                base = placed(working_copy.data, apply(working_copy.data, unreal=True).placed)
            except ValidationError as error:
                working_copy, base = None, take(record)
                words = _("Die Arbeitskopie lässt sich nicht zeigen: %(reasons)s") % {"reasons": " ".join(error)}
                self.message_user(request, words, messages.ERROR)
            context = {"base": packed(base), "working_copy": working_copy} | (extra_context or {})
            return self._finished(super().changeform_view(request, object_id, form_url, context))

    def _show_typed(self, request, base, working_copy, form):
        """What was typed and never saved, over what the form showed then: saved later, it is merged with the rest."""
        *form, extra_context = form
        context = {"base": packed(base), "working_copy": working_copy} | (extra_context or {})
        with rehearsal():
            # Where the old state cannot stand any more, the typed stands over the present one.
            with suppress(ValidationError):
                request.typed = self._renamed_rows(typed(request), apply(base, unreal=True).numbers)
            return self._finished(super().changeform_view(request, *form, context))

    @staticmethod
    def _finished(response):
        """Rendered while the rehearsal still holds."""
        return response.render() if hasattr(response, "render") and not response.is_rendered else response

    def _again(self, request, words: str):
        """Nothing is saved; what was sent, kept before anything was done with it, stands in the form again."""
        self.message_user(request, words, messages.ERROR)
        kept = self._sent_before(request)
        return HttpResponseRedirect(shown_again(request.path, kept) if kept else request.path)

    @staticmethod
    def _sent_before(request):
        return UnsavedInput.objects.of(request.user, request.path).offered().filter(tab=request.POST.get(TAB)).first()

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """With a word about what was typed for it."""
        if request.method == "POST" and self._sent_before(request):
            words = _(
                "Während Sie daran gearbeitet haben, ist das gelöscht worden. Ihre Eingaben sind aufgehoben: Sie "
                "werden im Formular wieder angeboten, sobald es aus dem Papierkorb zurück ist."
            )
            self.message_user(request, words, messages.WARNING)
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)

    # ── What comes back ──────────────────────────────────────────────────────────────────────
    def _new(self, request, form_url, extra_context):
        request.run = Run(is_new=True)
        if PREVIEW not in request.POST:
            return super().changeform_view(request, None, form_url, extra_context)
        with rehearsal():
            response = super().changeform_view(request, None, form_url, extra_context)
            if request.run.saved is None:
                return self._finished(response)
            seen = self.record_of(request.run.saved)
            data, address = take(seen), self.view_on_site(seen)
        return self._preview(request, data, address)

    def _preview(self, request, data, address):
        keys = {"user": request.user, "form": request.path[:200]}
        seen, _created = FormPreview.objects.update_or_create(**keys, defaults={"data": data})
        return HttpResponseRedirect(preview_url(address, f"e{seen.pk}"))

    @transaction.atomic
    def _post(self, request, record, object_id, form_url, extra_context):
        record = locked(record)
        working_copy = copy_of(record)
        live = take(record)
        theirs = working_copy.data if working_copy else live
        decided = read_choices(request, record)
        base = decided.base if decided else self._base(request.POST, record) or theirs
        if not decided and request.POST.get(BASE) and not self._base(request.POST, record):
            raise Refused(
                _("Woraus dieses Formular entstand, ist nicht mehr zu lesen. Bitte sehen Sie es noch einmal durch.")
            )
        is_direct = not decided and not needs_copy(record) and same(base, theirs) and PREVIEW not in request.POST
        if decided:
            mine, address = decided.mine, ""
            if not self.has_change_permission(request, record):
                raise PermissionDenied
            request.run = Run(saved=record, words=_("Zusammengeführt."))
        else:
            if is_direct:
                keep_found(record)
            context = {"working_copy": working_copy} | (extra_context or {})
            response = self._run(request, (base, live), is_direct, (object_id, form_url, context))
            if request.run.saved is None:
                return response
            base = request.run.base
            mine, address = request.run.mine, request.run.address
        if PREVIEW in request.POST:
            return self._preview(request, merge(base, mine, theirs).data, address)
        if is_direct:
            keep(record, Revision.Kind.SAVED, request.user)
            super().log_change(request, request.run.saved, request.run.words)
            return self._saved(request, request.run.saved, locked(record))
        merged = merge(base, mine, theirs, decided.choices(theirs) if decided else None)
        if merged.conflicts:
            return ConflictPage(self, request, record, (base, mine, theirs), merged).response()
        return self._save_merged(request, record, merged.data, base=base, theirs=theirs)

    def _base(self, data, record):
        """What the form was rendered from; None if it does not say or says nonsense."""
        try:
            base = unpacked(data.get(BASE, ""))
        except signing.BadSignature:
            return None
        return base if base["uuid"] == str(record.uuid) else None

    def _run(self, request, versions, is_direct, form):
        """Django's own way through the form, over what it began from, or where that cannot stand any more over the
        live version; everything is taken back unless it may stay.
        """
        request.run = Run()
        (base, live), (object_id, form_url, context) = versions, form
        with transaction.atomic():
            if not is_direct:
                try:
                    numbers = apply(base, unreal=True).numbers
                except ValidationError:
                    base, numbers = live, {}
                request.POST = self._renamed_rows(request.POST, numbers)
            context["base"] = packed(base)
            response = self._finished(super().changeform_view(request, object_id, form_url, context))
            if request.run.saved is not None:
                record = self.record_of(request.run.saved)
                request.run.base = base
                request.run.mine = take(record) if is_direct else numbered_as(take(record), base)
                request.run.address = self.view_on_site(request.run.saved) if PREVIEW in request.POST else ""
            if not is_direct or request.run.saved is None:
                transaction.set_rollback(True)
        return response

    @staticmethod
    def _renamed_rows(data, numbers):
        """Rows the form knows by a number of the working copy may have another since."""
        names = {str(old): str(new) for old, new in numbers.items()}
        renamed = data.copy()
        for key, value in data.items():
            if key.endswith("-id") and value in names:
                renamed[key] = names[value]
        return renamed

    def _save_merged(self, request, record, data, *, base, theirs):
        is_merged = request.run.is_merged = not same(base, theirs)
        is_copy = needs_copy(record)
        if is_copy:
            if not same(data, theirs):
                store(record, data, request.user, Revision.Kind.MERGED if is_merged else Revision.Kind.WORKING_COPY)
        else:
            keep_found(record)
            try:
                write(record, data)
            except ValidationError as error:
                raise Refused(_("Nicht gesichert: %(reasons)s") % {"reasons": " ".join(error.messages)}) from error
            keep(record, Revision.Kind.MERGED if is_merged else Revision.Kind.SAVED, request.user)
        if is_merged:
            words = _("Inzwischen hat jemand anderes gesichert. Beide Änderungen sind zusammengeführt.")
            self.message_user(request, words, messages.INFO)
        super().log_change(request, record, request.run.words)
        return self._saved(request, request.run.saved, locked(record), is_copy)

    # ── What Django says on the way ──────────────────────────────────────────────────────────
    def log_change(self, request, obj, message):
        """Written at once where the run stays, else when it is known that something was saved."""
        run = getattr(request, "run", None)
        if run is None or run.is_new or run.saved is not None:
            return super().log_change(request, obj, message)
        run.words = message
        return None

    def response_change(self, request, obj):
        """The run is over; what to say is known only after the merging."""
        if not hasattr(request, "run"):
            # Nothing is saved past the merging, by whatever way it comes.
            raise PermissionDenied
        request.run.saved = obj
        if IS_POPUP_VAR in request.POST:
            request.run.response = self._finished(super().response_change(request, obj))
        return HttpResponseRedirect(request.path)

    def response_add(self, request, obj, post_url_continue=None):
        request.run.saved = obj
        if PREVIEW in request.POST:
            return HttpResponseRedirect(request.path)
        forget(request)
        return self.saved_new(request, obj, post_url_continue)

    def saved(self, request, obj, record, is_copy):
        """The answer to a saved form, when all is merged and kept."""
        if not is_copy:
            return ModelAdmin.response_change(self, request, obj)
        words = _("„%(thing)s“: Die Arbeitskopie ist gesichert. Öffentlich bleibt die bisherige Fassung.")
        self.message_user(request, words % {"thing": obj}, messages.SUCCESS)
        if "_continue" in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        if "_addanother" in request.POST:
            return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add"))
        return self.response_post_save_change(request, obj)

    def _saved(self, request, obj, record, is_copy=False):
        forget(request)
        if request.run.response is not None:
            return request.run.response
        return self.saved(request, obj, record, is_copy)
