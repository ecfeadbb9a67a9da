"""Preview links: what makes one valid, and where it leads."""

import datetime

from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from conference.models import PreviewLink

SALT = "conference.sharing.links"
DAYS, MOST_DAYS = 14, 90
# How exactly it is noted that somebody looked.
NOTED_EVERY = datetime.timedelta(minutes=1)


def signature(uuid) -> str:
    return signing.Signer(salt=SALT).signature(str(uuid))


def address(link: PreviewLink) -> str:
    return reverse("shared_page", args=[link.uuid, signature(link.uuid)])


def valid_link(uuid, given: str) -> PreviewLink | None:
    """The link, if its signature is ours, its time is not over and nobody took it back. One query."""
    if not constant_time_compare(signature(uuid), given):
        return None
    link = PreviewLink.objects.filter(uuid=uuid, revoked_at=None).first()
    return link if link and link.expires_at > timezone.now() else None


def note_use(link: PreviewLink):
    """When it was last opened; at most once a minute, so that a page and its pictures are one visit."""
    now = timezone.now()
    if link.last_used_at is None or now - link.last_used_at > NOTED_EVERY:
        PreviewLink.objects.filter(pk=link.pk).update(last_used_at=now)


def make_link(record, user, recipient: str, days: int) -> PreviewLink:
    return PreviewLink.objects.create(
        **PreviewLink.keys(record),
        recipient=recipient,
        created_by=user,
        expires_at=timezone.now() + datetime.timedelta(days=days),
    )


def revoke(link: PreviewLink):
    PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
