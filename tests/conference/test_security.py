"""The response headers, and whom the throttle counts."""

import pytest
from django.test import RequestFactory

from conference.security import client_address


@pytest.mark.django_db
def test_every_answer_carries_the_policy(client):
    for address in ("/health/live", "/admin/login/", "/gibt-es-nicht/"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self'; ")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "geolocation=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "6.6.6.6", "10.0.0.1"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.1.1.1", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_forwarded_addresses_count_as_far_as_proxies_are_ours(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR="10.0.0.1")
    assert client_address(request) == address


@pytest.mark.django_db
def test_five_wrong_passwords_close_one_name_from_one_address(client):
    from django.contrib.auth.models import User

    User.objects.create_user("kim", password="ein gutes Passwort", is_staff=True)
    wrong = {"username": "kim", "password": "falsch"}
    right = {"username": "kim", "password": "ein gutes Passwort"}
    answers = [client.post("/admin/login/", wrong, REMOTE_ADDR="10.0.0.1").status_code for _ in range(6)]
    assert answers[:4] == [200] * 4
    assert answers[5] == 429
    assert client.post("/admin/login/", right, REMOTE_ADDR="10.0.0.1").status_code == 429
    assert client.post("/admin/login/", right, REMOTE_ADDR="10.0.0.2").status_code == 302
