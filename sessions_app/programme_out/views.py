"""The files of a conference's programme. What they hold is public, whoever asks; unchanged ones answer 304."""

from collections.abc import Callable
from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import conditional_page, require_safe

from conference.models import Conference
from sessions_app.interchange.programme import Programme
from sessions_app.interchange.pyvideo import write_pyvideo
from sessions_app.interchange.schedule_json import write_schedule_json
from sessions_app.interchange.schedule_xml import write_schedule_xml
from sessions_app.programme_out.building import programme_of, recordings_of


class Way(NamedTuple):
    content_type: str
    build: Callable[[Conference], Programme]
    write: Callable[[Programme], bytes]
    file_name: str


WAYS = {
    "schedule.xml": Way("application/vnd.c3voc.schedule+xml", programme_of, write_schedule_xml, "schedule.xml"),
    "schedule.json": Way("application/json", programme_of, write_schedule_json, "schedule.json"),
    "pyvideo.zip": Way("application/zip", recordings_of, write_pyvideo, "pyvideo.zip"),
}


@require_safe
@conditional_page
def conference_programme(request, slug, name):
    if name not in WAYS:
        raise Http404
    way = WAYS[name]
    conference = get_object_or_404(Conference.objects.published(), slug=slug)
    response = HttpResponse(way.write(way.build(conference)), content_type=way.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{conference.slug}-{way.file_name}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
