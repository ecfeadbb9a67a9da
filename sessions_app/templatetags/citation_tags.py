"""What reference managers and library catalogues read in the heads of pages; nothing while a page is not public."""

from django import template

from sessions_app.scholarly import head
from sessions_app.scholarly.dublin import DC

register = template.Library()
COMPONENT = "components/citation_tags.html"


@register.inclusion_tag(COMPONENT, takes_context=True)
def event_citation_tags(context, event):
    return _of_public(context, event, head.of_event, head.event_files, event)


@register.inclusion_tag(COMPONENT, takes_context=True)
def video_citation_tags(context, page):
    """`page` is the `VideoPage`."""
    return _of_public(context, page.video, head.of_video, head.video_files, page)


@register.inclusion_tag(COMPONENT, takes_context=True)
def conference_citation_tags(context, conference, landing):
    def told(landing, address):
        return head.of_conference(conference, landing.themes, address)

    return _of_public(context, conference, told, head.conference_files, landing)


def _of_public(context, thing, tell, files, source) -> dict:
    if not thing.is_shown_as_public:
        return {"tags": [], "files": []}
    return {"tags": tell(source, context["canonical_url"]), "files": files(thing), "vocabulary": DC}
