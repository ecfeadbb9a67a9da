"""Where editors make and revoke preview links."""

from django import forms
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference.models import PreviewLink
from conference.publishing import Publishable
from conference.sharing.links import DAYS, MOST_DAYS, address, make_link, revoke


class LinkForm(forms.Form):
    recipient = forms.CharField(label=_("Für wen"), max_length=160, help_text=_("Damit Sie ihn später wiedererkennen."))
    days = forms.IntegerField(
        label=_("Gilt wie viele Tage?"), min_value=1, max_value=MOST_DAYS, initial=DAYS, help_text=_("Höchstens 90.")
    )


def urls(site):
    return [
        path(
            "vorschau-links/<int:kind>/<int:number>/",
            site.admin_view(lambda request, **named: share_list(request, site, **named)),
            name="share_list",
        )
    ]


def share_address(record) -> str:
    return reverse("admin:share_list", args=[ContentType.objects.get_for_model(record).pk, record.pk])


def share_list(request, site, kind, number):
    """The links of one record; a new one; one taken back."""
    model = get_object_or_404(ContentType, pk=kind).model_class()
    if model is None or not issubclass(model, Publishable) or not hasattr(model, "get_absolute_url"):
        raise Http404
    record = get_object_or_404(model._base_manager, pk=number)
    if not site.get_model_admin(model).has_change_permission(request, record):
        raise PermissionDenied
    form = LinkForm(request.POST if "_make" in request.POST else None)
    if request.method == "POST":
        if "_revoke" in request.POST:
            link = PreviewLink.objects.of(record).filter(uuid=_uuid(request.POST["_revoke"])).first()
            if link:
                revoke(link)
                messages.success(request, _("Der Link gilt ab sofort nicht mehr."))
            return HttpResponseRedirect(request.path)
        if form.is_valid():
            make_link(record, request.user, form.cleaned_data["recipient"], form.cleaned_data["days"])
            words = _("Der Link ist angelegt. Kopieren und verschicken Sie ihn; er zeigt nur diese Seite.")
            messages.success(request, words)
            return HttpResponseRedirect(request.path)
    links = list(PreviewLink.objects.of(record).select_related("created_by"))
    now = timezone.now()
    for link in links:
        link.is_valid = link.revoked_at is None and link.expires_at > now
        link.address = request.build_absolute_uri(address(link)) if link.is_valid else ""
    meta = model._meta
    context = {
        **site.each_context(request),
        "title": _("Vorschau für andere"),
        "record": record,
        "opts": meta,
        "form": form,
        "links": links,
        "back": reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk]),
    }
    return TemplateResponse(request, "admin/sharing/list.html", context)


def _uuid(text: str):
    field = PreviewLink._meta.get_field("uuid")
    try:
        return field.to_python(text)
    except forms.ValidationError as error:
        raise Http404 from error
