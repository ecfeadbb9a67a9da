"""What an editor chooses and notes on the board."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from conference.board.matrix import Matrix, Row
from conference.board.requirement import Checklist, Requirement
from conference.models import Conference, Gap, RequirementSetting

NOBODY, MYSELF = "niemand", "ich"


class ConferenceField(forms.ModelChoiceField):
    def __init__(self, **options):
        options = {"label": _("Konferenz"), "required": False, "to_field_name": "slug", "empty_label": None} | options
        super().__init__(Conference.objects.none(), **options)


class ChoiceForm(forms.Form):
    """In the address. An unknown choice means the first one."""

    konferenz = ConferenceField()

    def __init__(self, data, conferences):
        super().__init__(data, auto_id="%s", label_suffix="")
        self.fields["konferenz"].queryset = conferences
        self.full_clean()

    def chosen(self, name: str):
        return self.cleaned_data.get(name) or ""


class BoardForm(ChoiceForm):
    sortierung = forms.ChoiceField(
        label=_("Reihenfolge"),
        required=False,
        choices=[
            ("", _("wie auf der Website")),
            ("anteil", _("am wenigsten vollständig zuerst")),
            ("frist", _("nächste Frist zuerst")),
        ],
    )
    luecken = forms.BooleanField(label=_("Nur, wo etwas fehlt"), required=False)

    def rows(self, matrix: Matrix) -> list[Row]:
        rows = [row for row in matrix.rows if row.missing or not self.chosen("luecken")]
        if self.chosen("sortierung") == "anteil":
            rows.sort(key=lambda row: row.share)
        elif self.chosen("sortierung") == "frist":
            rows.sort(key=lambda row: (row.next_due is None, row.next_due))
        return rows


class ListForm(ChoiceForm):
    wer = forms.ChoiceField(
        label=_("Wer kümmert sich"),
        required=False,
        choices=[("", _("alle")), (MYSELF, _("nur ich")), (NOBODY, _("noch niemand"))],
    )

    def narrowed(self, gaps: list, user) -> list:
        if self.chosen("wer") == MYSELF:
            return [gap for gap in gaps if gap.cell.owner == user]
        return [gap for gap in gaps if self.chosen("wer") != NOBODY or gap.cell.owner is None]


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return obj.get_full_name() or obj.get_username()


class GapForm(forms.ModelForm):
    """Who sees to it until when, or why it is not needed. Empty takes back what was noted."""

    owner = PersonField(None, label=_("Wer kümmert sich"), required=False, empty_label=_("noch niemand"))

    class Meta:
        model = Gap
        fields = ("owner", "due_on", "note", "is_not_needed")
        widgets = {"due_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}

    def __init__(self, *args, requirement: Requirement, may_release: bool, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        people = get_user_model().objects.filter(is_staff=True, is_active=True)
        self.fields["owner"].queryset = people.order_by("last_name", "first_name", "username")
        self.fields["due_on"].input_formats = ["%Y-%m-%d", "%d.%m.%Y"]
        self.fields["note"].widget.attrs["class"] = "vTextField"
        self.requirement, self.may_release = requirement, may_release

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("is_not_needed"):
            return cleaned
        if not cleaned.get("note", "").strip():
            self.add_error("note", _("Bitte sagen Sie kurz, warum es hier nicht gebraucht wird."))
        if self.requirement.is_required and not self.may_release and not self.initial.get("is_not_needed"):
            words = _("Das ist Pflicht vor der Veröffentlichung. Davon befreien kann nur, wer veröffentlichen darf.")
            self.add_error("is_not_needed", words)
        return cleaned

    def store(self) -> Gap:
        """Save what was noted; where nothing was, keep nothing."""
        if any(self.cleaned_data[name] for name in self.fields):
            keys = {name: getattr(self.instance, name) for name in ("content_type", "object_id", "requirement")}
            return Gap.objects.update_or_create(**keys, defaults=self.cleaned_data)[0]
        if self.instance.pk:
            self.instance.delete()
        return self.instance


class SettingForm(forms.ModelForm):
    """A row of the page of requirements. What is as the house has it is not kept."""

    class Meta:
        model = RequirementSetting
        fields = ("weight", "is_required", "is_off")
        widgets = {"weight": forms.NumberInput(attrs={"min": 0, "max": 99})}

    def __init__(self, data, requirement: Requirement, checklist: Checklist, setting: RequirementSetting | None):
        fresh = RequirementSetting(key=requirement.key, weight=requirement.weight, is_required=requirement.is_required)
        super().__init__(data, instance=setting or fresh, prefix=requirement.key)
        self.requirement, self.checklist = requirement, checklist
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}: {checklist.title}, {requirement.label}"

    def clean_weight(self):
        weight = self.cleaned_data["weight"]
        if weight > 99:
            raise forms.ValidationError(_("Das Gewicht ist eine Zahl von 0 bis 99."))
        return weight

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_off") and cleaned.get("is_required"):
            self.add_error("is_off", _("Was Pflicht ist, kann nicht zugleich nicht verlangt sein."))
        return cleaned

    def store(self):
        own = self.requirement
        values = tuple(self.cleaned_data[name] for name in ("weight", "is_required", "is_off"))
        if values != (own.weight, own.is_required, False):
            self.save()
        elif self.instance.pk:
            self.instance.delete()
