"""A file between the look at it and its use: applied once, and kept only where somebody would read it."""

import pytest

from conference import arrivals
from conference.models import ChangeRun, Page
from conference.roundtrip import desk, forms
from tests import make
from tests.desk import words
from tests.roundtrips import apply, edited, upload

pytestmark = pytest.mark.django_db


def _sent_at_once(client, seen, monkeypatch, moment: str):
    """What the second of two gets who send the same page, if the first is done just before `moment`."""
    real, answers = getattr(desk, moment), []

    def meanwhile(*given):
        monkeypatch.setattr(desk, moment, real)
        answers.append(apply(client, seen))
        return real(*given)

    monkeypatch.setattr(desk, moment, meanwhile)
    return answers, apply(client, seen)


@pytest.mark.parametrize("moment", ["plan_of", "apply_plan", "_apply"])
def test_a_page_sent_twice_at_once_is_applied_once(editor_client, monkeypatch, moment):
    make.page("Impressum")
    new = edited("seiten", lambda rows: [rows[0], dict.fromkeys(rows[0], "") | {"Titel": "Neu"}])
    seen = upload(editor_client, "seiten", new)
    [first], second = _sent_at_once(editor_client, seen, monkeypatch, moment)
    both = words(first) + words(second)
    assert "1 Eintrag ist übernommen" in both and "oder sie ist schon übernommen" in both
    assert Page.objects.filter(title="Neu").count() == 1 and ChangeRun.objects.count() == 1


def test_a_file_that_nobody_would_read_is_not_kept(editor_client, monkeypatch):
    monkeypatch.setattr(forms, "LARGEST_FILE", 1_000_000)
    make.page()
    refused = upload(editor_client, "seiten", b"x" * 1_000_001)
    assert "Die Datei ist größer als 1 MB." in words(refused)
    assert not list(arrivals.folder("eingang").iterdir())


def test_a_file_is_back_where_taking_it_failed():
    user = make.editor()
    token = arrivals.keep([b"x"], "liste.csv", user)
    with pytest.raises(ZeroDivisionError), arrivals.taken(token, user):
        with pytest.raises(arrivals.Gone):
            arrivals.kept(token, user)
        raise ZeroDivisionError
    assert arrivals.kept(token, user)[0].read_bytes() == b"x"
