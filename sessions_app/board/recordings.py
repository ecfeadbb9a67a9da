"""What is asked of an event's recordings: to be there, to be seen, read and found one's way in, to be used."""

from collections import defaultdict

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from conference.board.pictures import lack_of_picture
from conference.board.requirement import Lack, form_of
from sessions_app.models import Chapter, Cue, MediaFile, TextTrack, Video


def with_facts(videos):
    """Recordings among these, with what the board asks about. One query."""
    captions = Cue.objects.filter(track__video=OuterRef("pk"), track__kind=TextTrack.Kind.CAPTIONS)
    return (
        videos.recordings()
        .select_related("poster", "event__conference", "contribution__event__conference")
        .annotate(
            has_file=Exists(MediaFile.objects.filter(video=OuterRef("pk"))),
            has_captions=Exists(captions),
            has_checked_captions=Exists(captions.exclude(track__origin=TextTrack.Origin.MACHINE)),
            has_chapters=Exists(Chapter.objects.filter(video=OuterRef("pk"))),
        )
        .order_by("kind", "sort_title", "pk")
    )


def recordings_of(events) -> dict[int, list[Video]]:
    """The recordings by event, of the whole or of a contribution. One query."""
    by_event = defaultdict(list)
    for video in with_facts(Video.objects.of_events(events)):
        by_event[video.shown_event.pk].append(video)
    return by_event


def is_watchable(video) -> bool:
    return video.is_online and bool(video.has_file or video.url)


def lack_of_recording(event, new_video: str) -> list[Lack]:
    """One recording that can be watched is enough."""
    if event.board_watchable:
        return []
    if not event.board_recordings:
        return [Lack(_("Es gibt noch keine Aufzeichnung."), new_video)]
    return [_why_not_watchable(video) for video in event.board_recordings]


def _why_not_watchable(video) -> Lack:
    if video.is_online:
        words = _("„%(video)s“ hat weder eine Datei noch eine Adresse.")
        return Lack(words % {"video": video}, form_of(video, "id_url"))
    words = _("„%(video)s“: %(state)s.") % {"video": video, "state": video.get_availability_display()}
    return Lack(words, form_of(video, "id_availability"))


def lack_of_posters(event) -> list[Lack]:
    return [
        lack
        for video in event.board_watchable
        for lack in lack_of_picture(video, "poster", _("„%(video)s“ hat kein Vorschaubild.") % {"video": video})
    ]


def lack_of_captions(event) -> list[Lack]:
    found = []
    for video in event.board_watchable:
        if not video.has_captions:
            words = _("„%(video)s“ hat keine Untertitel.")
        elif not video.has_checked_captions:
            words = _("Die Untertitel von „%(video)s“ hat noch niemand geprüft.")
        else:
            continue
        found.append(Lack(words % {"video": video}, form_of(video, "tracks-group")))
    return found


def lack_of_chapters(event) -> list[Lack]:
    return [
        Lack(_("„%(video)s“ hat keine Kapitel.") % {"video": video}, form_of(video, "id_chapter_lines"))
        for video in whole_events(event)
        if not video.has_chapters
    ]


def whole_events(event) -> list[Video]:
    """Only the recording of a whole event is long enough to need chapters."""
    return [video for video in event.board_watchable if video.kind == Video.Kind.WHOLE_EVENT]


def lack_of_licenses(event) -> list[Lack]:
    return [
        Lack(_("Die Lizenz von „%(thing)s“ fehlt.") % {"thing": thing}, form_of(thing, "id_license"))
        for thing in licensable(event)
        if not thing.license
    ]


def licensable(event) -> list:
    """What the public can take away: recordings, and materials whose file lies here."""
    return [*event.board_watchable, *(material for material in event.board_own_materials if material.file)]
