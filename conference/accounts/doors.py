"""Decorators of the account pages: who may come, and whether they have just proved who they are."""

import functools
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.shortcuts import render as render_template
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from conference.accounts.arrival import arriving, is_confirmed, is_locked_out, setting_up


def render(request, template: str, title: str, **context) -> HttpResponse:
    """A page in the frame of the admin; without menu for those who are not in yet."""
    frame = admin.site.each_context(request)
    if not frame["has_permission"]:
        frame["is_nav_sidebar_enabled"] = False
    request.current_app = admin.site.name
    return render_template(request, f"admin/accounts/{template}.html", {**frame, "title": title, **context})


def for_arriving(view):
    """Between password and second factor; `request.arrival` says who. Too many wrong ones close this door too."""

    @never_cache
    @sensitive_post_parameters()
    @functools.wraps(view)
    def guarded(request, *args, **kwargs):
        request.arrival = arriving(request)
        if request.arrival is None:
            return redirect("admin:login")
        if request.method == "POST" and is_locked_out(request, request.arrival.user):
            return HttpResponse(status=429)
        return view(request, *args, **kwargs)

    return guarded


def for_owner(view):
    """For the pages where factors are set up: people who are in and have just proved who they are, and those who
    must set up their first one to come in. `request.owner` is whose factors these are.
    """

    @never_cache
    @sensitive_post_parameters()
    @functools.wraps(view)
    def guarded(request, *args, **kwargs):
        request.arrival = None
        if admin.site.has_permission(request):
            request.owner = request.user
            return view(request, *args, **kwargs) if is_confirmed(request) else to_confirmation(request)
        request.arrival = setting_up(request)
        if request.arrival is None:
            return redirect("admin:login")
        request.owner = request.arrival.user
        return view(request, *args, **kwargs)

    return guarded


def confirmed(view):
    """Within an `admin_view`: only shortly after they proved who they are."""

    @functools.wraps(view)
    def guarded(request, *args, **kwargs):
        return view(request, *args, **kwargs) if is_confirmed(request) else to_confirmation(request)

    return guarded


def to_confirmation(request) -> HttpResponseRedirect:
    """And back: to the same page; what was posted has to be sent once more."""
    target = request.path if request.method == "GET" else reverse("admin:account")
    return HttpResponseRedirect(f"{reverse('admin:account_confirm')}?{urlencode({'next': target})}")
