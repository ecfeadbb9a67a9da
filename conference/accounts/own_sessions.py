"""Where somebody is logged in: noted at the log-in, seen once a minute, ended when they say so."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone

from conference.accounts.browsers import network
from conference.models import OwnSession
from conference.security import client_address

# In a session: since when. Only sessions that came in through our door have it.
ARRIVED = "arrived_at"
EVERY = 60


def digest(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()


def note_arrival(request, user):
    """A row for this session; after a change of its key, under the new one."""
    request.session.setdefault(ARRIVED, timezone.now().isoformat())
    if not request.session.session_key:
        request.session.save()
    fields = {
        "user": user,
        "created_at": datetime.fromisoformat(request.session[ARRIVED]),
        "last_seen_at": timezone.now(),
        "user_agent": request.headers.get("User-Agent", "")[:300],
        "network": network(client_address(request)),
    }
    OwnSession.objects.update_or_create(digest=digest(request.session.session_key), defaults=fields)
    # Nobody has been seen there for longer than a session lives.
    dead = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    OwnSession.objects.filter(last_seen_at__lt=dead).delete()


class SeenMiddleware:
    """Once a minute, and only for those who are logged in: no query and no cookie for the public."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        session = request.session
        # Looked at only where the page itself did: whoever looks makes the answer vary by cookie.
        if session.accessed and session.session_key and session.get(ARRIVED):
            mark = digest(session.session_key)
            if cache.add(f"seen:{mark}", 1, EVERY):
                OwnSession.objects.filter(digest=mark).update(last_seen_at=timezone.now())
        return response


def sessions_of(user) -> list[OwnSession]:
    """Those that still run; what has ended by itself is forgotten on the way."""
    rows = list(OwnSession.objects.filter(user=user))
    running = {digest(key) for key in _running_keys()} if rows else set()
    OwnSession.objects.filter(pk__in=[row.pk for row in rows if row.digest not in running]).delete()
    return [row for row in rows if row.digest in running]


def is_current(row: OwnSession, request) -> bool:
    return bool(request.session.session_key) and row.digest == digest(request.session.session_key)


def end(rows):
    """At once: their next request comes from nobody. The table of sessions is short, the public has none."""
    ended = {row.digest for row in rows}
    for key in _running_keys() if ended else ():
        if digest(key) in ended:
            SessionStore(key).delete()
    OwnSession.objects.filter(digest__in=ended).delete()


def end_others(request, user) -> int:
    others = [row for row in OwnSession.objects.filter(user=user) if not is_current(row, request)]
    end(others)
    return len(others)


def end_all(user):
    end(OwnSession.objects.filter(user=user))


def _running_keys():
    return Session.objects.filter(expire_date__gt=timezone.now()).values_list("session_key", flat=True)
