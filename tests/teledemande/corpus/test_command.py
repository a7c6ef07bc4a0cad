"""`manage.py seed_corpus`: what it refuses, and that a seed means the same requests."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from teledemande.corpus import writing
from tests import factories
from tickets.models import Ticket, TicketEvent, TicketMessage

pytestmark = pytest.mark.django_db

UNTIL = datetime.date(2026, 11, 20)


def seed(tickets=12, **options):
    call_command("seed_corpus", tickets=tickets, **{"seed": 3, "until": UNTIL, "verbosity": 0} | options)


def drawn_with(number):
    """Return what is written with the seed `number`, which is then undone."""
    with transaction.atomic():
        seed(seed=number)
        tickets = Ticket.objects.order_by("submitted_at", "pk")
        rows = list(tickets.values_list("subject", "status", "submitted_at", "requester__identity"))
        words = list(TicketMessage.objects.order_by("event__key", "pk").values_list("event__key", "text"))
        transaction.set_rollback(True)
    return rows, words


@pytest.fixture
def themes(transcripts, refunds):
    return [transcripts, refunds]


def test_same_seed_writes_the_same_requests_and_another_does_not(themes):
    assert drawn_with(3) == drawn_with(3)
    assert drawn_with(3) != drawn_with(4)


def test_production_is_refused(themes, settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="jamais en production"):
        seed()
    assert not Ticket.objects.exists()


def test_database_that_holds_requests_is_refused_unless_told_to_add(themes, lea, transcripts):
    ticket = factories.file_ticket(lea, transcripts)

    with pytest.raises(CommandError, match="--add"):
        seed()
    assert list(Ticket.objects.all()) == [ticket]
    seed(add=True)
    seed(add=True)
    assert Ticket.objects.count() == 25


def test_handlers_already_there_are_kept_and_completed(themes, claire, bruno):
    seed(60)

    actors = set(TicketEvent.objects.exclude(actor=None).values_list("actor", flat=True))
    assert {claire.pk, bruno.pk} <= actors


@pytest.mark.parametrize("tickets", [0, -3, 5_000_001])
def test_number_out_of_reason_is_refused(tickets, themes):
    with pytest.raises(CommandError, match="Demandez de 1"):
        seed(tickets)


def test_tree_without_themes_is_refused(db):
    with pytest.raises(CommandError, match="load_themes"):
        seed()


def test_progress_is_printed_by_batch(themes, monkeypatch, capsys):
    monkeypatch.setattr(writing, "BATCH", 5)

    seed(verbosity=1)

    assert [line.split(" (")[0] for line in capsys.readouterr().out.splitlines()] == [
        "5 demandes sur 12",
        "10 demandes sur 12",
        "12 demandes sur 12",
    ]
