"""E-mail addresses: one way of writing each, and those that belong to the university."""

from django.conf import settings


class UnusableAddress(ValueError):  # noqa: N818 -- a refusal, not a failure
    """No mail server would take this address."""


def normalise(email: str) -> str:
    """Return the one way we write `email`: lower case, and its domain in the ASCII of the DNS.

    Two writings of the same mailbox must be one identity, and two look-alikes must not: Python lowers the
    Kelvin sign « K » to « k », which would make one person of two (the trap of CVE-2019-19844), so only
    ASCII is accepted before the @. Raises UnusableAddress.
    """
    mailbox, _at, domain = email.strip().rpartition("@")
    if not (mailbox and domain and mailbox.isascii()):
        raise UnusableAddress(email)
    try:
        return f"{mailbox}@{domain.encode('idna').decode('ascii')}".lower()
    except UnicodeError as error:
        raise UnusableAddress(email) from error


def hinted(email: str) -> str:
    """Return `email` hidden but for its ends, for whoever knows it already: « n•••@example.org »."""
    mailbox, _at, domain = email.rpartition("@")
    return f"{mailbox[:1]}•••@{domain}"


def is_university(email: str) -> bool:
    """Whether the normalised address `email` is in a domain that must use CAS, sub-domains included."""
    domain = email.rpartition("@")[2]
    own = [name.lower().strip(".") for name in settings.UNIVERSITY_DOMAINS]
    return any(domain == name or domain.endswith(f".{name}") for name in own)
