"""What is chosen on the desk: which listing goes out, and which one a file is."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from conference.exports import DELIMITERS, FORMATS
from conference.models import Conference
from conference.roundtrip.editable import Editable
from conference.scope import scoped
from conference.tables.limits import LARGEST_FILE, too_large

# How a file can go out: the name of its format, and what stands between the cells.
WAYS = {
    "xlsx": ("xlsx", "", _("Excel (XLSX)")),
    "ods": ("ods", "", _("LibreOffice (ODS)")),
    "csv": ("csv", DELIMITERS["semikolon"], _("CSV mit Semikolon")),
    "csv-komma": ("csv", DELIMITERS["komma"], _("CSV mit Komma")),
    "json": ("json", "", _("JSON")),
}


class _ListingForm(forms.Form):
    liste = forms.ChoiceField(label=_("Liste"))

    def __init__(self, listings: list[Editable], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.listings = {listing.name: listing for listing in listings}
        self.fields["liste"].choices = [(each.name, capfirst(each.title)) for each in listings]

    @property
    def listing(self) -> Editable:
        return self.listings[self.cleaned_data["liste"]]


class DownloadForm(_ListingForm):
    konferenz = forms.ModelChoiceField(
        Conference.objects.none(),
        label=_("Konferenz"),
        required=False,
        to_field_name="slug",
        empty_label=_("Alle Konferenzen"),
    )
    form = forms.ChoiceField(label=_("Format"))

    def __init__(self, listings: list[Editable], user, *args, **kwargs):
        super().__init__(listings, *args, auto_id="aus-%s", **kwargs)
        seen = Conference.objects.visible_to(user).latest_first()
        self.fields["konferenz"].queryset = scoped(seen, user)
        self.fields["form"].choices = [(name, way[2]) for name, way in WAYS.items() if way[0] in FORMATS]


def _check_size(sent):
    """Before it is kept: nobody reads a larger one."""
    if sent.size > LARGEST_FILE:
        raise forms.ValidationError(too_large(LARGEST_FILE).sentence)


class UploadForm(_ListingForm):
    datei = forms.FileField(label=_("Datei"), max_length=200, validators=[_check_size])

    def __init__(self, listings: list[Editable], *args, **kwargs):
        super().__init__(listings, *args, auto_id="ein-%s", **kwargs)
        self.fields["datei"].widget.attrs["accept"] = ".csv,.xlsx,.ods,.json"
