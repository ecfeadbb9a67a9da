"""What is new around one conference, theme, person or project, as Atom."""

from abc import ABC, abstractmethod

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conference.models import Conference, Material, Theme
from conference.publishing import PUBLIC
from conference.structured_data import absolute
from projects_app.models import Project
from sessions_app.api.narrowing import materials_by_theme, videos_by_project
from sessions_app.feeds import NewFeed, latest, tag
from sessions_app.models import Appearance, Event, Speaker, Video
from sessions_app.records.listings import MATERIALS, PROJECTS


class ThingFeed(NewFeed, ABC):
    """Of one public thing: `model` says of which kind, `url_name` where the feed is."""

    model: type = Conference
    url_name = ""

    def get_object(self, request, slug):
        return get_object_or_404(self.model.objects.published(), slug=slug)

    @abstractmethod
    def around(self, thing) -> list[QuerySet]:
        """What belongs to the thing and may be new, each kind published only."""

    def title(self, thing):
        return _("Neu zu: %(thing)s") % {"thing": thing}

    def subtitle(self, thing):
        return _("Neues aus „%(thing)s“, zuletzt Veröffentlichtes zuerst") % {"thing": thing}

    def link(self, thing):
        return absolute(thing.get_absolute_url())

    def feed_url(self, thing):
        return absolute(reverse(self.url_name, args=[thing.slug]))

    def feed_guid(self, thing):
        return tag(f"feeds/{get_language()}/{thing._meta.model_name}/{thing.uuid}")

    def items(self, thing):
        return latest(self.around(thing))


class ConferenceFeed(ThingFeed):
    url_name = "conference_feed"

    def around(self, conference):
        return [
            Event.objects.of_conferences([conference]),
            Video.objects.of_conferences([conference]),
            Theme.objects.of_conferences([conference]),
            PROJECTS.of_conference(Project.objects.published(), conference, PUBLIC),
            MATERIALS.of_conference(Material.objects.published(), conference, PUBLIC),
        ]


class ThemeFeed(ThingFeed):
    model = Theme
    url_name = "theme_feed"

    def around(self, theme):
        return [
            Event.objects.on_themes([theme]),
            Video.objects.on_themes([theme]),
            Project.objects.on_themes([theme]),
            materials_by_theme(Material.objects.published(), Theme.objects.filter(pk=theme.pk)),
        ]


class SpeakerFeed(ThingFeed):
    model = Speaker
    url_name = "speaker_feed"

    def around(self, speaker):
        appearances = Appearance.objects.published().filter(speaker=speaker)
        return [Event.objects.with_speakers([speaker]), Video.objects.with_people(appearances)]


class ProjectFeed(ThingFeed):
    model = Project
    url_name = "project_feed"

    def around(self, project):
        return [
            Event.objects.presenting([project]),
            videos_by_project(Video.objects.published(), Project.objects.filter(pk=project.pk)),
            project.materials.published(),
        ]
