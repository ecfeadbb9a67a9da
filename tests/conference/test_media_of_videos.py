"""The files of recordings: whole and in parts while their video is public, gone with the next request if not."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from conference.images import renditions
from sessions_app.models import MediaFile
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def film():
    return make.media_file(file=make.recording(), media_type="", video=make.video(poster=make.image()))


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_media_of_a_video_comes_whole_with_its_type(client, film):
    data = film.file.read()
    response = client.get(film.file.url)
    assert (response.status_code, body(response)) == (200, data)
    assert (response["Content-Type"], response["Content-Length"]) == ("video/mp4", str(len(data)))
    assert response["Content-Disposition"].startswith("inline")
    assert response["Accept-Ranges"] == "bytes"
    again = client.get(film.file.url, headers={"if_none_match": response["ETag"]})
    assert (again.status_code, body(again)) == (304, b"")


def test_media_of_a_video_comes_in_parts(client, film):
    data = film.file.read()
    size = len(data)
    for asked, part in (
        ("bytes=0-", range(size)),
        ("bytes=0-1", range(2)),
        ("bytes=70000-199999", range(70_000, 200_000)),
        (f"bytes={size - 1}-{size + 5}", range(size - 1, size)),
        ("bytes=-500", range(size - 500, size)),
    ):
        response = client.get(film.file.url, headers={"range": asked})
        assert (response.status_code, body(response)) == (206, data[part.start : part.stop]), asked
        assert response["Content-Range"] == f"bytes {part.start}-{part.stop - 1}/{size}"
    beyond = client.get(film.file.url, headers={"range": f"bytes={size}-"})
    assert (beyond.status_code, beyond["Content-Range"], body(beyond)) == (416, f"bytes */{size}", b"")
    several = client.get(film.file.url, headers={"range": "bytes=0-1,5-6"})
    assert (several.status_code, body(several)) == (200, data)


@pytest.mark.parametrize("role,suffix", [("main", "mp4"), ("audio", "m4a"), ("sign_language", "mp4")])
@pytest.mark.parametrize("owner", ["video", "event", "conference"])
def test_media_of_a_withdrawn_video_is_gone_at_once_in_parts_too(client, film, role, suffix, owner):
    made = make.media_file(file=make.recording(suffix), media_type="", role=role, video=film.video)
    poster = default_storage.url(renditions(film.video.poster)[0].name)
    owners = {"video": film.video, "event": film.video.event, "conference": film.video.event.conference}
    for headers in ({}, {"range": "bytes=0-9"}):
        assert client.get(made.file.url, headers=headers).status_code in (200, 206)
    assert client.get(poster).status_code == 200
    owners[owner].withdraw()
    unknown = client.get("/medien/videos/nie/gewesen.mp4").content
    for headers in ({}, {"range": "bytes=0-9"}, {"range": "bytes=99999999-"}, {"if_none_match": "*"}):
        for address in (made.file.url, poster):
            refused = client.get(address, headers=headers)
            assert (refused.status_code, body(refused)) == (404, unknown)
            assert not {"Content-Range", "Accept-Ranges", "ETag"} & set(refused.headers)


def test_media_of_a_draft_is_for_those_who_see_the_video(editor_client):
    made = make.media_file(file=make.recording(), media_type="", video=make.video(status="draft"))
    shown = editor_client.get(made.file.url, headers={"range": "bytes=0-9"})
    assert (shown.status_code, shown["Cache-Control"]) == (206, "private, no-cache")
    assert Client().get(made.file.url, headers={"range": "bytes=0-9"}).status_code == 404
    stranger = Client()
    stranger.force_login(make.user(permissions=["conference.view_page"]))
    assert stranger.get(made.file.url).status_code == 404


def test_media_forgets_a_file_that_was_replaced(client, film):
    before = film.file.url
    film.file = make.recording("m4a")
    film.full_clean()
    film.save()
    assert client.get(before).status_code == 404
    assert client.get(MediaFile.objects.get().file.url)["Content-Type"] == "audio/mp4"


def test_media_asks_few_questions_for_a_film(client, film, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        assert client.get(film.file.url, headers={"range": "bytes=0-9"}).status_code == 206


def test_media_is_handed_to_nginx_where_there_is_one(client, film, settings):
    settings.MEDIA_ACCEL_PREFIX = "/intern/medien/"
    for headers in ({}, {"range": "bytes=0-9"}, {"if_none_match": "*"}):
        response = client.get(film.file.url, headers=headers)
        assert (response.status_code, body(response)) == (200, b"")
        assert response["X-Accel-Redirect"] == f"/intern/medien/{film.file.name}"
        assert (response["Content-Type"], response["Cache-Control"]) == ("video/mp4", "no-cache")
        assert "ETag" not in response.headers
    film.video.withdraw()
    refused = client.get(film.file.url)
    assert (refused.status_code, refused.has_header("X-Accel-Redirect")) == (404, False)
