"""A real mailbox, read over IMAP."""

import pytest

from notifications import tasks
from notifications.inbound import fetching
from notifications.models import Fate, IncomingEmail
from tests.services import Dovecot

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture(scope="module")
def dovecot():
    with Dovecot() as server:
        yield server


@pytest.fixture
def mailbox(dovecot, settings):
    settings.INBOUND_URL = dovecot.url
    return dovecot


def test_mails_are_fetched_and_put_aside(mailbox, letter):
    kept = mailbox.count("Traites")
    mailbox.put(letter())
    mailbox.put(letter(To="demandes@tele-demande.example.org"))

    tasks.fetch_mails()
    tasks.fetch_mails()

    assert [row.fate for row in IncomingEmail.objects.order_by("pk")] == [Fate.APPLIED, Fate.UNSIGNED]
    assert (mailbox.count("INBOX"), mailbox.count("Traites") - kept) == (0, 2)


def test_mail_that_cannot_be_kept_stays_in_the_mailbox(mailbox, letter, attachments_dir, caplog):
    mailbox.put(letter())
    folder = attachments_dir.with_name("ailleurs")
    attachments_dir.mkdir(exist_ok=True)
    attachments_dir.rename(folder)
    attachments_dir.write_text("a file where the folder was")
    tasks.fetch_mails()
    assert (mailbox.count("INBOX"), IncomingEmail.objects.count()) == (1, 0)
    assert "left in the mailbox" in caplog.text
    assert "unreachable" not in caplog.text

    attachments_dir.unlink()
    folder.rename(attachments_dir)
    tasks.fetch_mails()

    assert (mailbox.count("INBOX"), IncomingEmail.objects.get().fate) == (0, Fate.APPLIED)


@pytest.mark.parametrize("url", ["imap://x:y@127.0.0.1:1/INBOX", ""])
def test_no_server_is_no_error(settings, url, caplog):
    settings.INBOUND_URL = url

    assert fetching.fetch() == 0
    assert "y@" not in caplog.text


def test_wrong_password_is_logged_without_it(mailbox, settings, caplog):
    settings.INBOUND_URL = mailbox.url.replace("mot-de-passe-de-test", "faux-secret")

    assert fetching.fetch() == 0
    assert "unreachable" in caplog.text
    assert "faux-secret" not in caplog.text
