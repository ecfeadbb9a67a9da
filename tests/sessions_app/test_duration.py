"""How long a contribution takes: in the form of its event, and on the page."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from sessions_app.models import Contribution
from tests import make

HALF_AN_HOUR = datetime.timedelta(minutes=30)


@pytest.mark.parametrize(
    ("start", "duration", "words"),
    [
        (datetime.time(10), datetime.timedelta(minutes=25), "10:00–10:25\xa0Uhr"),
        (datetime.time(23, 50), HALF_AN_HOUR, "23:50–0:20\xa0Uhr"),
        (datetime.time(10), None, "10:00\xa0Uhr"),
        (None, datetime.timedelta(minutes=1), "1 Minute "),
        (None, HALF_AN_HOUR, "30 Minuten "),
    ],
)
def test_the_page_says_when_a_contribution_ends(client, db, start, duration, words):
    event = make.event()
    make.contribution(event=event, start_time=start, duration=duration, title="Wie lange?")
    page = client.get(event.get_absolute_url())
    assert page.status_code == 200
    assert words in page.content.decode()


def test_the_form_of_an_event_takes_a_duration(editor_client):
    event = make.event(status="draft")
    row = make.contribution(event=event, duration=HALF_AN_HOUR)
    address = f"/admin/sessions_app/event/{event.pk}/change/"
    page = editor_client.get(address)
    assert 'value="00:30:00"' in page.content.decode()
    form = page.context["adminform"].form
    sent = {name: value for name, value in form.initial.items() if value not in (None, [])}
    sent |= {"questions-TOTAL_FORMS": 0, "questions-INITIAL_FORMS": 0, "contributions-INITIAL_FORMS": 1}
    sent |= {"contributions-TOTAL_FORMS": 1, "contributions-0-id": row.pk, "contributions-0-title": row.title}
    sent |= {"contributions-0-kind": "talk", "contributions-0-duration": "0:45:00", "contributions-0-position": 0}
    answer = editor_client.post(address, sent | {"_save": "1"})
    assert answer.status_code == 302, answer.context["errors"]
    assert Contribution.objects.get().duration == datetime.timedelta(minutes=45)


@pytest.mark.parametrize("duration", [-HALF_AN_HOUR, datetime.timedelta(days=8), datetime.timedelta.max])
def test_nothing_lasts_less_than_nothing_or_for_weeks(db, duration):
    with pytest.raises(ValidationError):
        make.contribution(duration=duration)
