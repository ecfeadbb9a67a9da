"""The programme in the form of an event: its contributions, and in each of them its people, as rows in rows."""

from django import forms
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.admin.lean import (
    LeanCheckbox,
    LeanChoice,
    LeanChoices,
    LeanForm,
    LeanFormSet,
    LeanHidden,
    LeanInput,
    LeanNumber,
    LeanRows,
    LeanSelect,
    LeanText,
    LeanTime,
)
from conference.admin.rows import NamingRows, OrderedStack, RowForm
from sessions_app.models import Appearance, Contribution

LINE = {"class": "vTextField"}


# ── The people of a contribution ─────────────────────────────────────────────────────────────
class _Note(forms.BooleanField):
    """Said by the script, and no change of the row."""

    def has_changed(self, initial, data):
        return False


class PersonForm(LeanForm, RowForm):
    placed = ("speaker", "role", "organisations", "office", "affiliation_text", "is_former")

    # The editor has seen the organisations suggested: what is empty now is meant to be.
    is_suggested = _Note(required=False, widget=LeanHidden)

    def clean(self):
        """A person newly chosen brings her organisations along, where nothing else is said."""
        cleaned = super().clean()
        speaker = cleaned.get("speaker")
        is_told = cleaned.get("organisations") or cleaned.get("affiliation_text") or cleaned.get("is_suggested")
        if speaker and "speaker" in self.changed_data and "organisations" in cleaned and not is_told:
            cleaned["organisations"] = speaker.organisations.by_name()
        return cleaned

    def _get_validation_exclusions(self):
        """That everybody appears once is for all rows together to say; that the person is there, the field has."""
        return super()._get_validation_exclusions() | {"contribution", "speaker"}

    def _post_clean(self):
        forms.ModelForm._post_clean(self)

    @property
    def name(self):
        """Whom the row shows, for its heading."""
        return self.instance.speaker if self.instance.speaker_id else ""


class PersonRows(LeanFormSet, NamingRows):
    """Its rows come with their contribution, already loaded."""

    def get_queryset(self):
        if not hasattr(self, "_queryset"):
            loaded = getattr(self.instance, "_prefetched_objects_cache", {})
            self._queryset = list(loaded["appearances"]) if "appearances" in loaded else super().get_queryset()
            # Before the rows are filled with what was sent.
            self.stored = [(row.pk, row.speaker_id) for row in self._queryset]
        return self._queryset

    def validate_unique(self):
        """Everybody once, as the rows will stand when those to be removed are gone."""
        going = {form.instance.pk for form in self.deleted_forms}
        stored = {speaker: number for number, speaker in self.stored if number not in going}
        seen = set()
        for form in self.forms:
            speaker = getattr(form, "cleaned_data", {}).get("speaker")
            if speaker is None or form in self.deleted_forms:
                continue
            if speaker.pk in seen:
                form.add_error("speaker", _("Diese Person ist in dem Beitrag schon eingetragen."))
            elif stored.get(speaker.pk, form.instance.pk) != form.instance.pk:
                words = _("Diese Person steht bisher in einer anderen Zeile. Ordnen Sie die Zeilen mit den Pfeilen.")
                form.add_error("speaker", words)
            seen.add(speaker.pk)

    def save_existing_objects(self, commit=True):
        """First those that go, so that another row may take their person."""
        for form in self.deleted_forms:
            if commit and form.instance.pk:
                self.delete_existing(form.instance)
        return super().save_existing_objects(commit)


class PersonInline(LeanRows, OrderedStack):
    model = Appearance
    form = PersonForm
    formset = PersonRows
    fields = ("speaker", "role", "organisations", "office", "affiliation_text", "is_former", "position")
    autocomplete_fields = ("speaker", "organisations")
    lean = {
        "speaker": LeanChoice,
        "role": LeanInput(LINE),
        "organisations": LeanChoices,
        "office": LeanInput(LINE),
        "affiliation_text": LeanInput(LINE),
        "is_former": LeanCheckbox,
        "position": LeanNumber({"min": 0}),
    }
    add_words = {"speaker": _("＋ Neue Person")}


# ── The contributions of an event ────────────────────────────────────────────────────────────
class ContributionForm(LeanForm, RowForm):
    placed = ("title", "kind", "start_time", "duration", "abstract")

    # The formset of its people, which its own formset puts here.
    people = None

    @property
    def changed_data(self):
        own = super().changed_data
        return [*own, str(_("Personen"))] if self.people.is_bound and self.people.has_changed() else own

    def has_changed(self):
        """A row that did not come back at all is one the editor took away before it was saved."""
        fields = (self.add_prefix(name) for name in ("title", "position"))
        if self.instance._state.adding and not any(name in self.data for name in fields):
            return False
        return super().has_changed()

    def _post_clean(self):
        forms.ModelForm._post_clean(self)
        if self.people.is_bound and not self.people.is_valid():
            self.add_error(None, _("Bitte prüfen Sie die Personen dieses Beitrags."))

    def _save_m2m(self):
        super()._save_m2m()
        if self.people.is_bound:
            self.people.save()

    @property
    def is_open(self) -> bool:
        return self.instance._state.adding or bool(self.is_bound and self.errors)

    @property
    def names(self) -> str:
        """Who appears, for the heading of the closed row."""
        return ", ".join(row.speaker.name for row in self.people.get_queryset())


class ContributionRows(LeanFormSet, NamingRows):
    # The class of the formsets inside, for this request.
    people = None

    def add_fields(self, form, index):
        super().add_fields(form, index)
        prefix = f"{form.prefix}-appearances"
        # A form from before there were people in it, or a machine's: leaves them as they are.
        sent = {"data": self.data, "files": self.files} if f"{prefix}-TOTAL_FORMS" in self.data else {}
        form.people = self.people(instance=form.instance, prefix=prefix, names=self.names, **sent)
        form.people.extra = 0 if form.people.get_queryset() else 1

    @property
    def empty_person(self):
        return self.empty_form.people.empty_form


class ContributionInline(LeanRows, OrderedStack):
    model = Contribution
    form = ContributionForm
    formset = ContributionRows
    template = "admin/edit_inline/programme.html"
    fields = ("title", "kind", "start_time", "duration", "abstract", "position")
    extra_when_new = 2
    lean = {
        "title": LeanInput(LINE),
        "kind": LeanSelect,
        "start_time": LeanTime(format="%H:%M", attrs={"size": 6}),
        "duration": LeanInput({"size": 8}),
        "abstract": LeanText({"rows": 4, "class": "later"}),
        "position": LeanNumber({"min": 0}),
    }

    class Media:
        js = ("js/admin/programme.js",)

    def get_queryset(self, request):
        people = Appearance.objects.select_related("speaker").prefetch_related("organisations")
        return super().get_queryset(request).in_order().prefetch_related(Prefetch("appearances", people))

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        inline = PersonInline(self.model, self.admin_site)
        formset.people = inline.get_formset(request, None)
        formset.may_change_people = inline.has_change_permission(request)
        formset.may_add_people = inline.has_add_permission(request, None)
        formset.editor_settings = _editor_settings()
        formset.known_url = reverse("admin:known_organisations", args=["__key__"])
        return formset


def _editor_settings() -> str:
    """What the text editor of a description is to offer, told once for all of them."""
    widget = Contribution._meta.get_field("abstract").formfield().widget
    attrs = widget.get_context("abstract", "", {})["widget"]["attrs"]
    return attrs["data-django-prose-editor-configurable"]
