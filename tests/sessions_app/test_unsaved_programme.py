"""What was typed into the programme of an event is shown again: new contributions, and people in rows within rows."""

import pytest

from conference.models import UnsavedInput
from sessions_app.models import Event
from tests import make
from tests.conference.test_unsaved import opened, report, shown
from tests.desk import posted, url
from tests.sessions_app.test_event_form import part, person, programme

pytestmark = pytest.mark.django_db


def test_writing_on_shows_new_contributions_with_their_people(editor_client):
    speakers = [make.speaker(name) for name in ("Adler", "Bauer")]
    event = make.event(status="draft")
    contribution = make.contribution("Gruß", event=event)
    make.appearance(contribution=contribution, speaker=speakers[0])
    form = url(Event, "change", event.pk)
    fields = opened(editor_client, form)
    fields |= person(0, 1, speakers[1], role="Moderation") | part(1, "Abschied") | person(1, 0, speakers[1])
    report(editor_client, form, fields, tab=fields["_tab"])
    response = shown(editor_client, form, UnsavedInput.objects.get())
    again = posted(response)
    assert again["contributions-1-title"] == "Abschied"
    assert again["contributions-0-appearances-1-role"] == "Moderation"
    assert again["contributions-1-appearances-0-speaker"] == str(speakers[1].pk)
    assert not response.context["errors"]
    assert programme(event) == {"Gruß": ["Adler"]}
    marks = {"_tab": fields["_tab"], "_who": fields["_who"], "_save": "x"}
    assert editor_client.post(form, again | marks).status_code == 302
    assert programme(event) == {"Gruß": ["Adler", "Bauer"], "Abschied": ["Bauer"]}
    assert not UnsavedInput.objects.offered().exists()


def test_a_new_event_is_shown_again_with_its_programme(editor_client):
    speaker = make.speaker("Adler")
    form = url(Event, "add")
    fields = opened(editor_client, form)
    fields |= {"title": "Auftakt", "conference": make.conference().pk, "number": 1, "date": "28.10.2020"}
    fields |= part(0, "Vortrag") | person(0, 0, speaker)
    report(editor_client, form, fields, tab=fields["_tab"])
    again = posted(shown(editor_client, form, UnsavedInput.objects.get()))
    assert editor_client.post(form, again | {"_tab": fields["_tab"], "_who": fields["_who"]}).status_code == 302
    assert programme(Event.objects.get()) == {"Vortrag": ["Adler"]}
    assert not UnsavedInput.objects.offered().exists()
