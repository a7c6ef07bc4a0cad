"""Questions of the tests, written by the services as staff would."""

import pytest

from categories.faq.services import save_entry
from categories.models import FaqEntry


@pytest.fixture
def written(db):
    """Return a function that writes a question (or a heading, without a body) and returns it."""

    def write(title, body="Une réponse **claire**.", *themes, parent=None, **fields):
        entry = FaqEntry(title=title, body=body, parent=parent, **fields)
        return save_entry(entry, themes=list(themes))

    return write


@pytest.fixture
def delays(written):
    """The heading « Délais »."""
    return written("Délais", body="")


@pytest.fixture
def silence(written, delays, transcripts):
    """A question of that heading, on a theme."""
    return written("Que veut dire le silence ?", "Cela *dépend*.\n\n# Titre", transcripts, parent=delays)
