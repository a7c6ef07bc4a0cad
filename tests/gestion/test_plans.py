"""How PostgreSQL reads the lists and the search of a few thousand requests: through indexes, never whole."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from categories.models import Category
from teledemande.corpus.people import OVERSEER
from tests.strictness import StrictClient
from tickets.admin.queues import QUEUES
from tickets.models import Ticket

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

# Enough for the planner to prefer indexes by itself: `enable_seqscan` is left on.
TICKETS = 4000
WHOLE = re.compile(r"Seq Scan on (tickets_ticket|tickets_ticketevent|tickets_searchdocument)\b")
MOST_QUERIES = 20
# A count stops at its bound, whatever order it reads in: nothing that must see every row may stand between.
BOUNDED = re.compile(r"SELECT COUNT\(\*\) FROM \(SELECT .* LIMIT \d+\) subquery", re.S)
NEEDS_ALL = re.compile(r"->  Sort|->  Hash  [^\n]*\n\s+->  (?:Parallel )?Seq Scan on tickets_")


@pytest.fixture(scope="module")
def corpus(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM FULL")  # what earlier tests left in the indexes weighs on the planner
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_themes", verbosity=0)
        call_command("seed_corpus", tickets=TICKETS, seed=11, until=datetime.date(2026, 11, 20), verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield
        transaction.set_rollback(True)


def read(person, address):
    """Return the SELECTs a page sends."""
    browser = StrictClient()
    browser.force_login(person)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    # A cursor (the choices of a field) is explained as the query it reads.
    statements = [re.sub(r"^DECLARE .*? FOR (?=SELECT)", "", one["sql"], flags=re.S) for one in queries]
    return [one for one in statements if one.startswith("SELECT")]


def whole_readings(statements):
    """Return the tables those statements would read from one end to the other, with the plan."""
    plans = []
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(f"EXPLAIN {statement}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
            is_bounded = BOUNDED.fullmatch(statement) and not NEEDS_ALL.search(plan)
            if WHOLE.search(plan) and not is_bounded:
                plans.append((WHOLE.findall(plan), plan))
    return plans


def overseer():
    return User.objects.get(capacity=OVERSEER)


def handler():
    """Return who handles the branch that receives most."""
    branch = Category.objects.filter(slug="candidatures-inscriptions").get()
    return User.objects.filter(roles__category=branch, roles__kind="handler").order_by("pk").first()


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize("queue", [queue.slug for queue in QUEUES])
@pytest.mark.parametrize("person", [overseer, handler], ids=["overseer", "handler"])
def test_staff_list_reads_no_table_whole(person, queue):
    statements = read(person(), f"{reverse('admin:tickets_ticket_changelist')}?vue={queue}")

    assert len(statements) <= MOST_QUERIES
    assert whole_readings(statements) == []


@pytest.mark.usefixtures("corpus")
def test_counters_read_who_spoke_last_in_an_index_and_only_under_way():
    (statement,) = read(overseer(), reverse("admin:tickets_ticket_counters"))[2:]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {statement}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    answered = ("in_progress", "waiting")  # while a request waits, she may write all the same
    under_way = Ticket.objects.staffed_by(overseer()).filter(status__in=answered).count()

    # That of the request's events does as well while there are few: what counts is how often it is read.
    by_index = r"Scan using (?:ticket_event_said|tickets_ticketevent_ticket_id_\w+) on \S+ \S+"
    reading = re.search(by_index + r" \(actual rows=\d+ loops=(\d+)\)", plan)
    assert reading, plan
    assert int(reading[1]) == under_way


@pytest.mark.usefixtures("corpus")
def test_own_list_and_request_read_no_table_whole():
    ticket = Ticket.objects.order_by("-event_count", "pk").first()

    for address in (reverse("tickets:dashboard"), ticket.get_absolute_url()):
        statements = read(ticket.requester, address)

        assert len(statements) >= 6
        assert whole_readings(statements) == []


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize("word", ["rare", "bonjour"])
@pytest.mark.parametrize("person", [overseer, handler, None], ids=["overseer", "handler", "requester"])
def test_search_reads_no_table_whole(person, word):
    ticket = Ticket.objects.filter(subject__contains=", dossier D").order_by("pk").first()
    asked = ticket.subject.rpartition(" ")[2] if word == "rare" else word
    reader = person() if person else ticket.requester

    statements = read(reader, f"{reverse('tickets:search')}?q={asked}")

    assert len(statements) >= 5
    assert whole_readings(statements) == []


@pytest.mark.usefixtures("corpus")
def test_whole_readings_are_seen():
    assert whole_readings(["SELECT count(*) FROM tickets_ticket WHERE \"outcome\" = 'accepted'"])
    assert whole_readings(["SELECT * FROM tickets_ticketevent"])
    assert whole_readings(
        ["SELECT COUNT(*) FROM (SELECT id FROM tickets_ticket ORDER BY subject LIMIT 9) subquery"]
    )
    assert not whole_readings(["SELECT COUNT(*) FROM (SELECT id FROM tickets_ticket LIMIT 9) subquery"])
