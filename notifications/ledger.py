"""The story of the mails of a request, as its requester, the people invited and staff may read it.

What was sent to whom, accepted when, by which server and in which words; put off, tried again, not
delivered, cancelled; and whether the request was opened on line since: that is known from its pages, never
from the mail, which bears no picture that would tell.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.models import MailState, OutgoingEmail, StepKind
from notifications.rules import ANNOUNCEMENT, STAFF_CONFIDENTIAL, STAFF_NEWS
from teledemande.french_dates import instant_words
from tickets.lifecycle.transitions import past_label
from tickets.models import Visit
from tickets.querysets import has_left

TO_STAFF: Final = frozenset({STAFF_NEWS, STAFF_CONFIDENTIAL, ANNOUNCEMENT, "mentioned"})
PER_PAGE: Final = 50
TOLD_AT_MOST: Final = 50
# What our own machine says when there was nobody to speak to: « ConnectionRefusedError: [Errno 111] … ».
_FAULT: Final = re.compile(r"[A-Za-z_.]+:")


@dataclass(frozen=True)
class Row:
    """One mail: who it is for, where it is, and what happened to it, oldest first."""

    mail: OutgoingEmail
    to: str
    state: str
    lines: list[str] = field(default_factory=list)

    @property
    def is_trouble(self):
        """Whether it did not, or will not, reach its reader."""
        return self.mail.state in (MailState.FAILED, MailState.BOUNCED, MailState.CANCELLED)


def mails_of(ticket, person):
    """Return the mails of `ticket` addressed to `person` as its requester or somebody invited.

    Neither what staff write to each other nor an answer that has not left, or was taken back.
    """
    known = Q(event__isnull=True) | (Q(event__is_internal=False) & has_left("event__"))
    mails = OutgoingEmail.objects.filter(known, ticket=ticket, recipient=person)
    return _readable(mails.exclude(message__in=TO_STAFF))


def all_mails_of(ticket):
    """Return every mail of `ticket`: only for readers the request is staffed by."""
    return _readable(OutgoingEmail.objects.filter(ticket=ticket))


def _readable(mails):
    mails = mails.defer("body_text", "body_html", "headers").select_related("recipient")
    return mails.prefetch_related("steps").order_by("-created_at", "-pk")


def told_to_service(ticket):
    """Return what the requester wrote and when the service was told of it by mail, latest first.

    Neither whom nor where: a name or an address of staff is not hers to know. One query.
    """
    mails = OutgoingEmail.objects.filter(
        has_left("event__"),
        ticket=ticket,
        message__in=TO_STAFF,
        event__is_internal=False,
        event__actor=ticket.requester_id,
        sent_at__isnull=False,
    )
    first = mails.values("event", "event__kind").annotate(at=Min("sent_at")).order_by("-at", "-event")
    return [{"label": past_label(one["event__kind"]), "at": one["at"]} for one in first[:TOLD_AT_MOST]]


def rows_for_reader(mails, ticket, person):
    """Return the Row of each of `mails`, all of `person`. One query."""
    visits = _visits(ticket, {person.pk})
    return [_row(mail, mail.to, visits, is_staff=False) for mail in mails]


def rows_for_staff(mails, ticket):
    """Return the Row of each of `mails`, for staff. One query."""
    visits = _visits(ticket, {mail.recipient_id for mail in mails} - {None})
    return [_row(mail, _to(mail, ticket), visits, is_staff=True) for mail in mails]


def _visits(ticket, people):
    """Return when each of `people` last opened the request, by key."""
    return dict(Visit.objects.filter(ticket=ticket, person__in=people).values_list("person", "at"))


def _to(mail, ticket):
    """Say who a mail is for: the addresses of colleagues and shared mailboxes stay theirs."""
    if mail.message in TO_STAFF:
        return str(mail.recipient) if mail.recipient else _("adresse commune du service")
    if mail.recipient is None:
        return mail.to
    is_hers = mail.recipient_id == ticket.requester_id or mail.message.startswith("guest")
    return f"{mail.recipient}, {mail.to}" if is_hers else str(mail.recipient)


def _row(mail, to, visits, *, is_staff):
    lines = [_line(step.kind, step, is_staff=is_staff) for step in mail.steps.all()]
    lines += _present(mail, is_staff=is_staff)
    seen_at = None if mail.message in TO_STAFF else visits.get(mail.recipient_id)
    if mail.sent_at and seen_at and seen_at >= mail.sent_at:
        lines.append(
            _("La demande a été ouverte en ligne depuis, en dernier lieu le %(when)s.")
            % {"when": instant_words(seen_at)}
        )
    return Row(mail, to, str(MailState(mail.state).label), lines)


@dataclass(frozen=True)
class _Said:
    """What is said of the mail itself, in the shape of a step."""

    at: datetime
    server: str = ""
    words: str = ""


def _present(mail, *, is_staff):
    """Return what is to be said of the mail as it is now, beside its steps."""
    if mail.state == MailState.SENT:
        said = _Said(mail.sent_at, mail.server, mail.answer)
        return [_line(StepKind.ACCEPTED, said, is_staff=is_staff), *_tries(mail)]
    if mail.state in (MailState.FAILED, MailState.BOUNCED):
        if mail.steps.all():
            return _tries(mail)
        kind = StepKind.BOUNCED if mail.state == MailState.BOUNCED else StepKind.REFUSED
        said = _Said(mail.sent_at or mail.created_at, words=mail.answer)
        return [_line(kind, said, is_staff=is_staff)]
    return [_waiting(mail)] if mail.state == MailState.QUEUED else []


def _waiting(mail):
    if mail.due_at <= timezone.now():
        return _("Il part dès que possible.")
    sentence = _("Nouvel essai le %(when)s.") if mail.attempts else _("Il part le %(when)s.")
    return sentence % {"when": instant_words(mail.due_at)}


def _tries(mail):
    if mail.attempts < 2:
        return []
    words = ngettext("Envoyé en %(count)d essai.", "Envoyé en %(count)d essais.", mail.attempts)
    return [words % {"count": mail.attempts}] if mail.sent_at else []


def _line(kind, said, *, is_staff):
    """Return the sentence of one step, or of what `said` tells of the mail itself."""
    words = said.words if is_staff or not _FAULT.match(said.words) else ""
    told: dict[str, Any] = {"when": instant_words(said.at), "server": said.server, "words": words}
    return _sentence(kind, has_server=bool(said.server), has_words=bool(words)) % told


def _sentence(kind, *, has_server, has_words):
    if kind == StepKind.ACCEPTED:
        return _accepted(has_server=has_server, has_words=has_words)
    with_words, without = {
        StepKind.DEFERRED: (
            _("Remis à plus tard le %(when)s, réponse du serveur : « %(words)s »."),
            _("Remis à plus tard le %(when)s : le serveur d’envoi ne répondait pas."),
        ),
        StepKind.REFUSED: (
            _("Non envoyé, le %(when)s : « %(words)s »."),
            _("Non envoyé, le %(when)s : le serveur d’envoi ne répondait pas."),
        ),
        StepKind.BOUNCED: (
            _("Signalé comme non remis le %(when)s : « %(words)s »."),
            _("Signalé comme non remis le %(when)s."),
        ),
        StepKind.REQUEUED: (
            _("Renvoyé par le service le %(when)s."),
            _("Renvoyé par le service le %(when)s."),
        ),
    }[StepKind(kind)]
    return with_words if has_words else without


def _accepted(*, has_server, has_words):
    if has_server and has_words:
        return _("Accepté le %(when)s par le serveur %(server)s, qui a répondu « %(words)s ».")
    if has_server:
        return _("Accepté le %(when)s par le serveur %(server)s.")
    if has_words:
        return _("Accepté le %(when)s par le serveur d’envoi, qui a répondu « %(words)s ».")
    return _("Accepté le %(when)s par le serveur d’envoi.")
