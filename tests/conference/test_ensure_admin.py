"""The first administrator of a new installation."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from tests import make

pytestmark = pytest.mark.django_db


def _ensured(capsys) -> str:
    call_command("ensure_admin")
    return capsys.readouterr().out


def test_ensure_admin_prints_a_password_once(capsys):
    printed = _ensured(capsys)
    admin = User.objects.get()
    assert (admin.username, admin.is_superuser, admin.is_staff) == ("admin", True, True)
    assert admin.check_password(printed.split()[-1])
    assert len(printed.split()[-1]) >= 20
    assert _ensured(capsys) == ""


def test_ensure_admin_takes_what_the_operator_names(capsys, settings):
    settings.FIRST_ADMINISTRATOR = {"username": "leitung", "password": "Ein langes Wort", "email": "l@example.org"}
    printed = _ensured(capsys)
    admin = User.objects.get()
    assert (admin.username, admin.email, admin.check_password("Ein langes Wort")) == ("leitung", "l@example.org", True)
    assert "Ein langes Wort" not in printed


def test_ensure_admin_leaves_an_administrator_alone(capsys, settings):
    make.administrator(username="vorhanden")
    settings.FIRST_ADMINISTRATOR = {"username": "neu", "password": "x", "email": ""}
    assert _ensured(capsys) == ""
    assert [user.username for user in User.objects.all()] == ["vorhanden"]


def test_ensure_admin_never_raises_somebody(capsys):
    """A name that is taken by a person without that right is a sentence, not a promotion."""
    make.user("admin")
    call_command("ensure_admin")
    assert "ohne Verwaltungsrecht" in capsys.readouterr().err
    assert not User.objects.get().is_superuser
