"""Who stands before us, with every request: loaded with what the gate must know, in one query."""

from asgiref.sync import sync_to_async
from django.contrib.auth import get_user, get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.utils.functional import SimpleLazyObject

from conference.accounts.factors import demanded, is_demanded_of

# In a session: that a second factor was shown.
FACTOR = "second_factor"


class StaffBackend(ModelBackend):
    """Django's own, and of the same query whether a second factor is demanded and which conferences are theirs."""

    def get_user(self, user_id):
        people = get_user_model()._default_manager.select_related("editor_scope").annotate(must_confirm=demanded())
        user = people.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class GateMiddleware(AuthenticationMiddleware):
    """Of whom a second factor is demanded and who has not shown one is nobody: in the admin, on every other page."""

    def process_request(self, request):
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _admitted(request))
        request.auser = lambda: sync_to_async(_admitted)(request)


def _admitted(request):
    if not hasattr(request, "_admitted_user"):
        user = get_user(request)
        must_wait = user.is_authenticated and is_demanded_of(user) and not request.session.get(FACTOR)
        request._admitted_user = AnonymousUser() if must_wait else user
    return request._admitted_user
