"""Whoever is asked for a password: guesses are slowed down the same way everywhere."""

from django.contrib.auth import authenticate
from django.utils.translation import ngettext

from accounts.models import User
from accounts.throttling import client_address, forgive, require_patience


def prove(request, email: str, password: str) -> User | None:
    """Return the person whose normalised address is `email` if `password` is hers, or None.

    Raises Locked or MustWait before the password is read.
    """
    require_patience(request, email)
    user = authenticate(request, username=email, password=password)
    if user is not None:
        forgive(email, address=client_address(request))
    return user


def patience_words(seconds: int) -> str:
    """Say how long to wait."""
    return ngettext(
        "Attendez %(seconds)d seconde avant d’essayer de nouveau.",
        "Attendez %(seconds)d secondes avant d’essayer de nouveau.",
        seconds,
    ) % {"seconds": seconds}
