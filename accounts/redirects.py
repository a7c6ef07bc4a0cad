"""Where somebody goes after a page of accounts. Nothing she brings can lead off this site."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

MAX_LENGTH = 2000


def safe_path(address: str | None) -> str:
    """Return `address` if it is a path of this site, else an empty string.

    Without allowed hosts, Django's check refuses every address with a host or a scheme, `//evil`,
    `https:///evil` and `/\\evil` included. django-cas-ng 5.1.1 follows them (its issue 409).
    """
    if not address or len(address) > MAX_LENGTH or not address.startswith("/"):
        return ""
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""


def next_page(request) -> str:
    """Return the clean `next` of a request, or an empty string."""
    field = REDIRECT_FIELD_NAME
    return safe_path(request.POST.get(field) or request.GET.get(field))


def landing(request) -> str:
    """Return where to go once signed in: `next`, or the dashboard."""
    return next_page(request) or resolve_url(settings.LOGIN_REDIRECT_URL)


def with_next(path: str, following: str, **parameters: object) -> str:
    """Return `path` carrying `following` (already clean, or empty) as its `next`, and `parameters`."""
    query = parameters | ({REDIRECT_FIELD_NAME: following} if following else {})
    return f"{path}?{urlencode(query)}" if query else path
