"""What records are made of, loaded for many at once and narrowed to what everybody may see.

However many things there are, a page of recordings costs twelve queries at most, one of conferences six.
"""

from collections.abc import Iterable

from django.db.models import OuterRef, Prefetch, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce

from conference.models import Conference, Material, Organisation, Theme
from projects_app.models import Partnership, Project
from sessions_app.models import Appearance, Contribution, Video


def catalogued_videos():
    """Public, and there is something: what is only planned or was never taken is no recording."""
    return Video.objects.published().with_availability([Video.Availability.ONLINE, Video.Availability.OFFLINE])


def catalogued_conferences():
    return Conference.objects.published()


def load_videos(videos) -> list[Video]:
    """`videos`: a queryset of `catalogued_videos()`."""
    loaded = list(_with_funder_name(videos.with_poster().with_badges().prefetch_related(*_of_the_recording())))
    prefetch_related_objects([video.shown_event for video in loaded], *_around_an_event())
    for video in loaded:
        video.shown_event.conference.funder_name = video.funder_name
    return loaded


def _of_the_recording() -> list[Prefetch]:
    return [Prefetch("files", to_attr="loaded_files"), Prefetch("chapters", to_attr="loaded_chapters")]


def _with_funder_name(videos):
    """That of the conference, if everybody may see it; no query of its own."""
    funder = Coalesce("event__conference__funder", "contribution__event__conference__funder")
    seen = Organisation.objects.published().filter(pk=OuterRef("funder_key"))
    return videos.alias(funder_key=funder).annotate(funder_name=Subquery(seen.values("name")[:1]))


def _around_an_event() -> list[Prefetch]:
    organisations = Organisation.objects.published()
    partnerships = Prefetch("partnerships", Partnership.objects.with_organisation(), to_attr="visible_partnerships")
    projects = Project.objects.published().light().by_acronym().prefetch_related(partnerships)
    materials = Material.objects.published().by_title()
    contributions = (
        Contribution.objects.in_order()
        .defer("abstract")
        .prefetch_related(
            Prefetch("appearances", Appearance.objects.with_relations(), to_attr="visible_appearances"),
            Prefetch("projects", projects, to_attr="visible_projects"),
            Prefetch("materials", materials, to_attr="visible_materials"),
        )
    )
    return [
        Prefetch("theme", Theme.objects.published(), to_attr="visible_theme"),
        Prefetch("materials", materials, to_attr="visible_materials"),
        Prefetch("conference__organisers", organisations.by_name(), to_attr="visible_organisers"),
        Prefetch("contributions", contributions, to_attr="visible_contributions"),
    ]


def load_conferences(conferences) -> list[Conference]:
    """`conferences`: a queryset of `catalogued_conferences()`."""
    videos = catalogued_videos().select_related("event", "contribution__event").by_title()
    loaded = list(conferences.with_relations().with_funder_name().prefetch_related(_themes()))
    by_conference = _by_conference(loaded, videos.of_conferences(loaded))
    for conference in loaded:
        conference.loaded_videos = by_conference[conference.pk]
    return loaded


def _themes() -> Prefetch:
    return Prefetch("themes", Theme.objects.published().in_order(), to_attr="visible_themes")


def _by_conference(conferences: Iterable[Conference], videos: Iterable[Video]) -> dict[int, list[Video]]:
    grouped: dict[int, list[Video]] = {conference.pk: [] for conference in conferences}
    for video in videos:
        grouped[video.shown_event.conference_id].append(video)
    return grouped
