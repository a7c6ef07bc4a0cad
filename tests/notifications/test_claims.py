"""Which mail may leave now, who takes it, and in what order."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from notifications import tasks
from notifications.claims import claim, claim_due, claimable, release
from notifications.models import MailState, OutgoingEmail
from tests import factories
from tests.notifications.mails import fate, mail

PUT_OFF = {"state": MailState.DEFERRED, "answer": "451 Plus tard", "attempts": 1}


@pytest.mark.parametrize(
    ("fields", "is_taken"),
    [
        ({}, True),
        ({"due_at": timezone.now() + timedelta(days=1)}, False),
        ({"state": MailState.DEFERRED, "answer": "451 Plus tard"}, True),
        (
            {
                "state": MailState.DEFERRED,
                "answer": "451 Plus tard",
                "due_at": timezone.now() + timedelta(days=1),
            },
            False,
        ),
        # The instants are those of the collection, and the whole suite takes minutes: hours stay ahead.
        ({"state": MailState.SENDING, "claimed_until": timezone.now() + timedelta(hours=4)}, False),
        ({"state": MailState.SENDING, "claimed_until": timezone.now() - timedelta(seconds=1)}, True),
        ({"state": MailState.SENT, "sent_at": timezone.now()}, False),
        ({"state": MailState.FAILED}, False),
    ],
    ids=["due", "later", "put off and due", "put off", "another has it", "its worker died", "sent", "failed"],
)
def test_claim_takes_what_is_due_or_abandoned(db, fields, is_taken):
    row = mail(**fields)

    assert (claim(row.pk) is not None) == is_taken


def test_claim_is_one_update_and_takes_once(db, django_assert_num_queries):
    row = mail()

    with django_assert_num_queries(2):  # the update, and the reading of what was taken
        taken = claim(row.pk)

    assert (taken.state, taken.attempts) == (MailState.SENDING, 1)
    assert claim(row.pk) is None


def test_claim_of_several_takes_the_oldest_in_two_statements(db, django_assert_num_queries):
    now = timezone.now()
    rows = [mail(due_at=now - timedelta(minutes=minutes)) for minutes in (1, 3, 2)]

    with django_assert_num_queries(4):  # with those of the savepoint
        taken = claim_due(2)

    assert [(one.pk, one.state, one.attempts) for one in taken] == [
        (rows[1].pk, MailState.SENDING, 1),
        (rows[2].pk, MailState.SENDING, 1),
    ]
    assert [fate(row)[:2] for row in rows] == [
        (MailState.QUEUED, 0),
        (MailState.SENDING, 1),
        (MailState.SENDING, 1),
    ]
    assert taken[0].claimed_until == OutgoingEmail.objects.get(pk=rows[1].pk).claimed_until


def test_mails_put_back_are_as_they_were(db):
    rows = [mail(), mail(**PUT_OFF)]

    release(claim_due(5))

    assert [fate(row) for row in rows] == [
        (MailState.QUEUED, 0, ""),
        (MailState.DEFERRED, 1, "451 Plus tard"),
    ]
    assert len(claim_due(5)) == 2


def test_mails_taken_up_by_another_are_not_put_back(db):
    row = mail()
    taken = claim_due(1)
    OutgoingEmail.objects.update(claimed_until=timezone.now() + timedelta(hours=1))

    release(taken)

    assert fate(row)[:2] == (MailState.SENDING, 1)


# --- order -------------------------------------------------------------------------------------------
@pytest.fixture
def ticket(lea, transcripts):
    filed = factories.file_ticket(lea, transcripts)
    OutgoingEmail.objects.all().delete()
    return filed


LATER = timedelta(minutes=5)


@pytest.mark.parametrize(
    ("older", "is_taken"),
    [
        ({}, False),
        ({**PUT_OFF, "later": LATER}, False),
        ({**PUT_OFF, "attempts": 2, "later": LATER}, False),
        ({**PUT_OFF, "attempts": 3, "later": LATER}, True),
        ({**PUT_OFF, "attempts": 3}, False),
        ({"state": MailState.SENDING}, False),
        ({"later": LATER}, True),
        ({"state": MailState.SENT, "sent_at": timezone.now()}, True),
        ({"state": MailState.FAILED}, True),
        ({"state": MailState.CANCELLED}, True),
        ({**PUT_OFF, "to": "claire@example.org"}, True),
        ({**PUT_OFF, "ticket": None}, True),
    ],
    ids=[
        "due",
        "put off once",
        "put off twice",
        "put off three times",
        "put off three times and due",
        "being sent",
        "not before a while",
        "sent",
        "failed",
        "cancelled",
        "to somebody else",
        "of no request",
    ],
)
def test_mail_does_not_overtake_an_older_one_of_the_request_to_the_same_address(ticket, older, is_taken):
    now = timezone.now()
    fields = {"ticket": ticket, "later": timedelta(0)} | older
    mail(due_at=now + fields.pop("later"), **fields)
    younger = mail(ticket=ticket, is_legal=True, due_at=now)

    is_in_the_sweep = younger in claimable(timezone.now())

    assert is_in_the_sweep == is_taken
    assert (claim(younger.pk) is not None) == is_taken


def test_mails_of_accounts_wait_for_none(db):
    mail(ticket=None)
    younger = mail(ticket=None)

    assert claim(younger.pk) is not None


# --- several workers ---------------------------------------------------------------------------------
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_workers_share_a_backlog_and_take_each_mail_once():
    OutgoingEmail.objects.bulk_create(
        OutgoingEmail(message="receipt", to=f"p{rank}@example.org") for rank in range(200)
    )
    taken, barrier = [], threading.Barrier(4)

    def work():
        barrier.wait()
        while mails := claim_due(7):
            taken.extend(one.pk for one in mails)
        connection.close()

    workers = [threading.Thread(target=work) for _number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(taken) == sorted(OutgoingEmail.objects.values_list("pk", flat=True))
    assert set(OutgoingEmail.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_worker_does_not_wait_for_mails_another_is_taking():
    rows = [mail(), mail()]
    seen = []

    def work():
        seen.extend(one.pk for one in claim_due(5))
        connection.close()

    with transaction.atomic():
        OutgoingEmail.objects.select_for_update(of=("self",), no_key=True).get(pk=rows[0].pk)
        worker = threading.Thread(target=work)
        worker.start()
        worker.join(10)

    assert seen == [rows[1].pk]


# --- a backlog ---------------------------------------------------------------------------------------
@pytest.fixture
def backlog(db):
    """Twenty thousand mails sent long ago, and as many that wait."""
    fields = {"message": "receipt", "subject": "Reçue", "body_text": "Bonjour."}
    sent = {"state": MailState.SENT, "sent_at": timezone.now()}
    for more in (sent, {}):
        OutgoingEmail.objects.bulk_create(
            (OutgoingEmail(to=f"p{rank}@example.org", **fields, **more) for rank in range(20_000)),
            batch_size=2000,
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE notifications_outgoingemail")


@pytest.mark.postgres
@pytest.mark.usefixtures("backlog")
def test_claims_read_a_partial_index_however_long_the_backlog():
    now = timezone.now()
    several = claimable(now).order_by("due_at", "pk")[:20].explain()
    one = claimable(now).filter(pk=OutgoingEmail.objects.latest("pk").pk).explain()

    for plan in (several, one):
        assert "Seq Scan" not in plan, plan
    assert "mail_to_send" in several
    assert "Sort" not in several, several


@pytest.mark.parametrize("how", ["wake-up", "sweep"])
def test_mails_held_leave_right_after_the_one_they_waited_for(ticket, mailoutbox, how):
    rows = [mail(ticket=ticket, **PUT_OFF), mail(ticket=ticket), mail(ticket=ticket)]
    tasks.deliver(rows[2].pk, rows[1].pk)  # held
    assert mailoutbox == []

    if how == "sweep":
        tasks.sweep()
    else:
        tasks.deliver(rows[0].pk)

    sent = [one.extra_headers["Message-ID"] for one in mailoutbox]
    assert sent == [row.headers["Message-ID"] for row in rows]
