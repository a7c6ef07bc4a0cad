"""A mail of the product is answered as anybody answers mails; the answer comes back to the request."""

import smtplib
from email.message import EmailMessage

import pytest

from tests.e2e.actors import INES, LEA, NOE
from tests.services.process import HOST, wait_until

pytestmark = pytest.mark.browser


def answer(stack, mail, words, *, author):
    """Answer `mail` as a mail program does, through SMTP; its mailbox then holds the answer."""
    message = EmailMessage()
    message["From"] = author
    message["To"] = mail.message["Reply-To"]
    message["Subject"] = f"Re: {mail.subject}"
    message["Message-ID"] = f"<reponse-{mail.path.stem}@example.org>"
    message["In-Reply-To"] = mail.message["Message-ID"]
    quoted = "\n".join(f"> {line}" for line in mail.text.splitlines())
    message.set_content(f"{words}\n\nLe sam. 28 nov. 2026 à 10:00, Télé-demande a écrit :\n{quoted}\n")
    with smtplib.SMTP(HOST, stack.smtp.port, timeout=10) as client:
        client.send_message(message)
    arrived = stack.wait_for_mail(to=str(message["To"]), subject="Re:")
    stack.mailbox.put(arrived.path.read_bytes())  # what a mail exchanger does of it


def reload_until(person, words):
    """Reload the page until it says `words`."""

    def is_there():
        person.page.reload()
        return person.page.get_by_text(words).count() > 0

    wait_until(is_there, seconds=60, what=f"« {words} »")


def test_mail_is_answered_by_mail_then_counted_by_whoever_asked(stage):
    lea, ines = stage.member(LEA), stage.member(INES)
    reference = lea.file("Inscription, réponse par courriel")
    ines.handle(reference)
    ines.press("Prendre en charge", exact=True)
    ines.move("Poser une question", "Quel est votre numéro d’étudiant ?")
    mail = stage.stack.wait_for_mail(to=lea.email, subject=f"[{reference}] Votre réponse est attendue")

    answer(stage.stack, mail, "Mon numéro est le 21304567.", author=lea.email)

    lea.open(reference)
    reload_until(lea, "Mon numéro est le 21304567.")
    lea.sees("Reçu par courriel.")
    lea.sees_nothing_of("a écrit :")
    lea.sees_status("Votre réponse est attendue")
    wait_until(lambda: stage.stack.mailbox.count() == 0, seconds=10, what="la boîte vidée")

    ines.handle(reference)
    ines.sees("Une réponse est arrivée par courriel")
    ines.look("gestion-reponse-par-courriel")
    ines.press("Cette réponse vaut réponse à votre question")
    ines.sees("La réponse reçue par courriel est prise en compte.")
    ines.sees_nothing_of("Une réponse est arrivée par courriel")
    ines.sees_status("En cours")
    ines.follow("Courriels de cette demande")
    ines.title("Courriels de cette demande")
    ines.look("gestion-courriels-d-une-demande")

    lea.open(reference)
    lea.sees_status("En cours de traitement")
    stage.stack.wait_for_mail(to=lea.email, subject="prise en compte")
    lea.follow("Courriels de cette demande")
    reload_until(lea, "Accepté le")
    lea.sees("Ce dont le service a été prévenu", "La demande a été ouverte en ligne depuis")
    lea.look("demande-courriels")
    lea.follow(f"[{reference}] Votre demande est bien reçue")
    lea.sees("Texte du courriel")
    lea.look("demande-un-courriel")


REPORT = """From: MAILER-DAEMON@mx.example.org
To: {to}
Subject: Undelivered Mail Returned to Sender
Return-Path: <>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain; charset=utf-8

The mail was not delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {person}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--b--
"""


def test_whoever_a_server_refuses_is_warned_and_reached_otherwise(stage):
    noe, ines = stage.member(NOE), stage.member(INES)
    reference = noe.file("Inscription, courriel non remis")
    mail = stage.stack.wait_for_mail(to=noe.email, subject=f"[{reference}]")

    stage.stack.mailbox.put(REPORT.format(to=mail.sender, person=noe.email).encode())

    noe.open(reference)
    reload_until(noe, "Nos courriels n’arrivent plus à votre adresse")
    ines.go(f"/gestion/tickets/ticket/?vue=a-joindre&q={reference}")
    ines.sees("à joindre autrement")
    ines.follow(reference)
    ines.sees("Joindre l’usager autrement", "550 5.1.1 User unknown")
    ines.look("gestion-a-joindre-autrement")
    ines.follow("Dire comment l’usager a été joint")
    ines.title("Joindre l’usager autrement")
    ines.field("Ce qui a été fait").fill("Appelé ce matin : il vide sa boîte.")
    ines.press("Joindre l’usager autrement")
    ines.sees("la demande n’est plus à joindre autrement", "Usager joint autrement")

    noe.follow("Vérifier ou changer mon adresse")
    noe.title("Vérifier mon adresse électronique")
    noe.look("adresse-a-verifier")
    noe.press("M’envoyer un courriel de vérification")
    check = stage.stack.wait_for_mail(to=noe.email, subject="vérifiez votre adresse")
    noe.go(next(link for link in check.links if "adresse-a-verifier" in link))
    noe.look("adresse-confirmee-par-lien")
    noe.press("Confirmer cette adresse")
    noe.sees("Votre adresse est vérifiée")
    noe.sees_nothing_of("Nos courriels n’arrivent plus")
