"""What machines read in the heads of the programme's pages, and of those that join everything."""

from django import template
from django.urls import reverse

from conference.structured_data import conference_node, theme_node, theme_reference, website
from conference.templatetags.metadata_tags import metadata_of
from sessions_app.oembed import discovery
from sessions_app.structured_data import event_node, event_reference, speaker_node, video_node, video_references

register = template.Library()


@register.inclusion_tag("components/metadata.html", takes_context=True)
def conference_metadata(context, conference, landing):
    """On the start page the site introduces itself too."""
    is_home = context["request"].path == reverse("home")
    node = conference_node(
        conference,
        events=[event_reference(event) for event in landing.events],
        themes=[theme_reference(theme) for theme in landing.themes],
    )
    kind = "website" if is_home else "article"
    return metadata_of(context, conference, node, website() if is_home else {}, kind=kind, image=conference.image)


@register.inclusion_tag("components/metadata.html", takes_context=True)
def event_metadata(context, event):
    return metadata_of(context, event, event_node(event), image=event.image)


@register.inclusion_tag("components/metadata.html", takes_context=True)
def theme_metadata(context, theme, page):
    """`page` is the `ThemePage`: what is about the theme."""
    subjects = [*map(event_reference, page.events), *video_references(page.videos)]
    return metadata_of(context, theme, theme_node(theme, subjects), image=theme.image)


@register.inclusion_tag("components/metadata.html", takes_context=True)
def speaker_metadata(context, speaker, appearances):
    """`appearances` as `Appearance.objects.with_event()` loads them."""
    return metadata_of(context, speaker, speaker_node(speaker, appearances), kind="profile", image=speaker.portrait)


@register.inclusion_tag("components/metadata.html", takes_context=True)
def video_metadata(context, video):
    return metadata_of(context, video, video_node(video), kind="video.other", image=video.poster)


@register.inclusion_tag("components/oembed_links.html")
def oembed_links(video):
    return {"links": discovery(video), "title": str(video)}
