"""The second factors of a person: what there is, what is demanded, and whether one is right."""

import secrets
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from conference.accounts import totp
from conference.accounts.sealed import seal, unseal
from conference.models import AuthenticatorApp, GroupPolicy, Passkey, RecoveryCode

# Without what is mistaken for something else.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
CODES = 10
GROUPS, LENGTH = 3, 4


@dataclass(frozen=True)
class Factors:
    app: AuthenticatorApp | None = None
    passkeys: list[Passkey] = field(default_factory=list)

    def __bool__(self):
        return bool(self.app or self.passkeys)

    def __len__(self):
        return len(self.passkeys) + bool(self.app)


def factors_of(user) -> Factors:
    """Two queries."""
    return Factors(AuthenticatorApp.objects.filter(user=user).first(), list(Passkey.objects.filter(user=user)))


def demanding_policies(user_reference):
    return GroupPolicy.objects.filter(group__user=user_reference, requires_second_factor=True)


def demanded():
    """For a query of users: whether a group of theirs demands a second factor."""
    return Exists(demanding_policies(OuterRef("pk")))


def is_demanded_of(user) -> bool:
    """Costs a query, unless the person was loaded with the answer, as for each request."""
    known = getattr(user, "must_confirm", None)
    return demanding_policies(user).exists() if known is None else known


# ── The app ──────────────────────────────────────────────────────────────────────────────────
def add_app(user, secret: str, code: str) -> AuthenticatorApp | None:
    """Keep the app if its first code is right; it replaces an earlier one."""
    step = totp.matching_step(secret, code)
    if step is None:
        return None
    fields = {"secret": seal(secret), "last_step": step, "last_used_at": None}
    return AuthenticatorApp.objects.update_or_create(user=user, defaults=fields)[0]


def _app_confirms(user, code: str) -> bool:
    app = AuthenticatorApp.objects.filter(user=user).first()
    secret = app and unseal(app.secret)
    step = secret and totp.matching_step(secret, code, after=app.last_step)
    if not step:
        return False
    # Of two requests with the same code at the same moment, one wins.
    unused = AuthenticatorApp.objects.filter(pk=app.pk, last_step__lt=step)
    return bool(unused.update(last_step=step, last_used_at=timezone.now()))


# ── Recovery codes ───────────────────────────────────────────────────────────────────────────
def new_recovery_codes(user) -> list[str]:
    """Ten new ones in words; all earlier ones are void. They are stored as digests only."""
    groups = [
        ["".join(secrets.choice(ALPHABET) for _n in range(LENGTH)) for _g in range(GROUPS)] for _c in range(CODES)
    ]
    codes = ["-".join(each) for each in groups]
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(user, code)) for code in codes)
    return codes


def _new_code() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _letter in range(LENGTH)) for _group in range(GROUPS))


def codes_left(user) -> int:
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def _digest(user, code: str) -> str:
    letters = "".join(letter for letter in code.lower() if letter in ALPHABET)
    return salted_hmac("conference.accounts.recovery", f"{user.pk}:{letters}", algorithm="sha256").hexdigest()


def _recovery_confirms(user, code: str) -> bool:
    unused = RecoveryCode.objects.filter(user=user, digest=_digest(user, code), used_at=None)
    return bool(unused.update(used_at=timezone.now()))


# ── Both ─────────────────────────────────────────────────────────────────────────────────────
def confirm(user, typed: str) -> str:
    """What the code was, in words for the log; empty if it is not right. A right one is used up."""
    code = "".join(typed.split())
    if code.isascii() and code.isdecimal() and len(code) == totp.DIGITS:
        return _("Code der App") if _app_confirms(user, code) else ""
    return _("Wiederherstellungscode") if _recovery_confirms(user, code) else ""


def forget_all(user) -> bool:
    """Take away every second factor. Whether there was one."""
    with transaction.atomic():
        found = [model.objects.filter(user=user).delete()[0] for model in (AuthenticatorApp, Passkey, RecoveryCode)]
    return any(found)


def forget_codes_without_factor(user):
    """Recovery codes recover something; alone they would be a weak factor of their own."""
    if not factors_of(user):
        RecoveryCode.objects.filter(user=user).delete()
