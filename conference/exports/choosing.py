"""What a listing is narrowed to, and which of its columns stand in it: read from an address, written into one."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from conference.exports.extract import Extract
from conference.models import Conference
from conference.publishing import PUBLIC
from conference.records import Column, Dataset

ALL_STATES = "alle"
DELIMITERS = {"semikolon": ";", "komma": ","}
COLUMNS = "spalten"
# What the form of the columns sends; the page answers with an address that says the same in one word.
TICKED, FIRST, UP, DOWN = "spalte", "anfang", "hoch", "runter"
# Of names that are no columns, so many are repeated, so long at most.
MOST_REPEATED, LONGEST_REPEATED = 5, 40


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

    def extract(self, dataset: Dataset) -> Extract:
        wants_all = self.cleaned_data.get("status") == ALL_STATES or dataset.compute
        viewer = self.viewer if wants_all else PUBLIC
        return Extract(dataset, viewer, self.cleaned_data.get("konferenz"), chosen_columns=self.column_keys)

    @property
    def column_keys(self) -> list[str]:
        """As they stand in the address, known or not."""
        return list(dict.fromkeys(filter(None, self.data.get(COLUMNS, "").split(","))))

    @property
    def choices(self) -> dict[str, str]:
        """Those in force, columns aside."""
        return {name: self.data[name] for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        """The choices in force, for the links to the files."""
        return urlencode(self.choices)

    @property
    def delimiter(self) -> str:
        return DELIMITERS.get(self.cleaned_data.get("trennzeichen"), ";")


def column_query(extract: Extract, columns: list[Column]) -> dict[str, str]:
    """How an address says these columns: not at all, if they are all there are, in their order."""
    if not columns or columns == extract.offered_columns:
        return {}
    return {COLUMNS: ",".join(column.key for column in columns)}


def unknown_columns(extract: Extract) -> list[str]:
    """What was asked for and is not there, or not for these eyes."""
    offered = {column.key for column in extract.offered_columns}
    unknown = [key[:LONGEST_REPEATED] for key in extract.chosen_columns if key not in offered]
    return unknown[:MOST_REPEATED]


def is_sent(data) -> bool:
    """Whether the form of the columns was sent, and not an address opened."""
    return any(name in data for name in (TICKED, FIRST, UP, DOWN))


def sent_columns(data, extract: Extract) -> tuple[list[Column], str]:
    """The columns that are ticked, one of them moved by its button; and the button, to which the eye returns."""
    offered = {column.key: column for column in extract.offered_columns}
    keys = [key for key in dict.fromkeys(data.getlist(TICKED)) if key in offered]
    for button, place in ((FIRST, 0), (UP, -1), (DOWN, 1)):
        moved = data.get(button)
        if moved in keys:
            here = keys.index(moved)
            there = place if button == FIRST else min(max(here + place, 0), len(keys) - 1)
            keys.insert(there, keys.pop(here))
            return [offered[key] for key in keys], f"{button}-{moved}"
    return [offered[key] for key in keys], "spalten"
