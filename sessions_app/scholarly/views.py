"""Records to take away: of a recording, of a conference, of a conference with all its recordings."""

from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.http import conditional_page, require_safe

from sessions_app.scholarly.datacite_json import as_json
from sessions_app.scholarly.datacite_xml import as_xml
from sessions_app.scholarly.loading import catalogued_conferences, catalogued_videos, load_conferences, load_videos
from sessions_app.scholarly.of_conference import conference_record
from sessions_app.scholarly.of_video import video_record
from sessions_app.scholarly.package import package
from sessions_app.scholarly.record import Record

_FORMS = {
    "xml": (as_xml, "application/vnd.datacite.datacite+xml; charset=utf-8"),
    "json": (as_json, "application/vnd.datacite.datacite+json"),
}


@require_safe
@conditional_page
def video_datacite(request, slug, file_format):
    found = load_videos(catalogued_videos().filter(slug=slug))
    return _answer([video_record(video) for video in found], slug, file_format)


@require_safe
@conditional_page
def conference_datacite(request, slug, file_format):
    found = load_conferences(catalogued_conferences().filter(slug=slug))
    return _answer([conference_record(conference) for conference in found], slug, file_format)


@require_safe
def conference_datacite_zip(request, slug):
    for conference in load_conferences(catalogued_conferences().filter(slug=slug)):
        response = FileResponse(package(conference), as_attachment=True, filename=f"datacite-{slug}.zip")
        response["X-Robots-Tag"] = "noindex"
        return response
    raise Http404


def _answer(records: list[Record], slug: str, suffix: str) -> HttpResponse:
    """Search engines shall find the page, not this."""
    if suffix not in _FORMS or not records:
        raise Http404
    write, content_type = _FORMS[suffix]
    response = HttpResponse(write(records[0]), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="datacite-{slug}.{suffix}"'
    response["X-Robots-Tag"] = "noindex"
    return response
