"""How data is asked for and answered, whatever the noun."""

import datetime
import json
import uuid

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL


def _ask(client, address, status=200, **headers):
    response = client.get(address, headers=headers)
    assert response.status_code == status, response.content.decode()
    return response


def _titles(client, address):
    return [item["title"] for item in _ask(client, address).json()["items"]]


def _refused(client, address, status=400):
    response = _ask(client, address, status)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    problem = response.json()
    assert problem["status"] == status and problem["type"] == f"{SITE}/api/doku/#fehler-{status}"
    return problem


# ── Where to begin ───────────────────────────────────────────────────────────────────────────
def test_the_entry_names_every_collection_and_each_answers(client):
    entry = _ask(client, "/api/").json()
    names = [each["name"] for each in entry["collections"]]
    assert names == [
        *("conferences", "themes", "events", "contributions", "speakers", "organisations"),
        *("projects", "videos", "materials", "images", "pages"),
    ]
    assert entry["openapi"] == f"{SITE}/api/openapi.json" and "license" in entry["license"]
    for each in entry["collections"]:
        answer = _ask(client, each["url"].removeprefix(SITE)).json()
        assert (answer["total"], answer["items"], answer["next"]) == (0, [], None)


# ── Pages ────────────────────────────────────────────────────────────────────────────────────
def test_pages_follow_each_other_and_keep_the_question(client):
    for name in "ABCDE":
        make.material(f"Heft {name}", kind="tool")
    make.material("Anderes", kind="press")
    address, seen = "/api/materials?kind=tool&per_page=2", []
    while address:
        response = _ask(client, address)
        seen.append([item["title"] for item in response.json()["items"]])
        address = (response.json()["next"] or "").removeprefix(SITE)
    assert seen == [["Heft A", "Heft B"], ["Heft C", "Heft D"], ["Heft E"]]
    assert response.json() | {"items": 0} == {
        "total": 5, "page": 3, "per_page": 2, "next": None, "items": 0,
        "previous": f"{SITE}/api/materials?kind=tool&per_page=2&page=2",
    }  # fmt: skip
    assert 'page=2>; rel="previous"' in response.headers["Link"] and 'page=3>; rel="last"' in response.headers["Link"]


def test_behind_the_last_page_there_is_nothing_but_a_way_back(client):
    make.material("Heft")
    answer = _ask(client, "/api/materials?page=100000").json()
    assert (answer["total"], answer["items"], answer["next"]) == (1, [], None)
    assert answer["previous"] == f"{SITE}/api/materials?page=1"


def test_things_of_the_same_name_keep_their_places(client):
    marks = {str(make.material("Heft", slug=f"heft-{number}").uuid) for number in range(6)}
    seen = [_ask(client, f"/api/materials?per_page=1&page={page}").json()["items"][0]["uuid"] for page in range(1, 7)]
    assert set(seen) == marks


# ── Fields ───────────────────────────────────────────────────────────────────────────────────
def test_only_the_fields_asked_for_come(client):
    heft = make.material("Heft", year=2020)
    assert _ask(client, "/api/materials?fields=title,year").json()["items"] == [{"title": "Heft", "year": 2020}]
    assert _ask(client, f"/api/materials/{heft.uuid}?fields=uuid").json() == {"uuid": str(heft.uuid)}


def test_an_unknown_field_is_refused_with_those_there_are(client):
    problem = _refused(client, "/api/pages?fields=title,titel")
    assert problem["detail"] == "„fields“ kennt kein Feld „titel“."
    assert problem["parameter"] == "fields" and {"uuid", "title", "body"} <= set(problem["allowed"])


# ── What is refused ──────────────────────────────────────────────────────────────────────────
BAD = {
    "page=0": "„page“ erwartet eine ganze Zahl von 1 bis 100000, nicht „0“.",
    "page=-1": "nicht „-1“",
    "page=99999999999999999999": "von 1 bis 100000",
    "page=١": "eine ganze Zahl",
    "per_page=101": "„per_page“ erwartet eine ganze Zahl von 1 bis 100, nicht „101“.",
    "per_page=": "nicht „“",
    "per_page=5&per_page=6": "„per_page“ steht mehr als einmal in der Adresse.",
    "kind=nie": "„kind“ erwartet einen dieser Werte: opening, thematic, nicht „nie“.",
    "conference=a/b": "„conference“ erwartet einen Kurznamen oder eine uuid, nicht „a/b“.",
    "conference=%00": "einen Kurznamen",
    "theme=" + "x" * 5000: "nicht „" + "x" * 40 + "…“.",
    "date_from=2020-02-30": "„date_from“ erwartet einen Tag wie 2020-10-28, nicht „2020-02-30“.",
    "date_to=20184": "einen Tag",
    "updated_since=2020-10-28T09:30:00": "einen Zeitpunkt mit Zeitzone",
    "updated_since=2020-10-28T25:30:00Z": "einen Zeitpunkt mit Zeitzone",
    "fields=": "„fields“ kennt kein Feld „“.",
    "titel=x": "Einen Parameter „titel“ gibt es hier nicht.",
    "vorschau=k1": "Einen Parameter „vorschau“ gibt es hier nicht.",
    "a%00b=1": "gibt es hier nicht",
}


@pytest.mark.parametrize("question", BAD)
def test_a_bad_question_gets_a_sentence(client, question):
    assert BAD[question] in _refused(client, f"/api/events?{question}")["detail"]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00"])
def test_the_ends_of_the_calendar_are_answered(client, moment):
    make.event()
    assert _ask(client, f"/api/events?updated_since={moment}").json()["total"] == (1 if moment[0] == "0" else 0)
    assert _ask(client, "/api/events?date_from=0001-01-01&date_to=9999-12-31").json()["total"] == 1


ELSEWHERE = ("nie", "events/", "events/x", f"events/{uuid.uuid4()}", "a/b/c", "events/%00", "x%0Ay", "videos/1/cues")


@pytest.mark.parametrize("path", [*ELSEWHERE, f"videos/{uuid.uuid4()}/cues", f"nie/{uuid.uuid4()}"])
def test_what_is_not_there_is_a_problem_too(client, path):
    assert _refused(client, f"/api/{path}", 404)["detail"].endswith(f"sagt {SITE}/api/.")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_nothing_can_be_written(client, method):
    client.handler.enforce_csrf_checks = True
    for path in ("/api/", "/api/events", "/api/openapi.json", "/api/nie"):
        response = client.generic(method, path)
        assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert response.json()["detail"] == "Hier wird nur gelesen: mit GET, HEAD oder OPTIONS."


# ── Around the answer ────────────────────────────────────────────────────────────────────────
def test_who_has_it_gets_it_no_second_time(client):
    heft = make.material("Heft")
    first = _ask(client, "/api/materials")
    assert first.headers["Content-Language"] == "de" and first.headers["Cache-Control"] == "no-cache"
    assert first.headers["X-Robots-Tag"] == "noindex"
    for mark in (first.headers["ETag"], f'"x", W/{first.headers["ETag"]}', "*"):
        again = _ask(client, "/api/materials", 304, **{"If-None-Match": mark})
        assert (again.content, again.headers["ETag"]) == (b"", first.headers["ETag"])
    heft.summary = "Neu"
    heft.save()
    assert (
        _ask(client, "/api/materials", **{"If-None-Match": first.headers["ETag"]}).headers["ETag"]
        != first.headers["ETag"]
    )


def test_other_sites_and_those_who_only_ask_for_the_head(client):
    make.material("Heft")
    head = client.head("/api/materials")
    assert (head.status_code, head.content) == (200, b"") and head.headers["ETag"]
    options = client.options("/api/materials", headers={"Origin": "https://example.org"})
    assert (options.status_code, options.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")
    assert options.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in options.headers


def test_everybody_gets_the_same(client, editor_client):
    make.page("Impressum")
    make.page("Entwurf", status="draft")
    stranger, editor = type(client)().get("/api/pages"), editor_client.get("/api/pages")
    assert [item["title"] for item in editor.json()["items"]] == ["Impressum"]
    assert (editor.content, editor.headers["ETag"]) == (stranger.content, stranger.headers["ETag"])
    assert "Cookie" not in editor.headers["Vary"] and editor.cookies == {}
    with CaptureQueriesContext(connection) as asked:
        editor_client.get("/api/pages")
    assert len(asked) == 2


def test_what_was_published_later_counts_as_new(client):
    old, new = make.page("Alt"), make.page("Neu")
    type(old).objects.filter(pk__in=[old.pk, new.pk]).update(updated_at=make.PAST)
    type(new).objects.filter(pk=new.pk).update(published_at="2026-03-01T12:00:00Z")
    assert _titles(client, "/api/pages?updated_since=2026-02-28T23:00:00-01:00") == ["Neu"]
    assert _titles(client, "/api/pages?updated_since=2020-01-01t00:00:00.5z") == ["Alt", "Neu"]


def test_what_came_to_light_with_its_conference_counts_as_new(client):
    """A programme made ready before its conference is published with it."""
    conference = make.conference(published_at=datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC))
    event = make.event(conference=conference, theme=make.theme(conference=conference))
    contribution = make.contribution(event=event)
    videos = [make.video(event=event), make.video(event=None, contribution=contribution)]
    for thing in (conference, event, event.theme, *videos):
        type(thing).objects.update(updated_at=make.PAST)
    for name, total in {"conferences": 1, "themes": 1, "events": 1, "contributions": 1, "videos": 2}.items():
        assert _ask(client, f"/api/{name}?updated_since=2026-02-28T00:00:00Z").json()["total"] == total, name
        assert _ask(client, f"/api/{name}?updated_since=2026-03-02T00:00:00Z").json()["total"] == 0, name


def test_links_in_long_texts_lead_here_from_everywhere(client):
    far = '<a href="https://example.org/" rel="noopener">dort</a>'
    make.page(body=f'<p><a href="/themen/mut/">hier</a>, {far}</p>')
    (item,) = _ask(client, "/api/pages?fields=body").json()["items"]
    here = f'<a href="{SITE}/themen/mut/" rel="noopener">hier</a>'
    assert item["body"] == {"html": f"<p>{here}, {far}</p>", "text": "hier, dort"}


def test_text_keeps_its_signs(client):
    make.page("„Ä“ & <b> 😀", body="<p>Mut zur <strong>Lücke</strong> &amp; mehr</p>")
    response = _ask(client, "/api/pages?fields=title,body,summary")
    assert "„Ä“ & <b> 😀" in response.content.decode()
    assert json.loads(response.content)["items"] == [
        {
            "title": "„Ä“ & <b> 😀",
            "summary": None,
            "body": {"html": "<p>Mut zur <strong>Lücke</strong> &amp; mehr</p>", "text": "Mut zur Lücke & mehr"},
        }
    ]
