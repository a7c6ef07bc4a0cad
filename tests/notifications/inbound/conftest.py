"""Mails as people, automates and strangers send them."""

from email.message import EmailMessage
from email.utils import make_msgid

import pytest

from notifications.inbound.addresses import reply_address
from tests import factories


@pytest.fixture(autouse=True)
def mailbox_address(settings):
    settings.INBOUND_ADDRESS = "demandes@tele-demande.example.org"
    return settings.INBOUND_ADDRESS


@pytest.fixture
def ticket(lea, late_enrolment):
    return factories.file_ticket(lea, late_enrolment)


@pytest.fixture
def letter(ticket, lea):
    """Return a function that writes the mail `lea` answers with; `headers` are added or replaced."""

    def write(text="Voici ma réponse.", *, person=None, html="", files=(), **headers):
        person = person or lea
        message = EmailMessage()
        message["From"] = f"{person} <{person.email}>"
        message["To"] = reply_address(ticket.pk, person.pk)
        message["Subject"] = "Re: [TD] Votre demande"
        message["Message-ID"] = make_msgid(domain="example.org")
        for name, value in headers.items():
            del message[name.replace("_", "-")]
            message[name.replace("_", "-")] = value
        message.set_content(text)
        if html:
            message.add_alternative(html, subtype="html")
        for name, content in files:
            message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
        return message.as_bytes()

    write.address = lambda request: reply_address(request.pk, lea.pk)
    return write
