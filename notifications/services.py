"""What staff and time do to mails already written. Staff leave a trace: who, when, why, what it was."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications.models import ActKind, MailAct, MailState, MailStep, OutgoingEmail, StepKind
from notifications.waking import wake_after_commit

# A second click, a form replayed by a browser: the mail has left meanwhile, and would leave once more.
_ONCE_IN: Final = timedelta(minutes=1)
_SENT_AGAIN: Final = (MailState.FAILED, MailState.SENT, MailState.BOUNCED)
# Whatever is in none of these still waits, whatever it waits for.
_WAITS_NO_MORE: Final = (*_SENT_AGAIN, MailState.SENDING, MailState.CANCELLED)


class Refusal(models.TextChoices):
    """Why an act on a mail was not made."""

    NO_ADDRESS = "no_address", _("sans adresse")
    NO_BODY = "no_body", _("texte effacé, parce qu’il portait un lien à usage unique")
    NOT_GONE = "not_gone", _("pas encore parti")
    CANCELLED = "cancelled", _("annulé avec l’événement qu’il annonçait")
    AGAIN = "again", _("renvoyé il y a moins d’une minute")
    LEGAL = "legal", _("à valeur juridique : un tel courriel ne s’arrête pas")
    NOT_HELD = "not_held", _("rien ne le retient")
    GONE = "gone", _("parti, en train de partir ou déjà arrêté")


@dataclass
class Report:
    """What came of an act on several mails: the keys of those it was done to, of the others by Refusal."""

    done: list[int] = field(default_factory=list)
    refused: dict[Refusal, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, mail: OutgoingEmail, refusal: Refusal | None) -> None:
        """Count `mail` among those done, or among those refused."""
        (self.done if refusal is None else self.refused[refusal]).append(mail.pk)


@transaction.atomic
def resend(pks: list[int], *, by: User) -> Report:
    """Put the mails `pks` that left, failed or were stopped by hand back in the queue, as they were written.

    The body and the Message-ID stay those of the first time. What cannot be sent again stays as it is.
    """
    mails, now = _held(pks), timezone.now()
    acts = MailAct.objects.filter(mail__in=mails)
    lately = set(acts.filter(kind=ActKind.RESENT, at__gt=now - _ONCE_IN).values_list("mail", flat=True))
    stopped = set(acts.filter(kind=ActKind.STOPPED).values_list("mail", flat=True))
    report = Report()
    for mail in mails:
        refusal = Refusal.AGAIN if mail.pk in lately else _why_not_again(mail, is_stopped=mail.pk in stopped)
        report.add(mail, refusal)
    queued: dict[str, Any] = {
        "state": MailState.QUEUED,
        "due_at": now,
        "attempts": 0,
        "sent_at": None,
        "claimed_until": None,
    }
    _keep_steps([mail for mail in mails if mail.pk in set(report.done)], now)
    _do(report.done, mails, ActKind.RESENT, by, at=now, **queued)
    wake_after_commit(report.done)
    return report


def _keep_steps(mails: list[OutgoingEmail], now: datetime) -> None:
    """Keep, for the ledger of their requests, what the rows will say no more."""
    taken = [MailStep.acceptance(mail) for mail in mails if mail.state == MailState.SENT]
    again = [MailStep(mail=mail, kind=StepKind.REQUEUED, at=now) for mail in mails]
    MailStep.objects.bulk_create([*taken, *again])


def may_be_sent_again(mail: OutgoingEmail, acts: list[MailAct]) -> bool:
    """Whether `resend` would take `mail`, to which `acts` were done."""
    stopped = any(act.kind == ActKind.STOPPED for act in acts)
    return _why_not_again(mail, is_stopped=stopped) is None


def may_be_stopped(mail: OutgoingEmail) -> bool:
    """Whether `stop` would take `mail`."""
    return _why_not_stopped(mail) is None


def _why_not_again(mail: OutgoingEmail, *, is_stopped: bool) -> Refusal | None:
    if mail.state == MailState.CANCELLED and not is_stopped:
        return Refusal.CANCELLED
    if mail.state not in (*_SENT_AGAIN, MailState.CANCELLED):
        return Refusal.NOT_GONE
    if not mail.to:
        return Refusal.NO_ADDRESS
    return None if mail.body_text else Refusal.NO_BODY


@transaction.atomic
def stop(pks: list[int], *, by: User, reason: str) -> Report:
    """Keep the mails `pks` that still wait from leaving, for `reason`. A legal mail always leaves.

    The rows are held first: whoever sends one has claimed it, and it is refused, or finds it stopped.
    """
    mails, report = _held(pks), Report()
    for mail in mails:
        report.add(mail, _why_not_stopped(mail))
    OutgoingEmail.objects.filter(pk__in=report.done, is_secret=True).update(body_text="", body_html="")
    _do(report.done, mails, ActKind.STOPPED, by, at=timezone.now(), reason=reason, state=MailState.CANCELLED)
    return report


@transaction.atomic
def release(pks: list[int], *, by: User) -> Report:
    """Let the mails `pks` that are held, or put off by a server, leave now.

    What its author may still take back is neither.
    """
    mails, report, now = _held(pks), Report(), timezone.now()
    for mail in mails:
        report.add(mail, _why_not_released(mail, now))
    _do(report.done, mails, ActKind.RELEASED, by, at=now, state=MailState.QUEUED, due_at=now)
    wake_after_commit(report.done)
    return report


def may_be_released(mail: OutgoingEmail) -> bool:
    """Whether `release` would take `mail`."""
    return _why_not_released(mail, timezone.now()) is None


def _why_not_released(mail: OutgoingEmail, now: datetime) -> Refusal | None:
    if mail.state in _WAITS_NO_MORE:
        return Refusal.GONE
    waits = mail.due_at > now and (mail.held_at is not None or mail.state == MailState.DEFERRED)
    leaves_at = mail.event.leaves_at if mail.event else None
    return None if waits and (leaves_at is None or leaves_at <= now) else Refusal.NOT_HELD


def _why_not_stopped(mail: OutgoingEmail) -> Refusal | None:
    if mail.state in _WAITS_NO_MORE:
        return Refusal.GONE
    return Refusal.LEGAL if mail.is_legal else None


def _held(pks: list[int]) -> list[OutgoingEmail]:
    mails = OutgoingEmail.objects.filter(pk__in=pks).select_for_update(of=("self",), no_key=True)
    return list(mails.order_by("pk"))


def _do(
    pks: list[int],
    mails: list[OutgoingEmail],
    kind: ActKind,
    by: User,
    *,
    at: datetime,
    reason: str = "",
    **fields: Any,
) -> None:
    """Write the acts on the mails `pks`, with what `mails` were until now, then their new `fields`."""
    chosen = set(pks)
    MailAct.objects.bulk_create(
        MailAct(
            mail=mail,
            kind=kind,
            actor=by,
            at=at,
            reason=reason,
            former_state=mail.state,
            former_answer=mail.answer,
            formerly_sent_at=mail.sent_at,
        )
        for mail in mails
        if mail.pk in chosen
    )
    OutgoingEmail.objects.filter(pk__in=pks).update(answer="", **fields)


def wipe_stale_secrets() -> int:
    """Erase the bodies of failed mails whose link has expired; return how many there were."""
    if settings.OUTBOX_KEEPS_SECRETS:
        return 0
    expired = timezone.now() - settings.ACTIVATION_LINK_LIFETIME
    stale = OutgoingEmail.objects.filter(is_secret=True, state=MailState.FAILED, created_at__lt=expired)
    return stale.exclude(body_text="").update(body_text="", body_html="")
