"""How a listing gets to whoever asked: at once, or prepared beside a page that waits for it."""

from django.contrib import messages
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from conference.exports import jobs
from conference.exports.choosing import DELIMITERS
from conference.exports.extract import Extract
from conference.exports.writers import FORMATS, ExportRefused, TooLong
from conference.exports.writers.pdf import MOST_ROWS


def deliver(request, extract: Extract, file_format: str, options: dict, back: str):
    """The file; for a long one the page that offers to prepare it, and when that is sent, the page that waits.

    `options` are what was chosen, as in the address; rows that were chosen one by one are added to them. What is
    refused is said at the address `back`.
    """
    try:
        if file_format == "pdf" and extract.count() > MOST_ROWS:
            raise TooLong(extract.count(), MOST_ROWS)
        if not jobs.takes_long(extract, file_format):
            return download(extract, file_format, DELIMITERS.get(options.get("trennzeichen"), ";"))
        if request.method != "POST":
            context = {"dataset": extract.dataset, "file_format": file_format, "rows": extract.count(), "back": back}
            return render(request, "conference/export_job.html", context | {"state": "new"})
        if extract.chosen is not None:
            options = {"zeilen": extract.keys(), "hinweise": [list(pair) for pair in extract.remarks]}
        job = jobs.start(request.user, extract, file_format, options)
    except ExportRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    return redirect("export_job", job.uuid)


def download(extract: Extract, file_format: str, delimiter: str = ";"):
    """The answer that carries the file. CSV and JSON leave while they are made; the others when they are complete."""
    written = FORMATS[file_format].write(extract, delimiter)
    response = FileResponse(written) if hasattr(written, "read") else StreamingHttpResponse(written)
    return as_file(response, file_format, extract.file_name(file_format))


def as_file(response, file_format: str, name: str):
    """Named, to be saved, and kept by nobody on the way."""
    response.headers["Content-Type"] = FORMATS[file_format].content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
