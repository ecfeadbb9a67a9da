"""Handing in, looking, saying what is wrong, returning or publishing; and who is told."""

from smtplib import SMTPException

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse

from conference.editing.copies import copy_of
from conference.models import FieldComment, Notice, Page, ReviewRequest
from tests import make
from tests.desk import step, url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def sending(settings, django_capture_on_commit_callbacks):
    """A block at whose end the mails of what was saved in it go out."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.SITE_URL = "https://nachlese.example"
    return lambda: django_capture_on_commit_callbacks(execute=True)


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def people():
    editor = make.editor(username="edda", first_name="Edda", last_name="Ä", email="edda@example.org")
    kim = make.publisher(username="kim", first_name="Kim", email="kim@example.org")
    noor = make.publisher(username="noor", email="")
    return {"edda": (editor, browser(editor)), "kim": (kim, browser(kim)), "noor": (noor, browser(noor))}


def review(thing):
    meta = thing._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_review", args=[thing.pk])


def told():
    return {(notice.user.username, notice.text.partition("\n")[0]) for notice in Notice.objects.all()}


def test_submitting_tells_everybody_who_may_publish_or_one_or_a_group(people):
    page = make.page("Impressum", status="draft")
    edda = people["edda"][1]
    step(edda, page, "submit", _review_note="Bitte bis Freitag <b>")
    sentence = "Edda Ä bittet um Freigabe von „Impressum“."
    assert told() == {("kim", sentence), ("noor", sentence)}
    Notice.objects.all().delete()
    step(edda, page, "submit", _review_to=f"user:{people['noor'][0].pk}")
    assert told() == {("noor", sentence)}
    assert ReviewRequest.objects.filter(decision="open").get().to_user == people["noor"][0]
    Notice.objects.all().delete()
    step(edda, page, "submit", _review_to=f"group:{Group.objects.get(name='Veröffentlichung').pk}")
    assert {name for name, _text in told()} == {"kim", "noor"}
    assert ReviewRequest.objects.filter(decision="open").count() == 1


def test_mails_are_german_and_go_out_after_the_save(people, sending):
    page = make.page("Impressum", status="draft")
    with sending():
        step(people["edda"][1], page, "submit", _review_note="Bitte bis Freitag")
        assert mail.outbox == []
    assert [m.to for m in mail.outbox] == [["kim@example.org"]]
    assert "Edda Ä bittet um Freigabe von „Impressum“." in mail.outbox[0].subject
    assert "Bitte bis Freitag" in mail.outbox[0].body
    assert f"https://nachlese.example{review(page)}" in mail.outbox[0].body


@pytest.mark.parametrize("error", [SMTPException("nein"), ConnectionRefusedError("nein"), TimeoutError("nein")])
def test_a_broken_mail_server_breaks_nothing(people, sending, monkeypatch, error):
    def broken(*args):
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", broken)
    page = make.page("Impressum", status="draft")
    with sending():
        assert step(people["edda"][1], page, "submit").status_code == 302
    assert Page.objects.get().status == "in_review"
    assert Notice.objects.count() == 2


@pytest.mark.parametrize("status", ["draft", "published"])
def test_the_reviewer_sees_the_differences_comments_and_returns(people, status):
    page = make.page("Impressum", status=status)
    edda, kim = people["edda"][1], people["kim"][1]
    step(edda, page, "submit", title="Impressum, neu")
    shown = kim.get(review(page))
    if status == "published":
        assert [str(each.path) for each in shown.context["differences"]] == ["title"]
    assert kim.get(reverse("admin:review_list")).context["requests"][0].address == review(page)
    kim.post(review(page), {"_comment": "x", "field": "title", "text": "Zu lang <i>"})
    assert "keine gültige Auswahl" in words(kim.post(review(page), {"_comment": "x", "field": "unsinn", "text": ""}))
    assert FieldComment.objects.count() == 1
    Notice.objects.all().delete()
    kim.post(review(page), {"_return": "x", "answer": "Noch einmal, bitte."})
    name = "Impressum" if status == "published" else "Impressum, neu"
    assert told() == {("edda", f"Kim hat „{name}“ zurückgegeben.")}
    assert "Noch einmal, bitte." in Notice.objects.get().text
    assert "Offene Anmerkungen zu Feldern: 1" in Notice.objects.get().text
    page.refresh_from_db()
    assert page.status == status
    if status == "published":
        assert not copy_of(page).is_submitted
    form = edda.get(url(Page, "change", page.pk))
    assert "Zu lang" in words(form) and "<i>" not in form.content.decode()
    assert 'href="#id_title"' in form.content.decode()
    edda.post(review(page), {"_resolve": str(FieldComment.objects.get().pk)})
    assert FieldComment.objects.get().resolved_by == people["edda"][0]
    assert ReviewRequest.objects.get().decision == "returned"


@pytest.mark.parametrize("status", ["draft", "published"])
def test_publishing_tells_the_author(people, status):
    page = make.page("Impressum", status=status)
    step(people["edda"][1], page, "submit", title="Neu")
    Notice.objects.all().delete()
    people["kim"][1].post(review(page), {"_publish": "x"})
    page.refresh_from_db()
    assert (page.title, page.status) == ("Neu", "published")
    assert told() == {("edda", "Kim hat „Neu“ veröffentlicht.")}
    assert ReviewRequest.objects.get().decision == "published"


def test_an_editor_can_neither_publish_nor_return_on_the_review_page(people):
    page = make.page("Impressum", status="draft")
    edda = people["edda"][1]
    step(edda, page, "submit")
    assert edda.post(review(page), {"_publish": "x"}).status_code == 403
    assert edda.post(review(page), {"_return": "x"}).status_code == 403
    assert "Entscheiden" not in words(edda.get(review(page)))
    assert Page.objects.get().status == "in_review"
    viewer = browser(make.user(permissions=["conference.view_page"]))
    assert viewer.get(review(page)).status_code == 403
    assert viewer.get(reverse("admin:review_list")).context["requests"] == []


def test_withdrawing_settles_what_was_asked(people):
    page = make.page("Impressum", status="draft")
    step(people["edda"][1], page, "submit")
    step(people["kim"][1], page, "withdraw")
    assert ReviewRequest.objects.get().decision == "obsolete"


def test_notices_are_ones_own_and_read_when_one_says_so(people):
    page = make.page("Impressum", status="draft")
    step(people["edda"][1], page, "submit", _review_note="<script>x</script>")
    kim, noor = people["kim"][1], people["noor"][1]
    shown = kim.get(reverse("admin:notice_list"))
    assert "Nachrichten (1 neu)" in words(shown)
    assert "<script>x" not in shown.content.decode()
    kim.post(reverse("admin:notice_list"))
    assert "Nachrichten (1 neu)" not in words(kim.get(reverse("admin:notice_list")))
    assert "Nachrichten (1 neu)" in words(noor.get(reverse("admin:notice_list")))


def test_the_start_page_says_what_waits_and_what_is_new(people):
    page = make.page("Impressum")
    step(people["edda"][1], page, "submit", title="Neu")
    context = people["kim"][1].get(reverse("admin:index")).context
    assert [str(entry.thing) for entry in context["waiting"]] == ["Impressum"]
    assert "1 neue Nachricht" in [todo.heading for todo in context["todos"]]
    assert "1 neue Nachricht" not in words(people["edda"][1].get(reverse("admin:index")))
