"""A year of figures, and the browsers of who writes themes."""

import pytest

from tests.gestion.corpus import lived, sheet


@pytest.fixture
def corpus(lea, claire, transcripts, late_enrolment):
    """Return three requests of 2026 that Claire may count."""
    reopened = [
        *((1, 1, "submit"), (1, 2, "take"), (1, 5, "close"), (1, 6, "approve")),
        *((1, 9, "reopen"), (1, 11, "close")),
    ]
    contested = [(1, 10, "submit"), (1, 11, "take"), (1, 20, "close"), (1, 21, "contest"), (2, 9, "close")]
    return [
        lived(lea, claire, transcripts, reopened, close={"minutes": 30}),
        lived(lea, claire, transcripts, contested),
        lived(lea, claire, late_enrolment, [(2, 1, "submit"), (2, 2, "withdraw")]),
    ]


@pytest.fixture
def figure(client_of):
    """Return a function that gives the lines of a figure, as its CSV holds them, by name."""

    def read(person, slug, **asked):
        rows = sheet(client_of(person), slug, **asked)
        return {row[0]: row[1:] for row in rows[1:]}

    return read


@pytest.fixture
def adams(client_of, adam):
    """The browser of the administrator."""
    return client_of(adam)


@pytest.fixture
def mathildes(client_of, mathilde):
    """The browser of the manager of the branch « Études »."""
    return client_of(mathilde)
