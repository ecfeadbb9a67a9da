"""Passkeys: what the browser is asked, and whether its answer is right (WebAuthn)."""

import ipaddress
import json
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from conference.models import Passkey

# In a session: what the answer is checked against. Used once.
STATE = "passkey_state"
# What the library says of answers that are not right.
REFUSALS = (ValueError, KeyError, TypeError, AttributeError)


def host() -> str:
    """The name passkeys belong to. An address in numbers has none; on one's own machine it is localhost."""
    name = urlsplit(settings.SITE_URL).hostname or ""
    try:
        return "localhost" if ipaddress.ip_address(name).is_loopback else ""
    except ValueError:
        return name


def are_possible(request) -> bool:
    """Only where the page stands under that name."""
    return bool(host()) and request.get_host().rsplit(":", 1)[0] == host()


def _is_ours(origin: str) -> bool:
    if host() == "localhost":
        return urlsplit(origin).hostname == "localhost"
    return origin == settings.SITE_URL


def _server() -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=host(), name=settings.SITE_NAME), verify_origin=_is_ours)


def _known(passkeys) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(websafe_decode(passkey.credential)) for passkey in passkeys]


def ask_for_new(request, user) -> dict:
    """For `navigator.credentials.create`."""
    entity = PublicKeyCredentialUserEntity(
        id=f"nachlese-{user.pk}".encode(),
        name=user.get_username(),
        display_name=user.get_full_name() or user.get_username(),
    )
    options, request.session[STATE] = _server().register_begin(
        entity,
        _known(Passkey.objects.filter(user=user)),
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return dict(options)


def add(request, user, answer: str, name: str) -> Passkey | None:
    """None if the answer is not one to what was asked."""
    try:
        state = request.session.pop(STATE)
        found = _server().register_complete(state, json.loads(answer))
    except REFUSALS:
        return None
    credential = found.credential_data
    identity = websafe_encode(credential.credential_id)
    if Passkey.objects.filter(credential_id=identity).exists():
        return None
    return Passkey.objects.create(
        user=user,
        name=name,
        credential_id=identity,
        credential=websafe_encode(bytes(credential)),
        sign_count=found.counter,
    )


def ask_for_known(request, passkeys) -> dict:
    """For `navigator.credentials.get`."""
    options, request.session[STATE] = _server().authenticate_begin(
        _known(passkeys), user_verification=UserVerificationRequirement.PREFERRED
    )
    return dict(options)


def confirm(request, user, answer: str) -> Passkey | None:
    """The passkey that signed what was asked; None if none of this person's did, or a copy of one."""
    passkeys = {passkey.credential_id: passkey for passkey in Passkey.objects.filter(user=user)}
    try:
        state = request.session.pop(STATE)
        response = AuthenticationResponse.from_dict(json.loads(answer))
        credential = _server().authenticate_complete(state, _known(passkeys.values()), response)
    except REFUSALS:
        return None
    passkey = passkeys[websafe_encode(credential.credential_id)]
    count = response.response.authenticator_data.counter
    if (count or passkey.sign_count) and count <= passkey.sign_count:
        return None
    passkey.sign_count, passkey.last_used_at = count, timezone.now()
    passkey.save(update_fields=["sign_count", "last_used_at"])
    return passkey
