"""A request for review and what becomes of it."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from conference.models import FieldComment, ReviewRequest
from conference.review.telling import tell
from conference.scope import is_own

Decision = ReviewRequest.Decision
BACKEND = "django.contrib.auth.backends.ModelBackend"


def reviewers(record) -> list:
    """Who may publish the record, by name. Some queries."""
    users = get_user_model().objects.with_perm(type(record).permission("publish"), backend=BACKEND)
    users = users.filter(is_staff=True).order_by("last_name", "first_name", "username")
    return [user for user in users.distinct() if is_own(record, user)]


def reviewing_groups(record) -> list[Group]:
    """The groups whose members may publish the record."""
    label, name = type(record).permission("publish").split(".")
    wanted = Q(permissions__content_type__app_label=label, permissions__codename=name)
    return list(Group.objects.filter(wanted).order_by("name").distinct())


def review_address(record) -> str:
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_review", args=[record.pk])


def open_request(record) -> ReviewRequest | None:
    return ReviewRequest.objects.of(record).filter(decision=Decision.OPEN).select_related("author").first()


def ask(record, author, note: str = "", to: str = "") -> ReviewRequest:
    """Hand in for review, to "user:3", "group:2" or everybody who may publish. A second time replaces the first."""
    ReviewRequest.objects.of(record).filter(decision=Decision.OPEN).update(
        decision=Decision.OBSOLETE, decided_at=timezone.now()
    )
    everybody = reviewers(record)
    kind, _colon, number = to.partition(":")
    user = next((each for each in everybody if kind == "user" and str(each.pk) == number), None)
    group = next((each for each in reviewing_groups(record) if kind == "group" and str(each.pk) == number), None)
    request = ReviewRequest.objects.create(
        **ReviewRequest.keys(record), author=author, note=note.strip()[:2000], to_user=user, to_group=group
    )
    if user:
        told = [user]
    elif group:
        members = set(group.user_set.values_list("pk", flat=True))
        told = [each for each in everybody if each.pk in members]
    else:
        told = everybody
    text = _("%(who)s bittet um Freigabe von „%(what)s“.") % {"who": _name(author), "what": record}
    if request.note:
        text = f"{text}\n„{request.note}“"
    tell([each for each in told if each.pk != author.pk], text, review_address(record))
    return request


def settle(record, user, decision: str, answer: str = ""):
    """Close the open request, if there is one, and tell its author unless it is the same person."""
    request = open_request(record)
    if request is None:
        return
    request.decision, request.decided_by, request.decided_at = decision, user, timezone.now()
    request.answer = answer.strip()[:2000]
    request.save()
    if decision == Decision.OBSOLETE or request.author is None or request.author.pk == user.pk:
        return
    words = {
        Decision.PUBLISHED: _("%(who)s hat „%(what)s“ veröffentlicht."),
        Decision.RETURNED: _("%(who)s hat „%(what)s“ zurückgegeben."),
    }[decision]
    text = words % {"who": _name(user), "what": record}
    if request.answer:
        text = f"{text}\n„{request.answer}“"
    if decision == Decision.RETURNED and (count := FieldComment.objects.of(record).filter(resolved_at=None).count()):
        text = f"{text}\n" + _("Offene Anmerkungen zu Feldern: %(count)d") % {"count": count}
    tell([request.author], text, review_address(record))


def open_comments(record):
    return FieldComment.objects.of(record).filter(resolved_at=None).select_related("author")


def _name(user) -> str:
    return user.get_full_name() or user.get_username()
