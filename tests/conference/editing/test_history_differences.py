"""One revision and any two: what is shown of the differences, and how."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from conference.editing.revisions import keep
from conference.models import Revision
from sessions_app.models import GuidingQuestion
from tests import make
from tests.conference.editing.test_history import SAVED, address, an_event, change
from tests.desk import words

pytestmark = pytest.mark.django_db


def test_revision_shows_texts_by_word(editor_client):
    event = an_event()
    keep(event, Revision.Kind.CREATED)
    change(event, title="Der Auftakt heute", introduction="<p>Neu & <strong>wichtig</strong></p>")
    content = editor_client.get(address(event, 2)).content.decode()
    assert '<ins><span class="visually-hidden">neu: </span>Der </ins>Auftakt' in content
    assert "Neu &amp; wichtig" in content


def test_differences_escape_what_was_typed(editor_client):
    event = an_event()
    keep(event, Revision.Kind.CREATED, note="<script>alert(0)</script>")
    GuidingQuestion.objects.update(text="<script>alert(1)</script>")
    make.contribution(event=event, title="<script>alert(2)</script>")
    change(event, title="<script>alert(3)</script>", note="<script>alert(4)</script>")
    keep(event, Revision.Kind.FOUND)
    compare = reverse("admin:sessions_app_event_compare", args=[event.pk])
    for path in (address(event), address(event, 2), address(event, 1, gegen="heute"), f"{compare}?a=1&b=2"):
        content = editor_client.get(path).content.decode()
        assert "<script>alert" not in content, path
        assert "&lt;script&gt;alert(" in content, path


def test_long_texts_are_folded_around_the_change(editor_client):
    event = an_event(remark=f"Anfang {'viele Worte ' * 100}Ende")
    keep(event, Revision.Kind.CREATED)
    change(event, remark=f"Anfang {'viele Worte ' * 100}Schluss")
    content = editor_client.get(address(event, 2)).content.decode()
    assert '<details class="folded">' in content
    assert content.count("viele Worte") == 100


def test_what_came_and_went_is_shown_with_what_was_in_it(editor_client):
    event = an_event()
    keep(event, Revision.Kind.CREATED)
    event.contributions.get(title="Vortrag").delete()
    keep(event, SAVED)
    text = words(editor_client.get(address(event, 2)))
    assert "Beitrag „Vortrag“" in text and "entfernte Zeile" in text
    assert "Auftritt „Renn“ Einrichtungen an diesem Tag: Einrichtung" in " ".join(text.split())


def test_of_very_many_differences_the_first_are_shown_and_all_when_asked(editor_client):
    event = make.event()
    keep(event, Revision.Kind.CREATED)
    GuidingQuestion.objects.bulk_create(GuidingQuestion(event=event, text=f"Frage {n}?") for n in range(230))
    keep(event, SAVED)
    content = editor_client.get(address(event, 2)).content.decode()
    assert content.count('class="diff diff--new"') == 200
    assert "Noch 30 Unterschiede zeigen" in content
    everything = editor_client.get(address(event, 2, alle=1)).content.decode()
    assert everything.count('class="diff diff--new"') == 230
    assert "Noch" not in everything


def test_bold_alone_is_said_to_be_the_same_words(editor_client):
    event = an_event(introduction="<p>Ein Wort</p>")
    keep(event, Revision.Kind.CREATED)
    change(event, introduction="<p>Ein <strong>Wort</strong></p>")
    assert "Die Wörter sind dieselben" in words(editor_client.get(address(event, 2)))


def test_any_two_are_compared_in_the_order_of_time(editor_client):
    event = an_event()
    keep(event, Revision.Kind.CREATED)
    change(event, title="Eins")
    change(event, title="Zwei", summary="Anders.")
    compare = reverse("admin:sessions_app_event_compare", args=[event.pk])
    for query in ("a=1&b=3", "a=3&b=1"):
        text = " ".join(words(editor_client.get(f"{compare}?{query}")).split())
        assert "Stand 1 und Stand 3 im Vergleich" in text
        assert text.index("entfernt: Auftakt") < text.index("neu: Zwei")
    for query in ("", "a=1", "a=1&b=1", "a=1&b=99", "a=x&b=²", f"a=1&b={9**30}"):
        answer = editor_client.get(f"{compare}?{query}")
        assert answer.status_code == 302, query
        assert "zwei verschiedene" in str(list(get_messages(answer.wsgi_request))[-1])


def test_names_of_neighbours_are_kept_from_those_who_may_not_see_them(client):
    event = an_event()
    keep(event, Revision.Kind.CREATED)
    event.materials.add(make.material("Geheimes Material", status="draft"), make.material("Offenes Material"))
    keep(event, SAVED)
    client.force_login(make.user(permissions=["sessions_app.view_event"]))
    text = words(client.get(address(event, 2)))
    assert "Offenes Material" in text and "nicht für Sie sichtbar" in text
    assert "Geheimes" not in text + words(client.get(address(event)))
