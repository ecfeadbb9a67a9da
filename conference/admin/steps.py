"""The steps a record takes: submitted, published now or at a moment, withdrawn; and its working copy, dropped."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.forms.utils import from_current_timezone
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.board.gate import GateClosed, check_gate
from conference.editing.copies import copy_of, discard, pending, replace, write
from conference.editing.rehearsal import rehearsal
from conference.editing.revisions import keep
from conference.editing.saving import locked
from conference.models import GateOverride, Revision

# Each step: what its button says, what the log and the editor read afterwards, and the right it takes.
STEPS = {
    "submit": (_("Zur Freigabe einreichen"), _("Zur Freigabe eingereicht"), "change"),
    "publish": (_("Veröffentlichen"), _("Veröffentlicht"), "publish"),
    "withdraw": (_("Zurückziehen"), _("Zurückgezogen"), "publish"),
    "discard": (_("Arbeitskopie verwerfen"), _("Arbeitskopie verworfen"), "change"),
}
KINDS = {
    "submit": Revision.Kind.SUBMITTED,
    "publish": Revision.Kind.PUBLISHED,
    "withdraw": Revision.Kind.WITHDRAWN,
}
MOMENT, REASON = "_publish_at", "_reason"
# In the address of a form: the gate was closed, so the form asks for a reason.
GATE = "luecken"


class StepsMixin:
    """Buttons at the end of the form, actions in the list; each is checked, taken and noted as one."""

    actions = ("submit_selected", "publish_selected", "withdraw_selected")
    # What the board asks of this kind; the gate knows from it what must not be missing.
    checklist = None

    def has_publish_permission(self, request, obj=None):
        return request.user.has_perm(self.model.permission("publish"))

    def steps_of(self, record, working_copy) -> tuple[str, ...]:
        """Which steps make sense now."""
        if not record.is_released:
            return (*record.next_steps, *(("discard",) if working_copy else ()))
        return ("submit", "publish", *(("discard",) if working_copy else ()), "withdraw")

    def may_step(self, request, step: str, obj=None) -> bool:
        return getattr(self, f"has_{STEPS[step][2]}_permission")(request, obj)

    def asked_step(self, request, obj=None) -> str | None:
        """The step whose button was pressed. A step without the right to it saves nothing at all."""
        step = next((step for step in STEPS if f"_{step}" in request.POST), None)
        if step and not self.may_step(request, step, obj):
            raise PermissionDenied
        return step

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        record = self.find_record(object_id) if object_id and request.method == "POST" else None
        if request.method == "POST" and self.asked_step(request, record) == "discard" and record:
            with transaction.atomic():
                discard(locked(record), request.user)
                self.log_change(request, record, f"{STEPS['discard'][1]}.")
            words = _("Die Arbeitskopie ist verworfen. Im Verlauf steht sie noch; öffentlich hat sich nichts geändert.")
            self.message_user(request, words, messages.SUCCESS)
            return HttpResponseRedirect(request.path)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        working_copy = context.get("working_copy")
        steps = self.steps_of(obj, working_copy) if obj else ("submit", "publish")
        context["steps"] = [(step, STEPS[step][0]) for step in steps if self.may_step(request, step, obj)]
        context["is_released"] = obj is not None and obj.is_released
        context["may_publish"] = self.may_step(request, "publish", obj)
        context["asks_reason"] = context["may_publish"] and GATE in request.GET
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    # ── One record ───────────────────────────────────────────────────────────────────────────
    def respond(self, request, record, step: str):
        """Take the step after saving, and say how it went."""
        address = self.address_of(record)
        try:
            self.take(request, record, step)
        except ValidationError as error:
            if isinstance(error, GateClosed):
                address += f"?{GATE}=1"
            words = _("Gesichert, aber nicht weitergegeben: %(reasons)s") % {"reasons": " ".join(error.messages)}
            self.message_user(request, words, messages.WARNING)
        else:
            record = type(record)._base_manager.get(pk=record.pk)
            words = {"thing": record, "state": self._state_in_words(record)}
            self.message_user(request, _("„%(thing)s“ ist gesichert. Stand: %(state)s.") % words, messages.SUCCESS)
        return HttpResponseRedirect(address)

    @staticmethod
    def _state_in_words(record) -> str:
        working_copy = copy_of(record)
        if working_copy and working_copy.publish_at:
            return _("Änderung geplant für %s Uhr") % _moment(working_copy.publish_at)
        if working_copy and working_copy.is_submitted:
            return _("öffentlich; die Arbeitskopie wartet auf Freigabe")
        if record.is_waiting and "publish" not in record.next_steps:
            return _("geplant für %(moment)s Uhr") % {"moment": _moment(record.published_at)}
        return str(record.state_label)

    def take(self, request, record, step: str):
        """Take the step and note it in the log and the history, or neither. Raises ValidationError."""
        with transaction.atomic():
            # Held, and as it is by now: somebody else may be saving or taking a step.
            record = locked(record)
            self.before_step(request, record, step)
            if record.is_released:
                self._take_released(request, record, step)
            else:
                if step == "publish":
                    working_copy = copy_of(record)
                    record = replace(working_copy, request.user) if working_copy else record
                    record.publish(at=record.published_at)
                    self._pass_gate(request, record)
                else:
                    getattr(record, step)()
                keep(record, KINDS[step], request.user)
            self.log_change(request, record, f"{STEPS[step][1]}.")
            self.after_step(request, type(record)._base_manager.get(pk=record.pk), step)

    def before_step(self, request, record, step: str):
        """Where somebody can object: raise ValidationError."""

    def after_step(self, request, record, step: str):
        """What follows from a step, in its transaction."""

    def _take_released(self, request, record, step: str):
        working_copy = copy_of(record)
        if step == "withdraw":
            if working_copy:
                self._keep_what_was_begun(record, working_copy)
            record.withdraw()
            keep(record, Revision.Kind.WITHDRAWN, request.user)
            return
        if working_copy is None:
            raise ValidationError(_("Es gibt keine Änderung, die noch nicht öffentlich ist."))
        if step == "submit":
            working_copy.is_submitted = True
            working_copy.save()
            keep(record, Revision.Kind.SUBMITTED, request.user, data=working_copy.data)
            return
        moment = _asked_moment(request)
        if moment:
            with rehearsal():
                override = self._pass_gate(request, replace(working_copy, request.user))
            if override:
                GateOverride.objects.create(
                    **GateOverride.keys(record), user=request.user, reason=override.reason, lacks=override.lacks
                )
            working_copy = copy_of(record)
            working_copy.publish_at, working_copy.updated_by, working_copy.problem = moment, request.user, ""
            working_copy.save()
        else:
            self._pass_gate(request, replace(working_copy, request.user))

    @staticmethod
    def _keep_what_was_begun(record, working_copy):
        """What is not public any more can be changed itself. A copy that is not valid stays one: it hinders nobody
        from withdrawing, and its moment is over.
        """
        try:
            write(record, pending(working_copy).data)
        except ValidationError:
            working_copy.publish_at, working_copy.is_submitted = None, False
            working_copy.save(update_fields=["publish_at", "is_submitted"])
        else:
            working_copy.delete()
            record.refresh_from_db()

    def _pass_gate(self, request, record):
        return check_gate(self.checklist, record, request.user, request.POST.get(REASON, ""))

    # ── Many ─────────────────────────────────────────────────────────────────────────────────
    @admin.action(description=STEPS["submit"][0], permissions=["change"])
    def submit_selected(self, request, queryset):
        self._take_each(request, queryset, "submit")

    @admin.action(description=STEPS["publish"][0], permissions=["publish"])
    def publish_selected(self, request, queryset):
        self._take_each(request, queryset, "publish")

    @admin.action(description=STEPS["withdraw"][0], permissions=["publish"])
    def withdraw_selected(self, request, queryset):
        self._take_each(request, queryset, "withdraw")

    def _take_each(self, request, queryset, step: str):
        done, problems = 0, []
        for obj in queryset:
            try:
                if not self.may_step(request, step, obj):
                    raise ValidationError(_("Dazu fehlt Ihnen das Recht."))
                self.take(request, obj, step)
                done += 1
            except ValidationError as error:
                problems.append((obj, " ".join(error.messages)))
        if done:
            words = ngettext("%(state)s: %(count)d Eintrag.", "%(state)s: %(count)d Einträge.", done)
            self.message_user(request, words % {"state": STEPS[step][1], "count": done}, messages.SUCCESS)
        if problems:
            rows = format_html_join(mark_safe("<br>"), "„{}“: {}", problems)
            self.message_user(request, format_html("{} {}", _("Nicht weitergegeben:"), rows), messages.WARNING)


def _moment(moment) -> str:
    return date_format(localtime(moment), "j. F Y, H:i")


def _asked_moment(request):
    """When the working copy is to become public; None for now. Raises ValidationError for nonsense, for what is over
    and for what the clocks leave out or show twice.
    """
    text = request.POST.get(MOMENT, "").strip()
    if not text:
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise ValidationError(_("„%(text)s“ ist kein Zeitpunkt."), params={"text": text})
    moment = moment if moment.tzinfo else from_current_timezone(moment)
    if moment <= timezone.now():
        raise ValidationError(_("„%(text)s“ ist schon vorbei. Leer heißt: sofort."), params={"text": text})
    return moment
