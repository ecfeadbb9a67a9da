"""The review page of a record: what changed, what was said about it, and the two ways on."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference.editing.copies import copy_of, current
from conference.editing.preview import preview_url
from conference.editing.revisions import keep
from conference.editing.saving import locked
from conference.editing.showing import shown
from conference.editing.snapshot import flatten, take
from conference.editing.words import Reader
from conference.models import FieldComment, Revision
from conference.review.requests import (
    Decision,
    ask,
    open_comments,
    open_request,
    review_address,
    reviewers,
    reviewing_groups,
    settle,
)

NOTE, TO = "_review_note", "_review_to"
# Which revision the review page showed.
SEEN = "_seen"
WHOLE = ""


def _last_number(record) -> str:
    return str(Revision.objects.of(record).aggregate(last=Max("number"))["last"] or 0)


class CommentForm(forms.Form):
    field = forms.ChoiceField(label=_("Zu welchem Feld?"), required=False)
    text = forms.CharField(label=_("Anmerkung"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class ReviewMixin:
    """Handing in carries a note and a recipient; publishing, withdrawing and returning settle what was asked."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_review"
        view = self.admin_site.admin_view(self.review_view)
        return [path("<path:object_id>/freigabe/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None and self.has_change_permission(request, obj):
            context["review"] = {"request": open_request(obj), "comments": self._placed(obj, open_comments(obj))}
            context["review"]["address"] = review_address(obj) if any(context["review"].values()) else ""
        if any(step == "submit" for step, _label in context.get("steps", ())) or obj is None:
            context["recipients"] = self._recipients(obj or self.model())
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @staticmethod
    def _recipients(record) -> list[tuple[str, str]]:
        groups = [(f"group:{group.pk}", _("Gruppe %s") % group.name) for group in reviewing_groups(record)]
        people = [(f"user:{user.pk}", user.get_full_name() or user.get_username()) for user in reviewers(record)]
        return [*groups, *people]

    def before_step(self, request, record, step: str):
        """Nobody publishes what somebody else has put in unseen."""
        super().before_step(request, record, step)
        if step != "publish":
            return
        seen = request.POST.get(SEEN)
        if getattr(getattr(request, "run", None), "is_merged", False) or (seen and seen != _last_number(record)):
            words = _("Inzwischen hat jemand anderes gesichert. Bitte sehen Sie es an, und veröffentlichen Sie dann.")
            raise ValidationError(words)

    def after_step(self, request, record, step: str):
        super().after_step(request, record, step)
        if step == "submit":
            ask(record, request.user, request.POST.get(NOTE, ""), request.POST.get(TO, ""))
        elif step == "publish":
            working_copy = copy_of(record)
            if working_copy is None or working_copy.publish_at:
                settle(record, request.user, Decision.PUBLISHED)
        else:
            settle(record, request.user, Decision.OBSOLETE)

    # ── The page ─────────────────────────────────────────────────────────────────────────────
    def review_view(self, request, object_id):
        record = self.get_object(request, object_id)
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        form = CommentForm(request.POST if "_comment" in request.POST else None)
        form.fields["field"].choices = self._places(record)
        if request.method == "POST" and (answer := self._done(request, record, form)):
            return answer
        working_copy = copy_of(record)
        before = self._before(record, working_copy)
        now = current(record)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Freigabe"),
            "opts": self.opts,
            "record": record,
            "address": self.address_of(record),
            "asked": open_request(record),
            "differences": shown(before, now, request.user) if before else None,
            "working_copy": working_copy,
            "preview_url": preview_url(record.get_absolute_url(), f"k{working_copy.pk}")
            if working_copy
            else record.get_absolute_url(),
            "comments": self._placed(record, FieldComment.objects.of(record).select_related("author", "resolved_by")),
            "form": form,
            "may_publish": self.has_publish_permission(request, record),
            "seen": _last_number(record),
            "is_waiting": record.is_waiting or bool(working_copy and working_copy.is_submitted),
        }
        return TemplateResponse(request, "admin/review/review.html", context)

    def _done(self, request, record, form):
        if "_comment" in request.POST:
            if not form.is_valid():
                return None
            keys = FieldComment.keys(record)
            cleaned = form.cleaned_data
            FieldComment.objects.create(**keys, field=cleaned["field"], text=cleaned["text"], author=request.user)
            messages.success(request, _("Die Anmerkung ist notiert."))
        elif number := request.POST.get("_resolve"):
            found = open_comments(record).filter(pk=number if number.isascii() and number.isdecimal() else None)
            found.update(resolved_at=timezone.now(), resolved_by=request.user)
        elif "_return" in request.POST:
            self._return(request, record)
        elif "_publish" in request.POST:
            if not self.may_step(request, "publish", record):
                raise PermissionDenied
            return self.respond(request, record, "publish")
        return HttpResponseRedirect(request.path)

    def _return(self, request, record):
        """Back to the author, with an answer; nothing is lost, and nothing is public that was not."""
        if not self.has_publish_permission(request, record):
            raise PermissionDenied
        with transaction.atomic():
            record = locked(record)
            working_copy = copy_of(record)
            try:
                if working_copy:
                    working_copy.is_submitted, working_copy.publish_at = False, None
                    working_copy.save()
                    keep(record, Revision.Kind.RETURNED, request.user, data=working_copy.data)
                else:
                    record.give_back()
                    keep(record, Revision.Kind.RETURNED, request.user)
            except ValidationError as error:
                messages.warning(request, " ".join(error.messages))
                return
            settle(record, request.user, Decision.RETURNED, request.POST.get("answer", ""))
            self.log_change(request, record, f"{Revision.Kind.RETURNED.label}.")
        messages.success(request, _("Zurückgegeben. Wer eingereicht hat, ist benachrichtigt."))

    @staticmethod
    def _before(record, working_copy):
        """What the reviewer knows already: the live version, else how it was when it last came to somebody."""
        if working_copy:
            return take(record)
        seen = (Revision.Kind.PUBLISHED, Revision.Kind.RETURNED)
        last = Revision.objects.of(record).filter(kind__in=seen).order_by("-number").first()
        return last.data if last else None

    @staticmethod
    def _places(record) -> list[tuple[str, str]]:
        """What can be commented on: the fields, and the rows as wholes."""
        data = current(record)
        reader = Reader(data)
        paths = [path for path in flatten(data) if "/" not in path or path.count("/") == 1]
        return [(WHOLE, _("Zum Ganzen")), *((path, str(reader.place(path))) for path in paths)]

    @staticmethod
    def _placed(record, comments) -> list[FieldComment]:
        """The comments, each with the words and the anchor of its place."""
        comments = list(comments)
        if not comments:
            return []
        reader = Reader(current(record))
        for comment in comments:
            path = comment.field
            comment.place = str(reader.place(path)) if path else _("Zum Ganzen")
            comment.anchor = f"{path.split('/')[0]}-group" if "/" in path else f"id_{path.removesuffix('_id')}"
        return comments
