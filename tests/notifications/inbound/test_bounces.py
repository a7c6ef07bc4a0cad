"""Mails that did not arrive, as servers report them."""

import pytest
from django.utils import timezone

from notifications.delivery import deliver
from notifications.inbound.addresses import bounce_address, bounced_mail
from notifications.inbound.reception import receive
from notifications.models import Fate, MailState, OutgoingEmail
from tests.services import Smtp

pytestmark = pytest.mark.django_db

REFUSED = "smtp; 550 5.1.1 Utilisateur inconnu"


@pytest.fixture
def sent(ticket, lea):
    """The receipt, which a server took."""
    mail = OutgoingEmail.objects.get(ticket=ticket, recipient=lea)
    OutgoingEmail.objects.filter(pk=mail.pk).update(state=MailState.SENT, sent_at=timezone.now())
    return mail


def report(mail, *, to, action="failed", status="5.1.1", has_original=True):
    """Return a report of delivery about `mail`, sent to the address `to`."""
    original = f"--b\nContent-Type: message/rfc822\n\nMessage-ID: {mail.headers['Message-ID']}\n\nBonjour\n"
    return f"""From: MAILER-DAEMON@mx.example.org
To: {to}
Subject: Undelivered Mail Returned to Sender
Return-Path: <>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain; charset=utf-8

Le courriel n’a pas été remis.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {mail.to}
Action: {action}
Status: {status}
Diagnostic-Code: {REFUSED}

{original if has_original else ""}--b--
""".encode()


def state_of(mail):
    mail.refresh_from_db()
    return mail.state, mail.answer


@pytest.mark.parametrize("is_verp", [True, False], ids=["by its address", "by its identifier"])
def test_mail_that_did_not_arrive_says_so(sent, ticket, is_verp):
    to = bounce_address(sent.pk) if is_verp else "demandes@tele-demande.example.org"

    row = receive(report(sent, to=to, has_original=not is_verp))

    assert (row.fate, row.mail, row.ticket) == (Fate.BOUNCE, sent, ticket)
    assert state_of(sent) == (MailState.BOUNCED, "5.1.1 550 5.1.1 Utilisateur inconnu")


def test_delay_is_no_failure(sent):
    row = receive(report(sent, to=bounce_address(sent.pk), action="delayed", status="4.4.1"))

    assert (row.fate, row.mail) == (Fate.BOUNCE, sent)
    assert state_of(sent)[0] == MailState.SENT


def test_mail_that_has_not_left_does_not_bounce(ticket, lea):
    mail = OutgoingEmail.objects.get(ticket=ticket, recipient=lea)

    receive(report(mail, to=bounce_address(mail.pk)))

    assert state_of(mail)[0] == MailState.QUEUED


def test_report_on_nothing_of_ours_is_kept(sent):
    sent.headers["Message-ID"] = "<autre@example.org>"

    row = receive(report(sent, to="demandes@tele-demande.example.org"))

    assert (row.fate, row.mail) == (Fate.BOUNCE, None)
    assert state_of(sent)[0] == MailState.SENT


def test_address_of_another_mail_is_not_ours(sent):
    forged = bounce_address(sent.pk).replace(f"+b{sent.pk}-", f"+b{sent.pk + 1}-")

    assert (bounced_mail(bounce_address(sent.pk)), bounced_mail(forged)) == (sent.pk, None)


@pytest.mark.services
def test_mails_leave_from_an_address_that_names_them(ticket, lea, settings):
    mail = OutgoingEmail.objects.get(ticket=ticket, recipient=lea)
    with Smtp() as smtp:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", smtp.port
        deliver(mail.pk)
        received = smtp.wait_for_mail(to=lea.email)

    assert received.sender == bounce_address(mail.pk)
    assert str(received.message["From"]) == settings.DEFAULT_FROM_EMAIL
