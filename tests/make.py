"""Test data in one line: `make.event(title="Opening", status="draft")`. Published unless it says otherwise."""

import datetime
import io
import itertools
from pathlib import Path

from django.contrib.auth.models import Group, Permission, User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image as PillowImage

from conference.images import RATIOS, accept_image, make_renditions, renditions
from conference.models import Conference, FormerSlug, Image, Material, Organisation, Page, Theme
from conference.publishing import Status
from projects_app.models import Partnership, Project, ProjectPlace
from sessions_app.models import (
    Appearance,
    Chapter,
    Contribution,
    Cue,
    Event,
    GuidingQuestion,
    Involvement,
    MediaFile,
    Speaker,
    TextTrack,
    Video,
)

PAST = datetime.datetime(2021, 1, 1, 12, tzinfo=datetime.UTC)
_number = itertools.count(1)
_renditions: dict[tuple, list[bytes]] = {}


def _save(thing, **many):
    """Through the same validation editors get; many-to-many relations afterwards.

    Constraints are for the database to watch: asking it beforehand took an eighth of the whole suite's time.
    """
    thing.full_clean(validate_constraints=False)
    thing.save()
    for name, values in many.items():
        getattr(thing, name).set(values)
    return thing


def _published(given: dict) -> dict:
    """A status by name; a published thing is public since long ago."""
    state = {"status": Status.PUBLISHED, "published_at": PAST}
    if given.get("status", Status.PUBLISHED) != Status.PUBLISHED:
        state["published_at"] = None
    return state | given


def conference(title=None, organisers=(), materials=(), **fields):
    fields = {"starts_on": datetime.date(2020, 10, 28), "ends_on": datetime.date(2020, 12, 8)} | _published(fields)
    title = title or f"Konferenz {next(_number)}"
    return _save(Conference(title=title, **fields), organisers=organisers, materials=materials)


def theme(title=None, materials=(), **fields):
    return _save(Theme(title=title or f"Kernbotschaft {next(_number)}", **_published(fields)), materials=materials)


def organisation(name=None, **fields):
    fields = {"kind": Organisation.Kind.RESEARCH} | _published(fields)
    return _save(Organisation(name=name or f"Einrichtung {next(_number)}", **fields))


def material(title=None, **fields):
    return _save(Material(title=title or f"Material {next(_number)}", **_published(fields)))


def page(title=None, **fields):
    return _save(Page(title=title or f"Seite {next(_number)}", **_published(fields)))


def picture_file(name="bild.png", size=(800, 600), colour="teal", file_format="PNG"):
    """An upload: a plain picture of that size."""
    buffer = io.BytesIO()
    PillowImage.new("RGB", size, colour).save(buffer, file_format)
    return SimpleUploadedFile(name, buffer.getvalue(), f"image/{file_format.lower()}")


def image(title=None, file=None, **fields):
    """Comes in as an upload does: checked, written anew, with its renditions."""
    fields = {"alt_text": "Ein Rathaus"} | fields
    if fields.get("is_decorative"):
        fields["alt_text"] = ""
    made = Image(title=title or f"Bild {next(_number)}", **fields)
    accept_image(file or picture_file()).store_for(made)
    _save(made)
    _give_renditions(made)
    return made


def _give_renditions(made: Image):
    """As `make_renditions` does, which takes a tenth of a second; the same picture is made once."""
    key = (made.sha256, made.focal_x, made.focal_y)
    names = [rendition.name for ratio in ("", *RATIOS) for rendition in renditions(made, ratio, "webp")]
    if key not in _renditions:
        make_renditions(made)
        _renditions[key] = [default_storage.open(name).read() for name in names]
    for name, content in zip(names, _renditions[key], strict=True):
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(content))


def project(acronym=None, themes=(), materials=(), places=(), **fields):
    """`places` as names, or (name, latitude, longitude)."""
    made = _save(
        Project(acronym=acronym or f"Vorhaben {next(_number)}", **_published(fields)),
        themes=themes,
        materials=materials,
    )
    for position, place in enumerate(places):
        name, latitude, longitude = place if isinstance(place, tuple) else (place, None, None)
        ProjectPlace.objects.create(project=made, name=name, latitude=latitude, longitude=longitude, position=position)
    return made


def partnership(project=None, organisation=None, **fields):
    fields.setdefault("project", project or globals()["project"]())
    if not fields.get("organisation_text"):
        fields["organisation"] = organisation or globals()["organisation"]()
    return _save(Partnership(**fields))


def event(title=None, materials=(), questions=(), **fields):
    fields = _published(fields)
    fields["conference"] = fields.get("conference") or conference()
    fields.setdefault("number", next(_number))
    fields.setdefault("date", fields["conference"].starts_on)
    made = _save(Event(title=title or f"Veranstaltung {next(_number)}", **fields), materials=materials)
    for position, text in enumerate(questions):
        GuidingQuestion.objects.create(event=made, text=text, position=position)
    return made


def contribution(title=None, speakers=(), projects=(), materials=(), **fields):
    fields["event"] = fields.get("event") or event()
    made = _save(
        Contribution(title=title or f"Beitrag {next(_number)}", **fields), projects=projects, materials=materials
    )
    for position, person in enumerate(speakers):
        appearance(contribution=made, speaker=person, position=position)
    return made


def appearance(organisations=(), **fields):
    fields["contribution"] = fields.get("contribution") or contribution()
    fields["speaker"] = fields.get("speaker") or speaker()
    return _save(Appearance(**fields), organisations=organisations)


def speaker(family_name=None, organisations=(), **fields):
    return _save(
        Speaker(family_name=family_name or f"Person {next(_number)}", **_published(fields)), organisations=organisations
    )


def involvement(**fields):
    fields["speaker"] = fields.get("speaker") or speaker()
    fields["project"] = fields.get("project") or project()
    return _save(Involvement(**fields))


def video(title=None, **fields):
    fields = {"availability": Video.Availability.ONLINE, "url": "https://videos.example.org/v/1"} | _published(fields)
    if fields["availability"] != Video.Availability.ONLINE:
        fields["url"] = ""
    if not fields.get("contribution"):
        fields["event"] = fields.get("event") or event()
    return _save(Video(title=title or f"Video {next(_number)}", **fields))


def recording(suffix="mp4", name=None):
    """An upload: the shortest of our sample videos, or its sound ("m4a")."""
    path = next((Path(__file__).parent.parent / "sessions_app/sample/videos").glob(f"auftakt.{suffix}"))
    return SimpleUploadedFile(name or path.name, path.read_bytes())


def media_file(**fields):
    """Elsewhere unless `file` is given."""
    fields["video"] = fields.get("video") or video()
    fields.setdefault("media_type", MediaFile.MediaType.MP4)
    if not fields.get("file"):
        fields.setdefault("url", "https://videos.example.org/datei.mp4")
    return _save(MediaFile(**fields))


def text_track(sentences=(), seconds=5, **fields):
    """`sentences` as words, or (speaker name, words); each lasts so many `seconds`."""
    fields["video"] = fields.get("video") or video()
    made = _save(TextTrack(**fields))
    for number, sentence in enumerate(sentences, start=1):
        name, words = sentence if isinstance(sentence, tuple) else ("", sentence)
        start = (number - 1) * seconds * 1000
        cue(track=made, number=number, start_ms=start, end_ms=start + seconds * 1000, speaker_name=name, text=words)
    return made


def cue(text="Ein Satz.", **fields):
    fields["track"] = fields.get("track") or text_track()
    fields = {"number": 1, "start_ms": 0, "end_ms": 5000} | fields
    return _save(Cue(text=text, **fields))


def chapter(title=None, **fields):
    fields["video"] = fields.get("video") or video()
    fields.setdefault("start_ms", 0)
    return _save(Chapter(title=title or f"Kapitel {next(_number)}", **fields))


def former_slug(thing, slug):
    from django.contrib.contenttypes.models import ContentType

    content_type = ContentType.objects.get_for_model(thing)
    return FormerSlug.objects.create(content_type=content_type, object_id=thing.pk, slug=slug)


def user(username=None, groups=(), permissions=(), **fields):
    """Staff without rights; `groups` by name, `permissions` as "sessions_app.view_event"."""
    fields = {"is_staff": True} | fields
    made = User(username=username or f"person{next(_number)}", **fields)
    made.set_unusable_password()
    made.save()
    made.groups.set(Group.objects.filter(name__in=groups))
    for permission in permissions:
        label, codename = permission.split(".")
        made.user_permissions.add(Permission.objects.get(content_type__app_label=label, codename=codename))
    return made


def editor(**fields):
    """May enter and correct everything, may not publish."""
    return user(groups=["Redaktion"], **fields)


def publisher(**fields):
    return user(groups=["Veröffentlichung"], **fields)


def analyst(**fields):
    """May take listings, and nothing else."""
    return user(groups=["Auswertung"], **fields)


def administrator(**fields):
    return user(is_superuser=True, **fields)


def soon():
    return timezone.now() + datetime.timedelta(days=1)
