"""Coming in with a second factor: the log-in until it is complete, and setting factors up."""

import re
import time

import pytest
from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.test import Client

from conference.accounts import arrival, factors, totp
from conference.models import AccountEvent, AuthenticatorApp, GroupPolicy, OwnSession, RecoveryCode
from tests import make

PASSWORD = "ein gutes Passwort"
LOGIN, SECOND, SETUP = "/admin/login/", "/admin/zweiter-schritt/", "/admin/zweiter-schritt/einrichten/"
ACCOUNT, APP, CODES = "/admin/mein-zugang/", "/admin/mein-zugang/app/", "/admin/mein-zugang/codes/"
pytestmark = pytest.mark.django_db


def person(name="kim", **fields):
    user = make.editor(username=name, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def with_app(user):
    secret = totp.new_secret()
    assert factors.add_app(user, secret, now(secret, -1))
    return secret


def now(secret, periods=0):
    return totp.code_at(secret, int(time.time()) // totp.PERIOD + periods)


def log_in(client, name="kim", target="", **extra):
    query = f"?next={target}" if target else ""
    return client.post(f"{LOGIN}{query}", {"username": name, "password": PASSWORD, "next": target}, **extra)


def demand(group="Redaktion"):
    GroupPolicy.objects.update_or_create(group=Group.objects.get(name=group), defaults={"requires_second_factor": True})


def is_in(client):
    return client.get("/admin/", follow=False).status_code == 200


# ── Codes ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("moment", "code"),
    [(59, "94287082"), (1111111109, "07081804"), (1234567890, "89005924"), (20000000000, "65353130")],
)
def test_codes_are_those_of_the_standard(moment, code):
    assert totp.code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", moment // 30, digits=8) == code


def test_secrets_are_not_readable_in_the_database():
    secret = with_app(person())
    assert secret not in AuthenticatorApp.objects.get().secret


def test_a_code_counts_once_and_no_earlier_one_after_it():
    user = person()
    secret = with_app(user)
    code = now(secret)
    assert factors.confirm(user, now(secret, -1)) == ""  # was used when the app was set up
    assert factors.confirm(user, f"{code[:3]} {code[3:]}")
    assert factors.confirm(user, code) == ""
    assert factors.confirm(user, now(secret, 5)) == ""


def test_a_recovery_code_counts_once_and_only_for_its_owner():
    user, other = person(), person("lou")
    codes = factors.new_recovery_codes(user)
    assert len(set(codes)) == 10
    assert factors.confirm(other, codes[0]) == ""
    assert factors.confirm(user, codes[0].upper().replace("-", " "))
    assert factors.confirm(user, codes[0]) == ""
    assert factors.codes_left(user) == 9
    assert not RecoveryCode.objects.filter(digest__in=codes).exists()


# ── The log-in ───────────────────────────────────────────────────────────────────────────────
def test_without_a_factor_the_password_is_enough(client):
    person()
    response = log_in(client, target="/admin/sessions_app/event/")
    assert (response.status_code, response["Location"]) == (302, "/admin/sessions_app/event/")
    assert is_in(client)


def test_with_a_factor_the_password_alone_opens_nothing(client):
    secret = with_app(person())
    draft = make.event("Geheimer Abend", status="draft")
    assert log_in(client, target="/exporte/")["Location"] == SECOND
    for address in ("/admin/", "/exporte/", ACCOUNT, "/admin/protokoll/"):
        assert client.get(address).status_code == 302, address
    for address in (APP, f"{ACCOUNT}passkey/", SETUP):
        assert client.get(address)["Location"] in (LOGIN, SECOND), address
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert b"Geheim" not in client.get(SECOND).content
    response = client.post(SECOND, {"code": now(secret)})
    assert (response.status_code, response["Location"]) == (302, "/exporte/")
    assert is_in(client)
    assert client.get(draft.get_absolute_url()).status_code == 200


def test_wrong_codes_close_one_name_from_one_address(client):
    secret = with_app(person())
    person("lou")
    log_in(client, REMOTE_ADDR="10.0.0.1")
    answers = [client.post(SECOND, {"code": "000000"}, REMOTE_ADDR="10.0.0.1").status_code for _n in range(6)]
    assert answers == [302] * 4 + [429] * 2
    assert client.post(SECOND, {"code": now(secret)}, REMOTE_ADDR="10.0.0.1").status_code == 429
    assert log_in(client, REMOTE_ADDR="10.0.0.1").status_code == 429
    assert log_in(client, "lou", REMOTE_ADDR="10.0.0.1").status_code == 302
    client.logout()
    assert log_in(client, REMOTE_ADDR="10.0.0.2").status_code == 302
    assert client.post(SECOND, {"code": now(secret)}, REMOTE_ADDR="10.0.0.2").status_code == 302
    assert is_in(client)


def test_the_right_password_again_does_not_forget_wrong_codes(client):
    with_app(person())
    for _n in range(4):
        log_in(client)
        client.post(SECOND, {"code": "000000"})
    log_in(client)
    assert client.post(SECOND, {"code": "000000"}).status_code == 429


def test_a_half_log_in_ends_by_itself(client):
    user = person()
    secret = with_app(user)
    log_in(client)
    session = client.session
    session["arriving"] = session["arriving"] | {"at": int(time.time()) - 16 * 60}
    session.save()
    assert client.post(SECOND, {"code": now(secret)})["Location"] == LOGIN
    log_in(client)
    user.set_password("ein anderes Passwort")
    user.save()
    assert client.get(SECOND)["Location"] == LOGIN
    assert not is_in(client)


def test_a_half_log_in_leads_to_no_other_site(client):
    secret = with_app(person())
    log_in(client, target="https://example.org/")
    assert client.post(SECOND, {"code": now(secret)})["Location"] == "/admin/"


def test_the_last_word_is_asked_once_the_log_in_is_complete(client, monkeypatch):
    asked = []
    monkeypatch.setattr(arrival, "after_login", lambda request, user: asked.append(user.get_username()))
    secret = with_app(person())
    log_in(client)
    assert asked == []
    client.post(SECOND, {"code": now(secret)})
    person("lou")
    log_in(client, "lou")
    assert asked == ["kim", "lou"]
    monkeypatch.setattr(arrival, "after_login", lambda request, user: HttpResponse("Moment", status=418))
    assert log_in(client, "lou").status_code == 418


# ── Demanded by a group ──────────────────────────────────────────────────────────────────────
def test_who_has_none_sets_one_up_before_anything_else(client):
    person()
    demand()
    assert log_in(client, target="/exporte/")["Location"] == SETUP
    assert "App" in client.get(SETUP).content.decode()
    assert not is_in(client)
    assert client.get("/exporte/").status_code == 302
    page = client.get(APP).content.decode()
    assert 'style="' not in page.split('role="img"')[1].split("</svg>")[0]
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert client.post(APP, {"code": "000000"}).status_code == 200
    assert not is_in(client)
    answer = client.post(APP, {"code": now(secret)})
    assert len(re.findall(r"<li><code>[a-z0-9-]{14}</code>", answer.content.decode())) == 10
    assert is_in(client)
    done = re.search(r'href="([^"]*fertig[^"]*)"', answer.content.decode())[1]
    assert client.get(done)["Location"] == "/exporte/"


def test_a_running_session_without_factor_is_nobodys_as_soon_as_it_is_demanded(client):
    draft = make.event("Geheimer Abend", status="draft")
    client.force_login(person())
    assert is_in(client)
    demand()
    for address in ("/admin/", "/exporte/", ACCOUNT, APP, "/admin/sessions_app/event/", "/admin/autocomplete/"):
        assert client.get(address).status_code == 302, address
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_the_last_factor_stays_while_it_is_demanded(client):
    user = person()
    secret = with_app(user)
    demand()
    log_in(client)
    client.post(SECOND, {"code": now(secret)})
    answer = client.post(f"{APP}entfernen/", follow=True)
    assert "verlangt einen zweiten Faktor" in answer.content.decode()
    assert AuthenticatorApp.objects.filter(user=user).exists()


def test_administrators_demand_it_in_the_form_of_the_group(client):
    client.force_login(make.administrator(username="verwaltung"))
    group = Group.objects.get(name="Redaktion")
    address = f"/admin/auth/group/{group.pk}/change/"
    kept = list(group.permissions.values_list("pk", flat=True))
    data = {"name": "Redaktion", "permissions": kept, "requires_second_factor": "on"}
    assert client.post(address, data).status_code == 302
    assert factors.is_demanded_of(person())
    assert not factors.is_demanded_of(make.analyst())
    assert set(group.permissions.values_list("pk", flat=True)) == set(kept)
    assert AccountEvent.objects.filter(kind="rights", subject="Redaktion", text__contains="Pflicht: ja").exists()
    assert "checked" in client.get(address).content.decode().split('name="requires_second_factor"')[1].split(">")[0]


# ── My account ───────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def mine(client):
    person()
    log_in(client)
    return client


def test_what_changes_a_factor_asks_for_the_password_first(mine):
    user = User.objects.get(username="kim")
    with_app(user)
    session = mine.session
    session["confirmed_at"] = 0
    session.save()
    for address in (f"{APP}entfernen/", CODES, APP):
        assert mine.post(address)["Location"].startswith(f"{ACCOUNT}bestaetigen/"), address
    assert AuthenticatorApp.objects.filter(user=user).exists()
    confirm = f"{ACCOUNT}bestaetigen/?next={APP}"
    assert "stimmt nicht" in mine.post(confirm, {"password": "falsch"}).content.decode()
    assert mine.post(confirm, {"password": PASSWORD})["Location"] == APP
    assert mine.post(f"{ACCOUNT}bestaetigen/?next=//example.org", {"password": PASSWORD})["Location"] == ACCOUNT
    mine.post(f"{APP}entfernen/")
    assert not AuthenticatorApp.objects.filter(user=user).exists()


def test_removing_the_last_factor_voids_the_recovery_codes(mine):
    user = User.objects.get(username="kim")
    with_app(user)
    mine.post(CODES)
    assert factors.codes_left(user) == 10
    mine.post(f"{APP}entfernen/")
    assert factors.codes_left(user) == 0
    assert mine.post(CODES).status_code == 302


def test_codes_are_shown_once_and_kept_by_no_cache(mine):
    with_app(User.objects.get(username="kim"))
    answer = mine.post(CODES)
    assert "no-store" in answer["Cache-Control"]
    code = re.search(r"<li><code>([a-z0-9-]{14})</code>", answer.content.decode())[1]
    assert code not in mine.get(ACCOUNT).content.decode()
    assert mine.get(CODES).status_code == 405


def test_nobody_touches_a_passkey_of_somebody_else(mine):
    passkey = make_passkey(person("lou"))
    for address in (f"{ACCOUNT}passkey/{passkey.uuid}/", f"{ACCOUNT}passkey/{passkey.uuid}/entfernen/"):
        assert mine.post(address, {"name": "meiner"}).status_code == 404
    passkey.refresh_from_db()
    assert passkey.name == "Laptop"


def make_passkey(user):
    return user.passkeys.create(name="Laptop", credential_id=f"abc{user.pk}", credential="")


@pytest.mark.parametrize("answer", ["", "{}", "[]", "nichts", '{"id": "x", "rawId": "x", "response": {}}'])
def test_a_forged_answer_of_a_passkey_is_refused(client, settings, answer):
    settings.SITE_URL = "http://localhost:8000"
    make_passkey(person())
    log_in(client)
    assert client.post(SECOND, {"credential": answer}, HTTP_HOST="localhost")["Location"] == SECOND
    assert not is_in(client)


def test_posts_from_elsewhere_are_refused():
    client = Client(enforce_csrf_checks=True)
    user = person()
    with_app(user)
    client.force_login(user)
    row = OwnSession.objects.create(user=user, digest="x", created_at=make.soon(), last_seen_at=make.soon())
    for address in (
        *(SECOND, APP, CODES, f"{APP}entfernen/", f"{ACCOUNT}bestaetigen/", f"{ACCOUNT}passkey/"),
        *(f"{ACCOUNT}anmeldungen/beenden/", f"{ACCOUNT}anmeldungen/{row.uuid}/"),
        f"/admin/auth/user/{user.pk}/zweiter-faktor/",
    ):
        assert client.post(address).status_code == 403, address
