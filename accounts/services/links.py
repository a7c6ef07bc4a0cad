"""Single-use links sent by e-mail: to create an account, to choose a new password.

Passwords are never mailed (CNIL, délibération n° 2022-100 du 21 juillet 2022, recommandation relative aux
mots de passe). Whether an account exists is said to nobody but the reader of its mailbox, neither in
words nor by the time an answer takes: both cases do the same work, and one of the two is undone.
"""

import hashlib
import secrets
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from accounts import mails
from accounts.models import AccountLink, LinkPurpose, LinkRequest, User, mail_identity
from accounts.throttling import forgive

MAILS_PER_ADDRESS = 5
MAILS_PER_CLIENT = 30
COUNTED_OVER = timedelta(hours=1)


class LinkUnusable(Exception):  # noqa: N818 -- a refusal, not a failure
    """The link was used, has expired, was replaced by a newer one or never existed."""


class AlreadyRegistered(Exception):  # noqa: N818 -- a refusal, not a failure
    """The account was created meanwhile (two links, two tabs)."""


class TooManyMails(Exception):  # noqa: N818 -- a refusal, not a failure
    """This client asked for more mails than a person needs."""


# --- asking for a link ----------------------------------------------------------------------------------
@transaction.atomic
def ask_registration(*, email, last_name, first_name, client, following=""):
    """Mail a link that creates the account of `email`, or say to its reader that she has one.

    `email` is normalised and outside the university; `client` is the caller's network address;
    `following` a clean path to go to afterwards. No person exists before the link is used. Raises
    TooManyMails.
    """
    if not _may_mail(email, client):
        return
    holder = _holder(email)
    with _undone_unless(holder is None):
        token = _new_link(LinkPurpose.ACTIVATE, email, first_name=first_name, last_name=last_name)
        reader = {"to": email, "first_name": first_name, "language": get_language()}
        _mail_link("account_activate", "accounts:activate", token, reader, following)
    with _undone_unless(holder is not None):
        context = {
            "first_name": holder.first_name if holder else first_name,
            "link": mails.absolute("login", following=following),
        }
        language = holder.language if holder else get_language()
        mails.send("account_exists", to=holder.email if holder else email, context=context, language=language)


@transaction.atomic
def ask_password(*, email, client, following=""):
    """Mail a link to choose a new password to the holder of the local account `email`, if there is one.

    The mail goes to the address of the account, not to what was typed. Raises TooManyMails.
    """
    if not _may_mail(email, client):
        return
    holder = _holder(email)
    with _undone_unless(holder is not None and holder.is_active):
        purpose = LinkPurpose.PASSWORD if holder else LinkPurpose.ACTIVATE
        token = _new_link(purpose, email, user=holder)
        reader = {
            "to": holder.email if holder else email,
            "first_name": holder.first_name if holder else "",
            "language": holder.language if holder else get_language(),
        }
        _mail_link("account_password", "accounts:password", token, reader, following)


def _holder(email):
    return User.objects.filter(identity=mail_identity(email)).first()


@contextmanager
def _undone_unless(is_real):
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


def _lifetime(purpose):
    is_password = purpose == LinkPurpose.PASSWORD
    return settings.PASSWORD_LINK_LIFETIME if is_password else settings.ACTIVATION_LINK_LIFETIME


def _new_link(purpose, email, **fields):
    """Return the token of a new link; earlier links of the same purpose and address die."""
    token = secrets.token_urlsafe(32)
    AccountLink.objects.filter(purpose=purpose, email=email).delete()
    AccountLink.objects.create(
        purpose=purpose,
        token_digest=_digest(token),
        email=email,
        expires_at=timezone.now() + _lifetime(purpose),
        **fields,
    )
    return token


def _mail_link(message, page, token, reader, following):
    is_password = message == "account_password"
    purpose = LinkPurpose.PASSWORD if is_password else LinkPurpose.ACTIVATE
    context = {
        "first_name": reader["first_name"],
        "link": mails.absolute(page, token, following=following),
        "hours": int(_lifetime(purpose).total_seconds() // 3600),
    }
    mails.send(message, to=reader["to"], context=context, language=reader["language"])


def _may_mail(email, client):
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


@transaction.atomic
def register(token: str, *, password: str) -> User:
    """Use an activation link: return the new person. Raises LinkUnusable or AlreadyRegistered.

    `password` has passed the validators. She keeps the language of the page she chose it on.
    """
    link = _consume(token, LinkPurpose.ACTIVATE)
    try:
        with transaction.atomic():
            names = {"first_name": link.first_name, "last_name": link.last_name}
            return User.objects.create_local(link.email, password, language=get_language(), **names)
    except IntegrityError as error:
        raise AlreadyRegistered from error


@transaction.atomic
def choose_password(token: str, *, password: str) -> User:
    """Use a password link: return the person, her password changed. Raises LinkUnusable.

    Sessions opened with the former password end at their next page (their hash is of the password), and
    locks after failed attempts are lifted: she has proved that she reads the mailbox.
    """
    link = _consume(token, LinkPurpose.PASSWORD)
    user = User.objects.select_for_update(of=("self",), no_key=True).get(pk=link.user_id)
    user.set_password(password)
    user.save(update_fields=["password"])
    forgive(link.email)
    context = {"first_name": user.first_name, "link": mails.absolute("accounts:forgotten")}
    mails.send("password_changed", to=user.email, context=context, language=user.language)
    return user


def _digest(token):
    return hashlib.sha256(token.encode()).hexdigest()


def _usable(token, purpose):
    return AccountLink.objects.filter(
        token_digest=_digest(token), purpose=purpose, used_at__isnull=True, expires_at__gt=timezone.now()
    )


def _consume(token, purpose):
    """Return the link of `token`, now used: of two posts at once, one passes."""
    link = live_link(token, purpose)
    if not _usable(token, purpose).filter(pk=link.pk).update(used_at=timezone.now()):
        raise LinkUnusable
    return link
