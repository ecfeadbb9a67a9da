"""Recordings: the list with its filters, and the page of one."""

from collections import Counter

from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.listing import Filter, Listing, Option, Sort, offered, offered_themes
from conference.models import Conference, Theme
from conference.models.choices import Language
from sessions_app.models import Appearance, Video
from sessions_app.video_page import VideoPage

SORTS = [
    Sort("aelteste", gettext_lazy("Datum, älteste zuerst"), lambda videos: videos.oldest_first()),
    Sort("neueste", gettext_lazy("Datum, neueste zuerst"), lambda videos: videos.newest_first()),
    Sort("dauer", gettext_lazy("Dauer, längste zuerst"), lambda videos: videos.longest_first()),
    Sort("titel", gettext_lazy("Titel"), lambda videos: videos.by_title()),
]


def video_list(request):
    themes = {theme.pk: theme for theme in Theme.objects.published().in_order()}
    listing = Listing(request, Video.objects.published().with_poster(), _filters(themes), SORTS)
    _load_neighbours(listing.page.object_list, themes)
    return render(request, "sessions_app/video_list.html", {"listing": listing})


def video_detail(request, slug):
    video = get_object_or_404(Video.objects.visible_to(request.user).with_relations(request.user), slug=slug)
    return render(request, "sessions_app/video_detail.html", {"video": video, "page": VideoPage(video, request.user)})


def _load_neighbours(videos, themes):
    """One query: who speaks in the contributions."""
    people = Appearance.objects.published().select_related("speaker").order_by("position", "pk")
    prefetch_related_objects(videos, Prefetch("contribution__appearances", people, to_attr="visible_appearances"))
    for video in videos:
        video.visible_theme = themes.get(video.shown_event.theme_id)


def _filters(themes) -> list[Filter]:
    """One query: what the videos everybody may see offer."""
    rows = list(Video.objects.published().facets())
    kinds, availabilities, languages, theme_counts = (Counter(row[column] for row in rows) for column in range(4))
    conferences = Counter((row[4], row[5]) for row in rows)
    return [
        Filter(
            "konferenz",
            _("Konferenz"),
            [Option(slug, title, count=count) for (slug, title), count in conferences.items()],
            lambda videos, slugs: videos.of_conferences(Conference.objects.filter(slug__in=slugs)),
            is_content=True,
        ),
        Filter(
            "thema",
            _("Kernbotschaft"),
            offered_themes(themes.values(), theme_counts),
            lambda videos, slugs: videos.on_themes(Theme.objects.filter(slug__in=slugs)),
            is_content=True,
        ),
        Filter("art", _("Art"), offered(Video.Kind.choices, kinds), lambda videos, chosen: videos.of_kind(chosen)),
        Filter(
            "stand",
            _("Verfügbarkeit"),
            offered(Video.Availability.choices, availabilities),
            lambda videos, chosen: videos.with_availability(chosen),
        ),
        Filter(
            "sprache",
            _("Sprache"),
            offered(Language.choices, languages),
            lambda videos, chosen: videos.in_language(chosen),
        ),
    ]
