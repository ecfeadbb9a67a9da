"""The page that waits for a long listing, and the file when it is there."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from conference.exports import jobs
from conference.exports.access import for_exporters, offered
from conference.exports.delivery import as_file
from conference.exports.writers import ExportRefused
from conference.models import ExportJob


@for_exporters
def export_job(request, uuid, datasets):
    """Whoever ordered it sees how it stands, and may order it once more."""
    job, dataset = _own_job(request, uuid, datasets)
    state, message = jobs.state_of(job, request.user)
    if request.method == "POST" and state == ExportJob.State.FAILED:
        return _start_again(request, job, dataset)
    size = jobs.path_of(job).stat().st_size if state == ExportJob.State.DONE else 0
    context = {"job": job, "dataset": dataset, "file_format": job.file_format}
    context |= {"state": state, "message": message, "size": size}
    response = render(request, "conference/export_job.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _start_again(request, job, dataset):
    options = {name: value for name, value in job.options.items() if name != "rechte"}
    try:
        extract = jobs.extract_for(dataset, job.options, request.user)
        again = jobs.start(request.user, extract, job.file_format, options)
    except ExportRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("export_job", job.uuid)
    if again != job:
        job.delete()
    return redirect("export_job", again.uuid)


@for_exporters
def export_job_file(request, uuid, datasets):
    job, _dataset = _own_job(request, uuid, datasets)
    state, _message = jobs.state_of(job, request.user)
    if state != ExportJob.State.DONE:
        raise Http404
    name = f"{job.listing}-{timezone.localtime(job.created_at):%Y-%m-%d}.{job.file_format}"
    return as_file(FileResponse(jobs.path_of(job).open("rb")), job.file_format, name)


def _own_job(request, uuid, datasets):
    job = get_object_or_404(ExportJob, uuid=uuid, user=request.user)
    return job, offered(datasets, job.listing, request.user)
