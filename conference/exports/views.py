"""The staff's page of listings, and the files."""

import functools
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Value
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext_lazy as _

from conference.exports.extract import Extract
from conference.exports.writers import FORMATS
from conference.models import Conference
from conference.publishing import PUBLIC

PERMISSION = "conference.export_listings"
ALL_STATES = "alle"
DELIMITERS = {"semikolon": ";", "komma": ","}


class OptionsForm(forms.Form):
    """What the listings are narrowed to. An unknown choice means the first one; a conference out of sight is none."""

    konferenz = forms.ModelChoiceField(
        Conference.objects.none(),
        label=_("Konferenz"),
        required=False,
        to_field_name="slug",
        empty_label=_("Alle Konferenzen"),
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("Nur Veröffentlichtes")),
            (ALL_STATES, _("Auch Unveröffentlichtes")),
        ],
    )
    trennzeichen = forms.ChoiceField(
        label=_("Trennzeichen in CSV"),
        required=False,
        choices=[("", _("Semikolon (deutsches Excel)")), ("komma", _("Komma"))],
    )

    def __init__(self, data, viewer, may_see_drafts: bool):
        super().__init__(data, auto_id="%s", label_suffix="")
        self.viewer = viewer
        self.fields["konferenz"].queryset = Conference.objects.visible_to(viewer).latest_first()
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"
        if not may_see_drafts:
            del self.fields["status"]
        self.full_clean()

    def extract(self, dataset) -> Extract:
        wants_all = self.cleaned_data.get("status") == ALL_STATES or dataset.compute
        return Extract(dataset, self.viewer if wants_all else PUBLIC, self.cleaned_data.get("konferenz"))

    @property
    def query(self) -> str:
        """The choices in force, for the links to the files."""
        return urlencode({name: self.data[name] for name, value in self.cleaned_data.items() if value})

    @property
    def delimiter(self) -> str:
        return DELIMITERS.get(self.cleaned_data.get("trennzeichen"), ";")


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


@for_exporters
def export_list(request, datasets):
    may_see_drafts = any(dataset.may_see_drafts(request.user) for dataset in datasets)
    form = OptionsForm(request.GET, request.user, may_see_drafts)
    extracts = [form.extract(dataset) for dataset in datasets if dataset.is_offered(request.user)]
    context = {"form": form, "extracts": _with_counts(extracts), "formats": list(FORMATS)}
    return render(request, "conference/export_list.html", context)


@for_exporters
def export_download(request, listing, file_format, datasets):
    dataset = next((dataset for dataset in datasets if dataset.name == listing), None)
    if dataset is None or file_format not in FORMATS:
        raise Http404
    if not dataset.is_offered(request.user):
        raise PermissionDenied
    form = OptionsForm(request.GET, request.user, dataset.may_see_drafts(request.user))
    if "konferenz" in form.errors:
        raise Http404
    return download(form.extract(dataset), file_format, form.delimiter)


def download(extract: Extract, file_format: str, delimiter: str = ";"):
    """The answer that carries the file. CSV and JSON leave while they are made; XLSX when it is complete."""
    written = FORMATS[file_format].write(extract, delimiter)
    response = FileResponse(written) if hasattr(written, "read") else StreamingHttpResponse(written)
    response.headers["Content-Type"] = FORMATS[file_format].content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{extract.file_name(file_format)}"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _with_counts(extracts: list[Extract]) -> list[tuple[Extract, int | None]]:
    """How many rows each will have, in one query; None where they would have to be computed."""
    counts = [
        extract.rows().order_by().values(listing=Value(extract.dataset.name)).annotate(count=Count("pk", distinct=True))
        for extract in extracts
        if not extract.dataset.compute
    ]
    first, *others = counts
    found = {row["listing"]: row["count"] for row in first.union(*others, all=True)}
    return [(extract, None if extract.dataset.compute else found.get(extract.dataset.name, 0)) for extract in extracts]
