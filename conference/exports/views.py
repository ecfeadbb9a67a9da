"""The staff's pages of listings, and the files."""

from urllib.parse import urlencode

from django.db.models import Count, Value
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from conference.exports import jobs
from conference.exports.access import for_exporters, offered
from conference.exports.choosing import OptionsForm, column_query, is_sent, sent_columns, unknown_columns
from conference.exports.delivery import deliver
from conference.exports.extract import Extract
from conference.exports.preview import first_rows
from conference.exports.writers import FORMATS


@for_exporters
def export_list(request, datasets):
    may_see_drafts = any(dataset.may_see_drafts(request.user) for dataset in datasets)
    form = OptionsForm(request.GET, request.user, may_see_drafts)
    extracts = [form.extract(dataset) for dataset in datasets if dataset.is_offered(request.user)]
    context = {
        "form": form,
        "extracts": _with_counts(extracts),
        "formats": list(FORMATS),
        "jobs": jobs.of(request.user, datasets),
    }
    return render(request, "conference/export_list.html", context)


@for_exporters
def export_detail(request, listing, datasets):
    """What is in the listing, column by column, and how it begins."""
    form, extract = _asked_for(request, listing, datasets)
    if is_sent(request.GET):
        columns, place = sent_columns(request.GET, extract)
        query = urlencode(form.choices | column_query(extract, columns))
        return redirect(f"{request.path}?{query}#{place}")
    preview = first_rows(extract)
    others = [column for column in extract.offered_columns if column not in extract.columns]
    context = {
        "form": form,
        "extract": extract,
        "preview": preview,
        "others": others,
        "unknown": unknown_columns(extract),
        "columns_query": column_query(extract, extract.columns),
        "query": _query(form, extract),
        "formats": [(name, jobs.is_long(extract.dataset, name, preview.count)) for name in FORMATS],
    }
    return render(request, "conference/export_detail.html", context)


@for_exporters
def export_download(request, listing, file_format, datasets):
    if file_format not in FORMATS:
        raise Http404
    form, extract = _asked_for(request, listing, datasets)
    options = form.choices | column_query(extract, extract.columns)
    back = reverse("export_detail", args=[listing])
    return deliver(request, extract, file_format, options, f"{back}?{_query(form, extract)}")


def _asked_for(request, listing, datasets) -> tuple[OptionsForm, Extract]:
    dataset = offered(datasets, listing, request.user)
    form = OptionsForm(request.GET, request.user, dataset.may_see_drafts(request.user))
    if "konferenz" in form.errors:
        raise Http404
    return form, form.extract(dataset)


def _query(form: OptionsForm, extract: Extract) -> str:
    return urlencode(form.choices | column_query(extract, extract.columns), safe=",")


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
