"""Speakers: the list from A to Z, and the page of one."""

from collections import Counter

from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from conference.alphabet import AlphabeticListing
from conference.listing import Filter, Option, offered, offered_themes
from conference.models import Conference, Organisation, Theme
from sessions_app.models import Appearance, Contribution, Speaker
from sessions_app.speaker_page import SpeakerPage


def speaker_list(request):
    themes = {theme.pk: theme for theme in Theme.objects.published().in_order()}
    listing = AlphabeticListing(request, Speaker.objects.published().light(), _filters(themes))
    _load_days(listing.page.object_list, themes)
    return render(request, "sessions_app/speaker_list.html", {"listing": listing})


def speaker_detail(request, slug):
    speaker = get_object_or_404(Speaker.objects.visible_to(request.user).with_relations(request.user), slug=slug)
    context = {"speaker": speaker, "page": SpeakerPage(speaker, request.user)}
    return render(request, "sessions_app/speaker_detail.html", context)


def _load_days(speakers, themes):
    """Three queries: what each did and for whom, and where they are known to work."""
    organisations = Organisation.objects.published().by_name()
    prefetch_related_objects(
        speakers,
        Prefetch("appearances", Appearance.objects.for_index(), to_attr="visible_appearances"),
        Prefetch("organisations", organisations, to_attr="visible_organisations"),
    )
    for speaker in speakers:
        for appearance in speaker.visible_appearances:
            appearance.visible_theme = themes.get(appearance.contribution.event.theme_id)


def _filters(themes) -> list[Filter]:
    """One query: what the appearances everybody may see offer. A person counts once for each option."""
    appearances = Appearance.objects.published()
    rows = list(appearances.facets())
    kinds = Counter(kind for _speaker, kind in {(row[0], row[1]) for row in rows})
    conferences = Counter((slug, title) for _speaker, slug, title in {(row[0], row[2], row[3]) for row in rows})
    theme_counts = Counter(theme for _speaker, theme in {(row[0], row[4]) for row in rows})
    return [
        Filter(
            "konferenz",
            _("Konferenz"),
            [Option(slug, title, count=count) for (slug, title), count in conferences.items()],
            lambda people, slugs: people.appearing_in(
                appearances.of_conferences(Conference.objects.filter(slug__in=slugs))
            ),
            is_content=True,
        ),
        Filter(
            "thema",
            _("Kernbotschaft"),
            offered_themes(themes.values(), theme_counts),
            lambda people, slugs: people.appearing_in(appearances.on_themes(Theme.objects.filter(slug__in=slugs))),
            is_content=True,
        ),
        Filter(
            "rolle",
            _("Rolle"),
            offered(Contribution.Kind.choices, kinds),
            lambda people, chosen: people.appearing_in(appearances.of_kind(chosen)),
        ),
        Filter(
            "einrichtung",
            _("Art der Einrichtung"),
            [Option(kind, label) for kind, label in Organisation.Kind.choices],
            lambda people, chosen: people.of_organisations(
                Organisation.objects.published().of_kind(chosen), appearances
            ),
        ),
    ]
