"""Who may do what: each deed is tried by everybody, on what belongs to one conference, and counted in the database."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from conference.editing.copies import copy_of
from conference.models import (
    ChangeRun,
    FieldComment,
    Gap,
    GateOverride,
    OwnSession,
    Passkey,
    PreviewLink,
    RequirementSetting,
    Revision,
    TrashedRecord,
    UnsavedInput,
)
from sessions_app.models import Event, Speaker
from tests.crawl import world as database
from tests.desk import posted, url
from tests.rights_world import ROLES, World

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    with database(django_db_blocker, tmp_path_factory.mktemp("media")):
        yield World()


def _form(record, **fields) -> Callable:
    """Send the form back as it stands, for who may open it; else as somebody would who knows its address."""

    def do(client, world):
        thing = record(world)
        address = url(type(thing), "change", thing.pk)
        shown = client.get(address)
        return client.post(address, (posted(shown) if shown.status_code == 200 else {}) | fields)

    return do


def _post(view: str, args: Callable, /, **fields) -> Callable:
    """`fields` may be functions of the world."""

    def do(client, world):
        data = {key: value(world) if callable(value) else value for key, value in fields.items()}
        return client.post(reverse(f"admin:{view}", args=args(world)), data)

    return do


def _action(name: str, record) -> Callable:
    def do(client, world):
        thing = record(world)
        return client.post(
            url(type(thing), "changelist"), {"action": name, "_selected_action": thing.pk, "post": "yes"}
        )

    return do


def _restore(client, world):
    address = url(Event, "revision", world.event.pk, world.revision.number)
    context = client.get(address).context
    return client.post(address, {"seen": (context or {}).get("seen", "")})


def _override(client, world):
    RequirementSetting.objects.update_or_create(key="event.projects", defaults={"is_required": True})
    return _form(_event, _publish="x", _reason="Eilt")(client, world)


def _join(client, world):
    query = f"?bleibt={world.double.pk}&geht={world.shared_by_link.pk}"
    address = f"{reverse('admin:join', args=[world.kind(world.double)])}{query}"
    plan = (client.get(address).context or {}).get("plan")
    return client.post(address, {"stand": plan.mark if plan else ""})


def _bulk(client, world):
    query = f"?nr={world.event.pk}&field=place"
    address = f"{reverse('admin:bulk_change', args=[world.kind(world.event)])}{query}"
    return client.post(address, {"value": "Bremen", "_apply": "x"})


def _event(world):
    return world.event


def _public(world):
    return world.public_event


def _is(record, **fields) -> Callable:
    return lambda world: type(record(world)).objects.filter(pk=record(world).pk, **fields).exists()


def _count(model, **fields) -> Callable:
    return lambda world: model.objects.filter(**fields).count()


def _copy_title(world):
    found = copy_of(world.public_event)
    return found.data["fields"]["place"] if found else None


@dataclass(frozen=True)
class Deed:
    who: str
    do: Callable
    # What the deed changes: it was done if this is another afterwards.
    state: Callable


def pk(record) -> Callable:
    return lambda world: [record(world).pk]


EDITORS, PUBLISHERS, OWNER = "--e-pa", "----pa", "--e---"
EVENT = "sessions_app_event"
DEEDS = {
    # ── Changing
    "change a draft": Deed(EDITORS, _form(_event, place="Ulm"), _is(_event, place="Ulm")),
    "change what is published": Deed(EDITORS, _form(_public, place="Ulm"), _copy_title),
    "change many": Deed(EDITORS, _bulk, _is(_event, place="Bremen")),
    "take a run back": Deed(
        EDITORS, _post("run_detail", lambda w: [w.run.uuid], _undo="x"), _count(ChangeRun, undone_at=None)
    ),
    "restore a revision": Deed(EDITORS, _restore, _count(Revision, kind="restored")),
    "discard a working copy": Deed(EDITORS, _form(_public, _discard="x"), lambda w: copy_of(w.public_event)),
    "copy an event": Deed(
        EDITORS,
        _post("event_copy", pk(_event), conference=lambda w: w.open.pk, date="2020-11-01"),
        _count(Event),
    ),
    "join two people": Deed(PUBLISHERS, _join, _count(Speaker)),
    # ── Review
    "submit": Deed(EDITORS, _form(_event, _submit="x"), _is(_event, status="in_review")),
    "submit from the list": Deed(EDITORS, _action("submit_selected", _event), _is(_event, status="in_review")),
    "comment": Deed(EDITORS, _post(f"{EVENT}_review", pk(_event), _comment="x", text="Hm"), _count(FieldComment)),
    "return": Deed(PUBLISHERS, _post(f"{EVENT}_review", pk(_public), _return="x"), _count(Revision, kind="returned")),
    "publish": Deed(PUBLISHERS, _form(_event, _publish="x"), _is(_event, status="published")),
    "publish after review": Deed(
        PUBLISHERS, _post(f"{EVENT}_review", pk(_event), _publish="x"), _is(_event, status="published")
    ),
    "publish from the list": Deed(PUBLISHERS, _action("publish_selected", _event), _is(_event, status="published")),
    "publish a working copy": Deed(
        PUBLISHERS, _post(f"{EVENT}_review", pk(_public), _publish="x"), lambda w: copy_of(w.public_event)
    ),
    "publish in spite of gaps": Deed(PUBLISHERS, _override, _count(GateOverride)),
    "withdraw": Deed(PUBLISHERS, _form(_public, _withdraw="x"), _is(_public, status="withdrawn")),
    "withdraw from the list": Deed(PUBLISHERS, _action("withdraw_selected", _public), _is(_public, status="withdrawn")),
    # ── The trash
    "delete": Deed(PUBLISHERS, _post(f"{EVENT}_delete", pk(_event), post="yes"), _count(Event)),
    "delete from the list": Deed(PUBLISHERS, _action("delete_selected", _event), _count(Event)),
    "bring back": Deed(
        PUBLISHERS, _post("trash_restore", lambda w: [], uuid=lambda w: w.trashed.uuid), _count(TrashedRecord)
    ),
    "delete for good": Deed(
        "-----a", _post("trash_purge", lambda w: [w.trashed.uuid], post="yes"), _count(TrashedRecord)
    ),
    # ── For others
    "make a preview link": Deed(
        EDITORS,
        _post("share_list", lambda w: [w.kind(w.event), w.event.pk], _make="x", recipient="Frau R.", days=3),
        _count(PreviewLink),
    ),
    "revoke a preview link": Deed(
        EDITORS,
        _post(
            "share_list",
            lambda w: [w.kind(w.event), w.event.pk],
            _revoke=lambda w: PreviewLink.objects.of(w.event).get().uuid,
        ),
        _count(PreviewLink, revoked_at=None),
    ),
    # ── The board
    "note a gap": Deed(
        EDITORS,
        _post("board_gap", lambda w: ["alpha", "veranstaltungen", w.event.pk, "event.projects"], note="Kommt"),
        _count(Gap, note="Kommt"),
    ),
    # ── One's own
    "read a notice": Deed(OWNER, _post("notice_list", lambda w: []), _is(lambda w: w.notice, read_at=None)),
    "drop what was typed": Deed(OWNER, _post("unsaved_drop", lambda w: [w.unsaved.pk]), _count(UnsavedInput, data="")),
    "rename a passkey": Deed(
        OWNER, _post("account_passkey_rename", lambda w: [w.passkey.uuid], name="Neu"), _count(Passkey, name="Neu")
    ),
    "end a log-in": Deed(
        OWNER,
        _post("account_session_end", lambda w: [w.session.uuid]),
        lambda w: OwnSession.objects.filter(pk=w.session.pk).exists(),
    ),
}


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_is_done_by_those_who_may(world, name):
    deed, done = DEEDS[name], ""
    for role in ROLES:
        with transaction.atomic():
            client = Client()
            if world.users[role]:
                client.force_login(world.users[role])
            before = deed.state(world)
            deed.do(client, world)
            done += role if deed.state(world) != before else "-"
            transaction.set_rollback(True)
    assert done == deed.who
