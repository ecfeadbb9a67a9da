"""The history of a record: what is listed, compared and said, and what it costs."""

import datetime

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from conference.editing.history import History, ago
from conference.editing.revisions import keep
from conference.editing.snapshot import take
from conference.models import Revision
from sessions_app.models import Appearance, Event, GuidingQuestion
from tests import make
from tests.desk import url, words

pytestmark = pytest.mark.django_db
SAVED, COPY = Revision.Kind.SAVED, Revision.Kind.WORKING_COPY


def address(event, number=None, **query):
    if number is None:
        return url(Event, "history", event.pk)
    path = reverse("admin:sessions_app_event_revision", args=[event.pk, number])
    return f"{path}?{'&'.join(f'{k}={v}' for k, v in query.items())}" if query else path


def change(event, user=None, kind=SAVED, note="", **fields):
    Event.objects.filter(pk=event.pk).update(**fields)
    return keep(event, kind, user, note)


def an_event(**fields):
    event = make.event("Auftakt", questions=["Warum?", "Wozu?"], summary="Kurz gesagt.", **fields)
    for number, title in enumerate(("Begrüßung", "Vortrag")):
        contribution = make.contribution(event=event, title=title, position=number)
        make.appearance(contribution=contribution, speaker=make.speaker("Renn"), organisations=[make.organisation()])
    return event


def summaries(event, viewer=None):
    return [entry.summary for entry in History(event, viewer or make.administrator()).page(1)]


# ── The list ─────────────────────────────────────────────────────────────────────────────────
def test_history_lists_who_when_what_and_note(editor_client):
    event = an_event()
    erika = make.editor(username="erika", first_name="Erika", last_name="Muster")
    keep(event, Revision.Kind.FOUND)
    change(event, erika, title="Der Auftakt", note="Wie im Programmheft")
    text = words(editor_client.get(address(event)))
    newest, oldest = text.index("Stand 2"), text.index("Stand 1")
    assert newest < oldest
    for part in ("Gesichert", "Erika Muster", "gerade eben", "„Wie im Programmheft“", "Titel", "Vorgefundener Stand"):
        assert part in text
    assert "Import oder Befehl" in text


def test_summary_names_fields_and_rows():
    event = an_event()
    keep(event, Revision.Kind.CREATED)
    first = event.questions.first()
    GuidingQuestion.objects.filter(pk=first.pk).update(text="Weshalb?")
    change(event, title="Anders", summary="Länger.")
    event.contributions.get(title="Vortrag").delete()
    make.contribution(event=event, title="Diskussion", position=5)
    Appearance.objects.update(role="Gast")
    keep(event, SAVED)
    assert summaries(event) == [
        "Beitrag „Begrüßung“ · Auftritt „Renn“ (Rolle in Worten), "
        "Beitrag „Diskussion“ (neu), Beitrag „Vortrag“ (entfernt)",
        "Titel, Kurzfassung, Leitfrage „Weshalb?“ (Frage)",
        "",
    ]


def test_summary_stays_short():
    event = make.event(questions=["Eins?", "Zwei?", "Drei?", "Vier?", "Fünf?", "Sechs?"])
    keep(event, Revision.Kind.CREATED)
    event.questions.all().delete()
    keep(event, SAVED)
    [summary, _first] = summaries(event)
    assert summary.count("(entfernt)") == 4
    assert summary.endswith("und 2 weitere")


def test_a_copy_is_compared_with_its_copy_and_what_is_published_with_what_was():
    event = an_event()
    keep(event, Revision.Kind.FOUND)  # 1
    first = take(event)
    changed = first | {"fields": first["fields"] | {"title": "Eins"}}
    keep(event, COPY, data=changed)  # 2
    change(event, kind=Revision.Kind.FOUND, place="Osnabrück")  # 3: an import, the copy stays
    again = changed | {"fields": changed["fields"] | {"remark": "Zwei"}}
    keep(event, COPY, data=again)  # 4
    keep(event, Revision.Kind.DISCARDED, data=again)  # 5
    keep(event, COPY, data=take(event))  # 6
    change(event, kind=Revision.Kind.PUBLISHED, title="Drei")  # 7
    keep(event, COPY, data=take(event))  # 8
    assert History(event, None).previous == {1: None, 2: 1, 3: 1, 4: 2, 5: 3, 6: 3, 7: 3, 8: 7}


def test_working_copies_are_marked(editor_client):
    event = an_event()
    keep(event, Revision.Kind.FOUND)
    assert "nur Arbeitskopie" not in words(editor_client.get(address(event)))
    keep(event, COPY, data=take(event))
    assert words(editor_client.get(address(event))).count("nur Arbeitskopie") == 1


def test_history_can_be_narrowed_to_a_person(editor_client):
    event = an_event()
    erika, otto = make.editor(username="erika"), make.editor(username="otto")
    change(event, erika, title="Eins", note="von Erika")
    change(event, otto, title="Zwei", note="von Otto")
    text = words(editor_client.get(f"{address(event)}?person={erika.pk}"))
    assert "von Erika" in text and "von Otto" not in text


def test_the_name_stays_when_the_account_is_gone(editor_client):
    event = an_event()
    erika = make.editor(username="erika", first_name="Erika", last_name="Muster")
    change(event, erika, title="Eins")
    erika.delete()
    assert "Erika Muster" in words(editor_client.get(address(event)))


def test_the_log_fills_in_what_has_no_revision(editor_client):
    event, user = an_event(), make.editor(username="erika")
    kind = ContentType.objects.get_for_model(Event)
    keys = {"content_type": kind, "object_id": str(event.pk), "user": user, "action_flag": CHANGE}
    LogEntry.objects.create(change_message="Zur Freigabe eingereicht.", **keys)
    LogEntry.objects.update(action_time=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
    change(event, user, title="Eins")
    LogEntry.objects.create(change_message="Steht schon als Stand da.", **keys)
    entries = History(event, user).entries
    assert [(entry.number, entry.label) for entry in entries] == [
        (1, "Gesichert"),
        (None, "Zur Freigabe eingereicht."),
    ]
    assert "Zur Freigabe eingereicht." in words(editor_client.get(address(event)))


def test_a_page_costs_the_same_for_few_revisions_and_for_many(django_assert_num_queries):
    event, viewer = an_event(), make.administrator()
    event.materials.set([make.material()])
    keep(event, Revision.Kind.CREATED)

    def change_all(times):
        for number in range(times):
            event.materials.set([make.material()])
            make.appearance(contribution=event.contributions.first())
            Appearance.objects.update(role=f"Rolle {number}")
            change(event, title=f"Titel {number}")

    change_all(2)
    # Revisions, log, what they hold; names of materials, themes and the like: conferences, speakers, organisations.
    with django_assert_num_queries(7):
        summaries(event, viewer)
    change_all(50)
    with django_assert_num_queries(7):
        assert len(summaries(event, viewer)) == 25


def test_history_is_paged(editor_client):
    event = an_event()
    for number in range(53):
        change(event, title=f"Titel {number}")
    pages = [editor_client.get(f"{address(event)}?seite={n}").content.decode() for n in (1, 2, 3)]
    assert [[f'/history/{number}/"' in page for number in (53, 29, 28, 3)] for page in pages] == [
        [True, True, False, False],
        [False, False, True, False],
        [False, False, False, True],
    ]
    assert editor_client.get(f"{address(event)}?seite=99").status_code == 200


def test_ago_speaks_german():
    from django.utils import timezone

    now = timezone.now()
    spans = {20: "gerade eben", 61: "vor 1 Minute", 180: "vor 3 Minuten", 3601: "vor 1 Stunde", 7300: "vor 2 Stunden"}
    assert {n: ago(now - datetime.timedelta(seconds=n)) for n in spans} == spans
    days = {3: "vor 3 Tagen", 31: ""}
    # By the clock on the wall, which may have been put back in between.
    now = timezone.localtime(now)
    assert {n: ago(now - datetime.timedelta(days=n)) for n in days} == days


# ── Rights ───────────────────────────────────────────────────────────────────────────────────
def test_history_is_for_those_who_may_view(client):
    event = an_event()
    keep(event, Revision.Kind.CREATED)
    change(event, title="Eins")
    compare = reverse("admin:sessions_app_event_compare", args=[event.pk])
    paths = [address(event), address(event, 1), f"{compare}?a=1&b=2"]
    assert [client.get(path).status_code for path in paths] == [302, 302, 302]
    client.force_login(make.analyst())
    assert [client.get(path).status_code for path in paths] == [403, 403, 403]
    client.force_login(make.user(permissions=["sessions_app.view_event"]))
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]
    assert "wiederherstellen" not in words(client.get(address(event, 1)))
    assert client.get(address(event, 9)).status_code == 404


def test_first_revision_has_nothing_before_it_and_is_compared_with_now(editor_client):
    event = an_event()
    keep(event, Revision.Kind.CREATED)
    text = words(editor_client.get(address(event, 1)))
    assert "Genau so ist der Inhalt auch heute." in text and "Kein Unterschied." in text
    assert editor_client.get(address(event, 10**30)).status_code == 404
