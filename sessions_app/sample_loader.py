"""The Herbst-Konferenz 2020 from the folder `sample` into the database: once, and never over an editor's work."""

import datetime
import uuid
import zoneinfo
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import yaml
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q

from conference.models import Conference, Material, Organisation, Page, Theme
from conference.publishing import Publishable
from conference.search.index import update_index
from projects_app.models import Partnership, Project, ProjectPlace
from sessions_app import sample_videos
from sessions_app.models import (
    Appearance,
    Contribution,
    Event,
    GuidingQuestion,
    Involvement,
    MediaFile,
    Speaker,
    Video,
)

FOLDER = Path(__file__).parent / "sample"
# The same record has the same UUID in every installation.
NAMESPACE = uuid.UUID("6d9f6c1e-3a44-5b0e-8a27-2f0d5c7b1e90")
PUBLISHED_AT = datetime.datetime(2020, 12, 9, 9, tzinfo=zoneinfo.ZoneInfo("Europe/Berlin"))


def read_sample(name: str) -> dict:
    """`fakten` (facts with their sources) or `texte` (the prose)."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def sample_uuid(model: type[models.Model], *names) -> uuid.UUID:
    """Made from kind and name, so that a second run recognises what the first has made."""
    return uuid.uuid5(NAMESPACE, "/".join([model._meta.model_name, *map(str, names)]))


def load_sample() -> Counter:
    """Load all of it or nothing, published; returns how many of each model were made.

    Where the conference is there already, nothing at all is touched: what editors changed or deleted stays so.
    Otherwise a thing that is there (by UUID or slug) is left alone with all its parts. Raises ValidationError.
    """
    facts, loader = read_sample("fakten"), _Loader(read_sample("texte"))
    try:
        with transaction.atomic():
            if not loader.existing(Conference, facts["conference"]["slug"]):
                loader.load(facts)
                loader.publish()
    except BaseException:
        loader.remove_files()
        raise
    return Counter(type(thing) for thing in loader.made)


class _Loader:
    """Makes the records of each kind, the lower floors first, and remembers what it made."""

    def __init__(self, texts: dict):
        self.texts = texts
        self.made: list[Publishable] = []
        self.files: list[str] = []
        self.known: dict[tuple[type, str], Publishable] = {}

    def load(self, facts: dict):
        for record in facts["organisations"]:
            self.add(Organisation, record)
        conference = self.load_conference(facts["conference"])
        for record in facts["themes"]:
            self.add(Theme, record, {"conference": conference})
        for record in facts["projects"]:
            self.load_project(record)
        for record in facts["people"]:
            self.load_speaker(record)
        for record in facts["events"]:
            self.load_event(record, conference)
        for slug in self.texts["pages"]:
            self.add(Page, {"slug": slug})

    def load_conference(self, record: dict) -> Conference:
        is_featured = not Conference.objects.featured().exists()
        return self.add(
            Conference,
            record | {"is_featured": is_featured},
            {"funder": self.known[Organisation, record["funder"]]},
            organisers=self.all_of(Organisation, record["organisers"]),
            materials=self.load_materials(record),
        )

    def load_materials(self, record: dict) -> list[Publishable]:
        return [self.add(Material, material) for material in record.get("materials", ())]

    def load_project(self, record: dict):
        materials, themes = self.load_materials(record), self.all_of(Theme, record.get("themes", ()))
        project = self.add(Project, record, materials=materials, themes=themes)
        if project not in self.made:
            return
        for position, place in enumerate(record.get("places", ()), start=1):
            self.add_part(ProjectPlace, (project.slug, place["name"]), place, project=project, position=position)
        for position, partnership in enumerate(record.get("partnerships", ()), start=1):
            slug = partnership.get("organisation")
            self.add_part(
                Partnership,
                (project.slug, slug or partnership["organisation_text"]),
                partnership,
                project=project,
                organisation=self.known[Organisation, slug] if slug else None,
                position=position,
            )

    def load_speaker(self, record: dict):
        organisations = self.all_of(Organisation, record.get("organisations", ()))
        speaker = self.add(Speaker, record, organisations=organisations)
        if speaker not in self.made:
            return
        for position, involvement in enumerate(record.get("involvements", ()), start=1):
            project = self.known[Project, involvement["project"]]
            names = (speaker.slug, project.slug)
            self.add_part(Involvement, names, involvement, speaker=speaker, project=project, position=position)

    def load_event(self, record: dict, conference: Conference):
        theme = self.known[Theme, record["theme"]] if record.get("theme") else None
        materials = self.load_materials(record)
        event = self.add(Event, record, {"conference": conference, "theme": theme}, materials=materials)
        if event not in self.made:
            return
        for position, text in enumerate(self.texts["events"][record["slug"]]["questions"], start=1):
            self.add_part(GuidingQuestion, (event.slug, position), {"text": text}, event=event, position=position)
        for position, contribution in enumerate(record.get("contributions", ()), start=1):
            self.load_contribution(contribution, event, position)
        self.load_video(event)

    def load_video(self, event: Event):
        """Its demonstration video with files, captions and chapters."""
        texts = self.texts["demonstration"]
        slug, title = f"demonstrationsvideo-{event.slug}", texts["title"].format(event=event.title)
        if self.existing(Video, slug):
            return
        poster = sample_videos.load_poster(event.slug, texts["poster"].format(event=event.title))
        record = {"slug": slug, "title": title, "summary": texts["summary"], **sample_videos.FACTS}
        video = self.add(Video, record, {"event": event, "poster": poster})
        for role, file in sample_videos.open_files(event.slug):
            with file:
                part = self.add_part(MediaFile, (slug, role), {"role": role, "file": file}, video=video)
                self.files.append(part.file.name)
        sample_videos.load_words(event.slug, video)

    def load_contribution(self, record: dict, event: Event, position: int):
        names = (event.slug, record["key"])
        contribution = self.add_part(Contribution, names, record, event=event, position=position)
        contribution.projects.set(self.all_of(Project, record.get("projects", ())))
        for place, entry in enumerate(record["appearances"], start=1):
            speaker = self.known[Speaker, entry["speaker"]]
            appearance = self.add_part(
                Appearance, (*names, speaker.slug), entry, contribution=contribution, speaker=speaker, position=place
            )
            appearance.organisations.set(self.all_of(Organisation, entry["organisations"]))

    def existing(self, model: type[Publishable], slug: str) -> Publishable | None:
        """What the sample made before, or what an editor has entered under the same slug."""
        identity = sample_uuid(model, slug)
        rule = Q(uuid=identity) if model.slug_scope else Q(uuid=identity) | Q(slug=slug)
        return min(model.objects.filter(rule), key=lambda thing: thing.uuid != identity, default=None)

    def add(self, model: type[Publishable], record: dict, parents: dict | None = None, **many) -> Publishable:
        slug = record["slug"]
        thing = self.existing(model, slug)
        if thing is None:
            texts = self.texts.get(f"{model._meta.model_name}s", {}).get(slug, {})
            thing = model(uuid=sample_uuid(model, slug), **_own_fields(model, record | texts), **(parents or {}))
            _save(thing)
            for name, things in many.items():
                getattr(thing, name).set(things)
            self.made.append(thing)
        self.known[model, slug] = thing
        return thing

    def add_part(self, model: type[models.Model], names: tuple, record: dict, **relations) -> models.Model:
        """A part belongs to a thing just made; it has no life of its own."""
        part = model(uuid=sample_uuid(model, *names), **_own_fields(model, record), **relations)
        _save(part)
        return part

    def all_of(self, model: type[Publishable], slugs: Iterable[str]) -> list[Publishable]:
        return [self.known[model, slug] for slug in slugs]

    def remove_files(self):
        """They are no part of the transaction."""
        for name in self.files:
            default_storage.delete(name)

    def publish(self):
        for thing in self.made:
            thing.publish(at=PUBLISHED_AT)
        update_index(*self.made)


def _own_fields(model: type[models.Model], record: dict) -> dict:
    """What of a record the model keeps itself; relations are looked up, sources stay in the file."""
    names = {field.name for field in model._meta.concrete_fields if not field.is_relation}
    fields = {name: value for name, value in record.items() if name in names}
    if isinstance(fields.get("other_names"), list):
        fields["other_names"] = "\n".join(fields["other_names"])
    return fields


def _save(thing: models.Model):
    """Through the same validation editors get; says which record was wrong."""
    try:
        thing.full_clean()
    except ValidationError as error:
        label = f"{thing._meta.verbose_name} „{thing}“"
        raise ValidationError([f"{label}: {message}" for message in error.messages]) from error
    thing.save()
