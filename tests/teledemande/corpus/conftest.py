"""A corpus written once for a module, then undone."""

import datetime

import pytest
from django.core.management import call_command
from django.db import transaction

TICKETS = 200
UNTIL = datetime.date(2026, 11, 20)


@pytest.fixture(scope="module")
def corpus(django_db_setup, django_db_blocker):
    """Write the shipped themes and `TICKETS` requests; the tests of the module see them."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_themes", verbosity=0)
        call_command("seed_corpus", tickets=TICKETS, seed=7, until=UNTIL, verbosity=0)
        yield
        transaction.set_rollback(True)
