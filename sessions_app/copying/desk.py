"""The pages on which an event or a conference is copied."""

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, Theme
from conference.scope import scoped
from sessions_app.copying.copies import Kept, copy_conference, copy_event
from sessions_app.models import Event


class EventCopyForm(forms.Form):
    conference = forms.ModelChoiceField(label=_("In welche Konferenz?"), queryset=Conference.objects.none())
    date = forms.DateField(label=_("An welchem Tag?"), widget=AdminDateWidget)
    people = forms.BooleanField(label=_("Mit den Personen der Beiträge"), required=False, initial=True)


class ConferenceCopyForm(forms.Form):
    title = forms.CharField(label=_("Titel der neuen Konferenz"), max_length=200)
    date = forms.DateField(
        label=_("Erster Tag"), widget=AdminDateWidget, help_text=_("Alle Termine rücken um gleich viele Tage.")
    )
    contributions = forms.BooleanField(label=_("Mit den Beiträgen"), required=False, initial=True)
    people = forms.BooleanField(label=_("Mit den Personen der Beiträge"), required=False)


def urls(site):
    def at(address, view, name):
        return path(address, site.admin_view(lambda request, number: view(request, site, number)), name=name)

    return [
        at("kopieren/veranstaltung/<int:number>/", event_copy, "event_copy"),
        at("kopieren/konferenz/<int:number>/", conference_copy, "conference_copy"),
    ]


def _source(request, site, model, number, made):
    """What is copied: seen by who copies, who may also add each of what is `made`."""
    record = get_object_or_404(model._base_manager, pk=number)
    if not site._registry[model].has_view_permission(request, record):
        raise PermissionDenied
    if not all(site._registry[kind].has_add_permission(request) for kind in made):
        raise PermissionDenied
    return record


def event_copy(request, site, number):
    event = _source(request, site, Event, number, [Event])
    form = EventCopyForm(request.POST or None, initial={"conference": event.conference_id, "date": event.date})
    form.fields["conference"].queryset = scoped(Conference.objects.order_by("-starts_on"), request.user)

    def make(cleaned):
        kept = Kept(people=cleaned["people"])
        return copy_event(event, request.user, cleaned["date"], cleaned["conference"], kept)

    return _answer(request, site, event, form, make)


def conference_copy(request, site, number):
    conference = _source(request, site, Conference, number, [Conference, Theme, Event])
    form = ConferenceCopyForm(request.POST or None, initial={"title": conference.title})

    def make(cleaned):
        kept = Kept(contributions=cleaned["contributions"], people=cleaned["people"])
        return copy_conference(conference, request.user, cleaned["title"], cleaned["date"], kept)

    return _answer(request, site, conference, form, make)


def _answer(request, site, record, form, make):
    if request.method == "POST" and form.is_valid():
        try:
            run = make(form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        except OverflowError:
            form.add_error("date", _("So weit lassen sich die Termine nicht verschieben."))
        else:
            meta = record._meta
            messages.success(request, _("Die Kopie ist angelegt, als Entwurf. Sie lässt sich im Ganzen zurücknehmen."))
            made = run.changes[0]["pk"]
            return HttpResponseRedirect(reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[made]))
    context = {
        **site.each_context(request),
        "title": _("Kopieren"),
        "record": record,
        "opts": record._meta,
        "form": form,
        "media": site._registry[type(record)].media + form.media,
        "back": reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk]),
    }
    return TemplateResponse(request, "admin/copying/copy.html", context)
