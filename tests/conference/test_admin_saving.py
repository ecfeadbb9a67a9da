"""What the forms take in, and what the start page says of it."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile as Upload
from django.test import Client
from django.urls import reverse

from conference.images import renditions
from conference.models import Image, Material, Organisation, Page
from conference.models.search import SearchDocument
from tests import make
from tests.desk import posted, step, url, words

pytestmark = pytest.mark.django_db


def test_a_changed_slug_leaves_a_way_back(editor_client):
    page = make.page("Impressum", status="draft")
    step(editor_client, page, "continue", slug="anbieter")
    page.refresh_from_db()
    page.publish()
    response = Client().get("/seiten/impressum/")
    assert (response.status_code, response.url) == (301, "/seiten/anbieter/")


def test_what_is_saved_is_found_and_what_is_deleted_is_not(publisher_client):
    page = make.page("Impressum")
    step(publisher_client, page, "publish", body="<p>Verantwortlich ist die Gleisdreieckstelle.</p><script>x</script>")
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
    project = make.project(status="draft", places=["Bensheim"], federal_states=["DE-HE"])
    partner = make.partnership(project=project)
    assert step(editor_client, project, "continue", headline="Kurz gesagt").status_code == 302
    project.refresh_from_db()
    assert (project.headline, project.federal_states) == ("Kurz gesagt", ["DE-HE"])
    assert list(project.partnerships.all()) == [partner]


def test_a_material_takes_a_file_and_refuses_a_wrong_one(editor_client):
    data = posted(editor_client.get(url(Material, "add"))) | {"title": "Leitfaden"}
    response = editor_client.post(url(Material, "add"), data | {"file": Upload("a.pdf", b"<html>")})
    assert "passt nicht zu ihrer Endung" in words(response)
    response = editor_client.post(url(Material, "add"), data | {"file": Upload("a.pdf", b"%PDF-1.7")})
    assert response.status_code == 302
    assert Material.objects.get().slug == "leitfaden"


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
    response = send_picture(editor_client, alt_text="A", file=Upload("bild.png", b"Kein Bild"))
    assert "Die Datei ist kein Bild" in words(response)


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
    assert [each.title for each in context["planned"]] == ["Geplantes"]
    assert [each.title for each in context["begun"]] == ["Ada Begonnen"]
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
