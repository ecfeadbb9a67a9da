"""Secrets in the database, readable with this installation's key alone."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def _locks() -> MultiFernet:
    keys = (hashlib.sha256(f"conference.accounts:{key}".encode()).digest() for key in _secret_keys())
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def _secret_keys() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def seal(text: str) -> str:
    return _locks().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str | None:
    """None if it was sealed with another key."""
    try:
        return _locks().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None
