"""How long staff worked, in words."""

from django.utils.translation import gettext as _

_HOUR = 60  # minutes


def duration_words(minutes: int) -> str:
    """Return a number of minutes in words: « 45 min », « 1 h 20 », « 2 h »."""
    hours, rest = divmod(minutes, _HOUR)
    if not hours:
        return _("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)s") % {"hours": hours, "minutes": f"{rest:02d}"}
