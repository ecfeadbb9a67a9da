"""The page that asks: two people changed the same field, and nothing is overwritten unseen."""

from contextlib import suppress
from dataclasses import dataclass

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from conference.admin.accessible import FORM_POLICY
from conference.editing.merging import MISSING, Merged, merge_texts, word_changes
from conference.editing.showing import ViewersReader, calmed
from conference.editing.snapshot import Snapshot, flatten
from conference.editing.words import Reader
from conference.models import Revision
from conference.richtext import RichTextField

FIELD = "_conflict"
SALT = "conference.admin.conflicts"
# A page that lies open over night can still be sent.
MAX_AGE = 60 * 60 * 24 * 7
STEPS = ("_save", "_continue", "_addanother", "_submit", "_publish", "_publish_at", "_tab")


@dataclass(frozen=True)
class Decided:
    """What the editor chose, and which versions the page showed."""

    base: Snapshot
    mine: Snapshot
    theirs: Snapshot
    chosen: dict[str, object]

    def choices(self, theirs: Snapshot) -> dict[str, object]:
        """Only where their version is still the one that was on the screen."""
        shown, now = flatten(self.theirs), flatten(theirs)
        return {path: choice for path, choice in self.chosen.items() if shown.get(path) == now.get(path)}


def read_choices(request, record) -> Decided | None:
    """What was chosen on the page, if it is what was sent. Raises PermissionDenied where somebody tampered with it."""
    if FIELD not in request.POST:
        return None
    try:
        held = signing.loads(request.POST[FIELD], salt=f"{SALT}.{request.user.pk}", max_age=MAX_AGE)
    except signing.BadSignature as error:
        raise PermissionDenied from error
    if held["theirs"]["uuid"] != str(record.uuid):
        raise PermissionDenied
    chosen, reader = {}, Reader(held["mine"], held["theirs"])
    for key, value in request.POST.items():
        kind, _colon, path = key.partition(":")
        if kind == "choice" and value in ("mine", "theirs"):
            chosen[path] = value
        elif kind == "choice" and value == "value":
            with suppress(ValidationError):
                chosen[path] = ("value", _made_one(request, reader, path))
    return Decided(held["base"], held["mine"], held["theirs"], chosen)


def _made_one(request, reader: Reader, path: str) -> str:
    """The text that is to stand for both. Raises ValidationError, and says so on the page that asks again."""
    place = reader.place(path)
    if not _is_text(place.field):
        raise ValidationError(path)
    try:
        return place.field.clean(request.POST.get(f"value:{path}", ""), None)
    except ValidationError as error:
        messages.error(request, f"{place}: {' '.join(error.messages)}")
        raise


def _is_text(field) -> bool:
    return isinstance(field, models.CharField | models.TextField) and not field.choices


class ConflictPage:
    def __init__(self, model_admin, request, record, versions, merged: Merged):
        self.model_admin, self.request, self.record = model_admin, request, record
        self.versions, self.merged = versions, merged
        self.media = model_admin.media

    def response(self):
        """The page; what the form's run wrote is taken back, nothing is saved."""
        base, mine, theirs = self.versions
        token = signing.dumps(
            {"base": base, "mine": mine, "theirs": theirs}, salt=f"{SALT}.{self.request.user.pk}", compress=True
        )
        reader = ViewersReader(base, mine, theirs, viewer=self.request.user)
        questions = [self._question(reader, conflict) for conflict in self.merged.conflicts]
        context = {
            **self.model_admin.admin_site.each_context(self.request),
            "title": _("Zwei haben dasselbe geändert"),
            "opts": self.model_admin.opts,
            "record": self.record,
            "questions": questions,
            "token": token,
            "field": FIELD,
            "steps": {name: self.request.POST[name] for name in STEPS if name in self.request.POST},
            "last": Revision.objects.of(self.record).order_by("-number").first(),
            "media": Media.from_media(self.media, nonce=self.request.csp_nonce),
        }
        response = TemplateResponse(self.request, "admin/editing/conflicts.html", context, status=409)
        response.csp = FORM_POLICY
        response.render()
        transaction.set_rollback(True)
        return response

    def _question(self, reader: Reader, conflict) -> dict:
        place = reader.place(conflict.path)
        if conflict.is_row:
            gone, changed = _("hier gelöscht"), _("behalten, mit den Änderungen")
            mine, theirs = (gone if side is MISSING else changed for side in (conflict.mine, conflict.theirs))
            return {"place": place, "path": conflict.path, "mine": mine, "theirs": theirs, "is_row": True}
        words = [reader.value(conflict.path, value) for value in (conflict.base, conflict.mine, conflict.theirs)]
        return {
            "place": place,
            "path": conflict.path,
            "base": words[0],
            "mine": words[1],
            "theirs": words[2],
            "mine_pieces": _marked(words[0], words[1]),
            "theirs_pieces": _marked(words[0], words[2]),
            "field": self._field(place.field, conflict),
        }

    def _field(self, field, conflict) -> str:
        """Where both are made one: for texts only."""
        if not _is_text(field):
            return ""
        texts = [value or "" for value in (conflict.base, conflict.mine, conflict.theirs)]
        if not all(isinstance(text, str) for text in texts):
            return ""
        joint = "" if isinstance(field, RichTextField) else " / "
        start = self.request.POST.get(f"value:{conflict.path}")
        if start is None:
            start = merge_texts(*texts) or joint.join(text for text in texts[1:] if text)
        widget = self.model_admin.formfield_for_dbfield(field, self.request).widget
        self.media += widget.media
        number = f"value-{abs(hash(conflict.path))}"
        label = _("%(place)s, zusammengeführt") % {"place": field.verbose_name}
        return widget.render(f"value:{conflict.path}", start, {"id": number, "aria-label": label})


def _marked(before: str, after: str) -> list[tuple[str, str]]:
    """The whole text of one side, with what is new in it marked; what it was before stands above."""
    return [(kind, text) for kind, text in calmed(word_changes(before, after)) if kind != "gone"]
