"""What the pages of an import ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, ImportSource
from conference.scope import is_limited, scoped
from conference.tables.limits import LARGEST_FILE, too_large
from sessions_app.imports.choices import Choices

SUFFIXES = (".xml", ".json", ".zip", ".csv", ".tsv", ".xlsx", ".ods")


def _check_size(sent):
    """Before it is kept: nobody reads a larger one."""
    if sent.size > LARGEST_FILE:
        raise forms.ValidationError(too_large(LARGEST_FILE).sentence)


class UploadForm(forms.Form):
    file = forms.FileField(
        max_length=200,
        validators=[_check_size],
        label=_("Datei mit dem Programm"),
        help_text=_(
            "schedule.xml, schedule.json, ein ZIP-Archiv im Format von pyvideo oder eine Tabelle (CSV, XLSX, ODS)."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )


class QuestionsForm(forms.Form):
    """Whom and what of the file the editor recognised is asked beside it, a line each."""

    conference = forms.ModelChoiceField(
        label=_("In welche Konferenz?"), queryset=Conference.objects.none(), required=False
    )
    title = forms.CharField(
        label=_("Titel der neuen Konferenz"),
        max_length=200,
        required=False,
        help_text=_("Nur für eine neue Konferenz. Sie entsteht als Entwurf."),
    )
    grouping = forms.ChoiceField(
        label=_("Was wird eine Veranstaltung?"),
        choices=ImportSource.Grouping.choices,
        widget=forms.RadioSelect,
        help_text=_("In solchen Dateien ist jeder Beitrag einzeln. Gilt für Beiträge, die neu dazukommen."),
    )
    source = forms.CharField(
        label=_("Name der Quelle"),
        max_length=200,
        help_text=_("Daran wird die nächste Fassung derselben Datei erkannt."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["conference"]
        field.queryset = scoped(Conference.objects.order_by("-starts_on", "sort_title"), user)
        may_add = user.has_perm(Conference.permission("add")) and not is_limited(user)
        if not user.has_perm(Conference.permission("change")):
            field.queryset = field.queryset.none()
        field.empty_label = _("Neue Konferenz aus der Datei") if may_add else None
        field.required = not may_add

    def choices(self, data) -> Choices:
        """With what is ticked beside the form, from `data`."""
        cleaned = self.cleaned_data
        return Choices(
            source=" ".join(cleaned["source"].split()),
            grouping=cleaned["grouping"],
            conference=cleaned["conference"],
            title=cleaned["title"],
            people=_pairs(data.getlist("person")),
            talks=_pairs(data.getlist("beitrag")),
            left_out=frozenset(data.getlist("weg")),
            is_fewer_fine="weniger" in data,
        )


def first_answers(programme, user) -> dict:
    """What the form shows at first: as the last time, where this source is known and theirs."""
    name = " ".join((programme.key or programme.title).split())[:200]
    source = ImportSource.objects.filter(name=name).select_related("conference").first()
    answers = {"source": name, "title": programme.title[:200], "grouping": ImportSource.Grouping.OWN}
    if source and scoped(Conference.objects.filter(pk=source.conference_id), user).exists():
        answers |= {"conference": source.conference_id, "grouping": source.grouping}
    return answers


def _pairs(values: list[str]) -> dict[str, str]:
    """ "mark:uuid" as the fields say it; an empty second half is a no."""
    split = (value.partition(":") for value in values)
    return {mark: identity for mark, _colon, identity in split if identity}
