"""What somebody has typed and not saved: keep it, offer it, forget it once it is saved."""

import datetime
import uuid

from django.core import signing
from django.db import transaction
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone

from conference.models import OpenForm, UnsavedInput
from conference.unsaved import files

# Hidden fields of every form: the window it is in, and whose form it is, signed.
TAB, OWNER = "_tab", "_who"
# In an address: show what is kept; save what is kept.
SHOW, SAVE = "eingaben", "sichern"
KEPT_FOR = datetime.timedelta(days=30)
# A form that was saved is remembered for a while, so that a late message does not bring its text back.
SAVED_FOR = datetime.timedelta(days=1)
_OWNER_SALT = "conference.unsaved.owner"
_SAVE_SALT = "conference.unsaved.save"
_SAVE_WITHIN = 60 * 60 * 12
_NEVER = ("csrfmiddlewaretoken", "password")


def new_tab() -> str:
    return str(uuid.uuid4())


def is_tab(words: str) -> bool:
    try:
        return str(uuid.UUID(words)) == words
    except ValueError:
        return False


def owner_mark(user) -> str:
    return signing.dumps(user.pk, salt=_OWNER_SALT)


def owner_of(data) -> int | None:
    """Whose form was sent: also when nobody is logged in any more. The mark stands in no other person's pages."""
    try:
        return signing.loads(data.get(OWNER, ""), salt=_OWNER_SALT)
    except signing.BadSignature:
        return None


def form_behind(path: str):
    """The admin class of a form's address and the number in it, if its input is kept; else None."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return form_of(match)


def form_of(match):
    model_admin = getattr(match.func, "model_admin", None)
    if model_admin is None or not getattr(model_admin, "keeps_input", False):
        return None
    if (match.url_name or "").rpartition("_")[2] not in ("add", "change"):
        return None
    return model_admin, match.kwargs.get("object_id")


# ── Keeping ──────────────────────────────────────────────────────────────────────────────────
def keep(user_id: int, form: str, data: QueryDict) -> UnsavedInput | None:
    """Keep the fields of a form for this person and window. None if that window's form has been saved since."""
    typed = QueryDict(mutable=True)
    for name, values in data.lists():
        if not name.startswith(_NEVER):
            typed.setlist(name, values)
    kept, is_new = UnsavedInput.objects.get_or_create(
        user_id=user_id, form=form[:200], tab=data[TAB], defaults={"data": typed.urlencode()}
    )
    if is_new:
        clear_old()
        return kept
    kept.data, kept.updated_at = typed.urlencode(), timezone.now()
    there = UnsavedInput.objects.filter(pk=kept.pk).exclude(data="")
    return kept if there.update(data=kept.data, updated_at=kept.updated_at) else None


def forget(request):
    """The form in this request is saved: what was kept of it goes. Call it wherever something was saved."""
    if is_tab(tab := request.POST.get(TAB, "")):
        drop(request.user, request.path, tab)


def drop(user, form: str, tab: str):
    """What this window held. An empty line stays behind and refuses messages that come late."""
    keys = {"user_id": user.pk, "form": form[:200], "tab": tab}
    with transaction.atomic():
        kept = UnsavedInput.objects.select_for_update().filter(**keys).first()
        UnsavedInput.objects.update_or_create(**keys, defaults={"data": "", "files": []})
        if kept and kept.files:
            transaction.on_commit(lambda: files.remove(kept.files))
        OpenForm.objects.filter(user_id=user.pk, tab=tab).delete()


def clear_old():
    now = timezone.now()
    old = UnsavedInput.objects.filter(updated_at__lt=now - KEPT_FOR)
    files.remove([file for kept in old for file in kept.files])
    files.clear_old()
    old.delete()
    UnsavedInput.objects.filter(data="", updated_at__lt=now - SAVED_FOR).delete()


# ── Coming back to it ────────────────────────────────────────────────────────────────────────
def kept_input(request) -> UnsavedInput | None:
    """What a request for a form asks to be shown: this person's own, of this very form. Asks once."""
    if not hasattr(request, "_kept_input"):
        number = request.GET.get(SHOW, "") if request.method == "GET" else ""
        mine = UnsavedInput.objects.of(request.user, request.path).offered()
        request._kept_input = mine.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
    return request._kept_input


def typed(request) -> QueryDict | None:
    """What is to be shown in the form instead of what is stored; None for what is stored."""
    if not hasattr(request, "typed"):
        kept = kept_input(request)
        request.typed = QueryDict(kept.data) if kept else None
    return request.typed


def save_mark(kept: UnsavedInput) -> str:
    """For an address that saves just this, for its owner alone, within half a day."""
    return signing.dumps([kept.pk, kept.user_id, kept.updated_at.isoformat()], salt=_SAVE_SALT)


def marked(mark: str) -> tuple[int, int, str] | None:
    """The input, its owner and when it was typed, of such a mark."""
    try:
        return tuple(signing.loads(mark, salt=_SAVE_SALT, max_age=_SAVE_WITHIN))
    except signing.BadSignature:
        return None
