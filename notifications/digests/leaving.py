"""The way out of a summary: one click in the reader of mails, without signing in (RFC 8058)."""

from typing import Final

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import User
from notifications.headers import host
from notifications.models import DigestKind

_SIGNER: Final = signing.Signer(salt="notifications.digests")


def leaving_link(person: User, kind: str) -> str:
    """Return the address that stops the summaries of that kind for `person`. It does nothing else."""
    token = _SIGNER.sign(f"{person.pk}-{kind}")
    return f"{settings.SITE_URL}{reverse('notifications:leave_digest', args=[token])}"


def read_token(token: str) -> tuple[User, DigestKind] | None:
    """Return whom `token` names and which summary, or None. It never dies: old mails keep their way out."""
    try:
        pk, _dash, kind = _SIGNER.unsign(token).partition("-")
    except signing.BadSignature:
        return None
    person = User.objects.filter(pk=int(pk)).first()
    return (person, DigestKind(kind)) if person else None


def list_headers(person: User, kind: str) -> dict[str, str]:
    """Return the headers of a summary: what list it is of, and its way out."""
    return {
        "List-Id": f"<{kind}.resumes.{host()}>",
        "List-Unsubscribe": f"<{leaving_link(person, kind)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
