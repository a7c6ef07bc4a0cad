"""The circuit breaker: what is held, until when, who is told, and that nothing is lost."""

import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from notifications import account_mails, outbox
from notifications.claims import claim
from notifications.flood import newly_alarming
from notifications.health import mails_waiting_and_held
from notifications.models import FloodAlert, MailState, OutgoingEmail
from notifications.rendering import Rendered
from notifications.services import Refusal, release, stop
from tests import factories
from tests.pages import words_of

NOON = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris"))
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def two_an_hour(settings, time_machine):
    settings.MAILS_PER_HOUR = 2
    time_machine.move_to(NOON, tick=False)


def put(person, count=1, **fields):
    rendered = Rendered("Nouvelle", "Bonjour.", "<p>Bonjour.</p>")
    words = {"message": "taken", "to": person.email, "language": "fr", "recipient": person}
    return outbox.put([outbox.mail(rendered, **(words | fields)) for _number in range(count)])


def hours_of(mails):
    """Return in how many hours each leaves."""
    return [(mail.due_at - timezone.now()) / HOUR for mail in mails]


def told():
    return list(OutgoingEmail.objects.filter(message="mail_flood").order_by("pk"))


def test_courtesy_mails_beyond_the_number_wait_an_hour_each_their_turn(lea):
    rows = put(lea, 3) + put(lea, 4)

    assert hours_of(rows) == [0, 0, 1, 1, 2, 2, 3]
    assert [row.held_at for row in rows] == [None, None, *[NOON] * 5]
    assert [claim(row.pk) is not None for row in rows] == [True, True, False, False, False, False, False]
    assert mails_waiting_and_held() == (7, 5)


def test_held_mail_leaves_by_itself_when_its_hour_comes(lea, time_machine):
    held = put(lea, 3)[-1]

    time_machine.move_to(NOON + HOUR)

    assert claim(held.pk) is not None
    assert hours_of(put(lea, 2)) == [0, 1]  # that one counts in this hour


def test_no_hour_has_more_than_the_number(lea, time_machine):
    rows = []
    for quarter in range(12):
        time_machine.move_to(NOON + quarter * HOUR / 4)
        rows += put(lea)

    leave = sorted(row.due_at for row in rows)
    assert all(third - first >= HOUR for first, third in zip(leave, leave[2:], strict=False))
    assert len(leave) == 12


def test_legal_mails_and_those_of_accounts_are_never_held_but_count(lea):
    legal = put(lea, 5, is_legal=True)
    context = {"link": "http://127.0.0.1:8000/", "hours": 1, "first_name": "Léa"}
    asked = [
        account_mails.send("account_password", to=lea.email, context=context, language="fr")
        for _number in range(3)
    ]
    courtesy = put(lea)

    assert hours_of([*legal, *asked]) == [0] * 8
    assert hours_of(courtesy) == [1]


def test_each_address_has_its_own_number(lea, marc):
    assert hours_of(put(lea, 2) + put(marc, 2)) == [0] * 4


def test_mails_stopped_do_not_count(lea, adam):
    stop([row.pk for row in put(lea, 2)], by=adam, reason="Erreur")

    assert hours_of(put(lea)) == [0]


def test_zero_is_no_bound_and_no_query(lea, settings, django_assert_num_queries):
    settings.MAILS_PER_HOUR = 0

    with django_assert_num_queries(1):
        rows = put(lea, 10)
    assert hours_of(rows) == [0] * 10


def test_usual_case_costs_one_query_whatever_the_number_of_people(lea, marc, ines, django_assert_num_queries):
    rendered = Rendered("Nouvelle", "Bonjour.", "<p>Bonjour.</p>")
    mails = [
        outbox.mail(rendered, message="taken", to=one.email, language="fr", recipient=one)
        for one in (lea, marc, ines)
    ]

    with django_assert_num_queries(2):
        outbox.put(mails)


def test_answer_held_back_by_its_author_waits_for_both(lea):
    first, second, third = outbox.put(
        [
            outbox.mail(Rendered("S", "T", "H"), message="taken", to=lea.email, language="fr", recipient=lea)
            for _number in range(3)
        ],
        leaves_at=NOON + timedelta(seconds=15),
    )

    soon = NOON + timedelta(seconds=15)
    assert [row.due_at for row in (first, second, third)] == [soon, soon, soon + HOUR]


# --- who is told -----------------------------------------------------------------------------------------
def test_administrators_are_told_once_a_day_and_address(lea, marc, adam, time_machine):
    put(lea, 3)
    put(lea, 9)
    put(marc, 3)
    assert [(mail.to, lea.email in mail.body_text) for mail in told()] == [
        (adam.email, True),
        (adam.email, False),
    ]
    assert f"?q={lea.email.replace('@', '%40')}" in told()[0].body_text

    time_machine.move_to(NOON + timedelta(hours=11, minutes=59))
    put(lea, 9)
    assert len(told()) == 2
    time_machine.move_to(NOON + timedelta(hours=12, minutes=1))  # past midnight in Paris
    put(lea, 9)
    assert len(told()) == 3


def test_settings_may_name_who_is_told(lea, adam, settings):
    settings.ADMINS = [("Astreinte", "astreinte@example.org")]

    put(lea, 3)

    assert [mail.to for mail in told()] == ["astreinte@example.org"]


def test_alert_is_never_held(adam):
    put(adam, 3)

    [alert] = told()
    assert (alert.to, alert.held_at, alert.due_at) == (adam.email, None, NOON)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_workers_that_hold_at_once_one_tells():
    barrier, found = threading.Barrier(4), []

    def work():
        barrier.wait()
        found.extend(newly_alarming({"lea@example.org"}))
        connection.close()

    workers = [threading.Thread(target=work) for _number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert found == ["lea@example.org"]
    assert FloodAlert.objects.count() == 1


# --- released ------------------------------------------------------------------------------------------
def test_held_mail_is_released_by_hand_with_a_trace(lea, adam):
    held = put(lea, 3)[-1]

    assert release([held.pk], by=adam).done == [held.pk]

    held.refresh_from_db()
    assert (held.state, held.due_at, held.held_at) == (MailState.QUEUED, NOON, NOON)
    assert list(held.acts.values_list("kind", "actor")) == [("released", adam.pk)]
    assert claim(held.pk) is not None
    assert mails_waiting_and_held()[1] == 0


def test_mail_put_off_by_a_server_is_released_too_and_nothing_else(lea, adam):
    later = put(lea)[0]
    OutgoingEmail.objects.filter(pk=later.pk).update(
        state=MailState.DEFERRED, answer="451 Plus tard", attempts=4, due_at=NOON + HOUR
    )
    due = put(lea)[0]
    sent = put(lea)[0]
    OutgoingEmail.objects.filter(pk=sent.pk).update(state=MailState.SENT, sent_at=NOON)

    report = release([later.pk, due.pk, sent.pk], by=adam)

    assert report.done == [later.pk]
    assert dict(report.refused) == {Refusal.NOT_HELD: [due.pk], Refusal.GONE: [sent.pk]}


def test_answer_that_may_be_taken_back_is_not_released(lea, claire, transcripts, adam, settings):
    settings.MAILS_PER_HOUR = 1
    ticket = factories.file_ticket(lea, transcripts)
    factories.move(ticket, "take", claire)
    factories.move(ticket, "comment", claire, message="Bonjour.", hold=timedelta(seconds=15))
    mail = OutgoingEmail.objects.get(recipient=lea, event__kind="comment")
    assert mail.held_at is not None

    assert dict(release([mail.pk], by=adam).refused) == {Refusal.NOT_HELD: [mail.pk]}


def test_room_shows_what_is_held_and_releases_it(lea, claire, transcripts, client_of):
    ticket = factories.file_ticket(lea, transcripts)
    factories.move(ticket, "take", claire)
    factories.move(ticket, "comment", claire, message="Bonjour.")
    factories.move(ticket, "comment", claire, message="Encore.")
    browser = client_of(claire)
    listed = browser.get("/gestion/notifications/outgoingemail/", {"etat": "retenus"})
    held = list(listed.context["cl"].result_list)
    page = f"/gestion/notifications/outgoingemail/{held[0].pk}/change/"

    before = words_of(browser.get(page))
    browser.post(
        "/gestion/notifications/outgoingemail/",
        {"action": "release_selected", "_selected_action": [held[0].pk], "fiche": "1"},
    )

    assert {mail.to for mail in held} == {lea.email}
    assert "celui-ci est retenu, et partira de lui-même le vendredi 20 novembre 2026, 13 h 00." in before
    after = words_of(browser.get(page))
    assert "celui-ci est retenu" not in after
    assert f"Envoyé sans attendre le vendredi 20 novembre 2026, 12 h 00 par {claire}." in after
