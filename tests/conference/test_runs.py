"""Many at once: chosen, seen, changed, taken back."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from conference.editing.copies import copy_of, current
from conference.models import ChangeRun, Page
from conference.runs.running import RunRefused, undo
from sessions_app.models import Event
from tests import make
from tests.desk import step, url, words

pytestmark = pytest.mark.django_db


def address(*records, **query):
    kind = ContentType.objects.get_for_model(records[0]).pk
    numbers = ",".join(str(record.pk) for record in records)
    parts = [f"nr={numbers}", *(f"{key}={value}" for key, value in query.items())]
    return f"{reverse('admin:bulk_change', args=[kind])}?{'&'.join(parts)}"


def places(*events):
    return [current(event)["fields"]["place"] for event in events]


def test_rows_are_chosen_seen_changed_and_taken_back(editor_client):
    draft, public = make.event("Eins", status="draft", place="Hier"), make.event("Zwei", place="Dort")
    chosen = {"action": "change_together", "_selected_action": [draft.pk, public.pk]}
    first = editor_client.post(url(Event, "changelist"), chosen, follow=True)
    assert "2 Einträge sind ausgewählt" in words(first)
    fields = dict(first.context["form"].fields["field"].choices)
    assert "place" in fields and not {"slug", "title", "status", "published_at", "uuid"} & set(fields)
    where = address(draft, public, field="place")
    seen = editor_client.post(where, {"value": "Bremen", "_see": "x"})
    assert "Das würde sich ändern" in words(seen) and "Bremen" in words(seen)
    assert places(draft, public) == ["Hier", "Dort"]
    done = editor_client.post(where, {"value": "Bremen", "_apply": "x"}, follow=True)
    assert "2 Einträge sind geändert" in words(done)
    assert places(draft, public) == ["Bremen", "Bremen"]
    assert Event.objects.get(pk=public.pk).place == "Dort"
    run = ChangeRun.objects.get()
    step(editor_client, draft, "continue", summary="Später geändert")
    detail = reverse("admin:run_detail", args=[run.uuid])
    assert "zurückgenommen" in words(editor_client.post(detail, {"_undo": "x"}, follow=True))
    assert places(draft, public) == ["Hier", "Dort"]
    assert Event.objects.get(pk=draft.pk).summary == "Später geändert"
    assert copy_of(public) is None


def test_undo_does_not_overwrite_what_was_changed_since(editor_client):
    one, other = make.event("Eins", status="draft", place="Hier"), make.event("Zwei", status="draft", place="Dort")
    editor_client.post(address(one, other, field="place"), {"value": "Bremen", "_apply": "x"})
    step(editor_client, other, "continue", place="Celle")
    run = ChangeRun.objects.get()
    with pytest.raises(RunRefused, match="„Zwei“"):
        undo(run, None)
    assert places(one, other) == ["Bremen", "Celle"]
    assert ChangeRun.objects.get().undone_at is None


def test_one_that_cannot_be_so_keeps_all_as_they_were(editor_client):
    conference = make.conference()
    one = make.event("Eins", status="draft", conference=conference)
    other = make.event("Zwei", status="draft")
    response = editor_client.post(
        address(one, other, field="date"), {"value": str(conference.starts_on), "_apply": "x"}
    )
    far = editor_client.post(address(one, other, field="date"), {"value": "01.01.1999", "_apply": "x"})
    assert "das Datum liegt nicht darin" in words(far)
    assert response.status_code in (200, 302)
    assert not Event.objects.filter(date__year=1999).exists()


def test_links_are_added_removed_and_set(editor_client):
    one, other = make.material(), make.material()
    event = make.event(status="draft", materials=[one])
    where = address(event, field="materials")

    def sent(way, *materials):
        editor_client.post(where, {"way": way, "value": [m.pk for m in materials], "_apply": "x"})
        return {material.pk for material in event.materials.all()}

    assert sent("add", other) == {one.pk, other.pk}
    assert sent("remove", one) == {other.pk}
    assert sent("set", one) == {one.pk}
    assert sent("set") == set()


def test_nobody_changes_what_is_not_theirs(client):
    page = make.page(status="draft", position=1)
    where = address(page, field="position")
    client.force_login(make.user(permissions=["conference.view_page"]))
    assert client.get(where).status_code == 403
    assert client.post(where, {"value": "9", "_apply": "x"}).status_code == 403
    client.force_login(make.user("andere", permissions=["conference.view_theme", "conference.change_theme"]))
    run = ChangeRun.objects.create(kind="bulk", title="Geheim", changes=[{"model": "conference.page", "pk": page.pk}])
    assert "Geheim" not in words(client.get(reverse("admin:run_list")))
    assert client.get(reverse("admin:run_detail", args=[run.uuid])).status_code == 404
    client.force_login(make.analyst())
    assert client.get(reverse("admin:run_list")).status_code == 403
    assert Page.objects.get().position == 1
