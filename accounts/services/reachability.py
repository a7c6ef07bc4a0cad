"""Whether what is mailed to somebody arrives: marked when a server refuses her address for good, until she
proves that she reads it. Another address is another story: the mark names the one that was refused.
"""

from datetime import datetime
from typing import Final

from django.core import signing
from django.db import transaction

from accounts import mails
from accounts.models import LinkPurpose, User
from accounts.services.single_use import LinkUnusable, TooManyMails, lifetime, may_mail

_SALT: Final = "accounts.check_address"


def note_refused(person: User, *, address: str, words: str, at: datetime) -> bool:
    """Mark `address` as refused for good, in the `words` of a server, if it is still that of `person`.

    Return whether it is.
    """
    hers = User.objects.filter(pk=person.pk, email=address)
    return bool(hers.update(refused_address=address, refused_at=at, refused_words=words))


@transaction.atomic
def ask_check(user: User, *, client: str) -> None:
    """Mail to `user` the link by which she shows that she reads her address. Raises TooManyMails.

    It opens nothing: it is signed, for her and for this address, and she must be signed in.
    """
    if not may_mail(user.email, client):
        raise TooManyMails
    link = mails.absolute("accounts:check_confirm", signing.dumps([user.pk, user.email], salt=_SALT))
    context = {"first_name": user.first_name, "link": link, "hours": _hours()}
    mails.send("account_address_check", to=user.email, context=context, language=user.language)


def checked_address(token: str, user: User) -> str:
    """Return the address `token` was mailed to, if it is that of `user`; changes nothing.

    Raises LinkUnusable: too old, forged, somebody else's, or of an address she has left.
    """
    try:
        key, address = signing.loads(token, salt=_SALT, max_age=lifetime(LinkPurpose.ADDRESS))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkUnusable from error
    if key != user.pk or address != user.email:
        raise LinkUnusable
    return address


def confirm_address(token: str, *, user: User) -> None:
    """Take the mark off the address of `user`, who has read `token` there. Raises LinkUnusable."""
    address = checked_address(token, user)
    User.objects.filter(pk=user.pk, email=address).update(refused_address="")


def _hours() -> int:
    return int(lifetime(LinkPurpose.ADDRESS).total_seconds() // 3600)
