"""What the mails say, and what they keep silent."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from notifications import receivers, telling
from notifications.headers import LOOP
from notifications.models import MailState, OutgoingEmail
from tests import factories
from tests.tickets.files.metadata import pictures
from tickets.lifecycle.enums import Status
from tickets.models import Ticket, TicketEvent
from tickets.signals import ticket_event_recorded


def mail_to(person, message):
    return OutgoingEmail.objects.filter(recipient=person, message=message).latest("pk")


@pytest.fixture
def closed(lea, transcripts, claire):
    claire.capacity = "Gestionnaire de scolarité"
    claire.save()
    return factories.ticket_in(
        Status.CLOSED,
        requester=lea,
        category=transcripts,
        handler=claire,
        subject="Relevé de première année",
        message="Bonjour, il me manque le relevé.",
        files=[factories.pdf()],
    )


# --- content -----------------------------------------------------------------------------------------
@pytest.mark.usefixtures("claire")
def test_receipt_has_all_mentions(lea, transcripts, time_machine):
    time_machine.move_to("2026-04-06T20:30:00+00:00", tick=False)
    ticket = factories.file_ticket(lea, transcripts, files=[factories.pdf()], message="Bonjour.")
    file = ticket.attachments.get()

    mail = mail_to(lea, "receipt")

    assert mail.subject == f"[{ticket.reference}] Votre demande est bien reçue – Relevé de notes"
    for mention in (
        "lundi 6 avril 2026 à 22\u00a0h\u00a030 (heure de Paris)",
        f"Référence\u00a0: {ticket.reference}",
        "Thème\u00a0: Relevé de notes",
        "Service\u00a0: Service de la scolarité",
        "Adresse postale\u00a0: 58 boulevard de l’Exemple, 13000 Marseille",
        "Téléphone\u00a0: 04 00 00 00 00",
        "Courriel\u00a0: scolarite@example.org",
        "- relevé.pdf (",
        file.sha256,
        "> Bonjour.",
        f"http://127.0.0.1:8000/demandes/{ticket.reference}/",
    ):
        assert mention in mail.body_text
        assert mention.rpartition("\u00a0: ")[2].lstrip("-> ") in mail.body_html


@pytest.mark.usefixtures("claire")
def test_receipt_proves_a_photograph_as_it_was_sent(lea, transcripts):
    photo = SimpleUploadedFile("photo.jpg", pictures.jpeg())
    file = factories.file_ticket(lea, transcripts, files=[photo]).attachments.get()

    mail = mail_to(lea, "receipt")

    words = "SHA-256 à la réception, avant retrait des métadonnées"
    assert file.received_sha256 != file.sha256
    for body in (mail.body_text, mail.body_html):
        assert [mention in body for mention in (file.sha256, words, file.received_sha256)] == [True] * 3
    assert max(len(line) for line in mail.body_text.splitlines()) <= 72


def test_digests_are_in_the_receipt_only(closed, lea):
    digest = closed.attachments.get().sha256

    assert [mail.message for mail in OutgoingEmail.objects.filter(body_text__contains=digest)] == ["receipt"]


def test_closing_says_answer_outcome_author_and_what_is_expected(closed, lea):
    mail = mail_to(lea, "closed")

    text = mail.body_text.replace("\n", " ")
    assert "> Voici votre relevé." in text
    assert "Issue\u00a0: acceptée." in text
    author = "Claire Dumas, Gestionnaire de scolarité, Service de la scolarité"
    assert f"Auteur de la réponse\u00a0: {author}." in text
    assert "dites-nous si vous approuvez cette clôture ou si vous la contestez" in text
    assert "vous ne renoncez à aucun recours" in text
    assert "> Bonjour, il me manque le relevé." in text


@pytest.mark.parametrize(
    ("recourse", "where"),
    [
        ("administrative_court", "tribunal administratif de Marseille dans un délai de deux mois"),
        ("cada", "Commission d’accès aux documents administratifs"),
        ("cnil", "Commission nationale de l’informatique et des libertés"),
        ("rights_defender", "Défenseur des droits"),
    ],
)
def test_refusal_gives_reasons_and_ways_of_appeal(lea, transcripts, claire, recourse, where):
    transcripts.recourse = recourse
    transcripts.save()
    factories.ticket_in(Status.REFUSED, requester=lea, category=transcripts, handler=claire)

    mail = mail_to(lea, "refused")

    assert "> Le délai de l’article 4 est passé depuis le 1er mars." in mail.body_text
    assert where in mail.body_text.replace("\n", " ")
    assert where in mail.body_html


def test_staff_mail_says_who_what_and_links_to_the_workbench(closed, lea, claire):
    factories.move(closed, "contest", lea, message="Il manque une page.")

    mail = mail_to(claire, "staff_news")

    link = f"http://127.0.0.1:8000{reverse('admin:tickets_ticket_change', args=[closed.pk])}"
    assert mail.subject == f"[{closed.reference}] Clôture contestée – Relevé de première année"
    assert link in mail.body_text
    assert f'href="{link}"' in mail.body_html
    assert "Demandeur\u00a0: Léa Fontaine" in mail.body_text
    assert "> Il manque une page." in mail.body_text


def test_all_texts_are_narrow_and_all_subjects_short(lea, transcripts, claire, colette):
    ticket = factories.ticket_in(
        Status.CLOSED,
        requester=lea,
        category=transcripts,
        handler=claire,
        subject="Très long objet " * 12,
        message="Des mots et encore des mots, " * 30,
        files=[factories.pdf("un nom de fichier qui n’en finit pas " * 4 + ".pdf")],
    )
    factories.move(ticket, "contest", lea, message="Des mots " * 200)
    factories.move(ticket, "refuse", claire, message="Des motifs " * 200)

    mails = OutgoingEmail.objects.all()

    assert {mail.message for mail in mails} == {
        "receipt", "staff_news", "taken", "closed", "contested", "refused"
    }  # fmt: skip
    assert max(len(mail.subject) for mail in mails) < 80
    assert max(len(line) for mail in mails for line in mail.body_text.splitlines()) < 72


def test_markup_of_a_requester_is_text_in_the_html_and_itself_in_the_text(lea, transcripts, claire):
    words = "<b>a & b</b><script>x</script>"
    factories.file_ticket(lea, transcripts, subject="Chats & chiens", message=words)

    mail = mail_to(lea, "receipt")

    assert f"> {words}" in mail.body_text
    assert "Objet\u00a0: Chats & chiens" in mail.body_text
    assert "&lt;b&gt;a &amp; b&lt;/b&gt;" in mail.body_html
    assert "<script" not in mail.body_html


def test_long_history_is_cut_and_the_mail_says_so(lea, transcripts, claire):
    ticket = factories.ticket_in(Status.IN_PROGRESS, requester=lea, category=transcripts, handler=claire)
    for number in range(25):
        factories.move(ticket, "comment", claire, message=f"Message numéro {number}.")

    mail = mail_to(lea, "commented")

    shown = [int(number) for number in re.findall(r"> Message numéro (\d+)\.", mail.body_text)]
    assert shown == list(range(24, 3, -1))  # the news, then the twenty before it
    assert "Les messages plus anciens se lisent" in mail.body_text


# --- silence -----------------------------------------------------------------------------------------
WHAT_COULD_LEAK = re.compile(
    "(?i)voisin|minuit|certificat|sept|recteur|enquête|changé|prescription|violences|signalement|scolarité"
    "|léa|fontaine|dora|vidal|refus|clôtur|question|déposée|marseille"
)


@pytest.fixture
def secrets_of_a_confidential_theme(lea, alert):
    """Everything a mail could betray, in a theme that is confidential because one above it is."""
    below = factories.LeafFactory(
        slug="violences", name="Violences sexuelles", parent=alert, service=alert.service
    )
    handler = factories.handler_on(alert, login="dora.vidal", first_name="Dora", last_name="Vidal")
    ticket = factories.ticket_in(
        Status.WAITING,
        requester=lea,
        category=below,
        handler=handler,
        subject="Ce que m’a fait mon voisin",
        message="Il était minuit.",
        files=[factories.pdf("certificat.pdf")],
    )
    factories.move(ticket, "answer", lea, message="Au bâtiment sept.")
    factories.move(ticket, "note", factories.handler_on(alert), message="Prévenir le recteur.")
    factories.move(ticket, "close", handler, message="Une enquête est ouverte.")
    factories.move(ticket, "contest", lea, message="Rien n’a changé.")
    factories.move(ticket, "refuse", handler, message="Prescription acquise.")
    return ticket


def test_confidential_mail_holds_reference_and_link_and_nothing_else(secrets_of_a_confidential_theme, lea):
    reference = secrets_of_a_confidential_theme.reference

    mails = list(OutgoingEmail.objects.all())

    assert {(mail.message, mail.subject) for mail in mails} == {
        ("confidential", f"[{reference}] Du nouveau sur votre demande"),
        ("staff_confidential", f"[{reference}] Du nouveau sur une demande"),
    }
    told = " ".join(f"{mail.subject} {mail.body_text} {mail.body_html}" for mail in mails)
    assert WHAT_COULD_LEAK.findall(told) == []
    assert f"http://127.0.0.1:8000/demandes/{reference}/" in mails[0].body_text


def test_each_mail_of_a_confidential_request_reads_the_same(secrets_of_a_confidential_theme, lea):
    texts = {mail.body_text for mail in OutgoingEmail.objects.filter(recipient=lea)}

    assert len(texts) == 1


def test_notes_are_in_no_mail_to_the_requester(lea, transcripts, claire, colette, mathilde):
    ticket = factories.ticket_in(Status.IN_PROGRESS, requester=lea, category=transcripts, handler=claire)
    draft = factories.move_draft(ticket, "note", colette, files=[factories.pdf("dossier-interne.pdf")])
    factories.move(ticket, "note", colette, message="Élève pénible.", key=draft.key)
    factories.move(ticket, "assign", mathilde, assignee=colette, message="Je te laisse la pénible.")
    factories.move(ticket, "release", colette, message="Trop pénible pour moi.")
    factories.move(ticket, "take", claire)
    factories.move(ticket, "close", claire)

    hers = OutgoingEmail.objects.filter(recipient=lea)

    assert hers.count() == 6
    assert [m for m in hers if re.search("pénible|interne", m.subject + m.body_text + m.body_html)] == []
    assert (
        "> Élève pénible." in OutgoingEmail.objects.filter(event__kind="note", recipient=claire)[0].body_text
    )


# --- rows --------------------------------------------------------------------------------------------
def test_row_is_unique_by_event_and_person(lea, transcripts):
    factories.file_ticket(lea, transcripts)
    row = mail_to(lea, "receipt")
    row.pk, row.uuid = None, uuid.uuid4()

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_refused_mail_row_undoes_the_change(lea, transcripts, claire, monkeypatch):
    ticket = factories.file_ticket(lea, transcripts)

    def full(*args):
        raise IntegrityError

    monkeypatch.setattr(telling.outbox.OutgoingEmail.objects, "bulk_create", full)

    with pytest.raises(IntegrityError), transaction.atomic():
        factories.move(ticket, "take", claire)

    assert Ticket.objects.get(pk=ticket.pk).status == Status.SUBMITTED
    assert TicketEvent.objects.filter(ticket=ticket).count() == 1


def test_undone_change_leaves_no_mail(lea, transcripts, claire):
    ticket = factories.file_ticket(lea, transcripts)
    before = OutgoingEmail.objects.count()

    def fail(**kwargs):
        raise RuntimeError

    ticket_event_recorded.connect(fail, weak=False)
    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            factories.move(ticket, "take", claire)
    finally:
        ticket_event_recorded.disconnect(fail)

    assert OutgoingEmail.objects.count() == before


def test_person_without_an_address_is_a_visible_failure(lea, transcripts):
    lea.email = ""
    lea.save()

    factories.file_ticket(lea, transcripts)

    mail = mail_to(lea, "receipt")
    assert (mail.state, mail.answer) == (MailState.FAILED, "Cette personne n’a pas d’adresse électronique.")


@pytest.mark.parametrize("subject", ["Bonjour\r\nBcc: x@example.org", "a\u202eb\x07c\u2028Bcc: y"])
def test_subject_of_the_request_cannot_write_headers(lea, transcripts, claire, subject):
    ticket = factories.file_ticket(lea, transcripts)
    Ticket.objects.filter(pk=ticket.pk).update(subject=subject)

    factories.move(ticket, "take", claire)

    shown = mail_to(lea, "taken").subject
    assert shown == f"[{ticket.reference}] Votre demande est prise en charge – {_flat(subject)}"


def _flat(subject):
    return re.sub(r"[\r\n\x07\u202e\u2028]+", " ", subject)


def test_headers_make_the_mail_recognisable(closed, lea, settings):
    settings.SITE_URL = "https://demandes.example.org"

    factories.move(closed, "approve", lea)

    mail = mail_to(lea, "approved")
    assert mail.headers == {
        "Message-ID": f"<{mail.uuid}@demandes.example.org>",
        "In-Reply-To": f"<{closed.reference}@demandes.example.org>",
        "References": f"<{closed.reference}@demandes.example.org>",
        LOOP: "demandes.example.org",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": "fr",
    }


@pytest.mark.parametrize("handlers", [1, 3])
@pytest.mark.parametrize("messages", [1, 3])
def test_telling_costs_the_same_whatever_the_numbers(
    lea, transcripts, django_assert_num_queries, handlers, messages
):
    for _number in range(handlers):
        factories.handler_on(transcripts)
    ticket = factories.file_ticket(lea, transcripts, files=[factories.pdf()])
    for _number in range(messages):
        factories.move(ticket, "comment", lea)
    last = TicketEvent.objects.filter(kind="comment", ticket=ticket).latest("pk")
    OutgoingEmail.objects.filter(event=last).delete()
    event = TicketEvent.objects.get(pk=last.pk)

    # Ticket, requester, guests, followers, handlers who hear of what arrives, those who hear of all,
    # confidential or not, answers, earlier words, files, words, author, service, theme, items still due, held
    # or not, who groups her mails, mails of the hour, the rows in one, and webhooks.
    with django_assert_num_queries(20):
        receivers.on_ticket_event(sender=TicketEvent, event=event)

    assert OutgoingEmail.objects.filter(event=last).count() == handlers + 1
