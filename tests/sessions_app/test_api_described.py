"""What the description promises holds, for any question one can make of it: schemathesis asks."""

import datetime

import jsonschema_rs
import pytest
import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.definitions import OPENAPI_31

from conference.wsgi import application
from sessions_app.api import DESCRIPTION
from tests import make
from tests.crawl import world

pytestmark = pytest.mark.django_db
DOCUMENT = DESCRIPTION.document()
# Every way of answering is asked all that can be asked; the others, which are made of the same parts, less.
CLOSELY = r"/api/$|/events$|/conferences/|/cues$|jsonl$"


def _asked(*phases):
    schema = schemathesis.openapi.from_dict(DOCUMENT)
    schema.app = application
    schema.config.phases.update(phases=list(phases))
    return schema


closely = _asked("examples", "coverage", "fuzzing").include(path_regex=CLOSELY)
briefly = _asked("examples", "fuzzing").exclude(path_regex=CLOSELY)
bounded = settings(
    max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True
)


def content():
    """Everything there is, once, with every relation filled."""
    organisation = make.organisation("Stadtwerke", kind="company", latitude="52.5", longitude="9.2")
    image = make.image()
    material = make.material("Heft", file=SimpleUploadedFile("heft.pdf", b"%PDF-1.7"), license="CC-BY-4.0")
    shown = {"image": image, "materials": [material]}
    conference = make.conference("Herbst", organisers=[organisation], default_license="CC-BY-4.0", **shown)
    theme = make.theme("Thema", conference=conference, background="<p>Mut</p>", **shown)
    project = make.project("KoDa", themes=[theme], places=["Celle"], start="2017-03", federal_states=["DE-NI"])
    make.partnership(project, organisation)
    speaker = make.speaker("Kohlmeier", organisations=[organisation], portrait=image)
    make.involvement(speaker=speaker, project=project)
    event = make.event(conference=conference, theme=theme, questions=["Wie?"], start_time=datetime.time(9, 30), **shown)
    contribution = make.contribution(event=event, projects=[project], duration=datetime.timedelta(minutes=20))
    make.appearance(contribution=contribution, speaker=speaker, organisations=[organisation], office="Landrat")
    video = make.video(event=event, poster=image, duration=datetime.timedelta(seconds=61.5))
    make.media_file(video=video)
    make.text_track([("Kohlmeier", "Guten Tag.")], video=video)
    make.chapter(video=video, contribution=contribution)
    make.page("Impressum", body="<p>Wir</p>")
    return conference


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker, tmp_path_factory):
    """What it asks comes in by the door of the web server, which would close the connection of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with world(django_db_blocker, tmp_path_factory.mktemp("media")):
        yield content()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@closely.parametrize()
@bounded
def test_schemathesis_finds_nothing(filled, case):
    case.call_and_validate()


@briefly.parametrize()
@bounded
def test_nor_in_what_is_made_alike(filled, case):
    case.call_and_validate()


def test_the_description_is_openapi():
    errors = [error.message for error in jsonschema_rs.validator_for(OPENAPI_31).iter_errors(DOCUMENT)]
    assert errors == []
