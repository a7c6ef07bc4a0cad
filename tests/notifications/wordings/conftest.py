"""A mail to word, and who may."""

import pytest

from notifications.models import MailWording, OutgoingEmail
from notifications.wordings.writing import save_wording


@pytest.fixture
def worded(adam):
    """Return a function that writes words of a mail: `worded(theme, "taken", closing_fr="…")`."""

    def write(category, message, author=None, revision=None, **words):
        texts = {}
        for name, text in words.items():
            zone, _sign, language = name.rpartition("_")
            texts.setdefault(zone, {})[language] = text
        if revision is None:
            row = MailWording.objects.filter(category=category, message=message).first()
            revision = row.version if row else 0
        return save_wording(category, message, texts, author=author or adam, revision=revision)

    return write


@pytest.fixture
def latest():
    """Return a function that reads the latest mail of a message."""
    return lambda message: OutgoingEmail.objects.filter(message=message).latest("pk")
