"""Keep a mail that came in, then make of it what it is. A mail never changes the state of a request.

Kept first, in a transaction of its own: whatever its reading does, nothing is lost, and the same bytes are
never read as another mail.
"""

import hashlib
import logging
from datetime import timedelta
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User, mail_identity
from notifications.inbound.letters import Letter, UnreadableError, read
from notifications.inbound.polite import send_to_the_form
from notifications.inbound.reports import Report, mark_bounced
from notifications.inbound.sorting import Sorted, sort
from notifications.inbound.texts import own_words
from notifications.models import Fate, IncomingEmail
from notifications.wording import one_line
from tickets.lifecycle.permissions import standing_of
from tickets.lifecycle.refusals import MoveRefusedError
from tickets.models import Draft, Ticket, TicketEvent
from tickets.services.drafts import add_files, keep_draft
from tickets.services.given import Given
from tickets.services.moving import apply_transition

logger = logging.getLogger(__name__)

# A mail that makes its reader fail is read this often, at most this far apart, then is for people to read.
_ATTEMPTS: Final = 3
_SWEEP: Final = 50
# Of the text, to be read in the room of mails; the original holds the rest.
_TEXT_AT_MOST: Final = 100_000
_SWEEP_AFTER: Final = timedelta(minutes=2)


class _RefusedError(Exception):
    """The mail changes nothing; the message says why."""


def receive(raw: bytes) -> IncomingEmail:
    """Keep the mail `raw`, understand it, and return its row. The same bytes twice are one mail.

    Raises what the database and the storage raise: the mail is then still in the mailbox.
    """
    row = _kept(raw)
    return understand(row.pk)


def _kept(raw: bytes) -> IncomingEmail:
    digest = hashlib.sha256(raw).hexdigest()
    known = IncomingEmail.objects.filter(digest=digest).first()
    if known is not None:
        return known
    row = IncomingEmail(digest=digest, size=len(raw))
    row.content.save("", ContentFile(raw), save=False)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # another worker fetched it meanwhile
        row.content.delete(save=False)
        return IncomingEmail.objects.get(digest=digest)
    return row


def understand_waiting() -> int:
    """Read again the mails whose reading was cut; return how many there were."""
    since = timezone.now() - _SWEEP_AFTER
    waiting = IncomingEmail.objects.filter(fate=Fate.RECEIVED, received_at__lt=since).order_by("received_at")
    pks = list(waiting.values_list("pk", flat=True)[:_SWEEP])
    for pk in pks:
        understand(pk)
    return len(pks)


def understand(pk: int) -> IncomingEmail:
    """Make of the mail `pk` what it is, once, and return its row."""
    IncomingEmail.objects.filter(pk=pk, fate=Fate.RECEIVED).update(attempts=F("attempts") + 1)
    try:
        with transaction.atomic():
            return _understood(pk)
    except Exception:
        # The outer edge: whatever strangers wrote, the next mails are read, and this one is kept.
        logger.exception("mail received %d: reading failed", pk)
        return _given_up(pk)


def _given_up(pk: int) -> IncomingEmail:
    worn_out = IncomingEmail.objects.filter(pk=pk, fate=Fate.RECEIVED, attempts__gte=_ATTEMPTS)
    worn_out.update(fate=Fate.UNREADABLE, reason=_("Sa lecture échoue : lisez l’original."))
    return IncomingEmail.objects.get(pk=pk)


def _understood(pk: int) -> IncomingEmail:
    row = IncomingEmail.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if row.fate != Fate.RECEIVED:
        return row
    with row.content.open("rb") as content:
        raw = content.read()
    try:
        letter = read(raw)
    except UnreadableError as error:
        return _ended(row, Fate.UNREADABLE, _("Le courriel est malformé (%(error)s).") % {"error": error})
    row.sender, row.subject, row.message_id = letter.sender, letter.subject, letter.message_id
    row.text = letter.text[:_TEXT_AT_MOST]
    return _disposed(row, letter, sort(letter))


def _disposed(row: IncomingEmail, letter: Letter, found: Sorted) -> IncomingEmail:
    if found.reply is not None:
        row.ticket = Ticket.objects.filter(pk=found.reply.ticket_pk).first()
        row.person = User.objects.filter(pk=found.reply.person_pk).first()
    if found.fate == Fate.BOUNCE:
        row.mail = mark_bounced(letter.report or Report(), letter.recipients)
        row.ticket = row.mail.ticket if row.mail else row.ticket
    if found.fate == Fate.UNSIGNED:
        send_to_the_form(row, letter)
    if found.fate != Fate.APPLIED:
        return _ended(row, found.fate, found.reason)
    try:
        with transaction.atomic():
            row.event = _written(row, letter)
    except (_RefusedError, MoveRefusedError) as error:
        return _ended(row, Fate.QUARANTINED, str(error))
    return _ended(row, Fate.APPLIED, row.reason)


def _ended(row: IncomingEmail, fate: Fate, reason: str) -> IncomingEmail:
    row.fate, row.reason = fate, one_line(reason, 500)
    row.save()
    logger.info("mail received %d: %s", row.pk, fate)
    return row


def _written(row: IncomingEmail, letter: Letter) -> TicketEvent:
    """Add the mail to the request: a comment of the requester's side, a note of staff.

    Staff answer the requester in the workbench, where they see what they send; by mail they write to each
    other.
    """
    ticket, person = row.ticket, row.person
    if ticket is None or person is None:
        raise _RefusedError(_("La demande ou la personne n’existe plus."))
    _require_author(person, letter)
    is_outside = standing_of(person, ticket).is_outside
    move = "comment" if is_outside else "note"
    key = _key(row, ticket, person)
    if IncomingEmail.objects.filter(event__key=key).exists():
        raise _RefusedError(_("Déjà reçu par un autre chemin."))
    draft = keep_draft(key, values={}, owner=person, ticket=ticket, move=move)
    row.reason = _attached(draft, letter)
    words = own_words(letter.text)
    if len(words) > settings.MESSAGE_MAX_LENGTH:
        cut = _("Texte coupé : la suite est dans l’original.")
        row.reason = f"{cut} {row.reason}"
        words = words[: settings.MESSAGE_MAX_LENGTH]
    apply_transition(ticket.pk, move, actor=person, given=Given(message=words, key=key, by_mail=True))
    return TicketEvent.objects.get(key=key)


def _require_author(person: User, letter: Letter) -> None:
    if not person.is_active or mail_identity(letter.sender) != mail_identity(person.email):
        raise _RefusedError(
            _("L’expéditeur n’est pas la personne à qui cette adresse de réponse a été donnée.")
        )


def _key(row: IncomingEmail, ticket: Ticket, person: User) -> UUID:
    # The same mail that took two ways here has other bytes and the same Message-ID: it is added once. Senders
    # choose it: that of one person says nothing of the mails of another.
    return uuid5(NAMESPACE_URL, f"{ticket.pk} {person.pk} {row.message_id or row.digest}")


def _attached(draft: Draft, letter: Letter) -> str:
    """Put the files of the mail through the gate of all files; return what was refused, in words."""
    uploads = [SimpleUploadedFile(part.name, part.content) for part in letter.parts]
    return " ".join(add_files(draft, uploads))
