"""The editing screens: every one opens, in German, and none lets through what its user may not do."""

import html
import re

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from django.test import Client
from django.urls import reverse

from conference.images import renditions
from conference.models import Image, Material, Organisation, Page
from conference.publishing import Publishable, publishable_models
from projects_app.models import Project
from sessions_app.models import Contribution, Event, Video
from tests import make

pytestmark = pytest.mark.django_db
MODELS = sorted((model for model in admin.site._registry if model not in (User, Group)), key=lambda m: m.__name__)
NAMES = [model.__name__ for model in MODELS]


def made(model, **fields):
    return getattr(make, model._meta.model_name)(**fields)


def url(model, view, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


def words(response):
    """What a person reads or hears of a page."""
    text = re.sub(r"<(script|style|svg|code)\b.*?</\1>|<!--.*?-->", " ", response.content.decode(), flags=re.DOTALL)
    heard = re.findall(r'(?:title|alt|aria-label|placeholder|type="submit" value)="([^"]*)"', text)
    return html.unescape(" ".join([re.sub(r"<[^>]+>", " ", text), *heard]))


def posted(response):
    """The form as it stands, to be sent back."""
    form = response.context["adminform"].form
    data = {}
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    for part in [form, *(f for formset in formsets for f in [formset.management_form, *formset.forms])]:
        for field in part:
            value = field.value()
            for widget in field.subwidgets if field.field.widget.__class__.__name__ == "AdminSplitDateTime" else ():
                for half in widget.data["subwidgets"]:
                    data[half["name"]] = half["value"] or ""
            if value is None or value is False or isinstance(value, FieldFile):
                continue
            data[field.html_name] = [str(item) for item in value] if isinstance(value, list) else str(value)
    return data


# ── Every screen ─────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("model", MODELS, ids=NAMES)
@pytest.mark.parametrize("person", ["editor", "publisher"])
def test_every_screen_opens_and_speaks_german(client, model, person):
    client.force_login(getattr(make, person)())
    thing = made(model)
    pages = [
        ("changelist", ()),
        ("add", ()),
        ("change", (thing.pk,)),
        ("history", (thing.pk,)),
        ("delete", (thing.pk,)),
    ]
    for view, args in pages:
        response = client.get(url(model, view, *args))
        may = person == "publisher" or view != "delete" or model is Contribution
        assert response.status_code == (200 if may else 403), view
        if may:
            assert "unsafe" not in response["Content-Security-Policy"]
            assert not ENGLISH.findall(words(response)), view


ENGLISH = re.compile(
    r"\b(the|and|of|add|change|delete|save|select|search|history|view|home|date|time|your|this|all|none|unknown|"
    r"yes|no|any|clear|today|now|currently|please|password|log|user|users|group|groups|action|go|show|hide)\b",
    re.IGNORECASE,
)


def test_start_and_accounts_open_and_speak_german(client):
    client.force_login(make.administrator(username="ada"))
    user, group = User.objects.first(), Group.objects.get(name="Redaktion")
    addresses = [
        reverse("admin:index"),
        reverse("admin:password_change"),
        reverse("admin:app_list", args=["sessions_app"]),
    ]
    addresses += [url(type(thing), "changelist") for thing in (user, group)]
    addresses += [url(type(thing), "add") for thing in (user, group)]
    addresses += [
        url(type(thing), view, thing.pk) for thing in (user, group) for view in ("change", "history", "delete")
    ]
    addresses.append(reverse("admin:auth_user_password_change", args=[user.pk]))
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert not ENGLISH.findall(words(response)), address
    assert not ENGLISH.findall(words(Client().get(reverse("admin:login"))))


def test_list_actions_ask_in_german(client):
    client.force_login(make.administrator())
    event = make.event(materials=[make.material()], questions=["Warum?"])
    response = client.post(url(Event, "changelist"), {"action": "delete_selected", "_selected_action": [event.pk]})
    assert response.status_code == 200
    assert not ENGLISH.findall(words(response))


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_lists_ask_the_same_number_of_questions_at_one_and_at_three(
    publisher_client, model, django_assert_max_num_queries
):
    made(model)
    with django_assert_max_num_queries(40) as one:
        publisher_client.get(url(model, "changelist"))
    conference = make.conference()
    event = make.event(conference=conference)
    for _number in range(2):
        related = {Event: {"conference": conference}, Contribution: {"event": event}, Video: {"event": event}}
        made(model, **related.get(model, {}))
    with django_assert_max_num_queries(40) as three:
        publisher_client.get(url(model, "changelist"))
    # A filter by relation reads its choices: one query however many there are.
    assert len(three) <= len(one) + 1


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_lists_can_be_searched_and_every_relation_completes(publisher_client, model):
    made(model)
    assert publisher_client.get(url(model, "changelist"), {"q": "Rathaus"}).status_code == 200
    for field in admin.site._registry[model].autocomplete_fields:
        query = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field}
        assert publisher_client.get(reverse("admin:autocomplete"), query | {"term": "a"}).status_code == 200


def test_every_relation_is_searched_for():
    for model, model_admin in admin.site._registry.items():
        if issubclass(model, Publishable) or model is Contribution:
            relations = {f.name for f in [*model._meta.fields, *model._meta.many_to_many] if f.is_relation}
            assert relations == set(model_admin.autocomplete_fields), model


@pytest.mark.parametrize("value", ["oeffentlich", "geplant", "freigabe", "entwurf", "zurueckgezogen"])
def test_lists_are_narrowed_by_state(publisher_client, value):
    things = {
        "oeffentlich": make.page("A"),
        "geplant": make.page("B", published_at=make.soon()),
        "freigabe": make.page("C", status="in_review"),
        "entwurf": make.page("D", status="draft"),
        "zurueckgezogen": make.page("E", status="withdrawn"),
    }
    response = publisher_client.get(url(Page, "changelist"), {"stand": value})
    assert list(response.context["cl"].result_list) == [things[value]]


# ── Submit, publish, withdraw ────────────────────────────────────────────────────────────────
def step(client, thing, action, **fields):
    address = url(type(thing), "change", thing.pk)
    data = posted(client.get(address)) | {f"_{action}": "x"} | fields
    return client.post(address, data)


def status_of(thing):
    return type(thing).objects.values_list("status", flat=True).get(pk=thing.pk)


def buttons(response):
    return re.findall(r'name="_(submit|publish|withdraw)"', response.content.decode())


@pytest.mark.parametrize("model", publishable_models(), ids=lambda model: model.__name__)
def test_editors_submit_and_cannot_publish_by_any_form(editor_client, model):
    fields = {"summary": "Kurz"} if hasattr(model, "summary") else {}
    thing = made(model, status="draft", **fields)
    page = editor_client.get(url(model, "change", thing.pk))
    assert buttons(page) == ["submit"]
    assert not {"status", "published_at", "expires_at"} & set(page.context["adminform"].form.fields)
    forged = {
        "status": "published",
        "published_at_0": "01.01.2020",
        "published_at_1": "10:00",
        "published_at": "2020-01-01",
    }
    assert step(editor_client, thing, "publish", **forged).status_code == 403
    assert step(editor_client, thing, "withdraw", **forged).status_code == 403
    assert step(editor_client, thing, "continue", **forged).status_code == 302
    assert status_of(thing) == "draft"
    for action in ("publish_selected", "withdraw_selected", "delete_selected"):
        editor_client.post(url(model, "changelist"), {"action": action, "_selected_action": [thing.pk], "post": "yes"})
        assert status_of(thing) == "draft"
    assert step(editor_client, thing, "submit", **forged).status_code == 302
    assert status_of(thing) == "in_review"
    thing.refresh_from_db()
    assert thing.published_at is None


def test_new_thing_with_a_forged_step_is_not_even_saved(editor_client):
    data = posted(editor_client.get(url(Page, "add"))) | {"title": "Neu", "_publish": "x", "status": "published"}
    assert editor_client.post(url(Page, "add"), data).status_code == 403
    assert not Page.objects.exists()


@pytest.mark.parametrize("model", publishable_models(), ids=lambda model: model.__name__)
def test_publishers_publish_and_withdraw(publisher_client, model):
    fields = {"summary": "Kurz"} if any(f.name == "summary" for f in model._meta.fields) else {}
    thing = made(model, status="draft", **fields)
    assert buttons(publisher_client.get(url(model, "change", thing.pk))) == ["submit", "publish"]
    assert step(publisher_client, thing, "publish").status_code == 302
    thing.refresh_from_db()
    assert thing.is_public
    assert buttons(publisher_client.get(url(model, "change", thing.pk))) == ["withdraw"]
    assert step(publisher_client, thing, "withdraw").status_code == 302
    assert status_of(thing) == "withdrawn"
    changes = LogEntry.objects.filter(object_id=str(thing.pk)).values_list("change_message", flat=True)
    assert {"Veröffentlicht.", "Zurückgezogen."} <= set(changes)


def test_a_moment_typed_into_a_draft_does_not_publish_it(publisher_client):
    page = make.page(status="draft")
    step(publisher_client, page, "continue", published_at_0="01.01.2020", published_at_1="10:00")
    page.refresh_from_db()
    assert (page.status, page.published_at.year) == ("draft", 2020)


def test_a_moment_in_the_future_schedules(publisher_client):
    page = make.page(status="draft")
    response = step(publisher_client, page, "publish", published_at_0="01.03.2090", published_at_1="09:30")
    assert "geplant für 1. März 2090, 09:30 Uhr" in words(publisher_client.get(response.url))
    page.refresh_from_db()
    assert not page.is_public
    assert list(Page.objects.scheduled()) == [page]


def test_a_published_thing_keeps_its_moment(publisher_client):
    page = make.page()
    response = step(publisher_client, page, "continue", published_at_0="", published_at_1="")
    assert "Ein veröffentlichter Inhalt braucht den Zeitpunkt" in words(response)
    response = step(publisher_client, page, "continue", expires_at_0="01.01.2001", expires_at_1="10:00")
    assert "„Öffentlich bis“ muss nach „Öffentlich ab“ liegen." in words(response)


def test_what_is_missing_is_said_and_nothing_typed_is_lost(publisher_client):
    image = make.image()
    Image.objects.update(alt_text="")
    event = make.event(status="draft", summary="Kurz", image=image)
    response = step(publisher_client, event, "publish", title="Neuer Titel")
    shown = words(publisher_client.get(response.url))
    assert "aber nicht weitergegeben: Das Bild" in shown
    event.refresh_from_db()
    assert (event.title, event.status) == ("Neuer Titel", "draft")


def test_actions_say_what_they_did_and_what_not(publisher_client):
    things = [make.event(status="draft", summary="Kurz"), make.event(status="draft", title="Ohne Fragen")]
    chosen = {"action": "publish_selected", "_selected_action": [thing.pk for thing in things]}
    shown = words(publisher_client.post(url(Event, "changelist"), chosen, follow=True))
    assert "Veröffentlicht: 1 Eintrag." in shown
    assert "„Ohne Fragen“: Es fehlt eine Kurzfassung" in shown
    assert [status_of(thing) for thing in things] == ["published", "draft"]


@pytest.mark.parametrize(
    ("person", "offered"), [("editor", {"submit"}), ("publisher", {"submit", "publish", "withdraw", "delete"})]
)
def test_actions_are_offered_by_right(client, person, offered):
    client.force_login(getattr(make, person)())
    make.page()
    choices = dict(client.get(url(Page, "changelist")).context["action_form"].fields["action"].choices)
    assert {name.split("_")[0] for name in choices if name.endswith("_selected")} == offered


def test_those_who_only_take_listings_change_nothing(client):
    client.force_login(make.analyst())
    page = make.page(status="draft")
    for view, args in (("changelist", ()), ("add", ()), ("change", (page.pk,)), ("delete", (page.pk,))):
        assert client.get(url(Page, view, *args)).status_code == 403


def test_looking_opens_the_real_page_of_a_draft(editor_client):
    event = make.event(status="draft")
    address = editor_client.get(url(Event, "change", event.pk)).context["absolute_url"]
    assert address == event.get_absolute_url()
    assert editor_client.get(address).status_code == 200
    assert Client().get(address).status_code == 404


# ── Saving ───────────────────────────────────────────────────────────────────────────────────
def test_a_changed_slug_leaves_a_way_back(editor_client):
    page = make.page("Impressum")
    step(editor_client, page, "continue", slug="anbieter")
    response = Client().get("/seiten/impressum/")
    assert (response.status_code, response.url) == (301, "/seiten/anbieter/")


def test_what_is_saved_is_found_and_what_is_deleted_is_not(publisher_client):
    from conference.models.search import SearchDocument

    page = make.page("Impressum")
    step(publisher_client, page, "continue", body="<p>Verantwortlich ist die Gleisdreieckstelle.</p><script>x</script>")
    assert "Gleisdreieckstelle" in SearchDocument.objects.get(kind="conference.page", object_id=page.pk).text
    publisher_client.post(url(Page, "delete", page.pk), {"post": "yes"})
    assert not SearchDocument.objects.exists()
    assert not Page.objects.exists()


def test_wrong_input_gets_a_sentence_and_keeps_what_was_typed(editor_client):
    organisation = make.organisation()
    response = step(editor_client, organisation, "continue", name="Neuer Name", latitude="50", longitude="")
    assert "Bitte beide Koordinaten angeben oder keine." in words(response)
    assert 'value="Neuer Name"' in response.content.decode()
    assert Organisation.objects.get().name == organisation.name


def test_a_project_keeps_its_parts_through_the_form(editor_client):
    project = make.project(places=["Bensheim"], federal_states=["DE-HE"])
    partner = make.partnership(project=project)
    assert step(editor_client, project, "continue", headline="Kurz gesagt").status_code == 302
    project.refresh_from_db()
    assert (project.headline, project.federal_states) == ("Kurz gesagt", ["DE-HE"])
    assert list(project.partnerships.all()) == [partner]


def test_a_material_takes_a_file_and_refuses_a_wrong_one(editor_client):
    from django.core.files.uploadedfile import SimpleUploadedFile as Upload

    data = posted(editor_client.get(url(Material, "add"))) | {"title": "Leitfaden"}
    response = editor_client.post(url(Material, "add"), data | {"file": Upload("a.pdf", b"<html>")})
    assert "passt nicht zu ihrer Endung" in words(response)
    response = editor_client.post(url(Material, "add"), data | {"file": Upload("a.pdf", b"%PDF-1.7")})
    assert response.status_code == 302
    assert Material.objects.get().slug == "leitfaden"


# ── Pictures ─────────────────────────────────────────────────────────────────────────────────
def send_picture(client, **fields):
    data = posted(client.get(url(Image, "add"))) | {"title": "Rathaus", "file": make.picture_file()} | fields
    return client.post(url(Image, "add"), data)


def test_a_picture_needs_words_or_the_tick(editor_client):
    assert "Bitte beschreiben Sie das Bild" in words(send_picture(editor_client))
    assert "entweder ein Alternativtext oder" in words(send_picture(editor_client, alt_text="A", is_decorative="on"))
    assert not Image.objects.exists()
    assert send_picture(editor_client, is_decorative="on").status_code == 302
    assert Image.objects.get().is_described


def test_a_picture_comes_in_with_its_sizes(editor_client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert send_picture(editor_client, alt_text="Ein Rathaus", focal_x="20").status_code == 302
    image = Image.objects.get()
    assert (image.width, image.height, image.file.name.endswith("/original.png")) == (800, 600, True)
    assert all(default_storage.exists(size.name) for size in renditions(image, "3x2"))
    with django_capture_on_commit_callbacks(execute=True):
        assert step(editor_client, image, "continue", focal_x="80").status_code == 302
    image.refresh_from_db()
    assert default_storage.exists(renditions(image, "1x1")[0].name)
    assert image.focal_x == 80


def test_what_is_no_picture_is_refused_with_a_sentence(editor_client):
    from django.core.files.uploadedfile import SimpleUploadedFile as Upload

    response = send_picture(editor_client, alt_text="A", file=Upload("bild.png", b"Kein Bild"))
    assert "Die Datei ist kein Bild" in words(response)


# ── Start page ───────────────────────────────────────────────────────────────────────────────
def test_start_page_says_what_waits_what_is_planned_and_what_is_begun(client):
    publisher = make.publisher(username="kim", first_name="Kim")
    client.force_login(publisher)
    make.page("Wartet", status="in_review")
    make.project("Geplantes", published_at=make.soon())
    begun = make.speaker("Begonnen", status="draft")
    make.speaker("Fremder Entwurf", status="draft")
    step(client, begun, "continue", given_name="Ada")
    context = client.get(reverse("admin:index")).context
    assert [str(entry.thing) for entry in context["waiting"]] == ["Wartet"]
    assert [str(entry.thing) for entry in context["planned"]] == ["Geplantes"]
    assert [str(entry.thing) for entry in context["drafts"]] == ["Ada Begonnen"]
    assert [todo.heading for todo in context["todos"]] == ["1 Inhalt wartet"]


def test_start_page_shows_only_what_one_may_see(client):
    make.page("Geheim", status="in_review")
    client.force_login(make.user(permissions=["projects_app.view_project"]))
    response = client.get(reverse("admin:index"))
    assert response.context["waiting"] == []
    assert "Geheim" not in words(response)


def test_start_page_asks_the_same_number_of_questions(publisher_client, django_assert_max_num_queries):
    conference = make.conference(is_featured=True)

    def asked():
        make.event(conference=conference, theme=make.theme(), questions=["Warum?"])
        make.page(status="in_review")
        with django_assert_max_num_queries(45) as queries:
            publisher_client.get(reverse("admin:index"))
        return len(queries)

    assert asked() == asked() == asked()


def test_groups_and_people_are_kept(client):
    client.force_login(make.administrator())
    group = Group.objects.get(name="Redaktion")
    before = set(group.permissions.all())
    address = url(Group, "change", group.pk)
    assert client.post(address, posted(client.get(address))).status_code == 302
    assert set(group.permissions.all()) == before
    person = make.user("edda")
    address = reverse("admin:auth_user_password_change", args=[person.pk])
    assert "zu kurz" in words(client.post(address, {"password1": "kurz", "password2": "kurz"}))
    passwords = {"password1": "Wiesengrund-27", "password2": "Wiesengrund-27"}
    assert client.post(address, passwords).status_code == 302
    person.refresh_from_db()
    assert person.check_password("Wiesengrund-27")
    step(client, person, "continue", groups=[str(group.pk)])
    assert list(person.groups.all()) == [group]


def test_the_editor_style_is_the_one_the_policy_allows():
    """When the text editor is upgraded, its style changes: take the new value from here."""
    import base64
    import hashlib
    from pathlib import Path

    import django_prose_editor

    from conference.admin.accessible import EDITOR_STYLE_HASH

    script = Path(django_prose_editor.__file__).parent / "static/django_prose_editor/editor.js"
    styles = re.findall(r"`(\.ProseMirror \{.*?)`", script.read_text(), re.DOTALL)
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in styles}
    assert EDITOR_STYLE_HASH in hashes


def test_projects_can_be_narrowed_by_state(editor_client):
    hesse = make.project(federal_states=["DE-HE"])
    make.project(federal_states=["DE-NI"])
    response = editor_client.get(url(Project, "changelist"), {"land": "DE-HE"})
    assert list(response.context["cl"].result_list) == [hesse]
