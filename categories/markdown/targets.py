"""Where a link may lead: our own pages, other sites, an address to write to or to call."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

_SCHEMES = ("http", "https", "mailto", "tel")
URL_SCHEMES = set(_SCHEMES)


def is_allowed(target: str) -> bool:
    """Whether a link may lead to `target`: http(s), mailto, tel, or a path of ours.

    « //host » and « /\\host » are other sites to a browser, whatever they look like.
    """
    if _is_path(target):
        return True
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    if parts.scheme in ("http", "https"):
        return bool(parts.hostname)
    return parts.scheme in _SCHEMES and bool(parts.path)


def is_external(target: str) -> bool:
    """Whether following `target`, which is allowed, leaves our site."""
    return target.startswith("http") and own_path(target) is None


def own_path(target: str) -> str | None:
    """Return the path of ours that `target` leads to, or None when it leads elsewhere."""
    parts = urlsplit(target)
    if _is_path(target) or _origin(parts) == _origin(urlsplit(settings.SITE_URL)):
        return parts.path or "/"
    return None


def leads_somewhere(path: str) -> bool:
    """Whether an address of ours answers, and the theme or the question it names is published."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    published = _PUBLISHED.get(match.view_name)
    return published is None or published(match.kwargs["slug"])


def _is_path(target):
    return target.startswith("/") and target[1:2] not in ("/", "\\")


def _origin(parts):
    return parts.scheme, parts.netloc.lower()


def _has_theme(slug):
    from categories.models import Category  # noqa: PLC0415 -- circular import

    return Category.objects.with_a_sheet().filter(slug=slug).exists()


def _has_entry(slug):
    from categories.models import FaqEntry  # noqa: PLC0415 -- circular import

    return FaqEntry.objects.published().filter(slug=slug).exists()


_PUBLISHED = {"categories:sheet": _has_theme, "categories:faq_entry": _has_entry}
