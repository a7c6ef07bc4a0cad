"""Sizes in words people use: kilo and mega are decimal, as on their telephone."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def size_words(count):
    """Return `count` bytes in words: « 512 octets », « 340 ko », « 1,2 Mo »."""
    if count < 1000:
        return ngettext("%(count)d octet", "%(count)d octets", count) % {"count": count}
    if count < 1_000_000:
        return _("%(size)s ko") % {"size": number_format(round(count / 1000))}
    return _("%(size)s Mo") % {"size": _short(count / 1_000_000)}


def _short(size):
    return number_format(size, decimal_pos=0 if size >= 10 or size == int(size) else 1)
