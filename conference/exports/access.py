"""Who may take listings away, and which."""

import functools

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import resolve_url

from conference.records import Dataset

PERMISSION = "conference.export_listings"


def for_exporters(view):
    """Login for strangers, 403 for staff without the right to take listings."""

    @functools.wraps(view)
    def guarded(request, *args, **kwargs):
        if not (request.user.is_active and request.user.is_staff):
            return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def offered(datasets, listing: str, user) -> Dataset:
    """The listing of that name. Raises Http404, or PermissionDenied where it is not for `user`."""
    dataset = next((dataset for dataset in datasets if dataset.name == listing), None)
    if dataset is None:
        raise Http404
    if not dataset.is_offered(user):
        raise PermissionDenied
    return dataset
