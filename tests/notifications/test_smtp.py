"""One connection for several mails, and what happens when the server ends it."""

import socket
import threading

import pytest

from notifications import delivery
from notifications.delivery import deliver, deliver_due
from notifications.models import MailState
from notifications.smtp import UnreachableError
from tests.notifications.mails import SMTP_BACKEND, fate, mail


@pytest.fixture(autouse=True)
def no_memory_of_failures(monkeypatch):
    monkeypatch.setattr(delivery, "_server", delivery._Server())


def _converse(talk, greeting, cuts):
    """Serve one connection: cut it at DATA when `cuts` is true; after one mail, with these last words."""
    served = 0
    with talk, talk.makefile("rb") as lines:
        talk.sendall(greeting)
        for line in lines:
            if served and isinstance(cuts, bytes):
                talk.sendall(cuts)
                return
            if line.upper().startswith(b"DATA"):
                if cuts is True:
                    return
                served += 1
                talk.sendall(b"354 go\r\n")
                while next(lines) != b".\r\n":
                    pass
            talk.sendall(b"250 OK\r\n")


@pytest.fixture
def peer(settings, db):
    """Return a function that runs a server: its greeting, and which of its connections it cuts at DATA."""
    listening = socket.create_server(("127.0.0.1", 0))
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = SMTP_BACKEND, "127.0.0.1", 1
    settings.EMAIL_PORT = listening.getsockname()[1]

    def serve(greeting, cuts):
        for cut in cuts:
            talk, _address = listening.accept()
            _converse(talk, greeting, cut)

    def start(greeting=b"220 bonjour\r\n", cuts=(True,)):
        thread = threading.Thread(target=serve, args=(greeting, cuts), daemon=True)
        thread.start()
        return thread

    yield start
    listening.close()


@pytest.mark.parametrize("last_words", [b"", b"421 4.7.0 Assez pour cette connexion\r\n"], ids=["cut", "421"])
def test_connection_ended_between_two_mails_costs_no_try(peer, last_words):
    thread = peer(cuts=(last_words, False))
    rows = [mail(), mail()]

    deliver_due()

    thread.join()
    assert [fate(row)[:2] for row in rows] == [(MailState.SENT, 1)] * 2


def test_mail_after_a_dropped_connection_goes_through_a_new_one(peer):
    thread = peer(cuts=(True, False))
    rows = [mail(), mail()]

    deliver_due()

    thread.join()
    assert [fate(row)[0] for row in rows] == [MailState.DEFERRED, MailState.SENT]


def test_connection_dropped_at_data_is_tried_again(peer):
    thread = peer()
    row = mail()

    deliver(row.pk)

    thread.join()
    assert fate(row) == (MailState.DEFERRED, 1, "SMTPServerDisconnected: Connection unexpectedly closed")


def test_server_that_refuses_everybody_is_not_the_fault_of_the_mail(peer):
    peer(b"554 5.3.2 Maintenance\r\n")
    row = mail()

    with pytest.raises(UnreachableError):
        deliver(row.pk)

    assert fate(row) == (MailState.DEFERRED, 0, "554 5.3.2 Maintenance")
