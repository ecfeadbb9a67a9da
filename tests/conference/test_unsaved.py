"""What is typed is kept for its owner alone, offered again, shown as it was typed, and forgotten once it is saved."""

import datetime
import uuid

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conference.models import EditorScope, OpenForm, UnsavedInput
from sessions_app.models import Event
from tests import make
from tests.desk import posted, url, words

pytestmark = pytest.mark.django_db
TAB = "c5b4a6d2-0c8a-4c9e-8e5f-5d7b7b4f0f11"


def opened(client, address):
    """The fields of a form as a browser would send them, with the marks of its window."""
    response = client.get(address)
    unsaved = response.context["unsaved"]
    return posted(response) | {"_tab": unsaved.tab, "_who": unsaved.owner}


def report(client, form, fields, tab=TAB, tun="aufheben", **query):
    query = {"form": form, "tab": tab, "tun": tun, "wer": client.session.get("_auth_user_id", "")} | query
    return client.post(reverse("admin:unsaved_input", query=query), fields)


def shown(client, form, kept):
    return client.get(f"{form}?eingaben={kept.pk}")


@pytest.fixture
def event():
    event = make.event(title="Auftakt", status="draft")
    make.contribution(event=event, title="Begrüßung")
    return event


@pytest.fixture
def form(event):
    return url(Event, "change", event.pk)


# ── Keeping ──────────────────────────────────────────────────────────────────────────────────
def test_typing_is_kept_once_a_window_without_secrets(editor_client, form):
    fields = opened(editor_client, form) | {"title": "Größe", "csrfmiddlewaretoken": "x", "password1": "geheim"}
    answer = report(editor_client, form, fields)
    assert answer.status_code == 200
    assert answer.json()["state"] == "kept"
    report(editor_client, form, fields | {"title": "Größer"})
    kept = UnsavedInput.objects.get()
    assert QueryDict(kept.data)["title"] == "Größer"
    assert kept.tab == TAB
    assert "geheim" not in kept.data
    assert "csrfmiddlewaretoken" not in kept.data
    assert Event.objects.get().title == "Auftakt"


def test_each_window_keeps_its_own(editor_client):
    form = url(Event, "add")
    for title in ("Erste", "Zweite"):
        report(editor_client, form, {"title": title}, tab=str(uuid.uuid4()))
    text = words(editor_client.get(form))
    assert text.count("Weiterschreiben") == 3  # Two offers, and the one the script may show.


def test_typing_undone_is_dropped(editor_client, form):
    report(editor_client, form, {"title": "x"})
    report(editor_client, form, {}, tun="verwerfen")
    assert not UnsavedInput.objects.exists()


@pytest.mark.parametrize(
    ("target", "tab"),
    [
        ("/admin/auth/user/add/", TAB),
        ("/admin/sessions_app/event/", TAB),
        ("/admin/sessions_app/event/999/change/", TAB),
        ("/admin/sessions_app/event/x/change/", TAB),
        ("/nirgends/", TAB),
        ("", TAB),
        ("/admin/sessions_app/event/add/", "keins"),
    ],
)
def test_other_addresses_keep_nothing(client, target, tab):
    client.force_login(make.administrator())
    assert report(client, target, {"title": "x"}, tab=tab).status_code == 403
    assert not UnsavedInput.objects.exists()


def test_logged_out_is_said_in_a_way_a_script_reads(client, form):
    answer = report(client, form, {"title": "x"})
    assert (answer.status_code, answer.json()) == (401, {"state": "logged_out"})
    assert client.get(reverse("admin:unsaved_input")).status_code == 401


def test_too_much_is_refused(editor_client, form, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    query = {"form": form, "tab": TAB, "tun": "aufheben", "wer": editor_client.session["_auth_user_id"]}
    address = reverse("admin:unsaved_input", query=query)
    body, kind = "title=" + "x" * 1001, "application/x-www-form-urlencoded"
    assert editor_client.post(address, body, content_type=kind).status_code == 400
    assert not UnsavedInput.objects.exists()


def test_only_those_who_may_change_a_form_keep_its_input(client, form, event):
    for user, status in [
        (make.editor(), 200),
        (make.publisher(), 200),
        (make.administrator(), 200),
        (make.analyst(), 403),
        (make.user(permissions=["sessions_app.view_event"]), 403),
        (make.user(is_staff=False), 401),
    ]:
        client.force_login(user)
        assert report(client, form, {"title": "x"}).status_code == status, user.groups.first()


def test_who_works_on_another_conference_keeps_and_learns_nothing(client, form, event):
    limited = make.editor()
    EditorScope.objects.create(user=limited).conferences.set([make.conference(title="Andere")])
    client.force_login(limited)
    for what in ("aufheben", "melden"):
        assert report(client, form, {"title": "x"}, tun=what).status_code == 403
    assert not UnsavedInput.objects.exists()
    assert not OpenForm.objects.exists()


def test_whoever_logs_in_meanwhile_keeps_nothing_of_the_first(editor_client, form, event):
    fields = opened(editor_client, form) | {"title": "Markierwort"}
    first = editor_client.session["_auth_user_id"]
    other = Client()
    other.force_login(make.editor(username="andere"))
    assert report(other, form, fields, wer=first).status_code == 401
    response = other.post(form, fields | {"_save": "x"}, follow=True)
    assert "gehören zu einem anderen Zugang" in words(response)
    assert b"Markierwort" not in response.content
    event.refresh_from_db()
    assert event.title == "Auftakt"
    assert UnsavedInput.objects.get().user_id == int(first)


# ── Offering and showing ─────────────────────────────────────────────────────────────────────
def test_the_form_offers_what_is_kept_to_its_owner_alone(editor_client, form):
    fields = opened(editor_client, form) | {"title": "Markierwort"}
    report(editor_client, form, fields)
    kept = UnsavedInput.objects.get()
    assert "Ungesicherte Eingaben von heute" in words(editor_client.get(form))
    other = Client()
    other.force_login(make.editor(username="andere"))
    for address in (form, f"{form}?eingaben={kept.pk}"):
        assert b"Markierwort" not in other.get(address).content
    assert other.post(reverse("admin:unsaved_drop", args=[kept.pk])).status_code == 404
    assert UnsavedInput.objects.offered().count() == 1


def test_kept_input_of_another_form_is_not_shown(editor_client, form):
    report(editor_client, url(Event, "add"), {"title": "Markierwort"})
    assert b"Markierwort" not in shown(editor_client, form, UnsavedInput.objects.get()).content
    for nonsense in ("x", "-1", "9" * 30, "²"):
        assert editor_client.get(f"{form}?eingaben={nonsense}").status_code == 200


def test_writing_on_shows_all_that_was_typed_and_saves_nothing(editor_client, form, event):
    fields = opened(editor_client, form)
    place = int(fields["contributions-TOTAL_FORMS"])
    fields |= {
        "title": 'Auftakt & "mehr" <b>',
        "introduction": "<p>Größe <strong>zählt</strong></p>",
        "questions-TOTAL_FORMS": "1",
        "questions-0-position": "1",
        "questions-0-text": "Was bleibt?",
        "contributions-0-title": "Begrüßung, anders",
        "contributions-TOTAL_FORMS": str(place + 1),
        f"contributions-{place}-title": "Neuer Vortrag",
        f"contributions-{place}-kind": "talk",
        f"contributions-{place}-position": "9",
        "_base": fields["_base"],
    }
    report(editor_client, form, fields)
    kept = UnsavedInput.objects.get()
    response = shown(editor_client, form, kept)
    again = posted(response)
    assert {name: again[name] for name in fields if name in again and not name.startswith("_")} == {
        name: value for name, value in fields.items() if name in again and not name.startswith("_")
    }
    assert again["_base"] == fields["_base"]
    page = response.content.decode()
    assert f'name="_tab" value="{TAB}"' in page
    assert "Auftakt &amp; &quot;mehr&quot; &lt;b&gt;" in page
    assert "<b>" not in page.split('id="id_title"')[0].split('name="title"')[-1]
    assert "Ihre ungesicherten Eingaben von heute" in words(response)
    event.refresh_from_db()
    assert event.title == "Auftakt"
    assert event.questions.count() == 0
    assert event.contributions.count() == 1


def test_the_base_is_the_state_the_editor_began_from(editor_client, form, event):
    fields = opened(editor_client, form) | {"title": "Mein Titel"}
    report(editor_client, form, fields, tab=fields["_tab"])
    other = Client()
    other.force_login(make.editor(username="andere"))
    theirs = opened(other, form) | {"place": "Hannover", "_save": "x"}
    assert other.post(form, theirs).status_code == 302
    again = shown(editor_client, form, UnsavedInput.objects.get(user__username="editor"))
    mine = posted(again) | {"_tab": fields["_tab"], "_who": fields["_who"], "_save": "x"}
    assert editor_client.post(form, mine).status_code == 302
    event.refresh_from_db()
    assert (event.title, event.place) == ("Mein Titel", "Hannover")


def test_what_was_typed_over_a_working_copy_is_shown_over_it(publisher_client):
    event = make.event(title="Öffentlich")
    form = url(Event, "change", event.pk)
    fields = opened(publisher_client, form)
    fields |= {"questions-TOTAL_FORMS": "1", "questions-0-position": "1", "questions-0-text": "Erste?", "_save": "x"}
    assert publisher_client.post(form, fields).status_code == 302
    fields = opened(publisher_client, form)
    assert fields["questions-0-text"] == "Erste?"
    report(publisher_client, form, fields | {"questions-0-text": "Zweite?"}, tab=fields["_tab"])
    again = shown(publisher_client, form, UnsavedInput.objects.offered().get())
    assert posted(again)["questions-0-text"] == "Zweite?"
    assert not again.context["errors"]
    mine = posted(again) | {"_tab": fields["_tab"], "_who": fields["_who"], "_save": "x"}
    assert publisher_client.post(form, mine).status_code == 302
    assert posted(publisher_client.get(form))["questions-0-text"] == "Zweite?"


def test_dropping_is_a_press_of_a_button(editor_client, form):
    report(editor_client, form, {"title": "x"})
    address = reverse("admin:unsaved_drop", args=[UnsavedInput.objects.get().pk])
    assert editor_client.get(address).status_code == 405
    assert editor_client.post(address).url == form
    assert "Weiterschreiben: heute" not in words(editor_client.get(form))


# ── Forgetting ───────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("button", ["_save", "_continue", "_addanother", "_submit"])
def test_saved_input_is_forgotten_and_late_messages_change_nothing(editor_client, form, event, button):
    fields = opened(editor_client, form) | {"title": "Gesichert"}
    report(editor_client, form, fields, tab=fields["_tab"])
    editor_client.post(form, fields | {button: "x"})
    event.refresh_from_db()
    assert event.title == "Gesichert"
    assert not UnsavedInput.objects.offered().exists()
    assert report(editor_client, form, fields, tab=fields["_tab"]).json()["state"] == "saved"
    assert not UnsavedInput.objects.offered().exists()


def test_a_new_thing_saved_is_forgotten(editor_client):
    form = url(Event, "add")
    event = make.event(status="draft")
    fields = opened(editor_client, form)
    fields |= {"title": "Neu", "slug": "neu", "conference": str(event.conference_id), "kind": "thematic", "number": "8"}
    report(editor_client, form, fields, tab=fields["_tab"])
    response = editor_client.post(form, fields | {"date": "29.10.2020", "_save": "x"})
    assert response.status_code == 302, response.context["errors"]
    assert not UnsavedInput.objects.offered().exists()


def test_a_refused_form_is_kept_before_anything_else(editor_client, form):
    fields = opened(editor_client, form) | {"title": "", "summary": "Lange getippt", "_save": "x"}
    response = editor_client.post(form, fields)
    assert response.status_code == 200
    assert 'data-typed="yes"' in response.content.decode()
    assert f'name="_tab" value="{fields["_tab"]}"' in response.content.decode()
    kept = UnsavedInput.objects.offered().get()
    assert QueryDict(kept.data)["summary"] == "Lange getippt"
    assert "Weiterschreiben: heute" not in words(response)


def test_old_input_goes_after_a_month(editor_client, form):
    report(editor_client, form, {"title": "alt"})
    UnsavedInput.objects.update(updated_at=timezone.now() - datetime.timedelta(days=31))
    report(editor_client, form, {"title": "neu"}, tab=str(uuid.uuid4()))
    assert [QueryDict(kept.data)["title"] for kept in UnsavedInput.objects.offered()] == ["neu"]


def test_accounts_keep_nothing(client):
    client.force_login(make.administrator())
    for address in ("/admin/auth/user/add/", "/admin/auth/group/add/"):
        assert b"keeping.js" not in client.get(address).content


def test_offers_cost_few_queries(editor_client, form, django_assert_max_num_queries):
    editor_client.get(form)
    for _number in range(4):
        report(editor_client, form, {"title": "x"}, tab=str(uuid.uuid4()))
    with django_assert_max_num_queries(40):
        editor_client.get(form)
