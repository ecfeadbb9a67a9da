"""Recordings: the library with its filters, and the page of one."""

from collections import Counter
from datetime import timedelta

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.listing import Filter, Listing, Option, Sort, offered, offered_themes
from conference.models import Conference, Theme
from conference.models.choices import Language
from sessions_app.models import Appearance, Speaker, Video
from sessions_app.player import CONSENT, VERSION
from sessions_app.transcript_page import PASSAGE, TRACK
from sessions_app.video_page import VideoPage

SORTS = [
    Sort("aelteste", gettext_lazy("Datum, älteste zuerst"), lambda videos: videos.oldest_first()),
    Sort("neueste", gettext_lazy("Datum, neueste zuerst"), lambda videos: videos.newest_first()),
    Sort("dauer", gettext_lazy("Dauer, längste zuerst"), lambda videos: videos.longest_first()),
    Sort("titel", gettext_lazy("Titel"), lambda videos: videos.by_title()),
]
DURATIONS = {
    "bis-10": (timedelta(0), timedelta(minutes=10)),
    "10-bis-30": (timedelta(minutes=10), timedelta(minutes=30)),
    "30-bis-60": (timedelta(minutes=30), timedelta(hours=1)),
    "ab-60": (timedelta(hours=1), None),
}
ACCESS = {
    "transkript": "has_captions",
    "untertitel": "has_checked_captions",
    "gebaerdensprache": "has_sign_language",
    "audiodeskription": "has_audio_description",
    "leichte-sprache": "has_plain_language",
}


def video_list(request):
    themes = {theme.pk: theme for theme in Theme.objects.published().in_order()}
    listing = Listing(request, Video.objects.published().with_poster().with_badges(), _filters(themes), SORTS)
    _load_neighbours(listing.page.object_list, themes)
    return render(request, "sessions_app/video_list.html", {"listing": listing})


def video_detail(request, slug):
    video = get_object_or_404(Video.objects.visible_to(request.user).for_page(), slug=slug)
    page = VideoPage(video, request.user, request.GET)
    if page.transcript.is_ticked:
        return HttpResponseRedirect(_passage_address(request, page.transcript.passage))
    response = render(request, "sessions_app/video_detail.html", {"video": video, "page": page})
    response.csp = page.player.policy
    return response


def _passage_address(request, passage) -> str:
    """Short, for the ticks of a form are many."""
    query = request.GET.copy()
    for name in set(query) - {TRACK, VERSION, CONSENT}:
        del query[name]
    query[PASSAGE] = passage.reference
    return f"{request.path}?{query.urlencode()}#zitat"


def _load_neighbours(videos, themes):
    """One query: who speaks in the contributions."""
    people = Appearance.objects.published().select_related("speaker").order_by("position", "pk")
    prefetch_related_objects(videos, Prefetch("contribution__appearances", people, to_attr="visible_appearances"))
    for video in videos:
        video.visible_theme = themes.get(video.shown_event.theme_id)


def _filters(themes) -> list[Filter]:
    """Two queries: what the videos everybody may see offer, and who is in them."""
    rows = list(Video.objects.published().with_badges().facets())
    return [_conference_filter(rows), _theme_filter(rows, themes), _person_filter(), *_plain_filters(rows)]


def _conference_filter(rows) -> Filter:
    conferences = Counter((row.conference_slug, row.conference_title) for row in rows)
    return Filter(
        "konferenz",
        _("Konferenz"),
        [Option(slug, title, count=count) for (slug, title), count in conferences.items()],
        lambda videos, slugs: videos.of_conferences(Conference.objects.filter(slug__in=slugs)),
        is_content=True,
    )


def _theme_filter(rows, themes) -> Filter:
    return Filter(
        "thema",
        _("Kernbotschaft"),
        offered_themes(themes.values(), Counter(row.theme_pk for row in rows)),
        lambda videos, slugs: videos.on_themes(Theme.objects.filter(slug__in=slugs)),
        is_content=True,
    )


def _person_filter() -> Filter:
    """One query."""
    appearances = Appearance.objects.published()
    recorded = appearances.in_videos(Video.objects.published())
    people = Speaker.objects.appearing_in(recorded).by_name().light()
    return Filter(
        "person",
        _("Person"),
        [Option(person.slug, person.plain_name) for person in people],
        lambda videos, slugs: videos.with_people(appearances.filter(speaker__slug__in=slugs)),
        is_content=True,
        is_menu=True,
    )


def _plain_filters(rows) -> list[Filter]:
    columns = ("kind", "availability", "language")
    kinds, availabilities, languages = (Counter(getattr(row, column) for row in rows) for column in columns)
    return [
        Filter("art", _("Art"), offered(Video.Kind.choices, kinds), lambda videos, chosen: videos.of_kind(chosen)),
        _duration_filter(rows),
        _access_filter(rows),
        Filter(
            "sprache",
            _("Sprache"),
            offered(Language.choices, languages),
            lambda videos, chosen: videos.in_language(chosen),
        ),
        Filter(
            "stand",
            _("Verfügbarkeit"),
            offered(Video.Availability.choices, availabilities),
            lambda videos, chosen: videos.with_availability(chosen),
        ),
    ]


def _duration_filter(rows) -> Filter:
    labels = [
        ("bis-10", _("unter 10 Minuten")),
        ("10-bis-30", _("10 bis 30 Minuten")),
        ("30-bis-60", _("30 bis 60 Minuten")),
        ("ab-60", _("länger als eine Stunde")),
    ]
    counts = Counter(
        name
        for row in rows
        for name, (least, most) in DURATIONS.items()
        if row.duration is not None and least <= row.duration and (most is None or row.duration < most)
    )
    return Filter(
        "dauer",
        _("Dauer"),
        offered(labels, counts),
        lambda videos, names: videos.lasting([DURATIONS[name] for name in names]),
    )


def _access_filter(rows) -> Filter:
    """Here several values are joined by "and": who needs both is not helped by one."""
    labels = [
        ("transkript", _("mit Transkript")),
        ("untertitel", _("mit geprüften Untertiteln")),
        ("gebaerdensprache", _("mit Gebärdensprache")),
        ("audiodeskription", _("mit Audiodeskription")),
        ("leichte-sprache", _("in Leichter Sprache")),
    ]
    counts = Counter(name for row in rows for name, badge in ACCESS.items() if getattr(row, badge))
    return Filter(
        "zugang",
        _("Zugang"),
        offered(labels, counts),
        lambda videos, names: videos.filter(**{ACCESS[name]: True for name in names}),
    )
