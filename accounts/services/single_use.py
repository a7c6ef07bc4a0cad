"""Single-use links: made, counted, looked at, used once. What each allows is in the other modules."""

import hashlib
import secrets
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import AccountLink, LinkPurpose, LinkRequest, User, mail_identity

MAILS_PER_ADDRESS = 5
MAILS_PER_CLIENT = 30
COUNTED_OVER = timedelta(hours=1)


class LinkUnusable(Exception):  # noqa: N818 -- a refusal, not a failure
    """The link was used, has expired, was replaced by a newer one or never existed."""


class AlreadyRegistered(Exception):  # noqa: N818 -- a refusal, not a failure
    """An account took this address meanwhile (two links, two tabs)."""


class TooManyMails(Exception):  # noqa: N818 -- a refusal, not a failure
    """This client asked for more mails than a person needs."""


# --- asking for a link ----------------------------------------------------------------------------------
def holder_of(email):
    """Return the local account whose address is the normalised `email`, or None."""
    return User.objects.filter(identity=mail_identity(email)).first()


def may_mail(email, client):
    """Count this request; return whether the address may get one more mail. Raises TooManyMails.

    Refused requests are not counted: insisting does not make the wait longer.
    """
    LinkRequest.objects.filter(asked_at__lt=timezone.now() - COUNTED_OVER).delete()
    address_digest, client_digest = _keyed_digest(email), _keyed_digest(client)
    if LinkRequest.objects.filter(client_digest=client_digest).count() >= MAILS_PER_CLIENT:
        raise TooManyMails
    if LinkRequest.objects.filter(address_digest=address_digest).count() >= MAILS_PER_ADDRESS:
        return False
    LinkRequest.objects.create(address_digest=address_digest, client_digest=client_digest)
    return True


def _keyed_digest(value):
    return salted_hmac("accounts.LinkRequest", value, algorithm="sha256").hexdigest()


@contextmanager
def undone_unless(is_real):
    """Run the block for its duration only, unless `is_real`: its rows and mails are rolled back.

    What it asked to be done after the commit is done all the same: speaking to the broker takes milliseconds
    that somebody who listens would hear. A worker woken for a row that is not there goes back to sleep.
    """
    with transaction.atomic():
        before = len(transaction.get_connection().run_on_commit)
        yield
        asked = transaction.get_connection().run_on_commit[before:]
        if not is_real:
            transaction.set_rollback(True)
    if not is_real:
        for _savepoints, function, robust in asked:
            transaction.on_commit(function, robust=robust)


def lifetime(purpose):
    """Return how long a link lives: a shorter time for a password, which opens an account that exists."""
    is_password = purpose == LinkPurpose.PASSWORD
    return settings.PASSWORD_LINK_LIFETIME if is_password else settings.ACTIVATION_LINK_LIFETIME


def new_link(purpose, email, **fields):
    """Return the token of a new link; earlier links of the same purpose and address die.

    Of a change of address, those of the same person: somebody else may be asking for the same address.
    """
    token = secrets.token_urlsafe(32)
    replaced = {"user": fields["user"]} if purpose == LinkPurpose.ADDRESS else {"email": email}
    AccountLink.objects.filter(purpose=purpose, **replaced).delete()
    AccountLink.objects.create(
        purpose=purpose,
        token_digest=_digest(token),
        email=email,
        expires_at=timezone.now() + lifetime(purpose),
        **fields,
    )
    return token


# --- using a link ---------------------------------------------------------------------------------------
def live_link(token: str, purpose: str) -> AccountLink:
    """Return the link of `token`, still usable for `purpose`; changes nothing. Raises LinkUnusable.

    The token has 256 bits and only its digest is stored and compared, by the index of the database:
    how long the comparison takes tells nothing about the token.
    """
    link = _usable(token, purpose).select_related("user").first()
    if link is None or (link.user and not link.user.is_active):
        raise LinkUnusable
    return link


def _digest(token):
    return hashlib.sha256(token.encode()).hexdigest()


def _usable(token, purpose):
    return AccountLink.objects.filter(
        token_digest=_digest(token), purpose=purpose, used_at__isnull=True, expires_at__gt=timezone.now()
    )


def consume(token, purpose):
    """Return the link of `token`, now used: of two posts at once, one passes."""
    link = live_link(token, purpose)
    if not _usable(token, purpose).filter(pk=link.pk).update(used_at=timezone.now()):
        raise LinkUnusable
    return link
