"""Changing the address of a local account: asked with the password, proved from the new mailbox.

The link alone changes nothing: the person must be signed in. Whoever receives it by a typing mistake would
otherwise own her account, password and requests.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from accounts import mails
from accounts.addresses import hinted
from accounts.models import AccountLink, LinkPurpose, User, mail_identity
from accounts.services.single_use import (
    AlreadyRegistered,
    LinkUnusable,
    TooManyMails,
    consume,
    holder_of,
    lifetime,
    live_link,
    may_mail,
    new_link,
    undone_unless,
)


@transaction.atomic
def ask_address(user: User, *, email: str, client: str) -> None:
    """Mail to `email` the link that makes it the address of `user`; tell her present one at once.

    `user` has a local account and has just given her password; `email` is normalised, outside the university
    and not hers. When it is somebody else's, only that mailbox is told, for the same work and the same time.
    Raises TooManyMails.
    """
    _require_local(user)
    if not may_mail(f"change of {user.pk}", client):
        raise TooManyMails
    if not may_mail(email, client):
        return
    holder = holder_of(email)
    with undone_unless(holder is None):
        token = new_link(LinkPurpose.ADDRESS, email, user=user)
        # No name: this mailbox may be a stranger's.
        context = {"link": mails.absolute("accounts:confirm_email", token), "hours": _hours()}
        mails.send("account_address_confirm", to=email, context=context, language=user.language)
    with undone_unless(holder is not None):
        context = {"first_name": holder.first_name if holder else ""}
        language = holder.language if holder else get_language()
        to = holder.email if holder else email
        mails.send("account_address_taken", to=to, context=context, language=language)
    _tell_present_address(user, "account_address_changing", user.email, email)


def live_address_link(token: str, user: User) -> AccountLink:
    """Return the usable link of `token` if `user` asked for it; changes nothing. Raises LinkUnusable."""
    link = live_link(token, LinkPurpose.ADDRESS)
    if link.user_id != user.pk:
        raise LinkUnusable
    return link


@transaction.atomic
def change_address(token: str, *, user: User) -> User:
    """Use the link of `token`: return `user` with her new address, which is what she signs in with.

    Raises LinkUnusable, also when the link is not of `user`, and AlreadyRegistered. Her other sessions end
    at their next page (their hash is of the identity), and every other link of hers dies: the former mailbox
    must not open the account any more.
    """
    live_address_link(token, user)
    link = consume(token, LinkPurpose.ADDRESS)
    person = User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    _require_local(person)
    former = person.email
    person.email, person.identity = link.email, mail_identity(link.email)
    try:
        with transaction.atomic():
            person.save(update_fields=["email", "identity"])
    except IntegrityError as error:
        raise AlreadyRegistered from error
    AccountLink.objects.filter(user=person).delete()
    _tell_present_address(person, "account_address_changed", former, person.email)
    return person


def _require_local(user):
    if user.is_cas:
        raise ValueError(user.identity)


def _hours():
    return int(lifetime(LinkPurpose.ADDRESS).total_seconds() // 3600)


def _tell_present_address(user, message, to, email):
    context = {"first_name": user.first_name, "hint": hinted(email)}
    mails.send(message, to=to, context=context, language=user.language)
