"""Codes of six digits that change every thirty seconds (RFC 6238), as every authenticator app shows them."""

import base64
import hmac
import secrets
import time
from urllib.parse import quote, urlencode

import segno

PERIOD = 30
DIGITS = 6
# A clock may be this many periods off.
DRIFT = 1


def new_secret() -> str:
    """160 bits in base 32, as apps take them."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, step: int, digits: int = DIGITS) -> str:
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0xF
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}}"


def matching_step(secret: str, code: str, after: int = 0) -> int | None:
    """The period whose code this is, later than `after`, so that no code counts twice. None if it is none."""
    now = int(time.time()) // PERIOD
    steps = [
        step
        for step in range(now - DRIFT, now + DRIFT + 1)
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode())
    ]
    return next((step for step in steps if step > after), None)


def address(secret: str, account: str, issuer: str) -> str:
    """What the QR code says."""
    label = quote(f"{issuer}:{account}", safe="")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"


def picture(words: str) -> str:
    """A QR code as SVG, without style attributes; its size comes from the style sheet."""
    code = segno.make(words, error="m")
    return code.svg_inline(dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True)


def in_groups(secret: str) -> str:
    """To be typed by hand."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
