"""The form of an event with its whole programme: contributions, and in each of them its people."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from conference.models.editing import WorkingCopy
from sessions_app.models import Appearance, Event
from tests import make
from tests.desk import posted, step, url, words

pytestmark = pytest.mark.django_db


def person(contribution, number, speaker=None, **fields):
    """A row for a person, as the browser sends it."""
    row = {"speaker": getattr(speaker, "pk", speaker), "position": number + 1} | fields
    prefix = f"contributions-{contribution}-appearances"
    row = {f"{prefix}-{number}-{name}": value for name, value in row.items() if value is not None}
    return row | {f"{prefix}-TOTAL_FORMS": number + 1}


def part(number, title, **fields):
    """A row for a new contribution without people."""
    row = {"title": title, "kind": "talk", "position": number + 1} | fields
    row |= {"appearances-TOTAL_FORMS": 0, "appearances-INITIAL_FORMS": 0}
    row = {f"contributions-{number}-{name}": value for name, value in row.items()}
    return row | {"contributions-TOTAL_FORMS": number + 1}


@pytest.fixture
def speakers():
    return [make.speaker(name) for name in ("Adler", "Bauer", "Czerny")]


@pytest.fixture
def event(speakers):
    event = make.event(status="draft", summary="Kurz gesagt.")
    for position, title in enumerate(["Gruß", "Vortrag"], start=1):
        contribution = make.contribution(title, event=event, position=position)
        for place, speaker in enumerate(speakers[:2], start=1):
            make.appearance(contribution=contribution, speaker=speaker, position=place)
    return event


def programme(event):
    """What is stored: each contribution with its people in order."""
    contributions = event.contributions.order_by("position").prefetch_related("appearances__speaker")
    return {each.title: [row.speaker.family_name for row in each.appearances.all()] for each in contributions}


def save(client, event, *rows):
    """Save and stay; `rows` over what the form shows, the later over the earlier."""
    return step(client, event, "continue", **{name: value for row in rows for name, value in row.items()})


# ── Create ───────────────────────────────────────────────────────────────────────────────────
def test_a_new_event_takes_its_contributions_with_their_people(editor_client, speakers):
    data = posted(editor_client.get(url(Event, "add")))
    data |= {"title": "Auftakt", "conference": make.conference().pk, "number": 1, "date": "28.10.2020"}
    data |= part(0, "Keynote", kind="keynote", start_time="9:30") | part(1, "Podium", kind="panel")
    data |= person(0, 0, speakers[0], role="Externer Blick") | person(1, 0, speakers[1], office="Landrätin")
    data |= person(1, 1, speakers[2], is_former="on")
    response = editor_client.post(url(Event, "add"), data | {"_continue": "x"})
    assert response.status_code == 302, words(response)
    event = Event.objects.get()
    assert programme(event) == {"Keynote": ["Adler"], "Podium": ["Bauer", "Czerny"]}
    assert [row.role for row in Appearance.objects.order_by("pk")] == ["Externer Blick", "", ""]
    assert [row.is_former for row in event.contributions.get(title="Podium").appearances.all()] == [False, True]


def test_a_new_contribution_comes_with_its_people(editor_client, event, speakers):
    assert save(editor_client, event, part(2, "Abschied"), person(2, 0, speakers[2])).status_code == 302
    assert programme(event)["Abschied"] == ["Czerny"]


def test_empty_rows_and_rows_taken_away_before_saving_leave_nothing(editor_client, event, speakers):
    # The row 2 never came back, the row 3 came back empty; in the first contribution the same with people.
    empty = part(3, "") | {"contributions-TOTAL_FORMS": 4} | person(0, 3) | person(1, 4, speakers[2])
    assert save(editor_client, event, empty).status_code == 302
    assert programme(event) == {"Gruß": ["Adler", "Bauer"], "Vortrag": ["Adler", "Bauer", "Czerny"]}


def test_a_form_without_rows_of_people_leaves_them(editor_client, event):
    data = posted(editor_client.get(url(Event, "change", event.pk)))
    data = {name: value for name, value in data.items() if "-appearances-" not in name} | {"_continue": "x"}
    editor_client.post(url(Event, "change", event.pk), data | {"contributions-0-title": "Willkommen"})
    assert programme(event) == {"Willkommen": ["Adler", "Bauer"], "Vortrag": ["Adler", "Bauer"]}


# ── Change, order, remove ────────────────────────────────────────────────────────────────────
def test_people_are_changed_and_put_in_order(editor_client, event, speakers):
    place = "contributions-1-appearances"
    order = {f"{place}-0-position": 2, f"{place}-1-position": 1, f"{place}-1-role": "Moderation"}
    assert save(editor_client, event, order).status_code == 302
    assert programme(event)["Vortrag"] == ["Bauer", "Adler"]
    assert event.contributions.get(title="Vortrag").appearances.get(speaker=speakers[1]).role == "Moderation"


def test_contributions_are_put_in_order(editor_client, event):
    save(editor_client, event, {"contributions-0-position": 2, "contributions-1-position": 1})
    assert list(programme(event)) == ["Vortrag", "Gruß"]


def test_a_description_is_written_in_the_event(editor_client, event):
    save(editor_client, event, {"contributions-0-abstract": "<p>Guten <b>Tag</b></p><script>x</script>"})
    assert event.contributions.get(title="Gruß").abstract == "<p>Guten <strong>Tag</strong></p>"


def test_people_and_contributions_are_removed(editor_client, event):
    going = {"contributions-0-DELETE": "on", "contributions-1-appearances-0-DELETE": "on"}
    assert save(editor_client, event, going).status_code == 302
    assert programme(event) == {"Vortrag": ["Bauer"]}
    assert Appearance.objects.count() == 1


def test_a_row_takes_the_person_of_one_that_goes(editor_client, event, speakers):
    place = "contributions-0-appearances"
    response = save(editor_client, event, {f"{place}-0-speaker": speakers[1].pk, f"{place}-1-DELETE": "on"})
    assert response.status_code == 302, words(response)
    assert programme(event)["Gruß"] == ["Bauer"]


def test_the_log_says_that_people_changed(editor_client, event):
    save(editor_client, event, {"contributions-0-appearances-0-role": "Gast"})
    assert "Personen" in LogEntry.objects.latest("pk").get_change_message()


# ── Organisations of the day ─────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ({}, ["Landkreis Nienburg"]),
        ({"is_suggested": "on"}, []),
        ({"affiliation_text": "Freie Journalistin"}, []),
        ({"organisations": "given"}, ["Wuppertal Institut"]),
    ],
)
def test_a_person_brings_known_organisations_unless_the_editor_says_otherwise(editor_client, event, said, stored):
    known, other = make.organisation("Landkreis Nienburg"), make.organisation("Wuppertal Institut")
    speaker = make.speaker("Kohlmeier", organisations=[known])
    said = said | ({"organisations": [other.pk]} if "organisations" in said else {})
    assert save(editor_client, event, person(0, 2, speaker, **said)).status_code == 302
    row = Appearance.objects.get(speaker=speaker)
    assert [organisation.name for organisation in row.organisations.all()] == stored


def test_organisations_taken_from_a_saved_row_stay_away(editor_client, event, speakers):
    speakers[0].organisations.add(make.organisation())
    save(editor_client, event, {"contributions-0-appearances-0-role": "Gast"})
    assert not Appearance.objects.filter(organisations__isnull=False).exists()


def test_known_organisations_are_told_to_who_may_see_people(client, editor_client):
    speaker = make.speaker(organisations=[make.organisation("Wuppertal Institut")])
    address = reverse("admin:known_organisations", args=[speaker.pk])
    [known] = editor_client.get(address).json()["organisations"]
    assert known["text"] == "Wuppertal Institut"
    for nonsense in ("0", "-5", "x", "__key__"):
        assert editor_client.get(reverse("admin:known_organisations", args=[nonsense])).status_code == 404
    client.force_login(make.analyst())
    assert client.get(address).status_code == 403
    client.logout()
    assert client.get(address).status_code == 302


# ── Errors ───────────────────────────────────────────────────────────────────────────────────
def test_an_error_keeps_everything_and_opens_its_row(editor_client, event, speakers):
    institute = make.organisation("Wuppertal Institut")
    new = part(2, "") | person(2, 0, speakers[2], role="Gast", organisations=[institute.pk])
    response = save(editor_client, event, new, {"contributions-0-appearances-0-role": "Wirtin"})
    assert response.status_code == 200
    rows = response.context["inline_admin_formsets"][1].formset.forms
    assert rows[2].errors["title"]
    assert [row.is_open for row in rows] == [False, False, True]
    page = response.content.decode()
    assert all(kept in page for kept in ('value="Gast"', 'value="Wirtin"', ">Wuppertal Institut<", ">Czerny<"))
    assert "Bitte" in words(response)
    assert programme(event) == {"Gruß": ["Adler", "Bauer"], "Vortrag": ["Adler", "Bauer"]}


@pytest.mark.parametrize("number", [0, 2])
def test_the_same_person_twice_is_said_at_the_field(editor_client, event, speakers, number):
    """In a contribution that is saved, and in a new one."""
    new = part(2, "Neu") | person(2, 0, speakers[0]) if number else {}
    response = save(editor_client, event, new, person(number, 2 - number // 2, speakers[0]))
    row = response.context["inline_admin_formsets"][1].formset.forms[number]
    assert row.people.forms[-1].errors["speaker"] == ["Diese Person ist in dem Beitrag schon eingetragen."]
    assert row.is_open
    assert "Bitte prüfen Sie die Personen dieses Beitrags." in words(response)


def test_people_who_change_places_are_told_the_better_way(editor_client, event, speakers):
    place = "contributions-0-appearances"
    swapped = {f"{place}-0-speaker": speakers[1].pk, f"{place}-1-speaker": speakers[0].pk}
    response = save(editor_client, event, swapped)
    assert response.status_code == 200
    assert "Ordnen Sie die Zeilen mit den Pfeilen" in words(response)


def test_a_role_without_a_person_gets_a_sentence(editor_client, event):
    response = save(editor_client, event, person(0, 2, role="Gast"))
    assert response.status_code == 200
    assert programme(event)["Gruß"] == ["Adler", "Bauer"]
    for nonsense in ("abc", "999999"):
        assert save(editor_client, event, person(0, 2, nonsense)).status_code == 200


# ── Rights and working copies ────────────────────────────────────────────────────────────────
RIGHTS = ("view_event", "change_event", "view_contribution", "view_appearance", "view_speaker", "view_guidingquestion")


def limited(client, *more):
    client.force_login(make.user(permissions=[f"sessions_app.{right}" for right in (*RIGHTS, *more)]))
    return client


def test_who_may_not_delete_is_not_offered_it_and_cannot(client, event):
    client = limited(client, "change_contribution", "change_appearance")
    page = client.get(url(Event, "change", event.pk)).content.decode()
    assert "-DELETE" not in page
    save(client, event, {"contributions-0-DELETE": "on", "contributions-1-appearances-0-DELETE": "on"})
    assert programme(event) == {"Gruß": ["Adler", "Bauer"], "Vortrag": ["Adler", "Bauer"]}


def test_who_may_not_change_the_programme_reads_it(client, event, speakers):
    client = limited(client)
    response = client.get(url(Event, "change", event.pk))
    assert "Adler, " in words(response)
    assert 'name="contributions-0-title"' not in response.content.decode()
    forged = {"contributions-0-title": "Übernommen"} | part(2, "Neu") | person(0, 2, speakers[2])
    save(client, event, forged)
    assert programme(event) == {"Gruß": ["Adler", "Bauer"], "Vortrag": ["Adler", "Bauer"]}


def test_who_may_change_contributions_but_not_people_leaves_them(client, event, speakers):
    client = limited(client, "change_contribution")
    save(client, event, person(0, 2, speakers[2]), {"contributions-0-appearances-0-role": "Gast"})
    assert programme(event)["Gruß"] == ["Adler", "Bauer"]
    assert not Appearance.objects.exclude(role="").exists()


def test_a_published_programme_is_changed_in_its_working_copy(editor_client, event, speakers):
    event.publish()
    new = part(2, "Abschied") | person(2, 0, speakers[2]) | {"contributions-0-DELETE": "on"}
    assert save(editor_client, event, new).status_code == 302
    assert programme(event) == {"Gruß": ["Adler", "Bauer"], "Vortrag": ["Adler", "Bauer"]}
    # The new rows have negative numbers here, and are changed again.
    response = save(editor_client, event, {"contributions-1-title": "Ende"}, person(1, 1, speakers[0]))
    assert response.status_code == 302, words(response)
    parts = WorkingCopy.objects.get().data["parts"]["contributions"]
    assert {each["fields"]["title"]: len(each["parts"]["appearances"]) for each in parts} == {"Vortrag": 2, "Ende": 2}


# ── Cost ─────────────────────────────────────────────────────────────────────────────────────
def test_thirty_contributions_take_no_more_queries_than_one(publisher_client, django_assert_max_num_queries):
    def asked(count):
        event = make.event()
        for position in range(count):
            contribution = make.contribution(event=event, position=position)
            for place in range(2 + position % 2):
                organisations = [make.organisation(), make.organisation()]
                make.appearance(contribution=contribution, position=place, organisations=organisations)
        with django_assert_max_num_queries(40) as queries:
            assert publisher_client.get(url(Event, "change", event.pk)).status_code == 200
        return len(queries)

    asked(1)
    assert asked(1) == asked(30)
