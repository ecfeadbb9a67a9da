"""Where somebody is logged in, what an administrator can undo, and the log of who did what."""

import csv
import datetime
import io
import time

import openpyxl
import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from conference.accounts import factors, totp
from conference.accounts.browsers import in_words, network
from conference.models import AccountEvent, EditorScope, OwnSession
from tests import make

PASSWORD = "ein gutes Passwort"
SESSIONS, LOG = "/admin/mein-zugang/anmeldungen/", "/admin/protokoll/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
pytestmark = pytest.mark.django_db


def person(name="kim", **fields):
    user = make.editor(username=name, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def logged_in(name="kim", **extra):
    client = Client()
    client.post("/admin/login/", {"username": name, "password": PASSWORD}, **extra)
    return client


def is_in(client):
    return client.get("/admin/").status_code == 200


@pytest.fixture
def desk(client):
    client.force_login(make.administrator(username="verwaltung", last_name="Amt"))
    session = client.session
    session["confirmed_at"] = int(time.time())
    session.save()
    return client


# ── Own log-ins ──────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox 128 auf Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0",
            "Edge 126 auf Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "Safari 17 auf iPhone"),
        ("curl/8", "unbekanntes Programm"),
        ("", "unbekanntes Programm"),
    ],
)
def test_programs_are_told_in_words(agent, words):
    assert in_words(agent) == words


@pytest.mark.parametrize(
    ("address", "shown"),
    [("203.0.113.77", "203.0.113.…"), ("2001:db8:1:2::3", "2001:db8:1::…"), ("", ""), ("unix:", "")],
)
def test_addresses_are_kept_shortened(address, shown):
    assert network(address) == shown


def test_own_log_ins_are_listed_and_ended(client):
    person(), person("lou")
    here, there = logged_in(HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="203.0.113.77"), logged_in()
    strange = logged_in("lou")
    page = here.get(SESSIONS).content.decode()
    assert "Firefox 128 auf Linux" in page
    assert "203.0.113.77" not in page
    assert page.count("diese hier") == 1
    rows = OwnSession.objects.filter(user__username="kim")
    assert rows.count() == 2
    assert not rows.filter(digest=here.session.session_key).exists()
    other = next(row for row in rows if row.user_agent != FIREFOX)
    foreign = OwnSession.objects.get(user__username="lou")
    assert here.post(f"{SESSIONS}{foreign.uuid}/").status_code == 404
    here.post(f"{SESSIONS}{other.uuid}/")
    assert (is_in(here), is_in(there), is_in(strange)) == (True, False, True)


def test_all_others_end_and_so_they_do_with_a_new_password():
    person()
    here, there, third = logged_in(), logged_in(), logged_in()
    here.post(f"{SESSIONS}beenden/")
    assert (is_in(here), is_in(there), is_in(third)) == (True, False, False)
    there = logged_in()
    new = "noch ein gutes Passwort"
    passwords = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert here.post("/admin/password_change/", passwords).status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    assert OwnSession.objects.count() == 1


def test_the_last_visit_is_noted_once_a_minute():
    person()
    client = logged_in()
    long_ago = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    OwnSession.objects.update(last_seen_at=long_ago)
    cache.clear()
    client.get("/admin/mein-zugang/")
    seen = OwnSession.objects.get().last_seen_at
    assert seen > long_ago
    client.get("/admin/mein-zugang/")
    assert OwnSession.objects.get().last_seen_at == seen


def test_the_public_costs_no_query_for_all_this(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/health/live")
        assert client.get("/robots.txt").status_code == 200
    assert client.cookies.keys() == set()


def test_rows_of_dead_sessions_are_forgotten_with_the_next_log_in():
    user, ages_ago = person(), datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    OwnSession.objects.create(user=user, digest="x", created_at=ages_ago, last_seen_at=ages_ago)
    logged_in()
    assert OwnSession.objects.count() == 1


def test_logging_out_forgets_the_row():
    person()
    client = logged_in()
    client.post("/admin/logout/")
    assert not OwnSession.objects.exists()
    assert AccountEvent.objects.filter(kind="log_out", subject="kim").count() == 1


# ── What an administrator can do ─────────────────────────────────────────────────────────────
def test_a_second_factor_is_reset_and_ends_all_log_ins(desk):
    user = person()
    there = logged_in()
    secret = totp.new_secret()
    assert factors.add_app(user, secret, totp.code_at(secret, int(time.time()) // 30))
    factors.new_recovery_codes(user)
    address = f"/admin/auth/user/{user.pk}/zweiter-faktor/"
    assert "werden gelöscht" in desk.get(address).content.decode()
    assert address in desk.get(f"/admin/auth/user/{user.pk}/change/").content.decode()
    assert desk.post(address).status_code == 302
    assert not factors.factors_of(user)
    assert factors.codes_left(user) == 0
    assert not is_in(there)
    entry = AccountEvent.objects.get(kind="factor")
    assert (entry.user.username, entry.subject) == ("verwaltung", "kim")


def test_only_those_who_may_change_an_account_reset_its_factor(client):
    chief = make.administrator(username="chefin")
    client.force_login(person())
    assert client.get(f"/admin/auth/user/{chief.pk}/zweiter-faktor/").status_code == 403
    client.force_login(make.user(username="amt", permissions=["auth.change_user"]))
    assert client.get(f"/admin/auth/user/{chief.pk}/zweiter-faktor/").status_code == 403
    assert client.get("/admin/auth/user/999/zweiter-faktor/").status_code == 404


def test_rights_are_noted_from_what_to_what(desk):
    user, conference = person(), make.conference("Herbst")
    address = f"/admin/auth/user/{user.pk}/change/"
    data = {"username": "kim", "is_active": "on", "is_staff": "on", "is_limited": "on"}
    data |= {"date_joined_0": "01.01.2024", "date_joined_1": "10:00"}
    assert "mindestens eine Konferenz" in desk.post(address, data).content.decode()
    assert desk.post(address, data | {"conferences": [conference.pk]}).status_code == 302
    assert list(EditorScope.objects.get(user=user).conferences.all()) == [conference]
    text = AccountEvent.objects.get(kind="rights").text
    assert "Gruppen: − Redaktion" in text
    assert "Konferenzen: + Herbst" in text
    del data["is_limited"]
    desk.post(address, data)
    assert not EditorScope.objects.filter(user=user).exists()


# ── The log ──────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def deeds():
    user = person(first_name="Kim", last_name="Lang")
    logged_in()
    Client().post("/admin/login/", {"username": "kim", "password": "falsch"})
    Client().post("/admin/login/", {"username": "mein Passwort im falschen Feld", "password": "x"})
    event = make.event("Abend")
    LogEntry.objects.log_actions(user.pk, [event], CHANGE, change_message="Freigegeben.")
    return user


def read(client, query="", suffix="csv"):
    answer = client.get(f"{LOG}protokoll.{suffix}{query}")
    return b"".join(answer.streaming_content)


def rows(client, query=""):
    return list(csv.DictReader(io.StringIO(read(client, query).decode("utf-8-sig")), delimiter=";"))


def test_the_log_tells_who_did_what(desk, deeds):
    page = desk.get(LOG).content.decode()
    for words in ("Kim Lang", "mit Passwort", "Abgewiesene Anmeldung", "Veranstaltung „Abend“", "Freigegeben."):
        assert words in page
    assert "im falschen Feld" not in page
    assert [row["Art"] for row in rows(desk)] == [
        "Geändert",
        "Abgewiesene Anmeldung",
        "Abgewiesene Anmeldung",
        "Anmeldung",
    ]


def test_the_log_is_narrowed(desk, deeds):
    today = datetime.date.today()
    assert [row["Was"] for row in rows(desk, "?art=2")] == ["Freigegeben."]
    assert {row["Woran"] for row in rows(desk, "?art=refused")} == {"kim", ""}
    assert len(rows(desk, f"?person={deeds.pk}")) == 3
    assert [row["Woran"] for row in rows(desk, "?text=abend")] == ["Veranstaltung „Abend“"]
    LogEntry.objects.log_actions(
        deeds.pk, [deeds], CHANGE, change_message=[{"added": {"name": "Leitfrage", "object": "Größe"}}]
    )
    assert len(rows(desk, "?text=größe")) == 1
    LogEntry.objects.filter(change_message__contains="added").delete()
    assert len(rows(desk, f"?von={today - datetime.timedelta(2)}&bis={today + datetime.timedelta(2)}")) == 4
    assert rows(desk, f"?von={today + datetime.timedelta(2)}") == []
    assert len(rows(desk, "?von=quatsch&person=999&art=nichts")) == 4


def test_the_log_leaves_as_a_spreadsheet(desk, deeds):
    answer = desk.get(f"{LOG}protokoll.xlsx?art=2")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["Datum", "Uhrzeit", "Wer", "Art", "Woran", "Was"]
    assert sheet[2][2].value == "Kim Lang"
    assert sheet.max_row == 2
    # Those that are offered, not every format there is.
    assert [desk.get(f"{LOG}protokoll.{suffix}").status_code for suffix in ("exe", "json", "pdf")] == [404] * 3


@pytest.mark.parametrize("count", [3, 60])
def test_the_log_asks_the_same_number_of_questions(desk, count, django_assert_max_num_queries):
    AccountEvent.objects.bulk_create(AccountEvent(kind="log_in", subject="kim", text=str(n)) for n in range(count))
    with django_assert_max_num_queries(9):
        page = desk.get(f"{LOG}?seite=2").content.decode()
    assert ("seite=1" in page) == (count > 50)


def test_only_those_named_read_the_log(client):
    user = person()
    client.force_login(user)
    for address in (LOG, f"{LOG}protokoll.csv"):
        assert client.get(address).status_code == 403
    reader = make.user(username="revision", permissions=["conference.view_log"])
    client.force_login(reader)
    assert client.get(LOG).status_code == 200
    EditorScope.objects.create(user=reader)
    assert client.get(LOG).status_code == 403
    client.logout()
    assert client.get(LOG).status_code == 302


def test_no_address_is_written_into_the_log():
    person()
    logged_in(REMOTE_ADDR="203.0.113.77")
    assert "203.0.113" not in str(list(AccountEvent.objects.values()))
    assert User.objects.get(username="kim").last_login
