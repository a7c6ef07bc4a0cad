"""Parts that stop: filing goes on, mails leave when they can, and the page says what is unavailable."""

import time
from contextlib import contextmanager

import pytest

from tests.e2e.actors import CAMILLE, LEA
from tests.services.process import wait_until

pytestmark = pytest.mark.browser

QUICK_SECONDS = 4
SHELL = ("shell", "--verbosity=0", "-c")
# The next try is a minute away: whether it is awaited, and how not to wait for it.
PUT_OFF = (
    *SHELL,
    "from notifications.models import OutgoingEmail as Mail\n"
    "print(int(Mail.objects.filter(state='deferred').exists()))",
)
BRING_FORWARD = (
    *SHELL,
    "from django.utils import timezone\n"
    "from notifications.models import OutgoingEmail as Mail\n"
    "from notifications.tasks import sweep\n"
    "Mail.objects.filter(state='deferred').update(due_at=timezone.now())\n"
    "sweep.delay()",
)


@contextmanager
def stopped(server):
    """Stop a server by its process while the block runs."""
    server.stop()
    try:
        yield
    finally:
        server.start()


def file_quickly(person, subject):
    """File a request, and make sure that no page made her wait. Return its reference."""
    person.begin(subject, "La panne ne me regarde pas.")
    person.accept_terms()
    started = time.monotonic()
    person.press("Déposer ma demande")
    person.title("Votre demande est déposée")
    assert time.monotonic() - started < QUICK_SECONDS
    return person.reference()


def test_filing_works_while_redis_is_down_and_the_receipt_leaves_afterwards(stage):
    lea, visitor = stage.member(LEA), stage.person()
    with stopped(stage.stack.redis):
        reference = file_quickly(lea, "Sans file d’attente")
        lea.follow("Voir ma demande")
        lea.sees_status("Reçue, en attente de prise en charge")
        visitor.go("/connexion/")
        visitor.local_login(CAMILLE.email, CAMILLE.password)
        visitor.is_signed_in()
        with lea.expecting(503):
            assert lea.go("/sante/").status in (200, 503)

    stage.stack.wait_for_mail(to=lea.email, subject=reference, seconds=60)


def test_filing_works_while_the_mail_server_is_down_and_the_receipt_leaves_afterwards(stage):
    lea = stage.member(LEA)
    with stopped(stage.stack.smtp):
        reference = file_quickly(lea, "Sans courriel")
        wait_until(lambda: "1" in stage.stack.manage(*PUT_OFF), seconds=30, what="premier essai manqué")
    assert stage.stack.mails(to=lea.email, subject=reference) == []
    stage.stack.manage(*BRING_FORWARD)

    stage.stack.wait_for_mail(to=lea.email, subject=reference)


def test_filing_works_while_the_worker_is_down_and_the_receipt_leaves_afterwards(stage):
    lea = stage.member(LEA)
    stage.stack.worker.kill()
    try:
        reference = file_quickly(lea, "Sans ouvrier")
    finally:
        stage.stack.worker.start()

    stage.stack.wait_for_mail(to=lea.email, subject=reference, seconds=60)


def test_local_accounts_enter_while_cas_is_down_and_the_page_says_so(stage):
    lea, camille = stage.member(LEA), stage.person()
    with stopped(stage.stack.cas):
        reference = file_quickly(lea, "Sans CAS")
        camille.go("/demandes/nouvelle/")
        with camille.expecting(503):
            camille.follow("Se connecter avec le compte AMU")
            camille.title("Le compte AMU est indisponible")
            camille.look("connexion-cas-indisponible")
        camille.follow("Se connecter avec une adresse électronique")
        camille.local_login(CAMILLE.email, CAMILLE.password)
        camille.is_signed_in()
        camille.at("/demandes/nouvelle/")

    stage.stack.wait_for_mail(to=lea.email, subject=reference)
