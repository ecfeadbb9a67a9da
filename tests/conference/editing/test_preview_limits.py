"""A preview shows what its reader may see, and no more; and answers whatever is asked for."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from conference.editing.copies import store
from conference.editing.preview import preview_url
from conference.editing.revisions import keep
from conference.editing.snapshot import take
from conference.sharing.links import address, make_link
from sessions_app.models import Event
from tests import make
from tests.conference.editing.test_saving import an_event
from tests.desk import url, words
from tests.two_conferences import limited_to

pytestmark = pytest.mark.django_db
MARK = "Quittenbrot"


def with_copy(record, **fields):
    data = take(record)
    return store(record, data | {"fields": data["fields"] | fields}, None)


def test_an_editor_of_one_conference_previews_nothing_of_another(client):
    mine, theirs = an_event(), an_event()
    client.force_login(limited_to(mine.conference, make.publisher(username="kim")))
    own, foreign = with_copy(mine, title=MARK), with_copy(theirs, title=MARK)
    revision = keep(theirs, "saved", None, data=foreign.data)
    moved = with_copy(make.theme(conference=theirs.conference), conference_id=mine.conference_id, title=MARK)
    assert MARK in words(client.get(preview_url(mine.get_absolute_url(), f"k{own.pk}")))
    for key in (f"k{foreign.pk}", f"r{revision.pk}", f"k{moved.pk}"):
        for page in ("/", "/veranstaltungen/", theirs.get_absolute_url(), theirs.conference.get_absolute_url()):
            answer = client.get(preview_url(page, key))
            assert (answer.status_code, MARK in words(answer)) == (200, False)


def test_a_limited_editor_cannot_run_the_form_of_another_conference(client):
    mine, theirs = an_event(), an_event()
    client.force_login(limited_to(mine.conference, make.publisher(username="kim")))
    with_copy(theirs, title=MARK)
    for answer in (client.get(url(Event, "change", theirs.pk)), client.post(url(Event, "change", theirs.pk), {})):
        assert answer.status_code in (302, 403)
        assert MARK not in answer.content.decode()


@pytest.mark.parametrize("key", ["k999", "x1", "k", "r" + "9" * 30, "k-1", "k1'", "é"])
def test_a_key_for_nothing_is_the_public_page(publisher_client, key):
    event = an_event()
    assert publisher_client.get(preview_url(event.get_absolute_url(), key)).status_code == 200


def test_the_preview_answers_head_files_calendars_and_the_second_of_a_video(publisher_client):
    event = an_event()
    working_copy = with_copy(event, title=MARK)
    page = event.get_absolute_url()
    for path in (page, f"{page}?t=12", f"{page}kalender.ics", "/veranstaltungen/", "/exporte/veranstaltungen.csv"):
        asked = preview_url(path, f"k{working_copy.pk}")
        answer = publisher_client.get(asked)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store"), path
        assert MARK in answer.content.decode("utf-8-sig"), path
        assert publisher_client.head(asked).status_code == 200
    tagged = publisher_client.get(f"{page}kalender.ics").headers.get("ETag", '"x"')
    again = publisher_client.get(
        preview_url(f"{page}kalender.ics", f"k{working_copy.pk}"), headers={"if-none-match": tagged}
    )
    assert again.status_code == 200
    assert Event.objects.get().title == "Auftakt"


def test_a_new_address_is_shown_in_the_preview(publisher_client):
    event = an_event()
    working_copy = with_copy(event, slug="neue-adresse")
    old = event.get_absolute_url()
    new = old.replace(event.slug, "neue-adresse")
    assert publisher_client.get(preview_url(new, f"k{working_copy.pk}")).status_code == 200
    assert publisher_client.get(new).status_code == 404
    assert publisher_client.get(old).status_code == 200


def test_a_file_of_the_working_copy_alone_is_on_its_preview(publisher_client):
    material = make.material("Folien", url="https://example.org/")
    form = publisher_client.get(url(type(material), "change", material.pk))
    from tests.desk import posted

    file = SimpleUploadedFile("folien.pdf", b"%PDF-1.4 geheim\n%%EOF", content_type="application/pdf")
    sent = posted(form) | {"file": file, "url": "", "_continue": "x"}
    assert publisher_client.post(url(type(material), "change", material.pk), sent).status_code == 302
    preview = publisher_client.get(url(type(material), "change", material.pk)).context["preview_url"]
    page = publisher_client.get(preview).content.decode()
    [path] = {part.split('"')[0] for part in page.split('href="')[1:] if part.startswith("/medien/")}
    assert "?vorschau=" in path
    answer = publisher_client.get(path)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert publisher_client.get(path.partition("?")[0]).status_code == 404
    assert Client().get(path).status_code == 404


def test_why_a_preview_is_not_possible_is_plain_text(publisher_client):
    event = an_event()
    data = take(event)
    data["fields"] |= {"conference_id": 999_999}
    working_copy = store(event, data, None)
    answer = publisher_client.get(preview_url("/", f"k{working_copy.pk}"))
    assert (answer.status_code, answer["Content-Type"]) == (409, "text/plain; charset=utf-8")


def test_a_preview_link_shows_no_neighbour_of_a_draft_conference(client):
    conference = make.conference("Herbst", status="draft")
    event, neighbour = (
        make.event("Eins", conference=conference, number=1),
        make.event(MARK, conference=conference, number=2),
    )
    make.video(MARK, event=event)
    make.theme(MARK, conference=conference)
    page = client.get(address(make_link(event, None, "Ada", 14)))
    assert page.status_code == 200
    assert "Eins" in words(page)
    assert MARK not in page.content.decode()
    assert neighbour.get_absolute_url() not in page.content.decode()
