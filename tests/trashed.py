"""A whole conference to be thrown away, and what the database holds before and after."""

import datetime
import html
import re

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from conference.models import SearchDocument
from conference.models.editing import Revision
from conference.search import rebuild_index
from sessions_app.models import Contribution, Cue
from tests import make
from tests.desk import words

CONTENT = ("conference", "projects_app", "sessions_app")
# What deleting is meant to change, or writes anew with numbers of its own.
OTHER = {"TrashedRecord", "SearchDocument", "SearchTerm"}


def everything() -> dict:
    """Every column of every row of every table of ours, many-to-many tables among them."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in CONTENT and model.__name__ not in OTHER
    ]
    return {model._meta.label: list(model._base_manager.order_by("pk").values_list()) for model in models}


def found_by_search() -> set:
    """What the search knows, without the numbers of its own."""
    names = ("kind", "object_id", "part", "language", "track_id", "start_ms", "end_ms", "title", "text")
    return set(SearchDocument.objects.values_list(*names))


def unpublished(model) -> dict:
    """Of what is published a row is removed in the form of its record: here it belongs to a draft."""
    if model is Contribution:
        return {"event": make.event(status="draft")}
    return {"track": make.text_track(video=make.video(status="draft"))} if model is Cue else {}


class World:
    """A conference with everything under it, and neighbours of every kind around it."""

    def __init__(self):
        self.organisation = make.organisation("Landkreis Nienburg", latitude="52.64", longitude="9.2")
        self.image = make.image("Rathaus")
        self.material = make.material("Sammelband", file=SimpleUploadedFile("band.pdf", b"%PDF-1.7 Band"))
        shown = {"image": self.image, "materials": [self.material]}
        self.conference = make.conference(
            "Herbst-Konferenz", organisers=[self.organisation], funder=self.organisation, is_featured=True, **shown
        )
        self.other = make.conference("Frühjahrs-Konferenz", organisers=[self.organisation])
        self.theme = make.theme("Flächen sparen", conference=self.conference, **shown)
        self.project = make.project(
            "KoDa eG", themes=[self.theme], places=[("Celle", "52.6", "10.1")], federal_states=["DE-NI", "DE-HE"]
        )
        self.partnership = make.partnership(self.project, self.organisation)
        self.speaker = make.speaker("Rost", organisations=[self.organisation], portrait=self.image)
        make.involvement(speaker=self.speaker, project=self.project, role="Koordination")
        self.events = [self._event(number, shown) for number in (1, 2)]
        self.outside = make.event("Anderswo", conference=self.other)
        self.contribution_outside = make.contribution("Gastvortrag", event=self.outside, projects=[self.project])
        make.former_slug(self.conference, "alte-konferenz")
        make.former_slug(self.events[0], "alter-abend")
        Revision.objects.create(**Revision.keys(self.conference), number=1, kind="saved", data={"schema": 1})
        rebuild_index()

    def _event(self, number, shown):
        event = make.event(
            f"Abend {number}",
            number=number,
            conference=self.conference,
            theme=self.theme,
            questions=["Warum?", "Wie weiter?"],
            start_time=datetime.time(18, 30, 15, 250),
            **shown,
        )
        contribution = make.contribution(
            f"Vortrag {number}", event=event, projects=[self.project], materials=[self.material]
        )
        make.appearance(
            contribution=contribution, speaker=self.speaker, organisations=[self.organisation], office="Landrat"
        )
        whole = make.video(
            f"Film {number}", event=event, poster=self.image, duration=datetime.timedelta(minutes=88, microseconds=7)
        )
        make.video(f"Ausschnitt {number}", contribution=contribution)
        make.media_file(video=whole)
        track = make.text_track(["Guten Abend.", "Auf Wiedersehen."], video=whole, checked_by=make.user())
        track.cues.update(speaker=self.speaker)
        make.chapter("Beginn", video=whole, contribution=contribution)
        return event


def text(response) -> str:
    """What a person reads, in one line."""
    return " ".join(words(response).split())


def pressed(client, response):
    """The button in the message: the form as the page shows it, sent."""
    form = re.search(
        r'<form method="post" action="([^"]+)" class="in-message">(.*?)</form>', response.content.decode(), re.S
    )
    fields = re.findall(r'name="uuid" value="([^"]+)"', form[2])
    return client.post(html.unescape(form[1]), {"uuid": fields}, follow=True)
