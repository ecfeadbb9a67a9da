"""Telling editors: a notice in the admin, and an e-mail that may fail without anybody losing anything."""

import logging
from collections.abc import Iterable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils.translation import gettext as _

from conference.models import Notice

logger = logging.getLogger(__name__)


def tell(users: Iterable, text: str, url: str):
    """A notice for each, and when the transaction is through a mail to those who have an address."""
    users = list({user.pk: user for user in users}.values())
    Notice.objects.bulk_create(Notice(user=user, text=text, url=url) for user in users)
    addresses = [user.email for user in users if user.email]
    if addresses:
        # Whatever goes wrong with it is in the log, and what was saved stays saved.
        transaction.on_commit(lambda: _send(addresses, text, url), robust=True)


def _send(addresses: list[str], text: str, url: str):
    """One connection for all, each a mail of their own. A mail server that is down is a line in the log."""
    subject = _("[%(site)s] %(text)s") % {"site": settings.SITE_NAME, "text": text.partition("\n")[0]}
    words = _("%(text)s\n\n%(url)s\n\nDiese Nachricht steht auch in der Redaktion von %(site)s.")
    body = words % {"text": text, "url": f"{settings.SITE_URL}{url}", "site": settings.SITE_NAME}
    mails = [EmailMessage(" ".join(subject.split())[:150], body, to=[address]) for address in addresses]
    try:
        get_connection(timeout=settings.EMAIL_TIMEOUT).send_messages(mails)
    except (SMTPException, OSError) as error:
        logger.warning("Mail to %d editors was not sent: %s", len(mails), error)
