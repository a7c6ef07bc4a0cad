"""Mails of accounts: written in the transaction, secret when they carry a link."""

import pytest
from django.conf import settings as configuration
from django.db import transaction
from django.utils.module_loading import import_string

from notifications.account_mails import ACCOUNT_LABELS
from notifications.models import OutgoingEmail

send = import_string(configuration.ACCOUNT_MAILER)
LINK = "http://127.0.0.1:8000/compte/activer/tres-secret/"


@pytest.fixture
def templates(tmp_path, settings):
    """A message of two lines, whatever those of accounts become."""
    folder = tmp_path / "notifications" / "email" / "account_activate"
    folder.mkdir(parents=True)
    folder.joinpath("subject.txt").write_text("Votre compte")
    folder.joinpath("body.txt").write_text("Ouvrez {{ link|default:'rien' }}")
    folder.joinpath("body.html").write_text("<p>{{ link|default:'rien' }}</p>")
    engine = {**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}
    settings.TEMPLATES = [engine]


@pytest.mark.parametrize(("context", "is_secret"), [({"link": LINK}, True), ({}, False)])
@pytest.mark.usefixtures("templates")
def test_mail_with_a_link_is_a_secret(db, context, is_secret):
    send("account_activate", to="marc@example.org", language="fr", context=context)

    mail = OutgoingEmail.objects.get()
    assert (mail.to, mail.subject, mail.is_secret) == ("marc@example.org", "Votre compte", is_secret)
    assert mail.body_text == f"Ouvrez {context.get('link', 'rien')}\n"
    assert (mail.ticket, mail.event, mail.recipient) == (None, None, None)


@pytest.mark.usefixtures("templates")
def test_mail_of_an_undone_transaction_does_not_exist(db):
    def register():
        with transaction.atomic():
            send("account_activate", to="marc@example.org", language="fr", context={})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        register()

    assert not OutgoingEmail.objects.exists()


def test_message_that_is_not_an_accounts_is_refused(db):
    with pytest.raises(KeyError):
        send("receipt", to="marc@example.org", language="fr", context={})


def test_each_message_of_accounts_has_its_templates():
    folder = configuration.BASE_DIR / "templates" / "notifications" / "email"

    for message in ACCOUNT_LABELS:
        names = sorted(path.name for path in folder.joinpath(message).iterdir())
        assert names == ["body.html", "body.txt", "subject.txt"]
