"""The address a mail is answered to: it says which request and whose answer, and is signed.

`demandes+r12-34-<signature>@…`: base, request, person. Whoever knows the address still has to write from the
address of that person (RFC 5233 for the part after « + »).
"""

import base64
import re
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Final

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_SALT: Final = "notifications.inbound.reply"
_SIGNATURE_BYTES: Final = 10  # 80 bits: sixteen characters in base 32
_BOUNCE_SALT: Final = "notifications.inbound.bounce"
_BOUNCE: Final = re.compile(r"b(?P<mail>[1-9]\d{0,18})-(?P<signature>[a-z2-7]{16})")
_TAG: Final = re.compile(r"r(?P<ticket>[1-9]\d{0,11})-(?P<person>[1-9]\d{0,11})-(?P<signature>[a-z2-7]{16})")


@dataclass(frozen=True)
class Reply:
    """What a signed address names: the keys of a request and of a person."""

    ticket_pk: int
    person_pk: int


def is_open() -> bool:
    """Tell whether mails can be answered: a mailbox is set."""
    return bool(settings.INBOUND_ADDRESS)


def reply_address(ticket_pk: int, person_pk: int) -> str:
    """Return the address at which `person_pk` answers mails about `ticket_pk`."""
    signature = _signature(_SALT, f"{ticket_pk}:{person_pk}")
    return _tagged(f"r{ticket_pk}-{person_pk}-{signature}")


def reply_of(address: str) -> Reply | None:
    """Return what `address` names, or None when it is not one of ours, or its signature is not ours.

    Capitals do not matter: some servers change them on the way.
    """
    match = _TAG.fullmatch(_tag_of(address))
    if match is None:
        return None
    named = Reply(int(match["ticket"]), int(match["person"]))
    expected = _signature(_SALT, f"{named.ticket_pk}:{named.person_pk}")
    return named if constant_time_compare(match["signature"], expected) else None


def bounce_address(mail_pk: int) -> str:
    """Return the address servers report at when the mail `mail_pk` does not arrive (VERP)."""
    return _tagged(f"b{mail_pk}-{_signature(_BOUNCE_SALT, str(mail_pk))}")


def bounced_mail(address: str) -> int | None:
    """Return the key of the mail a report sent to `address` is about, or None."""
    match = _BOUNCE.fullmatch(_tag_of(address))
    if match is None:
        return None
    expected = _signature(_BOUNCE_SALT, match["mail"])
    return int(match["mail"]) if constant_time_compare(match["signature"], expected) else None


def _tagged(tag: str) -> str:
    base, _at, domain = settings.INBOUND_ADDRESS.rpartition("@")
    return f"{base}+{tag}@{domain}"


def _tag_of(address: str) -> str:
    """Return what follows « + » in `address`, if it is one of our mailbox; otherwise an empty string."""
    local, _at, domain = parseaddr(address)[1].lower().rpartition("@")
    base, _at, own_domain = settings.INBOUND_ADDRESS.lower().rpartition("@")
    name, _plus, tag = local.partition("+")
    return tag if (name, domain) == (base, own_domain) else ""


def _signature(salt: str, value: str) -> str:
    digest = salted_hmac(salt, value, algorithm="sha256").digest()
    return base64.b32encode(digest[:_SIGNATURE_BYTES]).decode().lower()
