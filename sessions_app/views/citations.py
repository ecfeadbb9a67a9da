"""Citations to take away: of a passage, recording, event, contribution or material, in the form the address names."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from conference.models import Material
from sessions_app.citations import FORMATS, Citation
from sessions_app.models import Contribution, Event, Video
from sessions_app.quotations import cite_contribution, cite_event, cite_material, in_words
from sessions_app.video_page import VideoPage

_BY_SUFFIX = {form.suffix: form for form in FORMATS.values()}


def video_citation(request, slug, file_format):
    videos = Video.objects.visible_to(request.user).with_poster().with_recording()
    return _answer(VideoPage(get_object_or_404(videos, slug=slug), request.user, request.GET).citation, file_format)


def event_citation(request, conference, slug, file_format):
    events = Event.objects.visible_to(request.user).in_series(conference).select_related("conference")
    return _answer(cite_event(get_object_or_404(events, slug=slug)), file_format)


def contribution_citation(request, conference, slug, anchor, file_format):
    events = Event.objects.visible_to(request.user).in_series(conference)
    contributions = Contribution.objects.with_event(request.user).filter(event=get_object_or_404(events, slug=slug))
    return _answer(cite_contribution(_anchored(contributions, anchor)), file_format)


def material_citation(request, slug, file_format):
    materials = Material.objects.visible_to(request.user)
    return _answer(cite_material(get_object_or_404(materials, slug=slug)), file_format)


def _anchored(contributions, anchor: str) -> Contribution:
    """The one an address like `beitrag-1f2e3d4c` names; an event has few."""
    for contribution in contributions:
        if contribution.anchor == anchor:
            return contribution
    raise Http404


def _answer(citation: Citation, suffix: str) -> HttpResponse:
    """Search engines shall find the page, not this."""
    if suffix not in _BY_SUFFIX:
        raise Http404
    form = _BY_SUFFIX[suffix]
    text = in_words(citation) + "\n" if suffix == "txt" else form.write(citation)
    response = HttpResponse(text, content_type=form.content_type)
    response["Content-Disposition"] = f'attachment; filename="{citation.key}.{suffix}"'
    response["X-Robots-Tag"] = "noindex"
    return response
