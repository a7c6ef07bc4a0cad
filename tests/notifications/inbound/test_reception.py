"""What becomes of each mail that comes in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.headers import LOOP, host
from notifications.inbound.addresses import reply_address
from notifications.inbound.reception import receive, understand_waiting
from notifications.models import Fate, IncomingEmail, OutgoingEmail
from tests import factories
from tickets.lifecycle.enums import Status
from tickets.services.orphans import erase_orphans
from tickets.timeline import shared_entries

pytestmark = pytest.mark.django_db

GMAIL = """Voici le justificatif.

Léa

Le sam. 28 nov. 2026 à 03:12, Télé-demande <ne-pas-repondre@example.org> a écrit :
> Bonjour Léa,
> Il manque une pièce.
"""


def latest(ticket):
    event = ticket.events.order_by("-sequence").first()
    return event.kind, event.actor, event.words, event.is_internal


def test_answer_is_added_to_the_request(ticket, lea, letter):
    pdf = factories.pdf_bytes()

    row = receive(letter(GMAIL, files=[("justificatif.pdf", pdf)]))

    assert (row.fate, row.ticket, row.person, row.sender) == (Fate.APPLIED, ticket, lea, lea.email)
    assert latest(ticket) == ("comment", lea, "Voici le justificatif.\n\nLéa", False)
    assert [file.name for file in row.event.attachments.all()] == ["justificatif.pdf"]
    assert "Il manque une pièce" in row.text


def test_answer_never_changes_the_status(ticket, lea, claire, letter):
    factories.move(ticket, "take", claire)
    factories.move(ticket, "ask", claire, message="Une date ?")

    row = receive(letter("Le 3 mai."))

    ticket.refresh_from_db()
    assert (row.fate, ticket.status) == (Fate.APPLIED, Status.WAITING)


def test_staff_write_to_each_other(ticket, lea, claire, letter):
    row = receive(letter("Je m’en occupe.", person=claire))

    assert row.fate == Fate.APPLIED
    assert latest(ticket) == ("note", claire, "Je m’en occupe.", True)
    assert [entry.kind for entry in shared_entries(ticket, lea)] == ["submit"]


def test_same_mail_is_added_once(ticket, letter):
    raw = letter()

    first, again = receive(raw), receive(raw)
    other_way = receive(b"Received: from ailleurs.example.org\r\n" + raw)

    assert first == again
    assert other_way.fate == Fate.QUARANTINED
    assert ticket.events.filter(kind="comment").count() == 1


def test_identifier_somebody_else_chose_stops_nobody(ticket, lea, marc, letter):
    factories.invite(ticket, marc)
    receive(letter("Premier.", person=marc, Message_ID="<choisi@example.org>"))

    row = receive(letter("Second.", Message_ID="<choisi@example.org>"))

    assert row.fate == Fate.APPLIED
    assert latest(ticket) == ("comment", lea, "Second.", False)


@pytest.mark.parametrize(
    ("headers", "fate"),
    [
        ({"From": "intrus@example.org"}, Fate.QUARANTINED),
        ({"From": ""}, Fate.QUARANTINED),
        ({"To": "demandes@tele-demande.example.org"}, Fate.UNSIGNED),
        ({"To": "demandes+r1-1-aaaaaaaaaaaaaaaa@tele-demande.example.org"}, Fate.UNSIGNED),
        ({"Auto-Submitted": "auto-replied"}, Fate.AUTOMATIC),
        ({"Precedence": "bulk"}, Fate.AUTOMATIC),
        ({"Return-Path": "<>"}, Fate.AUTOMATIC),
        ({"X-Autoreply": "yes"}, Fate.AUTOMATIC),
        ({"From": "MAILER-DAEMON@example.org"}, Fate.BOUNCE),
        ({LOOP: host()}, Fate.LOOP),
    ],
    ids=["stranger", "nobody", "bare", "forged", "vacation", "bulk", "null", "autoreply", "bounce", "loop"],
)
def test_anything_else_changes_nothing(ticket, letter, headers, fate):
    before = ticket.events.count()

    raw = letter("Bonjour.", **headers)

    row = receive(raw)

    assert row.fate == fate
    assert row.reason
    assert row.content.storage.open(row.content.name).read() == raw
    assert ticket.events.count() == before


def test_auto_submitted_no_is_a_person(letter):
    assert receive(letter(Auto_Submitted="no")).fate == Fate.APPLIED


@pytest.mark.parametrize(
    ("results", "fate"),
    [
        ("mx.example.org; dmarc=fail", Fate.QUARANTINED),
        ("mx.example.org; dmarc=pass; spf=pass", Fate.APPLIED),
        ("elsewhere.example.org; dmarc=fail", Fate.APPLIED),
    ],
)
def test_our_own_server_says_who_is_forged(letter, settings, results, fate):
    settings.INBOUND_AUTHSERV_ID = "mx.example.org"

    assert receive(letter(Authentication_Results=results)).fate == fate


def test_unsigned_mail_gets_one_polite_answer_a_day(letter, lea):
    for _again in range(3):
        receive(letter(To="demandes@tele-demande.example.org"))

    answers = OutgoingEmail.objects.filter(message="to_the_form")
    assert [(mail.to, mail.headers["Auto-Submitted"]) for mail in answers] == [(lea.email, "auto-replied")]


def test_automatic_mail_is_not_answered(letter):
    receive(letter(To="demandes@tele-demande.example.org", Auto_Submitted="auto-generated"))

    assert not OutgoingEmail.objects.filter(message="to_the_form").exists()


def test_who_may_comment_no_more_is_told_apart(ticket, lea, marc, letter):
    factories.invite(ticket, marc)
    raw = letter("Encore moi.", person=marc)
    ticket.participants.update(left_at="2026-01-01T00:00Z")

    row = receive(raw)

    assert (row.fate, row.event) == (Fate.QUARANTINED, None)


def test_refused_file_is_said_and_the_words_are_kept(ticket, letter):
    row = receive(letter("Voici.", files=[("virus.exe", b"MZ" + b"\0" * 100)]))

    assert row.fate == Fate.APPLIED
    assert "virus.exe" in row.reason


def test_html_alone_is_read_without_its_quotation(ticket, lea, letter):
    html = "<p>Le <b>3 mai</b>.</p><blockquote>Bonjour Léa</blockquote><script>alert(1)</script>"
    raw = letter("à remplacer", html=html).replace(b"text/plain", b"text/x-nothing")

    receive(raw)

    assert latest(ticket)[2] == "Le 3 mai."


def test_mail_whose_reading_fails_is_given_up_not_lost(letter):
    row = IncomingEmail.objects.create(digest="0" * 64, size=1, content="courriels/00/disparu")
    IncomingEmail.objects.update(received_at="2026-01-01T00:00Z")

    for _again in range(4):
        understand_waiting()

    row.refresh_from_db()
    assert (row.fate, row.attempts) == (Fate.UNREADABLE, 3)
    assert receive(letter()).fate == Fate.APPLIED


def test_originals_are_no_orphans(letter, stored, settings):
    receive(letter())
    before = stored()

    erase_orphans(timezone.now() + timedelta(days=30))

    assert stored() == before != []


def test_mails_of_a_request_say_where_to_answer(ticket, lea):
    mail = OutgoingEmail.objects.get(ticket=ticket, recipient=lea)

    assert mail.headers["Reply-To"] == reply_address(ticket.pk, lea.pk)
    assert "Vous pouvez répondre à ce courriel" in mail.body_text
    assert "n’y répondez pas" not in mail.body_text + mail.body_html


def test_mails_of_a_confidential_request_are_not_answered(lea, alert):
    ticket = factories.file_ticket(lea, alert)

    mail = OutgoingEmail.objects.get(ticket=ticket, recipient=lea)

    assert "Reply-To" not in mail.headers
    assert "n’y répondez pas" in mail.body_text
