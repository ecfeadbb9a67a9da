"""The staff's pages of statements: which projects there are, and one of them."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.exports import DELIMITERS, FORMATS, ExportRefused, download, for_exporters
from projects_app.models import Project
from sessions_app.models import Contribution
from sessions_app.statements.building import Statement, by_name, codes_of


class StatementForm(forms.Form):
    """Whose code, and from when to when. What makes no sense is said, and narrows nothing."""

    kennzeichen = forms.ChoiceField(label=_("Förderkennzeichen"), required=False)
    von = forms.DateField(label=_("Von"), required=False)
    bis = forms.DateField(label=_("Bis"), required=False)

    def __init__(self, data, codes):
        super().__init__(data, auto_id="%s", label_suffix="")
        self.codes = by_name(codes)
        named = [(name, f"{code.code} ({code.holder})") for name, code in self.codes.items()]
        self.fields["kennzeichen"].choices = [("", _("Alle Kennzeichen des Vorhabens")), *named]
        for name in ("von", "bis"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    def clean(self):
        first, last = self.cleaned_data.get("von"), self.cleaned_data.get("bis")
        if first and last and first > last:
            self.add_error("bis", _("Das Ende liegt vor dem Beginn."))
        return self.cleaned_data

    def statement(self, project: Project) -> Statement:
        self.full_clean()
        given = self.cleaned_data
        return Statement(project, self.codes.get(given.get("kennzeichen")), given.get("von"), given.get("bis"))

    @property
    def query(self) -> str:
        """The choices in force, for the links to the files."""
        return urlencode({name: self.data[name] for name, value in self.cleaned_data.items() if value})


@for_exporters
def statement_list(request):
    """The public projects with their funding codes; `q` finds a name, a code or a partner."""
    projects = list(Project.objects.published().with_relations().by_acronym())
    held = Contribution.objects.published().filter(event__is_cancelled=False)
    presented = set(held.values_list("projects", flat=True))
    words = request.GET.get("q", "").strip()[:100]
    rows = [(project, by_name(codes_of([project])), project.pk in presented) for project in projects]
    found = [row for row in rows if _matches(row, words.casefold())]
    return render(request, "sessions_app/statement_list.html", {"rows": found, "words": words, "all": len(rows)})


def _matches(row, words: str) -> bool:
    project, codes, _is_presented = row
    texts = [project.acronym, project.title, *(text for code in codes.values() for text in (code.code, code.holder))]
    return any(words in text.casefold() for text in texts)


@for_exporters
def statement_detail(request, slug):
    form, statement = _asked_for(request, slug)
    context = {"form": form, "statement": statement, "codes": form.codes.values(), "formats": list(FORMATS)}
    return render(request, "sessions_app/statement_detail.html", context)


@for_exporters
def statement_download(request, slug, file_format):
    if file_format not in FORMATS:
        raise Http404
    form, statement = _asked_for(request, slug)
    if form.errors:
        raise Http404
    try:
        return download(statement.extract(), file_format, DELIMITERS["semikolon"])
    except ExportRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('statement_detail', args=[slug])}?{request.GET.urlencode()}")


def _asked_for(request, slug: str) -> tuple[StatementForm, Statement]:
    """What is public alone is accounted for, whoever asks."""
    project = get_object_or_404(Project.objects.published().with_relations(), slug=slug)
    form = StatementForm(request.GET, codes_of([project]))
    return form, form.statement(project)
