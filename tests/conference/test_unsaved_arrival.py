"""Saving with an expired log-in, with an old security token, with files: nothing that was sent is lost."""

import io
import os

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture

from conference.models import Image, UnsavedInput
from conference.unsaved import files
from sessions_app.models import Event
from tests import make
from tests.conference.test_accounts import now, with_app
from tests.conference.test_unsaved import opened, shown
from tests.desk import posted, url, words

pytestmark = pytest.mark.django_db
PASSWORD = "ein Passwort nur für diesen Test"


@pytest.fixture(autouse=True)
def _own_room(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def editor(client):
    editor = make.editor(username="kim")
    editor.set_password(PASSWORD)
    editor.save()
    client.force_login(editor)
    return editor


@pytest.fixture
def event():
    event = make.event(title="Auftakt", status="draft")
    make.contribution(event=event, title="Begrüßung")
    return event


@pytest.fixture
def form(event):
    return url(Event, "change", event.pk)


def log_in(client, address, name="kim"):
    return client.post(address, {"username": name, "password": PASSWORD})


def picture(name="bild.png"):
    content = io.BytesIO()
    Picture.new("RGB", (400, 300), "green").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


# ── Expired ──────────────────────────────────────────────────────────────────────────────────
def test_saving_with_an_expired_session_saves_after_the_log_in(client, editor, event, form):
    fields = opened(client, form) | {"title": "Größe zählt", "introduction": "<p>Text <strong>fett</strong></p>"}
    fields |= {"contributions-0-title": "Begrüßung, länger", "_save": "x"}
    client.session.flush()
    answer = client.post(form, fields)
    assert answer.status_code == 302
    assert answer.url.startswith("/admin/login/?next=")
    assert "Nach der Anmeldung werden sie gesichert" in words(client.get(answer.url))
    event.refresh_from_db()
    assert event.title == "Auftakt"
    back = log_in(client, answer.url)
    saved = client.get(back.url)
    assert saved.status_code == 302
    assert saved.url == url(Event, "changelist")
    event.refresh_from_db()
    assert event.title == "Größe zählt"
    assert event.introduction == "<p>Text <strong>fett</strong></p>"
    assert event.contributions.get().title == "Begrüßung, länger"
    assert "erfolgreich geändert" in words(client.get(saved.url))
    assert not UnsavedInput.objects.offered().exists()
    assert client.get(back.url).url == form  # Once: the address saves nothing any more.


def test_the_second_factor_comes_first(client, editor, event, form):
    secret = with_app(editor)
    fields = opened(client, form) | {"title": "Mit zweitem Schritt", "_save": "x"}
    client.session.flush()
    second = log_in(client, client.post(form, fields).url).url
    event.refresh_from_db()
    assert event.title == "Auftakt"
    back = client.post(second, {"code": now(secret)})
    assert client.get(back.url).status_code == 302
    event.refresh_from_db()
    assert event.title == "Mit zweitem Schritt"


def test_what_does_not_validate_after_the_log_in_is_shown_with_its_errors(client, editor, event, form):
    fields = opened(client, form) | {"title": "", "summary": "Lange getippt", "_save": "x"}
    client.session.flush()
    response = client.get(log_in(client, client.post(form, fields).url).url)
    assert response.status_code == 200
    assert "Dieses Feld ist zwingend erforderlich" in words(response)
    assert posted(response)["summary"] == "Lange getippt"


def test_somebody_else_who_logs_in_neither_saves_nor_reads_it(client, editor, event, form):
    fields = opened(client, form) | {"title": "Markierwort", "_save": "x"}
    client.session.flush()
    target = client.post(form, fields).url
    other = make.editor(username="andere")
    other.set_password(PASSWORD)
    other.save()
    response = client.get(log_in(client, target, "andere").url, follow=True)
    assert "gehören zu einem anderen Zugang" in words(response)
    assert b"Markierwort" not in response.content
    event.refresh_from_db()
    assert event.title == "Auftakt"
    client.force_login(editor)
    assert "Ungesicherte Eingaben von heute" in words(client.get(form))


def test_whoever_lost_the_right_meanwhile_saves_nothing(client, editor, event, form):
    fields = opened(client, form) | {"title": "Anders", "_save": "x"}
    client.session.flush()
    target = client.post(form, fields).url
    editor.groups.set(Group.objects.filter(name="Auswertung"))
    assert client.get(log_in(client, target).url).status_code == 403
    event.refresh_from_db()
    assert event.title == "Auftakt"
    assert UnsavedInput.objects.offered().count() == 1


def test_the_way_back_saves_only_what_was_sent(client, editor, event, form):
    fields = opened(client, form) | {"title": "Gesendet", "_save": "x"}
    client.session.flush()
    target = client.post(form, fields).url
    UnsavedInput.objects.get().save()  # Typed on in the meantime.
    kept = UnsavedInput.objects.get()
    assert client.get(log_in(client, target).url).url == f"{form}?eingaben={kept.pk}"
    event.refresh_from_db()
    assert event.title == "Auftakt"


@pytest.mark.parametrize("mark", ["", "x", "Ws6:abc:def"])
def test_a_made_up_mark_saves_nothing(client, editor, event, form, mark):
    fields = opened(client, form) | {"title": "", "_save": "x"}
    client.post(form, fields)
    kept = UnsavedInput.objects.get()
    UnsavedInput.objects.update(data=kept.data.replace("title=", "title=Anders", 1))
    assert client.get(f"{form}?eingaben={kept.pk}&sichern={mark}").status_code == 302
    event.refresh_from_db()
    assert event.title == "Auftakt"


def test_a_form_without_a_valid_mark_is_dropped_as_ever(client, editor, form):
    fields = opened(client, form) | {"_who": "1:gefaelscht"}
    client.session.flush()
    assert client.post(form, fields).url == f"/admin/login/?next={form}"
    assert not UnsavedInput.objects.exists()


def test_other_forms_of_the_admin_hold_nothing(client, editor, event):
    mark = opened(client, url(Event, "change", event.pk))
    client.session.flush()
    client.post(url(Event, "delete", event.pk), mark | {"post": "yes"})
    assert not UnsavedInput.objects.exists()
    assert Event.objects.filter(pk=event.pk).exists()


# ── The security token ───────────────────────────────────────────────────────────────────────
@pytest.fixture
def strict(editor):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    return strict


def test_an_old_token_shows_the_typed_form_again_and_saves_nothing(strict, event, form):
    fields = opened(strict, form) | {"title": "Anders", "_save": "x", "csrfmiddlewaretoken": "a" * 64}
    answer = strict.post(form, fields)
    kept = UnsavedInput.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{form}?eingaben={kept.pk}")
    response = strict.get(answer.url)
    assert "Bitte sichern Sie noch einmal" in words(response)
    assert posted(response)["title"] == "Anders"
    event.refresh_from_db()
    assert event.title == "Auftakt"


def test_an_old_token_without_a_log_in_leads_to_the_typed_form(strict, event, form):
    fields = opened(strict, form) | {"title": "Anders", "_save": "x"}
    strict.session.flush()
    answer = strict.post(form, fields)
    assert answer.url.startswith("/admin/login/?next=")
    assert "sichern" not in answer.url


def test_another_site_gets_a_friendly_refusal(strict, event, form):
    fields = {"title": "Fremd", "_tab": "c5b4a6d2-0c8a-4c9e-8e5f-5d7b7b4f0f11", "_who": "x"}
    response = strict.post(form, fields)
    assert response.status_code == 403
    assert "Was Sie in einem Formular der Redaktion geschrieben haben" in words(response)
    assert b"Fremd" not in response.content
    assert not UnsavedInput.objects.exists()
    assert strict.post(reverse("admin:unsaved_input")).json() == {"state": "token"}


# ── Files ────────────────────────────────────────────────────────────────────────────────────
def test_a_file_of_a_refused_form_is_still_there(client, editor, django_capture_on_commit_callbacks):
    form = url(Image, "add")
    fields = opened(client, form) | {"title": "", "alt_text": "Ein Feld", "_save": "x"}
    response = client.post(form, fields | {"file": picture()})
    assert response.status_code == 200
    assert "„bild.png“ ist noch da" in words(response)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(form, fields | {"title": "Feld"})
    assert answer.status_code == 302, answer.context["errors"]
    assert (Image.objects.get().width, Image.objects.get().title) == (400, "Feld")
    assert list(files._room().glob("*")) == []


def test_another_file_replaces_the_held_one(client, editor):
    form = url(Image, "add")
    fields = opened(client, form) | {"title": "", "alt_text": "Ein Feld", "_save": "x"}
    client.post(form, fields | {"file": picture("erstes.png")})
    client.post(form, fields | {"file": picture("zweites.png")})
    assert [file["name"] for file in UnsavedInput.objects.get().files] == ["zweites.png"]
    assert len(list(files._room().glob("*"))) == 1


def test_a_file_sent_with_an_expired_session_is_saved_after_the_log_in(client, editor):
    form = url(Image, "add")
    fields = opened(client, form) | {"title": "Feld", "alt_text": "Ein Feld", "_save": "x"}
    client.session.flush()
    target = client.post(form, fields | {"file": picture()}).url
    assert client.get(log_in(client, target).url).status_code == 302
    assert Image.objects.get().width == 400


def test_held_files_go_after_an_hour_and_large_ones_are_not_held(client, editor, settings):
    form = url(Image, "add")
    fields = opened(client, form) | {"title": "", "_save": "x"}
    client.post(form, fields | {"file": picture()})
    (held,) = files._room().glob("*")
    assert held.stat().st_mode & 0o077 == 0
    os.utime(held, (0, 0))
    kept = UnsavedInput.objects.get()
    assert "ist noch da" not in words(shown(client, form, kept))
    settings.MATERIAL_MAX_BYTES = 10
    client.post(form, fields | {"file": picture()})
    files.clear_old()
    assert list(files._room().glob("*")) == []
    assert QueryDict(UnsavedInput.objects.get().data)["title"] == ""
