"""The forms of the programme: rows in order."""

import pytest

from sessions_app.models import Contribution, Event
from tests import make
from tests.desk import posted, step, url, words

pytestmark = pytest.mark.django_db


def test_an_event_with_thirty_contributions_opens_in_forty_queries(publisher_client, django_assert_max_num_queries):
    event = make.event(questions=["Eins?", "Zwei?"])
    for position in range(30):
        make.contribution(event=event, position=position, speakers=[make.speaker()])
    with django_assert_max_num_queries(40):
        assert publisher_client.get(url(Event, "change", event.pk)).status_code == 200


def test_rows_are_kept_in_the_order_of_their_numbers(editor_client):
    event = make.event(questions=["Eins?", "Zwei?"], status="draft")
    numbers = {"questions-0-position": "2", "questions-1-position": "1"}
    assert step(editor_client, event, "continue", **numbers).status_code == 302
    assert [question.text for question in event.questions.all()] == ["Zwei?", "Eins?"]


def test_a_new_event_is_entered_with_its_rows_and_empty_ones_do_not_disturb(editor_client):
    conference = make.conference()
    data = posted(editor_client.get(url(Event, "add")))
    rows = {"contributions-TOTAL_FORMS": "1", "contributions-0-title": "Keynote", "contributions-0-kind": "keynote"}
    places = {"contributions-0-position": "1", "questions-1-position": "2", "questions-2-position": "3"}
    fields = {"title": "Über Häuser", "conference": conference.pk, "number": "1", "date": "28.10.2020"}
    fields |= {"start_time": "9:30", "questions-0-text": "Warum?", "questions-0-position": "1", "_submit": "x"}
    response = editor_client.post(url(Event, "add"), data | rows | places | fields)
    assert response.status_code == 302, words(response)
    event = Event.objects.get()
    assert (event.slug, event.status, f"{event.start_time:%H:%M}") == ("ueber-haeuser", "in_review", "09:30")
    assert [question.text for question in event.questions.all()] == ["Warum?"]
    assert [contribution.title for contribution in event.contributions.all()] == ["Keynote"]


def test_a_contribution_takes_its_people_with_their_affiliation(editor_client):
    contribution = make.contribution(event=make.event(status="draft"))
    speaker, institute = make.speaker(), make.organisation("Wuppertal Institut")
    row = {
        "speaker": speaker.pk,
        "role": "Reflexion",
        "organisations": [institute.pk],
        "is_former": "on",
        "position": "1",
    }
    data = {f"appearances-0-{name}": value for name, value in row.items()} | {"appearances-TOTAL_FORMS": "1"}
    response = step(editor_client, contribution, "continue", **data)
    assert response.status_code == 302, words(response)
    shown = Contribution.objects.with_relations().get().visible_appearances[0]
    assert shown.affiliation == "ehemals Wuppertal Institut"


def test_the_same_person_twice_in_a_contribution_gets_a_sentence(editor_client):
    speaker = make.speaker()
    contribution = make.contribution(speakers=[speaker])
    row = {"appearances-TOTAL_FORMS": "2", "appearances-1-speaker": speaker.pk, "appearances-1-position": "2"}
    response = step(editor_client, contribution, "continue", **row)
    assert response.status_code == 200
    assert contribution.appearances.count() == 1


def test_contributions_are_found_through_their_event(editor_client):
    from conference.models.search import SearchDocument

    contribution = make.contribution("Vortrag", event=make.event(status="draft"))
    step(editor_client, contribution, "continue", title="Donaudampfschiff")
    document = SearchDocument.objects.get(kind="sessions_app.event", object_id=contribution.event_id)
    assert "Donaudampfschiff" in document.text
