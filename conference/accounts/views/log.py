"""The log, for those who may read it: to search, to page through, to take away."""

from urllib.parse import urlencode

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from conference.accounts.doors import render
from conference.accounts.log import KINDS, Choice, LogExtract, entries
from conference.exports import download
from conference.scope import is_limited

PERMISSION = "conference.view_log"
PER_PAGE = 50
OFFERED = {"csv": _("Als CSV"), "xlsx": _("Als XLSX")}


class LogForm(forms.Form):
    """What is not understood narrows nothing."""

    person = forms.ModelChoiceField(
        get_user_model().objects.none(), label=_("Person"), required=False, empty_label=_("Alle")
    )
    art = forms.ChoiceField(label=_("Art"), required=False, choices=[("", _("Alle")), *KINDS])
    von = forms.DateField(label=_("Vom"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    bis = forms.DateField(label=_("Bis"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    text = forms.CharField(label=_("Enthält"), required=False, max_length=100)

    def __init__(self, data):
        super().__init__(data, label_suffix="")
        self.fields["person"].queryset = get_user_model().objects.order_by("username")
        for name in ("von", "bis"):
            self.fields[name].widget.format = "%Y-%m-%d"
        self.full_clean()

    def choice(self) -> Choice:
        given = self.cleaned_data
        return Choice(
            given.get("person"), given.get("art", ""), given.get("von"), given.get("bis"), given.get("text", "")
        )

    @property
    def remarks(self) -> list[tuple[str, str]]:
        return [(str(self.fields[name].label), str(value)) for name, value in self.cleaned_data.items() if value]

    @property
    def query(self) -> str:
        return urlencode({name: self.data[name] for name, value in self.cleaned_data.items() if value})


def may_read(user) -> bool:
    """The log names drafts of every conference: it is for those who work on all of them."""
    return user.has_perm(PERMISSION) and not is_limited(user)


def log_list(request):
    if not may_read(request.user):
        raise PermissionDenied
    form = LogForm(request.GET)
    page = Paginator(form.choice().rows(), PER_PAGE).get_page(request.GET.get("seite"))
    return render(
        request,
        "log",
        _("Protokoll"),
        form=form,
        page=page,
        entries=entries(list(page.object_list)),
        pages=page.paginator.get_elided_page_range(page.number),
        formats=OFFERED.items(),
    )


def log_export(request, file_format):
    if not may_read(request.user):
        raise PermissionDenied
    if file_format not in OFFERED:
        raise Http404
    form = LogForm(request.GET)
    return download(LogExtract(form.choice(), form.remarks), file_format)
