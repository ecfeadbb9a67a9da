"""What happens to accounts is written down, without addresses."""

from conference.models import AccountEvent

Kind = AccountEvent.Kind


def note(kind: Kind, subject, text: str, user=None):
    """`subject` is whose account, or a group; `user` who did it: the same person, unless said otherwise."""
    AccountEvent.objects.create(kind=kind, subject=str(subject), text=text, user=user or subject)


def note_stranger(text: str):
    """What was typed as a name is not kept: it may be a password."""
    AccountEvent.objects.create(kind=Kind.REFUSED, text=text)
