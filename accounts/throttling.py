"""Slow down who guesses: growing delays, then a lock, per account and client address.

After 3 failures: 2 s, 4 s, 8 s… up to a minute; after AXES_FAILURE_LIMIT failures, django-axes locks the
account for that client during AXES_COOLOFF_TIME; from elsewhere its owner still enters (CNIL,
délibération n° 2022-100: « temporisation d’accès au compte après plusieurs échecs, blocage »). A worker
never sleeps: a request that comes too soon is refused before the password is read.
"""

import ipaddress
import math

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db.models import Max, Q, Sum
from django.shortcuts import render
from django.utils import timezone

FREE_FAILURES = 2
LONGEST_DELAY_SECONDS = 60
# One password tried on each of many accounts fails once a time: the client is counted too.
FAILURES_PER_CLIENT = 100
IPV6_NETWORK_BITS = 64  # one subscriber owns a whole /64


class Locked(Exception):  # noqa: N818 -- a refusal, not a failure
    """Too many failures for this account from this address."""


class MustWait(Exception):  # noqa: N818 -- a refusal, not a failure
    """The next attempt comes too soon; `seconds` are left."""

    def __init__(self, seconds: int):
        super().__init__(seconds)
        self.seconds = seconds


def delay_seconds(failures: int) -> int:
    """Return how long to wait after the last of `failures`."""
    if failures <= FREE_FAILURES:
        return 0
    return min(2 ** (failures - FREE_FAILURES), LONGEST_DELAY_SECONDS)


def client_address(request) -> str | None:
    """Return what counts as one client: an IPv4 address, or the first address of the /64 of an IPv6 one.

    Counting IPv6 addresses one by one would let a subscriber start afresh 2^64 times. None when the server or
    a proxy gives something else.
    """
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return None
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:  # what a socket open to both kinds calls an IPv4 address
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network(f"{address}/{IPV6_NETWORK_BITS}", strict=False).network_address)


def require_patience(request, email: str) -> None:
    """Raise Locked or MustWait unless a password for the normalised `email` may be tried now."""
    now, its_own = timezone.now(), Q(username=email)
    past = AccessAttempt.objects.filter(
        ip_address=client_address(request), attempt_time__gte=now - settings.AXES_COOLOFF_TIME
    ).aggregate(
        everywhere=Sum("failures_since_start"),
        failures=Sum("failures_since_start", filter=its_own),
        last=Max("attempt_time", filter=its_own),
    )
    failures = past["failures"] or 0
    if failures >= settings.AXES_FAILURE_LIMIT or (past["everywhere"] or 0) >= FAILURES_PER_CLIENT:
        raise Locked
    waited = (now - past["last"]).total_seconds() if past["last"] else 0
    left = math.ceil(delay_seconds(failures) - waited)
    if left > 0:
        raise MustWait(left)


def forgive(email: str, *, address: str | None = None) -> None:
    """Forget the failures of the normalised `email`, from `address` or from everywhere."""
    reset(username=email, ip=address)


def locked_out(request, original_response=None, credentials=None):
    """Answer somebody who is locked: what happened, and what she can do (AXES_LOCKOUT_CALLABLE)."""
    seconds = int(settings.AXES_COOLOFF_TIME.total_seconds())
    context = {"hours": seconds // 3600, "failures": settings.AXES_FAILURE_LIMIT}
    response = render(request, "accounts/locked.html", context, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response
