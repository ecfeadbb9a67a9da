"""Files on their way out: who gets them, and in which parts."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from conference.images import renditions
from conference.models import Material
from tests import make

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 4


def material(data=PDF, name="Leitfaden für Orte.pdf", **fields):
    return make.material(file=SimpleUploadedFile(name, data), **fields)


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def fetch(client, thing, **headers):
    return client.get(thing.file.url, headers=headers)


def test_media_serves_the_file_of_a_published_material(client):
    response = fetch(client, material())
    assert (response.status_code, body(response)) == (200, PDF)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(PDF))
    assert response["Content-Disposition"].startswith("inline")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-cache"
    assert not response.cookies


def test_media_of_a_draft_is_a_404_like_any_other(client, editor_client):
    hidden = material(status="draft")
    from django.test import Client

    anonymous = Client()
    refused, unknown = anonymous.get(hidden.file.url), anonymous.get("/medien/materialien/nie/gewesen.pdf")
    assert (refused.status_code, refused.content) == (404, unknown.content)
    shown = editor_client.get(hidden.file.url)
    assert (shown.status_code, shown["Cache-Control"]) == (200, "private, no-cache")


def test_media_needs_the_right_to_view_that_kind(client):
    client.force_login(make.user(permissions=["conference.view_page"]))
    assert fetch(client, material(status="draft")).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "../conference/settings.py",
        "%2e%2e/manage.py",
        "materialien/",
        "a%00b.pdf",
        "x.html",
        "bilder/ab/" + "a" * 64 + "/original.jpg",
    ],
)
def test_media_knows_only_what_is_referred_to(client, path):
    assert client.get(f"/medien/{path}").status_code == 404


def test_media_forgets_a_file_nobody_refers_to(client):
    default_storage.save("materialien/allein.pdf", io.BytesIO(PDF))
    assert client.get("/medien/materialien/allein.pdf").status_code == 404


def test_media_shows_a_picture_while_something_published_shows_it(client):
    image = make.image()
    url = default_storage.url(renditions(image, "3x2")[0].name)
    assert client.get(url).status_code == 404
    event = make.event(image=image, status="draft", summary="Kurz")
    assert client.get(url).status_code == 404
    event.publish()
    response = client.get(url)
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    event.conference.withdraw()
    assert client.get(url).status_code == 404
    make.speaker(portrait=image)
    assert client.get(url).status_code == 200


def test_media_asks_few_questions(client, django_assert_num_queries):
    image = make.image()
    make.event(image=image)
    url = default_storage.url(renditions(image)[0].name)
    with django_assert_num_queries(1):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize(
    ("asked", "status", "content_range", "part"),
    [
        ("bytes=0-9", 206, "bytes 0-9/1033", PDF[:10]),
        ("bytes=1000-", 206, "bytes 1000-1032/1033", PDF[1000:]),
        ("bytes=-5", 206, "bytes 1028-1032/1033", PDF[-5:]),
        ("bytes=-99999", 206, "bytes 0-1032/1033", PDF),
        ("bytes=1030-99999", 206, "bytes 1030-1032/1033", PDF[1030:]),
        ("bytes=1033-", 416, "bytes */1033", b""),
        ("bytes=-0", 416, "bytes */1033", b""),
        ("bytes=0-1,5-6", 200, None, PDF),
        ("bytes=9-2", 200, None, PDF),
        ("bytes=-", 200, None, PDF),
        ("lines=1-2", 200, None, PDF),
        ("bytes=" + "9" * 40 + "-", 200, None, PDF),
    ],
)
def test_media_answers_parts(client, asked, status, content_range, part):
    response = fetch(client, material(), range=asked)
    assert (response.status_code, response.get("Content-Range"), body(response)) == (status, content_range, part)
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Length"] == str(len(part))


def test_media_answers_what_has_not_changed_with_304(client):
    thing = material()
    first = fetch(client, thing)
    for header in ({"if_none_match": first["ETag"]}, {"if_modified_since": first["Last-Modified"]}):
        again = fetch(client, thing, **header)
        assert (again.status_code, body(again)) == (304, b"")
    assert fetch(client, thing, range="bytes=0-9", if_range=first["ETag"]).status_code == 206
    assert fetch(client, thing, range="bytes=0-9", if_range='"anders"').status_code == 200


def test_media_is_read_only_and_answers_head(client):
    thing = material()
    assert client.post(thing.file.url).status_code == 405
    response = client.head(thing.file.url)
    assert (response.status_code, response["Content-Length"]) == (200, str(len(PDF)))


def archive(*names, **contents):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name in names:
            file.writestr(name, contents.get(name, "x"))
    return content.getvalue()


WORD = archive("[Content_Types].xml", "word/document.xml")
ODT = archive("mimetype", "content.xml", mimetype="application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", PDF),
        ("a.docx", WORD),
        ("a.odt", ODT),
        ("a.zip", WORD),
        ("a.csv", b"Ort;Jahr\nK\xf6ln;2020"),
        ("a.PDF", PDF),
    ],
)
def test_material_takes_files_whose_content_agrees(client, name, data):
    response = fetch(client, material(data, name))
    assert (response.status_code, body(response)) == (200, data)
    assert response["Content-Disposition"].startswith("inline" if name.lower() == "a.pdf" else "attachment")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.exe", b"MZ", "Dateien dieser Art („.exe“)"),
        ("a.svg", b"<svg/>", "Dateien dieser Art („.svg“)"),
        ("a.html", b"<html>", "Dateien dieser Art („.html“)"),
        ("a", PDF, "Dateien dieser Art („.“)"),
        ("a.pdf", b"<html>", "passt nicht zu ihrer Endung „.pdf“"),
        ("a.docx", archive("[Content_Types].xml", "xl/workbook.xml"), "passt nicht"),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "Makros"),
        ("a.odt", WORD, "passt nicht"),
        ("a.txt", b"a\x00b", "passt nicht"),
        ("a.txt", b"<script>", "passt nicht"),
    ],
)
def test_material_refuses_other_files_with_a_sentence(name, data, words):
    with pytest.raises(
        ValidationError, match=words.replace("(", r"\(").replace(")", r"\)").replace(".", r"\.")
    ) as refused:
        Material(title="X", slug="x", file=SimpleUploadedFile(name, data)).full_clean()
    assert list(refused.value.error_dict) == ["file"]


def test_material_refuses_too_large_files(settings):
    settings.MATERIAL_MAX_BYTES = 1024
    with pytest.raises(ValidationError, match="Erlaubt sind höchstens"):
        Material(title="X", slug="x", file=SimpleUploadedFile("a.pdf", PDF)).full_clean()
