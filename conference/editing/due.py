"""Working copies become public at their moment, with no job that has to run: the next request looks at the clock."""

import threading
import time

from django.conf import settings
from django.utils import timezone

from conference.editing.copies import next_moment, publish_due

# Whether the process is alive is answered without the database.
UNASKED = "/health/"
_known = threading.local()


def forget():
    """Ask anew with the next request of this thread."""
    _known.asked_at, _known.moment = None, None


def rest():
    """As if just asked, and nothing is planned."""
    _known.asked_at, _known.moment = time.monotonic(), None


class DueMiddleware:
    """Before each answer: whatever is due by now is in place.

    The next moment is asked from the database at most once in `DUE_CHECK_SECONDS` by each thread, and compared with
    the clock each time; so a change planned more than that ahead appears with its second.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(UNASKED) and _is_due():
            publish_due()
            forget()
        return self.get_response(request)


def _is_due() -> bool:
    now = time.monotonic()
    asked_at = getattr(_known, "asked_at", None)
    if asked_at is None or now - asked_at >= settings.DUE_CHECK_SECONDS:
        _known.asked_at, _known.moment = now, next_moment()
    return _known.moment is not None and _known.moment <= timezone.now()
