"""Keep nothing longer than it serves (RGPD, article 5, 1, e)."""

from datetime import datetime
from importlib import import_module

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django_cas_ng.models import SessionTicket

from accounts.models import AccountLink


@transaction.atomic
def forget_stale(now: datetime) -> dict[str, int]:
    """Erase what has expired at `now`; return how many rows of each kind.

    Links that lead nowhere any more (a name that was never proved waits in them), failed logins past the
    lock, ended sessions, and the CAS tickets of sessions that are gone.
    """
    forgotten = {
        "links": AccountLink.objects.filter(expires_at__lt=now).delete()[0],
        "failures": AccessAttempt.objects.filter(attempt_time__lt=now - settings.AXES_COOLOFF_TIME).delete()[
            0
        ],
    }
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    orphans = SessionTicket.objects.exclude(session_key__in=Session.objects.values("session_key"))
    return forgotten | {"tickets": orphans.delete()[0]}
