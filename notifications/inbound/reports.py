"""What a server says of a mail it could not deliver (RFC 3464), and which of ours that was."""

import uuid
from dataclasses import dataclass
from email.message import EmailMessage, Message
from typing import Final

from notifications.inbound.addresses import bounced_mail
from notifications.inbound.unreached import lose_sight_of
from notifications.models import MailState, MailStep, OutgoingEmail, StepKind
from notifications.wording import one_line

_ANSWER_LENGTH: Final = 500


@dataclass(frozen=True)
class Report:
    """The failure for good of one recipient, in the words of the server; or the mail it is about only."""

    words: str = ""
    message_id: str = ""

    @property
    def is_permanent(self) -> bool:
        """Whether the mail will never arrive: a delay is no failure."""
        return bool(self.words)

    @property
    def condemns_address(self) -> bool:
        """Whether the server refuses the address for good (RFC 3463: class 5). A mail that could not be
        handed over in time has failed too, and says nothing of the address.
        """
        return self.words.startswith("5")


def report_in(message: EmailMessage) -> Report:
    """Return what `message`, a multipart/report, says. Never raises what its parts do not."""
    words, message_id = "", ""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status" and not words:
            words = _failure(part)
        elif kind in ("message/rfc822", "text/rfc822-headers") and not message_id:
            message_id = _message_id(part)
    return Report(words=words, message_id=message_id)


def _failure(part: Message) -> str:
    blocks = part.get_payload()
    for block in blocks if isinstance(blocks, list) else []:
        items = block.items() if isinstance(block, Message) else []
        fields = {name.lower(): one_line(value, 300) for name, value in items}
        if fields.get("action", "").lower() == "failed":
            diagnostic = fields.get("diagnostic-code", "").partition(";")[2].strip()
            return one_line(f"{fields.get('status', '')} {diagnostic}".strip() or "failed", _ANSWER_LENGTH)
    return ""


def _message_id(part: Message) -> str:
    inner = part.get_payload()
    if isinstance(inner, list):
        return next((str(one.get("Message-ID", "")) for one in inner if isinstance(one, Message)), "")
    lines = str(inner).splitlines()
    found = [line.partition(":")[2].strip() for line in lines if line.lower().startswith("message-id:")]
    return found[0] if found else ""


def mark_bounced(report: Report, recipients: tuple[str, ...]) -> OutgoingEmail | None:
    """Write on the mail that did not arrive what the server said, inside a transaction; return it.

    It is known by the address it was sent from, else by its Message-ID. None: it is none of ours. Only what
    was sent bounces: a mail sent again meanwhile waits for its own report.
    """
    mail = _ours(report, recipients)
    if mail is None or not report.is_permanent:
        return mail
    sent = OutgoingEmail.objects.filter(pk=mail.pk, state=MailState.SENT)
    if sent.update(state=MailState.BOUNCED, answer=report.words):
        _keep_steps(mail, report)
        if report.condemns_address:
            lose_sight_of(mail, report.words)
    mail.refresh_from_db()
    return mail


def _keep_steps(mail: OutgoingEmail, report: Report) -> None:
    """Keep by which server the mail was taken before the report, whose words are written over its own."""
    bounced = MailStep(mail=mail, kind=StepKind.BOUNCED, words=report.words)
    MailStep.objects.bulk_create([MailStep.acceptance(mail), bounced])


def _ours(report: Report, recipients: tuple[str, ...]) -> OutgoingEmail | None:
    pk = next((one for address in recipients if (one := bounced_mail(address))), None)
    if pk is not None:
        return OutgoingEmail.objects.filter(pk=pk).first()
    identifier = report.message_id.strip("<> ").partition("@")[0]
    try:
        return OutgoingEmail.objects.filter(uuid=uuid.UUID(identifier)).first()
    except ValueError:
        return None
